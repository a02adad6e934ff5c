"""What a handeling that practice adds says: of who complains, of consent, and of what was asked and heard."""

from __future__ import annotations

from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten.handelingen import HANDELINGEN
from klachten.register import Register
from tests.feitenproef import dag, klacht, register
from tests.lichaamproef import ANNA, Feitenlijst, zeg
from tests.standenproef import STANDEN, ontvangst, op

# The register of feitenproef, in which nothing is recorded.
__all__ = ["register"]

GEMACHTIGD = [*STANDEN["re"], g.GemachtigdeAangewezen(**op(1), naam="mr. Uit", contact="")]
GESTOPT = [*GEMACHTIGD, g.GemachtigdeAangewezen(**op(2), naam="", contact="", gestopt=True)]
GEGEVEN, GEWEIGERD = (
    [*STANDEN["re"], g.ToestemmingVastgelegd(**op(1), toestemming=toestemming)]
    for toestemming in ("gegeven", "geweigerd")
)
GEVRAAGD = [*STANDEN["af"], g.TevredenheidGevraagd(**op(12), wijze="brief")]
WEER_GEVRAAGD = [*GEVRAAGD, g.TevredenheidGevraagd(**op(14), wijze="brief")]
OVER_EVA = [ontvangst("eva"), *STANDEN["oz"][1:]]
GEEN_NAAM = "Laat de naam leeg als de indiener onbekend wil blijven."
WELKE_NAAM = "Vul de naam in waarmee de indiener bekend is geworden."
VINK_AAN = "Er staat een adres bij: vink aan dat de indiener bereikbaar is."
HAAL_WEG = "Er staat wel een gemachtigde bij. Haal die weg, of zet dit vinkje uit."
DAG_ERBIJ = "Er staat wel een dag bij. Haal die weg, of zet dit vinkje uit."
GEEN_TERMIJN = "Deze termijn stond op 14 januari 2026 niet open. Er staat geen termijn meer open."


def wie_is(onbekend: bool, bereikbaar: bool, naam: str = "", contact: str = "") -> dict[str, Any]:
    return {"op": dag(1), "onbekend": onbekend, "bereikbaar": bereikbaar, "naam": naam, "contact": contact}


PRAKTIJK: list[tuple[str, Feitenlijst, dict[str, Any], str]] = [
    *(
        ("stap_03_vastleggen_anonimiteit", STANDEN["re"], wie_is(*invoer), zin)
        for invoer, zin in [
            ((True, False), ""),
            ((True, True), ""),
            ((True, True, "", "Dorp 1"), ""),
            ((True, True, "J. Jansen"), GEEN_NAAM),
            ((True, False, "", "Dorp 1"), VINK_AAN),
            ((False, False), WELKE_NAAM),
            ((False, False, "J. Jansen"), ""),
            ((False, True, "J. Jansen"), ""),
            ((False, False, "J. Jansen", "Dorp 1"), VINK_AAN),
        ]
    ),
    *(
        ("stap_03_aanwijzen_gemachtigde", feiten, {"op": dag(3), "naam": naam, "contact": contact, "gestopt": weg}, zin)
        for feiten, naam, contact, weg, zin in [
            (STANDEN["re"], "mr. Uit", "", False, ""),
            (STANDEN["re"], "mr. Uit", "uit@post.example", False, ""),
            (STANDEN["re"], "", "", True, "Stap 3: er is geen gemachtigde vastgelegd."),
            (GESTOPT, "", "", True, "Stap 3: er is geen gemachtigde vastgelegd."),
            (GEMACHTIGD, "mr. Anders", "", False, ""),
            (GEMACHTIGD, "", "", True, ""),
            (GEMACHTIGD, "mr. Uit", "", True, HAAL_WEG),
            (GEMACHTIGD, "", "uit@post.example", True, HAAL_WEG),
        ]
    ),
    *(
        ("stap_03_vastleggen_toestemming", feiten, {"op": dag(3), "toestemming": toestemming}, zin)
        for feiten, toestemming, zin in [
            (STANDEN["re"], "gegeven", ""),
            (STANDEN["re"], "geweigerd", ""),
            (STANDEN["re"], "ingetrokken", "Er is nog geen toestemming gegeven die kan worden ingetrokken."),
            (GEWEIGERD, "ingetrokken", "Er is nog geen toestemming gegeven die kan worden ingetrokken."),
            (GEGEVEN, "ingetrokken", ""),
        ]
    ),
    *(
        ("stap_14_ontvangen_tevredenheid", feiten, {"op": dag(op_dag), "tevredenheid": "tevreden"}, zin)
        for feiten in (GEVRAAGD, WEER_GEVRAAGD)
        for op_dag, zin in [(12, ""), (11, "Het is pas gevraagd op 17 januari 2026."), (20, "")]
    ),
    *(
        (naam, OVER_EVA, {"op": dag(9), "medewerker": wie, "verslag": "x"}, zin)
        for naam, stap in [
            ("stap_06_inlichten_medewerker", 6),
            ("stap_06_horen_medewerker", 6),
            ("stap_09_informeren_medewerker", 9),
        ]
        for wie, zin in [
            ("eva", ""),
            ("gijs", f"Stap {stap}: Gijs Peters is niet betrokken bij deze klacht (stap 4)."),
        ]
    ),
    *(
        (
            "stap_06_horen_medewerker",
            OVER_EVA,
            {"op": dag(9), "medewerker": "eva", "verslag": verslag, "zag_af": af},
            zin,
        )
        for verslag, af, zin in [
            ("", False, "Vul in wat er is gezegd, of vink aan dat de medewerker dit niet wilde."),
            ("", True, ""),
            ("Liever schriftelijk.", True, ""),
        ]
    ),
    *(
        (
            "stap_03_aanvullen_gegevens",
            STANDEN["re"],
            {
                "op": dag(9),
                "gebeurtenis_van": None if van is None else dag(van),
                "gebeurtenis_tot": None if tot is None else dag(tot),
                "gebeurtenis_onbekend": onbekend,
            },
            zin,
        )
        for van, tot, onbekend, zin in [
            (0, None, False, ""),
            (1, None, False, "6 januari 2026 ligt na de ontvangst van de klacht op 5 januari 2026 (stap 1)."),
            (-3, -3, False, ""),
            # It went on after the klacht came in.
            (-3, 4, False, ""),
            (-3, -4, False, "1 januari 2026 ligt vóór 2 januari 2026, de eerste dag."),
            (None, -4, False, "Vul ook de eerste dag in, of alleen die."),
            (None, None, False, "Vul ten minste een van de gegevens in; de rest blijft zoals het is."),
            (None, None, True, ""),
            (-3, None, True, DAG_ERBIJ),
            (None, -3, True, DAG_ERBIJ),
        ]
    ),
    ("sturen_tussenbericht", STANDEN["to"], {"op": dag(9), "termijn": "bevestiging"}, GEEN_TERMIJN),
    ("toelichten_vertraging", STANDEN["to"], {"op": dag(9), "termijn": "bevestiging"}, GEEN_TERMIJN),
]


@pytest.mark.parametrize(("naam", "feiten", "invoer", "zin"), PRAKTIJK)
def test_what_a_handeling_of_practice_says(
    register: Register, naam: str, feiten: Feitenlijst, invoer: dict[str, Any], zin: str
) -> None:
    velden = {veld.naam for veld in HANDELINGEN[naam].velden}
    ingevuld = {veld: waarde for veld, waarde in invoer.items() if veld in velden}
    assert zeg(register, naam, klacht(feiten), ANNA, ingevuld) == (zin or [])
