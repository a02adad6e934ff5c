"""What came in and what went out in a period, and its disputes: parts of the page Jaarbeeld that count no klachten."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from klachten import taal
from klachten.analyse.basis.geteld import geteld
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.zinnen import getal, klachten
from klachten.analyse.jaar import grafieken as tekening
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.jaar.bevindingen import binnen_en_buiten_achter, buiten_telling
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.scherm import onderdelen
from klachten.scherm.evaluatie import delen
from klachten.scherm.evaluatie.keuze import Keuze


def stroom(beeld: Jaarbeeld) -> None:
    """Show what came in, what went out and what is left."""
    s = beeld.stroom
    onderdelen.kop("Wat kwam erin, wat ging eruit")
    if not s.erbij:
        st.markdown("Er kwam niets in en er stond niets open.")
        return
    waarvan = f" (waarvan {getal(beeld.buiten_telling)} later vervallen)" if beeld.buiten_telling else ""
    titel = f"{klachten(s.ontvangen)} erbij{waarvan}, {getal(s.beeindigd)} eruit: op {taal.datum(s.tot)} nog "
    titel += f"{getal(s.open_einde)} open"
    vorig = {naam: getattr(beeld.stroom_vorig, naam, None) for naam, _, _ in tekening.DELEN}
    tabel = pd.DataFrame(
        [
            {"Wat": f"{wat}", beeld.periode.kort: getattr(s, naam), beeld.periode.vorige.kort: vorig[naam]}
            for naam, wat, _ in tekening.DELEN
        ]
    )
    soorten = {wat: naam for naam, wat, _ in tekening.DELEN}

    def beweging(wat: str, periode: Periode | None, vestiging: str | None = None) -> Telling | None:
        soort, filter = soorten.get(wat), beeld.filter
        if soort is None or periode is None or (periode != beeld.periode and vorig[soort] is None):
            return None
        filter = replace(filter, vestiging=vestiging) if vestiging else filter
        return Telling.van("beweging", beeld.peildatum, periode, filter, soort=soort)

    per_kolom = {beeld.periode.kort: beeld.periode, beeld.periode.vorige.kort: beeld.periode.vorige}
    delen.grafiek(
        tekening.stroom,
        s,
        titel,
        tabel=tabel,
        naar=lambda rij, kolom: beweging(tekening.DELEN[rij][1], per_kolom.get(kolom)),
        punt=lambda mark: beweging(mark.get("naam", ""), beeld.periode),
        key="jaarbeeld.stroom",
    )
    if zin := buiten_telling(beeld):
        zin += f" Daarom staat er bij *Ontvangen* bovenaan {getal(beeld.klachten)}."
        achter = binnen_en_buiten_achter(beeld) + geteld(beeld.klachten, "ontvangen")
        st.markdown(delen.met_lijsten(zin, achter, beeld))
    if len(beeld.stroom_per_vestiging) > 1:
        per = beeld.stroom_per_vestiging.drop(columns=["jaar", "vestiging"])
        per.columns = pd.Index(["Vestiging", *(wat for _, wat, _ in tekening.DELEN)])
        waar = [str(id) for id in beeld.stroom_per_vestiging["vestiging"]]
        delen.achter(
            per,
            "Tabel per vestiging",
            naar=lambda rij, kolom: beweging(kolom, beeld.periode, waar[rij]),
            key="jaarbeeld.stroom_per_vestiging",
        )
    if beeld.niet_in_behandeling["klachten"].sum():
        gronden = beeld.niet_in_behandeling[["naam", "klachten"]]
        gronden.columns = pd.Index(["Grond", "Klachten"])
        op = [str(id) for id in beeld.niet_in_behandeling["grond"]]
        delen.achter(
            gronden,
            "Niet in behandeling genomen: op welke grond",
            naar=lambda rij, kolom: (
                Telling.van("gronden", beeld.peildatum, beeld.periode, beeld.filter, grond=op[rij])
                if kolom == "Klachten"
                else None
            ),
            key="jaarbeeld.gronden",
        )


Geschilregel = tuple[str, dict[str, str], int, int | None]


def geschilregels(keuze: Keuze, beeld: Jaarbeeld) -> list[Geschilregel]:
    """Return the disputes line by line: in words, which of them for their list, in this period, in the one before."""
    g, v = beeld.geschillen, beeld.geschillen_vorig
    regels: list[Geschilregel] = [
        (wat, {"stand": stand}, getattr(g, veld), getattr(v, veld, None))
        for wat, stand, veld in (
            ("Gemeld", "gemeld", "gemeld"),
            ("In overleg opgelost", "opgelost", "opgelost"),
            ("Voorgelegd aan een onafhankelijke persoon", "voorgelegd", "voorgelegd"),
            ("Klacht heropend na het oordeel", "heropening", "tot_heropening"),
            ("Nog niet afgerond", "lopend", "lopend"),
        )
    ]
    eerder = v.oordelen if v else {}
    regels[3:3] = [
        (
            f"Oordeel: {naam_van(keuze.reglement, 'oordelen', id).lower()}",
            {"oordeel": id},
            g.oordelen.get(id, 0),
            eerder.get(id, 0) if v else None,
        )
        for id in sorted({*g.oordelen, *eerder})
    ]
    return regels


def geschillen(keuze: Keuze, beeld: Jaarbeeld) -> None:
    """Show the disputes of the period beside the one before."""
    onderdelen.kop("Meningsverschillen")
    g, v = beeld.geschillen, beeld.geschillen_vorig
    if not g.gemeld and (v is None or not v.gemeld):
        p = beeld.periode
        wanneer = f"In {p.naam}" if v is None else f"In {p.naam} en in {p.vorige.naam}"
        st.markdown(f"{wanneer} is geen meningsverschil gemeld.")
        return
    regels = geschilregels(keuze, beeld)
    per_kolom = {beeld.periode.kort: beeld.periode} | ({beeld.periode.vorige.kort: beeld.periode.vorige} if v else {})

    def naar(rij: int, kolom: str) -> Telling | None:
        periode = per_kolom.get(kolom)
        return Telling.van("geschillen", beeld.peildatum, periode, beeld.filter, **regels[rij][1]) if periode else None

    tabel = pd.DataFrame([(wat, *aantallen) for wat, _, *aantallen in regels])
    tabel.columns = pd.Index(["Wat", beeld.periode.kort, beeld.periode.vorige.kort])
    delen.toon(tabel, naar, "jaarbeeld.geschillen")
