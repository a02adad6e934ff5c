"""The sections of an evaluation meeting: of each its large figures, its sentences, its caveat and its chart (step 16).

All of it is said of frozen figures, so that agenda, meeting and minutes show what the pages and the report show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from klachten.analyse.basis.zinnen import KLEIN, STREEP, ZONDER_PROCENT, getal, procent
from klachten.analyse.rapport import secties, verdeling, vervolg
from klachten.analyse.rapport.bevroren import periode_van
from klachten.analyse.rapport.blokken import Blok
from klachten.analyse.rapport.openbaar import INTERN, aflopen
from klachten.analyse.rapport.vervolg import Evaluatie, dag_van
from klachten.gebeurtenissen import ONDERDELEN
from klachten.taal import aantal, datum, hoofdletter

Cijfers = Mapping[str, Any]
KERN = 2
MEESTE = 4
"""More large figures do not fit beside each other on paper."""


@dataclass(frozen=True, kw_only=True)
class Onderdeel:
    """One section: what is asked, the figures that answer it, what may be said of them, and with which caveat.

    `cijfers`: at most MEESTE, those that ask for attention first; `rest` says the others, and where all of them stand.
    `kern` is what is said at once: of one figure at most KERN sentences; `meer` are the others.
    """

    id: str
    titel: str
    vraag: str
    cijfers: tuple[tuple[str, str], ...]
    rest: str
    kern: tuple[str, ...]
    meer: tuple[str, ...]
    voorbehoud: str
    figuur: Blok | None = None


VRAGEN: Mapping[str, str] = {
    "terugblik": "Wat is er gekomen van wat de vorige keer is afgesproken?",
    "aantal": "Hoeveel klachten waren er, en is dat anders dan eerder?",
    "op_tijd": "Hoe vaak zijn de termijnen gehaald?",
    "waarover": "Waarover gingen de klachten?",
    "afloop": "Hoe liepen de klachten af, en hoe lang duurde het?",
    "geschillen": "Wie was het niet eens met de afhandeling, en wat vond de onafhankelijke persoon?",
    "maatregelen": "Zijn de maatregelen op de afgesproken dag uitgevoerd?",
    "besluiten": "Wat staat nog open en vraagt om een besluit?",
}
KENGETALLEN: Mapping[str, tuple[str, ...]] = {
    "terugblik": ("verbeteracties_opvolging",),
    "aantal": ("intensiteit", "per_periode", "stroom"),
    "op_tijd": ("termijntarieven",),
    "waarover": ("categorieen",),
    "afloop": ("niet_in_behandeling_gronden", "doorlooptijden"),
    "geschillen": ("geschillen",),
    "maatregelen": ("maatregelen_opvolging",),
}
"""Of which figures the findings are that a section says, in its order."""


def onderdelen(cijfers: Cijfers, vorige: Evaluatie | None) -> tuple[Onderdeel, ...]:
    """Return every section in the order of the meeting; `vorige`: the evaluation before this one."""
    return tuple(_onderdeel(id, cijfers, vorige) for id in ONDERDELEN)


def _onderdeel(id: str, cijfers: Cijfers, vorige: Evaluatie | None) -> Onderdeel:
    kern, meer = _zinnen(id, cijfers)
    alle = tuple(GROTE[id](cijfers, vorige))
    return Onderdeel(
        id=id,
        titel=ONDERDELEN[id],
        vraag=VRAGEN[id],
        cijfers=alle[:MEESTE],
        rest=_rest(id, alle),
        kern=kern,
        meer=meer,
        voorbehoud=_voorbehoud(id, cijfers),
        figuur=_figuur(id, cijfers),
    )


def _rest(id: str, alle: Sequence[tuple[str, str]]) -> str:
    """Say the figures for which there is no room, and where all of them stand."""
    if len(alle) <= MEESTE:
        return ""
    rest = "; ".join(f"{naam}: {'nog geen gegevens' if waarde == STREEP else waarde}" for waarde, naam in alle[MEESTE:])
    if id == "op_tijd":
        return (
            f"Hier staan de {MEESTE} termijnen die het minst vaak zijn gehaald. De andere: {rest}. Alle "
            f"{len(alle)} staan naast elkaar op pagina Termijnen."
        )
    return f"En verder: {rest}."


def _zinnen(id: str, cijfers: Cijfers) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is said of a section at once, and the rest."""
    if id == "besluiten":
        # Figures that were frozen before did not hold it.
        if (zinnen := cijfers.get("te_beslissen")) is None:
            return ("Bij deze cijfers is niet bewaard wat er toen om een besluit vroeg.",), ()
        niets = f"Op {datum(dag_van(cijfers['peildatum']))} wacht er niets op een besluit."
        return tuple(zinnen) or (niets,), ()
    soorten = KENGETALLEN[id]
    gevonden = [b for b in cijfers["bevindingen"] if b["kengetal"] in soorten]
    if not gevonden:
        return _zonder(id, cijfers), ()
    # How many there were opens that section; then what stands out, as on the Jaarbeeld, in the order of the section.
    gevonden.sort(key=lambda b: (_later(id, b), not b["opvallend"], soorten.index(b["kengetal"]), _op_tijd_deel(b)))
    eerste, *rest = gevonden
    kern = [eerste, *(b for b in rest if b["opvallend"])][:KERN]
    return tuple(b["zin"] for b in kern), tuple(b["zin"] for b in gevonden if b not in kern)


