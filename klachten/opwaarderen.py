"""Bringing a register of an older version up to this one: first tried on a copy, and only then done.

The journal and the dossiers stay as they are, whatever happens: what an upgrade changes is the database, which is made
from them. So the try is to make one, in a folder of its own, and to check it against the journal as `controleer` does.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from klachten import datamap
from klachten.datamap import DATABASE
from klachten.gezond.blik import Blik
from klachten.gezond.woorden import room
from klachten.opening import open_register, rehearse, toebehoren
from klachten.register import Register, controle, schemastand
from klachten.register.database import Connection, DatabaseBeschadigd
from klachten.register.fouten import RegisterBeschadigd, RegisterBezet, RegisterFout, RegisterNieuwer
from klachten.register.journaal import JournaalBeschadigd, aside
from klachten.register.resten import VERDER
from klachten.reservekopie import instellingen
from klachten.reservekopie.maken import OPDRACHT, make
from klachten.taal import feiten

PROEF = f"{DATABASE}.proef"
"""The folder of the try, beside the database. Texts of klachten are in it: nobody else reads it, and it never stays."""
RUIM = 1.5
"""So many times the size of the database has to be free: for the old one beside the new, and for the try."""


class OpwaarderenMislukt(RegisterFout):
    """The register was not brought up to this version; it is as it was."""


@dataclass(frozen=True)
class Opdracht:
    """From which schema to which."""

    van: int
    naar: int


def needed(map: Path) -> Opdracht | None:
    """Return what is to be done before this version opens a register, None when that is nothing.

    The lock is held by who calls. RegisterNieuwer when a newer version made it. Without a database there is nothing to
    bring up: opening makes one.
    """
    van, naar = schemastand.applied(map), schemastand.newest()
    if van is not None and van > naar:
        raise RegisterNieuwer.of(map, van, naar)
    return None if van is None or van == naar else Opdracht(van, naar)


def as_needed(map: Path, nu: datetime, zeg: Callable[[str], None]) -> bool:
    """Bring a register up to this version when it is of an older one, before the app starts; tell whether it was done.

    A register that is in use is left alone: opening it says so. Of one that lost or changed facts it is said, and the
    app goes on to open it, to read.
    """
    if not datamap.facts(map):
        return False
    try:
        return upgrade(map, nu, zeg)
    except RegisterBezet:
        return False
    except RegisterBeschadigd as fout:
        zeg(f"Let op: {fout} Het register is niet opgewaardeerd; de app opent het alleen om te lezen, als dat nog kan.")
        return False


def upgrade(map: Path, nu: datetime, zeg: Callable[[str], None], *, alleen_proef: bool = False) -> bool:
    """Try it, then do it, saying each step; tell whether there was anything to do.

    OpwaarderenMislukt says why it was not done, RegisterBeschadigd that it lost or changed facts before; RegisterBezet
    when somebody has the register open.
    """
    with controle.alone(map):
        # What a process that was killed left of its try: texts of klachten.
        shutil.rmtree(map / PROEF, ignore_errors=True)
        opdracht = needed(map)
        if opdracht is None:
            return False
        zeg(
            f"Het register is van een oudere versie: schema {opdracht.van}, deze versie heeft {opdracht.naar}. Eerst "
            "wordt op een proef gekeken of dat goed gaat; bij een groot register duurt dat enkele minuten."
        )
        _room(map, nu)
        if not alleen_proef:
            zeg(back_up(map, nu))
        zeg(_try(map))
        if alleen_proef:
            zeg("Dit was alleen de proef: het register is niet veranderd.")
            return True
        bewaard = _keep(map, opdracht, nu)
    for melding in _do(map, bewaard):
        zeg(melding)
    zeg(f"Het register heeft nu schema {opdracht.naar}, en is nagekeken: alles is in orde.")
    return True


def back_up(map: Path, nu: datetime) -> str:
    """Make a back-up where the settings say so, of journal and dossiers as they are; returns what was done.

    OpwaarderenMislukt when there should be one and it does not succeed.
    """
    gelezen = instellingen.of_register(map)
    if not gelezen.naar:
        return (
            "Let op: er is geen plek voor reservekopieën ingesteld, dus is er geen gemaakt. Journaal en dossiers "
            "worden niet veranderd, en de oude database blijft bewaard tot de nieuwe is nagekeken."
        )
    try:
        with Register.open(map, lezen=True, **toebehoren(map)) as register:
            gemaakt = make(register, gelezen, nu=nu.astimezone(UTC), soort=OPDRACHT, apart=False)
    except RegisterFout as fout:
        raise OpwaarderenMislukt(
            f"De reservekopie vooraf lukte niet: {fout} Het register is niet veranderd. Maak dat in orde, of zet "
            "[reservekopie] tijdelijk uit de instellingen."
        ) from fout
    return f"Vooraf is een reservekopie gemaakt: {gemaakt.kopie.naam} in {gelezen.naar}."


def _room(map: Path, nu: datetime) -> None:
    nodig = int(RUIM * Blik(map, nu).grootte)
    if (vrij := shutil.disk_usage(map).free) < nodig:
        raise OpwaarderenMislukt(
            f"Voor de proef is {room(nodig)} nodig, en er is {room(vrij)} vrij. Maak ruimte en probeer het opnieuw. Er "
            "is niets veranderd."
        )


def _try(map: Path) -> str:
    """Make the database anew in a folder of its own and check it; say how many facts it has."""
    proef = map / PROEF
    proef.mkdir(mode=0o700)
    try:
        with rehearse(map, proef) as (database, meldingen):
            fouten, aantal_feiten = _faults(map, database.con), database.kop.nr
    except JournaalBeschadigd as fout:
        raise RegisterBeschadigd(f"{fout} Er is niets gewijzigd.") from fout
    except (duckdb.Error, DatabaseBeschadigd, OSError, ValueError) as fout:
        raise OpwaarderenMislukt(_not_done(f"{type(fout).__name__}.")) from fout
    finally:
        shutil.rmtree(proef, ignore_errors=True)
    # What was wrong with the journal before has its own advice: another version of the program has no answer to it.
    if beschadigd := [zin for zin in fouten if zin.endswith(VERDER)]:
        raise RegisterBeschadigd(f"{beschadigd[0]} Er is niets gewijzigd.")
    if fouten:
        raise OpwaarderenMislukt(_not_done(fouten[0]))
    gemist = f" {' '.join(meldingen)}" if meldingen else ""
    return f"De proef is goed: uit {feiten(aantal_feiten)} kwam een database die klopt met het journaal.{gemist}"


def _faults(map: Path, con: Connection) -> list[str]:
    """Return what is wrong with a database; a dossier that lacked something before does so after it too."""
    return [een.zin for een in controle.check_made(map, con) if een.ernst == "fout"]


def _keep(map: Path, opdracht: Opdracht, nu: datetime) -> list[Path]:
    """Put a copy of the old database beside it, until the new one has been checked; returns its files."""
    doel = aside(map / DATABASE, f"schema-{opdracht.van:03d}", nu)
    bewaard = []
    for achter in ("", ".wal"):
        oud = map / f"{DATABASE}{achter}"
        if oud.exists():
            bewaard.append(shutil.copy2(oud, doel.with_name(f"{doel.name}{achter}")))
    return bewaard


def _do(map: Path, bewaard: list[Path]) -> list[str]:
    """Open the register, which brings its database up, and check what came of it; then the old one may go.

    Returns what opening had to tell.
    """
    with open_register(map) as register:
        fouten, meldingen = _faults(map, register.cursor()), list(register.meldingen)
    if fouten:
        raise OpwaarderenMislukt(
            f"Het register is opgewaardeerd, maar er klopt iets niet: {fouten[0]} De oude database staat in "
            f"{bewaard[0].name}. Geef controleer, en start niet voordat iemand heeft gekeken."
        )
    for pad in bewaard:
        pad.unlink()
    return meldingen


def _not_done(waarom: str) -> str:
    return (
        f"Deze versie past niet bij dit register; de proef ging mis: {waarom} Er is niets veranderd. Ga terug naar de "
        "vorige versie van klachten en meld dit aan wie het programma maakt."
    )
