"""Steps 10-14: the maatregelen are carried out and watched, and the klacht is closed."""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Dossier
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.termijn import termijnen_bij, termijnen_van
from klachten.handelingen.veld import Veld, op, toelichting, wijze
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.organisatie import naam
from klachten.reglement import Reglement, Termijn
from klachten.taal import aantal, datum, opsomming

_WELKE = Veld(naam="maatregel", label="Maatregel", soort="maatregel")


@handeling("Actienemer informeren", op("Geïnformeerd op"), _WELKE)
def stap_10_informeren_actienemer(zaak: Zaak, *, op: date, maatregel: int) -> Gebeurtenis:
    """The actienemer is told of the maatregel."""
    huidig = zaak.dossier.maatregelen.get(maatregel)
    if huidig is None or huidig.vervallen_op:
        raise OngeldigeInvoer({"maatregel": f"Maatregel {maatregel} bestaat niet of is vervallen (stap 10)."})
    if huidig.geinformeerd_op:
        raise Geweigerd(
            f"Stap 10 is al gedaan: {naam(huidig.actienemer)} is op {datum(huidig.geinformeerd_op)} geïnformeerd.",
            soort="al_gedaan",
        )
    if op < huidig.bepaald_op:
        zaak.waarschuw("volgorde", f"Maatregel {maatregel} is pas bepaald op {datum(huidig.bepaald_op)} (stap 8).")
    if huidig.uitgevoerd_op and huidig.uitgevoerd_op < op:
        zaak.waarschuw("volgorde", "Stap 11 is al eerder gedaan dan stap 10.")
    return g.ActienemerGeinformeerd(gebeurd_op=op, maatregel=maatregel)


@handeling(
    "Maatregel uitgevoerd melden",
    op("Uitgevoerd op"),
    _WELKE,
    Veld(naam="behandelaar_geinformeerd_op", label="Behandelaar geïnformeerd op", soort="datum", verplicht=False),
    toelichting("Wat is er gedaan"),
)
def stap_11_uitvoeren_maatregel(
    zaak: Zaak, *, op: date, maatregel: int, behandelaar_geinformeerd_op: date | None, toelichting: str
) -> Gebeurtenis:
    """A maatregel is carried out and the behandelaar is told; an actienemer reports only own maatregelen."""
    huidig = zaak.open_maatregel(maatregel)
    if zaak.rol == "actienemer" and huidig.actienemer != zaak.gebruiker.id:
        raise Geweigerd(
            f"Stap 11: maatregel {maatregel} is van {naam(huidig.actienemer)}, niet van u.", soort="niet_uw_actie"
        )
    if op < huidig.bepaald_op:
        raise OngeldigeInvoer({"op": f"Maatregel {maatregel} is pas bepaald op {datum(huidig.bepaald_op)} (stap 8)."})
    if behandelaar_geinformeerd_op and behandelaar_geinformeerd_op < op:
        raise OngeldigeInvoer(
            {"behandelaar_geinformeerd_op": "De behandelaar hoort het pas als de maatregel is uitgevoerd (stap 11)."}
        )
    if huidig.geinformeerd_op and op < huidig.geinformeerd_op:
        zaak.waarschuw(
            "volgorde", f"{naam(huidig.actienemer)} is pas geïnformeerd op {datum(huidig.geinformeerd_op)} (stap 10)."
        )
    if op > huidig.uiterlijk_op:
        zaak.waarschuw(
            "maatregel_te_laat",
            f"Maatregel {maatregel} moest uiterlijk {datum(huidig.uiterlijk_op)} uitgevoerd zijn (stap 11).",
        )
    return g.MaatregelUitgevoerd(
        gebeurd_op=op,
        maatregel=maatregel,
        behandelaar_geinformeerd_op=behandelaar_geinformeerd_op,
        toelichting=toelichting,
    )


@handeling(
    "Voortgang bewaken",
    op("Nagegaan op"),
    Veld(naam="bevinding", label="Hoe staat het ervoor", soort="tekst"),
)
def stap_12_bewaken_voortgang(zaak: Zaak, *, op: date, bevinding: str) -> Gebeurtenis:
    """The progress of the maatregelen is watched."""
    return g.VoortgangBewaakt(gebeurd_op=op, bevinding=bevinding)


@handeling(
    "Klacht afsluiten",
    op("Afgesloten op"),
    Veld(
        naam="uitkomst",
        label="Uitkomst",
        soort="keuze",
        lijst="uitkomsten",
        verplicht=False,
        hulp="Facultatief: het reglement vraagt geen oordeel van de organisatie zelf.",
    ),
    toelichting(),
)
def stap_13_afsluiten_klacht(zaak: Zaak, *, op: date, uitkomst: str, toelichting: str) -> Gebeurtenis:
    """The klacht is dealt with once every maatregel is carried out, or none was needed for a stated reason."""
    laatste = max((m.uitgevoerd_op for m in zaak.dossier.geldende_maatregelen if m.uitgevoerd_op), default=op)
    if op < laatste:
        raise OngeldigeInvoer({"op": f"De laatste maatregel is pas uitgevoerd op {datum(laatste)} (stap 11)."})
    heropend = zaak.dossier.laatste(g.KlachtHeropend)
    if heropend and not zaak.dossier.in_ronde(8):
        zaak.waarschuw(
            "niets_besloten", f"Sinds de heropening op {datum(heropend.gebeurd_op)} is nog niets besloten (stap 8)."
        )
    return g.KlachtAfgesloten(gebeurd_op=op, uitkomst=uitkomst, toelichting=toelichting)


