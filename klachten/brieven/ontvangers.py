"""To whom a letter can go: the people whom a dossier has for it, each with the address that stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klachten import gebeurtenissen as g
from klachten.brieven import postadres
from klachten.brieven.lijst import ACTIENEMER, BUITEN, INDIENER, MEDEWERKER, Brief
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Dossier, Feiten
from klachten.gebeurtenissen import GEWIST
from klachten.gebeurtenissen.genoemd import GEMACHTIGDE, MEDE
from klachten.mailadres import IN_EEN_TEKST
from klachten.organisatie import Organisatie


@dataclass(frozen=True, kw_only=True)
class Ontvanger:
    """Somebody a letter can go to; `id` is what a form calls them, `naam` is "" for who stays unknown."""

    id: str
    wat: str
    naam: str
    adres: tuple[str, ...] = ()
    e_mail: str = ""

    @property
    def omschrijving(self) -> str:
        """How somebody is offered in a list."""
        return f"{self.naam or 'naam niet bekend'} ({self.wat})"

    @property
    def op_stuk(self) -> str:
        """What the fact of a letter says to whom it went, before how; it is found back by that (terugpost)."""
        return self.naam or self.wat


def recipients(feiten: Feiten, brief: Brief, org: Organisatie) -> list[Ontvanger]:
    """Return to whom this letter may go, the one it goes to first; nobody where there is nobody to write to."""
    if isinstance(feiten, EvaluatieDossier):
        return list(_staff(org, (actie.actienemer for actie in feiten.verbeteracties.values()), "actienemer"))
    if not isinstance(feiten, Dossier):
        return []
    match brief.aan:
        case "indiener":
            return list(filers(feiten))
        case "medewerker":
            return list(_staff(org, sorted(feiten.betrokkenen), "betrokken medewerker"))
        case "actienemer":
            return list(_staff(org, (m.actienemer for m in feiten.geldende_maatregelen), "actienemer"))
    return list(_outside(feiten))


def filers(dossier: Dossier) -> Iterator[Ontvanger]:
    """Give who filed the klacht: first who acts for the indiener, where somebody does."""
    if (namens := dossier.gemachtigde) is not None:
        yield _person(GEMACHTIGDE, "gemachtigde", namens.naam, namens.contact)
    ontvangst, gezegd = dossier.ontvangst, dossier.laatste(g.AnonimiteitVastgelegd)
    naam, contact = ontvangst.indiener_naam, ontvangst.indiener_contact
    if gezegd is not None:
        naam, contact = "" if gezegd.onbekend else gezegd.naam or naam, gezegd.contact or contact
    if gezegd is None or not gezegd.onbekend or gezegd.bereikbaar:
        yield _person(INDIENER, "indiener", naam, contact)
    for nr, anderen in enumerate(dossier.van(g.IndienerToegevoegd), start=2):
        yield _person(f"{MEDE}.{nr}", f"{nr}e indiener", anderen.naam, anderen.contact)


def closed_to(brief: Brief, feiten: Feiten, wie: Ontvanger) -> bool:
    """Tell whether somebody gets this letter and may not know of which klacht it is: an involved actienemer."""
    return brief.aan == ACTIENEMER and isinstance(feiten, Dossier) and wie.id in feiten.betrokkenen


def _outside(dossier: Dossier) -> Iterator[Ontvanger]:
    """Who judges a dispute is named when it is submitted: until then a form says it."""
    feit = dossier.laatste(g.GeschilVoorgelegd)
    yield _independent(feit.onafhankelijk_persoon, feit.contact) if feit else _independent("", "")


def _independent(naam: str, contact: str) -> Ontvanger:
    return _person(BUITEN, "onafhankelijk persoon", naam, contact)


def _staff(org: Organisatie, ids: object, wat: str) -> Iterator[Ontvanger]:
    for id in dict.fromkeys(ids):  # type: ignore[call-overload]
        persoon = org.mensen.get(id)
        e_mail = persoon.naamdelen.e_mail if persoon and not persoon.gewist else ""
        yield Ontvanger(id=id, wat=wat, naam=org.naam(id), e_mail=e_mail)


def _person(id: str, wat: str, naam: str, contact: str) -> Ontvanger:
    gevonden = IN_EEN_TEKST.search(_kept(contact))
    adres = postadres.lines(IN_EEN_TEKST.sub("\n", _kept(contact)))
    return Ontvanger(id=id, wat=wat, naam=_kept(naam), adres=adres, e_mail=gevonden.group() if gevonden else "")


def _kept(tekst: str) -> str:
    return "" if tekst == GEWIST else tekst


def surely(brief: Brief, feiten: Feiten, antwoorden: dict[str, object], org: Organisatie) -> Ontvanger | None:
    """Return whom the answers say a letter goes to; None for somebody it may not go to."""
    alle = {een.id: een for een in recipients(feiten, brief, org)}
    if brief.aan == BUITEN:
        naam, contact = (str(antwoorden.get(veld) or "").strip() for veld in ("onafhankelijk_persoon", "contact"))
        return _independent(naam, contact) if naam else alle.get(BUITEN)
    return alle.get(_chosen(brief, feiten, antwoorden, list(alle)))


def _chosen(brief: Brief, feiten: Feiten, antwoorden: dict[str, object], alle: list[str]) -> str:
    if brief.aan == MEDEWERKER:
        return str(antwoorden.get("medewerker") or "")
    if brief.aan == ACTIENEMER:
        nr = antwoorden.get("verbeteractie" if isinstance(feiten, EvaluatieDossier) else "maatregel")
        acties = feiten.verbeteracties if isinstance(feiten, EvaluatieDossier) else getattr(feiten, "maatregelen", {})
        actie = acties.get(nr)
        return actie.actienemer if actie else ""
    return str(antwoorden.get("aan") or (alle[0] if alle else ""))
