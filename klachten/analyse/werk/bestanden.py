"""Excel files of the lists: klachten, tasks, pressing terms and verbeteracties, with what this user may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from klachten import organisatie
from klachten.analyse import vragen
from klachten.analyse.basis.kengetallen import met_bouwstenen
from klachten.analyse.basis.lezer import ZONDER_BETROKKEN
from klachten.analyse.basis.zinnen import dagen
from klachten.analyse.excel.excel import Blad, Bron, Herkomst, Kolom, maak
from klachten.analyse.werk.escalatie import Dringend
from klachten.analyse.werk.klachtenlijst import Regel
from klachten.analyse.werk.verbeterstand import Actie
from klachten.analyse.werk.werkvoorraad import GROEPEN, Taak
from klachten.organisatie import Gebruiker
from klachten.reglement import Reglement

DEFINITIES = {
    "klachten": "Alle klachten die aan de filters voldoen en die deze gebruiker mag inzien. Termijn: de eerste die nog "
    f"telt. {ZONDER_BETROKKEN}",
    "werkvoorraad": f"Wat er op de peildatum te doen is, en door wie. {ZONDER_BETROKKEN}",
    "escalatie": "Klachten waarvan een termijn op de peildatum voorbij is of binnen zeven dagen afloopt. "
    f"{ZONDER_BETROKKEN}",
    "verbeteracties": "Verbeteracties uit de evaluaties, zoals ze er op de peildatum voor staan. De tekst staat in "
    "het dossier van de evaluatie.",
    "kijklog": "De regels van het kijklog die aan de keuze voldoen, zonder wat er gelezen of gezocht is, en zonder "
    "klachten waarbij deze gebruiker betrokken is.",
}
VRAGEN = {
    "klachten": ("Welke klachten zijn er, en hoe staan ze ervoor?", ("klachtenlijst", "termijnen")),
    "werkvoorraad": ("Wat is er te doen, door wie en voor wanneer?", ("werkvoorraad", "zichtbaar")),
    "escalatie": ("Welke termijnen zijn voorbij of bijna?", ("termijnen", "zichtbaar")),
    "verbeteracties": ("Wat is er van de verbeteracties gekomen?", ("verbeteracties",)),
    # Its lines are in files of their own, where SQL does not come.
    "kijklog": ("Wie opende, zocht en nam mee, en wanneer?", ()),
}


@dataclass(frozen=True, kw_only=True)
class Waarvan:
    """Whose file this is, of which day, from which register, what was chosen, and the reglement in use (`gewoon`)."""

    gebruiker: Gebruiker
    peildatum: date
    zegel: str
    feiten: int
    filter: str
    reglementen: Mapping[str, Reglement]
    gewoon: str

    @property
    def organisatie(self) -> str:
        """Whose register it is."""
        return self.reglementen[self.gewoon].organisatie if self.gewoon in self.reglementen else ""

    def naam(self, reglement: str, lijst: str, id: str | None) -> str:
        """Return what a reader calls an id, or the id of a reglement that is not here."""
        if not id:
            return ""
        return self.reglementen[reglement].naam_van(lijst, id) if reglement in self.reglementen else id


def bestand(waarvan: Waarvan, bladen: Sequence[Blad], onderwerpen: Sequence[str]) -> bytes:
    """Return the Excel file of these sheets; `onderwerpen` names per sheet the entry of VRAGEN it answers."""
    bronnen = [
        Bron(
            blad=blad.naam,
            vraag=VRAGEN[onderwerp][0],
            definitie=DEFINITIES[onderwerp],
            sql="; ".join(f"{naam}({vragen()[naam].parameters})" for naam in VRAGEN[onderwerp][1]),
        )
        for blad, onderwerp in zip(bladen, onderwerpen, strict=True)
    ]
    wie = waarvan.gebruiker
    herkomst = Herkomst(
        bronnen=bronnen,
        peildatum=waarvan.peildatum,
        filter=waarvan.filter,
        zegel=waarvan.zegel,
        feiten=waarvan.feiten,
        voor=f"Gemaakt voor {wie.naam} ({wie.rolnamen}): alleen wat deze gebruiker mag zien.",
        organisatie=waarvan.organisatie,
        over=waarvan.filter,
        vragen=met_bouwstenen(naam for onderwerp in dict.fromkeys(onderwerpen) for naam in VRAGEN[onderwerp][1]),
    )
    return maak(bladen, herkomst)


def klachten(regels: Iterable[Regel], waarvan: Waarvan) -> Blad:
    """The list of klachten, of which the user may read every one."""
    kolommen = (
        Kolom("Klachtnummer", breedte=13), Kolom("Ontvangen op", "datum", 11), Kolom("Status", breedte=17),
        Kolom("Indiener", breedte=20), Kolom("Categorie", breedte=24), Kolom("Vestiging", breedte=11),
        Kolom("Behandelaar", breedte=15), Kolom("Eerste termijn", breedte=24), Kolom("Uiterlijk op", "datum", 11),
        Kolom("Dagen over", "getal", 8), Kolom("Meningsverschil", breedte=17), Kolom("Herkomst", breedte=14),
    )  # fmt: skip
    rijen = [
        (
            r.klachtnummer, r.ontvangen_op, r.status, r.indiener, waarvan.naam(r.reglement, "categorieen", r.categorie),
            waarvan.naam(r.reglement, "vestigingen", r.vestiging),
            organisatie.naam(r.behandelaar) if r.behandelaar else "nog niet toegewezen", r.termijn_naam, r.uiterlijk_op,
            r.dagen_over, r.geschil, r.herkomst,
        )
        for r in regels
    ]  # fmt: skip
    kop = ("Klachten", "Op papier staan de kolommen tot en met Dagen over; de andere staan ernaast in dit bestand.")
    return Blad("Klachten", kolommen, rijen, kop=kop, kolommen_op_papier=10)


def taken(lijst: Iterable[tuple[str, Taak]], waarvan: Waarvan, naam: str = "Werkvoorraad") -> Blad:
    """Tasks with the part of the page they stand in; without a part: how pressing they are."""
    kolommen = (
        Kolom("Onderdeel", breedte=19, terugloop=True),
        Kolom("Nummer", breedte=13),
        Kolom("Stap", "getal", 6),
        Kolom("Wat", breedte=40, terugloop=True),
        Kolom("Wie", breedte=21, terugloop=True),
        Kolom("Vestiging", breedte=12),
        Kolom("Termijn", breedte=23, terugloop=True),
        Kolom("Uiterlijk op", "datum", 11),
        Kolom("Dagen over", "getal", 8),
    )
    rijen = [
        (
            deel or GROEPEN[t.groep],
            t.klachtnummer or (f"Jaar {t.onderdeel}" if t.onderdeel else ""),
            t.stap,
            t.wat,
            f"{t.wie_naam} (namens {organisatie.naam(t.namens)})" if t.namens else t.wie_naam,
            waarvan.naam(waarvan.gewoon, "vestigingen", t.vestiging),
            t.termijn_naam,
            t.uiterlijk_op,
            t.dagen_over,
        )
        for deel, t in lijst
    ]
    return Blad(naam, kolommen, rijen)


def dringend(regels: Iterable[Dringend]) -> Blad:
    """Terms that are over or nearly so."""
    kolommen = (
        Kolom("Klachtnummer", breedte=13), Kolom("Termijn", breedte=20, terugloop=True), Kolom("Stap", "getal", 6),
        Kolom("Uiterlijk op", "datum", 11), Kolom("Dagen over", "getal", 8),
        Kolom("Status", breedte=19, terugloop=True), Kolom("Wie", breedte=18, terugloop=True),
        Kolom("Nu te doen", breedte=32, terugloop=True), Kolom("Ook", breedte=26, terugloop=True),
    )  # fmt: skip
    rijen = [
        (
            r.klachtnummer, r.termijn_naam, r.stap, r.uiterlijk_op, r.dagen_over, r.status, r.wie_naam, r.wat,
            ", ".join(f"{naam} ({dagen(over)})" for naam, over in r.ook),
        )
        for r in regels
    ]  # fmt: skip
    return Blad("Termijnen", kolommen, rijen)


class Kijkregel(NamedTuple):
    """A line of the log of looking as a reader sees it: day, time, who, what, where, about what, in which sign-in."""

    dag: date
    tijd: str
    wie: str
    wat: str
    waar: str
    nummer: str
    over: str
    sessie: str


def kijkregels(regels: Iterable[Kijkregel]) -> Blad:
    """The lines of the log of looking that were chosen."""
    kolommen = (
        Kolom("Dag", "datum", 11), Kolom("Tijd", breedte=9), Kolom("Wie", breedte=22), Kolom("Wat", breedte=31),
        Kolom("Waar", breedte=31), Kolom("Nummer", breedte=13), Kolom("Over", breedte=24),
        Kolom("Aanmelding", breedte=12),
    )  # fmt: skip
    return Blad("Kijklog", kolommen, list(regels))


def verbeteracties(acties: Iterable[Actie], waarvan: Waarvan) -> Blad:
    """Verbeteracties and how they stand, without their text."""
    kolommen = (
        Kolom("Evaluatie", breedte=12), Kolom("Verbeteractie", "getal", 13), Kolom("Jaar", "jaar", 7),
        Kolom("Categorie", breedte=18, terugloop=True), Kolom("Actienemer", breedte=15, terugloop=True),
        Kolom("Uiterlijk op", "datum", 11), Kolom("Meegedeeld op", "datum", 11), Kolom("Uitgevoerd op", "datum", 11),
        Kolom("Vervallen op", "datum", 11), Kolom("Status", breedte=14, terugloop=True),
        Kolom("Dagen open", "getal", 7), Kolom("Dagen over", "getal", 7),
        Kolom("Waargenomen verandering", breedte=15, terugloop=True),
    )  # fmt: skip
    rijen = [
        (
            a.klachtnummer,
            a.verbeteractie,
            a.jaar,
            waarvan.naam(waarvan.gewoon, "categorieen", a.categorie) or "alle",
            organisatie.naam(a.actienemer),
            a.uiterlijk_op,
            a.meegedeeld_op,
            a.uitgevoerd_op,
            a.vervallen_op,
            a.status,
            a.dagen_open,
            a.dagen_over,
            waarvan.naam(waarvan.gewoon, "veranderingen", a.verandering) or "nog niet nagegaan",
        )
        for a in acties
    ]
    return Blad("Verbeteracties", kolommen, rijen)
