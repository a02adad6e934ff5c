"""The reglement as data: what the two built-in ones say, and every mistake in a file as its own Dutch sentence."""

# ruff: noqa: E501 (a table of mistakes and sentences reads better on one line)
from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from klachten import reglement
from klachten.overname import reglementen
from klachten.register.vaste_rijen import term_rows
from klachten.reglement import OngeldigReglement
from klachten.reglement.reglement import KEUZELIJSTEN

COULANT = (reglement.MAP / "coulant.toml").read_text(encoding="utf-8")

OVERNAME = """
id = "log"
naam = "Overgenomen log"
organisatie = "Gemeente"
soort = "overname"
verschuift_bij_vrije_dag = false

[[stappen]]
nr = 1
naam = "Ontvangen"
[[stappen]]
nr = 13
naam = "Afgehandeld"

[[termijnen]]
id = "afhandeling"
naam = "Afhandeling"
stap = 13
eenheid = "gesteld"
vanaf = "ontvangen"
einde = [13]
geldt = "altijd"
geldig_vanaf = 2000-01-01
"""

TWEEDE_VERSIE = """
[[termijnen]]
id = "bevestiging"
naam = "Ontvangstbevestiging"
stap = 5
waarde = 1
eenheid = "weken"
vanaf = "ontvangen"
einde = [5]
geldt = "altijd"
geldig_vanaf = 2027-01-01
"""


def schrijf(map: Path, inhoud: str, naam: str = "eigen.toml") -> Path:
    pad = map / naam
    pad.write_text(inhoud, encoding="utf-8")
    return pad


def test_coulant_kent_achttien_stappen_en_drie_termijnen_vanaf_ontvangst() -> None:
    coulant = reglement.load("coulant")
    assert [stap.nr for stap in coulant.stappen] == list(range(1, 19))
    termijnen = coulant.termijnen_van(coulant.versie_op(date(2026, 1, 5)))
    assert [(t.id, t.stap, t.in_woorden(), t.vanaf, t.einde, t.geldt) for t in termijnen] == [
        ("bevestiging", 5, "2 weken", "ontvangen", (5,), "altijd"),
        ("niet_in_behandeling", 7, "4 weken", "ontvangen", (7,), "niet_in_behandeling"),
        ("maatregelen", 11, "6 weken", "ontvangen", (11,), "in_behandeling"),
    ]
    assert all(t.verlenging is None for t in termijnen)
    assert coulant.verschuift_bij_vrije_dag is False


def test_awb9_bewijst_dat_termijn_verlenging_en_verschuiving_gegevens_zijn() -> None:
    awb9 = reglement.load("awb9")
    afhandeling = awb9.termijn("afhandeling", awb9.versie_op(date(2026, 1, 5)))
    assert (afhandeling.in_woorden(), afhandeling.bij_kenmerk, afhandeling.einde) == (
        "6 weken",
        {"commissie": 10},
        (7, 13),
    )
    assert afhandeling.verlenging is not None
    assert (afhandeling.verlenging.waarde, afhandeling.verlenging.eenheid) == (4, "weken")
    assert afhandeling.verlenging.schriftelijk is True
    assert awb9.verschuift_bij_vrije_dag is True
    # The Awb gives no number of days for the acknowledgement (9:6), so there is no term for it.
    assert awb9.stap(5).termijnen == ()


@pytest.mark.parametrize("id", ["coulant", "awb9"])
def test_elke_stap_zegt_wie_waar_en_in_eigen_woorden(id: str) -> None:
    for stap in reglement.load(id).stappen:
        assert stap.rollen, stap.nr
        assert stap.uitleg.endswith("."), stap.nr
        assert stap.keuze == "" or stap.keuze.endswith("."), stap.nr
    brieven = {stap.nr for stap in reglement.load(id).stappen if stap.brief}
    assert brieven == {5, 7, 9, 14, 15}


