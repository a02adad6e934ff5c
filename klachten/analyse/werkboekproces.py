"""The sheets about what was done: disputes, maatregelen, verbeteracties and the order of steps (step 16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from klachten.analyse import proces
from klachten.analyse.excel import bladnaam
from klachten.analyse.excelblad import Blad, Kolom
from klachten.analyse.excelgrafieken import Grafiek
from klachten.analyse.kengetallen import Kengetal
from klachten.analyse.opvolging import STANDEN
from klachten.analyse.verbetering import voor_en_na
from klachten.analyse.werkboekbladen import Bouw
from klachten.analyse.werkboekwerk import Werk, blad


def geschillen(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """How far each got."""
    kolommen = (
        Kolom("Stand", breedte=20), Kolom("Oordeel", breedte=22), Kolom("Meningsverschillen", "getal", 18),
        Kolom("Voorgelegd", "getal", 12), Kolom("Leidde tot heropening", "getal", 14),
    )  # fmt: skip
    rijen = [
        [
            r["stand"], werk.naam("oordelen", r["oordeel"]) if r["oordeel"] else "geen oordeel", r["geschillen"],
            r["voorgelegd"], r["tot_heropening"],
        ]
        for r in werk.vraag("geschillen", werk.jaar)
    ]  # fmt: skip
    return (blad(k, "Meningsverschillen", kolommen, rijen),)


def maatregelen(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """How they stand; per actienemer where persons may be named."""
    gevonden = werk.vraag("maatregelen_opvolging", werk.jaar)
    stand, leeftijd = Counter[str](), Counter[str]()
    per_persoon = Counter[tuple[str, str]]()
    for r in gevonden:
        stand[r["stand"]] += r["maatregelen"]
        leeftijd[r["stand"], r["leeftijd"] or ""] += r["maatregelen"]
        per_persoon[r["actienemer"], r["stand"]] += r["maatregelen"]
    rijen = [
        [naam.capitalize(), wachttijd or "niet meer open", n]
        for (naam, wachttijd), n in sorted(leeftijd.items(), key=lambda paar: (STANDEN.index(paar[0][0]), paar[0][1]))
    ]
    kolommen = (Kolom("Stand", breedte=20), Kolom("Ligt er", breedte=22), Kolom("Maatregelen", "getal", 13))
    uit = [blad(k, "Maatregelen", kolommen, rijen)]
    if werk.namen:
        titels = [naam.capitalize() for naam in STANDEN]
        wie = sorted({id for id, _ in per_persoon}, key=werk.persoon)
        uit.append(
            blad(
                k,
                "Maatregelen per actienemer",
                (Kolom("Actienemer", breedte=24), *(Kolom(titel, "getal", 14) for titel in titels)),
                [[werk.persoon(id), *(per_persoon[id, naam] for naam in STANDEN)] for id in wie],
                Grafiek(
                    soort="gestapeld", titel="Maatregelen per actienemer", x="Actienemer", y=titels, as_y="maatregelen"
                ),
            )
        )
    return uit


def verbeteracties(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """One row each, without its text: that stays in the dossier of the evaluation."""
    kolommen = (
        Kolom("Evaluatie", breedte=14),
        Kolom("Nummer", "getal", 9),
        Kolom("Jaar", "jaar", 8),
        Kolom("Categorie", breedte=26),
        *([Kolom("Actienemer", breedte=22)] if werk.namen else []),
        Kolom("Bepaald op", "datum", 13),
        Kolom("Uiterlijk op", "datum", 13),
        Kolom("Meegedeeld op", "datum", 13),
        Kolom("Uitgevoerd op", "datum", 13),
        Kolom("Stand", breedte=18),
        Kolom("Dagen", "getal", 8),
        Kolom("Waargenomen verandering", breedte=26),
        Kolom("Waargenomen op", "datum", 14),
    )
    rijen = [
        [
            r["klachtnummer"],
            r["verbeteractie"],
            r["jaar"],
            werk.naam("categorieen", r["categorie"]) if r["categorie"] else "alle",
            *([werk.persoon(r["actienemer"])] if werk.namen else []),
            r["bepaald_op"],
            r["uiterlijk_op"],
            r["meegedeeld_op"],
            r["uitgevoerd_op"],
            r["stand"],
            r["dagen"],
            werk.naam("veranderingen", r["verandering"]) if r["verandering"] else "nog niet nagegaan",
            r["waargenomen_op"],
        ]
        for r in werk.vraag("verbeteracties_opvolging", werk.jaar)
    ]
    return (blad(k, "Verbeteracties", kolommen, rijen),)


def verandering(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Before and after, with what the numbers allow one to say."""
    kolommen = (
        Kolom("Evaluatie", breedte=14),
        Kolom("Verbeteractie", "getal", 13),
        Kolom("Categorie", breedte=26),
        Kolom("Uitgevoerd op", "datum", 13),
        Kolom("Klachten ervoor", "getal", 12),
        Kolom("Trajecten ervoor", "decimaal", 12),
        Kolom("Klachten erna", "getal", 12),
        Kolom("Trajecten erna", "decimaal", 12),
        Kolom("Dagen erna", "getal", 10),
        Kolom("Wat dat zegt", breedte=80, terugloop=True),
    )
    gevonden = voor_en_na(werk.cursor, peildatum=werk.peildatum, filter=werk.filter, reglement=werk.reglement)
    rijen = [
        [
            v.klachtnummer, v.verbeteractie, v.naam, v.uitgevoerd_op, v.voor, v.trajecten_voor, v.na, v.trajecten_na,
            v.dagen_na, v.zin,
        ]
        for v in gevonden
    ]  # fmt: skip
    grafiek = Grafiek(
        soort="kolom", titel="Klachten voor en na de verbeteractie", x="Categorie", as_y="klachten",
        y=("Klachten ervoor", "Klachten erna"),
    )  # fmt: skip
    return (
        blad(k, "Verandering", kolommen, rijen, grafiek, zin="Voor en na duren niet even lang: lees de laatste kolom."),
    )


