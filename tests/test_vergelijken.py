"""One organisation among others: what is shown of them, what is said of it, and that nothing of one is given away."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import numpy as np
import openpyxl
import pandas as pd
import pytest

from klachten.analyse.basis.grafiekstijl import DONKER, spec
from klachten.analyse.vergelijken import grafieken, werkbladen, zinnen
from klachten.analyse.vergelijken.beeld import ANDER, EIGEN, GROEP, Maat, Vergelijking, jaarvergelijking
from klachten.meer.kengetallen import VERHOUDINGEN

OP_TIJD = Maat("op_tijd_5", "Op tijd bevestigd", "termijntarieven", "deel", "op tijd", "klachten")
TRAJECT = Maat("per_100", "Klachten per 100 trajecten", "intensiteit", "aantal", "klachten", "trajecten")
OORDEELT = re.compile(r"\b(beter|slechter|goede?|slechte?|best|slechtst)\b", re.I)


def rijen(maat: Maat, paren: list[tuple[int, int | None]], *, eerste: int = 0) -> pd.DataFrame:
    """Return rows as per_organisatie gives them: organisations o0, o1, ... in order."""
    tabel = pd.DataFrame(
        [(f"o{nr}", maat.id, x, n) for nr, (x, n) in enumerate(paren, start=eerste)],
        columns=["organisatie", "kengetal", "teller", "noemer"],
    )
    return tabel.astype({"teller": "Int64", "noemer": "Int64"})


def anderen(hoeveel: int = 24, waarde: float = 0.8, zaad: int = 1) -> list[tuple[int, int | None]]:
    rng = np.random.default_rng(zaad)
    n = rng.integers(60, 400, hoeveel)
    return [(int(rng.binomial(m, waarde)), int(m)) for m in n]


def een(eigen: tuple[int, int | None], paren: list[tuple[int, int | None]], maat: Maat = OP_TIJD) -> Vergelijking:
    return jaarvergelijking(rijen(maat, [eigen, *paren]), [maat], "o0")[maat.id]


@pytest.mark.parametrize(
    ("eigen", "oordeel", "stukje"),
    [
        ((160, 200), "Binnen de grenzen", "past bij toeval"),
        ((90, 200), "Onder de grenzen", "Waardoor het komt, is hieruit niet te zeggen"),
        ((200, 200), "Boven de grenzen", "past niet bij toeval"),
        ((0, 0), "Uw organisatie staat er niet bij", "bij 24 andere organisaties samen"),
        ((0, None), "Uw organisatie staat er niet bij", "bij 24 andere organisaties samen"),
    ],
)
def test_it_says_where_the_organisation_lies(eigen, oordeel: str, stukje: str):
    v = een(eigen, anderen())
    assert zinnen.oordeel(v) == oordeel
    tekst = " ".join(zinnen.zinnen(v))
    assert stukje in tekst
    assert zinnen.titel(v).startswith("Op tijd bevestigd: ")
    assert not OORDEELT.search(f"{tekst} {zinnen.titel(v)} {zinnen.oordeel(v)}"), "nobody does well or badly"


def test_one_of_many_figures_outside_by_itself_is_said_to_be_perhaps_chance():
    maten = [Maat(f"m{nr}", f"Maat {nr}", "stroom", "deel", "a", "b") for nr in range(8)]
    tabel = pd.concat([rijen(maat, [(132 if maat.id == "m3" else 160, 200), *anderen()]) for maat in maten])
    alle = jaarvergelijking(tabel, maten, "o0")
    v = alle["m3"]
    los = jaarvergelijking(tabel[tabel["kengetal"] == "m3"], maten, "o0")["m3"]
    assert v.buiten
    assert los.opvallend
    assert (v.familie, los.familie) == (8, 1)
    if not v.opvallend:
        assert "het kan toeval zijn" in " ".join(zinnen.zinnen(v))
        assert zinnen.oordeel(v) == "Onder de grens van 95%: kan toeval zijn"
    assert not any(alle[id].buiten for id in alle if id != "m3")


def test_the_own_organisation_is_in_nothing_that_is_said_of_the_others():
    a, b = een((160, 200), anderen()), een((0, 200), anderen())
    assert a.trechter.waarde == b.trechter.waarde
    assert a.punten == b.punten
    assert a.samen == b.samen
    assert all(punt.wie in (ANDER, GROEP) for punt in a.punten)


def test_others_differing_more_than_chance_widen_the_limits_and_it_says_so():
    rng = np.random.default_rng(4)
    ruim = [(int(rng.binomial(200, p)), 200) for p in rng.uniform(0.55, 0.95, 30)]
    v = een((128, 200), ruim)
    assert "verschillen onderling ook zonder toeval" in " ".join(zinnen.zinnen(v))
    grens = v.grenzen
    op_eigen = grens[grens["noemer"] == 200].iloc[0]
    assert op_eigen["onder"] < op_eigen["toeval_onder"]
    assert op_eigen["ver_onder"] < op_eigen["onder"] < v.trechter.waarde < op_eigen["boven"] < op_eigen["ver_boven"]
    assert zinnen.oordeel(v) == "Binnen de grenzen", "by chance alone it would lie outside"
    assert op_eigen["toeval_onder"] > 128 / 200


def test_no_point_ever_lies_on_a_line_and_the_line_is_the_verdict():
    lijnen = een((160, 200), anderen()).grenzen
    grens = lijnen[lijnen["noemer"] == 200].iloc[0]
    for x in range(135, 185, 3):
        v = een((x, 200), anderen())
        assert x / 200 not in (grens["onder"], grens["boven"])
        assert v.buiten == (not grens["onder"] < x / 200 < grens["boven"])


@pytest.mark.parametrize("hoeveel", [0, 1, 2, 4, 8])
def test_with_few_others_no_verdict(hoeveel: int):
    v = een((20, 200), anderen(hoeveel))
    assert zinnen.oordeel(v) == "Hierover is niets te zeggen"
    assert "niet te zeggen of een verschil ongewoon is" in " ".join(zinnen.zinnen(v))
    assert v.grenzen.empty
    assert bool(v.punten) == (hoeveel >= 3)
    if v.punten:
        assert spec(grafieken.trechter, v)["layer"]


def test_few_klachten_give_no_percentage():
    assert zinnen.punt(een((3, 4), anderen()), een((3, 4), anderen()).eigen) == "3 van de 4"


# --- what is not given away ----------------------------------------------------------------------------------------


def klein() -> list[tuple[int, int | None]]:
    return [*anderen(12), (57, 60), (48, 50), (70, 71), (3, 4), (7, 7), (90, 94), (45, 49), (61, 63)]


def test_a_small_count_of_another_is_nowhere_in_what_is_sent():
    v = een((160, 200), klein())
    groepen = [punt for punt in v.punten if punt.wie == GROEP]
    assert groepen
    assert all(punt.leden >= 3 and min(punt.teller, punt.noemer - punt.teller) >= 5 for punt in groepen)
    losse = [punt for punt in v.punten if punt.wie == ANDER]
    assert not [p for p in losse if 0 < p.teller < 5 or 0 < p.noemer - p.teller < 5 or p.noemer < 10]
    # Nothing is left to take off a total: what is shown adds up to it.
    samen = v.samen
    assert (samen.leden, samen.teller) == (20, sum(x for x, _ in klein()))
    getekend = [rij for tabel in spec(grafieken.trechter, v)["datasets"].values() for rij in tabel if "naam" in rij]
    tabel = werkbladen.leesbaar(v)
    assert len(getekend) == len(tabel) == len(v.punten) + 1
    for x, n in klein()[12:]:
        assert (n, pytest.approx(x / n)) not in [(rij["noemer"], rij["waarde"]) for rij in getekend]
        assert (x, n) not in list(zip(tabel["Teller"], tabel["Noemer"], strict=True))


def test_nothing_says_which_organisation_is_which():
    v = een((160, 200), klein())
    verzonden = json.dumps(spec(grafieken.trechter, v)) + werkbladen.leesbaar(v).to_csv()
    assert not re.search(r"\bo\d+\b", verzonden)
    anders = list(reversed(klein()))
    assert een((160, 200), anders).punten == v.punten, "the order they came in does not show"
    tips = {t["field"] for laag in spec(grafieken.trechter, v)["layer"] for t in laag["encoding"].get("tooltip", [])}
    assert tips == {"naam", "noemer", "tekst"}


@pytest.mark.parametrize(
    "paren",
    [
        pytest.param([(60, 60)] * 10 + [(59, 60)] * 2, id="two late in all"),
        pytest.param([(2, 3)] * 4, id="all of them small"),
        pytest.param([(30, 60), (31, 60)], id="two: each would know the other"),
    ],
)
def test_where_nothing_of_the_others_may_be_shown_it_is_not(paren):
    v = een((50, 60), paren)
    if v.samen is not None:
        assert min(v.samen.teller, v.samen.noemer - v.samen.teller) >= 5
        return
    assert v.punten == ()
    assert "andere organisaties samen" not in zinnen.zinnen(v)[0]
    assert list(werkbladen.tabel(v)["Wie"]) == [grafieken.WIE[EIGEN]]


# --- the figures of the lake, the chart and the file ---------------------------------------------------------------


def test_every_figure_of_the_lake_can_be_compared():
    for verhouding in VERHOUDINGEN:
        maat = Maat(
            verhouding.id, verhouding.titel, verhouding.kengetal, verhouding.soort, verhouding.teller, verhouding.noemer
        )
        v = een((40, 200), anderen(30, 0.2), maat)
        assert v.p is not None
        assert v.maat.titel in zinnen.zinnen(v)[0]
    assert spec(grafieken.trechter, een((40, 200), anderen(30, 0.2), TRAJECT), kleuren=DONKER)["title"]["text"]


def test_the_chart_has_another_shape_for_the_own_organisation_and_says_itself_in_words():
    uit = spec(grafieken.trechter, een((90, 200), klein()))
    vorm = next(laag["encoding"]["shape"] for laag in uit["layer"] if "shape" in laag["encoding"])
    assert vorm["scale"]["range"] == ["triangle-up", "circle", "diamond"]
    assert "Onder" not in uit["title"]["text"][0]
    assert "bij uw organisatie 45,0% (90 van de 200)" in uit["description"]


def test_the_excel_file_has_a_sheet_per_figure_and_says_where_it_comes_from():
    alle = [een((90, 200), klein()), een((30, 400), [(n // 20, n) for _, n in anderen(20)], TRAJECT)]
    inhoud = werkbladen.bestand(
        alle,
        jaar=2025,
        peildatum=date(2026, 3, 1),
        waaruit="meer van 21 organisaties",
        zegel="ab" * 32,
        voor="Voor Carla.",
    )
    boek = openpyxl.load_workbook(io.BytesIO(inhoud))
    assert boek.sheetnames == ["Op tijd bevestigd", "Klachten per 100 trajecten", "Herkomst", "SQL"]
    cellen = [[cel.value for cel in rij] for rij in boek["Op tijd bevestigd"].iter_rows()]
    assert cellen[0][0] == "Op tijd bevestigd, 2025"
    eigen = next(rij for rij in cellen if rij[0] == "uw organisatie")
    assert eigen[1:5] == [1, 90, 200, pytest.approx(0.45)]
    assert eigen[5] > 90
    assert zinnen.VOORBEHOUD in [rij[0] for rij in cellen]
    assert next(rij for rij in cellen if rij[0] == grafieken.WIE[GROEP])[5:7] == [None, None]
