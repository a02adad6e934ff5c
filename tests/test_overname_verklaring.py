"""What an import needs to be told, and what it says when that or the file is not right: one sentence each."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from klachten import __main__ as ingang
from klachten import reglement
from klachten.overname import bestandsvorm, datums, kolommen, velden
from klachten.overname.datums import OngeldigeVorm

PROEF = Path(__file__).parent / "overname"
VOORBEELDEN = Path(kolommen.__file__).parent / "voorbeelden"
KOP = "nummer,ontvangen,verstuurd,via,product,verhaal,bedrijf\n"
GESTELD = """[uiterlijk_op]
kolom = "deadline"
vorm = "ISO-tijdstip"
termijn = "deadline"
grond = "deadline van de bron"
telt = "dag"
"""
RIJ = "1,8/30/2013,9/3/2013,Web,Lening,,\n"


def fout(capsys: pytest.CaptureFixture[str], bestand: Path, toml: Path, map: Path) -> str:
    code = ingang.main(["importeer", str(bestand), "--kolommen", str(toml), "--map", str(map)])
    gezegd = capsys.readouterr()
    assert code == 2
    assert gezegd.out == ""
    assert gezegd.err.startswith("Fout: ")
    assert gezegd.err.count("\n") == 1
    return gezegd.err.removeprefix("Fout: ").strip()


def kopie(tmp_path: Path, naam: str, *vervangingen: tuple[str, str], in_reglement: bool = False) -> Path:
    for bron in PROEF.glob(f"{naam}*"):
        (tmp_path / bron.name).write_bytes(bron.read_bytes())
    pad = tmp_path / (f"{naam}.reglement.toml" if in_reglement else f"{naam}.toml")
    tekst = pad.read_text(encoding="utf-8")
    for van, naar in vervangingen:
        assert van in tekst
        tekst = tekst.replace(van, naar, 1)
    pad.write_text(tekst, encoding="utf-8")
    return tmp_path / f"{naam}.toml"


# --- files that cannot be read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "log.csv: het bestand is leeg."),
        (b"\n\r\n\n", "log.csv: het bestand bevat geen enkele regel met tekst."),
        (KOP.encode(), "log.csv: het bestand heeft alleen een kopregel; er is niets om over te nemen."),
        (
            (KOP + RIJ).replace(",", ";").encode(),
            (
                "log.csv: de kopregel heeft maar een kolom; het scheidingsteken (komma) komt er niet in voor. Wel "
                "staat er 6 keer een puntkomma in. Klopt bestand.scheidingsteken?"
            ),
        ),
        (
            (KOP + RIJ + RIJ.replace("Lening", "L\nening é")).encode("windows-1252"),
            (
                "log.csv: regel 4 is geen geldige utf-8 (byte 0xE9). Geef in bestand.codering de codering van het "
                "bestand op, bijvoorbeeld windows-1252."
            ),
        ),
        (
            (KOP + RIJ).encode("utf-16"),
            (
                'log.csv: het is UTF-16. Zet in [bestand] codering = "utf-16".'
            ),
        ),
        (
            (KOP + RIJ).encode("utf-16-le"),
            (
                "log.csv: het is UTF-16 zonder merkteken aan het begin. Bewaar het als UTF-8, bijvoorbeeld met "
                "Kladblok."
            ),
        ),
        (
            KOP.replace("verhaal", "via").encode(),
            "log.csv: kolom 'via' staat 2 keer in de kopregel (als kolom 4, 6). Geef elke kolom een eigen naam.",
        ),
        (
            KOP.replace("via", "Via").encode() + RIJ.encode(),
            (
                "klachten.toml, sleutel kanaal.kolom: kolom 'via' staat niet in log.csv. De kopregel heeft 7 kolommen; "
                "kolom 4 ('Via') lijkt op 'via'."
            ),
        ),
        (
            (KOP + RIJ + '2,8/30/2013,,Web,Lening,"niet gesloten,\n' + RIJ * 3).encode(),
            (
                "log.csv: vanaf regel 3 wordt een aanhalingsteken niet gesloten, zodat de rest van het bestand een "
                "veld zou zijn. Kloppen bestand.aanhalingsteken en bestand.ontsnapping?"
            ),
        ),
    ],
    ids=[
        "empty", "blank lines", "header only", "wrong delimiter", "not UTF-8", "UTF-16", "UTF-16 without mark",
        "header twice", "column missing", "quote not closed",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_sentence(capsys, tmp_path: Path, inhoud: bytes, zin: str):
    toml = kopie(tmp_path, "klachten")
    (tmp_path / "log.csv").write_bytes(inhoud)
    assert fout(capsys, tmp_path / "log.csv", toml, tmp_path / "r") == zin
    assert not (tmp_path / "r").exists()


def test_a_file_that_is_not_there_is_one_sentence(capsys, tmp_path: Path):
    weg = tmp_path / "weg.csv"
    assert fout(capsys, weg, kopie(tmp_path, "klachten"), tmp_path / "r") == f"Bestand {weg} is niet gevonden."
    toml = tmp_path / "weg.toml"
    assert fout(capsys, weg, toml, tmp_path / "r") == f"Bestand {toml} met de kolommen is niet gevonden."
    assert "kan niet worden gelezen" in fout(capsys, tmp_path, tmp_path / "klachten.toml", tmp_path / "r")


def test_a_byte_order_mark_is_not_part_of_the_first_column(capsys, tmp_path: Path):
    toml = kopie(tmp_path, "klachten")
    (tmp_path / "log.csv").write_text(KOP + RIJ, encoding="utf-8-sig")
    assert ingang.main(["importeer", str(tmp_path / "log.csv"), "--kolommen", str(toml), "--map", str(tmp_path)]) == 0
    assert "Nieuw            1 klacht (2 feiten)" in capsys.readouterr().out


@pytest.mark.parametrize("codering", ["utf-16", "windows-1252", "iso-8859-15"])
def test_a_declared_encoding_is_read(capsys, tmp_path: Path, codering: str):
    toml = kopie(tmp_path, "klachten", ("utf-8", codering), ('Lening = "lening"', '"Één" = "lening"'))
    (tmp_path / "log.csv").write_text(KOP + RIJ.replace("Lening", "Één"), encoding=codering)
    assert ingang.main(["importeer", str(tmp_path / "log.csv"), "--kolommen", str(toml), "--map", str(tmp_path)]) == 0
    assert "Nieuw            1 klacht (2 feiten)" in capsys.readouterr().out


# --- declarations that cannot be used --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("naam", "van", "naar", "zin"),
    [
        ("klachten", 'bron = "proefbureau"', "", "sleutel bron: deze sleutel ontbreekt."),
        ("klachten", 'bron = "proefbureau"', 'bron = "Proef Bureau"', "sleutel bron: 'Proef Bureau' mag alleen klei"),
        ("klachten", 'id = "nummer"', 'idd = "nummer"', "sleutel idd: deze sleutel is onbekend. Bedoelt u 'id'?"),
        ("klachten", '"klacht"\n', '"regel"\n', "sleutel korrel: korrel 'regel' is onbekend; mogelijk zijn: klacht,"),
        ("klachten", "= false", "= true", "sleutel volgorde_controleren: een overname kan de volgorde van de stappe"),
        ("klachten", "volgorde_controleren = false", "", "sleutel volgorde_controleren: deze sleutel ontbreekt."),
        ("klachten", "klachten.reglement.toml", "weg.toml", "sleutel reglement: bestand "),
        ("klachten", 'codering = "utf-8"', 'codering = "ansi"', "sleutel bestand.codering: codering 'ansi' is onbek"),
        ("klachten", 'teken = ","', 'teken = ", "', "sleutel bestand.scheidingsteken: hier hoort een enkel teken"),
        ("klachten", 'teken = ","', 'teken = "\\""', "sleutel bestand.scheidingsteken: scheidingsteken, aanhalingst"),
        ("klachten", 'scheidingsteken = ","', "", "sleutel bestand.scheidingsteken: deze sleutel ontbreekt."),
        ("klachten", "M/D/JJJJ", "MM/DD/YYYY", "sleutel ontvangen_op.vorm: vorm 'MM/DD/YYYY' is onbekend. Schrijf J"),
        ("klachten", "M/D/JJJJ", "M/JJJJ", "sleutel ontvangen_op.vorm: vorm 'M/JJJJ' moet jaar (JJJJ), maand"),
        ("klachten", "M/D/JJJJ\"", "M/D/JJJJ\"\nneem = \"eerste\"", "sleutel ontvangen_op.neem: dit hoort bij een k"),
        ("klachten", "M/D/JJJJ\"", "M/D/JJJJ\"\nmag_leeg = true", "sleutel ontvangen_op.mag_leeg: zonder deze datum"),
        ("klachten", "stap = 5", "stap = 8", "sleutel stappen[1].stap: stap 8 kan niet worden overgenomen; mogelijk"),
        ("klachten", "stap = 5", "stap = 13", "sleutel stappen[1].stap: klachten.reglement.toml kent geen stap 13."),
        ("klachten", "[[stappen]]", "[[stapen]]", "sleutel stapen: deze sleutel is onbekend. Bedoelt u 'stappen'?"),
        ("klachten", "[kanaal]\n", "[kanaal]\nvast = 'brief'\n", "sleutel kanaal.vast: dit gaat niet samen met kolo"),
        ("klachten", "waarden = { Web", "warden = { Web", "sleutel kanaal.warden: deze sleutel is onbekend. Bedoelt"),
        ("klachten", 'waarden = { Web = "webformulier", Post = "brief" }', "", "sleutel kanaal.waarden: deze sleute"),
        ("klachten", 'Lening = "lening"', 'Lening = "krediet"',
         "sleutel categorie.waarden.Lening: 'krediet' staat niet in categorieen van klachten.reglement.toml; mog"),
        ("klachten", 'anders = "overig"', 'anders = "rest"', "sleutel categorie.anders: 'rest' staat niet in catego"),
        ("klachten", '[vestiging]\nvast = "landelijk"', "", "sleutel vestiging: deze sleutel ontbreekt. Geef een ko"),
        ("klachten", "betrokkenen_buiten", "bedrijf", "sleutel teksten.bedrijf: deze sleutel is onbekend."),
        ("klachten", "[kanaal]",
         "[uiterlijk_op]\nkolom='x'\nvorm='D-M-JJJJ'\ntermijn='doorsturen'\ngrond='x'\n[kanaal]",
         "sleutel uiterlijk_op.termijn: termijn 'doorsturen' heeft in klachten.reglement.toml een vaste lengte."),
        ("zaken", GESTELD, "", "sleutel uiterlijk_op: deze sleutel ontbreekt: termijn 'deadline' van zaken.reg"),
        ("zaken", 'termijn = "deadline"', 'termijn = "x"', "sleutel uiterlijk_op.termijn: zaken.reglement.toml kent"),
        ("zaken", '"start", ', "", "sleutel ontvangen_op: kolom 'start' is geen zaakkolom en verschilt dus per rege"),
        ("zaken", ', "kanaal"]', "]", "sleutel kanaal.kolom: kolom 'kanaal' verschilt per regel; zet haar bij zaakk"),
        ("zaken", 'zaakkolommen = ["start", "deadline", "einde", "kanaal"]', "", "sleutel zaakkolommen: deze sleute"),
        ("zaken", 'korrel = "gebeurtenis"', 'korrel = "klacht"', "sleutel zaakkolommen: dit hoort bij korrel 'gebeu"),
        ("zaken", 'kolom = "start"', 'kolom = "start"\nneem = "eerste"', "sleutel ontvangen_op.neem: dit hoort bij"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_declaration_names_file_and_key(capsys, tmp_path: Path, naam, van, naar, zin):
    toml = kopie(tmp_path, naam, (van, naar))
    gezegd = fout(capsys, tmp_path / f"{naam}.csv", toml, tmp_path / "r")
    assert gezegd.startswith(f"{naam}.toml, {zin}")


@pytest.mark.parametrize(
    ("van", "naar", "zin"),
    [
        ('soort = "overname"', 'soort = "volledig"', "klachten.reglement.toml, sleutel "),
        (
            'id = "proefbureau"',
            'id = "coulant"',
            "klachten.toml, sleutel reglement: 'coulant' is een ingebouwd reglement",
        ),
        ("waarde = 15", "waarde = 0", "klachten.reglement.toml, regel 15, sleutel termijnen.doorsturen.waarde: het"),
        (
            "einde = [5]",
            "einde = [5, 13]",
            "klachten.reglement.toml, regel 18, sleutel termijnen.doorsturen.einde: stap 13",
        ),
    ],
)
def test_a_mistake_in_the_reglement_names_its_file_and_key(capsys, tmp_path: Path, van, naar, zin):
    toml = kopie(tmp_path, "klachten", (van, naar), in_reglement=True)
    assert fout(capsys, tmp_path / "klachten.csv", toml, tmp_path / "r").startswith(zin)


def test_a_term_that_no_column_can_end_is_refused(capsys, tmp_path: Path):
    toml = kopie(tmp_path, "klachten")
    tekst = toml.read_text(encoding="utf-8")
    toml.write_text(re.sub(r"\[\[stappen\]\].*?\n\n", "", tekst, flags=re.S), encoding="utf-8")
    assert fout(capsys, tmp_path / "klachten.csv", toml, tmp_path / "r") == (
        "klachten.toml, sleutel stappen: termijn 'doorsturen' van klachten.reglement.toml eindigt met stap 5, maar die "
        "wordt niet overgenomen."
    )


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vorm", "tekst", "dag"),
    [
        ("DD-MM-JJJJ", "03-04-2026", date(2026, 4, 3)),
        ("MM-DD-JJJJ", "03-04-2026", date(2026, 3, 4)),
        ("M/D/JJJJ", "8/30/2013", date(2013, 8, 30)),
        ("D/M/JJJJ", "30/8/2013", date(2013, 8, 30)),
        ("JJJJ-MM-DD", "2024-02-29", date(2024, 2, 29)),
        ("JJJJMMDD", "20240229", date(2024, 2, 29)),
        ("D.M.JJJJ u:mm", "1.2.2024 9:05", date(2024, 2, 1)),
        ("JJJJ-MM-DDTuu:mm:ss", "2024-02-01T23:59:59", date(2024, 2, 1)),
        ("ISO-tijdstip", "2024-03-30T23:30:00Z", date(2024, 3, 31)),  # winter time until the morning
        ("ISO-tijdstip", "2024-03-31 21:59:59+00:00", date(2024, 3, 31)),
        ("ISO-tijdstip", "2024-03-31 22:00:00+00:00", date(2024, 4, 1)),  # summer time
        ("ISO-tijdstip", "2024-10-27T01:30:00.123456789+02:00", date(2024, 10, 27)),
        ("ISO-tijdstip", "2024-01-01T00:30:00+0800", date(2023, 12, 31)),
        ("ISO-tijdstip", "2024-01-01T00:30-05:00", date(2024, 1, 1)),
    ],
)
def test_a_date_is_read_in_its_declared_form(vorm: str, tekst: str, dag: date):
    assert datums.load(vorm).lees(tekst) == dag


@pytest.mark.parametrize(
    ("vorm", "tekst"),
    [
        ("DD-MM-JJJJ", "3-4-2026"),
        ("DD-MM-JJJJ", "31-04-2026"),
        ("DD-MM-JJJJ", "03-04-2026 "),
        ("DD-MM-JJJJ", "٠٣-٠٤-٢٠٢٦"),
        ("JJJJ-MM-DD", "0000-01-01"),
        ("D-M-JJJJ uu:mm", "3-4-2026 24:00"),
        ("ISO-tijdstip", "2024-01-01"),
        ("ISO-tijdstip", "2024-01-01T00:30:00"),
        ("ISO-tijdstip", "2024-01-01T24:30:00Z"),
        ("ISO-tijdstip", "9999-12-31T23:30:00-10:00"),
    ],
)
def test_a_date_in_another_form_is_not_read(vorm: str, tekst: str):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself or that of datetime
        datums.load(vorm).lees(tekst)


@pytest.mark.parametrize("vorm", ["", "J-MM-DD", "DD-MM", "DD-MM-JJJJ MM", "dd-mm-jjjj", "DD/MM/YYYY", "JJJJ-MM-DD %H"])
def test_a_form_that_does_not_name_one_day_is_refused(vorm: str):
    with pytest.raises(OngeldigeVorm):
        datums.load(vorm)


# --- examples --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("naam", ["coselog", "cfpb_2011_2015", "cfpb_2013_mdy", "alle_mogelijkheden"])
def test_every_example_is_a_declaration_that_can_be_used(naam: str):
    gelezen = kolommen.load(VOORBEELDEN / f"{naam}.toml")
    assert gelezen.reglement.soort == "overname"


def test_every_example_is_tried():
    assert {pad.name.split(".")[0] for pad in VOORBEELDEN.glob("*.toml")} == {
        "coselog", "cfpb", "cfpb_2011_2015", "cfpb_2013_mdy", "alle_mogelijkheden"
    }  # fmt: skip
    assert all(reglement.load(pad).gronden_vervallen for pad in VOORBEELDEN.glob("*.reglement.toml"))


def test_the_example_of_everything_names_every_key():
    tekst = (VOORBEELDEN / "alle_mogelijkheden.toml").read_text(encoding="utf-8")
    sleutels = {*kolommen.SLEUTELS, *bestandsvorm.BESTANDSLEUTELS, *velden.DATUMSLEUTELS, *velden.TEKSTVELDEN}
    sleutels |= {veld for _, lijsten in velden.FEITEN.values() for veld in lijsten}
    sleutels |= {"vast", "anders", "waarden", "termijn", "grond", *bestandsvorm.CODERINGEN, datums.ISO_TIJDSTIP}
    assert sorted(sleutel for sleutel in sleutels if not re.search(rf"\b{re.escape(sleutel)}\b", tekst)) == []
