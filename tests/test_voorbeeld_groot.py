"""A large example: the same facts as when every rule is asked, and whole batches whatever stops it."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from klachten import voorbeeld
from klachten.gebeurtenissen import InformatieGevraagd, KlachtOntvangen
from klachten.opening import open_register
from klachten.register.controle import controleer
from klachten.register.feitrij import write_out
from klachten.register.journaal import Journaal
from klachten.voorbeeld import voorbeeld as maker
from klachten.voorbeeld.feitvorm import NietInTeVullen, as_it_is, form_of
from klachten.voorbeeld.herhaling import Herhaling
from klachten.voorbeeld.meekijken import Notities, Woord, Woorden, watched_value
from klachten.voorbeeld.plan import years
from klachten.voorbeeld.toeval import Toeval
from klachten.voorbeeld.zet import IN_ORDER, Zet
from tests import eindig
from tests.registerproef import NU, ontvangst

VANDAAG = date(2026, 11, 20)
AANTAL = 450
ALTIJD_DOOR_HET_LICHAAM = {
    "corrigeren_feit", "herroepen_feit", "stap_03_koppelen_klacht", "stap_03_laten_vervallen",
    "stap_03_toevoegen_document", "stap_04_aanwijzen_buitenstaander", "stap_04_toevoegen_betrokkene",
    "stap_04_vervangen_behandelaar", "stap_08_laten_vervallen_maatregel", "stap_08_wijzigen_maatregel",
    "stap_15_heropenen_klacht", "stap_15_voorleggen_geschil",
}  # fmt: skip
"""Of another klacht, with a reason or a document, or looking at who the indiener is."""


def made(map: Path, monkeypatch: pytest.MonkeyPatch, **anders: int) -> list[Any]:
    """Facts, texts and what follows from them, without the salts and the zegels that follow from these."""
    for naam, waarde in anders.items():
        monkeypatch.setattr(maker, naam, waarde)
    voorbeeld.make(map, vandaag=VANDAAG, seed=9, aantal=AANTAL)
    with open_register(map) as register, register.cursor() as cursor:
        assert register.meldingen == []
        vragen = (
            "SELECT * EXCLUDE (teksten, deel, vorig, zegel) FROM gebeurtenis ORDER BY nr",
            "SELECT * FROM tekst ORDER BY nr, veld",
            *(f"SELECT * FROM {tabel} ORDER BY ALL" for tabel in register._db.afleiding.tabellen),
            "SELECT DISTINCT woord, klachtnummer FROM zoekwoord ORDER BY ALL",
        )
        return [cursor.execute(vraag).fetchall() for vraag in vragen]


def test_steps_that_are_filled_in_give_the_facts_that_every_rule_would_give(tmp_path: Path, monkeypatch):
    """Of every course there is: nothing is asked of a course a second time, and yet nothing differs."""
    volgens_alle_regels = made(tmp_path / "alle", monkeypatch)
    gedaan, ingevuld = Counter[str](), Counter[str]()
    fill_in = Herhaling._fill_in

    def counted(self, handeling, stap, sjabloon):
        ingevuld[handeling.naam] += 1
        return fill_in(self, handeling, stap, sjabloon)

    monkeypatch.setattr(Herhaling, "_fill_in", counted)
    play = maker.Spelers.play

    def played(self, zet):
        gedaan[zet.handeling] += zet.dossier[0] in "KSs"
        play(self, zet)

    monkeypatch.setattr(maker.Spelers, "play", played)
    assert made(tmp_path / "kort", monkeypatch, GROOT=1, GETOETST=1, PARTIJ=1500) == volgens_alle_regels
    assert ingevuld.total() > 0.6 * gedaan.total()
    assert {naam for naam, hoeveel in gedaan.items() if hoeveel > 12 and not ingevuld[naam]} <= ALTIJD_DOOR_HET_LICHAAM
    assert not ingevuld.keys() & ALTIJD_DOOR_HET_LICHAAM


KINDERLIJK = """
    import os, signal, sys
    from datetime import date
    from klachten import voorbeeld
    from klachten.register.dossiermap import Dossiermap
    from klachten.register.database import Database
    from klachten.voorbeeld import stroomverzamelaar, voorbeeld as maker

    map, waar, keer = sys.argv[1], sys.argv[2], int(sys.argv[3])
    maker.GROOT, maker.PARTIJ, stroomverzamelaar.PORTIE = 1, 800, 200
    klasse = Database if waar in ("settle", "catch_up") else Dossiermap
    echt, over = getattr(klasse, waar), [keer]

    def dood(self, *wat):
        over[0] -= 1
        if not over[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return echt(self, *wat)

    setattr(klasse, waar, dood)
    voorbeeld.make(__import__("pathlib").Path(map), vandaag=date(2026, 11, 20), seed=9, aantal=120)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(("waar", "keer"), [("write_together", 8), ("sync", 3), ("settle", 4), ("catch_up", 1)])
def test_killed_halfway_it_leaves_whole_batches(tmp_path: Path, waar: str, keer: int):
    kind = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KINDERLIJK), str(tmp_path / "r"), waar, str(keer)],
        capture_output=True,
        timeout=eindig.GENOEG,
        check=False,
    )
    assert kind.returncode == -signal.SIGKILL, kind.stderr.decode()
    with open_register(tmp_path / "r") as register:
        aantal = register.stand().aantal
        assert aantal == Journaal(register.map / "journaal").verify().kop.nr > 100
        assert {bevinding.zin for bevinding in controleer(register) if bevinding.ernst == "fout"} == set()
        with register.cursor() as cursor:
            groepen = cursor.execute("SELECT deel[2], count(*) FROM gebeurtenis GROUP BY nr - deel[1], deel[2]")
            assert all(van == hoeveel for van, hoeveel in groepen.fetchall())
            vers = cursor.execute("SELECT max(nr) FROM tekst").fetchall()
            assert vers[0][0] <= aantal
            ontvangen = cursor.execute(
                "SELECT count(*) FROM gebeurtenis WHERE soort = 'KlachtOntvangen' AND corrigeert IS NULL"
            ).fetchall()
            assert cursor.execute("SELECT count(*) FROM klacht").fetchall() == ontvangen
        assert max(nr for _, nr in register.dossiers.bundels.facts()) <= aantal


