"""The handelingen of the organisation, on a register that begins with nothing: what they record and refuse."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.brieven.sjabloon import template_on
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer, Uitkomst, dossier_van
from klachten.handelingen.organisatie.gegevens import INRICHTER
from klachten.handelingen.veld import Veld, check, op, options
from klachten.opening import open_register
from klachten.periode import Boekjaarwijziging, Boekjaren
from klachten.register import Register
from klachten.register.controle import controleer
from tests import briefproef, eindig
from tests.reglementproef import changed

VANDAAG = date(2026, 3, 2)
BEGIN = date(2026, 1, 1)
STRAKS = date(2026, 6, 1)
EEN = timedelta(days=1)
gedaan: set[str] = set()


class Firma:
    """A register with an organisation, and who acts in it."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.wie = INRICHTER

    def doe(self, naam: str, nummer: str = "", /, **invoer: Any) -> Uitkomst:
        uitkomst = HANDELINGEN[naam](
            self.register, self.wie, nummer, vandaag=VANDAAG, reden=invoer.pop("reden", ""), **invoer
        )
        gedaan.add(naam)
        return uitkomst

    def weigert(self, zin: str, naam: str, nummer: str = "", /, **invoer: Any) -> None:
        stand = self.register.stand()
        with pytest.raises((Geweigerd, OngeldigeInvoer), match=zin):
            self.doe(naam, nummer, **invoer)
        assert self.register.stand() == stand

    def persoon(self, voornaam: str, *rollen: str) -> str:
        e_mail = f"{voornaam.replace('ë', 'e')}@voorbeeld.nl"
        nummer = self.doe(
            "toevoegen_persoon", vanaf=BEGIN, voornaam=voornaam, achternaam="Qadir", e_mail=e_mail
        ).klachtnummer
        for rol in rollen:
            self.doe("geven_rol", nummer, rol=rol, vanaf=BEGIN)
        return nummer

    def wis(self, nummer: str) -> None:
        """Two people: whoever acts proposes, somebody of directie carries it out."""
        nr = self.doe("voorstellen_wissen", nummer, grond="verzoek", wie="", ook=(), reden="Gevraagd").nrs[0]
        wie, self.wie = self.wie, self.org.met_rol("directie", op=VANDAAG)[0]
        self.doe("uitvoeren_wissen", nummer, voorstel=nr)
        self.wie = wie

    def als(self, nummer: str) -> None:
        wie = organisatie.gebruiker(nummer, VANDAAG)
        assert wie is not None
        self.wie = wie

    @property
    def org(self) -> organisatie.Organisatie:
        return self.register.organisatie


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with open_register(tmp_path_factory.mktemp("firma") / "register") as register:
        yield register


@pytest.fixture(scope="module")
def firma(basis: Register) -> Firma:
    """One organisation for all tests here, each of which adds people. Bo is beheerder, Co coordinator, Di directie."""
    firma = Firma(basis)
    firma.weigert("staat niet in het register", "wijzigen_organisatie", g.NUMMER, vanaf=BEGIN, naam="Brug")
    firma.weigert("nog niet ingericht", "toevoegen_persoon", vanaf=BEGIN, voornaam="A", achternaam="B", e_mail="a@b.nl")
    firma.doe("inrichten_organisatie", naam="De Brug")
    for naam in ("Kade", "Plein"):
        firma.doe("toevoegen_keuze", g.NUMMER, lijst="vestigingen", naam=naam, vanaf=BEGIN)
    bo = firma.persoon("Bo", "beheerder")
    firma.persoon("Co", "coordinator", "behandelaar")
    firma.persoon("Di", "directie")
    firma.als(bo)
    return firma


def test_an_organisation_is_made_once(firma: Firma):
    firma.weigert("al ingericht", "inrichten_organisatie", naam="Nog een")
    assert firma.org.ingericht
    assert not firma.org.voorbeeld
    firma.doe("wijzigen_organisatie", g.NUMMER, vanaf=VANDAAG, adres="Kade 1")
    assert (firma.org.gegevens().naam, firma.org.gegevens().adres) == ("De Brug", "Kade 1")
    firma.weigert("Vul in wat er anders wordt", "wijzigen_organisatie", g.NUMMER, vanaf=VANDAAG)


