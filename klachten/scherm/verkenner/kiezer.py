"""Choosing what is asked: a measure, what it is split by, a series; the address holds it, so a link opens the same."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from klachten import rechten, scherm
from klachten.analyse.basis.selectie import FIJNER
from klachten.analyse.verkenner import dicht
from klachten.analyse.verkenner.kenmerken import SPLITSINGEN
from klachten.analyse.verkenner.maten import Maat, maten, namen_van
from klachten.analyse.verkenner.verkenning import EIGEN_NAMEN, MEESTE_PER, REEKSEN, STANDAARD, GeenVraag, Verkenning
from klachten.organisatie import Gebruiker
from klachten.scherm import onderdelen
from klachten.scherm.evaluatie.keuze import Keuze

OPSLAG = "verkenner"
NIET = ""
GEEN_NAMEN = "Cijfers per persoon zijn voor wie die namen mag zien. Kies een ander kenmerk."


def ziet_kleine() -> bool:
    """Tell whether this reader may see small numbers."""
    return rechten.mag("inzage", "kleine_aantallen", scherm.gebruiker()).mag


def mag(id: str, wie: Gebruiker | None = None) -> bool:
    """Tell whether a reader, who looks now or another, may see figures by a characteristic."""
    recht = SPLITSINGEN[id].recht
    return not recht or rechten.mag("inzage", recht, wie or scherm.gebruiker()).mag


def kies(keuze: Keuze) -> Verkenning | None:
    """Draw the choices and return the question; None, with a sentence, for what cannot be asked."""
    alle = maten(keuze.reglement)
    adres = _address()
    maat = adres["maat"] if adres["maat"] in alle else STANDAARD if not adres["maat"] else adres["maat"]
    per = [id for id in adres["splits"].split(".") if id]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _select("maat", "Wat", namen_van(alle.values()), maat, 270)
        opties = _characteristics(alle.get(maat), keuze)
        for nr in range(MEESTE_PER):
            # The second one only beside a first: an empty choice asks nothing.
            if nr > len(per):
                break
            label = "Splits op" if nr == 0 else "en op"
            gekozen = per[nr] if nr < len(per) else NIET
            over = {id: naam for id, naam in opties.items() if id == gekozen or id not in per}
            if gekozen in SPLITSINGEN:
                over.setdefault(gekozen, SPLITSINGEN[gekozen].titel)
            _select(f"splits.{nr}", label, over, gekozen, 168)
        _select("reeks", "In de tijd", REEKSEN, adres["reeks"] if adres["reeks"] in REEKSEN else NIET, 140)
    return _vraag(adres, keuze, maat)


def _vraag(adres: dict[str, str], keuze: Keuze, maat: str) -> Verkenning | None:
    """Return what the address asks of the chosen period and klachten, or say why that cannot be."""
    try:
        vraag = replace(
            Verkenning.uit({**adres, "maat": maat}), periode=keuze.periode, filter=keuze.filter,
        )  # fmt: skip
        if not ziet_kleine():
            dicht.check(vraag)
    except GeenVraag as geen:
        st.info(onderdelen.veilig(str(geen)))
        return None
    except ValueError:
        st.info("Dit adres is geen vraag. Kies hierboven wat u wilt weten.")
        return None
    if not all(mag(id) for id in vraag.per):
        st.info(GEEN_NAMEN)
        return None
    return vraag


def _address() -> dict[str, str]:
    """Return what the address says of the question; opened from the menu, what was asked before."""
    uit = {naam: st.query_params[naam] for naam in EIGEN_NAMEN if naam in st.query_params}
    eerder: dict[str, str] = st.session_state.get(OPSLAG, {})
    uit = uit or (eerder if not st.query_params.keys() & {*FIJNER, "periode"} else {})
    st.session_state[OPSLAG] = uit
    for naam, waarde in uit.items():
        if st.query_params.get(naam) != waarde:
            st.query_params[naam] = waarde
    return {naam: uit.get(naam, "") for naam in EIGEN_NAMEN}


def _characteristics(maat: Maat | None, keuze: Keuze) -> dict[str, str]:
    """Return the characteristics that say something here, for this reader."""
    uit = {NIET: "Niets"}
    for id, deel in SPLITSINGEN.items():
        if maat is None or not mag(id):
            continue
        try:
            Verkenning(maat=maat.id, per=(id,), filter=keuze.filter)
        except GeenVraag:
            continue
        uit[id] = deel.titel
    return uit


def _select(naam: str, label: str, opties: dict[str, str], gekozen: str, breedte: int) -> None:
    key = f"{OPSLAG}.{naam}"
    st.session_state[key] = gekozen if gekozen in opties else next(iter(opties))
    st.selectbox(
        label,
        list(opties),
        format_func=lambda id: opties.get(id, id),
        key=key,
        width=breedte,
        placeholder="Kies",
        on_change=_take,
        args=(naam,),
    )


def _take(naam: str) -> None:
    """Take what was just chosen into the address, before the page runs again."""
    waarde = st.session_state[f"{OPSLAG}.{naam}"] or NIET
    opslag = dict(st.session_state.get(OPSLAG, {}))
    if naam.startswith("splits."):
        per = [id for id in opslag.get("splits", "").split(".") if id]
        per[int(naam[-1]) : int(naam[-1]) + 1] = [waarde] if waarde else []
        naam, waarde = "splits", ".".join(dict.fromkeys(per))
    if naam == "maat":
        opslag["splits"] = ".".join(_still(waarde, opslag.get("splits", "")))
    opslag[naam] = waarde
    st.session_state[OPSLAG] = opslag = {sleutel: deel for sleutel, deel in opslag.items() if deel}
    for ander in EIGEN_NAMEN:
        st.query_params.pop(ander, None)
        if ander in opslag:
            st.query_params[ander] = opslag[ander]


def _still(maat: str, splits: str) -> list[str]:
    """Return what another measure can be split by too, so that a change of measure is no refusal."""
    uit: list[str] = []
    for id in (id for id in splits.split(".") if id):
        try:
            Verkenning(maat=maat, per=(*uit, id))
        except GeenVraag:
            continue
        uit.append(id)
    return uit
