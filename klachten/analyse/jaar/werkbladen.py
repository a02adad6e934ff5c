"""The sheets about what klachten are about: flow, intensity, categories, indieners (step 16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from klachten.analyse.basis.kengetal import Kengetal
from klachten.analyse.basis.trajecten import gelijk_verdeeld, omvang
from klachten.analyse.basis.zinnen import STREEP
from klachten.analyse.excel.blad import Blad, Kolom
from klachten.analyse.excel.grafieken import Grafiek
from klachten.analyse.excel.werk import MEESTE_JAREN, Bouw, Werk, blad, verdeeld
from klachten.analyse.jaar.delen import BEWEGINGEN

STROOMTITELS = (
    "Open aan het begin", "Ontvangen", "Waarvan later vervallen", "Heropend", "Afgesloten", "Niet in behandeling",
    "Ingetrokken", "Vervallen", "Open aan het eind",
)  # fmt: skip

BALANS = "Ontvangen telt ook wat later verviel (bij vergissing of dubbel); op elk ander blad telt dat niet mee."
INGEVULD, VERDEELD = "ingevuld", "verdeeld"
"""Whether the trajecten of a month were entered for it, or are the share of its days in a longer period."""


def stroom(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """The period in every year, and per vestiging."""
    aantallen = [Kolom(titel, "getal", max(8, len(titel.split()[0]) + 1)) for titel in STROOMTITELS]
    tellen = {
        (rij["jaar"], rij["vestiging"]): rij["klachten"] for rij in werk.vraag("vestigingen", werk.periode, reeks=True)
    }
    per_jaar = [
        [
            werk.periode.in_jaar(rij["jaar"]).kort,
            rij["tot"],
            *_bewegingen(rij, sum(n for (jaar, _), n in tellen.items() if jaar == rij["jaar"])),
        ]
        for rij in werk.beeld.stroom_per_jaar.to_dict("records")
    ]
    per_vestiging = [
        [
            werk.periode.in_jaar(rij["jaar"]).kort,
            werk.naam("vestigingen", rij["vestiging"]),
            *_bewegingen(rij, tellen.get((rij["jaar"], rij["vestiging"]), 0)),
        ]
        for rij in werk.vraag("stroom", werk.periode)
    ]
    grafieken = (
        Grafiek(
            soort="kolom",
            titel="Ontvangen en afgesloten",
            x="Periode",
            y=("Ontvangen", "Afgesloten"),
            as_y="klachten",
        ),
        Grafiek(soort="kolom", titel="Open aan het eind", x="Periode", y=("Open aan het eind",), as_y="klachten"),
    )
    kolommen = (Kolom("Periode", breedte=9), Kolom("Tot en met", "datum", 11), *aantallen)
    return (
        blad(k, "Stroom", kolommen, per_jaar, *grafieken, zin=BALANS),
        blad(
            k,
            "Stroom per vestiging",
            (Kolom("Periode", breedte=12), Kolom("Vestiging", breedte=18), *aantallen),
            per_vestiging,
            zin=BALANS,
        ),
    )


def _bewegingen(rij: Mapping[str, Any], tellen_mee: int) -> list[int]:
    """Return the movements of a row, behind what was received how much of it is vervallen and counts nowhere else."""
    uit = [int(rij[naam]) for naam in BEWEGINGEN]
    ontvangen = BEWEGINGEN.index("ontvangen")
    return [*uit[: ontvangen + 1], uit[ontvangen] - tellen_mee, *uit[ontvangen + 1 :]]


def intensiteit(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """The period in every year, with Garwood's interval."""
    kolommen = (
        Kolom("Periode", breedte=12), Kolom("Klachten", "getal", 11), Kolom("Trajecten", "getal", 11),
        Kolom("Per 100 trajecten", "decimaal", 14), Kolom("Van", "decimaal", 9), Kolom("Tot", "decimaal", 9),
        Kolom("Opmerking", breedte=38, terugloop=True),
    )  # fmt: skip
    rijen = [
        [
            r["periode"], STREEP if r["klachten"] is None else r["klachten"], r["trajecten"], r["per_100"], r["laag"],
            r["hoog"], r["opmerking"],
        ]
        for r in werk.beeld.intensiteit.to_dict("records")
    ]  # fmt: skip
    grafiek = Grafiek(
        soort="kolom", titel=k.titel, x="Periode", y=("Per 100 trajecten",), as_y="klachten per 100 trajecten"
    )
    return (blad(k, "Intensiteit", kolommen, rijen, grafiek, zin="Van en tot: de marge van 95% (Garwood)."),)


def niet_in_behandeling(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """The grounds of step 7."""
    nu = {werk.naam("gronden_niet_in_behandeling", r["grond"]): r["klachten"] for r in werk.vraag(k.sql, werk.periode)}
    return (verdeeld(werk, k, "Niet in behandeling", "Grond", nu),)


def per_periode(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Every month up to the peildatum; a month that is not over says so."""
    kolommen = (
        Kolom("Maand", breedte=11), Kolom("Klachten", "getal", 11), Kolom("Trajecten", "decimaal", 12),
        Kolom("Maand is om", breedte=12), Kolom("Trajecten zijn", breedte=14),
    )  # fmt: skip
    bekend = omvang(werk.cursor, peildatum=werk.peildatum, filter=werk.filter, reglement=werk.reglement)
    rijen, verdeeld = [], set()
    for r in werk.vraag("per_periode")[-12 * MEESTE_JAREN :]:
        kan = bekend.tussen(r["maand"], r["maand"] + timedelta(days=r["dagen"] - 1))
        verdeeld |= {r["maand"].year} if kan and kan.verdeeld else set()
        rijen.append(
            [
                f"{r['maand']:%m-%Y}", r["klachten"], kan.trajecten if kan else None,
                "ja" if r["volledig"] else "nog niet", (VERDEELD if kan.verdeeld else INGEVULD) if kan else None,
            ]
        )  # fmt: skip
    grafiek = Grafiek(soort="lijn", titel="Klachten per maand", x="Maand", y=("Klachten",), as_y="klachten")
    return (blad(k, "Per maand", kolommen, rijen, grafiek, zin=gelijk_verdeeld(verdeeld)),)


def ontvangstdagen(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Every day with a klacht in the year, and how long it was quiet before."""
    rijen, eerder = [], None
    for r in werk.vraag("ontvangstdagen", werk.periode):
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
    "niet_in_behandeling_gronden": niet_in_behandeling,
    "per_periode": per_periode,
    "ontvangstdagen": ontvangstdagen,
}