def test_a_person_gets_the_number_of_the_dossier_as_id_and_every_name_stays_out_of_the_journal(firma: Firma):
    nummer = firma.persoon("Zoë")
    assert firma.org.naam(nummer) == "Zoë Qadir"
    firma.doe("wijzigen_persoon", nummer, vanaf=VANDAAG, achternaam="Smit", vestiging="kade")
    assert firma.org.naam(nummer) == "Zoë Smit"
    regels = b"".join(pad.read_bytes() for pad in (firma.register.map / "journaal").iterdir())
    for tekst in ("Zoë", "Smit", "voorbeeld.nl", "De Brug", "Kade 1"):
        assert tekst.encode() not in regels
    assert nummer.encode() in regels


@pytest.mark.parametrize(
    ("invoer", "zin"),
    [
        ({"e_mail": "zonder"}, "geen e-mailadres"),
        ({"e_mail": "a b@c.nl"}, "geen e-mailadres"),
        ({"e_mail": "bo@VOORBEELD.nl"}, "Bo Qadir heeft dit e-mailadres al"),
        ({"vestiging": "elders"}, "staat niet in de lijst"),
        ({"achternaam": ""}, "vul dit in"),
    ],
)
def test_what_a_new_person_needs(firma: Firma, invoer: dict[str, str], zin: str):
    goed = {"vanaf": BEGIN, "voornaam": "An", "achternaam": "Os", "e_mail": "an@voorbeeld.nl"}
    firma.weigert(zin, "toevoegen_persoon", **{**goed, **invoer})


def test_a_role_is_given_once_and_to_who_is_there(firma: Firma):
    nummer = firma.persoon("Rol", "behandelaar")
    firma.weigert("heeft de rol behandelaar dan al", "geven_rol", nummer, rol="behandelaar", vanaf=VANDAAG)
    firma.weigert("werkt hier pas vanaf", "geven_rol", nummer, rol="medewerker", vanaf=BEGIN - EEN)
    firma.weigert("behandelt zelf geen klachten", "geven_rol", nummer, rol="analist", vanaf=VANDAAG)
    firma.weigert("ligt vóór", "geven_rol", nummer, rol="medewerker", vanaf=VANDAAG, tot=VANDAAG - EEN)
    firma.doe("geven_rol", nummer, rol="medewerker", vanaf=VANDAAG, tot=STRAKS)
    assert firma.org.gebruiker(nummer, STRAKS).rollen == {"behandelaar", "medewerker"}
    assert firma.org.gebruiker(nummer, STRAKS + EEN).rollen == {"behandelaar"}
    firma.doe("beeindigen_rol", nummer, rol="behandelaar", laatste_dag=STRAKS)
    firma.weigert("na die dag niet", "beeindigen_rol", nummer, rol="behandelaar", laatste_dag=STRAKS)
    firma.doe("geven_rol", nummer, rol="analist", vanaf=STRAKS + EEN)


def test_only_a_beheerder_gives_roles_and_directie_names_a_beheerder(firma: Firma):
    nummer, beheerder = firma.persoon("Nieuw"), firma.wie
    for wie, rol, zin in (
        ("P2026-0002", "medewerker", "kan niet door Co Qadir: dit doet de directie of beheerder"),
        ("P2026-0003", "medewerker", "kan alleen de beheerder aanwijzen"),
    ):
        firma.als(wie)
        firma.weigert(zin, "geven_rol", nummer, rol=rol, vanaf=VANDAAG)
    firma.doe("geven_rol", nummer, rol="beheerder", vanaf=VANDAAG, tot=VANDAAG)
    firma.wie = replace(firma.wie, rollen=frozenset({"directie", "beheerder"}))
    firma.doe("geven_rol", nummer, rol="medewerker", vanaf=VANDAAG)
    firma.wie = beheerder