def test_stap_04_noemt_dat_de_tekst_is_gevolgd_en_niet_het_stroomschema() -> None:
    keuze = reglement.load("coulant").stap(4).keuze
    assert "stroomschema" in keuze
    assert "het reglement zegt daar niets over" in keuze


def test_een_nieuwe_versie_van_een_termijn_geldt_alleen_voor_klachten_van_daarna(tmp_path: Path) -> None:
    tekst = COULANT.replace("geldig_vanaf = 2000-01-01", "geldig_vanaf = 2000-01-01\ngeldig_tot = 2026-12-31", 1)
    eigen = reglement.load(schrijf(tmp_path, tekst + TWEEDE_VERSIE))
    oud, nieuw = eigen.versie_op(date(2026, 12, 31)), eigen.versie_op(date(2027, 1, 1))
    assert (oud, nieuw) == (date(2000, 1, 1), date(2027, 1, 1))
    assert eigen.termijn("bevestiging", oud).waarde == 2
    assert eigen.termijn("bevestiging", nieuw).waarde == 1
    # The other terms go on in the new version.
    assert [t.id for t in eigen.termijnen_van(nieuw)] == ["niet_in_behandeling", "maatregelen", "bevestiging"]


def test_een_termijn_die_ophoudt_zonder_opvolger_maakt_ook_een_nieuwe_versie(tmp_path: Path) -> None:
    tekst = COULANT.replace("geldig_vanaf = 2000-01-01", "geldig_vanaf = 2000-01-01\ngeldig_tot = 2026-12-31", 1)
    eigen = reglement.load(schrijf(tmp_path, tekst))
    versie = eigen.versie_op(date(2027, 6, 1))
    assert versie == date(2027, 1, 1)
    assert [t.id for t in eigen.termijnen_van(versie)] == ["niet_in_behandeling", "maatregelen"]


def test_een_dag_voor_het_reglement_heeft_geen_versie() -> None:
    with pytest.raises(reglement.BuitenGeldigheid, match=r"geldt pas vanaf 01-01-2000: voor 31-12-1999"):
        reglement.load("coulant").versie_op(date(1999, 12, 31))


def test_een_overname_noemt_alleen_haar_eigen_stappen_en_mag_per_klacht_een_datum_meebrengen(tmp_path: Path) -> None:
    log = reglement.load(schrijf(tmp_path, OVERNAME))
    assert [stap.nr for stap in log.stappen] == [1, 13]
    assert term_rows(log)[0][4:6] == (0, "gesteld")
    assert log.termijnen[0].in_woorden() == "per klacht gesteld"


def test_een_hernoemde_categorie_houdt_haar_geschiedenis(tmp_path: Path) -> None:
    tekst = COULANT.replace(
        'id = "resultaat"\nnaam = "Resultaat"',
        'id = "resultaat"\nnaam = "Resultaat"\ngeldig_tot = 2026-12-31\nopgevolgd_door = "overig"',
    )
    eigen = reglement.load(schrijf(tmp_path, tekst))
    assert eigen.naam_van("categorieen", "resultaat") == "Resultaat"
    assert eigen.nu_geheten("categorieen", "resultaat") == "overig"
    assert "resultaat" in [k.id for k in eigen.keuzes("categorieen", date(2026, 12, 31))]
    assert "resultaat" not in [k.id for k in eigen.keuzes("categorieen", date(2027, 1, 1))]
    assert eigen.naam_van("categorieen", "onbekend_geworden") == "onbekend_geworden"


def test_een_eigen_bestand_vervangt_het_ingebouwde_en_twee_gelijke_weigeren(tmp_path: Path) -> None:
    schrijf(tmp_path, COULANT.replace("waarde = 2", "waarde = 3"), "coulant.toml")
    assert reglement.load_all(tmp_path)["coulant"].termijnen[0].waarde == 3
    schrijf(tmp_path, COULANT, "nog_een.toml")
    with pytest.raises(
        OngeldigReglement, match=r"nog_een\.toml, sleutel id: reglement 'coulant' staat ook al in coulant"
    ):
        reglement.load_all(tmp_path)


