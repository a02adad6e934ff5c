"""A process log (.xes, .xes.gz): a row for every event, with what the log says of its case under `zaak:`.

Read with the parser of Python itself, a piece at a time. It follows no reference to anything outside the file, and a
file that defines entities of its own is refused.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from xml.parsers import expat

from klachten.overname import bestandssoort
from klachten.overname.cellen import Datumcel, number
from klachten.overname.tabelbestand import GROOTSTE_BESTAND, MEESTE_KOLOMMEN, Bestandsvorm, OnleesbaarBestand
from klachten.overname.vormen.cellenbestand import Cellenbestand
from klachten.taal import aantal, getal

ZAAK = "zaak:"
_BROK, _DIEPSTE = 1024 * 1024, 100
_LANGSTE = 4 * 1024 * 1024
"""So many bytes there may be between the beginnings of two elements."""
_SOORTEN = frozenset(("string", "date", "int", "float", "boolean", "id"))


class Proceslog(Cellenbestand):
    """One open process log; the number of a row is that of the event in the file."""

    soort = bestandssoort.XES

    def __init__(self, pad: Path, vorm: Bestandsvorm, namen: Collection[str] = ()) -> None:
        super().__init__(pad, vorm, namen)
        zaak: dict[str, None] = {}
        gebeurtenis: dict[str, None] = {}
        lezer = _Lezer()
        for trace, event in self._events(lezer):
            zaak.update(dict.fromkeys(trace))
            gebeurtenis.update(dict.fromkeys(event))
            if len(zaak) + len(gebeurtenis) > MEESTE_KOLOMMEN:
                break
        self._zaak, self._gebeurtenis = tuple(zaak), tuple(gebeurtenis)
        self.kop = (*(ZAAK + naam for naam in self._zaak), *self._gebeurtenis)
        if not self.kop:
            self._weiger("er staat geen enkele gebeurtenis in het proceslog.")
        self._check_header(self.kop, ())
        delen = [f"Proceslog met {aantal(lezer.zaken, 'zaak', 'zaken')}; regel 1 is de eerste gebeurtenis, enzovoort."]
        if lezer.leeg:
            delen.append(f"{aantal(lezer.leeg, 'zaak heeft', 'zaken hebben')} geen gebeurtenis en telt als een rij.")
        if lezer.genest:
            genest = aantal(lezer.genest, "gegeven blijft", "gegevens blijven")
            delen.append(f"{genest} achter, want binnen een ander gegeven of een lijst.")
        self.opmerkingen.append(" ".join(delen))

    def _records(self) -> Iterator[tuple[int, list[str] | str]]:
        for regel, (trace, event) in enumerate(self._events(_Lezer()), start=1):
            yield (
                regel,
                [
                    *(_cell(*trace.get(naam, _NIETS)) for naam in self._zaak),
                    *(_cell(*event.get(naam, _NIETS)) for naam in self._gebeurtenis),
                ],
            )

    def _events(self, lezer: _Lezer) -> Iterator[tuple[_Gegevens, _Gegevens]]:
        try:
            for brok in self._pieces():
                lezer.parse(brok)
                yield from lezer.take()
            lezer.finish()
        except _Weigering as fout:
            self._weiger(str(fout))
        except expat.ExpatError as fout:
            self._weiger(
                f"het XML is vanaf regel {fout.lineno} niet te lezen of houdt daar halverwege op. Haal of kopieer het "
                "bestand opnieuw."
            )
        except OnleesbaarBestand:
            raise
        except (LookupError, ValueError):
            self._weiger("het XML noemt een codering die niet wordt gelezen. Vraag de bron om een uitvoer in UTF-8.")
        yield from lezer.take()

    def _pieces(self) -> Iterator[bytes]:
        """The file a piece at a time, unpacked."""
        with self.pad.open("rb") as bestand:
            if bestand.read(2) != b"\x1f\x8b":
                bestand.seek(0)
                while brok := bestand.read(_BROK):
                    yield brok
                return
            bestand.seek(0)
            pers, groot = zlib.decompressobj(31), 0
            while rauw := bestand.read(_BROK):
                while rauw:
                    if pers.eof:
                        pers = zlib.decompressobj(31)
                    try:
                        brok = pers.decompress(rauw, _BROK)
                    except zlib.error:
                        self._weiger("het gecomprimeerde bestand is beschadigd. Haal of kopieer het opnieuw.")
                    rauw = pers.unconsumed_tail or pers.unused_data
                    groot += len(brok)
                    if groot > GROOTSTE_BESTAND:
                        self._weiger(
                            f"uitgepakt is het bestand meer dan {getal(GROOTSTE_BESTAND // 1024**2)} MB. Splits het, "
                            "bijvoorbeeld per jaar."
                        )
                    yield brok
            if not pers.eof:
                self._weiger("het gecomprimeerde bestand houdt halverwege op. Haal of kopieer het opnieuw.")


_Gegevens = dict[str, tuple[str, str]]
_NIETS = ("", "")


class _Weigering(Exception):
    """What the file holds is not read; the text is the sentence."""


class _Lezer:
    """Follows one log through the parser: kind and value of every attribute of a case and of an event, by its key."""

    def __init__(self) -> None:
        self.zaken = self.leeg = self.genest = self._lang = 0
        self._klaar: list[tuple[_Gegevens, _Gegevens]] = []
        self._trace: _Gegevens = {}
        self._event: _Gegevens | None = None
        self._pad: list[str] = []
        self._wacht: list[_Gegevens] = []
        self._xml = expat.ParserCreate()
        self._xml.StartElementHandler, self._xml.EndElementHandler = self._start, self._end
        self._xml.StartDoctypeDeclHandler = self._doctype

    def parse(self, brok: bytes) -> None:
        """Read the next piece."""
        self._lang += len(brok)
        self._xml.Parse(brok)
        if self._lang > _LANGSTE:
            # The parser begins such a one anew with every piece.
            raise _Weigering(
                f"een waarde is langer dan {_LANGSTE // 1024**2} MB. Zo lang is geen gegeven van een klacht; vraag de "
                "bron om een nieuwe uitvoer."
            )

    def finish(self) -> None:
        """Say that this was all."""
        self._xml.Parse(b"", True)

    def take(self) -> list[tuple[_Gegevens, _Gegevens]]:
        """Return the events that are complete, each with its case, and forget them."""
        klaar, self._klaar = self._klaar, []
        return klaar

    def _doctype(self, *_: object) -> None:
        raise _Weigering(
            "het bestand heeft eigen definities (DOCTYPE, entiteiten); die worden niet gelezen. Vraag de bron om een "
            "uitvoer zonder."
        )

    def _start(self, naam: str, kenmerken: dict[str, str]) -> None:
        naam, pad, self._lang = naam.rpartition(":")[2], self._pad, 0
        if not pad and naam != "log":
            raise _Weigering("het is een XML-bestand, maar geen proceslog (XES): het begint niet met log.")
        boven = pad[-1] if pad else ""
        pad.append(naam)
        if len(pad) > _DIEPSTE:
            raise _Weigering("te veel XML zit in elkaar. Vraag de bron om een nieuwe uitvoer.")
        if naam == "trace":
            self._trace = {}
            self.zaken += 1
        elif naam == "event":
            self._event = {}
        elif naam in _SOORTEN and boven in ("trace", "event"):
            doel = self._event if boven == "event" and self._event is not None else self._trace
            doel[kenmerken.get("key", "").strip()] = naam, kenmerken.get("value", "")
        elif "trace" in pad[:-1]:
            self.genest += naam in _SOORTEN

    def _end(self, naam: str) -> None:
        naam = self._pad.pop()
        if naam == "event" and self._event is not None:
            self._wacht.append(self._event)
            self._event = None
        elif naam == "trace":
            # What is said of the case may stand behind its events.
            self.leeg += not self._wacht
            self._flush()
        if naam == "event" and "trace" not in self._pad:
            self._flush()

    def _flush(self) -> None:
        self._klaar += [(self._trace, event) for event in self._wacht or [{}]]
        self._trace, self._wacht = {}, []


def _cell(soort: str, tekst: str) -> str:
    """Return an attribute as a cell with the type it has; one that is not what its type says stays a text."""
    tekst = tekst.strip()
    try:
        if soort == "date":
            return Datumcel(datetime.fromisoformat(tekst))
        if soort in ("int", "float"):
            return number(tekst)
    except (ValueError, OverflowError):
        return tekst
    return tekst.lower() if soort == "boolean" else tekst
