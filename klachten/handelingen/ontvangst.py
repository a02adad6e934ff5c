"""Steps 1-3 and 5: the klacht comes in, the coordinator hears of it, it is registered and acknowledged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.buitenstaander import namens
from klachten.handelingen.dubbel import check_dubbel
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.indiener import POST, ZELF_ONBEKEND, check_naam
from klachten.handelingen.nader import GEGEVENS, gegevens_fact
from klachten.handelingen.reglement import versie_op
from klachten.handelingen.signaal import check_after_signaal, documents_of
from klachten.handelingen.veld import Veld, op, toelichting, wijze
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.taal import datum, opsomming

_HERKOMST = (
    Veld(naam="kanaal", label="Hoe kwam het binnen", soort="keuze", lijst="kanalen"),
    Veld(naam="vestiging", label="Vestiging", soort="keuze", lijst="vestigingen"),
    Veld(naam="ontvanger", label="Wie nam het in ontvangst", soort="medewerker"),
    Veld(naam="indiener_soort", label="Soort indiener", soort="keuze", lijst="indiener_soorten"),
    Veld(naam="indiener_naam", label="Naam van de indiener", soort="regel"),
    Veld(naam="indiener_contact", label="Adres of e-mail van de indiener", soort="regel", verplicht=False, hulp=POST),
    Veld(naam="omschrijving", label="Waar gaat het over", soort="tekst"),
)


@handeling("Signaal vastleggen", op("Ontvangen op"), *_HERKOMST, reeks="S", nieuw=True)
def stap_01_ontvangen_signaal(zaak: Zaak, *, op: date, **invoer: str) -> Gebeurtenis:
    """Something oral is a signaal until it is written down."""
    zaak.klachtnummer = zaak.boeking.nieuw_nummer("S", op.year)
    return g.SignaalOntvangen(gebeurd_op=op, **invoer)


@handeling("Signaal afdoen", op("Afgedaan op"), toelichting("Hoe is het afgedaan", verplicht=True), reeks="S")
def stap_01_afdoen_signaal(zaak: Zaak, *, op: date, toelichting: str) -> Gebeurtenis:
    """The signaal was settled, or the person did not want to write it down."""
    _check_open_signaal(zaak.dossier, op)
    return g.SignaalAfgedaan(gebeurd_op=op, toelichting=toelichting)


@handeling(
    "Klacht vastleggen",
    op("Ontvangen op", "De dag waarop de ontvanger de klacht kreeg. Vanaf deze dag lopen de termijnen."),
    *(replace(veld, tenzij="anoniem") if veld.naam == "indiener_naam" else veld for veld in _HERKOMST),
    ZELF_ONBEKEND,
    Veld(naam="categorie", label="Categorie", soort="keuze", lijst="categorieen"),
    Veld(naam="aspecten", label="Gaat ook over", soort="meerkeuze", lijst="categorieen", verplicht=False),
    Veld(
        naam="betrokkenen",
        label="Betrokken medewerkers",
        soort="medewerkers",
        verplicht=False,
        hulp="Over wie gaat de klacht, of wie was erbij? Zij worden nooit behandelaar en lezen het dossier niet.",
    ),
    Veld(naam="betrokkenen_buiten", label="Andere betrokkenen", soort="regel", verplicht=False),
    Veld(
        naam="feiten_vermeld",
        label="De klacht noemt feiten en omstandigheden",
        soort="ja_nee",
        standaard=True,
        hulp="Ook zonder feiten is het een klacht en lopen de termijnen; vraag de feiten dan op.",
    ),
    Veld(naam="vertegenwoordiger", label="Vertegenwoordiger", soort="regel", verplicht=False),
    Veld(naam="traject", label="Traject of dienst", soort="regel", verplicht=False),
    Veld(naam="gewenste_oplossing", label="Wat wil de indiener", soort="tekst", verplicht=False),
    Veld(naam="kenmerken", label="Kenmerken", soort="meerkeuze", lijst="kenmerken", verplicht=False),
    Veld(
        naam="coordinator_op",
        label="Coördinator geïnformeerd op",
        soort="datum",
        verplicht=False,
        hulp="Stap 2. Laat leeg als de coördinator het nog moet horen.",
    ),
    Veld(
        naam="verwerkt_op",
        label="Verwerkt in het register op",
        soort="datum",
        verplicht=False,
        hulp="Stap 3. Leeg betekent vandaag, als de coördinator zelf invoert.",
    ),
    *GEGEVENS,
    Veld(naam="signaal", label="Eerder gemeld als signaal", soort="klacht", verplicht=False),
    Veld(naam="intake", label="Intakeformulier", soort="regel", verplicht=False),
    Veld(naam="reglement", label="Reglement", soort="regel", verplicht=False),
    nieuw=True,
)
def stap_01_indienen_klacht(
    zaak: Zaak,
    *,
    op: date,
    coordinator_op: date | None,
    verwerkt_op: date | None,
    intake: str,
    signaal: str,
    reglement: str,
    **invoer: Any,
) -> Sequence[Gebeurtenis]:
    """A written expression of dissatisfaction is received; the coordinator who enters it does steps 2 and 3 as well."""
    bestaand = zaak.boeking.intake(intake) if intake else None
    if bestaand:
        zaak.klachtnummer = bestaand
        return ()
    gegevens = {veld.naam: invoer.pop(veld.naam) for veld in GEGEVENS}
    nader: list[Gebeurtenis | None] = [gegevens_fact(op, op, gegevens), _anoniem(op, invoer)]
    zaak.klachtnummer = zaak.boeking.nieuw_nummer("K", op.year)
    ontvangst = g.KlachtOntvangen(
        gebeurd_op=op,
        reglement=zaak.reglement.id,
        reglement_versie=versie_op(zaak.reglement, op),
        signaal=signaal,
        intake=intake,
        **invoer,
    )
    if signaal:
        _check_open_signaal(Feiten(signaal, zaak.boeking.vastleggingen(signaal)), op)
        zaak.ook_in(signaal, g.SignaalOpSchriftGesteld(gebeurd_op=op, klachtnummer=zaak.klachtnummer))
        zaak.stukken += documents_of(zaak, signaal)
    feiten: list[Gebeurtenis] = [ontvangst]
    if coordinator_op:
        if coordinator_op < op:
            raise OngeldigeInvoer({"coordinator_op": f"Stap 2 kan niet vóór de ontvangst op {datum(op)} (stap 1)."})
        hoort = _informed(zaak, coordinator_op, ontvangst.betrokkenen or ())
        feiten.append(g.CoordinatorGeinformeerd(gebeurd_op=coordinator_op, geinformeerde=hoort))
        if zaak.gebruiker.heeft("coordinator"):
            feiten.append(g.KlachtGeregistreerd(gebeurd_op=verwerkt_op or zaak.vandaag))
    return [*feiten, *(feit for feit in nader if feit)]


@handeling(
    "Coördinator informeren",
    op("Geïnformeerd op"),
    Veld(naam="geinformeerde", label="Wie is geïnformeerd", soort="medewerker", rollen=("coordinator", "directie")),
    Veld(
        naam="coordinator_afwezig",
        label="De coördinator is voor langere tijd afwezig",
        soort="ja_nee",
        verplicht=False,
        vroeger=True,
    ),
)
def stap_02_informeren_coordinator(
    zaak: Zaak, *, op: date, geinformeerde: str, coordinator_afwezig: bool = False
) -> Gebeurtenis:
    """The coordinator is informed, or the directeur while every coordinator is absent for longer.

    The absences that are recorded say so; only facts of before them say it themselves.
    """
    wie = zaak.gebruiker.id
    if wie in zaak.dossier.betrokkenen and wie not in (geinformeerde, zaak.dossier.ontvangst.ontvanger):
        raise OngeldigeInvoer(
            {"geinformeerde": "U bent betrokken bij deze klacht: leg alleen vast dat u het zelf hebt gehoord (stap 2)."}
        )
    hoort = directeur_hoort(op)
    if coordinator_afwezig or (hoort and not organisatie.heeft_rol(geinformeerde, "coordinator", op=op)):
        if not organisatie.heeft_rol(geinformeerde, "directie", op=op):
            raise OngeldigeInvoer({"geinformeerde": "Is de coördinator afwezig, informeer dan de directeur (stap 2)."})
    elif not organisatie.heeft_rol(geinformeerde, "coordinator", op=op):
        raise OngeldigeInvoer({"geinformeerde": NIET_AFWEZIG})
    elif geinformeerde not in {wie.id for wie in organisatie.coordinatoren(op)} and geinformeerde != wie:
        ander = hoort or f"{opsomming(c.naam for c in organisatie.coordinatoren(op))} is er wel (stap 2)."
        zaak.waarschuw("coordinator_afwezig", f"{organisatie.naam(geinformeerde)} is dan langer afwezig. {ander}")
    return g.CoordinatorGeinformeerd(
        gebeurd_op=op, geinformeerde=geinformeerde, coordinator_afwezig=coordinator_afwezig
    )


@handeling("Klacht verwerken en dossier aanleggen", op("Verwerkt op"))
def stap_03_verwerken_klacht(zaak: Zaak, *, op: date) -> Gebeurtenis:
    """The klacht is entered in the register and its klachtdossier is made."""
    return g.KlachtGeregistreerd(gebeurd_op=op, namens=namens(zaak))


@handeling("Klacht koppelen", op("Gekoppeld op"), Veld(naam="met", label="Hoort bij klacht", soort="klacht"))
def stap_03_koppelen_klacht(zaak: Zaak, *, op: date, met: str) -> Gebeurtenis:
    """Two klachten belong together; both dossiers show it."""
    if met == zaak.klachtnummer:
        raise OngeldigeInvoer({"met": "Een klacht kan niet aan zichzelf gekoppeld worden."})
    if not met.startswith("K"):
        raise OngeldigeInvoer(
            {"met": f"'{met}' is geen klachtnummer; een klachtnummer ziet eruit als K{op.year}-0007."}
        )
    ander = zaak.andere_klacht(met)
    if any(feit.met == met for feit in zaak.dossier.van(g.KlachtGekoppeld)):
        raise Geweigerd(f"Stap 3: klacht {zaak.klachtnummer} en {met} zijn al gekoppeld.", soort="staat_er_al")
    dag = max(op, ander.ontvangen_op)
    zaak.ook_in(met, g.KlachtGekoppeld(gebeurd_op=min(dag, zaak.vandaag), met=zaak.klachtnummer))
    return g.KlachtGekoppeld(gebeurd_op=op, met=met)


@handeling(
    "Klacht laten vervallen",
    op("Vervallen op"),
    Veld(naam="grond", label="Waarom", soort="keuze", lijst="gronden_vervallen"),
    Veld(naam="dubbel_van", label="Dubbel van klacht", soort="klacht", verplicht=False),
    reden_verplicht=True,
)
def stap_03_laten_vervallen(zaak: Zaak, *, op: date, grond: str, dubbel_van: str) -> Gebeurtenis:
    """A mistaken or double entry becomes vervallen and keeps its number."""
    check_dubbel(zaak, grond, dubbel_van)
    return g.KlachtVervallen(gebeurd_op=op, grond=grond, dubbel_van=dubbel_van, namens=namens(zaak))


@handeling("Ontvangst bevestigen", op("Verstuurd op"), wijze())
def stap_05_bevestigen_ontvangst(zaak: Zaak, *, op: date, wijze: str) -> Gebeurtenis:
    """The indiener gets a written acknowledgement that names klachtnummer and behandelaar."""
    return g.OntvangstBevestigd(gebeurd_op=op, wijze=wijze, behandelaar=zaak.dossier.behandelaar)


NIET_AFWEZIG = (
    "Informeer de coördinator (stap 2); de directeur alleen als die langer afwezig is. Is dat zo, meld dan eerst die "
    "afwezigheid."
)


def directeur_hoort(op: date) -> str:
    """Say who of the coordinators is absent until when, so that the directeur is informed; "" when one is there."""
    org = organisatie.huidige()
    if not org.coordinator_langer_afwezig(op):
        return ""
    weg = [(wie, org.langer_afwezig(wie.id, op)) for wie in org.met_rol("coordinator", op=op)]
    delen = [f"{wie.naam} ({_until(afwezig.tot if afwezig else None)})" for wie, afwezig in weg]
    return f"Langer afwezig als coördinator: {opsomming(delen)}. Dan hoort de directeur het (stap 2)."


def _until(tot: date | None) -> str:
    return f"tot en met {datum(tot)}" if tot else "einde nog niet bekend"


# --- what the steps above share ------------------------------------------------------------------------------------


def _anoniem(op: date, invoer: dict[str, Any]) -> Gebeurtenis | None:
    """Return the fact that the indiener stays unknown, None otherwise; `invoer` loses the answer."""
    anoniem = bool(invoer.pop("anoniem"))
    check_naam(str(invoer["indiener_naam"]), anoniem)
    if not anoniem:
        return None
    return g.AnonimiteitVastgelegd(gebeurd_op=op, onbekend=True, bereikbaar=bool(invoer["indiener_contact"]))


def _informed(zaak: Zaak, op: date, betrokkenen: Collection[str]) -> str:
    """Who was informed on a day when nobody says who: the coordinator who enters it, else the one who was there.

    Of directie, while every coordinator was absent for longer, who is not involved.
    """
    if zaak.gebruiker.heeft("coordinator"):
        return zaak.gebruiker.id
    if not organisatie.met_rol("coordinator", op=op):
        raise Geweigerd(
            "Stap 2: er is geen coördinator in het register. Vraag de beheerder er een aan te wijzen.",
            soort="niemand_met_rol",
        )
    directie = sorted(organisatie.met_rol("directie", op=op), key=lambda lid: lid.id in betrokkenen)
    hoort = organisatie.coordinatoren(op) or directie
    if not hoort:
        raise Geweigerd(
            "Stap 2: er is dan geen coördinator en geen directie. Laat dit veld leeg.", soort="niemand_met_rol"
        )
    return hoort[0].id


def _check_open_signaal(signaal: Feiten, op: date) -> None:
    if not signaal.van(g.SignaalOntvangen):
        raise OngeldigeInvoer({"signaal": f"{signaal.klachtnummer} is geen signaal in het register."})
    check_after_signaal(signaal, op)
    if signaal.van(g.SignaalOpSchriftGesteld, g.SignaalAfgedaan):
        nummers = opsomming(feit.klachtnummer for feit in signaal.van(g.SignaalOpSchriftGesteld))
        waar = f"op schrift gesteld als {nummers}" if nummers else "afgedaan"
        raise Geweigerd(f"Stap 1: signaal {signaal.klachtnummer} is al {waar}.", soort="signaal_klaar")