def test_kladblok_mag_een_bom_voor_het_bestand_zetten(tmp_path: Path) -> None:
    pad = tmp_path / "eigen.toml"
    pad.write_bytes(b"\xef\xbb\xbf" + COULANT.encode())
    assert reglement.load(pad).id == "coulant"


BEVESTIGING = 'id = "bevestiging"\nnaam = "Ontvangstbevestiging"\nstap = 5\n'

# (what is wrong, text in coulant.toml, what replaces it, the sentence after "eigen.toml")
FOUTEN = [
    ("onbekende sleutel", 'id = "coulant"', 'id = "coulant"\nkleur = "blauw"', ", sleutel kleur: deze sleutel is onbekend."),
    (
        "verschreven sleutel", "waarde = 2", "waard = 2",
        ", sleutel termijnen.bevestiging.waard: deze sleutel is onbekend. Bedoelt u 'waarde'?",
    ),
    ("termijn zonder waarde", "waarde = 2\n", "", ", sleutel termijnen.bevestiging.waarde: deze sleutel ontbreekt."),
    (
        "termijn zonder begin", 'vanaf = "ontvangen"\n', "",
        ", sleutel termijnen.bevestiging.vanaf: deze sleutel ontbreekt.",
    ),
    (
        "termijn zonder geldig_vanaf", "geldig_vanaf = 2000-01-01\n", "",
        ", sleutel termijnen.bevestiging.geldig_vanaf: deze sleutel ontbreekt.",
    ),
    (
        "negatieve termijn", "waarde = 2", "waarde = -2",
        ", sleutel termijnen.bevestiging.waarde: het getal moet groter dan nul zijn, hier staat -2.",
    ),
    (
        "termijn nul", "waarde = 2", "waarde = 0",
        ", sleutel termijnen.bevestiging.waarde: het getal moet groter dan nul zijn, hier staat 0.",
    ),
    (
        "termijn met komma", "waarde = 2", "waarde = 2.5",
        ", sleutel termijnen.bevestiging.waarde: hier hoort een geheel getal te staan, geen 2.5.",
    ),
    (
        "termijn als tekst", "waarde = 2", 'waarde = "2"',
        ", sleutel termijnen.bevestiging.waarde: hier hoort een geheel getal te staan, geen '2'.",
    ),
    (
        "termijn true", "waarde = 2", "waarde = true",
        ", sleutel termijnen.bevestiging.waarde: hier hoort een geheel getal te staan, geen true.",
    ),
    (
        "onbekende eenheid", 'eenheid = "weken"', 'eenheid = "kwartalen"',
        ", sleutel termijnen.bevestiging.eenheid: eenheid 'kwartalen' is onbekend; mogelijk zijn: dagen, weken, maanden, werkdagen.",
    ),
    (
        "gesteld buiten een overname", 'eenheid = "weken"', 'eenheid = "gesteld"',
        ", sleutel termijnen.bevestiging.eenheid: eenheid 'gesteld' is onbekend; mogelijk zijn: dagen, weken, maanden, werkdagen.",
    ),
    (
        "onbekend begin", 'vanaf = "ontvangen"', 'vanaf = "verzonden"',
        ", sleutel termijnen.bevestiging.vanaf: beginmoment 'verzonden' is onbekend; mogelijk zijn: ontvangen, stap_01, stap_02, stap_03, stap_04, stap_05, stap_06, stap_07, stap_08, stap_09, stap_10, stap_11, stap_12, stap_13, stap_14, stap_15.",
    ),
    (
        "onbekende situatie", 'geldt = "altijd"', 'geldt = "soms"',
        ", sleutel termijnen.bevestiging.geldt: situatie 'soms' is onbekend; mogelijk zijn: altijd, niet_in_behandeling, in_behandeling.",
    ),
    (
        "einde buiten de klacht", "einde = [5]", "einde = [16]",
        ", sleutel termijnen.bevestiging.einde: stap 16 hoort hier niet; mogelijk zijn: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15.",
    ),
    ("leeg einde", "einde = [5]", "einde = []", ", sleutel termijnen.bevestiging.einde: deze lijst is leeg."),
    (
        "te veel eindes", "einde = [5]", "einde = [5, 7, 9, 13]",
        ", sleutel termijnen.bevestiging.einde: een termijn eindigt bij hoogstens 3 stappen, hier staan er 4.",
    ),
    (
        "onbekend kenmerk", BEVESTIGING, BEVESTIGING + "bij_kenmerk = { haast = 1 }\n",
        ", sleutel termijnen.bevestiging.bij_kenmerk.haast: deze sleutel is onbekend.",
    ),
    (
        "onvolledige verlenging", BEVESTIGING, BEVESTIGING + 'verlenging = { waarde = 1, eenheid = "weken" }\n',
        ", sleutel termijnen.bevestiging.verlenging.schriftelijk: deze sleutel ontbreekt.",
    ),
    (
        "geldig_tot voor geldig_vanaf", "geldig_vanaf = 2000-01-01", "geldig_vanaf = 2000-01-01\ngeldig_tot = 1999-12-31",
        ", sleutel termijnen.bevestiging.geldig_tot: 31-12-1999 ligt voor geldig_vanaf 01-01-2000.",
    ),
    (
        "datum tussen aanhalingstekens", "geldig_vanaf = 2000-01-01", 'geldig_vanaf = "2000-01-01"',
        ", sleutel termijnen.bevestiging.geldig_vanaf: hier hoort een datum zonder aanhalingstekens te staan, zoals 2026-01-31, geen '2000-01-01'.",
    ),
    (
        "tijdstip in plaats van datum", "geldig_vanaf = 2000-01-01", "geldig_vanaf = 2000-01-01T00:00:00",
        ", sleutel termijnen.bevestiging.geldig_vanaf: hier hoort een datum zonder aanhalingstekens te staan, zoals 2026-01-31, geen 2000-01-01 00:00:00.",
    ),
    (
        "overlappende versies", "[[termijnen]]", TWEEDE_VERSIE.strip() + "\n\n[[termijnen]]",
        ", sleutel termijnen.bevestiging.geldig_vanaf: de versie vanaf 01-01-2000 overlapt met die vanaf 01-01-2027; sluit de oude af met geldig_tot, de laatste dag waarop zij geldt.",
    ),
    (
        "ontbrekende stap", "nr = 9\n", "nr = 8\n",
        ", sleutel stappen[9].nr: stap 8 staat er twee keer.",
    ),
    ("stap 19", "nr = 18\n", "nr = 19\n", ", sleutel stappen[18].nr: stap 19 bestaat niet; de stappen lopen van 1 tot en met 18."),
    ("stap zonder nummer", "nr = 9\n", "", ", sleutel stappen[9].nr: deze sleutel ontbreekt."),
    (
        "onbekende rol", 'rollen = ["medewerker",', 'rollen = ["portier",',
        ", sleutel stappen.1.rollen: rol 'portier' is onbekend; mogelijk zijn: coordinator, behandelaar, directie, actienemer, medewerker, analist, beheerder.",
    ),
    ("geen rollen", 'rollen = ["medewerker", "coordinator", "directie"]', "rollen = []", ", sleutel stappen.1.rollen: deze lijst is leeg."),
    (
        "onbekende pagina", 'pagina = "intake"', 'pagina = "loket"',
        ", sleutel stappen.1.pagina: pagina 'loket' is onbekend; mogelijk zijn: intake, dossier, verbeteracties.",
    ),
    ("brief als tekst", "brief = false", 'brief = "nee"', ", sleutel stappen.1.brief: hier hoort true of false te staan, geen 'nee'."),
    ("lege uitleg", 'uitleg = "De ontvanger laat', 'uitleg = ""\n#', ", sleutel stappen.2.uitleg: hier hoort tekst te staan, geen lege tekst."),
    (
        "onbekend soort", 'soort = "volledig"', 'soort = "half"',
        ", sleutel soort: soort 'half' is onbekend; mogelijk zijn: volledig, overname.",
    ),
    ("hoofdletters in een id", 'id = "coulant"', 'id = "Coulant BV"', ", sleutel id: 'Coulant BV' mag alleen kleine letters, cijfers, - en _ bevatten."),
    (
        "dertiende maand", 'soort = "volledig"', 'soort = "volledig"\nboekjaar_begint_in_maand = 13',
        ", sleutel boekjaar_begint_in_maand: er zijn twaalf maanden, hier staat 13.",
    ),
    (
        "dubbele keuze", '[[kanalen]]\nid = "e-mail"', '[[kanalen]]\nid = "brief"',
        ", sleutel kanalen[2].id: 'brief' staat er twee keer.",
    ),
    (
        "onbekende opvolger", 'naam = "Overig"', 'naam = "Overig"\nopgevolgd_door = "rest"',
        ", sleutel categorieen: 'overig' is opgevolgd door 'rest', maar die staat niet in de lijst.",
    ),
    (
        "kring van opvolgers", 'naam = "Overig"', 'naam = "Overig"\nopgevolgd_door = "overig"',
        ", sleutel categorieen: 'overig' wordt uiteindelijk door zichzelf opgevolgd.",
    ),
]  # fmt: skip


