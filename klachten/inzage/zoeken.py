"""In which dossiers a name stands, and as whom: each of them a person still has to recognise somebody in.

Only dossiers that whoever answers may read: not one in which he or she is involved, nor the signaal that it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from klachten import gebeurtenissen as g
from klachten import rechten
from klachten.analyse.werk import klachtenlijst
from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.lezen import mag_lezen
from klachten.dossier.teruggedraaid import Teruggedraaid, not_involved
from klachten.handelingen import Geweigerd, bewaard_van
from klachten.inzage.personen import IN_EEN_TEKST, Plek, places
from klachten.inzage.schonen import GEEN_NAAM
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.zoekvorm import woorden

MEESTE = 100
"""More dossiers than this with one name are no answer but a question: type more of the name."""
_TERUG = "teruggedraaid(DATE '9999-12-31')"


class Kandidaat(NamedTuple):
    """Somebody in a dossier who may be the one who asks: `wie` tells people in one dossier apart."""

    nummer: str
    wie: str
    rol: str
    op: date
    plekken: tuple[Plek, ...]

    @property
    def namen(self) -> tuple[str, ...]:
        """What he or she is called there."""
        return tuple(dict.fromkeys(plek.tekst for plek in self.plekken if not plek.contact))

    @property
    def contact(self) -> tuple[str, ...]:
        """How he or she is reached, as far as the dossier says."""
        return tuple(dict.fromkeys(plek.tekst for plek in self.plekken if plek.contact))


def words_of(naam: str) -> set[str]:
    """Return the words of a name that somebody is looked up by: no initials, no 'van der'."""
    return {woord for woord in woorden(naam) if len(woord) > 1 and woord not in GEEN_NAAM}


def may_answer(register: Register, nummer: str, wie: Gebruiker) -> Feiten | None:
    """Return a dossier that somebody may answer about now; None when it is not there, or not for them."""
    try:
        feiten = bewaard_van(register, nummer)
    except (Geweigerd, ValueError):
        return None
    if isinstance(feiten, Dossier):
        return feiten if mag_lezen(feiten, wie) is None else None
    if isinstance(feiten, Teruggedraaid):
        leest = rechten.mag("inzage", "klacht", wie).alles
        return feiten if leest and not_involved(feiten, wie) is None else None
    if not nummer.startswith("S") or not rechten.mag("inzage", "signaal", wie).alles:
        return None
    later = feiten.laatste(g.SignaalOpSchriftGesteld)
    return feiten if later is None or may_answer(register, later.klachtnummer, wie) else None


def readable_undone(register: Register, nummers: Sequence[str], wie: Gebruiker) -> frozenset[str]:
    """Return which of these are klachten of imports that were undone, and not about whoever asks."""
    if not rechten.mag("inzage", "klacht", wie).alles:
        return frozenset()
    with register.cursor() as cursor:
        terug = cursor.execute(
            f"SELECT klachtnummer FROM {_TERUG} WHERE klachtnummer IN (SELECT unnest(?))", [list(nummers)]
        ).fetchall()
        genoemd = undone_naming(cursor, wie.id)
    return frozenset(nummer for (nummer,) in terug) - hidden_undone(register, genoemd, wie)


def undone_naming(cursor: DuckDBPyConnection, wie: str) -> tuple[str, ...]:
    """Return the klachten of imports that were undone in whose facts this person was ever named."""
    rijen = cursor.execute(
        "SELECT DISTINCT g.klachtnummer FROM gebeurtenis AS g "
        "WHERE g.soort IN ('KlachtOntvangen', 'BetrokkeneToegevoegd') AND contains(g.gegevens, $wie) "
        f"AND g.klachtnummer IN (SELECT t.klachtnummer FROM {_TERUG} AS t)",
        {"wie": json.dumps(wie)},
    ).fetchall()
    return tuple(nummer for (nummer,) in rijen)


def hidden_undone(register: Register, genoemd: Iterable[str], wie: Gebruiker) -> frozenset[str]:
    """Return which of `undone_naming` are not for somebody who reads all others."""
    return frozenset(nummer for nummer in genoemd if may_answer(register, nummer, wie) is None)


def candidates(register: Register, naam: str, wie: Gebruiker, vandaag: date) -> list[Kandidaat]:
    """Return everybody in a dossier who has all words of this name, the newest dossier first."""
    gezocht = words_of(naam)
    if not gezocht:
        return []
    with register.cursor() as cursor:
        filter = klachtenlijst.Filter(zoek=" ".join(sorted(gezocht)), herkomst="")
        lijst = klachtenlijst.read_all(cursor, filter, wie, vandaag, volgorde="nieuwste")
        signalen = cursor.execute(
            "SELECT DISTINCT klachtnummer FROM gebeurtenis WHERE klachtnummer LIKE 'S%' ORDER BY klachtnummer DESC"
        ).fetchall()
        # These are in no list of klachten.
        terug = cursor.execute(
            "SELECT t.klachtnummer FROM teruggedraaid($vandaag) AS t "
            "JOIN zoekwoord AS z ON z.klachtnummer = t.klachtnummer WHERE z.woord IN (SELECT unnest($woorden)) "
            "GROUP BY t.klachtnummer HAVING COUNT(DISTINCT z.woord) = $hoeveel ORDER BY t.klachtnummer DESC",
            {"vandaag": vandaag, "woorden": sorted(gezocht), "hoeveel": len(gezocht)},
        ).fetchall()
    uit: list[Kandidaat] = []
    for nummer in [*(regel.klachtnummer for regel in lijst), *(nummer for (nummer,) in (*terug, *signalen))]:
        feiten = may_answer(register, nummer, wie)
        uit += in_dossier(feiten, gezocht) if feiten else []
        if len({een.nummer for een in uit}) > MEESTE:
            break
    return uit


def in_dossier(feiten: Feiten, gezocht: set[str]) -> list[Kandidaat]:
    """Return who in one dossier has all these words in the name, or else that they stand in some text of it."""
    mensen: dict[str, list[Plek]] = {}
    for plek in places(feiten):
        mensen.setdefault(plek.wie, []).append(plek)
    op = min(v.feit.gebeurd_op for v in feiten.vastleggingen)
    uit = [
        Kandidaat(feiten.klachtnummer, wie, plekken[0].rol, op, tuple(plekken))
        for wie, plekken in mensen.items()
        if any(gezocht <= woorden(plek.tekst) for plek in plekken)
    ]
    if not uit and any(stands_in(tekst, gezocht) for v in feiten.vastleggingen for tekst in v.feit.teksten().values()):
        uit = [Kandidaat(feiten.klachtnummer, IN_EEN_TEKST, IN_EEN_TEKST, op, ())]
    return uit


def stands_in(tekst: str, gezocht: set[str]) -> bool:
    """Tell whether a name stands in a text."""
    return bool(gezocht) and gezocht <= woorden(tekst)
