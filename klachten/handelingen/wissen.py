"""How long a dossier is kept and the erasing of it: one proposes, another carries it out.

These are done with a klacht, a signaal or a person alike, and belong to no step. Whoever is involved in the klacht does
neither: then it is for others in those roles, somebody for the occasion when there is nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten.bewaring import Wie, of_dossier
from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.mag import mag
from klachten.dossier.personen import also_named, documents_in, persons_in, places_of
from klachten.dossier.teruggedraaid import Teruggedraaid
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen.handeling import Zaak, dossier_van, handeling
from klachten.handelingen.reglement import reglement_van
from klachten.handelingen.veld import Veld
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.handelingen.zaak import klachten_of
from klachten.taal import datum

REEKSEN = "KSPEOT"
"""The series of dossiers in which something can be erased."""
ALLEEN_TEKSTEN = ("E", "O", "T")
"""Of these texts alone, which somebody chooses: an evaluation and its figures stay, and what the organisation is."""
_GROND = Veld(naam="grond", label="Op welke grond", soort="keuze", keuzes=tuple(g.GRONDEN.items()))
_VOORSTEL = Veld(naam="voorstel", label="Nummer van het voorstel", soort="getal")


@handeling(
    "Wissen voorstellen",
    _GROND,
    Veld(naam="wie", label="Over wie", soort="tekst", verplicht=False),
    Veld(naam="ook", label="Ook deze teksten en stukken", soort="plekken", verplicht=False),
    reeks="*",
    reden_verplicht=True,
)
def voorstellen_wissen(zaak: Zaak, *, grond: str, wie: str, ook: tuple[str, ...]) -> Gebeurtenis:
    """Somebody proposes to erase a dossier, or one person in it with the texts that also tell of that person."""
    _check_reeks(zaak)
    check_may_go(zaak, "voorstellen_wissen", grond, wie)
    if zaak.klachtnummer.startswith(ALLEEN_TEKSTEN):
        _check_texts(zaak, wie, ook)
    elif wie and wie not in persons_in(zaak.dossier):
        raise OngeldigeInvoer({"wie": "Deze persoon staat niet in het dossier, of is al gewist."})
    if any(voorstel.feit.wie in ("", wie) for voorstel in open_proposals(zaak.dossier)):
        raise Geweigerd(f"Er staat al een voorstel om {zaak.klachtnummer} te wissen.", soort="staat_er_al")
    plekken, stukken = _chosen(zaak.dossier, ook if wie else ())
    return g.WissenVoorgesteld(gebeurd_op=zaak.vandaag, grond=grond, wie=wie, plekken=plekken, stukken=stukken)


@handeling("Voorstel om te wissen afwijzen of intrekken", _VOORSTEL, reeks="*", reden_verplicht=True)
def afwijzen_wissen(zaak: Zaak, *, voorstel: int) -> Gebeurtenis:
    """A proposal is not agreed to, or taken back by whoever made it."""
    _proposal(zaak, voorstel)
    return g.WissenAfgewezen(gebeurd_op=zaak.vandaag, voorstel=voorstel)


@handeling("Wissen", _VOORSTEL, reeks="*")
def uitvoeren_wissen(zaak: Zaak, *, voorstel: int) -> list[Gebeurtenis]:
    """Another person erases what was proposed: it cannot be taken back."""
    gedaan = _proposal(zaak, voorstel)
    gevraagd: Any = gedaan.feit
    if gedaan.door == zaak.gebruiker.id:
        raise Geweigerd(
            "Wissen doen twee mensen: u stelde het zelf voor, dus een ander voert het uit.", soort="wissen_door_twee"
        )
    check_may_go(zaak, "uitvoeren_wissen", gevraagd.grond, gevraagd.wie)
    op, grond = zaak.vandaag, gevraagd.grond
    if zaak.klachtnummer.startswith("P"):
        return [g.PersoonGewist(gebeurd_op=op, grond=grond, voorstel=voorstel)]
    if not gevraagd.wie:
        for signaal in _signaal_of(zaak):
            zaak.ook_in(signaal.klachtnummer, g.DossierGewist(gebeurd_op=op, grond=grond, voorstel=voorstel))
        return [g.DossierGewist(gebeurd_op=op, grond=grond, voorstel=voorstel)]
    eigen = {g.place(nr, veld) for nr, veld in places_of(zaak.dossier, gevraagd.wie)}
    return [
        g.GegevensGewist(
            gebeurd_op=op,
            grond=grond,
            voorstel=voorstel,
            wie=gevraagd.wie,
            # The reason of the proposal says why about whom.
            plekken=tuple(sorted({*eigen, *gevraagd.plekken, g.place(voorstel, "reden")})),
            stukken=gevraagd.stukken,
        )
    ]


@handeling(
    "Langer bewaren",
    Veld(naam="tot", label="Tot en met", soort="dag", verplicht=False, hulp="Laat leeg als u dat nog niet weet."),
    reeks="*",
    reden_verplicht=True,
)
def stellen_bewaarplicht(zaak: Zaak, *, tot: date | None) -> Gebeurtenis:
    """The dossier has to stay, whatever its term: a lawsuit, a supervisor that asks for it."""
    _check_reeks(zaak)
    if tot is not None and tot < zaak.vandaag:
        raise OngeldigeInvoer({"tot": f"Tot en met: {datum(tot)} is al voorbij."})
    return g.BewaarplichtGesteld(gebeurd_op=zaak.vandaag, tot=tot)


@handeling("Niet langer bewaren dan de termijn", reeks="*", reden_verplicht=True)
def opheffen_bewaarplicht(zaak: Zaak) -> Gebeurtenis:
    """The dossier need not be kept any longer than its term."""
    if not has_to_stay(zaak.dossier, zaak.vandaag):
        raise Geweigerd(
            f"{zaak.klachtnummer} hoeft al niet langer bewaard te blijven dan de termijn.", soort="bewaarplicht"
        )
    return g.BewaarplichtOpgeheven(gebeurd_op=zaak.vandaag)


def open_proposals(feiten: Feiten) -> list[Vastlegging]:
    """Return the proposals to erase that nobody answered yet."""
    klaar = {
        feit.voorstel for feit in feiten.van(g.WissenAfgewezen, g.GegevensGewist, g.DossierGewist, g.PersoonGewist)
    }
    return [v for v in feiten.geldig if isinstance(v.feit, g.WissenVoorgesteld) and v.nr not in klaar]


def has_to_stay(feiten: Feiten, op: date) -> bool:
    """Tell whether the dossier has to be kept on a day, whatever its term."""
    feit = feiten.laatste(g.BewaarplichtGesteld, g.BewaarplichtOpgeheven)
    return isinstance(feit, g.BewaarplichtGesteld) and (feit.tot is None or op <= feit.tot)


def check_may_go(zaak: Zaak, naam: str, grond: str, wie: str) -> None:
    """Refuse to erase what is needed: a klacht that runs, one with a dispute, what must stay, what is not due yet.

    A signaal that became a klacht goes by the rules of that klacht, also by who may do the handeling `naam` with it.
    """
    dossier = zaak.dossier
    for klacht in klachten_of(zaak):
        if weigering := mag(klacht, naam, zaak.gebruiker, reglement_van(zaak.register, klacht, op=zaak.vandaag)):
            raise Geweigerd(weigering)
        _check_needed(klacht, zaak.vandaag)
    for feiten in (dossier, *(() if wie else _signaal_of(zaak))):
        _check_needed(feiten, zaak.vandaag)
    if zaak.klachtnummer.startswith("P"):
        _check_left(zaak)
    elif zaak.klachtnummer.startswith("S") and not dossier.van(g.SignaalAfgedaan, g.SignaalOpSchriftGesteld):
        raise Geweigerd(
            f"Signaal {zaak.klachtnummer} staat nog open; wissen kan als het is afgedaan.", soort="wissen_nog_nodig"
        )
    # Of an import that was undone nothing has a term: asked of thousands, it would be looked up for each.
    if grond != "bewaartermijn" or isinstance(dossier, Teruggedraaid):
        return
    with zaak.register.cursor() as cursor:
        een = of_dossier(cursor, zaak.vandaag, Wie.of(zaak.vandaag), zaak.klachtnummer)
    if een is None or not een.kan:
        waarom = f": {een.waarom_niet[0]}" if een and een.waarom_niet else ""
        raise OngeldigeInvoer({"grond": f"Op welke grond: de bewaartermijn is hier nog niet voorbij{waarom}."})


def _check_needed(feiten: Feiten, op: date) -> None:
    nummer = feiten.klachtnummer
    if has_to_stay(feiten, op):
        raise Geweigerd(f"{nummer} moet bewaard blijven. Hef dat eerst op, met een reden.", soort="bewaarplicht")
    if isinstance(feiten, Dossier):
        if feiten.loopt:
            raise Geweigerd(f"Klacht {nummer} loopt nog; wissen kan als zij is afgehandeld.", soort="wissen_nog_nodig")
        if feiten.geschil not in ("geen", "opgelost", "oordeel"):
            raise Geweigerd(
                f"Over klacht {nummer} loopt een geschil; wissen kan als dat is afgelopen.", soort="wissen_nog_nodig"
            )


def _signaal_of(zaak: Zaak) -> Iterator[Feiten]:
    """The signaal that a klacht was before, which is erased along with all of the klacht."""
    signaal = zaak.dossier.ontvangst.signaal if isinstance(zaak.dossier, Dossier) else ""
    if signaal and zaak.boeking.vastleggingen(signaal):
        yield dossier_van(zaak.boeking, signaal)


def _check_left(zaak: Zaak) -> None:
    wie = next((p for p in zaak.register.organisatie.mensen.values() if p.nummer == zaak.klachtnummer), None)
    if wie is None:
        raise Geweigerd(f"{zaak.klachtnummer} is geen persoon van de organisatie.", soort="ander_dossier")
    if wie.gewist:
        raise Geweigerd(f"De gegevens van {wie.naam} zijn gewist; daar kan niets meer bij.", soort="gewist")
    if wie.laatste_dag is None or wie.laatste_dag >= zaak.vandaag:
        raise Geweigerd(
            f"{wie.naam} werkt hier nog. Gegevens kunnen weg als iemand is vertrokken.", soort="wissen_nog_nodig"
        )


def _check_reeks(zaak: Zaak) -> None:
    if zaak.klachtnummer[:1] not in REEKSEN:
        raise Geweigerd(
            f"{zaak.klachtnummer} is geen klacht, signaal, persoon of evaluatie; daar valt niets te wissen.",
            soort="ander_dossier",
        )


def _check_texts(zaak: Zaak, wie: str, ook: tuple[str, ...]) -> None:
    if wie != g.TEKSTEN:
        raise OngeldigeInvoer({"wie": "Hiervan gaan alleen teksten weg die u kiest: de rest, en elk cijfer, blijft."})
    teksten = {g.place(plek.nr, plek.veld) for plek in also_named(zaak.dossier, wie)}
    # The frozen figures are no document that can be chosen.
    if not ook or not (teksten | documents_in(zaak.dossier).keys()).issuperset(ook):
        raise OngeldigeInvoer(
            {"ook": "Kies een of meer teksten of stukken die hier weg mogen en nog niet zijn gewist."}
        )


def _proposal(zaak: Zaak, nr: int) -> Vastlegging:
    gevonden = next((v for v in open_proposals(zaak.dossier) if v.nr == nr), None)
    if gevonden is None:
        raise Geweigerd(
            f"Voorstel {nr} staat niet open bij {zaak.klachtnummer}: het is uitgevoerd, of afgewezen.",
            soort="voorstel_niet_open",
        )
    return gevonden


def _chosen(feiten: Feiten, ook: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts and the documents among what was chosen; OngeldigeInvoer for what the dossier does not have."""
    teksten = {g.place(v.nr, veld) for v in feiten.vastleggingen for veld in v.feit.teksten()}
    documenten = documents_in(feiten).keys()
    if onbekend := [plek for plek in ook if plek not in teksten | documenten]:
        raise OngeldigeInvoer({"ook": f"Dit staat niet in het dossier: {onbekend[0]}."})
    return tuple(p for p in ook if p in teksten), tuple(p for p in ook if p in documenten)