def test_het_boekjaar_begint_in_januari_tenzij_het_reglement_een_maand_noemt(tmp_path: Path) -> None:
    assert reglement.load(schrijf(tmp_path, COULANT)).boekjaren.maand == 1
    met = COULANT.replace('soort = "volledig"', 'soort = "volledig"\nboekjaar_begint_in_maand = 11', 1)
    assert reglement.load(schrijf(tmp_path, met)).boekjaren.maand == 11


@pytest.mark.parametrize(("oud", "nieuw", "zin"), [fout[1:] for fout in FOUTEN], ids=[fout[0] for fout in FOUTEN])
def test_een_fout_in_het_bestand_is_een_zin_met_bestand_en_sleutel(
    tmp_path: Path, oud: str, nieuw: str, zin: str
) -> None:
    assert oud in COULANT
    with pytest.raises(OngeldigReglement) as fout:
        reglement.load(schrijf(tmp_path, COULANT.replace(oud, nieuw, 1)))
    gezegd = str(fout.value)
    assert re.sub(r", regel \d+(?=, sleutel)", "", gezegd) == "eigen.toml" + zin


def test_een_ontbrekende_stap_wordt_genoemd(tmp_path: Path) -> None:
    begin, einde = COULANT.index("[[stappen]]\nnr = 12"), COULANT.index("[[stappen]]\nnr = 13")
    with pytest.raises(
        OngeldigReglement, match=r"sleutel stappen: stap 12 ontbreekt; een volledig reglement noemt alle 18"
    ):
        reglement.load(schrijf(tmp_path, COULANT[:begin] + COULANT[einde:]))
    begin = COULANT.index("[[stappen]]\nnr = 11")
    with pytest.raises(OngeldigReglement, match=r"sleutel stappen: de stappen 11, 12 ontbreken;"):
        reglement.load(schrijf(tmp_path, COULANT[:begin] + COULANT[einde:]))


