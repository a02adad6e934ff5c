"""Which tables an export has: each a question to the register as it stands, whatever the form it is written in.

What a table and its columns mean stands in woordenboek.toml; tests/test_uitvoer.py holds that none is missing there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from klachten.gebeurtenissen import SOORTEN, genoemd, is_tekst
from klachten.register import Register
from klachten.register.database import Connection
from klachten.reglement import ALLEEN_GETELD, KEUZELIJSTEN
from klachten.taal import feit_in_woorden

_NU = "SELECT * EXCLUDE (van, tot) FROM {}"
_NAAM = "(SELECT p.naam FROM temp.personen AS p WHERE p.id = {})"

TABELLEN: dict[str, str] = {
    "klachten": f"""
        SELECT * EXCLUDE (van, tot, stappen_op, stap_eerst_op), {_NAAM.format("k.behandelaar")} AS behandelaar_naam,
            (SELECT max(c.naam) FROM temp.keuzes AS c WHERE c.reglement = k.reglement AND c.lijst = 'categorieen'
                AND c.id = k.categorie) AS categorie_naam
        FROM klacht AS k ORDER BY klachtnummer
    """,
    "nadere_gegevens": f"{_NU.format('nader')} ORDER BY klachtnummer",
    "partijen": """
        SELECT t.klachtnummer, t.nr, n.rol, n.gegeven, t.tekst, g.gebeurd_op
        FROM tekst AS t JOIN gebeurtenis AS g ON g.nr = t.nr
        JOIN temp.noemt AS n ON n.soort = g.soort AND n.veld = t.veld
        ORDER BY t.klachtnummer, t.nr, t.veld
    """,
    "termijnen": """
        SELECT klachtnummer, reglement, termijn, termijn_naam, stap, start_op, uiterlijk_op, uiterlijk_om,
            verschoven_op, verlengbaar_tot, gesteld_grond, einde_op, status, besloten_op, in_tak, dagen_over, gezien_op
        FROM termijnen(DATE '{vandaag}') ORDER BY klachtnummer, stap, termijn
    """,
    "gestelde_termijnen": f"{_NU.format('gestelde_termijn')} ORDER BY klachtnummer, termijn",
    "maatregelen": f"{_NU.format('maatregel')} ORDER BY klachtnummer, maatregel",
    "bevindingen": f"{_NU.format('bevinding')} ORDER BY klachtnummer, aspect",
    "wachttijden": f"{_NU.format('wachten')} ORDER BY klachtnummer, wachten",
    "geschillen": f"{_NU.format('geschil')} ORDER BY klachtnummer, geschil",
    "eerdere_eindes": f"{_NU.format('eerder_einde')} ORDER BY klachtnummer, nr",
    "signalen": f"{_NU.format('signaal')} ORDER BY klachtnummer",
    "evaluaties": f"{_NU.format('evaluatie')} ORDER BY klachtnummer",
    "verbeteracties": f"{_NU.format('verbeteractie')} ORDER BY klachtnummer, verbeteractie",
    "trajecten": "SELECT * FROM trajecten ORDER BY vanaf, laatste, vestiging",
    "bronnen": "SELECT * EXCLUDE (klachtnummer) FROM overgenomen_bron ORDER BY bron",
    "berichten": "SELECT * FROM bericht ORDER BY nr",
    "documenten": "SELECT * FROM temp.documenten ORDER BY klachtnummer, nr",
    "personen": "SELECT * FROM temp.personen ORDER BY nummer, id",
    "rollen": "SELECT * FROM temp.rollen ORDER BY persoon, van, rol",
    "afwezigheden": "SELECT * FROM temp.afwezigheden ORDER BY persoon, van",
    "keuzes": "SELECT * FROM temp.keuzes ORDER BY reglement, lijst, id",
    "stappen": "SELECT * FROM temp.stappen ORDER BY reglement, stap",
    "reglementtermijnen": "SELECT * FROM termijn ORDER BY reglement, termijn, geldig_vanaf, kenmerk",
    "streeftermijnen": "SELECT * FROM streeftermijn ORDER BY reglement, termijn, geldig_vanaf",
    "soorten": "SELECT * FROM temp.soorten ORDER BY soort, veld",
    "feiten": """
        SELECT nr, klachtnummer, stap, soort, CASE soort {namen} END AS naam, gebeurd_op, vastgelegd_op, door, rol,
            corrigeert, get_bit(CAST('{ongeldig}' AS BITSTRING), CAST(nr AS INTEGER)) = 0 AS geldt,
            CAST(gegevens AS VARCHAR) AS gegevens, zegel
        FROM gebeurtenis WHERE nr <= {tot}
    """,
    "teksten": "SELECT nr, klachtnummer, veld, tekst FROM tekst WHERE nr <= {tot}",
}
"""Each table by name; what stands between braces is filled in, everything else is constant.

