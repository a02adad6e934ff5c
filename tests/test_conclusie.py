"""What a meeting concluded about a section (ConclusieGetrokken): exported, read in, erased, and who asks (step 16)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten import inzage, jaarverslag, organisatie, vergaderstukken
from klachten.datamap import DATABASE
from klachten.handelingen import dossier_van
from klachten.handelingen.vergadering import Vergadering, Voornemen, record
from klachten.opening import open_register
from klachten.organisatie import Gebruiker
from klachten.periode import Periode
from klachten.register import Register
from klachten.register.controle import controleer
from klachten.scherm.beheer.inzage import WOORDEN
from klachten.uitvoer.inlezen import read_in
from klachten.uitvoer.maken import make
from tests import wisproef
from tests.test_uitvoer import NU
from tests.wisproef import VANDAAG, bevroren, doe, standen, wis

JAAR = 2025
NAAM = "Koolmeesnaam"
GEZEGD = {
    "op_tijd": f'Praat met {NAAM} over stap 11.\n\n=HYPERLINK("http://kwaad.example") **x** \N{GRINNING FACE}',
    "waarover": "Vooral afspraken.",
    "afloop": "Beter dan vorig jaar.",
}


@pytest.fixture
def gehouden(ingericht: Path, tmp_path: Path) -> Iterator[Register]:
    """A register with a meeting about 2025, of which one conclusion names somebody and another was put right."""
    with open_register(shutil.copytree(ingericht, tmp_path / "register")) as register:
        wisproef.oude_klacht(register)
        vergaderd = Vergadering(
            op=VANDAAG,
            evaluatie={
                "jaar": JAAR, "directieleden": ("carla",), "aanwezigen": ("anna",), "conclusies": "Een rustig jaar.",
                "bestand": jaarverslag.bevroren_tekst(register, Periode.van_jaar(JAAR), VANDAAG),
            },
            conclusies=GEZEGD,
            voornemens=(
                Voornemen(
                    onderdeel="op_tijd", plaats=1, omschrijving="Bellen", actienemer="gijs",
                    uiterlijk_op=date(2026, 6, 1),
                ),
            ),
        )  # fmt: skip
        assert record(register, carla(), vergaderd, vandaag=VANDAAG).klachtnummer == "E2026-0001"
        invoer = {
            "nr": nr_van(register, "afloop"),
            "reden": "Een vergissing",
            "waarden": {"conclusie": NU_GEZEGD["afloop"]},
        }
        doe(register, "carla", "corrigeren_feit", "E2026-0001", **invoer)
        yield register


def carla() -> Gebruiker:
    return wisproef.wie("carla")


def nr_van(register: Register, onderdeel: str) -> int:
    """Return the number of the fact that concluded about a section."""
    return next(
        v.nr for v in register.vastleggingen("E2026-0001")
        if isinstance(v.feit, g.ConclusieGetrokken) and v.feit.onderdeel == onderdeel
    )  # fmt: skip


def conclusies(register: Register) -> dict[str, str]:
    return dossier_van(register, "E2026-0001").conclusies


NU_GEZEGD = {**GEZEGD, "afloop": "Slechter dan vorig jaar."}


def test_it_is_taken_out_and_read_in_with_the_same_texts(gehouden: Register, tmp_path: Path):
    make(gehouden, tmp_path / "uit", nu=NU, vandaag=VANDAAG, reden="overstap")
    read_in(tmp_path / "uit", tmp_path / "nieuw")
    with open_register(tmp_path / "nieuw") as nieuw:
        assert conclusies(gehouden) == conclusies(nieuw) == NU_GEZEGD
        assert [v.feit for v in nieuw.vastleggingen("E2026-0001")] == [
            v.feit for v in gehouden.vastleggingen("E2026-0001")
        ]
        assert (
            vergaderstukken.notulen(nieuw, "E2026-0001")["blokken"]
            == (vergaderstukken.notulen(gehouden, "E2026-0001")["blokken"])
        )
        # And the next meeting begins with it, there as here.
        periode, op = Periode.van_jaar(2026), date(2027, 1, 20)
        for register in (gehouden, nieuw):
            voor = vergaderstukken.ervoor(register, periode, jaarverslag.tel(register, periode, op), op)
            assert voor.vorige is not None
            assert voor.vorige.onderdelen == NU_GEZEGD
        assert [een for een in controleer(nieuw) if een.ernst == "fout"] == []


def test_a_text_that_names_somebody_is_erased_everywhere_and_the_figures_and_the_rest_stay(gehouden: Register):
    op_tijd, afloop = nr_van(gehouden, "op_tijd"), nr_van(gehouden, "afloop")
    with gehouden.cursor() as cursor:
        gevonden = cursor.execute("SELECT COUNT(*) FROM tekst WHERE contains(tekst, ?)", [NAAM]).fetchone()
    assert gevonden == (1,)
    voor = bevroren(gehouden), standen(gehouden)
    ook = (g.place(op_tijd, "conclusie"), g.place(afloop, "conclusie"))
    wis(gehouden, "E2026-0001", grond="verzoek", wie=g.TEKSTEN, ook=ook, reden=f"{NAAM} vraagt het")
    assert (bevroren(gehouden), standen(gehouden)) == voor
    # Of the one that was put right the newer text is another place: it is still offered, and stays until it is chosen.
    assert conclusies(gehouden) == {**NU_GEZEGD, "op_tijd": g.GEWIST}
    stuk = vergaderstukken.notulen(gehouden, "E2026-0001")
    assert next(blok["regels"] for blok in stuk["blokken"] if blok["soort"] == "citaat") == [g.GEWIST]
    assert b"%PDF" in vergaderstukken.as_pdf(gehouden, stuk, VANDAAG)[:8]
    # A section keeps its conclusion, though nobody reads it any more: another one would be a second.
    with pytest.raises(Exception, match="staat in E2026-0001 al een conclusie"):
        doe(gehouden, "carla", "stap_16_concluderen", "E2026-0001", op=VANDAAG, onderdeel="op_tijd", conclusie="Weer.")
    assert [een for een in controleer(gehouden) if een.ernst == "fout"] == []
    map = gehouden.map
    gehouden.close()
    assert {plek: waar for plek, waar in wisproef.gevonden(map, [NAAM, "Beter dan vorig"]).items() if waar} == {}


def test_what_was_erased_is_not_in_an_export_either(gehouden: Register, tmp_path: Path):
    plek = g.place(nr_van(gehouden, "op_tijd"), "conclusie")
    wis(gehouden, "E2026-0001", grond="verzoek", wie=g.TEKSTEN, ook=(plek,), reden=f"{NAAM} vraagt het")
    make(gehouden, tmp_path / "uit", nu=NU, vandaag=VANDAAG, reden="overstap")
    read_in(tmp_path / "uit", tmp_path / "nieuw")
    paden = [pad for pad in tmp_path.rglob("*") if pad.is_file() and not pad.is_relative_to(gehouden.map)]
    assert not [pad for pad in paden if not pad.name.startswith(DATABASE) and NAAM.encode() in pad.read_bytes()]
    with open_register(tmp_path / "nieuw") as nieuw:
        assert conclusies(nieuw) == {**NU_GEZEGD, "op_tijd": g.GEWIST}


def over(register: Register, id: str, door: str) -> str:
    """Return what a colleague is answered, by who answers."""
    wie = organisatie.gebruiker(door, VANDAAG)
    assert wie is not None
    antwoord = inzage.of_medewerker(register, register.organisatie.mensen[id], wie, WOORDEN, op=VANDAAG)
    return "\n".join((*(zin for zinnen in antwoord.zinnen.values() for zin in zinnen), *antwoord.slot))


@pytest.mark.parametrize(
    ("wie", "zinnen"),
    [
        ("carla", ["In 1 evaluatie evalueerde u.", "In 1 evaluatie legde u iets vast."]),
        ("anna", ["In 1 evaluatie was u aanwezig."]),
        ("gijs", ["In 1 evaluatie was u actienemer."]),
        ("bas", []),
    ],
)
def test_who_asks_what_is_kept_hears_of_the_evaluations_and_that_their_texts_were_not_searched(
    gehouden: Register, wie: str, zinnen: list[str]
):
    gezegd = over(gehouden, wie, "frank" if wie != "frank" else "carla")
    assert [zin for zin in gezegd.splitlines() if "evaluatie " in zin] == zinnen
    assert "In teksten van evaluaties, in formulieren die nog niet zijn verstuurd" in gezegd
    # What was concluded is about the organisation; who stands in it is not looked for.
    assert not any(tekst in gezegd for tekst in NU_GEZEGD.values())
