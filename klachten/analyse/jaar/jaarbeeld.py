"""The picture of one year on a peildatum: every figure that the page, the report and the workbook show (step 16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from klachten.analyse.basis.kalender import LAATST
from klachten.analyse.basis.kengetallen import Rijen, rijen_van, vraag_aan
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.jaar import delen
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.jaar.bevindingen import bevindingen
from klachten.analyse.opvolging.opvolging import geschillen_van, maatregelen_van
from klachten.analyse.termijnen.naleving import termijnen_van
from klachten.analyse.termijnen.wachttijd import doorlooptijd
from klachten.reglement import Reglement


def jaarbeeld(
    cursor: DuckDBPyConnection,
    jaar: int,
    peildatum: date,
    *,
    filter: Filter = ALLES,
    reglement: Reglement | None = None,
) -> Jaarbeeld:
    """Return everything about a year as it stood on the peildatum; `reglement` gives the names of what has an id.

    Raises ValueError for a year that begins after the peildatum.
    """
    if date(jaar, 1, 1) > peildatum:
        raise ValueError(f"{jaar} begint pas na de peildatum {peildatum:%d-%m-%Y}: er is nog niets om te tonen.")

    def vraag(sql: str, van_jaar: int | None = None) -> Rijen:
        return rijen_van(cursor, sql, peildatum=peildatum, jaar=van_jaar, filter=filter)

    stroom, geschil = vraag("stroom"), vraag("geschillen")
    per_kenmerk = _per_kenmerk(vraag("samenstelling"))
    omvang = _omvang(cursor, per_kenmerk["vestiging"], peildatum, filter)
    per_jaar = delen.intensiteit_per_jaar(omvang, jaar, peildatum)
    vergelijking = delen.vergelijk(per_jaar, jaar, min((rij["jaar"] for rij in omvang), default=None))
    nu, vorig = (delen.per_categorie(per_kenmerk["categorie"], reglement, jr) for jr in (jaar, jaar - 1))
    categorieen, pareto = delen.vergelijk_categorieen(nu, vorig, reglement, vergelijking)
    looptijden = vraag("doorlooptijden", jaar)

    def vergeleken(lijst: str, kenmerk: str) -> pd.DataFrame:
        namen = {keuze.id: keuze.naam for keuze in reglement.keuzes(lijst)} if reglement else {}
        return delen.naar_jaar(per_kenmerk[kenmerk], kenmerk, namen, jaar)

    beeld = Jaarbeeld(
        jaar=jaar,
        peildatum=peildatum,
        filter=filter,
        volledig=peildatum >= date(jaar, *LAATST),
        stroom=delen.stroom_van(stroom, jaar, peildatum),
        stroom_vorig=delen.stroom_van(stroom, jaar - 1, peildatum),
        stroom_per_vestiging=_met_naam(
            [r for r in stroom if r["jaar"] == jaar], reglement, "vestigingen", "vestiging", STROOM
        ),
        stroom_per_jaar=_stroom_per_jaar(stroom, peildatum),
        intensiteit=_tabel([vars(deel) for deel in per_jaar]),
        intensiteit_per_vestiging=_per_vestiging(omvang, jaar, peildatum, reglement),
        vergelijking=vergelijking,
        trend=delen.trend(per_jaar),
        gewijzigde_categorieen=delen.gewijzigde_categorieen(reglement, jaar),
        termijnen=termijnen_van(vraag("termijntarieven", jaar), jaar),
        categorieen=categorieen,
        pareto=pareto,
        categorie_uitkomst=_met_naam(
            vraag("categorie_uitkomst", jaar),
            reglement,
            "categorieen",
            "categorie",
            ("categorie", "einde", "uitkomst", "oordeel", "klachten"),
        ),
        indieners=vergeleken("indiener_soorten", "indiener_soort"),
        kanalen=vergeleken("kanalen", "kanaal"),
        vestigingen=vergeleken("vestigingen", "vestiging"),
        niet_in_behandeling=_met_naam(
            vraag("niet_in_behandeling_gronden", jaar),
            reglement,
            "gronden_niet_in_behandeling",
            "grond",
            ("jaar", "grond", "klachten"),
        ),
        geschillen=geschillen_van(geschil, jaar),
        geschillen_vorig=geschillen_van(geschil, jaar - 1),
        doorlooptijden={maat: doorlooptijd(looptijden, maat) for maat in ("bevestiging", "afsluiting")},
        maatregelen=maatregelen_van(vraag("maatregelen_opvolging", jaar)),
        verbeteracties=vraag_aan(cursor, "verbeteracties_opvolging", peildatum=peildatum, filter=filter),
    )
    return replace(beeld, bevindingen=bevindingen(beeld, reglement))


STROOM = ("jaar", "vestiging", *delen.BEWEGINGEN)


def _per_kenmerk(rijen: Rijen) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of question samenstelling by characteristic."""
    uit: dict[str, list[dict[str, Any]]] = {naam: [] for naam in ("vestiging", "categorie", "indiener_soort", "kanaal")}
    for rij in rijen:
        uit[rij["kenmerk"]].append(dict(rij))
    return uit


