"""The picture of one period on a peildatum: every figure that the page, the report and the workbook show (step 16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pandas as pd
from duckdb import DuckDBPyConnection

from klachten.analyse.basis import trajecten
from klachten.analyse.basis.kengetallen import Rijen, rijen_van, vraag_aan
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.basis.trajecten import Omvang
from klachten.analyse.jaar import delen
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.jaar.bevindingen import bevindingen
from klachten.analyse.jaar.veranderingen import veranderingen
from klachten.analyse.opvolging.opvolging import geschillen_van, maatregelen_van
from klachten.analyse.signalen import reeks
from klachten.analyse.termijnen.naleving import termijnen_van
from klachten.analyse.termijnen.wachttijd import doorlooptijd
from klachten.periode import Periode, Wanneer, als_periode
from klachten.reglement import Reglement
from klachten.taal import datum, hoofdletter


def jaarbeeld(
    cursor: DuckDBPyConnection,
    periode: Wanneer,
    peildatum: date,
    *,
    filter: Filter = ALLES,
    reglement: Reglement | None = None,
) -> Jaarbeeld:
    """Return everything about a period, or a calendar year, as it stood on the peildatum.

    `reglement` gives the names of what has an id. Raises ValueError for a period that begins after the peildatum.
    """
    periode = als_periode(periode)
    if periode.eerste > peildatum:
        raise ValueError(
            hoofdletter(f"{periode.naam} begint pas na de peildatum {datum(peildatum)}: er is nog niets om te tonen.")
        )

    def vraag(sql: str, **overig: Any) -> Rijen:
        return rijen_van(cursor, sql, peildatum=peildatum, periode=periode, filter=filter, **overig)

    stroom, geschil = vraag("stroom"), vraag("geschillen", reeks=True)
    per_kenmerk = _per_kenmerk(vraag("samenstelling", reeks=True))
    omvang = trajecten.omvang(cursor, peildatum=peildatum, periode=periode, filter=filter, reglement=reglement)
    kalender = omvang
    if periode.soort != "jaar":
        kalender = trajecten.omvang(cursor, peildatum=peildatum, filter=filter, reglement=reglement)
    jaar, ervoor = periode.jaar, periode.vorige.jaar
    nu, vorig = (delen.per_categorie(per_kenmerk["categorie"], reglement, jr) for jr in (jaar, ervoor))
    anders = veranderingen(
        periode=periode,
        peildatum=peildatum,
        per_jaar=_per_jaar(per_kenmerk["vestiging"]),
        per_maand=reeks.tel_maanden(cursor, peildatum=peildatum, filter=filter),
        nu=nu,
        vorig=vorig,
        omvang=omvang,
        omvang_van_maanden=kalender,
        reglement=reglement,
    )
    eerder = anders.vergelijking.klachten_vorig is not None
    looptijden = vraag("doorlooptijden")

    def vergeleken(lijst: str, kenmerk: str) -> pd.DataFrame:
        namen = {keuze.id: keuze.naam for keuze in reglement.keuzes(lijst)} if reglement else {}
        return delen.met_vorig(per_kenmerk[kenmerk], kenmerk, namen, periode, eerder)

    beeld = Jaarbeeld(
        periode=periode,
        peildatum=peildatum,
        filter=filter,
        volledig=periode.is_om(peildatum),
        eerste_jaar=omvang.eerste_jaar,
        stroom=delen.stroom_van(stroom, periode, peildatum),
        stroom_vorig=delen.stroom_van(stroom, periode.vorige, peildatum) if eerder else None,
        stroom_per_vestiging=_met_naam(
            [r for r in stroom if r["jaar"] == jaar], reglement, "vestigingen", "vestiging", STROOM
        ),
        stroom_per_jaar=_stroom_per_jaar(stroom, periode, peildatum),
        intensiteit=_met_gaten([vars(deel) for deel in anders.per_jaar]),
        intensiteit_per_vestiging=_per_vestiging(per_kenmerk["vestiging"], omvang, jaar, peildatum, reglement),
        vergelijking=anders.vergelijking,
        trend=anders.trend,
        maandbeeld=anders.maandbeeld,
        gewijzigde_categorieen=delen.gewijzigde_categorieen(reglement, periode),
        termijnen=termijnen_van(vraag("termijntarieven"), periode),
        categorieen=anders.categorieen,
        pareto=anders.pareto,
        categorie_uitkomst=_met_naam(
            vraag("categorie_uitkomst"),
            reglement,
            "categorieen",
            "categorie",
            ("categorie", "einde", "uitkomst", "oordeel", "klachten"),
        ),
        indieners=vergeleken("indiener_soorten", "indiener_soort"),
        kanalen=vergeleken("kanalen", "kanaal"),
        vestigingen=vergeleken("vestigingen", "vestiging"),
        niet_in_behandeling=_met_naam(
            vraag("niet_in_behandeling_gronden"),
            reglement,
            "gronden_niet_in_behandeling",
            "grond",
            ("jaar", "grond", "klachten"),
        ),
        geschillen=geschillen_van(geschil, jaar),
        geschillen_vorig=geschillen_van(geschil, ervoor) if eerder else None,
        doorlooptijden={maat: doorlooptijd(looptijden, maat) for maat in ("bevestiging", "afsluiting")},
        maatregelen=maatregelen_van(vraag("maatregelen_opvolging")),
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


def _tabel(rijen: Rijen, kolommen: Sequence[str] | None = None) -> pd.DataFrame:
    return pd.DataFrame([dict(rij) for rij in rijen], columns=kolommen)


def _met_gaten(rijen: Rijen, kolommen: Sequence[str] | None = None) -> pd.DataFrame:
    """Return rows of intensity as a table in which a whole number stays whole, and a missing one None."""
    tabel = _tabel(rijen, kolommen)
    for kolom in ("klachten", "trajecten"):
        tabel[kolom] = pd.Series([rij[kolom] for rij in rijen], dtype=object)
    return tabel


def _met_naam(
    rijen: Rijen, reglement: Reglement | None, lijst: str, kolom: str, kolommen: Sequence[str]
) -> pd.DataFrame:
    """Return the rows as a table with the name of an id beside it."""
    plaats = kolommen.index(kolom) + 1
    met = [{**rij, "naam": naam_van(reglement, lijst, rij[kolom])} for rij in rijen]
    return _tabel(met, [*kolommen[:plaats], "naam", *kolommen[plaats:]])


def _stroom_per_jaar(rijen: Rijen, periode: Periode, peildatum: date) -> pd.DataFrame:
    jaren = sorted({rij["jaar"] for rij in rijen})
    return _tabel(
        [vars(delen.stroom_van(rijen, periode.in_jaar(jaar), peildatum)) for jaar in jaren],
        ["jaar", "tot", *delen.BEWEGINGEN],
    )


def _per_jaar(per_vestiging: Rijen) -> dict[int, int]:
    """Return the klachten per period."""
    uit: dict[int, int] = {}
    for rij in per_vestiging:
        uit[rij["jaar"]] = uit.get(rij["jaar"], 0) + rij["klachten"]
    return uit


def _per_vestiging(
    per_vestiging: Rijen, omvang: Omvang, jaar: int, peildatum: date, reglement: Reglement | None
) -> pd.DataFrame:
    """Return the intensity of each vestiging in one period; no rate in one that is not over."""
    klachten = {rij["waarde"]: rij["klachten"] for rij in per_vestiging if rij["jaar"] == jaar}
    namen = {*omvang.verwacht(jaar), *omvang.per_jaar.get(jaar, ()), *klachten}
    regels = [
        {
            "vestiging": vestiging,
            "naam": naam_van(reglement, "vestigingen", vestiging),
            **vars(delen.intensiteit_van(klachten.get(vestiging, 0), omvang.van(vestiging), jaar, peildatum)),
        }
        for vestiging in sorted(namen)
    ]
    velden = [veld.name for veld in fields(delen.Jaarintensiteit)]
    return _met_gaten(regels, ["vestiging", "naam", *velden])
