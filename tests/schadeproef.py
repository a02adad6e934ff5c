"""Walking through damage: what is said of each kind, going on after it, and damage at random.

`python -m tests.schadeproef` writes the table of `docs/schade.md` again; with `--lang 500` it goes on after every kind
of damage, and does so many kinds at random. In the tests are a few of each.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from klachten.register import Register, RegisterAlleenLezen, RegisterFout
from klachten.register.controle import controleer
from tests import schade
from tests.registerproef import fouten, leg_klacht_vast, open_at

REDEN = "De reservekopie is weg."
HERBOUW = "Draai: python -m klachten herbouw"
FEITEN = 8


def contents(map: Path) -> dict[Path, bytes]:
    """Every file of a folder but the lock, which a refusal may have made."""
    return {pad: pad.read_bytes() for pad in sorted(map.rglob("*")) if pad.is_file() and pad.name != "klachten.lock"}


def texts(map: Path) -> set[bytes]:
    """Every line with a text, wherever it is kept."""
    return {regel for pad in map.rglob("teksten.jsonl") for regel in pad.read_bytes().splitlines()}


def record(register: Register) -> list[str]:
    """Record a klacht; returns its number and those of its facts."""
    nummer = leg_klacht_vast(register)
    return [nummer, *(str(v.nr) for v in register.vastleggingen(nummer))]


def open_and_try(map: Path, **keuzes: object) -> tuple[str, str, list[str]]:
    """Open a register and record a klacht; returns how that went, all it said, and the number with its facts."""
    try:
        register = open_at(map, **keuzes)
    except RegisterFout as fout:
        return schade.DICHT, str(fout), []
    with register:
        gezegd = list(register.meldingen)
        try:
            return schade.SCHRIJFT, " ".join(gezegd), record(register)
        except RegisterAlleenLezen as fout:
            if str(fout) not in gezegd:
                raise AssertionError(f"who writes is told what no page says: {fout}") from fout
            return schade.LEEST, " ".join(gezegd), []


def say(geval: schade.Geval, map: Path, kopie: Path) -> None:
    """Damage a register, and hold what is said of it against the table; a refusal touches nothing."""
    geval.doe(map)
    voor = contents(map)
    bevindingen = controleer(map)
    gezegd = " ".join(bevinding.zin for bevinding in bevindingen)
    if geval.controleer:
        assert geval.controleer in gezegd, gezegd
    else:
        assert {bevinding.ernst for bevinding in bevindingen} == {"goed"}, gezegd
    assert contents(map) == voor
    hoe, zin, nieuw = open_and_try(shutil.copytree(map, kopie))
    assert (hoe, geval.app[1] in zin) == (geval.app[0], True), (hoe, zin)
    try:
        with open_at(map, herbouw=True) as register:
            herbouwd, gedaan = schade.GEDAAN, " ".join(register.meldingen)
    except RegisterFout as fout:
        herbouwd, gedaan = schade.WEIGERT, str(fout)
    assert (herbouwd, geval.herbouw[1] in gedaan) == (geval.herbouw[0], True), (herbouwd, gedaan)
    if herbouwd == schade.GEDAAN:
        assert hoe == schade.SCHRIJFT
        assert nieuw == ["K2026-0003", "9", "10"] or "nothing tells" in geval.wat, nieuw
    else:
        assert "Er is niets gewijzigd." in gedaan
        assert contents(map) == voor
        assert HERBOUW not in gezegd, gezegd  # it would lose what there is, or take over what was changed
        assert schade.HEEL not in zin + gezegd + gedaan


def go_on(geval: schade.Geval, map: Path) -> None:
    """Damage a register and go on after it: no number comes again, all is kept, and controleer keeps saying why."""
    geval.doe(map)
    teksten, hoogste = texts(map), highest(map)
    hoe, zin, nieuw = open_and_try(map, herbouw=True, ondanks=REDEN)
    assert hoe == schade.SCHRIJFT, zin
    assert REDEN in zin
    assert schade.HEEL not in zin
    fresh(nieuw, hoogste)
    assert teksten <= texts(map)
    bevindingen = controleer(map)
    assert fouten(bevindingen) == []
    gezegd = " ".join(bevinding.zin for bevinding in bevindingen)
    assert REDEN in gezegd
    assert schade.HEEL not in gezegd
    assert "Sinds het aanvaarde verlies van 05-01-2026 is geen bevestigd feit verloren." in gezegd
    assert open_and_try(map)[0] == schade.SCHRIJFT


def highest(map: Path) -> tuple[int, str]:
    """The highest number of a fact and of a klacht that stands anywhere in the open."""
    nrs = [int(json.loads(regel)["nr"]) for regel in texts(map) if regel.startswith(b'{"nr"') and regel.endswith(b"}")]
    for pad in (map / "journaal").glob("[0-9]*.jsonl"):
        nrs += [int(nr) for nr in re.findall(rb'"nr":([0-9]+),', pad.read_bytes())]
    if (map / "zegel.json").exists():
        nrs.append(json.loads((map / "zegel.json").read_bytes())["gezien"])
    namen = [pad.name for pad in (map / "dossiers").glob("K*") if any(deel.is_file() for deel in pad.rglob("*"))]
    return max(nrs, default=0), max(namen, default="")


def fresh(nieuw: list[str], hoogste: tuple[int, str]) -> None:
    """A klacht that was recorded after damage has numbers that nothing had."""
    assert nieuw[0] > hoogste[1], (nieuw, hoogste)
    assert int(nieuw[1]) > hoogste[0], (nieuw, hoogste)


# --- at random -------------------------------------------------------------------------------------------------------


def _in_file(patroon: str, hoe: Callable[[bytes, random.Random], bytes]) -> Callable[[Path, random.Random], str]:
    def doe(map: Path, rng: random.Random) -> str:
        paden = sorted(pad for pad in map.glob(patroon) if pad.is_file() and pad.stat().st_size)
        if not paden:
            return ""
        pad = rng.choice(paden)
        pad.write_bytes(hoe(pad.read_bytes(), rng))
        return f"{hoe.__name__} {pad.relative_to(map)}"

    return doe


def drop_line(inhoud: bytes, rng: random.Random) -> bytes:
    """A line goes, the last as often as all others."""
    regels = inhoud.splitlines(keepends=True)
    regels.pop(rng.choice([rng.randrange(len(regels)), -1]))
    return b"".join(regels)


def swap_lines(inhoud: bytes, rng: random.Random) -> bytes:
    """Two lines change places."""
    regels = inhoud.splitlines(keepends=True)
    een, ander = rng.randrange(len(regels)), rng.randrange(len(regels))
    regels[een], regels[ander] = regels[ander], regels[een]
    return b"".join(regels)


def alter_byte(inhoud: bytes, rng: random.Random) -> bytes:
    """A byte becomes another one."""
    plek = rng.randrange(len(inhoud))
    return inhoud[:plek] + bytes([inhoud[plek] ^ 1 << rng.randrange(7)]) + inhoud[plek + 1 :]


def truncate(inhoud: bytes, rng: random.Random) -> bytes:
    """The end goes."""
    return inhoud[: rng.randrange(len(inhoud))]


def _weg(*patronen: str) -> Callable[[Path, random.Random], str]:
    def doe(map: Path, rng: random.Random) -> str:
        schade.gone(*patronen)(map)
        return f"gone {patronen}"

    return doe


KWAAD = [
    *(_in_file("journaal/2*.jsonl", hoe) for hoe in (drop_line, drop_line, swap_lines, alter_byte, truncate)),
    *(_in_file("dossiers/*/teksten.jsonl", hoe) for hoe in (drop_line, alter_byte, truncate)),
    *(_in_file("klachten.duckdb", hoe) for hoe in (alter_byte, truncate)),
    _in_file("zegel.json", alter_byte), _weg("zegel.json"), _weg("klachten.duckdb*"), _weg("klachten.duckdb*"),
    _weg("journaal"), _weg("journaal/2026.jsonl"), _weg("dossiers/K2026-0002"),
]  # fmt: skip


def at_random(bron: Path, map: Path, zaad: int) -> None:
    """Do one to three things to a register: nothing is called whole that is not, and no number comes again."""
    rng = random.Random(zaad)
    map = shutil.copytree(bron, map)
    with open_at(bron) as register, register.cursor() as cursor:
        was = facts(cursor)
        teksten = cursor.execute("SELECT count(*) FROM tekst").fetchall()
    gedaan = [rng.choice(KWAAD)(map, rng) for _ in range(rng.randint(1, 3))]
    hoogste = _highest_or_none(map)
    gezegd = " ".join(bevinding.zin for bevinding in controleer(map))
    ondanks = {"herbouw": True, "ondanks": REDEN} if rng.random() < 0.4 else {}
    try:
        register = open_at(map, **ondanks)
    except RegisterFout as fout:
        gezegd += str(fout)
        register = None
    if register is None:
        assert schade.HEEL not in gezegd, (zaad, gedaan)
        return
    with register:
        with register.cursor() as cursor:
            alles = was <= facts(cursor) and cursor.execute("SELECT count(*) FROM tekst").fetchall() == teksten
        assert alles or schade.HEEL not in " ".join(register.meldingen), (zaad, gedaan, register.meldingen)
        assert alles or schade.HEEL not in gezegd, (zaad, gedaan, gezegd)
        try:
            nieuw = record(register)
        except RegisterAlleenLezen:
            return
    if hoogste is not None:
        fresh(nieuw, hoogste)
    if ondanks:
        journaal = [zin for zin in fouten(controleer(map)) if "journaal" in zin and "dossier" not in zin]
        assert journaal == [], (zaad, gedaan, journaal)


def facts(cursor: object) -> set[tuple[int, str]]:
    """The facts that a register shows, by number and zegel."""
    return set(cursor.execute("SELECT nr, zegel FROM gebeurtenis").fetchall())  # type: ignore[attr-defined]


def _highest_or_none(map: Path) -> tuple[int, str] | None:
    try:
        return highest(map)
    except (ValueError, KeyError):  # a number that was damaged itself says nothing
        return None


def main() -> None:
    """Write the table of the document again; with --lang walk through everything first."""
    ontleder = argparse.ArgumentParser(description=__doc__)
    ontleder.add_argument("--lang", type=int, default=0)
    keer = ontleder.parse_args().lang
    if keer:
        with tempfile.TemporaryDirectory() as tijdelijk:
            bron = Path(tijdelijk) / "bron"
            schade.build(bron)
            for naam, geval in schade.GEVALLEN.items():
                say(geval, shutil.copytree(bron, Path(tijdelijk) / naam), Path(tijdelijk) / f"{naam}-kopie")
                if geval.herbouw[0] == schade.WEIGERT:
                    go_on(geval, shutil.copytree(bron, Path(tijdelijk) / f"{naam}-verder"))
            print(f"{len(schade.GEVALLEN)} kinds of damage", flush=True)
            for zaad in range(keer):
                at_random(bron, Path(tijdelijk) / f"zaad-{zaad}", zaad)
                shutil.rmtree(Path(tijdelijk) / f"zaad-{zaad}")
            print(f"{keer} kinds of damage at random")
    voor, _, rest = schade.DOC.read_text(encoding="utf-8").partition(schade.BEGIN_TABEL)
    _, _, na = rest.partition(schade.EINDE_TABEL)
    tekst = f"{voor}{schade.BEGIN_TABEL}\n{schade.table()}\n{schade.EINDE_TABEL}{na}"
    schade.DOC.write_text(tekst, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