@pytest.mark.parametrize(
    ("nummer", "rol"), [("P2026-0001", "beheerder"), ("P2026-0002", "coordinator"), ("P2026-0003", "directie")]
)
def test_the_last_one_of_a_role_stays(firma: Firma, nummer: str, rol: str):
    zin = f"niemand met de rol {organisatie.ROLLEN[rol].lower()}"
    firma.weigert(zin, "beeindigen_rol", nummer, rol=rol, laatste_dag=STRAKS)
    firma.weigert(zin, "vertrekken_persoon", nummer, laatste_dag=STRAKS + EEN)
    feiten = firma.register.vastleggingen(nummer)
    gegeven = next(v.nr for v in feiten if isinstance(v.feit, g.RolGegeven) and v.feit.rol == rol)
    firma.weigert(zin, "herroepen_feit", nummer, nr=gegeven, op=VANDAAG, reden="Vergissing")
    # With a successor from the day after it is no matter; and then the successor is the one who stays.
    ander = firma.persoon(f"Op{rol}")
    firma.doe("geven_rol", ander, rol=rol, vanaf=STRAKS + EEN)
    firma.weigert(zin, "beeindigen_rol", nummer, rol=rol, laatste_dag=STRAKS - EEN)
    einde = firma.doe("beeindigen_rol", nummer, rol=rol, laatste_dag=STRAKS).nrs[0]
    firma.weigert(zin, "vertrekken_persoon", ander, laatste_dag=STRAKS + EEN)
    firma.doe("herroepen_feit", nummer, nr=einde, op=VANDAAG, reden="Toch niet")
    firma.doe("vertrekken_persoon", ander, laatste_dag=STRAKS + EEN)


def test_two_who_end_the_role_of_each_other_at_once_leave_one(firma: Firma):
    """The rule is asked inside the writer lock: who comes second is refused."""
    beheerder, ander, rol = firma.wie, firma.persoon("Ander", "directie"), "directie"
    uit: list[object] = []

    def end(nummer: str) -> None:
        try:
            uit.append(
                HANDELINGEN["beeindigen_rol"](
                    firma.register, beheerder, nummer, vandaag=VANDAAG, rol=rol, laatste_dag=STRAKS
                )
            )
        except Geweigerd as fout:
            uit.append(fout)

    draden = [threading.Thread(target=end, args=[nummer]) for nummer in ("P2026-0003", ander)]
    for draad in draden:
        draad.start()
    eindig.ended(*draden)
    assert sorted(type(wat).__name__ for wat in uit) == ["Geweigerd", "Uitkomst"]
    assert firma.org.zonder(rol, VANDAAG) is None


def test_who_leaves_is_not_offered_again_and_keeps_the_name(firma: Firma):
    nummer, opvolger = firma.persoon("Weg", "behandelaar"), firma.persoon("Blijft", "behandelaar")
    firma.weigert(
        "kan het niet overnemen", "vertrekken_persoon", nummer, laatste_dag=STRAKS, overgedragen_aan=(nummer,)
    )
    firma.doe("vertrekken_persoon", nummer, laatste_dag=STRAKS, overgedragen_aan=(opvolger,))
    assert nummer in {wie.id for wie in organisatie.met_rol("behandelaar", op=STRAKS)}
    assert nummer not in {wie.id for wie in organisatie.met_rol("behandelaar", op=STRAKS + EEN)}
    assert nummer not in {wie.id for wie in organisatie.iedereen()}
    assert organisatie.naam(nummer) == "Weg Qadir"
    firma.weigert("staat al vast dat 1 juni 2026", "vertrekken_persoon", nummer, laatste_dag=STRAKS)
    firma.weigert("werkt hier dan niet meer", "geven_rol", nummer, rol="medewerker", vanaf=STRAKS + EEN)
    firma.weigert(
        "kan het niet overnemen", "vertrekken_persoon", opvolger, laatste_dag=STRAKS, overgedragen_aan=(nummer,)
    )


