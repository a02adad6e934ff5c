"""One contender in its own process: `python -m klachten.meting.deelnemer duckdb rijen MAP 5` prints what it measured.

Its own process, so that its peak of memory is its own and nothing that another one read is still warm in it.
"""

from __future__ import annotations

import functools
import gc
import importlib
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from klachten.datamap import DATABASE
from klachten.meting.proefregister import JAAR, PEILDATUM
from klachten.meting.soorten import EERST

# The figures, and the columns of the question that are compared.
CIJFERS: dict[str, tuple[str, ...]] = {
    "stroom": (
        "jaar", "vestiging", "open_begin", "ontvangen", "heropend", "afgesloten", "niet_in_behandeling", "ingetrokken",
        "vervallen", "open_einde",
    ),
    "samenstelling": ("jaar", "kenmerk", "waarde", "klachten", "nog_open"),
    "intensiteit": ("jaar", "vestiging", "klachten", "trajecten"),
    "termijntarieven": (
        "termijn", "op_tijd", "te_laat", "te_laat_open", "loopt", "nvt", "onbepaald", "onbepaald_verstreken",
        "ongeldig", "rijp_op_tijd", "rijp", "beslist", "in_tak", "laat_beslist", "laat_in_tak",
    ),
    "termijnnaleving": (
        "termijn", "jaar", "op_tijd", "te_laat", "te_laat_open", "loopt", "nvt", "onbepaald", "onbepaald_verstreken",
        "ongeldig", "rijp_op_tijd", "rijp", "beslist", "in_tak", "laat_beslist", "laat_in_tak",
    ),
    "categorie_uitkomst": ("categorie", "einde", "uitkomst", "oordeel", "klachten"),
    "doorlooptijden": ("maat", "dagen", "einde", "instap", "klachten"),
    "maatregelen_opvolging": (
        "actienemer", "stand", "leeftijd", "maatregelen", "rijp", "gewijzigd", "meeste_dagen_te_laat",
    ),
    "niet_in_behandeling_gronden": ("jaar", "grond", "klachten"),
    "geschillen": ("jaar", "stand", "oordeel", "geschillen", "voorgelegd", "tot_heropening"),
    "varianten": ("spoor", "nog_open", "zonder_rondes", "klachten"),
    "stappenkaart": ("stap", "aantal", "dagen_sinds_vorige", "dagen_sinds_ontvangst", "hier_gebleven"),
}  # fmt: skip
IN_JAARBEELD = (
    "stroom", "geschillen", "samenstelling", "doorlooptijden", "termijntarieven", "categorie_uitkomst",
    "niet_in_behandeling_gronden", "maatregelen_opvolging",
)  # fmt: skip
"""What the Jaarbeeld counts; the rest of it follows from these tables (intensiteit from samenstelling)."""
VAN_EEN_JAAR = {
    "termijntarieven", "categorie_uitkomst", "doorlooptijden", "maatregelen_opvolging", "niet_in_behandeling_gronden",
    "stappenkaart",
}  # fmt: skip
KOLOMMEN = {
    "klacht": [
        "klachtnummer", "herkomst", "reglement", "ontvangen_op", "kanaal", "indiener_soort", "vestiging", "categorie",
        "status", *(f"stap_{nr:02}_op" for nr in (*range(2, 10), 12, 13, 15)), *EERST, "zonder_rondes", "eerste_einde",
        "eerste_einde_op", "eerste_besluit", "eerste_besluit_op", "eerste_uitgevoerd_op", "eerste_vervallen_op",
        "grond", "oordeel", "uitkomst", "geschil", "ingetrokken_op", "vervallen_op", "heropend_op", "stappen",
    ],
    "maatregel": [
        "klachtnummer", "actienemer", "bepaald_op", "uiterlijk_op", "gemist_op", "uitgevoerd_op", "vervallen_op",
        "wijzigingen",
    ],
    "geschil": [
        "klachtnummer", "gemeld_op", "overlegd_op", "opgelost_op", "voorgelegd_op", "oordeel_op", "oordeel",
        "heropening_nodig",
    ],
    "eerder_einde": ["klachtnummer", "einde", "geeindigd_op", "ongedaan_op", "door"],
    "trajecten": ["jaar", "vestiging", "aantal"],
}  # fmt: skip
"""The columns that the figures use: nobody loads more."""
AFGELEID = (
    "klacht_stand", "maatregel_stand", "gestelde_termijn_stand", "geschil_stand", "eerder_einde_stand", "trajecten",
)  # fmt: skip
"""The derived tables that the questions read."""
LANG = 8.0
"""Seconds from which a measurement is done once, without a warm-up."""

