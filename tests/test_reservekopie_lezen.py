"""A copy that is damaged, cut off, of something else or meant to harm is not put back, and says where."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from klachten.opening import open_register
from klachten.reservekopie import archief, lezen, maken, sleutel
from klachten.reservekopie.archief import INHOUD, MANIFEST, decode
from klachten.reservekopie.bronnen import Stuk
from klachten.reservekopie.fouten import OngeldigeKopie, ReservekopieFout
from klachten.reservekopie.instellingen import Instellingen
from klachten.reservekopie.maken import KLOK, make
from klachten.reservekopie.terugzetten import restore
from tests.paginas import klacht

GEHEIM, ANDER = sleutel.new_key(), sleutel.new_key()
NU = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
Bestanden = dict[str, bytes]


@pytest.fixture(scope="module")
def kopie(ingericht: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A copy of a register with a klacht, as it is and encrypted."""
    plek = tmp_path_factory.mktemp("kopie")
    uit = []
    with (
        open_register(shutil.copytree(ingericht, plek / "register")) as register,
        pytest.MonkeyPatch.context() as patch,
    ):
        klacht(register, "stap_05_bevestigen_ontvangst")
        patch.setattr(maken.proef, "prove", lambda *_, **__: [])
        for hoe in (Instellingen(onversleuteld=True), Instellingen(ontvanger=GEHEIM.ontvanger)):
            (naar := plek / str(len(uit))).mkdir()
            gemaakt = make(register, replace(hoe, naar=str(naar)), nu=NU, soort=KLOK, apart=False)
            uit.append((naar / gemaakt.kopie.naam).read_bytes())
    return uit[0], uit[1]


def zet_terug(tmp_path: Path, inhoud: bytes, geheim: str = "") -> Path:
    """Put back what these bytes are; on a refusal nothing may be left."""
    bestand = tmp_path / "kopie"
    bestand.write_bytes(inhoud)
    naar = tmp_path / "terug"
    try:
        restore(str(bestand), naar, geheim=geheim, zonder_lijst=True)
    except ReservekopieFout:
        assert not naar.exists()
        raise
    return naar


def uitpakken(inhoud: bytes) -> Bestanden:
    with tarfile.open(fileobj=io.BytesIO(inhoud)) as tar:
        return {lid.name: tar.extractfile(lid).read() for lid in tar}  # type: ignore[union-attr]


def inpakken(bestanden: Bestanden) -> bytes:
    """Make a copy of these files that hangs together in itself: somebody who changes one can do as much."""
    manifest = decode(bestanden[MANIFEST])
    uit = io.BytesIO()
    stukken = [Stuk(naam, len(deel), [deel]) for naam, deel in bestanden.items() if naam not in (INHOUD, MANIFEST)]
    archief.write(uit, stukken, lambda n, b, sha: replace(manifest, bestanden=n, bytes=b, inhoud=sha), 0)
    return uit.getvalue()


def anders(doe: Callable[[Bestanden], object]) -> Callable[[bytes], bytes]:
    """Change the files of a copy, with a list and a manifest that say so."""

    def change(inhoud: bytes) -> bytes:
        bestanden = uitpakken(inhoud)
        doe(bestanden)
        return inpakken(bestanden)

    return change


