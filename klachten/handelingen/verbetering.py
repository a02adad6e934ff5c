"""Steps 16-18: directie evaluates the klachten of a year, which leads to verbeteracties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from klachten import gebeurtenissen as g
from klachten.dossier.evaluatie import Verbeteractie
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.bevriezen import bevroren, versies_van_periode
from klachten.handelingen.evalueren import (
    check_evaluatie,
    check_not_evaluated,
    named_period,
    period_of,
    with_period,
)
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import Veld, op, toelichting
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.organisatie import naam
from klachten.taal import datum

_WELKE = Veld(naam="verbeteractie", label="Verbeteractie", soort="verbeteractie")
ONDERDELEN = tuple(g.ONDERDELEN.items())
_BLAD = (
    op("Geëvalueerd op"),
    Veld(
        naam="directieleden",
        label="Door (directie)",
        soort="overleggers",
        hulp="Wie bij een klacht betrokken is, evalueert die niet alleen.",
    ),
    Veld(
        naam="aanwezigen",
        label="Ook aanwezig",
        soort="medewerkers",
        verplicht=False,
        hulp="Wie er verder bij was, bijvoorbeeld de coördinator of wie de notulen maakte.",
    ),
    Veld(naam="conclusies", label="Conclusies", soort="tekst"),
    Veld(
        naam="bestand",
        label="Bevroren cijfers",
        soort="bestand",
        verplicht=False,
        hulp="De cijfers van de peildatum; zij worden met de evaluatie bewaard.",
    ),
)


@handeling(
    "Klachten evalueren",
    _BLAD[0],
    Veld(naam="jaar", label="Over het jaar", soort="getal"),
    Veld(
        naam="van",
        label="Periode, eerste dag",
        soort="datum",
        verplicht=False,
        hulp="Leeg betekent 1 januari. Ook delen mogen; samen zijn zij het jaar, elk na afloop gehouden.",
    ),
    Veld(
        naam="tot",
        label="Periode, laatste dag",
        soort="datum",
        verplicht=False,
        hulp="Leeg betekent 31 december, of de dag van de evaluatie als het jaar nog loopt.",
    ),
    *_BLAD[1:],
    reeks="E",
    nieuw=True,
)
def stap_16_evalueren_klachten(
    zaak: Zaak,
    *,
    op: date,
    jaar: int,
    van: date | None,
    tot: date | None,
    directieleden: tuple[str, ...],
    aanwezigen: tuple[str, ...] | None,
    conclusies: str,
    bestand: bytes | None,
) -> Gebeurtenis:
    """Directie evaluates the klachten of a period; of each klacht at least one evaluator is not involved."""
    feit = with_period(
        g.EvaluatieGehouden(
            gebeurd_op=op,
            jaar=jaar,
            van=van,
            tot=tot,
            directieleden=directieleden,
            aanwezigen=_anderen(aanwezigen, directieleden),
            conclusies=conclusies,
        )
    )
    check_not_evaluated(zaak.register, feit)
    return _evalueer(zaak, feit, bestand)


@handeling("Evaluatie heropenen", *_BLAD, reeks="E", reden_verplicht=True)
def stap_16_heropenen_evaluatie(
    zaak: Zaak,
    *,
    op: date,
    directieleden: tuple[str, ...],
    aanwezigen: tuple[str, ...] | None,
    conclusies: str,
    bestand: bytes | None,
) -> Gebeurtenis:
    """A year is evaluated anew as the next version, with a reason; the earlier one stays, and nothing moves over."""
    vorige: g.EvaluatieGehouden = zaak.dossier.evaluatie
    van, tot = period_of(vorige)
    laatste = versies_van_periode(zaak.register, van, tot, ook_tussentijds=True)[-1]
    if laatste != zaak.klachtnummer:
        raise Geweigerd(
            f"Stap 16: van {named_period(vorige)} is er al een nieuwere evaluatie ({laatste}). Heropen die."
        )
    if op < vorige.gebeurd_op:
        raise OngeldigeInvoer({"op": f"{datum(op)} ligt vóór de evaluatie van {datum(vorige.gebeurd_op)} (stap 16)."})
    feit = g.EvaluatieGehouden(
        gebeurd_op=op,
        jaar=vorige.jaar,
        van=van,
        tot=tot,
        directieleden=directieleden,
        aanwezigen=_anderen(aanwezigen, directieleden),
        conclusies=conclusies,
        versie=vorige.versie + 1,
        vervangt=zaak.klachtnummer,
    )
    return _evalueer(zaak, feit, bestand)


def _anderen(aanwezigen: tuple[str, ...] | None, directieleden: tuple[str, ...]) -> tuple[str, ...]:
    """Return who was there without those who evaluated."""
    return tuple(wie for wie in aanwezigen or () if wie not in directieleden)


def _evalueer(zaak: Zaak, feit: g.EvaluatieGehouden, bestand: bytes | None) -> Gebeurtenis:
    """Check who evaluates, freeze the figures, and give the evaluation its own number."""
    check_evaluatie(zaak.register, feit)
    if bestand is not None:
        feit = replace(feit, **bevroren(zaak.register, bestand, *period_of(feit), feit.gebeurd_op))
        zaak.document = bestand
    zaak.klachtnummer = zaak.boeking.nieuw_nummer("E", feit.gebeurd_op.year)
    return feit


@handeling(
    "Verbeteractie bepalen",
    op("Bepaald op"),
    Veld(naam="omschrijving", label="Verbeteractie", soort="tekst"),
    Veld(naam="actienemer", label="Actienemer", soort="medewerker", rollen=("actienemer", "directie")),
    Veld(naam="uiterlijk_op", label="Uiterlijk uitgevoerd op", soort="dag"),
    Veld(naam="categorie", label="Gericht op categorie", soort="keuze", lijst="categorieen", verplicht=False),
    Veld(
        naam="onderdeel",
        label="Volgt uit onderdeel",
        soort="keuze",
        keuzes=ONDERDELEN,
        verplicht=False,
        hulp="Bij dat onderdeel staat volgend jaar wat ervan gekomen is.",
    ),
    reeks="E",
)
def stap_16_bepalen_verbeteractie(
    zaak: Zaak, *, op: date, omschrijving: str, actienemer: str, uiterlijk_op: date, categorie: str, onderdeel: str
) -> Gebeurtenis:
    """The evaluation leads to a verbeteractie with its actienemer."""
    check_na_evaluatie(zaak, op)
    if uiterlijk_op < op:
        raise OngeldigeInvoer(
            {"uiterlijk_op": f"De uiterste datum ligt vóór {datum(op)}, de dag waarop hij is bepaald."}
        )
    return g.VerbeteractieBepaald(
        gebeurd_op=op,
        verbeteractie=max(zaak.dossier.verbeteracties, default=0) + 1,
        actienemer=actienemer,
        uiterlijk_op=uiterlijk_op,
        categorie=categorie,
        onderdeel=onderdeel,
        omschrijving=omschrijving,
    )


@handeling(
    "Verbeteractie wijzigen",
    op("Gewijzigd op"),
    _WELKE,
    Veld(
        naam="actienemer",
        label="Andere actienemer",
        soort="medewerker",
        rollen=("actienemer", "directie"),
        verplicht=False,
    ),
    Veld(naam="uiterlijk_op", label="Andere uiterste datum", soort="dag", verplicht=False),
    Veld(naam="omschrijving", label="Andere omschrijving", soort="tekst", verplicht=False),
    reeks="E",
    reden_verplicht=True,
)
def stap_16_wijzigen_verbeteractie(
    zaak: Zaak, *, op: date, verbeteractie: int, actienemer: str, uiterlijk_op: date | None, omschrijving: str
) -> Gebeurtenis:
    """A verbeteractie changes, is postponed, or goes to another actienemer, with a reason."""
    huidig = _open_actie(zaak, verbeteractie, op)
    ander = actienemer if actienemer != huidig.actienemer else ""
    dag = uiterlijk_op if uiterlijk_op != huidig.uiterlijk_op else None
    tekst = omschrijving if omschrijving != huidig.omschrijving else ""
    if not (ander or dag or tekst):
        raise OngeldigeInvoer({"verbeteractie": f"Verbeteractie {verbeteractie} is al zo; vul in wat er verandert."})
    if dag and dag < huidig.bepaald_op:
        raise OngeldigeInvoer({"uiterlijk_op": f"De verbeteractie is pas bepaald op {datum(huidig.bepaald_op)}."})
    return g.VerbeteractieGewijzigd(
        gebeurd_op=op, verbeteractie=verbeteractie, actienemer=ander, uiterlijk_op=dag, omschrijving=tekst
    )


@handeling("Verbeteractie laten vervallen", op("Vervallen op"), _WELKE, reeks="E", reden_verplicht=True)
def stap_16_laten_vervallen_verbeteractie(zaak: Zaak, *, op: date, verbeteractie: int) -> Gebeurtenis:
    """A verbeteractie is cancelled, with a reason."""
    _open_actie(zaak, verbeteractie, op)
    return g.VerbeteractieVervallen(gebeurd_op=op, verbeteractie=verbeteractie)


@handeling("Actienemer van verbeteractie informeren", op("Geïnformeerd op"), _WELKE, reeks="E")
def stap_17_informeren_actienemer(zaak: Zaak, *, op: date, verbeteractie: int) -> Gebeurtenis:
    """The actienemer is told of the verbeteractie."""
    huidig = _open_actie(zaak, verbeteractie, op)
    if huidig.meegedeeld_op:
        raise Geweigerd(
            f"Stap 17 is al gedaan: {naam(huidig.actienemer)} is op {datum(huidig.meegedeeld_op)} geïnformeerd."
        )
    return g.VerbeteractieMeegedeeld(gebeurd_op=op, verbeteractie=verbeteractie)


@handeling("Verbeteractie uitgevoerd melden", op("Uitgevoerd op"), _WELKE, toelichting("Wat is er gedaan"), reeks="E")
def stap_18_uitvoeren_verbeteractie(zaak: Zaak, *, op: date, verbeteractie: int, toelichting: str) -> Gebeurtenis:
    """A verbeteractie is carried out; an actienemer reports only own ones."""
    huidig = _open_actie(zaak, verbeteractie, op)
    if zaak.rol == "actienemer" and huidig.actienemer != zaak.gebruiker.id:
        raise Geweigerd(f"Stap 18: verbeteractie {verbeteractie} is van {naam(huidig.actienemer)}, niet van u.")
    if not huidig.meegedeeld_op:
        zaak.waarschuw("volgorde", f"{naam(huidig.actienemer)} is nog niet geïnformeerd (stap 17).")
    elif op < huidig.meegedeeld_op:
        zaak.waarschuw(
            "volgorde", f"{naam(huidig.actienemer)} is pas geïnformeerd op {datum(huidig.meegedeeld_op)} (stap 17)."
        )
    if op > huidig.uiterlijk_op:
        zaak.waarschuw(
            "verbeteractie_te_laat",
            f"Verbeteractie {verbeteractie} moest uiterlijk {datum(huidig.uiterlijk_op)} uitgevoerd zijn (stap 18).",
        )
    return g.VerbeteractieUitgevoerd(gebeurd_op=op, verbeteractie=verbeteractie, toelichting=toelichting)


@handeling(
    "Verandering waarnemen",
    op("Waargenomen op"),
    _WELKE,
    Veld(naam="verandering", label="Waargenomen verandering", soort="keuze", lijst="veranderingen"),
    toelichting("Waaruit blijkt dat", verplicht=True),
    reeks="E",
)
def stap_18_waarnemen_verandering(
    zaak: Zaak, *, op: date, verbeteractie: int, verandering: str, toelichting: str
) -> Gebeurtenis:
    """What was seen to have changed after a verbeteractie: an observation, never called an effect."""
    huidig = zaak.dossier.verbeteracties.get(verbeteractie)
    if huidig is None or huidig.uitgevoerd_op is None:
        raise OngeldigeInvoer({"verbeteractie": f"Verbeteractie {verbeteractie} is nog niet uitgevoerd (stap 18)."})
    if op < huidig.uitgevoerd_op:
        raise OngeldigeInvoer({"op": f"De verbeteractie is pas uitgevoerd op {datum(huidig.uitgevoerd_op)} (stap 18)."})
    return g.VeranderingWaargenomen(
        gebeurd_op=op, verbeteractie=verbeteractie, verandering=verandering, toelichting=toelichting
    )


def check_na_evaluatie(zaak: Zaak, op: date) -> None:
    """Refuse a day before the evaluation itself."""
    gehouden_op = zaak.dossier.evaluatie.gebeurd_op
    if op < gehouden_op:
        raise OngeldigeInvoer({"op": f"{datum(op)} ligt vóór de evaluatie van {datum(gehouden_op)} (stap 16)."})


def _open_actie(zaak: Zaak, nr: int, op: date) -> Verbeteractie:
    check_na_evaluatie(zaak, op)
    actie = zaak.dossier.verbeteracties.get(nr)
    if actie is None or not actie.open:
        waarom = "bestaat niet" if actie is None else "is al uitgevoerd of vervallen"
        raise OngeldigeInvoer({"verbeteractie": f"Verbeteractie {nr} van {zaak.klachtnummer} {waarom}."})
    if op < actie.bepaald_op:
        raise OngeldigeInvoer({"op": f"Verbeteractie {nr} is pas bepaald op {datum(actie.bepaald_op)} (stap 16)."})
    return actie
