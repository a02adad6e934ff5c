"""Putting right what was recorded about the organisation or a person: what follows, what cannot, and what is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer
from klachten.handelingen.vooraf import would_record
from klachten.organisatie import Gebruiker, fold
from klachten.register import Register
from klachten.register.controle import controleer
from klachten.scherm.beheer import gevolgen
from tests.firmaproef import doe, wis_persoon
from tests.lijsten import ONTVANGEN, VANDAAG, Lijst
from tests.paginas import Opent, zinnen
from tests.reglementproef import add

EEN = timedelta(days=1)
LATER = VANDAAG + 30 * EEN


class Firma:
    """A register with the cast of the example, in a few words."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.nummers = {p.id: p.nummer for p in register.organisatie.mensen.values()}

    def doe(self, handeling: str, waar: str = g.NUMMER, /, **invoer: Any) -> int:
        return doe(self.register, handeling, dossier=waar, **invoer)

    def nr(self, waar: str, soort: type[Gebeurtenis], **is_: Any) -> int:
        for v in self.register.vastleggingen(self.nummers.get(waar, waar)):
            if type(v.feit) is soort and all(getattr(v.feit, naam) == waarde for naam, waarde in is_.items()):
                return v.corrigeert or v.nr
        raise AssertionError(f"{soort.__name__} {is_} is not there")

    def zet(self, waar: str, nr: int, **waarden: Any) -> int:
        return self.doe("corrigeren_feit", waar, nr=nr, gebeurd_op=None, waarden=waarden, reden="Tikfout")

    def weg(self, waar: str, nr: int) -> int:
        return self.doe("herroepen_feit", waar, nr=nr, op=VANDAAG, reden="Vergissing")


@pytest.fixture
def firma(firma: Register) -> Firma:
    """The shared one, in a few words."""
    return Firma(firma)


def _begin(firma: Firma) -> dict[str, tuple[str, int]]:
    """One fact of every kind that can be put right, by a name."""
    adres = firma.doe("wijzigen_organisatie", vanaf=VANDAAG, adres="Kaed 1")
    nieuw = firma.doe("toevoegen_keuze", lijst="opdrachtgevers", naam="Gemente Brug", vanaf=VANDAAG, na="")
    ander = firma.doe("toevoegen_keuze", lijst="opdrachtgevers", naam="Anders", vanaf=VANDAAG, na="")
    hernoemd = firma.doe("hernoemen_keuze", lijst="kanalen", id="brief", naam="Breif", vanaf=VANDAAG)
    op = firma.doe("samenvoegen_keuze", lijst="opdrachtgevers", id="anders", opvolger="gemente_brug", vanaf=VANDAAG)
    weg = firma.doe("beeindigen_keuze", lijst="kanalen", id="gesprek", laatste_dag=VANDAAG)
    plek = firma.doe("wijzigen_vestiging", vestiging="weert", vanaf=VANDAAG, adres="Kaed 2", telefoon="")
    dag = firma.doe("gelijkstellen_dagen", naam="Brugdga", nummer="", eerste=LATER, laatste=None, bekend_tot=LATER)
    stijl = {"kleur": "#9B1C3C", "tweede_kleur": "#444444", "lettertype": "Libertinus Serif", "vanaf": VANDAAG}
    huis = firma.doe("stellen_huisstijl", **stijl, ondertekening="Groetne")
    streef = firma.doe(
        "stellen_streeftermijn", id="", naam="Snle", stap="5", waarde=3, eenheid="dagen", van_begin="ontvangen",
        geldt="altijd", vanaf=VANDAAG + EEN,
    )  # fmt: skip
    rol = firma.doe("geven_rol", "gijs", rol="behandelaar", vanaf=LATER, tot=None, vestiging="")
    einde = firma.doe("beeindigen_rol", "gijs", rol="behandelaar", laatste_dag=LATER + 9 * EEN)
    naam = firma.doe("wijzigen_persoon", "bas", vanaf=VANDAAG, achternaam="Jansne", tussenvoegsel="")
    vertrek = firma.doe("vertrekken_persoon", "hanna", laatste_dag=LATER, overgedragen_aan=())
    van_haar = {
        "adres": adres, "keuze": nieuw, "ander": ander, "hernoemd": hernoemd, "samen": op, "einde": weg, "plek": plek,
        "dag": dag, "huis": huis, "streef": streef, "oprichting": firma.nr(g.NUMMER, g.OrganisatieIngericht),
    }  # fmt: skip
    return {
        **{wat: (g.NUMMER, nr) for wat, nr in van_haar.items()},
        "rol": ("gijs", rol), "roleinde": ("gijs", einde), "naam": ("bas", naam), "vertrek": ("hanna", vertrek),
        "wie": ("eva", firma.nr("eva", g.PersoonToegevoegd)),
    }  # fmt: skip


