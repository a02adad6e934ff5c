"""The sheets about time: the terms of the reglement, who missed them, and how long indieners wait (step 16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from klachten.analyse.basis.kengetal import Kengetal
from klachten.analyse.basis.lezer import HEEL, ZONDER_BETROKKEN
from klachten.analyse.basis.zinnen import KLEIN, ZONDER_PROCENT, aandeel
from klachten.analyse.excel.blad import Blad, Kolom
from klachten.analyse.excel.grafieken import Grafiek
from klachten.analyse.excel.werk import MEESTE_JAREN, Bouw, Werk, blad
from klachten.analyse.termijnen.bestand import (
    JAARKOLOMMEN,
    NETTOKOLOMMEN,
    OP_PAPIER,
    OP_PAPIER_ZIN,
    jaarrij,
    nettorij,
)
from klachten.analyse.termijnen.naleving import termijnen_van
from klachten.analyse.termijnen.netto import UITLEG as UITLEG_NETTO
from klachten.analyse.termijnen.netto import netto
from klachten.analyse.termijnen.streven import STANDEN, UITLEG, Streven, streven

MEESTE_DAGEN = 365
STREEFKOLOMMEN = (
    Kolom("Streeftermijn", breedte=28), Kolom("Stap", "getal", 8), Kolom("Binnen", breedte=28),
    *(Kolom(stand.capitalize(), "getal", 14) for stand in STANDEN),
)  # fmt: skip


def streefrij(deel: Streven) -> list[Any]:
    """Return one streeftermijn as a row of STREEFKOLOMMEN."""
    return [deel.naam, deel.stap, deel.binnen, *(deel.aantallen[stand] for stand in STANDEN)]


def termijntarieven(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Every term in this period."""
    grafiek = Grafiek(
        soort="gestapeld", titel=f"Stand per termijn, klachten van {werk.periode.naam}", x="Termijn", as_y="klachten",
        y=("Op tijd", "Te laat", "Te laat, nog open", "Loopt", "Onbepaald"),
    )  # fmt: skip
    rijen = map(jaarrij, werk.beeld.termijnen)
    eigen = streven(
        werk.cursor, peildatum=werk.peildatum, periode=werk.periode, filter=werk.filter, reglement=werk.reglement
    )
    return (
        replace(
            blad(k, "Termijnen", JAARKOLOMMEN, rijen, grafiek, zin=f"{ZONDER_PROCENT} {OP_PAPIER_ZIN}"),
            kolommen_op_papier=OP_PAPIER,
        ),
        *([blad(k, "Streeftermijnen", STREEFKOLOMMEN, map(streefrij, eigen), zin=UITLEG)] if eigen else []),
    )