The two long ones are written as they stand, facts in the order of recording: sorting them would take all of them into
memory, and a join would lose that order. So which facts do not count is one row of bits, and what a kind is called a
CASE.
"""


@dataclass(frozen=True)
class Kolom:
    """A column as the database has it."""

    naam: str
    soort: str

    @property
    def lijst(self) -> bool:
        """Whether there can be more than one value in a cell."""
        return self.soort.endswith("[]")


@dataclass(frozen=True)
class Vragen:
    """The questions as of a day and a fact; `ongeldig` has a 1 at the number of each fact that does not count."""

    vandaag: date
    tot: int
    ongeldig: str

    def __getitem__(self, naam: str) -> str:
        """Return the question that gives a table."""
        namen = " ".join(f"WHEN '{soort}' THEN '{in_woorden(soort)}'" for soort in SOORTEN)
        vraag = TABELLEN[naam].strip()
        for plek, wat in (("vandaag", self.vandaag), ("tot", self.tot), ("namen", namen), ("ongeldig", self.ongeldig)):
            vraag = vraag.replace(f"{{{plek}}}", str(wat))
        return vraag


def in_woorden(soort: str) -> str:
    """Return what a kind of fact is called, as it begins a line."""
    return feit_in_woorden(soort).capitalize()


def columns(cursor: Connection, vraag: str) -> list[Kolom]:
    """Return the columns of the answer to a question, in their order."""
    return [Kolom(rij[0], rij[1]) for rij in cursor.execute(f"DESCRIBE {vraag}").fetchall()]


def prepare(
    cursor: Connection, register: Register, vandaag: date, tot: int, documenten: Iterable[Sequence[Any]]
) -> Vragen:
    """Return the questions, after this cursor got what is no table of the register: people, choices and documents."""
    mensen = sorted(register.organisatie.mensen.values(), key=lambda wie: wie.nummer)
    reglementen = [boek.op(vandaag) for _, boek in sorted(register.reglementen.items())]
    _put(
        cursor, "personen",
        "id VARCHAR, nummer VARCHAR, naam VARCHAR, e_mail VARCHAR, van DATE, laatste_dag DATE, gewist BOOLEAN",
        ((p.id, p.nummer, p.naam, p.naamdelen.e_mail, min((i.van for i in p.in_dienst), default=None), p.laatste_dag,
          p.gewist) for p in mensen),
    )  # fmt: skip
    _put(
        cursor, "rollen", "persoon VARCHAR, rol VARCHAR, vestiging VARCHAR, van DATE, tot DATE",
        ((p.id, rol.rol, rol.vestiging, rol.van, rol.tot) for p in mensen for rol in p.rollen),
    )  # fmt: skip
    _put(
        cursor, "afwezigheden", "persoon VARCHAR, van DATE, tot DATE, vervanger VARCHAR, toelichting VARCHAR",
        ((p.id, weg.van, weg.tot, weg.vervanger, weg.toelichting) for p in mensen for weg in p.afwezigheden),
    )  # fmt: skip
    _put(
        cursor, "keuzes",
        "reglement VARCHAR, lijst VARCHAR, id VARCHAR, naam VARCHAR, geldig_tot DATE, opgevolgd_door VARCHAR",
        ((boek.id, lijst, keuze.id, keuze.naam, keuze.geldig_tot, keuze.opgevolgd_door)
         for boek in reglementen for lijst in KEUZELIJSTEN if lijst not in ALLEEN_GETELD
         for keuze in boek.keuzes(lijst)),
    )  # fmt: skip
    _put(
        cursor, "stappen", "reglement VARCHAR, stap INTEGER, naam VARCHAR, korte_naam VARCHAR",
        ((boek.id, stap.nr, stap.naam, stap.korte_naam) for boek in reglementen for stap in boek.stappen),
    )  # fmt: skip
    _put(cursor, "namen", "soort VARCHAR, naam VARCHAR", ((soort, in_woorden(soort)) for soort in SOORTEN))
    _put(
        cursor, "soorten", "soort VARCHAR, naam VARCHAR, stap INTEGER, veld VARCHAR, waar VARCHAR",
        ((soort, in_woorden(soort), klasse.stap, veld.name,
          "teksten" if is_tekst(veld) else "gegevens")
         for soort, klasse in SOORTEN.items() for veld in klasse.__dataclass_fields__.values()
         if veld.name != "gebeurd_op"),
    )  # fmt: skip
    _put(cursor, "noemt", "soort VARCHAR, veld VARCHAR, rol VARCHAR, gegeven VARCHAR", _named())
    _put(
        cursor, "documenten",
        "nr BIGINT, klachtnummer VARCHAR, soort VARCHAR, naam VARCHAR, bestand VARCHAR, sha256 VARCHAR, "
        "bytes BIGINT, toestand VARCHAR",
        documenten,
    )  # fmt: skip
    ongeldig = bytearray(b"0" * (tot + 1))
    for (nr,) in cursor.execute(
        "SELECT g.nr FROM gebeurtenis AS g ANTI JOIN feit(NULL, NULL) AS f ON f.nr = g.nr WHERE g.nr <= ?", [tot]
    ).fetchall():
        ongeldig[nr] = ord("1")
    return Vragen(vandaag, tot, ongeldig.decode("ascii"))


def _named() -> list[tuple[str, str, str, str]]:
    """Return which text of which kind of fact names whom, or says how to reach them."""
    uit = [(soort.__name__, veld, wie) for soort, velden in genoemd.NOEMT.items() for veld, wie in velden.items()]
    uit += [
        (soort, genoemd.NAMENS, genoemd.BUITEN)
        for soort, klasse in SOORTEN.items()
        if genoemd.NAMENS in klasse.__dataclass_fields__
    ]
    return [(soort, veld, wie, "contact" if genoemd.is_contact(veld) else "naam") for soort, veld, wie in uit]


def _put(cursor: Connection, tabel: str, kolommen: str, rijen: Iterable[Sequence[Any]]) -> None:
    """Make a table of this cursor alone; the register does not get it."""
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE {tabel} ({kolommen})")
    alle = list(rijen)
    if alle:
        lijst = ", ".join("unnest(?)" for _ in alle[0])
        cursor.execute(f"INSERT INTO temp.{tabel} SELECT {lijst}", [list(kolom) for kolom in zip(*alle, strict=True)])