Antwoord = list[list[Any]]
Vragen = dict[str, Callable[[], Any]]


def ordered(rijen: Any) -> Antwoord:
    """Rows as plain values in one order, whoever made them."""
    gewoon = [[_plain(waarde) for waarde in rij] for rij in rijen]
    return sorted(gewoon, key=lambda rij: [(waarde is None, str(waarde)) for waarde in rij])


def _plain(waarde: Any) -> Any:
    waarde = waarde.item() if hasattr(waarde, "item") else waarde
    if isinstance(waarde, float):
        return None if waarde != waarde else int(waarde) if waarde.is_integer() else waarde
    return waarde


def questions(wie: str, van: str, map: Path) -> Vragen:
    """Load what this contender works with, and return each figure as something to call."""
    if wie == "duckdb":
        return _duckdb(van, map)
    tabellen, cijfers = (importlib.import_module(f"klachten.meting.{naam}_{wie}") for naam in ("met", "cijfers"))
    bron = tabellen.Feiten(map) if van == "feiten" else tabellen.Rijen(map, KOLOMMEN)

    def jaarbeeld() -> dict[str, Any]:
        vers = bron.vers()
        return {naam: getattr(cijfers, naam)(vers, JAAR, PEILDATUM) for naam in IN_JAARBEELD}

    def figure(naam: str) -> Any:
        return getattr(cijfers, naam)(bron.vers(), JAAR, PEILDATUM)

    vragen: Vragen = {"tellingen": jaarbeeld}
    for naam in CIJFERS:
        vragen[naam] = functools.partial(figure, naam)
    return vragen


def _duckdb(van: str, map: Path) -> Vragen:
    from klachten import reglement
    from klachten.analyse.jaar.jaarbeeld import jaarbeeld
    from klachten.organisatie import completed
    from klachten.voorbeeld import cast

    coulant = completed(reglement.load(reglement.STANDAARD), cast())
    con = _connect(map)
    lezer = _reader(con) if van == "rijen" else con

    def ask(naam: str) -> list[tuple[Any, ...]]:
        return _ask(lezer, naam)

    def geheel() -> Any:
        return jaarbeeld(lezer, JAAR, PEILDATUM, reglement=coulant)

    def tellingen() -> dict[str, Any]:
        return {naam: ask(naam) for naam in IN_JAARBEELD}

    def uit_feiten() -> dict[str, Any]:
        for tabel in AFGELEID:
            con.execute(f"CREATE OR REPLACE TEMP TABLE {tabel} AS SELECT * FROM {tabel}_uit_feiten(NULL, NULL)")
        try:
            return tellingen()
        finally:
            for tabel in AFGELEID:
                con.execute(f"DROP TABLE temp.{tabel}")

    if van == "feiten":
        return {"tellingen": uit_feiten}
    # The counting first: its peak of memory is compared, and the others do nothing beside it.
    return {"tellingen": tellingen, "jaarbeeld": geheel} | {naam: functools.partial(ask, naam) for naam in CIJFERS}


class _Stil:
    """A register in which nothing happens, for what keeps the rows of a day."""

    versie, enkel = 0, None

    def __init__(self, con: Any) -> None:
        self._con, self.wijzigingen = con, self

    def last(self, namen: Any, peildatum: Any) -> int:
        """Nothing changed."""
        return 0

    def dossiers_since(self, versie: int, nu: int) -> frozenset[str]:
        """In no dossier."""
        return frozenset()

    def cursor(self) -> Any:
        """A cursor that finds the questions."""
        from klachten import analyse

        return analyse.open(self._con.cursor())


def _reader(con: Any) -> Any:
    """What asks as a page does: of the rows of the peildatum, kept as the app keeps those of today from its start.

    Only no answer is kept.
    """
    from klachten.analyse.basis.bewaard import Bewaard

    class Vers(Bewaard):
        def regel(self, sleutel: Any, lezing: Any, lees: Callable[[], Any]) -> Any:
            return lees()

    bewaard = Vers(_Stil(con))
    bewaard.dagrijen.make(PEILDATUM)
    return bewaard.reader(con, set())