GOED: list[tuple[str, dict[str, Any], Any]] = [
    ("oprichting", {"naam": "De Brug"}, lambda o: o.gegevens().naam == "De Brug"),
    ("adres", {"adres": "Kade 1"}, lambda o: o.gegevens().adres == "Kade 1"),
    ("keuze", {"naam": "Gemeente Brug"}, lambda o: "Gemeente Brug" in [k.naam for k in o.keuzes("opdrachtgevers")]),
    ("samen", {"vanaf": VANDAAG - EEN}, lambda o: o.keuzes("opdrachtgevers")[-1].geldig_tot == VANDAAG - 2 * EEN),
    ("plek", {"adres": "Kade 2"}, lambda o: o.van(g.VestigingGewijzigd)[-1].adres == "Kade 2"),
    ("dag", {"naam": "Brugdag"}, lambda o: o.gelijkgesteld() == {LATER: "Brugdag"}),
    ("huis", {"ondertekening": "Groeten"}, lambda o: o.geldend(g.HuisstijlGesteld).ondertekening == "Groeten"),
    ("streef", {"naam": "Snel"}, lambda o: [t.naam for t in o.streeftermijnen()] == ["Snel"]),
    ("rol", {"vanaf": LATER - EEN}, lambda o: "behandelaar" in o.mensen["gijs"].rollen_op(LATER - EEN)),
    ("roleinde", {"laatste_dag": LATER}, lambda o: "behandelaar" not in o.mensen["gijs"].rollen_op(LATER + EEN)),
    ("naam", {"achternaam": "Jansen"}, lambda o: o.naam("bas") == "Bas Jansen"),
    ("vertrek", {"laatste_dag": LATER + EEN}, lambda o: o.mensen["hanna"].laatste_dag == LATER + EEN),
    ("wie", {"voornaam": "Ewa"}, lambda o: o.naam("eva") == "Ewa Bakker"),
]  # fmt: skip


def test_every_kind_of_mistake_can_be_put_right_and_all_of_it_comes_back(firma: Firma):
    waar = _begin(firma)
    for wat, waarden, klopt in GOED:
        nummer, nr = waar[wat]
        assert not klopt(firma.register.organisatie), wat
        firma.zet(nummer, nr, **waarden)
        assert klopt(firma.register.organisatie), wat
        with pytest.raises(OngeldigeInvoer, match="staat al zo vast"):
            firma.zet(nummer, nr, **waarden)
    kanalen = {k.id: k for k in firma.register.reglementen["coulant"].kanalen}
    assert (kanalen["brief"].naam, kanalen["gesprek"].geldig_tot) == ("Breif", VANDAAG)
    firma.zet(*waar["hernoemd"], naam="Brief per post")
    firma.zet(*waar["einde"], laatste_dag=LATER)
    kanalen = {k.id: k for k in firma.register.reglementen["coulant"].kanalen}
    assert (kanalen["brief"].naam, kanalen["gesprek"].geldig_tot) == ("Brief per post", LATER)
    assert {bevinding.ernst for bevinding in controleer(firma.register)} == {"goed"}
    nu = firma.register.organisatie
    alles = [v for nr in (g.NUMMER, *firma.nummers.values()) for v in firma.register.vastleggingen(nr)]
    assert fold(alles) == nu


