"""The evaluation of a year and the figures that are frozen with it (step 16)."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest

from klachten import jaarverslag
from klachten.__main__ import main
from klachten.analyse.jaar.jaarbeeld import jaarbeeld
from klachten.analyse.rapport import bevroren
from klachten.analyse.termijnen.netto import netten
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer, dossier_van
from klachten.kijklog import OPDRACHT, Kijkketen
from klachten.kijklog.regel import GEDOWNLOAD
from klachten.organisatie import Gebruiker
from klachten.register import Register, controle
from klachten.register.afleiding import derived_tables
from tests.verhalen import INTAKE

PEILDATUM = date(2026, 1, 31)
VANDAAG = date(2026, 3, 2)


def klacht(register: Register, anna: Gebruiker, op: date, **anders: Any) -> str:
    invoer = {**INTAKE, "op": op, "coordinator_op": op, "verwerkt_op": op, **anders}
    invoer = {naam: waarde for naam, waarde in invoer.items() if naam not in ("doet", "wie")}
    return HANDELINGEN["stap_01_indienen_klacht"](register, anna, vandaag=VANDAAG, **invoer).klachtnummer


def evalueer(register: Register, wie: Gebruiker, bestand: bytes | None, **anders: Any) -> str:
    invoer = {"op": date(2026, 2, 10), "jaar": 2025, "directieleden": (wie.id,), "conclusies": "Bel eerder.", **anders}
    handeling = HANDELINGEN["stap_16_evalueren_klachten"]
    return handeling(register, wie, vandaag=VANDAAG, bestand=bestand, **invoer).klachtnummer


def heropen(register: Register, wie: Gebruiker, nummer: str, bestand: bytes | None, reden: str) -> str:
    return HANDELINGEN["stap_16_heropenen_evaluatie"](
        register,
        wie,
        nummer,
        vandaag=VANDAAG,
        reden=reden,
        op=date(2026, 3, 1),
        directieleden=(wie.id,),
        conclusies="Nu compleet.",
        bestand=bestand,
    ).klachtnummer


@pytest.fixture
def gevuld(register: Register, anna: Gebruiker) -> Register:
    """Four klachten of 2025, one of 2024, and the numbers of trajecten."""
    for dag, categorie in ((3, "afspraken"), (9, "afspraken"), (17, "privacy"), (20, "overig")):
        klacht(register, anna, date(2025, 11, dag), categorie=categorie)
    klacht(register, anna, date(2024, 12, 1))
    return register


def test_the_figures_of_the_day_are_kept_with_the_evaluation(gevuld: Register, carla: Gebruiker) -> None:
    stand = gevuld.stand()
    tekst = jaarverslag.bevroren_tekst(gevuld, 2025, PEILDATUM)
    nummer = evalueer(gevuld, carla, tekst)
    feit = dossier_van(gevuld, nummer).evaluatie  # type: ignore[attr-defined]
    assert (feit.peildatum, feit.zegel, feit.aantal_feiten) == (PEILDATUM, stand.zegel, stand.aantal)
    assert (feit.versie, feit.vervangt, feit.software_versie) == (1, "", jaarverslag.__version__)
    assert gevuld.document(nummer, feit.document) == tekst
    cijfers = jaarverslag.bevroren_cijfers(gevuld, nummer)
    assert cijfers is not None
    assert cijfers["klachten"] == 4
    assert {b.ernst for b in controle.controleer(gevuld)} <= {"goed"}


def test_counted_twice_the_figures_are_the_same_text(gevuld: Register) -> None:
    een, twee = (jaarverslag.bevroren_tekst(gevuld, 2025, PEILDATUM) for _ in range(2))
    assert een == twee
    assert bevroren.to_json(bevroren.from_json(een)) == een


def test_a_later_correction_changes_the_figures_of_now_and_not_the_frozen_ones(
    gevuld: Register, anna: Gebruiker, carla: Gebruiker
) -> None:
    tekst = jaarverslag.bevroren_tekst(gevuld, 2025, PEILDATUM)
    nummer = evalueer(gevuld, carla, tekst)
    laat = klacht(gevuld, anna, date(2025, 12, 30), categorie="privacy")
    eerste = dossier_van(gevuld, "K2025-0001").geldig[0].nr
    HANDELINGEN["corrigeren_feit"](
        gevuld, anna, "K2025-0001", vandaag=VANDAAG, reden="Vergist.", nr=eerste, waarden={"categorie": "dossier"}
    )
    nu = jaarverslag.tel(gevuld, 2025, PEILDATUM)
    toen = jaarverslag.bevroren_cijfers(gevuld, nummer)
    assert laat == "K2025-0005"
    assert toen is not None
    assert (toen["klachten"], nu["klachten"]) == (4, 5)
    per_categorie = [{r["categorie"]: r["klachten"] for r in c["categorieen"]} for c in (toen, nu)]
    assert (per_categorie[0]["afspraken"], per_categorie[1]["afspraken"]) == (2, 1)
    assert bevroren.to_json(toen) == tekst


def test_beside_the_frozen_figures_stands_what_the_register_says_now(
    gevuld: Register, anna: Gebruiker, carla: Gebruiker
) -> None:
    nummer = evalueer(gevuld, carla, jaarverslag.bevroren_tekst(gevuld, 2025, PEILDATUM))
    gelijk = jaarverslag.sindsdien(gevuld, nummer)
    assert gelijk is not None
    assert gelijk.zinnen == ("Het register zegt nu nog hetzelfde.",)
    klacht(gevuld, anna, date(2025, 12, 30), categorie="privacy")
    eerste = dossier_van(gevuld, "K2025-0001").geldig[0].nr
    HANDELINGEN["corrigeren_feit"](
        gevuld, anna, "K2025-0001", vandaag=VANDAAG, reden="Vergist.", nr=eerste, waarden={"categorie": "dossier"}
    )
    nu = jaarverslag.sindsdien(gevuld, nummer)
    assert nu is not None
    assert nu.verbeterd == 1
    assert nu.later >= 1
    zinnen = nu.zinnen
    assert "1 feit is na het bevriezen verbeterd of herroepen." in zinnen
    assert "Klachten die meetellen: nu 5, bij het bevriezen 4." in zinnen
    assert "Categorie Afspraken: nu 1, bij het bevriezen 2." in zinnen
    assert "Categorie Dossier en rapportage: nu 1, bij het bevriezen –." in zinnen
    assert jaarverslag.bevroren_cijfers(gevuld, nummer)["klachten"] == 4  # type: ignore[index]


def test_what_happened_after_the_peildatum_changes_nothing(gevuld: Register, anna: Gebruiker, carla: Gebruiker) -> None:
    nummer = evalueer(gevuld, carla, jaarverslag.bevroren_tekst(gevuld, 2025, PEILDATUM))
    klacht(gevuld, anna, date(2026, 2, 20))
    nu = jaarverslag.sindsdien(gevuld, nummer)
    assert nu is not None
    assert nu.zinnen == ("Het register zegt nu nog hetzelfde.",)


def test_an_evaluation_without_figures_has_nothing_to_compare(gevuld: Register, carla: Gebruiker) -> None:
    assert jaarverslag.sindsdien(gevuld, evalueer(gevuld, carla, None)) is None


def test_the_frozen_figures_can_be_counted_again_from_the_facts_up_to_their_seal(
    gevuld: Register, anna: Gebruiker, carla: Gebruiker
) -> None:
    tekst = jaarverslag.bevroren_tekst(gevuld, 2025, PEILDATUM)
    nummer = evalueer(gevuld, carla, tekst)
    klacht(gevuld, anna, date(2025, 12, 30))
    feit = dossier_van(gevuld, nummer).evaluatie  # type: ignore[attr-defined]
    reglement = gevuld.reglementen["coulant"]
    with gevuld.cursor() as cursor:
        # The register as it was recorded up to that fact: every derived table made again from those facts only.
        cursor.execute("CREATE SCHEMA toen")
        for tabel in derived_tables():
            cursor.execute(
                f"CREATE TABLE toen.{tabel} AS SELECT * FROM {tabel} LIMIT 0; "
                f"INSERT INTO toen.{tabel} BY NAME SELECT * FROM {tabel}_uit_feiten(NULL, {feit.aantal_feiten})"
            )
        pad = cursor.execute("SELECT current_setting('search_path')").fetchall()[0][0]
        register = pad.split(",")[0].rsplit(".", 1)[0]
        cursor.execute(f"SET search_path = '{register}.toen,{pad}'")
        beeld = jaarbeeld(cursor, 2025, feit.peildatum, reglement=reglement)
        zonder_wachten = netten(cursor, peildatum=feit.peildatum, periode=2025)
    herkomst = bevroren.Herkomst(
        zegel=feit.zegel, aantal_feiten=feit.aantal_feiten, software_versie=feit.software_versie
    )
    assert bevroren.to_json(bevroren.cijfers(beeld, reglement, herkomst, zonder_wachten)) == tekst


def test_a_year_is_evaluated_once_and_then_only_as_a_new_version_with_a_reason(
    gevuld: Register, anna: Gebruiker, carla: Gebruiker, frank: Gebruiker
) -> None:
    eerste = evalueer(gevuld, carla, jaarverslag.bevroren_tekst(gevuld, 2025, PEILDATUM))
    klacht(gevuld, anna, date(2025, 12, 30))
    tekst = jaarverslag.bevroren_tekst(gevuld, 2025, date(2026, 2, 28))
    with pytest.raises(Geweigerd, match=f"2025 is al geëvalueerd \\({eerste}\\)"):
        evalueer(gevuld, frank, tekst)
    with pytest.raises(OngeldigeInvoer):
        heropen(gevuld, frank, eerste, tekst, "")
    tweede = heropen(gevuld, frank, eerste, tekst, "Een klacht kwam later boven water.")
    feit = dossier_van(gevuld, tweede).evaluatie  # type: ignore[attr-defined]
    assert (feit.versie, feit.vervangt, feit.reden) == (2, eerste, "Een klacht kwam later boven water.")
    assert [jaarverslag.bevroren_cijfers(gevuld, nr)["klachten"] for nr in (eerste, tweede)] == [4, 5]  # type: ignore[index]
    assert jaarverslag.laatste_evaluatie(gevuld, 2025) == tweede
    with pytest.raises(Geweigerd, match=f"al een nieuwere evaluatie \\({tweede}\\)"):
        heropen(gevuld, frank, eerste, None, "Nog eens.")


def test_figures_of_another_year_day_or_register_are_refused(gevuld: Register, carla: Gebruiker) -> None:
    goed = json.loads(jaarverslag.bevroren_tekst(gevuld, 2025, PEILDATUM))
    gevallen = {
        "niet door klachten gemaakt": b"{}",
        "gaan over 2024, niet over 2025": json.dumps(goed | {"periode": "2024"}).encode(),
        "na de evaluatie op 10 februari 2026": json.dumps(goed | {"peildatum": "2026-02-11"}).encode(),
        "niet op dit register geteld": json.dumps(goed | {"herkomst": goed["herkomst"] | {"zegel": "0" * 64}}).encode(),
    }
    voor = gevuld.stand()
    for zin, bestand in gevallen.items():
        with pytest.raises(OngeldigeInvoer) as fout:
            evalueer(gevuld, carla, bestand)
        assert zin in " ".join(fout.value.velden.values())
    assert gevuld.stand() == voor


def test_an_evaluation_without_frozen_figures_stays_valid(gevuld: Register, carla: Gebruiker) -> None:
    nummer = evalueer(gevuld, carla, None)
    assert jaarverslag.bevroren_cijfers(gevuld, nummer) is None
    assert jaarverslag.verslag(gevuld, 2025, vandaag=VANDAAG).startswith(b"%PDF")


def test_what_was_frozen_cannot_be_corrected_but_the_conclusions_can(gevuld: Register, carla: Gebruiker) -> None:
    nummer = evalueer(gevuld, carla, jaarverslag.bevroren_tekst(gevuld, 2025, PEILDATUM))
    nr = dossier_van(gevuld, nummer).geldig[0].nr

    def corrigeer(**waarden: Any) -> None:
        HANDELINGEN["corrigeren_feit"](gevuld, carla, nummer, vandaag=VANDAAG, reden="Tikfout.", nr=nr, waarden=waarden)

    for veld in ("bestand", "zegel", "document", "versie", "peildatum"):
        with pytest.raises(OngeldigeInvoer, match="kan niet gecorrigeerd worden"):
            corrigeer(**{veld: "x"})
    corrigeer(conclusies="Bel binnen een dag.")
    assert jaarverslag.evaluatie(gevuld, nummer).conclusies == "Bel binnen een dag."
    assert jaarverslag.bevroren_cijfers(gevuld, nummer) is not None


def test_the_report_of_an_evaluation_stays_the_same_whatever_is_recorded_afterwards(
    gevuld: Register, anna: Gebruiker, carla: Gebruiker, frank: Gebruiker
) -> None:
    eerste = evalueer(gevuld, carla, jaarverslag.bevroren_tekst(gevuld, 2025, PEILDATUM))
    toen = jaarverslag.verslag(gevuld, 2025, vandaag=VANDAAG)
    klacht(gevuld, anna, date(2025, 12, 30))
    heropen(gevuld, frank, eerste, jaarverslag.bevroren_tekst(gevuld, 2025, date(2026, 2, 28)), "Nakomer.")
    assert jaarverslag.verslag(gevuld, 2025, vandaag=VANDAAG, nummer=eerste) == toen
    assert jaarverslag.verslag(gevuld, 2025, vandaag=VANDAAG) != toen
    gelezen = " ".join(pagina.extract_text() for pagina in pypdf.PdfReader(io.BytesIO(toen)).pages)
    assert "Stand op 31 januari 2026" in gelezen
    assert "vastgesteld bij de evaluatie van 10 februari 2026" in " ".join(gelezen.split())


def test_the_command_writes_the_report_and_says_where(gevuld: Register, tmp_path: Path, capsys) -> None:
    gevuld.close()
    naar = tmp_path / "verslag.pdf"
    opdracht = ["rapport", "2025", "--peildatum", "2026-01-31", "--openbaar", "--map", str(gevuld.map)]
    assert main([*opdracht, "--naar", str(naar)]) == 0
    assert naar.read_bytes().startswith(b"%PDF")
    assert f"Verslag over 2025 gemaakt: {naar}" in capsys.readouterr().out
    (een,) = Kijkketen(gevuld.map).regels(Kijkketen(gevuld.map).maanden()[-1])
    regel = een.regel
    assert (regel.wat, regel.wie, regel.waar) == (GEDOWNLOAD, OPDRACHT, "jaarverslag_openbaar")
    assert main(["rapport", "2030", "--peildatum", "2026-01-31", "--map", str(gevuld.map)]) == 2
    assert "Er is geen verslag gemaakt: 2030 begint pas na de peildatum" in capsys.readouterr().err
