"""A register in which a newer version of klachten wrote: it is said, what can be read is read, and writing stops."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from klachten import scherm
from klachten.gebeurtenissen import NUMMER
from klachten.opening import open_register
from klachten.register import Register, RegisterAlleenLezen, RegisterNieuwer
from klachten.register.controle import controleer
from klachten.register.journaal import seal
from tests.lijsten import Lijst
from tests.registerproef import fouten, leg_klacht_vast, leg_stap_vast, open_at
from tests.schermproef import open_pagina

SOORT = "het soort 'KlachtGeschorst' is hier onbekend"
VELD = "KlachtGeregistreerd heeft hier onbekende gegevens: spoed"


def schrijf_nieuwer(map: Path, nummer: str, **anders: object) -> int:
    """Add a line to the journal as a newer version would, with these parts otherwise; returns its number."""
    pad = sorted((map / "journaal").glob("*.jsonl"))[-1]
    regels = pad.read_text(encoding="utf-8").splitlines()
    laatste = json.loads(regels[-1])
    nieuw = laatste | {"nr": laatste["nr"] + 1, "vorig": laatste["zegel"], "klachtnummer": nummer, "deel": [1, 1]}
    nieuw |= {"soort": "KlachtGeregistreerd", "gegevens": {}, "teksten": {}, "corrigeert": None, **anders}
    nieuw.pop("zegel")
    with pad.open("a", encoding="utf-8", newline="\n") as bestand:
        bestand.write(seal(nieuw)[0] + "\n")
    return nieuw["nr"]


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"soort": "KlachtGeschorst"}, SOORT),
        ({"gegevens": {"spoed": True}}, VELD),
        ({"teksten": {"spoed": "a" * 64}}, VELD),
    ],
    ids=["a kind", "a field", "a text"],
)
def test_of_a_fact_of_a_newer_version_all_is_said_and_nothing_is_recorded_any_more(tmp_path, anders, zin):
    with open_at(tmp_path) as register:
        ander, nummer = leg_klacht_vast(register), leg_klacht_vast(register)
    nr = schrijf_nieuwer(tmp_path, nummer, **anders)
    assert any(
        f"Feit {nr} is vastgelegd met een nieuwere versie van klachten: {zin}" in f
        for f in fouten(controleer(tmp_path))
    )
    with open_at(tmp_path) as register:
        if "soort" not in anders:
            assert register.alleen_lezen == ""  # a look at every field comes after the first page
        register.check_version()
        assert register.alleen_lezen.startswith("U kunt alleen lezen, en lijsten en cijfers kunnen onvolledig zijn.")
        assert zin in register.alleen_lezen
        with pytest.raises(RegisterAlleenLezen, match="Werk klachten bij"):
            leg_stap_vast(register, ander)
        assert len(register.vastleggingen(ander)) == 2
        if "teksten" not in anders:
            with pytest.raises(RegisterNieuwer, match=f"Feit {nr} van {nummer} is vastgelegd met een nieuwere versie"):
                register.vastleggingen(nummer)


def test_its_organisation_decides_who_may_what_so_that_is_never_read_in_part(tmp_path, ingericht):
    map = tmp_path / "register"
    shutil.copytree(ingericht, map)
    schrijf_nieuwer(map, NUMMER, soort="RolBeperkt")
    for _ in range(2):  # as the journal has it, and as the database would
        with pytest.raises(RegisterNieuwer, match=r"Onbekend soort feit 'RolBeperkt'.*Werk klachten bij"):
            open_register(map)


def test_a_database_of_a_newer_schema_is_not_in_order_and_does_not_open(tmp_path):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
    with duckdb.connect(str(tmp_path / "klachten.duckdb")) as con:
        con.execute("INSERT INTO migratie VALUES (999, '999_later.sql', 'x', current_localtimestamp())")
    assert [zin[:70] for zin in fouten(controleer(tmp_path))] == [
        "De database is gemaakt met een nieuwere versie van klachten (schema 999"[:70]
    ]
    with pytest.raises(RegisterNieuwer, match="schema 999"):
        open_at(tmp_path)


def test_the_page_of_such_a_dossier_says_it_and_other_pages_say_that_they_may_lack_something(firma: Register) -> None:
    ander, nummer = (Lijst(firma).intake() for _ in range(2))
    map = firma.map
    firma.close()
    schrijf_nieuwer(map, nummer, soort="KlachtGeschorst")
    with open_register(map) as register:
        scherm.gebruik(register)
        proef = open_pagina("dossier", "anna", nummer=nummer)
        assert not proef.exception
        gezegd = [fout.value for fout in proef.error]
        assert gezegd[0].startswith("U kunt alleen lezen")
        assert any("kan hier niet worden gelezen" in zin for zin in gezegd[1:])
        for naam, query in (("dossier", {"nummer": ander}), ("klachten", {}), ("werkvoorraad", {})):
            proef = open_pagina(naam, "anna", **query)
            assert not proef.exception
            assert [fout.value for fout in proef.error] == gezegd[:1]
        scherm.gebruik(firma)
