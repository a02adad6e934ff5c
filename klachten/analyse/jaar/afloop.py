"""What came of the klachten of a period, in sentences: notices of step 7, disputes, maatregelen, verbeteracties."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from klachten.analyse.basis.geteld import geteld_als
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.zinnen import Bevinding, getal, keer, klachten, telling, werkwoord
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.reglement import Reglement
from klachten.taal import opsomming


def niet_in_behandeling(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    """Say how many were not taken into handling, and on which ground (step 7)."""
    n = int(beeld.niet_in_behandeling["klachten"].sum())
    if not n:
        return
    per_grond = [
        (str(rij.naam or "geen grond vastgelegd"), int(rij.klachten), str(rij.grond or ""))
        for rij in beeld.niet_in_behandeling.itertuples(index=False)
    ]
    gronden = [f"{naam} ({getal(aantal)})" for naam, aantal, _ in per_grond]
    achter = geteld_als("gronden", n, "niet in behandeling genomen")
    if len(per_grond) > 1:
        achter += tuple(g for naam, aantal, id in per_grond for g in geteld_als("gronden", aantal, naam, grond=id))
    yield Bevinding(
        zin=f"{klachten(n)} {werkwoord(n, 'is', 'zijn')} in {beeld.periode.naam} niet in behandeling genomen: "
        f"{opsomming(gronden)}.",
        kengetal="niet_in_behandeling_gronden",
        getallen={"klachten": n},
        achter=achter,
    )


def geschillen(beeld: Jaarbeeld, reglement: Reglement | None) -> Iterator[Bevinding]:
    """Say how often an indiener disagreed, and what came of it (step 15)."""
    g = beeld.geschillen
    getallen = {"gemeld": g.gemeld, "voorgelegd": g.voorgelegd, "oordeel": g.oordeel, "lopend": g.lopend}
    if not g.gemeld:
        if beeld.klachten or beeld.stroom.erbij:
            yield Bevinding(zin="Er is geen meningsverschil gemeld.", kengetal="geschillen", getallen=getallen)
        return
    achter = geteld_als("geschillen", g.opgelost, "in overleg opgelost", stand="opgelost")
    for oordeel, aantal in g.oordelen.items():
        als = f"beoordeeld als {naam_van(reglement, 'oordelen', oordeel).lower()}"
        achter += geteld_als("geschillen", aantal, als, oordeel=oordeel)
    achter += geteld_als("geschillen", g.lopend, "nog niet afgerond", stand="lopend")
    delen = [f"{getal(deel.aantal)} {deel.wat}" for deel in achter]
    yield Bevinding(
        zin=f"{keer(g.gemeld)} was de indiener het niet eens met de afhandeling: {opsomming(delen)}.",
        kengetal="geschillen",
        getallen=getallen | {f"oordeel_{naam}": n for naam, n in g.oordelen.items()},
        opvallend=any(g.oordelen.get(oordeel) for oordeel in ("gegrond", "deels_gegrond")),
        achter=geteld_als("geschillen", g.gemeld, "gemeld", stand="gemeld") + achter,
    )


def maatregelen(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    """Say how many maatregelen there are, and how many were carried out in time (steps 8 to 11)."""
    m = beeld.maatregelen
    if not m.totaal:
        return
    delen = []
    if m.tarief.n:
        delen.append(op_dag(m.tarief.x, m.tarief.n))
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
        achter=(
            *geteld_als("maatregelen", m.totaal, "maatregelen" if m.totaal > 1 else "maatregel"),
            *geteld_als("maatregelen", m.tarief.n, "met de afgesproken dag voorbij", rijp="ja"),
            *geteld_als("maatregelen", m.tarief.x, "op tijd", rijp="ja", stand="op tijd"),
            *geteld_als("maatregelen", m.open_en_te_laat, "te laat en nog open", stand="open en te laat"),
        ),
    )


def op_dag(x: int, n: int) -> str:
    """Say how many of those whose agreed day is over were in time."""
    if n == 1:
        return f"de enige waarvan de afgesproken dag voorbij is, was {'wel' if x else 'niet'} op tijd"
    if x == n:
        return f"{telling(x, n)} waarvan de afgesproken dag voorbij is, waren op tijd"
    waren = "was er geen" if x == 0 else "was er 1" if x == 1 else f"waren er {getal(x)}"
    return f"van de {getal(n)} waarvan de afgesproken dag voorbij is, {waren} op tijd"


def verbeteracties(beeld: Jaarbeeld) -> Iterator[Bevinding]:
    """Say how many verbeteracties were carried out, and how many stand open (steps 16 to 18)."""
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
