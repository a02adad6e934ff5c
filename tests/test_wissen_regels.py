"""Who may erase what, and when: two people in two roles, not involved, and nothing that is still needed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.bewaring import Wie, bewaren, count_of_year, of_dossier
from klachten.datamap import DATABASE
from klachten.dossier.personen import also_named, persons_in
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer, dossier_van, reglement_van
from klachten.opening import open_register
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.register.controle import controleer
from tests import firmaproef
from tests.wisproef import (
    BEGIN,
    VANDAAG,
    bevroren,
    doe,
    evalueer,
    lijst_van,
    of_year,
    oude_klacht,
    standen,
    stel_voor,
    wie,
    wis,
)

EEN = timedelta(1)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with open_register(tmp_path_factory.mktemp("regels") / "r") as register:
        yield register


def leg(register: Register, nummer: str, *feiten: g.Gebeurtenis) -> None:
    with register.schrijven() as boeking:
        for feit in feiten:
            boeking.leg_vast(nummer, feit, door="anna", rol="coordinator")


def due(register: Register, op: date = VANDAAG) -> dict[str, Any]:
    with register.cursor() as cursor:
        alle = bewaren(cursor, op, Wie.of(op))
        assert count_of_year(cursor, op, Wie.of(op)) == len(of_year(alle, op))
        assert [of_dossier(cursor, op, Wie.of(op), een.nummer) for een in alle] == alle
    return {een.nummer: een for een in alle}


def test_one_proposes_and_another_in_another_role_carries_it_out(register: Register):
    nummer = oude_klacht(register).nummer
    voorstel = stel_voor(register, nummer)
    for id, zin in (
        ("anna", "dit doet de directie"),
        ("bas", "dit doet de directie"),
        ("iris", "dit doet de directie"),
    ):
        with pytest.raises(Geweigerd, match=zin):
            doe(register, id, "uitvoeren_wissen", nummer, voorstel=voorstel)
    with pytest.raises(Geweigerd, match="staat al een voorstel"):
        stel_voor(register, nummer)
    doe(register, "carla", "afwijzen_wissen", nummer, voorstel=voorstel, reden="Nog niet")
    with pytest.raises(Geweigerd, match="staat niet open"):
        doe(register, "carla", "uitvoeren_wissen", nummer, voorstel=voorstel)
    doe(register, "frank", "uitvoeren_wissen", nummer, voorstel=stel_voor(register, nummer))
    assert dossier_van(register, nummer).gewist


def test_somebody_with_both_roles_does_not_do_both(register: Register):
    beide = Gebruiker("beide", "Beide Rollen", frozenset({"coordinator", "directie"}), "weert")
    met = organisatie.met(*(organisatie.gebruiker(id, VANDAAG) for id in ("anna", "carla")), beide)
    nummer = oude_klacht(register).nummer
    with met:
        voorstel = stel_voor(register, nummer, "beide")
        with pytest.raises(Geweigerd, match="u stelde het zelf voor"):
            doe(register, "beide", "uitvoeren_wissen", nummer, voorstel=voorstel)
        doe(register, "carla", "uitvoeren_wissen", nummer, voorstel=voorstel)


def test_who_is_involved_neither_proposes_nor_erases_nor_sees_it_in_the_list(register: Register):
    nummer = oude_klacht(register, betrokkenen=("anna", "carla")).nummer
    with pytest.raises(Geweigerd, match="u bent betrokken"):
        stel_voor(register, nummer)
    doe(register, "frank", "voorstellen_wissen", nummer, grond="bewaartermijn", reden="De bewaartermijn is voorbij.")
    voorstel = register.vastleggingen(nummer)[-1].nr
    with pytest.raises(Geweigerd, match="u bent betrokken"):
        doe(register, "carla", "uitvoeren_wissen", nummer, voorstel=voorstel)
    with pytest.raises(Geweigerd, match="u stelde het zelf voor"):
        doe(register, "frank", "uitvoeren_wissen", nummer, voorstel=voorstel)
    assert nummer not in {een.nummer for een in lijst_van(register, "anna")}
    assert nummer in {een.nummer for een in lijst_van(register, "frank")}


NODIG: list[tuple[str, list[g.Gebeurtenis], str]] = [
    ("loopt", [g.KlachtHeropend(gebeurd_op=VANDAAG - EEN, grond="oordeel")], "loopt nog"),
    ("geschil", [g.MeningsverschilGemeld(gebeurd_op=VANDAAG - EEN)], "loopt een geschil"),
    ("plicht", [g.BewaarplichtGesteld(gebeurd_op=VANDAAG - EEN)], "moet bewaard blijven"),
    ("nog niet", [g.KlachtHeropend(gebeurd_op=VANDAAG - EEN, grond="x"), g.KlachtAfgesloten(gebeurd_op=VANDAAG)],
     "nog niet voorbij"),
]  # fmt: skip


@pytest.mark.parametrize(("wat", "feiten", "zin"), NODIG, ids=[rij[0] for rij in NODIG])
def test_what_is_still_needed_is_not_erased(register: Register, wat: str, feiten: list[g.Gebeurtenis], zin: str):
    nummer = oude_klacht(register).nummer
    voorstel = stel_voor(register, nummer)
    leg(register, nummer, *feiten)
    with pytest.raises((Geweigerd, OngeldigeInvoer), match=zin):
        doe(register, "carla", "uitvoeren_wissen", nummer, voorstel=voorstel)
    if wat == "nog niet":  # of a request it is not asked whether the term is over
        doe(register, "anna", "afwijzen_wissen", nummer, voorstel=voorstel, reden="Anders")
        wis(register, nummer, grond="verzoek")


def test_what_has_to_stay_says_until_when(register: Register):
    nummer = oude_klacht(register).nummer
    with pytest.raises(OngeldigeInvoer, match="al voorbij"):
        doe(register, "anna", "stellen_bewaarplicht", nummer, tot=VANDAAG - EEN, reden="Rechtszaak")
    doe(register, "anna", "stellen_bewaarplicht", nummer, tot=VANDAAG + EEN, reden="Rechtszaak")
    assert due(register)[nummer].waarom_niet == ("het moet bewaard blijven",)
    assert due(register, VANDAAG + 2 * EEN)[nummer].kan
    doe(register, "carla", "opheffen_bewaarplicht", nummer, reden="Ingetrokken")
    assert due(register)[nummer].kan
    with pytest.raises(Geweigerd, match="hoeft al niet langer"):
        doe(register, "carla", "opheffen_bewaarplicht", nummer, reden="Nog eens")


def test_it_is_due_from_the_day_after_the_term_and_on_the_yearly_list_of_the_next_year(register: Register):
    nummer = oude_klacht(register).nummer
    einde = BEGIN + timedelta(24)
    eerste = date(einde.year + 2, einde.month, einde.day) + EEN
    assert nummer not in due(register, eerste - EEN)
    een = due(register, eerste)[nummer]
    assert (een.begin_op, een.sinds, een.kan) == (einde, eerste, True)
    dan = list(due(register, date(2025, 12, 31)).values())
    assert nummer not in {e.nummer for e in of_year(dan, date(2025, 12, 31))}
    nu = list(due(register, date(2026, 1, 2)).values())
    assert nummer in {e.nummer for e in of_year(nu, date(2026, 1, 2))}


def test_a_running_verbeteractie_about_its_year_and_category_keeps_a_klacht(register: Register):
    nummer = oude_klacht(register, categorie="privacy").nummer
    ander = oude_klacht(register).nummer
    op = {"gebeurd_op": date(2024, 1, 10)}
    with register.schrijven() as boeking:
        evaluatie = boeking.nieuw_nummer("E", 2024)
        for feit in (
            g.EvaluatieGehouden(**op, jaar=BEGIN.year, directieleden=("carla",)),
            g.VerbeteractieBepaald(
                **op, verbeteractie=1, actienemer="gijs", uiterlijk_op=date(2024, 3, 1), categorie="privacy"
            ),
        ):
            boeking.leg_vast(evaluatie, feit, door="carla", rol="directie")
    assert due(register)[nummer].waarom_niet == ("er loopt een verbeteractie over haar jaar en categorie",)
    assert due(register)[ander].kan
    leg(register, evaluatie, g.VerbeteractieUitgevoerd(gebeurd_op=VANDAAG, verbeteractie=1))
    assert due(register)[nummer].kan


def test_facts_about_erasing_are_not_put_right(register: Register):
    nummer = oude_klacht(register).nummer
    voorstel = stel_voor(register, nummer)
    for naam, invoer in (
        ("corrigeren_feit", {"gebeurd_op": BEGIN, "waarden": None}),
        ("herroepen_feit", {"op": VANDAAG}),
    ):
        with pytest.raises(Geweigerd, match="gaat over bewaren of wissen"):
            doe(register, "anna", naam, nummer, nr=voorstel, reden="x", **invoer)


def test_one_person_of_a_dossier(register: Register):
    oud = oude_klacht(register, "p")
    dossier = dossier_van(register, oud.nummer)
    mensen = persons_in(dossier)
    assert mensen["indiener"] == "Indiener: Zwaluwnaamp de Vries"
    mede = next(wie for wie in mensen if wie.startswith("mede_indiener"))
    assert {plek.veld for plek in also_named(dossier, "indiener")} == {"omschrijving"}
    with pytest.raises(OngeldigeInvoer, match="staat niet in het dossier"):
        stel_voor(register, oud.nummer, grond="verzoek", wie="buurman")
    with pytest.raises(OngeldigeInvoer, match=r"staat niet in het dossier: 1\.duif"):
        stel_voor(register, oud.nummer, grond="verzoek", wie="indiener", ook=("1.duif",))
    wis(register, oud.nummer, grond="verzoek", wie=mede)
    na = dossier_van(register, oud.nummer)
    assert na.van(g.IndienerToegevoegd)[0].naam == g.GEWIST
    assert na.ontvangst.indiener_naam == "Zwaluwnaamp de Vries"
    assert mede not in persons_in(na)
    assert not na.gewist


def test_a_document_that_is_about_the_person_goes_along(register: Register):
    oud = oude_klacht(register, "q")
    (document,) = register.dossiers.documents(oud.nummer)
    wis(register, oud.nummer, grond="verzoek", wie="gemachtigde", ook=(document,))
    assert register.dossiers.documents(oud.nummer) == []


def test_a_signaal_that_never_was_a_klacht(register: Register):
    with register.schrijven() as boeking:
        nummer = boeking.nieuw_nummer("S", 2023)
        signaal = g.SignaalOntvangen(
            gebeurd_op=BEGIN, kanaal="telefoon", vestiging="weert", ontvanger="gijs", indiener_naam="Winterkoning"
        )
        boeking.leg_vast(nummer, signaal, door="gijs", rol="medewerker")
    assert due(register)[nummer].waarom_niet == ("het signaal staat nog open",)
    with pytest.raises(Geweigerd, match="staat nog open"):
        stel_voor(register, nummer, grond="verzoek")
    leg(register, nummer, g.SignaalAfgedaan(gebeurd_op=BEGIN + EEN))
    wis(register, nummer)
    assert dossier_van(register, nummer).gewist
    assert nummer not in due(register)


GEEN_DOSSIER: list[tuple[Callable[[Register], str], str]] = [
    (lambda r: g.NUMMER, "staat niet in het register|geen dossier waaruit gewist kan worden"),
    (lambda r: "K2099-0001", "staat niet in het register"),
]


@pytest.mark.parametrize(("welk", "zin"), GEEN_DOSSIER)
def test_of_anything_else_nothing_is_erased(register: Register, welk: Callable[[Register], str], zin: str):
    with pytest.raises(Geweigerd, match=zin):
        stel_voor(register, welk(register))


VAN_DE_KLACHT: list[tuple[str, dict[str, Any], list[g.Gebeurtenis], str]] = [
    ("betrokken", {"betrokkenen": ("anna", "carla")}, [], "u bent betrokken bij klacht"),
    *((wat, {}, feiten, zin) for wat, feiten, zin in NODIG[:3]),
]


@pytest.mark.parametrize(("wat", "anders", "feiten", "zin"), VAN_DE_KLACHT, ids=[rij[0] for rij in VAN_DE_KLACHT])
def test_a_signaal_that_became_a_klacht_goes_by_the_rules_of_that_klacht(
    register: Register, wat: str, anders: dict[str, Any], feiten: list[g.Gebeurtenis], zin: str
):
    oud = oude_klacht(register, **anders)
    by_frank = {"grond": "verzoek", "reden": "Op verzoek"}
    if wat == "betrokken":
        with pytest.raises(Geweigerd, match=zin):
            stel_voor(register, oud.signaal, grond="verzoek")
        voorstel = doe(register, "frank", "voorstellen_wissen", oud.signaal, **by_frank).nrs[0]
    else:
        voorstel = stel_voor(register, oud.signaal, grond="verzoek")
    leg(register, oud.nummer, *feiten)
    with pytest.raises(Geweigerd, match=zin):
        doe(register, "carla", "uitvoeren_wissen", oud.signaal, voorstel=voorstel)
    assert not dossier_van(register, oud.signaal).gewist


def test_a_signaal_that_has_to_stay_is_not_erased_along_with_its_klacht(register: Register):
    oud = oude_klacht(register)
    voorstel = stel_voor(register, oud.nummer)
    doe(register, "anna", "stellen_bewaarplicht", oud.signaal, tot=None, reden="Rechtszaak")
    with pytest.raises(Geweigerd, match=f"{oud.signaal} moet bewaard blijven"):
        doe(register, "carla", "uitvoeren_wissen", oud.nummer, voorstel=voorstel)
    doe(register, "anna", "opheffen_bewaarplicht", oud.signaal, reden="Klaar")
    doe(register, "carla", "uitvoeren_wissen", oud.nummer, voorstel=voorstel)
    assert dossier_van(register, oud.signaal).gewist


VAN_HET_SIGNAAL: list[tuple[str, str, dict[str, Any]]] = [
    ("voorstellen", "voorstellen_wissen", {"grond": "verzoek"}),
    ("een persoon", "voorstellen_wissen", {"grond": "verzoek", "wie": "indiener"}),
    ("afwijzen", "afwijzen_wissen", {"voorstel": 0}),
    ("uitvoeren", "uitvoeren_wissen", {"voorstel": 0}),
    ("langer bewaren", "stellen_bewaarplicht", {"tot": None}),
    ("opheffen", "opheffen_bewaarplicht", {}),
    ("corrigeren", "corrigeren_feit", {"nr": -1, "gebeurd_op": BEGIN - EEN, "waarden": None}),
    ("herroepen", "herroepen_feit", {"nr": -1, "op": VANDAAG}),
]


@pytest.mark.parametrize(("wat", "naam", "invoer"), VAN_HET_SIGNAAL, ids=[rij[0] for rij in VAN_HET_SIGNAAL])
def test_who_is_involved_in_the_klacht_does_nothing_with_the_signaal_that_it_was(
    register: Register, wat: str, naam: str, invoer: dict[str, Any]
):
    oud = oude_klacht(register, betrokkenen=("anna", "carla"))
    if wat == "opheffen":
        doe(register, "frank", "stellen_bewaarplicht", oud.signaal, tot=None, reden="Rechtszaak")
    if "voorstel" in invoer:
        gevraagd = {"grond": "verzoek", "reden": "Op verzoek"}
        invoer = {"voorstel": doe(register, "frank", "voorstellen_wissen", oud.signaal, **gevraagd).nrs[0]}
    if "nr" in invoer:
        invoer = {**invoer, "nr": register.vastleggingen(oud.signaal)[0].nr}
    reden = {} if naam == "uitvoeren_wissen" else {"reden": "Daarom"}
    voor = register.stand().aantal
    for id in ("carla",) if naam == "uitvoeren_wissen" else ("anna", "carla"):
        with pytest.raises(Geweigerd, match=f"u bent betrokken bij klacht {oud.nummer}"):
            doe(register, id, naam, oud.signaal, **invoer, **reden)
    assert register.stand().aantal == voor


def test_of_an_evaluation_chosen_texts_go_and_every_figure_stays(register: Register):
    oude_klacht(register)
    evalueer(register)
    nummer = list(bevroren(register))[-1]
    op = {"gebeurd_op": VANDAAG, "verbeteractie": 1}
    bepaald = g.VerbeteractieBepaald(
        **op, actienemer="gijs", uiterlijk_op=VANDAAG, categorie="privacy", omschrijving="Praat met Koolmeesnaam"
    )
    leg(register, nummer, bepaald, g.VerbeteractieUitgevoerd(**op, toelichting="Gedaan"))
    nr = register.vastleggingen(nummer)[1].nr
    plek, document = g.place(nr, "omschrijving"), next(iter(register.dossiers.documents(nummer)))
    gevraagd = {"grond": "verzoek", "wie": g.TEKSTEN, "reden": "Koolmeesnaam vraagt het", "ook": (plek,)}
    for anders, zin in (
        ({"wie": ""}, "alleen teksten weg die u kiest"),
        ({"ook": ()}, "Kies een of meer teksten"),
        ({"ook": (plek, document)}, "Kies een of meer teksten"),
        ({"grond": "bewaartermijn"}, "nog niet voorbij"),
    ):
        with pytest.raises(OngeldigeInvoer, match=zin):
            doe(register, "anna", "voorstellen_wissen", nummer, **{**gevraagd, **anders})
    voor = bevroren(register), standen(register)
    voorstel = doe(register, "anna", "voorstellen_wissen", nummer, **gevraagd).nrs[0]
    with pytest.raises(Geweigerd, match="dit doet de directie"):
        doe(register, "anna", "uitvoeren_wissen", nummer, voorstel=voorstel)
    doe(register, "carla", "uitvoeren_wissen", nummer, voorstel=voorstel)
    assert (bevroren(register), standen(register)) == voor
    na = dossier_van(register, nummer)
    assert (na.verbeteracties[1].omschrijving, na.gewist) == (g.GEWIST, None)
    assert na.van(g.VerbeteractieUitgevoerd)[0].toelichting == "Gedaan"
    assert [een for een in controleer(register) if een.ernst == "fout"] == []
    bestanden = [pad for pad in register.map.rglob("*") if pad.is_file() and not pad.name.startswith(DATABASE)]
    assert not any(b"Koolmeesnaam" in pad.read_bytes() for pad in bestanden)


OVER_ZICHZELF = ("voorstellen_wissen", "afwijzen_wissen", "uitvoeren_wissen", "stellen_bewaarplicht",
                 "opheffen_bewaarplicht")  # fmt: skip


@pytest.fixture
def firma(tmp_path: Path, nieuwe_map: Path) -> Iterator[Register]:
    with open_register(shutil.copytree(nieuwe_map, tmp_path / "register")) as register:
        firmaproef.record(register, BEGIN)
        yield register


def test_nobody_decides_how_long_the_own_data_are_kept(firma: Register):
    register = firma
    mensen = register.organisatie.mensen
    zelf = "gaat over uw eigen gegevens"
    for naam in OVER_ZICHZELF:
        invoer = {
            "voorstellen_wissen": {"grond": "verzoek", "wie": "", "ook": ()}, "stellen_bewaarplicht": {"tot": None},
        }  # fmt: skip
        vraag = invoer.get(naam, {} if naam == "opheffen_bewaarplicht" else {"voorstel": 1})
        reden = {} if naam == "uitvoeren_wissen" else {"reden": "Daarom"}
        for id in ("carla",) if naam == "uitvoeren_wissen" else ("anna", "carla", "iris"):
            with pytest.raises(Geweigerd, match=zelf):
                doe(register, id, naam, mensen[id].nummer, **vraag, **reden)
    nummer = mensen["carla"].nummer
    doe(register, "anna", "stellen_bewaarplicht", nummer, tot=None, reden="Rechtszaak")
    with pytest.raises(Geweigerd, match=zelf):
        doe(register, "carla", "opheffen_bewaarplicht", nummer, reden="Klaar")
    doe(register, "iris", "opheffen_bewaarplicht", nummer, reden="Klaar")
    reglement = reglement_van(register, None, op=VANDAAG)
    eigen = HANDELINGEN["stellen_bewaarplicht"].toets(dossier_van(register, nummer), wie("carla"), reglement)
    assert zelf in (eigen[1] or ""), "nor is it offered"
