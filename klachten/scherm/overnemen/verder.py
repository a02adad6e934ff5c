"""In step 6 and 7: whether what is still open is handled on here, from which step, and by whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from klachten import organisatie, scherm
from klachten.handelingen.voortzetting import LIJSTEN, STAPPEN
from klachten.overname.overgangbeeld import Vooruitblik
from klachten.overname.voorstel import waarden as voorstel
from klachten.overname.voorstel.ontwerp import VASTE
from klachten.overname.voorstel.rollen import PER_CODE
from klachten.reglement import Keuze, Reglement
from klachten.scherm import datumveld, onderdelen
from klachten.scherm.overnemen.werk import Werk
from klachten.taal import aantal, getal

MEESTE = 40
GEEN = ""
_STAPNAMEN = dict(STAPPEN)
_STATUS = re.compile(r"status|stand|fase|stap|voortgang", re.IGNORECASE)
_WIE = re.compile(r"behandel|afhandel|eigenaar|verantwoordelijk|door wie|medewerker", re.IGNORECASE)
_WOORDEN = (
    (r"nieuw|ontvangen|binnen|open|new", "5"),
    (r"onderzoek|behandeling|lopend|progress", "6"),
    (r"beslis|besluit|advies|beoordel", "8"),
    (r"maatregel|actie|uitvoer", "11"),
    (r"klaar|afgerond|afgehandeld|gesloten|dicht|closed|done", "13"),
)


def toon(werk: Werk) -> str:
    """Ask whether and how the open klachten go on here; return what is waited for."""
    verklaring = werk.ontwerp.verklaring
    onderdelen.tussenkop("Wat nog open is")
    wil = st.checkbox(
        "De open klachten hier verder behandelen",
        value="verder" in verklaring,
        key=f"overnemen.verder_hier.{werk.nr}",
        help="Zij komen dan in Werkvoorraad en tellen vanaf die dag onder uw eigen reglement. Wat klaar is, blijft "
        "zoals het is overgenomen.",
    )
    if not wil:
        werk.opzij = verklaring.pop("verder", werk.opzij)
        return ""
    if (getrokken := verklaring.get("getrokken_op")) is None:
        return "Zeg eerst bij Regels van welke dag het bestand is; daarna kan de rest hier verder."
    verder: dict[str, Any] = verklaring.setdefault("verder", werk.opzij)
    vanaf = datumveld.vraag(
        "Vanaf welke dag behandelt u ze hier?",
        value=verder.get("vanaf") or max(getrokken, scherm.vandaag()),
        key=f"overnemen.verder_vanaf.{werk.nr}",
    )
    if fout := datumveld.bezwaar(
        "De dag vanaf wanneer u ze hier behandelt", vanaf, datumveld.farthest(scherm.vandaag()), getrokken
    ):
        return fout
    if vanaf is None:
        return "Zeg vanaf welke dag u ze hier behandelt."
    verder["vanaf"] = vanaf
    eerst = "volgende_stap" not in verder
    wacht = _steps(werk, verder, eerst=eerst)
    _people(werk, verder, eerst=eerst)
    return _own_lists(werk, verder) or wacht


def _steps(werk: Werk, verder: dict[str, Any], *, eerst: bool) -> str:
    nu = verder.get("volgende_stap")
    kolom = _column(werk, "Welke kolom zegt waar een klacht is?", nu, _STATUS if eerst else None)
    if not kolom:
        nu = str((verder.get("volgende_stap") or {}).get("vast", "6"))
        vraag = "Welke stap is bij elke open klacht aan de beurt?"
        vast = _one(vraag, _STAPNAMEN, nu, f"overnemen.verder_vast.{werk.nr}")
        verder["volgende_stap"] = {"vast": int(vast or 6)}
        return ""
    oud = (verder.get("volgende_stap") or {}).get("waarden", {})
    teksten = _values(werk, kolom)
    st.markdown(
        "Welke stap is aan de beurt? Wat ervoor komt, is in het andere systeem gedaan of daar niet bijgehouden; die "
        "termijnen worden hier niet beoordeeld."
    )
    waarden = {}
    for plaats, tekst in enumerate(teksten):
        nu = str(oud.get(tekst) or _guess(tekst))
        gekozen = _one(_label(werk, kolom, tekst), _STAPNAMEN, nu, f"overnemen.verder_stap.{werk.nr}.{plaats}")
        if gekozen:
            waarden[tekst] = int(gekozen)
    eerder = (verder.get("volgende_stap") or {}).get("anders")
    anders = _one("Alle andere waarden, ook leeg", _STAPNAMEN, str(eerder), f"overnemen.verder_anders.{werk.nr}")
    verder["volgende_stap"] = {"kolom": kolom, "waarden": waarden, **({"anders": int(anders)} if anders else {})}
    compleet = anders or len(waarden) == len(teksten)
    return "" if compleet else "Kies bij elke waarde welke stap aan de beurt is, of wat alle andere zijn."


def _people(werk: Werk, verder: dict[str, Any], *, eerst: bool) -> None:
    """Ask who is meant by each name; nobody is meant by a name until somebody says so."""
    op = verder["vanaf"]
    for sleutel, vraag, kent, mensen in (
        ("behandelaar", "Welke kolom zegt wie behandelt?", _WIE, organisatie.met_rol("behandelaar", op=op)),
        ("betrokkenen", "Welke kolom noemt betrokken medewerkers?", None, organisatie.iedereen(op)),
    ):
        kolom = _column(werk, vraag, verder.get(sleutel), kent if eerst else None)
        if not kolom:
            verder.pop(sleutel, None)
            continue
        oud = (verder.get(sleutel) or {}).get("waarden", {})
        namen = {persoon.id: persoon.naam for persoon in mensen}
        per_naam = {persoon.naam.casefold(): persoon.id for persoon in mensen}
        waarden = {}
        for plaats, tekst in enumerate(_values(werk, kolom)):
            nu = oud.get(tekst) or per_naam.get(tekst.casefold())
            plek = f"overnemen.verder_{sleutel}.{werk.nr}.{plaats}"
            if gekozen := _one(_label(werk, kolom, tekst), namen, nu, plek, "Niemand hier; later toe te wijzen"):
                waarden[tekst] = gekozen
        verder[sleutel] = {"kolom": kolom, "waarden": waarden}


def _own_lists(werk: Werk, verder: dict[str, Any]) -> str:
    """Ask what each value of the lists of the source is in the own lists, where these have none of that name."""
    register = scherm.register()
    eigen = register.reglementen[register.organisatie.reglement(verder["vanaf"])]
    wacht = ""
    for naam, lijst in LIJSTEN.items():
        daar = _source_list(werk, naam, lijst, eigen)
        weg = {id: tekst for id, tekst in daar.items() if id not in eigen.per_id(lijst)}
        oud = verder.get(naam, {})
        keuzes = eigen.keuzes(lijst, verder["vanaf"])
        gekozen = {}
        for id, tekst in weg.items():
            nu = oud.get(id) or voorstel.propose([tekst], keuzes).get(tekst)
            label = f"{PER_CODE[naam].naam}: {onderdelen.veilig(tekst)} van de bron is hier"
            if wordt := _one(label, _names(keuzes), nu, f"overnemen.verder_{naam}.{werk.nr}.{id}"):
                gekozen[id] = wordt
        if gekozen:
            verder[naam] = gekozen
        else:
            verder.pop(naam, None)
        if len(gekozen) < len(weg):
            wacht = "Kies wat de waarden van de bron in uw eigen lijsten zijn."
    return wacht


def _source_list(werk: Werk, naam: str, lijst: str, eigen: Reglement) -> Mapping[str, str]:
    """The ids that a klacht of the source can have, with their names; of the own reglement they are its own."""
    if werk.ontwerp.reglement is None:
        return {}
    klein = werk.ontwerp.reglement.get(lijst, ())
    if werk.ontwerp.kolom_van(naam):
        return {deel["id"]: deel["naam"] for deel in klein}
    vast = werk.ontwerp.verklaring.get("vaste", {}).get(naam, VASTE[naam])
    return {vast: next((deel["naam"] for deel in klein if deel["id"] == vast), vast)}


def _column(werk: Werk, vraag: str, nu: Mapping[str, Any] | None, kent: re.Pattern[str] | None) -> str:
    """Ask for a column, or none; proposed by its name as long as nobody chose."""
    kolommen = [GEEN, *(kolom.naam for kolom in werk.gezien.kolommen)]
    eerder = str((nu or {}).get("kolom", GEEN))
    gezien = next((kolom for kolom in kolommen if kolom and kent and kent.search(kolom)), GEEN)
    gekozen = st.selectbox(
        vraag,
        kolommen,
        index=kolommen.index(eerder if eerder in kolommen and eerder else gezien),
        format_func=lambda kolom: kolom or "Geen kolom",
        key=f"overnemen.verder_kolom.{werk.nr}.{vraag}",
        placeholder="Kies een kolom",
    )
    return gekozen or GEEN


def _values(werk: Werk, kolom: str) -> list[str]:
    leeg = set(werk.ontwerp.verklaring["bestand"].get("leeg", ()))
    alle = [tekst for tekst, _ in werk.gezien.kolom(kolom).waarden.most_common() if tekst and tekst not in leeg]
    return alle[:MEESTE]


def _label(werk: Werk, kolom: str, tekst: str) -> str:
    return f"{onderdelen.veilig(tekst)}, {getal(werk.gezien.kolom(kolom).waarden[tekst])} keer"


def _guess(tekst: str) -> str:
    return next((stap for woord, stap in _WOORDEN if re.search(woord, tekst, re.IGNORECASE)), "")


def _names(keuzes: Sequence[Keuze]) -> dict[str, str]:
    return {keuze.id: keuze.naam for keuze in keuzes}


def _one(label: str, namen: dict[str, str], nu: str | None, key: str, leeg: str = "Kies wat dit is") -> str | None:
    ids = list(namen)
    return st.selectbox(
        label, ids, index=ids.index(nu) if nu in ids else None, format_func=namen.get, key=key, placeholder=leeg
    )


def vooruit(blik: Vooruitblik | None) -> str:
    """Show in step 7 what the changeover does, a klacht at a time; return what stands in the way."""
    if blik is None:
        return ""
    onderdelen.tussenkop("Wat hier verdergaat")
    overgang = blik.overgang
    if overgang.later:
        st.info(onderdelen.veilig(overgang.later))
        return ""
    if overgang.bezwaren:
        st.warning("  \n".join(map(onderdelen.veilig, overgang.bezwaren)), icon=":material/warning:")
        return "Pas eerst aan hoe de open klachten hier verdergaan: ga terug naar Waarden."
    if not overgang.klachten:
        st.markdown("In dit bestand staat geen open klacht die hier nog verdergaat.")
        return ""
    wat = aantal(len(overgang.klachten), "open klacht gaat", "open klachten gaan")
    st.markdown(
        f"{wat} hier verder vanaf {onderdelen.datum_tekst(overgang.op)}. Tot die dag tellen zij bij de bron, daarna "
        "onder uw eigen reglement, en nooit bij allebei."
    )
    if blik.regels:
        st.table(
            [
                {
                    "Klacht": regel.nummer,
                    "Ontvangen": onderdelen.datum_tekst(regel.ontvangen_op, kort=True),
                    "Aan de beurt": onderdelen.veilig(regel.wat),
                    "Uiterlijk": onderdelen.datum_tekst(regel.uiterlijk_op, kort=True)
                    + (" (te laat)" if regel.te_laat else ""),
                    "Behandelaar": onderdelen.bij_naam(regel.behandelaar) if regel.behandelaar else "nog toe te wijzen",
                }
                for regel in blik.regels
            ],
            hide_index=True,
        )
    for zin in overgang.opmerkingen:
        st.info(onderdelen.veilig(zin))
    return ""
