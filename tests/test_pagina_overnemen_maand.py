"""Page Overnemen with the next file of a source: what changes, which figures move, and what the user decides."""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten.overname.voorstel import heropen
from klachten.register import Register
from klachten.scherm.overnemen import werk as werken
from tests import eindig
from tests.paginas import Opent
from tests.schermproef import tekst
from tests.test_pagina_overnemen import rijen, stap, stuur, veld, verder


def neem_over(proef, firma: Register, inhoud: str) -> None:
    """Go through all steps and record."""
    stuur(proef, inhoud)
    verder(proef, 6)
    verder(proef)
    werken.of(firma, "iris").bezig.wait(eindig.GENOEG)
    proef.run()


def test_the_next_file_of_a_source_shows_what_changes_and_asks_where_both_changed(firma: Register, opent: Opent):
    werken._werken.clear()
    proef = opent("overnemen")
    neem_over(proef, firma, rijen())
    assert "Dit is overname 1." in tekst(proef)
    nummers = {een.feit.bron_id: nummer for nummer, een in _ontvangsten(firma)}
    (open_, dicht) = nummers["2025-010"], nummers["2025-001"]
    (afsluiting,) = [v for v in firma.vastleggingen(dicht) if v.feit.soort == "KlachtAfgesloten"]
    with firma.schrijven() as boeking:
        anders = g.KlachtAfgesloten(gebeurd_op=date(2025, 2, 3))
        boeking.leg_vast(dicht, anders, door="anna", rol="coordinator", corrigeert=afsluiting.nr)
    tweede = rijen().replace("2025-010;03-04-2025;03-04-2025;;", "2025-010;03-04-2025;03-04-2025;01-06-2025;")
    tweede = tweede.replace(f"{afsluiting.feit.gebeurd_op:%d-%m-%Y};Wachttijd;Telefonisch;J. Jansen;Verhaal 1;",
                            "04-02-2025;Wachttijd;Telefonisch;J. Jansen;Verhaal 1;")  # fmt: skip
    assert tweede.count("01-06-2025") == tweede.count("04-02-2025;W") == 1

    next(knop for knop in proef.button if knop.key == "overnemen.nog").click().run()
    stuur(proef, tweede)
    next(knop for knop in proef.button if knop.key.startswith("overnemen.verder")).click().run()
    if hergebruik := [knop for knop in proef.button if knop.label == "Dezelfde keuzes gebruiken"]:
        hergebruik[0].click().run()
    while stap(proef) != "Controle":
        verder(proef)
    gezegd = tekst(proef)
    assert f"stap 13 erbij: 1 klacht ({open_})" in gezegd
    assert "Welke cijfers bewegen" in gezegd
    assert f"{dicht}, stap 13, datum: hier 3 februari 2025, in het bestand 4 februari 2025" in gezegd
    assert next(knop for knop in proef.button if knop.key.startswith("overnemen.verder")).disabled
    veld(proef, "selectbox", "Voor alle klachten").select("neem").run()
    verder(proef)
    werken.of(firma, "iris").bezig.wait(eindig.GENOEG)
    proef.run()
    assert "Vastgelegd is wat er anders is bij 2 klachten." in tekst(proef)
    assert "Dit is overname 2." in tekst(proef)
    with firma.cursor() as cursor:
        rij = "SELECT stap_13_op FROM klacht WHERE klachtnummer = ?"
        assert [cursor.execute(rij, [nr]).fetchall() for nr in (open_, dicht)] == [
            [(date(2025, 6, 1),)],
            [(date(2025, 2, 4),)],
        ]
    werken._werken.clear()


def _ontvangsten(firma: Register):
    with firma.cursor() as cursor:
        nummers = cursor.execute("SELECT klachtnummer FROM klacht WHERE bron <> ''").fetchall()
    return [(nummer, firma.vastleggingen(nummer)[0]) for (nummer,) in nummers]


def test_a_file_with_only_what_changed_is_said_to_be_one_on_the_page(firma: Register, opent: Opent):
    werken._werken.clear()
    proef = opent("overnemen")
    stuur(proef, rijen())
    verder(proef, 4)
    vak = veld(proef, "checkbox", "Het bestand heeft alleen wat nieuw of veranderd is")
    assert (vak.value, "verdwenen uit de bron" in vak.help) == (False, True)
    vak.check().run()
    verder(proef, 2)
    werk = werken.of(firma, "iris")
    assert werk.uitkomst.plan.kolommen.alleen_wijzigingen
    assert "alleen_wijzigingen = true" in werk.uitkomst.tekst
    # Kept, it is a choice like the others when the next file comes.
    weer = heropen.reopen(werk.declaration(), werk.gezien)
    assert weer.declare(werk.gezien)["alleen_wijzigingen"] is True