def ruw(doe: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Change the tar itself, within a gzip that is right."""
    return lambda inhoud: gzip.compress(doe(gzip.decompress(inhoud)), mtime=0)


def wijzig(naam: str, oud: bytes, nieuw: bytes) -> Callable[[Bestanden], object]:
    def change(bestanden: Bestanden) -> None:
        assert oud in bestanden[naam]
        bestanden[naam] = bestanden[naam].replace(oud, nieuw, 1)

    return change


def eerste(bestanden: Bestanden, begin: str) -> str:
    return next(naam for naam in bestanden if naam.startswith(begin))


def zonder_regel(bestanden: Bestanden) -> None:
    naam = eerste(bestanden, "journaal/")
    regels = bestanden[naam].splitlines(keepends=True)
    bestanden[naam] = b"".join(regels[:4] + regels[5:])


def zonder_einde(bestanden: Bestanden) -> None:
    naam = eerste(bestanden, "journaal/")
    bestanden[naam] = b"".join(bestanden[naam].splitlines(keepends=True)[:-1])


def andere_tekst(bestanden: Bestanden) -> None:
    naam = "dossiers/K2026-0001/teksten.jsonl"
    bestanden[naam] = bestanden[naam].replace(b"begeleider", b"begeleidEr", 1)


SCHADE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut off in the journal": (lambda b: b[:900], r"afgekapt in journaal/\d{4}\.jsonl, na byte \d+, bij regel \d+"),
    "cut off at the very end": (lambda b: b[:-1], r"afgekapt na byte \d+"),
    "without the last file": (ruw(lambda b: b[: b.index(MANIFEST.encode())] + bytes(1024)), "manifest.json te komen"),
    "a byte that fell over": (lambda b: b[:4000] + bytes([b[4000] ^ 8]) + b[4001:], r"beschadigd|afgekapt"),
    "nothing": (lambda b: b"", "afgekapt|geen tar"),
    "a picture": (lambda b: b"\x89PNG\r\n\x1a\n" * 90, "geen tar.gz"),
    "an archive of something else": (ruw(lambda b: b"x" * 4096), "na byte 512 begint geen bestand"),
    "a changed file, the list left as it was": (
        ruw(lambda b: b.replace(b'"door":"klachten"', b'"door":"kwaadaar"', 1)),
        r"journaal/\d{4}\.jsonl is beschadigd of veranderd",
    ),
    "a changed line of the journal, the list too": (
        anders(lambda b: wijzig(eerste(b, "journaal/"), b'"door":"klachten"', b'"door":"kwaadaar"')(b)),
        r"Regel 1 van .*journaal/\d{4}\.jsonl is beschadigd of veranderd",
    ),
    "a line of the journal left out": (anders(zonder_regel), r"Regel 5 van .* sluit niet aan op feit 4"),
    "the last line left out": (anders(zonder_einde), r"heeft [0-9.]+ feiten, en moest er [0-9.]+ hebben"),
    "a changed text": (anders(andere_tekst), r"Tekst '\w+' bij feit \d+ in het dossier van K2026-0001 is veranderd"),
    "a dossier left out": (
        anders(lambda b: b.pop("dossiers/K2026-0001/teksten.jsonl")),
        "dossier van K2026-0001 ontbreekt",
    ),
    "of a newer version": (ruw(lambda b: b.replace(b'"formaat": 1', b'"formaat": 9')), "nieuwere versie van klachten"),
    "no manifest": (ruw(lambda b: b.replace(b'"formaat"', b'"vormaat"')), "geen reservekopie van klachten"),
    "something behind it": (ruw(lambda b: b + b"nog iets"), "Achter manifest.json staat nog iets"),
}


@pytest.mark.parametrize("wat", SCHADE)
def test_a_copy_that_is_not_whole_is_refused_with_the_place(kopie, tmp_path: Path, wat: str):
    maak, zin = SCHADE[wat]
    with pytest.raises(OngeldigeKopie, match=zin):
        zet_terug(tmp_path, maak(kopie[0]))


@pytest.mark.parametrize(
    ("maak", "geheim", "zin"),
    [
        (lambda b: b[:-20], "de sleutel", "beschadigd of afgekapt: wat versleuteld is, is niet heel"),
        (lambda b: b[:2000] + b"X" + b[2001:], "de sleutel", "wat versleuteld is, is niet heel"),
        (lambda b: b[:60], "de sleutel", "wat versleuteld is, is niet heel"),
        (lambda b: b, "een andere", "past niet op deze kopie"),
        (lambda b: b, "", "Deze kopie is versleuteld. Geef met --sleutel"),
    ],
)
def test_an_encrypted_copy_that_is_not_whole_or_has_another_key_is_refused(
    kopie, tmp_path: Path, maak: Callable[[bytes], bytes], geheim: str, zin: str
):
    with pytest.raises(ReservekopieFout, match=zin):
        zet_terug(tmp_path, maak(kopie[1]), {"de sleutel": GEHEIM.geheim, "een andere": ANDER.geheim, "": ""}[geheim])


def lid(naam: str, inhoud: bytes = b"x", **wat: object) -> bytes:
    info = tarfile.TarInfo(naam)
    info.size = len(inhoud)
    for veld, waarde in wat.items():
        setattr(info, veld, waarde)
    return info.tobuf(tarfile.GNU_FORMAT) + inhoud + bytes(-len(inhoud) % 512)


@pytest.mark.parametrize(
    ("kwaad", "zin"),
    [
        (lid("journaal/../../weg.txt"), "niet in een register hoort"),
        (lid("/etc/passwd"), "niet in een register hoort"),
        (lid("../weg.txt"), "niet in een register hoort"),
        (lid("journaal\\..\\weg.txt"), "niet in een register hoort"),
        (lid("C:/weg.txt"), "niet in een register hoort"),
        (lid("dossiers/K2026-0001/teksten.jsonl:stroom"), "niet in een register hoort"),
        (lid("toegang/aux.txt"), "niet in een register hoort"),
        (lid("toegang/.bashrc"), "niet in een register hoort"),
        (lid("toegang/een\nregel"), "niet in een register hoort"),
        (lid("app.py"), "niet in een register hoort"),
        (lid("klachten.duckdb"), "niet in een register hoort"),
        (lid("journaal/x", b"", type=tarfile.SYMTYPE, linkname="/etc/passwd"), "geen bestand is: 'journaal/x'"),
        (lid("journaal/x", b"", type=tarfile.LNKTYPE, linkname="toegang/sleutel"), "geen bestand is"),
        (lid("journaal/x", b"", type=tarfile.CHRTYPE), "geen bestand is"),
        (lid("journaal/x", b"", type=tarfile.FIFOTYPE), "geen bestand is"),
        (lid("journaal/x", b"", type=tarfile.DIRTYPE), "geen bestand is"),
        (lid("journaal/x", b"path=../weg\n", type=tarfile.XHDTYPE), "geen bestand is"),
        (lid("journaal/x", b"a" * 600, type=tarfile.GNUTYPE_LONGNAME), "geen bestand is"),
        (lid("journaal/2025.jsonl") * 2, "staat twee keer in de kopie"),
        (lid("journaal/2025.jsonl", b"")[:512].replace(b"00000000000\0", b"77777777777\0", 1), "afgekapt|beschadigd"),
    ],
)
def test_what_wants_to_go_elsewhere_is_refused(kopie, tmp_path: Path, kwaad: bytes, zin: str):
    heel = set(tmp_path.rglob("*"))
    with pytest.raises(OngeldigeKopie, match=zin):
        zet_terug(tmp_path, ruw(lambda tar: kwaad + tar)(kopie[0]))
    assert {pad.name for pad in set(tmp_path.rglob("*")) - heel} == {"kopie"}


def test_what_unpacks_to_much_more_than_a_register_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lezen, "_BEGIN", 1 << 20)
    bom = gzip.compress(lid("journaal/2026.jsonl", bytes(64 << 20)), mtime=0)
    assert len(bom) < 100_000
    monkeypatch.setattr(lezen, "KEREN", 100)
    with pytest.raises(OngeldigeKopie, match="meer dan 100 keer zo groot"):
        zet_terug(tmp_path, bom)
    monkeypatch.setattr(lezen.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(0, 0, 1000))
    with pytest.raises(ReservekopieFout, match="niet genoeg ruimte"):
        zet_terug(tmp_path, bom)


def test_nothing_goes_into_a_folder_in_which_anything_is(kopie, tmp_path: Path):
    (tmp_path / "terug").mkdir()
    (tmp_path / "terug" / "brief.txt").write_text("mijn", encoding="utf-8")
    (tmp_path / "kopie").write_bytes(kopie[0])
    with pytest.raises(ReservekopieFout, match="is niet leeg"):
        restore(str(tmp_path / "kopie"), tmp_path / "terug", zonder_lijst=True)
    with pytest.raises(ReservekopieFout, match="is geen map"):
        restore(str(tmp_path / "kopie"), tmp_path / "kopie", zonder_lijst=True)
    with pytest.raises(ReservekopieFout, match="bestaat niet"):
        restore(str(tmp_path / "weg"), tmp_path / "nieuw", zonder_lijst=True)
    assert [pad.name for pad in (tmp_path / "terug").iterdir()] == ["brief.txt"]


def test_an_unencrypted_copy_goes_back_into_an_empty_folder(kopie, tmp_path: Path):
    (tmp_path / "terug").mkdir()
    naar = zet_terug(tmp_path, kopie[0])
    manifest = json.loads(uitpakken(kopie[0])[MANIFEST])
    with open_register(naar) as register:
        assert (register.stand().aantal, register.stand().zegel) == (manifest["nr"], manifest["zegel"])
