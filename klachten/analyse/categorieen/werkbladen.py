"""The sheets about what klachten are about, how they ended and who they came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from klachten.analyse.basis.kengetal import Kengetal
from klachten.analyse.basis.zinnen import KLEIN, STREEP, ZONDER_PROCENT, aandeel
from klachten.analyse.categorieen.nader import UITLEG as UITLEG_NADER
from klachten.analyse.categorieen.nader import nader
from klachten.analyse.excel.blad import Blad, Kolom
from klachten.analyse.excel.grafieken import Grafiek
from klachten.analyse.excel.werk import Bouw, Werk, blad, verdeeld


def categorieen(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """In Pareto order, with Goodman's intervals and the difference from last year."""
    tabel = werk.beeld.categorieen.to_dict("records")
    if werk.buiten:
        nu, vorig = ({r["naam"]: r[wat] for r in tabel} for wat in ("klachten", "vorig"))
        return (verdeeld(werk, k, "Categorieën", "Categorie", nu, vorig),)
    dit, ervoor = f"Klachten {werk.periode.kort}", f"Klachten {werk.periode.vorige.kort}"
    kolommen = (
        Kolom("Categorie", breedte=20, terugloop=True), Kolom(dit, "getal", 10), Kolom("Deel (%)", "procent", 9),
        Kolom("Van (%)", "procent", 8), Kolom("Tot (%)", "procent", 8), Kolom("Opgeteld (%)", "procent", 10),
        Kolom(ervoor, "getal", 10), Kolom("Verhouding", "kommagetal", 11), Kolom("p (Holm)", "kommagetal", 9),
        Kolom("Opvallend", breedte=10),
    )  # fmt: skip
    totaal = werk.beeld.klachten
    veel, opgeteld = totaal >= KLEIN, accumulate(r["klachten"] for r in tabel)
    rijen = [
        [
            r["naam"],
            r["klachten"],
            aandeel(r["klachten"], totaal),
            r["laag"] if veel else None,
            r["hoog"] if veel else None,
            aandeel(next(opgeteld), totaal),
            STREEP if r["vorig"] is None else r["vorig"],
            r["ratio"],
            r["p_holm"],
            "ja" if r["opvallend"] else "nee",
        ]
        for r in tabel
    ]
    bekend = werk.beeld.vergelijking.klachten_vorig is not None
    grafieken = [
        Grafiek(
            soort="pareto" if veel else "kolom",
            titel=f"Categorieën van {werk.periode.naam}",
            x="Categorie",
            y=(dit, "Opgeteld (%)") if veel else (dit,),
            rijen=12,
            as_y="klachten",
        )
    ]
    if bekend:
        titel = f"{werk.periode.kort} naast {werk.periode.vorige.kort}"
        grafieken.append(Grafiek(soort="staaf", titel=titel, x="Categorie", y=(dit, ervoor), rijen=12, as_y="klachten"))
    zin = "Van en tot: de marge van 95% (Goodman)." + ("" if veel else f" {ZONDER_PROCENT}")
    return (blad(k, "Categorieën", kolommen, rijen, *grafieken, zin=zin),)


