"""The sheets about what was done: disputes, maatregelen, verbeteracties and the order of steps (step 16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from klachten.analyse.basis.kengetal import Kengetal
from klachten.analyse.basis.zinnen import KLEIN, ZONDER_PROCENT, aandeel
from klachten.analyse.excel.blad import Blad, Kolom
from klachten.analyse.excel.excel import bladnaam
from klachten.analyse.excel.grafieken import Grafiek
from klachten.analyse.excel.werk import Bouw, Werk, blad
from klachten.analyse.proces import proces
from klachten.analyse.termijnen.netto import UITLEG as UITLEG_NETTO


def stappenkaart(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """All eighteen steps."""
    kolommen = (
        Kolom("Stap", breedte=29, terugloop=True), Kolom("Klachten", "getal", 10), Kolom("Na stap", "getal", 8),
        Kolom("Dagen na die stap", "decimaal", 11), Kolom("Dagen na die stap, netto", "decimaal", 11),
        Kolom("Dagen na ontvangst", "decimaal", 12), Kolom("Dagen na ontvangst, netto", "decimaal", 12),
        Kolom("Hier gebleven", "getal", 10),
    )  # fmt: skip
    netto = {r["stap"]: r for r in werk.vraag("stappenkaart_netto", werk.periode)}
    leeg = dict.fromkeys(("netto_sinds_vorige", "netto_sinds_ontvangst"))
    rijen = [
        [
            f"{r['stap']} {werk.stap(r['stap'])}".strip(), r["aantal"], r["sinds_stap"], r["dagen_sinds_vorige"],
            netto.get(r["stap"], leeg)["netto_sinds_vorige"], r["dagen_sinds_ontvangst"],
            netto.get(r["stap"], leeg)["netto_sinds_ontvangst"], r["hier_gebleven"],
        ]
        for r in sorted(werk.vraag("stappenkaart", werk.periode), key=lambda r: r["stap"])
    ]  # fmt: skip
    grafiek = Grafiek(soort="staaf", titel="Hoeveel klachten kwamen bij elke stap", x="Stap", y=("Klachten",))
    return (blad(k, "Stappen", kolommen, rijen, grafiek, zin=f"De dagen zijn medianen. {UITLEG_NETTO}"),)


def overgangen(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Which step follows which, the most frequent first."""
    kolommen = (
        Kolom("Van stap", "getal", 9),
        Kolom("Van", breedte=30),
        Kolom("Naar stap", "getal", 10),
        Kolom("Naar", breedte=30),
        Kolom("Keren", "getal", 9),
        Kolom("Mediaan (dagen)", "decimaal", 12),
        Kolom("Mediaan, netto (dagen)", "decimaal", 12),
    )
    gevonden = sorted(werk.vraag("overgangen", werk.periode), key=lambda r: (-r["aantal"], r["van"], r["naar"]))
    netto = {(r["van"], r["naar"]): r["netto_dagen"] for r in werk.vraag("overgangen_netto", werk.periode)}
    rijen = [
        [
            r["van"], werk.stap(r["van"]), r["naar"], werk.stap(r["naar"]), r["aantal"], r["mediaan_dagen"],
            netto.get((r["van"], r["naar"])),
        ]
        for r in gevonden
    ]  # fmt: skip
    return (blad(k, "Overgangen", kolommen, rijen, zin=UITLEG_NETTO),)


