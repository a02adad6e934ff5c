"""A firm whose people are reminded, told day by day with the clock handed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from klachten import gebeurtenissen as g
from klachten.opening import open_register
from klachten.post import herinneren
from klachten.post.herinneren import Ronde
from klachten.post.uit import open_berichten
from klachten.register import Register
from klachten.tijdzone import NEDERLAND
from klachten.toegang.instellingen import Instellingen
from klachten.toegang.mailserver import Mailserver
from tests import firmaproef
from tests.lijsten import Lijst
from tests.postproef import AFZENDER

ONTVANGEN = date(2026, 3, 4)
"""A Wednesday, as day 7, a week before the last day of the acknowledgement, and that day 14; day 12 is a Monday."""
ADRES = "https://klachten.example"
MET_MAIL = Instellingen(adres=ADRES, smtp=Mailserver("127.0.0.1", 1, "geen", afzender=AFZENDER))


def firm(map: Path) -> None:
    """Make the folder of a register of a firm without a klacht."""
    with open_register(map) as register:
        firmaproef.record(register, date(2026, 1, 5))


def dag(nr: int) -> date:
    """Return the day so many days after that of receipt."""
    return ONTVANGEN + timedelta(days=nr)


def at(dag: date, uur: int = 9, minuut: int = 0) -> datetime:
    """Return a moment by the clock on the wall in the Netherlands."""
    return datetime.combine(dag, time(uur, minuut), NEDERLAND).astimezone(UTC)


class Verhaal:
    """A register and its clock; `lijst` records as people do, on the day that it is."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.nu = at(date(2026, 1, 5))
        register._klok = lambda: self.nu

    def op(self, dag: date, uur: int = 9, minuut: int = 0) -> Lijst:
        """Let it be a day and an hour; return what records on that day."""
        self.nu = at(dag, uur, minuut)
        return Lijst(self.register, dag)

    def ronde(self, dag: date, uur: int = 9, instellingen: Instellingen = MET_MAIL) -> dict[str, list[str]]:
        """Do a round on a day, and let what is put ready go out; return by person what was said of which task."""
        self.op(dag, uur)
        gezegd = told(herinneren.run(self.register, instellingen, self.nu))
        self.send()
        return gezegd

    def send(self) -> None:
        """Let everything that waits be sent, as a mail server that accepts it would have it."""
        for bericht in open_berichten(self.register):
            if bericht.toestand == "wacht":
                with self.register.schrijven() as boeking:
                    for feit in (g.VerzendingBegonnen, g.BerichtVerzonden):
                        gegaan = feit(gebeurd_op=self.nu.date(), bericht=bericht.nr, poging=1)
                        boeking.leg_vast(bericht.klachtnummer, gegaan, door="app", rol="app")

    def feiten(self) -> list[tuple[str, str, date, str]]:
        """Return every reminder that was recorded: who, of which dossier, on which day, by which rule."""
        with self.register.plain_cursor() as cursor:
            return cursor.execute(
                "SELECT gegevens ->> 'aan', klachtnummer, gebeurd_op, gegevens ->> 'regel' FROM gebeurtenis "
                "WHERE soort = 'HerinneringGestuurd' ORDER BY nr"
            ).fetchall()

    def berichten(self, wie: str) -> list[g.BerichtKlaargezet]:
        """Return the overviews that were ever put ready for somebody, in order."""
        nummer = self.register.organisatie.mensen[wie].nummer
        return [v.feit for v in self.register.vastleggingen(nummer) if isinstance(v.feit, g.BerichtKlaargezet)]


def told(ronde: Ronde) -> dict[str, list[str]]:
    """Return by person of what a round reminds: '5' for the term of step 5, 'm1' maatregel 1, 'v1' verbeteractie 1."""
    kort = {"termijn": "", "maatregel": "m", "verbeteractie": "v", "taak": "t"}
    return {o.wie.id: sorted(f"{kort[waarvoor]}{wat}" for _, waarvoor, wat, _ in o.sleutels) for o in ronde.overzichten}


@contextmanager
def story(map: Path) -> Iterator[Verhaal]:
    """Open the register of a firm as a story."""
    with open_register(map) as register:
        yield Verhaal(register)
