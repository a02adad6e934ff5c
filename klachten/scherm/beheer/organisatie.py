"""Page Organisatie: what it is called and where it is, its vestigingen, its book year and the days it equates."""

from __future__ import annotations

import functools
from dataclasses import fields
from datetime import timedelta
from itertools import groupby
from typing import Any

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import organisatie, scherm, taal
from klachten.analyse.basis import kalender
from klachten.analyse.werk import beheer
from klachten.brieven import postadres
from klachten.organisatie import Gegevens, Organisatie
from klachten.scherm import onderdelen
from klachten.scherm.beheer import aanmeldregels, delen, feiten, herinneringen, herstel, huisstijl, streeftermijnen
from klachten.scherm.onderdelen import veilig

PLEK = "organisatie"
DOEN = (
    "wijzigen_organisatie",
    "wijzigen_vestiging",
    "stellen_boekjaar",
    "gelijkstellen_dagen",
    "stellen_huisstijl",
    "stellen_streeftermijn",
    "beeindigen_streeftermijn",
    "stellen_herinneringsregel",
    "beeindigen_herinneringsregel",
    aanmeldregels.NAAM,
)
_VAN_HAAR = (
    g.OrganisatieIngericht, g.OrganisatieGewijzigd, g.VestigingGewijzigd, g.BoekjaarGesteld, g.DagenGelijkgesteld,
    g.StreeftermijnGesteld, g.StreeftermijnBeeindigd, g.HuisstijlGesteld, g.HerinneringsregelGesteld,
    g.AanmeldregelsGesteld,
)  # fmt: skip


def gegevens() -> None:
    """Draw the name and address of today."""
    org = scherm.register().organisatie
    nu = org.gegevens(scherm.vandaag()) if org.ingericht else Gegevens(naam=scherm.reglement().organisatie)
    waarden = {feiten.LABELS[veld.name]: getattr(nu, veld.name) for veld in fields(Gegevens)}
    st.markdown(
        "\n".join(
            f"- {taal.hoofdletter(wat)}: **{feiten.address(waarde)}**" for wat, waarde in waarden.items() if waarde
        )
    )
    leeg = [wat for wat, waarde in waarden.items() if not waarde]
    if leeg and org.ingericht:
        st.markdown(f":small[Nog niet ingevuld: {taal.opsomming(leeg)}.]")
    if org.ingericht and not postadres.place(postadres.lines(nu.postadres or nu.adres)):
        wat = "Het adres heeft geen postcode met plaats." if nu.postadres or nu.adres else "Er is nog geen adres."
        st.markdown(f":small[:material/info: {wat} Brieven noemen het adres, en de plaats bij de datum.]")


def vestigingen() -> None:
    """Draw every vestiging that can be chosen today: address, who work there, and its klachten."""
    vandaag, org = scherm.vandaag(), scherm.register().organisatie
    keuzes = scherm.reglement().keuzes("vestigingen", vandaag)
    onderdelen.kop(f"Vestigingen ({len(keuzes)})")
    with scherm.register().cursor() as cursor:
        gebruik = beheer.gebruik(cursor, "vestigingen")
    mensen, regels = organisatie.iedereen(vandaag), []
    for keuze in keuzes:
        werken = sum(scherm.reglement().nu_geheten("vestigingen", wie.vestiging) == keuze.id for wie in mensen)
        waar = [address for address in _reach(org, keuze.id) if address]
        zinnen = [taal.aantal(werken, "persoon", "personen"), delen.gebruikt(gebruik.get(keuze.id))]
        adres = f"  \n  {' · '.join(waar)}" if waar else ""
        regels.append(f"- **{veilig(keuze.naam)}**{adres}  \n  :small[{' · '.join(zinnen)}]")
    st.markdown("\n".join(regels) or "Er zijn nog geen vestigingen.")
    onderdelen.verwijzing("lijsten", "Vestiging toevoegen, hernoemen of beëindigen", lijst="vestigingen")


def _reach(org: Organisatie, id: str) -> tuple[str, str]:
    """The address and telephone of a vestiging as they hold today; each change says only what changed."""
    adres = telefoon = ""
    for feit in sorted(org.van(g.VestigingGewijzigd), key=lambda feit: feit.vanaf):
        if feit.vestiging == id and feit.vanaf <= scherm.vandaag():
            adres, telefoon = feit.adres or adres, feit.telefoon or telefoon
    return feiten.address(adres), feiten.address(telefoon)


