"""The yearly report: real PDFs, opened again; and an attack on the public one."""

from __future__ import annotations

import copy
import hashlib
import io
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
from scipy.optimize import linprog

from klachten import jaarverslag, voorbeeld
from klachten.analyse import rapport
from klachten.analyse.rapport import bevroren, openbaar, opmaak
from klachten.analyse.termijnen.netto import netten
from klachten.opening import open_register
from klachten.register import Register
from klachten.voorbeeld.rolverdeling import ROLVERDELING

VANDAAG = date(2026, 11, 22)
Cijfers = dict[str, Any]
EVALUATIE = rapport.Evaluatie(
    nummer="E2026-0001",
    versie=1,
    gehouden_op=date(2026, 2, 12),
    directieleden=("Carla Verhoeven",),
    conclusies='Sneller bellen.\n#panic("x") *vet* $x$ @ref <label> \\ `code` = kop',
    document="c" * 64,
)


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small register of six years; one year has none."""
    map = tmp_path_factory.mktemp("rapport") / "register"
    voorbeeld.make(map, vandaag=VANDAAG, aantal=60, seed=5)
    return map


@pytest.fixture(scope="module")
def vol(map_: Path) -> Iterator[Register]:
    with open_register(map_) as register:
        yield register


@pytest.fixture(scope="module")
def jaren(vol: Register) -> dict[int, Cijfers]:
    return {jaar: jaarverslag.tel(vol, jaar, VANDAAG) for jaar in range(2021, 2027)}


def lees(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def tekst(pdf: bytes) -> str:
    # A line of a table may break anywhere; what it says is what counts.
    return " ".join(" ".join(pagina.extract_text() for pagina in lees(pdf).pages).split())


def test_the_report_is_a_tagged_dutch_pdf_with_a_title(jaren: dict[int, Cijfers]) -> None:
    lezer = lees(rapport.maak(jaren[2025], evaluatie=EVALUATIE))
    wortel = lezer.trailer["/Root"]
    assert wortel["/Lang"].lower().startswith("nl")
    assert wortel["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in wortel
    assert lezer.metadata.title == "Klachtenjaarverslag 2025 Coulant Reïntegratie"
    assert wortel["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in wortel["/Metadata"].get_object().get_data()


def test_every_chart_says_in_words_what_it_shows(jaren: dict[int, Cijfers]) -> None:
    gegevens = opmaak.gegevens(jaren[2025])
    figuren = [blok for blok in gegevens["blokken"] if blok["soort"] == "figuur"]
    assert len(figuren) == 4
    assert all(len(blok["alt"]) > 30 for blok in figuren)
    alts = {
        str(deel["/Alt"])
        for deel in (voorwerp for voorwerp in _objects(opmaak.zet(gegevens)) if isinstance(voorwerp, dict))
        if "/Alt" in deel
    }
    assert {blok["alt"] for blok in figuren} <= alts


def test_every_duration_of_the_report_is_told_in_all_and_without_waiting(
    vol: Register, jaren: dict[int, Cijfers]
) -> None:
    cijfers = copy.deepcopy(jaren[2025])
    with vol.cursor() as cursor:
        zelf = netten(cursor, peildatum=VANDAAG, periode=2025)
    # What was frozen is what the page Termijnen says.
    for maat, looptijd in cijfers["doorlooptijden"].items():
        netto = looptijd["netto"]
        assert (netto["klachten"], netto["gewacht"]) == (zelf[maat].klachten, zelf[maat].gewacht)
        assert netto["mediaan"] == zelf[maat].looptijd.mediaan
    assert zelf["afsluiting"].met_wachten, "nobody waited in this register: nothing is tried"
    cijfers["doorlooptijden"]["afsluiting"]["netto"] |= {"mediaan": 17.0, "met_wachten": 3, "gewacht": 41}
    intern, publiek = tekst(rapport.maak(cijfers)), tekst(rapport.maak(cijfers, openbaar=True))
    totaal = f"{cijfers['doorlooptijden']['afsluiting']['mediaan']:.0f}"
    assert re.search(rf"Tot de afsluiting {totaal} .{{1,40}} 17 {cijfers['klachten']} ", intern)
    assert "Netto is zonder de dagen waarin de organisatie op de indiener wachtte" in intern
    assert re.search(r"Op de indiener gewacht, tot de afsluiting: bij [^.]*3 van de", intern)
    assert "samen 41 dagen" in intern
    # How few they were is not for everybody.
    assert "Op de indiener gewacht" not in publiek
    for looptijd in cijfers["doorlooptijden"].values():
        del looptijd["netto"]
    eerder = tekst(rapport.maak(cijfers))
    assert "Tot de afsluiting" in eerder
    assert "etto" not in eerder


def _objects(pdf: bytes) -> Iterator[Any]:
    lezer = lees(pdf)
    for nummer in range(1, len(lezer.xref_objStm) + max(lezer.xref[0], default=0) + 1):
        voorwerp = pypdf.generic.IndirectObject(nummer, 0, lezer).get_object()
        if voorwerp is not None:
            yield voorwerp


@pytest.mark.parametrize("publiek", [False, True], ids=["intern", "openbaar"])
def test_made_in_two_processes_the_report_is_the_same_byte_for_byte(
    jaren: dict[int, Cijfers], tmp_path: Path, publiek: bool
) -> None:
    (tmp_path / "cijfers.json").write_bytes(bevroren.to_json(jaren[2024]))
    opdracht = (
        "import hashlib, sys, pathlib; from klachten.analyse import rapport; "
        "from klachten.analyse.rapport import bevroren; "
        "c = bevroren.from_json(pathlib.Path(sys.argv[1]).read_bytes()); "
        f"print(hashlib.sha256(rapport.maak(c, openbaar={publiek})).hexdigest())"
    )
    ander = subprocess.run(
        [sys.executable, "-c", opdracht, str(tmp_path / "cijfers.json")],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    eigen = hashlib.sha256(rapport.maak(jaren[2024], openbaar=publiek)).hexdigest()
    assert ander.stdout.split()[-1] == eigen


def test_what_somebody_wrote_stands_there_as_they_wrote_it(jaren: dict[int, Cijfers]) -> None:
    gelezen = tekst(rapport.maak(jaren[2025], evaluatie=EVALUATIE))
    assert '#panic("x") *vet* $x$ @ref <label> \\ `code` = kop' in gelezen
    assert "Carla Verhoeven evalueerde op 12 februari 2026" in gelezen


def test_the_footer_carries_what_the_figures_rest_on_and_the_last_page_the_whole_seal(
    jaren: dict[int, Cijfers],
) -> None:
    lezer = lees(rapport.maak(jaren[2025], evaluatie=EVALUATIE))
    zegel, feiten = jaren[2025]["herkomst"]["zegel"], jaren[2025]["herkomst"]["aantal_feiten"]
    aantal = f"{feiten:,}".replace(",", ".")
    for nummer, pagina in enumerate(lezer.pages, start=1):
        gelezen = " ".join(pagina.extract_text().split())
        assert f"Zegel {zegel[:12]} · {aantal} feiten · peildatum 22 november 2026" in gelezen
        assert "reglement coulant, versie 01-01-2000 · klachten 0." in gelezen
        assert f"pagina {nummer} van {len(lezer.pages)}" in gelezen
    laatste = lezer.pages[-1].extract_text().replace("\n", "")
    assert zegel in laatste
    assert "c" * 64 in laatste


def test_the_sections_of_a_dutch_complaint_report_are_all_there(jaren: dict[int, Cijfers]) -> None:
    koppen = [b["tekst"] for b in opmaak.gegevens(jaren[2025])["blokken"] if b["soort"] == "kop" and b["niveau"] == 1]
    assert koppen == [
        "Samenvatting",
        "Ontvangen en beëindigd",
        "Op tijd",
        "Waarover klachten gingen en hoe zij afliepen",
        "Niet in behandeling genomen",
        "Meningsverschillen",
        "Hoe lang het duurde",
        "In verhouding tot het aantal trajecten",
        "Maatregelen en verbeteracties",
        "Lessen",
        "De procedure in het kort",
        "Herkomst van de cijfers",
    ]


@pytest.mark.parametrize("publiek", [False, True], ids=["intern", "openbaar"])
def test_a_register_without_any_klacht_gives_a_report_that_reads_well(register: Register, publiek: bool) -> None:
    pdf = jaarverslag.verslag(register, 2025, vandaag=VANDAAG, openbaar=publiek)
    gelezen = tekst(pdf)
    assert "In 2025 zijn geen klachten ontvangen" in gelezen
    assert "Aan het begin van 2025 stond geen klacht open en er kwam er geen bij." in gelezen
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b|0%\s*\(0", gelezen)
    assert len(lees(pdf).pages) <= 3


def test_no_year_of_the_example_shows_what_no_reader_should_see(jaren: dict[int, Cijfers]) -> None:
    for cijfers in jaren.values():
        gelezen = tekst(rapport.maak(cijfers))
        assert not re.search(r"\bnan\b|\bNone\b|\bNaT\b|\d\.\d%|<NA>|\d{4}-\d\d-\d\d", gelezen), cijfers["jaar"]
        assert "effect" not in gelezen.lower()


def test_a_held_evaluation_gives_its_own_figures_whatever_happened_since(map_: Path, vol: Register) -> None:
    nummer = jaarverslag.laatste_evaluatie(vol, 2024)
    assert nummer is not None
    # The example froze nothing, so it is counted now; with its conclusions but without a hash of figures.
    gelezen = tekst(jaarverslag.verslag(vol, 2024, vandaag=VANDAAG))
    assert "Stand op 22 november 2026" in gelezen
    assert "vastgesteld" not in gelezen
    assert nummer in gelezen


# --- the public version ----------------------------------------------------------------------------------------------


def test_the_public_report_names_nobody_and_no_klacht(jaren: dict[int, Cijfers]) -> None:
    for cijfers in jaren.values():
        gegevens = str(opmaak.gegevens(cijfers, evaluatie=EVALUATIE, openbaar=True))
        gelezen = tekst(rapport.maak(cijfers, evaluatie=EVALUATIE, openbaar=True))
        for bron in (gegevens, gelezen):
            assert not re.search(r"\bK\d{4}-\d{4}", bron)
            assert "Sneller bellen" not in bron
            assert [p.naam for p in ROLVERDELING if p.naam in bron] == []


def test_a_count_that_was_not_judged_cannot_get_into_the_public_report(jaren: dict[int, Cijfers]) -> None:
    toon = openbaar.vrijgave(jaren[2025])
    with pytest.raises(openbaar.NietTePubliceren, match="is niet beoordeeld"):
        toon.aantal("kanaal/brief", 3)
    with pytest.raises(openbaar.NietTePubliceren):
        toon.aantal("klachten", jaren[2025]["klachten"] + 1)


def test_hidden_figures_of_the_example_cannot_be_recovered_from_the_public_report(jaren: dict[int, Cijfers]) -> None:
    for cijfers in jaren.values():
        _attack(cijfers)


@pytest.mark.parametrize("seed", range(12))
def test_hidden_figures_of_random_registers_cannot_be_recovered(jaren: dict[int, Cijfers], seed: int) -> None:
    _attack(_random(jaren[2025], random.Random(seed)))


def test_the_attack_does_find_what_is_hidden_without_its_neighbours(
    jaren: dict[int, Cijfers], monkeypatch: pytest.MonkeyPatch
) -> None:
    def alleen_klein(cijfers: Cijfers) -> openbaar.Vrijgave:
        waarden, _, _ = openbaar.stelsel(cijfers)
        return openbaar.Vrijgave(True, frozenset(cel for cel, n in waarden.items() if 0 < n < 5), waarden)

    def alles() -> None:
        for seed in range(12):
            _attack(_random(jaren[2025], random.Random(seed)))

    monkeypatch.setattr(opmaak, "vrijgave", alleen_klein)
    with pytest.raises(AssertionError, match="must lie between"):
        alles()


def _random(basis: Cijfers, rng: random.Random) -> Cijfers:
    """Figures of a year that fit together, as small or uneven as chance makes them."""
    c = copy.deepcopy(basis)
    n = rng.choice((0, 1, 4, 9, 10, 12, 17, 25, 40, 80))
    c["klachten"] = c["vergelijking"]["klachten"] = n
    c["bevindingen"] = []

    def split(aantal: int, delen: int) -> list[int]:
        gewichten = [rng.expovariate(1) ** 2 for _ in range(delen)]
        uit = [0] * delen
        for plek in rng.choices(range(delen), gewichten, k=aantal):
            uit[plek] += 1
        return uit

    for rij, k in zip(c["categorieen"], split(n, len(c["categorieen"])), strict=True):
        rij["klachten"] = k
    for rij, k in zip(c["vestigingen"], split(n, len(c["vestigingen"])), strict=True):
        rij["klachten"] = k
        for ook in c["intensiteit_per_vestiging"]:
            if ook["vestiging"] == rij["vestiging"]:
                ook["klachten"] = k
    aflopen = [
        "Open",
        "Ingetrokken",
        "Niet in behandeling",
        "Opgelost naar tevredenheid van de indiener",
        "Niet opgelost",
    ]
    per_afloop = split(n, len(aflopen))
    c["categorie_uitkomst"] = [
        {"categorie": "x", "afloop": naam, "klachten": k} for naam, k in zip(aflopen, per_afloop, strict=True) if k
    ]
    open_, weg, nib, *af = per_afloop
    for regel in c["termijnen"]:
        for naam in ("te_laat_open", "loopt", "onbepaald", "onbepaald_verstreken", "ongeldig"):
            regel[naam] = 0
        geldt = {"bevestiging": n, "niet_in_behandeling": nib, "maatregelen": n - nib - weg}[regel["termijn"]]
        regel["nvt"] = n - geldt
        regel["op_tijd"], regel["te_laat"], regel["te_laat_open"] = split(geldt, 3)
        regel["totaal"], regel["rijp"], regel["rijp_op_tijd"] = n, geldt, regel["op_tijd"]
        regel["tarief"] |= {"x": regel["op_tijd"], "n": geldt, "aandeel": regel["op_tijd"] / geldt if geldt else None}
        if not geldt:
            regel["tarief"] |= {"laag": None, "hoog": None}
    begin, heropend, vervallen = rng.randint(0, 6), rng.choice((0, 0, 1, 3)), rng.choice((0, 0, 1, 2))
    c["stroom"] |= {
        "open_begin": begin,
        "ontvangen": n + vervallen,
        "heropend": heropend,
        "afgesloten": sum(af) + begin + heropend,
        "niet_in_behandeling": nib,
        "ingetrokken": weg,
        "vervallen": vervallen,
        "open_einde": open_,
    }
    gronden = split(nib, 3)
    c["niet_in_behandeling"] = [
        {"grond": f"g{i}", "naam": f"Grond {i}", "klachten": k} for i, k in enumerate(gronden) if k
    ]
    opgelost, oordeel, lopend = split(rng.choice((0, 2, 6, 14)), 3)
    c["geschillen"] |= {
        "gemeld": opgelost + oordeel + lopend,
        "opgelost": opgelost,
        "oordeel": oordeel,
        "lopend": lopend,
    }
    standen = dict(zip(openbaar.MAATREGEL, split(rng.choice((0, 3, 11, 30)), 5), strict=True))
    c["maatregelen"] |= standen | {"totaal": sum(standen.values())}
    return c


def _attack(cijfers: Cijfers) -> None:
    """Read the public report as a stranger would, lay its tables side by side, and solve for every hidden figure."""
    gegevens = opmaak.gegevens(cijfers, openbaar=True)
    gelezen = tekst(opmaak.zet(gegevens))
    tabellen = {b["titel"]: b for b in gegevens["blokken"] if b["soort"] == "tabel"}
    cellen: dict[tuple[str, str], str] = {}
    sommen: list[list[tuple[tuple[str, str], int]]] = []
    waar: dict[tuple[str, str], int] = {}
    stroom = openbaar.openbare_stroom(cijfers)
    stroomnamen = {
        "Open op 1 januari": "open_begin", "Ontvangen": "ontvangen", "Heropend": "heropend", "Afgesloten": "afgesloten",
        "Niet in behandeling": "niet_in_behandeling", "Ingetrokken": "ingetrokken", "Vervallen": "vervallen",
        "Open op": "open_einde",
    }  # fmt: skip
    for titel, blok in tabellen.items():
        if titel == "Van open naar open":
            for kant in (0, 2):
                som = [((titel, "som"), -1)]
                for rij in blok["rijen"][:-1]:
                    if rij[kant]:
                        veld = next(v for n, v in stroomnamen.items() if rij[kant].startswith(n))
                        cellen[titel, veld], waar[titel, veld] = rij[kant + 1], stroom[veld]
                        som.append(((titel, veld), 1))
                cellen[titel, "som"] = blok["rijen"][-1][1]
                waar[titel, "som"] = sum(stroom[v] for v in openbaar.IN)
                sommen.append(som)
            continue
        bron = _waarheid(titel, cijfers)
        if bron is None:
            continue
        for kolom, waarden in enumerate(bron, start=1):
            som = []
            for rij, waarde in zip(blok["rijen"], waarden, strict=True):
                plek = (f"{titel}/{kolom}", rij[0])
                cellen[plek], waar[plek] = rij[kolom], waarde
                som.append((plek, -1 if rij[0] in TOTALEN else 1))
            if any(teken < 0 for _, teken in som):
                sommen.append(som)
    # What is printed is the truth or a mark, and it is what the PDF says.
    for plek, getoond in cellen.items():
        assert getoond in (openbaar.VERBORGEN, f"{waar[plek]:,}".replace(",", ".")), plek
        assert getoond in gelezen
        if not (
            plek[1] in TOTALEN or plek[1] == "som" or "vervallen" in plek or plek == ("Van open naar open", "ontvangen")
        ):
            assert getoond == openbaar.VERBORGEN or waar[plek] == 0 or waar[plek] >= 5, (plek, getoond)
    # Equal things in different tables carry one figure.
    gelijk = [
        (("Van open naar open", "open_einde"), "Open"),
        (("Van open naar open", "niet_in_behandeling"), "Niet in behandeling"),
        (("Van open naar open", "ingetrokken"), "Ingetrokken"),
    ]
    afloop = next((t for t in tabellen if t.startswith("Hoe de klachten van")), None)
    for plek, naam in gelijk:
        ander = (f"{afloop}/1", naam)
        if plek in waar and ander in waar and waar[plek] == waar[ander]:
            sommen.append([(plek, 1), (ander, -1)])
    termijn = next((t for t in tabellen if t.startswith("Klachten ontvangen in")), None)
    ander = (f"{afloop}/1", "Niet in behandeling")
    delen = [
        (plek, 1)
        for plek in cellen
        if plek[0] == f"{termijn}/2" and plek[1] not in ("Niet van toepassing", "Alle klachten")
    ]
    if ander in waar and delen and sum(waar[plek] for plek, _ in delen) == waar[ander]:
        sommen.append([*delen, (ander, -1)])
    _assert_unsolved(cellen, waar, sommen, klein=cijfers["klachten"] < 10)


TOTALEN = ("Alle klachten", "Samen", "Alle maatregelen", "Gemeld")


def _waarheid(titel: str, c: Cijfers) -> list[list[int]] | None:
    """The true figures of a table of the public report, column by column; None of a table without klachten."""
    if titel == "Klachten per categorie":
        return [[*(r["klachten"] for r in c["categorieen"]), c["klachten"]]]
    if titel.startswith("Hoe de klachten van"):
        return [[*openbaar.aflopen(c).values(), c["klachten"]]]
    if titel.startswith("Klachten ontvangen in"):
        regels = [r for r in c["termijnen"] if r["totaal"]]
        klassen = [k for k in openbaar.TERMIJNKLASSEN if any(openbaar.termijnklassen(r)[k] for r in regels)]
        return [[*(openbaar.termijnklassen(r)[k] for k in klassen), r["totaal"]] for r in regels]
    if titel.startswith("Berichten in"):
        return [[*(r["klachten"] for r in c["niet_in_behandeling"]), c["stroom"]["niet_in_behandeling"]]]
    if titel.startswith("Meningsverschillen gemeld"):
        return [[c["geschillen"][naam] for naam in ("gemeld", *openbaar.GESCHIL)]]
    if titel.startswith("Maatregelen bij"):
        return [[*(c["maatregelen"][s] for s in openbaar.MAATREGEL), c["maatregelen"]["totaal"]]]
    if titel.startswith("Per vestiging"):
        return [[r["klachten"] for r in c["intensiteit_per_vestiging"] if r["trajecten"] is not None]]
    return None


def _assert_unsolved(cellen: Any, waar: Any, sommen: Any, *, klein: bool) -> None:
    plekken = list(cellen)
    nummer = {plek: i for i, plek in enumerate(plekken)}
    a = np.zeros((len(sommen), len(plekken)))
    for i, som in enumerate(sommen):
        for plek, teken in som:
            a[i, nummer[plek]] += teken
    assert not np.any(a @ np.array([waar[plek] for plek in plekken])), "the attack knows a sum that is not true"
    grenzen = [(0, None) if cellen[p] == openbaar.VERBORGEN else (waar[p], waar[p]) for p in plekken]
    for plek in plekken:
        if cellen[plek] != openbaar.VERBORGEN or klein:
            continue
        doel = np.zeros(len(plekken))
        doel[nummer[plek]] = 1
        laag = linprog(doel, A_eq=a if len(a) else None, b_eq=np.zeros(len(a)) if len(a) else None, bounds=grenzen)
        hoog = linprog(-doel, A_eq=a if len(a) else None, b_eq=np.zeros(len(a)) if len(a) else None, bounds=grenzen)
        boven = np.inf if hoog.status == 3 else -hoog.fun
        breed = boven - laag.fun >= 5 - 1e-6 or (laag.fun <= 1e-6 and boven >= 4 - 1e-6)
        assert breed, f"{plek} is {waar[plek]} and must lie between {laag.fun} and {boven}"


def test_what_is_frozen_of_a_sentence_is_its_figures_and_no_list_behind_them(jaren: dict[int, Cijfers]) -> None:
    gevonden = [bevinding for cijfers in jaren.values() for bevinding in cijfers["bevindingen"]]
    assert gevonden
    assert all(bevinding.keys() == {"zin", "kengetal", "getallen", "opvallend"} for bevinding in gevonden)


def test_a_sentence_of_the_public_summary_holds_no_hidden_count(jaren: dict[int, Cijfers]) -> None:
    for cijfers in jaren.values():
        gegevens = opmaak.gegevens(cijfers, openbaar=True)
        toon = openbaar.vrijgave(cijfers)
        (lijst,) = (b for b in gegevens["blokken"] if b["soort"] == "punten")
        gekozen = {deel["tekst"] for deel in lijst["delen"]}
        for bevinding in cijfers["bevindingen"]:
            if bevinding["zin"] not in gekozen or bevinding["kengetal"] in ("intensiteit", "verbeteracties_opvolging"):
                continue
            for naam, waarde in bevinding["getallen"].items():
                if naam in (
                    "mediaan",
                    "laag",
                    "hoog",
                    "n",
                    "getoetst",
                    "p",
                    "gewijzigd",
                    "beeindigd",
                    "klachten",
                    "totaal",
                    "rijp",
                ):
                    continue
                zelfde = [cel for cel, w in toon.waarden.items() if w == waarde]
                assert any(cel not in toon.verborgen for cel in zelfde) or waarde == 0, bevinding
