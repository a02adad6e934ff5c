"""The klachtdossiers on disk: the texts and documents of each klacht, all personal data of the register.

`dossiers/<klachtnummer>/teksten.jsonl` has a line {nr, veld, zout, tekst} per text, `documenten/<sha256>` the documents
by content hash. Texts of what is recorded as a stream stand together instead (`bundels.py`). The journal holds of a
text only its commitment: SHA-256 of 16 random bytes of salt and the text.
With keys both are sealed on the disk (`tekstregel.py`), under the same names.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from klachten.register.bundels import MAP, Bundels
from klachten.register.inleg import Inleg
from klachten.register.journaal import truncate
from klachten.register.nummers import NUMMER, OngeldigNummer, is_usual, parse_number
from klachten.register.tekstregel import WEG, Tekst, key_of_line, lines_of, place_of_line, read_line, write_lines
from klachten.schijf import fsync_map, replace_file
from klachten.versleuteling import SleutelOntbreekt, Sleutels, VakBeschadigd

_HASH = re.compile(r"[0-9a-f]{64}")
OPEN = "O0001"
"""Of whom the documents hold nothing personal, and terms are counted with them: losing a key may not lose those."""
_NIEUW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_GROOT = 50
"""From this many dossiers one os.sync is cheaper than an fsync per file and folder."""


class Dossiermap:
    """The folder with one folder per klachtnummer."""

    def __init__(self, pad: Path, sleutels: Sleutels | None = None) -> None:
        self.map = pad
        self._map = f"{pad}{os.sep}"
        self.sleutels = sleutels
        self.bundels = Bundels(pad / MAP)
        self._bezig = pad / "bezig.json"

    def folder(self, klachtnummer: str) -> Path:
        """The folder of a klachtnummer, which never lies outside the dossiers."""
        parse_number(klachtnummer)
        return self.map / klachtnummer

    def numbers(self) -> list[str]:
        """Every klachtnummer that has a folder, or texts among those of others."""
        mappen = self.map.iterdir() if self.map.is_dir() else ()
        eigen = {pad.name for pad in mappen if NUMMER.fullmatch(pad.name) and pad.is_dir()}
        return sorted(eigen | self.bundels.numbers())

    # --- put in ------------------------------------------------------------------------------------------------------

    def put(self, inleg: Inleg) -> None:
        """Write texts and documents and make them durable; on failure everything is taken out again."""
        if inleg.teksten or inleg.documenten:
            eerste = min((tekst.nr for teksten in inleg.teksten.values() for tekst in teksten), default=0)
            inleg.nieuw.append(self._bezig)
            self.announce(eerste, sorted(inleg.teksten), self.missing(inleg.documenten))
        self.write(inleg)

    def missing(self, documenten: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of these documents that are not there yet."""
        return [paar for paar in documenten if not (self.folder(paar[0]) / "documenten" / paar[1]).is_file()]

    def write(self, inleg: Inleg, *, wait: bool = False) -> None:
        """Write what was announced; with `wait` it need not be durable before `sync`."""
        dossiers = set(inleg.teksten) | {nummer for nummer, _ in inleg.documenten}
        een_sync = (wait or len(dossiers) > _GROOT) and hasattr(os, "sync")
        try:
            mappen: set[Path] = set()
            for klachtnummer, teksten in inleg.teksten.items():
                if een_sync and self._put_new(klachtnummer, teksten, inleg):
                    continue
                pad = self._make(self.folder(klachtnummer), inleg, mappen) / "teksten.jsonl"
                self._append(pad, write_lines(klachtnummer, teksten, self.sleutels), inleg, mappen, sync=not een_sync)
            for (klachtnummer, sha256), inhoud in inleg.documenten.items():
                documenten = self._make(self.folder(klachtnummer) / "documenten", inleg, mappen)
                self._put_document(klachtnummer, documenten / sha256, inhoud, inleg, mappen)
            if een_sync and not wait:
                self.sync()
            elif not een_sync:
                for pad in mappen:
                    fsync_map(pad)
        except BaseException:
            inleg.undo()
            raise

    def write_together(self, teksten: Mapping[str, Sequence[Tekst]]) -> None:
        """Write the texts of many klachten that were announced; they need not be durable before `sync`.

        What fails is taken out by `clear_unconfirmed`.
        """
        samen = {nummer: lines_of(nummer, van, self.sleutels) for nummer, van in teksten.items() if is_usual(nummer)}
        if samen:
            self.bundels.add(samen, sync=not hasattr(os, "sync"))
        if rest := {nummer: list(van) for nummer, van in teksten.items() if nummer not in samen}:
            self.write(Inleg(rest), wait=True)

    def sync(self) -> None:
        """Make durable what waits for it; where the operating system cannot do that at once, nothing waited."""
        if hasattr(os, "sync"):
            os.sync()

    def announce(self, vanaf: int, nummers: Sequence[str], documenten: Sequence[tuple[str, str]] = ()) -> None:
        """Note what is being put in from a fact on, so that after a crash no unconfirmed text stays: personal data."""
        bericht = {"vanaf": vanaf, "teksten": nummers, "documenten": documenten}
        self._bezig.write_text(json.dumps(bericht), encoding="utf-8")

    def settle(self) -> None:
        """What was put in last is confirmed."""
        self._bezig.unlink(missing_ok=True)

    def unsettled(self) -> tuple[int, frozenset[str]]:
        """From which fact on something was being put in when the program stopped, and where; 0 when nothing was."""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            note = json.loads(self._bezig.read_text(encoding="utf-8"))
            return int(note["vanaf"]), frozenset([*note["teksten"], *(nummer for nummer, _ in note["documenten"])])
        return 0, frozenset()

    def clear_unconfirmed(self, laatste_nr: int) -> int:
        """Take out what a crash left behind of facts after `laatste_nr`; return how many dossiers that touched.

        A note that is itself half written was made before anything was put in.
        """
        if not self._bezig.is_file():
            return 0
        geraakt = 0
        with contextlib.suppress(ValueError, KeyError, TypeError):
            bericht = json.loads(self._bezig.read_text(encoding="utf-8"))
            if (vanaf := int(bericht["vanaf"])) > laatste_nr:
                tot = vanaf - 1  # what is between was confirmed, also when the journal was cut short since
                for klachtnummer, sha256 in bericht["documenten"]:
                    documenten = self.folder(klachtnummer) / "documenten"
                    (documenten / sha256).unlink(missing_ok=True)
                    with contextlib.suppress(OSError):  # not there yet, or something else is in it
                        documenten.rmdir()
                        documenten.parent.rmdir()
                samen = self.bundels.cut(tot, bericht["teksten"])
                eigen = {nummer for nummer in bericht["teksten"] if self._cut_texts(nummer, tot)}
                geraakt = len(samen | eigen)
        self.settle()
        return geraakt

    def _cut_texts(self, klachtnummer: str, laatste_nr: int) -> bool:
        """Cut the texts after a fact off a dossier, and the dossier itself when nothing else is in it."""
        pad = self.folder(klachtnummer) / "teksten.jsonl"
        inhoud = pad.read_bytes() if pad.is_file() else b""
        blijft = 0
        for regel in inhoud.splitlines(keepends=True):
            try:
                if int(json.loads(regel)["nr"]) > laatste_nr:
                    break
            except (ValueError, KeyError, TypeError):
                break
            blijft += len(regel)
        if blijft:
            truncate(pad, blijft)
        else:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # nor is a file in its place ours
                pad.unlink()
            with contextlib.suppress(OSError):  # not there yet, or documents are in it
                pad.parent.rmdir()
        return blijft < len(inhoud)

    def _put_new(self, klachtnummer: str, teksten: list[Tekst], inleg: Inleg) -> bool:
        """Make the dossier of a new klacht with its texts, not yet durable; False when it is there already.

        Of a large group nearly every dossier is new, and then these two names are all there is to it.
        """
        if not is_usual(klachtnummer):
            parse_number(klachtnummer)
        pad = f"{self._map}{klachtnummer}"
        try:
            os.mkdir(pad)  # noqa: PTH102 - a Path for each of so many takes as long as the writing
        except (FileExistsError, FileNotFoundError):
            return False
        inleg.nieuw.append(pad)
        pad = f"{pad}{os.sep}teksten.jsonl"
        inleg.lengtes[pad] = 0
        inhoud = memoryview(write_lines(klachtnummer, teksten, self.sleutels))
        fd = os.open(pad, _NIEUW, 0o666)
        try:
            while inhoud:  # a full disk first writes less, and only then raises
                inhoud = inhoud[os.write(fd, inhoud) :]
        finally:
            os.close(fd)
        return True

    def _make(self, pad: Path, inleg: Inleg, mappen: set[Path]) -> Path:
        # Tried first: nearly every dossier that is put in is new, and looking whether it is there costs as much again.
        try:
            pad.mkdir()
        except FileExistsError:
            return pad
        except FileNotFoundError:
            if pad == self.map:
                raise
            self._make(pad.parent, inleg, mappen)
            pad.mkdir()
        inleg.nieuw.append(pad)
        mappen.add(pad.parent)
        return pad

    def _append(self, pad: Path, regels: bytes, inleg: Inleg, mappen: set[Path], *, sync: bool) -> None:
        with pad.open("a+b") as bestand:
            lengte = bestand.seek(0, os.SEEK_END)
            inleg.lengtes[pad] = lengte
            if lengte == 0:
                mappen.add(pad.parent)
            else:  # a crash may have left half a line, which was never confirmed
                bestand.seek(lengte - 1)
                if bestand.read(1) != b"\n":
                    bestand.write(b"\n")
            bestand.write(regels)
            bestand.flush()
            if sync:
                os.fsync(bestand.fileno())

    def _put_document(self, klachtnummer: str, pad: Path, inhoud: bytes, inleg: Inleg, mappen: set[Path]) -> None:
        with contextlib.suppress(OSError, ValueError):
            self.document(klachtnummer, pad.name)
            return
        inleg.nieuw.append(pad.with_name(pad.name + ".deel"))
        replace_file(pad, self.as_kept(klachtnummer, pad.name, inhoud))
        inleg.nieuw.append(pad)
        mappen.add(pad.parent)

    def erase(self, klachtnummer: str, weg: Callable[[Tekst], bool]) -> bool:
        """Take texts out of a dossier, durably, chosen by number and field; tell whether there were any."""
        gedaan = self.bundels.drop([klachtnummer], weg)
        alle = {regel: place_of_line(regel) for regel in self.own_lines(klachtnummer)}
        blijft = [regel for regel, tekst in alle.items() if tekst is not None and not weg(tekst)]
        if len(blijft) == len(alle):
            return gedaan
        pad = self.folder(klachtnummer) / "teksten.jsonl"
        replace_file(pad, b"".join(regel + b"\n" for regel in blijft))
        fsync_map(pad.parent)
        return True

    def erase_documents(self, klachtnummer: str, welke: Collection[str] | None = None) -> None:
        """Take these documents out of a dossier, durably, or all, half written ones too."""
        pad = self.folder(klachtnummer) / "documenten"
        for bestand in list(pad.glob("*")):
            if welke is None or bestand.name.partition(".")[0] in welke:
                bestand.unlink()
                fsync_map(pad)

    # --- read --------------------------------------------------------------------------------------------------------

    def lines(self, klachtnummer: str) -> Iterator[bytes]:
        """Every line of the texts of a dossier as it is kept; a crash can have left half a line."""
        yield from self.bundels.lines(klachtnummer)
        yield from self.own_lines(klachtnummer)

    def own_lines(self, klachtnummer: str) -> Iterator[bytes]:
        """Those of them that stand in the folder of the dossier."""
        pad = self.folder(klachtnummer) / "teksten.jsonl"
        if pad.is_file():
            yield from (regel for regel in pad.read_bytes().split(b"\n") if regel)

    def closed(self, klachtnummer: str) -> Iterator[bytes]:
        """The lines of a dossier that are sealed with a key that is not here."""
        hier = self.sleutels.bij_id if self.sleutels else {}
        yield from (regel for regel in self.lines(klachtnummer) if key_of_line(regel) not in ("", *hier))

    def texts(self, klachtnummer: str) -> Iterator[Tekst]:
        """Every text of a dossier; what was never confirmed is passed over, and so is what was changed while sealed.

        With keys, but not the one it was sealed with, a text is passed over too; without any, SleutelOntbreekt.
        """
        for regel in self.lines(klachtnummer):
            try:
                yield read_line(klachtnummer, regel, self.sleutels)
            except SleutelOntbreekt as fout:
                if self.sleutels is None:
                    raise SleutelOntbreekt(WEG.format(klachtnummer)) from fout
            except ValueError:
                continue

    def matching(self, klachtnummer: str, commitments: Iterable[tuple[int, str, str]]) -> dict[tuple[int, str], str]:
        """The texts by (nr, veld) that match their commitment; what is missing or changed is left out."""
        gezocht = {(nr, veld): commitment for nr, veld, commitment in commitments}
        return {
            (tekst.nr, tekst.veld): tekst.tekst
            for tekst in self.texts(klachtnummer)
            if gezocht.get((tekst.nr, tekst.veld)) == tekst.commitment
        }

    def document(self, klachtnummer: str, sha256: str) -> bytes:
        """The content of a document; FileNotFoundError when absent, ValueError when it is not what was recorded."""
        if not _HASH.fullmatch(sha256):
            raise OngeldigNummer(f"'{sha256}' is geen kenmerk van een document.")
        inhoud = (self.folder(klachtnummer) / "documenten" / sha256).read_bytes()
        if hashlib.sha256(inhoud).hexdigest() != sha256:
            try:
                inhoud = (self.sleutels or Sleutels()).open(inhoud, f"document/{klachtnummer}/{sha256}")
            except SleutelOntbreekt as fout:
                raise SleutelOntbreekt(f"Document {sha256[:12]} van {klachtnummer} blijft dicht. {fout}") from fout
            except VakBeschadigd:
                inhoud = b""
            if hashlib.sha256(inhoud).hexdigest() != sha256:
                raise ValueError(f"Document {sha256[:12]} van {klachtnummer} is veranderd sinds het is vastgelegd.")
        return inhoud

    def as_kept(self, klachtnummer: str, sha256: str, inhoud: bytes) -> bytes:
        """A document as it stands on the disk: those of the organisation, its reglement and logo, are never sealed."""
        if self.sleutels is None or not self.sleutels.huidig or klachtnummer == OPEN:
            return inhoud
        return self.sleutels.seal(inhoud, f"document/{klachtnummer}/{sha256}")

    def documents(self, klachtnummer: str) -> list[str]:
        """The content hashes a dossier has files for."""
        pad = self.folder(klachtnummer) / "documenten"
        alle = pad.iterdir() if pad.is_dir() else ()
        return sorted(bestand.name for bestand in alle if _HASH.fullmatch(bestand.name))
