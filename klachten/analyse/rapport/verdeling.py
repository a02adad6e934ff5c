"""The sections of the yearly report that divide the klachten: by category, outcome, ground, dispute and trajecten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klachten.analyse.rapport import figuren
from klachten.analyse.rapport.bevroren import periode_van
from klachten.analyse.rapport.blokken import (
    GEEN,
    Blok,
    alinea,
    bereik,
    figuur,
    getal,
    komma,
    kop,
    los,
    noot,
    of_streep,
    tabel,
)
from klachten.analyse.rapport.openbaar import VERBORGEN, Vrijgave, aflopen
from klachten.analyse.statistiek.onderdrukking import MINIMUM_TOTAAL
from klachten.taal import aantal

Cijfers = Mapping[str, Any]


def categorieen(cijfers: Cijfers, toon: Vrijgave) -> list[Blok]:
    """What klachten were about and how they ended, with last year beside it."""
    p, n, vorig = periode_van(cijfers), cijfers["klachten"], vorig_aantal(cijfers)
    blokken = [kop("Waarover klachten gingen en hoe zij afliepen")]
    if n == 0 and (toon.openbaar or not vorig):
        return [*blokken, alinea(f"In {p.naam} zijn geen klachten ontvangen, dus er valt niets te verdelen.")]
    if te_klein(cijfers, toon):
        return [*blokken, alleen_totaal(cijfers)]
    regels = [r for r in cijfers["categorieen"] if r["klachten"] or (r["vorig"] and not toon.openbaar)]
    zichtbaar = [r for r in regels if toon.zichtbaar(f"categorie/{r['categorie']}")]
    staven = [figuren.Staaf(r["naam"], r["klachten"], None if toon.openbaar else r["vorig"]) for r in zichtbaar]
    titel = f"Klachten per categorie, {p.kort}" + ("" if toon.openbaar else f" en {p.vorige.kort}")
    if staven:
        alt = "; ".join(
            f"{s.naam}: {s.nu}" + (f" ({p.vorige.kort}: {s.vorig})" if s.vorig is not None else "") for s in staven
        )
        blokken.append(figuur(titel, figuren.staven(staven, p), f"Staven per categorie. {alt}."))
    blokken.append(_openbare_categorieen(cijfers, toon) if toon.openbaar else _kruistabel(cijfers, regels))
    if cijfers["gewijzigde_categorieen"]:
        blokken.append(
            noot(
                f"In {p.naam} veranderde de indeling van {', '.join(cijfers['gewijzigde_categorieen'])}; vergelijk de "
                "jaren daarom "
                "met voorbehoud."
            )
        )
    if n == 0:
        return blokken
    per_afloop = [[naam, toon.aantal(f"afloop/{naam}", k)] for naam, k in aflopen(cijfers).items()]
    per_afloop.append(["Alle klachten", toon.aantal("klachten", n)])
    blokken.append(tabel(f"Hoe de klachten van {p.naam} ervoor staan", ["Afloop", "Klachten"], per_afloop, totaal=True))
    if not toon.openbaar:
        for veld, kolom in (("indieners", "Indiener"), ("kanalen", "Weg waarlangs")):
            rijen = [
                [r["naam"], getal(r["klachten"]), of_streep(r["vorig"])]
                for r in cijfers[veld]
                if r["klachten"] or r["vorig"]
            ]
            blokken.append(
                tabel(
                    "Wie klaagde" if veld == "indieners" else "Hoe de klacht binnenkwam",
                    [kolom, p.kort, p.vorige.kort],
                    rijen,
                )
            )
    return blokken


def _openbare_categorieen(cijfers: Cijfers, toon: Vrijgave) -> Blok:
    rijen = [[r["naam"], toon.aantal(f"categorie/{r['categorie']}", r["klachten"])] for r in cijfers["categorieen"]]
    rijen.append(["Alle klachten", toon.aantal("klachten", cijfers["klachten"])])
    return tabel("Klachten per categorie", ["Categorie", "Klachten"], rijen, totaal=True)


def _kruistabel(cijfers: Cijfers, regels: list[Cijfers]) -> Blok:
    """Categories against how they ended, the rarer ends of closed klachten together, last year beside them."""
    kort = {"Niet in behandeling": "niet in beh.", "Ingetrokken": "ingetrokken", "Open": "nog open"}
    tellen: dict[tuple[str, str], int] = {}
    for rij in cijfers["categorie_uitkomst"]:
        afloop = kort.get(rij["afloop"], "opgelost" if rij["afloop"].startswith("Opgelost") else "anders")
        tellen[rij["categorie"], afloop] = tellen.get((rij["categorie"], afloop), 0) + rij["klachten"]
    aflopen_ = [naam for naam in ("opgelost", "anders", *kort.values()) if any(a == naam for _, a in tellen)]
    rijen = [
        [
            r["naam"],
            of_streep(r["vorig"]),
            getal(r["klachten"]),
            *(_leeg(tellen.get((r["naam"], a), 0)) for a in aflopen_),
        ]
        for r in regels
    ]
    sommen = [_leeg(sum(n for (_, a), n in tellen.items() if a == afloop)) for afloop in aflopen_]
    rijen.append(["Alle klachten", of_streep(vorig_aantal(cijfers)), getal(cijfers["klachten"]), *sommen])
    p = periode_van(cijfers)
    kolommen = ["Categorie", p.vorige.kort, p.kort, *(afloop.capitalize() for afloop in aflopen_)]
    return tabel(f"Categorie en afloop van de klachten van {p.naam}", kolommen, rijen, totaal=True)


def _leeg(waarde: int) -> str:
    return getal(waarde) if waarde else GEEN


def niet_in_behandeling(cijfers: Cijfers, toon: Vrijgave) -> list[Blok]:
    """Which klachten were not taken into handling, and on what ground (step 7)."""
    p, n = periode_van(cijfers), cijfers["stroom"]["niet_in_behandeling"]
    blokken = [kop("Niet in behandeling genomen")]
    if n == 0 and toon.zichtbaar("stroom/niet_in_behandeling"):
        return [*blokken, alinea(f"In {p.naam} is elke beoordeelde klacht in behandeling genomen.")]
    if not toon.zichtbaar(
        "stroom/niet_in_behandeling", *(f"grond/{r['grond']}" for r in cijfers["niet_in_behandeling"])
    ):
        wat = "Het aantal klachten dat niet in behandeling is genomen en de gronden daarvoor worden"
        if toon.zichtbaar("stroom/niet_in_behandeling"):
            hoeveel = toon.aantal("stroom/niet_in_behandeling", n)
            zijn, klachten = ("is", "klacht") if n == 1 else ("zijn", "klachten")
            wat = f"In {p.naam} {zijn} {hoeveel} {klachten} niet in behandeling genomen. De gronden daarvoor worden"
        return [*blokken, alinea(f"{wat} niet genoemd: de aantallen zijn te klein.")]
    rijen = [
        [r["naam"] or "Geen grond vastgelegd", toon.aantal(f"grond/{r['grond']}", r["klachten"])]
        for r in cijfers["niet_in_behandeling"]
    ]
    rijen.append(["Samen", toon.aantal("stroom/niet_in_behandeling", n)])
    return [*blokken, tabel(f"Berichten in {p.naam}, naar grond", ["Grond", "Klachten"], rijen, totaal=True)]


def geschillen(cijfers: Cijfers, toon: Vrijgave) -> list[Blok]:
    """How often an indiener disagreed, and what came of it (step 15)."""
    g, v, p = cijfers["geschillen"], cijfers["geschillen_vorig"], periode_van(cijfers)
    blokken = [kop("Meningsverschillen")]
    if toon.openbaar:
        if g["gemeld"] == 0:
            return [*blokken, alinea(f"In {p.naam} is geen meningsverschil over de afhandeling gemeld.")]
        if not toon.zichtbaar("geschil/"):
            return [*blokken, alinea("Het aantal meningsverschillen is te klein om te noemen of uit te splitsen.")]
    elif g["gemeld"] == 0 and (v is None or v["gemeld"] == 0):
        ook = "" if v is None else f", en in {p.vorige.naam} ook niet"
        return [*blokken, alinea(f"In {p.naam} is geen meningsverschil over de afhandeling gemeld{ook}.")]
    namen = {
        "gemeld": "Gemeld",
        "opgelost": "In overleg opgelost",
        "oordeel": "Oordeel van de onafhankelijke persoon",
        "lopend": "Nog niet afgerond",
    }
    if toon.openbaar:
        rijen = [[naam, toon.aantal(f"geschil/{veld}", g[veld])] for veld, naam in namen.items()]
        return [*blokken, tabel(f"Meningsverschillen gemeld in {p.naam}", ["", p.kort], rijen)]
    rijen = [[naam, getal(g[veld]), of_streep(v[veld] if v else None)] for veld, naam in namen.items()]
    eerder = {o["naam"]: o["aantal"] for o in v["oordelen"]} if v else {}
    nu = {o["naam"]: o["aantal"] for o in g["oordelen"]}
    plek = 3
    for naam in sorted({*nu, *eerder}):
        toen = eerder.get(naam, 0) if v else None
        rijen.insert(plek, [f"    waarvan {naam.lower()}", getal(nu.get(naam, 0)), of_streep(toen)])
        plek += 1
    toen = v["tot_heropening"] if v else None
    if g["tot_heropening"] or toen:
        rijen.append(["Leidde tot heropening", getal(g["tot_heropening"]), of_streep(toen)])
    return [*blokken, tabel("Meningsverschillen over de afhandeling", ["", p.kort, p.vorige.kort], rijen)]


def intensiteit(cijfers: Cijfers, toon: Vrijgave) -> list[Blok]:
    """The number of klachten against the number of trajecten, and against the period before."""
    p, v = periode_van(cijfers), cijfers["vergelijking"]
    blokken = [kop("In verhouding tot het aantal trajecten")]
    jaren = [r for r in cijfers["intensiteit"] if r["jaar"] <= p.jaar][-6:]
    bekend = [r for r in jaren if r["per_100"] is not None]
    if len(bekend) > 1:
        marges = [
            figuren.Marge(
                p.in_jaar(r["jaar"]).kort,
                los(r["per_100"]),
                los(r["laag"]),
                los(r["hoog"]),
                f"{komma(r['per_100'])} ({getal(r['klachten'])} van {getal(r['trajecten'])})",
            )
            for r in bekend
        ]
        blokken.append(
            figuur(
                "Klachten per 100 trajecten",
                figuren.marges(
                    marges, procent=False, as_titel="punt: klachten per 100 trajecten; balk: marge van 95% (Garwood)"
                ),
                "Punt met balk per periode. " + "; ".join(f"{m.naam}: {m.bij}" for m in marges) + ".",
            )
        )
    rijen = [
        [
            p.in_jaar(r["jaar"]).kort,
            of_streep(r["klachten"]),
            getal(r["trajecten"]) if r["trajecten"] is not None else GEEN,
            komma(r["per_100"]) if r["per_100"] is not None else GEEN,
            bereik(r["laag"], r["hoog"]),
        ]
        for r in jaren
    ]
    blokken.append(
        tabel("Naar de dag van ontvangst", ["Periode", "Klachten", "Trajecten", "Per 100", "Marge (95%)"], rijen)
    )
    zonder = [
        f"{p.in_jaar(r['jaar']).kort}: {r['opmerking']}" for r in jaren if r["per_100"] is None and r["opmerking"]
    ]
    if zonder:
        blokken.append(noot(f"Waarom er soms niets te zeggen is over de verhouding: {'; '.join(zonder)}."))
    if v["ratio"] and v["ratio"]["ratio"] is not None and v["ratio"]["ratio"] not in (0, "inf"):
        oordeel = v.get("oordeel") or v["ratio"]["zin"]
        blokken.append(
            alinea(
                f"Per traject waren er {komma(los(v['ratio']['ratio']), 2)} keer zoveel klachten als in "
                f"{p.vorige.naam} (marge "
                f"{bereik(v['ratio']['laag'], v['ratio']['hoog'], 2)}): {oordeel}."
            )
        )
    elif v["waarom_niet"]:
        blokken.append(alinea(v["waarom_niet"]))
    per_vestiging = [r for r in cijfers["intensiteit_per_vestiging"] if r["trajecten"] is not None]
    if len(per_vestiging) > 1 and cijfers["klachten"] and not te_klein(cijfers, toon):
        rijen = [_vestiging(r, toon) for r in per_vestiging]
        blokken.append(
            tabel(f"Per vestiging, {p.kort}", ["Vestiging", "Klachten", "Trajecten", "Per 100", "Marge (95%)"], rijen)
        )
    return blokken


def _vestiging(r: Cijfers, toon: Vrijgave) -> list[str]:
    cel = f"vestiging/{r['vestiging']}"
    weg = not toon.zichtbaar(cel)
    per_100 = VERBORGEN if weg else komma(r["per_100"]) if r["per_100"] is not None else GEEN
    marge = VERBORGEN if weg else bereik(r["laag"], r["hoog"])
    return [r["naam"], toon.aantal(cel, r["klachten"]), getal(r["trajecten"]), per_100, marge]


def vorig_aantal(cijfers: Cijfers) -> int | None:
    """Return the klachten of the period before; None when the register was not in use yet."""
    return cijfers["vergelijking"]["klachten_vorig"]


def te_klein(cijfers: Cijfers, toon: Vrijgave) -> bool:
    """Tell whether the public report shows no division of so few klachten."""
    return toon.openbaar and cijfers["klachten"] < MINIMUM_TOTAAL


def alleen_totaal(cijfers: Cijfers) -> Blok:
    """Say why there is no division."""
    n = aantal(cijfers["klachten"], "klacht", "klachten")
    return alinea(f"Bij {n} wordt hier geen verdere verdeling gegeven: een indiener zou daarin herkenbaar kunnen zijn.")
