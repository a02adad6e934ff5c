"""The sections of the yearly report, as in the reports that Dutch organisations publish (step 16).

Every section takes the frozen figures and what may be shown; a year without klachten has the same sections in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from klachten.analyse.basis.zinnen import KLEIN, klachten, werkwoord
from klachten.analyse.rapport import figuren, verdeling, vervolg, wachten
from klachten.analyse.rapport.bevroren import periode_van
from klachten.analyse.rapport.blokken import (
    GEEN,
    Blok,
    alinea,
    figuur,
    getal,
    interval,
    komma,
    kop,
    noot,
    procent,
    punten,
    tabel,
)  # fmt: skip
from klachten.analyse.rapport.openbaar import VERBORGEN, Vrijgave, openbare_stroom, termijnklassen, volgroeid
from klachten.analyse.rapport.samenvatting import zinnen
from klachten.analyse.rapport.vervolg import Evaluatie
from klachten.analyse.statistiek.onderdrukking import MINIMUM_TOTAAL
from klachten.taal import datum

Cijfers = Mapping[str, Any]
__all__ = ["Evaluatie", "getal", "ondertitel", "tegels", "verslag"]

KLASSEN = {
    "op_tijd": "op tijd",
    "te_laat": "te laat",
    "te_laat_open": "te laat en nog open",
    "loopt": "loopt nog",
    "onbepaald_verstreken": "verstreken zonder besluit",
    "nvt": "niet van toepassing",
    "ongeldig": "niet te bepalen",
}


def ondertitel(cijfers: Cijfers, evaluatie: Evaluatie | None, openbaar: bool) -> str:
    """Say of which day the figures are, whether an evaluation fixed them, and for whom they are."""
    peildatum = vervolg.dag_van(cijfers["peildatum"])
    delen = [f"Stand op {datum(peildatum)}"]
    if evaluatie is not None and evaluatie.document:
        versie = f", versie {evaluatie.versie}" if evaluatie.versie > 1 else ""
        delen.append(f"vastgesteld bij de evaluatie van {datum(evaluatie.gehouden_op)}{versie}")
    elif not cijfers["volledig"]:
        delen.append(f"voorlopig: {periode_van(cijfers).naam} is nog niet om")
    delen.append("openbare versie" if openbaar else "voor intern gebruik en controle")
    return " · ".join(delen)


def tegels(cijfers: Cijfers, toon: Vrijgave) -> list[dict[str, str]]:
    """The four figures that a reader looks for first."""
    stroom, vorig, p = cijfers["stroom"], verdeling.vorig_aantal(cijfers), periode_van(cijfers)
    nu = next((r for r in cijfers["intensiteit"] if r["jaar"] == cijfers["jaar"]), None)
    per_100 = komma(nu["per_100"]) if nu and nu["per_100"] is not None else GEEN
    delen = [
        {"waarde": toon.aantal("klachten", cijfers["klachten"]), "naam": f"ontvangen in {p.naam}"},
        {
            "waarde": GEEN if vorig is None else toon.aantal("klachten_vorig", vorig),
            "naam": f"ontvangen in {p.vorige.naam}",
        },
        {
            "waarde": toon.aantal("stroom/open_einde", stroom["open_einde"]),
            "naam": "open aan het eind" if cijfers["volledig"] else "open op de peildatum",
        },
        {"waarde": per_100, "naam": f"per 100 trajecten{_waarom_geen(nu)}"},
    ]
    return [deel for deel in delen if deel["waarde"] != VERBORGEN]


def _waarom_geen(rij: Mapping[str, Any] | None) -> str:
    """Say behind a dash why there is no figure: 'het jaar is nog niet om'; empty where there is one."""
    if rij is None or rij["per_100"] is not None:
        return ""
    return f": {rij['opmerking']}" if rij.get("opmerking") else ""


def verslag(cijfers: Cijfers, toon: Vrijgave, evaluatie: Evaluatie | None = None) -> list[Blok]:
    """Return the whole report as blocks, in the order in which it is read."""
    blokken = [
        *_samenvatting(cijfers, toon),
        *_stroom(cijfers, toon),
        *termijnen(cijfers, toon),
        *verdeling.categorieen(cijfers, toon),
        *verdeling.niet_in_behandeling(cijfers, toon),
        *verdeling.geschillen(cijfers, toon),
        *wachten.doorlooptijden(cijfers, toon),
        *verdeling.intensiteit(cijfers, toon),
        *vervolg.maatregelen(cijfers, toon),
        *vervolg.verbeteracties(cijfers, toon, evaluatie),
        *vervolg.lessen(cijfers, toon, evaluatie),
        *vervolg.procedure(cijfers),
        *vervolg.herkomst(cijfers, toon, evaluatie),
    ]
    for blok, volgende in pairwise(blokken):
        # What introduces a table stays on its page.
        blok["plakt"] = blok["soort"] == "alinea" and volgende["soort"] in ("tabel", "figuur")
    return blokken


def _samenvatting(cijfers: Cijfers, toon: Vrijgave) -> list[Blok]:
    blokken = [kop("Samenvatting"), punten([(b["zin"], b["opvallend"]) for b in zinnen(cijfers, toon)])]
    if toon.openbaar:
        uitleg = (
            f"Dit is de openbare versie. Aantallen van 1 tot en met 4 zijn vervangen door {VERBORGEN}, en zo nodig ook "
            "andere, "
            f"zodat zij niet zijn terug te rekenen. Een verdeling van minder dan {MINIMUM_TOTAAL} klachten wordt niet "
            "getoond."
        )
        blokken.append(noot(uitleg))
    return blokken


def _stroom(cijfers: Cijfers, toon: Vrijgave) -> list[Blok]:
    p = periode_van(cijfers)
    s = cijfers["stroom"] | (openbare_stroom(cijfers) if toon.openbaar else {})
    blokken = [kop("Ontvangen en beëindigd")]
    totaal = s["open_begin"] + s["ontvangen"] + s["heropend"]
    if totaal == 0:
        return [*blokken, alinea(f"Aan het begin van {p.naam} stond geen klacht open en er kwam er geen bij.")]
    einde = f"Open op {datum(vervolg.dag_van(s['tot']))}"
    namen = {
        "open_begin": f"Open op {datum(p.eerste)}",
        "ontvangen": "Ontvangen",
        "heropend": "Heropend",
        "afgesloten": "Afgesloten (stap 13)",
        "niet_in_behandeling": "Niet in behandeling genomen (stap 7)",
        "ingetrokken": "Ingetrokken door de indiener",
        "vervallen": "Vervallen (bij vergissing ingevoerd)",
        "open_einde": einde,
    }

    def n(naam: str) -> str:
        return toon.aantal(f"stroom/{naam}", s[naam])

    links, rechts = list(namen)[:3], list(namen)[3:]
    if toon.openbaar and not s["vervallen"]:
        rechts.remove("vervallen")
    rijen = [
        [
            namen[links[i]] if i < len(links) else "",
            n(links[i]) if i < len(links) else "",
            namen[rechts[i]],
            n(rechts[i]),
        ]
        for i in range(len(rechts))
    ]
    som = toon.aantal("stroom/totaal", totaal)
    rijen.append(["Samen", som, "Samen", som])
    blokken += [
        alinea(
            "Wat er bij kwam is altijd gelijk aan wat er uit ging en wat nog openstaat. Deze tabel telt op de dag van "
            "de "
            f"gebeurtenis; de volgende paragrafen gaan over de klachten die in {p.naam} zijn ontvangen."
        ),
        tabel(
            "Van open naar open",
            ["Erbij", "Aantal", "Eruit en nog open", "Aantal"],
            rijen,
            totaal=True,
            tekst=(0, 2),
            breed=(0, 2),
        ),
    ]
    if not toon.openbaar and s["ontvangen"] != cijfers["klachten"]:
        verschil = s["ontvangen"] - cijfers["klachten"]
        werk, telt = werkwoord(verschil, "is", "zijn"), werkwoord(cijfers["klachten"], "telt", "tellen")
        blokken.append(
            noot(
                f"Van de ontvangen klachten {werk} er {getal(verschil)} later vervallen (bij vergissing of dubbel "
                f"ingevoerd); in de andere tabellen {telt} {klachten(cijfers['klachten'])} mee."
            )
        )
    return blokken


def termijnen(cijfers: Cijfers, toon: Vrijgave) -> list[Blok]:
    """How often each term was met (steps 5, 7, 11)."""
    blokken = [kop("Op tijd")]
    regels = [regel for regel in cijfers["termijnen"] if regel["totaal"]]
    if not regels:
        return [*blokken, alinea(f"Over {periode_van(cijfers).naam} zijn er geen klachten waarvoor een termijn gold.")]
    if verdeling.te_klein(cijfers, toon):
        return [*blokken, verdeling.alleen_totaal(cijfers)]
    kolommen = ["Stand", *(f"{r['termijn_naam']}\n(stap {r['stap']})" for r in regels)]
    klassen = [naam for naam in KLASSEN if any(termijnklassen(r)[naam] for r in regels)]
    rijen = [
        [KLASSEN[k].capitalize(), *(toon.aantal(f"termijn/{r['termijn']}/{k}", termijnklassen(r)[k]) for r in regels)]
        for k in klassen
    ]
    rijen.append(["Alle klachten", *(toon.aantal("klachten", r["totaal"]) for r in regels)])
    blokken.append(
        tabel(f"Klachten ontvangen in {periode_van(cijfers).naam}, naar termijn", kolommen, rijen, totaal=True)
    )
    getoond = [r for r in regels if kop_van(r)["aandeel"] is not None and _tarief_mag(r, toon)]
    if getoond:
        marges = [
            figuren.Marge(
                r["termijn_naam"],
                kop_van(r)["aandeel"],
                kop_van(r)["laag"],
                kop_van(r)["hoog"],
                telling(kop_van(r)),
            )
            for r in getoond
        ]
        alt = "; ".join(
            f"{m.naam}: {m.bij}, marge {interval(kop_van(r))}" for m, r in zip(marges, getoond, strict=True)
        )
        blokken += [
            figuur(
                "Aandeel op tijd van de klachten waarvan de termijn voorbij is",
                figuren.marges(marges, procent=True, as_titel="punt: aandeel op tijd; balk: marge van 95% (Wilson)"),
                f"Punt met balk per termijn. {alt}.",
            ),
            noot(
                f"Bij minder dan {KLEIN} klachten staat er geen percentage: dat zou meer zekerheid suggereren dan er "
                "is. De balk "
                "laat zien welk werkelijk aandeel bij dit aantal goed mogelijk is."
            ),
        ]
    onbeslist = sum(r["onbepaald_verstreken"] for r in getoond)
    if onbeslist:
        blokken.append(
            noot(
                "Waar na de termijn nog niet is beslist of een klacht in behandeling wordt genomen, telt zij mee naar "
                "verwachting: voor het deel waarvoor de termijn naar verwachting geldt. Zo valt het aandeel niet te "
                "hoog uit."
            )
        )
    weg = [r["termijn_naam"] for r in regels if r["rijp"] and r not in getoond]
    if weg:
        blokken.append(noot(f"Zonder aandeel, omdat een aantal is verborgen: {', '.join(weg)}."))
    return blokken


def _tarief_mag(regel: Cijfers, toon: Vrijgave) -> bool:
    if not toon.openbaar:
        return True
    return regel["rijp"] >= KLEIN and volgroeid(regel) and toon.zichtbaar(f"termijn/{regel['termijn']}/")


def kop_van(regel: Cijfers) -> Cijfers:
    """Return the headline of a term; figures that were frozen before there was one have the matured rate."""
    return regel.get("kop") or regel["tarief"]


def telling(kop: Cijfers) -> str:
    """Return '91% (21 van 23)', or the counts alone where they are small."""
    voorbij = kop["x"] + kop["te_laat"] if "te_laat" in kop else kop["n"]
    tekst = f"{getal(kop['x'])} van {getal(voorbij)}"
    if kop.get("onbeslist"):
        tekst += f", over {getal(kop['onbeslist'])} niet beslist"
    return tekst if kop["n"] < KLEIN else f"{procent(kop['aandeel'])} ({tekst})"
