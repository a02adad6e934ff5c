"""What is sent by e-mail, and what people were reminded of; in the dossier that it is about, P… for an overview.

A message is known by the number of the fact with which it was put ready. Before every attempt it is recorded that one
begins, so that a crash between sending and recording is seen: it is then asked, never sent again without a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klachten.gebeurtenissen.kern import Gebeurtenis, tekst


@dataclass(frozen=True, kw_only=True)
class BerichtKlaargezet(Gebeurtenis):
    """A message waits to be sent; `waarvoor` is brief, overzicht or uitnodiging.

    A letter brings `brief` (which one), the exact file (`document`, a content hash, with its `naam`), and the
    `handeling` that is recorded when the server has accepted it, with its `antwoorden` (JSON).
    """

    waarvoor: str
    brief: str = ""
    document: str = ""
    handeling: str = ""
    aan: str = tekst()
    onderwerp: str = tekst()
    inhoud: str = tekst()
    naam: str = tekst()
    antwoorden: str = tekst()


@dataclass(frozen=True, kw_only=True)
class VerzendingBegonnen(Gebeurtenis):
    """The message is being handed to the server now; attempts count from 1."""

    bericht: int
    poging: int


@dataclass(frozen=True, kw_only=True)
class BerichtVerzonden(Gebeurtenis):
    """The server accepted the message, or (`volgens` persoon) somebody found out that it had been.

    `zonder_stap`: the step that the letter brings could not be recorded with it, `reden` says why. When that is done
    all the same, this fact is corrected.
    """

    bericht: int
    poging: int
    volgens: str = "server"
    zonder_stap: bool = False


@dataclass(frozen=True, kw_only=True)
class VerzendingMislukt(Gebeurtenis):
    """An attempt failed; `code` is of the server, 0 for no answer. `blijvend`: trying again is of no use."""

    bericht: int
    poging: int
    code: int = 0
    blijvend: bool = False
    melding: str = tekst()


@dataclass(frozen=True, kw_only=True)
class BerichtVrijgegeven(Gebeurtenis):
    """Somebody decided that a message that was refused, uncertain or held back is tried again."""

    bericht: int


@dataclass(frozen=True, kw_only=True)
class BerichtIngetrokken(Gebeurtenis):
    """A message is not sent any more."""

    bericht: int


@dataclass(frozen=True, kw_only=True)
class BerichtTeruggekomen(Gebeurtenis):
    """A message that the server had accepted came back: it never reached whom it was for."""

    bericht: int
    melding: str = tekst()


@dataclass(frozen=True, kw_only=True)
class HerinneringGestuurd(Gebeurtenis):
    """Somebody was reminded of something with a last day, by the rule of the organisation that says so.

    `waarvoor` is termijn, maatregel, verbeteractie or taak, `wat` its number: of the step, or of the maatregel or
    verbeteractie. `regel` "onhaalbaar": it was told that the last day cannot be met any more. `bericht` is the overview
    in which it stood, 0 when none was sent (no address, no mail server) and the app alone shows it.
    """

    aan: str
    waarvoor: str
    wat: str
    uiterlijk_op: date
    regel: str
    bericht: int = 0


@dataclass(frozen=True, kw_only=True)
class HerinneringsrondeGedaan(Gebeurtenis):
    """Who had to be reminded on this day, by the rules with an hour up to `uur`, was; of the organisation, O0001.

    So that a restart or another clock never reminds twice, and a day on which the app was off is made up for.
    """

    uur: int
