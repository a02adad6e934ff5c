"""What the wizard proposes: what each column is, in which order day and month stand, and the declaration it makes."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klachten.overname import besluiten, bewaard, kolommen, opschrijven, overnemen, totalen
from klachten.overname.bezig import Bezig, Fase
from klachten.overname.cellen import Datumcel
from klachten.overname.datumorde import CELLEN
from klachten.overname.oordeel import OP_TIJD, TE_LAAT, Oordeel
from klachten.overname.tabelbestand import Rij
from klachten.overname.voorstel import beeld, dokter, heropen, keus, klein, ontwerp, rollen, vorm, waarden
from klachten.overname.voorstel.datumvormen import forms
from klachten.overname.vormen import openen
from klachten.register import Register
from klachten.reglement import Keuze
from klachten.reglement.tabel import parse_toml, read_toml
from tests import eindig
from tests.overnameproef import PROEF, STATUS, VANDAAG, neem_over, plan, redenen
from tests.test_overname_bestand import KOP, lees
from tests.test_overname_datums import reeks

VOORBEELDEN = Path(kolommen.__file__).parent / "voorbeelden"

# --- what a column is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("naam", "rol"),
    [
        ("Zaaknummer", "id"), ("complaint_id", "id"), ("ComplaintId", "id"), ("case:concept:name", "id"),
        ("zaak:concept:name", "id"), ("Unique Key", "id"), ("Datum ontvangst", "ontvangen_op"),
        ("DateReceived", "ontvangen_op"), ("binnengekomen op", "ontvangen_op"), ("Created Date", "ontvangen_op"),
        ("case:startdate", "ontvangen_op"), ("Datum ontvangstbevestiging", "stap_05"),
        ("Ontvangstbev. verstuurd", "stap_05"),
        ("Hoe", "kanaal"), ("afgehandeld_op", "stap_13"),
        ("Closed Date", "stap_13"), ("case:enddate", "stap_13"), ("einddatum", "stap_13"), ("Due Date", "uiterlijk_op"),
        ("case:deadline", "uiterlijk_op"), ("Streefdatum", "uiterlijk_op"), ("Uiterlijk afgehandeld", "uiterlijk_op"),
        ("Soort klacht", "categorie"), ("Complaint Type", "categorie"), ("Kanaal", "kanaal"),
        ("submitted_via", "kanaal"), ("Afdeling", "vestiging"), ("Agency", "vestiging"), ("Uitkomst", "uitkomst"),
        ("Omschrijving", "omschrijving"), ("consumer_complaint_narrative", "omschrijving"),
        ("Naam klager", "indiener_naam"), ("E-mail", "indiener_contact"), ("Op tijd?", "oordeel"),
        ("timely_response", "oordeel"), ("concept:name", "gebeurtenis"), ("time:timestamp", "moment"),
    ],
)  # fmt: skip
def test_a_name_in_dutch_or_english_says_what_a_column_is(naam: str, rol: str):
    beste = max(rollen.by_name(naam), key=lambda paar: paar[1])
    assert beste[0].code == rol


@pytest.mark.parametrize("naam", ["State", "ZipCode", "tags", "lifecycle:transition", "Gemeente"])
def test_a_name_that_says_nothing_gets_no_role(naam: str):
    assert list(rollen.by_name(naam)) == []


def gezien(pad: Path) -> tuple[ontwerp.Ontwerp, beeld.Beeld, keus.Voorstel]:
    """The draft of a file as the wizard begins with it."""
    gezegd = vorm.propose(pad).bestand
    verklaring = pad.with_name("vorm.toml")
    verklaring.write_text(opschrijven.write({"bestand": gezegd}), encoding="utf-8")
    from klachten.overname import bestandsvorm
    from klachten.reglement.tabel import Tabel

    zo = bestandsvorm.read(Tabel(read_toml(verklaring), "vorm.toml", sleutels=kolommen.SLEUTELS))
    with openen.open_table(pad, zo) as tabel:
        wat = beeld.look(tabel.kop, tabel.rows())
    voorstel = keus.propose(wat)
    concept = ontwerp.begin(voorstel, wat, gezegd)
    if voorstel.korrel == "gebeurtenis":
        with openen.open_table(pad, zo) as tabel:
            beeld.same_per_case(wat, concept.kolom_van("id"), tabel.rows())
    return concept, wat, voorstel


def bestand(tmp_path: Path, tekst: str, codering: str = "utf-8") -> Path:
    pad = tmp_path / "bron.csv"
    pad.write_bytes(tekst.encode(codering))
    return pad


def rol_van(pad: Path) -> dict[str, str]:
    return {deel.kolom: deel.rol for deel in gezien(pad)[2].kolommen if deel.rol}


def test_content_overrules_a_name(tmp_path: Path):
    regels = "".join(f"{nr};{nr % 3};ja;Jansen {nr}\n" for nr in range(20))
    # A date without dates, a list with a value for every row, an id that comes back: none of them is proposed.
    assert rol_van(bestand(tmp_path, f"nr;datum ontvangst;zaaknummer;soort klacht\n{regels}")) == {"nr": "id"}


def test_a_zip_code_is_no_date_and_a_number_of_excel_is(tmp_path: Path):
    regels = "".join(f"K{nr};{45_000 + nr};{29_000 + nr}\n" for nr in range(20))
    pad = bestand(tmp_path, f"kenmerk;ontvangen;postcode\n{regels}")
    assert rol_van(pad) == {"kenmerk": "id", "ontvangen": "ontvangen_op"}
    assert gezien(pad)[0].vormen == {"ontvangen": "Excel-getal"}


def test_more_rows_per_id_are_events(tmp_path: Path):
    regels = "".join(
        f"{nr // 4};{('begin', 'brief', 'bel', 'klaar')[nr % 4]};2025-01-{nr % 28 + 1:02}\n" for nr in range(80)
    )
    _, _, voorstel = gezien(bestand(tmp_path, f"zaaknummer;activiteit;tijdstip\n{regels}"))
    assert (voorstel.korrel, voorstel.kolom_van("gebeurtenis"), voorstel.kolom_van("moment")) == (
        "gebeurtenis", "activiteit", "tijdstip",
    )  # fmt: skip
    assert voorstel.waarom_korrel == "Een kenmerk komt gemiddeld 4,0 keer voor: 80 rijen zijn 20 klachten."


@pytest.mark.parametrize(
    ("cellen", "vormen"),
    [
        (["30-08-2013", "1-9-2013"], ["D-M-JJJJ"]),
        (["03-04-2024", "05-06-2024"], ["DD-MM-JJJJ", "MM-DD-JJJJ"]),
        (["8/30/2013 1:05:00 PM"], ["M/D/JJJJ u:mm:ss AM"]),
        (["2011-10-11 13:42:22.688000+02:00"], ["ISO-tijdstip"]),
        (["2016-01-01 10:00:00.123"], ["JJJJ-MM-DD uu:mm:ss"]),
        (["20240131"], ["JJJJMMDD"]),
        (["31.01.24"], ["DD.MM.JJ", "JJ.MM.DD"]),
        (["3 mrt 2024", "31 maart 2024", "1 mei 2024", "9 sept. 2024"], ["D MMM JJJJ"]),
        (["March 3, 2024 2:05 PM"], ["MMM D, JJJJ u:mm AM"]),
        (["03-mrt-24", "3-Mar-24"], ["D-MMM-JJ"]),
        (["3.mrt.2024"], ["D.MMM.JJJJ"]),
        (["3. März 2024 14:05"], ["D. MMM JJJJ uu:mm"]),
        (["03MAR2024"], ["DDMMMJJJJ"]),
        (["2024-mrt-03"], ["JJJJ-MMM-D"]),
        (
            ["maart 2024", "Mar2024", "week 3 2024", "30 feb 2024", "3 maart 24 uur", "zaak 12 2024", "meimei 3 2024"],
            [],
        ),
        (["geen datum", "12"], []),
        ([Datumcel(date(2024, 1, 31))], ["Datumcel"]),
        ([Datumcel(date(2024, 3, 4)), "8/30/2013"], ["M/D/JJJJ"]),
        # Somebody typed these, some of them by the month; a word among them stays what cannot be read.
        (
            [Datumcel(date(2025, 3, 4)), "13 jan 2025", "20/01/25", "26/02/25", "3-3-2025", "14-2-2025", "nvt"],
            ["DD/MM/JJ of D-M-JJJJ of D MMM JJJJ"],
        ),
        (["03-04-2024", "1 mei 2024"], ["DD-MM-JJJJ of D MMM JJJJ", "MM-DD-JJJJ of D MMM JJJJ"]),
        # What only the other order reads says that one of both is amiss, and is not read along with it.
        (["1/30/2024", "2/28/2024", "3/3/2024", "30/1/2024"], ["M/D/JJJJ"]),
        (["1-3-2024", "2-3-2024", "4-3-2024 10:00"], ["D-M-JJJJ", "M-D-JJJJ"]),
        # What is written with slashes has the other order here: none of it is read as that of the rest.
        (["13-4-2025", "14-5-2025", "20-6-2025", "25-6-2025", "3/25/2025", "4/5/2025"], ["D-M-JJJJ"]),
        # Nor where nothing tells which order it has: all of these are a day in both. One that is none tells it.
        (["13-4-2025", "14-5-2025", "20-6-2025", "25-6-2025", "3/4/2025", "4/5/2025"], ["D-M-JJJJ"]),
        (["13-4-2025", "14-5-2025", "20-6-2025", "25-6-2025", "3/4/2025", "25/5/2025"], ["D-M-JJJJ of D/M/JJJJ"]),
        # Read as the rest, these would be of 2003 and 2005; with the year first they are of the years of the rest.
        (["13-4-2025", "14-5-2024", "20-6-2025", "25-6-2025", "25-04-03", "24-11-05"], ["D-M-JJJJ"]),
        (["13-4-2025", "14-5-2024", "20-6-2025", "25-6-2025", "03-04-25", "05-11-24"], ["D-M-JJJJ of DD-MM-JJ"]),
        (["13-4-2015", "14-5-2014", "20-6-2013", "25-6-2012", "03-04-98", "05-11-08"], ["D-M-JJJJ of DD-MM-JJ"]),
        # Here it has not, but for one that is amiss.
        (["13-4-2025", "14-5-2025", "20/6/2025", "25/6/2025", "4/5/2025", "3/25/2025"], ["D/M/JJJJ of D-M-JJJJ"]),
    ],
)
def test_the_forms_in_which_a_column_reads(cellen: list[str], vormen: list[str]):
    assert list(forms(Counter(cellen)).gelezen) == vormen


# --- the date doctor -------------------------------------------------------------------------------------------------

DATUMROLLEN = {"nummer": "id", "ontvangen": "ontvangen_op", "verstuurd": "stap_05"}


def diagnose(csv: str, vormnaam: str, **anders: str) -> dokter.Diagnose:
    kop, *regels = [regel.split(",") for regel in csv.splitlines()]
    vormen = {"ontvangen": vormnaam, "verstuurd": vormnaam, **anders}
    rijen = [Rij(nr, tuple(cellen)) for nr, cellen in enumerate(regels, start=2)]
    return dokter.examine(DATUMROLLEN, vormen, kop, rijen, VANDAAG)


@pytest.mark.parametrize("vormnaam", ["D/M/JJJJ", "M/D/JJJJ"])
def test_days_above_twelve_tell_the_order(vormnaam: str):
    uit = diagnose(reeks("{m}/{d}/{j}"), vormnaam)
    assert uit.beste is not None
    assert dokter.forms_of(uit.beste, DATUMROLLEN, {"ontvangen": vormnaam})["ontvangen"] == "M/D/JJJJ"
    assert (uit.vraag, uit.beste.onleesbaar, uit.beste.boven_12 > 10) == (False, 0, True)


def laag(vorm: str = "{m}/{d}/{j}", *, nummers: bool) -> str:
    """Cases of which no day is above 12, so that day and month can be taken for each other everywhere."""
    dagen = [date(2013, maand, dag) for maand in range(1, 11) for dag in (1, 5, 9)]
    cellen = [vorm.format(d=dag.day, m=dag.month, j=dag.year) for dag in dagen]
    return KOP + "".join(
        f"{nr if nummers else f'zaak-{nr * 37 % 100}x'},{cel},,Web,Lening,a,b\n"
        for nr, cel in enumerate(cellen, start=1)
    )


def test_the_order_of_the_numbers_tells_when_the_days_do_not():
    uit = diagnose(laag(nummers=True), "D/M/JJJJ")
    assert uit.beste is not None
    assert uit.beste.naam == "M/D/JJJJ"


def test_it_asks_when_two_orders_remain_possible():
    uit = diagnose(laag(nummers=False), "D/M/JJJJ")
    assert uit.beste is None
    assert [(v.naam, v.fout, len(v.maanden)) for v in uit.keuze] == [("D/M/JJJJ", 0, 3), ("M/D/JJJJ", 0, 10)]


def test_it_says_that_a_spreadsheet_mixed_them_up():
    uit = diagnose(reeks("{m}/{d}/{j}", excel=True), "M/D/JJJJ")
    assert uit.beste is None
    assert uit.keuze[-1].naam == "door elkaar"


def werkmap(verwisseld: bool) -> list[Rij]:
    """Month first, opened where the day comes first: what can be a date became one, the rest stayed a text."""
    rijen = []
    for nr in range(60):
        dag = date(2013, 1, 2) + timedelta(days=5 * nr)
        cel = f"{dag.month}/{dag.day}/{dag.year}" if dag.day > 12 else Datumcel(dag)
        if isinstance(cel, Datumcel) and verwisseld:
            cel = cel.verwisseld
        # The ids tell no order: what real dates stand beside texts has to.
        rijen.append(Rij(nr + 2, (f"z{nr * 37 % 60}q", cel, "")))
    return rijen


def test_real_dates_beside_texts_of_which_no_day_is_above_twelve_were_swapped():
    vormen = {"ontvangen": "M/D/JJJJ"}
    rol = {"nummer": "id", "ontvangen": "ontvangen_op"}
    uit = dokter.examine(rol, vormen, ("nummer", "ontvangen", "verstuurd"), werkmap(True), VANDAAG)
    assert uit.beste is not None
    assert (uit.beste.naam, uit.beste.fout) == (CELLEN, 0)
    goed = [
        Rij(rij.regel, (rij.cellen[0], Datumcel(date(2013, 1, 20) + timedelta(days=rij.regel)), ""))
        for rij in werkmap(True)
    ]
    heel = dokter.examine(rol, vormen, ("nummer", "ontvangen", "verstuurd"), goed, VANDAAG)
    assert heel.beste is None or heel.beste.naam != CELLEN


# --- the declaration -------------------------------------------------------------------------------------------------

TEKST = st.text("aZ0_-. =#,\"'\\\n\r\t\0\x1f\x7f\x85\u2028é€😀[]{}", max_size=8)
GEWOON = st.one_of(TEKST, st.booleans(), st.integers(-(10**9), 10**9), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
WAARDE = st.recursive(
    GEWOON, lambda deel: st.lists(deel, max_size=3) | st.dictionaries(TEKST, deel, max_size=3), max_leaves=8
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(TEKST, WAARDE, max_size=6))
def test_what_is_written_as_toml_reads_back_equal(tabel: dict[str, object]):
    assert parse_toml(opschrijven.write(tabel).encode(), "x")[0] == tabel


@pytest.mark.parametrize(
    "naam", [pad.name for pad in sorted(VOORBEELDEN.glob("*.toml")) if ".reglement" not in pad.name]
)
def test_a_declaration_that_is_written_again_means_the_same(naam: str, tmp_path: Path):
    for pad in VOORBEELDEN.glob("*.toml"):
        (tmp_path / pad.name).write_text(
            opschrijven.write(read_toml(pad)) if ".reglement" not in pad.name else pad.read_text(encoding="utf-8"),
            encoding="utf-8",
        )
    nieuw, oud = kolommen.load(tmp_path / naam), kolommen.load(VOORBEELDEN / naam)
    velden = [veld for veld in vars(oud) if veld != "reglement_pad"]
    assert [veld for veld in velden if getattr(nieuw, veld) != getattr(oud, veld)] == []


def test_a_kept_declaration_opens_as_the_draft_it_was(tmp_path: Path):
    concept, wat, _ = gezien(bestand(tmp_path, (PROEF / "zaken.csv").read_text(encoding="utf-8")))
    concept.verklaring |= {"bron": "oud", "getrokken_op": date(2011, 4, 1), "oordeel": {"op_tijd": ["x"]}}
    concept.rollen["kanaal"] = "oordeel"
    klein.make(concept, wat, naam="Oud", waarde=0, eenheid="gesteld", stap=13, schuift=True)
    pad = concept.write(tmp_path / "een", wat)
    weer = heropen.reopen(pad, wat)
    assert weer.declare(wat) == concept.declare(wat)
    assert weer.write(tmp_path / "twee", wat).read_text(encoding="utf-8") == pad.read_text(encoding="utf-8")
    assert weer.reglement == concept.reglement
    assert heropen.fits(pad, wat, {})
    # By hand it may say otherwise than a draft can: then it is not opened as one.
    assert not heropen.fits(PROEF / "zaken.toml", wat, {})


def test_what_is_kept_is_offered_for_a_file_with_the_same_columns(tmp_path: Path, register: Register):
    bewaard.keep(register.map, "proefgemeente", PROEF / "zaken.toml", PROEF / "zaken.reglement.toml")
    kop = ("zaak", "start", "deadline", "einde", "kanaal", "activiteit", "tijdstip", "nieuw")
    assert [een.bron for een in bewaard.fitting(register.map, kop)] == ["proefgemeente"]
    assert bewaard.fitting(register.map, kop[1:]) == []
    (een,) = bewaard.all_kept(register.map)
    assert kolommen.load(een.pad).bron == "proefgemeente"
    assert register.stand().aantal == 0


@pytest.mark.parametrize(
    ("tekst", "id"), [("E-mail", "e-mail"), ("Wâchttijd  / duur", "wachttijd-duur"), ("…", "leeg")]
)
def test_a_value_becomes_an_id(tekst: str, id: str):
    assert ontwerp.id_of(tekst) == id


def test_a_value_is_a_choice_by_its_name_or_by_another_word():
    keuzes = [Keuze(id="e-mail", naam="E-mail"), Keuze(id="brief", naam="Brief"), Keuze(id="overig", naam="Overig")]
    assert waarden.propose(["e-mail", "EMAIL", "per post", "Other", "fax"], keuzes) == {
        "e-mail": "e-mail", "EMAIL": "e-mail", "per post": "brief", "Other": "overig",
    }  # fmt: skip


# --- decisions, totals, recording ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cellen", "soort"),
    [
        ("8/30/2013,1/1/1900", besluiten.TE_VER), ("8/30/2013,8/1/2013", besluiten.TE_VROEG),
        ("8/30/2013,8/30/2030", besluiten.TOEKOMST), ("8/30/2013,ooit", besluiten.ONLEESBAAR),
    ],
)  # fmt: skip
def test_a_klacht_comes_in_without_a_date_that_cannot_be_when_that_is_decided(
    tmp_path: Path, register: Register, cellen: str, soort: str
):
    csv = f"{KOP}1,{cellen},Web,Lening,a,b\n"
    heel = lees(tmp_path, csv)
    assert [a.soorten for a in heel.afkeuringen] == [(soort,)]
    zonder = lees(tmp_path, csv, ("[bestand]", f'[besluiten]\n{soort} = "zonder_datum"\n[bestand]'), register=register)
    assert (redenen(zonder), zonder.feiten, zonder.lezing.zonder) == ({}, 1, {soort: 1})
    overnemen.record(register, zonder)
    (vastlegging,) = register.vastleggingen("K2013-0001")
    assert cellen.partition(",")[2] in vastlegging.feit.waarden_bron
    assert "ooit" not in "".join(p.read_text(encoding="utf-8") for p in (register.map / "journaal").glob("*.jsonl"))


def test_without_a_decision_or_for_the_receipt_itself_the_row_stays_rejected(tmp_path: Path):
    csv = f"{KOP}1,1/1/1900,,Web,Lening,a,b\n2,8/30/2013,,Web,Lening,a,b\n"
    zonder = lees(tmp_path, csv, ("[bestand]", '[besluiten]\nte_ver = "zonder_datum"\n[bestand]'))
    assert besluiten.undecided(zonder.afkeuringen, zonder.kolommen.besluiten)
    weg = lees(tmp_path, csv, ("[bestand]", '[besluiten]\nonmisbaar = "weglaten"\n[bestand]'))
    assert (len(weg.afkeuringen), besluiten.undecided(weg.afkeuringen, weg.kolommen.besluiten)) == (1, [])
    with pytest.raises(kolommen.OngeldigeKolommen, match="besluit 'zonder_datum' is onbekend"):
        lees(tmp_path, csv, ("[bestand]", '[besluiten]\ndubbel = "zonder_datum"\n[bestand]'))


def test_one_decision_for_a_date_that_is_missed_and_another_for_a_receipt_that_cannot_be(tmp_path: Path):
    # With one kind for both, leaving out the first left out the second as well.
    csv = f"{KOP}1,ooit,,Web,Lening,a,b\n2,8/30/2013,ooit,Web,Lening,a,b\n3,8/30/1999,,Web,Lening,a,b\n"
    heel = lees(tmp_path, csv)
    assert [a.soorten for a in heel.afkeuringen] == [
        (besluiten.ONMISBAAR,), (besluiten.ONLEESBAAR,), (besluiten.REGLEMENT,)
    ]  # fmt: skip
    besloten = 'onleesbaar = "zonder_datum"\nonmisbaar = "weglaten"\nreglement = "weglaten"'
    uit = lees(tmp_path, csv, ("[bestand]", f"[besluiten]\n{besloten}\n[bestand]"))
    assert besluiten.undecided(uit.afkeuringen, uit.kolommen.besluiten) == []
    assert (len(uit.lezing.zaken), uit.lezing.zonder) == (1, {besluiten.ONLEESBAAR: 1})


def test_the_totals_count_as_the_register_will(register: Register):
    uitkomst = plan(PROEF / "zaken.csv", PROEF / "zaken.toml", register)
    totaal = totalen.count(uitkomst, register, date(2011, 4, 1))
    (termijn,) = totaal.termijnen
    assert termijn.statussen == Counter(STATUS.values())
    assert (sum(jaar.nieuw for jaar in totaal.jaren), sum(jaar.open for jaar in totaal.jaren)) == (8, 3)
    assert register.stand().aantal == 0
    neem_over(register, "zaken")
    with register.cursor() as cursor:
        stand = cursor.execute(
            "SELECT status, count(*) FROM termijnen(?) GROUP BY status", [date(2011, 4, 1)]
        ).fetchall()
    assert dict(stand) == termijn.statussen


def test_what_the_source_finds_stands_beside_what_comes_out(tmp_path: Path, register: Register):
    csv = (
        KOP + "1,8/1/2013,8/5/2013,Web,Lening,ja,b\n"
        "2,8/1/2013,9/30/2013,Web,Lening,ja,b\n3,8/1/2013,8/3/2013,Web,Lening,nee,b\n"
    )
    zegt = '[oordeel]\nkolom = "verhaal"\nop_tijd = ["ja"]\nte_laat = ["nee"]\n[bestand]'
    uitkomst = lees(tmp_path, csv, ("[bestand]", zegt), register=register)
    bron = totalen.count(uitkomst, register, VANDAAG).bron
    assert bron is not None
    assert bron.paren == {("op tijd", "op tijd"): 1, ("op tijd", "te laat"): 1, ("te laat", "op tijd"): 1}
    assert (bron.anders, [rij[:2] for rij in bron.verschillen]) == (2, [(3, "2"), (4, "3")])


def test_a_last_day_of_the_source_is_compared_with_when_it_ended(tmp_path: Path, register: Register):
    csv = KOP + "1,8/1/2013,8/5/2013,Web,Lening,8/4/2013,b\n2,8/1/2013,8/6/2013,Web,Lening,8/6/2013,b\n"
    zegt = '[oordeel]\nkolom = "verhaal"\nvorm = "M/D/JJJJ"\n[bestand]'
    bron = totalen.count(lees(tmp_path, csv, ("[bestand]", zegt), register=register), register, VANDAAG).bron
    assert bron is not None
    assert bron.paren == {("te laat", "op tijd"): 1, ("op tijd", "op tijd"): 1}


def test_a_last_day_of_the_source_says_whether_it_was_on_time():
    from klachten.overname import datums

    oordeel = Oordeel(kolom="norm", vorm=datums.load("DD-MM-JJJJ"))
    dag = date(2025, 3, 4)
    assert [oordeel.of(tekst, dag) for tekst in ("04-03-2025", "03-03-2025", "", "?")] == [OP_TIJD, TE_LAAT, "", ""]


def test_recording_can_be_stopped_and_leaves_nothing(register: Register):
    uitkomst = plan(PROEF / "zaken.csv", PROEF / "zaken.toml", register)
    gestopt = Bezig(register, uitkomst)
    gestopt.stop()
    gestopt.start()
    gestopt.wait(eindig.GENOEG)
    assert (gestopt.fase, gestopt.nummers, register.stand().aantal) == (Fase.GESTOPT, [], 0)
    assert not register.dossiers.numbers()
    heel = Bezig(register, plan(PROEF / "zaken.csv", PROEF / "zaken.toml", register))
    heel.start()
    heel.wait(eindig.GENOEG)
    assert (heel.fase, len(heel.nummers), heel.deel) == (Fase.KLAAR, 8, 1.0)
    heel.stop()
    dubbel = Bezig(register, uitkomst)
    dubbel.start()
    dubbel.wait(eindig.GENOEG)
    assert dubbel.fase is Fase.MISLUKT
    assert "Intussen zijn klachten van deze bron overgenomen" in str(dubbel.fout)
