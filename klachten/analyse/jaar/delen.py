"""The parts of a Jaarbeeld: the flow of a period, its intensity against earlier years, and its categories.

Plain functions on the rows that the questions return; nothing here reads the register. `jaar` is the year in which the
period of a row begins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from klachten.analyse import statistiek
from klachten.analyse.basis.kengetallen import Rijen
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.trajecten import Omvang
from klachten.analyse.statistiek import (
    Pareto,
    PoissonTrend,
    RateRatio,
    WaarneembareVerandering,
)
from klachten.periode import Periode, Wanneer, als_periode
from klachten.reglement import Reglement
from klachten.taal import hoofdletter, opsomming


@dataclass(frozen=True, kw_only=True)
class Stroom:
    """What came in and what went out in one period; `tot` is its last day, or the peildatum while it runs."""

    jaar: int
    tot: date
    open_begin: int = 0
    ontvangen: int = 0
    heropend: int = 0
    afgesloten: int = 0
    niet_in_behandeling: int = 0
    ingetrokken: int = 0
    vervallen: int = 0
    open_einde: int = 0

    @property
    def erbij(self) -> int:
        """Open at the start, received and reopened."""
        return self.open_begin + self.ontvangen + self.heropend

    @property
    def beeindigd(self) -> int:
        """Everything that ended in the period."""
        return self.afgesloten + self.niet_in_behandeling + self.ingetrokken + self.vervallen

    @property
    def sluit(self) -> bool:
        """Whether the book-keeping balances, which it always must."""
        return self.erbij == self.beeindigd + self.open_einde


BEWEGINGEN = (
    "open_begin", "ontvangen", "heropend", "afgesloten", "niet_in_behandeling", "ingetrokken", "vervallen",
    "open_einde", )  # fmt: skip


def stroom_van(rijen: Rijen, wanneer: Wanneer, peildatum: date) -> Stroom:
    """Return the flow of one period, all vestigingen together, from the rows of question stroom."""
    periode = als_periode(wanneer)
    aantallen = {naam: sum(rij[naam] for rij in rijen if rij["jaar"] == periode.jaar) for naam in BEWEGINGEN}
    return Stroom(jaar=periode.jaar, tot=min(periode.laatste, peildatum), **aantallen)


@dataclass(frozen=True, kw_only=True)
class Vergelijking:
    """This period against the one before; `waarom_niet` says why `ratio` and `waarneembaar` are None.

    `klachten_vorig` is None when the register was not in use yet: that is no 0. `oordeel` is what may be said of the
    ratio, `opvallend` whether it stands out and `waarneembaar` what would, now that it is one of the claims of a year:
    see claims.py.
    """

    jaar: int
    klachten: int
    klachten_vorig: int | None
    trajecten: int | None
    trajecten_vorig: int | None
    ratio: RateRatio | None = None
    waarneembaar: WaarneembareVerandering | None = None
    waarom_niet: str = ""
    oordeel: str = ""
    opvallend: bool = False


@dataclass(frozen=True, kw_only=True)
class Jaarintensiteit:
    """One period, or one vestiging in it: klachten against trajecten.

    `trajecten` is None, and with it the rate, while a vestiging has none entered, whether it had klachten or not.
    `volledig` is False while it runs, when the trajecten are those of the whole of it: no rate yet. `klachten` is None
    in one before the register was in use. `periode` is what a reader calls it.
    """

    jaar: int
    periode: str
    klachten: int | None
    trajecten: int | None
    per_100: float | None
    laag: float | None
    hoog: float | None
    volledig: bool
    opmerking: str


def intensiteit_van(klachten: int, omvang: Omvang, jaar: int, peildatum: date) -> Jaarintensiteit:
    """Return the intensity of the period of one year, of all vestigingen of `omvang` together."""
    periode = omvang.periode.in_jaar(jaar)
    trajecten, volledig = omvang.trajecten(jaar), periode.is_om(peildatum)
    opmerking = omvang.waarom_niet(jaar) if volledig else f"{periode.met_lidwoord} is nog niet om"
    maat = statistiek.garwood(klachten, trajecten) if trajecten and volledig else None
    return Jaarintensiteit(
        jaar=jaar,
        periode=periode.kort,
        klachten=klachten if omvang.in_gebruik(jaar) else None,
        trajecten=trajecten,
        per_100=maat.intensiteit if maat else None,
        laag=maat.laag if maat else None,
        hoog=maat.hoog if maat else None,
        volledig=volledig,
        opmerking=opmerking if omvang.in_gebruik(jaar) else "het register was nog niet in gebruik",
    )


def intensiteit_per_jaar(
    klachten: Mapping[int, int], omvang: Omvang, jaar: int, peildatum: date
) -> tuple[Jaarintensiteit, ...]:
    """Return the period of every year with klachten or trajecten, and in any case this one and the one before."""
    p = omvang.periode
    jaren = sorted({*klachten, *omvang.per_jaar, jaar - p.stap, jaar})
    begonnen = [jr for jr in jaren if p.in_jaar(jr).eerste <= peildatum]
    return tuple(intensiteit_van(klachten.get(jr, 0), omvang, jr, peildatum) for jr in begonnen)


def vergelijk(per_jaar: Sequence[Jaarintensiteit], periode: Periode, dispersie: float = 1.0) -> Vergelijking:
    """Return this period against the one before, as far as the numbers of trajecten allow it.

    `dispersie`: how many times the variance of chance alone the months have.
    """
    nu, vorig = (next(deel for deel in per_jaar if deel.jaar == p.jaar) for p in (periode, periode.vorige))
    basis = Vergelijking(
        jaar=periode.jaar,
        klachten=nu.klachten or 0,
        klachten_vorig=vorig.klachten,
        trajecten=nu.trajecten,
        trajecten_vorig=vorig.trajecten,
        waarom_niet=_waarom_niet(nu, vorig, periode),
    )
    if basis.waarom_niet or not nu.trajecten or not vorig.trajecten or vorig.klachten is None:
        return basis
    return replace(
        basis,
        ratio=statistiek.rate_ratio(basis.klachten, nu.trajecten, vorig.klachten, vorig.trajecten, dispersie=dispersie),
    )


def _waarom_niet(nu: Jaarintensiteit, vorig: Jaarintensiteit, periode: Periode) -> str:
    """Return in words why two periods cannot be compared; empty when they can."""
    namen = {nu.jaar: periode.naam, vorig.jaar: periode.vorige.naam}
    if not nu.volledig:
        return hoofdletter(f"{namen[nu.jaar]} is nog niet om; vergelijken met {namen[vorig.jaar]} kan pas daarna.")
    if vorig.klachten is None:
        return f"Over {namen[vorig.jaar]} staan er geen klachten en geen trajecten in het register."
    zonder = [deel for deel in (vorig, nu) if not deel.trajecten]
    if not zonder:
        return ""
    if any(deel.trajecten == 0 for deel in zonder):
        welke = opsomming(namen[deel.jaar] for deel in zonder if deel.trajecten == 0)
        return f"In {welke} waren er geen trajecten; vergelijken kan dan niet."
    reden = f" ({zonder[0].opmerking})" if len(zonder) == 1 and " voor " in zonder[0].opmerking else ""
    welke = opsomming(namen[deel.jaar] for deel in zonder)
    return f"Het aantal trajecten van {welke} is niet volledig ingevuld{reden}; vergelijken kan dan niet."


def trend(per_jaar: Sequence[Jaarintensiteit], jaar: int) -> PoissonTrend | None:
    """Return the trend over every complete period with trajecten up to this one; None with fewer than three of them."""
    regels = [
        (deel.jaar, deel.klachten, deel.trajecten)
        for deel in per_jaar
        if deel.jaar <= jaar and deel.volledig and deel.trajecten and deel.klachten is not None
    ]
    return statistiek.poisson_trend(*zip(*regels, strict=True)) if len(regels) >= 3 else None


def gewijzigde_categorieen(reglement: Reglement | None, periode: Periode) -> tuple[str, ...]:
    """Return the names of categories that were added, renamed or merged in a period."""
    if reglement is None:
        return ()
    return tuple(
        keuze.naam
        for keuze in reglement.categorieen
        if any(dag and periode.bevat(dag) for dag in (keuze.geldig_vanaf, keuze.geldig_tot))
    )


def per_categorie(rijen: Rijen, reglement: Reglement | None, jaar: int) -> dict[str, int]:
    """Return the klachten of a period per category as it is called today, every current category included."""
    tellen: dict[str, int] = {}
    if reglement is not None:
        tellen = {k.id: 0 for k in reglement.categorieen if k.opgevolgd_door is None and k.geldig_tot is None}
    for rij in rijen:
        if rij["jaar"] == jaar:
            nu = reglement.nu_geheten("categorieen", rij["waarde"]) if reglement else rij["waarde"]
            tellen[nu] = tellen.get(nu, 0) + rij["klachten"]
    return tellen


def vergelijk_categorieen(
    nu: Mapping[str, int],
    vorig: Mapping[str, int],
    reglement: Reglement | None,
    vergelijking: Vergelijking,
    dispersie: float = 1.0,
) -> tuple[pd.DataFrame, Pareto | None]:
    """Return the categories in Pareto order with last year beside them, and the Pareto itself (None without
    categories).

    Columns: categorie (id), naam, klachten, aandeel, laag, hoog (Goodman), cumulatief_aandeel, vorig, ratio and p, of
    each by itself: claims.py judges them together. `vorig` is None in the first year of the register.
    """
    ids = sorted({*nu, *vorig})
    kolommen = [
        "categorie",
        "naam",
        "klachten",
        "aandeel",
        "laag",
        "hoog",
        "cumulatief_aandeel",
        "vorig",
        "ratio",
        "p",
    ]
    if not ids:
        return pd.DataFrame(columns=kolommen), None
    namen = {id: naam_van(reglement, "categorieen", id) for id in ids}
    op_naam = {naam: id for id, naam in namen.items()}
    pareto = statistiek.pareto({namen[id]: nu.get(id, 0) for id in ids})
    ratios = {id: _ratio(nu.get(id, 0), vorig.get(id, 0), vergelijking, dispersie) for id in ids}
    tabel = pareto.regels.rename(columns={"categorie": "naam", "aantal": "klachten"})
    tabel.insert(0, "categorie", [op_naam[naam] for naam in tabel["naam"]])
    bekend = vergelijking.klachten_vorig is not None
    tabel["vorig"] = pd.Series([vorig.get(id, 0) if bekend else None for id in tabel["categorie"]], dtype=object)
    tabel["ratio"] = [ratios[id].ratio if ratios[id] else None for id in tabel["categorie"]]  # type: ignore[union-attr]
    tabel["p"] = [ratios[id].p if ratios[id] else None for id in tabel["categorie"]]  # type: ignore[union-attr]
    return tabel[kolommen], pareto


def _ratio(nu: int, vorig: int, vergelijking: Vergelijking, dispersie: float) -> RateRatio | None:
    """Return the ratio of one category; None when the years cannot be compared or there is nothing to compare."""
    if vergelijking.ratio is None or nu + vorig == 0:
        return None
    return statistiek.rate_ratio(
        nu, vergelijking.trajecten or 0, vorig, vergelijking.trajecten_vorig or 0, dispersie=dispersie
    )


def met_vorig(
    rijen: Rijen, kolom: str, namen: Mapping[str, str], periode: Periode, vorig_bekend: bool = True
) -> pd.DataFrame:
    """Return one row per value of a characteristic with klachten of the period and the one before, the most first.

    Without a period before in the register its column is None: nobody counted then, which is no 0.
    """
    waarden = list(dict.fromkeys([*namen, *(rij["waarde"] for rij in rijen)]))
    nu, vorig = (
        {rij["waarde"]: rij["klachten"] for rij in rijen if rij["jaar"] == p.jaar} for p in (periode, periode.vorige)
    )
    regels = [
        (waarde, namen.get(waarde, waarde), nu.get(waarde, 0), vorig.get(waarde, 0) if vorig_bekend else None)
        for waarde in waarden
    ]
    regels.sort(key=lambda regel: (-regel[2], regel[1]))
    tabel = pd.DataFrame(regels, columns=[kolom, "naam", "klachten", "vorig"])
    return tabel if vorig_bekend else tabel.astype({"vorig": object})
