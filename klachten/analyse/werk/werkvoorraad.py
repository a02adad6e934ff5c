"""What there is to do: read once for everybody from the register, then shown to whoever may see it."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from klachten import organisatie, rechten
from klachten.analyse.basis.bewaard import Bewaard, kept
from klachten.analyse.basis.dagrijen import ALLEEN_TERMIJNEN
from klachten.analyse.basis.dagtabel import one_by_one
from klachten.analyse.werk import taaksoort
from klachten.analyse.werk.klachtenlijst import readable
from klachten.bewaring import Wie, count_of_year
from klachten.organisatie import Gebruiker
from klachten.organisatie.leiding import LEIDING

DEZE_WEEK = 7
BUITEN = "buiten"
WEINIG = 5
"""Up to this many klachten are read again one by one: at 100,000 klachten eight cost as much as all."""
_VELDEN = (
    "klachtnummer, stap, soort, wat, rol, wie, personen, onderdeel, vestiging, categorie, uiterlijk_op, termijn_naam, "
    "dagen_over"
)


@dataclass(frozen=True)
class Taak:
    """One thing to do, by whom and by when; `klachtnummer` is None for what belongs to a year instead.

    `soort` is its kind (taaksoort.py), by which rights and acts go; `wat` is only the sentence. With `merk` tasks of
    one kind, klacht and part are told apart: of e-mail, which messages.

    `namens` is the id of somebody absent in whose place the reader sees it, `namens_tot` the last day of that absence;
    with `ongelezen` the reader may not read that klacht.

    `dicht` is (klachtnummer, maatregel) of an own maatregel of somebody involved: it says nothing else of the klacht,
    and no page shows what is in it.
    """

    klachtnummer: str | None
    stap: int
    soort: str
    wat: str
    rol: str
    wie: str | None
    personen: tuple[str, ...]
    onderdeel: int | None
    vestiging: str | None
    categorie: str | None
    uiterlijk_op: date | None
    termijn_naam: str | None
    dagen_over: int | None
    dicht: tuple[str, int] | None = None
    namens: str = ""
    namens_tot: date | None = None
    ongelezen: bool = False
    merk: str = ""

    @property
    def reeks(self) -> str:
        """K klacht, S signaal, E evaluatie, or empty."""
        return (self.klachtnummer or "")[:1]

    @property
    def welke(self) -> tuple[str | None, str, int | None]:
        """By what it is known, whoever sees it: an own maatregel that is closed is the one that others see open."""
        nummer, onderdeel = self.dicht or (self.klachtnummer, self.onderdeel)
        return nummer, self.soort, onderdeel

    def is_own(self, wie: str) -> bool:
        """Tell whether it is a maatregel that this person carries out."""
        return self.soort == taaksoort.UITVOEREN and self.wie == wie

    @property
    def wie_naam(self) -> str:
        """The name of who must act, or of the role that must."""
        if self.wie:
            return organisatie.naam(self.wie)
        return "Iemand van buiten" if self.rol == BUITEN else organisatie.ROLLEN[self.rol]

    @property
    def groep(self) -> str:
        """One of GROEPEN."""
        if self.dagen_over is None:
            return "zonder"
        if self.dagen_over < 0:
            return "te_laat"
        return "deze_week" if self.dagen_over <= DEZE_WEEK else "later"


GROEPEN = {
    "te_laat": "Te laat",
    "deze_week": "Binnen zeven dagen",
    "later": "Later",
    "zonder": "Zonder termijn",
}


def werkvoorraad(
    cursor: DuckDBPyConnection,
    peildatum: date,
    vestigingen: Iterable[str],
    *,
    eerder: Iterable[Taak] = (),
    gewijzigd: Collection[str] | None = None,
    bewaard: Bewaard | None = None,
) -> list[Taak]:
    """Return everything there is to do in the whole register, the worst first; not yet what one user may see.

    `eerder` is what there was to do on the same day before facts came in, `gewijzigd` the numbers of the dossiers that
    got them: then of the klachten only these are read again. None: all are. With `bewaard` of the register the terms,
    and what belongs to no klacht, are read from what is kept.
    """
    klachten = None if gewijzigd is None else sorted(nummer for nummer in gewijzigd if nummer.startswith("K"))
    staat, nieuw = list[Taak](), list[Taak]()
    if klachten is None or len(klachten) > WEINIG:
        nieuw = _of_klachten(cursor, peildatum, None, bewaard)
    else:
        # Thousands of them, in order already, and asked at every fact: no call for each of them.
        weg, staat = frozenset(klachten), [taak for taak in eerder if (nr := taak.klachtnummer) and nr[0] == "K"]
        staat = [taak for taak in staat if taak.klachtnummer not in weg]
        for nummer in klachten:
            nieuw += _of_klachten(cursor, peildatum, nummer, bewaard)
    rest = (
        peildatum,
        tuple(vestigingen),
        *(tuple(p.id for p in organisatie.met_rol(r, op=peildatum)) for r in LEIDING),
        bewaard.geef(_years, peildatum) if bewaard else _years(cursor, peildatum),
    )
    nieuw += bewaard.geef(_beside_klachten, *rest) if bewaard else _beside_klachten(cursor, *rest)
    wissen = (peildatum, rest[3], Wie.of(peildatum))
    nieuw += bewaard.geef(_to_erase, *wissen) if bewaard else _to_erase(cursor, *wissen)
    if not staat:
        return sorted(nieuw, key=worst_first)
    for taak in nieuw:
        bisect.insort(staat, taak, key=worst_first)
    return staat


def worst_first(taak: Taak) -> tuple[Any, ...]:
    """Return the order of the list; what has no day or number comes last."""
    over, nummer, deel = taak.dagen_over, taak.klachtnummer, taak.onderdeel
    return over is None, over or 0, nummer is None, nummer or "", taak.stap, deel is None, deel or 0, taak.soort


def _of_klachten(
    cursor: DuckDBPyConnection, peildatum: date, klachtnummer: str | None, bewaard: Bewaard | None
) -> list[Taak]:
    sql = f"SELECT {_VELDEN} FROM klachttaken($peildatum, $coordinatoren, $directieleden, $collegas, $klachtnummer)"
    waarden = {
        "peildatum": peildatum,
        "coordinatoren": [persoon.id for persoon in organisatie.coordinatoren(peildatum)],
        "directieleden": [persoon.id for persoon in organisatie.met_rol("directie", op=peildatum)],
        "collegas": [p.id for p in organisatie.met_rol("medewerker", "beheerder", op=peildatum)],
    }
    rijen = bewaard.of_one(klachtnummer, sql, waarden) if bewaard and klachtnummer else None
    if rijen is None:
        with kept(cursor, bewaard.dagrijen if bewaard else None, peildatum):
            rijen = cursor.execute(sql, {**waarden, "klachtnummer": klachtnummer}).fetchall()
    return [_task(rij) for rij in rijen]


def _beside_klachten(
    cursor: DuckDBPyConnection,
    peildatum: date,
    vestigingen: tuple[str, ...],
    coordinatoren: tuple[str, ...],
    directieleden: tuple[str, ...],
    jaren: tuple[int, ...],
) -> list[Taak]:
    rijen = cursor.execute(
        f"SELECT {_VELDEN} FROM overige_taken($peildatum, $coordinatoren, $directieleden, $vestigingen, $jaren)",
        {
            "peildatum": peildatum,
            "coordinatoren": list(coordinatoren),
            "directieleden": list(directieleden),
            "vestigingen": list(vestigingen),
            "jaren": list(jaren),
        },
    ).fetchall()
    return [_task(rij) for rij in rijen]


def make_ready(bewaard: Bewaard, peildatum: date) -> None:
    """Let what each fact of a klacht asks about that klacht have its plan before the first one comes."""
    if (enkel := bewaard.register.enkel) is None:
        return
    enkel.begin()
    with bewaard.register.cursor() as cursor:
        laatste = cursor.execute(
            "SELECT k.klachtnummer FROM klacht AS k ORDER BY k.klachtnummer DESC LIMIT 1"
        ).fetchall()
        for (nummer,) in laatste:
            _of_klachten(cursor, peildatum, nummer, bewaard)
            for blok in ALLEEN_TERMIJNEN:
                one_by_one(enkel, blok, peildatum, [nummer])


def _years(cursor: DuckDBPyConnection, peildatum: date) -> tuple[int, ...]:
    sql = "SELECT j.jaar FROM jaren_met_klachten($peildatum) AS j ORDER BY j.jaar"
    return tuple(jaar for (jaar,) in cursor.execute(sql, {"peildatum": peildatum}).fetchall())


def _task(rij: tuple[Any, ...]) -> Taak:
    """Return a row with _VELDEN as a task."""
    return Taak(*rij[:6], tuple(rij[6]), *rij[7:])


def _to_erase(cursor: DuckDBPyConnection, peildatum: date, directieleden: tuple[str, ...], wie: Wie) -> list[Taak]:
    """The yearly task of directie: what was over its term when the year began."""
    hoeveel = count_of_year(cursor, peildatum, wie)
    if not hoeveel:
        return []
    dossiers = f"{hoeveel} dossier is" if hoeveel == 1 else f"{hoeveel} dossiers zijn"
    wat = f"Bewaren en wissen: {dossiers} langer bewaard dan de termijn"
    return [Taak(None, 0, taaksoort.WISSEN, wat, "directie", None, directieleden, None, None, None, None, None, None)]


def visible_to(cursor: DuckDBPyConnection, taken: list[Taak], gebruiker: Gebruiker) -> list[Taak]:
    """Return what the user may see of it: own tasks, and of klachten only those that the user may read.

    Of a klacht in which the user is involved nothing is left but an own maatregel, and that without the klacht. The
    tasks of somebody absent whose place the user takes are there too, but for klachten in which the user is involved.
    What a klacht is about (`categorie`) is there for who may read it.
    """
    vervangt = organisatie.huidige().vervangt(gebruiker.id, gebruiker.op) if gebruiker.op else {}
    klachten = {nr for taak in taken if (nr := taak.klachtnummer) and nr[0] == "K"}
    leesbaar = readable(cursor, sorted(klachten), gebruiker)
    # What is nobody's klacht: signalen, and evaluations with what follows from them.
    leidt = {wat: rechten.mag("inzage", wat, gebruiker).alles for wat in (taaksoort.SIGNAAL, taaksoort.EVALUATIE)}
    eigen = {taak.klachtnummer for taak in taken if gebruiker.id in taak.personen} & klachten - leesbaar
    betrokken = involved(cursor, gebruiker.id) if eigen or vervangt else frozenset()
    uit = []
    for taak in taken:
        van_mij, ziet, is_klacht = (
            gebruiker.id in taak.personen,
            taaksoort.ZIET[taak.soort],
            taak.klachtnummer in klachten,
        )
        namens = next((id for id in taak.personen if id in vervangt), "") if vervangt and not van_mij else ""
        if namens and taak.klachtnummer not in betrokken:
            dicht = is_klacht and taak.klachtnummer not in leesbaar
            anders = {"ongelezen": True, "categorie": None} if dicht else {}
            uit.append(replace(taak, namens=namens, namens_tot=vervangt[namens], **anders))
        elif not is_klacht:
            uit += [taak] if van_mij or leidt.get(ziet) else []
        elif taak.klachtnummer in leesbaar:
            uit.append(taak)
        elif ziet == taaksoort.DOET and van_mij and taak.klachtnummer not in betrokken:
            # To be done without reading the klacht: what it is about is not for who does it.
            uit.append(replace(taak, categorie=None))
        elif taak.is_own(gebruiker.id):
            uit.append(_closed(taak))
    return uit


def without_involved(cursor: DuckDBPyConnection, taken: Iterable[Taak], gebruiker: Gebruiker) -> list[Taak]:
    """Return the tasks without those of klachten in which somebody is involved, to count what others have to do."""
    betrokken = involved(cursor, gebruiker.id)
    return [taak for taak in taken if taak.klachtnummer not in betrokken]


def involved(cursor: DuckDBPyConnection, gebruiker: str) -> frozenset[str]:
    """Return the klachten in which somebody is involved."""
    rijen = cursor.execute("SELECT b.klachtnummer FROM betrokken_bij(?) AS b", [gebruiker]).fetchall()
    return frozenset(nummer for (nummer,) in rijen)


def closed_signalen(cursor: DuckDBPyConnection, signalen: Collection[str], gebruiker: str) -> frozenset[str]:
    """Return the signalen of these that became a klacht in which somebody is involved: they are part of its story."""
    rijen = cursor.execute(
        "SELECT s.klachtnummer FROM signaal AS s WHERE s.klachtnummer IN (SELECT unnest(?)) "
        "AND s.klacht IN (SELECT b.klachtnummer FROM betrokken_bij(?) AS b)",
        [sorted(signalen), gebruiker],
    ).fetchall()
    return frozenset(nummer for (nummer,) in rijen)


def _closed(taak: Taak) -> Taak:
    """Return an own maatregel without anything that tells of which klacht it is."""
    return replace(
        taak,
        klachtnummer=None,
        wat="Uw maatregel uitvoeren",
        onderdeel=None,
        vestiging=None,
        categorie=None,
        dicht=(str(taak.klachtnummer), int(taak.onderdeel or 0)),
    )


def of_person(taken: Iterable[Taak], gebruiker: Gebruiker) -> list[Taak]:
    """Return what this user can do, and what waits for somebody absent whose place the user takes."""
    return [taak for taak in taken if taak.namens or gebruiker.id in taak.personen]


def grouped(taken: Iterable[Taak]) -> dict[str, list[Taak]]:
    """Return the tasks by group, in the order of GROEPEN; empty groups too."""
    per_groep: dict[str, list[Taak]] = {groep: [] for groep in GROEPEN}
    for taak in taken:
        per_groep[taak.groep].append(taak)
    return per_groep