def _op_tijd_deel(bevinding: Cijfers) -> float:
    """Return how often a term was met, so that the worst one comes first; 1 of what is no term."""
    getallen = bevinding["getallen"]
    return float(getallen["op_tijd"] / getallen["rijp"]) if getallen.get("rijp") else 1.0


def _later(id: str, bevinding: Cijfers) -> bool:
    return id == "aantal" and not (bevinding["kengetal"] == "intensiteit" and "klachten" in bevinding["getallen"])


def _zonder(id: str, cijfers: Cijfers) -> tuple[str, ...]:
    """Say of what there is nothing, in the words of the report."""
    secties_van: dict[str, Callable[..., list[Blok]]] = {
        "op_tijd": secties.termijnen,
        "waarover": verdeling.categorieen,
        "geschillen": verdeling.geschillen,
        "maatregelen": vervolg.maatregelen,
    }
    if id in secties_van:
        gezegd = [b["tekst"] for b in secties_van[id](cijfers, INTERN) if b["soort"] == "alinea"]
        if gezegd:
            return (gezegd[0],)
    return (f"Over {periode_van(cijfers).naam} valt hierover niets te zeggen.",)


def _voorbehoud(id: str, cijfers: Cijfers) -> str:
    klein = 0 < cijfers["klachten"] < KLEIN
    match id:
        case "terugblik":
            return (
                "Wat er na een verbeteractie is gezien, is geen bewijs dat zij dat heeft bereikt: wat door toeval hoog "
                "was, daalt ook vanzelf."
            )
        case "aantal":
            zin = "Een verschil heet pas een verschil als toeval het niet kan verklaren (95%), gerekend per traject."
            return " ".join(filter(None, (zin, nog_niet_om(cijfers))))
        case "op_tijd":
            zin = "Een termijn telt mee zodra de laatste dag voorbij is, ook als de klacht nog openstaat."
            return f"{zin} {ZONDER_PROCENT}" if klein else zin
        case "waarover":
            zin = "Welke categorie de grootste is, kan bij kleine aantallen toeval zijn."
            if anders := cijfers["gewijzigde_categorieen"]:
                zin += f" De indeling veranderde van {', '.join(anders)}: vergelijk de jaren met voorbehoud."
            return zin
        case "afloop":
            nog_open = aflopen(cijfers).get("Open", 0)
            loopt = f" {aantal(nog_open, 'klacht loopt', 'klachten lopen')} nog." if nog_open else ""
            return f"De afloop is die van de behandelaar; een oordeel geeft alleen de onafhankelijke persoon.{loopt}"
        case "geschillen":
            return "Wie het niet eens was en dat niet zei, telt hier niet mee."
        case "maatregelen":
            return "Hier geldt de afgesproken dag; de termijn van het reglement staat bij Op tijd."
        case _:
            return f"Dit is de stand op {datum(dag_van(cijfers['peildatum']))}."


def nog_niet_om(cijfers: Cijfers) -> str:
    """Say that the figures are of a year or period that is not over; a meeting in a year counts it up to its day."""
    p = periode_van(cijfers)
    if (p.eerste.month, p.eerste.day) == (1, 1) and p.laatste.year == p.jaar and p.soort not in ("jaar", "kwartaal"):
        return f"{p.jaar} is nog niet om."
    return "" if cijfers["volledig"] else f"{hoofdletter(p.naam)} is nog niet om."


def _figuur(id: str, cijfers: Cijfers) -> Blok | None:
    """Return the chart of a section as the report draws it; None where there is nothing to draw."""
    match id:
        case "aantal":
            blokken = verdeling.intensiteit(cijfers, INTERN)
        case "op_tijd":
            blokken = secties.termijnen(cijfers, INTERN)
        case "waarover":
            blokken = verdeling.categorieen(cijfers, INTERN)
        case _:
            return None
    return next((blok for blok in blokken if blok["soort"] == "figuur"), None)


