"""The outbox: every e-mail is put ready, waits, is sent, and is followed, as facts of the dossier that it is about."""

from klachten.post.uit.bericht import TOESTANDEN, Bericht, een, open_berichten, stand, van_dossier, vragen
from klachten.post.uit.brief import BijVerzonden
from klachten.post.uit.versturen import Ronde, may_send, send_due
from klachten.post.uit.wachtrij import APP, queue

__all__ = [
    "APP",
    "TOESTANDEN",
    "Bericht",
    "BijVerzonden",
    "Ronde",
    "een",
    "may_send",
    "open_berichten",
    "queue",
    "send_due",
    "stand",
    "van_dossier",
    "vragen",
]
