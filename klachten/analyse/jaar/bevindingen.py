"""What stands out in a period and what does not: Dutch sentences, each following from one figure.

Careful with small numbers: below KLEIN counts instead of percentages, and no verdict that chance could explain. One
without klachten reads as well as one with a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.zinnen import Bevinding, deel, getal, keer, klachten, komma, telling, werkwoord
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
        *_niet_in_behandeling(beeld),
        *_geschillen(beeld, reglement),
        *_maatregelen(beeld),
        *_verbeteracties(beeld),
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
    yield Bevinding(zin=zin, kengetal="intensiteit", getallen={"klachten": v.klachten, "vorig": v.klachten_vorig})
    if zin := buiten_telling(beeld):
        yield Bevinding(zin=zin, kengetal="stroom", getallen={"buiten_telling": beeld.buiten_telling})


def buiten_telling(beeld: Jaarbeeld) -> str:
    """Say why fewer klachten are counted than came in; empty when there is nothing to say."""
    n = beeld.buiten_telling
    if not n:
        return ""
    telt = werkwoord(n, "telt", "tellen")
    return f"{klachten(n)} {telt} niet mee: bij vergissing of dubbel ingevoerd en daarom vervallen."


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
    yield Bevinding(zin=zin, kengetal="intensiteit", getallen=getallen, opvallend=v.opvallend)


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
    yield Bevinding(zin=zin, kengetal="stroom", getallen=getallen)
    if s.heropend:
        zin = f"In {beeld.periode.naam} is {keer(s.heropend)} een klacht heropend."
        yield Bevinding(zin=zin, kengetal="stroom", getallen={"heropend": s.heropend}, opvallend=True)


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
        )


def _wachttijd(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    d = beeld.doorlooptijden["afsluiting"]
    if zin := d.zin(beeld.periode):
        getallen = {"mediaan": d.mediaan, "laag": d.mediaan_laag, "hoog": d.mediaan_hoog, "n": d.n}
        yield Bevinding(zin=zin, kengetal="doorlooptijden", getallen=getallen)


def _categorieen(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    tabel = beeld.categorieen
    if not beeld.klachten or beeld.pareto is None:
        return
    op_aantal = tabel.sort_values("klachten", ascending=False, kind="stable")
    meest = int(op_aantal["klachten"].iloc[0])
    namen = [str(naam) for naam in op_aantal.loc[op_aantal["klachten"] == meest, "naam"]]
    if beeld.klachten == 1:
        zin = f"De enige klacht ging over {namen[0]}."
    else:
        elk = " (elk)" if len(namen) > 1 else ""
        zin = f"Het vaakst genoemd: {opsomming(namen)}{elk}, {deel(meest, beeld.klachten, 'klachten')}."
        if not _eerste_staat_vast(op_aantal):
            zin += " Welke categorie de grootste is, kan bij deze aantallen toeval zijn."
    yield Bevinding(zin=zin, kengetal="categorieen", getallen={"meest": meest, "klachten": beeld.klachten})
    if beeld.vergelijking.ratio is None:
        return
    anders = tabel[tabel["opvallend"]]
    for rij in anders.itertuples(index=False):
        richting = "meer" if rij.ratio > 1 else "minder"
        yield Bevinding(
            zin=f"{rij.naam}: van {getal(int(rij.vorig))} naar {klachten(int(rij.klachten))}, per traject "
            f"{richting} dan door toeval is te verklaren, ook nu er naar meer dingen tegelijk is gekeken.",
            kengetal="categorieen",
            getallen={"klachten": int(rij.klachten), "vorig": int(rij.vorig), "ratio": rij.ratio, "p_holm": rij.p_holm},
            opvallend=True,
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


def _niet_in_behandeling(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    n = int(beeld.niet_in_behandeling["klachten"].sum())
    if not n:
        return
    per_grond = zip(beeld.niet_in_behandeling["naam"], beeld.niet_in_behandeling["klachten"], strict=True)
    gronden = [f"{naam or 'geen grond vastgelegd'} ({getal(int(aantal))})" for naam, aantal in per_grond]
    yield Bevinding(
        zin=f"{klachten(n)} {werkwoord(n, 'is', 'zijn')} in {beeld.periode.naam} niet in behandeling genomen: "
        f"{opsomming(gronden)}.",
        kengetal="niet_in_behandeling_gronden",
        getallen={"klachten": n},
    )


def _geschillen(beeld: Jaarbeeld, reglement: Reglement | None) -> Iterator[Bevinding]:
    g = beeld.geschillen
    getallen = {"gemeld": g.gemeld, "voorgelegd": g.voorgelegd, "oordeel": g.oordeel, "lopend": g.lopend}
    if not g.gemeld:
        if beeld.klachten or beeld.stroom.erbij:
            yield Bevinding(zin="Er is geen meningsverschil gemeld.", kengetal="geschillen", getallen=getallen)
        return
    delen = []
    if g.opgelost:
        delen.append(f"{getal(g.opgelost)} in overleg opgelost")
    for oordeel, aantal in g.oordelen.items():
        delen.append(f"{getal(aantal)} beoordeeld als {naam_van(reglement, 'oordelen', oordeel).lower()}")
    if g.lopend:
        delen.append(f"{getal(g.lopend)} nog niet afgerond")
    yield Bevinding(
        zin=f"{keer(g.gemeld)} was de indiener het niet eens met de afhandeling: {opsomming(delen)}.",
        kengetal="geschillen",
        getallen=getallen | {f"oordeel_{naam}": n for naam, n in g.oordelen.items()},
        opvallend=any(g.oordelen.get(oordeel) for oordeel in ("gegrond", "deels_gegrond")),
    )


def _maatregelen(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    m = beeld.maatregelen
    if not m.totaal:
        return
    delen = []
    if m.tarief.n:
        delen.append(_op_dag(m.tarief.x, m.tarief.n))
    if m.open_en_te_laat:
        delen.append(
            f"{getal(m.open_en_te_laat)} {werkwoord(m.open_en_te_laat, 'is', 'zijn')} te laat en nog niet uitgevoerd"
        )
    aantal = "1 maatregel" if m.totaal == 1 else f"{getal(m.totaal)} maatregelen"
    begin = f"Bij de klachten van {beeld.periode.naam} {'hoort' if m.totaal == 1 else 'horen'} {aantal}"
    yield Bevinding(
        zin=f"{begin}: {opsomming(delen)}." if delen else f"{begin}; van geen enkele is de afgesproken dag al voorbij.",
        kengetal="maatregelen_opvolging",
        getallen={"totaal": m.totaal, "rijp": m.tarief.n, "op_tijd": m.tarief.x, "open_en_te_laat": m.open_en_te_laat},
        opvallend=m.open_en_te_laat > 0,
    )


def _op_dag(x: int, n: int) -> str:
    """Say how many of those whose agreed day is over were in time."""
    if n == 1:
        return f"de enige waarvan de afgesproken dag voorbij is, was {'wel' if x else 'niet'} op tijd"
    if x == n:
        return f"{telling(x, n)} waarvan de afgesproken dag voorbij is, waren op tijd"
    waren = "was er geen" if x == 0 else "was er 1" if x == 1 else f"waren er {getal(x)}"
    return f"van de {getal(n)} waarvan de afgesproken dag voorbij is, {waren} op tijd"


def _verbeteracties(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    tabel = beeld.verbeteracties
    standen = tabel["stand"].tolist()
    te_laat = standen.count("open en te laat")
    nog_open = standen.count("open") + te_laat
    erin = sum(1 for dag in tabel["uitgevoerd_op"] if dag == dag and beeld.periode.bevat(pd.Timestamp(dag).date()))
    getallen = {"uitgevoerd": erin, "open": nog_open, "open_en_te_laat": te_laat}
    if tabel.empty:
        zin = "Er zijn nog geen verbeteracties bepaald."
    else:
        gedaan = (
            f"zijn {getal(erin)} verbeteracties"
            if erin > 1
            else "is 1 verbeteractie"
            if erin
            else "is geen verbeteractie"
        )
        rest = (
            f"{werkwoord(nog_open, 'staat', 'staan')} er {getal(nog_open)} open"
            if nog_open
            else "staat er geen meer open"
        )
        if te_laat:
            alle = {1: "en die is te laat", 2: "en die zijn beide te laat"}.get(nog_open, "en die zijn alle te laat")
            rest += f" {alle}" if te_laat == nog_open else f", waarvan {getal(te_laat)} te laat"
        zin = f"In {beeld.periode.naam} {gedaan} uitgevoerd; op de peildatum {rest}."
    yield Bevinding(zin=zin, kengetal="verbeteracties_opvolging", getallen=getallen, opvallend=te_laat > 0)
