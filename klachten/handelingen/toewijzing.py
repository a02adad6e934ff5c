"""Step 4: the klacht gets a behandelaar who is not involved, and another one when that turns out to be needed."""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.rechten import NAMENS_DIRECTIE, behandelende_coordinatoren
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.buitenstaander import namens
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import BUITEN, Veld, op, wijze
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.organisatie import naam


@handeling(
    "Betrokkene toevoegen",
    op("Gebleken op"),
    Veld(naam="betrokkene", label="Wie blijkt betrokken", soort="medewerker"),
    reden_verplicht=True,
)
def stap_04_toevoegen_betrokkene(zaak: Zaak, *, op: date, betrokkene: str) -> Gebeurtenis:
    """Involvement found later; when it is the behandelaar, he has to be replaced."""
    if betrokkene in zaak.dossier.betrokkenen:
        raise Geweigerd(f"Stap 4: {naam(betrokkene)} staat al bij de betrokkenen.", soort="staat_er_al")
    return g.BetrokkeneToegevoegd(gebeurd_op=op, betrokkene=betrokkene)


_BEHANDELAAR = Veld(
    naam="behandelaar",
    label="Behandelaar",
    soort="medewerker",
    rollen=("behandelaar",),
    hulp="Nooit iemand die bij de klacht betrokken is.",
)


@handeling("Behandelaar toewijzen", op("Toegewezen op"), _BEHANDELAAR)
def stap_04_toewijzen_behandelaar(zaak: Zaak, *, op: date, behandelaar: str) -> Gebeurtenis:
    """The coordinator handles the klacht, or, when the coordinator is involved, somebody whom directie assigns.

    A coordinator whom the organisation never made a behandelaar handles none, so nobody is asked why it is another.
    The flow chart of the reglement has directie assign always; the text, followed here, only in that case.
    """
    _check_onafhankelijk(zaak, behandelaar)
    # Who could have handled it on the day of assigning, whoever has the role since.
    coordinator_kan = bool(behandelende_coordinatoren(zaak.dossier, op))
    if zaak.rol == "directie" and coordinator_kan:
        zaak.waarschuw(
            "toewijzing",
            "De coördinator is niet betrokken en niet afwezig; dan handelt de coördinator de klacht af (stap 4).",
        )
    elif coordinator_kan and not organisatie.heeft_rol(behandelaar, "coordinator", op=op):
        zaak.waarschuw(
            "toewijzing",
            "De coördinator handelt de klacht af, tenzij die betrokken is (stap 4). Waarom nu iemand anders?",
        )
    return g.BehandelaarToegewezen(
        gebeurd_op=op, behandelaar=behandelaar, toegewezen_door=_assigner(zaak), namens=namens(zaak)
    )


@handeling(
    "Behandelaar vervangen",
    op("Vervangen op"),
    _BEHANDELAAR,
    Veld(naam="grond", label="Waarom", soort="keuze", lijst="gronden_vervanging"),
    Veld(
        naam="indiener_geinformeerd_op",
        label="Indiener hierover geïnformeerd op",
        soort="datum",
        verplicht=False,
        hulp="De ontvangstbevestiging noemde de vorige behandelaar; laat de indiener weten wie het nu is.",
    ),
    reden_verplicht=True,
)
def stap_04_vervangen_behandelaar(
    zaak: Zaak, *, op: date, behandelaar: str, grond: str, indiener_geinformeerd_op: date | None
) -> Gebeurtenis:
    """Another behandelaar takes over: absence, or involvement found later; the indiener is told."""
    _check_onafhankelijk(zaak, behandelaar)
    zaak.check_na(
        op,
        "De vorige behandelaar is pas toegewezen op {pas} (stap 4).",
        g.BehandelaarToegewezen,
        g.BehandelaarVervangen,
    )
    if behandelaar == zaak.dossier.behandelaar:
        raise OngeldigeInvoer({"behandelaar": f"{naam(behandelaar)} is al de behandelaar van deze klacht (stap 4)."})
    if zaak.dossier.stap_op(5) and not indiener_geinformeerd_op:
        zaak.waarschuw("indiener_niet_geinformeerd", "De indiener kent nog de vorige behandelaar (stap 5).")
    return g.BehandelaarVervangen(
        gebeurd_op=op,
        behandelaar=behandelaar,
        vorige=zaak.dossier.behandelaar,
        toegewezen_door=_assigner(zaak),
        namens=namens(zaak),
        grond=grond,
        indiener_geinformeerd_op=indiener_geinformeerd_op,
    )


@handeling("Indiener vertellen wie nu de behandelaar is", op("Verstuurd op"), wijze())
def stap_04_meedelen_behandelaar(zaak: Zaak, *, op: date, wijze: str) -> Gebeurtenis:
    """The indiener, who knows the name from the acknowledgement, hears of another behandelaar."""
    return g.BehandelaarMeegedeeld(gebeurd_op=op, wijze=wijze, behandelaar=zaak.dossier.behandelaar)


def _assigner(zaak: Zaak) -> str:
    """Who assigns: the user, or the outside person for whom the user records it."""
    return BUITEN if zaak.rol == NAMENS_DIRECTIE else zaak.gebruiker.id


def _check_onafhankelijk(zaak: Zaak, behandelaar: str) -> None:
    """Nobody involved in the klacht may be behandelaar; an involved assigner is refused by `mag()`."""
    if behandelaar in zaak.dossier.betrokkenen:
        raise OngeldigeInvoer(
            {
                "behandelaar": f"Stap 4: {naam(behandelaar)} is betrokken bij deze klacht en kan daarom niet de "
                "behandelaar zijn. Kies iemand die er niet bij betrokken is."
            }
        )
