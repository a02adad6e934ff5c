"""The sheets about maatregelen, geschillen and verbeteracties. Steps 11, 12, 15-18."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from klachten.analyse.basis.kengetal import Kengetal
from klachten.analyse.excel.blad import Blad, Kolom
from klachten.analyse.excel.grafieken import Grafiek
from klachten.analyse.excel.werk import Bouw, Werk, blad
from klachten.analyse.opvolging.oordelen import OPVOLGINGEN, VOORGELEGD, oordelen_zin
from klachten.analyse.opvolging.opvolging import STANDEN
from klachten.analyse.opvolging.verbetering import voor_en_na


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
        for r in werk.vraag("geschillen", werk.periode)
    ]  # fmt: skip
    return (blad(k, "Meningsverschillen", kolommen, rijen),)


def maatregelen(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """How they stand; per actienemer where persons may be named."""
    gevonden = werk.vraag("maatregelen_opvolging", werk.periode)
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
        Kolom("Evaluatie", breedte=12),
        Kolom("Nummer", "getal", 9),
        Kolom("Jaar", "jaar", 7),
        Kolom("Categorie", breedte=18, terugloop=True),
        *([Kolom("Actienemer", breedte=15, terugloop=True)] if werk.namen else []),
        Kolom("Bepaald op", "datum", 11),
        Kolom("Uiterlijk op", "datum", 11),
        Kolom("Meegedeeld op", "datum", 11),
        Kolom("Uitgevoerd op", "datum", 11),
        Kolom("Stand", breedte=13, terugloop=True),
        Kolom("Dagen", "getal", 7),
        Kolom("Waargenomen verandering", breedte=15, terugloop=True),
        Kolom("Waargenomen op", "datum", 13),
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
        for r in werk.vraag("verbeteracties_opvolging", werk.periode)
    ]
    return (blad(k, "Verbeteracties", kolommen, rijen),)


def verandering(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Before and after, with what the numbers allow one to say."""
    kolommen = (
        Kolom("Evaluatie", breedte=12),
        Kolom("Verbeteractie", "getal", 13),
        Kolom("Categorie", breedte=18, terugloop=True),
        Kolom("Uitgevoerd op", "datum", 11),
        Kolom("Klachten ervoor", "getal", 9),
        Kolom("Trajecten ervoor", "decimaal", 9),
        Kolom("Klachten erna", "getal", 9),
        Kolom("Trajecten erna", "decimaal", 9),
        Kolom("Erna, vanaf", "datum", 11),
        Kolom("Erna, tot en met", "datum", 11),
        Kolom("Dagen erna", "getal", 7),
        Kolom("Wat dat zegt", breedte=35, terugloop=True),
    )
    gevonden = voor_en_na(werk.cursor, peildatum=werk.peildatum, filter=werk.filter, reglement=werk.reglement)
    rijen = [
        [
            v.klachtnummer, v.verbeteractie, v.naam, v.uitgevoerd_op, v.voor, v.trajecten_voor, v.na, v.trajecten_na,
            v.na_van, v.na_tot, v.dagen_na, v.zin,
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


def oordelen(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """To whom disputes were submitted, and what was done with each oordeel."""
    kolommen = (
        Kolom("Instantie", breedte=40), Kolom("Stand", breedte=28), Kolom("Meegedeeld aan de indiener", breedte=16),
        Kolom("Opvolging", breedte=22), Kolom("Geschillen", "getal", 12),
    )  # fmt: skip
    gevonden = werk.vraag(k.sql, werk.periode)
    rijen = [
        [
            werk.naam("instanties", r["instantie"]) if r["instantie"] else "Niet bekend", VOORGELEGD[r["stand"]],
            "ja" if r["meegedeeld"] else "nee", OPVOLGINGEN.get(r["opvolging"], "Niet bekend"), r["geschillen"],
        ]
        for r in gevonden
    ]  # fmt: skip
    return (blad(k, "Oordelen", kolommen, rijen, zin=oordelen_zin(gevonden)),)


BLADEN: dict[str, Bouw] = {
    "oordelen_opvolging": oordelen,
    "geschillen": geschillen,
    "maatregelen_opvolging": maatregelen,
    "verbeteracties_opvolging": verbeteracties,
    "verbeteracties_voor_en_na": verandering,
}
