"""The figures of a period as plain data: what an evaluation freezes and what the report is made from (step 16).

One canonical JSON text per set of figures (sorted keys, no spaces, figures rounded to ten decimals), so that the same
register and peildatum give the same bytes and one hash stands for them. Names of choices are kept beside their ids:
a later change of the reglement does not change what was frozen. Infinity is the text "inf"; dates are ISO.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from klachten.analyse.basis.zinnen import Bevinding
from klachten.analyse.jaar import kern
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.jaar.claims import als_cijfers
from klachten.analyse.termijnen.naleving import Naleving
from klachten.analyse.termijnen.netto import Netto
from klachten.analyse.termijnen.wachttijd import Doorlooptijd
from klachten.analyse.termijnen.zinnen import zin
from klachten.periode import Periode
from klachten.reglement import Reglement

FORMAAT = 1
DECIMALEN = 10
AANTALLEN = {"klachten", "trajecten", "vorig"}

Cijfers = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Herkomst:
    """On what the figures were counted: the register up to a fact and its seal, the reglement and the software."""

    zegel: str
    aantal_feiten: int
    software_versie: str


class OngeldigeCijfers(ValueError):
    """A text that does not hold figures of this format; the sentence is Dutch."""


def cijfers(beeld: Jaarbeeld, reglement: Reglement, herkomst: Herkomst, zonder_wachten: Mapping[str, Netto]) -> Cijfers:
    """Return every figure of a period as plain data: dicts, lists, text, numbers, None.

    `zonder_wachten`: the durations of `beeld` without waiting for the indiener, by the same names.
    """
    # The rules of the period itself, not of the day on which one looks back.
    versie = reglement.versie_op(min(beeld.periode.laatste, beeld.peildatum))
    uit = {
        "formaat": FORMAAT,
        "jaar": beeld.jaar,
        "periode": beeld.periode.sleutel,
        "peildatum": beeld.peildatum,
        "volledig": beeld.volledig,
        "eerste_jaar": beeld.eerste_jaar,
        "filter": asdict(beeld.filter),
        "klachten": beeld.klachten,
        "herkomst": {**asdict(herkomst), "reglement_versie": versie},
        "reglement": _reglement(reglement.op(versie), versie, beeld.periode.eerste),
        "stroom": asdict(beeld.stroom),
        "stroom_vorig": asdict(beeld.stroom_vorig) if beeld.stroom_vorig else None,
        "stroom_per_vestiging": beeld.stroom_per_vestiging,
        "intensiteit": beeld.intensiteit,
        "intensiteit_per_vestiging": beeld.intensiteit_per_vestiging,
        "vergelijking": _vergelijking(beeld),
        "trend": als_cijfers(beeld.trend),
        "maandbeeld": {
            "zin": beeld.maandbeeld.zin,
            "voorbehoud": beeld.maandbeeld.voorbehoud,
            "opvallend": beeld.maandbeeld.opvallend,
            "oordeel": beeld.maandbeeld.oordeel,
        },
        "gewijzigde_categorieen": beeld.gewijzigde_categorieen,
        "termijnen": [_termijn(regel) for regel in beeld.termijnen],
        "categorieen": beeld.categorieen,
        "categorie_uitkomst": _uitkomsten(beeld.categorie_uitkomst, reglement),
        "indieners": beeld.indieners,
        "kanalen": beeld.kanalen,
        "vestigingen": beeld.vestigingen,
        "niet_in_behandeling": beeld.niet_in_behandeling,
        "geschillen": _geschillen(beeld.geschillen, reglement),
        "geschillen_vorig": _geschillen(beeld.geschillen_vorig, reglement) if beeld.geschillen_vorig else None,
        "doorlooptijden": {
            maat: _looptijd(d) | {"netto": _netto(zonder_wachten[maat])} for maat, d in beeld.doorlooptijden.items()
        },
        "maatregelen": beeld.maatregelen,
        "verbeteracties": _verbeteracties(beeld.verbeteracties, reglement),
        "bevindingen": [_bevinding(bevinding) for bevinding in beeld.bevindingen],
        # Without the evaluation itself: that is what these figures are for.
        "te_beslissen": [besluit.zin for besluit in kern.te_beslissen(beeld)],
    }
    return _plain(uit)


def _bevinding(bevinding: Bevinding) -> dict[str, Any]:
    """Return what is kept of a finding; the lists behind its counts are of the register, which goes on."""
    return {naam: waarde for naam, waarde in vars(bevinding).items() if naam != "achter"}


def periode_van(cijfers: Cijfers) -> Periode:
    """Return what the figures are about; those frozen before there were other periods are of a calendar year."""
    return Periode.lees(cijfers["periode"]) if "periode" in cijfers else Periode.van_jaar(cijfers["jaar"])


def to_json(cijfers: Cijfers) -> bytes:
    """Return the one text of these figures: canonical JSON in UTF-8."""
    return json.dumps(cijfers, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def from_json(inhoud: bytes) -> Cijfers:
    """Return frozen figures again; OngeldigeCijfers when they are not of this format."""
    try:
        gelezen = json.loads(inhoud)
    except ValueError as fout:
        raise OngeldigeCijfers(f"De bevroren cijfers zijn niet te lezen: {fout}.") from fout
    if not isinstance(gelezen, dict) or gelezen.get("formaat") != FORMAAT:
        formaat = gelezen.get("formaat") if isinstance(gelezen, dict) else None
        raise OngeldigeCijfers(f"De bevroren cijfers hebben formaat {formaat}; deze versie kent formaat {FORMAAT}.")
    return gelezen


def _reglement(reglement: Reglement, versie: date, eerste: date) -> Cijfers:
    """The rules as they were in the end, and beside them a term that was another one earlier in the period."""
    geldend = reglement.termijnen_van(versie)
    eerder = [t for t in reglement.termijnen if t.geldig_tot is not None and eerste <= t.geldig_tot < versie]
    anders = [t for t in eerder if not any(t.zelfde_als(nu) for nu in geldend)]
    termijnen = [
        {
            "naam": t.naam if t in geldend else f"{t.naam} (ontvangen tot en met {t.geldig_tot:%d-%m-%Y})",
            "stap": t.stap,
            "waarde": t.waarde,
            "eenheid": t.eenheid,
            "vanaf": t.vanaf,
            "geldt": t.geldt,
            "bij_kenmerk": dict(t.bij_kenmerk),
            "verlenging": asdict(t.verlenging) if t.verlenging else None,
        }
        for t in (*geldend, *anders)
    ]
    return {
        "id": reglement.id,
        "naam": reglement.naam,
        "organisatie": reglement.organisatie,
        "versie": versie,
        "verschuift_bij_vrije_dag": reglement.verschuift_bij_vrije_dag,
        "termijnen": termijnen,
    }


def _vergelijking(beeld: Jaarbeeld) -> Cijfers:
    v = beeld.vergelijking
    uit = asdict(v)
    if v.ratio is not None:
        uit["ratio"] |= {"zin": v.ratio.zin, "toeval_uitgesloten": v.ratio.toeval_uitgesloten}
    return uit


def _termijn(regel: Naleving) -> Cijfers:
    delen = ("totaal", "nog_niet_rijp", "overschreden", "kop", "tarief", "ondergrens")
    return asdict(regel) | {naam: getattr(regel, naam) for naam in delen} | {"zin": zin(regel)}


def _uitkomsten(tabel: pd.DataFrame, reglement: Reglement) -> list[Cijfers]:
    """Return one row per categorie and way in which it ended, with the words a reader sees for that end."""
    tellen: dict[tuple[str, str], int] = {}
    for rij in tabel.to_dict("records"):
        afloop = str(rij["einde"])
        if afloop == "afgesloten":
            afloop = reglement.naam_van("uitkomsten", rij["uitkomst"]) if rij["uitkomst"] else "Afgesloten"
        # As the category is called today, as in the table of categories.
        nu = reglement.nu_geheten("categorieen", rij["categorie"])
        sleutel = (reglement.naam_van("categorieen", nu), afloop.capitalize())
        tellen[sleutel] = tellen.get(sleutel, 0) + int(rij["klachten"])
    return [{"categorie": c, "afloop": a, "klachten": n} for (c, a), n in sorted(tellen.items())]


def _geschillen(geschillen: Any, reglement: Reglement) -> Cijfers:
    uit = asdict(geschillen)
    uit["oordelen"] = [
        {"oordeel": id, "naam": reglement.naam_van("oordelen", id), "aantal": n}
        for id, n in sorted(geschillen.oordelen.items())
    ]
    return uit


def _verbeteracties(tabel: pd.DataFrame, reglement: Reglement) -> list[Cijfers]:
    uit = []
    for rij in tabel.to_dict("records"):
        verandering = rij["verandering"]
        rij["categorie_naam"] = reglement.naam_van("categorieen", rij["categorie"]) if rij["categorie"] else ""
        rij["verandering_naam"] = (
            reglement.naam_van("veranderingen", verandering) if isinstance(verandering, str) and verandering else ""
        )
        uit.append(rij)
    return uit


def _looptijd(d: Doorlooptijd) -> Cijfers:
    """Return the curve without the days on which too few were at risk to show it."""
    return {
        "n": d.n,
        "gebeurtenissen": d.gebeurtenissen,
        "anders": d.anders,
        "lopend": d.lopend,
        "mediaan": d.mediaan,
        "mediaan_laag": d.mediaan_laag,
        "mediaan_hoog": d.mediaan_hoog,
        "curve": d.curve[["dag", "onder_risico", "kans", "laag", "hoog"]],
    }


def _netto(zonder: Netto) -> Cijfers:
    """Return what was waited for the indiener, and the same duration without that."""
    d = zonder.looptijd
    return {
        "klachten": zonder.klachten,
        "met_wachten": zonder.met_wachten,
        "gewacht": zonder.gewacht,
        "wacht_nog": zonder.wacht_nog,
        "mediaan": d.mediaan,
        "mediaan_laag": d.mediaan_laag,
        "mediaan_hoog": d.mediaan_hoog,
    }


def _plain(waarde: Any) -> Any:
    """Return a value as JSON knows it: the figures of pandas and numpy as plain numbers, what is missing as None."""
    if isinstance(waarde, pd.DataFrame):
        # A column of whole numbers with one missing comes out as decimals.
        heel = waarde.astype(dict.fromkeys(AANTALLEN & set(waarde.columns), object))
        return [_rij(rij) for rij in heel.to_dict("records")]
    if is_dataclass(waarde) and not isinstance(waarde, type):
        return {naam: _plain(deel) for naam, deel in vars(waarde).items() if not naam.startswith("_")}
    if isinstance(waarde, Mapping):
        return {str(naam): _plain(deel) for naam, deel in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [_plain(deel) for deel in waarde]
    if waarde is None or waarde is pd.NA or waarde is pd.NaT:
        return None
    if isinstance(waarde, bool | np.bool_):
        return bool(waarde)
    if isinstance(waarde, int | np.integer):
        return int(waarde)
    if isinstance(waarde, float | np.floating):
        return _getal(float(waarde))
    if isinstance(waarde, date):  # a Timestamp too: only its day counts
        return waarde.strftime("%Y-%m-%d") if pd.notna(waarde) else None
    if isinstance(waarde, pd.Timedelta | np.timedelta64):
        return int(pd.Timedelta(waarde).days)
    return str(waarde)


def _rij(rij: Mapping[Any, Any]) -> Cijfers:
    return {
        str(naam): int(deel) if naam in AANTALLEN and pd.notna(deel) else _plain(deel) for naam, deel in rij.items()
    }


def _getal(waarde: float) -> float | str | None:
    if math.isnan(waarde):
        return None
    if math.isinf(waarde):
        return "inf" if waarde > 0 else "-inf"
    return round(waarde, DECIMALEN)