# --- the large figures -----------------------------------------------------------------------------------------------

Groot = Iterator[tuple[str, str]]


def van_evaluatie(cijfers: Cijfers, vorige: Evaluatie | None) -> list[Cijfers]:
    """Return how the verbeteracties of an evaluation stood, one row each."""
    return [v for v in cijfers["verbeteracties"] if vorige is not None and v["klachtnummer"] == vorige.nummer]


def nog_open(cijfers: Cijfers, vorige: Evaluatie | None) -> list[Cijfers]:
    """Return those of other evaluations that were still open."""
    ander = vorige.nummer if vorige else ""
    return [v for v in cijfers["verbeteracties"] if v["klachtnummer"] != ander and v["stand"].startswith("open")]


def _terugblik(cijfers: Cijfers, vorige: Evaluatie | None) -> Groot:
    rijen = van_evaluatie(cijfers, vorige)
    alle = [*rijen, *nog_open(cijfers, vorige)]
    gedaan = sum(bool(v["uitgevoerd_op"]) for v in rijen)
    yield f"{gedaan} van {len(rijen)}" if rijen else STREEP, "uitgevoerd van de vorige keer"
    yield getal(sum(v["stand"].startswith("open") for v in alle)), "nog open, van alle jaren"
    yield getal(sum(v["stand"] == "open en te laat" for v in alle)), "daarvan te laat"


def _aantal(cijfers: Cijfers, vorige: Evaluatie | None) -> Groot:
    yield from ((tegel["waarde"], tegel["naam"]) for tegel in secties.tegels(cijfers, INTERN))


def _op_tijd(cijfers: Cijfers, vorige: Evaluatie | None) -> Groot:
    regels = [regel for regel in cijfers["termijnen"] if regel["totaal"]]
    if len(regels) > MEESTE:
        # In the order of the reglement, unless not all of them can be large: then what was met least comes first.
        regels.sort(key=_gehaald)
    for regel in regels:
        kop = secties.kop_van(regel)
        geteld, naam = secties.telling(kop), regel["termijn_naam"]
        if kop["n"] >= KLEIN:
            yield procent(kop["aandeel"]), f"{naam} {geteld[geteld.index('(') :]}"
        else:
            yield (geteld.partition(",")[0] if kop["n"] else STREEP), naam


def _gehaald(regel: Cijfers) -> float:
    """Return how often a term was met; last comes what is not known yet."""
    kop = secties.kop_van(regel)
    return float(kop["aandeel"]) if kop["n"] and kop["aandeel"] is not None else 2.0


def _waarover(cijfers: Cijfers, vorige: Evaluatie | None) -> Groot:
    meest = sorted((r for r in cijfers["categorieen"] if r["klachten"]), key=lambda r: -r["klachten"])
    yield from ((getal(r["klachten"]), r["naam"]) for r in meest[:3])


def _afloop(cijfers: Cijfers, vorige: Evaluatie | None) -> Groot:
    yield from ((getal(n), naam) for naam, n in aflopen(cijfers).items())


def _geschillen(cijfers: Cijfers, vorige: Evaluatie | None) -> Groot:
    geschil, toen = cijfers["geschillen"], cijfers["geschillen_vorig"]
    yield getal(geschil["gemeld"]), f"gemeld in {periode_van(cijfers).kort}"
    yield getal(toen["gemeld"]) if toen else STREEP, f"gemeld in {periode_van(cijfers).vorige.kort}"
    yield getal(geschil["oordeel"]), "met een oordeel van buiten"
    yield getal(geschil["lopend"]), "nog niet afgerond"


def _maatregelen(cijfers: Cijfers, vorige: Evaluatie | None) -> Groot:
    m = cijfers["maatregelen"]
    yield f"{getal(m['tarief']['x'])} van {getal(m['tarief']['n'])}" if m["tarief"]["n"] else STREEP, "op tijd"
    yield getal(m["totaal"]), "maatregelen"
    yield getal(m["open_en_te_laat"]), "te laat en nog open"


def _besluiten(cijfers: Cijfers, vorige: Evaluatie | None) -> Groot:
    wacht: Sequence[str] | None = cijfers.get("te_beslissen")
    yield STREEP if wacht is None else getal(len(wacht)), "punten die wachten"


GROTE: Mapping[str, Callable[[Cijfers, Evaluatie | None], Groot]] = {
    "terugblik": _terugblik,
    "aantal": _aantal,
    "op_tijd": _op_tijd,
    "waarover": _waarover,
    "afloop": _afloop,
    "geschillen": _geschillen,
    "maatregelen": _maatregelen,
    "besluiten": _besluiten,
}
