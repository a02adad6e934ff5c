"""A klacht full of words that stand nowhere else, closed long ago, and the search for those words in every place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from klachten import gebeurtenissen as g
from klachten import jaarverslag, organisatie, scherm
from klachten.bewaring import TERUGGEDRAAID, Bewaring
from klachten.concepten import Concepten
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen import HANDELINGEN, Uitkomst
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.register.afleiding import derived_tables
from klachten.register.plekken import PLEKKEN
from klachten.scherm.beheer import bewaren as beeld

VANDAAG = date(2026, 3, 6)
BEGIN = date(2023, 5, 1)
REDEN = "Over de termijn kwartelnaam"


class Oud(NamedTuple):
    """The klacht, the signaal that it came from, its document, and the words by who they are about."""

    nummer: str
    signaal: str
    document: bytes
    woorden: dict[str, str]


def wie(id: str, op: date = VANDAAG) -> Gebruiker:
    """Return somebody of the cast, with the roles of a day."""
    persoon = organisatie.gebruiker(id, op)
    assert persoon is not None, id
    return persoon


def oude_klacht(register: Register, merk: str = "", **anders: Any) -> Oud:
    """Record a klacht that is over its term, with everybody in it that a klacht can have, and a draft about it."""
    woorden = {
        "indiener": f"Zwaluwnaam{merk}",
        "contact": f"zwaluwstraat{merk}",
        "gemachtigde": f"Kievitnaam{merk}",
        "mede": f"Lijsternaam{merk}",
        "buiten": f"Merelnaam{merk}",
        "tekst": f"spechttekst{merk}",
        "bevinding": f"uiltekst{merk}",
        "stuk": f"reigerstuk{merk}.txt",
        "reden": f"meeuwreden{merk}",
    }
    document = f"Inhoud fuutinhoud{merk} van het stuk".encode()
    woorden["inhoud"] = f"fuutinhoud{merk}"

    def op(dag: int) -> dict[str, Any]:
        return {"gebeurd_op": BEGIN + timedelta(dag)}

    def leg(nummer: str, *feiten: Gebeurtenis) -> None:
        for feit in feiten:
            inhoud = document if isinstance(feit, g.DocumentToegevoegd) else None
            boeking.leg_vast(nummer, feit, door="anna", rol="coordinator", document=inhoud)

    with register.schrijven() as boeking:
        signaal, nummer = boeking.nieuw_nummer("S", BEGIN.year), boeking.nieuw_nummer("K", BEGIN.year)
        leg(
            signaal,
            g.SignaalOntvangen(
                **op(0), kanaal="telefoon", vestiging="weert", ontvanger="gijs", indiener_naam=woorden["indiener"],
                omschrijving=woorden["tekst"],
            ),
            g.SignaalOpSchriftGesteld(**op(1), klachtnummer=nummer),
        )  # fmt: skip
        leg(
            nummer,
            g.KlachtOntvangen(
                **{
                    **op(1), "reglement": "coulant", "reglement_versie": date(2000, 1, 1), "kanaal": "brief",
                    "indiener_soort": "klant", "vestiging": "weert", "categorie": "afspraken", "ontvanger": "gijs",
                    "signaal": signaal, "indiener_naam": f"{woorden['indiener']} de Vries",
                    "indiener_contact": woorden["contact"],
                    "omschrijving": f"{woorden['indiener']}: {woorden['tekst']}",
                    **anders,
                }
            ),
            g.CoordinatorGeinformeerd(**op(1), geinformeerde="anna"),
            g.KlachtGeregistreerd(**op(1)),
            g.DocumentToegevoegd(
                **op(2), document=hashlib.sha256(document).hexdigest(), naam=woorden["stuk"]
            ),
            g.GemachtigdeAangewezen(**op(2), naam=woorden["gemachtigde"], contact="k"),
            g.IndienerToegevoegd(**op(2), indiener_soort="klant", naam=woorden["mede"]),
            g.BehandelaarToegewezen(**op(3), behandelaar="bas", toegewezen_door="anna"),
            g.OntvangstBevestigd(**op(20), wijze="brief", behandelaar="bas", reden=woorden["reden"]),
            g.KlachtOnderzocht(**op(21), bevindingen=woorden["bevinding"]),
            g.GeenMaatregelenNodig(**op(22), overlegd_met="carla", motivering=woorden["tekst"]),
            g.ResultaatMeegedeeld(**op(23), wijze="brief"),
            g.KlachtAfgesloten(**op(24)),
            g.AfsluitingMeegedeeld(**op(24), wijze="brief"),
        )  # fmt: skip
    return Oud(nummer, signaal, document, woorden)


def concept(map: Path, tekst: str, id: str = "a1") -> None:
    """Leave a form that was not sent, in which a text stands."""
    Concepten(map, "anna").save(id, "w", {"indiener_naam": tekst}, datetime(2026, 3, 1, 12, 0, tzinfo=UTC))


def doe(register: Register, id: str, naam: str, nummer: str, **invoer: Any) -> Uitkomst:
    """Do a handeling as somebody, today."""
    return HANDELINGEN[naam](register, wie(id), nummer, vandaag=VANDAAG, **invoer)


def stel_voor(register: Register, nummer: str, id: str = "anna", **anders: Any) -> int:
    """Propose to erase; return the number of that fact."""
    invoer = {"grond": "bewaartermijn", "wie": "", "ook": (), "reden": REDEN, **anders}
    return doe(register, id, "voorstellen_wissen", nummer, **invoer).nrs[0]


def wis(register: Register, nummer: str, id: str = "carla", **anders: Any) -> Uitkomst:
    """Propose and carry out."""
    return doe(register, id, "uitvoeren_wissen", nummer, voorstel=stel_voor(register, nummer, **anders))


def gevonden(map: Path, woorden: Iterable[str]) -> dict[str, list[str]]:
    """Return in which files of each place these words can be read, byte for byte; no process may have it open."""
    woorden = tuple(woorden)
    uit = {plek.naam: plek.zoek(map, woorden) for plek in PLEKKEN}
    # And whatever there is besides the places of the list.
    bekend = {pad for plek in PLEKKEN for pad in plek.bestanden(map)}
    rest = [pad for pad in map.rglob("*") if pad.is_file() and pad not in bekend]
    uit["elders"] = [p.name for p in rest if any(w.encode() in p.read_bytes() for w in woorden)]
    return uit


def regels(voor: dict[str, list[str]], na: dict[str, list[str]]) -> str:
    """Return what was found before and after, to print."""
    return "\n".join(f"  {plek:<24} {len(voor[plek]):>3} -> {len(na[plek]):>3}" for plek in voor)


def standen(register: Register) -> dict[str, Any]:
    """Return every row that figures are counted from, at the end of each year and today.

    Without when something was last recorded, and so without where the stretches of days are cut.
    """
    uit: dict[str, Any] = {}
    with register.cursor() as cursor:
        for tabel in sorted(derived_tables()):
            zonder = {"van", "tot", "laatste_op", "laatste_nr"}
            kolommen = [k for k, *_ in cursor.execute(f"SELECT * FROM {tabel} LIMIT 0").description or ()]
            geldt = "van <= $dag AND tot > $dag" if "tot" in kolommen else "$dag IS NOT NULL"
            keuze = ", ".join(kolom for kolom in kolommen if kolom not in zonder)
            for dag in (*(date(jaar, 12, 31) for jaar in range(2020, 2026)), VANDAAG):
                sql = f"SELECT {keuze} FROM {tabel} WHERE {geldt} ORDER BY ALL"
                uit[f"{tabel} {dag}"] = cursor.execute(sql, {"dag": dag}).fetchall()
    return uit


def of_year(alle: list[Bewaring], op: date) -> list[Bewaring]:
    """Return what can be erased and was due when the year began."""
    return [een for een in alle if een.kan and een.sinds is not None and een.sinds <= date(op.year, 1, 1)]


def _new(een: Bewaring, terug: bool, voorgesteld: bool, kan: bool = True) -> bool:
    return ((een.soort == TERUGGEDRAAID) == terug) and ((een.voorstel is not None) == voorgesteld) and een.kan >= kan


IN_DEEL: dict[str, Callable[[Bewaring], bool]] = {
    "alles": lambda een: True,
    "dit_jaar": lambda een: een in of_year([een], VANDAAG),
    "kan": lambda een: een.kan,
    "niet": lambda een: not een.kan,
    "voorgesteld": lambda een: _new(een, False, True, kan=False),
    "te_wissen": lambda een: _new(een, False, True),
    "voor_te_stellen": lambda een: _new(een, False, False),
    "terug_voorgesteld": lambda een: _new(een, True, True),
    "terug_nieuw": lambda een: _new(een, True, False),
}


def lijst_van(register: Register, id: str) -> list[Bewaring]:
    """Return what somebody sees on page Bewaren: its parts, counted and page by page, are as Python would part it."""
    vorig = scherm.gebruik(register)
    try:
        with pytest.MonkeyPatch.context() as even:
            even.setattr(scherm, "gebruiker", lambda: wie(id))
            even.setattr(scherm, "vandaag", lambda: VANDAAG)
            hoeveel, alle = beeld.stand(), beeld.rijen("alles", 1_000)
            for deel, hoort in IN_DEEL.items():
                bladen = [beeld.rijen(deel, 2, eerste) for eerste in range(0, len(alle), 2)]
                verwacht = [een for een in alle if hoort(een)]
                assert ([een for blad in bladen for een in blad], hoeveel[deel]) == (verwacht, len(verwacht)), deel
            assert hoeveel.keys() == IN_DEEL.keys()
            return alle
    finally:
        scherm.gebruik(vorig)


def bevroren(register: Register) -> dict[str, bytes]:
    """Return the figures that each evaluation froze, as they are kept."""
    with register.cursor() as cursor:
        rijen = cursor.execute("SELECT klachtnummer, document FROM evaluatie WHERE document <> ''").fetchall()
    return {nummer: register.document(nummer, document) for nummer, document in rijen}


def evalueer(register: Register) -> None:
    """Evaluate the year of the klacht, and freeze its figures."""
    cijfers = jaarverslag.bevroren_tekst(register, BEGIN.year, VANDAAG)
    feit = g.EvaluatieGehouden(
        gebeurd_op=VANDAAG, jaar=BEGIN.year, directieleden=("carla",), document=hashlib.sha256(cijfers).hexdigest()
    )
    with register.schrijven() as boeking:
        nummer = boeking.nieuw_nummer("E", VANDAAG.year)
        boeking.leg_vast(nummer, feit, door="carla", rol="directie", document=cijfers)


def zonder_herkomst(cijfers: dict[str, Any]) -> str:
    """Return figures as text without on how many facts they were counted."""
    return json.dumps({naam: waarde for naam, waarde in cijfers.items() if naam != "herkomst"}, sort_keys=True)


def plat(waarden: Iterable[Sequence[str]]) -> list[str]:
    """Return lists as one."""
    return [deel for rij in waarden for deel in rij]