def test_who_a_fact_names_had_the_role_on_its_day(firma: Firma):
    """Who leaves is offered up to and including the last day, and a fact of then may still name that person."""
    coulant = firma.register.reglementen["coulant"]
    nummer = firma.persoon("Tot", "behandelaar")
    firma.doe("vertrekken_persoon", nummer, laatste_dag=VANDAAG - EEN)
    veld = Veld(naam="wie", label="Wie", soort="medewerker", rollen=("behandelaar",))
    velden = (veld, op("Op"))
    for dag, past in ((VANDAAG - EEN, True), (VANDAAG, False)):
        assert (nummer in dict(options(veld, coulant, dag))) is past
        if past:
            assert check(velden, {"wie": nummer, "op": dag}, coulant, VANDAAG)["wie"] == nummer
        else:
            with pytest.raises(OngeldigeInvoer, match="Tot Qadir heeft niet de rol behandelaar"):
                check(velden, {"wie": nummer, "op": dag}, coulant, VANDAAG)
    with pytest.raises(OngeldigeInvoer, match="Tot Qadir werkt hier volgens het register pas vanaf 1 januari 2026"):
        check(velden, {"wie": nummer, "op": BEGIN - EEN}, coulant, VANDAAG)


def test_an_absence_is_reported_by_oneself_or_by_who_leads(firma: Firma):
    beheerder = firma.wie
    nummer, ander, geen = (
        firma.persoon("Ziek", "behandelaar"),
        firma.persoon("Wel", "behandelaar"),
        firma.persoon("Geen"),
    )
    zelf = {"van": VANDAAG, "tot": STRAKS}
    firma.als(nummer)
    firma.weigert("alleen uw eigen afwezigheid", "melden_afwezigheid", ander, **zelf) if firma.wie.rollen else None
    for vervanger, zin in (
        (nummer, "Kies een collega"),
        (geen, "heeft geen rol van Ziek Qadir"),
        ("nep", "geen medewerker"),
    ):
        firma.weigert(zin, "melden_afwezigheid", nummer, **zelf, vervanger=vervanger)
    firma.weigert("ligt vóór", "melden_afwezigheid", nummer, van=VANDAAG, tot=VANDAAG - EEN)
    firma.doe("melden_afwezigheid", nummer, **zelf, vervanger=ander)
    assert firma.org.vervanger(nummer, VANDAAG) == ander
    firma.weigert("staat al als afwezig", "melden_afwezigheid", nummer, van=STRAKS)
    firma.wie = beheerder
    firma.weigert("is dan zelf afwezig", "melden_afwezigheid", ander, van=VANDAAG, vervanger=nummer)
    doet, kijkt = firma.persoon("Doet", "actienemer"), firma.persoon("Kijkt", "analist")
    firma.weigert("horen geen taken", "melden_afwezigheid", doet, **zelf, vervanger=kijkt)
    firma.doe("wijzigen_afwezigheid", nummer, afwezigheid=1, van=VANDAAG, tot=VANDAAG, lang=True)
    assert firma.org.vervanger(nummer, VANDAAG) == ""
    assert firma.org.aanwezig(nummer, VANDAAG + EEN)
    firma.weigert("Afwezigheid 2 van Ziek Qadir staat niet vast", "vervallen_afwezigheid", nummer, afwezigheid=2)
    firma.doe("vervallen_afwezigheid", nummer, afwezigheid=1)
    assert firma.org.aanwezig(nummer, VANDAAG)
    assert firma.doe("melden_afwezigheid", nummer, van=VANDAAG).nrs
    assert firma.org.mensen[nummer].afwezigheden[-1].nr == 2