def _connect(map: Path) -> Any:
    import duckdb

    from klachten import analyse

    config = {"temp_directory": str(map / "tijdelijk")}
    return analyse.open(duckdb.connect(str(map / DATABASE), read_only=True, config=config))


def _about(naam: str) -> dict[str, Any]:
    extra = {"cohort": "ontvangst"} if naam == "termijnnaleving" else {}
    return {"peildatum": PEILDATUM, "periode": JAAR if naam in VAN_EEN_JAAR else None, **extra}


def _ask(con: Any, naam: str) -> list[tuple[Any, ...]]:
    from klachten.analyse.basis.kengetallen import rijen_van

    rijen = rijen_van(con, naam, **_about(naam))
    if naam == "stappenkaart":
        rijen = rijen[:15]
    return [tuple(rij[kolom] for kolom in CIJFERS[naam]) for rij in rijen]


def planning(map: Path, keer: int) -> dict[str, float]:
    """Return in how many seconds DuckDB planned each figure, by its own account: the least of so many times.

    It makes the plan of a statement that reads a table anew every time, also of a prepared one (duckdb/duckdb#20885).
    """
    from klachten.analyse.basis.kengetallen import opdracht

    con, uit = _connect(map), {}
    lezer = _reader(con)
    con.execute("SET enable_profiling = 'no_output'; SET profiling_mode = 'detailed'")
    for naam in CIJFERS:
        duren = []
        vraag = opdracht(naam, **_about(naam))
        for _ in range(keer + 2):
            with lezer.execute(*vraag).ready():
                con.execute(*vraag).fetchall()
                verslag = json.loads(con.get_profiling_information(format="json"))
            duren.append(sum(verslag[deel]["total_time"] for deel in ("planner", "optimizer", "physical_planner")))
        uit[naam] = min(duren)
    con.close()
    return uit


def measure(vraag: Callable[[], Any], keer: int) -> tuple[Any, dict[str, Any]]:
    """Run a question once to warm up and then `keer` times: the answer, and the medians of wall and CPU seconds."""
    duren, cpus, antwoord = [], [], None
    for i in range(keer + 1):
        gc.collect()
        begin, cpu = time.perf_counter(), time.process_time()
        antwoord = vraag()
        duur, cpu = time.perf_counter() - begin, time.process_time() - cpu
        if i or duur > LANG or not keer:
            duren.append(duur)
            cpus.append(cpu)
        if duur > LANG:
            break
    return antwoord, {"wand": statistics.median(duren), "cpu": statistics.median(cpus), "keer": len(duren)}


def memory() -> tuple[float, float]:
    """Return the present and the highest use of memory of this process so far, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss begins at what the parent used, VmHWM at nothing
        velden = dict(regel.split(":", 1) for regel in status.read_text(encoding="utf-8").splitlines() if ":" in regel)
        return int(velden["VmRSS"].split()[0]) / 1024, int(velden["VmHWM"].split()[0]) / 1024
    hoogste = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return hoogste, hoogste


def run(wie: str, van: str, map: Path, keer: int) -> dict[str, Any]:
    """Measure every figure of one contender."""
    for module in ("pandas", "pyarrow.parquet", "pyarrow.json", wie, "klachten.analyse.jaar.jaarbeeld"):
        importlib.import_module(module)
    basis, _ = memory()
    begin = time.perf_counter()
    vragen = questions(wie, van, map)
    uit: dict[str, Any] = {"laden": time.perf_counter() - begin, "tijden": {}, "antwoorden": {}}
    for naam, vraag in vragen.items():
        antwoord, uit["tijden"][naam] = measure(vraag, keer)
        if naam == "tellingen":
            uit["piek"] = memory()[1] - basis
            uit["antwoorden"]["tellingen"] = {cijfer: ordered(rijen) for cijfer, rijen in antwoord.items()}
        elif naam != "jaarbeeld":
            uit["antwoorden"][naam] = ordered(antwoord)
    uit["piek_alles"] = memory()[1] - basis
    if (wie, van) == ("duckdb", "rijen"):
        del vragen, vraag
        uit["plannen"] = planning(map, keer)
    return uit


if __name__ == "__main__":
    _, wie, van, map, keer = sys.argv
    json.dump(run(wie, van, Path(map), int(keer)), sys.stdout)
