"""Step 5: what the source is called, as of when it is, and under which rules its klachten come in."""

from __future__ import annotations

from datetime import date

import streamlit as st

from klachten import scherm
from klachten.overname.datums import load
from klachten.overname.kolommen import VROEGSTE
from klachten.overname.voorstel import klein
from klachten.overname.voorstel.datumvormen import reads
from klachten.overname.voorstel.ontwerp import id_of
from klachten.overname.voorstel.rollen import DATUM
from klachten.reglement import GESTELD, Reglement
from klachten.reglement.delen import EENHEDEN
from klachten.scherm import datumveld, onderdelen
from klachten.scherm.overnemen.werk import Werk
from klachten.taal import opsomming

KLEIN, EIGEN = "klein", "eigen"
_GESTELD = "een eigen uiterste datum per klacht"
_BEGIN = (6, "weken")


def toon(werk: Werk) -> str:
    """Ask for the source and its rules."""
    verklaring, sleutel = werk.ontwerp.verklaring, f"overnemen.regels.{werk.nr}"
    bron = st.text_input(
        "Hoe heet de bron?",
        value=verklaring.get("bron") or id_of(werk.naam.rpartition(".")[0] or werk.naam),
        key=f"{sleutel}.bron",
        placeholder="Bijvoorbeeld oud-register",
        help="Onder deze naam herkent het register de klachten als u later nog een bestand van die bron overneemt.",
        width=320,
    )
    verklaring["bron"] = id_of(bron or "")
    getrokken = datumveld.vraag(
        "Van welke dag is het bestand?",
        value=verklaring.get("getrokken_op") or _last_day(werk),
        key=f"{sleutel}.getrokken",
        help="Wat volgens het bestand open is, telt als open op die dag, en niet tot vandaag.",
        width=320,
    )
    vanaf = datumveld.vraag(
        "Vanaf welke dag staat elke klacht erin? (leeg als u dat niet weet)",
        value=verklaring.get("volledig_vanaf"),
        key=f"{sleutel}.vanaf",
        width=320,
    )
    deel = st.checkbox(
        "Het bestand heeft alleen wat nieuw of veranderd is",
        value=bool(verklaring.get("alleen_wijzigingen")),
        key=f"{sleutel}.deel",
        help="Zonder dit vinkje telt een klacht die eerder uit deze bron kwam en niet in het bestand staat, als "
        "verdwenen uit de bron.",
    )
    _set(verklaring, "alleen_wijzigingen", deel or None)
    fout = ""
    for naam, wat, dag in (
        ("getrokken_op", "De dag van het bestand", getrokken),
        ("volledig_vanaf", "De dag vanaf wanneer elke klacht erin staat", vanaf),
    ):
        bezwaar = datumveld.bezwaar(wat, dag, scherm.vandaag(), VROEGSTE)
        fout = fout or bezwaar
        _set(verklaring, naam, None if bezwaar else dag)
    onderdelen.tussenkop("Onder welke regels?")
    if not werk.ontwerp.stappen:
        return (
            "Er is geen kolom met een datum waarop iets is gedaan, zoals het afsluiten. Zonder is er geen termijn te "
            "berekenen. Ga terug naar Kolommen en wijs er een aan."
        )
    eigen = _own()
    passend = {id: boek for id, boek in eigen.items() if not _lacks(werk, boek)}
    keuzes = [KLEIN, *passend]
    nu = verklaring.get("onder", KLEIN)
    onder = st.radio(
        "De klachten komen binnen onder",
        keuzes,
        index=keuzes.index(nu) if nu in keuzes else 0,
        format_func=lambda id: "regels van het andere register" if id == KLEIN else f"ons eigen {eigen[id].naam}",
        key=f"{sleutel}.onder",
    )
    verklaring["onder"] = onder
    for id, boek in eigen.items():
        if id not in passend:
            st.markdown(f":small[{onderdelen.veilig(boek.naam)} kan niet: {onderdelen.veilig(_lacks(werk, boek))}]")
    if onder == KLEIN:
        fout = _small(werk, sleutel) or fout
    if fout:
        return fout
    if not bron or not bron.strip():
        return "Geef de bron een naam."
    if getrokken is None and vanaf is not None:
        return "Zeg ook van welke dag het bestand is."
    if getrokken is not None and vanaf is not None and vanaf > getrokken:
        return "De dag vanaf wanneer elke klacht erin staat, ligt na de dag waarvan het bestand is."
    return ""


