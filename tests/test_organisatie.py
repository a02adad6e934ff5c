"""The organisation as its facts make it: people with roles by the day, absences, lists and settings."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import klachten
from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten import reglement as reglementen
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging, from_json
from klachten.handelingen import Geweigerd, OngeldigeInvoer, dossier_van
from klachten.handelingen.dubbel import check_dubbel
from klachten.momentopname.inhoud import FEIT
from klachten.opening import open_register
from klachten.organisatie import Organisatie, effectief, fold
from klachten.periode import Boekjaren
from klachten.register import Register
from klachten.register.nummers import OngeldigNummer, parse_number
from klachten.reglement import Keuze

DAG = date(2026, 1, 1)
EEN = timedelta(days=1)
BEGIN = g.PersoonToegevoegd(
    gebeurd_op=DAG, persoon="P2026-0001", vanaf=DAG, vestiging="weert", voornaam="Zoë", tussenvoegsel="van",
    achternaam="Qadir", e_mail="zoe@voorbeeld.nl",
)  # fmt: skip


def _org(**feiten: Sequence[Gebeurtenis]) -> Organisatie:
    """An organisation of facts, by number: O is the organisation itself, p1, p2 ... its people."""
    nr, uit = 0, []
    for wie, eigen in feiten.items():
        nummer = g.NUMMER if wie == "o" else f"P2026-{int(wie[1:]):04d}"
        for feit in eigen:
            nr += 1
            uit.append(
                Vastlegging(
                    nr=nr, klachtnummer=nummer, vastgelegd_op=datetime(2026, 1, 1, tzinfo=UTC), door="iris",
                    rol="beheerder", feit=feit,
                )
            )  # fmt: skip
    return fold(uit)


def _persoon(nr: int, *feiten: Gebeurtenis, rollen: Sequence[str] = ()) -> list[Gebeurtenis]:
    begin = replace(BEGIN, persoon=f"P2026-{nr:04d}", achternaam=f"Q{nr}")
    return [begin, *(_rol(rol) for rol in rollen), *feiten]


def _rol(rol: str, vanaf: date = DAG, tot: date | None = None) -> g.RolGegeven:
    return g.RolGegeven(gebeurd_op=DAG, rol=rol, vanaf=vanaf, tot=tot)


def _weg(van: int, tot: int | None, vervanger: str = "", *, lang: bool = False, nr: int = 1) -> g.AfwezigheidGemeld:
    return g.AfwezigheidGemeld(
        gebeurd_op=DAG, afwezigheid=nr, van=DAG + van * EEN, tot=None if tot is None else DAG + tot * EEN,
        vervanger=vervanger, lang=lang,
    )  # fmt: skip


# --- people ----------------------------------------------------------------------------------------------------------


def test_a_person_is_there_from_the_first_day_and_keeps_a_name_for_ever():
    org = _org(p1=[BEGIN, g.PersoonVertrokken(gebeurd_op=DAG, laatste_dag=DAG + 9 * EEN)])
    id = "P2026-0001"
    assert org.gebruiker(id, DAG - EEN) is None
    assert org.gebruiker("P2026-0002", DAG) is None
    wie = org.gebruiker(id, DAG)
    assert (wie.id, wie.naam, wie.vestiging, wie.rollen) == (id, "Zoë van Qadir", "weert", frozenset())
    there = [len(org.iedereen(DAG + n * EEN)) for n in (-1, 0, 9, 10)]
    assert there == [0, 1, 1, 0]
    assert org.naam(id) == "Zoë van Qadir"
    assert org.naam("jansen") == "jansen", "of an imported klacht"
    assert org.gebruiker(id, DAG + 99 * EEN).naam == "Zoë van Qadir"


def test_a_change_says_only_what_changed():
    anders = {"gebeurd_op": DAG, "vanaf": DAG + EEN}
    e_mail = g.PersoonGewijzigd(**anders, e_mail="nieuw@voorbeeld.nl")
    assert _org(p1=[BEGIN, e_mail]).mensen["P2026-0001"].naamdelen == organisatie.Naam(
        voornaam="Zoë", tussenvoegsel="van", achternaam="Qadir", e_mail="nieuw@voorbeeld.nl"
    )
    getrouwd = _org(p1=[BEGIN, g.PersoonGewijzigd(**anders, achternaam="Smit", vestiging="utrecht")])
    assert getrouwd.naam("P2026-0001") == "Zoë Smit"
    plaatsen = [getrouwd.gebruiker("P2026-0001", DAG + n * EEN).vestiging for n in (0, 1)]
    assert plaatsen == ["weert", "utrecht"]


def test_a_role_holds_from_its_first_day_up_to_and_including_its_last():
    org = _org(p1=[BEGIN, _rol("behandelaar", DAG + 2 * EEN, DAG + 5 * EEN), _rol("medewerker")])

    def rollen(n: int) -> frozenset[str]:
        return org.gebruiker("P2026-0001", DAG + n * EEN).rollen

    assert [("behandelaar" in rollen(n)) for n in (1, 2, 5, 6)] == [False, True, True, False]
    assert [len(org.met_rol("behandelaar", op=DAG + n * EEN)) for n in (1, 2, 5, 6)] == [0, 1, 1, 0]
    assert rollen(6) == {"medewerker"}
    # Without a day: what holds for good.
    assert org.met_rol("behandelaar") == ()
    assert [wie.id for wie in org.met_rol("medewerker")] == ["P2026-0001"]


def test_an_end_cuts_off_what_was_recorded_before_it_and_nothing_after():
    einde = g.RolBeeindigd(gebeurd_op=DAG, rol="directie", laatste_dag=DAG + 3 * EEN)
    straks = _rol("directie", DAG + 8 * EEN)
    for feiten, dagen in (([straks, einde], "0"), ([einde, straks], "0 8"), ([_rol("directie"), einde], "0")):
        org = _org(p1=[BEGIN, _rol("directie"), *feiten])
        begint = [n for n in range(12) if _has(org, "directie", n) and not _has(org, "directie", n - 1)]
        assert begint == [int(n) for n in dagen.split()]
        assert not _has(org, "directie", 4)


def _has(org: Organisatie, rol: str, n: int) -> bool:
    return bool(org.met_rol(rol, op=DAG + n * EEN))


def test_leaving_ends_every_role_and_coming_back_begins_anew():
    weg = g.PersoonVertrokken(gebeurd_op=DAG, laatste_dag=DAG + 3 * EEN)
    terug = replace(BEGIN, vanaf=DAG + 10 * EEN)
    org = _org(p1=[BEGIN, _rol("beheerder"), weg, terug, _rol("medewerker", DAG + 10 * EEN)])
    assert [_has(org, "beheerder", n) for n in (3, 4, 10)] == [True, False, False]
    assert [_has(org, "medewerker", n) for n in (3, 9, 10)] == [False, False, True]
    assert [len(org.iedereen(DAG + n * EEN)) for n in (3, 4, 9, 10)] == [1, 0, 0, 1]


def test_who_is_erased_keeps_a_number_and_the_roles_but_no_name():
    feiten = [BEGIN, _rol("behandelaar"), g.PersoonGewist(gebeurd_op=DAG, grond="verzoek")]
    org = _org(p7=[replace(feiten[0], persoon="zoe"), *feiten[1:]])
    assert org.naam("zoe") == "medewerker 7 (gewist)"
    assert org.mensen["zoe"].naamdelen == organisatie.Naam()
    assert org.gebruiker("zoe", DAG).rollen == {"behandelaar"}


def test_a_correction_and_a_fact_taken_back_count():
    org = [BEGIN, _rol("directie"), _rol("beheerder")]
    regels = [
        Vastlegging(nr=n, klachtnummer="P2026-0001", vastgelegd_op=datetime(2026, 1, 1, tzinfo=UTC), door="iris",
                    rol="", feit=feit, corrigeert=corrigeert)
        for n, (feit, corrigeert) in enumerate(
            [*((feit, None) for feit in org), (_rol("coordinator"), 2), (g.FeitHerroepen(gebeurd_op=DAG), 3)], start=1)
    ]  # fmt: skip
    assert fold(regels).gebruiker("P2026-0001", DAG).rollen == {"coordinator"}


def test_the_newest_absence_counts_and_one_that_does_not_happen_is_gone():
    org = _org(p1=_persoon(1, _weg(0, 4, "a"), _weg(3, 6, "b", nr=2)))
    persoon = org.mensen["P2026-0001"]
    assert [getattr(persoon.afwezig_op(DAG + n * EEN), "vervanger", None) for n in (-1, 0, 3, 6, 7)] == [
        None, "a", "b", "b", None,
    ]  # fmt: skip
    langer = g.AfwezigheidGewijzigd(gebeurd_op=DAG, afwezigheid=1, van=DAG, tot=DAG + 20 * EEN, vervanger="c")
    org = _org(p1=_persoon(1, _weg(0, 4, "a"), langer))
    assert org.mensen["P2026-0001"].afwezig_op(DAG + 20 * EEN).vervanger == "c"
    assert not org.aanwezig("P2026-0001", DAG + 20 * EEN)
    assert org.aanwezig("P2026-0001", DAG + 21 * EEN)
    vervalt = g.AfwezigheidVervallen(gebeurd_op=DAG, afwezigheid=1)
    assert _org(p1=_persoon(1, _weg(0, 4), vervalt)).aanwezig("P2026-0001", DAG)


def test_a_substitute_who_is_absent_has_a_substitute_too_and_a_circle_has_none():
    een, twee, drie = "P2026-0001", "P2026-0002", "P2026-0003"
    keten = {"p1": _persoon(1, _weg(0, 9, twee)), "p2": _persoon(2, _weg(0, 4, drie)), "p3": _persoon(3)}
    org = _org(**keten)
    assert [org.vervanger(een, DAG + n * EEN) for n in (0, 4, 5, 10)] == [drie, drie, twee, ""]
    assert org.vervanger(drie, DAG) == "", "is there"
    kring = _org(**{**keten, "p3": _persoon(3, _weg(0, 9, een))})
    assert kring.vervanger(een, DAG) == ""
    vertrokken = g.PersoonVertrokken(gebeurd_op=DAG, laatste_dag=DAG - EEN)
    assert _org(**{**keten, "p3": _persoon(3, vertrokken)}).vervanger(een, DAG) == ""


def test_step_2_looks_for_directie_only_when_every_coordinator_is_absent_for_longer():
    rol, lang, kort = ["coordinator"], _weg(0, None, lang=True), _weg(0, 3)
    for ander, verwacht in ((_weg(0, 5, lang=True), True), (kort, False), (None, False)):
        org = _org(p1=_persoon(1, lang, rollen=rol), p2=_persoon(2, *([ander] if ander else []), rollen=rol))
        assert org.coordinator_langer_afwezig(DAG) is verwacht
    org = _org(p1=_persoon(1, _weg(0, 5, lang=True), rollen=rol))
    assert [org.coordinator_langer_afwezig(DAG + n * EEN) for n in (5, 6)] == [True, False]
    assert not _org(p1=_persoon(1)).coordinator_langer_afwezig(DAG), "nobody is no absence"


def test_the_first_day_without_somebody_in_a_role():
    vertrekt = g.PersoonVertrokken(gebeurd_op=DAG, laatste_dag=DAG + 20 * EEN)
    org = _org(
        p1=[BEGIN, _rol("beheerder", DAG, DAG + 9 * EEN)],
        p2=_persoon(2, _rol("beheerder", DAG + 5 * EEN), vertrekt),
    )
    assert org.zonder("beheerder", DAG) == DAG + 21 * EEN
    assert org.zonder("directie", DAG) == DAG
    altijd = _org(p1=_persoon(1, rollen=["beheerder"]))
    assert altijd.zonder("beheerder", DAG) is None
    assert altijd.zonder("beheerder", DAG - EEN) == DAG - EEN


# --- lists and settings ----------------------------------------------------------------------------------------------


def _keuze(id: str, naam: str, lijst: str = "vestigingen", na: str = "") -> g.KeuzeToegevoegd:
    return g.KeuzeToegevoegd(gebeurd_op=DAG, lijst=lijst, id=id, vanaf=DAG, na=na, naam=naam)


def test_a_list_grows_is_renamed_merged_and_ended():
    op = {"gebeurd_op": DAG, "lijst": "vestigingen"}
    org = _org(
        o=[
            _keuze("a", "Aa"),
            _keuze("b", "Be"),
            _keuze("c", "Ce", na="a"),
            _keuze("x", "Iks", lijst="kanalen"),
            g.KeuzeHernoemd(**op, id="a", vanaf=DAG + EEN, naam="Aaa"),
            g.KeuzeSamengevoegd(**op, id="b", opvolger="a", vanaf=DAG + 5 * EEN),
            g.KeuzeBeeindigd(**op, id="c", laatste_dag=DAG + 7 * EEN),
            g.KeuzeHernoemd(**op, id="weg", vanaf=DAG, naam="Nergens"),
        ]
    )
    assert org.keuzes("vestigingen") == (
        Keuze(id="a", naam="Aaa", geldig_vanaf=DAG),
        Keuze(id="c", naam="Ce", geldig_vanaf=DAG, geldig_tot=DAG + 7 * EEN),
        Keuze(id="b", naam="Be", geldig_vanaf=DAG, geldig_tot=DAG + 4 * EEN, opgevolgd_door="a"),
    )
    start = (Keuze(id="brief", naam="Brief"),)
    assert [keuze.id for keuze in org.keuzes("kanalen", start)] == ["brief", "x"]
    assert [keuze.id for keuze in org.keuzes("vestigingen", start)] == ["a", "c", "b"], "a firm has its own only"


def test_a_reglement_gets_the_lists_of_the_organisation_once_there_is_one():
    coulant = reglementen.load("coulant")
    assert effectief(coulant, _org(o=[_keuze("a", "Aa")])) is coulant
    ingericht = g.OrganisatieIngericht(gebeurd_op=DAG, naam="Brug")
    hernoemd = g.KeuzeHernoemd(gebeurd_op=DAG, lijst="categorieen", id="overig", vanaf=DAG, naam="Anders")
    gevuld = [ingericht, _keuze("a", "Aa"), hernoemd, g.BoekjaarGesteld(gebeurd_op=DAG, maand=4, vanaf=DAG)]
    org = _org(o=gevuld)
    eigen = effectief(coulant, org)
    assert (eigen.organisatie, eigen.boekjaren.maand) == ("Brug", 4)
    assert [keuze.naam for keuze in eigen.vestigingen] == ["Aa"]
    assert eigen.opdrachtgevers == ()
    assert eigen.naam_van("categorieen", "overig") == "Anders"
    assert len(eigen.categorieen) == len(coulant.categorieen)
    assert eigen.termijnen == coulant.termijnen
    klein = replace(coulant, soort="overname")
    assert effectief(klein, org) is klein
    assert (org.voorbeeld, _org(o=[replace(ingericht, voorbeeld=True)]).voorbeeld) == (False, True)


def test_what_is_decided_holds_from_its_day():
    op = {"gebeurd_op": DAG}
    gewijzigd = g.OrganisatieGewijzigd(**op, vanaf=DAG + 5 * EEN, adres="Kade 1")
    regel = g.HerinneringsregelGesteld(
        **op, regel="r", waarvoor="termijn", dagen_voor=(3, 1), rollen=("behandelaar",), vanaf=DAG
    )
    besluit = g.DagenGelijkgesteld(
        **op, besluit="b", dagen=(DAG + EEN,), bekend_tot=DAG, nummer="Stb. 1", naam="Brugdag"
    )
    org = _org(
        o=[
            g.OrganisatieIngericht(**op, naam="Brug"),
            gewijzigd,
            g.OrganisatieGewijzigd(**op, vanaf=DAG + 2 * EEN, naam="De Brug", adres="Plein 2"),
            g.BoekjaarGesteld(**op, maand=4, vanaf=DAG + 5 * EEN),
            regel,
            replace(regel, vanaf=DAG + 5 * EEN, dagen_voor=()),
            besluit,
        ]
    )
    assert [(org.gegevens(DAG + n * EEN).naam, org.gegevens(DAG + n * EEN).adres) for n in (1, 2, 5)] == [
        ("Brug", ""), ("De Brug", "Plein 2"), ("De Brug", "Kade 1"),
    ]  # fmt: skip
    # Recorded without a transition it is about all years.
    assert org.boekjaren() == Boekjaren(4)
    assert [len(org.herinneringsregels(DAG + n * EEN)) for n in (-1, 0, 4, 5)] == [0, 1, 1, 0]
    assert org.gelijkgesteld() == {DAG + EEN: "Brugdag (Stb. 1)"}


def test_a_target_holds_until_the_next_one_or_its_end():
    eerste = g.StreeftermijnGesteld(
        gebeurd_op=DAG, id="t", stap=5, waarde=3, eenheid="werkdagen", van_begin="ontvangen", einde=(5,),
        geldt="altijd", vanaf=DAG, naam="Snel",
    )  # fmt: skip
    tweede = replace(eerste, vanaf=DAG + 10 * EEN, waarde=2)
    einde = g.StreeftermijnBeeindigd(gebeurd_op=DAG, id="t", laatste_dag=DAG + 20 * EEN)
    termijnen = _org(o=[eerste, tweede, einde]).streeftermijnen()
    assert [(t.waarde, t.geldig_vanaf, t.geldig_tot) for t in termijnen] == [
        (3, DAG, DAG + 9 * EEN), (2, DAG + 10 * EEN, DAG + 20 * EEN),
    ]  # fmt: skip
    # Ended, and set again from a later day: what was recorded later counts.
    opnieuw = replace(eerste, vanaf=DAG + 30 * EEN)
    assert [t.geldig_tot for t in _org(o=[eerste, einde, opnieuw]).streeftermijnen()] == [DAG + 20 * EEN, None]


# --- what is new in old code -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("soort", sorted(g.VAN_ONSZELF))
def test_no_name_of_the_organisation_or_its_people_is_in_the_journal(soort: str):
    """What the journal keeps are ids, days, roles and settings."""
    ids = {
        "persoon", "vestiging", "rol", "vervanger", "overgedragen_aan", "lijst", "id", "na", "opvolger", "kleur",
        "tweede_kleur", "lettertype", "document", "logo_soort", "eenheid", "van_begin", "geldt", "regel", "waarvoor",
        "rollen", "besluit", "nummer", "reglement", "akkoord_door", "tweede_factor_rollen", "grond", "afwijkingen",
        "overgang", "brief", "bron", "sha256", "verdwenen", "terug", "gehouden", "vraag",
    }  # fmt: skip
    velden = g.SOORTEN[soort].__dataclass_fields__.values()
    open_ = {veld.name for veld in velden if not g.is_tekst(veld) and str(veld.type) in ("str", "tuple[str, ...]")}
    assert open_ <= ids


def test_a_day_in_a_row_of_days_comes_back_as_a_day():
    feit = g.DagenGelijkgesteld(gebeurd_op=DAG, besluit="b", dagen=(DAG, DAG + EEN), bekend_tot=DAG, naam="Brugdag")
    gegevens = json.loads(json.dumps(feit.gegevens()))
    assert from_json("DagenGelijkgesteld", DAG, gegevens, feit.teksten()) == feit


@pytest.fixture(scope="module")
def eigen(tmp_path_factory: pytest.TempPathFactory):
    """A register with an organisation, one person and a klacht."""
    with open_register(tmp_path_factory.mktemp("eigen") / "register") as register:
        with register.schrijven() as boeking:
            boeking.leg_vast(g.NUMMER, g.OrganisatieIngericht(gebeurd_op=DAG, naam="Brug"), door="x", rol="inrichting")
            nummer = boeking.nieuw_nummer("P", 2026)
            boeking.leg_vast(nummer, BEGIN, door="x", rol="inrichting")
        yield register


def test_the_numbers_of_people_and_of_the_organisation_are_no_klacht(eigen: Register):
    assert parse_number("O0001") == ("O", 0, 0)
    assert parse_number("P2026-0007") == ("P", 2026, 7)
    for geen in ("O0002", "O2026-0001", "P2026", "P2026-00007", "P0001"):
        with pytest.raises(OngeldigNummer):
            parse_number(geen)
    for nummer in ("O0001", "P2026-0001"):
        assert eigen.vastleggingen(nummer)
        assert (eigen.dossiers.folder(nummer) / "teksten.jsonl").is_file()
    with pytest.raises(Geweigerd, match="staat niet in het register"):
        dossier_van(eigen, "P2026-0002")


def test_a_search_finds_no_people(eigen: Register):
    with eigen.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM tekst").fetchall()[0][0] >= 4
        assert cursor.execute("SELECT woord FROM zoekwoord UNION SELECT woord FROM woord").fetchall() == []


def test_nothing_of_the_organisation_is_in_what_goes_out_without_personal_data_or_in_any_count(eigen: Register):
    with eigen.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM feit(NULL, NULL)").fetchall() == [(2,)]
        assert cursor.execute(FEIT).fetchall() == []
        for tabel in ("klacht", "klacht_stand", "signaal", "evaluatie"):
            assert cursor.execute(f"SELECT count(*) FROM {tabel}").fetchall() == [(0,)]


@pytest.mark.parametrize("nummer", ["P2026-0001", "O0001"])
def test_a_klacht_cannot_be_double_with_a_person(nummer: str):
    with pytest.raises(OngeldigeInvoer, match="Noem het nummer van de andere klacht"):
        check_dubbel(cast(Any, SimpleNamespace(klachtnummer="K2026-0001")), "dubbel", nummer)


def test_no_sentence_has_a_question_to_the_organisation_that_was_not_asked():
    """`f"{register.organisatie.naam}"` is the method itself, with everybody who works here in its text."""
    vragen = {naam for naam in vars(Organisatie) if inspect.isfunction(getattr(Organisatie, naam))}
    for pad in sorted(Path(klachten.__file__).parent.rglob("*.py")):
        for deel in ast.walk(ast.parse(pad.read_text(encoding="utf-8"))):
            if not (isinstance(deel, ast.FormattedValue) and isinstance(deel.value, ast.Attribute)):
                continue
            van = ast.unparse(deel.value.value)
            if van.endswith(("organisatie", "org", "huidige()")):
                assert deel.value.attr not in vragen, f"{pad.name}:{deel.lineno}: {ast.unparse(deel.value)}"
