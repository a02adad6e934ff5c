"""The figures of what practice needs to know beside the steps, one row each (step 16)."""

from __future__ import annotations

from klachten.analyse.basis.kengetal import Kengetal

ALLE = "Zonder klachten die vervallen zijn."
COHORT = f"Klachten die in de gekozen periode zijn ontvangen, zoals ze er op de peildatum voor staan. {ALLE}"

NADER: tuple[Kengetal, ...] = (
    Kengetal(
        id="bevindingen_per_aspect",
        titel="Eigen bevinding per aspect",
        vraag="Wat vond de organisatie zelf, per onderwerp van de klacht?",
        teller="klachten met deze bevinding over het onderwerp",
        noemer="klachten waarvan over het onderwerp een bevinding is vastgelegd",
        waarom="Laat zien waar klachten terecht zijn; een oordeel van buiten is iets anders.",
        stap=(6,),
        sql="bevindingen_per_aspect",
        uitleg=f"{COHORT} Alleen waar het reglement om een eigen bevinding vraagt.",
        bron="Proportions",
    ),
    Kengetal(
        id="oordelen_opvolging",
        titel="Wat gebeurde er met de oordelen",
        vraag="Aan wie werden geschillen voorgelegd, en is het oordeel meegedeeld en opgevolgd?",
        teller="geschillen met deze afloop",
        noemer="geschillen die aan iemand van buiten zijn voorgelegd",
        waarom="Een oordeel telt pas als de indiener het kent en er iets mee gebeurt.",
        stap=(15,),
        sql="oordelen_opvolging",
        uitleg=f"In de periode waarin het meningsverschil is gemeld. {ALLE} Wat niet is vastgelegd, is niet bekend.",
        bron="Proportions",
    ),
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
    Kengetal(
        id="nadere_gegevens",
        titel="Nadere gegevens",
        vraag="Voor welke opdrachtgever en in welk soort traject, hoe ernstig, en komt het vaker voor?",
        teller="klachten waarvan dit is vastgelegd",
        noemer="alle klachten van de periode",
        waarom="Wat ernstig is of vaker voorkomt, vraagt eerder een verbeteractie dan wat op zichzelf staat.",
        stap=(3, 16),
        sql="nadere_gegevens",
        uitleg=f"{COHORT} Wat niet is gevraagd of vastgelegd, telt als niet bekend en nooit als nee.",
        bron="Proportions",
    ),
)