def test_a_list_is_kept_by_beheerder_and_coordinator(firma: Firma):
    lijst = {"lijst": "opdrachtgevers"}
    for naam in ("Gemeente Ons", "Gemeente Één", "UWV"):
        firma.doe("toevoegen_keuze", g.NUMMER, **lijst, naam=naam, vanaf=BEGIN)
    ids = [keuze.id for keuze in firma.org.keuzes("opdrachtgevers")]
    assert ids == ["gemeente_ons", "gemeente_een", "uwv"]
    firma.weigert("staat al in de lijst", "toevoegen_keuze", g.NUMMER, **lijst, naam="uwv", vanaf=VANDAAG)
    firma.doe("hernoemen_keuze", g.NUMMER, **lijst, id="uwv", naam="UWV Noord", vanaf=VANDAAG)
    firma.doe("samenvoegen_keuze", g.NUMMER, **lijst, id="gemeente_ons", opvolger="gemeente_een", vanaf=VANDAAG)
    for id, opvolger, zin in (
        ("gemeente_een", "gemeente_ons", "al geëindigd"), ("uwv", "uwv", "in zichzelf"), ("uwv", "x", "staat niet in"),
    ):  # fmt: skip
        firma.weigert(zin, "samenvoegen_keuze", g.NUMMER, **lijst, id=id, opvolger=opvolger, vanaf=VANDAAG)
    reglement = firma.register.reglementen["coulant"]
    assert reglement.nu_geheten("opdrachtgevers", "gemeente_ons") == "gemeente_een"
    assert [keuze.naam for keuze in reglement.keuzes("opdrachtgevers", VANDAAG)] == ["Gemeente Één", "UWV Noord"]
    assert reglement.naam_van("opdrachtgevers", "gemeente_ons") == "Gemeente Ons"
    firma.doe("beeindigen_keuze", g.NUMMER, **lijst, id="uwv", laatste_dag=VANDAAG)
    # The name is free again, and the id is not.
    firma.doe("toevoegen_keuze", g.NUMMER, **lijst, naam="UWV", vanaf=VANDAAG + EEN, na="uwv")
    assert [keuze.id for keuze in firma.org.keuzes("opdrachtgevers")][-1] == "uwv_2"
    firma.doe("beeindigen_keuze", g.NUMMER, lijst="vestigingen", id="plein", laatste_dag=STRAKS)
    firma.weigert(
        "niets meer te kiezen", "beeindigen_keuze", g.NUMMER, lijst="vestigingen", id="kade", laatste_dag=STRAKS
    )
    firma.doe("wijzigen_vestiging", g.NUMMER, vestiging="kade", vanaf=VANDAAG, adres="Kade 1")
    firma.weigert(
        "kies uit|staat niet in de lijst", "toevoegen_keuze", g.NUMMER, lijst="oordelen", naam="x", vanaf=BEGIN
    )


def test_a_name_does_not_begin_later_and_what_is_by_the_day_may(firma: Firma):
    """A name is shown as it is now, so it would be there at once; where somebody works is asked by the day."""
    zin, nummer = "niet in de toekomst in", firma.persoon("Morgen")
    firma.weigert(zin, "wijzigen_organisatie", g.NUMMER, vanaf=VANDAAG + EEN, naam="De Morgen")
    firma.weigert(zin, "wijzigen_persoon", nummer, vanaf=VANDAAG + EEN, achternaam="Later")
    firma.weigert(zin, "wijzigen_persoon", nummer, vanaf=VANDAAG + EEN, e_mail="later@voorbeeld.nl")
    firma.doe("wijzigen_organisatie", g.NUMMER, vanaf=VANDAAG + EEN, telefoon="0495")
    assert (firma.org.gegevens(VANDAAG).telefoon, firma.org.gegevens(VANDAAG + EEN).telefoon) == ("", "0495")
    firma.doe("wijzigen_persoon", nummer, vanaf=VANDAAG + EEN, vestiging="kade")
    assert (firma.org.mensen[nummer].vestiging_op(VANDAAG), firma.org.mensen[nummer].vestiging_op()) == ("", "kade")
    kade = {"lijst": "vestigingen", "id": "kade"}
    for naam, anders in (
        ("hernoemen_keuze", {**kade, "naam": "Wal"}),
        ("samenvoegen_keuze", {**kade, "opvolger": "plein"}),
    ):
        firma.weigert("ligt in de toekomst", naam, g.NUMMER, vanaf=VANDAAG + EEN, **anders)


