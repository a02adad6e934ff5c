"""Putting a copy back into an empty folder: everything is verified first, and on a fault the folder is empty again.

What the register lacked already when the copy was made, says the note beside it: that is no fault of the copy.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import filelock

from klachten.datamap import DATABASE, LOCK
from klachten.opening import open_register
from klachten.reservekopie import gewist, proef, sleutel, verzegeld
from klachten.reservekopie.archief import Manifest
from klachten.reservekopie.fouten import OngeldigeKopie, ReservekopieFout
from klachten.reservekopie.gewist import Wissing
from klachten.reservekopie.maken import unpack
from klachten.reservekopie.plek import Plek
from klachten.taal import aantal

BEZIG = ".terugzetten"
# Facts and texts last: as long as they are not there nobody takes it for a register that is whole.
_VOLGORDE = ("toegang", "kijklog", "concepten", "postvak", "post", "reglementen", "dossiers", DATABASE, "journaal")
_VAN_EEN_PERSOON = ("account", "herstelcode", "sessie", "uitnodiging")


@dataclass(frozen=True)
class Teruggezet:
    """What was put back: of which moment, how many facts it has now, what was erased again, and where its key is.

    `gebreken` is what it lacks, as the register of which it was made lacked it.
    """

    manifest: Manifest
    aantal: int
    zegel: str
    gewist: tuple[Wissing, ...]
    sleutel: Path | None = None
    gebreken: tuple[str, ...] = ()


def restore(
    kopie: str,
    naar: Path,
    *,
    geheim: str = "",
    lijst: Path | None = None,
    zonder_lijst: bool = False,
    vraag_sleutel: Callable[[], str] | None = None,
) -> Teruggezet:
    """Put a copy, a file or an address, back into a folder that is empty; ReservekopieFout says why not.

    `geheim` is the recovery key, asked by `vraag_sleutel` when it turns out to be needed; `lijst` the list of what was
    erased, when it is not beside the copy; `zonder_lijst` goes on without any.
    """
    plek, naam = _place(kopie)
    _require_empty(naar)
    wissingen = [] if zonder_lijst else _list(plek, lijst)
    bezig = naar / BEZIG
    gemaakt = not naar.exists()
    try:
        naar.mkdir(mode=0o700, parents=True, exist_ok=True)
        bezig.mkdir(mode=0o700)
        with filelock.FileLock(naar / LOCK, timeout=0):
            lengte = plek.size(naam)
            with plek.reading(naam) as bestand:
                if sleutel.is_encrypted(bestand) and not geheim:
                    geheim = vraag_sleutel() if vraag_sleutel else ""
                    if not geheim:
                        raise ReservekopieFout(
                            "Deze kopie is versleuteld. Geef met --sleutel het bestand waarin de herstelsleutel staat."
                        )
            with plek.reading(naam) as bestand:
                versleuteld = sleutel.is_encrypted(bestand)
                apart: dict[str, bytes] = {}
                manifest = unpack(bestand, bezig, lengte, geheim if versleuteld else "", apart)
            briefje = plek.note_of(naam)
            eigen = briefje is not None and (briefje.bytes, briefje.nr, briefje.zegel) == (
                lengte, manifest.nr, manifest.zegel,
            )  # fmt: skip
            bekend = briefje.gebreken if briefje and eigen else ()
            waar, nieuw = verzegeld.put_key(bezig, naar, apart.get(verzegeld.SLEUTEL))
            try:
                uitkomst = replace(_prove(bezig, manifest, wissingen, bekend), sleutel=waar)
            except BaseException:
                if nieuw and waar is not None:
                    waar.unlink(missing_ok=True)
                raise
            _move(bezig, naar)
    except OSError as fout:
        _clear(naar, gemaakt)
        raise ReservekopieFout(
            f"De kopie is niet teruggezet: {fout.strerror or fout} ({fout.filename or naar})."
        ) from fout
    except BaseException:
        _clear(naar, gemaakt)
        raise
    return uitkomst


def _place(kopie: str) -> tuple[Plek, str]:
    """The place of a copy and its name there."""
    if "://" in kopie:
        waar, _, naam = kopie.rpartition("/")
        return Plek(waar), naam
    pad = Path(kopie).absolute()
    if not pad.is_file():
        raise ReservekopieFout(f"{pad} bestaat niet, of is geen bestand.")
    return Plek(str(pad.parent)), pad.name


def _require_empty(naar: Path) -> None:
    if naar.is_dir() and any(naar.iterdir()):
        raise ReservekopieFout(
            f"{naar} is niet leeg. Een kopie wordt alleen in een lege map teruggezet: zo loopt er niets door elkaar. "
            "Kies een andere map, of zet deze eerst opzij."
        )
    if naar.exists() and not naar.is_dir():
        raise ReservekopieFout(f"{naar} is geen map.")


def _list(plek: Plek, lijst: Path | None) -> list[Wissing]:
    if lijst is not None:
        try:
            return gewist.read(lijst.read_bytes(), str(lijst))
        except OSError as fout:
            raise ReservekopieFout(f"{lijst} is niet te lezen: {fout.strerror or fout}.") from fout
    inhoud = plek.fetch(gewist.BESTAND)
    if inhoud is None:
        raise ReservekopieFout(
            f"Naast de kopie ligt geen {gewist.BESTAND}: daarin staat wat er na de kopie is gewist, en dat zou anders "
            "terugkomen. Haal dat bestand van de plek waar de kopieën worden bewaard, of noem het met --gewist. Is het "
            "er echt niet, dan gaat het met --zonder-gewist; wis daarna zelf opnieuw wie gewist was."
        )
    return gewist.read(inhoud, f"{plek.naar}, {gewist.BESTAND}")


def _prove(bezig: Path, manifest: Manifest, wissingen: list[Wissing], bekend: Sequence[str]) -> Teruggezet:
    """Hold what was unpacked against its chain and make the database; then erase again, and check all of it.

    `bekend` is what was lacking already when the copy was made.
    """
    if gebreken := proef.prove(bezig, manifest.nr, manifest.zegel, volledig=False):
        # With a database it can be told of each text and document, too.
        nader = proef.check(bezig) if (bezig / DATABASE).exists() else []
        if not nader or proef.unknown(_without_place(nader, bezig), bekend):
            raise OngeldigeKopie(_plain(nader or gebreken, bezig))
    with open_register(bezig) as register:
        if register.alleen_lezen or (register.stand().aantal, register.stand().zegel) != (manifest.nr, manifest.zegel):
            raise OngeldigeKopie(_plain(gebreken, bezig))
        weer = gewist.apply(register, wissingen)
        nummers = {een.klachtnummer for een in gewist.of_register(register)}
        mensen = {wie.id for wie in register.organisatie.mensen.values() if wie.nummer in nummers}
        uitkomst = Teruggezet(manifest, register.stand().aantal, register.stand().zegel, tuple(weer))
    _forget_accounts(bezig / "toegang" / "toegang.sqlite", mensen)
    for wie in mensen:
        (bezig / "concepten" / f"{wie}.json").unlink(missing_ok=True)
    gebreken = proef.check(bezig)
    if proef.unknown(_without_place(gebreken, bezig), bekend):
        raise OngeldigeKopie(_plain(gebreken, bezig))
    return replace(uitkomst, gebreken=tuple(_without_place(gebreken, bezig)))


def _plain(gebreken: list[str], bezig: Path) -> str:
    meer = f" En nog {aantal(len(gebreken) - 5, 'gebrek', 'gebreken')}." if len(gebreken) > 5 else ""
    zinnen = " ".join(_without_place(gebreken[:5], bezig))
    return f"De kopie is niet heel, en niet teruggezet. {zinnen}{meer}"


def _without_place(gebreken: list[str], bezig: Path) -> list[str]:
    return [zin.replace(f"{bezig}/", "").replace(f"{bezig}\\", "") for zin in gebreken]


def _forget_accounts(pad: Path, mensen: set[str]) -> None:
    """Delete the accounts of who was erased."""
    if not pad.exists():
        return
    with closing(sqlite3.connect(pad, isolation_level=None)) as db:
        db.execute("PRAGMA secure_delete = ON")
        er_is = {naam for (naam,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
        for tabel in er_is.intersection(_VAN_EEN_PERSOON):
            db.executemany(f"DELETE FROM {tabel} WHERE persoon = ?", [(wie,) for wie in sorted(mensen)])


def _move(bezig: Path, naar: Path) -> None:
    """Put everything in its place; the lock of the trial and what else it made does not come along."""
    namen = {pad.name for pad in bezig.iterdir()}
    for naam in (*sorted(namen.difference(_VOLGORDE, {LOCK, f"{DATABASE}.wal"})), *_VOLGORDE):
        if naam in namen:
            (bezig / naam).rename(naar / naam)
    shutil.rmtree(bezig)


def _clear(naar: Path, gemaakt: bool) -> None:
    """Make the folder as it was: it was empty, or it was not there."""
    with suppress(OSError):
        for pad in naar.iterdir():
            shutil.rmtree(pad) if pad.is_dir() else pad.unlink()
        if gemaakt:
            naar.rmdir()
