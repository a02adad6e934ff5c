"""The sheets about what klachten are about: flow, intensity, categories, indieners (step 16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from klachten.analyse.excelblad import Blad, Kolom
from klachten.analyse.excelgrafieken import Grafiek
from klachten.analyse.jaardelen import BEWEGINGEN
from klachten.analyse.kengetallen import Kengetal
from klachten.analyse.werkboekwerk import Werk, blad, verdeeld

Bouw = Callable[[Werk, Kengetal], Sequence[Blad]]

MEESTE_JAREN = 12
STROOMTITELS = (
    "Open aan het begin", "Ontvangen", "Heropend", "Afgesloten", "Niet in behandeling", "Ingetrokken", "Vervallen",
    "Open aan het eind",
)  # fmt: skip


def stroom(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Per year, and per year and vestiging."""
    aantallen = [Kolom(titel, "getal", 13) for titel in STROOMTITELS]
    per_jaar = [
        [str(rij["jaar"]), rij["tot"], *(rij[naam] for naam in BEWEGINGEN)]
        for rij in werk.beeld.stroom_per_jaar.to_dict("records")
    ]
    per_vestiging = [
        [str(rij["jaar"]), werk.naam("vestigingen", rij["vestiging"]), *(rij[naam] for naam in BEWEGINGEN)]
        for rij in werk.vraag("stroom")
    ]
    grafieken = (
        Grafiek(
            soort="kolom",
            titel="Ontvangen en afgesloten per jaar",
            x="Jaar",
            y=("Ontvangen", "Afgesloten"),
            as_y="klachten",
        ),
        Grafiek(
            soort="kolom", titel="Open aan het eind van het jaar", x="Jaar", y=("Open aan het eind",), as_y="klachten"
        ),
    )
    return (
        blad(
            k, "Stroom", (Kolom("Jaar", breedte=10), Kolom("Tot en met", "datum", 13), *aantallen), per_jaar, *grafieken
        ),
        blad(
            k,
            "Stroom per vestiging",
            (Kolom("Jaar", breedte=10), Kolom("Vestiging", breedte=18), *aantallen),
            per_vestiging,
        ),
    )