def stappenkaart(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """All eighteen steps."""
    kolommen = (
        Kolom("Stap", breedte=34), Kolom("Klachten", "getal", 11), Kolom("Na stap", "getal", 9),
        Kolom("Dagen na die stap", "decimaal", 12), Kolom("Dagen na ontvangst", "decimaal", 12),
        Kolom("Hier gebleven", "getal", 11),
    )  # fmt: skip
    rijen = [
        [
            f"{r['stap']} {werk.stap(r['stap'])}".strip(), r["aantal"], r["sinds_stap"], r["dagen_sinds_vorige"],
            r["dagen_sinds_ontvangst"], r["hier_gebleven"],
        ]
        for r in sorted(werk.vraag("stappenkaart", werk.jaar), key=lambda r: r["stap"])
    ]  # fmt: skip
    grafiek = Grafiek(soort="staaf", titel="Hoeveel klachten kwamen bij elke stap", x="Stap", y=("Klachten",))
    return (blad(k, "Stappen", kolommen, rijen, grafiek, zin="De dagen zijn medianen."),)


def overgangen(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Which step follows which, the most frequent first."""
    kolommen = (
        Kolom("Van stap", "getal", 9),
        Kolom("Van", breedte=30),
        Kolom("Naar stap", "getal", 10),
        Kolom("Naar", breedte=30),
        Kolom("Keren", "getal", 9),
        Kolom("Mediaan (dagen)", "decimaal", 12),
    )
    gevonden = sorted(werk.vraag("overgangen", werk.jaar), key=lambda r: (-r["aantal"], r["van"], r["naar"]))
    rijen = [
        [r["van"], werk.stap(r["van"]), r["naar"], werk.stap(r["naar"]), r["aantal"], r["mediaan_dagen"]]
        for r in gevonden
    ]
    return (blad(k, "Overgangen", kolommen, rijen),)


def varianten(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Every order of steps, and what is unlike the reglement about it."""
    kolommen = (
        Kolom("Volgorde van stappen", breedte=40), Kolom("Klachten", "getal", 11), Kolom("Deel (%)", "procent", 10),
        Kolom("Volgt het reglement", breedte=12), Kolom("Loopt nog", breedte=10), Kolom("Afwijkingen", "getal", 12),
        Kolom("Wat afwijkt", breedte=70, terugloop=True), Kolom("Voorbeeld", breedte=14),
    )  # fmt: skip
    tabel = proces.varianten(werk.cursor, peildatum=werk.peildatum, jaar=werk.jaar, filter=werk.filter).to_dict(
        "records"
    )
    rijen = [
        [
            r["spoor"], r["klachten"], r["aandeel"], bool(r["volgt"]), bool(r["nog_open"]), r["kosten"],
            " ".join(r["zinnen"]), r["voorbeeld"],
        ]
        for r in sorted(tabel, key=lambda r: (-r["klachten"], r["spoor"], r["nog_open"], r["zonder_maatregelen"]))
    ]  # fmt: skip
    for rij in rijen:
        rij[3], rij[4] = ("ja" if waar else "nee" for waar in rij[3:5])
    return (blad(k, "Volgorden", kolommen, rijen),)


def herstelwerk(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Per step."""
    kolommen = (
        Kolom("Stap", breedte=34), Kolom("Klachten", "getal", 11), Kolom("Daarvan over gedaan", "getal", 12),
        Kolom("Deel (%)", "procent", 10), Kolom("Extra keren", "getal", 11),
    )  # fmt: skip
    rijen = [
        [
            f"{r['stap']} {werk.stap(r['stap'])}".strip(), r["klachten"], r["herhaald"],
            r["herhaald"] / r["klachten"] if r["klachten"] else None, r["extra_keren"],
        ]
        for r in sorted(werk.vraag("herstelwerk", werk.jaar), key=lambda r: r["stap"])
    ]  # fmt: skip
    grafiek = Grafiek(soort="staaf", titel="Stappen die over moesten", x="Stap", y=("Daarvan over gedaan",))
    return (blad(k, "Herstelwerk", kolommen, rijen, grafiek),)


def werklast(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Months against behandelaars, or all of them together."""
    gevonden = werk.vraag("werklast", werk.jaar)
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
    rijen = werk.vraag(k.sql, werk.jaar)
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
    "geschillen": geschillen,
    "maatregelen_opvolging": maatregelen,
    "verbeteracties_opvolging": verbeteracties,
    "verbeteracties_voor_en_na": verandering,
    "stappenkaart": stappenkaart,
    "overgangen": overgangen,
    "varianten": varianten,
    "herstelwerk": herstelwerk,
    "werklast": werklast,
}
