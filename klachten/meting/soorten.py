"""Which kinds of fact make which column of the tables: what pandas and polars both have to know."""

from __future__ import annotations

EINDES = {
    "KlachtAfgesloten": "afgesloten",
    "NietInBehandelingGenomen": "niet in behandeling",
    "KlachtIngetrokken": "ingetrokken",
    "KlachtVervallen": "vervallen",
    "KlachtHeropend": "heropend",
}
EERSTE_EINDE = ("KlachtAfgesloten", "NietInBehandelingGenomen", "KlachtIngetrokken")
"""What ends the first round of a klacht."""
GESCHIL = ("MeningsverschilGemeld", "OverlegGevoerd", "GeschilVoorgelegd", "OordeelOntvangen")
MAATREGEL = (
    "MaatregelBepaald",
    "MaatregelGewijzigd",
    "MaatregelVervallen",
    "ActienemerGeinformeerd",
    "MaatregelUitgevoerd",
)
STAPPEN = {
    1: "KlachtOntvangen",
    2: "CoordinatorGeinformeerd",
    3: "KlachtGeregistreerd",
    4: "BehandelaarToegewezen",
    5: "OntvangstBevestigd",
    6: "KlachtOnderzocht",
    7: "NietInBehandelingGenomen",
    9: "ResultaatMeegedeeld",
    12: "VoortgangBewaakt",
    15: "GeschilVoorgelegd",
}
"""The steps that one kind of fact makes; 8, 10, 11, 13 and 14 need more."""
SLOT = {13: "KlachtAfgesloten", 14: "AfsluitingMeegedeeld"}
"""The row keeps the current one of these; in the order of the steps they count as the others do."""
EERST = {"eerst_10_op": 10, "eerst_11_op": 11, "eerst_13_op": 13, "eerst_14_op": 14}
"""When these steps were first done, in whichever round; of the other ones that is the date in stap_.._op."""
BESLUIT = ("niet in behandeling", "maatregelen", "geen maatregelen")
"""What can be decided in the first round."""
EERSTE_RONDE = (
    "eerste_einde", "eerste_einde_op", "eerste_besluit", "eerste_besluit_op", "eerste_uitgevoerd_op",
    "eerste_vervallen_op",
)  # fmt: skip
ONTVANGST = ("vestiging", "categorie", "kanaal", "indiener_soort", "reglement", "herkomst")
"""The fields of KlachtOntvangen that figures use."""
WOORDEN = (
    *ONTVANGST, "status", "uitkomst", "oordeel", "grond", "stappen", "geschil", "actienemer", "zonder_rondes",
    "eerste_einde", "eerste_besluit",
)  # fmt: skip
"""The columns with words that recur: categories are faster than texts."""