def test_settings(firma: Firma):
    firma.doe("stellen_boekjaar", g.NUMMER, maand="4", vanaf=VANDAAG + EEN, overgang="langer")
    assert firma.register.reglementen["coulant"].boekjaren == Boekjaren(1, (Boekjaarwijziging(VANDAAG + EEN, 4, True),))
    firma.weigert("al gewijzigd vanaf", "stellen_boekjaar", g.NUMMER, maand="7", vanaf=VANDAAG + EEN)
    firma.weigert("begint al een boekjaar", "stellen_boekjaar", g.NUMMER, maand="4", vanaf=VANDAAG + 2 * EEN)
    dagen = {"naam": "Brugdagen", "eerste": date(2026, 5, 15), "laatste": date(2026, 5, 18), "bekend_tot": STRAKS}
    firma.doe("gelijkstellen_dagen", g.NUMMER, **dagen)
    assert list(firma.org.gelijkgesteld()) == [date(2026, 5, 15), date(2026, 5, 18)]
    for anders, zin in (
        ({"laatste": date(2026, 5, 1)}, "hoogstens een maand"),
        ({"eerste": date(2026, 5, 16), "laatste": None}, "weekend"),
    ):
        firma.weigert(zin, "gelijkstellen_dagen", g.NUMMER, **{**dagen, **anders})
    firma.doe("stellen_aanmeldregels", g.NUMMER, vanaf=VANDAAG, tweede_factor_rollen=("beheerder",), stil_minuten=30)
    regels = firma.org.geldend(g.AanmeldregelsGesteld, VANDAAG)
    assert (regels.tweede_factor_rollen, regels.stil_minuten, regels.hoogstens_uren) == (("beheerder",), 30, 12)
    assert (regels.wachtwoord, regels.oidc) == (True, False)
    for anders in ({"wachtwoord": False}, {"stil_minuten": 4}, {"hoogstens_uren": 25}):
        firma.weigert("Kies", "stellen_aanmeldregels", g.NUMMER, vanaf=VANDAAG, **anders)


STREEF: dict[str, Any] = {
    "naam": "Snel bevestigen", "stap": "5", "waarde": 3, "eenheid": "dagen", "van_begin": "ontvangen",
    "geldt": "altijd", "vanaf": VANDAAG + EEN,
}  # fmt: skip


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"vanaf": VANDAAG}, "Kies een dag na vandaag"),
        ({"waarde": 0}, "van 1 tot en met 1000"),
        ({"waarde": 1001}, "van 1 tot en met 1000"),
        ({"van_begin": "stap_05"}, "vóór het einde"),
        ({"stap": "16"}, "staat niet in de lijst"),
        ({"id": "streef_9"}, "is er niet"),
        ({"eenheid": "jaren"}, "staat niet in de lijst"),
    ],
)
def test_what_a_streeftermijn_cannot_be(firma: Firma, anders: dict[str, Any], zin: str):
    firma.weigert(zin, "stellen_streeftermijn", g.NUMMER, **{**STREEF, **anders})


def test_a_streeftermijn_has_versions_and_ends_and_nothing_of_before_changes(firma: Firma):
    firma.doe("stellen_streeftermijn", g.NUMMER, **STREEF)
    firma.weigert("al een streeftermijn", "stellen_streeftermijn", g.NUMMER, **{**STREEF, "naam": "snel BEVESTIGEN"})
    id = firma.org.streeftermijnen()[0].id
    firma.weigert("al een versie vanaf die dag", "stellen_streeftermijn", g.NUMMER, **STREEF, id=id)
    firma.doe("stellen_streeftermijn", g.NUMMER, **{**STREEF, "waarde": 2, "vanaf": STRAKS}, id=id)
    firma.weigert("Kies vandaag of", "beeindigen_streeftermijn", g.NUMMER, id=id, laatste_dag=VANDAAG - EEN)
    firma.doe("beeindigen_streeftermijn", g.NUMMER, id=id, laatste_dag=STRAKS + EEN)
    firma.weigert("geldt na", "beeindigen_streeftermijn", g.NUMMER, id=id, laatste_dag=STRAKS + EEN)
    versies = firma.register.reglementen["coulant"].streeftermijnen
    assert [(t.waarde, t.geldig_vanaf, t.geldig_tot) for t in versies] == [
        (3, VANDAAG + EEN, STRAKS - EEN), (2, STRAKS, STRAKS + EEN),
    ]  # fmt: skip
    with firma.register.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM streeftermijn WHERE reglement = 'coulant'").fetchall() == [(2,)]


