"""Erasing on the screen: one dossier, one person in it or some of its texts, or keeping it longer."""

from __future__ import annotations

import contextlib
from typing import Any

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import handelingen, inzage, rechten, scherm, taal
from klachten.dossier.klacht import Feiten
from klachten.dossier.personen import also_named, documents_in, documents_of, persons_in
from klachten.dossier.teruggedraaid import Teruggedraaid
from klachten.gebeurtenissen import Vastlegging
from klachten.handelingen import HANDELINGEN, Geweigerd
from klachten.handelingen.wissen import ALLEEN_TEKSTEN, has_to_stay, open_proposals
from klachten.organisatie import Persoon
from klachten.scherm import formulier, kijklog, onderdelen
from klachten.scherm.beheer import delen
from klachten.scherm.beheer.wissen import NIET_TERUG, PLEK, UITVOEREN, VOORSTELLEN, by
from klachten.scherm.dossier.feit import veldnaam
from klachten.scherm.dossier.gewist import erased_sentence
from klachten.scherm.onderdelen import veilig
from klachten.scherm.velden import kort

NUMMER = f"{PLEK}.nummer"
AFWIJZEN = "afwijzen_wissen"
LANGER, OPHEFFEN = "stellen_bewaarplicht", "opheffen_bewaarplicht"
KNOPPEN = {VOORSTELLEN: "Voorstellen", UITVOEREN: "Wissen"}
HEEL = "Het hele dossier"
GEKOZEN = "Teksten die u kiest"
TERUG = (
    "Deze klacht kwam uit een overname die op **{op}** is teruggedraaid. Zij staat in geen lijst meer; haar teksten "
    "zijn er nog, tot zij hier zijn gewist. Wat gewist is, komt niet terug, ook niet als u het bestand weer overneemt."
)


def toon() -> None:
    """Let the user take one dossier by its number or a name in it: erase it or one person in it, or keep it longer."""
    onderdelen.kop("Eén dossier, of één persoon daarin")
    st.markdown(
        "Bijvoorbeeld als iemand vraagt om de eigen gegevens te wissen, of als iets langer moet blijven. Van een "
        "evaluatie kunnen teksten weg waarin een naam staat; de cijfers blijven. Van de organisatie zelf, nummer "
        f"{g.NUMMER}, kunnen redenen weg, en namen van bestanden die zijn overgenomen."
    )
    getypt = st.text_input(
        "Nummer, of een naam", key=NUMMER, placeholder=f"K{scherm.vandaag().year}-0001", max_chars=200,
        autocomplete="off", width=320,
    )  # fmt: skip
    if not (getypt := (getypt or "").strip()):
        return
    nummer = getypt.upper()
    if not any(teken.isdecimal() for teken in nummer) and (gevonden := _named(getypt)):
        nummer = _recognised(gevonden)
        if not nummer:
            return
    feiten = _readable(nummer)
    if feiten is None:
        onderdelen.weigering(f"{veilig(nummer)} staat niet in het register, of is niet voor u.", soort="niet_gevonden")
        return
    kijklog.betreft(nummer)
    if feiten.gewist:
        st.markdown(erased_sentence(feiten))
        return
    if isinstance(feiten, Teruggedraaid):
        st.markdown(TERUG.format(op=taal.datum(feiten.teruggedraaid_op)))
    _dossier(feiten, {g.TEKSTEN: GEKOZEN} if nummer.startswith(ALLEEN_TEKSTEN) else persons_in(feiten))


def _named(naam: str) -> dict[str, list[inzage.Kandidaat]]:
    """The dossiers in which a name stands, of klachten that were taken over and undone too; with who has it there."""
    uit: dict[str, list[inzage.Kandidaat]] = {}
    for een in inzage.candidates(scherm.register(), naam, scherm.gebruiker(), scherm.vandaag()):
        uit.setdefault(een.nummer, []).append(een)
    kijklog.zocht(naam, "bewaren", len(uit))
    return uit


def _recognised(gevonden: dict[str, list[inzage.Kandidaat]]) -> str:
    """Ask which dossier is meant; "" until somebody says so."""
    for nummer in gevonden:
        kijklog.toont(nummer)
    return (
        st.selectbox(
            f"In welk dossier? ({len(gevonden)} gevonden)",
            list(gevonden),
            index=None,
            format_func=lambda nummer: f"{nummer}: {taal.opsomming(_as(een) for een in gevonden[nummer])}",
            key=f"{PLEK}.gevonden",
            placeholder="Kies een dossier",
        )
        or ""
    )


def _as(een: inzage.Kandidaat) -> str:
    return f"{een.rol} {' / '.join(een.namen)}".strip()


def _readable(nummer: str) -> Feiten | None:
    """Return the dossier of a number that was typed, None when there is none or it is not for the user."""
    if nummer[0] in "KS":
        return inzage.may_answer(scherm.register(), nummer, scherm.gebruiker())
    if nummer[0] not in ALLEEN_TEKSTEN or not rechten.mag("inzage", "evaluatie", scherm.gebruiker()).alles:
        return None
    with contextlib.suppress(Geweigerd, ValueError):  # ValueError: what was typed is no number of a dossier
        return handelingen.dossier_van(scherm.register(), nummer)
    return None