TERUG: list[tuple[str, Any]] = [
    ("adres", lambda o: o.gegevens().adres == ""),
    ("samen", lambda o: o.keuzes("opdrachtgevers")[-1].geldig_tot is None),
    ("plek", lambda o: o.van(g.VestigingGewijzigd) == []),
    ("dag", lambda o: o.gelijkgesteld() == {}),
    ("huis", lambda o: o.geldend(g.HuisstijlGesteld) is None),
    ("streef", lambda o: o.streeftermijnen() == ()),
    ("roleinde", lambda o: "behandelaar" in o.mensen["gijs"].rollen_op(LATER + 20 * EEN)),
    ("rol", lambda o: "behandelaar" not in o.mensen["gijs"].rollen_op(LATER)),
    ("naam", lambda o: o.naam("bas") == "Bas Janssen"),
    ("vertrek", lambda o: o.mensen["hanna"].laatste_dag is None),
]


def test_what_was_not_so_is_taken_back(firma: Firma):
    waar = _begin(firma)
    for wat, klopt in TERUG:
        assert not klopt(firma.register.organisatie), wat
        firma.weg(*waar[wat])
        assert klopt(firma.register.organisatie), wat
    with pytest.raises(OngeldigeInvoer, match="al herroepen"):
        firma.weg(*waar["adres"])


WEG, ZET = "herroepen", "corrigeren"
WIE, ROL, KEUZE = g.PersoonToegevoegd, g.RolGegeven, g.KeuzeToegevoegd
GEEN_ROL, VAST = "had {} die dag de rol {} niet", "kan niet herroepen worden"
MAG_NIET: list[tuple[str, str, type[Gebeurtenis], dict[str, Any], dict[str, Any], str]] = [
    (WEG, "iris", ROL, {"rol": "beheerder"}, {}, "niemand met de rol beheerder"),
    (WEG, "anna", ROL, {"rol": "coordinator"}, {}, "niemand met de rol coördinator"),
    (WEG, "bas", ROL, {"rol": "behandelaar"}, {}, GEEN_ROL.format("Bas Janssen", "behandelaar")),
    (ZET, "bas", ROL, {"rol": "behandelaar"}, {"vanaf": LATER}, GEEN_ROL.format("Bas Janssen", "behandelaar")),
    (ZET, "bas", ROL, {"rol": "behandelaar"}, {"tot": ONTVANGEN - EEN}, "werd Bas Janssen als behandelaar genoemd"),
    (WEG, "carla", ROL, {"rol": "directie"}, {}, "legde Carla Verhoeven iets vast als directie"),
    (ZET, "carla", WIE, {}, {"vanaf": date(2030, 1, 1)}, GEEN_ROL.format("Carla Verhoeven", "directie")),
    (ZET, "dirk", ROL, {"rol": "behandelaar"}, {"tot": date(1999, 1, 1)}, "ligt vóór"),
    (ZET, "gijs", ROL, {"rol": "auditor"}, {"vanaf": VANDAAG}, "behandelt zelf geen klachten"),
    (WEG, "gijs", g.RolBeeindigd, {}, {}, "analist of auditor en behandelt ook klachten"),
    (ZET, "eva", WIE, {}, {"e_mail": "bas@voorbeeld.nl"}, "heeft dit e-mailadres al"),
    (ZET, "eva", WIE, {}, {"e_mail": "eva"}, "geen e-mailadres"),
    (ZET, "eva", WIE, {}, {"voornaam": ""}, "vul dit in"),
    (ZET, g.NUMMER, g.HuisstijlGesteld, {}, {"kleur": "#FFCC00"}, "niet goed te lezen"),
    (ZET, g.NUMMER, KEUZE, {"id": "weert"}, {"vanaf": LATER}, "Er is al een klacht van"),
    (ZET, g.NUMMER, KEUZE, {"id": "weert"}, {"naam": "Utrecht"}, "staat al in de lijst"),
    (ZET, g.NUMMER, g.OrganisatieIngericht, {}, {"naam": ""}, "vul dit in"),
    (WEG, g.NUMMER, g.OrganisatieIngericht, {}, {}, VAST),
    (WEG, "eva", WIE, {}, {}, VAST),
    (WEG, g.NUMMER, KEUZE, {"id": "weert"}, {}, VAST),
    (WEG, "eva", g.AfwezigheidGemeld, {}, {}, "laat haar vervallen"),
    (ZET, "dirk", ROL, {"rol": "behandelaar"}, {"rol": "directie"}, "kan niet gecorrigeerd worden"),
    (ZET, g.NUMMER, g.BoekjaarGesteld, {}, {"maand": "2"}, "Herroep het"),
]


