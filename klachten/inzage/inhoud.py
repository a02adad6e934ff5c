"""The answer to somebody of outside: what goes along of a dossier, cleaned of others, and what does not and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from klachten import bestandsnaam, taal
from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.teruggedraaid import Teruggedraaid
from klachten.gebeurtenissen import WISSEND, Gebeurtenis, Vastlegging
from klachten.handelingen import reglement_van
from klachten.inzage.antwoord import Antwoord, Deel, Woorden, later_of, source
from klachten.inzage.kijken import looked_at
from klachten.inzage.personen import EIGEN_DOSSIER, GENOEMD, Plek, colleagues, places, replacements
from klachten.inzage.schonen import ANDER, CONTACT, Schoner
from klachten.inzage.zoeken import Kandidaat, may_answer, stands_in, words_of
from klachten.kijklog import Kijkketen
from klachten.organisatie import Gebruiker
from klachten.register import Register

NIET_NAGEKEKEN = "Niet nagekeken: in dit stuk kunnen gegevens van anderen staan. Vraag ernaar, dan kijken wij het na."
STUK_WEG = "Dit stuk staat niet meer in het dossier."
OVER_EEN_ANDER = "Gaat niet over u, maar over degene die de klacht indiende of over de behandeling."
GEWIST = "Op {op} is iets uit dit dossier gewist. Wat gewist is, hebben wij niet meer."
GELEZEN = ("aan", "onderwerp", "inhoud", "naam")
"""What a receiver reads of a message; the rest says how it was made."""
_HOOFDLETTER = re.compile(r"\b[^\W\d_a-zà-ÿ][\w'’-]*")


def of_dossiers(
    register: Register,
    naam: str,
    gekozen: Iterable[Kandidaat],
    wie: Gebruiker,
    woorden: Woorden,
    *,
    op: date,
    keten: Kijkketen | None = None,
    nagekeken: Collection[tuple[str, int]] = (),
    ook_weg: Iterable[str] = (),
) -> Antwoord:
    """Return the answer about somebody of outside, in the dossiers in which a person recognised him or her.

    `nagekeken` are the documents (dossier, number of the fact) that may go along, `ook_weg` more names to leave out.
    What `wie` may not read any more is not in it.
    """
    gekozen = tuple(gekozen)
    per_dossier: dict[str, list[Kandidaat]] = {}
    for een in gekozen:
        per_dossier.setdefault(een.nummer, []).append(een)
    gelezen = {nummer: feiten for nummer in per_dossier if (feiten := may_answer(register, nummer, wie))}
    eigen = [naam, *(plek.tekst for een in gekozen for plek in een.plekken if een.rol != GENOEMD)]
    zinnen, delen, lees_na = {}, [], set()
    for nummer, feiten in gelezen.items():
        schoon = _cleaner(register, feiten, gekozen, eigen, ook_weg, gelezen, wie)
        maker = _Dossier(register, feiten, per_dossier[nummer], schoon, woorden, words_of(naam), nagekeken)
        delen += maker.delen()
        zinnen[nummer] = maker.zinnen()
        lees_na |= schoon.shared
    gezien = tuple(looked_at(keten, lambda regel: regel.nummer in gelezen)) if keten else ()
    return Antwoord(wie=naam, op=op, zinnen=zinnen, delen=tuple(delen), gezien=gezien, lees_na=frozenset(lees_na))


def _cleaner(
    register: Register,
    feiten: Feiten,
    gekozen: Sequence[Kandidaat],
    eigen: Sequence[str],
    ook_weg: Iterable[str],
    gelezen: Mapping[str, Feiten],
    wie: Gebruiker,
) -> Schoner:
    """Return what cleans the texts of one dossier: of who stands in it, and in those it belongs with."""
    zelf = {(plek.nr, plek.veld) for een in gekozen if een.rol != GENOEMD for plek in een.plekken}
    samen = {**gelezen, **{nummer: ander for nummer in linked(feiten) if (ander := may_answer(register, nummer, wie))}}
    anderen, contact = others_in(samen.values(), zelf, eigen)
    anderen = {**{deel.strip(): ANDER for deel in ook_weg if deel.strip()}, **anderen}
    return Schoner(eigen, {**replacements(register, colleagues(feiten)), **anderen}, contact, gelezen)


def others_in(
    dossiers: Iterable[Feiten], zelf: Collection[tuple[int, str]] = (), eigen: Collection[str] = ()
) -> tuple[dict[str, str], list[str]]:
    """Return who of outside stands in these dossiers but for whoever asks: what takes the place of a name, and the
    texts that say how to reach them."""
    anderen: dict[str, str] = {}
    contact: list[str] = []
    for plek in (plek for ander in dossiers for plek in places(ander)):
        if (plek.nr, plek.veld) in zelf or plek.tekst in eigen:
            continue
        if plek.contact:
            contact.append(plek.tekst)
        elif plek.rol == GENOEMD:
            # Mostly a sentence with names in it.
            anderen |= dict.fromkeys(_HOOFDLETTER.findall(plek.tekst) or [plek.tekst], ANDER)
        else:
            anderen[plek.tekst] = ANDER
    return anderen, contact


def documents(feiten: Feiten) -> list[Vastlegging]:
    """Return the facts that brought a file, each file once: that of a letter that waits or never went too."""
    stukken = [v for v in feiten.vastleggingen if isinstance(v.feit, g.DocumentToegevoegd)]
    gezien, brieven = {v.feit.document for v in stukken}, []
    for v in feiten.vastleggingen:
        if isinstance(v.feit, g.BerichtKlaargezet) and v.feit.document not in {"", *gezien}:
            gezien.add(v.feit.document)
            brieven.append(v)
    return sorted([*stukken, *brieven], key=lambda v: v.nr)


def linked(feiten: Feiten) -> set[str]:
    """Return the numbers of the dossiers that one belongs with: its signaal or klacht, and what it was linked to."""
    uit = {feit.klachtnummer for feit in feiten.van(g.SignaalOpSchriftGesteld)}
    uit |= {feit.met for feit in feiten.van(g.KlachtGekoppeld)} | {f.dubbel_van for f in feiten.van(g.KlachtVervallen)}
    return (uit | {feit.signaal for feit in feiten.van(g.KlachtOntvangen)}) - {""}


@dataclass(frozen=True)
class _Dossier:
    """One dossier on its way into the answer."""

    register: Register
    feiten: Feiten
    gekozen: Sequence[Kandidaat]
    schoon: Schoner
    woorden: Woorden
    gezocht: set[str]
    nagekeken: Collection[tuple[str, int]]

    @property
    def heel(self) -> bool:
        """Whether all of the dossier is about whoever asks."""
        return any(een.rol in EIGEN_DOSSIER for een in self.gekozen)

    def zinnen(self) -> tuple[str, ...]:
        """Say what dossier it is, and what stands in it no more."""
        soort = "Signaal" if self.feiten.klachtnummer.startswith("S") else "Klacht"
        rollen = taal.opsomming(dict.fromkeys(een.rol for een in self.gekozen))
        begin = min(v.feit.gebeurd_op for v in self.feiten.vastleggingen)
        uit = [f"{soort} {self.feiten.klachtnummer}, ontvangen op {taal.datum(begin)}. U bent daarin: {rollen}."]
        if isinstance(self.feiten, Dossier):
            uit.append(f"Stand van nu: {self.feiten.status}.")
        if isinstance(self.feiten, Teruggedraaid):
            op = taal.datum(self.feiten.teruggedraaid_op)
            uit.append(f"Zij is overgenomen uit een ander systeem, en dat is op {op} teruggedraaid: zij telt niet mee.")
        return (*uit, *erased(self.feiten))

    def delen(self) -> list[Deel]:
        """Return everything that was ever recorded, in order, and the documents after it."""
        later = later_of(self.feiten)
        feiten = [self._fact(v, later.get(v.nr, "")) for v in self.feiten.vastleggingen]
        return [*feiten, *(self._document(nr, v) for nr, v in enumerate(documents(self.feiten), start=1))]

    def _fact(self, v: Vastlegging, stand: str) -> Deel:
        feit, nummer = self._without_others(v), self.feiten.klachtnummer
        eigen = self.feiten if isinstance(self.feiten, Dossier | Teruggedraaid) else None
        reglement = reglement_van(self.register, eigen, op=v.feit.gebeurd_op)
        alle = tuple(
            regel if regel.getypt else replace(regel, waarde=self.schoon(regel.waarde))
            for regel in self.woorden.regels(feit, reglement)
            if self.heel or regel.getypt
        )
        deel = Deel(
            dossier=nummer, wat=self.woorden.titel(v.feit), op=v.feit.gebeurd_op, bron=source(v), regels=alle,
            stand=stand, bestand=f"{nummer}/gegevens.html",
        )  # fmt: skip
        return deel if self.heel or alle else replace(deel, bestand="", waarom_niet=OVER_EEN_ANDER)

    def _without_others(self, v: Vastlegging) -> Gebeurtenis:
        """Return a fact whose texts are about whoever asks, without the others in them."""
        zelf = {(plek.nr, plek.veld) for een in self.gekozen for plek in een.plekken}
        anders = {plek.veld: plek for plek in places(self.feiten) if plek.nr == v.nr and (v.nr, plek.veld) not in zelf}
        # What was mailed to whoever asks, and what came of it, is all about that person; not what made the letter.
        gemaild = {nr for nr, veld in zelf if veld == "aan"}
        if v.nr in gemaild or getattr(v.feit, "bericht", 0) in gemaild:
            zelf |= {(v.nr, veld) for veld in v.feit.teksten() if veld in (*GELEZEN, "melding")}
        return replace(
            v.feit,
            **{veld: self._text(v.nr, veld, tekst, anders.get(veld), zelf) for veld, tekst in v.feit.teksten().items()},
        )

    def _text(self, nr: int, veld: str, tekst: str, plek: Plek | None, zelf: set[tuple[int, str]]) -> str:
        if plek is not None and plek.rol != GENOEMD:
            return "" if not self.heel else CONTACT if plek.contact else ANDER
        if not self.heel and (nr, veld) not in zelf and not stands_in(tekst, self.gezocht):
            return ""
        return self.schoon(tekst)

    def _document(self, volgnr: int, v: Vastlegging) -> Deel:
        feit, nummer = v.feit, self.feiten.klachtnummer
        assert isinstance(feit, g.DocumentToegevoegd | g.BerichtKlaargezet)
        naam = self.schoon(feit.naam) or "stuk zonder naam"
        deel = Deel(dossier=nummer, wat=f"Stuk: {naam}", op=feit.gebeurd_op, bron=source(v))
        if feit.document not in self.register.dossiers.documents(nummer):
            return replace(deel, waarom_niet=STUK_WEG)
        if (nummer, v.nr) not in self.nagekeken:
            return replace(deel, waarom_niet=NIET_NAGEKEKEN)
        # A name never begins with a sign that a spreadsheet or a shell reads something in.
        bestand = f"{nummer}/stukken/{volgnr:02d} {bestandsnaam.handed_out(naam)}"
        return replace(deel, bestand=bestand, stuk=(nummer, feit.document))


def erased(feiten: Feiten) -> tuple[str, ...]:
    """Say on which days something was erased from a dossier."""
    return tuple(GEWIST.format(op=taal.datum(v.feit.gebeurd_op)) for v in feiten.geldig if v.feit.soort in WISSEND)