# --- what happens when, and by which chance ---------------------------------------------------------------------------


def test_the_draws_are_those_of_python_itself():
    """Another draw would be another example from the same seed."""
    eigen, echt = Toeval("zaad-9"), Random("zaad-9")
    for i in range(3000):
        van, tot, keuzes = -(i % 7), i % 1031, "abcdefghijk"[: 1 + i % 11]
        assert eigen.randint(van, tot) == echt.randint(van, tot)
        assert eigen.choice(keuzes) == echt.choice(keuzes)
        assert eigen.choices("abc", (5, 3, 4)) == echt.choices("abc", (5, 3, 4))
        assert (eigen.random(), eigen.sample(range(40), 3)) == (echt.random(), echt.sample(range(40), 3))


def test_of_nothing_there_is_nothing_to_draw():
    """A list that is empty by mistake is told of, and not drawn from for ever."""

    class Eindig(Toeval):
        keren = 0

        def getrandbits(self, k: int, /) -> int:
            self.keren += 1
            assert self.keren < 100, "it goes on drawing"
            return super().getrandbits(k)

    with pytest.raises(IndexError):
        Eindig(1).choice([])
    for van, tot in ((3, 2), (3, 1)):
        with pytest.raises(ValueError, match="from 3 to"):
            Eindig(1).randint(van, tot)


def test_zetten_come_in_order_of_time_and_only_those_of_before_today():
    """Laid out course by course and kept by day, as one sort of all of them would have it."""
    gezien: list[Zet] = list(maker.in_order(years(VANDAAG, 9, 300), VANDAAG, 9))
    assert [IN_ORDER(zet) for zet in gezien] == sorted(map(IN_ORDER, gezien))
    alle = [zet for _, zetten in maker._courses(years(VANDAAG, 9, 300), VANDAAG, 9) for zet in zetten]
    voorbij = [zet for zet in alle if zet.moment.date() < VANDAAG]
    assert 0 < len(gezien) == len(voorbij) < len(alle)
    assert sorted(map(IN_ORDER, gezien)) == sorted(map(IN_ORDER, voorbij))
    laatste = {zet.dossier: zet for zet in gezien}
    assert all(zet.laatste for naam, zet in laatste.items() if naam[0] == "K")


# --- what is noted, and what is filled in -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "vraag",
    [
        lambda w: w == "brief", lambda w: w != "brief", lambda w: w in {"brief"}, lambda w: {"brief": 1}.get(w), len,
        str, lambda w: f"{w}", lambda w: w + "x", lambda w: w.startswith("b"), lambda w: "r" in w, list,
    ],
)  # fmt: skip
def test_what_is_done_with_an_id_is_noted(vraag):
    notities = Notities()
    for waarde in ("brief", ("brief", "mail")):
        woord = watched_value("wijze", waarde, notities)
        assert (isinstance(woord, (Woord, Woorden)), bool(woord), notities.velden) == (True, True, set())
        try:
            vraag(woord)
        except (AttributeError, TypeError):
            continue
        finally:
            assert notities.velden == {"wijze"}
            notities.velden.clear()


def test_a_fact_with_blanks_is_filled_in_as_it_would_be_made():
    dag, ander = date(2026, 1, 5), date(2026, 3, 9)
    waarden: list[Any] = ["b%rief", ("info", 'x"y'), "Een %s tekst.", dag]
    invoer = [watched_value("kanaal", waarden[0], Notities()), watched_value("aspecten", waarden[1], Notities()),
              "".join(["Een ", "%s tekst."]), dag.replace()]  # fmt: skip
    waar = {id(waarde): i for i, waarde in enumerate(invoer)}
    gemaakt = ontvangst(kanaal=invoer[0], aspecten=invoer[1], omschrijving=invoer[2], gebeurd_op=invoer[3])
    assert type(as_it_is(gemaakt, waar, waarden).kanaal) is str
    vorm = form_of(gemaakt, waar, waarden)
    for nu in (waarden, ["é\n", ("afspraken",), "Anders \\ dan.", ander]):
        verwacht = replace(ontvangst(), kanaal=nu[0], aspecten=nu[1], omschrijving=nu[2], gebeurd_op=nu[3])
        assert vorm.written(nu) == write_out(verwacht)
        vastlegging = vorm.recorded(7, "K2026-0001", nu, NU, "anna", "coordinator")
        assert (vastlegging.feit, vastlegging.nr, type(vastlegging.feit)) == (verwacht, 7, KlachtOntvangen)


@pytest.mark.parametrize("anders", [{"vraag": "zelf bedacht"}, {"gebeurd_op": date(2026, 1, 9)}])
def test_what_comes_from_nowhere_is_not_filled_in(anders: dict[str, Any]):
    dag, tekst = date(2026, 1, 5), "".join(["Wat ", "dan?"])
    gemaakt = InformatieGevraagd(**{"gebeurd_op": dag, "bij": "indiener", "vraag": tekst, **anders})
    with pytest.raises(NietInTeVullen):
        form_of(gemaakt, {id(dag): 0, id(tekst): 1}, [dag, tekst])