def test_style_and_reminders_are_decided_too(firma: Firma):
    stijl = {"kleur": "#9B1C3C", "tweede_kleur": "#444444", "lettertype": "Libertinus Serif"}
    firma.doe("stellen_huisstijl", g.NUMMER, vanaf=VANDAAG, **stijl, ondertekening="Met groet, De Brug")
    regel = {"waarvoor": "termijn", "dagen_voor": ("2",), "rollen": ("behandelaar",), "uur": 8, "vanaf": VANDAAG}
    firma.doe("stellen_herinneringsregel", g.NUMMER, **regel)
    firma.doe("beeindigen_herinneringsregel", g.NUMMER, regel="herinnering_1", laatste_dag=VANDAAG)
    assert [len(firma.org.herinneringsregels(dag)) for dag in (VANDAAG, VANDAAG + EEN)] == [1, 0]


def test_of_what_others_refer_to_nothing_is_taken_back(firma: Firma):
    for nummer in (g.NUMMER, "P2026-0001"):
        eerste = firma.register.vastleggingen(nummer)[0].nr
        firma.weigert("verwezen", "herroepen_feit", nummer, nr=eerste, op=VANDAAG, reden="Vergissing")


def test_nobody_else_may_decide_about_the_organisation(firma: Firma):
    beheerder, coulant = firma.wie, firma.register.reglementen["coulant"]
    firma.als(next(wie.id for wie in firma.org.iedereen(VANDAAG) if wie.naam == "Blijft Qadir"))  # a behandelaar
    for nummer, namen in (
        (g.NUMMER, ("wijzigen_organisatie", "toevoegen_keuze", "stellen_boekjaar", "herroepen_feit")),
        ("P2026-0001", ("wijzigen_persoon", "beeindigen_rol", "vertrekken_persoon", "herroepen_feit")),
    ):
        for naam in namen:
            _, weigering = HANDELINGEN[naam].toets(dossier_van(firma.register, nummer), firma.wie, coulant)
            assert "kan niet door Blijft Qadir" in (weigering or "")
    firma.wie = beheerder


def _of_person(register: Register, nummer: str) -> list[str]:
    with register.cursor() as cursor:
        rijen = cursor.execute("SELECT tekst FROM tekst WHERE klachtnummer = ?", [nummer]).fetchall()
    op_schijf = [tekst.tekst for tekst in register.dossiers.texts(nummer)]
    return (
        [tekst for (tekst,) in rijen]
        + op_schijf
        + [t for v in register.vastleggingen(nummer) for t in v.feit.teksten().values() if t != g.GEWIST]
    )


