"""One klacht before it happens: what it is about, who it is about, and what is special about its course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from klachten.voorbeeld.firma import VESTIGINGEN
from klachten.voorbeeld.mensen import BRONNEN, heer_of_mevrouw, moments_before
from klachten.voorbeeld.sjabloon import Invulling
from klachten.voorbeeld.verhaal import Verhaal, verhalen

# How often each category occurs, before and after the verbeteractie about bereikbaarheid.
GEWICHT = {
    "bejegening": 12, "informatie": 15, "deskundigheid": 10, "doorlooptijd": 12, "bereikbaarheid": 22, "afspraken": 12,
    "privacy": 5, "dossier": 8, "resultaat": 7, "financieel": 7, "overig": 5,
}  # fmt: skip
GEWICHT_NA = {**GEWICHT, "bereikbaarheid": 3, "doorlooptijd": 15}

# Who works where: the ones a klacht can be about, and who receives the post.
BEGELEIDERS = {"weert": ("eva", "eva", "anna"), "utrecht": ("gijs", "gijs", "bas"), "eindhoven": ("dirk", "eva")}
ONTVANGERS = {"weert": ("anna", "eva", "anna"), "utrecht": ("gijs", "bas"), "eindhoven": ("dirk", "dirk", "eva")}
ACTIENEMERS = {"weert": ("eva", "anna", "gijs"), "utrecht": ("gijs", "bas"), "eindhoven": ("dirk", "eva", "bas")}
KANALEN = {
    "klant": (("brief", 3), ("e-mail", 6), ("webformulier", 4), ("telefoon", 2), ("gesprek", 2), ("opdrachtgever", 1)),
    "opdrachtgever": (("brief", 3), ("e-mail", 8), ("telefoon", 1)),
    "overige": (("brief", 2), ("e-mail", 4), ("webformulier", 3), ("telefoon", 1)),
}
OVER_IEMAND = {"bejegening": 0.95, "deskundigheid": 0.8, "afspraken": 0.8, "bereikbaarheid": 0.5, "privacy": 0.7}

# What may be special about a course, with its chance; some exclude each other (see `_strip`).
KANS = {
    "zonder_feiten": 0.05, "signaal": 0.06, "door_medewerker": 0.4, "andere_behandelaar": 0.14, "vervangen": 0.03,
    "later_betrokken": 0.025, "laat_5": 0.09, "laat_11": 0.12, "niet_in_behandeling": 0.08, "laat_7": 0.02,
    "ingetrokken": 0.05, "vervallen": 0.02, "dubbel": 0.015, "afgezien": 0.09, "gekoppeld": 0.04, "gewijzigd": 0.09,
    "maatregel_vervallen": 0.04, "na_termijn": 0.03, "volgorde": 0.04, "gecorrigeerd": 0.05, "herroepen": 0.015,
    "document": 0.05, "geschil_opgelost": 0.03, "geschil_oordeel": 0.02, "geschil_heropend": 0.015, "heropend": 0.012,
    "directielid_betrokken": 0.02, "geschil_na_7": 0.01, "traag": 0.1,
}  # fmt: skip
# At least one of each in a register of ordinary size.
VERPLICHT: tuple[tuple[str, ...], ...] = (
    ("laat_5",), ("laat_11",), ("niet_in_behandeling",), ("niet_in_behandeling", "laat_7"), ("ingetrokken",),
    ("vervallen",), ("dubbel",), ("afgezien",), ("signaal",), ("zonder_feiten",), ("zonder_feiten", "onvoldoende"),
    ("coordinator_betrokken",), ("coordinator_betrokken", "directielid_betrokken"), ("directie_betrokken",),
    ("vervangen",), ("later_betrokken",), ("gekoppeld",), ("gewijzigd",), ("maatregel_vervallen",), ("na_termijn",),
    ("volgorde",), ("gecorrigeerd",), ("herroepen",), ("document",), ("geschil_opgelost",), ("geschil_oordeel",),
    ("geschil_heropend",), ("geschil_na_7", "niet_in_behandeling"), ("heropend",), ("andere_behandelaar",),
    ("ingetrokken", "na_8"), ("geschil_oordeel", "geen_overleg"),
)  # fmt: skip


@dataclass
class Geval:
    """What is known of a klacht when it is sent: everything its course needs but the dates."""

    sleutel: str
    ontvangen_op: date
    rng: Random
    verhaal: Verhaal
    indiener_soort: str
    kanaal: str
    vestiging: str
    ontvanger: str
    betrokkenen: tuple[str, ...]
    bijzonder: frozenset[str]
    invulling: Invulling
    tempo: Mapping[str, int] = field(default_factory=dict)
    tot: str = ""
    dubbel_van: str = ""
    gekoppeld_aan: str = ""
    gekoppeld_door: str = ""

    def is_(self, *namen: str) -> bool:
        """Tell whether one of these is special about the course."""
        return not self.bijzonder.isdisjoint(namen)


def make_geval(
    sleutel: str,
    ontvangen_op: date,
    rng: Random,
    *,
    gewicht: Mapping[str, int] = GEWICHT,
    bijzonder: Sequence[str] | None = None,
    tempo: Mapping[str, int] | None = None,
    tot: str = "",
) -> Geval:
    """Draw a klacht; what is special about it is drawn too, unless it is given."""
    categorie = rng.choices(list(gewicht), gewicht.values())[0]
    verhaal = rng.choice(verhalen()[categorie])
    indiener_soort = rng.choice(verhaal.wie)
    kanalen, gewichten = zip(*KANALEN[indiener_soort], strict=True)
    kanaal = rng.choices(kanalen, gewichten)[0]
    vestiging = rng.choices(tuple(VESTIGINGEN), (5, 3, 4))[0]
    gekozen = _draw(rng) if bijzonder is None else set(bijzonder)
    if "signaal" in gekozen:
        kanaal = rng.choice(("brief", "e-mail"))
    betrokkenen = _involved(rng, categorie, vestiging, gekozen)
    ontvanger = rng.choice(ONTVANGERS[vestiging])
    invulling = Invulling(rng, BRONNEN, plaats=VESTIGINGEN[vestiging])
    moments_before(invulling, ontvangen_op)
    _name_the_involved(invulling, betrokkenen, ontvanger, indiener_soort)
    return Geval(
        sleutel=sleutel,
        ontvangen_op=ontvangen_op,
        rng=rng,
        verhaal=verhaal,
        indiener_soort=indiener_soort,
        kanaal=kanaal,
        vestiging=vestiging,
        ontvanger=ontvanger,
        betrokkenen=betrokkenen,
        bijzonder=frozenset(gekozen),
        invulling=invulling,
        tempo=tempo or {},
        tot=tot,
    )


def copy_of(geval: Geval, sleutel: str, rng: Random) -> Geval:
    """Return the same klacht, sent a second time through the website and entered again by mistake."""
    return Geval(
        **{
            **vars(geval),
            "sleutel": sleutel,
            "rng": rng,
            "ontvangen_op": geval.ontvangen_op + timedelta(days=1),
            "kanaal": "webformulier",
            "bijzonder": frozenset({"vervallen"}),
            "dubbel_van": geval.sleutel,
            "gekoppeld_aan": "",
        }
    )


def _draw(rng: Random) -> set[str]:
    return _strip({naam for naam, kans in KANS.items() if rng.random() < kans})


def _strip(gekozen: set[str]) -> set[str]:
    """Keep one ending and one dispute at most."""
    for groep in (
        ("vervallen", "dubbel", "niet_in_behandeling", "ingetrokken", "heropend", "geschil_heropend"),
        ("geschil_opgelost", "geschil_oordeel", "geschil_heropend", "geschil_na_7", "heropend"),
        ("later_betrokken", "vervangen"),
        ("afgezien", "laat_11"),
        ("afgezien", "gewijzigd"),
        ("afgezien", "maatregel_vervallen"),
        ("laat_7", "laat_11"),
    ):
        over = [naam for naam in groep if naam in gekozen]
        gekozen -= set(over[1:])
    if "niet_in_behandeling" not in gekozen:
        gekozen -= {"laat_7", "geschil_na_7"}
    return gekozen


def _involved(rng: Random, categorie: str, vestiging: str, gekozen: set[str]) -> tuple[str, ...]:
    if "directie_betrokken" in gekozen:
        return ("carla", "frank")
    betrokkenen: list[str] = []
    if "coordinator_betrokken" in gekozen:
        betrokkenen.append("anna")
    elif rng.random() < OVER_IEMAND.get(categorie, 0.25):
        betrokkenen.append(rng.choice(BEGELEIDERS[vestiging]))
    if "directielid_betrokken" in gekozen:
        betrokkenen.append(rng.choice(("carla", "frank")))
    return tuple(betrokkenen)


def _name_the_involved(invulling: Invulling, betrokkenen: tuple[str, ...], ontvanger: str, indiener_soort: str) -> None:
    from klachten.organisatie import naam

    wie = betrokkenen[0] if betrokkenen else ""
    van_de_leiding = wie in {"anna", "carla", "frank"}
    mijn = "mijn begeleider" if indiener_soort == "klant" else "uw begeleider"
    invulling["begeleider"] = (
        (heer_of_mevrouw(wie) if van_de_leiding else f"{mijn} {heer_of_mevrouw(wie)}") if wie else mijn
    )
    invulling["uw_medewerker"] = f"uw medewerker {heer_of_mevrouw(wie)}" if wie else "uw begeleider"
    invulling["medewerker"] = naam(wie) if wie else "de begeleider"
    invulling["begeleider_intern"] = naam(wie) if wie else "de begeleider"
    invulling["ontvanger"] = naam(ontvanger)