@handeling("Indiener informeren over de afsluiting", op("Verstuurd op"), wijze())
def stap_14_informeren_indiener_afsluiting(zaak: Zaak, *, op: date, wijze: str) -> Gebeurtenis:
    """The indiener is told in writing that the klacht is closed."""
    return g.AfsluitingMeegedeeld(gebeurd_op=op, wijze=wijze)


@handeling("Klacht intrekken", op("Ingetrokken op"), wijze("Hoe meegedeeld"), toelichting("Wat zei de indiener"))
def intrekken_klacht(zaak: Zaak, *, op: date, wijze: str, toelichting: str) -> Gebeurtenis:
    """The indiener withdraws the klacht."""
    return g.KlachtIngetrokken(gebeurd_op=op, wijze=wijze, toelichting=toelichting)


def verlengbare_termijnen(reglement: Reglement, dossier: Dossier) -> dict[str, Termijn]:
    """Return the terms of a klacht that its reglement lets one extend, by id."""
    return {t.id: t for t in reglement.termijnen_van(dossier.ontvangst.reglement_versie) if t.verlenging}


@handeling(
    "Termijn verlengen",
    op("Kennisgeving verstuurd op"),
    Veld(naam="termijn", label="Welke termijn", soort="termijn", verplicht=False),
    Veld(naam="uiterlijk_op", label="Nieuwe uiterste datum", soort="dag"),
    Veld(naam="instemming_indiener", label="De indiener stemde schriftelijk in", soort="ja_nee", verplicht=False),
    toelichting("Reden aan de indiener", verplicht=True),
)
def verlengen_termijn(
    zaak: Zaak, *, op: date, uiterlijk_op: date, instemming_indiener: bool, toelichting: str, termijn: str
) -> Gebeurtenis:
    """A term is extended with written notice, where and as far as the reglement permits it.

    Which one has to be said only where there is a choice.
    """
    verlengbaar = verlengbare_termijnen(zaak.reglement, zaak.dossier)
    if not verlengbaar:
        raise Geweigerd(
            f"{zaak.reglement.naam} kent geen verlenging. Wat te laat is, legt u vast als te laat, met de reden.",
            soort="geen_verlenging",
        )
    if not termijn and len(verlengbaar) > 1:
        namen = opsomming((t.naam for t in verlengbaar.values()), "of")
        raise OngeldigeInvoer({"termijn": f"Welke termijn: kies {namen}."})
    gekozen = verlengbaar.get(termijn or next(iter(verlengbaar)))
    if gekozen is None or gekozen.verlenging is None:
        wel = opsomming(t.naam for t in verlengbaar.values())
        raise OngeldigeInvoer({"termijn": f"Deze termijn kan niet worden verlengd. Wel: {wel}."})
    verlenging = gekozen.verlenging
    eerder = sum(feit.termijn == gekozen.id for feit in zaak.dossier.van(g.TermijnVerlengd))
    if zaak.corrigeert is None:
        lopend = termijnen_van(zaak.register, zaak.klachtnummer, zaak.vandaag)
    else:
        # Corrected, an extension is held against the term before it, which is not the one that it made.
        lopend = termijnen_bij(zaak.register, zaak.vandaag, zaak.dossier)
    nu = lopend.get(gekozen.id)
    if nu is None:
        raise Geweigerd(
            f"De termijn '{gekozen.naam}' is nog niet begonnen; er valt niets te verlengen.", soort="geen_verlenging"
        )
    if op > nu.uiterlijk_op:
        raise OngeldigeInvoer(
            {"op": f"De termijn '{nu.naam}' was al verstreken op {datum(nu.uiterlijk_op)}; verlengen kan niet meer."}
        )
    if uiterlijk_op <= nu.uiterlijk_op:
        raise OngeldigeInvoer({"uiterlijk_op": f"De termijn loopt nu al tot en met {datum(nu.uiterlijk_op)}."})
    if eerder < verlenging.keer:
        if nu.verlengbaar_tot and uiterlijk_op > nu.verlengbaar_tot:
            raise OngeldigeInvoer({"uiterlijk_op": f"Verlengen kan tot en met {datum(nu.verlengbaar_tot)}."})
    elif not verlenging.met_instemming_daarna:
        raise Geweigerd(
            f"De termijn '{nu.naam}' is al verlengd; dat kan {aantal(verlenging.keer, 'keer', 'keer')}.",
            soort="al_verlengd",
        )
    elif not instemming_indiener:
        raise Geweigerd(
            f"De termijn '{nu.naam}' is al verlengd. Verder uitstel kan alleen als de indiener schriftelijk instemt.",
            soort="al_verlengd",
        )
    return g.TermijnVerlengd(
        gebeurd_op=op,
        termijn=gekozen.id,
        uiterlijk_op=uiterlijk_op,
        instemming_indiener=instemming_indiener,
        toelichting=toelichting,
    )
