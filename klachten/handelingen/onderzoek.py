"""Steps 6-9: the klacht is investigated, and either not taken into handling (7) or answered with maatregelen (8, 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from klachten import gebeurtenissen as g
from klachten.dossier.rechten import vrije_directie
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import BUITEN, Veld, op, toelichting, wijze
from klachten.handelingen.volgorde import asked_later
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.organisatie import naam
from klachten.taal import datum, opsomming

BRONNEN = (
    ("indiener", "De indiener"),
    ("binnen", "Iemand binnen de organisatie"),
    ("buiten", "Iemand buiten de organisatie"),
)


@handeling(
    "Informatie vragen",
    op("Gevraagd op"),
    Veld(naam="bij", label="Bij wie", soort="keuze", keuzes=BRONNEN),
    Veld(naam="vraag", label="Wat is gevraagd", soort="tekst"),
)
def stap_06_vragen_informatie(zaak: Zaak, *, op: date, bij: str, vraag: str) -> Gebeurtenis:
    """Missing facts, or additional information from inside or outside, are asked for."""
    return g.InformatieGevraagd(gebeurd_op=op, bij=bij, vraag=vraag)


@handeling(
    "Informatie ontvangen",
    op("Ontvangen op"),
    Veld(naam="van", label="Van wie", soort="keuze", keuzes=BRONNEN),
    Veld(naam="feiten_vermeld", label="Feiten en omstandigheden zijn nu vermeld", soort="ja_nee", verplicht=False),
    Veld(naam="inhoud", label="Wat is ontvangen", soort="tekst"),
)
def stap_06_ontvangen_informatie(zaak: Zaak, *, op: date, van: str, feiten_vermeld: bool, inhoud: str) -> Gebeurtenis:
    """The information asked for came in."""
    gevraagd_op = asked_later(zaak.dossier.van(g.InformatieGevraagd), zaak.dossier.van(g.InformatieOntvangen), op)
    if gevraagd_op:
        raise OngeldigeInvoer({"op": f"Deze informatie is pas gevraagd op {datum(gevraagd_op)} (stap 6)."})
    return g.InformatieOntvangen(gebeurd_op=op, van=van, feiten_vermeld=feiten_vermeld, inhoud=inhoud)


@handeling(
    "Klacht onderzoeken",
    op("Onderzoek afgerond op"),
    Veld(naam="bevindingen", label="Bevindingen: feiten, omstandigheden en achtergronden", soort="tekst"),
    Veld(naam="oorzaak", label="Oorzaak", soort="keuze", lijst="oorzaken", verplicht=False),
)
def stap_06_onderzoeken_klacht(zaak: Zaak, *, op: date, bevindingen: str, oorzaak: str) -> Gebeurtenis:
    """Facts, circumstances and background are investigated."""
    return g.KlachtOnderzocht(gebeurd_op=op, bevindingen=bevindingen, oorzaak=oorzaak)


@handeling(
    "Bevinding per aspect vastleggen",
    op("Vastgesteld op"),
    Veld(naam="aspect", label="Waarover", soort="keuze", lijst="categorieen", geldt_op=""),
    Veld(naam="bevinding", label="Bevinding", soort="keuze", lijst="oordelen"),
    toelichting("Waarom"),
)
def stap_06_vaststellen_bevinding(
    zaak: Zaak, *, op: date, aspect: str, bevinding: str, toelichting: str
) -> Gebeurtenis:
    """The organisation finds for itself, per aspect, where its reglement asks that; an oordeel comes from outside."""
    if not zaak.reglement.bevinding_per_aspect:
        raise Geweigerd(
            f"{zaak.reglement.naam} vraagt geen eigen bevinding; een oordeel komt van buiten (stap 15).",
            soort="geen_eigen_bevinding",
        )
    ontvangst = zaak.dossier.ontvangst
    if aspect not in (ontvangst.categorie, *ontvangst.aspecten):
        raise OngeldigeInvoer(
            {"aspect": "De klacht gaat hier niet over. Kies de categorie of een aspect van de klacht."}
        )
    return g.BevindingVastgesteld(gebeurd_op=op, aspect=aspect, bevinding=bevinding, toelichting=toelichting)


@handeling(
    "Niet in behandeling nemen",
    op("Kennisgeving verstuurd op"),
    Veld(naam="grond", label="Grond", soort="keuze", lijst="gronden_niet_in_behandeling"),
    wijze(),
    toelichting("Toelichting aan de indiener", verplicht=True),
)
def stap_07_niet_in_behandeling_nemen(zaak: Zaak, *, op: date, grond: str, wijze: str, toelichting: str) -> Gebeurtenis:
    """The indiener is told in writing that the klacht is not taken into handling; naming the ground is our addition."""
    return g.NietInBehandelingGenomen(gebeurd_op=op, grond=grond, wijze=wijze, toelichting=toelichting)


_LEEST_ALLEEN_DIT = (
    "Zet hier alles in wat de actienemer moet weten: die leest de rest van het dossier niet. Is de actienemer bij de "
    "klacht betrokken, schrijf dan niets wat over de klacht vertelt."
)
_OVERLEG = Veld(
    naam="overlegd_met",
    label="In overleg met (directie)",
    soort="overleg",
    hulp="Een directielid dat niet bij de klacht betrokken is; zijn zij allen betrokken, dan iemand van buiten.",
)


@handeling(
    "Maatregel bepalen",
    op("Bepaald op"),
    Veld(naam="omschrijving", label="Actie of maatregel", soort="tekst", hulp=_LEEST_ALLEEN_DIT),
    Veld(naam="actienemer", label="Actienemer", soort="medewerker", rollen=("actienemer", "directie")),
    Veld(
        naam="uiterlijk_op",
        label="Uiterlijk uitgevoerd op",
        soort="dag",
        hulp="Binnen zes weken na ontvangst van de klacht, hoe laat de maatregel ook bepaald is (stap 11).",
    ),
    _OVERLEG,
)
def stap_08_bepalen_maatregel(
    zaak: Zaak, *, op: date, omschrijving: str, actienemer: str, uiterlijk_op: date, overlegd_met: str
) -> Gebeurtenis:
    """A maatregel with its actienemer is decided in consultation with an uninvolved member of directie."""
    _check_overleg(zaak, op, overlegd_met)
    if uiterlijk_op < op:
        raise OngeldigeInvoer(
            {"uiterlijk_op": f"De uiterste datum ligt vóór {datum(op)}, de dag waarop hij is bepaald."}
        )
    _waarschuw_buiten_termijn(zaak, uiterlijk_op)
    return g.MaatregelBepaald(
        gebeurd_op=op,
        maatregel=max(zaak.dossier.maatregelen, default=0) + 1,
        actienemer=actienemer,
        uiterlijk_op=uiterlijk_op,
        overlegd_met=overlegd_met,
        omschrijving=omschrijving,
    )


@handeling(
    "Vastleggen dat geen maatregelen nodig zijn",
    op("Besloten op"),
    Veld(naam="motivering", label="Waarom zijn geen maatregelen nodig", soort="tekst"),
    _OVERLEG,
)
def stap_08_afzien_van_maatregelen(zaak: Zaak, *, op: date, motivering: str, overlegd_met: str) -> Gebeurtenis:
    """Zero maatregelen is a deliberate choice with its reasons."""
    _check_overleg(zaak, op, overlegd_met)
    return g.GeenMaatregelenNodig(gebeurd_op=op, motivering=motivering, overlegd_met=overlegd_met)


_WELKE = Veld(naam="maatregel", label="Maatregel", soort="maatregel")


@handeling(
    "Maatregel wijzigen",
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
    replace(_OVERLEG, verplicht=False, hulp=f"Nodig bij een andere uiterste datum. {_OVERLEG.hulp}"),
    reden_verplicht=True,
)
def stap_08_wijzigen_maatregel(
    zaak: Zaak,
    *,
    op: date,
    maatregel: int,
    actienemer: str,
    uiterlijk_op: date | None,
    omschrijving: str,
    overlegd_met: str,
) -> Gebeurtenis:
    """A maatregel changes, or goes to another actienemer, with a reason; another day asks what deciding it asked."""
    huidig = zaak.open_maatregel(maatregel)
    ander = actienemer if actienemer != huidig.actienemer else ""
    dag = uiterlijk_op if uiterlijk_op != huidig.uiterlijk_op else None
    tekst = omschrijving if omschrijving != huidig.omschrijving else ""
    if not (ander or dag or tekst):
        raise OngeldigeInvoer({"maatregel": f"Maatregel {maatregel} is al zo; vul in wat er verandert (stap 8)."})
    if op < huidig.bepaald_op:
        raise OngeldigeInvoer({"op": f"Maatregel {maatregel} is pas bepaald op {datum(huidig.bepaald_op)} (stap 8)."})
    if dag and not overlegd_met:
        raise OngeldigeInvoer(
            {"overlegd_met": "Vul in met wie van de directie is overlegd: een andere datum vraagt dat ook (stap 8)."}
        )
    if overlegd_met:
        _check_overleg(zaak, op, overlegd_met)
    if dag:
        if dag < huidig.bepaald_op:
            raise OngeldigeInvoer(
                {"uiterlijk_op": f"De maatregel is pas bepaald op {datum(huidig.bepaald_op)} (stap 8)."}
            )
        _waarschuw_buiten_termijn(zaak, dag)
    return g.MaatregelGewijzigd(
        gebeurd_op=op,
        maatregel=maatregel,
        actienemer=ander,
        uiterlijk_op=dag,
        omschrijving=tekst,
        overlegd_met=overlegd_met,
    )


@handeling(
    "Maatregel overdragen",
    op("Overgedragen op"),
    _WELKE,
    Veld(naam="actienemer", label="Andere actienemer", soort="medewerker", rollen=("actienemer", "directie")),
    reden_verplicht=True,
)
def stap_08_overdragen_maatregel(zaak: Zaak, *, op: date, maatregel: int, actienemer: str) -> Gebeurtenis:
    """A maatregel goes to another actienemer because this one leaves or is away; what and by when stay as decided.

    The behandelaar changes a maatregel; who leads only lets another carry it out.
    """
    huidig = zaak.open_maatregel(maatregel)
    if op < huidig.bepaald_op:
        raise OngeldigeInvoer({"op": f"Maatregel {maatregel} is pas bepaald op {datum(huidig.bepaald_op)} (stap 8)."})
    if actienemer == huidig.actienemer:
        raise OngeldigeInvoer({"actienemer": f"{naam(actienemer)} is al de actienemer van maatregel {maatregel}."})
    return g.MaatregelGewijzigd(gebeurd_op=op, maatregel=maatregel, actienemer=actienemer)


@handeling("Maatregel laten vervallen", op("Vervallen op"), _WELKE, _OVERLEG, reden_verplicht=True)
def stap_08_laten_vervallen_maatregel(zaak: Zaak, *, op: date, maatregel: int, overlegd_met: str) -> Gebeurtenis:
    """A maatregel is cancelled, with a reason, in the consultation that deciding it asked."""
    huidig = zaak.open_maatregel(maatregel)
    if op < huidig.bepaald_op:
        raise OngeldigeInvoer({"op": f"Maatregel {maatregel} is pas bepaald op {datum(huidig.bepaald_op)} (stap 8)."})
    # A correction of a fact from before this was asked has nobody to name.
    if overlegd_met:
        _check_overleg(zaak, op, overlegd_met)
    return g.MaatregelVervallen(gebeurd_op=op, maatregel=maatregel, overlegd_met=overlegd_met)


@handeling("Indiener informeren over resultaten en maatregelen", op("Verstuurd op"), wijze(), toelichting())
def stap_09_informeren_indiener(zaak: Zaak, *, op: date, wijze: str, toelichting: str) -> Sequence[Gebeurtenis]:
    """The indiener gets the results of the investigation and the maatregelen in writing; the reglement sets no term."""
    return [g.ResultaatMeegedeeld(gebeurd_op=op, wijze=wijze, toelichting=toelichting)]


def _check_overleg(zaak: Zaak, op: date, overlegd_met: str) -> None:
    """An involved member of directie may not be consulted; somebody outside only when all of that day are involved."""
    if overlegd_met == BUITEN:
        vrij = [lid.naam for lid in vrije_directie(zaak.dossier, op)]
        if vrij:
            werkwoord = "is" if len(vrij) == 1 else "zijn"
            raise OngeldigeInvoer(
                {"overlegd_met": f"{opsomming(vrij)} {werkwoord} niet betrokken: overleg binnen de directie (stap 8)."}
            )
        if zaak.dossier.buitenstaander is None:
            zaak.waarschuw(
                "overleg_buiten",
                "Elk directielid is betrokken; ons advies is overleg met iemand van buiten, en nog niemand is "
                "aangewezen (stap 4).",
            )
        return
    if overlegd_met in zaak.dossier.betrokkenen:
        raise OngeldigeInvoer(
            {
                "overlegd_met": f"Stap 8: {naam(overlegd_met)} is betrokken bij deze klacht; overleg met een "
                "directielid dat er niet bij betrokken is."
            }
        )


def _waarschuw_buiten_termijn(zaak: Zaak, dag: date) -> None:
    for termijn in zaak.termijnen(11):
        if dag > termijn.uiterlijk_op:
            zaak.waarschuw(
                "maatregel_na_termijn",
                f"{datum(dag)} ligt na de termijn '{termijn.naam}', die loopt tot en met {datum(termijn.uiterlijk_op)} "
                "(stap 11).",
            )
