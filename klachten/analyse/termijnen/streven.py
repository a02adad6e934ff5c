"""What the organisation aims at besides the reglement: streeftermijnen, always shown apart and never mixed with terms.

They are no promise to the indiener and no term of the reglement: nothing in termijnen.sql knows them. The same rules
judge them: the first round of a klacht; what happens after a withdrawal counts for nothing; what was missed stays so; a
letter is none (n.v.t.) when there was nobody to write to on its last day (onbereikbaar_op).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from duckdb import DuckDBPyConnection

from klachten.analyse.basis import kalender
from klachten.analyse.basis.geteld import Geteld, geteld_als
from klachten.analyse.basis.kengetallen import opdracht
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.basis.zinnen import klachten, telling
from klachten.periode import Wanneer
from klachten.reglement import Reglement, Termijn

UITLEG = (
    "Dit zijn doelen die de organisatie zichzelf stelt. Het reglement noemt ze niet, en zij tellen nergens anders mee."
)
GEHAALD, GEMIST, GEMIST_OPEN, LOOPT, NVT = "gehaald", "niet gehaald", "niet gehaald, nog open", "loopt", "n.v.t."
STANDEN = (GEHAALD, GEMIST, GEMIST_OPEN, LOOPT, NVT)
BESLIST = "beslist"
"""Of which is known whether the aim was reached: no stand of its own."""
_BESLIST = (GEHAALD, GEMIST, GEMIST_OPEN)


# Of the first round, as in termijnen.sql.
_IN_DE_RONDE = {
    7: "CASE WHEN k.eerste_einde = 'niet in behandeling' THEN k.eerste_einde_op END",
    11: "k.eerste_uitgevoerd_op",
    13: "CASE WHEN k.eerste_einde = 'afgesloten' THEN k.eerste_einde_op END",
    14: "k.eerste_meegedeeld_op",
}
_AFSLUITEN = 13
# An aim that ends with nothing but a letter to the indiener, as `is_brief` in termijnen.sql.
_BRIEVEN = ((5,), (9,), (14,))


class _Ronde(NamedTuple):
    """The first round of a klacht: how it ended and when, what was decided, and the days of the steps 1 to 15.

    `stil`: the stretches, from a day until before another, in which there was nobody to write to.
    """

    ontvangen_op: date
    einde: str | None
    einde_op: date | None
    besluit: str | None
    kenmerken: Sequence[str] | None
    stil: Sequence[tuple[date, date]] | None
    stappen: Sequence[date | None]

    def onbereikbaar(self, dag: date) -> bool:
        """Whether there was nobody to write to at the end of a day."""
        return any(van <= dag < tot for van, tot in self.stil or ())


@dataclass(frozen=True, kw_only=True)
class Streven:
    """One streeftermijn over the klachten of a year: how many stand how (STANDEN).

    `doel` names it where its klachten are asked for: reglement and id.
    """

    doel: str
    naam: str
    stap: int
    binnen: str
    aantallen: Mapping[str, int]

    @property
    def beslist(self) -> int:
        """Those of which is known whether the aim was reached."""
        return sum(self.aantallen[stand] for stand in _BESLIST)

    @property
    def zin(self) -> str:
        """Say how often the aim was reached."""
        begin = f"{self.naam} (stap {self.stap}), streven: {self.binnen}."
        if not self.beslist:
            return f"{begin} Van geen enkele klacht staat al vast of dat is gelukt."
        geteld = telling(self.aantallen[GEHAALD], self.beslist, "klacht", "klachten")
        loopt = self.aantallen[LOOPT]
        nog = f" Bij {klachten(loopt)} kan het nog." if loopt else ""
        return f"{begin} Gelukt bij {geteld}.{nog}"

    @property
    def achter(self) -> tuple[Geteld, ...]:
        """Return the counts of that sentence."""
        if not self.beslist:
            return ()
        return (
            *geteld_als("streven", self.aantallen[GEHAALD], "gelukt", doel=self.doel, stand=GEHAALD),
            *geteld_als("streven", self.beslist, "waarvan het vaststaat", doel=self.doel, stand=BESLIST),
            *geteld_als("streven", self.aantallen[LOOPT], "waar het nog kan", doel=self.doel, stand=LOOPT),
        )


def streven(
    cursor: DuckDBPyConnection,
    *,
    peildatum: date,
    periode: Wanneer,
    filter: Filter = ALLES,
    reglement: Reglement | None = None,
) -> tuple[Streven, ...]:
    """Return every streeftermijn of the reglement over the klachten received in a period; none where there are none."""
    if reglement is None or not reglement.streeftermijnen:
        return ()
    rondes = _rondes(cursor, peildatum=peildatum, periode=periode, filter=filter)
    uit = []
    for id in dict.fromkeys(t.id for t in reglement.streeftermijnen):
        versies = [t for t in reglement.streeftermijnen if t.id == id]
        tellen = Counter(stand for _, stand in _standen(versies, rondes, peildatum))
        laatste = versies[-1]
        uit.append(
            Streven(
                doel=f"{reglement.id}.{id}",
                naam=laatste.naam,
                stap=laatste.stap,
                binnen=_binnen(laatste),
                aantallen={stand: tellen[stand] for stand in STANDEN},
            )
        )
    return tuple(uit)


def nummers(
    cursor: DuckDBPyConnection,
    *,
    doel: str,
    stand: str,
    peildatum: date,
    periode: Wanneer | None = None,
    filter: Filter = ALLES,
) -> list[str]:
    """Return the klachten of which an aim stands like this, as `streven` counts them; none of an aim that is not there.

    An aim is known here by what the register holds of it: a list is asked without the reglement.
    """
    bij = _BESLIST if stand == BESLIST else (stand,)
    rondes = _rondes(cursor, peildatum=peildatum, periode=periode, filter=filter)
    return [nummer for nummer, hoe in _standen(_versies(cursor, doel), rondes, peildatum) if hoe in bij]


def _versies(cursor: DuckDBPyConnection, doel: str) -> list[Termijn]:
    reglement, _, id = doel.partition(".")
    rijen = cursor.execute(
        "SELECT s.termijn, s.naam, s.stap, s.eenheid, s.vanaf, s.einde, s.geldt, s.geldig_vanaf, s.geldig_tot, "
        "any_value(s.waarde) FILTER (s.kenmerk IS NULL), "
        "list([s.kenmerk, CAST(s.waarde AS VARCHAR)]) FILTER (s.kenmerk IS NOT NULL) FROM streeftermijn AS s "
        "WHERE s.reglement = ? AND s.termijn = ? GROUP BY ALL ORDER BY s.geldig_vanaf",
        [reglement, id],
    ).fetchall()
    return [
        Termijn(
            id=id, naam=naam, stap=stap, eenheid=eenheid, vanaf=vanaf, einde=tuple(einde), geldt=geldt,
            geldig_vanaf=geldig_vanaf, geldig_tot=geldig_tot, waarde=waarde,
            bij_kenmerk={kenmerk: int(anders) for kenmerk, anders in bij_kenmerk or ()},
        )
        for id, naam, stap, eenheid, vanaf, einde, geldt, geldig_vanaf, geldig_tot, waarde, bij_kenmerk in rijen
    ]  # fmt: skip


def _rondes(
    cursor: DuckDBPyConnection, *, peildatum: date, periode: Wanneer | None, filter: Filter
) -> list[tuple[str, _Ronde]]:
    """Return the first round of each klacht that was chosen."""
    keuze, waarden = opdracht("klacht_selectie", peildatum=peildatum, periode=periode, filter=filter)
    kolommen = ", ".join(_IN_DE_RONDE.get(nr, f"k.stap_{nr:02}_op") for nr in range(1, 16))
    gevonden = cursor.execute(
        "SELECT k.klachtnummer, k.ontvangen_op, k.eerste_einde, k.eerste_einde_op, k.eerste_besluit, k.kenmerken, "
        f"s.stil, {kolommen} FROM ({keuze}) AS k LEFT JOIN (SELECT o.klachtnummer, LIST([o.van, o.tot]) AS stil "
        "FROM onbereikbaar_op($peildatum) AS o GROUP BY o.klachtnummer) AS s ON s.klachtnummer = k.klachtnummer",
        waarden,
    )
    return [(nummer, _Ronde(*rij[:6], stappen=rij[6:])) for nummer, *rij in gevonden.fetchall()]


def _standen(
    versies: Sequence[Termijn], rondes: Iterable[tuple[str, _Ronde]], peildatum: date
) -> Iterator[tuple[str, str]]:
    """Yield how an aim stands for each klacht that falls under one of its versions."""
    for nummer, ronde in rondes:
        yield from ((nummer, _stand(t, ronde, peildatum)) for t in versies if t.geldt_op(ronde.ontvangen_op))


def _stand(t: Termijn, ronde: _Ronde, peildatum: date) -> str:
    """How an aim stands for a klacht; as in termijnen.sql, but what can be done no longer does not run on."""
    klaar = min((dag for nr in t.einde if (dag := ronde.stappen[nr - 1]) is not None), default=None)
    teruggenomen = ronde.einde_op if ronde.einde == "ingetrokken" else None
    if klaar is not None and teruggenomen is not None and klaar > teruggenomen:
        klaar = None
    # The steps up to the closing belong before it; telling of it comes after.
    over_en_uit = teruggenomen or (ronde.einde_op if min(t.einde) < _AFSLUITEN else None)
    begin = ronde.ontvangen_op if t.vanaf == "ontvangen" else ronde.stappen[int(t.vanaf[-2:]) - 1]
    brief = tuple(t.einde) in _BRIEVEN
    if begin is None:
        # What is done before the clock runs is in time.
        return GEHAALD if klaar else NVT if over_en_uit or (brief and ronde.onbereikbaar(peildatum)) else LOOPT
    uiterlijk_op = _uiterlijk(t, begin, ronde.kenmerken or ())
    niet_op_tijd = klaar is None or klaar > uiterlijk_op
    if brief and niet_op_tijd and ronde.onbereikbaar(min(uiterlijk_op, peildatum)):
        return NVT
    if klaar is not None:
        return GEHAALD if klaar <= uiterlijk_op else GEMIST
    if _geldt_niet(t, ronde.besluit):
        return NVT
    if over_en_uit is not None:
        return GEMIST if over_en_uit > uiterlijk_op else NVT
    if peildatum <= uiterlijk_op:
        return LOOPT
    # It cannot be sent any more, for now.
    return GEMIST if brief and ronde.onbereikbaar(peildatum) else GEMIST_OPEN


def _geldt_niet(t: Termijn, besluit: str | None) -> bool:
    """Whether it is known that the klacht went the other way; while nothing is decided an aim holds for all."""
    if besluit is None or t.geldt == "altijd":
        return False
    if t.geldt == "niet_in_behandeling" or besluit == "niet in behandeling":
        return (t.geldt == "niet_in_behandeling") != (besluit == "niet in behandeling")
    return besluit == "geen maatregelen" and tuple(t.einde) == (11,)


def _uiterlijk(t: Termijn, begin: date, kenmerken: Sequence[str]) -> date:
    waarde = max((t.bij_kenmerk[kenmerk] for kenmerk in kenmerken if kenmerk in t.bij_kenmerk), default=t.waarde)
    match t.eenheid:
        case "weken":
            return begin + timedelta(weeks=waarde)
        case "maanden":
            return begin + relativedelta(months=waarde)
        case "werkdagen":
            dag, extra = begin, kalender.gelijkgesteld().dagen
            while waarde:
                dag += timedelta(days=1)
                waarde -= kalender.is_werkdag(dag, extra)
            return dag
    return begin + timedelta(days=waarde)


def _binnen(t: Termijn) -> str:
    vanaf = "de ontvangst" if t.vanaf == "ontvangen" else f"stap {int(t.vanaf[-2:])}"
    return f"{t.in_woorden()} na {vanaf}"
