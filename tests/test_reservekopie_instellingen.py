"""What is decided about the back-up is read strictly, and which copies may go is a table."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from klachten.gezond import bewaren
from klachten.reservekopie import instellingen, rotatie, sleutel, stand
from klachten.reservekopie.fouten import OngeldigeInstelling, ReservekopieFout
from klachten.reservekopie.instellingen import Instellingen
from klachten.reservekopie.plek import Kopie
from klachten.toegang import instellingen as toegang

GEHEIM = sleutel.new_key()
NU = datetime(2026, 11, 29, 1, 30, tzinfo=UTC)


def schrijf(map: Path, toml: str) -> Path:
    pad = instellingen.file_of(map)
    pad.parent.mkdir(exist_ok=True)
    pad.write_text(toml, encoding="utf-8")
    return map


@pytest.mark.parametrize(
    ("blok", "zin"),
    [
        ("waar = 1", "waar is geen instelling; wel zijn dat .*naar"),
        ("naar = 3", "naar is een tekst"),
        ('naar = "kopieen"', "of een adres met ://"),
        ('naar = "{map}/kopieen"', "ligt in het register zelf"),
        ('naar = "{map}/../{naam}"', "ligt in het register zelf"),
        ('onversleuteld = "ja"', "onversleuteld is true of false"),
        ("dagelijks = 0", "dagelijks is een heel getal van 1 tot en met 366"),
        ("wekelijks = true", "wekelijks is een heel getal"),
        ("jaarlijks = -1", "jaarlijks is een heel getal"),
        ("hoogstens_dagen = 3.5", "hoogstens_dagen is een heel getal van 7"),
        ('om = "25:00"', 'om is een tijd als "02:30"'),
        ('om = "kwart over twee"', "om is een tijd"),
        ('ontvanger = "age1nietgoed"', "ontvanger is geen openbare helft"),
        ('ontvanger = "{geheim}"', "De geheime helft hoort hier niet te staan"),
        ('ontvanger = "{ontvanger}"\nonversleuteld = true', "gaan niet samen"),
        ('[reservekopie.opslag]\nkey = "x"', "opslag hoort bij een plek"),
        ("opslag = 3", "opslag is een blok"),
        ("naar = ", "is niet te lezen"),
    ],
)
def test_a_wrong_setting_is_told_of(tmp_path: Path, blok: str, zin: str):
    blok = blok.replace("{map}", tmp_path.as_posix()).replace("{naam}", tmp_path.name)
    # Not in the list of cases: every worker would have others.
    blok = blok.replace("{geheim}", GEHEIM.geheim).replace("{ontvanger}", GEHEIM.ontvanger)
    with pytest.raises(OngeldigeInstelling, match=zin):
        instellingen.of_register(schrijf(tmp_path, f"[reservekopie]\n{blok}\n"))


def test_a_block_that_is_none_is_told_of(tmp_path: Path):
    with pytest.raises(OngeldigeInstelling, match="reservekopie is een blok"):
        instellingen.of_register(schrijf(tmp_path, "reservekopie = 3\n"))


def test_without_a_block_there_is_no_place_and_with_one_the_app_still_reads_its_own(tmp_path: Path):
    assert instellingen.of_register(tmp_path) == Instellingen()
    schrijf(tmp_path, 'adres = "https://klachten.example"\nproxies = ["127.0.0.1"]\n[reservekopie]\nom = "23:59"\n')
    assert toegang.of_register(tmp_path).adres == "https://klachten.example"
    assert instellingen.of_register(tmp_path) == Instellingen(om="23:59")


@pytest.mark.parametrize(
    "toml",
    [
        "",
        'adres = "https://klachten.example"',
        '[reservekopie]\nnaar = "/mnt/k"',
        '[reservekopie]  # kopieën\r\nnaar = "/mnt/k"\r\n\r\n[tls]\r\nsleutel = "s"\r\ncertificaat = "c"\r\n',
        '[reservekopie]\nontvanger = "age1oud"\nnaar = "/mnt/k"\n[reservekopie.opslag]\nkey = "x"\n',
    ],
)
def test_a_recovery_key_is_put_in_and_nothing_else_changes(tmp_path: Path, toml: str):
    pad = instellingen.file_of(tmp_path)
    pad.parent.mkdir()
    pad.write_bytes(toml.encode())
    instellingen.set_recipient(tmp_path, GEHEIM.ontvanger)
    gelezen = instellingen.of_register(tmp_path)
    assert gelezen.ontvanger == GEHEIM.ontvanger
    weg = [regel for regel in toml.splitlines() if regel not in pad.read_text(encoding="utf-8")]
    assert weg == ([] if "age1oud" not in toml else ['ontvanger = "age1oud"'])
    assert [naam.name for naam in pad.parent.iterdir()] == [pad.name]


@pytest.mark.parametrize(
    "toml", ['reservekopie = {naar = "/mnt/k"}\n', "[reservekopie\n", "[reservekopie]\nonversleuteld = true\n"]
)
def test_a_file_that_a_person_has_to_change_is_left_alone(tmp_path: Path, toml: str):
    schrijf(tmp_path, toml)
    with pytest.raises(OngeldigeInstelling):
        instellingen.set_recipient(tmp_path, GEHEIM.ontvanger)
    assert instellingen.file_of(tmp_path).read_text(encoding="utf-8") == toml


def test_a_key_is_found_in_what_somebody_kept_and_a_mistake_in_it_is_told_of(tmp_path: Path):
    assert sleutel.find_key(f"# van de kluis\n  {GEHEIM.geheim.lower()}\n", "x") == GEHEIM.geheim
    with pytest.raises(ReservekopieFout, match="staat geen herstelsleutel"):
        sleutel.find_key(GEHEIM.ontvanger, "x")
    fout = GEHEIM.geheim[:-1] + ("Q" if GEHEIM.geheim[-1] != "Q" else "P")
    with pytest.raises(ReservekopieFout, match="teken voor teken"):
        sleutel.find_key(fout, "x")
    with pytest.raises(ReservekopieFout, match=r"weg\.txt bestaat niet"):
        sleutel.read_key(tmp_path / "weg.txt")
    assert GEHEIM.is_typed_back(f" {GEHEIM.geheim[-8:].lower()} ")
    assert not GEHEIM.is_typed_back("")


@pytest.mark.parametrize(
    ("na", "volgende"),
    [
        ("2026-11-28T02:29", "2026-11-28T02:30"),
        ("2026-11-28T02:30", "2026-11-29T02:30"),
        ("2026-11-28T23:59", "2026-11-29T02:30"),
        # The night in which the clock goes forward has no half past two: then it is half past three.
        ("2026-03-28T12:00", "2026-03-29T02:30"),
    ],
)
def test_the_clock_makes_one_every_day(na: str, volgende: str):
    toen = datetime.fromisoformat(na).replace(tzinfo=rotatie.NEDERLAND)
    assert instellingen.next_moment(Instellingen(), toen).replace(tzinfo=None).isoformat(timespec="minutes") == volgende


def kopie(dagen: float, *, gebreken: tuple[str, ...] = ()) -> Kopie:
    op = (NU - timedelta(days=dagen)).isoformat()
    return Kopie(f"{dagen:g}", 1, "", int(10_000 - dagen), "z", "r", op, "klok", True, gebreken=gebreken)


def blijft(kopieen: list[Kopie], nu: datetime = NU, **hoe: int) -> list[float]:
    weg = rotatie.too_many(kopieen, Instellingen(**hoe), nu, lambda _: True)
    return [float(een.naam) for een in kopieen if een not in weg]


def test_of_days_weeks_and_years_the_newest_stays_and_none_becomes_too_old():
    elke_dag = [kopie(dag) for dag in range(400)]
    over = blijft(elke_dag)
    # 29 November 2026 is a Sunday: the last fourteen days, then the Sunday of each week, then the end of last year.
    assert over == [*range(14), 14, 21, 28, 35, 42, 49, 333]
    assert blijft(elke_dag, dagelijks=1, wekelijks=0, jaarlijks=0) == [0, 1, 2]
    assert blijft(elke_dag, hoogstens_dagen=30) == [*range(14), 14, 21, 28]
    assert blijft([kopie(0), kopie(0.1), kopie(0.2), kopie(0.3)], dagelijks=5) == [0, 0.1, 0.2]


def test_what_no_newer_good_copy_replaces_stays_however_old():
    assert blijft([kopie(2000)]) == [2000]
    assert blijft([kopie(0, gebreken=("mist iets",)), kopie(2000)]) == [0, 2000]
    # One with something missing goes only when a good one is newer, and is kept a while even then.
    slecht = [kopie(dag, gebreken=("mist iets",)) for dag in range(1, 9)]
    assert blijft([kopie(0), *slecht]) == [0, 1, 2, 3]
    assert blijft([*slecht, kopie(9)]) == [*range(1, 9), 9]


def test_copies_that_lack_something_replace_each_other_by_the_same_rules_and_never_a_good_one():
    slecht = [kopie(dag, gebreken=("mist iets",)) for dag in range(400)]
    over = [*range(14), 14, 21, 28, 35, 42, 49, 333]
    assert blijft(slecht) == over
    assert blijft([*slecht, *(kopie(dag) for dag in (500, 900, 901))]) == [*over, 500, 900, 901]
    elk_kwartier = [kopie(n / 96, gebreken=("mist iets",)) for n in range(8)]
    assert len(blijft(elk_kwartier)) == rotatie.ALTIJD


def test_a_clock_that_is_years_ahead_deletes_not_everything_and_another_history_is_never_touched():
    elke_dag = [kopie(dag) for dag in range(40)]
    assert blijft(elke_dag, NU + timedelta(days=4000)) == [0, 1, 2]
    assert rotatie.too_many(elke_dag, Instellingen(dagelijks=1), NU, lambda een: een.naam == "0") == []


def test_the_page_and_the_health_of_the_register_find_a_copy_old_at_the_same_age():
    assert bewaren.KOPIE_OUD is stand.OUD


def test_how_the_backup_is_can_be_read_back_and_what_cannot_be_read_is_no_backup(tmp_path: Path):
    assert stand.of_register(tmp_path) == stand.Stand()
    hoe = stand.Stand(kopie(1), "/mnt/k", NU, "", NU, 3)
    stand.keep(tmp_path, hoe)
    assert stand.of_register(tmp_path) == hoe
    # As versions before 29 November 2026 wrote it.
    bestand = tmp_path / stand.MAP / stand.BESTAND
    velden = json.loads(bestand.read_text(encoding="utf-8"))
    bestand.write_text(json.dumps({naam: velden[naam] for naam in velden if naam != "gemaakt_op"}), encoding="utf-8")
    assert stand.of_register(tmp_path) == hoe
    assert [hoe.is_old(NU + timedelta(hours=uur)) for uur in (0, 24, 25)] == [False, False, True]
    assert [hoe.wants_full(NU + timedelta(days=dag)) for dag in (6, 7)] == [False, True]
    stand.keep_fault(tmp_path, NU + timedelta(days=1), "De schijf is weg.")
    assert stand.of_register(tmp_path).goed == hoe.goed
    assert stand.of_register(tmp_path).fout == "De schijf is weg."
    (tmp_path / stand.MAP / stand.BESTAND).write_text("{half", encoding="utf-8")
    assert stand.of_register(tmp_path) == stand.Stand()
