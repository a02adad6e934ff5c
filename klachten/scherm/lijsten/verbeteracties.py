"""Steps 16-18 on the screen: which years are evaluated, what came of it, and the numbers of trajecten."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from klachten import handelingen, organisatie, scherm, taal
from klachten.analyse.werk.telling import Telling
from klachten.analyse.werk.verbeterstand import Actie, Evaluatie, leest_alle, nog_te_evalueren
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.gebeurtenissen import ONDERDELEN
from klachten.handelingen import HANDELINGEN, Geweigerd, mogelijk
from klachten.handelingen.evalueren import period_of
from klachten.organisatie import Gebruiker
from klachten.periode import Periode
from klachten.register.dossiermap import OngeldigNummer
from klachten.scherm import formulier, onderdelen, paginas
from klachten.scherm.dossier import aankomst, brief, feit, post, stukken
from klachten.scherm.evaluatie import bevriezen
from klachten.scherm.lijsten import rijen, taakzin

PLEK = "verbetering"
OPEN = f"{PLEK}.open"
TRAJECTEN = "stap_16_vaststellen_trajecten"


def nieuw(naam: str, knop: str, gebruiker: Gebruiker, *, begin: dict[str, object]) -> None:
    """Offer a handeling that starts a dossier of its own, or say why this user cannot do it."""
    handeling = HANDELINGEN[naam]
    weigering = handeling.toets(None, gebruiker, scherm.reglement())[1]
    if weigering:
        st.markdown(f":material/lock: {onderdelen.veilig(weigering)}")
        return
    st.button(knop, key=f"{PLEK}.{naam}", icon=":material/add:", on_click=formulier.toggle, args=(OPEN, naam))
    if st.session_state.get(OPEN) == naam:
        formulier.toon(handeling, sleutel=PLEK, begin=begin)


def arrive() -> None:
    """Open what a list sent its reader here for, when that is in no evaluation yet."""
    doe = st.query_params.get("doe", "")
    if doe in (TRAJECTEN, bevriezen.EVALUEREN) and not st.query_params.get("evaluatie"):
        del st.query_params["doe"]
        st.session_state[OPEN] = doe


def jaren(per_jaar: Sequence[tuple[int, int, int, int]], dit_jaar: int) -> None:
    """Say of each year whether it was evaluated after its end; at least once a year is what the reglement asks."""
    mag = paginas.pagina("klachten").toegankelijk_voor(scherm.gebruiker())
    nog_niet = nog_te_evalueren(per_jaar, dit_jaar)
    for jaar, klachten, gehouden, tussentijds in per_jaar:
        if gehouden:
            badge = onderdelen.badge("afgedaan", "geëvalueerd" if gehouden == 1 else f"{gehouden} keer geëvalueerd")
        elif jaar in nog_niet:
            badge = onderdelen.badge("te laat, nog open", "nog niet geëvalueerd")
        else:
            badge = onderdelen.badge("loopt", "loopt nog")
        ook = f" · {tussentijds} keer tussentijds geëvalueerd" if tussentijds else ""
        aantal = taal.aantal(klachten, "klacht", "klachten")
        telling = Telling(peildatum=scherm.vandaag(), periode=Periode.van_jaar(jaar))
        adres = onderdelen.adres("klachten", **telling.adres)
        st.markdown(f"**{jaar}** · {f'[{aantal}]({adres})' if mag and klachten else aantal} {badge}{ook}")


def evaluaties(gehouden: Sequence[Evaluatie], gekozen: str) -> None:
    """Draw the evaluations as links to their conclusions and verbeteracties."""
    for evaluatie in gehouden:
        badges = [onderdelen.badge("", "hierboven open")] if evaluatie.klachtnummer == gekozen else []
        if evaluatie.te_laat:
            badges.append(onderdelen.badge("te laat, nog open", f"{evaluatie.te_laat} te laat"))
        leden = taal.opsomming(onderdelen.veilig(_lid(id)) for id in evaluatie.directieleden)
        acties = taal.aantal(evaluatie.verbeteracties, "verbeteractie", "verbeteracties")
        nummer = evaluatie.klachtnummer
        with rijen.kader("verbeteracties", nummer, " ".join(badges), evaluatie=nummer):
            st.markdown(f"**Klachten over {_periode(evaluatie)}**")
            uitgevoerd = f"{acties}, {evaluatie.uitgevoerd} uitgevoerd"
            st.markdown(rijen.klein(f"Gehouden op {taal.datum(evaluatie.gehouden_op)} door {leden} · {uitgevoerd}"))


def trajecten(aantallen: dict[int, dict[str, int]]) -> None:
    """Draw the numbers of trajecten per year and vestiging."""
    if not aantallen:
        st.markdown(
            "Er zijn nog geen aantallen ingevuld. Zonder die aantallen kan niemand zeggen of er veel klachten zijn."
        )
        return
    reglement = scherm.reglement()
    bekend = [keuze.id for keuze in reglement.vestigingen]
    ids = [*bekend, *sorted({id for per in aantallen.values() for id in per} - set(bekend))]
    # A table takes its names and cells for Markdown.
    namen = {id: onderdelen.veilig(reglement.naam_van("vestigingen", id)) for id in ids}
    st.table(
        [
            {
                "Jaar": str(jaar),
                **{namen[id]: onderdelen.getal(per[id]) if id in per else onderdelen.GEEN for id in ids},
                "Samen": onderdelen.getal(sum(per.values())),
            }
            for jaar, per in aantallen.items()
        ],
        hide_index=True,
    )


def acties(lijst: Sequence[Actie], gebruiker: Gebruiker) -> None:
    """Draw verbeteracties with their state and age; each leads to its evaluation."""
    dossiers: dict[str, EvaluatieDossier] = {}
    for actie in lijst:
        nummer = actie.klachtnummer
        dossier = dossiers.setdefault(nummer, dossier_van(nummer))
        with rijen.kader("verbeteracties", nummer, _stand(actie), evaluatie=nummer):
            st.markdown(f"**Verbeteractie {actie.verbeteractie}**")
            tekst = dossier.verbeteracties[actie.verbeteractie]
            feit.letterlijk(tekst.omschrijving)
            st.markdown(rijen.klein(_toelichting(actie, gebruiker, tekst.onderdeel)))


def evaluatie(nummer: str, gebruiker: Gebruiker, lijst: Sequence[Actie]) -> None:
    """Draw one evaluation: its conclusions, its verbeteracties, and what can be done now."""
    dossier = dossier_van(nummer)
    if doe := aankomst.take(dossier):
        st.session_state[OPEN] = f"{nummer}.{doe}"
    onderdelen.kop(f"Evaluatie {nummer} over {Periode(*period_of(dossier.evaluatie)).naam}")
    if leest_alle(gebruiker):
        feit.letterlijk(dossier.evaluatie.conclusies)
        for onderdeel, conclusie in dossier.conclusies.items():
            onderdelen.tussenkop(ONDERDELEN[onderdeel])
            feit.letterlijk(conclusie)
        onderdelen.verwijzing("vergadering", "Notulen", deel="notulen", evaluatie=nummer)
        bevriezen.toon(nummer)
    acties(lijst, gebruiker)
    if leest_alle(gebruiker):
        post.toon(dossier)
        stukken.lijst(dossier)
    onderdelen.tussenkop("Wat kan nu")
    kan_niet, kan = [], []
    for kans in mogelijk(dossier, gebruiker, scherm.reglement()):
        if kans.weigering:
            kan_niet.append(f"- **{kans.handeling.titel}**: {onderdelen.veilig(kans.weigering)}")
        else:
            kan.append(kans.handeling)
    with st.container(horizontal=True):
        for handeling in kan:
            welke = f"{nummer}.{handeling.naam}"
            st.button(handeling.titel, key=f"{PLEK}.{welke}", on_click=formulier.toggle, args=(OPEN, welke))
    for handeling in kan:
        if st.session_state.get(OPEN) == f"{nummer}.{handeling.naam}":
            if handeling.naam == bevriezen.HEROPENEN:
                bevriezen.vraag(handeling, nummer, plek=PLEK, jaar=dossier.evaluatie.jaar, dossier=dossier)
            elif not brief.road(dossier, gebruiker, handeling.naam):
                begin = aankomst.begin(dossier, handeling.naam)
                formulier.toon(handeling, nummer, sleutel=PLEK, begin=begin, dossier=dossier)
    if kan_niet:
        with st.expander(f"Wat nu niet kan, en waarom ({len(kan_niet)})"):
            st.markdown("\n".join(kan_niet))


def bestaat(nummer: str) -> bool:
    """Tell whether there is an evaluation with this number."""
    try:
        return nummer.startswith("E") and dossier_van(nummer).bestaat
    except (Geweigerd, OngeldigNummer):
        return False


def dossier_van(nummer: str) -> EvaluatieDossier:
    """Return the dossier of an evaluation."""
    dossier = handelingen.dossier_van(scherm.register(), nummer)
    assert isinstance(dossier, EvaluatieDossier)
    return dossier


def _stand(rij: Actie) -> str:
    if rij.dagen_over is not None:
        meegedeeld = "" if rij.meegedeeld_op else " " + onderdelen.badge("open", "nog niet meegedeeld")
        return taakzin.dagen(rij.dagen_over) + meegedeeld
    return onderdelen.badge(rij.status)


def _toelichting(rij: Actie, gebruiker: Gebruiker, onderdeel: str) -> str:
    reglement = scherm.reglement()
    wie = "u" if rij.actienemer == gebruiker.id else organisatie.naam(rij.actienemer)
    delen = [f"door {wie}", f"uiterlijk {taal.datum(rij.uiterlijk_op)}"]
    if rij.categorie:
        delen.append(reglement.naam_van("categorieen", rij.categorie))
    if onderdeel:
        delen.append(f"volgt uit: {ONDERDELEN[onderdeel].lower()}")
    if rij.uitgevoerd_op:
        delen.append(f"uitgevoerd op {taal.datum(rij.uitgevoerd_op)}, na {taal.aantal(rij.dagen_open, 'dag', 'dagen')}")
        veranderd = reglement.naam_van("veranderingen", rij.verandering) if rij.verandering else "nog niet nagegaan"
        delen.append(f"waargenomen verandering: {veranderd.lower()}")
    elif not rij.vervallen_op:
        delen.append(f"staat {taal.aantal(rij.dagen_open, 'dag', 'dagen')} open")
    return onderdelen.veilig(" · ".join(delen))


def _periode(evaluatie: Evaluatie) -> str:
    """Return the year, or the days when it is not all of it, and whether it was held before their end."""
    periode = Periode(evaluatie.van, evaluatie.tot)
    return periode.naam if periode.soort == "jaar" else f"{periode.naam}, tussentijds"


def _lid(id: str) -> str:
    return "iemand van buiten" if id == handelingen.BUITEN else organisatie.naam(id)
