"""Which klachten a number counts: what a figure was asked, so that a list can show exactly those.

It goes along in an address, as ids and dates only: a link from a figure opens the same list tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from klachten.analyse.basis.geteld import Geteld
from klachten.analyse.basis.kengetallen import opdracht
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.proces.proces import sleutels
from klachten.analyse.termijnen.naleving import ONRIJP, RIJP, RIJP_OF_ONBESLIST, RIJP_OP_TIJD, RIJP_TE_LAAT
from klachten.analyse.termijnen.streven import nummers
from klachten.analyse.werk import telsoorten
from klachten.analyse.werk.telsoorten import SOORTEN
from klachten.periode import Periode
from klachten.reglement import Reglement
from klachten.taal import aantal as taal_aantal
from klachten.taal import datum

EINDEN = {
    "open": "nog open",
    "afgesloten": "afgesloten",
    "niet in behandeling": "niet in behandeling genomen",
    "ingetrokken": "ingetrokken",
}
STANDEN = (
    "op tijd", "te laat", "te laat, nog open", "loopt", "n.v.t.", "onbepaald", "onbepaald, termijn verstreken",
    "ongeldig",
)  # fmt: skip
_IS_RIJP = "is_rijp(t.status, is_voorbij(t.uiterlijk_op, t.gezien_op))"
DELEN_VAN_TERMIJN = {
    RIJP: _IS_RIJP,
    RIJP_OP_TIJD: f"{_IS_RIJP} AND t.status = 'op tijd'",
    RIJP_TE_LAAT: f"{_IS_RIJP} AND t.status <> 'op tijd'",
    RIJP_OF_ONBESLIST: f"({_IS_RIJP} OR t.status = 'onbepaald, termijn verstreken')",
    ONRIJP: "is_onrijp(t.status, is_voorbij(t.uiterlijk_op, t.gezien_op))",
}
"""What the headline of a term is made of; not one stand, so these are no choice in the list."""
OVER = "over de termijn"
"""Late, done or not, or nobody decided in time whether the term applies: what page Termijnen lists."""
STATUS = {
    "alles": "",
    "lopend": "loopt nog",
    "ontvangen": "ontvangen",
    "in onderzoek": "in onderzoek",
    "in behandeling": "in behandeling",
    "afgesloten": "afgesloten",
    "niet in behandeling": "niet in behandeling genomen",
    "ingetrokken": "ingetrokken",
    "vervallen": "vervallen",
}


OP = {"ontvangst": "ontvangen", "einde": "beëindigd", "termijn": "met de laatste dag van de termijn"}
_DEEL = "t_d_"
_WOORDEN = ("status", "einde", "oordeel", "termijn", "stand", "wat")
_WAARDE = re.compile(r"[\w .,|/+-]{0,2000}")


@dataclass(frozen=True, kw_only=True)
class Telling:
    """The klachten of one number as of a day; what is empty is not asked. Vervallen klachten count nowhere.

    `op`: the period holds the day of receipt (ontvangst), that of the end (einde) or the last day of `termijn`.
    `status` as of that day; only 'alles' and 'vervallen' are with vervallen klachten. `stand` is how `termijn`, or any
    term, stands, `stap` the step at which an open klacht stays. `wat` is what is counted when that
    is no klacht, one of telsoorten.SOORTEN, and `deel` which of them. Raises ValueError for what no figure asks.
    """

    peildatum: date
    periode: Periode | None = None
    filter: Filter = field(default_factory=Filter)
    op: str = "ontvangst"
    status: str = ""
    einde: str = ""
    uitkomst: str | None = None
    oordeel: str = ""
    termijn: str = ""
    stand: str = ""
    stap: int | None = None
    wat: str = ""
    deel: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.op not in OP or self.einde not in ("", *EINDEN):
            raise ValueError("Deze telling bestaat niet.")
        if self.status not in ("", *STATUS) or self.stand not in ("", *STANDEN, *DELEN_VAN_TERMIJN, OVER):
            raise ValueError("Deze telling bestaat niet.")
        if self.stap is not None and not 1 <= self.stap <= 18:
            raise ValueError("Deze stap bestaat niet.")
        # Ids are checked as those of a filter are: they become parameters, and stand in an address.
        for id in (self.uitkomst, self.oordeel, self.termijn):
            if id:
                Filter(categorie=id)
        deel = dict(self.deel)
        if (deel and not self.wat) or (self.wat and not (self.wat in SOORTEN and SOORTEN[self.wat].kan(deel))):
            raise ValueError("Deze telling bestaat niet.")
        if not all(_WAARDE.fullmatch(waarde) for waarde in deel.values()):
            raise ValueError("Een telling kiest op wat het register kent, niet op vrije tekst.")
        telsoorten.parameters(deel, self.peildatum)
        if self.wat:
            # An address that was cut off or changed by hand: what cannot be said in words is no telling (KeyError too).
            SOORTEN[self.wat].zegt(deel, None)

    @classmethod
    def van(cls, wat: str, peildatum: date, periode: Periode | None, filter: Filter, **deel: str) -> Telling:
        """Return the klachten behind a number of something else than klachten: maatregelen, disputes, steps."""
        return cls(peildatum=peildatum, periode=periode, filter=filter, wat=wat, deel=tuple(sorted(deel.items())))

    @classmethod
    def achter(cls, geteld: Geteld, peildatum: date, periode: Periode | None, filter: Filter) -> Telling:
        """Return the klachten behind a count of a sentence; what it leaves out is what the sentence was asked for."""
        return cls(**{"peildatum": peildatum, "periode": periode, "filter": filter, **dict(geteld.vraag)})

    def vraag(self, cursor: DuckDBPyConnection) -> tuple[str, dict[str, Any]]:
        """Return the SQL that gives each klachtnummer with `keer`, how often it counts, and its parameters."""
        if self.wat:
            return self._andere(cursor)
        sql, waarden = opdracht(
            "getelde_klachten",
            peildatum=self.peildatum,
            periode=self.periode,
            filter=self.filter,
            op=self.op,
            bij_status=self.status or None,
            bij_einde=self.einde or None,
            bij_uitkomst=self.uitkomst,
            bij_oordeel=self.oordeel or None,
            bij_stap=self.stap,
        )
        tekst = f"SELECT g.klachtnummer, 1 AS keer FROM ({sql}) AS g"
        if self.termijn or self.stand or self.op == "termijn":
            termijnen, meer = self._termijnen()
            return f"{tekst} WHERE g.klachtnummer IN ({termijnen})", waarden | meer
        return tekst, waarden

    def _termijnen(self) -> tuple[str, dict[str, Any]]:
        """Return the klachten by one of their terms; asked only where a term is, for all terms take time."""
        over = self.stand == OVER
        sql = "termijnoverschrijdingen($peildatum, NULL, NULL, NULL)" if over else "termijnen($peildatum)"
        waar, waarden = ["TRUE"], dict[str, Any](peildatum=self.peildatum)
        if self.termijn:
            waar.append("t.termijn = $bij_termijn")
            waarden["bij_termijn"] = self.termijn
        if deel := DELEN_VAN_TERMIJN.get(self.stand):
            waar.append(deel)
        elif self.stand and not over:
            waar.append("t.status = $bij_stand")
            waarden["bij_stand"] = self.stand
        if self.op == "termijn" and self.periode is not None:
            waar.append("t.uiterlijk_op BETWEEN $vanaf AND $tot")
            waarden |= self.periode.parameters
        return f"SELECT t.klachtnummer FROM {sql} AS t WHERE {' AND '.join(waar)}", waarden

    def _andere(self, cursor: DuckDBPyConnection) -> tuple[str, dict[str, Any]]:
        """Return the same for what is no klacht: the rows that the figure counts, chosen and taken together."""
        soort, deel = SOORTEN[self.wat], dict(self.deel)
        sql, waarden = opdracht(soort.vraag, peildatum=self.peildatum, periode=self.periode, filter=self.filter)
        waar, keer = [soort.velden[naam] for naam in deel], "COUNT(*)"
        if soort.dag and self.periode is not None:
            waarden |= self.periode.parameters
            waar.append(f"r.{soort.dag} BETWEEN $vanaf AND $tot")
        if self.wat == "beweging" and deel["soort"].startswith("open_"):
            # What stands open is the sum of all that happened before.
            keer = telsoorten.OPEN
            tot = self.periode.parameters if self.periode else {"vanaf": self.peildatum, "tot": self.peildatum}
            waar = ["r.op < $vanaf"] if deel["soort"] == "open_begin" else ["r.op <= $tot"]
            waarden = {naam: w for naam, w in (waarden | tot).items() if naam not in ("vanaf", "tot")}
            waarden |= {"vanaf": tot["vanaf"]} if deel["soort"] == "open_begin" else {"tot": tot["tot"]}
            del deel["soort"]
        waarden |= telsoorten.parameters(deel, self.peildatum)
        if self.wat == "sporen" and deel.keys() & {"volgt", "anders"}:
            # Whether an order follows the reglement is computed in Python, once per order.
            del waarden["d_volgt" if "volgt" in deel else "d_anders"]
            waarden["sleutels"] = sleutels(
                cursor, peildatum=self.peildatum, periode=self.periode, filter=self.filter,
                volgt=deel.get("volgt", ""), anders=deel.get("anders", ""),
            )  # fmt: skip
        if self.wat == "streven":
            waarden = {naam: w for naam, w in waarden.items() if naam not in ("d_doel", "d_stand")}
            waarden["nummers"] = nummers(
                cursor, doel=deel["doel"], stand=deel["stand"],
                peildatum=self.peildatum, periode=self.periode, filter=self.filter,
            )  # fmt: skip
        tekst = f"SELECT r.klachtnummer, {keer} AS keer FROM ({sql}) AS r WHERE {' AND '.join(waar) or 'TRUE'}"
        return f"{tekst} GROUP BY r.klachtnummer HAVING {keer} > 0", waarden

    def aantal(self, cursor: DuckDBPyConnection) -> int:
        """Return how many klachten these are, for whoever looks."""
        return self.aantallen(cursor)[0]

    def aantallen(self, cursor: DuckDBPyConnection) -> tuple[int, int]:
        """Return how many klachten these are, and the number of the figure: one klacht can have two maatregelen."""
        sql, waarden = self.vraag(cursor)
        klachten, keren = cursor.execute(
            f"SELECT COUNT(*), COALESCE(SUM(a.keer), 0) FROM ({sql}) AS a", waarden
        ).fetchall()[0]
        return klachten, int(keren)

    @property
    def adres(self) -> dict[str, str]:
        """Return it as it stands in an address; `lees` reads it again."""
        uit = {"telling": self.peildatum.isoformat()}
        if self.periode is not None:
            uit["t_periode"] = self.periode.sleutel
        for veld in fields(self.filter):
            waarde = getattr(self.filter, veld.name)
            if waarde is not None:
                uit[f"t_{veld.name}"] = waarde
        for naam in (*_WOORDEN, "stap"):
            if waarde := getattr(self, naam):
                uit[f"t_{naam}"] = str(waarde)
        if self.uitkomst is not None:
            uit["t_uitkomst"] = self.uitkomst or "-"
        if self.op != "ontvangst":
            uit["t_op"] = self.op
        # Nothing is written as -, so that it is not lost from the address.
        return uit | {f"{_DEEL}{naam}": waarde or "-" for naam, waarde in self.deel}

    @classmethod
    def lees(cls, adres: Mapping[str, str]) -> Telling | None:
        """Return the telling of an address; None when there is none, or one that cannot be."""
        try:
            uitkomst = adres.get("t_uitkomst")
            deel = {naam.removeprefix(_DEEL): waarde for naam, waarde in adres.items() if naam.startswith(_DEEL)}
            return cls(
                peildatum=date.fromisoformat(adres["telling"]),
                periode=Periode.lees(adres["t_periode"]) if "t_periode" in adres else None,
                filter=Filter(**{veld.name: adres.get(f"t_{veld.name}") for veld in fields(Filter)}),
                op=adres.get("t_op", "ontvangst"),
                uitkomst="" if uitkomst == "-" else uitkomst,
                stap=int(adres["t_stap"]) if "t_stap" in adres else None,
                deel=tuple(sorted((naam, "" if waarde == "-" else waarde) for naam, waarde in deel.items())),
                **{naam: adres.get(f"t_{naam}", "") for naam in _WOORDEN},
            )
        except (KeyError, ValueError):
            return None

    def in_woorden(self, reglement: Reglement | None = None) -> str:
        """Say which klachten these are: 'ontvangen in 2025, nog open, zoals het op 31 december 2025 stond'."""
        delen = [] if self.filter.leeg else [self.filter.in_woorden(reglement)]
        if self.wat:
            soort = SOORTEN[self.wat]
            delen.insert(0, soort.zegt(dict(self.deel), reglement))
            if self.periode is not None:
                wanneer = "in {}" if soort.dag else "ontvangen in {}" if soort.zelf else "bij klachten van {}"
                delen.append(wanneer.format(self.periode.naam))
            wie = f"{soort.meer}: {', '.join(deel for deel in delen if deel)}"
            return f"{wie}, zoals het op {datum(self.peildatum)} stond"
        if self.periode is not None:
            delen.append(f"{OP[self.op]} in {self.periode.naam}")
        delen += [STATUS[self.status]] if STATUS.get(self.status) else []
        delen += [EINDEN[self.einde]] if self.einde else []
        if self.uitkomst is not None:
            naam = reglement.naam_van("uitkomsten", self.uitkomst) if reglement and self.uitkomst else self.uitkomst
            delen.append(f"uitkomst {naam}" if naam else "zonder uitkomst")
        if self.oordeel:
            naam = reglement.naam_van("oordelen", self.oordeel) if reglement else self.oordeel
            delen.append(f"oordeel {naam.lower()}")
        if self.termijn or self.stand:
            namen = {t.id: t.naam for t in reglement.termijnen} if reglement else {}
            naam = namen.get(self.termijn, self.termijn) or "een termijn"
            delen.append(f"{naam}: {self.stand or 'met deze termijn'}")
        if self.stap is not None:
            delen.append(f"wacht bij stap {self.stap}")
        return f"{', '.join(delen) or 'alle klachten'}, zoals het op {datum(self.peildatum)} stond"

    def telt(self, keren: int) -> str:
        """Say what a number counts when that is no klacht: '35 maatregelen'; empty for klachten."""
        soort = SOORTEN.get(self.wat)
        return taal_aantal(keren, soort.een, soort.meer) if soort else ""
