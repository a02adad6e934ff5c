"""Leaving others out of a text: a table of what people type, and what is left of it."""

from __future__ import annotations

import pytest

from klachten.inzage import Schoner

SCHOON = Schoner(
    eigen=["J. Jansen", "j.jansen@thuis.example, 06 1111 2222"],
    anderen={
        "Eva de Groot": "[betrokken medewerker]",
        "Bas O'Neill": "[behandelaar]",
        "Zoë Łukasik-Müller": "[een ander]",
        "Piet Jansen": "[een ander]",
        "jdevries": "[medewerker]",
    },
    contact=["Dorpsstraat 1a, 6001 AB Weert", "zoe@elders.example", "+31 6 9876 5432"],
    dossiers=["K2026-0001"],
)


@pytest.mark.parametrize(
    ("tekst", "blijft"),
    [
        ("Eva de Groot kwam niet.", "[betrokken medewerker] kwam niet."),
        ("EVA DE GROOT kwam niet", "[betrokken medewerker] kwam niet"),
        ("eva belde, mevrouw de Groot niet", "[betrokken medewerker] belde, mevrouw de [betrokken medewerker] niet"),
        ("E. de Groot en E.M. Groot", "[betrokken medewerker] en [betrokken medewerker]"),
        ("Bas O’Neill, bas oneill, O'Neills auto", "[behandelaar], [behandelaar], [behandelaar] auto"),
        ("zoe lukasik muller en Zoe\u0308 \u0141ukasik", "[een ander] en [een ander]"),
        ("Z\u200bo\u00eb was er", "[een ander] was er"),
        ("Zoë's moeder", "[een ander]'s moeder"),
        ("Evaluatie en basis blijven", "Evaluatie en basis blijven"),
        ("Ik, J. Jansen, schreef", "Ik, J. Jansen, schreef"),
        ("Piet Jansen en Jansen", "[een ander] en Jansen"),
        ("jdevries vulde in", "[medewerker] vulde in"),
        ("mail zoe@elders.example of j.jansen@thuis.example", "mail [e-mailadres] of j.jansen@thuis.example"),
        ("bel 06-98765432 of 06 1111 2222", "bel [telefoonnummer] of 06 1111 2222"),
        ("woont in de Dorpsstraat 1a te Weert", "woont in de [contactgegevens van een ander] te Weert"),
        ("K2026-0001 hoort bij k2026-0002", "K2026-0001 hoort bij [een ander dossier]"),
        ("op 22-11-2026 en 10-12-2026", "op 22-11-2026 en 10-12-2026"),
        ("", ""),
    ],
)
def test_others_go_and_the_rest_stays(tekst: str, blijft: str):
    assert SCHOON(tekst) == blijft


def test_a_name_of_both_is_said_so_that_somebody_reads_it_again():
    assert SCHOON.shared == {"jansen"}


def test_without_anybody_a_text_stays_as_it_was_typed():
    tekst = "Regel 1\n\tRegel 2 <b>&amp;</b> =1+1"
    assert Schoner()(tekst) == tekst