def test_who_is_erased_is_nowhere_any_more(firma: Firma, tmp_path: Path):
    """In no file, row or memory; the check of the register finds it in order, and so does one that is made again."""
    nummer = firma.persoon("Vergeten", "behandelaar")
    firma.doe("melden_afwezigheid", nummer, van=BEGIN, tot=BEGIN, toelichting="Griep")
    firma.weigert("werkt hier nog", "voorstellen_wissen", nummer, grond="verzoek", wie="", ook=(), reden="Weg")
    firma.doe("vertrekken_persoon", nummer, laatste_dag=VANDAAG - EEN)
    assert "Vergeten" in _of_person(firma.register, nummer)
    firma.wis(nummer)
    assert _of_person(firma.register, nummer) == []
    volgnr = int(nummer[-4:])
    assert organisatie.naam(nummer) == f"medewerker {volgnr} (gewist)"
    assert organisatie.gebruiker(nummer, BEGIN).rollen == {"behandelaar"}
    firma.weigert("zijn gewist", "wijzigen_persoon", nummer, vanaf=VANDAAG, voornaam="Toch")
    map = shutil.copytree(firma.register.map, tmp_path / "kopie", ignore=shutil.ignore_patterns("klachten.*"))
    for herbouw in (True, False):
        with open_register(map, herbouw=herbouw) as kopie:
            assert _of_person(kopie, nummer) == []
            assert not any("ontbreken" in zin for zin in kopie.meldingen)
            assert kopie.organisatie == firma.org
    assert [bevinding.zin for bevinding in controleer(map) if bevinding.ernst != "goed"] == []


def test_what_a_crash_left_of_who_was_erased_goes_at_the_next_opening(firma: Firma, tmp_path: Path):
    nummer = firma.persoon("Half")
    firma.doe("vertrekken_persoon", nummer, laatste_dag=VANDAAG - EEN)
    pad = firma.register.dossiers.folder(nummer) / "teksten.jsonl"
    toen = pad.read_bytes()
    firma.wis(nummer)
    map = shutil.copytree(firma.register.map, tmp_path / "kopie", ignore=shutil.ignore_patterns("klachten.*"))
    (map / "dossiers" / nummer / "teksten.jsonl").write_bytes(toen)
    with open_register(map) as kopie:
        assert _of_person(kopie, nummer) == []


def test_a_reglement(firma: Firma):
    """Who may and from when is in test_reglementversies."""
    morgen, carla = VANDAAG + EEN, firma.org.met_rol("directie", op=VANDAAG)[0].id
    bestand = changed(("waarde = 2", "waarde = 3"))
    firma.doe("toevoegen_reglement", g.NUMMER, bestand=bestand, geldig_vanaf=morgen, akkoord_door=carla)
    firma.doe("kiezen_reglement", g.NUMMER, reglement="awb9", vanaf=morgen, akkoord_door=carla)
    assert firma.org.reglement(morgen) == "awb9"


def test_a_letter_has_a_template_of_the_organisation_until_a_day(firma: Firma):
    """What a template must be is in test_brief_sjablonen."""
    eigen = briefproef.anders("tussenbericht", briefproef.zin("Onze eigen zin."))
    firma.doe("toevoegen_sjabloon", g.NUMMER, brief="tussenbericht", bestand=eigen, vanaf=VANDAAG)
    firma.doe("beeindigen_sjabloon", g.NUMMER, brief="tussenbericht", laatste_dag=VANDAAG + EEN)
    assert [bool(template_on(firma.org, "tussenbericht", VANDAAG + n * EEN)) for n in range(3)] == [True, True, False]


def test_a_question_is_kept_until_it_is_taken_away(firma: Firma):
    """What may be asked is in test_bewaarde_vragen."""
    directie = Firma(firma.register)
    directie.wie = firma.org.met_rol("directie", op=VANDAAG)[0]
    directie.doe("bewaren_vraag", g.NUMMER, vraag="maat=ontvangen", naam="Hoeveel")
    (vraag,) = firma.org.bewaarde_vragen()
    assert vraag.naam == "Hoeveel"
    directie.doe("weghalen_vraag", g.NUMMER, id=vraag.id)
    assert not firma.org.bewaarde_vragen()


def test_it_all_comes_back_from_the_journal(firma: Firma, tmp_path: Path):
    """The last test of this module: every handeling of the organisation was done in one of the others."""
    assert gedaan >= {naam for naam, handeling in HANDELINGEN.items() if handeling.reeks in "OP"}
    toen = firma.org
    firma.register.close()
    with open_register(firma.register.map, herbouw=True) as register:
        assert register.organisatie == toen