def jaar() -> None:
    """Draw the first month of the book year and the days that are equal to a holiday, those of the law and own ones."""
    onderdelen.kop("Boekjaar en vrije dagen")
    boekjaren, vandaag = scherm.reglement().boekjaren, scherm.vandaag()
    st.markdown(f"Dit boekjaar loopt van **{boekjaren.van(vandaag).zin}**.")
    later = [wijziging.eerste for wijziging in boekjaren.wijzigingen if wijziging.eerste > vandaag]
    for eerste in later:
        voor = boekjaren.van(eerste - timedelta(days=1))
        st.markdown(
            f"- Vanaf {taal.datum(eerste)} begint het in **{taal.MAANDEN[eerste.month - 1]}**; het jaar ervoor is "
            f"{voor.zin} ({taal.aantal(voor.maanden, 'maand', 'maanden')})."
        )
    eigen = scherm.register().organisatie.gelijkgesteld()
    for besluit, dagen in groupby(sorted(eigen), key=eigen.__getitem__):
        st.markdown(f"- {veilig(besluit)}: {taal.opsomming(map(taal.datum, dagen))}")
    if not eigen:
        st.markdown("Er zijn geen eigen dagen gelijkgesteld aan een feestdag.")


def wijzigen() -> None:
    """Draw what the user can change, with what that touches, and the form."""
    naam = delen.wijzigen(DOEN, plek=PLEK)
    if naam is None:
        return
    vast: dict[str, Any] = {}
    begin: dict[str, Any] = {}
    for soort, welke in (("streeftermijn", streeftermijnen.welke), ("herinneringsregel", herinneringen.welke)):
        if naam.endswith(soort):
            if (keuze := welke(naam)) is None:
                return
            vast, begin = keuze
    waarom: list[str] = []
    if naam == aanmeldregels.NAAM:
        vast, waarom = aanmeldregels.vast()
        begin = {veld: waarde for veld, waarde in aanmeldregels.begin().items() if veld not in vast}
    delen.gevolg(*_touches(naam), *waarom)
    begin |= {"bekend_tot": kalender.gelijkgesteld().bekend_tot} if naam == "gelijkstellen_dagen" else {}
    begin |= huisstijl.begin() if naam == huisstijl.NAAM else {}
    vooraf = {huisstijl.NAAM: huisstijl.bekijk, herinneringen.STELT: functools.partial(herinneringen.bekijk, vast)}.get(
        naam
    )
    delen.vraag(naam, g.NUMMER, plek=PLEK, vast=vast, begin=begin, vooraf=vooraf)


def _touches(naam: str) -> tuple[str, ...]:
    if naam == aanmeldregels.NAAM:
        return aanmeldregels.touches()
    with scherm.register().cursor() as cursor:
        lopend = beheer.per_reglement(cursor)
    match naam:
        case "wijzigen_organisatie":
            return (
                "De nieuwe naam staat voortaan op het scherm en in nieuwe bestanden. Wat u leeg laat, blijft.",
                "Wat al is verstuurd of bevroren, blijft zoals het is. Aan klachten en termijnen verandert niets.",
            )
        case "wijzigen_vestiging":
            return ("Alleen het adres wijzigt. Aan klachten verandert niets. Wat u leeg laat, blijft.",)
        case "stellen_boekjaar":
            return (
                "Boekjaren van vóór de gekozen dag blijven zoals zij zijn, en bevroren cijfers ook.",
                (
                    "Het jaar waarin het wisselt, duurt korter of langer dan twaalf maanden. De pagina's van Evaluatie "
                    "zeggen dat erbij en vergelijken het met dezelfde dagen van eerder."
                ),
                "Aan klachten en termijnen verandert niets.",
            )
        case huisstijl.NAAM:
            return huisstijl.touches()
        case herinneringen.STELT | herinneringen.EINDIGT:
            return herinneringen.touches(naam)
        case "stellen_streeftermijn" | "beeindigen_streeftermijn":
            return (
                "Raakt alleen klachten die later binnenkomen.",
                f"Nu lopen er {delen.klachten(sum(lopend.values()))}: daarvan verandert geen termijn.",
                "De termijnen van het reglement blijven zoals zij zijn.",
            )
    schuift = {r.id for r in scherm.register().reglementen.values() if r.verschuift_bij_vrije_dag}
    geraakt = sum(aantal for id, aantal in lopend.items() if id in schuift)
    wel = f"Nu lopen er {delen.klachten(geraakt)} onder een reglement dat zo opschuift."
    niet = "Er lopen nu geen klachten onder een reglement dat zo opschuift: geen enkele lopende termijn verandert."
    return (
        "Een termijn die op zo'n dag eindigt, schuift door naar de volgende werkdag als het reglement dat zegt.",
        wel if geraakt else niet,
    )


def historie() -> None:
    """Draw what was changed in the data of the organisation; the lists have their own."""
    if dossier := delen.dossier():
        van_haar = delen.van_deze(dossier.vastleggingen, lambda feit: isinstance(feit, _VAN_HAAR))
        herstel.toon(dossier, delen.historie(van_haar, kop="Geschiedenis van de organisatie"))
