"""What a correction or a withdrawal makes different: the organisation as it is beside what it would be, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import timedelta

from klachten import gebeurtenissen as g
from klachten import scherm
from klachten.analyse.werk import beheer
from klachten.gebeurtenissen import Vastlegging
from klachten.handelingen.organisatie.lijsten import NAMEN
from klachten.organisatie import EIGEN_LIJSTEN, Organisatie, Persoon
from klachten.periode import Boekjaren, Periode
from klachten.reglement import Reglement
from klachten.scherm.beheer import delen, feiten
from klachten.scherm.onderdelen import veilig
from klachten.taal import datum, opsomming, tot_en_met

NIETS = "Op wat nu geldt, heeft dit geen invloed: alleen de geschiedenis verandert."


def in_woorden(erbij: Sequence[Vastlegging]) -> list[str]:
    """Return a sentence in Markdown for everything that becomes otherwise with these facts."""
    inrichting = scherm.register().inrichting
    voor, na = inrichting.organisatie, inrichting.organisatie_met(erbij)
    uit = [zin for id, nu in na.mensen.items() if (toen := voor.mensen.get(id)) for zin in _person(toen, nu)]
    uit += [
        *_data(voor, na),
        *_lists(scherm.reglement(), inrichting.reglementen_met(erbij)[scherm.reglement().id]),
        *_settings(voor, na),
    ]
    return uit or [NIETS]


def _person(toen: Persoon, nu: Persoon) -> Iterator[str]:
    if toen.naam != nu.naam:
        yield f"**{veilig(toen.naam)}** heet dan overal **{veilig(nu.naam)}**."
    if toen.naamdelen.e_mail != nu.naamdelen.e_mail:
        yield f"Het e-mailadres van {veilig(nu.naam)} wordt **{veilig(nu.naamdelen.e_mail) or 'leeg'}**."
    if toen.in_dienst != nu.in_dienst:
        perioden = opsomming(f"vanaf {datum(p.van)}{tot_en_met(p.tot)}" for p in nu.in_dienst)
        yield f"{veilig(nu.naam)} werkt hier dan {perioden}."
    volgens = scherm.reglement()
    for woord, eerst, straks in (("niet meer", toen.rollen, nu.rollen), ("wel", nu.rollen, toen.rollen)):
        for rol in (rol for rol in eerst if rol not in straks):
            yield f"{veilig(nu.naam)} heeft dan {woord}: {feiten.rolperiode(rol, volgens)}."
    if toen.vestigingen != nu.vestigingen:
        waar = [f"{veilig(volgens.naam_van('vestigingen', id))} vanaf {datum(dag)}" for dag, id in nu.vestigingen]
        yield f"De vestiging van {veilig(nu.naam)} is dan {opsomming(waar) or 'leeg'}."


def _data(voor: Organisatie, na: Organisatie) -> Iterator[str]:
    toen, nu = voor.gegevens(), na.gegevens()
    for veld in fields(nu):
        eerst, straks = getattr(toen, veld.name), getattr(nu, veld.name)
        if eerst != straks:
            was, wordt = (feiten.address(waarde) or "leeg" for waarde in (eerst, straks))
            yield f"{feiten.LABELS[veld.name].capitalize()}: nu **{was}**, dan **{wordt}**."
    for eerst, straks in _book_years(voor.boekjaren(), na.boekjaren()):
        yield f"Boekjaar: nu **{eerst.zin}**, dan **{straks.zin}**."


def _book_years(voor: Boekjaren, na: Boekjaren) -> Iterator[tuple[Periode, Periode]]:
    """The book years of last year, this one and the next two that become another: what a change touches shows there."""
    for dag in (scherm.vandaag() + timedelta(days=365 * jaar) for jaar in range(-1, 3)):
        if voor.van(dag) != na.van(dag):
            yield voor.van(dag), na.van(dag)


def _lists(voor: Reglement, na: Reglement) -> Iterator[str]:
    for lijst in EIGEN_LIJSTEN:
        toen = {keuze.id: keuze for keuze in voor.keuzes(lijst)}
        anders = [keuze for keuze in na.keuzes(lijst) if toen.get(keuze.id) not in (None, keuze)]
        if not anders:
            continue
        with scherm.register().cursor() as cursor:
            gebruik = beheer.gebruik(cursor, lijst)
        for keuze in anders:
            eerst = toen[keuze.id]
            naam = f", heet dan **{veilig(keuze.naam)}**" if keuze.naam != eerst.naam else ""
            wanneer = f" vanaf {datum(keuze.geldig_vanaf)}" if keuze.geldig_vanaf else ""
            op = ", en gaat dan op in een andere keuze" if keuze.opgevolgd_door else ""
            tot = tot_en_met(keuze.geldig_tot)
            yield (
                f"{NAMEN[lijst]}: **{veilig(eerst.naam)}**{naam}, is te kiezen{wanneer}{tot}{op}. "
                f"Nu bij {delen.gebruikt(gebruik.get(keuze.id))}."
            )


def _settings(voor: Organisatie, na: Organisatie) -> Iterator[str]:
    for woord, welke in (
        ("Streeftermijnen", lambda org: org.streeftermijnen()),
        ("Dagen die gelijkgesteld zijn aan een feestdag", lambda org: org.gelijkgesteld()),
    ):
        if welke(voor) != welke(na):
            yield f"{woord} veranderen: ook van klachten die er al zijn, kan zo een dag of een oordeel anders worden."
    for woord, soort in (
        ("De huisstijl", g.HuisstijlGesteld), ("De herinneringen", g.HerinneringsregelGesteld),
        ("De adressen van vestigingen", g.VestigingGewijzigd),
    ):  # fmt: skip
        if voor.van(soort) != na.van(soort):
            yield f"{woord}: alleen wat hierna gemaakt of getoond wordt, verandert."