def _small(werk: Werk, sleutel: str) -> str:
    """Ask for the one term of the small reglement; return what is wrong with it."""
    verklaring = werk.ontwerp.verklaring
    oud = klein.term_of(werk.ontwerp.reglement) if werk.ontwerp.reglement else (*_BEGIN, 0)
    waarde, eenheid, stap = verklaring.get("termijn", oud)
    stappen = werk.ontwerp.stappen
    mag_gesteld = bool(werk.ontwerp.kolom_van("uiterlijk_op"))
    if mag_gesteld:
        eenheid = verklaring.get("termijn", (0, GESTELD, 0))[1]
    stap = st.selectbox(
        "De termijn eindigt met",
        stappen,
        index=stappen.index(stap) if stap in stappen else (stappen.index(13) if 13 in stappen else len(stappen) - 1),
        format_func=lambda nr: klein.STAPNAMEN[nr],
        key=f"{sleutel}.stap",
        placeholder="Kies een stap",
        width=320,
    )
    eenheden = [*([GESTELD] if mag_gesteld else []), *EENHEDEN]
    eenheid = st.selectbox(
        "De termijn is",
        eenheden,
        index=eenheden.index(eenheid) if eenheid in eenheden else 0,
        format_func=lambda een: _GESTELD if een == GESTELD else f"een aantal {een} na ontvangst",
        key=f"{sleutel}.eenheid",
        placeholder="Kies",
        width=320,
    )
    if eenheid != GESTELD:
        waarde = st.number_input(
            f"Hoeveel {eenheid}?",
            value=waarde or _BEGIN[0],
            step=1,
            format="%d",
            key=f"{sleutel}.waarde",
            placeholder="Aantal",
            width=320,
        )
    elif _has_clock(werk):
        verklaring["telt"] = st.radio(
            "De uiterste datum heeft ook een tijdstip. Wat telt?",
            ["dag", "tijdstip"],
            index=["dag", "tijdstip"].index(verklaring.get("telt", "dag")),
            format_func={"dag": "de hele laatste dag is op tijd", "tijdstip": "tot dat tijdstip is op tijd"}.get,
            key=f"{sleutel}.telt",
        )
    verklaring["schuift"] = st.checkbox(
        "Eindigt de termijn op een vrije dag, dan loopt zij door tot de volgende werkdag",
        value=verklaring.get("schuift", False),
        key=f"{sleutel}.schuift",
    )
    if eenheid != GESTELD and (waarde is None or waarde < 1):
        return f"Vul in hoeveel {eenheid} de termijn is: een heel getal van 1 of meer."
    verklaring["termijn"] = (int(waarde or _BEGIN[0]), eenheid, stap)
    return ""


def verder(werk: Werk) -> None:
    """Make the small reglement, or name the own one; the lists of either follow from it."""
    verklaring = werk.ontwerp.verklaring
    if verklaring["onder"] == KLEIN:
        waarde, eenheid, stap = verklaring["termijn"]
        klein.make(
            werk.ontwerp,
            werk.gezien,
            naam=f"Overgenomen uit {verklaring['bron']}",
            waarde=waarde,
            eenheid=eenheid,
            stap=stap,
            schuift=verklaring.get("schuift", False),
            eerder=scherm.register().reglementen.get(f"overname-{verklaring['bron']}"),
        )
        verklaring.pop("reglement", None)
    elif verklaring.get("reglement") != verklaring["onder"]:
        werk.ontwerp.reglement = None
        verklaring["reglement"] = verklaring["onder"]
        verklaring["waarden"], verklaring["vaste"] = {}, {}
        verklaring.pop("uiterlijk_op", None)


def _own() -> dict[str, Reglement]:
    """The reglementen under which new klachten come in here."""
    register = scherm.register()
    ids = {versie.reglement for versie in register.organisatie.reglementversies()} | {scherm.reglement().id}
    return {id: boek for id, boek in register.reglementen.items() if id in ids and boek.soort == "volledig"}


def _lacks(werk: Werk, boek: Reglement) -> str:
    """Why klachten cannot come in under a reglement: it has a term of which the file has no date."""
    stappen = set(werk.ontwerp.stappen)
    nodig = [t.naam for t in boek.termijnen if t.geldt == "altijd" and not stappen & set(t.einde)]
    if nodig:
        return f"in het bestand is geen datum aangewezen voor {opsomming(dict.fromkeys(nodig))}."
    if werk.ontwerp.kolom_van("uiterlijk_op"):
        return "het heeft eigen termijnen, en het bestand een uiterste datum per klacht."
    return ""


def _has_clock(werk: Werk) -> bool:
    vorm = werk.ontwerp.vormen.get(werk.ontwerp.kolom_van("uiterlijk_op"), "")
    return bool(vorm) and load(vorm).met_klok


def _last_day(werk: Werk) -> date | None:
    """The last day on which anything happened in the file, up to today: it may be of that day."""
    laatste = None
    for kolom, rol in werk.ontwerp.kolommen_van(DATUM):
        if rol == "uiterlijk_op":
            continue
        lezer = load(werk.ontwerp.vormen[kolom])
        for tekst in werk.gezien.kolom(kolom).waarden:
            if tekst and reads(lezer, tekst) and VROEGSTE <= (dag := lezer.lees(tekst)) <= scherm.vandaag():
                laatste = max(laatste or dag, dag)
    return laatste


def _set(verklaring: dict[str, object], sleutel: str, waarde: object) -> None:
    if waarde is None:
        verklaring.pop(sleutel, None)
    else:
        verklaring[sleutel] = waarde
