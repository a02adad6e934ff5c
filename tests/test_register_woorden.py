"""The words by which a klacht is found: kept with its texts, and made anew where they lack or are of other rules."""

from __future__ import annotations

from klachten.register.controle import controleer
from tests.registerproef import fouten, leg_klacht_vast, leg_stap_vast, open_at


def words(register, nummer: str) -> set[str]:
    """The words of a klacht, which also stand in the list of all words."""
    vraag = "SELECT z.woord FROM zoekwoord AS z JOIN woord AS w ON w.woord = z.woord WHERE z.klachtnummer = ?"
    with register.cursor() as cursor:
        return {woord for (woord,) in cursor.execute(vraag, [nummer]).fetchall()}


def test_a_register_of_the_version_before_search_words_opens_and_has_them(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register, indiener_naam="Fiona O’Neill", omschrijving="Łódź")
        for opdracht in (
            "DROP TABLE zoekwoord",
            "DROP TABLE woord",
            "DELETE FROM migratie WHERE naam = '006_zoeken.sql'",
            "DELETE FROM inrichting WHERE naam = 'zoekwoorden'",
        ):
            register._db.con.execute(opdracht)
    assert fouten(controleer(tmp_path)) == [], "it is brought up to date at the next start"
    with open_at(tmp_path) as register:
        assert register.meldingen == []
        assert words(register, nummer) == {"fiona", "o", "neill", "oneill", "lodz"}
        leg_stap_vast(register, nummer, "Zoë belde.")
        assert words(register, nummer) == {"fiona", "o", "neill", "oneill", "lodz", "zoe", "belde"}
        assert fouten(controleer(register)) == []


def test_other_rules_for_words_make_them_anew_at_the_next_start(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register, omschrijving="Łódź")
        register._db.con.execute("UPDATE inrichting SET waarde = 'anders' WHERE naam = 'zoekwoorden'")
        register._db.con.execute("UPDATE zoekwoord SET woord = 'łodz'")
    with open_at(tmp_path) as register:
        assert words(register, nummer) == {"lodz"}


def test_a_rebuild_makes_the_words_too(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register, omschrijving="Łódź")
    with open_at(tmp_path, herbouw=True) as register:
        assert words(register, nummer) == {"lodz"}


def test_of_texts_that_are_taken_away_no_word_stays(tmp_path):
    with open_at(tmp_path) as register:
        een = leg_klacht_vast(register, omschrijving="fiets gestolen")
        ander = leg_klacht_vast(register, omschrijving="fiets terug")
        with register._db.transaction():
            register._db.con.execute("DELETE FROM tekst WHERE klachtnummer = ?", [een])
            register._db.teksten.zoekwoorden.renew([een])
        assert (words(register, een), words(register, ander)) == (set(), {"fiets", "terug"})
        with register.cursor() as cursor:
            over = cursor.execute("SELECT woord FROM woord ORDER BY woord").fetchall()
        assert over == [("fiets",), ("terug",)]
        leg_stap_vast(register, een, "gestolen?")
        assert words(register, een) == {"gestolen"}
