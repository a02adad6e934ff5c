"""One letter that is about to go: to whom it may, what it must and may not say, and what of it is recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from klachten import brieven, organisatie
from klachten import gebeurtenissen as g
from klachten.brieven import BriefKanNiet, docx_lezen, docx_overal, maken, ontvangers
from klachten.brieven.lijst import Brief
from klachten.brieven.ontvangers import Ontvanger
from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.lezen import mag_lezen
from klachten.dossier.rechten import rol_in
from klachten.dossier.weigering import Weigering
from klachten.handelingen.bericht import course
from klachten.handelingen.briefvragen import STUK, from_text, invoer_van, to_text, vragen
from klachten.handelingen.handeling import HANDELINGEN
from klachten.handelingen.reglement import reglement_van
from klachten.handelingen.terugpost import came_back
from klachten.handelingen.veld import check
from klachten.handelingen.veld import wijze as wijze_veld
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.handelingen.zaak import dossier_van
from klachten.organisatie import Gebruiker
from klachten.register import Boeking, Register
from klachten.reglement import Reglement
from klachten.taal import datum

_HEET = {"naam": "De naam van het bestand", "onderwerp": "Het onderwerp", "inhoud": "De tekst van de e-mail"}


def recipients(feiten: Feiten, brief: str) -> list[Ontvanger]:
    """Return to whom a letter may go, the one it goes to first."""
    return ontvangers.recipients(feiten, known(brief), organisatie.huidige())


def refusal(register: Register, feiten: Feiten, brief: str, gebruiker: Gebruiker) -> Weigering | None:
    """Return None when the user can make and send this letter now, else the Dutch reason."""
    soort = known(brief)
    volgens = reglement_van(register, feiten, op=gebruiker.op or feiten.vastleggingen[0].feit.gebeurd_op)
    if not recipients(feiten, brief):
        return Weigering(
            "niet_bereikbaar",
            "Er is niemand aan wie deze brief kan: er is geen adres, gemachtigde of medewerker in het dossier.",
        )
    if soort.handeling:
        _, weigering = HANDELINGEN[soort.handeling].toets(feiten, gebruiker, volgens)
        return None if weigering is None or once_more(feiten, soort, gebruiker, volgens) else weigering
    _, weigering = HANDELINGEN[STUK].toets(feiten, gebruiker, volgens)
    if weigering is None and isinstance(feiten, Dossier) and feiten.geschil != "voorgelegd":
        weigering = Weigering(
            "niet_voorgelegd", "Stap 15: er is geen geschil voorgelegd waarover de indiener bericht kan krijgen."
        )
    return weigering


def once_more(feiten: Feiten, soort: Brief, gebruiker: Gebruiker, volgens: Reglement) -> bool:
    """Tell whether a letter may go though its step is refused, as it is done: then only the file is kept.

    To others who filed the klacht, or once more because it came back.
    """
    if not isinstance(feiten, Dossier) or feiten.gewist:
        return False
    meer = soort.aan == brieven.INDIENER and len({een.id for een in ontvangers.filers(feiten)} - {"gemachtigde"}) > 1
    meer = meer or came_back(feiten, soort)
    rol = rol_in(feiten, soort.handeling, gebruiker, volgens)
    return bool(meer and rol and soort.stap and feiten.stap_op(soort.stap)) and mag_lezen(feiten, gebruiker) is None


def waiting(feiten: Feiten, soort: Brief) -> dict[int, g.BerichtKlaargezet]:
    """Return the messages of a letter that have not gone and still may, by their numbers."""
    klaar = {(v.corrigeert or v.nr): v.feit for v in feiten.geldig if isinstance(v.feit, g.BerichtKlaargezet)}
    return {
        nr: feit
        for nr, feit in klaar.items()
        if feit.brief == soort.id
        and not isinstance(course(feiten, nr).feit, g.BerichtVerzonden | g.BerichtIngetrokken | g.BerichtTeruggekomen)
    }


def known(brief: str) -> Brief:
    """Return a letter by its id; OngeldigeInvoer for one that there is not."""
    if brief not in brieven.BRIEVEN:
        raise OngeldigeInvoer({"brief": f"De brief '{brief}' is er niet."})
    return brieven.BRIEVEN[brief]


def still_to(register: Register, klachtnummer: str, soort: Brief, antwoorden: dict[str, Any], aan: str) -> None:
    """Refuse a letter to somebody, or an address, that the dossier does not have any more."""
    _check_address(_recipient(soort, dossier_van(register, klachtnummer), antwoorden), aan)


def _recipient(soort: Brief, feiten: Feiten, antwoorden: dict[str, Any]) -> Ontvanger:
    wie = ontvangers.surely(soort, feiten, antwoorden, organisatie.huidige())
    if wie is None:
        raise OngeldigeInvoer({"aan": "Aan wie: kies iemand uit dit dossier. Aan een ander kan deze brief niet."})
    return wie


def _check_address(wie: Ontvanger, aan: str) -> None:
    adres = aan.strip()
    if not wie.e_mail:
        raise OngeldigeInvoer(
            {"aan": f"Van {wie.omschrijving} staat geen e-mailadres in het dossier. Druk de brief af, of vul eerst het "
             "adres aan."}
        )  # fmt: skip
    if adres.casefold() != wie.e_mail.casefold():
        raise OngeldigeInvoer(
            {"aan": f"Het adres {adres or '(leeg)'} hoort niet bij {wie.omschrijving}. In het dossier staat "
             f"{wie.e_mail}."}
        )  # fmt: skip


class Briefzaak:
    """One letter within a group of facts: who sends it to whom, and what of it may be recorded."""

    def __init__(
        self, register: Register, boeking: Boeking, gebruiker: Gebruiker, klachtnummer: str, brief: str,
        antwoorden: Mapping[str, Any], vandaag: date,
    ) -> None:  # fmt: skip
        self.register, self.boeking, self.vandaag = register, boeking, vandaag
        self.gebruiker, self.soort = replace(gebruiker, op=vandaag), known(brief)
        self.feiten = dossier_van(boeking, klachtnummer)
        self.reglement = reglement_van(register, self.feiten, op=vandaag)
        if waarom := refusal(register, self.feiten, brief, self.gebruiker):
            raise Geweigerd(waarom)
        self.antwoorden = dict(antwoorden)
        eigen = [veld for veld in vragen(self.soort) if veld.naam in self.antwoorden or veld.verplicht]
        gegeven = {veld.naam: self.antwoorden.get(veld.naam) for veld in eigen}
        ontvangen = getattr(self.feiten, "ontvangen_op", None)
        self.antwoorden |= check(tuple(eigen), gegeven, self.reglement, vandaag, op=vandaag, ontvangen_op=ontvangen)
        self.wie = _recipient(self.soort, self.feiten, self.antwoorden)

    @property
    def only_file(self) -> bool:
        """Whether there is no step to record: the letter has none, or the step is done and this goes to another."""
        doe = HANDELINGEN.get(self.soort.handeling)
        return doe is None or doe.toets(self.feiten, self.gebruiker, self.reglement)[1] is not None

    @property
    def rol(self) -> str:
        """The role in which the letter is sent."""
        return HANDELINGEN[self.soort.handeling or STUK].toets(self.feiten, self.gebruiker, self.reglement)[0]

    def objections(self, bestand: bytes) -> tuple[str, ...]:
        """Return what is wrong with a file as this letter."""
        try:
            delen = docx_lezen.unpack(bestand)
            tekst, (overal, half) = docx_lezen.text_in(delen), docx_overal.read(delen)
        except BriefKanNiet as fout:
            return fout.zinnen
        return half + maken.objections(self.soort, self.feiten, self.wie, tekst, organisatie.huidige(), overal)

    def check_letter(self, bestand: bytes, op: date) -> None:
        """Refuse a file that is no letter, or that does not say what it must or says what it may not."""
        if fouten := self.objections(bestand):
            raise OngeldigeInvoer({"bestand": " ".join(fouten)})
        if op > self.vandaag:
            raise OngeldigeInvoer({"op": f"{datum(op)} ligt in de toekomst. Leg vast wat al gebeurd is."})
        ontvangen = getattr(self.feiten, "ontvangen_op", None)
        if ontvangen and op < ontvangen:
            zin = f"{datum(op)} ligt vóór de ontvangst van de klacht op {datum(ontvangen)}."
            raise OngeldigeInvoer({"op": zin})

    def check_words(self, **velden: str) -> None:
        """Refuse what goes around the letter (its mail, the name of its file) when that names whom it may not."""
        fout = {}
        for veld, tekst in velden.items():
            genoemd = maken.names_another(self.soort, self.feiten, self.wie, tekst, organisatie.huidige())
            if genoemd:
                fout[veld] = " ".join(zin.replace("De brief", _HEET[veld], 1) for zin in genoemd)
        if fout:
            raise OngeldigeInvoer(fout)

    def check_address(self, aan: str) -> None:
        """Refuse an address that is not the one the dossier has of who gets the letter."""
        _check_address(self.wie, aan)

    def check_not_waiting(self) -> None:
        """Refuse a second message of the same letter to the same person while the first has not gone."""
        org = organisatie.huidige()
        for nr, feit in waiting(self.feiten, self.soort).items():
            antwoorden = from_text(feit.antwoorden)
            aan = ontvangers.surely(self.soort, self.feiten, antwoorden, org)
            # The address may have been corrected since: the same person it is all the same.
            gelijk = feit.aan.casefold() == self.wie.e_mail.casefold() or (aan is not None and aan.id == self.wie.id)
            zelfde = antwoorden == from_text(to_text(self.antwoorden)) or self.soort.aan == "indiener"
            if gelijk and zelfde:
                raise Geweigerd(
                    f"Deze brief staat al klaar om te versturen aan {feit.aan} (bericht {nr}). Trek dat bericht eerst "
                    "in als u hem anders wilt sturen.",
                    soort="brief_staat_klaar",
                )

    def record_step(self, wijze: str, op: date, reden: str, reden_afwijking: str | None) -> tuple[int, ...]:
        """Record the handeling of the letter; none when only the file is kept."""
        if self.only_file:
            check((wijze_veld(),), {"wijze": wijze}, self.reglement, self.vandaag, op=op)
            return ()
        invoer = invoer_van(self.soort, self.antwoorden, op=op, wijze=wijze)
        return HANDELINGEN[self.soort.handeling].within(
            self.register, self.boeking, self.gebruiker, self.feiten.klachtnummer, vandaag=self.vandaag, reden=reden,
            reden_afwijking=reden_afwijking, **invoer,
        ).nrs  # fmt: skip

    def keep(self, bestand: bytes, naam: str, wijze: str, op: date) -> int:
        """Record the file that went out, to whom and how; return the number of that fact."""
        hoe = self.reglement.naam_van("wijzen", wijze).lower()
        feit = g.DocumentToegevoegd(
            gebeurd_op=op, document=hashlib.sha256(bestand).hexdigest(), soort_document="brief", van_dag=op,
            richting="uit", naam=naam, aan=f"{self.wie.op_stuk} ({hoe})",
        )  # fmt: skip
        return self.boeking.leg_vast(
            self.feiten.klachtnummer, feit, door=self.gebruiker.id, rol=self.rol, document=bestand
        )
