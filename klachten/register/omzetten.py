"""Sealing a register, opening it again, and giving it another key: one file at a time, and whole whenever it stops.

Every text and document is sealed or open by itself and both are read while it is under way, so a crash loses nothing:
the folder says what was meant (`versleuteling.json`) and the next opening goes on. Of one dossier a file has its new
form whole or its old one. The database is thrown away first: made again it holds the texts in the new form alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

import filelock

from klachten import postvak
from klachten.datamap import DATABASE, LOCK
from klachten.register import halven, opzij
from klachten.register.dossiermap import OPEN, Dossiermap
from klachten.register.fouten import RegisterBezet, RegisterFout
from klachten.register.tekstregel import key_of_line, read_line, write_lines
from klachten.schijf import fsync_map
from klachten.taal import aantal
from klachten.versleuteling import (
    STAND,
    Sleutels,
    Stand,
    VersleutelingFout,
    load_keys,
    open_file,
    read_stand,
    seal_file,
    sleutels,
)
from klachten.versleuteling.sleutelbestand import BESTAND, Sleutelbestand, path_of, read

_TEGELIJK = 500
"""Files of which the new form is made durable at once, before any takes the place of the old one."""
_BYTES = 64_000_000
_GROOT = 50
"""Of more files one os.sync, which waits for the whole machine, is cheaper than an fsync for each."""
VERLOREN = (
    "De sleutel van dit register ontbreekt: {pad} is er niet. Teksten, namen en documenten blijven dicht; cijfers, "
    "stappen en data zijn er. Er kan niets worden vastgelegd. Zet dat bestand terug en start opnieuw. Is de sleutel "
    "voorgoed weg, lees dan docs/beveiliging.md en draai: python -m klachten versleutel --sleutel-verloren"
)


# --- at opening ------------------------------------------------------------------------------------------------------


def prepare(map: Path, dossiers: Dossiermap, *, write: bool = True) -> list[str]:
    """Give the dossiers their keys and finish what was broken off; say in Dutch what was done or is missing.

    RegisterFout on a wrong key. Without `write`, of a folder in which that cannot be, nothing is finished.
    """
    with _as_fault():
        dossiers.sleutels = load_keys(map)
        stand = read_stand(map)
        if stand is None or not stand.naar or not write or lost(map, dossiers):
            return list(filter(None, [lost(map, dossiers)]))
        try:
            gedaan = _finish(map, dossiers, stand)
        except OSError as fout:  # what was done is done; a full disk is no reason to stay closed
            waarom = fout.strerror or fout
            return [f"Het versleutelen is begonnen en nog niet af ({waarom}). Maak ruimte en start opnieuw."]
    wat = "versleuteld" if stand.naar == "dicht" else "ontsleuteld"
    return [f"Het register werd {wat} toen het werd afgebroken. Dat is afgemaakt, voor {_dossiers(gedaan)}."]


def lost(map: Path, dossiers: Dossiermap) -> str:
    """Why nothing can be recorded while the key is gone; "" when it is not."""
    if dossiers.sleutels is None or not dossiers.sleutels.verloren or (stand := read_stand(map)) is None:
        return ""
    return VERLOREN.format(pad=path_of(stand.register, map))


# --- as a command ----------------------------------------------------------------------------------------------------


def seal(map: Path) -> tuple[int, Path]:
    """Seal a register; returns how many dossiers were changed and where the key is."""
    with _alone(map), _as_fault():
        stand = read_stand(map) or _known(map)
        pad = path_of(stand.register, map)
        sleutel = read(stand.register, pad)
        if stand.sleutel and not stand.naar:
            raise RegisterFout(f"Het register in {map} is al versleuteld; de sleutel hoort in {pad}.")
        if sleutel is None and stand.sleutel:
            raise RegisterFout(VERLOREN.format(pad=pad))
        if sleutel is None:
            sleutel = Sleutelbestand.new(stand.register)
            sleutel.write(pad)
        stand = Stand(stand.register, stand.sleutel or sleutel.sleutels.huidig, "dicht")
        stand.write(map)
        return _finish(map, Dossiermap(map / "dossiers", load_keys(map)), stand), pad


def unseal(map: Path) -> int:
    """Open a register again for whoever reads its folder; returns how many dossiers were changed."""
    with _alone(map), _as_fault():
        stand, _, pad = _in_use(map)
        dossiers = Dossiermap(map / "dossiers", load_keys(map))
        if dicht := [nummer for nummer in dossiers.numbers() if closed(dossiers, nummer)]:
            raise RegisterFout(
                f"Van {_dossiers(len(dicht))} ontbreekt de sleutel ({', '.join(dicht[:5])}); zolang die niet in {pad} "
                "staat, kan de versleuteling niet uit. Er is niets gewijzigd."
            )
        stand = replace(stand, naar="open")
        stand.write(map)
        dossiers.sleutels = load_keys(map)
        return _finish(map, dossiers, stand)


def renew_key(map: Path) -> tuple[int, Path]:
    """Seal a register under a new key; the ones of before stay in their file, for back-ups of before."""
    with _alone(map), _as_fault():
        stand, sleutel, pad = _in_use(map)
        sleutel = sleutel.with_new_key()
        sleutel.write(pad)
        stand = replace(stand, sleutel=sleutel.sleutels.huidig, naar="dicht")
        stand.write(map)
        return _finish(map, Dossiermap(map / "dossiers", load_keys(map)), stand), pad


def give_up_key(map: Path) -> tuple[int, Path]:
    """Go on without the key that was lost: what it sealed stays closed, what comes is sealed under a new one."""
    with _alone(map), _as_fault():
        stand = read_stand(map)
        if stand is None:
            raise RegisterFout(f"Het register in {map} is niet versleuteld.")
        pad = path_of(stand.register, map)
        if read(stand.register, pad) is not None:
            raise RegisterFout(f"De sleutel is er nog, in {pad}. Er is niets gewijzigd.")
        sleutel = Sleutelbestand.new(stand.register)
        sleutel.write(pad)
        stand = Stand(stand.register, sleutel.sleutels.huidig, "dicht")
        stand.write(map)
        dossiers = Dossiermap(map / "dossiers", load_keys(map))
        _finish(map, dossiers, stand)
        return sum(closed(dossiers, nummer) > 0 for nummer in dossiers.numbers()), pad


def readable_rests(map: Path) -> list[Path]:
    """Databases that were set aside in the folder of a sealed register: those of before it was have readable texts."""
    return [] if read_stand(map) is None else sorted(opzij.databases(map))


def closed(dossiers: Dossiermap, klachtnummer: str) -> int:
    """How many texts and documents of a dossier are sealed with a key that is not here."""
    hier = dossiers.sleutels.bij_id if dossiers.sleutels else {}
    van = [_key_of_document(pad.read_bytes(), pad.name) for pad in _documents(dossiers, klachtnummer)]
    return len(list(dossiers.closed(klachtnummer))) + sum(id not in ("", *hier) for id in van)


# --- the work itself -------------------------------------------------------------------------------------------------


def _finish(map: Path, dossiers: Dossiermap, stand: Stand) -> int:
    halven.clear(map)  # what an earlier conversion left may be of a file that needs nothing any more
    for pad in (map / DATABASE, map / f"{DATABASE}.wal"):
        pad.unlink(missing_ok=True)
    shutil.rmtree(map / f"{DATABASE}.tmp", ignore_errors=True)
    gedaan, klaar, bytes_ = set[str](), list[Path](), 0
    for nummers, pad, inhoud in _not_as_wished(map, dossiers):
        deel = pad.with_name(f"{pad.name}.deel")
        deel.write_bytes(inhoud)
        gedaan.update(nummers)
        klaar.append(pad)
        bytes_ += len(inhoud)
        if len(klaar) >= _TEGELIJK or bytes_ > _BYTES:
            _put_in_place(klaar)
            klaar, bytes_ = [], 0
    _put_in_place(klaar)
    if stand.naar == "open":
        (map / STAND).unlink()
        dossiers.sleutels = None
    else:
        replace(stand, naar="").write(map)
    fsync_map(map)
    return len(gedaan)


def _not_as_wished(map: Path, dossiers: Dossiermap) -> Iterator[tuple[Collection[str], Path, bytes]]:
    """Each file that has to change, with what it becomes and of which dossiers it is, of those in use."""
    yield from (((), pad, inhoud) for pad, inhoud in _concepten(map, dossiers.sleutels))
    yield from _dossiers_not_as_wished(dossiers)
    for verloren in opzij.lost(map, dossiers.sleutels):
        yield from (((), pad, inhoud) for _, pad, inhoud in _dossiers_not_as_wished(verloren))


def _dossiers_not_as_wished(dossiers: Dossiermap) -> Iterator[tuple[Collection[str], Path, bytes]]:
    for nummer in dossiers.numbers():
        yield from (([nummer], pad, inhoud) for pad, inhoud in _other_form(dossiers, nummer))
    for pad in dossiers.bundels.files():
        nummers, inhoud = dossiers.bundels.rewritten(
            pad, lambda nr, regel: _line(nr, regel, dossiers.sleutels or Sleutels())
        )
        if nummers:
            yield nummers, pad, inhoud


def _put_in_place(paden: list[Path]) -> None:
    """Let new forms take the place of old ones, once they are on the disk."""
    delen = [pad.with_name(f"{pad.name}.deel") for pad in paden]
    een_sync = len(paden) > _GROOT and hasattr(os, "sync")
    if een_sync:
        os.sync()
    for deel in () if een_sync else delen:
        with deel.open("r+b") as bestand:
            os.fsync(bestand.fileno())
    for deel, pad in zip(delen, paden, strict=True):
        deel.replace(pad)
    if een_sync:
        os.sync()
    for map in () if een_sync else {pad.parent for pad in paden}:
        fsync_map(map)


def _other_form(dossiers: Dossiermap, klachtnummer: str) -> Iterator[tuple[Path, bytes]]:
    """Each file of a dossier that is not as wished, with what it becomes; what stays closed stays as it is."""
    keys = dossiers.sleutels or Sleutels()
    regels = list(dossiers.own_lines(klachtnummer))
    nieuw = [_line(klachtnummer, regel, keys) for regel in regels]
    if nieuw != regels:
        yield dossiers.folder(klachtnummer) / "teksten.jsonl", b"".join(regel + b"\n" for regel in nieuw)
    for pad in _documents(dossiers, klachtnummer):
        inhoud = pad.read_bytes()
        id = _key_of_document(inhoud, pad.name)
        wens = "" if klachtnummer == OPEN else keys.huidig
        if id != wens and (not id or id in keys.bij_id):
            with contextlib.suppress(ValueError):  # it was damaged before: who asks for it is told
                yield pad, dossiers.as_kept(klachtnummer, pad.name, dossiers.document(klachtnummer, pad.name))


def _concepten(map: Path, keys: Sleutels | None) -> Iterator[tuple[Path, bytes]]:
    """The forms that were not sent yet and the mails that wait, of which the same holds."""
    for pad in sorted((map / "concepten").glob("*.json")):
        inhoud = pad.read_bytes()
        with contextlib.suppress(VersleutelingFout):
            if (nieuw := seal_file(pad, open_file(pad, keys), keys)) != inhoud:
                yield pad, nieuw
    yield from postvak.other_form(map, keys)


def _line(klachtnummer: str, regel: bytes, keys: Sleutels) -> bytes:
    try:
        if key_of_line(regel) == keys.huidig:
            return regel
        return write_lines(klachtnummer, [read_line(klachtnummer, regel, keys)], keys).rstrip(b"\n")
    except ValueError:
        return regel


def _documents(dossiers: Dossiermap, klachtnummer: str) -> list[Path]:
    map = dossiers.folder(klachtnummer) / "documenten"
    return [map / sha256 for sha256 in dossiers.documents(klachtnummer)]


def _key_of_document(inhoud: bytes, sha256: str) -> str:
    """The id of the key a document was sealed with; "" when it is not sealed."""
    heel = hashlib.sha256(inhoud).hexdigest() == sha256
    return "" if heel or not sleutels.is_sealed(inhoud) else sleutels.key_of(inhoud)


def _known(map: Path) -> Stand:
    """A register that says nothing of it: new, or that of the keys that are named, when it lost what it said."""
    nieuw, dossiers = Stand.new(), Dossiermap(map / "dossiers")
    if not any(True for nummer in dossiers.numbers() for _ in dossiers.closed(nummer)):
        return nieuw
    if not os.environ.get(BESTAND, "").strip():
        raise RegisterFout(
            f"In {map} staan al versleutelde teksten, maar {STAND} ontbreekt. Zet dat bestand terug uit een "
            f"reservekopie, of noem het bestand met de sleutel in {BESTAND} en begin opnieuw."
        )
    pad = path_of(nieuw.register, map)
    return Stand(Sleutelbestand.from_bytes(pad.read_bytes(), pad).register, "")


def _in_use(map: Path) -> tuple[Stand, Sleutelbestand, Path]:
    stand = read_stand(map)
    if stand is None:
        raise RegisterFout(f"Het register in {map} is niet versleuteld.")
    pad = path_of(stand.register, map)
    if (sleutel := read(stand.register, pad)) is None:
        raise RegisterFout(VERLOREN.format(pad=pad))
    load_keys(map)
    return stand, sleutel, pad


@contextlib.contextmanager
def _alone(map: Path) -> Iterator[None]:
    if not (map / "journaal").is_dir():
        raise RegisterFout(f"In {map} staat geen register.")
    lock = filelock.FileLock(map / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise RegisterBezet.of(map) from None
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _as_fault() -> Iterator[None]:
    try:
        yield
    except VersleutelingFout as fout:
        raise RegisterFout(str(fout)) from fout


def _dossiers(hoeveel: int) -> str:
    return aantal(hoeveel, "dossier", "dossiers")
