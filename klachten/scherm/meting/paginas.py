"""How fast the pages are for who uses them: over the WebSocket of the started app, alone and with many at once."""

from __future__ import annotations

import asyncio
import itertools
import random
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from klachten.meting.wedstrijd import load
from klachten.scherm.meting import PaginaMislukt
from klachten.scherm.meting.bezoeker import Bezoeker
from klachten.scherm.meting.feiten import Feit, feiten
from klachten.scherm.meting.gestart import GestarteApp, StartMislukt
from klachten.scherm.meting.verslag import Druk, Pagina, Uitslag, ms, percentile, pressure, report
from klachten.scherm.paginas import PAGINAS

__all__ = ["Opzet", "PaginaMislukt", "StartMislukt", "compare", "measure", "percentile"]

# The pages that read the register; the other three show texts or an empty form.
GEMETEN = tuple(deel for deel in PAGINAS if deel.afdeling in {"behandeling", "evaluatie"} and deel.naam != "intake")
ADEMPAUZE = 0.03
RUST, NIETS, STIL = 1.0, 0.03, 60.0
"""So many seconds of quiet after a fact; so little CPU in them is nothing; no longer than so many are waited for."""
PER_TAB = 20
METINGEN_GEHEUGEN = 4


@dataclass(frozen=True)
class Opzet:
    """What is measured: which dossier is opened, in which one a fact is recorded ("" for none), and how often.

    `af_te_sluiten`: the klachten that can be closed, to measure what follows that. Without `bijwerken` the app brings
    nothing up to date after a fact. `elke`: after so many seconds there is another one, while it is busy.
    """

    dossier: str
    schrijf_in: str = ""
    af_te_sluiten: tuple[str, ...] = ()
    keer: int = 20
    bezoekers: int = 20
    seconden: float = 20.0
    tempo: float = 5.0
    elke: float = 2.0
    geheugen: int = 1000
    bijwerken: bool = True
    paginas: tuple[str, ...] = field(default_factory=lambda: tuple(deel.naam for deel in GEMETEN))

    def query(self, pagina: str) -> dict[str, str]:
        """Return what a page is called with."""
        return {"nummer": self.dossier} if pagina == "dossier" else {}


def compare(map: Path, opzet: Opzet, naast: bool, tell: Callable[[str], None]) -> Iterator[str]:
    """Measure the app with the register of a folder, and yield lines to print; a register needs nobody else in it.

    With `naast` also the app without gc.freeze, beside it on a copy of the folder. Raises PaginaMislukt when a page
    shows an error, StartMislukt when an app does not start.
    """
    druk = load()
    with ExitStack() as open:
        apps = [GestarteApp(map, bijwerken=opzet.bijwerken)]
        if naast:
            kopie = Path(open.enter_context(tempfile.TemporaryDirectory(prefix="meet-paginas-"))) / "register"
            shutil.copytree(map, kopie, ignore=shutil.ignore_patterns("momentopname", "*.lock"))
            apps.append(GestarteApp(kopie, freeze=False, bijwerken=opzet.bijwerken))
        for app in apps:
            open.enter_context(app)
        uitslagen = asyncio.run(measure(apps, opzet, tell))
    for uitslag, hoe in zip(uitslagen, ("Zoals de app start", "Zonder gc.freeze"), strict=False):
        yield f"{hoe}\n{report(uitslag, opzet)}" if naast else report(uitslag, opzet)
    if opzet.seconden:
        yield floor(opzet, tell)
    if druk is not None:
        yield f"  {'Drukte van de machine':<38}{druk} tot {load()} processen die willen rekenen".replace(".", ",")


def floor(opzet: Opzet, tell: Callable[[str], None]) -> str:
    """Measure an almost empty page of Streamlit alone in the same way, and return it in Dutch lines."""
    tell("  een lege pagina")
    # The page without a name in the address is the first one of any app.
    leeg = replace(opzet, paginas=(PAGINAS[0].naam,), schrijf_in="", geheugen=0)
    with GestarteApp(Path(), leeg=True) as app:
        (uitslag,) = asyncio.run(measure([app], leeg, tell))
    (meting,) = uitslag.paginas.values()
    alleen = (
        f"  {'Een lege pagina van Streamlit, alleen':<38}p50 {ms(percentile(meting.daarna, 50))}, "
        f"rekentijd {ms(meting.rekentijd)}"
    )
    return "\n".join([alleen, *pressure(uitslag, leeg)]).replace(".", ",")


