"""Correct any fact by a new one, or take it back, with a reason; nothing is ever changed or removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Dossier
from klachten.dossier.voortzetting import was_elsewhere
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen.evalueren import check_corrected, check_deel, check_evaluatie, with_period
from klachten.handelingen.handeling import HANDELINGEN, Handeling, Zaak, dossier_van, handeling
from klachten.handelingen.opnieuw import check_anew, check_later, consequences, corrected, origin
from klachten.handelingen.organisatie import rechtzetten
from klachten.handelingen.organisatie.gedeeld import is_eigen_feit
from klachten.handelingen.organisatie.reglementen import check_same_reglement, check_withdrawn_reglement
from klachten.handelingen.reglement import versie_op
from klachten.handelingen.signaal import check_corrected_signaal, check_withdrawn_signaal, written_down
from klachten.handelingen.veld import Veld, check, op
from klachten.handelingen.voortzetting import check_corrected_elsewhere, check_withdrawn
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer

# The handeling that asks for what a fact holds: its fields are what can be put right, with the same checks.
VELDEN_UIT: dict[type[Gebeurtenis], str] = {
    g.SignaalOntvangen: "stap_01_ontvangen_signaal",
    g.SignaalAfgedaan: "stap_01_afdoen_signaal",
    g.KlachtOntvangen: "stap_01_indienen_klacht",
    g.CoordinatorGeinformeerd: "stap_02_informeren_coordinator",
    g.KlachtGeregistreerd: "stap_03_verwerken_klacht",
    g.DocumentToegevoegd: "stap_03_toevoegen_document",
    g.KlachtGekoppeld: "stap_03_koppelen_klacht",
    g.KlachtVervallen: "stap_03_laten_vervallen",
    g.GegevensAangevuld: "stap_03_aanvullen_gegevens",
    g.AnonimiteitVastgelegd: "stap_03_vastleggen_anonimiteit",
    g.IndienerToegevoegd: "stap_03_toevoegen_indiener",
    g.GemachtigdeAangewezen: "stap_03_aanwijzen_gemachtigde",
    g.TussenberichtGestuurd: "sturen_tussenbericht",
    g.VertragingToegelicht: "toelichten_vertraging",
    g.MedewerkerIngelicht: "stap_06_inlichten_medewerker",
    g.MedewerkerGehoord: "stap_06_horen_medewerker",
    g.UitkomstMeegedeeld: "stap_09_informeren_medewerker",
    g.TevredenheidGevraagd: "stap_14_vragen_tevredenheid",
    g.TevredenheidGegeven: "stap_14_ontvangen_tevredenheid",
    g.ToestemmingVastgelegd: "stap_03_vastleggen_toestemming",
    g.BetrokkeneToegevoegd: "stap_04_toevoegen_betrokkene",
    g.BuitenstaanderAangewezen: "stap_04_aanwijzen_buitenstaander",
    g.BehandelaarToegewezen: "stap_04_toewijzen_behandelaar",
    g.BehandelaarVervangen: "stap_04_vervangen_behandelaar",
    g.BehandelaarMeegedeeld: "stap_04_meedelen_behandelaar",
    g.OntvangstBevestigd: "stap_05_bevestigen_ontvangst",
    g.InformatieGevraagd: "stap_06_vragen_informatie",
    g.InformatieOntvangen: "stap_06_ontvangen_informatie",
    g.KlachtOnderzocht: "stap_06_onderzoeken_klacht",
    g.BevindingVastgesteld: "stap_06_vaststellen_bevinding",
    g.NietInBehandelingGenomen: "stap_07_niet_in_behandeling_nemen",
    g.MaatregelBepaald: "stap_08_bepalen_maatregel",
    g.GeenMaatregelenNodig: "stap_08_afzien_van_maatregelen",
    g.MaatregelGewijzigd: "stap_08_wijzigen_maatregel",
    g.MaatregelVervallen: "stap_08_laten_vervallen_maatregel",
    g.ResultaatMeegedeeld: "stap_09_informeren_indiener",
    g.ActienemerGeinformeerd: "stap_10_informeren_actienemer",
    g.MaatregelUitgevoerd: "stap_11_uitvoeren_maatregel",
    g.VoortgangBewaakt: "stap_12_bewaken_voortgang",
    g.KlachtAfgesloten: "stap_13_afsluiten_klacht",
    g.AfsluitingMeegedeeld: "stap_14_informeren_indiener_afsluiting",
    g.KlachtIngetrokken: "intrekken_klacht",
    g.BehandelingVoortgezet: "voortzetten_behandeling",
    g.TermijnVerlengd: "verlengen_termijn",
    g.MeningsverschilGemeld: "stap_15_melden_meningsverschil",
    g.OverlegGevoerd: "stap_15_voeren_overleg",
    g.GeschilVoorgelegd: "stap_15_voorleggen_geschil",
    g.OordeelOntvangen: "stap_15_ontvangen_oordeel",
    g.OordeelMeegedeeld: "stap_15_meedelen_oordeel",
    g.OordeelOpgevolgd: "stap_15_opvolgen_oordeel",
    g.KlachtHeropend: "stap_15_heropenen_klacht",
    g.EvaluatieGehouden: "stap_16_evalueren_klachten",
    g.ConclusieGetrokken: "stap_16_concluderen",
    g.VerbeteractieBepaald: "stap_16_bepalen_verbeteractie",
    g.VerbeteractieGewijzigd: "stap_16_wijzigen_verbeteractie",
    g.VerbeteractieVervallen: "stap_16_laten_vervallen_verbeteractie",
    g.VerbeteractieMeegedeeld: "stap_17_informeren_actienemer",
    g.VerbeteractieUitgevoerd: "stap_18_uitvoeren_verbeteractie",
    g.VeranderingWaargenomen: "stap_18_waarnemen_verandering",
    g.TrajectenVastgesteld: "stap_16_vaststellen_trajecten",
}
# What identifies a fact or ties it to another one: changed, it would be another fact.
_VAST = frozenset(
    "maatregel verbeteractie onderdeel reglement intake signaal met bestand jaar peildatum vervangt hoort_bij".split()
)
_NR = Veld(naam="nr", label="Nummer van het feit", soort="getal")


def te_corrigeren(feit: Gebeurtenis) -> tuple[Veld, ...]:
    """Return the fields of a fact that can be put right, as its handeling asks for them, besides its date."""
    if type(feit) in rechtzetten.VELDEN:
        return rechtzetten.velden(feit)
    handeling = handeling_van(feit)
    eigen = {veld.name for veld in fields(feit)} - _VAST
    velden = (veld for veld in handeling.velden if veld.naam in eigen) if handeling else ()
    return tuple(veld for veld in velden if not veld.vroeger or getattr(feit, veld.naam))


def handeling_van(feit: Gebeurtenis) -> Handeling | None:
    """Return the handeling that records this kind of fact, None when no form does."""
    naam = VELDEN_UIT.get(type(feit))
    return HANDELINGEN[naam] if naam else None


@handeling(
    "Feit corrigeren",
    _NR,
    Veld(naam="gebeurd_op", label="Juiste datum", soort="datum", verplicht=False),
    Veld(naam="waarden", label="Juiste gegevens", soort="waarden", verplicht=False),
    reden_verplicht=True,
)
def corrigeren_feit(zaak: Zaak, *, nr: int, gebeurd_op: date | None, waarden: dict[str, Any] | None) -> Gebeurtenis:
    """The same kind of fact is recorded again with what was wrong put right; the first one stays visible."""
    huidig = _valid_fact(zaak, nr)
    waarden = waarden or {}
    mogelijk = {veld.naam: veld for veld in te_corrigeren(huidig.feit)}
    if is_eigen_feit(zaak):
        rechtzetten.check_not_erased(zaak)
        if not mogelijk:
            raise Geweigerd(f"Feit {nr} kan niet gecorrigeerd worden. Herroep het, en leg het daarna goed vast.")
        # Of these the whole form is asked again, with what was right as it stood.
        waarden = {**{naam: getattr(huidig.feit, naam) for naam in mogelijk}, **waarden}
    niet = [naam for naam in waarden if naam not in mogelijk]
    if niet:
        raise OngeldigeInvoer({"waarden": f"Dit kan niet gecorrigeerd worden: {', '.join(niet)}."})
    check_corrected_elsewhere(zaak.dossier, huidig, (veld for naam, veld in mogelijk.items() if naam in waarden))
    op = gebeurd_op or huidig.feit.gebeurd_op
    # Another day asks for all choices anew: they have to be valid on it.
    ook = _choices(huidig.feit, mogelijk) if op != huidig.feit.gebeurd_op and _eigen(zaak, huidig) else {}
    invoer = {**ook, **waarden}
    velden = tuple(mogelijk[naam] for naam in invoer)
    goed = check(velden, invoer, zaak.reglement, zaak.vandaag, op, getattr(zaak.dossier, "ontvangen_op", None))
    nieuw = replace(huidig.feit, gebeurd_op=op, reden="", reden_afwijking="", **goed)
    if isinstance(nieuw, g.KlachtOntvangen):
        # The klacht runs under the reglement of the day on which it really came in.
        check_same_reglement(zaak, huidig.feit.gebeurd_op, nieuw.gebeurd_op)
        van_toen = zaak.reglement if _eigen(zaak, huidig) else zaak.register.reglementen[nieuw.reglement]
        nieuw = replace(nieuw, reglement_versie=versie_op(van_toen, nieuw.gebeurd_op))
    if nieuw == replace(huidig.feit, reden="", reden_afwijking=""):
        raise OngeldigeInvoer({"nr": f"Feit {nr} staat al zo vast; vul in wat er anders moet zijn."})
    if isinstance(nieuw, g.EvaluatieGehouden):
        nieuw = with_period(nieuw)
        check_evaluatie(zaak.register, nieuw)
        check_corrected(zaak.register, zaak.dossier.evaluatie, nieuw, zaak.klachtnummer)
    if isinstance(nieuw, g.TrajectenVastgesteld):
        check_deel(nieuw)
    if is_eigen_feit(zaak):
        rechtzetten.check_corrected_own(zaak, huidig, nieuw)
        return nieuw
    zaak.afwijkend = huidig.feit.afwijkingen
    zaak.waarom_afwijkend = huidig.feit.waarom_afwijkend
    check_corrected_signaal(zaak, huidig.feit, nieuw)
    zaak.waarschuwingen += check_anew(zaak, huidig, nieuw, handeling_van)
    for ander, daar in _elsewhere(zaak, huidig.feit):
        feit = replace(daar.feit, gebeurd_op=max(op, ander.ontvangen_op), reden=zaak.reden)
        zaak.ook_in(ander.klachtnummer, feit, origin(daar))
    for daar in written_down(zaak, huidig.feit):
        if daar.feit.gebeurd_op != op:
            zaak.ook_in(daar.klachtnummer, replace(daar.feit, gebeurd_op=op, reden=zaak.reden), origin(daar))
    zaak.gevolgen += consequences(zaak, huidig, nieuw, handeling_van)
    return nieuw


@handeling("Feit herroepen", _NR, op("Herroepen op"), reden_verplicht=True)
def herroepen_feit(zaak: Zaak, *, nr: int, op: date) -> Gebeurtenis:
    """A fact that did not happen is taken back; a whole klacht becomes vervallen instead."""
    huidig = _valid_fact(zaak, nr)
    if isinstance(huidig.feit, g.KlachtOntvangen | g.SignaalOntvangen | g.EvaluatieGehouden):
        raise Geweigerd(
            f"Feit {nr} is het begin van {zaak.klachtnummer} en kan niet herroepen worden. "
            "Laat de klacht vervallen als de invoer een vergissing was (stap 3)."
        )
    check_withdrawn_signaal(zaak, huidig.feit)
    check_withdrawn_reglement(zaak, huidig.feit)
    check_withdrawn(zaak.dossier, huidig)
    feit = g.FeitHerroepen(gebeurd_op=op)
    if is_eigen_feit(zaak):
        rechtzetten.check_withdrawn_own(zaak, huidig, feit)
        return feit
    check_later(zaak.dossier, corrected(zaak.dossier, huidig, feit), origin(huidig), zaak.reglement, handeling_van)
    for ander, daar in _elsewhere(zaak, huidig.feit):
        zaak.ook_in(ander.klachtnummer, g.FeitHerroepen(gebeurd_op=op, reden=zaak.reden), origin(daar))
    zaak.gevolgen += consequences(zaak, huidig, feit, handeling_van)
    return feit


def _elsewhere(zaak: Zaak, feit: Gebeurtenis) -> Iterator[tuple[Dossier, Vastlegging]]:
    """The same link as the other dossier has it: what was recorded in two is put right or taken back in both."""
    if not isinstance(feit, g.KlachtGekoppeld):
        return
    ander = dossier_van(zaak.boeking, feit.met)
    assert isinstance(ander, Dossier)
    for vastlegging in ander.geldig:
        if isinstance(vastlegging.feit, g.KlachtGekoppeld) and vastlegging.feit.met == zaak.klachtnummer:
            yield ander, vastlegging


def _choices(feit: Gebeurtenis, mogelijk: dict[str, Veld]) -> dict[str, Any]:
    gekozen = {naam: getattr(feit, naam) for naam, veld in mogelijk.items() if veld.lijst}
    return {naam: waarde for naam, waarde in gekozen.items() if waarde}


def _eigen(zaak: Zaak, huidig: Vastlegging) -> bool:
    """Whether this was recorded here: what was taken over keeps the choices of the system that it came from."""
    if not isinstance(zaak.dossier, Dossier):
        return True
    return zaak.dossier.ontvangst.herkomst == "register" and not was_elsewhere(zaak.dossier, huidig)


def _valid_fact(zaak: Zaak, nr: int) -> Vastlegging:
    huidig = zaak.dossier.vastlegging(nr)
    if huidig is None:
        raise OngeldigeInvoer({"nr": f"Feit {nr} staat niet vast in {zaak.klachtnummer}, of is al herroepen."})
    if isinstance(huidig.feit, g.OVER_BEWAREN):
        raise Geweigerd(
            f"Feit {nr} gaat over bewaren of wissen. Een voorstel wijst u af; wat is gewist, blijft gewist."
        )
    if huidig.feit.soort in g.VAN_DE_POST:
        # Taken back, a message that has gone would go again.
        raise Geweigerd(f"Feit {nr} gaat over e-mail. Wat er met een bericht moet gebeuren, zegt u op de pagina Post.")
    zaak.corrigeert = nr
    return huidig