def test_what_others_rest_on_is_refused_with_a_sentence_and_nothing_is_written(firma: Firma):
    lijst = Lijst(firma.register)
    lijst.tot(4, behandelaar="bas", vestiging="weert")
    # A klacht in which the coordinator is involved is assigned by directie.
    ander = lijst.tot(3, betrokkenen=("anna",))
    lijst.doe("stap_04_toewijzen_behandelaar", "carla", ander, behandelaar="dirk")
    stijl = {"kleur": "#9B1C3C", "tweede_kleur": "#444444", "lettertype": "Libertinus Serif", "vanaf": VANDAAG}
    firma.doe("stellen_huisstijl", **stijl)
    firma.doe("melden_afwezigheid", "eva", van=VANDAAG, tot=None, vervanger="", lang=False)
    # Her first address would have been that of Bas for a while, though it is not hers any more.
    firma.doe("wijzigen_persoon", "eva", vanaf=VANDAAG, e_mail="eva.bakker@brug.example")
    firma.doe("beeindigen_rol", "gijs", rol="actienemer", laatste_dag=LATER - EEN)
    firma.doe("geven_rol", "gijs", rol="auditor", vanaf=LATER, tot=None, vestiging="")
    for hoe, wie, soort, is_, waarden, zin in MAG_NIET:
        stand, nr = firma.register.stand(), firma.nr(wie, soort, **is_)
        with pytest.raises((Geweigerd, OngeldigeInvoer)) as fout:
            firma.weg(wie, nr) if hoe == WEG else firma.zet(wie, nr, **waarden)
        gezegd = " ".join([str(fout.value), *getattr(fout.value, "velden", {}).values()])
        assert zin.lower() in gezegd.lower(), (hoe, wie, soort, gezegd)
        assert firma.register.stand() == stand
    # Nobody named or acted as actienemer here: that role was a mistake that can be taken back.
    firma.weg("eva", firma.nr("eva", ROL, rol="actienemer"))
    assert "actienemer" not in firma.register.organisatie.mensen["eva"].rollen_op(VANDAAG)


def test_who_was_informed_or_consulted_in_a_role_keeps_it(firma: Firma):
    rol = firma.doe("geven_rol", "eva", rol="coordinator", vanaf=ONTVANGEN, tot=None, vestiging="")
    leiding = firma.doe("geven_rol", "dirk", rol="directie", vanaf=ONTVANGEN, tot=None, vestiging="")
    ook = firma.doe("geven_rol", "bas", rol="directie", vanaf=ONTVANGEN, tot=None, vestiging="")
    lijst = Lijst(firma.register)
    akkoord = firma.doe("geven_rol", "gijs", rol="directie", vanaf=ONTVANGEN, tot=None, vestiging="")
    add(firma.register, akkoord_door="gijs")
    lijst.verbeteractie(lijst.evaluatie(directieleden=("frank", "bas")), actienemer="eva")
    doet = firma.nr("eva", ROL, rol="actienemer")
    nummer = lijst.intake(coordinator_op=None)
    lijst.doe("stap_02_informeren_coordinator", "anna", nummer, geinformeerde="eva")
    onderzocht = lijst.tot(6)
    wat = {"omschrijving": "x", "actienemer": "gijs", "uiterlijk_op": ONTVANGEN + 42 * EEN, "overlegd_met": "dirk"}
    lijst.doe("stap_08_bepalen_maatregel", "anna", onderzocht, op=8, **wat)
    for wie, nr, als in (
        ("eva", rol, "coördinator of directie"), ("dirk", leiding, "directie"), ("bas", ook, "directie"),
        ("gijs", akkoord, "directie"), ("eva", doet, "actienemer of directie"),
    ):  # fmt: skip
        with pytest.raises(Geweigerd, match=f"als {als} genoemd"):
            firma.weg(wie, nr)


