"""Random dossiers as facts, and a register cut at a day: what looking back is held against."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from hypothesis import strategies as st

from klachten.analyse import vragen
from klachten.gebeurtenissen import SOORTEN, Vastlegging, from_json
from klachten.periode import Periode
from klachten.register import Register
from klachten.register.afleiding import derived_tables
from tests.termijnproef import ONTVANGST, Rij, schrijf

BEGIN = date(2024, 9, 1)
CAST = ("anna", "bas", "carla", "frank")

# What a question asks for besides the peildatum; NULL for the rest.
OVERIG: dict[str, Any] = {
    "cohort": ("ontvangst", "termijn"),
    "per": (None, "vestiging", "behandelaar"),
    "coordinatoren": (["anna"],),
    "directieleden": (["carla", "frank"],),
    "vestigingen": (["weert", "utrecht"],),
}
ZONDER_PEILDATUM = {
    "betrokken_bij", "betrokken_directie", "deels_zichtbaar", "klachtindiener", "laatst_bijgewerkt", "open_signalen",
    "zichtbaar", "klachtenlijst", "keuze_gebruik", "open_werk",
}  # fmt: skip
"""Lists of what is so now; they look back to no day."""


def _kinds(maatregel: int) -> dict[str, st.SearchStrategy[dict[str, Any]]]:
    """What can happen in a klacht after it was received, and the content that such a fact has."""
    wie = st.sampled_from(CAST)
    dag = st.integers(20, 120).map(lambda n: str(BEGIN + timedelta(n)))
    m = st.just(maatregel)
    leeg = st.just({})
    return {
        "CoordinatorGeinformeerd": st.fixed_dictionaries({"coordinator_afwezig": st.booleans()}),
        "KlachtGeregistreerd": leeg,
        "BehandelaarToegewezen": st.fixed_dictionaries({"behandelaar": wie}),
        "BehandelaarVervangen": st.fixed_dictionaries({"behandelaar": wie}),
        "BetrokkeneToegevoegd": st.fixed_dictionaries({"betrokkene": wie}),
        "OntvangstBevestigd": st.fixed_dictionaries({"behandelaar": wie}),
        "InformatieGevraagd": st.just({"bij": "indiener"}),
        "InformatieOntvangen": st.just({"van": "indiener", "feiten_vermeld": True}),
        "KlachtOnderzocht": leeg,
        "NietInBehandelingGenomen": st.just({"grond": "te_oud"}),
        "MaatregelBepaald": st.fixed_dictionaries(
            {"maatregel": m, "actienemer": wie, "overlegd_met": st.just("carla"), "uiterlijk_op": dag}
        ),
        "MaatregelGewijzigd": st.fixed_dictionaries(
            {"maatregel": m}, optional={"actienemer": wie, "uiterlijk_op": dag}
        ),
        "MaatregelVervallen": st.fixed_dictionaries({"maatregel": m}),
        "ActienemerGeinformeerd": st.fixed_dictionaries({"maatregel": m}),
        "MaatregelUitgevoerd": st.fixed_dictionaries({"maatregel": m}),
        "GeenMaatregelenNodig": leeg,
        "ResultaatMeegedeeld": leeg,
        "VoortgangBewaakt": leeg,
        "KlachtAfgesloten": st.fixed_dictionaries({"uitkomst": st.sampled_from(["opgelost", "deels"])}),
        "AfsluitingMeegedeeld": leeg,
        "MeningsverschilGemeld": leeg,
        "OverlegGevoerd": st.fixed_dictionaries({"opgelost": st.booleans()}),
        "GeschilVoorgelegd": leeg,
        "OordeelOntvangen": st.fixed_dictionaries({"oordeel": st.just("gegrond"), "heropening_nodig": st.booleans()}),
        "KlachtHeropend": leeg,
        "KlachtIngetrokken": leeg,
        "KlachtVervallen": leeg,
        "GegevensAangevuld": st.fixed_dictionaries(
            {},
            optional={
                "opdrachtgever": st.sampled_from(["uwv", "gemeente"]),
                "gebeurtenis_van": dag,
                "ernst": st.just("gering"),
            },
        ),
        "AnonimiteitVastgelegd": st.fixed_dictionaries({"onbekend": st.booleans(), "bereikbaar": st.booleans()}),
        "IndienerToegevoegd": leeg,
        "GemachtigdeAangewezen": st.fixed_dictionaries({}, optional={"gestopt": st.booleans()}),
        "ToestemmingVastgelegd": st.fixed_dictionaries({"toestemming": st.sampled_from(["gegeven", "geweigerd"])}),
        "TussenberichtGestuurd": leeg,
        "VertragingToegelicht": st.just({"termijn": "bevestiging", "vertraging": "drukte"}),
        "MedewerkerIngelicht": st.fixed_dictionaries({"medewerker": wie}),
        "MedewerkerGehoord": st.fixed_dictionaries({"medewerker": wie}),
        "UitkomstMeegedeeld": st.fixed_dictionaries({"medewerker": wie}),
        "TevredenheidGevraagd": leeg,
        "TevredenheidGegeven": st.fixed_dictionaries({"tevredenheid": st.sampled_from(["tevreden", "neutraal"])}),
        "OordeelMeegedeeld": leeg,
        "OordeelOpgevolgd": st.fixed_dictionaries({"opvolging": st.sampled_from(["geheel", "niet"])}),
        "BevindingVastgesteld": st.fixed_dictionaries(
            {
                "aspect": st.sampled_from(["bejegening", "privacy"]),
                "bevinding": st.sampled_from(["gegrond", "ongegrond"]),
            }
        ),
        "BehandelingVoortgezet": st.fixed_dictionaries(
            {"reglement": st.just("awb9"), "reglement_versie": st.just("2024-01-01")},
            optional={"elders_gedaan": st.sampled_from([[2, 3, 5], [2, 3, 5, 6, 8]]), "categorie": st.just("privacy")},
        ),
        "TermijnVerlengd": st.fixed_dictionaries({"termijn": st.just("maatregelen"), "uiterlijk_op": dag}),
    }


Gebeurtenis = tuple[str, int, dict[str, Any], int | None]
"""soort, days since BEGIN, gegevens, and by how many days its date is corrected later (None: not; 999: taken back)."""


@st.composite
def dossiers(draw: st.DrawFn) -> list[Gebeurtenis]:
    """A klacht: received, and then up to fourteen things in any order, some dated before what was recorded earlier."""
    ontvangen = draw(st.integers(0, 100))
    ontvangst = ONTVANGST | {
        "vestiging": draw(st.sampled_from(["weert", "utrecht"])),
        "categorie": draw(st.sampled_from(["bejegening", "privacy"])),
        "betrokkenen": draw(st.lists(st.sampled_from(CAST), max_size=1)),
        "reglement": draw(st.sampled_from(["coulant", "coulant", "awb9"])),
    }
    feiten: list[Gebeurtenis] = [
        ("KlachtOntvangen", ontvangen, ontvangst, draw(st.sampled_from([None, None, None, -3, 4])))
    ]
    op = ontvangen
    for _ in range(draw(st.integers(0, 14))):
        soort = draw(st.sampled_from(sorted(_kinds(1))))
        # Mostly onwards; now and then dated before what was recorded earlier.
        op = max(ontvangen, op + draw(st.sampled_from([0, 1, 2, 5, 11, 20, 40, -6])))
        gegevens = draw(_kinds(draw(st.integers(1, 2)))[soort])
        feiten.append((soort, op, gegevens, draw(st.sampled_from([None] * 8 + [-4, 9, 999]))))
    return feiten


@st.composite
def evaluaties(draw: st.DrawFn) -> list[Gebeurtenis]:
    """An evaluation of 2024 with one verbeteractie that goes its way."""
    wie = {"verbeteractie": 1}
    feiten: list[Gebeurtenis] = [
        ("EvaluatieGehouden", 130, {"jaar": 2024, "directieleden": ["carla"]}, None),
        (
            "VerbeteractieBepaald",
            131,
            {**wie, "actienemer": "bas", "categorie": "privacy", "uiterlijk_op": "2025-02-20"},
            None,
        ),
    ]
    op = 131
    soorten = ("VerbeteractieGewijzigd", "VerbeteractieVervallen", "VerbeteractieMeegedeeld", "VerbeteractieUitgevoerd")
    for soort in draw(st.lists(st.sampled_from([*soorten, "VeranderingWaargenomen"]), max_size=5)):
        op += draw(st.integers(0, 30))
        extra = {"uiterlijk_op": "2025-04-01"} if soort == "VerbeteractieGewijzigd" else {}
        extra |= {"verandering": "minder"} if soort == "VeranderingWaargenomen" else {}
        feiten.append((soort, op, {**wie, **extra}, None))
    return feiten


def rijen(klachten: Sequence[Sequence[Gebeurtenis]], *evaluaties: Sequence[Gebeurtenis]) -> list[Rij]:
    """Number the facts as they would be recorded, with their corrections after all of them."""
    uit: list[Rij] = []
    later: list[Rij] = []
    genummerd = [(f"K2024-{nr:04d}", feiten) for nr, feiten in enumerate(klachten, start=1)]
    genummerd += [(f"E2025-{nr:04d}", feiten) for nr, feiten in enumerate(evaluaties, start=1)]
    for nummer, feiten in genummerd:
        for soort, dagen, gegevens, anders in feiten:
            nr, op = len(uit) + 1, BEGIN + timedelta(dagen)
            uit.append((nr, nummer, soort, op, json.dumps(gegevens), None))
            if anders == 999:
                later.append((nr, nummer, "FeitHerroepen", op, "{}", nr))
            elif anders is not None:
                later.append((nr, nummer, soort, op + timedelta(anders), json.dumps(gegevens), nr))
    return uit + [(len(uit) + plek, *rij[1:]) for plek, rij in enumerate(later, start=1)]


def vastleggingen(feiten: list[Rij]) -> dict[str, list[Vastlegging]]:
    """The facts per klacht, as the register gives them; what a random fact leaves out is filled in where it must be."""
    uit = defaultdict(list)
    for nr, nummer, soort, op, gegevens, corrigeert in feiten:
        verplicht = {
            veld.name: "2025-01-01" if "date" in str(veld.type) else "x"
            for veld in fields(SOORTEN[soort])
            if veld.default is MISSING and veld.name != "gebeurd_op"
        }
        feit = from_json(soort, op, {**verplicht, **json.loads(gegevens)}, {})
        uit[nummer].append(
            Vastlegging(
                nr=nr, klachtnummer=nummer, vastgelegd_op=datetime(2025, 1, 1, tzinfo=UTC), door="anna", rol="",
                feit=feit, corrigeert=corrigeert,
            )
        )  # fmt: skip
    return uit


def record(register: Register, feiten: list[Rij]) -> None:
    """Record facts in one group, with numbers for the dossiers that are new."""
    with register.schrijven() as boeking:
        for rij in feiten:
            _, nummer, _, _, _, corrigeert = rij
            ((vastlegging,),) = vastleggingen([rij]).values()
            reeks, jaar, volgnr = nummer[0], int(nummer[1:5]), int(nummer[6:])
            if boeking._laatste(reeks, jaar) < volgnr:
                assert boeking.nieuw_nummer(reeks, jaar) == nummer
            boeking.leg_vast(nummer, vastlegging.feit, door="anna", rol="coordinator", corrigeert=corrigeert)


def vul(con: duckdb.DuckDBPyConnection, feiten: Iterable[Rij]) -> None:
    """Make a register of these facts."""
    if alle := list(feiten):
        schrijf(con, alle, rol="")
    for tabel in sorted(derived_tables()):
        con.execute(f"INSERT INTO {tabel} BY NAME SELECT * FROM {tabel}_uit_feiten(NULL, NULL)")


def afgeknipt(con: duckdb.DuckDBPyConnection, dag: date) -> list[Rij]:
    """The facts of a register that holds only what happened up to a day, corrections as known now."""
    return con.execute(
        "SELECT nr, klachtnummer, soort, gebeurd_op, CAST(gegevens AS VARCHAR), corrigeert FROM gebeurtenis "
        "WHERE klachtnummer LIKE 'T%' OR coalesce(corrigeert, nr) IN "
        "(SELECT oorsprong FROM feit(NULL, NULL) WHERE gebeurd_op <= ?) ORDER BY nr",
        [dag],
    ).fetchall()


def antwoorden(
    con: duckdb.DuckDBPyConnection, dag: date, periode: Periode | None, *, gesorteerd: bool = True
) -> dict[str, list[tuple[Any, ...]]]:
    """Every question of analyse, asked as of a day, of a period or of everything; in its own order or `gesorteerd`."""
    uit = {}
    dagen = periode.parameters if periode else {}
    for naam, vraag in vragen().items():
        namen = [deel.strip() for deel in vraag.parameters.split(",")]
        if "peildatum" not in namen:
            continue
        (keuze,) = [deel for deel in namen if deel in OVERIG][:1] or [None]
        for waarde in OVERIG.get(keuze, (None,)):
            vast = {"peildatum": dag, **dagen, "kies_herkomst": "register", keuze: waarde}
            waarden = {deel: vast.get(deel, OVERIG.get(deel, (None,))[0]) for deel in namen}
            gevonden = con.execute(
                f"SELECT * FROM {naam}({', '.join(f'{deel} := ${deel}' for deel in namen)})", waarden
            )
            # `tot` says until when something held, which is no figure.
            blijft = [
                plek for plek, kolom in enumerate(gevonden.description or ()) if kolom[0] != "tot" or naam == "stroom"
            ]
            rijen = [tuple(rij[plek] for plek in blijft) for rij in gevonden.fetchall()]
            uit[f"{naam} {keuze}={waarde}"] = sorted(rijen, key=repr) if gesorteerd else rijen
    return uit


def plat(waarde: Any) -> Any:
    """Whatever a figure is made of as plain values that can be compared."""
    if is_dataclass(waarde):
        return {veld.name: plat(getattr(waarde, veld.name)) for veld in fields(waarde)}
    if isinstance(waarde, pd.DataFrame):
        return plat(waarde.to_dict("list"))
    if isinstance(waarde, dict):
        return {str(sleutel): plat(deel) for sleutel, deel in waarde.items()}
    if isinstance(waarde, (list, tuple, set, np.ndarray, pd.Series)):
        return [plat(deel) for deel in waarde]
    return repr(waarde)