def varianten(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Every order of steps, and what is unlike the reglement about it."""
    kolommen = (
        Kolom("Volgorde van stappen", breedte=34, terugloop=True), Kolom("Klachten", "getal", 11),
        Kolom("Deel (%)", "procent", 10), Kolom("Stappen op volgorde", breedte=12),
        Kolom("Loopt nog", breedte=10), Kolom("Stappen anders", "getal", 12),
        Kolom("Wat is anders", breedte=48, terugloop=True), Kolom("Voorbeeld", breedte=14),
    )  # fmt: skip
    tabel = proces.varianten(werk.cursor, peildatum=werk.peildatum, periode=werk.periode, filter=werk.filter).to_dict(
        "records"
    )
    totaal = sum(r["klachten"] for r in tabel)
    rijen = [
        [
            r["spoor"], r["klachten"], aandeel(r["klachten"], totaal), bool(r["volgt"]), bool(r["nog_open"]),
            r["kosten"], " ".join(r["zinnen"]), r["voorbeeld"],
        ]
        for r in sorted(
            tabel, key=lambda r: (-r["klachten"], r["spoor"], r["nog_open"], r["zonder_rondes"], r["niet_mogelijk"])
        )
    ]  # fmt: skip
    klein = ZONDER_PROCENT if 0 < totaal < KLEIN else ""
    for rij in rijen:
        rij[3], rij[4] = ("ja" if waar else "nee" for waar in rij[3:5])
    return (blad(k, "Volgorden", kolommen, rijen, zin=klein),)


def herstelwerk(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Per step."""
    kolommen = (
        Kolom("Stap", breedte=34), Kolom("Klachten", "getal", 11), Kolom("Daarvan over gedaan", "getal", 12),
        Kolom("Deel (%)", "procent", 10), Kolom("Extra keren", "getal", 11),
    )  # fmt: skip
    rijen = [
        [
            f"{r['stap']} {werk.stap(r['stap'])}".strip(), r["klachten"], r["herhaald"],
            aandeel(r["herhaald"], r["klachten"]), r["extra_keren"],
        ]
        for r in sorted(werk.vraag("herstelwerk", werk.periode), key=lambda r: r["stap"])
    ]  # fmt: skip
    grafiek = Grafiek(soort="staaf", titel="Stappen die over moesten", x="Stap", y=("Daarvan over gedaan",))
    return (blad(k, "Herstelwerk", kolommen, rijen, grafiek, zin=ZONDER_PROCENT),)


def werklast(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Months against behandelaars, or all of them together."""
    gevonden = werk.vraag("werklast", werk.periode)
    open_ = Counter[tuple[str, str]]()
    for r in gevonden:
        open_[f"{r['maand']:%m-%Y}", werk.persoon(r["behandelaar"]) if werk.namen else "Open klachten"] += r["nog_open"]
    maanden = [f"{dag:%m-%Y}" for dag in sorted({r["maand"] for r in gevonden})]
    wie = sorted({naam for _, naam in open_})
    kolommen = (Kolom("Maand", breedte=11), *(Kolom(naam, "getal", 15) for naam in wie))
    rijen = [[maand, *(open_[maand, naam] for naam in wie)] for maand in maanden]
    grafiek = Grafiek(soort="gestapeld", titel="Open aan het eind van de maand", x="Maand", y=wie, as_y="klachten")
    return (blad(k, "Werklast", kolommen, rijen, *([grafiek] if wie else [])),)


def anders(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Any figure that has no sheet of its own yet: its rows as they are, persons only where they may be named."""
    rijen = werk.vraag(k.sql, werk.periode)
    namen = [naam for naam in (rijen[0] if rijen else {"geen": None}) if werk.namen or naam not in PERSONEN]
    kolommen = [
        Kolom(naam.replace("_", " ").capitalize(), _soort([rij.get(naam) for rij in rijen]), 18) for naam in namen
    ]
    getoond = [[werk.persoon(rij[naam]) if naam in PERSONEN else rij[naam] for naam in namen] for rij in rijen]
    return (blad(k, bladnaam(k.titel), kolommen, getoond),)


def _soort(waarden: Sequence[object]) -> str:
    soorten = {type(waarde) for waarde in waarden if waarde is not None}
    if soorten and soorten <= {int}:
        return "getal"
    if soorten and soorten <= {int, float}:
        return "decimaal"
    return "datum" if soorten and all(issubclass(soort, date) for soort in soorten) else "tekst"


PERSONEN = ("behandelaar", "actienemer")
BLADEN: dict[str, Bouw] = {
    "stappenkaart": stappenkaart,
    "overgangen": overgangen,
    "varianten": varianten,
    "herstelwerk": herstelwerk,
    "werklast": werklast,
}
