"""The figures by the house's SQL, by pandas and by polars, in turn, on one register: equal, and how fast."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from klachten.meting import proefregister
from klachten.meting.deelnemer import CIJFERS, IN_JAARBEELD
from klachten.taal import getal, opsomming

Meting = dict[str, Any]
DEELNEMERS = (
    ("duckdb", "rijen"), ("pandas", "rijen"), ("polars", "rijen"), ("pandas", "feiten"), ("polars", "feiten"),
    ("duckdb", "feiten"),
)  # fmt: skip
NAMEN = {"duckdb": "klachten", "pandas": "pandas", "polars": "polars"}
DOEL_JAARBEELD = {100_000: 0.150, 1_000_000: 1.0}
DOEL_FEITEN, DOEL_GEHEUGEN, SPELING = 10, 2, 1.25


class Verschil(Exception):
    """Two contenders gave different figures; the sentence says which."""


def compete(klachten: int, keer: int, tell: Callable[[str], None], map: Path | None = None) -> dict[str, Any]:
    """Make a register of so many klachten, let every contender measure on it, compare the figures, and clean up.

    Raises Verschil when two contenders do not agree about a figure. With `map` the register made there is used again.
    """
    with tempfile.TemporaryDirectory(prefix="meet-") as tijdelijk:
        plaats = map or Path(tijdelijk)
        plaats.mkdir(parents=True, exist_ok=True)
        uit: dict[str, Any] = {"klachten": klachten, "feiten": _make(plaats, klachten, tell), "metingen": {}}
        uit["drukte"] = load()
        for wie, van in DEELNEMERS:
            if importlib.util.find_spec(wie) is None:
                tell(f"  {wie} is niet geïnstalleerd en doet niet mee")
                continue
            tell(f"  {NAMEN[wie]}, {'vanaf de feiten' if van == 'feiten' else 'rij per klacht'}")
            uit["metingen"][f"{wie} {van}"] = _contender(wie, van, plaats, keer)
        uit["drukte_na"] = load()
    check(uit["metingen"])
    for meting in uit["metingen"].values():
        del meting["antwoorden"]
    return uit


def _make(plaats: Path, klachten: int, tell: Callable[[str], None]) -> int:
    """Make the register in a process of its own, so that nothing of it stays in the memory of this one."""
    telling = plaats / "feiten.txt"
    if not telling.exists():
        begin = time.perf_counter()
        telling.write_text(_run("-m", "klachten.meting.proefregister", str(plaats), str(klachten)), encoding="utf-8")
        tell(f"  register gemaakt in {time.perf_counter() - begin:.0f} s")
    return int(telling.read_text(encoding="utf-8"))


def _contender(wie: str, van: str, map: Path, keer: int) -> Meting:
    return json.loads(_run("-m", "klachten.meting.deelnemer", wie, van, str(map), str(keer)))


def _run(*opdracht: str) -> str:
    omgeving = {**os.environ, "PYTHONPATH": str(Path(proefregister.__file__).parents[2])}
    klaar = subprocess.run(
        [sys.executable, *opdracht], env=omgeving, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if klaar.returncode:
        raise RuntimeError(f"A contender stopped: {klaar.stderr[-2000:]}")
    return klaar.stdout


def load() -> float | None:
    """Return how many processes wanted to run in the last minute, where the system tells."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None


def check(metingen: dict[str, Meting]) -> None:
    """Compare every figure of every contender with that of the house: Verschil on the first one that differs."""
    eigen = metingen["duckdb rijen"]["antwoorden"]
    if any(eigen["tellingen"][naam] != eigen[naam] for naam in IN_JAARBEELD):
        raise Verschil("De tellingen van het Jaarbeeld zijn anders dan dezelfde kengetallen apart.")
    for wie, meting in metingen.items():
        for naam, antwoord in meting["antwoorden"].items():
            if antwoord != eigen[naam]:
                raise Verschil(f"Kengetal {naam} is bij {wie} anders dan in de SQL van klachten.")


# --- in words --------------------------------------------------------------------------------------------------------

RIJEN = ("tellingen", *CIJFERS)


def report(uitslagen: Sequence[dict[str, Any]]) -> str:
    """Return the whole result in Dutch tables."""
    delen = [text for uitslag in uitslagen for text in _one(uitslag)]
    return "\n".join([*delen, *_per_klacht(uitslagen), "", *_aims(uitslagen)])


def _one(uitslag: dict[str, Any]) -> Iterable[str]:
    metingen = uitslag["metingen"]
    druk = (
        f"; drukte van de machine {uitslag['drukte']} tot {uitslag['drukte_na']}"
        if uitslag["drukte"] is not None
        else ""
    )
    klachten, feiten = getal(uitslag["klachten"]), getal(uitslag["feiten"])
    yield f"\n{klachten} klachten, {feiten} feiten; alle uitkomsten gelijk{druk}"
    anderen = [naam for naam in metingen if not naam.startswith("duckdb")]
    for soort, titel in (("wand", "Wandtijd in ms"), ("cpu", "Rekentijd (CPU) in ms")):
        koppen = [f"{naam} (x)" for naam in anderen]
        yield f"\n{titel:<30}{'klachten':>10}" + "".join(f"{kop:>24}" for kop in koppen)
        geheel = metingen["duckdb rijen"]["tijden"]["jaarbeeld"][soort]
        yield _line("Jaarbeeld, geheel", geheel, [metingen[naam]["tijden"]["tellingen"][soort] for naam in anderen])
        for rij in RIJEN:
            naam = "Jaarbeeld, alleen tellen" if rij == "tellingen" else rij
            eigen = metingen["duckdb rijen"]["tijden"][rij][soort]
            yield _line(naam, eigen, [metingen[ander]["tijden"][rij][soort] for ander in anderen])
    yield from _planning(metingen)
    yield f"\n{'':<30}" + "".join(f"{naam:>18}" for naam in metingen)
    yield f"{'Laden, s':<30}" + "".join(f"{_decimal(m['laden'], 2):>18}" for m in metingen.values())
    yield f"{'Geheugen Jaarbeeld, MB':<30}" + "".join(f"{_decimal(m['piek']):>18}" for m in metingen.values())
    yield f"{'Geheugen alles, MB':<30}" + "".join(f"{_decimal(m['piek_alles']):>18}" for m in metingen.values())
    yield f"{'Jaarbeeld tellen, ms':<30}" + "".join(
        f"{_ms(m['tijden']['tellingen']['wand']):>18}" for m in metingen.values()
    )


