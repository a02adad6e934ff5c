"""What each form asks, and what its fields take: without a register, so fast enough to be mutated against."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import reglement as reglementen
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer, mogelijk, options
from klachten.handelingen.correctie import te_corrigeren
from klachten.handelingen.handeling import handeling
from klachten.handelingen.veld import BUITEN, LANGSTE_REGEL, LANGSTE_TEKST, Veld, check, check_reasons, not_valid
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from tests.standenproef import MENSEN, STANDEN, dossier, op
from tests.voorbeeldfirma import COULANT

VANDAAG = date(2026, 2, 25)

# What each form asks: its dossier, N when it makes that and R when it always asks a reason; what has to be filled in,
# and what may be left empty. `=ja` is filled in beforehand.
FORMULIEREN = {
    "stap_01_ontvangen_signaal": (
        "S N",
        "op kanaal vestiging ontvanger indiener_soort indiener_naam omschrijving",
        "indiener_contact",
    ),
    "stap_01_afdoen_signaal": ("S", "op toelichting", ""),
    "stap_01_indienen_klacht": (
        "K N",
        "op kanaal vestiging ontvanger indiener_soort indiener_naam omschrijving categorie feiten_vermeld=ja",
        (
            "indiener_contact anoniem aspecten betrokkenen betrokkenen_buiten vertegenwoordiger traject "
            "gewenste_oplossing kenmerken coordinator_op verwerkt_op gebeurtenis_van gebeurtenis_tot "
            "gebeurtenis_onbekend opdrachtgever trajectsoort ernst aard directe_actie directe_actie_wat signaal "
            "intake reglement"
        ),
    ),
    "stap_02_informeren_coordinator": ("K", "op geinformeerde", "coordinator_afwezig"),
    "stap_03_verwerken_klacht": ("K", "op", ""),
    "stap_03_toevoegen_document": (
        "K",
        "op naam bestand",
        "soort_document van_dag richting van aan vervangt hoort_bij",
    ),
    "stap_03_koppelen_klacht": ("K", "op met", ""),
    "stap_03_vastleggen_anonimiteit": ("K", "op", "onbekend=ja bereikbaar naam contact"),
    "stap_03_toevoegen_indiener": ("K", "op indiener_soort naam", "contact"),
    "stap_03_aanwijzen_gemachtigde": ("K", "op naam", "contact gestopt"),
    "stap_03_vastleggen_toestemming": ("K", "op toestemming", "toelichting"),
    "stap_03_aanvullen_gegevens": (
        "K",
        "op",
        (
            "gebeurtenis_van gebeurtenis_tot gebeurtenis_onbekend opdrachtgever trajectsoort ernst aard directe_actie "
            "directe_actie_wat"
        ),
    ),
    "stap_03_laten_vervallen": ("K R", "op grond", "dubbel_van"),
    "stap_04_toevoegen_betrokkene": ("K R", "op betrokkene", ""),
    "stap_04_aanwijzen_buitenstaander": ("K R", "op persoon", "vastlegger"),
    "stap_04_toewijzen_behandelaar": ("K", "op behandelaar", ""),
    "stap_04_vervangen_behandelaar": ("K R", "op behandelaar grond", "indiener_geinformeerd_op"),
    "stap_04_meedelen_behandelaar": ("K", "op wijze", ""),
    "stap_05_bevestigen_ontvangst": ("K", "op wijze", ""),
    "stap_06_vragen_informatie": ("K", "op bij vraag", ""),
    "stap_06_ontvangen_informatie": ("K", "op van inhoud", "feiten_vermeld"),
    "stap_06_onderzoeken_klacht": ("K", "op bevindingen", "oorzaak"),
    "stap_06_vaststellen_bevinding": ("K", "op aspect bevinding", "toelichting"),
    "stap_06_inlichten_medewerker": ("K", "op medewerker", ""),
    "stap_06_horen_medewerker": ("K", "op medewerker", "verslag zag_af"),
    "stap_07_niet_in_behandeling_nemen": ("K", "op grond wijze toelichting", ""),
    "stap_08_bepalen_maatregel": ("K", "op omschrijving actienemer uiterlijk_op overlegd_met", ""),
    "stap_08_afzien_van_maatregelen": ("K", "op motivering overlegd_met", ""),
    "stap_08_wijzigen_maatregel": ("K R", "op maatregel", "actienemer uiterlijk_op omschrijving overlegd_met"),
    "stap_08_overdragen_maatregel": ("K R", "op maatregel actienemer", ""),
    "stap_08_laten_vervallen_maatregel": ("K R", "op maatregel overlegd_met", ""),
    "stap_09_informeren_indiener": ("K", "op wijze", "toelichting"),
    "stap_09_informeren_medewerker": ("K", "op medewerker", ""),
    "stap_10_informeren_actienemer": ("K", "op maatregel", ""),
    "stap_11_uitvoeren_maatregel": ("K", "op maatregel", "behandelaar_geinformeerd_op toelichting"),
    "stap_12_bewaken_voortgang": ("K", "op bevinding", ""),
    "stap_13_afsluiten_klacht": ("K", "op", "uitkomst toelichting"),
    "stap_14_informeren_indiener_afsluiting": ("K", "op wijze", ""),
    "stap_14_vragen_tevredenheid": ("K", "op wijze", ""),
    "stap_14_ontvangen_tevredenheid": ("K", "op tevredenheid", "toelichting"),
    "stap_15_melden_meningsverschil": ("K", "op toelichting", ""),
    "stap_15_voeren_overleg": ("K", "op toelichting", "opgelost"),
    "stap_15_voorleggen_geschil": ("K", "op onafhankelijk_persoon", "contact instantie verwacht_op toelichting"),
    "stap_15_ontvangen_oordeel": ("K", "op oordeel toelichting", "heropening_nodig"),
    "stap_15_meedelen_oordeel": ("K", "op wijze", ""),
    "stap_15_opvolgen_oordeel": ("K", "op opvolging toelichting", ""),
    "stap_15_heropenen_klacht": ("K R", "op grond", ""),
    "sturen_tussenbericht": ("K", "op termijn wijze", "verwacht_op toelichting"),
    "toelichten_vertraging": ("K", "op termijn vertraging", "toelichting"),
    "intrekken_klacht": ("K", "op wijze", "toelichting"),
    "voortzetten_behandeling": ("K R", "op", "volgende_stap kanaal indiener_soort vestiging categorie toelichting"),
    "verlengen_termijn": ("K", "op uiterlijk_op toelichting", "termijn instemming_indiener"),
    "corrigeren_feit": ("K R", "nr", "gebeurd_op waarden"),
    "herroepen_feit": ("K R", "nr op", ""),
    "stap_16_evalueren_klachten": ("E N", "op jaar directieleden conclusies", "van tot aanwezigen bestand"),
    "stap_16_heropenen_evaluatie": ("E R", "op directieleden conclusies", "aanwezigen bestand"),
    "stap_16_concluderen": ("E", "op onderdeel conclusie", ""),
    "stap_16_bepalen_verbeteractie": ("E", "op omschrijving actienemer uiterlijk_op", "categorie onderdeel"),
    "stap_16_wijzigen_verbeteractie": ("E R", "op verbeteractie", "actienemer uiterlijk_op omschrijving"),
    "stap_16_laten_vervallen_verbeteractie": ("E R", "op verbeteractie", ""),
    "stap_17_informeren_actienemer": ("E", "op verbeteractie", ""),
    "stap_18_uitvoeren_verbeteractie": ("E", "op verbeteractie", "toelichting"),
    "stap_18_waarnemen_verandering": ("E", "op verbeteractie verandering toelichting", ""),
    "stap_16_vaststellen_trajecten": ("T N", "op jaar vestiging aantal", "deel"),
    "inrichten_organisatie": ("O N", "naam", "voorbeeld"),
    "wijzigen_organisatie": ("O", "vanaf", "naam adres postadres telefoon e_mail website"),
    "stellen_boekjaar": ("O", "maand vanaf overgang", ""),
    "gelijkstellen_dagen": ("O", "naam eerste bekend_tot", "nummer laatste"),
    "stellen_huisstijl": (
        "O",
        "vanaf kleur tweede_kleur lettertype",
        "logo zonder_logo ondertekening voettekst",
    ),
    "stellen_herinneringsregel": (
        "O",
        "waarvoor dagen_voor rollen uur vanaf",
        "regel daarna coordinator_na directie_na werkdagen=ja",
    ),
    "beeindigen_herinneringsregel": ("O", "regel laatste_dag", ""),
    "stellen_aanmeldregels": ("O", "vanaf stil_minuten hoogstens_uren", "tweede_factor_rollen oidc wachtwoord=ja"),
    "stellen_streeftermijn": ("O", "naam stap waarde eenheid van_begin geldt vanaf", "id"),
    "beeindigen_streeftermijn": ("O", "id laatste_dag", ""),
    "bewaren_vraag": ("O", "vraag naam", "id op_jaarbeeld"),
    "weghalen_vraag": ("O", "id", ""),
    "toevoegen_sjabloon": ("O", "brief bestand vanaf", "toelichting"),
    "beeindigen_sjabloon": ("O", "brief laatste_dag", ""),
    "toevoegen_reglement": ("O", "bestand geldig_vanaf akkoord_door", "toelichting"),
    "kiezen_reglement": ("O", "reglement vanaf akkoord_door", ""),
    "toevoegen_keuze": ("O", "lijst naam vanaf", "na"),
    "hernoemen_keuze": ("O", "lijst id naam vanaf", ""),
    "samenvoegen_keuze": ("O", "lijst id opvolger vanaf", ""),
    "beeindigen_keuze": ("O", "lijst id laatste_dag", ""),
    "wijzigen_vestiging": ("O", "vestiging vanaf", "adres telefoon"),
    "toevoegen_persoon": ("P N", "vanaf voornaam achternaam e_mail", "tussenvoegsel vestiging"),
    "wijzigen_persoon": ("P", "vanaf", "voornaam tussenvoegsel achternaam e_mail vestiging"),
    "geven_rol": ("P", "rol vanaf", "tot vestiging"),
    "beeindigen_rol": ("P", "rol laatste_dag", ""),
    "vertrekken_persoon": ("P", "laatste_dag", "overgedragen_aan"),
    "voorstellen_wissen": ("* R", "grond", "wie ook"),
    "afwijzen_wissen": ("* R", "voorstel", ""),
    "uitvoeren_wissen": ("*", "voorstel", ""),
    "stellen_bewaarplicht": ("* R", "", "tot"),
    "opheffen_bewaarplicht": ("* R", "", ""),
    "vrijgeven_bericht": ("*", "bericht", ""),
    "intrekken_bericht": ("* R", "bericht", ""),
    "bevestigen_bericht": ("* R", "bericht", ""),
    "melden_teruggekomen": ("*", "bericht toelichting", ""),
    "afhandelen_bericht": ("* R", "bericht", ""),
    "melden_afwezigheid": ("P", "van", "tot vervanger lang toelichting"),
    "wijzigen_afwezigheid": ("P", "afwezigheid van", "tot vervanger lang toelichting"),
    "vervallen_afwezigheid": ("P", "afwezigheid", ""),
}


def test_what_each_form_asks():
    gevonden = {}
    for naam, h in HANDELINGEN.items():
        soort = " ".join([h.reeks, *(["N"] if h.nieuw else []), *(["R"] if h.reden_verplicht else [])])
        vraagt = [(f"{v.naam}{'=ja' if v.standaard is True else ''}", v.verplicht) for v in h.velden]
        gevonden[naam] = (soort, *(sorted(n for n, verplicht in vraagt if verplicht == moet) for moet in (True, False)))
    # Each of them once.
    assert gevonden == {n: (s, sorted(moet.split()), sorted(mag.split())) for n, (s, moet, mag) in FORMULIEREN.items()}


# Of each kind of field what it takes, "" when it takes it, and else what is said.
WAARDEN: list[tuple[str, dict[str, Any], Any, str]] = [
    ("datum", {}, VANDAAG, ""),
    ("datum", {}, date(1990, 1, 1), ""),
    ("datum", {}, date(1989, 12, 31), "31 december 1989 ligt te ver weg; klopt het jaar?"),
    ("datum", {}, date(2026, 2, 26), "26 februari 2026 ligt in de toekomst. Leg vast wat al gebeurd is."),
    ("datum", {}, "2026-02-25", "dit is geen datum."),
    ("datum", {}, datetime(2026, 2, 25), "dit is geen datum."),  # noqa: DTZ001
    ("dag", {}, date(2036, 12, 31), ""),
    ("dag", {}, date(2037, 1, 1), "1 januari 2037 ligt te ver weg; klopt het jaar?"),
    ("tekst", {}, "x", ""),
    ("tekst", {}, "x" * LANGSTE_TEKST, ""),
    ("tekst", {}, "x" * (LANGSTE_TEKST + 1), "de tekst is langer dan 100.000 tekens. Voeg het stuk toe als document."),
    ("regel", {}, 7, "dit is geen tekst."),
    ("klacht", {}, 7, "dit is geen tekst."),
    ("keuze", {"lijst": "categorieen"}, "afspraken", ""),
    ("keuze", {"lijst": "wijzen"}, "duif", "'duif' staat niet in de lijst (Brief, E-mail, Op papier uitgereikt)."),
    ("keuze", {"keuzes": (("a", "A"), ("b", "B"))}, "b", ""),
    ("keuze", {"keuzes": (("a", "A"), ("b", "B"))}, "c", "'c' staat niet in de lijst (A, B)."),
    ("meerkeuze", {"lijst": "categorieen"}, ("afspraken", "bejegening"), ""),
    ("meerkeuze", {"lijst": "categorieen"}, ["afspraken"], ""),
    ("meerkeuze", {"lijst": "wijzen"}, ("duif", "brief", "rook"), "'duif, rook' staat niet in de lijst (Brief, "),
    ("termijn", {}, "maatregelen", ""),
    ("termijn", {}, "duif", "'duif' staat niet in de lijst ("),
    ("medewerker", {}, "hanna", ""),
    ("medewerker", {}, "zoe", "'zoe' is geen medewerker in het register."),
    ("medewerker", {"rollen": ("actienemer", "directie")}, "carla", ""),
    (
        "medewerker",
        {"rollen": ("actienemer", "directie")},
        "hanna",
        "Hanna Vos heeft niet de rol actienemer of directie.",
    ),
    ("medewerkers", {}, ("hanna", "eva"), ""),
    ("medewerkers", {}, ("hanna", "zoe"), "'zoe' is geen medewerker in het register."),
    ("overleg", {}, "carla", ""),
    ("overleg", {}, BUITEN, ""),
    ("overleg", {}, "anna", "Anna de Wit hoort niet bij de directie."),
    ("overleg", {}, "zoe", "zoe hoort niet bij de directie."),
    ("overleggers", {}, ("carla", BUITEN), ""),
    ("overleggers", {}, ("carla", "anna"), "Anna de Wit hoort niet bij de directie."),
    ("getal", {}, 0, ""),
    ("getal", {}, 3, ""),
    ("getal", {}, -1, "vul een heel getal in van 0 of meer."),
    ("getal", {}, True, "vul een heel getal in van 0 of meer."),
    ("maatregel", {}, 1.0, "vul een heel getal in van 0 of meer."),
    ("ja_nee", {}, False, ""),
    ("ja_nee", {}, 1, "kies ja of nee."),
    ("bestand", {}, b"x", ""),
    ("tekst", {}, "een\nen\ttwee", ""),
    (
        "tekst",
        {},
        "n\x00ul",
        "er staat een teken in dat niet te zien is. Typ de tekst over, of plak haar zonder opmaak.",
    ),
    (
        "tekst",
        {},
        "om\u202egekeerd",
        "er staat een teken in dat niet te zien is. Typ de tekst over, of plak haar zonder opmaak.",
    ),
    (
        "tekst",
        {},
        "half\ud800",
        "er staat een teken in dat niet te zien is. Typ de tekst over, of plak haar zonder opmaak.",
    ),
    ("regel", {}, "x" * LANGSTE_REGEL, ""),
    ("regel", {}, "x" * (LANGSTE_REGEL + 1), "dit is langer dan 1.000 tekens."),
    ("regel", {}, "een\ntwee", "dit moet op één regel."),
    ("bestand", {}, b"", "het bestand is leeg."),
    ("bestand", {}, b"#!/bin/sh", "dit is een programma en geen stuk. Voeg een document, afbeelding of e-mail toe."),
    ("bestand", {}, "x", "het bestand is leeg."),
    ("waarden", {}, {"wijze": "brief"}, ""),
    ("waarden", {}, ["wijze"], "dit zijn geen gegevens."),
]


@pytest.mark.parametrize(("soort", "anders", "waarde", "zin"), WAARDEN)
def test_what_a_field_takes(soort: str, anders: dict[str, Any], waarde: Any, zin: str):
    veld = Veld(naam="x", label="Veld", soort=soort, **anders)
    if zin:
        with pytest.raises(OngeldigeInvoer) as fout:
            check((veld,), {"x": waarde}, COULANT, VANDAAG)
        assert fout.value.velden["x"].startswith(f"Veld: {zin}")
        return
    goed = check((veld,), {"x": waarde}, COULANT, VANDAAG)["x"]
    assert goed == (tuple(waarde) if isinstance(waarde, list) else waarde)


# What an empty field counts as.
LEEG = {
    "": "tekst regel keuze medewerker overleg klacht",
    (): "meerkeuze medewerkers overleggers",
    False: "ja_nee",
    None: "datum dag getal maatregel verbeteractie bestand waarden",
}


@pytest.mark.parametrize(("leeg", "soort"), [(leeg, soort) for leeg, namen in LEEG.items() for soort in namen.split()])
def test_an_empty_field_has_a_value_of_its_kind_and_is_refused_where_it_is_asked(leeg: Any, soort: str):
    veld = Veld(naam="x", label="Veld", soort=soort, verplicht=False)
    for niets in ({}, {"x": None}, {"x": ""}, {"x": "  "}, {"x": ()}):
        assert check((veld,), niets, COULANT, VANDAAG) == {"x": leeg}
        assert type(check((veld,), niets, COULANT, VANDAAG)["x"]) is type(leeg)
        with pytest.raises(OngeldigeInvoer, match="Veld: vul dit in"):
            check((replace(veld, verplicht=True),), niets, COULANT, VANDAAG)


@pytest.mark.parametrize(
    ("naam", "vinkje", "veld"),
    [("stap_01_indienen_klacht", "anoniem", "indiener_naam"), ("stap_03_aanwijzen_gemachtigde", "gestopt", "naam")],
)
def test_a_tick_lifts_the_duty_to_fill_in_one_other_field(naam: str, vinkje: str, veld: str):
    gezegd = []
    for aan in (False, True):
        with pytest.raises(OngeldigeInvoer) as fout:
            check(HANDELINGEN[naam].velden, {vinkje: aan}, COULANT, VANDAAG)
        gezegd.append(set(fout.value.velden))
    assert gezegd[0] - gezegd[1] == {veld}
    assert gezegd[1] < gezegd[0]


@pytest.mark.parametrize(
    ("reden", "afwijking", "fout"),
    [
        ("x", None, {}),
        ("", "", {"reden": "Reden: vul in waarom dit nodig is."}),
        (
            "x" * (LANGSTE_TEKST + 1),
            "",
            {"reden": "Reden: de tekst is langer dan 100.000 tekens. Voeg het stuk toe als"},
        ),
        (
            "x",
            "om\u202egekeerd",
            {"reden_afwijking": "Reden van de afwijking: er staat een teken in dat niet te zien is."},
        ),
    ],
)
def test_a_reason_is_a_text_as_any_other(reden: str, afwijking: str | None, fout: dict[str, str]):
    gezegd: dict[str, str] = {}
    try:
        check_reasons(True, reden, afwijking)
    except OngeldigeInvoer as geweigerd:
        gezegd = geweigerd.velden
    assert {naam: zin[: len(fout.get(naam, ""))] for naam, zin in gezegd.items()} == fout
    check_reasons(False, "", None)


def test_every_mistake_is_said_at_once_and_an_unknown_field_is_an_error_of_ours():
    een, twee = (Veld(naam=naam, label=naam.title(), soort="regel") for naam in ("een", "twee"))
    with pytest.raises(OngeldigeInvoer) as fout:
        check((een, twee), {"twee": 3}, COULANT, VANDAAG)
    assert fout.value.velden == {"een": "Een: vul dit in.", "twee": "Twee: dit is geen tekst."}
    assert check((een,), {"een": "  spaties  "}, COULANT, VANDAAG) == {"een": "spaties"}
    with pytest.raises(TypeError, match="Unknown fields: drie, vier"):
        check((een,), {"een": "x", "vier": 4, "drie": 3}, COULANT, VANDAAG)


@pytest.mark.parametrize(
    ("wanneer", "zegt"),
    [
        (1990, "in 1990 nog niet"),
        (1989, ""),
        (2025, "in 2025 nog niet"),
        (2026, ""),
        (2027, ""),
        (2028, "in 2028 niet meer"),
        (9998, "in 9998 niet meer"),
        (9999, ""),
        (10_000, ""),
        (True, ""),
        ("2026-01-01", ""),
        (date(2026, 2, 28), "op 28 februari 2026 nog niet; dat begint op 1 maart 2026."),
        (date(2026, 3, 1), ""),
        (date(2027, 3, 1), ""),
        (date(2027, 3, 2), "op 2 maart 2027 niet meer; dat eindigde op 1 maart 2027."),
    ],
)
def test_a_choice_counts_on_its_days_and_in_the_years_with_one_of_them(wanneer: object, zegt: str):
    eerste, *rest = COULANT.categorieen
    kort = replace(eerste, geldig_vanaf=date(2026, 3, 1), geldig_tot=date(2027, 3, 1))
    reglement = replace(COULANT, categorieen=(*rest, kort))
    zin = not_valid("categorieen", (rest[0].id, eerste.id), reglement, wanneer)
    assert (zin is None) == (not zegt)
    assert zegt in (zin or "")
    assert not_valid("categorieen", (rest[0].id,), reglement, wanneer) is None


@pytest.mark.parametrize("dag", [date(2027, 1, 1), date(2027, 12, 31)])
def test_a_choice_of_one_day_counts_in_the_year_of_that_day(dag: date):
    eerste, *rest = COULANT.categorieen
    reglement = replace(COULANT, categorieen=(*rest, replace(eerste, geldig_vanaf=dag, geldig_tot=dag)))
    gezegd = [not_valid("categorieen", (eerste.id,), reglement, jaar) for jaar in (2026, 2027, 2028)]
    assert [zin is None for zin in gezegd] == [False, True, False]


def test_a_choice_is_not_a_part_of_the_name_of_another():
    eerste, *rest = COULANT.categorieen
    deel = replace(eerste, id=rest[0].id[1:], geldig_tot=date(2000, 1, 1))
    reglement = replace(COULANT, categorieen=(*rest, deel))
    veld = Veld(naam="x", label="X", soort="keuze", lijst="categorieen")
    assert check((veld,), {"x": rest[0].id}, reglement, VANDAAG, VANDAAG) == {"x": rest[0].id}


def test_a_field_offers_what_it_takes():
    def keuzes(soort: str, **anders: Any) -> list[str]:
        return [id for id, _ in options(Veld(naam="x", label="X", soort=soort, **anders), COULANT)]

    allen = [persoon.id for persoon in ROLVERDELING]
    assert keuzes("medewerker") == keuzes("medewerkers") == allen
    assert keuzes("medewerker", rollen=("behandelaar",)) == ["anna", "bas", "dirk"]
    assert keuzes("overleg") == keuzes("overleggers") == ["carla", "frank", BUITEN]
    assert keuzes("keuze", lijst="vestigingen") == [keuze.id for keuze in COULANT.vestigingen]
    assert keuzes("keuze", keuzes=(("b", "B"), ("a", "A"))) == ["b", "a"]
    assert keuzes("termijn") == list(dict.fromkeys(termijn.id for termijn in COULANT.termijnen)) != []
    # These stand in the dossier, not in the reglement.
    assert keuzes("maatregel") == keuzes("verbeteractie") == keuzes("klacht") == []


def test_a_part_of_a_year_is_a_quarter_or_a_month():
    (deel,) = (veld for veld in HANDELINGEN["stap_16_vaststellen_trajecten"].velden if veld.naam == "deel")
    namen = dict(options(deel, COULANT))
    assert list(namen) == "k1 k2 k3 k4 m01 m02 m03 m04 m05 m06 m07 m08 m09 m10 m11 m12".split()
    assert [namen[id] for id in ("k1", "k4", "m01", "m12")] == [
        "Eerste kwartaal", "Vierde kwartaal", "Januari", "December",
    ]  # fmt: skip


# What can be put right of a fact, besides its day: not what identifies it or ties it to another one.
TE_CORRIGEREN = [
    (
        STANDEN["on"][0],
        (
            "kanaal vestiging ontvanger indiener_soort indiener_naam indiener_contact omschrijving categorie aspecten "
            "betrokkenen betrokkenen_buiten feiten_vermeld vertegenwoordiger traject gewenste_oplossing kenmerken"
        ),
    ),
    (g.MaatregelUitgevoerd(**op(1), maatregel=1), "behandelaar_geinformeerd_op toelichting"),
    (g.DocumentToegevoegd(**op(1), document="x", naam="x"), "naam soort_document van_dag richting van aan"),
    (g.EvaluatieGehouden(**op(1), jaar=2025, directieleden=("d",)), "van tot directieleden aanwezigen conclusies"),
    (g.VerbeteractieUitgevoerd(**op(1), verbeteractie=1), "toelichting"),
    (g.TrajectenVastgesteld(**op(1), jaar=2025, vestiging="weert", aantal=3), "deel vestiging aantal"),
    (g.FeitHerroepen(**op(1)), ""),
]


@pytest.mark.parametrize(("feit", "velden"), TE_CORRIGEREN)
def test_what_can_be_put_right_of_a_fact(feit: g.Gebeurtenis, velden: str):
    assert [veld.naam for veld in te_corrigeren(feit)] == velden.split()


# --- what is offered -------------------------------------------------------------------------------------------------


def test_what_can_be_done_stands_by_step_and_what_belongs_to_none_comes_last():
    gevonden = [m.handeling for m in mogelijk(dossier(STANDEN["ma"]), MENSEN["B"], COULANT)]
    assert [h.stap for h in gevonden] == [*sorted(h.stap for h in gevonden if h.stap), 0, 0, 0, 0, 0]
    assert {h.naam for h in gevonden[-5:]} == {
        "intrekken_klacht", "sturen_tussenbericht", "toelichten_vertraging", "corrigeren_feit", "herroepen_feit",
    }  # fmt: skip
    assert {h.reeks for h in gevonden} == {"K"}
    assert not any(h.nieuw for h in gevonden)
    met = mogelijk(dossier(STANDEN["ma"]), MENSEN["B"], reglementen.load("awb9"))
    assert {m.handeling.naam for m in met} - {h.naam for h in gevonden} == {
        "verlengen_termijn",
        "stap_06_vaststellen_bevinding",
    }
    stil = {m.handeling.naam: m.weigering for m in met}
    assert stil["stap_11_uitvoeren_maatregel"] is None
    assert stil["stap_13_afsluiten_klacht"] == "Stap 13 kan nog niet: maatregel 1 is niet uitgevoerd."


def test_two_handelingen_of_one_name_are_an_error_of_ours():
    def herroepen_feit() -> None:
        """Another one."""

    with pytest.raises(ValueError, match="Two handelingen are called herroepen_feit"):
        handeling("Nog een")(herroepen_feit)