def _omvang(cursor: DuckDBPyConnection, per_vestiging: Rijen, peildatum: date, filter: Filter) -> list[dict[str, Any]]:
    """Return the rows of question intensiteit from klachten that were counted already, not counted twice."""
    samen = {
        (rij["jaar"], rij["waarde"]): {
            "jaar": rij["jaar"], "vestiging": rij["waarde"], "klachten": rij["klachten"], "trajecten": None
        }
        for rij in per_vestiging
    }  # fmt: skip
    for jaar, vestiging, aantal in cursor.execute(
        "SELECT t.jaar, t.vestiging, t.aantal FROM trajecten AS t "
        "WHERE t.jaar <= $jaar AND ($vestiging IS NULL OR t.vestiging = $vestiging)",
        {"jaar": peildatum.year, "vestiging": filter.vestiging},
    ).fetchall():
        leeg = {"jaar": jaar, "vestiging": vestiging, "klachten": 0}
        samen.setdefault((jaar, vestiging), leeg)["trajecten"] = aantal
    return [samen[sleutel] for sleutel in sorted(samen)]


def _tabel(rijen: Rijen, kolommen: Sequence[str] | None = None) -> pd.DataFrame:
    return pd.DataFrame([dict(rij) for rij in rijen], columns=kolommen)


def _met_naam(
    rijen: Rijen, reglement: Reglement | None, lijst: str, kolom: str, kolommen: Sequence[str]
) -> pd.DataFrame:
    """Return the rows as a table with the name of an id beside it."""
    plaats = kolommen.index(kolom) + 1
    met = [{**rij, "naam": naam_van(reglement, lijst, rij[kolom])} for rij in rijen]
    return _tabel(met, [*kolommen[:plaats], "naam", *kolommen[plaats:]])


def _stroom_per_jaar(rijen: Rijen, peildatum: date) -> pd.DataFrame:
    jaren = sorted({rij["jaar"] for rij in rijen})
    return _tabel(
        [vars(delen.stroom_van(rijen, jaar, peildatum)) for jaar in jaren], ["jaar", "tot", *delen.BEWEGINGEN]
    )


def _per_vestiging(omvang: Rijen, jaar: int, peildatum: date, reglement: Reglement | None) -> pd.DataFrame:
    """Return the intensity of each vestiging in one year; no rate in a year that is not over."""
    regels = [
        {
            "vestiging": vestiging,
            "naam": naam_van(reglement, "vestigingen", vestiging),
            **vars(delen.intensiteit_van([rij for rij in omvang if rij["vestiging"] == vestiging], jaar, peildatum)),
        }
        for vestiging in sorted({rij["vestiging"] for rij in omvang})
    ]
    velden = [veld.name for veld in fields(delen.Jaarintensiteit)]
    return _tabel(regels, ["vestiging", "naam", *velden])
