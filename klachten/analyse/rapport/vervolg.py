"""The sections of the yearly report on follow-up, lessons, the procedure, and the origin of the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from klachten.analyse.basis.zinnen import KLEIN
from klachten.analyse.rapport.bevroren import periode_van
from klachten.analyse.rapport.blokken import (
    GEEN,
    Blok,
    alinea,
    citaat,
    dag,
    getal,
    interval,
    kop,
    noot,
    tabel,
)  # fmt: skip
from klachten.analyse.rapport.openbaar import MAATREGEL, Vrijgave
from klachten.analyse.statistiek.onderdrukking import MINIMUM_TOTAAL
from klachten.gebeurtenissen import ONDERDELEN
from klachten.periode import Periode
from klachten.taal import aantal, datum, opsomming

Cijfers = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Afspraak:
    """A verbeteractie as it was agreed; `nr` as figures and texts name it: 'E2026-0001 · 1'."""

    nr: str
    onderdeel: str
    omschrijving: str
    actienemer: str
    uiterlijk_op: date
    bepaald_op: date


@dataclass(frozen=True, kw_only=True)
class Evaluatie:
    """The evaluation that fixed the figures: who held it, what it concluded, and what its verbeteracties say.

    `omschrijvingen`: the text of a verbeteractie by 'E2026-0001 · 1'. None of the texts stands in the public report.
    `onderdelen`: what was concluded per section, by its id; none where it was concluded as a whole. `later`: on which
    day, of those that were recorded after the meeting.
    """

    nummer: str
    versie: int
    gehouden_op: date
    directieleden: tuple[str, ...]
    conclusies: str
    vervangt: str = ""
    reden: str = ""
    document: str = ""
    omschrijvingen: Mapping[str, str] = field(default_factory=dict)
    over: str = ""
    onderdelen: Mapping[str, str] = field(default_factory=dict)
    later: Mapping[str, date] = field(default_factory=dict)
    afspraken: tuple[Afspraak, ...] = ()
    aanwezigen: tuple[str, ...] = ()
    vastgelegd_door: str = ""

    def los(self) -> Evaluatie:
        """The same evaluation beside figures that are not the ones it froze."""
        return replace(self, document="")


def dag_van(iso: str) -> date:
    """Return a frozen date."""
    return date.fromisoformat(iso)


def maatregelen(cijfers: Cijfers, toon: Vrijgave) -> list[Blok]:
    """What became of the maatregelen of the klachten of the period (steps 8-12)."""
    m, p = cijfers["maatregelen"], periode_van(cijfers)
    blokken = [kop("Maatregelen en verbeteracties"), kop("Maatregelen bij klachten", 2)]
    if not m["totaal"]:
        return [*blokken, alinea(f"Bij de klachten van {p.naam} zijn geen maatregelen bepaald.")]
    aantallen = aantal(m["totaal"], "maatregel", "maatregelen")
    if not toon.zichtbaar(*(f"maatregel/{stand}" for stand in MAATREGEL)) and m["totaal"] < MINIMUM_TOTAAL:
        return [
            *blokken,
            alinea(f"Bij de klachten van {p.naam} {'hoort' if m['totaal'] == 1 else 'horen'} {aantallen}."),
        ]
    namen = {
        "op_tijd": "Op de afgesproken dag uitgevoerd",
        "te_laat": "Later uitgevoerd of vervallen",
        "open": "Nog uit te voeren",
        "open_en_te_laat": "Nog uit te voeren, afgesproken dag voorbij",
        "vervallen": "Vervallen",
    }
    rijen = [[naam, toon.aantal(f"maatregel/{stand}", m[stand])] for stand, naam in namen.items()]
    rijen.append(["Alle maatregelen", toon.aantal("maatregel/totaal", m["totaal"])])
    return [*blokken, tabel(f"Maatregelen bij klachten van {p.naam}", ["Stand", "Maatregelen"], rijen, totaal=True)]


def verbeteracties(cijfers: Cijfers, toon: Vrijgave, evaluatie: Evaluatie | None) -> list[Blok]:
    """What became of the verbeteracties and what was seen to change: never called an effect (steps 16-18)."""
    p = periode_van(cijfers)
    blokken = [kop("Verbeteracties", 2)]
    # What ran in this period or after it; older ones were in earlier reports.
    lopend = [
        v
        for v in cijfers["verbeteracties"]
        if v["jaar"] <= p.laatste.year and (v["stand"].startswith("open") or _van_nu(v, p))
    ]
    if not lopend:
        return [*blokken, alinea(f"Er zijn geen verbeteracties die in {p.naam} liepen.")]
    teksten = evaluatie.omschrijvingen if evaluatie is not None and not toon.openbaar else {}
    rijen = []
    for v in lopend:
        sleutel = f"{v['klachtnummer']} · {v['verbeteractie']}"
        gericht = v["categorie_naam"] or "Algemeen"
        rijen.append(
            [
                teksten.get(sleutel, gericht),
                str(v["jaar"]),
                dag(v["uiterlijk_op"]),
                dag(v["uitgevoerd_op"]),
                v["stand"],
                v["verandering_naam"] or GEEN,
            ]
        )
    kolommen = [
        "Gericht op" if not teksten else "Verbeteractie",
        "Over",
        "Uiterlijk",
        "Uitgevoerd",
        "Stand",
        "Waargenomen verandering",
    ]
    return [
        *blokken,
        tabel("Verbeteracties en wat er daarna is gezien", kolommen, rijen, tekst=(0, 1, 2, 3, 4, 5), breed=(0, 5)),
        noot(
            "Een waargenomen verandering is wat er na de uitvoering is gezien. Het is geen bewijs dat de verbeteractie "
            "dat heeft "
            "bereikt: wat door toeval hoog was, daalt ook vanzelf."
        ),
    ]


def _van_nu(v: Cijfers, periode: Periode) -> bool:
    laatst = max(filter(None, (v["bepaald_op"], v["uitgevoerd_op"], v["waargenomen_op"])))
    return dag_van(laatst) >= periode.eerste


def lessen(cijfers: Cijfers, toon: Vrijgave, evaluatie: Evaluatie | None) -> list[Blok]:
    """What the directie concluded (step 16)."""
    blokken = [kop("Lessen")]
    over = periode_van(cijfers).naam
    if evaluatie is None:
        return [
            *blokken,
            alinea(
                f"De directie heeft de klachten van {over} nog niet geëvalueerd (stap 16); dit verslag is een "
                "tussenstand."
            ),
        ]
    if toon.openbaar:
        tekst = (
            f"De directie heeft de klachten van {over} geëvalueerd op {datum(evaluatie.gehouden_op)}. Haar conclusies "
            "staan in "
            "het interne verslag; wat er verbeterd wordt, staat hierboven."
        )
        return [*blokken, alinea(tekst)]
    leden = opsomming(evaluatie.directieleden)
    blokken += [
        alinea(
            f"{leden} evalueerde{'n' if len(evaluatie.directieleden) > 1 else ''} op {datum(evaluatie.gehouden_op)} de "
            f"klachten van {over}, en concludeerde{'n' if len(evaluatie.directieleden) > 1 else ''}:"
        ),
        citaat(evaluatie.conclusies or "Er zijn geen conclusies vastgelegd."),
    ]
    for onderdeel, conclusie in evaluatie.onderdelen.items():
        blokken += [kop(ONDERDELEN[onderdeel], 2), citaat(conclusie)]
    if evaluatie.vervangt:
        blokken.append(
            noot(
                f"Dit is versie {evaluatie.versie}; zij volgt op evaluatie {evaluatie.vervangt}. Reden: "
                f"{evaluatie.reden or 'niet vermeld'}"
            )
        )
    return blokken


_EENHEDEN = {
    "dagen": ("dag", "dagen"),
    "weken": ("week", "weken"),
    "maanden": ("maand", "maanden"),
    "werkdagen": ("werkdag", "werkdagen"),
}


def procedure(cijfers: Cijfers) -> list[Blok]:
    """The reglement in short: who may complain, what happens, and within which terms."""
    reglement = cijfers["reglement"]
    rijen = []
    for t in reglement["termijnen"]:
        vanaf = "de ontvangst" if t["vanaf"] == "ontvangen" else t["vanaf"].replace("_", " ")
        ruimer = "".join(
            f"; {waarde} {t['eenheid']} bij {kenmerk.replace('_', ' ')}" for kenmerk, waarde in t["bij_kenmerk"].items()
        )
        verlenging = t["verlenging"]
        extra = (
            f"; te verlengen met {aantal(verlenging['waarde'], *_EENHEDEN[verlenging['eenheid']])}"
            if verlenging
            else ""
        )
        rijen.append(
            [t["naam"], str(t["stap"]), f"{aantal(t['waarde'], *_EENHEDEN[t['eenheid']])} na {vanaf}{ruimer}{extra}"]
        )
    return [
        kop("De procedure in het kort"),
        alinea(
            "Een klacht is een schriftelijke uiting van ontevredenheid over de organisatie, een medewerker of de "
            "dienstverlening. Wie "
            "zelf bij een klacht betrokken is, behandelt haar niet. De indiener krijgt een ontvangstbevestiging met "
            "het "
            "klachtnummer en de naam van de behandelaar, en bericht over het resultaat en de afsluiting. Is de "
            "indiener het niet eens met "
            "de afhandeling, dan volgt eerst overleg; helpt dat niet, dan wordt de klacht voorgelegd aan een "
            "onafhankelijke persoon buiten "
            "de organisatie. De directie evalueert de klachten minstens een keer per jaar."
        ),
        tabel(f"Termijnen volgens {reglement['naam']}", ["Wat", "Stap", "Uiterlijk"], rijen, tekst=(0, 2), breed=(2,)),
    ]


def herkomst(cijfers: Cijfers, toon: Vrijgave, evaluatie: Evaluatie | None) -> list[Blok]:
    """On what the figures were counted, so that anyone with the register can make them again."""
    h = cijfers["herkomst"]
    rijen = [
        ["Peildatum", datum(dag_van(cijfers["peildatum"]))],
        ["Aantal vastgelegde feiten", getal(h["aantal_feiten"])],
        ["Zegel van het register", h["zegel"]],
        ["Reglement", f"{cijfers['reglement']['naam']}, versie van {datum(dag_van(h['reglement_versie']))}"],
        ["Software", f"klachten {h['software_versie']}"],
    ]
    if evaluatie is not None:
        rijen += [
            ["Evaluatie", f"{evaluatie.nummer}, versie {evaluatie.versie}, gehouden op {datum(evaluatie.gehouden_op)}"]
        ]
        if evaluatie.document:
            rijen.append(["Bevroren cijfers (sha256)", evaluatie.document])
    return [
        kop("Herkomst van de cijfers"),
        alinea(
            "Elk cijfer in dit verslag is geteld uit vastgelegde feiten die niet meer veranderen; een verbetering is "
            "een nieuw feit. "
            "Het zegel vat alle feiten tot en met het laatste samen. Hetzelfde register met dezelfde peildatum geeft "
            "hetzelfde "
            f"verslag. Percentages staan er vanaf {KLEIN} klachten, altijd met hun marge."
        ),
        tabel("Waarop dit verslag is gebaseerd", ["Gegeven", "Waarde"], rijen, tekst=(0, 1), breed=(1,)),
    ]


__all__ = [
    "Evaluatie",
    "dag_van",
    "herkomst",
    "interval",
    "lessen",
    "maatregelen",
    "procedure",
    "verbeteracties",
]
