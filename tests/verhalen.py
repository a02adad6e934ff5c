"""Golden stories: a sentence, what happens day by day, and what must be true afterwards (tests/dossiers/*.toml).

A story is played with the real handelingen on a real register. `[[gebeurt]]` is one handeling: who does what on which
day. `weigering` is the refusal it must get, `afwijking` the warning before its reason is accepted. `[dan]` is
what the register says afterwards, read from the tables that the evaluation uses. `[[afwezig]]` is who is absent when.
"""

from __future__ import annotations

import tomllib
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klachten import organisatie
from klachten.dossier.klacht import Dossier
from klachten.handelingen import HANDELINGEN, Geweigerd, RedenNodig, dossier_van
from klachten.register import Register
from tests.lijsten import afwezig

MAP = Path(__file__).parent / "dossiers"

INTAKE = {
    "doet": "stap_01_indienen_klacht",
    "wie": "anna",
    "kanaal": "brief",
    "vestiging": "weert",
    "ontvanger": "gijs",
    "indiener_soort": "klant",
    "indiener_naam": "J. Jansen",
    "omschrijving": "Mijn begeleider kwam drie keer niet opdagen.",
    "categorie": "afspraken",
}
STUUR = frozenset({"op", "wie", "doet", "in", "vandaag", "weigering", "afwijking", "reden", "als", "zonder_op"})


@dataclass
class Verhaal:
    """A story while it is played: the register, today, and the numbers that were made."""

    register: Register
    vandaag: date = date.min
    nummers: dict[str, str] = field(default_factory=dict)

    def gebeurt(self, stap: dict[str, Any]) -> None:
        """Do one handeling of the story and check the refusal or the warning that it names."""
        if stap.get("doet", INTAKE["doet"]) == INTAKE["doet"]:
            stap = {"coordinator_op": stap["op"], "verwerkt_op": stap["op"], **INTAKE, **stap}
        op = stap["op"]
        self.vandaag = stap.get("vandaag", max(self.vandaag, op))
        handeling = HANDELINGEN[stap["doet"]]
        invoer = {naam: self._named(waarde) for naam, waarde in stap.items() if naam not in STUUR and waarde != ""}
        if "bestand_tekst" in invoer:
            invoer["bestand"] = invoer.pop("bestand_tekst").encode()
        if any(veld.naam == "op" for veld in handeling.velden):
            invoer["op"] = op
        wie = organisatie.gebruiker(stap["wie"])
        assert wie is not None, stap["wie"]
        nummer = "" if handeling.nieuw else self.nummers[stap.get("in", "klacht")]

        def doe(reden: str) -> str:
            return handeling(self.register, wie, nummer, vandaag=self.vandaag, reden=reden, **invoer).klachtnummer

        if "weigering" in stap:
            voor = self.register.stand()
            with pytest.raises(Geweigerd) as fout:
                doe(stap.get("reden", ""))
            assert stap["weigering"] in str(fout.value), str(fout.value)
            assert self.register.stand() == voor, "a refusal must leave nothing behind"
            return
        if "afwijking" in stap:
            with pytest.raises(RedenNodig) as vraag:
                doe("")
            assert stap["afwijking"] in " ".join(vraag.value.waarschuwingen), vraag.value.waarschuwingen
        gemaakt = doe(stap.get("reden", ""))
        if handeling.nieuw:
            self.nummers[
                stap.get("als", {"K": "klacht", "E": "evaluatie", "S": "signaal"}.get(handeling.reeks, "T"))
            ] = gemaakt

    def _named(self, waarde: Any) -> Any:
        """Replace @naam by the number that was made under that name."""
        if isinstance(waarde, str) and waarde.startswith("@"):
            return self.nummers[waarde[1:]]
        return waarde

    def row(self, naam: str = "klacht") -> dict[str, Any]:
        """The row of table klacht, as the evaluation sees it."""
        with self.register.cursor() as cursor:
            gevonden = cursor.execute("SELECT * FROM klacht WHERE klachtnummer = ?", [self.nummers[naam]])
            return dict(zip([kolom[0] for kolom in gevonden.description], gevonden.fetchall()[0], strict=True))

    def termijnen(self, peildatum: date, naam: str = "klacht") -> dict[str, str]:
        """The status of each term on a peildatum."""
        with self.register.cursor() as cursor:
            return dict(
                cursor.execute(
                    "SELECT termijn, status FROM termijnen(?) WHERE klachtnummer = ?", [peildatum, self.nummers[naam]]
                ).fetchall()
            )

    def dossier(self, naam: str = "klacht") -> Dossier:
        """The dossier as the rules see it."""
        dossier = dossier_van(self.register, self.nummers[naam])
        assert isinstance(dossier, Dossier)
        return dossier


def play(register: Register, tekst: dict[str, Any]) -> Verhaal:
    """Play a whole story."""
    verhaal = Verhaal(register)
    with ExitStack() as weg:
        for afwezigheid in tekst.get("afwezig", ()):
            weg.enter_context(afwezig(**afwezigheid))
        for stap in tekst["gebeurt"]:
            verhaal.gebeurt(stap)
    return verhaal


def load(pad: Path) -> dict[str, Any]:
    """Read a story."""
    return tomllib.loads(pad.read_text(encoding="utf-8"))


def assert_same_as_table(dossier: Dossier, rij: dict[str, Any]) -> None:
    """What Python decides with and what SQL reports must be the same dossier."""
    assert dossier.status == rij["status"]
    assert dossier.geschil == rij["geschil"]
    assert dossier.behandelaar == rij["behandelaar"]
    assert dossier.betrokkenen == frozenset(rij["betrokkenen"])
    assert dossier.zonder_maatregelen == rij["zonder_maatregelen"]
    assert len(dossier.geldende_maatregelen) == rij["maatregelen"]
    assert len(dossier.open_maatregelen) == rij["maatregelen_open"]
    assert dossier.feiten_vermeld == rij["feiten_vermeld"]
    assert {nr: dossier.stap_op(nr) for nr in range(1, 16)} == {nr: rij[f"stap_{nr:02d}_op"] for nr in range(1, 16)}