def termijnnaleving(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """A line per term over the years; the same question as termijntarieven, once per period of receipt."""
    jaren = sorted({rij["jaar"] for rij in werk.vraag("stroom", werk.periode)})[-MEESTE_JAREN:]
    perioden = [werk.periode.in_jaar(jaar) for jaar in jaren]
    per_jaar = {p.kort: termijnen_van(werk.vraag("termijntarieven", p), p) for p in perioden}
    namen = dict.fromkeys(
        r.termijn_naam for regels in per_jaar.values() for r in sorted(regels, key=lambda r: (r.stap, r.termijn))
    )
    rijen: list[list[Any]] = []
    for periode, regels in per_jaar.items():
        per_naam = {r.termijn_naam: r for r in regels}
        delen = [per_naam.get(naam) for naam in namen]
        rijen.append(
            [
                periode,
                *(aandeel(r.kop.x, r.kop.n) if r and r.zegt_iets else None for r in delen),
                *(
                    getal
                    for r in delen
                    for getal in ((r.rijp_op_tijd, r.rijp, r.onbepaald_verstreken) if r else (None, None, None))
                ),
            ]
        )
    percentages = tuple(f"{naam}, op tijd (%)" for naam in namen)
    kolommen = (
        Kolom("Ontvangen in", breedte=10),
        *(Kolom(titel, "procent", 12) for titel in percentages),
        *(
            Kolom(f"{naam}, {wat}", "getal", 12)
            for naam in namen
            for wat in ("op tijd", "termijn voorbij", "niet beslist")
        ),
    )
    grafiek = Grafiek(
        soort="lijn", titel="Op tijd per termijn", x="Ontvangen in", y=percentages, procent=True, as_y="op tijd"
    )
    return (blad(k, "Termijnen per jaar", kolommen, rijen, *([grafiek] if namen else []), zin=ZONDER_PROCENT),)


def late_klachten(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """One row per missed term; the reason itself stays in the dossier."""
    kolommen = (
        Kolom("Klachtnummer", breedte=13), Kolom("Termijn", breedte=19, terugloop=True), Kolom("Stap", "getal", 6),
        Kolom("Vestiging", breedte=12), Kolom("Categorie", breedte=19, terugloop=True),
        Kolom("Ontvangen op", "datum", 11), Kolom("Uiterlijk op", "datum", 11), Kolom("Gedaan op", "datum", 11),
        Kolom("Status", breedte=17, terugloop=True), Kolom("Dagen te laat", "getal", 8),
        Kolom("Reden vastgelegd", breedte=11),
        *([Kolom("Behandelaar", breedte=15, terugloop=True)] if werk.namen else []),
    )  # fmt: skip
    # The longest late first, as on the page; the term sorts what is equal.
    gevonden = sorted(
        werk.vraag("late_klachten", werk.periode), key=lambda r: (-r["dagen_te_laat"], r["klachtnummer"], r["stap"])
    )
    rijen = [
        [
            r["klachtnummer"], r["termijn_naam"], r["stap"], werk.naam("vestigingen", r["vestiging"]),
            werk.naam("categorieen", r["categorie"]), r["ontvangen_op"], r["uiterlijk_op"], r["einde_op"], r["status"],
            r["dagen_te_laat"], "ja" if r["reden_nr"] else "nee",
            *([werk.persoon(r["behandelaar"])] if werk.namen else []),
        ]
        for r in gevonden
        if werk.zicht.ziet(r["klachtnummer"])
    ]  # fmt: skip
    return (blad(k, "Te laat", kolommen, rijen, zin=ZONDER_BETROKKEN if werk.zicht != HEEL else ""),)


def doorlooptijden(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """A curve for each measure, day by day: an axis of Excel puts its points equally far apart."""
    uit = []
    gevonden = werk.vraag("doorlooptijden_netto", werk.periode)
    for maat, naam in (("bevestiging", "Dagen tot bevestiging"), ("afsluiting", "Dagen tot afsluiting")):
        looptijd = werk.beeld.doorlooptijden[maat]
        per_dag = {int(r["dag"]): r for r in looptijd.curve.to_dict("records")}
        zonder = netto(gevonden, maat).looptijd
        netto_per_dag = {int(r["dag"]): r["kans"] for r in zonder.curve.to_dict("records")}
        if looptijd.n < KLEIN:
            # So few are counted instead: no share of them.
            per_dag = {}
        rijen, laatste = [], {"kans": 0.0, "laag": None, "hoog": None, "onder_risico": None}
        netto_zover, netto_tot = 0.0, max(netto_per_dag, default=-1)
        for dag in range(min(max(per_dag, default=-1), MEESTE_DAGEN) + 1):
            laatste = per_dag.get(dag, laatste)
            netto_zover = netto_per_dag.get(dag, netto_zover)
            rijen.append(
                [
                    dag, laatste["kans"], laatste["laag"], laatste["hoog"],
                    netto_zover if dag <= netto_tot else None, laatste["onder_risico"],
                ]
            )  # fmt: skip
        doel, zonder_doel = f"Zover (%), {maat}", f"Zover, netto (%), {maat}"
        kolommen = (
            Kolom("Dagen na ontvangst", "getal", 12), Kolom(doel, "procent", 18), Kolom("Van (%)", "procent", 11),
            Kolom("Tot (%)", "procent", 11), Kolom(zonder_doel, "procent", 18), Kolom("Liepen toen nog", "getal", 12),
        )  # fmt: skip
        grafiek = Grafiek(
            soort="lijn", titel=f"Deel dat binnen zoveel dagen zover is: {maat}", x="Dagen na ontvangst",
            y=(doel, zonder_doel), procent=True, as_x="dagen na ontvangst", as_y="deel van de klachten",
        )  # fmt: skip
        wat = f"Van alle klachten; elk ander einde telt als niet {looptijd.doel} (Aalen-Johansen, marge van 95%)."
        zin = wat if per_dag else ZONDER_PROCENT
        zin = f"{looptijd.telling()} {zin} Alleen dagen waarop nog minstens vijf klachten liepen. "
        zin += UITLEG_NETTO
        uit.append(blad(k, naam, kolommen, rijen, *([grafiek] if rijen else []), zin=zin))
    return uit


def maatregeltermijn(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Maatregelen counted one by one against the term of their klacht."""
    kolommen = (
        Kolom("Status", breedte=22),
        Kolom("Maatregelen", "getal", 13),
        Kolom("Daarvan termijn voorbij", "getal", 16),
    )
    rijen = [[r["status"].capitalize(), r["maatregelen"], r["rijp"]] for r in werk.vraag(k.sql, werk.periode)]
    grafiek = Grafiek(soort="staaf", titel=k.titel, x="Status", y=("Maatregelen",), as_y="maatregelen")
    return (blad(k, "Maatregeltermijn", kolommen, rijen, grafiek),)


def doorlooptijden_netto(werk: Werk, k: Kengetal) -> Sequence[Blad]:
    """Each measure in all and without the days in which the firm waited for the indiener."""
    gevonden = werk.vraag("doorlooptijden_netto", werk.periode)
    rijen = [nettorij(netto(gevonden, maat), totaal) for maat, totaal in werk.beeld.doorlooptijden.items()]
    return (blad(k, "Wachten op indiener", NETTOKOLOMMEN, rijen, zin=UITLEG_NETTO),)


BLADEN: dict[str, Bouw] = {
    "termijntarieven": termijntarieven,
    "termijnnaleving": termijnnaleving,
    "maatregeltermijn": maatregeltermijn,
    "late_klachten": late_klachten,
    "doorlooptijden": doorlooptijden,
    "doorlooptijden_netto": doorlooptijden_netto,
}
