"""Deadline compliance: per term and year how many were on time, with its uncertainty, and which klachten were not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from klachten.analyse import statistiek
from klachten.analyse.basis.kengetallen import Rijen
from klachten.analyse.basis.lezer import HEEL, Zicht
from klachten.analyse.statistiek import Termijnkop, Verhouding
from klachten.periode import Periode, Wanneer, als_periode


def termijnen_van(rijen: Rijen, periode: Wanneer | None) -> tuple[Naleving, ...]:
    """Return the rows of question termijntarieven as Naleving, which knows its rates and sentences."""
    p = None if periode is None else als_periode(periode)
    return tuple(
        Naleving(
            **{naam: waarde for naam, waarde in rij.items() if naam != "waarde"},
            jaar=p.jaar if p else None,
            deel=p if p and p.soort != "jaar" else None,
        )
        for rij in rijen
    )


RIJP, ONRIJP = "termijn voorbij", "termijn nog niet voorbij"
"""Which klachten make the headline of a term, and which will count later."""
RIJP_OP_TIJD, RIJP_TE_LAAT = "termijn voorbij, op tijd", "termijn voorbij, niet op tijd"
RIJP_OF_ONBESLIST = "termijn voorbij, ook zonder besluit"
"""What the lower bound of a headline is out of."""
COHORTEN = {"ontvangst": "jaar van ontvangst", "termijn": "jaar van termijn"}


@dataclass(frozen=True, kw_only=True)
class Verzameling:
    """What is taken together: klachten of one origin under one reglement, never mixed.

    `op_de_klok`: a term was taken over that ends at a moment of its last day. `bekend_tot` is the day its sources were
    drawn, None when of one that is not known; `volledig_vanaf` since when they have every klacht that was received.
    `hier_verder` is how many klachten went over to the own register since, or came to it.
    """

    herkomst: str
    reglement: str
    klachten: int
    laatste_op: date
    op_de_klok: bool = False
    bekend_tot: date | None = None
    volledig_vanaf: date | None = None
    hier_verder: int = 0


@dataclass(frozen=True, kw_only=True)
class Naleving:
    """The counts of one term in one period of the cohort; `jaar` None is all years together.

    `deel` is the period when that is no calendar year.

    `rijp` are those whose last day has passed and of which is known whether they were on time. Of those whose last day
    has passed: `beslist`, on which is decided whether the term applies, `in_tak`, to which of these it does, and the
    same of what was decided after the last day (`laat_beslist`, `laat_in_tak`).
    """

    reglement: str
    herkomst: str
    termijn: str
    termijn_naam: str
    stap: int
    jaar: int | None
    op_tijd: int = 0
    te_laat: int = 0
    te_laat_open: int = 0
    loopt: int = 0
    nvt: int = 0
    onbepaald: int = 0
    onbepaald_verstreken: int = 0
    ongeldig: int = 0
    rijp_op_tijd: int = 0
    rijp: int = 0
    beslist: int = 0
    in_tak: int = 0
    laat_beslist: int = 0
    laat_in_tak: int = 0
    deel: Periode | None = None

    @property
    def periode(self) -> Periode | None:
        """What it is about; None is all years together."""
        return self.deel or (None if self.jaar is None else Periode.van_jaar(self.jaar))

    @property
    def totaal(self) -> int:
        """Every klacht of this period, whatever its status."""
        return sum(getattr(self, naam) for naam in AANTALLEN[:8])

    @property
    def rijp_te_laat(self) -> int:
        """The matured that were not on time, open or not."""
        return self.rijp - self.rijp_op_tijd

    @property
    def nog_niet_rijp(self) -> int:
        """Those that will count later: the last day has not passed."""
        return self.op_tijd + self.te_laat + self.te_laat_open - self.rijp + self.loopt + self.onbepaald

    @property
    def overschreden(self) -> int:
        """Those that stand in the list of missed terms."""
        return self.te_laat + self.te_laat_open + self.onbepaald_verstreken

    @property
    def kop(self) -> Termijnkop:
        """The headline: on time among the matured, with what passed undecided as far as it is expected to belong."""
        return statistiek.termijnkop(
            self.rijp_op_tijd,
            self.rijp,
            self.onbepaald_verstreken,
            self.beslist,
            self.in_tak,
            self.laat_beslist,
            self.laat_in_tak,
        )

    @property
    def zegt_iets(self) -> bool:
        """Whether there is a headline."""
        return self.kop.aandeel is not None

    @property
    def tarief(self) -> Verhouding:
        """On time among the matured of which is known whether the term applies: too high where others are undecided."""
        return statistiek.wilson(self.rijp_op_tijd, self.rijp)

    @property
    def ondergrens(self) -> Verhouding:
        """The same when whatever passed undecided is counted as missed."""
        return statistiek.wilson(self.rijp_op_tijd, self.rijp_of_onbeslist)

    @property
    def rijp_of_onbeslist(self) -> int:
        """The matured and what passed undecided."""
        return self.rijp + self.onbepaald_verstreken

    @property
    def alleen_afgerond(self) -> Verhouding:
        """The usual figure, for contrast: who is never answered does not count, so it is too high."""
        return statistiek.wilson(self.op_tijd, self.op_tijd + self.te_laat)


class Overschrijding(NamedTuple):
    """One term that was missed, or that passed while nobody decided whether it applied."""

    klachtnummer: str
    termijn_naam: str
    vestiging: str
    behandelaar: str | None
    jaar: int | None
    ontvangen_op: date
    uiterlijk_op: date
    einde_op: date | None
    status: str
    dagen_te_laat: int


AANTALLEN = tuple(veld.name for veld in fields(Naleving) if veld.default == 0)


def verzamelingen(con: DuckDBPyConnection) -> list[Verzameling]:
    """Return what there is to choose from: the own register first, then what was imported."""
    rijen = con.execute(
        "SELECT k.herkomst, k.reglement, COUNT(*), MAX(k.laatste_op), "
        "COUNT(CASE WHEN k.klachtnummer IN (SELECT g.klachtnummer FROM gestelde_termijn AS g "
        "WHERE g.uiterlijk_om IS NOT NULL) THEN 1 END) > 0, "
        "CASE WHEN COUNT(b.bekend_tot) = COUNT(*) THEN MAX(b.bekend_tot) END, "
        "CASE WHEN COUNT(b.volledig_vanaf) = COUNT(*) THEN MAX(b.volledig_vanaf) END, COUNT(k.voortgezet_op) "
        "FROM klacht AS k LEFT JOIN overgenomen_bron AS b ON b.bron = k.bron AND k.herkomst = 'overgenomen' "
        "WHERE k.vervallen_op IS NULL GROUP BY k.herkomst, k.reglement"
    ).fetchall()
    over = dict(
        con.execute(
            "SELECT COALESCE(s.reglement, ''), COUNT(DISTINCT k.klachtnummer) FROM klacht AS k "
            "JOIN klacht_stand AS s ON s.klachtnummer = k.klachtnummer AND s.herkomst = 'overgenomen' "
            "WHERE k.voortgezet_op IS NOT NULL GROUP BY s.reglement"
        ).fetchall()
    )
    alle = [
        Verzameling(
            herkomst=herkomst,
            reglement=reglement,
            klachten=n,
            laatste_op=laatste_op,
            op_de_klok=klok,
            bekend_tot=bekend,
            volledig_vanaf=vanaf,
            hier_verder=eigen if herkomst == "register" else over.get(reglement, 0),
        )
        for herkomst, reglement, n, laatste_op, klok, bekend, vanaf, eigen in rijen
    ]
    return sorted(alle, key=lambda v: (v.herkomst != "register", -v.klachten, v.reglement))


def bereken(
    con: DuckDBPyConnection,
    peildatum: date,
    *,
    periode: Wanneer = 2000,
    cohort: str = "ontvangst",
    herkomst: str = "register",
    reglement: str = "coulant",
) -> list[Naleving]:
    """Return every term by step and the period of every year, also one without a klacht.

    Which year's period is given does not matter; the own register goes up to the peildatum. Raises ValueError for an
    unknown cohort.
    """
    if cohort not in COHORTEN:
        raise ValueError(f"Onbekend cohort '{cohort}': kies uit {', '.join(COHORTEN)}.")
    p = als_periode(periode)
    vraag = con.execute(
        "SELECT * FROM termijnnaleving(peildatum := $peildatum, vanaf := $vanaf, tot := $tot, cohort := $cohort) "
        "WHERE herkomst = $herkomst AND reglement = $reglement ORDER BY stap, termijn, jaar",
        {"peildatum": peildatum, "cohort": cohort, "herkomst": herkomst, "reglement": reglement, **p.parameters},
    )
    namen = [kolom[0] for kolom in vraag.description or ()]
    rijen = [dict(zip(namen, rij, strict=True)) for rij in vraag.fetchall()]
    return _alle_jaren([Naleving(**rij, deel=_deel(p, rij["jaar"])) for rij in rijen], peildatum, p)


def _deel(periode: Periode, jaar: int | None) -> Periode | None:
    return None if jaar is None or periode.soort == "jaar" else periode.in_jaar(jaar)


def _alle_jaren(regels: Sequence[Naleving], peildatum: date, periode: Periode) -> list[Naleving]:
    bekend = [regel.jaar for regel in regels if regel.jaar is not None]
    if not bekend:
        return list(regels)
    # An imported log ends where it ends: years after it are not years without a klacht.
    laatste = max(*bekend, periode.start_van(peildatum)) if regels[0].herkomst == "register" else max(bekend)
    gevuld = []
    for voorbeeld in {regel.termijn: regel for regel in regels}.values():
        eigen = {regel.jaar: regel for regel in regels if regel.termijn == voorbeeld.termijn}
        jaren = periode.jaren(min(bekend), laatste)
        gevuld += [eigen.get(jaar) or _leeg(voorbeeld, jaar, periode) for jaar in jaren]
        # An imported klacht without a last day belongs to no year of a term.
        gevuld += [regel for jaar, regel in eigen.items() if jaar is None]
    return gevuld


def _leeg(voorbeeld: Naleving, jaar: int, periode: Periode) -> Naleving:
    return Naleving(
        reglement=voorbeeld.reglement,
        herkomst=voorbeeld.herkomst,
        termijn=voorbeeld.termijn,
        termijn_naam=voorbeeld.termijn_naam,
        stap=voorbeeld.stap,
        jaar=jaar,
        deel=_deel(periode, jaar),
    )


def samen(regels: Iterable[Naleving]) -> Naleving:
    """Return several years of one term taken together; ValueError when they are not of one term."""
    regels = list(regels)
    if len({(regel.herkomst, regel.reglement, regel.termijn) for regel in regels}) != 1:
        raise ValueError("Alleen jaren van dezelfde termijn kunnen samen worden genomen.")
    som = {naam: sum(getattr(regel, naam) for regel in regels) for naam in AANTALLEN}
    kop = regels[0]
    return Naleving(
        reglement=kop.reglement,
        herkomst=kop.herkomst,
        termijn=kop.termijn,
        termijn_naam=kop.termijn_naam,
        stap=kop.stap,
        jaar=None,
        **som,
    )


def overschrijdingen(
    con: DuckDBPyConnection,
    peildatum: date,
    *,
    cohort: str = "ontvangst",
    herkomst: str = "register",
    reglement: str = "coulant",
    zicht: Zicht = HEEL,
    limit: int = 1_000_000,
    offset: int = 0,
) -> list[Overschrijding]:
    """Return the missed terms: what is still open first, the worst first; `limit` and `offset` turn pages."""
    ziet, wie = zicht.sql("klachtnummer")
    rijen = con.execute(
        "SELECT klachtnummer, termijn_naam, vestiging, behandelaar, jaar, ontvangen_op, uiterlijk_op, einde_op, "
        "status, dagen_te_laat "
        "FROM termijnoverschrijdingen(peildatum := $peildatum, vanaf := NULL, tot := NULL, cohort := $cohort) "
        f"WHERE herkomst = $herkomst AND reglement = $reglement AND {ziet} "
        "ORDER BY CASE status WHEN 'te laat, nog open' THEN 1 WHEN 'onbepaald, termijn verstreken' THEN 2 ELSE 3 END, "
        "dagen_te_laat DESC, klachtnummer, stap LIMIT $limit OFFSET $offset",
        {
            "peildatum": peildatum,
            "cohort": cohort,
            "herkomst": herkomst,
            "reglement": reglement,
            "limit": limit,
            "offset": offset,
            **wie,
        },
    ).fetchall()
    return [Overschrijding(*rij) for rij in rijen]
