"""Step 15: the indiener disagrees; consultation first, then an independent person outside, whose oordeel may reopen."""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten import mailadres, organisatie
from klachten.brieven.ontvangers import filers
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.buitenstaander import check_van_buiten, namens
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import Veld, op, toelichting, wijze
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.taal import datum

_NIET_GEMELD = "De indiener heeft het meningsverschil pas gemeld op {pas} (stap 15)."
_NIET_BINNEN = "Het oordeel kwam pas op {pas} (stap 15)."
OPVOLGING = (("geheel", "Ja, geheel"), ("deels", "Deels"), ("niet", "Nee"))


@handeling(
    "Meningsverschil vastleggen", op("Gemeld op"), toelichting("Waarmee is de indiener het niet eens", verplicht=True)
)
def stap_15_melden_meningsverschil(zaak: Zaak, *, op: date, toelichting: str) -> Gebeurtenis:
    """A disagreement can be recorded at any time: a klacht kept open may not block it, nor may step 7."""
    return g.MeningsverschilGemeld(gebeurd_op=op, toelichting=toelichting)


@handeling(
    "Overleg voeren",
    op("Overlegd op"),
    Veld(naam="opgelost", label="De partijen zijn het eens geworden", soort="ja_nee", verplicht=False),
    toelichting("Wat is besproken", verplicht=True),
)
def stap_15_voeren_overleg(zaak: Zaak, *, op: date, opgelost: bool, toelichting: str) -> Gebeurtenis:
    """The parties first try to find a solution together."""
    zaak.check_na(op, _NIET_GEMELD, g.MeningsverschilGemeld)
    return g.OverlegGevoerd(gebeurd_op=op, opgelost=opgelost, toelichting=toelichting)


@handeling(
    "Geschil voorleggen",
    op("Voorgelegd op"),
    Veld(
        naam="onafhankelijk_persoon",
        label="Onafhankelijk persoon buiten de organisatie",
        soort="regel",
        hulp="Naam en functie. Iemand die niet bij de organisatie werkt.",
    ),
    Veld(
        naam="contact",
        label="Adres of e-mail van deze persoon",
        soort="regel",
        verplicht=False,
        hulp="Nodig om het geschil per e-mail voor te leggen; het komt ook boven de brief.",
    ),
    Veld(naam="instantie", label="Namens welke instantie", soort="keuze", lijst="instanties", verplicht=False),
    Veld(naam="verwacht_op", label="Oordeel verwacht op", soort="dag", verplicht=False),
    toelichting(),
)
def stap_15_voorleggen_geschil(
    zaak: Zaak, *, op: date, onafhankelijk_persoon: str, contact: str, instantie: str, verwacht_op: date | None,
    toelichting: str,
) -> Gebeurtenis:  # fmt: skip
    """Directie submits the dispute to an independent person outside the organisation."""
    check_van_buiten(zaak, "onafhankelijk_persoon", onafhankelijk_persoon, op)
    _check_contact(zaak, contact)
    if verwacht_op and verwacht_op < op:
        raise OngeldigeInvoer(
            {"verwacht_op": f"{datum(verwacht_op)} ligt vóór {datum(op)}, de dag van het voorleggen."}
        )
    zaak.check_na(op, _NIET_GEMELD, g.MeningsverschilGemeld)
    overleg = zaak.dossier.laatste(g.OverlegGevoerd)
    if zaak.dossier.geschil == "gemeld":
        zaak.waarschuw("geen_overleg", "Eerst is onderling overleg bedoeld, en dat is nog niet vastgelegd (stap 15).")
    elif overleg and op < overleg.gebeurd_op:
        zaak.waarschuw(
            "geen_overleg",
            f"Eerst is onderling overleg bedoeld, en dat was pas op {datum(overleg.gebeurd_op)} (stap 15).",
        )
    return g.GeschilVoorgelegd(
        gebeurd_op=op,
        onafhankelijk_persoon=onafhankelijk_persoon,
        contact=contact,
        instantie=instantie,
        verwacht_op=verwacht_op,
        toelichting=toelichting,
        namens=namens(zaak),
    )