def test_who_was_named_by_mistake_needs_the_role_no_more(firma: Firma):
    rol = firma.doe("geven_rol", "eva", rol="behandelaar", vanaf=ONTVANGEN, tot=None, vestiging="")
    lijst = Lijst(firma.register)
    nummer = lijst.tot(4, behandelaar="eva")
    with pytest.raises(Geweigerd, match="als behandelaar genoemd"):
        firma.weg("eva", rol)
    # As long as she had it on that day, the role may turn out to have begun on another one.
    firma.zet("eva", rol, vanaf=ONTVANGEN + EEN)
    nr = firma.nr(nummer, g.BehandelaarToegewezen)
    lijst.doe("corrigeren_feit", "anna", nummer, nr=nr, gebeurd_op=None, waarden={"behandelaar": "bas"})
    firma.weg("eva", rol)
    assert "behandelaar" not in firma.register.organisatie.mensen["eva"].rollen_op(VANDAAG)


def test_what_its_own_form_would_ask_about_a_correction_is_recorded_too(firma: Firma):
    einde = firma.doe("beeindigen_keuze", lijst="kanalen", id="gesprek", laatste_dag=VANDAAG)
    Lijst(firma.register).tot(4, kanaal="gesprek")
    firma.zet(g.NUMMER, einde, laatste_dag=ONTVANGEN - EEN)
    assert firma.register.organisatie.van(g.KeuzeBeeindigd)[0].afwijkingen == ("keuze_later_gekozen",)


def test_who_works_here_longer_after_all_meets_no_colleague_with_the_same_address(firma: Firma):
    firma.doe("wijzigen_persoon", "hanna", vanaf=VANDAAG, e_mail="info@brug.example")
    weg = firma.doe("vertrekken_persoon", "hanna", laatste_dag=VANDAAG, overgedragen_aan=())
    nieuw = {"e_mail": "info@brug.example", "voornaam": "Nieuwe", "achternaam": "Hanna", "vestiging": "weert"}
    firma.doe("toevoegen_persoon", vanaf=VANDAAG + EEN, **nieuw)
    with pytest.raises(OngeldigeInvoer, match="heeft dit e-mailadres al"):
        firma.zet("hanna", weg, laatste_dag=LATER)


def test_who_was_erased_stays_as_he_is(firma: Firma):
    firma.doe("vertrekken_persoon", "hanna", laatste_dag=VANDAAG - EEN, overgedragen_aan=())
    wis_persoon(firma.register, "hanna")
    for doet in (
        lambda: firma.zet("hanna", firma.nr("hanna", g.PersoonToegevoegd), voornaam="Hannah"),
        lambda: firma.weg("hanna", firma.nr("hanna", g.PersoonVertrokken)),
    ):
        with pytest.raises(Geweigerd, match="zijn gewist"):
            doet()


VOLGT: list[tuple[str, dict[str, Any], str]] = [
    ("adres", {"adres": "Kade 1"}, "Adres: nu **Kaed 1**, dan **Kade 1**."),
    ("keuze", {"naam": "Gemeente Brug"}, "Opdrachtgevers: **Gemente Brug**, heet dan **Gemeente Brug**, is te kiezen"),
    ("einde", {"laatste_dag": LATER}, "Kanalen: **Gesprek**, is te kiezen tot en met 27 maart 2026. Nu bij"),
    ("plek", {"adres": "Kade 2"}, "De adressen van vestigingen: alleen wat hierna"),
    ("dag", {"naam": "Brugdag"}, "Dagen die gelijkgesteld zijn aan een feestdag veranderen"),
    ("huis", {"ondertekening": "Groeten"}, "De huisstijl: alleen wat hierna"),
    ("streef", {"naam": "Snel"}, "Streeftermijnen veranderen: ook van klachten die er al zijn"),
    ("rol", {"vanaf": LATER - EEN}, "Gijs Peters heeft dan wel: **Behandelaar** vanaf 26 maart 2026"),
    ("vertrek", {"laatste_dag": LATER + EEN}, "werkt hier dan vanaf"),
    ("wie", {"e_mail": "ewa@brug.example"}, "Het e-mailadres van Eva Bakker wordt **ewa@"),
    ("wie", {"vestiging": "utrecht"}, "De vestiging van Eva Bakker is dan Utrecht vanaf"),
    (
        "boekjaar",
        {},
        "Boekjaar: nu **1 januari 2026 tot en met 30 juni 2026**, dan **1 januari 2026 tot en met 31 december 2026**",
    ),
]


