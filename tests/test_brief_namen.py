"""Whether a letter names somebody whom it may not: as people write names, and without refusing what is no name."""

from __future__ import annotations

import pytest

from klachten.brieven.namen import named_in, shares_last_name

PIET, ZOE, MARIE, KEES = "Piet Pietersen", "Zoe van den Berg", "Marie Bos", "Kees Janssen"
BAS = ("Bas Janssen",)
# What the letter says, whom it may not name, whom it may, who reads it, and whether it names the first.
NAMEN: list[tuple[str, str, tuple[str, ...], str, bool]] = [
    ("Dank, Piet Pietersen", PIET, (), "", True),
    ("Ook Zoë van den Bérg", ZOE, (), "", True),
    ("boven op de berg", ZOE, (), "", False),
    ("mevrouw Berg", ZOE, (), "", True),
    ("mevrouw van den berg", ZOE, (), "", True),
    ("Geachte J. Jansen", "J. Jansen", (), "J. Jansen", False),
    ("Hij las de krant", "P. de Kr", (), "", False),
    ("niemand", "", (), "", False),
    # A short name: with a title, an initial, or whole; not as any word.
    ("Net als mevrouw Bos klaagt u.", MARIE, (), "", True),
    ("Net als mw. Bos klaagt u.", MARIE, (), "", True),
    ("Net als mevr. M. Bos klaagt u.", MARIE, (), "", True),
    ("Net als dhr. bos klaagt u.", MARIE, (), "", True),
    ("Net als M. Bos klaagt u.", MARIE, (), "", True),
    ("Net als M. BOS klaagt u.", MARIE, (), "", True),
    ("Het gesprek is in Den Bosch, bij het bos.", MARIE, (), "", False),
    ("Bos en hei zijn mooi.", MARIE, (), "", False),
    # In capitals, in small letters after a title, and as whose something is.
    ("Net als PIETERSEN klaagt u.", PIET, (), "", True),
    ("Net als mevrouw PIETERSEN klaagt u.", PIET, (), "", True),
    ("Net als mevrouw pietersen klaagt u.", PIET, (), "", True),
    ("Pietersens klacht", PIET, (), "", True),
    ("Pietersen's klacht", PIET, (), "", True),
    ("de familie Pietersen-Bos", PIET, (), "", True),
    ("pietersen als gewoon woord", PIET, (), "", False),
    ("O’Neill belde", "Jan O'Neill", (), "", True),
    # A colleague who is called so too is named whole, or with the initial.
    ("Net als mevrouw Janssen klaagt u.", KEES, BAS, "", True),
    ("JANSSEN klaagde ook", KEES, BAS, "", True),
    ("Met vriendelijke groet, Bas Janssen", KEES, BAS, "", False),
    ("Met vriendelijke groet, B. Janssen", KEES, BAS, "", False),
    ("Bas Janssen; ook K. Janssen klaagde", KEES, BAS, "", True),
    ("Bas Janssen; ook Kees Janssen klaagde", KEES, BAS, "", True),
    # So does who reads it, who may be greeted.
    ("Geachte mevrouw Janssen, dank u.", KEES, (), "Marie Janssen", False),
    ("Geachte heer of mevrouw Janssen, dank u.", KEES, (), "Marie Janssen", False),
    ("Geachte mevrouw Janssen, net als de heer Janssen klaagt u.", KEES, (), "Marie Janssen", True),
    ("Marie Janssen\nLindelaan 3", KEES, (), "Marie Janssen", False),
    ("Janssen Zorg", "Jan Janssen", ("Janssen Zorg",), "", False),
]


@pytest.mark.parametrize(("tekst", "ander", "mag", "zelf", "noemt"), NAMEN)
def test_whether_a_letter_names_somebody(tekst: str, ander: str, mag: tuple[str, ...], zelf: str, noemt: bool):
    assert named_in(tekst, [ander], mag, zelf) == ([ander] if noemt else [])


def test_who_is_called_the_same():
    assert shares_last_name(KEES, ("Anna de Wit", *BAS))
    assert not shares_last_name(KEES, ("Anna de Wit", ""))
    assert not shares_last_name("", ("",))