def _check_contact(zaak: Zaak, contact: str) -> None:
    """Refuse an address of somebody who works here, or of who filed the klacht: neither is independent."""
    adressen = mailadres.found_in(contact)
    for persoon in organisatie.huidige().mensen.values():
        if not persoon.gewist and persoon.naamdelen.e_mail.casefold() in adressen:
            raise OngeldigeInvoer({"contact": f"Dit e-mailadres is van {persoon.naam}, die bij de organisatie werkt."})
    for wie in filers(zaak.dossier):
        if wie.e_mail and wie.e_mail.casefold() in adressen:
            raise OngeldigeInvoer({"contact": f"Dit e-mailadres is van {wie.omschrijving} van deze klacht."})


@handeling(
    "Oordeel ontvangen",
    op("Ontvangen op"),
    Veld(naam="oordeel", label="Oordeel", soort="keuze", lijst="oordelen"),
    Veld(
        naam="heropening_nodig",
        label="De klacht moet opnieuw bekeken worden",
        soort="ja_nee",
        verplicht=False,
        hulp="De klacht wordt dan meteen heropend, zodat nieuwe maatregelen bepaald kunnen worden.",
    ),
    toelichting("Samenvatting van het oordeel", verplicht=True),
)
def stap_15_ontvangen_oordeel(
    zaak: Zaak, *, op: date, oordeel: str, heropening_nodig: bool, toelichting: str
) -> list[Gebeurtenis]:
    """Only the independent person gives an oordeel; it may reopen the klacht."""
    zaak.check_na(op, "Het geschil is pas voorgelegd op {pas} (stap 15).", g.GeschilVoorgelegd)
    feiten: list[Gebeurtenis] = [
        g.OordeelOntvangen(gebeurd_op=op, oordeel=oordeel, heropening_nodig=heropening_nodig, toelichting=toelichting)
    ]
    if heropening_nodig and not zaak.dossier.loopt:
        feiten.append(g.KlachtHeropend(gebeurd_op=op, grond="oordeel", reden=toelichting))
    return feiten


@handeling("Oordeel meedelen aan de indiener", op("Verstuurd op"), wijze())
def stap_15_meedelen_oordeel(zaak: Zaak, *, op: date, wijze: str) -> Gebeurtenis:
    """The indiener is told the oordeel in writing; the reglement leaves open by whom."""
    zaak.check_na(op, _NIET_BINNEN, g.OordeelOntvangen)
    return g.OordeelMeegedeeld(gebeurd_op=op, wijze=wijze)


@handeling(
    "Vastleggen of het oordeel wordt opgevolgd",
    op("Besloten op"),
    Veld(naam="opvolging", label="Wordt het oordeel opgevolgd", soort="keuze", keuzes=OPVOLGING),
    toelichting("Waarom, en wat er verandert", verplicht=True),
)
def stap_15_opvolgen_oordeel(zaak: Zaak, *, op: date, opvolging: str, toelichting: str) -> Gebeurtenis:
    """Directie says what is done with the oordeel, and why."""
    zaak.check_na(op, _NIET_BINNEN, g.OordeelOntvangen)
    return g.OordeelOpgevolgd(gebeurd_op=op, opvolging=opvolging, toelichting=toelichting, namens=namens(zaak))


@handeling(
    "Klacht heropenen",
    op("Heropend op"),
    Veld(naam="grond", label="Waarom", soort="keuze", lijst="gronden_heropening"),
    reden_verplicht=True,
)
def stap_15_heropenen_klacht(zaak: Zaak, *, op: date, grond: str) -> Gebeurtenis:
    """A finished klacht is opened again, with a reason."""
    return g.KlachtHeropend(gebeurd_op=op, grond=grond, namens=namens(zaak))
