"""Two tabs that change one text at once: nothing typed is lost, whatever they do (step 16).

With `KLACHTEN_TEKSTEN=10000` before the command each property is tried on so many texts.
"""

from __future__ import annotations

import os
import time
from collections import Counter

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from klachten.scherm.tweeteksten import changed, merged

# Few words, so that the same ones are often typed by both; blanks of every kind.
_WOORDEN = ("de", "klacht", "op", "tijd.", "laat", "Wij", "bellen", "maandag.", "dinsdag", "x")
# And fewer still: of equal words side by side nobody knows which one is new.
_HERHAALD = ("de", "klacht", "de klacht.")
_VEEL = os.environ.get("KLACHTEN_TEKSTEN", "")
veel = settings(max_examples=int(_VEEL or 100), deadline=None, suppress_health_check=[*HealthCheck] if _VEEL else [])


def _uit(*woorden: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from([*woorden, "\n", "\n\n"]), max_size=14).map(
        lambda delen: " ".join(delen).replace(" \n", "\n").replace("\n ", "\n")
    )


_tekst = _uit(*_WOORDEN) | _uit(*_HERHAALD)


@st.composite
def _bewerkt(draw: st.DrawFn, basis: str) -> str:
    """What somebody makes of a text: some pieces out, others in, anywhere."""
    woorden = basis.split(" ")
    for _ in range(draw(st.integers(0, 3))):
        van = draw(st.integers(0, len(woorden)))
        tot = draw(st.integers(van, min(van + 3, len(woorden))))
        woorden[van:tot] = draw(_tekst).split(" ")[:4]
    # A text is kept while it is being typed, so in the middle of a word as well.
    return " ".join(woorden) + draw(st.sampled_from(("", "jd", "jd en", ".")))


@st.composite
def _drie(draw: st.DrawFn) -> tuple[str, str, str]:
    basis = draw(_tekst)
    return basis, draw(_bewerkt(basis)), draw(_bewerkt(basis))


@veel
@given(_drie())
@example(("Wij bellen maandag.", "Wij bellen dinsdag.", "Wij bellen woensdag."))
@example(("de de de", "de klacht klacht de de de", "de klacht klacht de de"))
@example(("weg", "weg en meer", ""))
@example(("Op ti", "Op tijd", "Op ti Stap"))
def test_no_word_is_lost_unless_the_tab_that_had_it_took_it_out(drie: tuple[str, str, str]):
    basis, hun, mijn = drie
    uit, b, h, m = (Counter(tekst.split()) for tekst in (merged(basis, hun, mijn), basis, hun, mijn))
    for woord in b | h | m:
        # Each is there as often as the tab that has it most, less what the other took out of what both began with.
        weg_hun, weg_mijn = max(b[woord] - h[woord], 0), max(b[woord] - m[woord], 0)
        assert uit[woord] >= max(h[woord] - weg_mijn, m[woord] - weg_hun), woord
        # And nothing comes from nowhere: at the most both texts whole.
        assert uit[woord] <= h[woord] + m[woord]


@veel
@given(_drie())
def test_what_one_tab_changed_is_as_that_one_has_it(drie: tuple[str, str, str]):
    basis, hun, mijn = drie
    assert merged(basis, basis, mijn) == mijn
    assert merged(basis, hun, basis).split() == hun.split()
    assert merged(basis, mijn, mijn) == mijn


@veel
@given(_drie())
def test_the_words_of_each_tab_stay_in_their_order(drie: tuple[str, str, str]):
    """Nobody's sentence is shuffled: what a tab added stands in the order in which it was typed."""
    for een, ander in (drie[1:], drie[:2]):
        uit = iter(merged("", een, ander).split())
        assert all(woord in uit for woord in een.split())


def test_what_becomes_of_a_text_that_two_tabs_changed():
    lang = "Op tijd bevestigd. Stap 11 loopt uit.\n\nWij bellen maandag."
    gevallen = [
        ("", "", "mijn", "mijn"),
        ("", "hun", "mijn", "hun\n\nmijn"),
        ("samen", "samen", "samen mijn", "samen mijn"),
        # Each went on with the same unfinished sentence: both can be read whole.
        ("samen", "samen hun", "samen mijn", "samen hun\nsamen mijn"),
        ("samen", "anders", "samen mijn", "anders mijn"),
        ("samen", "anders", "heel anders", "anders\nheel anders"),
        ("weg", "weg", "", ""),
        # What the other goes on with is not taken out with the rest.
        ("weg", "weg en meer", "", "weg en meer"),
        ("Een.", "Een. Hun.", "Een. Mijn.", "Een. Hun.\nMijn."),
        ("Een.\n\n", "Een.\n\nHun.", "Een.\n\nMijn.", "Een.\n\nHun.\n\nMijn."),
        # In other sentences, and in other words of one sentence.
        (lang, lang.replace("bevestigd", "geantwoord"), lang.replace("maandag", "dinsdag"),
         "Op tijd geantwoord. Stap 11 loopt uit.\n\nWij bellen dinsdag."),
        ("Wij bellen maandag terug.", "Wij mailen maandag terug.", "Wij bellen maandag altijd terug.",
         "Wij mailen maandag altijd terug."),
        # The same words otherwise: the sentence stays in both ways, the rest of the text once.
        (lang, lang.replace("maandag", "dinsdag"), lang.replace("maandag", "woensdag"),
         f"{lang.replace('maandag', 'dinsdag')}\nWij bellen woensdag."),
        # Half a word that was kept while it was being typed.
        ("Op ti", "Op ti\n\nStap", "Op tijd bev", "Op tijd bev\n\nStap"),
        # Of which "de" is new nothing can be told: both stay.
        ("de de de", "de klacht klacht de de de", "de klacht klacht de de",
         "de klacht klacht de de de\nde klacht klacht de de"),
        # Only an enter: it stays where it was put.
        ("een twee", "een\n\ntwee", "een twee drie", "een\n\ntwee drie"),
    ]  # fmt: skip
    assert [merged(*geval[:3]) for geval in gevallen] == [geval[3] for geval in gevallen]


def test_a_text_that_would_be_longer_than_anybody_types_takes_no_minutes():
    woorden = [f"woord{n % 400}" for n in range(8_000)]
    basis = " ".join(woorden)
    uit = merged(basis, f"Hun. {basis}", f"{basis} Mijn.")
    assert uit == f"Hun. {basis} Mijn."
    steeds = "de " * 8_000
    begin = time.process_time()
    assert len(merged(steeds, f"Hun {steeds}", f"{steeds} Mijn.").split()) >= 8_002
    # Without a bound on what is compared it takes half a minute.
    assert time.process_time() - begin < 5


def test_how_many_words_differ():
    assert [changed(*twee) for twee in (("", ""), ("a b", "a b"), ("a b", "a c d"), ("a b c", "a"))] == [0, 0, 3, 2]


def test_what_both_went_on_from_in_the_same_way_is_there_once():
    """A text without a full stop gets one from both."""
    basis, hun, mijn = (
        "Voortaan bevestigen",
        "Voortaan bevestigen. Ook per post.",
        "Voortaan bevestigen. Ook op vrijdag.",
    )
    assert merged(basis, hun, mijn) == "Voortaan bevestigen. Ook per post.\nOok op vrijdag."