def bij_persoon(persoon: Persoon) -> None:
    """Draw, at a colleague who has left, what can be done to erase the name."""
    feiten = delen.dossier(persoon.nummer)
    if feiten is None or persoon.gewist or persoon.laatste_dag is None or persoon.laatste_dag >= scherm.vandaag():
        return
    onderdelen.kop("Bewaren en wissen")
    delen.gevolg(
        f"De naam en het e-mailadres van {veilig(persoon.naam)} gaan dan voorgoed weg.",
        "Bij alles wat deze persoon deed, staat dan *medewerker 3 (gewist)*, met een eigen nummer. Rollen blijven.",
        "Wissen doen twee mensen: de een stelt het voor, de directie voert het uit.",
    )
    _dossier(feiten, {})


def _dossier(feiten: Feiten, mensen: dict[str, str]) -> None:
    """Draw what was proposed for one dossier, and the form of what the user chooses to do with it."""
    nummer, wie, volgens = feiten.klachtnummer, scherm.gebruiker(), scherm.reglement(feiten)
    plek, voorstellen = f"{PLEK}.{nummer}", {v.nr: v for v in open_proposals(feiten)}
    formulier.meldingen(plek)
    gezegd = {nr: _what(voorstel, mensen, feiten) for nr, voorstel in voorstellen.items()}
    for nr, voorstel in voorstellen.items():
        st.markdown(f"Voorgesteld om **{veilig(gezegd[nr])}** te wissen: {by(voorstel)}.")
    blijft = has_to_stay(feiten, scherm.vandaag())
    if blijft:
        st.markdown("Dit moet bewaard blijven, ook als de termijn voorbij is.")
    doen = [UITVOEREN, AFWIJZEN] if voorstellen else []
    doen += [OPHEFFEN] if blijft else [VOORSTELLEN, LANGER]
    doen = [naam for naam in doen if HANDELINGEN[naam].toets(feiten, wie, volgens)[1] is None]
    delen.waarom_niet(doen)
    if not doen:
        return
    naam, vast = delen.kies(doen, key=f"{plek}.doen"), {}
    if naam in (UITVOEREN, AFWIJZEN):
        keuze = st.selectbox("Welk voorstel?", list(gezegd), format_func=gezegd.__getitem__, key=f"{plek}.voorstel")
        vast = {"voorstel": keuze}
    if naam == UITVOEREN:
        st.markdown(NIET_TERUG)
    if naam == VOORSTELLEN:
        keuzes = mensen if g.TEKSTEN in mensen else {"": HEEL, **mensen}
        over = st.selectbox("Wat gaat er weg?", list(keuzes), format_func=keuzes.__getitem__, key=f"{plek}.wie") or ""
        vast = {"wie": over, "ook": _also(feiten, over, plek) if over else ()}
    formulier.toon(
        HANDELINGEN[naam], nummer, sleutel=plek, vast=vast, knop=KNOPPEN.get(naam, "Vastleggen"),
        kenmerk=f"{plek}/{naam}/{vast.get('wie', vast.get('voorstel', ''))}",
    )  # fmt: skip


def _what(voorstel: Vastlegging, mensen: dict[str, str], feiten: Feiten) -> str:
    feit: Any = voorstel.feit
    if feit.wie == g.TEKSTEN:
        alle = {**_texts(feiten, g.TEKSTEN), **_files(feiten)}
        return "; ".join(zin for plek, zin in alle.items() if plek in (*feit.plekken, *feit.stukken))
    return mensen.get(feit.wie, "een persoon") if feit.wie else HEEL


def _texts(feiten: Feiten, over: str) -> dict[str, str]:
    soorten = {v.nr: v.feit.soort for v in feiten.vastleggingen}
    return {
        g.place(p.nr, p.veld): f"Feit {p.nr}, {taal.feit_in_woorden(soorten[p.nr])}, "
        f"{veldnaam(soorten[p.nr], p.veld).lower()}: {kort(p.tekst)}"
        for p in also_named(feiten, over)
    }


def _files(feiten: Feiten) -> dict[str, str]:
    """The files that are still there, of a letter that waits or never went too, each as it is offered."""
    aanwezig = set(scherm.register().dossiers.documents(feiten.klachtnummer))
    return {
        document: f"Feit {plek.nr}, stuk: {plek.tekst or 'zonder naam'}"
        for document, plek in documents_in(feiten).items()
        if document in aanwezig
    }


def _also(feiten: Feiten, over: str, plek: str) -> tuple[str, ...]:
    """Let the user choose which other texts and documents also tell of somebody; those with the name are chosen."""
    teksten = _texts(feiten, over)
    los, stukken = over == g.TEKSTEN, _files(feiten)
    eigen = [] if los else [document for document in documents_of(feiten, over) if document in stukken]
    gekozen = st.multiselect(
        "Deze teksten en stukken, in hun geheel" if los else "Ook deze teksten en stukken, in hun geheel",
        [*teksten, *stukken],
        default=[] if los else [*teksten, *eigen],
        format_func=lambda id: {**teksten, **stukken}.get(id, id),
        key=f"{plek}.{over}.ook",
        placeholder="Kies wat weg moet" if los else "Geen andere",
        help=None
        if los
        else "In deze teksten staat de naam of het e-mailadres, of zij horen bij een e-mail aan deze persoon; de "
        "stukken zijn van of aan deze persoon. Wat u kiest, gaat helemaal weg.",
    )
    return tuple(gekozen)