def intensiteit(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Per year, with Garwood's interval."""
    kolommen = (
        Kolom("Jaar", breedte=10), Kolom("Klachten", "getal", 11), Kolom("Trajecten", "getal", 11),
        Kolom("Per 100 trajecten", "decimaal", 14), Kolom("Van", "decimaal", 9), Kolom("Tot", "decimaal", 9),
        Kolom("Opmerking", breedte=44),
    )  # fmt: skip
    rijen = [
        [str(r["jaar"]), r["klachten"], r["trajecten"], r["per_100"], r["laag"], r["hoog"], r["opmerking"]]
        for r in werk.beeld.intensiteit.to_dict("records")
    ]
    grafiek = Grafiek(
        soort="kolom", titel=k.titel, x="Jaar", y=("Per 100 trajecten",), as_y="klachten per 100 trajecten"
    )
    return (blad(k, "Intensiteit", kolommen, rijen, grafiek, zin="Van en tot: de marge van 95% (Garwood)."),)


def categorieen(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """In Pareto order, with Goodman's intervals and the difference from last year."""
    tabel = werk.beeld.categorieen.to_dict("records")
    if werk.buiten:
        nu, vorig = ({r["naam"]: r[wat] for r in tabel} for wat in ("klachten", "vorig"))
        return (verdeeld(werk, k, "Categorieën", "Categorie", nu, vorig),)
    dit, ervoor = f"Klachten {werk.jaar}", f"Klachten {werk.jaar - 1}"
    kolommen = (
        Kolom("Categorie", breedte=30), Kolom(dit, "getal", 11), Kolom("Deel (%)", "procent", 10),
        Kolom("Van (%)", "procent", 10), Kolom("Tot (%)", "procent", 10), Kolom("Opgeteld (%)", "procent", 12),
        Kolom(ervoor, "getal", 11), Kolom("Verhouding", "kommagetal", 12), Kolom("p (Holm)", "kommagetal", 10),
        Kolom("Opvallend", breedte=11),
    )  # fmt: skip
    rijen = [
        [
            r["naam"],
            r["klachten"],
            r["aandeel"],
            r["laag"],
            r["hoog"],
            r["cumulatief_aandeel"],
            r["vorig"],
            r["ratio"],
            r["p_holm"],
            "ja" if r["opvallend"] else "nee",
        ]
        for r in tabel
    ]
    grafieken = (
        Grafiek(
            soort="pareto",
            titel=f"Categorieën van {werk.jaar}",
            x="Categorie",
            y=(dit, "Opgeteld (%)"),
            rijen=12,
            as_y="klachten",
        ),
        Grafiek(
            soort="staaf",
            titel=f"{werk.jaar} naast {werk.jaar - 1}",
            x="Categorie",
            y=(dit, ervoor),
            rijen=12,
            as_y="klachten",
        ),
    )
    return (blad(k, "Categorieën", kolommen, rijen, *grafieken, zin="Van en tot: de marge van 95% (Goodman)."),)


def aspecten(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """As the main matter and beside another."""
    gevonden = sorted(werk.vraag("aspecten", werk.jaar), key=lambda r: (-r["klachten"], r["categorie"]))
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
    gevonden = werk.vraag("categorie_uitkomst", werk.jaar)
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
        Grafiek(soort="gestapeld", titel=f"Afloop per categorie, {werk.jaar}", x="Categorie", y=titels, as_y="klachten")
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


def _kenmerk(tabel: str, naam: str, wat: str) -> Bouw:
    def bouw(werk: Werk, k: Kengetal) -> Sequence[Blad]:
        regels = getattr(werk.beeld, tabel).to_dict("records")
        nu, vorig = ({r["naam"]: r[jaar] for r in regels} for jaar in ("klachten", "vorig"))
        return (verdeeld(werk, k, naam, wat, nu, vorig),)

    return bouw


def niet_in_behandeling(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """The grounds of step 7."""
    nu = {werk.naam("gronden_niet_in_behandeling", r["grond"]): r["klachten"] for r in werk.vraag(k.sql, werk.jaar)}
    return (verdeeld(werk, k, "Niet in behandeling", "Grond", nu),)


def per_periode(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Every month up to the peildatum; a month that is not over says so."""
    kolommen = (
        Kolom("Maand", breedte=11), Kolom("Klachten", "getal", 11), Kolom("Trajecten", "decimaal", 12),
        Kolom("Maand is om", breedte=12),
    )  # fmt: skip
    rijen = [
        [f"{r['maand']:%m-%Y}", r["klachten"], r["trajecten"], "ja" if r["volledig"] else "nog niet"]
        for r in werk.vraag("per_periode")
    ][-12 * MEESTE_JAREN :]
    grafiek = Grafiek(soort="lijn", titel="Klachten per maand", x="Maand", y=("Klachten",), as_y="klachten")
    return (blad(k, "Per maand", kolommen, rijen, grafiek),)


def ontvangstdagen(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Every day with a klacht in the year, and how long it was quiet before."""
    rijen, eerder = [], None
    for r in werk.vraag("ontvangstdagen", werk.jaar):
        dag: date = r["ontvangen_op"]
        rijen.append([dag, r["klachten"], (dag - eerder).days if eerder else None])
        eerder = dag
    kolommen = (
        Kolom("Ontvangen op", "datum", 14),
        Kolom("Klachten", "getal", 11),
        Kolom("Dagen sinds de vorige", "getal", 14),
    )
    grafiek = Grafiek(soort="lijn", titel=k.titel, x="Ontvangen op", y=("Dagen sinds de vorige",), as_y="dagen")
    return (blad(k, "Tussentijden", kolommen, rijen, grafiek),)


BLADEN: dict[str, Bouw] = {
    "stroom": stroom,
    "intensiteit": intensiteit,
    "categorieen": categorieen,
    "aspecten": aspecten,
    "categorie_uitkomst": categorie_uitkomst,
    "indieners": _kenmerk("indieners", "Indieners", "Indiener"),
    "kanalen": _kenmerk("kanalen", "Kanalen", "Kanaal"),
    "vestigingen": _kenmerk("vestigingen", "Vestigingen", "Vestiging"),
    "niet_in_behandeling_gronden": niet_in_behandeling,
    "per_periode": per_periode,
    "ontvangstdagen": ontvangstdagen,
}