async def measure(apps: Sequence[GestarteApp], opzet: Opzet, tell: Callable[[str], None]) -> list[Uitslag]:
    """Measure apps beside each other: page by page in turn when alone, one after the other when it is busy.

    Raises PaginaMislukt when a page shows an error.
    """
    uitslagen = [Uitslag({naam: Pagina() for naam in opzet.paginas}) for _ in apps]
    start = [app.geheugen() for app in apps]
    tell("  alleen")
    await _alone(apps, opzet, uitslagen)
    for app, uitslag, begin in zip(apps, uitslagen, start, strict=True):
        if opzet.seconden:
            tell(f"  met {opzet.bezoekers} bezoekers")
            uitslag.vol = await _counted(app, _full(app, opzet))
            if opzet.schrijf_in:
                tell(f"  met {opzet.bezoekers} bezoekers en elke {opzet.elke:.0f} s een klacht")
                uitslag.met_feiten = await _counted(app, _with_facts(app, opzet))
            uitslag.rustig = await _counted(app, _at_a_pace(app, opzet))
        if opzet.geheugen:
            tell(f"  geheugen, {opzet.geheugen} pagina's")
            uitslag.geheugen = [begin, *[mb async for mb in _memory(app, opzet)]]
    return uitslagen


async def _alone(apps: Sequence[GestarteApp], opzet: Opzet, uitslagen: Sequence[Uitslag]) -> None:
    """One visitor, who looks a moment at each page."""
    async with AsyncExitStack() as open:
        bezoekers = [await open.enter_async_context(Bezoeker(app.poort)) for app in apps]
        for pagina in opzet.paginas:
            metingen = [uitslag.paginas[pagina] for uitslag in uitslagen]
            for bezoeker, meting in zip(bezoekers, metingen, strict=True):
                meting.eerst = await bezoeker.open(pagina, **opzet.query(pagina))
            if pagina == opzet.paginas[0]:
                for app in apps:  # what it makes when it has started is not what a page costs
                    await _still(app)
            verbruik = [0.0 for _ in apps]
            for _, (nr, app) in itertools.product(range(opzet.keer), enumerate(apps)):
                voor = app.cpu()
                metingen[nr].daarna.append(await bezoekers[nr].open(pagina, **opzet.query(pagina)))
                await asyncio.sleep(ADEMPAUZE)
                if voor is not None:
                    verbruik[nr] += app.cpu() - voor
                    metingen[nr].rekentijd = verbruik[nr] / opzet.keer
        if opzet.schrijf_in:
            for app, bezoeker, uitslag in zip(apps, bezoekers, uitslagen, strict=True):
                await _after_facts(app, bezoeker, opzet, uitslag)


async def _after_facts(app: GestarteApp, bezoeker: Bezoeker, opzet: Opzet, uitslag: Uitslag) -> None:
    """Somebody else records a fact, and then the page is opened: at once, a second later, or when all is still again.

    Three times of each.
    """
    soorten = feiten(opzet.schrijf_in, opzet.af_te_sluiten, 3 * len(uitslag.paginas))
    for (pagina, meting), feit in itertools.product(uitslag.paginas.items(), soorten):
        for wacht, waarin in ((0.0, meting.na_feit), (RUST, meting.straks), (None, meting.bijgewerkt)):
            duren = waarin[feit.kolom] = []
            for _ in range(feit.keren()):
                await _record(app, feit)
                await (_still(app) if wacht is None else asyncio.sleep(wacht))
                voor = app.cpu()
                await bezoeker.open(pagina, **opzet.query(pagina))
                await asyncio.sleep(ADEMPAUZE)
                duren.append(None if voor is None else app.cpu() - voor)
    for feit in soorten[:2]:
        # Each page was asked for just now, as on a day on which all of them are used.
        for pagina in uitslag.paginas:
            await bezoeker.open(pagina, **opzet.query(pagina))
        await _still(app)
        await _record(app, feit)
        voor = app.cpu()
        await _still(app)
        uitslag.bijwerken[feit.kolom] = None if voor is None else app.cpu() - voor


async def _record(app: GestarteApp, feit: Feit) -> None:
    async with Bezoeker(app.poort) as collega:
        await feit.leg_vast(collega)


