"""Whether a register is of this version of klachten, an earlier one or a newer: in its schema and in its facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from klachten.gebeurtenissen import unknown_to_us
from klachten.register.afleiding import current_derivation
from klachten.register.database import Connection
from klachten.register.migraties import migrations

BIJWERKEN = "Werk klachten bij en start opnieuw."


def schema_differs(con: Connection) -> tuple[Literal["fout", "let op"], str] | None:
    """Return what to say of a database whose schema is not that of this version; None when it is."""
    if not con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'migratie'").fetchall():
        return None  # then nothing can be read, which is said as such
    toegepast = {nr for (nr,) in con.execute("SELECT nr FROM migratie").fetchall()}
    bekend = {nr for nr, _, _ in migrations()}
    if nieuwer := toegepast - bekend:
        zin = (
            f"De database is gemaakt met een nieuwere versie van klachten (schema {max(nieuwer)}, deze versie kent "
            f"{max(bekend)}). Zij is niet vergeleken, en deze versie opent het register niet. {BIJWERKEN}"
        )
        return "fout", zin
    if bekend - toegepast:
        zin = (
            "De database is van een eerdere versie van klachten; bij de volgende start wordt zij bijgewerkt. Zij is "
            "nu niet vergeleken."
        )
        return "let op", zin
    return None


def derived_anew(con: Connection) -> bool:
    """Tell whether the next start derives everything anew: other definitions, or many groups that were broken off."""
    rijen = con.execute("SELECT waarde FROM inrichting WHERE naam = 'afgeleid'").fetchall()
    return rijen != [(current_derivation(),)]


def unknown_facts(vormen: Mapping[tuple[str, str, str], int]) -> list[str]:
    """Say which facts this version cannot read, of kinds with the names of their fields and the first such fact."""
    onbekend = sorted((nr, zin) for vorm, nr in vormen.items() if (zin := unknown_to_us(*vorm)))
    return [f"Feit {nr} is vastgelegd met een nieuwere versie van klachten: {zin}. {BIJWERKEN}" for nr, zin in onbekend]


def newer(con: Connection, *, velden: bool) -> str:
    """Say why a register can only be read, as it has facts that this version does not know; "" when it knows all.

    With `velden` the fields of each fact are looked at too, which takes seconds with a million facts.
    """
    namen = [f"array_to_string(json_keys({deel}), ',')" if velden else "''" for deel in ("gegevens", "teksten")]
    rijen = con.execute(f"SELECT soort, {', '.join(namen)}, min(nr) FROM gebeurtenis GROUP BY ALL").fetchall()
    zinnen = unknown_facts({(soort, een, ander): nr for soort, een, ander, nr in rijen})
    return f"U kunt alleen lezen, en lijsten en cijfers kunnen onvolledig zijn. {zinnen[0]}" if zinnen else ""
