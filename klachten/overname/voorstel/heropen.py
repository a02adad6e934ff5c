"""A declaration that was kept, as a draft again: every choice back at its column."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from klachten.overname import kolommen
from klachten.overname.voorstel.beeld import Beeld
from klachten.overname.voorstel.ontwerp import VASTE, Ontwerp
from klachten.overname.voorstel.rollen import PER_CODE
from klachten.reglement import Reglement
from klachten.reglement.tabel import OngeldigBestand, read_toml

_ZO = (
    "bron",
    "korrel",
    "getrokken_op",
    "volledig_vanaf",
    "alleen_wijzigingen",
    "id_mag_in_journaal",
    "bestand",
    "datums",
    "besluiten",
    "verder",
    "reglement",
)


def reopen(pad: Path, beeld: Beeld) -> Ontwerp:
    """Return the draft of a kept declaration, for a file with these columns; its small reglement comes along."""
    gegevens = read_toml(pad)
    uit = Ontwerp({naam: gegevens[naam] for naam in _ZO if naam in gegevens})
    uit.verklaring |= {"waarden": {}, "vaste": {}}
    uit.verklaring.setdefault("bestand", {})
    uit.rollen = dict.fromkeys((kolom.naam for kolom in beeld.kolommen), "")
    uit.vormen = {kolom.naam: kolom.vormen.beste for kolom in beeld.kolommen if kolom.datum}
    reglement = pad.parent / str(gegevens.get("reglement", ""))
    if reglement.suffix == ".toml" and reglement.is_file():
        uit.reglement = read_toml(reglement)
        uit.verklaring.pop("reglement")
    elif "reglement" in gegevens:
        uit.verklaring["onder"] = gegevens["reglement"]
    if isinstance(id := gegevens["id"], str):
        uit.rollen[id] = "id"
    else:
        uit.verklaring["sleutel"] = id
    for rol in ("ontvangen_op", "uiterlijk_op", "ingetrokken_op"):
        _date(uit, rol, gegevens.get(rol))
    if "uiterlijk_op" in gegevens:
        uit.verklaring["uiterlijk_op"] = {
            naam: gegevens["uiterlijk_op"][naam]
            for naam in ("termijn", "grond", "telt")
            if naam in gegevens["uiterlijk_op"]
        }
    for stap in gegevens.get("stappen", ()):
        _date(uit, f"stap_{stap['stap']:02d}", stap)
        _choice(uit, "uitkomst", stap.get("uitkomst"))
    for naam in VASTE:
        _choice(uit, naam, gegevens.get(naam))
    for veld, alle in gegevens.get("teksten", {}).items():
        for kolom in [alle] if isinstance(alle, str) else alle:
            uit.rollen[kolom] = veld
    if "oordeel" in gegevens:
        uit.rollen[gegevens["oordeel"]["kolom"]] = "oordeel"
        uit.verklaring["oordeel"] = {k: v for k, v in gegevens["oordeel"].items() if k != "kolom"}
    return uit


def fits(pad: Path, beeld: Beeld, eigen: Mapping[str, Reglement]) -> bool:
    """Tell whether a kept declaration comes out of a draft as it is: one that was written by hand may say otherwise."""
    try:
        with TemporaryDirectory() as map:
            weer = kolommen.load(reopen(pad, beeld).write(Path(map), beeld), eigen)
        oud = kolommen.load(pad, eigen)
    except OngeldigBestand:
        return False
    anders = {naam for naam, wat in vars(oud).items() if wat != getattr(weer, naam)}
    return anders <= {"bestand", "reglement_pad"}


def _date(uit: Ontwerp, rol: str, deel: Mapping[str, Any] | None) -> None:
    """A column with a date; of a log of events it is the moment, and the events that count are its values."""
    if deel is None or rol not in PER_CODE:
        return
    uit.vormen[deel["kolom"]] = deel["vorm"]
    if deel.get("verwisseld"):
        uit.verklaring["verwisseld"] = True
    alleen = deel.get("alleen_bij")
    if alleen is not None:
        uit.rollen[alleen["kolom"]] = "gebeurtenis"
        uit.gebeurtenissen |= dict.fromkeys(alleen["waarden"], rol)
    uit.rollen[deel["kolom"]] = "moment" if alleen is not None or uit.rollen.get(deel["kolom"]) else rol


def _choice(uit: Ontwerp, naam: str, deel: Mapping[str, Any] | None) -> None:
    if deel is None:
        return
    if "kolom" in deel:
        uit.rollen[deel["kolom"]] = naam
        uit.verklaring["waarden"][naam] = {k: v for k, v in deel.items() if k in ("waarden", "anders")}
    elif naam in VASTE:
        uit.verklaring["vaste"][naam] = deel["vast"]