def test_een_lege_of_ontbrekende_keuzelijst_wordt_genoemd(tmp_path: Path) -> None:
    delen = [deel for deel in COULANT.split("\n[[") if not deel.startswith("oordelen]]")]
    zonder = "\n[[".join(delen)
    with pytest.raises(OngeldigReglement, match=r"eigen\.toml, sleutel oordelen: deze sleutel ontbreekt\."):
        reglement.load(schrijf(tmp_path, zonder))
    with pytest.raises(OngeldigReglement, match=r"eigen\.toml, regel 1, sleutel oordelen: deze lijst is leeg\."):
        reglement.load(schrijf(tmp_path, "oordelen = []\n" + zonder))


def test_een_overname_heeft_minstens_een_termijn_en_zegt_geen_waarde_bij_gesteld(tmp_path: Path) -> None:
    zonder = OVERNAME[: OVERNAME.index("[[termijnen]]")]
    with pytest.raises(OngeldigReglement, match=r"sleutel termijnen: deze sleutel ontbreekt\."):
        reglement.load(schrijf(tmp_path, zonder))
    with pytest.raises(OngeldigReglement, match=r"sleutel termijnen\.afhandeling\.waarde: bij eenheid gesteld"):
        reglement.load(schrijf(tmp_path, OVERNAME + "waarde = 8\n"))