def test_what_follows_is_said_of_every_kind(firma: Firma, iris: Gebruiker):
    jaar = firma.doe("stellen_boekjaar", maand="7", vanaf=VANDAAG, overgang="korter")
    waar = {**_begin(firma), "boekjaar": (g.NUMMER, jaar)}
    for wat, waarden, zin in VOLGT:
        nummer, nr = waar[wat]
        naam = "corrigeren_feit" if waarden else "herroepen_feit"
        meer = {"gebeurd_op": None, "waarden": waarden} if waarden else {"op": VANDAAG}
        zou = would_record(
            HANDELINGEN[naam], firma.register, iris, firma.nummers.get(nummer, nummer), vandaag=VANDAAG,
            reden="Tikfout", nr=nr, **meer,
        )  # fmt: skip
        gezegd = "\n".join(gevolgen.in_woorden(zou.feiten))
        assert zin in gezegd, (wat, gezegd)
        assert gevolgen.NIETS not in gezegd
    anders = firma.doe("wijzigen_organisatie", vanaf=ONTVANGEN - EEN, adres="Oud 1")
    zou = would_record(
        HANDELINGEN["corrigeren_feit"], firma.register, iris, g.NUMMER, vandaag=VANDAAG, reden="Tikfout", nr=anders,
        gebeurd_op=None, waarden={"adres": "Oud 2"},
    )  # fmt: skip
    assert gevolgen.in_woorden(zou.feiten) == [gevolgen.NIETS]


def test_the_page_says_what_follows_records_it_and_keeps_both(firma: Firma, opent: Opent):
    firma.doe("wijzigen_persoon", "bas", vanaf=VANDAAG, achternaam="Jansne", tussenvoegsel="")
    rol = firma.doe("geven_rol", "eva", rol="behandelaar", vanaf=VANDAAG, tot=None, vestiging="")

    naam = firma.nr("bas", g.PersoonGewijzigd)
    proef = opent("personen", persoon="bas")
    proef.selectbox(key=f"herstel.{firma.nummers['bas']}").set_value(naam).run()
    assert proef.radio[0].value == "corrigeren_feit"
    # The form that changes a person stands on the page too.
    velden = [w for w in proef.text_input if (w.key or "").startswith("herstel") and w.key.endswith(".achternaam")]
    velden[0].set_value("Jansen")
    stand = firma.register.stand()
    knoppen = {(k.key or "").rpartition(".")[2]: k for k in proef.button if (k.key or "").startswith("herstel")}
    knoppen["bekijk"].click().run()
    assert "**Bas Jansne** heet dan overal **Bas Jansen**." in zinnen(proef)
    assert firma.register.stand() == stand
    next(w for w in proef.text_area if (w.key or "").startswith("herstel") and w.key.endswith(".reden")).set_value(
        "Tikfout"
    )
    next(k for k in proef.button if (k.key or "").startswith("herstel") and k.key.endswith(".knop")).click().run()
    assert [zin.value for zin in proef.success], zinnen(proef)
    gezegd = zinnen(proef)
    assert f"achternaam **Jansne**. :gray-badge[gecorrigeerd door feit {naam + 2}]" in gezegd
    assert f"achternaam **Jansen**. :blue-badge[correctie van feit {naam}]" in gezegd
    assert "Reden: Tikfout" in gezegd

    proef = opent("personen", persoon="eva")
    proef.selectbox(key=f"herstel.{firma.nummers['eva']}").set_value(rol).run()
    proef.radio[0].set_value("herroepen_feit").run()
    assert "Eva Bakker heeft dan niet meer: **Behandelaar** vanaf 25 februari 2026" in zinnen(proef)
    proef = opent("personen", persoon="iris")
    proef.selectbox(key=f"herstel.{firma.nummers['iris']}").set_value(firma.nr("iris", ROL, rol="beheerder")).run()
    proef.radio[0].set_value("herroepen_feit").run()
    assert "niemand met de rol beheerder" in zinnen(proef)
    assert not [k for k in proef.button if (k.key or "").startswith("herstel")]
    assert not [v for v in opent("personen", "anna", persoon="eva").selectbox if (v.key or "").startswith("herstel")]
