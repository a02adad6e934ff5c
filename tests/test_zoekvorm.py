"""The words of a text as they are searched: what is typed and what stands there become the same."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klachten.zoekvorm import LANGSTE, aaneen, vouw, woorddelen, woorden


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("Zoë", "zoe"),
        ("Çelik", "celik"),
        ("Łukasz", "lukasz"),
        ("CAFÉ", "cafe"),
        ("Straße", "strasse"),
        ("GROẞ", "gross"),
        ("Sørensen", "sorensen"),
        ("Ærø", "aero"),
        ("Cœur", "coeur"),
        ("Đorđević", "dordevic"),
        ("Þór", "thor"),
        ("Yıldız", "yildiz"),
        ("İstanbul", "istanbul"),
        ("IJsselmeer", "ijsselmeer"),
        ("Ĳssel", "ijssel"),
        ("ﬁets", "fiets"),
        (unicodedata.normalize("NFD", "Zoë Çelik café"), "zoe celik cafe"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("Ёлкин", "елкин"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_a_text_is_folded(tekst: str, verwacht: str):
    assert vouw(tekst) == verwacht


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("O'Neill", {"o", "neill", "oneill"}),
        ("O’Neill", {"o", "neill", "oneill"}),
        ("O`Neill", {"o", "neill", "oneill"}),
        ("O´Neill", {"o", "neill", "oneill"}),
        ("'s-Hertogenbosch", {"s", "hertogenbosch", "shertogenbosch"}),
        ("Jansen-de Vries", {"jansen", "de", "jansende", "vries"}),
        ("Jansen\u2011de Vries", {"jansen", "de", "jansende", "vries"}),
        ("brief - antwoord", {"brief", "antwoord"}),
        ("traject\u00adbegeleider", {"trajectbegeleider"}),
        ("06-12345678", {"06", "12345678", "0612345678"}),
        ("j.jansen_2@post.example", {"j", "jansen", "2", "post", "example"}),
        ("100% a_b <b>", {"100", "a", "b"}),
        ("%_\\'\"", set()),
        ("😀 👍🏽", set()),
        ("", set()),
        ("x" * 200, {"x" * LANGSTE}),
    ],
)
def test_a_text_falls_apart_into_words(tekst: str, verwacht: set[str]):
    assert woorden(tekst) == verwacht


def test_the_parts_of_a_word_stay_together():
    assert woorddelen("de O'Neill-groep") == [("de",), ("o", "neill", "groep")]
    assert aaneen(("o", "neill")) == "oneill"


def test_folding_what_is_folded_changes_nothing_for_any_character():
    """Of the million signs that are nothing yet, or what somebody makes of them, the first and the last."""
    tekens = [chr(nr) for nr in range(sys.maxunicode + 1)]
    soort = {teken: unicodedata.category(teken) for teken in tekens}
    niets = [teken for teken in tekens if soort[teken] in ("Cn", "Co", "Cs")]
    assert not any(woorden(teken) for teken in (niets[0], niets[-1]))
    anders = [
        f"U+{ord(teken):04X}"
        for teken in tekens
        if soort[teken] not in ("Cn", "Co", "Cs") and (een := woorden(teken)) != woorden(" ".join(sorted(een)))
    ]
    assert anders == []


@given(st.text())
def test_a_text_has_the_same_words_however_it_was_composed_and_whatever_its_case(tekst: str):
    vormen = {unicodedata.normalize(vorm, tekst) for vorm in ("NFC", "NFD")}
    assert len({frozenset(woorden(vorm)) for vorm in vormen}) == 1
    ascii = "".join(teken for teken in tekst if teken.isascii())
    assert woorden(ascii.upper()) == woorden(ascii.lower())


@given(st.text())
def test_a_word_holds_no_sign_and_no_space(tekst: str):
    assert all(woord.isalnum() and woord == vouw(woord) for woord in woorden(tekst))
