"""Step 15: the indiener disagrees; consultation first, then an independent person outside, whose oordeel may reopen."""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.buitenstaander import check_van_buiten, namens
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import Veld, op, toelichting


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
    toelichting(),
)
def stap_15_voorleggen_geschil(zaak: Zaak, *, op: date, onafhankelijk_persoon: str, toelichting: str) -> Gebeurtenis:
    """Directie submits the dispute to an independent person outside the organisation."""
    check_van_buiten("onafhankelijk_persoon", onafhankelijk_persoon)
    if zaak.dossier.geschil == "gemeld":
        zaak.waarschuw("geen_overleg", "Eerst is onderling overleg bedoeld, en dat is nog niet vastgelegd (stap 15).")
    return g.GeschilVoorgelegd(
        gebeurd_op=op, onafhankelijk_persoon=onafhankelijk_persoon, toelichting=toelichting, namens=namens(zaak)
    )


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
    feiten: list[Gebeurtenis] = [
        g.OordeelOntvangen(gebeurd_op=op, oordeel=oordeel, heropening_nodig=heropening_nodig, toelichting=toelichting)
    ]
    if heropening_nodig and not zaak.dossier.loopt:
        feiten.append(g.KlachtHeropend(gebeurd_op=op, grond="oordeel", reden=toelichting))
    return feiten


@handeling(
    "Klacht heropenen",
    op("Heropend op"),
    Veld(naam="grond", label="Waarom", soort="keuze", lijst="gronden_heropening"),
    reden_verplicht=True,
)
def stap_15_heropenen_klacht(zaak: Zaak, *, op: date, grond: str) -> Gebeurtenis:
    """A finished klacht is opened again, with a reason."""
    return g.KlachtHeropend(gebeurd_op=op, grond=grond)
