"""Step 6: which value of the file is which choice here, and what it says itself of being on time."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from klachten import scherm
from klachten.overname.voorstel import waarden as voorstel
from klachten.overname.voorstel.ontwerp import LIJST_VAN, ONBEKEND, VASTE
from klachten.overname.voorstel.rollen import PER_CODE, spoken
from klachten.reglement import Keuze
from klachten.scherm import onderdelen
from klachten.scherm.overnemen import verder
from klachten.scherm.overnemen.werk import Werk
from klachten.taal import aantal, getal

_MEESTE = 40
_JA = re.compile(r"(ja|j|yes|y|true|waar|1|op tijd|tijdig|binnen.*|on time|timely)", re.IGNORECASE)
_NEE = re.compile(r"(nee|n|no|false|onwaar|0|te laat|niet.*|buiten.*|late|overdue|untimely)", re.IGNORECASE)
_LAAT = re.compile(r"te laat|overdue|late\b|overschreden")
OP_TIJD, TE_LAAT, NIETS = "op_tijd", "te_laat", ""
_ZEGT = {OP_TIJD: "op tijd", TE_LAAT: "te laat", NIETS: "zegt niets"}


def toon(werk: Werk) -> str:
    """Ask of each list what its values are here; of the small reglement they are its own list."""
    klein = werk.ontwerp.reglement is not None
    wacht = ""
    if klein:
        _lists(werk)
    else:
        wacht = _choices(werk)
    if werk.ontwerp.kolom_van("oordeel"):
        _verdicts(werk)
    elif klein and not any(werk.ontwerp.kolom_van(rol) for rol in LIJST_VAN):
        st.markdown("Er zijn geen kolommen met een lijst van waarden. U kunt verder.")
    return verder.toon(werk) or wacht


def _lists(werk: Werk) -> None:
    """Show the lists that are made of the values."""
    assert werk.ontwerp.reglement is not None
    st.markdown(
        "De waarden van het andere register blijven zoals zij zijn en vormen eigen lijsten, naast die van uw "
        "organisatie. Kijk of er geen namen van mensen tussen staan: ga dan terug en kies voor die kolom iets anders."
    )
    for rol, lijst in LIJST_VAN.items():
        if not (kolom := werk.ontwerp.kolom_van(rol)):
            continue
        namen = [keuze["naam"] for keuze in werk.ontwerp.reglement.get(lijst, ())]
        onderdelen.tussenkop(f"{PER_CODE[rol].naam} (kolom {kolom})")
        st.markdown("\n".join(f"- {onderdelen.veilig(naam)}" for naam in namen))
        if werk.ontwerp.verklaring["waarden"][rol].get("anders"):
            st.markdown("Wat zelden voorkomt, wordt *Overig*; hoe het er stond, blijft in het dossier bewaard.")


def _choices(werk: Werk) -> str:
    """Ask of each value which choice of the own lists it is."""
    st.markdown("Wat in het bestand staat, krijgt een plaats in de lijsten van uw organisatie.")
    reglement = scherm.register().reglementen[werk.ontwerp.verklaring["reglement"]]
    wacht = ""
    for rol, lijst in LIJST_VAN.items():
        keuzes = reglement.keuzes(lijst)
        kolom = werk.ontwerp.kolom_van(rol)
        if kolom:
            onderdelen.tussenkop(f"{PER_CODE[rol].naam} (kolom {kolom})")
            wacht = _values(werk, rol, kolom, keuzes) or wacht
        elif rol in VASTE:
            onderdelen.tussenkop(PER_CODE[rol].naam)
            wacht = _fixed(werk, rol, keuzes) or wacht
    return wacht


def _values(werk: Werk, rol: str, kolom: str, keuzes: Sequence[Keuze]) -> str:
    beeld, eigen = werk.gezien.kolom(kolom), werk.ontwerp.verklaring["waarden"]
    namen = {keuze.id: keuze.naam for keuze in keuzes}
    leeg = set(werk.ontwerp.verklaring["bestand"].get("leeg", ()))
    teksten = [tekst for tekst, _ in beeld.waarden.most_common() if tekst not in leeg]
    voor = voorstel.propose(teksten, keuzes)
    nu = eigen.setdefault(rol, {"waarden": dict(voor)})
    for plaats, tekst in enumerate(teksten[:_MEESTE]):
        gekozen = _one(
            f"{onderdelen.veilig(tekst) if tekst else '(leeg)'}, {getal(beeld.waarden[tekst])} keer",
            namen,
            nu["waarden"].get(tekst),
            f"overnemen.waarde.{werk.nr}.{rol}.{plaats}",
        )
        if gekozen is None:
            nu["waarden"].pop(tekst, None)
        else:
            nu["waarden"][tekst] = gekozen
    rest = [tekst for tekst in teksten if tekst not in nu["waarden"]]
    if not rest:
        nu.pop("anders", None)
        return ""
    anders = _one(
        f"Alle andere waarden ({aantal(len(rest), 'waarde', 'waarden')})",
        namen,
        nu.get("anders"),
        f"overnemen.anders.{werk.nr}.{rol}",
    )
    if anders is None:
        nu.pop("anders", None)
        return f"Kies bij {PER_CODE[rol].naam.lower()} wat elke waarde wordt, of wat alle andere worden."
    nu["anders"] = anders
    return ""


def _fixed(werk: Werk, rol: str, keuzes: Sequence[Keuze]) -> str:
    """Ask what it is for every klacht, of which the file says nothing; without a list there is nothing to choose."""
    vaste = werk.ontwerp.verklaring["vaste"]
    if not keuzes:
        vaste[rol] = ONBEKEND
        return ""
    namen = {keuze.id: keuze.naam for keuze in keuzes}
    gekozen = _one("Voor elke klacht", namen, vaste.get(rol), f"overnemen.vast.{werk.nr}.{rol}")
    if gekozen is None:
        vaste.pop(rol, None)
        return f"Kies wat {PER_CODE[rol].naam.lower()} wordt; in het bestand staat dat niet."
    vaste[rol] = gekozen
    return ""


def _one(label: str, namen: dict[str, str], nu: str | None, key: str) -> str | None:
    ids = list(namen)
    return st.selectbox(
        label,
        ids,
        index=ids.index(nu) if nu in ids else None,
        format_func=namen.get,
        key=key,
        placeholder="Kies wat dit wordt",
    )


def _verdicts(werk: Werk) -> None:
    """Ask which values of the source's own verdict mean on time and late."""
    kolom = werk.ontwerp.kolom_van("oordeel")
    beeld = werk.gezien.kolom(kolom)
    onderdelen.tussenkop(f"{PER_CODE['oordeel'].naam} (kolom {kolom})")
    st.markdown("Dit wordt niet overgenomen. Bij *Controle* staat het naast wat er volgens de termijn uitkomt.")
    eerder = werk.ontwerp.verklaring.get("oordeel", {})
    per_tekst = {tekst: code for code in (OP_TIJD, TE_LAAT) for tekst in eerder.get(code, ())}
    omgekeerd = bool(_LAAT.search(spoken(kolom)))
    zegt: dict[str, list[str]] = {OP_TIJD: [], TE_LAAT: []}
    codes = list(_ZEGT)
    for plaats, tekst in enumerate(tekst for tekst in beeld.waarden if tekst):
        nu = per_tekst.get(tekst, NIETS) if eerder else _meaning(tekst, omgekeerd)
        code = st.selectbox(
            f"{onderdelen.veilig(tekst)}, {getal(beeld.waarden[tekst])} keer",
            codes,
            index=codes.index(nu),
            format_func=_ZEGT.get,
            key=f"overnemen.oordeel.{werk.nr}.{plaats}",
            placeholder="Kies",
        )
        if code:
            zegt[code].append(tekst)
    gezegd = {code: teksten for code, teksten in zegt.items() if teksten}
    if gezegd:
        werk.ontwerp.verklaring["oordeel"] = gezegd
    else:
        werk.ontwerp.verklaring.pop("oordeel", None)


def _meaning(tekst: str, omgekeerd: bool) -> str:
    """What a value seems to mean; of a column that says what is late the other way round."""
    if _JA.fullmatch(tekst):
        return TE_LAAT if omgekeerd else OP_TIJD
    if _NEE.fullmatch(tekst):
        return OP_TIJD if omgekeerd else TE_LAAT
    return NIETS
