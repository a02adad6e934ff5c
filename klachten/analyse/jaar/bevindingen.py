"""What stands out in a period and what does not: Dutch sentences, each following from one figure.

Careful with small numbers: below KLEIN counts instead of percentages, and no verdict that chance could explain. One
without klachten reads as well as one with a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from klachten.analyse.basis.geteld import Geteld, geteld, geteld_als
from klachten.analyse.basis.zinnen import Bevinding, deel, getal, keer, klachten, komma, werkwoord
from klachten.analyse.jaar import afloop
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.termijnen import zinnen
from klachten.reglement import Reglement
from klachten.taal import opsomming

# A term of which surely less than this share was met stands out (house rule; the reglement asks for all of them).
NORM_OP_TIJD = 0.90


def bevindingen(beeld: Jaarbeeld, reglement: Reglement | None = None) -> tuple[Bevinding, ...]:
    """Return the findings of a period, what stands out first; within that the order of the report."""
    alle = [
        *_aantal(beeld),
        *_vergelijking(beeld),
        *_trend(beeld),
        *_maandbeeld(beeld),
        *_indeling(beeld),
        *_stroom(beeld),
        *_termijnen(beeld),
        *_wachttijd(beeld),
        *_categorieen(beeld),
        *afloop.niet_in_behandeling(beeld),
        *afloop.geschillen(beeld, reglement),
        *afloop.maatregelen(beeld),
        *afloop.verbeteracties(beeld),
    ]
    return tuple(sorted(alle, key=lambda bevinding: not bevinding.opvallend))


def _aantal(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    v = beeld.vergelijking
    tot = "" if beeld.volledig else " tot en met de peildatum"
    if beeld.eerste_jaar is not None and beeld.jaar < beeld.eerste_jaar:
        begin = beeld.periode.in_jaar(beeld.eerste_jaar).naam
        zin = f"Over {beeld.periode.naam} staat er niets in het register: het begint in {begin}."
        yield Bevinding(zin=zin, kengetal="intensiteit", getallen={"eerste_jaar": beeld.eerste_jaar})
        return
    if v.klachten:
        zin = f"In {beeld.periode.naam} {werkwoord(v.klachten, 'is', 'zijn')}{tot} {klachten(v.klachten)} ontvangen"
    else:
        zin = f"In {beeld.periode.naam} zijn{tot} geen klachten ontvangen"
    if v.klachten_vorig is None:
        zin += ". Er is geen eerder jaar in het register."
    elif v.klachten_vorig:
        waren = werkwoord(v.klachten_vorig, "was dat er", "waren dat er")
        zin += f"; in {beeld.periode.vorige.naam} {waren} {getal(v.klachten_vorig)}."
    else:
        zin += (
            f"; in {beeld.periode.vorige.naam} geen."
            if v.klachten
            else f", en in {beeld.periode.vorige.naam} ook niet."
        )
    yield Bevinding(
        zin=zin,
        kengetal="intensiteit",
        getallen={"klachten": v.klachten, "vorig": v.klachten_vorig},
        achter=_nu_en_vorig(beeld, v.klachten, v.klachten_vorig),
    )
    if zin := buiten_telling(beeld):
        yield Bevinding(
            zin=zin,
            kengetal="stroom",
            getallen={"buiten_telling": beeld.buiten_telling},
            achter=binnen_en_buiten_achter(beeld),
        )


def _nu_en_vorig(beeld: Jaarbeeld, nu: int, vorig: int | None, **vraag: Any) -> tuple[Geteld, ...]:
    """Return the counts of this period and of the one before it."""
    p = beeld.periode
    return (
        *geteld(nu, f"in {p.kort}", **vraag),
        *geteld(vorig, f"in {p.vorige.kort}", **{**vraag, "periode": p.vorige}),
    )


def ontvangen_achter(beeld: Jaarbeeld) -> tuple[Geteld, ...]:
    """Return how many there are in this period and the one before, and how many came in and count no further."""
    v = beeld.vergelijking
    return _nu_en_vorig(beeld, v.klachten, v.klachten_vorig) + buiten_achter(beeld)


def buiten_achter(beeld: Jaarbeeld) -> tuple[Geteld, ...]:
    """Return how many became vervallen."""
    return geteld(beeld.buiten_telling, "vervallen", status="vervallen")


def binnen_en_buiten_achter(beeld: Jaarbeeld) -> tuple[Geteld, ...]:
    """Return both counts of that sentence: all that came in, and what of it became vervallen."""
    binnen = beeld.stroom.ontvangen
    return geteld_als("beweging", binnen, "binnengekomen", soort="ontvangen") + buiten_achter(beeld)


def buiten_telling(beeld: Jaarbeeld) -> str:
    """Say why fewer klachten are counted than came in; empty when there is nothing to say."""
    n = beeld.buiten_telling
    if not n:
        return ""
    alle, wanneer = beeld.stroom.ontvangen, beeld.periode.naam
    if alle == 1:
        return f"De enige klacht die in {wanneer} binnenkwam, is later vervallen en telt niet mee."
    zijn, telt = werkwoord(n, "is", "zijn"), werkwoord(n, "die telt", "die tellen")
    return (
        f"Van de {getal(alle)} klachten die in {wanneer} binnenkwamen, {zijn} er {getal(n)} later vervallen (bij "
        f"vergissing of dubbel ingevoerd); {telt} niet mee."
    )


def _vergelijking(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    v = beeld.vergelijking
    if v.ratio is None:
        if v.klachten_vorig is not None:
            yield Bevinding(zin=v.waarom_niet, kengetal="intensiteit", getallen={})
        return
    per_jaar = dict(zip(beeld.intensiteit["jaar"], beeld.intensiteit["per_100"], strict=True))
    nu, vorig = per_jaar[beeld.jaar], per_jaar[beeld.periode.vorige.jaar]
    r, w = v.ratio, v.waarneembaar
    getallen: dict[str, Any] = {
        "per_100": nu,
        "vorig": vorig,
        "ratio": r.ratio,
        "laag": r.laag,
        "hoog": r.hoog,
        "p": r.p,
    }
    zin = (
        f"Per 100 trajecten waren er {komma(nu)} klachten, in {beeld.periode.vorige.naam} {komma(vorig)}: {v.oordeel}."
    )
    if w and not v.opvallend and v.klachten_vorig:
        zin += f" {w.zin}"
        getallen |= {"daling_tot": w.daling_tot, "stijging_vanaf": w.stijging_vanaf}
    achter = _nu_en_vorig(beeld, v.klachten, v.klachten_vorig)
    yield Bevinding(zin=zin, kengetal="intensiteit", getallen=getallen, opvallend=v.opvallend, achter=achter)


def _trend(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    if beeld.trend is None:
        return
    t = beeld.trend.trend
    getallen = {"rr": t.rr, "laag": t.laag, "hoog": t.hoog, "p": t.p, "jaren": t.jaren}
    yield Bevinding(zin=beeld.trend.zin, kengetal="intensiteit", getallen=getallen, opvallend=beeld.trend.opvallend)


def _maandbeeld(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    m = beeld.maandbeeld
    # Without a verdict there is nothing to read here: page Signalen says why.
    if m.oordeel.p is None:
        return
    zin = " ".join(filter(None, (m.zin, m.voorbehoud)))
    yield Bevinding(zin=zin, kengetal="per_periode", getallen={"p": m.oordeel.p}, opvallend=m.opvallend)


def _indeling(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    anders = beeld.gewijzigde_categorieen
    if anders and beeld.klachten:
        yield Bevinding(
            zin=f"In {beeld.periode.naam} veranderde de indeling: {opsomming(anders)}. "
            "Vergelijk de categorieën daarom met voorbehoud.",
            kengetal="categorieen",
            getallen={"gewijzigd": len(anders)},
        )


def _stroom(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    s = beeld.stroom
    getallen = {"open_begin": s.open_begin, "beeindigd": s.beeindigd, "open_einde": s.open_einde}
    if s.erbij == 0:
        eerder = "eerdere jaren" if beeld.periode.soort == "jaar" else "de tijd ervoor"
        zin = f"Er stonden ook uit {eerder} geen klachten open."
    elif s.open_einde == 0:
        zin = f"Aan het eind van {beeld.periode.met_lidwoord} stond er geen klacht open."
        zin = zin if beeld.volledig else "Op de peildatum staat er geen klacht open."
    else:
        verschil = s.open_einde - s.open_begin
        hoe = f"{getal(abs(verschil))} {'meer' if verschil > 0 else 'minder'} dan" if verschil else "evenveel als"
        staan = (
            werkwoord(s.open_einde, "stond", "stonden") if beeld.volledig else werkwoord(s.open_einde, "staat", "staan")
        )
        dag = f"Aan het eind van {beeld.periode.met_lidwoord}" if beeld.volledig else "Op de peildatum"
        begin = f"aan het begin van {beeld.periode.met_lidwoord} ({getal(s.open_begin)})"
        zin = f"{dag} {staan} er {klachten(s.open_einde)} open, {hoe} {begin}."
    achter = geteld_als("beweging", s.open_einde, "open aan het eind", soort="open_einde")
    achter += geteld_als("beweging", s.open_begin, "open aan het begin", soort="open_begin")
    yield Bevinding(zin=zin, kengetal="stroom", getallen=getallen, achter=achter)
    if s.heropend:
        yield Bevinding(
            zin=f"In {beeld.periode.naam} is {keer(s.heropend)} een klacht heropend.",
            kengetal="stroom",
            getallen={"heropend": s.heropend},
            opvallend=True,
            achter=geteld_als("beweging", s.heropend, "keer heropend", soort="heropend"),
        )


def _termijnen(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    if not beeld.klachten:
        return
    for regel in beeld.termijnen:
        hoog = regel.kop.hoog
        opvallend = regel.te_laat_open + regel.onbepaald_verstreken > 0 or (hoog is not None and hoog < NORM_OP_TIJD)
        yield Bevinding(
            zin=f"{regel.termijn_naam} (stap {regel.stap}). {zinnen.zin(regel)}",
            kengetal="termijntarieven",
            getallen={
                "op_tijd": regel.rijp_op_tijd,
                "rijp": regel.rijp,
                "te_laat_open": regel.te_laat_open,
                "onbepaald_verstreken": regel.onbepaald_verstreken,
            },
            opvallend=opvallend,
            achter=zinnen.achter(regel),
        )


def _wachttijd(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    d = beeld.doorlooptijden["afsluiting"]
    if zin := d.zin(beeld.periode):
        getallen = {"mediaan": d.mediaan, "laag": d.mediaan_laag, "hoog": d.mediaan_hoog, "n": d.n}
        yield Bevinding(zin=zin, kengetal="doorlooptijden", getallen=getallen, achter=d.achter())


@dataclass(frozen=True, kw_only=True)
class Vaakst:
    """What klachten are about most often: all categories that share the largest count."""

    namen: tuple[str, ...]
    klachten: int
    staat_vast: bool
    """Whether it is the largest beyond chance."""
    achter: tuple[Geteld, ...]


def vaakst_genoemd(beeld: Jaarbeeld) -> Vaakst | None:
    """Return what the klachten of the period are about most often; None when there is nothing to divide."""
    if not beeld.klachten or beeld.pareto is None:
        return None
    op_aantal = beeld.categorieen.sort_values("klachten", ascending=False, kind="stable")
    meest = int(op_aantal["klachten"].iloc[0])
    grootste = op_aantal[op_aantal["klachten"] == meest]
    achter = tuple(
        g
        for rij in grootste.itertuples(index=False)
        for g in geteld(meest, str(rij.naam), filter=replace(beeld.filter, categorie=str(rij.categorie)))
    )
    namen = tuple(str(naam) for naam in grootste["naam"])
    return Vaakst(namen=namen, klachten=meest, staat_vast=_eerste_staat_vast(op_aantal), achter=achter)


def _categorieen(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    vaakst = vaakst_genoemd(beeld)
    if vaakst is None:
        return
    tabel, meest, namen = beeld.categorieen, vaakst.klachten, vaakst.namen
    if beeld.klachten == 1:
        zin = f"De enige klacht ging over {namen[0]}."
    else:
        elk = " (elk)" if len(namen) > 1 else ""
        zin = f"Het vaakst genoemd: {opsomming(namen)}{elk}, {deel(meest, beeld.klachten, 'klachten')}."
        if not vaakst.staat_vast:
            zin += " Welke categorie de grootste is, kan bij deze aantallen toeval zijn."
    yield Bevinding(
        zin=zin,
        kengetal="categorieen",
        getallen={"meest": meest, "klachten": beeld.klachten},
        achter=vaakst.achter + geteld(beeld.klachten if beeld.klachten > 1 else 0, f"in {beeld.periode.kort}"),
    )
    if beeld.vergelijking.ratio is None:
        return
    anders = tabel[tabel["opvallend"]]
    for rij in anders.itertuples(index=False):
        richting = "meer" if rij.ratio > 1 else "minder"
        alleen = replace(beeld.filter, categorie=str(rij.categorie))
        yield Bevinding(
            zin=f"{rij.naam}: van {getal(int(rij.vorig))} naar {klachten(int(rij.klachten))}, per traject "
            f"{richting} dan door toeval is te verklaren, ook nu er naar meer dingen tegelijk is gekeken.",
            kengetal="categorieen",
            getallen={"klachten": int(rij.klachten), "vorig": int(rij.vorig), "ratio": rij.ratio, "p_holm": rij.p_holm},
            opvallend=True,
            achter=_nu_en_vorig(beeld, int(rij.klachten), int(rij.vorig), filter=alleen),
        )
    if anders.empty:
        yield Bevinding(
            zin=f"Geen enkele categorie verschilt van {beeld.periode.vorige.naam}, per traject, meer dan toeval kan "
            "verklaren.",
            kengetal="categorieen",
            getallen={"getoetst": int(tabel["p_holm"].notna().sum())},
        )


def _eerste_staat_vast(op_aantal: Any) -> bool:
    """Tell whether the interval of the largest category lies above that of the second."""
    return len(op_aantal) < 2 or bool(op_aantal["laag"].iloc[0] > op_aantal["hoog"].iloc[1])
