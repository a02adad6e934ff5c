"""Reminders: on which day one falls, what a rule may say, whom it reminds, and what the pages say before and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klachten import gebeurtenissen as g
from klachten.analyse.basis import kalender
from klachten.analyse.werk import herinnering
from klachten.handelingen import OngeldigeInvoer
from klachten.handelingen.organisatie import eerste
from klachten.organisatie import Organisatie
from klachten.organisatie.herinneringen import coming, days, hour, standard
from klachten.register import Register
from klachten.scherm.lijsten.taken import alle_taken
from tests.firmaproef import doe
from tests.lijsten import VANDAAG, Lijst
from tests.paginas import Opent, verstuur, vul, zinnen

EEN = timedelta(days=1)
BEGIN = date(2020, 1, 1)
REGEL = g.HerinneringsregelGesteld(
    gebeurd_op=BEGIN, regel="r", waarvoor="termijn", dagen_voor=(3, 1), rollen=("behandelaar",), vanaf=BEGIN
)
DAGEN = st.dates(date(2020, 1, 1), date(2040, 12, 31))
AANTALLEN = st.lists(st.integers(0, 40), min_size=1, max_size=4).map(tuple)


@pytest.mark.parametrize(
    ("uiterlijk", "voor", "werkdagen", "vallen"),
    [
        # Thursday 5 March 2026; Saturday 7 March; Easter Monday 6 April; Tuesday 28 April after King's Day.
        (date(2026, 3, 5), (3, 1), True, ["2026-03-02", "2026-03-04"]),
        (date(2026, 3, 5), (4,), True, ["2026-02-27"]),
        (date(2026, 3, 5), (4,), False, ["2026-02-27"]),
        (date(2026, 3, 7), (0,), True, ["2026-03-06"]),
        (date(2026, 3, 7), (0,), False, ["2026-03-06"]),
        (date(2026, 4, 7), (1,), True, ["2026-04-02"]),
        (date(2026, 4, 28), (1, 0), True, ["2026-04-24", "2026-04-28"]),
        (date(2026, 3, 8), (0, 0), True, ["2026-03-06"]),
    ],
)  # fmt: skip
def test_a_reminder_falls_so_many_days_before(
    uiterlijk: date, voor: tuple[int, ...], werkdagen: bool, vallen: list[str]
):
    regel = replace(REGEL, dagen_voor=voor, werkdagen=werkdagen)
    assert [str(dag) for dag in days(regel, uiterlijk, kalender.is_werkdag)] == vallen
    assert hour(regel) == 8


@given(DAGEN, AANTALLEN, st.booleans())
def test_no_reminder_comes_after_the_last_day_nor_on_a_free_one(
    uiterlijk: date, voor: tuple[int, ...], werkdagen: bool
):
    vallen = days(replace(REGEL, dagen_voor=voor, werkdagen=werkdagen), uiterlijk, kalender.is_werkdag)
    assert list(vallen) == sorted(set(vallen))
    assert 1 <= len(vallen) <= len(set(voor))
    for dag in vallen:
        assert dag <= uiterlijk
        assert kalender.is_werkdag(dag)
    # Counted back: the days after the first reminder, up to the last day, that count: as many as the most asked for.
    geteld = [vallen[0] + n * EEN for n in range(1, (uiterlijk - vallen[0]).days + 1)]
    if werkdagen:
        assert sum(kalender.is_werkdag(dag) for dag in geteld) == max(voor)
    else:
        # Moved to the ordinary day before it: on every day in between nobody is there.
        bedoeld = uiterlijk - max(voor) * EEN
        assert not any(kalender.is_werkdag(dag) for dag in geteld if dag <= bedoeld)


@given(DAGEN, AANTALLEN, st.integers(0, 60), st.integers(0, 60), st.integers(-20, 60))
def test_a_rule_reminds_only_on_the_days_on_which_it_holds(
    uiterlijk: date, voor: tuple[int, ...], begin: int, duur: int, nog: int
):
    vanaf = uiterlijk - begin * EEN
    regel = replace(REGEL, dagen_voor=voor, vanaf=vanaf)
    einde = replace(REGEL, dagen_voor=(), rollen=(), vanaf=vanaf + duur * EEN)
    org = Organisatie(feiten=(regel, einde))
    nu = uiterlijk - nog * EEN
    gevonden = {dag for dag, _ in coming(org, ("termijn",), uiterlijk, nu, kalender.is_werkdag)}
    verwacht = {d for d in days(regel, uiterlijk, kalender.is_werkdag) if vanaf <= d < einde.vanaf and d >= nu}
    assert gevonden == verwacht
    assert not list(coming(org, ("maatregel",), uiterlijk, nu, kalender.is_werkdag))


GOED = {"waarvoor": "maatregel", "dagen_voor": ("1", "5", "2"), "rollen": ("actienemer",), "uur": 9, "vanaf": VANDAAG}

LADDER = {"daarna": True, "coordinator_na": 1, "directie_na": 5}


def test_a_rule_begins_changes_and_ends_and_none_is_forgotten(firma: Register):
    standaard = [regel.regel for regel in firma.organisatie.herinneringsregels(VANDAAG)]
    assert standaard == [regel.regel for regel in standard(VANDAAG)]
    for weigert, zin in (
        ({"uur": 18}, "Kies een uur van 7 tot en met 17"),
        ({"uur": 6}, "Kies een uur van 7 tot en met 17"),
        ({"coordinator_na": 1}, "Kies ook dat er na de laatste dag wordt herinnerd"),
        ({"daarna": True, "coordinator_na": 61}, "van 1 tot en met 60"),
        ({"daarna": True, "directie_na": 2, "rollen": ("directie",)}, "al vanaf het begin"),
        ({"rollen": ("actienemer",), "waarvoor": "termijn"}, "wordt de actienemer niet herinnerd"),
        ({"vanaf": VANDAAG - EEN}, "Kies vandaag of later"),
        ({"regel": "anders"}, "is er niet"),
        ({"dagen_voor": ()}, "vul dit in"),
        (
            {
                **LADDER,
                "dagen_voor": ("7", "2", "0"),
                "uur": 8,
                "rollen": ("actienemer", "behandelaar"),
                "werkdagen": False,
            },
            "geldt op 25 februari 2026 al",
        ),
    ):
        stand = firma.stand()
        with pytest.raises(OngeldigeInvoer) as fout:
            doe(firma, "stellen_herinneringsregel", **{**GOED, **weigert})
        assert zin in " ".join(fout.value.velden.values())
        assert firma.stand() == stand
    doe(firma, "stellen_herinneringsregel", **GOED)
    nieuw = firma.organisatie.van(g.HerinneringsregelGesteld)[-1]
    assert (nieuw.regel, nieuw.dagen_voor) == ("herinnering_4", (5, 2, 1))
    doe(firma, "stellen_herinneringsregel", **{**GOED, "regel": nieuw.regel, "uur": 7, "vanaf": VANDAAG + 9 * EEN})
    with pytest.raises(OngeldigeInvoer, match="verandert al op 6 maart 2026"):
        doe(firma, "beeindigen_herinneringsregel", regel=nieuw.regel, laatste_dag=VANDAAG + 2 * EEN)
    doe(firma, "beeindigen_herinneringsregel", regel=nieuw.regel, laatste_dag=VANDAAG + 20 * EEN)
    uren = [
        [regel.uur for regel in firma.organisatie.herinneringsregels(VANDAAG + n * EEN) if regel.regel == nieuw.regel]
        for n in (0, 8, 9, 20, 21)
    ]
    assert uren == [[9], [9], [7], [7], []]
    with pytest.raises(OngeldigeInvoer, match="geldt na"):
        doe(firma, "beeindigen_herinneringsregel", regel=nieuw.regel, laatste_dag=VANDAAG + 30 * EEN)


def test_a_new_organisation_begins_with_the_standard_rules(register: Register):
    eerste.begin(
        register, organisatie="Brug", voornaam="Noor", tussenvoegsel="", achternaam="Meer", e_mail="n@b.nl", op=VANDAAG
    )
    assert register.organisatie.herinneringsregels(VANDAAG) == standard(VANDAAG)
    assert register.organisatie.herinneringsregels(VANDAAG - EEN) == ()


def test_who_is_reminded_may_see_it_and_whoever_is_involved_is_not(firma: Register):
    lijst = Lijst(firma)
    gewoon = lijst.tot(4, behandelaar="bas")
    betrokken = lijst.tot(4, behandelaar="bas", betrokkenen=("carla",))
    termijn = next(t for t in alle_taken() if t.klachtnummer == gewoon and t.termijn_naam)
    assert termijn.uiterlijk_op
    regel = replace(REGEL, rollen=("behandelaar", "directie"), dagen_voor=(1,))
    dag = days(regel, termijn.uiterlijk_op, kalender.is_werkdag)[0]
    with firma.cursor() as cursor:
        vallen = list(herinnering.fall_on(cursor, firma.organisatie, alle_taken(), dag, [regel]))
        assert list(herinnering.fall_on(cursor, firma.organisatie, alle_taken(), dag + EEN, [regel])) == []
    wie = {nummer: sorted(h.wie.id for h in vallen if h.taak.klachtnummer == nummer) for nummer in (gewoon, betrokken)}
    assert wie == {gewoon: ["bas", "carla", "frank"], betrokken: ["bas", "frank"]}


def test_one_is_reminded_in_the_role_in_which_the_task_is_ones_own(firma: Register):
    """Dirk is actienemer too, and behandelaar here; Frank carries out a maatregel of a klacht that is closed to him."""
    lijst = Lijst(firma)
    nummer = lijst.tot(6, behandelaar="dirk", betrokkenen=("frank",))
    wat = {"omschrijving": "Bellen", "actienemer": "frank", "uiterlijk_op": VANDAAG + 2 * EEN, "overlegd_met": "carla"}
    lijst.doe("stap_08_bepalen_maatregel", "dirk", nummer, op=8, **wat)
    lijst.doe("stap_10_informeren_actienemer", "dirk", nummer, op=9, maatregel=1)
    lijst.tot(4, behandelaar="dirk")
    taken = [taak for taak in alle_taken() if taak.reeks == "K" and taak.uiterlijk_op]

    def reminded(waarvoor: str, *rollen: str) -> set[tuple[int, str]]:
        regel = replace(REGEL, waarvoor=waarvoor, rollen=rollen, dagen_voor=(0,))
        with firma.cursor() as cursor:
            return {
                (val.taak.stap, val.wie.id)
                for taak in taken
                for val in herinnering.fall_on(
                    cursor, firma.organisatie, taken, days(regel, taak.uiterlijk_op, kalender.is_werkdag)[0], [regel]
                )
            }

    assert reminded("maatregel", "actienemer", "directie") == {(11, "frank"), (11, "carla")}
    assert reminded("maatregel", "directie") == {(11, "carla")}
    assert reminded("termijn", "behandelaar") == {(5, "dirk")}
    # Frank has not that role, and the maatregel is his all the same; the klacht that Dirk handles is none.
    assert reminded("taak", "actienemer") == {(11, "frank")}


def test_the_day_that_is_shown_is_still_to_come(firma: Register):
    """Of seven and two days before, the first is over."""
    nummer = Lijst(firma).tot(10, op=VANDAAG - 40 * EEN)
    (taak,) = [taak for taak in alle_taken() if taak.klachtnummer == nummer and taak.stap == 11]
    assert taak.uiterlijk_op == VANDAAG + 2 * EEN
    assert herinnering.next_day(firma.organisatie, taak, VANDAAG - 30 * EEN) == VANDAAG - 5 * EEN
    assert herinnering.next_day(firma.organisatie, taak, VANDAAG) == VANDAAG
    assert herinnering.next_day(firma.organisatie, taak, VANDAAG + EEN) == VANDAAG + 2 * EEN
    # Late: the first ordinary day after the last one, and then every one.
    maandag = VANDAAG + 5 * EEN
    assert herinnering.next_day(firma.organisatie, taak, VANDAAG + 3 * EEN) == maandag
    assert herinnering.next_day(firma.organisatie, taak, maandag + EEN) == maandag + EEN
    # A day that the organisation equates with a holiday is none to be reminded on.
    brugdag = {"naam": "Brugdag", "nummer": "", "eerste": maandag, "laatste": None, "bekend_tot": maandag}
    doe(firma, "gelijkstellen_dagen", **brugdag)
    assert herinnering.next_day(firma.organisatie, taak, VANDAAG + 3 * EEN) == maandag + EEN


def test_the_page_counts_before_it_records_and_the_werkvoorraad_shows_the_day(firma: Register, opent: Opent):
    # Received on 2 February: what is to be decided within four weeks is due in five days.
    lijst = Lijst(firma)
    lijst.tot(6, behandelaar="bas")
    lijst.tot(6, behandelaar="dirk", betrokkenen=("iris",))
    proef = opent("organisatie")
    assert "krijgt per dag één overzicht per e-mail" in zinnen(proef)
    assert (
        "Aan een termijn van een klacht: 7 en 2 dagen voor de laatste dag, op de dag zelf en elke werkdag erna, vanaf "
        "8.00 uur, aan de behandelaar, vanaf 1 werkdag te laat ook aan de coördinator, vanaf 5 werkdagen te laat "
        "ook aan de directie."
    ) in zinnen(proef)
    proef.selectbox(key="organisatie.doen").set_value("stellen_herinneringsregel").run()
    vul(proef, waarvoor="termijn", dagen_voor=("5", "3"), rollen=("behandelaar",), werkdagen=False)
    stand = firma.stand()
    next(knop for knop in proef.button if (knop.key or "").endswith(".bekijk")).click().run()
    gezegd = zinnen(proef)
    # The klacht in which the reader is involved is not counted.
    assert "- Vandaag zou dit **1 taak** raken: Bas Janssen (1)." in gezegd
    assert "- Van vandaag tot en met 3 maart 2026: **1 taak** raken: Bas Janssen (2)." in gezegd
    assert firma.stand() == stand
    verstuur(proef)
    assert [zin.value for zin in proef.success], zinnen(proef)
    assert "Herinnering: vandaag." in zinnen(opent("werkvoorraad", "bas"))
    # Two days before Monday 2 March is a Saturday, so the Friday before it.
    doe(firma, "beeindigen_herinneringsregel", regel="herinnering_4", laatste_dag=VANDAAG - EEN)
    assert "Herinnering: vr 27 feb." in zinnen(opent("werkvoorraad", "bas"))
    # And three ordinary days before it is today.
    rest = {"waarvoor": "termijn", "dagen_voor": ("3",), "rollen": ("behandelaar",), "uur": 8, "vanaf": VANDAAG}
    doe(firma, "stellen_herinneringsregel", regel="herinnering_1", **rest)
    assert "Herinnering: vandaag." in zinnen(opent("werkvoorraad", "bas"))
    doe(firma, "beeindigen_herinneringsregel", regel="herinnering_1", laatste_dag=VANDAAG - EEN)
    assert "Herinnering" not in zinnen(opent("werkvoorraad", "bas"))


def test_the_werkvoorraad_says_that_nobody_is_there_before_the_last_day(firma: Register, opent: Opent):
    Lijst(firma).tot(6, behandelaar="bas")
    assert "wordt niet meer gehaald" not in zinnen(opent("werkvoorraad", "bas"))
    weg = {"van": VANDAAG, "tot": VANDAAG + 9 * EEN, "vervanger": "", "lang": False, "toelichting": ""}
    doe(firma, "melden_afwezigheid", wie="bas", dossier="bas", **weg)
    zegt = "wordt niet meer gehaald: tot en met 2 maart 2026 is Bas Janssen er niet, en niemand vervangt"
    assert zegt in zinnen(opent("werkvoorraad", "bas"))
    over = {**weg, "afwezigheid": 1, "tot": VANDAAG + 9 * EEN, "vervanger": "dirk", "reden": "Dirk kan"}
    doe(firma, "wijzigen_afwezigheid", wie="bas", dossier="bas", **over)
    assert "wordt niet meer gehaald" not in zinnen(opent("werkvoorraad", "bas"))
