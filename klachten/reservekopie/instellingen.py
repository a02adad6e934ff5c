"""What is decided about the back-up: the block [reservekopie] of `toegang/instellingen.toml`. A machine matter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from klachten.reservekopie import sleutel
from klachten.reservekopie.fouten import OngeldigeInstelling
from klachten.schijf import replace_file
from klachten.toegang.instellingen import BESTAND, KOPIE, MAP

_AANTALLEN = {"dagelijks": (1, 366), "wekelijks": (0, 520), "jaarlijks": (0, 50), "hoogstens_dagen": (7, 36_600)}
_ELDERS = re.compile(r"[a-z][a-z0-9+]*://")
_KOP = re.compile(rf"(?m)^[ \t]*\[[ \t]*{KOPIE}[ \t]*\][ \t]*(?:#.*)?$")
_ANDERE_KOP = re.compile(r"(?m)^[ \t]*\[")
_REGEL = re.compile(r"(?m)^[ \t]*ontvanger[ \t]*=.*$")


@dataclass(frozen=True)
class Instellingen:
    """Where copies go, for which recovery key, when, and how long they are kept.

    `naar` is a folder or an address (s3://bucket/map), empty for none; `ontvanger` the public half of the recovery key;
    `om` the time of the day in the Netherlands; the numbers are how many days, weeks and years keep a copy, and after
    how many days none is kept any more; `opslag` is what fsspec is told of the place.
    """

    naar: str = ""
    ontvanger: str = ""
    onversleuteld: bool = False
    om: str = "02:30"
    dagelijks: int = 14
    wekelijks: int = 8
    jaarlijks: int = 2
    hoogstens_dagen: int = 800
    opslag: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def tijd(self) -> time:
        """The time of the day at which the clock makes one."""
        return time.fromisoformat(self.om)

    @property
    def ergens(self) -> bool:
        """Whether there is a place for copies."""
        return bool(self.naar)

    def require(self) -> None:
        """Raise OngeldigeInstelling, with what to do, when with these no copy can be made."""
        if not self.naar:
            raise OngeldigeInstelling(
                f"Er is nog geen plek voor reservekopieën. Zet in {MAP}/{BESTAND} onder [{KOPIE}] naar op een map op "
                "een andere schijf of computer."
            )
        if not self.ontvanger and not self.onversleuteld:
            raise OngeldigeInstelling(
                "Er is nog geen herstelsleutel, en zonder wordt er geen reservekopie gemaakt: er staan "
                "persoonsgegevens in. Maak er een op de pagina Reservekopieën, of met: "
                "python -m klachten reservekopie --sleutel"
            )


def file_of(map: Path) -> Path:
    """Return the file with the settings of a register."""
    return map / MAP / BESTAND


def of_register(map: Path) -> Instellingen:
    """Read the settings of a register; without a file there is no place. OngeldigeInstelling says what is wrong."""
    pad = file_of(map)
    if not pad.exists():
        return Instellingen()
    try:
        gelezen = tomllib.loads(pad.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fout:
        raise OngeldigeInstelling(f"{pad.name} is niet te lezen: {fout}") from fout
    return parse(gelezen.get(KOPIE, {}), map)


def parse(blok: object, map: Path) -> Instellingen:
    """Return the settings that a block says; `map` is the register, in which no copy may end up."""
    if not isinstance(blok, dict):
        raise _wrong(f"{KOPIE} is een blok: zet [{KOPIE}] op een eigen regel, en de instellingen daaronder.")
    bekend = {veld.name for veld in fields(Instellingen)}
    if onbekend := sorted(set(blok) - bekend):
        raise _wrong(f"{', '.join(onbekend)} is geen instelling; wel zijn dat {', '.join(sorted(bekend))}.")
    for naam in ("naar", "ontvanger", "om"):
        if not isinstance(blok.get(naam, ""), str):
            raise _wrong(f"{naam} is een tekst tussen aanhalingstekens.")
    if not isinstance(blok.get("onversleuteld", False), bool):
        raise _wrong("onversleuteld is true of false, zonder aanhalingstekens.")
    for naam, (minst, meest) in _AANTALLEN.items():
        waarde = blok.get(naam, minst)
        if isinstance(waarde, bool) or not isinstance(waarde, int) or not minst <= waarde <= meest:
            raise _wrong(f"{naam} is een heel getal van {minst} tot en met {meest}.")
    if not isinstance(blok.get("opslag", {}), dict):
        raise _wrong(f"opslag is een blok: zet [{KOPIE}.opslag] op een eigen regel.")
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", blok.get("om", "02:30")):
        raise _wrong('om is een tijd als "02:30".')
    if (ontvanger := blok.get("ontvanger", "")) and not sleutel.is_recipient(ontvanger):
        raise _wrong(
            "ontvanger is geen openbare helft van een herstelsleutel: die begint met age1. De geheime helft hoort hier "
            "niet te staan."
        )
    if ontvanger and blok.get("onversleuteld"):
        raise _wrong("ontvanger en onversleuteld gaan niet samen: haal een van beide weg.")
    if naar := blok.get("naar", ""):
        _check_place(naar, map)
    elif blok.get("opslag"):
        raise _wrong("opslag hoort bij een plek: noem die bij naar.")
    return Instellingen(**blok)


def _check_place(naar: str, map: Path) -> None:
    if _ELDERS.match(naar):
        return
    plek = Path(naar)
    if not plek.is_absolute():
        raise _wrong(
            f"naar is een hele map, vanaf het begin van de schijf, of een adres met ://. '{naar}' is dat niet."
        )
    if plek.resolve().is_relative_to(map.resolve()):
        raise _wrong(f"naar ligt in het register zelf ({map}): wat dat register treft, treft dan ook de kopie.")


def _wrong(zin: str) -> OngeldigeInstelling:
    return OngeldigeInstelling(f"{BESTAND}, [{KOPIE}]: {zin}")


def set_recipient(map: Path, ontvanger: str) -> None:
    """Write the public half of a recovery key into the settings of a register; nothing else of the file changes.

    OngeldigeInstelling, and nothing is written, when that cannot be done without a person.
    """
    pad = file_of(map)
    oud = pad.read_text(encoding="utf-8") if pad.exists() else ""
    nieuw = _with_recipient(oud, ontvanger)
    try:
        was, wordt = tomllib.loads(oud), tomllib.loads(nieuw)
        was.setdefault(KOPIE, {})["ontvanger"] = ontvanger
        gelijk = was == wordt
    except (ValueError, TypeError):
        gelijk = False
    if not gelijk:
        raise OngeldigeInstelling(
            f"De sleutel kon niet in {pad} worden gezet. Zet daar zelf onder [{KOPIE}] deze regel: "
            f'ontvanger = "{ontvanger}"'
        )
    parse(wordt[KOPIE], map)
    pad.parent.mkdir(parents=True, exist_ok=True)
    replace_file(pad, nieuw.encode("utf-8"), mode=pad.stat().st_mode & 0o777 if pad.exists() else None)


def _with_recipient(tekst: str, ontvanger: str) -> str:
    regel = f'ontvanger = "{ontvanger}"'
    if (kop := _KOP.search(tekst)) is None:
        tussen = "" if not tekst else "\n" if tekst.endswith("\n") else "\n\n"
        return f"{tekst}{tussen}[{KOPIE}]\n{regel}\n"
    volgende = _ANDERE_KOP.search(tekst, kop.end())
    einde = volgende.start() if volgende else len(tekst)
    blok = tekst[kop.end() : einde]
    blok = _REGEL.sub(regel, blok, count=1) if _REGEL.search(blok) else f"\n{regel}{blok}"
    return tekst[: kop.end()] + blok + tekst[einde:]


def next_moment(instellingen: Instellingen, na: datetime) -> datetime:
    """Return the first moment after another at which the clock makes a copy; both in the time of the Netherlands."""
    vandaag = datetime.combine(na.date(), instellingen.tijd, na.tzinfo)
    if vandaag > na:
        return vandaag
    return datetime.combine(na.date() + timedelta(days=1), instellingen.tijd, na.tzinfo)


def elsewhere(instellingen: Instellingen, naar: str, map: Path) -> Instellingen:
    """Return the settings with another place, for once."""
    _check_place(naar, map)
    return replace(instellingen, naar=naar)
