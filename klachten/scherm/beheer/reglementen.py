"""Page Versies van het reglement: what holds and will hold, the files of it, and adding or choosing another one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import scherm, taal
from klachten.analyse.werk import beheer
from klachten.gebeurtenissen import Vastlegging, valid
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer
from klachten.handelingen.organisatie.reglementen import (
    check_choice,
    judge,
    last_received,
    why_not_withdrawn,
)
from klachten.reglement import GROOTSTE, Reglement
from klachten.scherm import aanbod, datumveld, formulier, kijker, onderdelen, uitvoer
from klachten.scherm.beheer import delen, reglementkeuze, voorstellen
from klachten.scherm.onderdelen import veilig
from klachten.scherm.velden import megabytes, mistake

PLEK = "reglementversies"
TOEVOEGEN, KIEZEN, INTREKKEN = "toevoegen_reglement", "kiezen_reglement", "herroepen_feit"
_VAN_HAAR = (g.ReglementVersieToegevoegd, g.ReglementGekozen)


def _volledig() -> dict[str, Reglement]:
    alle = scherm.register().inrichting.uit_bestanden
    return {id: boek for id, boek in sorted(alle.items()) if boek.soort == "volledig"}


def _facts() -> list[Vastlegging]:
    """The versions and choices that were recorded here and stand, in order of recording."""
    dossier = delen.dossier()
    return [v for v in valid(dossier.vastleggingen) if isinstance(v.feit, _VAN_HAAR)] if dossier else []


def chosen() -> bool:
    """Tell whether the reglement for new klachten was chosen; in a new register that comes first."""
    return kijker.is_example() or bool(scherm.register().organisatie.van(g.ReglementGekozen))


def toon() -> None:
    """Draw the page: what there is and then what can be changed, or choosing first where nothing was chosen yet."""
    geldend()
    if not chosen():
        reglementkeuze.uitleg(_volledig().values())
    for deel in (versies, wijzigen) if chosen() else (wijzigen, versies):
        deel()
    historie()


def geldend() -> None:
    """Draw under which reglement a klacht of today comes in, and what is known to change."""
    vandaag, org = scherm.vandaag(), scherm.register().organisatie
    nu = scherm.reglement()
    begin = "Nu" if chosen() else "Er is nog geen reglement gekozen. Tot dan geldt"
    regels = [f"- {begin}: **{veilig(nu.naam)}**{_since(nu, vandaag)}"]
    for feit in org.van(g.ReglementGekozen):
        if feit.vanaf > vandaag:
            naam = _name(feit.reglement)
            regels.append(f"- Voor klachten ontvangen vanaf {taal.datum(feit.vanaf)}: **{naam}**")
    regels += [
        f"- Vanaf {taal.datum(feit.geldig_vanaf)}: een nieuwe versie van **{_name(feit.reglement)}**"
        for feit in org.reglementversies()
        if feit.geldig_vanaf > vandaag
    ]
    st.markdown("\n".join(regels))
    onderdelen.verwijzing("reglement", "Lees het reglement van nu")


def _since(boek: Reglement, dag: date) -> str:
    begonnen = [uitgave.vanaf for uitgave in boek.uitgaven if date.min < uitgave.vanaf <= dag]
    return f", de versie vanaf {taal.datum(begonnen[-1])}" if begonnen else ""


def _name(id: str) -> str:
    boek = _volledig().get(id)
    return veilig(boek.naam if boek else id)


def versies() -> None:
    """Draw each reglement that can be used with its versions, to take along and, while nobody has it yet, take back."""
    onderdelen.kop("Reglementen en hun versies")
    st.markdown(
        "Neem een bestand mee als begin van een volgende versie. U past het aan in een tekstprogramma; wat achter een "
        "# staat, is uitleg."
    )
    formulier.meldingen(f"{PLEK}.terug")
    feiten = _facts()
    for id, boek in _volledig().items():
        with st.container(border=True):
            onderdelen.tussenkop(boek.naam)
            uitgaven = boek.uitgaven or (boek,)
            for uitgave in reversed(uitgaven):
                eigen = next((v for v in feiten if _is_version(v, id, uitgave.vanaf)), None)
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(_version_line(uitgave, eigen), width="stretch")
                    _take_along(uitgave)
                _take_back(eigen, "Deze versie intrekken")
    if gekozen := [v for v in feiten if isinstance(v.feit, g.ReglementGekozen)]:
        with st.container(border=True):
            onderdelen.tussenkop("Gekozen voor nieuwe klachten")
            for v in reversed(gekozen):
                st.markdown(f"**{_name(v.feit.reglement)}** voor klachten ontvangen vanaf {taal.datum(v.feit.vanaf)}")
                _take_back(v, "Deze keuze intrekken")


def _is_version(v: Vastlegging, id: str, vanaf: date) -> bool:
    feit = v.feit
    return isinstance(feit, g.ReglementVersieToegevoegd) and (feit.reglement, feit.geldig_vanaf) == (id, vanaf)


def _version_line(uitgave: Reglement, eigen: Vastlegging | None) -> str:
    if eigen is None:
        return "De versie die met het programma is meegekomen"
    akkoord = f"  \n:small[Akkoord van {onderdelen.bij_naam(eigen.feit.akkoord_door)}]"
    return f"Voor klachten ontvangen vanaf **{taal.datum(uitgave.vanaf)}**{akkoord}"


def _take_along(uitgave: Reglement) -> None:
    if not uitvoer.mag("reglement"):
        return
    inhoud = uitgave.tekst.encode("utf-8")
    maker = aanbod.Maker("reglement", lambda: inhoud)
    aanbod.knop(
        "Downloaden", f"{uitgave.id}.toml", aanbod.MIME, maker, key=f"{PLEK}.bestand.{uitgave.id}.{uitgave.vanaf}"
    )


def _take_back(eigen: Vastlegging | None, wat: str) -> None:
    """Offer to take back what nothing rests on yet."""
    if eigen is None or INTREKKEN not in delen.kan([INTREKKEN], delen.dossier()):
        return
    if why_not_withdrawn(scherm.register(), eigen.feit):
        return
    with st.expander(wat, icon=":material/undo:"):
        formulier.toon(
            HANDELINGEN[INTREKKEN],
            g.NUMMER,
            sleutel=f"{PLEK}.terug",
            vast={"nr": eigen.nr, "op": scherm.vandaag()},
            knop="Intrekken",
        )


def wijzigen() -> None:
    """Draw what the user can change: the file or the choice first, what it touches, and then the form."""
    naam = delen.wijzigen((TOEVOEGEN, KIEZEN) if chosen() else (KIEZEN, TOEVOEGEN), plek=PLEK)
    if naam == TOEVOEGEN:
        _add()
    elif naam == KIEZEN:
        _choose()


def _add() -> None:
    keer = len(scherm.register().organisatie.reglementversies())
    inhoud = reglementkeuze.model() if reglementkeuze.waarmee(keer) == reglementkeuze.MODEL else _file(keer)
    vanaf = _first_day()
    if inhoud is None or vanaf is None:
        st.markdown("U ziet eerst wat er verandert; vastleggen komt daarna.")
        return
    try:
        voorstel = judge(scherm.register(), inhoud, vanaf)
    except OngeldigeInvoer as fout:
        delen.ongeldig(fout)
        st.markdown("Er is niets vastgelegd. Pas het bestand of de dag aan en kies het opnieuw.")
        return
    voorstellen.differences(voorstel)
    delen.gevolg(*voorstellen.touches(voorstel))
    formulier.toon(
        HANDELINGEN[TOEVOEGEN],
        g.NUMMER,
        sleutel=PLEK,
        vast={"bestand": inhoud, "geldig_vanaf": vanaf},
        kenmerk=f"{PLEK}/{hashlib.sha256(inhoud).hexdigest()}/{vanaf}",
    )


def _file(keer: int) -> bytes | None:
    """Ask for a file; another key once one was recorded: the file that was sent is done with."""
    bestand = st.file_uploader(
        "Bestand",
        type=["toml", "txt"],
        key=f"{PLEK}.nieuw.{keer}",
        max_upload_size=megabytes(GROOTSTE),
        help=f"Een reglement als TOML, hoogstens {megabytes(GROOTSTE)} MB.",
    )
    if bestand is None:
        st.markdown("Kies een bestand.")
        return None
    inhoud: bytes = bestand.getvalue()
    return inhoud


def _first_day() -> date | None:
    vandaag = scherm.vandaag()
    morgen = vandaag + timedelta(days=1)
    # A register without klachten may still get those of this year.
    vanaf: date | None = datumveld.vraag(
        "Voor klachten ontvangen vanaf",
        value=morgen if last_received(scherm.register()) else date(vandaag.year, 1, 1),
        key=f"{PLEK}.vanaf",
    )
    if fout := datumveld.bezwaar("Voor klachten ontvangen vanaf", vanaf, datumveld.farthest(vandaag)):
        mistake(fout)
        return None
    return vanaf


def _choose() -> None:
    boeken, eerder = _volledig(), scherm.register().organisatie.van(g.ReglementGekozen)
    id = st.selectbox(
        "Reglement",
        list(boeken),
        # Nobody begins with the reglement of another by leaving it as it stands; what was just added is meant.
        index=None if eerder else _just_added(boeken),
        format_func=lambda id: boeken[id].naam if id in boeken else id,
        # Another key once one was chosen: that choice is done with.
        key=f"{PLEK}.keuze.{len(eerder)}",
        placeholder="Kies een reglement",
    )
    vanaf = _first_day()
    if id is None or vanaf is None:
        st.markdown("Kies een reglement. U ziet dan eerst wat dat raakt; vastleggen komt daarna.")
        return
    try:
        check_choice(scherm.register(), id, vanaf)
    except OngeldigeInvoer as fout:
        delen.ongeldig(fout)
        return
    with scherm.register().cursor() as cursor:
        lopend = sum(beheer.per_reglement(cursor).values())
    eerder = _name(scherm.register().organisatie.reglement(vanaf - timedelta(days=1)))
    delen.gevolg(
        f"Klachten ontvangen vanaf {taal.datum(vanaf)} lopen onder **{veilig(boeken[id].naam)}**.",
        f"Klachten van daarvoor lopen onder **{eerder}**, ook als u ze nog moet vastleggen.",
        f"Nu lopen er {delen.klachten(lopend)}: die houden hun reglement en hun termijnen.",
        "De pagina's van Evaluatie tellen klachten onder elk reglement apart.",
    )
    delen.vraag(KIEZEN, g.NUMMER, plek=PLEK, vast={"reglement": id, "vanaf": vanaf})


def _just_added(boeken: Mapping[str, Reglement]) -> int | None:
    """Return the place of the last reglement that was added here; None when none was."""
    eigen = [versie.reglement for versie in scherm.register().organisatie.reglementversies()]
    return list(boeken).index(eigen[-1]) if eigen and eigen[-1] in boeken else None


def historie() -> None:
    """Draw what was recorded about the reglement."""
    if dossier := delen.dossier():
        delen.historie(
            [v for v in dossier.vastleggingen if isinstance(v.feit, _VAN_HAAR)], kop="Geschiedenis van het reglement"
        )