async def _still(app: GestarteApp) -> None:
    """Wait until the app has nothing to do for a second."""
    voor, einde = None, time.perf_counter() + STIL
    while (nu := app.cpu()) is not None and time.perf_counter() < einde:
        if voor is not None and nu - voor < NIETS:
            return
        voor = nu
        await asyncio.sleep(RUST)


async def _with_facts(app: GestarteApp, opzet: Opzet) -> Druk:
    """Every visitor opens the next page as soon as the last one is complete, while klachten come in."""
    klaar = asyncio.Event()
    _, klacht, _ = feiten(opzet.schrijf_in, (), 1)

    async def record() -> None:
        while not klaar.is_set():
            begin = time.perf_counter()
            await _record(app, klacht)
            await asyncio.sleep(max(0.0, opzet.elke - (time.perf_counter() - begin)))

    taak = asyncio.create_task(record())
    try:
        return await _full(app, opzet)
    finally:
        klaar.set()
        await taak


async def _counted(app: GestarteApp, druk: Coroutine[None, None, Druk]) -> Druk:
    """Measure the CPU as well: what a page costs says more than how many there were, on a machine that others use."""
    voor = app.cpu()
    uit = await druk
    if voor is not None and uit.wachttijden:
        uit.rekentijd = (app.cpu() - voor) / len(uit.wachttijden)
    return uit


async def _full(app: GestarteApp, opzet: Opzet) -> Druk:
    """Every visitor opens the next page as soon as the last one is complete."""
    wachttijden: list[float] = []
    begin = time.perf_counter()
    einde = begin + opzet.seconden

    async def reader(zaad: int) -> None:
        async with Bezoeker(app.poort) as bezoeker:
            for pagina in _walk(zaad, opzet.paginas):
                if time.perf_counter() >= einde:
                    return
                wachttijden.append(await bezoeker.open(pagina, **opzet.query(pagina)))

    await _together(reader(zaad) for zaad in range(opzet.bezoekers))
    return Druk(wachttijden, time.perf_counter() - begin)


async def _at_a_pace(app: GestarteApp, opzet: Opzet) -> Druk:
    """So many pages a second in all, each visitor in turn.

    Who is still waiting when the turn comes has begun to wait for the next page all the same: a slow page is not left
    out because it kept others from being asked for.
    """
    wachttijden: list[float] = []
    begin = time.perf_counter() + 1.0

    async def reader(zaad: int) -> None:
        async with Bezoeker(app.poort) as bezoeker:
            for beurt, pagina in zip(
                range(zaad, int(opzet.seconden * opzet.tempo), opzet.bezoekers),
                _walk(zaad, opzet.paginas),
                strict=False,
            ):
                aan_de_beurt = begin + beurt / opzet.tempo
                await asyncio.sleep(max(0.0, aan_de_beurt - time.perf_counter()))
                await bezoeker.open(pagina, **opzet.query(pagina))
                wachttijden.append(time.perf_counter() - aan_de_beurt)

    await _together(reader(zaad) for zaad in range(opzet.bezoekers))
    return Druk(wachttijden, time.perf_counter() - begin)


async def _memory(app: GestarteApp, opzet: Opzet) -> AsyncIterator[float | None]:
    """Yield the memory now, and after each quarter of the pages; every twenty pages in a tab of their own."""
    yield app.geheugen()
    deel = opzet.geheugen // METINGEN_GEHEUGEN
    for kwart in range(METINGEN_GEHEUGEN):
        for eerste in range(0, deel, PER_TAB):
            async with Bezoeker(app.poort) as bezoeker:
                for pagina in itertools.islice(
                    _walk(kwart * deel + eerste, opzet.paginas), min(PER_TAB, deel - eerste)
                ):
                    await bezoeker.open(pagina, **opzet.query(pagina))
        yield app.geheugen()


def _walk(zaad: int, paginas: Iterable[str]) -> itertools.chain[str]:
    """Every page in turn, again and again, in an order of one's own: the same for the same seed."""
    namen = list(paginas)
    random.Random(zaad).shuffle(namen)
    return itertools.chain.from_iterable(itertools.repeat(namen))


async def _together(lezers: Iterable[Coroutine[None, None, None]]) -> None:
    async with asyncio.TaskGroup() as groep:
        for lezer in lezers:
            groep.create_task(lezer)
