"""Roles are those of a day: who acts has them today, whom a fact names had them then, and so had everybody else.

A table of cells: the day that is asked, the period in which somebody has a role, the rule, and what comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.analyse.werk.werkvoorraad import werkvoorraad
from klachten.dossier.klacht import Dossier
from klachten.dossier.mag import mag
from klachten.dossier.rechten import neemt_waar, rol_in, vrije_coordinatoren, vrije_directie
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer, RedenNodig
from klachten.handelingen.opnieuw import _recorder
from klachten.organisatie import Afwezigheid, Naam, Organisatie, Periode, Persoon, Rolperiode
from klachten.register import Register
from klachten.scherm.dossier.beeld import aandachtspunten
from klachten.voorbeeld.rolverdeling import cast
from tests.lijsten import ONTVANGEN, VANDAAG, VESTIGINGEN, Lijst
from tests.standenproef import ontvangst, vastgelegd
from tests.voorbeeldfirma import COULANT

# The role of N, who is asked about: from NEW on, up to and including OLD, or always.
EERDER, GRENS, LATER = ONTVANGEN, ONTVANGEN + timedelta(10), ONTVANGEN + timedelta(20)
EEN = timedelta(1)
KOMT, GAAT, BLIJFT = (GRENS, None), (date.min, GRENS), (date.min, None)
VOOR, OP, NA = GRENS - EEN, GRENS, GRENS + EEN


def persoon(id: str, *rollen: tuple[str, date, date | None], afwezig: tuple[Afwezigheid, ...] = ()) -> Persoon:
    return Persoon(
        id=id, nummer="", naamdelen=Naam(voornaam=id.capitalize()), in_dienst=(Periode(van=date.min),),
        rollen=tuple(Rolperiode(rol=rol, van=van, tot=tot) for rol, van, tot in rollen), afwezigheden=afwezig,
    )  # fmt: skip


@contextmanager
def met(*mensen: Persoon) -> Iterator[Organisatie]:
    wie, anders = object(), Organisatie(voorbeeld=True, mensen={p.id: p for p in mensen})
    organisatie.zet(wie, anders)
    try:
        yield anders
    finally:
        organisatie.weg(wie)


def dossier(*feiten: Gebeurtenis, betrokken: tuple[str, ...] = ()) -> Dossier:
    return Dossier("K2026-0001", vastgelegd("K2026-0001", [ontvangst(*betrokken), *feiten]))


def ids(mensen: list[organisatie.Gebruiker]) -> list[str]:
    return [wie.id for wie in mensen]


VIER = "stap_04_toewijzen_behandelaar"
BEHANDELT = (("behandelaar", date.min, None),)
Regel = Callable[[str, date, Organisatie], object]
BUITEN = g.BuitenstaanderAangewezen(gebeurd_op=EERDER, vastlegger="m", persoon="Mr. Buiten", reden="Allen betrokken")


def _gebruiker(org: Organisatie, id: str, op: date) -> organisatie.Gebruiker:
    wie = org.gebruiker(id, op)
    assert wie is not None
    return wie


def _mag(handeling: str, id: str, *feiten: Gebeurtenis, betrokken: tuple[str, ...] = ()) -> Regel:
    return lambda rol, op, org: (
        mag(dossier(*feiten, betrokken=betrokken), handeling, _gebruiker(org, id, op), COULANT) is None
    )


# Of each rule: the role of N that it asks about, and what it says when N has that role and when not.
REGELS: dict[str, tuple[str, Regel, object, object]] = {
    "vrije_directie": ("directie", lambda rol, op, org: ids(vrije_directie(dossier(), op)), ["n"], []),
    "vrije_coordinatoren": ("coordinator", lambda rol, op, org: ids(vrije_coordinatoren(dossier(), op)), ["n"], []),
    "who acts: step 3": ("coordinator", _mag("stap_03_verwerken_klacht", "n"), True, False),
    "who acts: step 4": (
        "directie", lambda rol, op, org: rol_in(dossier(), VIER, _gebruiker(org, "n", op), COULANT),
        "directie", None,
    ),
    # Nobody outside is needed while somebody of directie is free.
    "nobody outside": ("directie", _mag("stap_04_aanwijzen_buitenstaander", "m"), False, True),
    # A colleague does it only while no coordinator can.
    "a colleague names somebody outside": ("coordinator", _mag("stap_04_aanwijzen_buitenstaander", "m"), False, True),
    # And the escape ends where somebody of directie can decide again.
    "on behalf of somebody outside": (
        "directie", lambda rol, op, org: neemt_waar(dossier(BUITEN), _gebruiker(org, "m", op)), False, True,
    ),
    "what a dossier draws attention to": (
        "directie", lambda rol, op, org: any("buiten" in p.zin for p in aandachtspunten(dossier(), op)), False, True,
    ),
    "what holds for a list of what was done": ("behandelaar", lambda rol, op, org: len(org.ooit("behandelaar")), 1, 1),
}  # fmt: skip
CELLEN = [
    (naam, periode, op, heeft)
    for naam in REGELS
    for periode, dagen in (
        (KOMT, ((VOOR, False), (OP, True), (NA, True))),
        (GAAT, ((VOOR, True), (OP, True), (NA, False))),
        (BLIJFT, ((VOOR, True), (NA, True))),
    )
    for op, heeft in dagen
]


@pytest.mark.parametrize(("naam", "periode", "op", "heeft"), CELLEN)
def test_a_rule_asks_for_the_roles_of_the_day(naam: str, periode: tuple[date, date | None], op: date, heeft: bool):
    rol, regel, wel, niet = REGELS[naam]
    with met(persoon("n", (rol, *periode)), persoon("m", ("medewerker", *BLIJFT))) as org:
        assert regel(rol, op, org) == (wel if heeft else niet)


# --- whom a fact names: on the day of the fact, whatever day it is recorded ------------------------------------------

# The handeling, the field that names N, the role it asks, and what else is filled in; `in` is how far the klacht is.
NOEMT = [
    ("stap_02_informeren_coordinator", "geinformeerde", "coordinator", 1, {}),
    ("stap_04_toewijzen_behandelaar", "behandelaar", "behandelaar", 3, {"reden": "x"}),
    ("stap_08_bepalen_maatregel", "actienemer", "actienemer", 6, {"overlegd_met": "carla"}),
    ("stap_08_bepalen_maatregel", "overlegd_met", "directie", 6, {"actienemer": "dirk"}),
]


@pytest.mark.parametrize(("handeling", "veld", "rol", "tot", "meer"), NOEMT)
@pytest.mark.parametrize(
    ("periode", "op", "mag_het"),
    [(KOMT, VOOR, False), (KOMT, OP, True), (GAAT, OP, True), (GAAT, NA, False), (GAAT, VOOR, True)],
)
def test_whom_a_fact_names_had_the_role_on_its_day(
    register: Register, handeling: str, veld: str, rol: str, tot: int, meer: dict, periode: tuple, op: date,
    mag_het: bool,
):  # fmt: skip
    lijst = Lijst(register)
    nummer = lijst.intake(door="gijs", compleet=False) if tot == 1 else lijst.tot(tot)
    vast = cast().mensen
    invoer = {"op": op, veld: "n", **meer}
    reden = invoer.pop("reden", "x")
    if handeling.startswith("stap_08"):
        invoer |= {"omschrijving": "Bellen", "uiterlijk_op": LATER}
    with met(*vast.values(), persoon("n", (rol, *periode))):
        wie = organisatie.gebruiker("gijs" if tot == 1 else "anna", VANDAAG)
        assert wie is not None

        def doe() -> None:
            HANDELINGEN[handeling](register, wie, nummer, vandaag=VANDAAG, reden=reden, **invoer)

        if mag_het:
            doe()
        else:
            with pytest.raises(OngeldigeInvoer):
                doe()


def test_who_records_has_the_role_today_and_not_on_the_day_of_the_fact(register: Register):
    for periode, handelt in ((KOMT, True), (GAAT, False)):
        nummer = Lijst(register).intake(door="gijs", compleet=False)
        with met(*cast().mensen.values(), persoon("n", ("coordinator", *periode))) as org:
            wie = org.gebruiker("n", VANDAAG)
            assert wie is not None
            invoer = {"op": VOOR, "geinformeerde": "anna"}
            naam = "stap_03_verwerken_klacht"
            doe = HANDELINGEN[naam]
            if handelt:
                HANDELINGEN["stap_02_informeren_coordinator"](register, wie, nummer, vandaag=VANDAAG, **invoer)
                doe(register, wie, nummer, vandaag=VANDAAG, op=VOOR)
            else:
                with pytest.raises(Geweigerd, match="kan niet door"):
                    doe(register, wie, nummer, vandaag=VANDAAG, op=VOOR)


def test_somebody_outside_is_asked_about_the_directie_of_the_day_of_the_fact(register: Register):
    """Carla and Frank are involved. N was free directie until a day: before it nobody outside was needed."""
    lijst = Lijst(register)
    nummer = lijst.intake(betrokkenen=("carla", "frank"))
    mensen = list(cast().mensen.values())
    with met(*mensen, persoon("n", ("directie", *GAAT))):
        for op, zin in ((OP, "N is niet betrokken bij deze klacht"), (NA, "")):
            invoer = {"persoon": "Mr. J. Buiten", "vastlegger": ""}
            if zin:
                with pytest.raises(Geweigerd, match=zin):
                    lijst.doe("stap_04_aanwijzen_buitenstaander", "anna", nummer, op=op, **invoer)
            else:
                lijst.doe("stap_04_aanwijzen_buitenstaander", "anna", nummer, op=op, **invoer)


def test_somebody_outside_is_consulted_when_nobody_of_the_directie_of_that_day_was_free(register: Register):
    """And who worked here that day is not somebody outside, whether or not that is so today."""
    lijst = Lijst(register)
    nummer = lijst.tot(6, betrokkenen=("carla", "frank"))
    invoer = {"omschrijving": "Bellen", "actienemer": "dirk", "uiterlijk_op": LATER, "overlegd_met": "buiten"}
    weg = replace(persoon("zoe"), in_dienst=(Periode(van=date.min, tot=OP),), naamdelen=Naam(voornaam="Zoe"))
    with met(*cast().mensen.values(), persoon("n", ("directie", *GAAT)), weg):
        with pytest.raises(OngeldigeInvoer, match="N is niet betrokken: overleg binnen de directie"):
            lijst.doe("stap_08_bepalen_maatregel", "anna", nummer, op=OP, **invoer)
        lijst.doe("stap_08_bepalen_maatregel", "anna", nummer, op=NA, **invoer)
        ander = lijst.intake(betrokkenen=("carla", "frank", "n"))
        with pytest.raises(OngeldigeInvoer, match="Zoe werkt bij de organisatie"):
            lijst.doe("stap_04_aanwijzen_buitenstaander", "anna", ander, op=OP, persoon="Zoe", vastlegger="")
        lijst.doe("stap_04_aanwijzen_buitenstaander", "anna", ander, op=NA, persoon="Zoe", vastlegger="")


def test_step_4_asks_why_not_the_coordinator_of_that_day(register: Register):
    """Assigned on a day on which there was no coordinator who could, nobody asks why; a day later somebody does.

    Who was never made behandelaar could not: asked why not she, and refused when it is she, one would go in circles.
    """
    lijst = Lijst(register)
    anna = cast().mensen["anna"]
    weg = replace(anna, rollen=tuple(r for r in anna.rollen if r.rol != "coordinator"))
    mensen = {**cast().mensen, "anna": weg}
    for periode, op, ook, vraagt in (
        (KOMT, VOOR, BEHANDELT, False), (KOMT, OP, BEHANDELT, True), (GAAT, OP, BEHANDELT, True),
        (GAAT, NA, BEHANDELT, False), (KOMT, OP, (), False),
    ):  # fmt: skip
        nummer = lijst.tot(3)
        with met(*mensen.values(), persoon("n", ("coordinator", *periode), *ook)) as org:
            frank = org.gebruiker("frank", VANDAAG)
            assert frank is not None

            def doe(frank=frank, nummer=nummer, op=op) -> None:
                HANDELINGEN["stap_04_toewijzen_behandelaar"](
                    register, frank, nummer, vandaag=VANDAAG, op=op, behandelaar="bas"
                )

            if vraagt:
                with pytest.raises(RedenNodig):
                    doe()
            else:
                doe()


# --- looking back ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("periode", "op", "rollen"),
    [(GAAT, NA, {"coordinator"}), (GAAT, VOOR, {"coordinator"}), (KOMT, VOOR, {"coordinator"}), (None, OP, set())],
)
def test_who_recorded_something_had_the_role_in_which_it_was_done(
    periode: tuple[date, date | None] | None, op: date, rollen: set[str]
):
    """Whatever became of somebody since; a role that somebody never had is not given by a fact that says so."""
    feit = g.KlachtGeregistreerd(gebeurd_op=op)
    nu: Vastlegging = replace(vastgelegd("K2026-0001", [feit])[0], door="n", rol="coordinator")
    with met(persoon("n", *([("coordinator", *periode)] if periode else [])), persoon("c", ("coordinator", *BLIJFT))):
        wie = _recorder(nu)
    assert wie is not None
    assert wie.rollen == rollen
    assert _recorder(replace(nu, door="niemand")) is None


@pytest.mark.parametrize(
    ("periode", "op", "wie"), [(KOMT, VOOR, ()), (KOMT, OP, ("n",)), (GAAT, OP, ("n",)), (GAAT, NA, ())]
)
def test_the_tasks_of_a_day_are_of_the_people_of_that_day(register: Register, periode, op: date, wie: tuple[str, ...]):
    """Anna, the coordinator of the cast, and the whole of directie but N are involved."""
    nummer = Lijst(register).intake(betrokkenen=("anna", "carla", "frank"))
    with met(*cast().mensen.values(), persoon("n", ("directie", *periode))), register.cursor() as cursor:
        (taak,) = [t for t in werkvoorraad(cursor, op, VESTIGINGEN) if t.klachtnummer == nummer]
    assert taak.soort == ("behandelaar_toewijzen" if wie else "buitenstaander_aanwijzen")
    assert (taak.personen == wie) is bool(wie)


# --- absent for longer: step 2 from the calendar ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dagen", "lang", "langer"),
    [(13, False, False), (14, False, True), (2, True, True), (None, False, False), (None, True, True)],
)
def test_an_absence_is_for_longer_by_its_days_or_because_it_was_said(dagen: int | None, lang: bool, langer: bool):
    tot = None if dagen is None else EERDER + timedelta(dagen)
    assert Afwezigheid(nr=1, van=EERDER, tot=tot, lang=lang).langer is langer


@pytest.mark.parametrize(
    ("een", "ander", "op", "vrij"),
    [
        # One coordinator away, up to and including OP: another one is there.
        ("weg", "er", OP, ["d"]),
        ("weg", "weg", OP, []),
        ("weg", "weg", NA, ["c", "d"]),
        ("kort", "er", OP, ["c", "d"]),
        ("weg", "betrokken", OP, []),
    ],
)
def test_a_coordinator_who_is_absent_for_longer_is_not_free_on_those_days(
    een: str, ander: str, op: date, vrij: list[str]
):
    weg = {
        "weg": (Afwezigheid(nr=1, van=OP - timedelta(20), tot=OP),),
        "kort": (Afwezigheid(nr=1, van=OP - timedelta(2), tot=OP),),
    }
    c = persoon("c", ("coordinator", *BLIJFT), afwezig=weg.get(een, ()))
    d = persoon("d", ("coordinator", *BLIJFT), afwezig=weg.get(ander, ()))
    with met(c, d):
        assert ids(vrije_coordinatoren(dossier(betrokken=("d",) if ander == "betrokken" else ()), op)) == vrij


def test_step_2_goes_to_the_directeur_on_the_days_of_the_absence_and_a_form_asks_no_tick(register: Register):
    stap = HANDELINGEN["stap_02_informeren_coordinator"]
    assert "coordinator_afwezig" not in {veld.naam for veld in stap.gevraagd}
    mensen = {**cast().mensen}
    weg = Afwezigheid(nr=1, van=VOOR, tot=OP, lang=True)
    mensen["anna"] = replace(mensen["anna"], afwezigheden=(weg,))
    with met(*mensen.values()) as org:
        gijs = org.gebruiker("gijs", VANDAAG)
        assert gijs is not None
        for op, wie, verwacht in (
            (VOOR - EEN, "carla", OngeldigeInvoer), (VOOR, "carla", None), (OP, "carla", None),
            (NA, "carla", OngeldigeInvoer),
            (VOOR - EEN, "anna", None), (NA, "anna", None),
            # It may have reached her all the same, which is asked about.
            (OP, "anna", RedenNodig),
        ):  # fmt: skip
            nummer = Lijst(register).intake(door="gijs", compleet=False)
            if verwacht is None:
                stap(register, gijs, nummer, vandaag=VANDAAG, op=op, geinformeerde=wie)
                continue
            with pytest.raises(verwacht):
                stap(register, gijs, nummer, vandaag=VANDAAG, op=op, geinformeerde=wie)


def test_an_intake_by_a_colleague_informs_the_directeur_who_is_not_involved(register: Register):
    weg = Afwezigheid(nr=1, van=EERDER, tot=OP, lang=True)
    mensen = {**cast().mensen}
    mensen["anna"] = replace(mensen["anna"], afwezigheden=(weg,))
    with met(*mensen.values()):
        for op, betrokken, hoort in ((EERDER, ("carla",), "frank"), (EERDER, (), "carla"), (NA, (), "anna")):
            nummer = Lijst(register).intake(
                op=EERDER, door="gijs", coordinator_op=op, betrokkenen=betrokken, compleet=False
            )
            feiten = [v.feit for v in register.vastleggingen(nummer)]
            (twee,) = [feit for feit in feiten if isinstance(feit, g.CoordinatorGeinformeerd)]
            assert (twee.geinformeerde, twee.coordinator_afwezig) == (hoort, False)
