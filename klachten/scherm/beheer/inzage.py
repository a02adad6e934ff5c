"""Page Inzageverzoek: somebody asks what is kept of him or her; a person recognises, checks, and takes the zip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import inzage, organisatie, scherm, taal
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen import Geweigerd, bewaard_van
from klachten.inzage import Antwoord, Kandidaat, Regel, Woorden
from klachten.kijklog.regel import GEDOWNLOAD
from klachten.organisatie import Persoon
from klachten.reglement import Reglement
from klachten.scherm import aanbod, afwijkingen, kijker, kijklog, onderdelen
from klachten.scherm.aanbod import Maker
from klachten.scherm.beheer import privacy
from klachten.scherm.dossier import feit, stuk
from klachten.scherm.onderdelen import veilig

UITVOER = "inzageverzoek"
SOORT, NAAM, PERSOON, WEG = (f"inzage.{deel}" for deel in ("soort", "naam", "persoon", "weg"))
BUITEN, MEDEWERKER = "Iemand van buiten", "Een medewerker"
TE_KORT = "Typ een naam van ten minste twee letters, liefst alleen de achternaam."
NIEMAND = (
    "Geen dossier gevonden met deze naam. Is de persoon gewist, dan staat de naam nergens meer; antwoord dat dan zo."
)
ZELF = "Over uzelf maakt een ander dit antwoord."
_REDENEN = ("reden", "reden_afwijking")


def fields_of(wat: Gebeurtenis, reglement: Reglement) -> list[Regel]:
    """Return the fields of a fact as the page of a dossier shows them, with why it was done and why it deviates."""
    uit = [Regel(*regel) for regel in feit.regels(wat, reglement)]
    if wat.afwijkingen:
        uit.append(
            Regel("Vastgelegde afwijking van het reglement", afwijkingen.opgesomd(wat.afwijkingen, reglement), False)
        )
    return uit + [Regel(feit.LABELS[naam], tekst, True) for naam in _REDENEN if (tekst := getattr(wat, naam))]


WOORDEN = Woorden(titel=feit.titel, regels=fields_of)


def toon() -> None:
    """Draw the page: who asks, in which dossiers that person stands, what may go along, and the file."""
    soort = st.segmented_control("Wie vraagt erom", [BUITEN, MEDEWERKER], default=BUITEN, key=SOORT, required=True)
    if soort == MEDEWERKER:
        _colleague()
        return
    naam = (st.text_input("Naam", key=NAAM, max_chars=200, placeholder="Achternaam", autocomplete="off") or "").strip()
    if not naam:
        st.markdown("Typ de naam zoals die in een dossier kan staan. Daarna wijst u aan welke dossiers het zijn.")
        return
    gekozen = _recognise(naam)
    if not gekozen:
        return
    _answer(naam, gekozen)


def _recognise(naam: str) -> list[Kandidaat]:
    """Let a person say in which dossiers it is the same person; return those."""
    gebruiker, vandaag = scherm.gebruiker(), scherm.vandaag()
    gevonden = inzage.candidates(scherm.register(), naam, gebruiker, vandaag)
    kijklog.zocht(naam, "inzage", len(gevonden))
    onderdelen.kop("Is dit dezelfde persoon?")
    onderdelen.zonder_betrokken()
    if not gevonden:
        onderdelen.lege_staat("Niets gevonden", f"{NIEMAND} {TE_KORT}")
        return []
    if len({een.nummer for een in gevonden}) > inzage.MEESTE:
        st.warning(f"De naam staat in meer dan {inzage.MEESTE} dossiers. Typ meer van de naam.")
        return []
    st.markdown("Een naam kan van meer mensen zijn. Vink alleen aan wat u zeker weet, zo nodig na navraag.")
    return [een for een in gevonden if _tick(een)]


def _tick(een: Kandidaat) -> bool:
    kijklog.toont(een.nummer)
    with st.container(border=True, gap="xsmall"):
        aan = st.checkbox(
            f"{een.nummer}, {taal.datum(een.op)}: {een.rol}. Dit is dezelfde persoon.",
            key=f"inzage.is.{een.nummer}.{een.wie}",
        )
        for tekst in (*een.namen, *een.contact):
            feit.letterlijk(tekst)
    return aan


def _answer(naam: str, gekozen: Sequence[Kandidaat]) -> None:
    onderdelen.kop("Wat mee mag")
    ook_weg = st.text_area(
        "Andere namen die eruit moeten",
        key=WEG,
        max_chars=2000,
        placeholder="Eén naam per regel",
        help="Namen van medewerkers en van anderen in het dossier gaan er al uit. Lees de teksten na, en zet hier wie "
        "er nog meer in staat.",
    )
    vraag = _Vraag(naam, tuple(gekozen), frozenset(_documents(gekozen)), tuple((ook_weg or "").splitlines()))
    antwoord = vraag.antwoord()
    if antwoord.lees_na:
        st.warning(f"Deze namen heeft ook een ander: {veilig(taal.opsomming(sorted(antwoord.lees_na)))}. Lees ze na.")
    _preview(antwoord)
    aanbod.knop(
        "Inzage als zip", f"inzage-{scherm.vandaag():%Y-%m-%d}.zip", "application/zip", Maker(UITVOER, vraag.maker()),
        key="inzage.zip",
    )  # fmt: skip


def _documents(gekozen: Sequence[Kandidaat]) -> Iterator[tuple[str, int]]:
    """Let a person say of each document that it was read and may go along; nothing but a person can tell."""
    register = scherm.register()
    for nummer in dict.fromkeys(een.nummer for een in gekozen):
        aanwezig = set(register.dossiers.documents(nummer))
        for v in inzage.documents(bewaard_van(register, nummer)):
            if v.feit.document in aanwezig and _checked(nummer, v):
                yield nummer, v.nr


def _checked(nummer: str, v: Vastlegging) -> bool:
    assert isinstance(v.feit, g.DocumentToegevoegd | g.BerichtKlaargezet)
    with st.container(border=True, gap="xsmall"):
        feit.letterlijk(v.feit.naam or "stuk zonder naam")
        aanbod.verwijs("Bekijken", stuk.adres(nummer, v.nr), key=f"inzage.stuk.{nummer}.{v.nr}")
        return st.checkbox("Nagekeken, mag mee", key=f"inzage.mag.{nummer}.{v.nr}")


def _preview(antwoord: Antwoord) -> None:
    with st.expander("Zo staan de teksten erin", icon=":material/visibility:"):
        for deel in antwoord.delen:
            st.markdown(f"**{veilig(deel.dossier)}** · {veilig(deel.wat)}, {taal.datum(deel.op)}")
            zinnen = (deel.waarom_niet, *(f"{regel.label}: {regel.waarde}" for regel in deel.regels))
            feit.letterlijk("\n".join(filter(None, zinnen)))


def _colleague() -> None:
    gebruiker, mensen = scherm.gebruiker(), organisatie.huidige().mensen
    onderdelen.zonder_betrokken()
    namen = {id: persoon.naam for id, persoon in mensen.items() if id != gebruiker.id and persoon.nummer}
    id = st.selectbox(
        "Medewerker", sorted(namen, key=namen.__getitem__), format_func=namen.__getitem__, index=None, key=PERSOON,
        placeholder="Kies een medewerker",
    )  # fmt: skip
    st.markdown(f":small[{ZELF}]")
    if id is None:
        return
    kijklog.betreft(persoon=id)
    persoon = mensen[id]
    if persoon.gewist:
        st.markdown("De naam en het e-mailadres van deze persoon zijn gewist; in het antwoord staat wat er nog is.")
    vraag = _Medewerker(persoon)
    _preview(vraag.antwoord())
    aanbod.knop(
        "Inzage als zip", f"inzage-{scherm.vandaag():%Y-%m-%d}.zip", "application/zip", Maker(UITVOER, vraag.maker()),
        key="inzage.zip",
    )  # fmt: skip


@dataclass(frozen=True)
class _Vraag:
    """What was chosen on the page about somebody of outside."""

    naam: str
    gekozen: tuple[Kandidaat, ...]
    nagekeken: frozenset[tuple[str, int]]
    ook_weg: tuple[str, ...]

    def antwoord(self) -> Antwoord:
        """Return what goes along, without who looked: that is read when the file is made."""
        return inzage.of_dossiers(
            scherm.register(), self.naam, self.gekozen, scherm.gebruiker(), WOORDEN, op=scherm.vandaag(),
            nagekeken=self.nagekeken, ook_weg=self.ook_weg,
        )  # fmt: skip

    def maker(self) -> Callable[[], Iterator[bytes]]:
        """Return what makes the zip; who asks, and what may be read, is looked at again then."""
        register, wie, vandaag, sessie = scherm.register(), scherm.gebruiker(), scherm.vandaag(), kijker.hash()
        uitleg = privacy.statement()

        def maak() -> Iterator[bytes]:
            log = kijklog.van(register)
            log.flush()
            antwoord = inzage.of_dossiers(
                register, self.naam, self.gekozen, wie, WOORDEN, op=vandaag, keten=log.keten,
                nagekeken=self.nagekeken, ook_weg=self.ook_weg,
            )  # fmt: skip
            for nummer in antwoord.zinnen:
                log.note(GEDOWNLOAD, wie.id, waar=UITVOER, nummer=nummer, sessie=sessie)
            return inzage.stream(antwoord, register.document, uitleg)

        return maak


@dataclass(frozen=True)
class _Medewerker:
    """A colleague who was chosen."""

    persoon: Persoon

    def antwoord(self) -> Antwoord:
        """Return what goes along, without who looked."""
        return inzage.of_medewerker(scherm.register(), self.persoon, scherm.gebruiker(), WOORDEN, op=scherm.vandaag())

    def maker(self) -> Callable[[], Iterator[bytes]]:
        """Return what makes the zip."""
        register, wie, vandaag, sessie = scherm.register(), scherm.gebruiker(), scherm.vandaag(), kijker.hash()
        uitleg, id = privacy.statement(), self.persoon.id

        def maak() -> Iterator[bytes]:
            persoon = organisatie.huidige().mensen[id]
            if id == wie.id:
                raise Geweigerd(ZELF, soort="niet_over_uzelf")
            log = kijklog.van(register)
            log.flush()
            antwoord = inzage.of_medewerker(register, persoon, wie, WOORDEN, op=vandaag, keten=log.keten)
            log.note(GEDOWNLOAD, wie.id, waar=UITVOER, over=id, sessie=sessie)
            return inzage.stream(antwoord, register.document, uitleg)

        return maak
