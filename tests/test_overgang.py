"""Going on here with what was open in another system: where each klacht is, until when, and never counted twice."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from klachten import gebeurtenissen as g
from klachten.analyse.termijnen.naleving import verzamelingen
from klachten.analyse.werk.werkvoorraad import werkvoorraad
from klachten.dossier.klacht import Dossier
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer, dossier_van
from klachten.organisatie import Gebruiker
from klachten.overname import maandverslag, overgang, overgangbeeld, overgangen, overnemen, terugdraaien
from klachten.overname.lezen import OnleesbaarBestand
from klachten.overname.maatregelen import DAGEN
from klachten.overname.terugdraaien import KanNietTerug
from klachten.register import Register
from klachten.register.controle import controleer
from klachten.reglement.tabel import OngeldigBestand
from tests.briefproef import gelezen, maak
from tests.firmaproef import doe
from tests.lijsten import VANDAAG, Lijst
from tests.overgangproef import ALLES, BRON, GETROKKEN, ID, NUMMER, VANAF, VERDER, lees, plan, schrijf, stap_over
from tests.registerproef import fouten
from tests.terugkijkproef import BEGIN, dossiers, rijen, vul

FEB = {"getrokken_op": ("getrokken_op = 2026-02-20", "getrokken_op = 2026-02-24")}


def dossier(register: Register, nummer: str) -> Dossier:
    uit = dossier_van(register, nummer)
    assert isinstance(uit, Dossier)
    return uit


def taken(register: Register, nummer: str, op: date = VANDAAG) -> list[tuple[int, str, str, date | None]]:
    """What there is to do in a klacht: step, sentence, by whom, and until when."""
    with register.cursor() as cursor:
        alle = sorted(werkvoorraad(cursor, op, ()), key=lambda taak: taak.stap)
    return [(t.stap, t.wat, t.wie or t.rol, t.uiterlijk_op) for t in alle if t.klachtnummer == nummer]


def termijnen(register: Register, nummer: str, op: date = VANDAAG) -> dict[str, str]:
    with register.cursor() as cursor:
        return dict(
            cursor.execute("SELECT termijn, status FROM termijnen(?) WHERE klachtnummer = ?", [op, nummer]).fetchall()
        )


def per_set(register: Register, op: date = VANDAAG) -> dict[tuple[str, str], list[str]]:
    """The klachten of each set that is counted, by where it is handled and its reglement."""
    uit: dict[tuple[str, str], list[str]] = {}
    with register.cursor() as cursor:
        for *welk, nummer in cursor.execute(
            "SELECT herkomst, reglement, klachtnummer FROM klacht_op(?) WHERE vervallen_op IS NULL ORDER BY ALL", [op]
        ).fetchall():
            uit.setdefault(tuple(welk), []).append(nummer)
    return uit


TABEL = {
    # where it is: next act, by whom, until when; its terms
    "nieuw": ((5, "Ontvangst bevestigen", "anna", date(2026, 3, 4)), "loopt", "onbepaald", "onbepaald"),
    "laat": (
        (4, "Behandelaar toewijzen", "coordinator", date(2026, 2, 9)),
        "te laat, nog open", "onbepaald, termijn verstreken", "onbepaald",
    ),
    "onderzoek": ((6, "Klacht onderzoeken", "anna", date(2026, 3, 2)), "n.v.t.", "onbepaald", "onbepaald"),
    "besluit": (
        (8, "Beslissen: maatregelen of niet in behandeling", "anna", date(2026, 2, 9)),
        "n.v.t.", "onbepaald, termijn verstreken", "onbepaald, termijn verstreken",
    ),
    "maatregel": (
        (8, "Maatregelen vastleggen die in het andere systeem zijn bepaald", "bas", date(2026, 3, 2)),
        "n.v.t.", "n.v.t.", "onbepaald",
    ),
}  # fmt: skip


def test_each_of_the_five_goes_on_from_where_it_is(firma: Register, tmp_path: Path):
    bestand = schrijf(tmp_path)
    vooruit = overgangbeeld.look(firma, lees(firma, bestand), VANDAAG)
    assert vooruit is not None
    assert firma.stand().aantal == len(firma.vastleggingen(g.NUMMER)) + _people(firma), "a look records nothing"
    assert stap_over(firma, bestand) == sorted(NUMMER.values())
    for waar, (daad, bevestiging, niet, maatregelen) in TABEL.items():
        nummer = NUMMER[waar]
        assert taken(firma, nummer)[0] == daad, waar
        stand = {"bevestiging": bevestiging, "niet_in_behandeling": niet, "maatregelen": maatregelen}
        assert termijnen(firma, nummer) == stand, waar
        (regel,) = [regel for regel in vooruit.regels if regel.nummer == nummer]
        assert (regel.wat, regel.uiterlijk_op, regel.te_laat) == (daad[1], daad[3], daad[3] < VANDAAG), waar
    assert dossier(firma, NUMMER["besluit"]).betrokkenen == {"bas"}
    assert dossier(firma, NUMMER["nieuw"]).ontvangst.categorie == "bejegening"


# A maatregel of the source of which it does not say who carries it out, and on what day that person was told.
VERTELD = ["", "2-2-2026"]


def _with_maatregel(map: Path, verteld: str) -> Path:
    pad = schrijf(map)
    for bestand, erbij in (
        ("oud.reglement.toml", "".join(f'[[stappen]]\nnr = {nr}\nnaam = "{nr}"\n' for nr in (8, 10, 11))),
        ("oud.toml", "\n[[maatregelen]]\nactienemer = { kolom = 'door', waarden = {}, anders = 'onbekend' }\n"
         "omschrijving = 'wat'\n" + "".join(f"{naam} = {{ kolom = '{naam}', vorm = 'D-M-JJJJ' }}\n" for naam in DAGEN)),
    ):  # fmt: skip
        (map / bestand).write_text((map / bestand).read_text(encoding="utf-8") + erbij, encoding="utf-8")
    kop, *regels = pad.read_text(encoding="utf-8").splitlines()
    hier = f"Piet;Excuus;26-1-2026;20-3-2026;{verteld};"
    met = [f"{regel};{hier if regel.startswith(ID['maatregel']) else ';;;;;'}" for regel in regels]
    pad.write_text("\n".join([f"{kop};door;wat;{';'.join(DAGEN)}", *met, ""]), encoding="utf-8")
    return pad


@pytest.mark.parametrize("verteld", VERTELD)
def test_a_maatregel_that_nobody_is_known_to_carry_out_asks_for_somebody_and_goes_on(
    firma: Register, tmp_path: Path, anna: Gebruiker, bas: Gebruiker, verteld: str
):
    stap_over(firma, _with_maatregel(tmp_path, verteld))
    nummer, dag = NUMMER["maatregel"], date(2026, 3, 20)
    assert dossier(firma, nummer).ontvangst.waarden_bron == "door: Piet"

    def doe(naam: str, wie: Gebruiker, **wat: object) -> None:
        HANDELINGEN[naam](firma, wie, nummer, vandaag=VANDAAG, op=VANDAAG, **wat)

    assert taken(firma, nummer) == [(8, "Actienemer kiezen voor maatregel 1", "bas", dag)]
    with pytest.raises(OngeldigeInvoer, match="'onbekend' is geen medewerker"):
        doe("stap_08_wijzigen_maatregel", bas, maatregel=1, actienemer="onbekend", omschrijving="Anders", reden="x")
    with pytest.raises(Geweigerd, match="maatregel 1 is niet uitgevoerd"):
        doe("stap_13_afsluiten_klacht", bas)
    doe("stap_08_wijzigen_maatregel", bas, maatregel=1, actienemer="anna", reden="De bron zegt niet wie.")
    assert taken(firma, nummer) == [(10, "Actienemer informeren over maatregel 1", "bas", dag)]
    doe("stap_10_informeren_actienemer", bas, maatregel=1)
    assert taken(firma, nummer) == [(11, "Maatregel 1 uitvoeren", "anna", dag)]
    doe("stap_11_uitvoeren_maatregel", anna, maatregel=1, toelichting="Gedaan")
    doe("stap_13_afsluiten_klacht", bas)
    assert dossier(firma, nummer).toestand == "afgesloten"
    assert fouten(controleer(firma)) == []


def _people(register: Register) -> int:
    with register.plain_cursor() as cursor:
        ((n,),) = cursor.execute("SELECT count(*) FROM gebeurtenis WHERE klachtnummer LIKE 'P%'").fetchall()
    return int(n)


@pytest.fixture
def over(firma: Register, tmp_path: Path) -> Register:
    """A register in which the five go on."""
    stap_over(firma, schrijf(tmp_path))
    return firma


def test_one_of_them_is_carried_to_its_closing_with_every_step(over: Register):
    tekst, _ = maak(over, NUMMER["nieuw"], "ontvangstbevestiging", op=VANDAAG)
    brief = gelezen(tekst.docx)
    assert NUMMER["nieuw"] in brief
    assert "Anna de Wit" in brief
    lijst, nummer, op = Lijst(over), NUMMER["onderzoek"], VANAF
    maatregel = {
        "omschrijving": "Bellen",
        "actienemer": "dirk",
        "uiterlijk_op": date(2026, 3, 16),
        "overlegd_met": "carla",
    }
    weg = (
        ("stap_06_onderzoeken_klacht", "anna", {"bevindingen": "De lijst was vol."}, (8, "anna")),
        ("stap_08_bepalen_maatregel", "anna", maatregel, (9, "anna")),
        ("stap_09_informeren_indiener", "anna", {"wijze": "e-mail"}, (10, "anna")),
        ("stap_10_informeren_actienemer", "anna", {"maatregel": 1}, (11, "dirk")),
        ("stap_11_uitvoeren_maatregel", "dirk", {"maatregel": 1}, (13, "anna")),
        ("stap_13_afsluiten_klacht", "anna", {}, (14, "anna")),
        ("stap_14_informeren_indiener_afsluiting", "anna", {"wijze": "brief"}, None),
    )
    for naam, wie, invoer, volgende in weg:
        lijst.doe(naam, wie, nummer, op=op, **invoer)
        assert [(stap, van) for stap, _, van, _ in taken(over, nummer)][:1] == ([volgende] if volgende else [])
    # What was done there left no gap in the order: nothing deviates.
    assert [v.feit.soort for v in over.vastleggingen(nummer) if v.feit.afwijkingen] == []
    assert termijnen(over, nummer) == {
        "bevestiging": "n.v.t.", "niet_in_behandeling": "n.v.t.", "maatregelen": "op tijd",
    }  # fmt: skip
    assert fouten(controleer(over)) == []


def test_from_the_changeover_on_they_count_here_and_before_it_with_the_source(over: Register):
    dicht, open_ = [f"K2025-000{nr}" for nr in range(1, 8)], sorted(NUMMER.values())
    daar, hier = ("overgenomen", BRON), ("register", "coulant")
    assert per_set(over, GETROKKEN) == {daar: [*dicht, *open_]}
    assert per_set(over, VANAF) == {daar: dicht, hier: open_}
    # Before it and on the days around it: in one of the two, and in no other.
    for dag in (10, 50, 81, 83, 84, 85):
        op = date(2025, 12, 1) + timedelta(days=dag)
        alle = [nummer for nummers in per_set(over, op).values() for nummer in nummers]
        assert len(alle) == len(set(alle))
        with over.cursor() as cursor:
            ((binnen,),) = cursor.execute("SELECT count(*) FROM klacht WHERE ontvangen_op <= ?", [op]).fetchall()
            dubbel = cursor.execute(
                "SELECT klachtnummer FROM termijnen(?) GROUP BY klachtnummer HAVING count(DISTINCT reglement) > 1", [op]
            ).fetchall()
        assert (len(alle), dubbel) == (binnen, [])
    with over.cursor() as cursor:
        assert [(v.herkomst, v.reglement, v.klachten, v.bekend_tot) for v in verzamelingen(cursor)] == [
            ("register", "coulant", 5, None),
            ("overgenomen", BRON, 7, GETROKKEN),
        ]
    # Until then the figures of the term of the source are what they were.
    assert termijnen(over, NUMMER["besluit"], GETROKKEN) == {"klaar": "loopt"}
    assert termijnen(over, NUMMER["besluit"], VANAF).keys() == {"bevestiging", "niet_in_behandeling", "maatregelen"}


@settings(
    max_examples=2, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(klachten=st.lists(dossiers(), min_size=50, max_size=54))
def test_at_no_moment_a_klacht_is_counted_in_two_reglementen(leeg: DuckDBPyConnection, klachten) -> None:
    """Some hundred random klachten, of which many go on under another reglement, on three days each."""
    leeg.begin()
    try:
        vul(leeg, rijen(klachten))
        for weken in (8, 16, 32):
            op = BEGIN + timedelta(weeks=weken)
            per_klacht = leeg.execute(
                "SELECT k.klachtnummer FROM klacht_op($op) AS k GROUP BY k.klachtnummer HAVING count(*) > 1 UNION ALL "
                "SELECT t.klachtnummer FROM termijnen($op) AS t JOIN klacht_op($op) AS k "
                "ON k.klachtnummer = t.klachtnummer AND (k.reglement <> t.reglement OR k.herkomst <> t.herkomst)",
                {"op": op},
            ).fetchall()
            assert per_klacht == []
    finally:
        leeg.rollback()


def test_the_next_file_names_what_it_says_of_them_and_changes_nothing(over: Register, tmp_path: Path):
    alles = {
        **ALLES,
        "Z10": "2-2-2026;9-2-2026;24-2-2026;Klaar;A. de Boer;;wacht;Loopt",
        "Z13": "23-2-2026;;;Nieuw;Bas B.;;bej;Nieuw erbij",
    }
    weg = {id: rij for id, rij in alles.items() if id != "Z8"}
    bestand = schrijf(tmp_path, weg, VERDER, FEB["getrokken_op"])
    uitkomst = lees(over, bestand)
    eerst = over.vastleggingen(NUMMER["onderzoek"])
    assert (uitkomst.gewijzigd, uitkomst.verdwenen, len(uitkomst.nieuw)) == ([], [], 1)
    assert list(maandverslag.changes(uitkomst)) == [
        "",
        "Hier verder behandeld, en in het bestand anders. Dit wordt niet overgenomen; leg hier vast wat ervan klopt:",
        "  K2026-0004: stap 13 erbij",
    ]
    overnemen.record(over, uitkomst)
    # What came in since goes on from the day as of which it was seen; the others went on before.
    assert overgang.record(over, plan(over, uitkomst)) == ["K2026-0006"]
    assert dossier(over, "K2026-0006").voortzetting.feit.gebeurd_op == date(2026, 2, 24)
    assert over.vastleggingen(NUMMER["onderzoek"]) == eerst
    assert taken(over, "K2026-0006")[0][:3] == (5, "Ontvangst bevestigen", "bas")
    assert plan(over, lees(over, bestand)).iets is False


def test_a_changeover_is_taken_back_as_one_step_while_nothing_rests_on_it(firma: Register, tmp_path: Path):
    uitkomst = lees(firma, schrijf(tmp_path))
    overnemen.record(firma, uitkomst)
    voor = per_set(firma), {nummer: termijnen(firma, nummer) for nummer in NUMMER.values()}
    overgang.record(firma, plan(firma, uitkomst))
    with pytest.raises(KanNietTerug, match="reden"):
        overgangen.undo(firma, 1, " ", VANDAAG)
    with pytest.raises(KanNietTerug, match="is hier vastgelegd"):
        terugdraaien.plan(firma, 1, VANDAAG).check()
    overgangen.undo(firma, 1, "Te vroeg.", VANDAAG)
    assert (per_set(firma), {nummer: termijnen(firma, nummer) for nummer in NUMMER.values()}) == voor
    with firma.plain_cursor() as cursor:
        (een,) = overgangen.all_of(cursor)
    assert een.sentence() == (
        "   1  bron 'oude-lijst': 5 open klachten gaan hier verder vanaf 23 februari 2026 - teruggedraaid op "
        "25 februari 2026: Te vroeg."
    )
    with pytest.raises(KanNietTerug, match="al teruggedraaid"):
        overgangen.undo(firma, 1, "Nog eens.", VANDAAG)
    # Once more, and now somebody works on it: then it stays.
    assert len(overgang.record(firma, plan(firma, lees(firma, uitkomst.pad)))) == 5
    Lijst(firma).doe("stap_05_bevestigen_ontvangst", "anna", NUMMER["nieuw"], op=VANDAAG, wijze="brief")
    with pytest.raises(KanNietTerug, match=r"K2026-0005: feit \d+ van .* is daarna hier vastgelegd"):
        overgangen.undo(firma, 2, "Toch niet.", VANDAAG)
    terugdraaien.plan(firma, 1, VANDAAG)


NIET = [
    (('"Nieuw" = 5, ', ""), r"Regel 9 \(K2026-0005\): wat in kolom status staat, heeft in de opgave geen stap"),
    (('"A. de Boer" = "anna", "Bas B."', '"A. de Boer" = "niemand", "Bas B."'), "'niemand' is op .* geen medewerker"),
    (('"A. de Boer" = "anna", "Bas B."', '"A. de Boer" = "gijs", "Bas B."'), "Gijs .* geen behandelaar"),
    (('bej = "bejegening", ', ""), r"Categorie 'bej' van de bron staat niet in de eigen lijst"),
    (("vanaf = 2026-02-23", 'vanaf = 2026-02-23\nreglement = "oude-lijst"'), "is hier geen reglement waaronder"),
]


def test_what_cannot_be_is_said_and_nothing_goes_on(firma: Register, tmp_path: Path):
    overnemen.record(firma, lees(firma, schrijf(tmp_path)))
    eerst = firma.stand()
    for anders, zin in NIET:
        uitkomst = lees(firma, schrijf(tmp_path, ALLES, VERDER, anders))
        with pytest.raises(OnleesbaarBestand, match=zin):
            overgang.record(firma, plan(firma, uitkomst))
        assert firma.stand() == eerst


def test_somebody_who_came_since_handles_on_too(firma: Register, tmp_path: Path):
    # In a register of one's own nobody is called "anna": a person is a number, with a capital.
    wie = {"vanaf": date(2026, 1, 1), "voornaam": "Jan", "achternaam": "Öztürk", "e_mail": "jan@firma.example"}
    doe(firma, "toevoegen_persoon", **wie)
    (jan,) = (id for id, persoon in firma.organisatie.mensen.items() if persoon.naam == "Jan Öztürk")
    assert jan.startswith("P2026-")
    doe(firma, "geven_rol", dossier=jan, rol="behandelaar", vanaf=date(2026, 1, 1))
    anders = ('"A. de Boer" = "anna", "Bas B."', f'"A. de Boer" = "{jan}", "Bas B."')
    uitkomst = lees(firma, schrijf(tmp_path, ALLES, VERDER, anders))
    overnemen.record(firma, uitkomst)
    gevonden = plan(firma, uitkomst)
    assert (gevonden.bezwaren, [klacht.behandelaar for klacht in gevonden.klachten]) == ([], [jan, "bas", "", jan, jan])


def test_who_is_involved_does_not_handle_it_and_a_later_day_waits(firma: Register, tmp_path: Path):
    alles = {**ALLES, "Z8": ALLES["Z8"].replace(";;bej", ";A. de Boer;bej")}
    uitkomst = lees(firma, schrijf(tmp_path, alles))
    overnemen.record(firma, uitkomst)
    gevonden = plan(firma, uitkomst)
    assert gevonden.opmerkingen == [
        "K2026-0005: Anna de Wit is betrokken en kan deze klacht niet behandelen; nog toe te wijzen."
    ]
    assert [klacht.behandelaar for klacht in gevonden.klachten] == ["anna", "bas", "", "anna", ""]
    laat = lees(firma, schrijf(tmp_path, alles, VERDER, ("vanaf = 2026-02-23", "vanaf = 2026-03-02")))
    wacht = plan(firma, laat)
    assert (wacht.iets, overgang.record(firma, wacht)) == (False, [])
    assert wacht.later.startswith("De open klachten gaan hier verder vanaf 2 maart 2026.")


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        (("vanaf = 2026-02-23\n", ""), "verder.vanaf: deze sleutel ontbreekt"),
        (("getrokken_op = 2026-02-20\n", ""), "getrokken_op: deze sleutel ontbreekt"),
        (('"Klaar" = 13', '"Klaar" = 14'), "'14' is geen stap"),
        (('kolom = "wie"', 'kolom = "wie"\nvast = "anna"'), "vast: dit gaat niet samen met een kolom"),
        (('kolom = "over"', 'kolom = "waar"'), "kolom 'waar' staat niet in oud.csv"),
    ],
)
def test_a_declaration_that_is_not_right_is_refused_with_its_key(tmp_path: Path, anders, zin: str):
    with pytest.raises(OngeldigBestand, match=zin):
        lees(None, schrijf(tmp_path, ALLES, VERDER, anders))


# --- one klacht, by the coordinator ----------------------------------------------------------------------------------

EEN = {"categorie": "bejegening", "volgende_stap": ""}


def test_a_closed_klacht_goes_on_here_to_be_disputed_and_reopened(firma: Register, tmp_path: Path):
    overnemen.record(firma, lees(firma, schrijf(tmp_path)))
    lijst, nummer = Lijst(firma), "K2025-0001"
    with pytest.raises(Geweigerd, match="wordt hier niet behandeld"):
        lijst.doe("stap_15_melden_meningsverschil", "anna", nummer, op=VANDAAG, toelichting="Oneens.")
    with pytest.raises(Geweigerd, match="dit doet de coördinator"):
        lijst.doe("voortzetten_behandeling", "bas", nummer, op=VANAF, **EEN)
    with pytest.raises(OngeldigeInvoer, match="De eigen lijst kent niet wat de bron hier noemt"):
        lijst.doe("voortzetten_behandeling", "anna", nummer, op=VANAF, volgende_stap="")
    with pytest.raises(OngeldigeInvoer, match="in het andere systeem nog iets gedaan"):
        lijst.doe("voortzetten_behandeling", "anna", nummer, op=date(2025, 12, 8), **EEN)
    lijst.doe("voortzetten_behandeling", "anna", nummer, op=VANAF, **EEN)
    assert taken(firma, nummer) == []
    assert set(termijnen(firma, nummer).values()) == {"n.v.t."}
    with pytest.raises(Geweigerd, match="wordt sinds 23 februari 2026 hier verder behandeld"):
        lijst.doe("voortzetten_behandeling", "anna", nummer, op=VANAF, **EEN)
    lijst.doe("stap_15_melden_meningsverschil", "anna", nummer, op=VANDAAG, toelichting="Oneens.")
    lijst.doe("stap_15_heropenen_klacht", "anna", nummer, op=VANDAAG, grond="nieuwe_feiten")
    assert taken(firma, nummer)[0][:3] == (4, "Behandelaar toewijzen", "coordinator")
    with pytest.raises(Geweigerd, match="Herroep dat eerst"):
        lijst.doe("herroepen_feit", "anna", nummer, op=VANDAAG, nr=dossier(firma, nummer).voortzetting.nr)


def test_one_open_klacht_goes_on_here_and_can_go_back(firma: Register, tmp_path: Path):
    overnemen.record(firma, lees(firma, schrijf(tmp_path)))
    lijst, nummer = Lijst(firma), NUMMER["onderzoek"]
    with pytest.raises(OngeldigeInvoer, match="Welke stap is nu aan de beurt"):
        lijst.doe("voortzetten_behandeling", "anna", nummer, op=VANAF, categorie="doorlooptijd")
    lijst.doe("voortzetten_behandeling", "anna", nummer, op=VANAF, categorie="doorlooptijd", volgende_stap="6")
    feit = dossier(firma, nummer).voortzetting
    assert feit.feit.elders_gedaan == (2, 3, 5)
    # What the source chose stays with the source; what holds here is put right here.
    with pytest.raises(OngeldigeInvoer, match="met een eigen lijst"):
        lijst.doe(
            "corrigeren_feit", "anna", nummer, nr=dossier(firma, nummer).geldig[0].nr, waarden={"categorie": "privacy"}
        )
    lijst.doe("corrigeren_feit", "anna", nummer, nr=feit.nr, waarden={"categorie": "privacy"})
    assert dossier(firma, nummer).ontvangst.categorie == "privacy"
    with pytest.raises(Geweigerd, match="ligt vóór 23 februari 2026"):
        lijst.doe("stap_04_toewijzen_behandelaar", "anna", nummer, op=GETROKKEN, behandelaar="anna")
    lijst.doe("herroepen_feit", "anna", nummer, op=VANDAAG, nr=feit.nr)
    assert dossier(firma, nummer).ontvangst.herkomst == "overgenomen"
    assert per_set(firma).keys() == {("overgenomen", BRON)}
