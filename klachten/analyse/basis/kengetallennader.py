"""The figures of what practice needs to know beside the steps, one row each (step 16)."""

from __future__ import annotations

from klachten.analyse.basis.kengetal import Kengetal

ALLE = "Zonder klachten die vervallen zijn."
COHORT = f"Klachten die in het gekozen jaar zijn ontvangen, zoals ze er op de peildatum voor staan. {ALLE}"

NADER: tuple[Kengetal, ...] = (
    Kengetal(
        id="doorlooptijden_netto",
        titel="Gewacht op de indiener",
        vraag="Hoeveel van de doorlooptijd wachtte de organisatie op de indiener?",
        teller="dagen tussen een vraag aan de indiener en het antwoord",
        noemer="alle dagen tot bevestiging of einde",
        waarom="Laat zien of traagheid aan de behandeling lag; de termijnen van het reglement lopen wel door.",
        stap=(5, 6, 7, 13),
        sql="doorlooptijden_netto",
        uitleg=f"{COHORT} Vragen die samenvallen tellen één keer; wat nog niet is beantwoord telt tot de peildatum.",
        bron="Time until a step",
    ),
)