def test_een_fout_in_de_toml_zelf_noemt_de_regel(tmp_path: Path) -> None:
    with pytest.raises(OngeldigReglement, match=r"^eigen\.toml, regel 3, kolom \d+: dit is geen geldige TOML"):
        reglement.load(schrijf(tmp_path, 'id = "a"\nnaam = "b"\nsoort: "c"\n'))
    with pytest.raises(OngeldigReglement, match=r"^eigen\.toml, regel 2: dit is geen geldige TOML"):
        reglement.load(schrijf(tmp_path, 'id = "a"\nnaam = """b'))


def test_een_bestand_dat_geen_utf8_is_noemt_de_regel(tmp_path: Path) -> None:
    pad = tmp_path / "eigen.toml"
    pad.write_bytes(b'id = "a"\nnaam = "Re\xefntegratie"\n')
    with pytest.raises(OngeldigReglement, match=r"^eigen\.toml, regel 2: dit bestand is niet in UTF-8 opgeslagen\.$"):
        reglement.load(pad)


def test_een_onbekend_reglement_noemt_de_ingebouwde() -> None:
    with pytest.raises(
        OngeldigReglement, match=r"^Reglement fantasie is niet gevonden\. Ingebouwd zijn: awb9, coulant\.$"
    ):
        reglement.load("fantasie")


def test_a_reglement_that_was_asked_stays_what_it_was_and_gives_the_same_again(tmp_path: Path):
    (tmp_path / "awb9.toml").write_bytes((reglement.MAP / "awb9.toml").read_bytes())
    vers, gevraagd = (reglement.load(tmp_path / "awb9.toml") for _ in range(2))
    lijsten = {lijst: list(gevraagd.per_id(lijst).values()) for lijst in KEUZELIJSTEN}
    assert lijsten == {lijst: list(getattr(vers, lijst)) for lijst in KEUZELIJSTEN}
    assert gevraagd.rollen == {stap.nr: stap.rollen for stap in vers.stappen}
    assert gevraagd == vers
    # What it keeps to answer sooner is no rule: an import compares these.
    assert reglementen.rules(gevraagd) == reglementen.rules(vers)


def test_each_version_is_put_together_once_and_of_its_own_day():
    oud = reglement.load("awb9")
    nieuw = replace(oud, naam="Nieuw", vanaf=date(2026, 3, 1), stappen=oud.stappen[:5])
    samen = replace(nieuw, uitgaven=(oud, nieuw))
    for dag, wie in ((date(2026, 2, 28), oud), (date(2026, 3, 1), nieuw), (date(2026, 2, 28), oud)):
        gegeven = samen.op(dag)
        assert (gegeven.naam, gegeven.rollen) == (wie.naam, {stap.nr: stap.rollen for stap in wie.stappen})
        assert samen.op(dag) is gegeven
