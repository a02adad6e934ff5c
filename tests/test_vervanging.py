"""Who is absent and who takes the place: the tasks of the one in the list of the other, and the own page for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from klachten import organisatie
from klachten.analyse.werk.werkvoorraad import Taak, of_person, visible_to, werkvoorraad
from klachten.dossier.klacht import Dossier
from klachten.handelingen import dossier_van
from klachten.register import Register
from klachten.scherm.intake.klaar import next_steps
from tests.lijsten import ONTVANGEN, VANDAAG, VESTIGINGEN, Lijst, afwezig
from tests.paginas import Opent, kies, leg_vast, zinnen

EEN = timedelta(1)
TOT = VANDAAG + 7 * EEN


def ziet(register: Register, wie: str, op=VANDAAG) -> list[Taak]:
    """What somebody has to do on a day, in an own place or in that of another."""
    gebruiker = organisatie.gebruiker(wie, op)
    assert gebruiker is not None
    with register.cursor() as cursor:
        return of_person(visible_to(cursor, werkvoorraad(cursor, op, VESTIGINGEN), gebruiker), gebruiker)


def namens(register: Register, wie: str, op=VANDAAG) -> list[tuple[str | None, int, str, bool]]:
    return [
        (taak.klachtnummer, taak.stap, taak.namens, taak.ongelezen) for taak in ziet(register, wie, op) if taak.namens
    ]


@pytest.mark.parametrize(
    ("tot", "anders", "wie", "ongelezen"),
    [
        # The next step of the behandelaar, and a maatregel of the actienemer.
        (4, {"behandelaar": "bas"}, "bas", True),
        (10, {"behandelaar": "anna"}, "dirk", True),
    ],
)
def test_the_substitute_sees_what_waits_on_those_days(
    register: Register, tot: int, anders: dict[str, str], wie: str, ongelezen: bool
):
    nummer = Lijst(register).tot(tot, **anders)
    assert namens(register, "gijs") == []
    with afwezig(wie, VANDAAG, TOT, "gijs"):
        gezien = {taak.stap for taak in ziet(register, wie)}
        assert gezien
        assert namens(register, "gijs") == [(nummer, stap, wie, ongelezen) for stap in sorted(gezien)]
        assert [taak.namens_tot for taak in ziet(register, "gijs")] == [TOT] * len(gezien)
        assert [len(namens(register, "gijs", op)) for op in (VANDAAG - EEN, TOT, TOT + EEN)] == [0, len(gezien), 0]
        assert namens(register, "eva") == []


def test_never_of_a_klacht_in_which_the_substitute_is_involved(register: Register):
    lijst = Lijst(register)
    wel = lijst.tot(4, behandelaar="bas")
    lijst.tot(4, behandelaar="bas", betrokkenen=("dirk",))
    with afwezig("bas", VANDAAG, TOT, "dirk"):
        assert [nummer for nummer, *_ in namens(register, "dirk")] == [wel]
        assert {taak.klachtnummer for taak in ziet(register, "dirk")} == {wel}


def test_the_substitute_of_an_absent_substitute_sees_it_and_who_has_the_role_reads_it(register: Register):
    nummer = Lijst(register).tot(4, behandelaar="bas")
    with afwezig("bas", VANDAAG, TOT, "dirk"), afwezig("dirk", VANDAAG, VANDAAG, "anna"):
        assert namens(register, "dirk") == []
        # The coordinator reads every klacht anyway, and may do what that role may.
        assert namens(register, "anna") == [(nummer, 5, "bas", False)]
        assert namens(register, "dirk", VANDAAG + EEN) == [(nummer, 5, "bas", True)]


def test_what_is_ones_own_is_not_seen_twice(register: Register):
    """A signaal waits for the ontvanger and the coordinator, who has it once in whosever place."""
    Lijst(register).signaal("gijs")
    with afwezig("gijs", VANDAAG, TOT, "anna"):
        assert namens(register, "anna") == []
        assert [taak.stap for taak in ziet(register, "anna")] == [1]
    with afwezig("gijs", VANDAAG, TOT, "eva"):
        assert [(stap, wie) for _, stap, wie, _ in namens(register, "eva")] == [(1, "gijs")]


# --- on the screen ---------------------------------------------------------------------------------------------------


def test_somebody_reports_changes_and_withdraws_an_own_absence_and_the_substitute_sees_it(
    firma: Register, opent: Opent
):
    nummer = Lijst(firma).tot(4, behandelaar="bas")
    proef = opent("afwezigheid", "bas")
    assert "U staat niet als afwezig gemeld" in zinnen(proef)
    leg_vast(proef, van=VANDAAG, tot=TOT, vervanger="dirk")
    assert "vervanger **Dirk Smeets**" in zinnen(proef)
    # The substitute: marked, without a link, for the role does not let him read it.
    proef = opent("werkvoorraad", "dirk")
    assert "namens Bas Janssen, afwezig tot en met 4 maart 2026" in zinnen(proef)
    assert "U leest dit dossier niet zelf" in zinnen(proef)
    assert nummer not in [link.proto.query_string for link in proef.get("page_link")]
    assert "U vervangt nu Bas Janssen tot en met 4 maart 2026" in zinnen(opent("afwezigheid", "dirk"))
    proef = kies(opent("afwezigheid", "bas"), afwezigheid_in_doen="wijzigen_afwezigheid")
    leg_vast(proef, tot=VANDAAG + 20 * EEN)
    assert "Afwezig (langer)" in zinnen(proef)
    leg_vast(kies(opent("afwezigheid", "bas"), afwezigheid_in_doen="vervallen_afwezigheid"))
    assert firma.organisatie.mensen["bas"].afwezigheden == ()
    assert "namens" not in zinnen(opent("werkvoorraad", "dirk"))


@pytest.mark.parametrize("wie", ["anna", "carla", "eva", "hanna", "iris"])
def test_everybody_reports_an_own_absence(firma: Register, opent: Opent, wie: str):
    leg_vast(opent("afwezigheid", wie), van=VANDAAG, tot=VANDAAG)
    assert firma.organisatie.mensen[wie].afwezig_op(VANDAAG) is not None


def test_after_an_intake_the_directeur_is_named_while_every_coordinator_is_away(register: Register):
    nummer = Lijst(register).intake(door="gijs", compleet=False)
    dossier = dossier_van(register, nummer)
    assert isinstance(dossier, Dossier)
    assert next_steps(dossier, VANDAAG)[0].startswith("Laat de coördinator weten")
    with afwezig("anna", VANDAAG, None, lang=True):
        een, twee, *_ = next_steps(dossier, VANDAAG)
    assert een.startswith("Langer afwezig als coördinator: Anna de Wit (einde nog niet bekend)")
    assert "Laat de directeur weten dat deze klacht er is" in een
    assert twee == "De directie verwerkt de klacht en legt het dossier aan (stap 3)."


def test_step_2_says_who_is_absent_until_when_and_who_hears_it_and_asks_no_tick(firma: Register, opent: Opent):
    nummer = Lijst(firma).intake(door="gijs", compleet=False)
    leg_vast(opent("afwezigheid", "anna"), van=VANDAAG, tot=VANDAAG + 30 * EEN)
    proef = opent("werkvoorraad", "carla")
    assert "Directeur informeren: de coördinator is langer afwezig" in zinnen(proef)
    proef = opent("dossier", "carla", nummer=nummer, deel="behandeling")
    gezegd = zinnen(proef)
    assert (
        "Langer afwezig als coördinator: Anna de Wit (tot en met 27 maart 2026). Dan hoort de directeur het" in gezegd
    )
    assert [vak.label for vak in proef.checkbox] == []
    leg_vast(proef)
    (feit,) = [v.feit for v in firma.vastleggingen(nummer) if v.feit.soort == "CoordinatorGeinformeerd"]
    assert (feit.geinformeerde, feit.gebeurd_op) == ("carla", VANDAAG)
    assert ONTVANGEN < VANDAAG