def _planning(metingen: dict[str, Meting]) -> Iterable[str]:
    """What of each figure is planning, beside the whole of it with polars: below that no SQL comes."""
    polars = metingen.get("polars rijen")
    kop = f"{'klachten':>10}{'plannen':>10}" + (f"{'polars rijen':>14}" if polars else "")
    yield f"\n{'Waarvan plannen, in ms':<30}{kop}"
    for naam, duur in metingen["duckdb rijen"]["plannen"].items():
        ander = f"{_ms(polars['tijden'][naam]['cpu']):>14}" if polars else ""
        yield f"{naam:<30}{_ms(metingen['duckdb rijen']['tijden'][naam]['cpu']):>10}{_ms(duur):>10}{ander}"


def _line(naam: str, eigen: float, anderen: list[float]) -> str:
    return f"{naam:<30}{_ms(eigen):>10}" + "".join(f"{_ms(duur):>14}{_ratio(duur, eigen):>10}" for duur in anderen)


def _per_klacht(uitslagen: Sequence[dict[str, Any]]) -> Iterable[str]:
    yield f"\n{'Per klacht in microseconden':<30}" + "".join(f"{getal(u['klachten']):>12}" for u in uitslagen)
    for rij in ("jaarbeeld", *RIJEN):
        kosten = [u["metingen"]["duckdb rijen"]["tijden"][rij]["wand"] / u["klachten"] * 1e6 for u in uitslagen]
        yield f"{rij:<30}" + "".join(f"{_decimal(prijs, 3):>12}" for prijs in kosten)


def _aims(uitslagen: Sequence[dict[str, Any]]) -> Iterable[str]:
    yield "Doelen"
    for uitslag in uitslagen:
        n, metingen = uitslag["klachten"], uitslag["metingen"]
        eigen = metingen["duckdb rijen"]
        tijd = {naam: meting["wand"] for naam, meting in eigen["tijden"].items()}
        if doel := DOEL_JAARBEELD.get(n):
            yield _aim(
                f"Jaarbeeld bij {getal(n)} binnen {_ms(doel)} ms",
                tijd["jaarbeeld"] <= doel,
                f"{_ms(tijd['jaarbeeld'])} ms",
            )
        for wie in ("pandas", "polars"):
            if f"{wie} rijen" not in metingen:
                continue
            feiten, rijen = metingen[f"{wie} feiten"], metingen[f"{wie} rijen"]
            if wie == "pandas":
                keer = feiten["tijden"]["tellingen"]["wand"] / tijd["tellingen"]
                gezegd = f"Jaarbeeld bij {getal(n)} {DOEL_FEITEN} keer zo snel als pandas vanaf de feiten"
                yield _aim(gezegd, keer >= DOEL_FEITEN, f"{_decimal(keer, 1)} keer")
            trager = [naam for naam in RIJEN if rijen["tijden"][naam]["wand"] < tijd[naam]]
            yield _aim(
                f"elk kengetal bij {getal(n)} sneller dan {wie} met een rij per klacht",
                not trager,
                f"niet: {opsomming(trager)}" if trager else "alle",
            )
            for ander, waarvan in ((rijen, "met een rij per klacht"), (feiten, "vanaf de feiten")):
                keer = ander["piek_alles"] / eigen["piek_alles"]
                gezegd = f"geheugen bij {getal(n)} hoogstens de helft van {wie} {waarvan}"
                yield _aim(
                    gezegd,
                    keer >= DOEL_GEHEUGEN,
                    f"{_decimal(eigen['piek_alles'])} tegen {_decimal(ander['piek_alles'])} MB",
                )
    if len(uitslagen) > 1:
        kosten = [u["metingen"]["duckdb rijen"]["tijden"]["jaarbeeld"]["wand"] / u["klachten"] for u in uitslagen]
        yield _aim(
            "kosten per klacht nemen niet toe",
            max(kosten[1:]) <= kosten[0] * SPELING,
            " / ".join(_decimal(k * 1e6, 2) for k in kosten) + " µs",
        )


def _aim(doel: str, gehaald: bool, gemeten: str) -> str:
    return f"  {'gehaald     ' if gehaald else 'niet gehaald'}  {doel}: {gemeten}"


def _ms(seconden: float) -> str:
    return _decimal(seconden * 1000, 1 if seconden < 0.1 else 0)


def _ratio(ander: float, eigen: float) -> str:
    return f"{_decimal(ander / eigen, 1)}x"


def _decimal(getal: float, cijfers: int = 0) -> str:
    return f"{getal:,.{cijfers}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
