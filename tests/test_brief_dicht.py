"""A letter to an actienemer who is involved in the klacht does not say, anywhere, of which klacht it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from klachten import organisatie
from klachten.brieven import BRIEVEN, maken
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer
from klachten.handelingen.brief import why_not_now
from klachten.opening import open_register
from klachten.register import Register
from tests import firmaproef
from tests.briefproef import DAG, TOEGEWEZEN, maak, speel
from tests.test_brief_versturen import wie, zet_klaar
from tests.test_brieven import BESLIST

OP = date(2026, 1, 14)
VERTELD = {"op": OP, "wie": "anna", "doet": "stap_09_informeren_indiener", "wijze": "brief"}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Iterator[Register]:
    with open_register(shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("dicht") / "register")) as register:
        firmaproef.record(register, DAG)
        yield register


def test_its_mail_does_not_say_it_either_and_is_held_up_when_that_is_known_later(register: Register):
    verhaal = speel(register, TOEGEWEZEN, *BESLIST, VERTELD)
    nummer, brief, keuze = verhaal.nummers["klacht"], BRIEVEN["maatregel"], {"maatregel": 1}
    aan = organisatie.huidige().mensen["dirk"].naamdelen.e_mail
    assert aan

    def put(onderwerp: str) -> int:
        letter, _ = maak(register, nummer, "maatregel", op=OP, **keuze)
        hoe = {"naam": letter.naam, "aan": aan, "onderwerp": onderwerp, "vandaag": OP, "antwoorden": keuze}
        return zet_klaar(register, nummer, letter.docx, "maatregel", **hoe)[0]

    def ready(nr: int) -> str:
        klaar = next(v for v in register.vastleggingen(nummer) if v.nr == nr)
        return why_not_now(register, klaar, vandaag=OP, verzonden=False)

    _, wie_krijgt = maak(register, nummer, "maatregel", op=OP, **keuze)
    eerst = put(maken.subject(brief, verhaal.dossier(), wie_krijgt))
    assert ready(eerst) == ""
    HANDELINGEN["stap_04_toevoegen_betrokkene"](
        register, wie(), nummer, vandaag=OP, reden="Blijkt", op=OP, betrokkene="dirk"
    )
    assert "Het onderwerp noemt het klachtnummer" in ready(eerst)
    HANDELINGEN["intrekken_bericht"](register, wie(), nummer, vandaag=OP, reden="betrokken", bericht=eerst)
    with pytest.raises(OngeldigeInvoer, match="Het onderwerp noemt het klachtnummer"):
        put(f"U voert een maatregel uit ({nummer})")
    assert ready(put(maken.subject(brief, verhaal.dossier(), wie_krijgt))) == ""
