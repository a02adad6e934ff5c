"""Taking one import back as one step: every fact of its group is again as it was before, and the reason is kept.

Nothing is removed: what the import added is taken back, what it put right is put back, in one group of facts. It is
refused when something rests on it: a later import of the source, or what people recorded in its klachten since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from duckdb import DuckDBPyConnection

from klachten import gebeurtenissen as g
from klachten.overname import eerder, grond
from klachten.overname.eerder import OP, Klacht, Verloop
from klachten.overname.grond import DOOR, ROL, Overname
from klachten.overname.vergelijken import part
from klachten.register import Register, RegisterFout, Stroom, Versie
from klachten.reglement.tabel import OngeldigBestand
from klachten.taal import aantal, datum, getal

PORTIE = 5_000
GENOEMD = 20
"""So many things that stand in the way are named; of more it is said how many there are."""
_BLIJFT = frozenset(
    {"DossierGewist", "GegevensGewist", "WissenVoorgesteld", "WissenAfgewezen", "HerinneringGestuurd", "FeitHerroepen"}
)
"""What nobody builds on an import with."""
_LOS = frozenset(
    {
        "DocumentToegevoegd", "KlachtGekoppeld", "KlachtVervallen", "GegevensAangevuld", "IndienerToegevoegd",
        "GemachtigdeAangewezen", "AnonimiteitVastgelegd", "ToestemmingVastgelegd", "BewaarplichtGesteld",
        "BewaarplichtOpgeheven", *g.VAN_DE_POST,
    }
)  # fmt: skip
"""What is said of a klacht whatever its steps and dates are."""


class KanNietTerug(OngeldigBestand):
    """An import cannot be taken back; the sentences say exactly what stands in the way."""

    soort = "import_kan_niet_terug"


@dataclass
class Terugplan:
    """What taking an import back would record, by klachtnummer, and what stands in the way.

    `weg` counts the klachten that are no longer there, `hersteld` those that are as they were; `tot` is the last fact
    of the register that was looked at.
    """

    overname: Overname
    feiten: dict[str, list[Versie]] = field(default_factory=dict)
    in_de_weg: list[str] = field(default_factory=list)
    weg: int = 0
    hersteld: int = 0
    tot: int = 0

    def check(self) -> None:
        """Raise KanNietTerug when something stands in the way."""
        if not self.in_de_weg:
            return
        meer = len(self.in_de_weg) - GENOEMD
        ook = [f"en nog {getal(meer)} andere."] if meer > 0 else []
        wat = f"Overname {self.overname.volgnr} kan niet worden teruggedraaid, er is niets vastgelegd. In de weg staat:"
        raise KanNietTerug("\n  ".join([wat, *self.in_de_weg[:GENOEMD], *ook]))


def find(cursor: DuckDBPyConnection, volgnr: int) -> tuple[Overname, list[Overname]]:
    """Return an import by its number, and all of them; KanNietTerug when there is none or it was undone already."""
    alle = grond.overnames(cursor)
    if not 1 <= volgnr <= len(alle):
        wat = f"er zijn er {getal(len(alle))}" if alle else "er is nog niets overgenomen"
        raise KanNietTerug(f"Overname {volgnr} is er niet; {wat}. Alle overnames ziet u met importeer --lijst.")
    een = alle[volgnr - 1]
    if een.ongedaan_op is not None:
        raise KanNietTerug(f"Overname {volgnr} is al teruggedraaid, op {datum(een.ongedaan_op)}.")
    return een, alle


def plan(register: Register, volgnr: int, vandaag: date) -> Terugplan:
    """Look at what taking an import back would record, and at what stands in the way."""
    with register.plain_cursor() as cursor:
        een, alle = find(cursor, volgnr)
        uitkomst = Terugplan(een, tot=register.stand().aantal)
        later = [ander.volgnr for ander in grond.standing(alle, een.bron) if ander.volgnr > volgnr]
        if later:
            uitkomst.in_de_weg.append(f"overname {later[-1]}, die later uit dezelfde bron kwam: draai die eerst terug.")
            return uitkomst
        nummers = [
            nummer
            for (nummer,) in cursor.execute(
                "SELECT DISTINCT klachtnummer FROM gebeurtenis WHERE nr BETWEEN ? AND ? ORDER BY klachtnummer",
                list(een.feiten),
            ).fetchall()
        ]
        for eigen in _own(cursor, een):
            uitkomst.feiten.setdefault(g.NUMMER, []).append(Versie(g.FeitHerroepen(gebeurd_op=vandaag), eigen))
        lezer = eerder.Eerder(cursor, een.bron, alle)
        erin = [nummer for nummer in nummers if nummer.startswith("K")]
        for deel in eerder.in_portions(erin, PORTIE):
            erna = _recorded_since(cursor, een, deel)
            for nummer, klacht in lezer.read(deel).items():
                _one(uitkomst, klacht, erna.get(nummer, []), vandaag)
        uitkomst.in_de_weg += _pointing_at(cursor, een, erin)
    return uitkomst


def _own(cursor: DuckDBPyConnection, een: Overname) -> list[int]:
    """The facts of the import about its file and source."""
    rijen = cursor.execute(
        "SELECT nr FROM gebeurtenis WHERE nr BETWEEN ? AND ? AND klachtnummer = ? ORDER BY nr",
        [*een.feiten, g.NUMMER],
    ).fetchall()
    return [nr for (nr,) in rijen]


def _recorded_since(
    cursor: DuckDBPyConnection, een: Overname, nummers: Sequence[str]
) -> dict[str, list[tuple[int, str, date]]]:
    """Per klachtnummer what people recorded that stands now: number, kind and day of facts not of the import."""
    rijen = cursor.execute(
        "SELECT f.klachtnummer, f.oorsprong, f.soort, f.gebeurd_op FROM feit(NULL, NULL) AS f "
        "JOIN gebeurtenis AS e ON e.nr = f.oorsprong "
        "WHERE f.klachtnummer IN (SELECT unnest($nummers)) AND e.door <> $door ORDER BY f.oorsprong",
        {"nummers": list(nummers), "door": DOOR},
    ).fetchall()
    uit: dict[str, list[tuple[int, str, date]]] = {}
    for nummer, nr, soort, op in rijen:
        if soort not in _BLIJFT:
            uit.setdefault(nummer, []).append((nr, soort, op))
    return uit


def _pointing_at(cursor: DuckDBPyConnection, een: Overname, nummers: Sequence[str]) -> Iterator[str]:
    """Say which klachten elsewhere are a double of one that would go."""
    rijen = cursor.execute(
        "SELECT f.klachtnummer, f.gegevens ->> 'dubbel_van', f.oorsprong FROM feit(NULL, NULL) AS f "
        "JOIN gebeurtenis AS o ON o.klachtnummer = (f.gegevens ->> 'dubbel_van') AND o.soort = 'KlachtOntvangen' "
        "WHERE f.soort = 'KlachtVervallen' AND o.nr BETWEEN ? AND ? ORDER BY f.oorsprong",
        list(een.feiten),
    ).fetchall()
    for nummer, van, nr in rijen if nummers else ():
        yield f"{nummer}: vervallen omdat het dezelfde klacht is als {van} (feit {nr})."


def _one(uitkomst: Terugplan, klacht: Klacht, erna: Sequence[tuple[int, str, date]], vandaag: date) -> None:
    van, met = uitkomst.overname.feiten
    versies: list[Versie] = []
    weg = stap = False
    for verloop in klacht.feiten.values():
        binnen = [versie for versie in verloop.versies if van <= versie.nr <= met]
        if not binnen:
            continue
        daar = next((versie.inhoud for versie in reversed(verloop.versies) if versie.nr < van), None)
        if verloop.nu != binnen[-1].inhoud:
            uitkomst.in_de_weg.append(
                f"{klacht.nummer}: {part(verloop.soort)} is daarna hier gewijzigd (feit {verloop.versies[-1].nr})."
            )
            continue
        if verloop.nu != daar:
            versies.append(_back(verloop, daar, vandaag, f"Overname {uitkomst.overname.volgnr} is teruggedraaid."))
        weg = weg or (verloop.soort == "KlachtOntvangen" and daar is None)
        stap = stap or _moves(verloop, daar)
    bouwt = [een for een in erna if weg or (stap and een[1] not in _LOS and een[0] > met)]
    uitkomst.in_de_weg += [
        f"{klacht.nummer}: {_named(soort)} van {datum(op)} is hier vastgelegd (feit {nr})." for nr, soort, op in bouwt
    ]
    if versies:
        uitkomst.feiten[klacht.nummer] = versies
        uitkomst.weg += weg
        uitkomst.hersteld += not weg


def _back(verloop: Verloop, daar: eerder.Inhoud | None, vandaag: date, reden: str) -> Versie:
    """The version that puts a fact back; an erased text stays erased."""
    if daar is None:
        return Versie(g.FeitHerroepen(gebeurd_op=vandaag), verloop.oorsprong)
    return Versie(eerder.fact(verloop.soort, {**daar, "reden": reden}), verloop.oorsprong)


def _moves(verloop: Verloop, daar: eerder.Inhoud | None) -> bool:
    """Whether a step, or the day of one, goes back: what happened after it may rest on that."""
    dag = None if verloop.nu is None else verloop.nu[OP]
    return verloop.soort != "TermijnOvergenomen" and dag != (None if daar is None else daar[OP])


def _named(soort: str) -> str:
    stap = g.SOORTEN[soort].stap
    return f"een feit van stap {stap}" if stap else "een feit"


def record(register: Register, terug: Terugplan, reden: str) -> None:
    """Record it as one group, with the reason at its first fact; KanNietTerug when something stands in the way."""
    if not reden.strip():
        raise KanNietTerug("Zeg met een reden waarom de overname wordt teruggedraaid; die wordt bewaard.")
    terug.check()
    feiten = in_order(terug, reden.strip())
    with register.schrijven() as boeking:
        if register.stand().aantal != terug.tot:
            raise RegisterFout("Intussen is er iets vastgelegd. Er is niets teruggedraaid; begin opnieuw.")
        boeking.stream(
            Stroom(
                klachten=lambda: iter(feiten.items()),
                nummers=(),
                bestaande=list(feiten),
                verbetert={versie.corrigeert: nummer for nummer, alle in feiten.items() for versie in alle},
                soorten=eerder.SOORTEN | {"BestandOvergenomen", "BronOvergenomen", "FeitHerroepen"},
                feiten=sum(map(len, feiten.values())),
                door=DOOR,
                rol=ROL,
            )
        )


def in_order(terug: Terugplan, reden: str) -> Mapping[str, list[Versie]]:
    """Return the facts with the one first that tells which import it was, and why it is taken back."""
    eerste = g.NUMMER if g.NUMMER in terug.feiten else next(iter(terug.feiten))
    begin, *rest = terug.feiten[eerste]
    waarom = Versie(g.FeitHerroepen(gebeurd_op=begin.feit.gebeurd_op, reden=reden), begin.corrigeert)
    return {eerste: [waarom, *rest], **{nummer: alle for nummer, alle in terug.feiten.items() if nummer != eerste}}


def sentence(terug: Terugplan) -> str:
    """Say what taking it back does."""
    delen = []
    if terug.weg:
        delen.append(f"{aantal(terug.weg, 'klacht die erbij kwam, staat', 'klachten die erbij kwamen, staan')} er niet "
                     "meer in (hun nummers worden niet opnieuw gebruikt)")  # fmt: skip
    if terug.hersteld:
        delen.append(f"{aantal(terug.hersteld, 'klacht wordt', 'klachten worden')} weer zoals zij {_was(terug)}")
    return "; ".join(delen) or "alleen van welke dag de bron is"


def _was(terug: Terugplan) -> str:
    return "was" if terug.hersteld == 1 else "waren"
