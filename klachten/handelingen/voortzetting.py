"""A klacht that was taken over from another system is handled on here, from the step where it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import OP_DE_WEG, Dossier, Feiten
from klachten.dossier.voortzetting import behind, was_elsewhere
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen.doorwerking import origin, step_of
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.reglement import own_version
from klachten.handelingen.veld import Veld, op, toelichting
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.taal import datum, opsomming

STAPPEN: tuple[tuple[str, str], ...] = (
    ("2", "Stap 2: coördinator informeren"),
    ("3", "Stap 3: klacht verwerken"),
    ("5", "Stap 5: ontvangst bevestigen"),
    ("6", "Stap 6: klacht onderzoeken"),
    ("8", "Stap 7 of 8: beslissen, of maatregelen bepalen"),
    ("9", "Stap 9: indiener informeren over het resultaat"),
    ("10", "Stap 10: actienemer informeren"),
    ("11", "Stap 11: maatregelen uitvoeren"),
    ("13", "Stap 13: klacht afsluiten"),
)
"""Where a klacht can be that is still open: the step that is to be done next."""
LIJSTEN = {
    "kanaal": "kanalen",
    "indiener_soort": "indiener_soorten",
    "vestiging": "vestigingen",
    "categorie": "categorieen",
}
"""What a klacht has of the own lists, each with its list."""
_HULP = "Leeg: zoals de bron het noemt, als de eigen lijst dat kent."


@handeling(
    "Hier verder behandelen",
    op("Hier behandeld vanaf", "Tot die dag telt de klacht bij de bron, daarna onder het eigen reglement."),
    Veld(
        naam="volgende_stap",
        label="Welke stap is nu aan de beurt",
        soort="keuze",
        keuzes=STAPPEN,
        verplicht=False,
        hulp="Wat ervoor komt, is in het andere systeem gedaan of daar niet bijgehouden; die termijnen worden hier "
        "niet beoordeeld. Leeg laten kan alleen bij een klacht die al is beëindigd.",
    ),
    *(
        Veld(naam=naam, label=label, soort="keuze", lijst=LIJSTEN[naam], verplicht=False, hulp=_HULP)
        for naam, label in (
            ("kanaal", "Kanaal"),
            ("indiener_soort", "Soort indiener"),
            ("vestiging", "Vestiging"),
            ("categorie", "Categorie"),
        )
    ),
    toelichting("Wat is er in het andere systeem gedaan"),
    reden_verplicht=True,
)
def voortzetten_behandeling(
    zaak: Zaak, *, op: date, volgende_stap: str, toelichting: str, **keuzes: str
) -> Gebeurtenis:
    """From a day on the klacht runs under the own reglement; one that has ended can then be reopened or disputed."""
    dossier: Dossier = zaak.dossier
    if dossier.loopt and not volgende_stap:
        raise OngeldigeInvoer({"volgende_stap": "Welke stap is nu aan de beurt: vul dit in, want de klacht is open."})
    laatste = max(feit.gebeurd_op for feit in dossier.van(*OP_DE_WEG))
    if op < laatste:
        raise OngeldigeInvoer(
            {"op": f"Op {datum(laatste)} is in het andere systeem nog iets gedaan. Kies die dag, of een latere."}
        )
    ontvangst = dossier.ontvangst
    for naam, lijst in LIJSTEN.items():
        daar = getattr(ontvangst, naam)
        if not keuzes[naam] and daar not in zaak.reglement.per_id(lijst):
            raise OngeldigeInvoer({naam: "De eigen lijst kent niet wat de bron hier noemt. Kies wat het hier is."})
    return g.BehandelingVoortgezet(
        gebeurd_op=op,
        reglement=zaak.reglement.id,
        reglement_versie=own_version(zaak.reglement, dossier.ontvangen_op, op),
        elders_gedaan=behind(int(volgende_stap or 0), {step_of(v.feit) or 1 for v in dossier.geldig}, dossier.toestand),
        toelichting=toelichting,
        **keuzes,
    )


def check_withdrawn(dossier: Feiten, huidig: Vastlegging) -> None:
    """Refuse to take back that a klacht is handled on here when something was recorded in it since."""
    if not isinstance(huidig.feit, g.BehandelingVoortgezet):
        return
    later = [v for v in dossier.geldig if origin(v) > origin(huidig) and not isinstance(v.feit, g.OVER_BEWAREN)]
    if later:
        raise Geweigerd(
            f"Deze klacht wordt hier al behandeld: op {datum(later[0].feit.gebeurd_op)} is er iets vastgelegd (feit "
            f"{origin(later[0])}). Herroep dat eerst.",
            soort="hier_behandeld",
        )


def check_corrected_elsewhere(dossier: Feiten, huidig: Vastlegging, velden: Iterable[Veld]) -> None:
    """Refuse another choice in a fact of the source: that had lists of its own, and these are not asked any more."""
    labels = [veld.label.lower() for veld in velden if veld.lijst]
    if labels and was_elsewhere(dossier, huidig):
        raise OngeldigeInvoer(
            {
                "waarden": f"{opsomming(labels).capitalize()}: dit stond zo in de bron, met een eigen lijst. Corrigeer "
                "wat er hier geldt bij 'Hier verder behandelen', in de historie."
            }
        )
