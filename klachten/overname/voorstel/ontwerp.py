"""A declaration while it is being made: what each column is, a choice at a time, and the small reglement with it.

It is written as the kolommen.toml that the command reads; whether it can be used is said by kolommen.load alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from klachten.overname import opschrijven
from klachten.overname.voorstel.beeld import Beeld
from klachten.overname.voorstel.keus import Voorstel
from klachten.overname.voorstel.rollen import DATUM, PER_CODE, TEKST
from klachten.zoekvorm import vouw

KOLOMMEN = "kolommen.toml"
MEESTE_WAARDEN = 40
"""A list made of a column has so many choices at most; what is rarer becomes `overig`."""
VASTE = {"kanaal": "onbekend", "indiener_soort": "onbekend", "vestiging": "onbekend", "categorie": "onbekend"}
LIJST_VAN = {
    "kanaal": "kanalen",
    "indiener_soort": "indiener_soorten",
    "vestiging": "vestigingen",
    "categorie": "categorieen",
    "uitkomst": "uitkomsten",
}
_GEEN_ID = re.compile(r"[^a-z0-9]+")
OVERIG, ONBEKEND = "overig", "onbekend"


@dataclass
class Ontwerp:
    """What was chosen so far. `reglement` is the small one that goes with it, None for a reglement of the register.

    `gebeurtenissen` says of a log of events which value is which step.
    """

    verklaring: dict[str, Any] = field(default_factory=dict)
    rollen: dict[str, str] = field(default_factory=dict)
    vormen: dict[str, str] = field(default_factory=dict)
    reglement: dict[str, Any] | None = None
    gebeurtenissen: dict[str, str] = field(default_factory=dict)

    def kolom_van(self, rol: str) -> str:
        """Return the column that has a role; "" when none has."""
        return next((kolom for kolom, eigen in self.rollen.items() if eigen == rol), "")

    def kolommen_van(self, soort: str) -> list[tuple[str, str]]:
        """Return the columns with a role of a sort, each with that role."""
        return [(kolom, rol) for kolom, rol in self.rollen.items() if rol and PER_CODE[rol].soort == soort]

    @property
    def stappen(self) -> list[int]:
        """The steps that have a date, in order."""
        eigen = {PER_CODE[rol].stap for rol in self.rollen.values() if rol}
        if self.log:
            eigen |= {PER_CODE[rol].stap for rol in self.gebeurtenissen.values() if rol in PER_CODE}
        return sorted(eigen - {0})

    @property
    def log(self) -> bool:
        """Whether the dates are those of events, and not of columns of their own."""
        return bool(
            self.verklaring.get("korrel") == "gebeurtenis"
            and self.kolom_van("gebeurtenis")
            and self.kolom_van("moment")
        )

    def declare(self, beeld: Beeld) -> dict[str, Any]:
        """Return the declaration as the choices have it now."""
        uit = {
            naam: self.verklaring[naam]
            for naam in (
                "bron",
                "reglement",
                "getrokken_op",
                "volledig_vanaf",
                "alleen_wijzigingen",
                "korrel",
                "id_mag_in_journaal",
            )
            if naam in self.verklaring
        }
        uit["id"] = self.kolom_van("id") or self.verklaring.get("sleutel", "")
        uit["volgorde_controleren"] = False
        if self.verklaring.get("korrel") == "gebeurtenis":
            zaak = self._case_columns(beeld)
            uit["zaakkolommen"] = [*zaak, *(kolom for kolom in self._going_on() if kolom not in zaak)]
        # No decision at all is no other declaration than before anybody was asked.
        uit |= {naam: self.verklaring[naam] for naam in ("bestand", "datums", "besluiten") if self.verklaring.get(naam)}
        if "verder" in self.verklaring:
            uit["verder"] = self.verklaring["verder"]
        self._dates(uit, beeld)
        for naam, vast in VASTE.items():
            kolom = self.kolom_van(naam)
            anders = {"vast": self.verklaring.get("vaste", {}).get(naam, vast)}
            uit[naam] = {"kolom": kolom, **self.verklaring.get("waarden", {}).get(naam, {})} if kolom else anders
        teksten: dict[str, list[str]] = {}
        for kolom, rol in self.kolommen_van(TEKST):
            teksten.setdefault(rol, []).append(kolom)
        if teksten:
            uit["teksten"] = teksten
        if (kolom := self.kolom_van("oordeel")) and (zegt := self.verklaring.get("oordeel")):
            uit["oordeel"] = {"kolom": kolom, **zegt}
        return uit

    def _going_on(self) -> list[str]:
        """The columns that say how a klacht goes on here."""
        delen = self.verklaring.get("verder", {}).values()
        return list(dict.fromkeys(deel["kolom"] for deel in delen if isinstance(deel, Mapping) and "kolom" in deel))

    def _case_columns(self, beeld: Beeld) -> list[str]:
        """The columns that are read once for a case: all that have a role, but those of the events themselves."""
        los = {"id", "gebeurtenis", "moment", "oordeel", ""}
        gelijk = {kolom.naam for kolom in beeld.kolommen if kolom.gelijk_per_zaak}
        return [
            kolom
            for kolom, rol in self.rollen.items()
            if rol not in los and (kolom in gelijk or PER_CODE[rol].soort != DATUM)
        ]

    def _dates(self, uit: dict[str, Any], beeld: Beeld) -> None:
        """Each date to its key; of a log of events the moment of the events that are that step."""
        stappen: dict[int, dict[str, Any]] = {}
        for kolom, rol in self.kolommen_van(DATUM):
            if rol == "moment":
                continue
            deel = self._date(kolom, beeld, rol)
            if nr := PER_CODE[rol].stap:
                stappen[nr] = {"stap": nr, **deel, "mag_leeg": True}
            elif rol == "uiterlijk_op":
                uit[rol] = {**deel, **self.verklaring.get("uiterlijk_op", {}), "mag_leeg": True}
            elif rol == "ingetrokken_op":
                uit[rol] = {**deel, "mag_leeg": True}
            else:
                uit[rol] = deel
        if self.log:
            self._events(uit, stappen)
        if 13 in stappen and (kolom := self.kolom_van("uitkomst")):
            waarden = self.verklaring.get("waarden", {}).get("uitkomst", {})
            stappen[13]["uitkomst"] = {"kolom": kolom, **waarden}
        if 7 in stappen:
            stappen[7]["grond"] = {"vast": "anders"}
        if stappen:
            uit["stappen"] = [stappen[nr] for nr in sorted(stappen)]

    def _date(self, kolom: str, beeld: Beeld, rol: str) -> dict[str, Any]:
        deel: dict[str, Any] = {"kolom": kolom, "vorm": self.vormen.get(kolom, ""), **self._swapped()}
        if self.verklaring.get("korrel") == "gebeurtenis" and not beeld.kolom(kolom).gelijk_per_zaak:
            deel["neem"] = "eerste" if rol == "ontvangen_op" else "laatste"
        return deel

    def _swapped(self) -> dict[str, bool]:
        """Whether a spreadsheet took day and month of its real dates for each other."""
        return {"verwisseld": True} if self.verklaring.get("verwisseld") else {}

    def _events(self, uit: dict[str, Any], stappen: dict[int, dict[str, Any]]) -> None:
        """The moment counts for the events that are a step; received is the first of all when no event says so."""
        moment, wat = self.kolom_van("moment"), self.kolom_van("gebeurtenis")
        per_rol: dict[str, list[str]] = {}
        for waarde, rol in self.gebeurtenissen.items():
            if rol:
                per_rol.setdefault(rol, []).append(waarde)
        vorm = self.vormen.get(moment, "")
        if "ontvangen_op" not in uit:
            deel: dict[str, Any] = {"kolom": moment, "vorm": vorm, **self._swapped(), "neem": "eerste"}
            if binnen := per_rol.pop("ontvangen_op", None):
                deel["alleen_bij"] = {"kolom": wat, "waarden": binnen}
            uit["ontvangen_op"] = deel
        for rol, waarden in per_rol.items():
            alleen = {"kolom": wat, "waarden": waarden}
            bij = {"kolom": moment, "vorm": vorm, **self._swapped(), "neem": "laatste", "alleen_bij": alleen}
            if (nr := PER_CODE[rol].stap) and nr not in stappen:
                stappen[nr] = {"stap": nr, **bij, "mag_leeg": True}
            elif rol == "ingetrokken_op" and rol not in uit:
                uit[rol] = {**bij, "mag_leeg": True}

    # --- as files ----------------------------------------------------------------------------------------------------

    def write(self, map: Path, beeld: Beeld) -> Path:
        """Write the declaration and its small reglement in a folder, and return where the declaration is."""
        map.mkdir(parents=True, exist_ok=True)
        verklaring = self.declare(beeld)
        if self.reglement is not None:
            naam = f"{self.reglement['id']}.reglement.toml"
            verklaring["reglement"] = naam
            (map / naam).write_text(opschrijven.write(self.reglement), encoding="utf-8")
        pad = map / KOLOMMEN
        pad.write_text(opschrijven.write(verklaring, f"{opschrijven.BOVEN}{KOLOMMEN}"), encoding="utf-8")
        return pad


def begin(voorstel: Voorstel, beeld: Beeld, bestand: Mapping[str, Any]) -> Ontwerp:
    """Return the draft as the proposal has it, for a person to say yes or no to."""
    uit = Ontwerp({"korrel": voorstel.korrel, "bestand": {**bestand}, "waarden": {}, "vaste": {}})
    uit.rollen = {deel.kolom: deel.rol for deel in voorstel.kolommen}
    uit.vormen = {kolom.naam: kolom.vormen.beste for kolom in beeld.kolommen if kolom.datum}
    leeg = sorted({tekst for kolom in beeld.kolommen if uit.rollen[kolom.naam] for tekst in kolom.leeg_geschreven})
    if leeg:
        uit.verklaring["bestand"]["leeg"] = leeg
    return uit


def id_of(tekst: str) -> str:
    """Return the id of a choice made of a value: lower-case letters, digits and -."""
    return _GEEN_ID.sub("-", vouw(tekst)).strip("-")[:40].strip("-") or "leeg"


def list_of(beeld: Beeld, kolom: str, leeg: Iterable[str] = ()) -> tuple[dict[str, str], dict[str, str]]:
    """Make a list of the values of a column: each value with its id, and each id with its name.

    What is too rare for the list becomes `overig`, what is empty `onbekend`.
    """
    niets = {"", *leeg}
    waarden: dict[str, str] = {}
    namen: dict[str, str] = {}
    for tekst, _ in beeld.kolom(kolom).waarden.most_common():
        if tekst in niets:
            continue
        if len(waarden) >= MEESTE_WAARDEN:
            namen.setdefault(OVERIG, "Overig")
            break
        waarden[tekst] = id_of(tekst)
        namen.setdefault(waarden[tekst], tekst)
    return waarden, namen
