"""What the page and the command say of a file: of real ones, where they are, and of one made up with each fault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from klachten.overname.voorstel import beeld, dokter, keus, vorm
from klachten.overname.voorstel.rollen import PER_CODE
from klachten.overname.vormen import openen
from klachten.reglement.tabel import OngeldigBestand
from klachten.taal import aantal, getal, opsomming
from tests.vernield.beproef import PROEVEN
from tests.vernield.bron import VANDAAG
from tests.vernield.oordeel import AFGEKEURD, GEVRAAGD, ZIN, Geval, Proefregister, Uitslag
from tests.vernield.trekking import Proef, Trek

ECHT = Path(__file__).parents[3] / "shared" / "data"
"""Files of others, beside the project; never in it."""
_VOORKEUR = ("csv", "xlsx", "json", "xes")


def lines(map: Path) -> Iterator[str]:
    """The table in Markdown, a row at a time."""
    yield from _table("bestand", "wat de pagina voorstelt, voordat iemand iets koos")
    for pad in sorted(map.rglob("*")) if map.is_dir() else ():
        if pad.is_file() and pad.suffix != ".md":
            yield _row(str(pad.relative_to(map)), proposed(pad))
    yield ""
    yield from _table("wat er met een verzonnen bestand is", "uitkomst", "wat er wordt gezegd")
    with Proefregister() as hier:
        for proef in PROEVEN:
            geval, uitslag = example(hier, proef)
            yield _row(f"{proef.naam} ({geval.naam})", uitslag.soort, said(uitslag))


def proposed(pad: Path) -> str:
    """Say what the page sees in a file: its kind, its columns, the order of its dates; or why it is refused."""
    try:
        gezien = vorm.propose(pad)
        with closing(openen.open_table(pad, gezien.proef.vorm)) as tabel:
            kop, rijen = tabel.kop, list(tabel.rows())
        beeld_ = beeld.look(kop, rijen)
        voorstel = keus.propose(beeld_)
    except OngeldigBestand as fout:
        return str(fout)
    rollen = {deel.kolom: deel.rol for deel in voorstel.kolommen if deel.rol}
    vormen = {kolom.naam: kolom.vormen.beste for kolom in beeld_.kolommen if kolom.datum}
    diagnose = dokter.examine(rollen, vormen, kop, rijen, VANDAAG)
    kolommen = [
        f"{kolom} = {PER_CODE[rol].naam.lower()}{f' ({vormen[kolom]})' if kolom in vormen else ''}"
        for kolom, rol in rollen.items()
    ]
    delen = [
        " ".join(gezien.waarom),
        f"{getal(len(rijen))} rijen, {aantal(len(kop), 'kolom', 'kolommen')}. {voorstel.waarom_korrel}",
        f"{opsomming(kolommen)}.",
        *(f"{volgorde.naam}: {volgorde.counts()}." for volgorde in diagnose.volgordes[:2]),
        "De pagina vraagt welke volgorde klopt." if diagnose.vraag else "",
    ]
    return " ".join(filter(None, delen))


def example(hier: Proefregister, proef: Proef) -> tuple[Geval, Uitslag]:
    """Make one file of a kind of mangling, the same one each time, and take it over."""
    soort = next((soort for soort in _VOORKEUR if soort in proef.soorten), proef.soorten[0])
    gevallen: list[Geval] = []

    @seed(3)
    @settings(
        max_examples=3, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
    )
    @given(st.data())
    def enkele(data: st.DataObject) -> None:
        gevallen.append(proef.maak(Trek(data.draw), soort))

    enkele()
    return gevallen[-1], hier.doe(gevallen[-1])


def said(uitslag: Uitslag) -> str:
    """What somebody who takes it over is told first."""
    plan = uitslag.plan
    if uitslag.soort == ZIN or plan is None:
        return uitslag.gezegd[-1]
    if uitslag.soort == AFGEKEURD:
        eerste = plan.afkeuringen[0]
        meer = f" (en nog {len(plan.afkeuringen) - 1})" if len(plan.afkeuringen) > 1 else ""
        return f"Regel {eerste.regel}: {eerste.reden}{meer}"
    if uitslag.soort == GEVRAAGD:
        return " ".join(plan.bezwaren.values())
    dubbel = f" {aantal(len(plan.lezing.dubbelen), 'rij is', 'rijen zijn')} dubbel." if plan.lezing.dubbelen else ""
    return " ".join([f"{plan.lezing.telling.sentence()}.{dubbel}", *plan.lezing.opmerkingen])


def _table(*koppen: str) -> Iterator[str]:
    yield _row(*koppen)
    yield _row(*["---"] * len(koppen))


def _row(*cellen: str) -> str:
    return f"| {' | '.join(cel.replace('|', chr(92) + '|') for cel in cellen)} |"
