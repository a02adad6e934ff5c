"""Which kinds of fact make which column of the tables: what pandas and polars both have to know."""

from __future__ import annotations

EINDES = {
    "KlachtAfgesloten": "afgesloten",
    "NietInBehandelingGenomen": "niet in behandeling",
    "KlachtIngetrokken": "ingetrokken",
    "KlachtVervallen": "vervallen",
    "KlachtHeropend": "heropend",
}
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
ONTVANGST = ("vestiging", "categorie", "kanaal", "indiener_soort", "reglement", "herkomst")
"""The fields of KlachtOntvangen that figures use."""
WOORDEN = (*ONTVANGST, "status", "uitkomst", "oordeel", "grond", "stappen", "geschil", "actienemer")
"""The columns with words that recur: categories are faster than texts."""