def aspecten(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """As the main matter and beside another."""
    gevonden = sorted(werk.vraag("aspecten", werk.periode), key=lambda r: (-r["klachten"], r["categorie"]))
    kolommen = (
        Kolom("Categorie", breedte=30), Kolom("Klachten", "getal", 12), Kolom("Als hoofdzaak", "getal", 12),
        Kolom("Daarnaast", "getal", 12),
    )  # fmt: skip
    rijen = [
        [werk.naam("categorieen", r["categorie"]), r["klachten"], r["als_categorie"], r["als_aspect"]] for r in gevonden
    ]
    grafiek = Grafiek(
        soort="gestapeld", titel=k.titel, x="Categorie", y=("Als hoofdzaak", "Daarnaast"), rijen=12, as_y="klachten"
    )
    return (blad(k, "Aspecten", kolommen, rijen, grafiek),)


def categorie_uitkomst(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Categories against endings, and the rows behind it."""
    gevonden = werk.vraag("categorie_uitkomst", werk.periode)
    cellen = Counter[tuple[str, str]]()
    for r in gevonden:
        cellen[werk.naam("categorieen", r["categorie"]), r["einde"] or "loopt nog"] += r["klachten"]
    eindes = sorted({einde for _, einde in cellen})
    if werk.buiten:
        return (
            verdeeld(
                werk, k, "Afloop", "Afloop", {e: sum(n for (_, x), n in cellen.items() if x == e) for e in eindes}
            ),
        )
    rijen = [
        [naam, *(cellen[naam, einde] for einde in eindes), sum(cellen[naam, einde] for einde in eindes)]
        for naam in sorted({naam for naam, _ in cellen})
    ]
    titels = [einde.capitalize() for einde in eindes]
    kolommen = (Kolom("Categorie", breedte=30), *(Kolom(t, "getal", 14) for t in titels), Kolom("Samen", "getal", 10))
    grafieken = [
        Grafiek(
            soort="gestapeld",
            titel=f"Afloop per categorie, {werk.periode.kort}",
            x="Categorie",
            y=titels,
            as_y="klachten",
        )
    ]
    details = [
        [
            werk.naam("categorieen", r["categorie"]), r["einde"] or "loopt nog", werk.naam("uitkomsten", r["uitkomst"]),
            werk.naam("oordelen", r["oordeel"]) if r["oordeel"] else "geen oordeel", r["klachten"],
        ]
        for r in gevonden
    ]  # fmt: skip
    detailkolommen = (
        Kolom("Categorie", breedte=30), Kolom("Afloop", breedte=20), Kolom("Uitkomst volgens de indiener", breedte=26),
        Kolom("Oordeel van buiten", breedte=20), Kolom("Klachten", "getal", 11),
    )  # fmt: skip
    return (
        blad(k, "Afloop", kolommen, rijen, *(grafieken if eindes else [])),
        blad(k, "Afloop en uitkomst", detailkolommen, details),
    )


def bevindingen_per_aspect(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """The own findings per aspect, where the reglement asks for them."""
    kolommen = (Kolom("Onderwerp", breedte=34), Kolom("Bevinding", breedte=22), Kolom("Klachten", "getal", 12))
    tellen = Counter[tuple[str, str]]()
    for r in werk.vraag(k.sql, werk.periode):
        nu = werk.reglement.nu_geheten("categorieen", r["aspect"]) if werk.reglement else r["aspect"]
        tellen[werk.naam("categorieen", nu), werk.naam("oordelen", r["bevinding"])] += r["klachten"]
    rijen = [[*wat, aantal] for wat, aantal in sorted(tellen.items())]
    return (blad(k, "Bevindingen per aspect", kolommen, rijen),)


def nadere_gegevens(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """What is known beside the steps, a row per value; what is not known apart."""
    kolommen = (Kolom("Gegeven", breedte=34), Kolom("Waarde", breedte=48), Kolom("Klachten", "getal", 12))
    gevonden = nader(werk.vraag(k.sql, werk.periode), werk.reglement)
    rijen = [[titel, naam, aantal] for titel, tellen in gevonden.items() for naam, aantal in tellen.items()]
    return (blad(k, "Nadere gegevens", kolommen, rijen, zin=UITLEG_NADER),)


def _kenmerk(tabel: str, naam: str, wat: str) -> Bouw:
    def bouw(werk: Werk, k: Kengetal) -> Sequence[Blad]:
        regels = getattr(werk.beeld, tabel).to_dict("records")
        nu, vorig = ({r["naam"]: r[jaar] for r in regels} for jaar in ("klachten", "vorig"))
        return (verdeeld(werk, k, naam, wat, nu, vorig),)

    return bouw


BLADEN: dict[str, Bouw] = {
    "categorieen": categorieen,
    "aspecten": aspecten,
    "categorie_uitkomst": categorie_uitkomst,
    "bevindingen_per_aspect": bevindingen_per_aspect,
    "nadere_gegevens": nadere_gegevens,
    "indieners": _kenmerk("indieners", "Indieners", "Indiener"),
    "kanalen": _kenmerk("kanalen", "Kanalen", "Kanaal"),
    "vestigingen": _kenmerk("vestigingen", "Vestigingen", "Vestiging"),
}
