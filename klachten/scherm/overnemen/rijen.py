"""Step 2: the first rows as they were read, and whether a row is a klacht or something that happened to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from klachten import scherm
from klachten.dossier.weigering import gezegd
from klachten.overname import bewaard
from klachten.overname.bestandsvorm import CODERINGEN
from klachten.overname.cellen import Datumcel
from klachten.overname.voorstel import heropen
from klachten.reglement.tabel import OngeldigBestand
from klachten.scherm import onderdelen
from klachten.scherm.overnemen.werk import Werk
from klachten.taal import aantal

_TEKENS = {";": "puntkomma ( ; )", ",": "komma ( , )", "\t": "tab", "|": "streep ( | )"}
_KORREL = {
    "klacht": "Elke rij is één klacht",
    "gebeurtenis": "Een klacht heeft meer rijen: elke rij is iets wat ermee gebeurde",
}
_FOUT = "overnemen.vorm_fout"


def toon(werk: Werk) -> str:
    """Show the rows, and ask whether they came out right."""
    _kept(werk)
    st.markdown("Zo is het bestand gelezen. Staan de gegevens in de goede kolom?")
    rijen = [
        {f"{plaats}. {naam}": shown(rij.cellen[plaats - 1]) for plaats, naam in enumerate(werk.kop, start=1)}
        for rij in werk.gezien.eerste
    ]
    st.dataframe(rijen, hide_index=True, width="stretch")
    for zin in (*werk.waarom, *werk.opmerkingen):
        st.markdown(f"- {onderdelen.veilig(zin)}")
    if werk.gezien.afgekeurd:
        rij = aantal(werk.gezien.afgekeurd, "rij past", "rijen passen")
        st.warning(f"{rij} niet bij de kopregel. Bij *Controle* staat welke.", icon=":material/warning:")
    _form(werk)
    keus = st.radio(
        "Wat is een rij?",
        list(_KORREL),
        index=list(_KORREL).index(werk.ontwerp.verklaring["korrel"]),
        format_func=_KORREL.get,
        key=f"overnemen.korrel.{werk.nr}",
    )
    st.markdown(onderdelen.veilig(werk.voorgesteld.waarom_korrel))
    if keus != werk.ontwerp.verklaring["korrel"]:
        werk.ontwerp.verklaring["korrel"] = keus
        werk.same_per_case()
    return ""


def shown(cel: str) -> str:
    """Return a cell as the preview has it: a real date as a Dutch reader writes it."""
    if not isinstance(cel, Datumcel):
        return cel
    return f"{cel.dag:%d-%m-%Y}{f' {cel.om:%H:%M}' if cel.om else ''}"


def _kept(werk: Werk) -> None:
    """Offer what was chosen for this source before."""
    if werk.bewaard:
        st.success(f"De keuzes van bron **{onderdelen.veilig(werk.bewaard)}** staan klaar. Kijk ze per stap na.")
        return
    for een in bewaard.fitting(scherm.register().map, werk.kop):
        if not heropen.fits(een.pad, werk.gezien, scherm.register().reglementen):
            st.info(
                f"Bron {onderdelen.veilig(een.bron)} heeft dezelfde kolommen. De opgave daarvan is met de hand gemaakt "
                "en anders dan deze pagina er een maakt: neem een volgend bestand over met de opdracht importeer."
            )
            continue
        with st.container(border=True):
            st.markdown(
                f"Dit bestand heeft dezelfde kolommen als bron **{onderdelen.veilig(een.bron)}**, die u eerder overnam."
            )
            st.button(
                "Dezelfde keuzes gebruiken", key=f"overnemen.bron.{een.bron}", on_click=_reuse, args=(werk, een.bron)
            )


def _reuse(werk: Werk, bron: str) -> None:
    een = next(deel for deel in bewaard.all_kept(scherm.register().map) if deel.bron == bron)
    try:
        werk.ontwerp = heropen.reopen(een.pad, werk.gezien)
    except OngeldigBestand as fout:
        st.session_state[_FOUT] = gezegd(fout)
        return
    # As of when the source is, is another day each time.
    werk.ontwerp.verklaring.pop("getrokken_op", None)
    werk.bewaard, werk.nr = bron, werk.nr + 1
    werk.same_per_case()


def _form(werk: Werk) -> None:
    """Let the user say otherwise how the file is written."""
    zo = werk.ontwerp.verklaring["bestand"]
    if zin := st.session_state.pop(_FOUT, ""):
        onderdelen.weigering(zin)
    with st.expander("Nee, het ziet er niet goed uit", icon=":material/tune:"):
        st.markdown("Pas aan hoe het bestand is geschreven.")
        sleutel, nieuw = f"overnemen.vorm.{werk.nr}", {}
        if len(werk.bladen) > 1:
            nieuw["blad"] = _one("Blad", werk.bladen, zo.get("blad"), f"{sleutel}.blad")
        if "scheidingsteken" in zo:
            vreemd = "Codering (kies een andere bij vreemde tekens voor een é of ë)"
            nieuw["codering"] = _one(vreemd, CODERINGEN, zo["codering"], f"{sleutel}.codering")
            tekens = tuple(dict.fromkeys((*_TEKENS, zo["scheidingsteken"])))
            nieuw["scheidingsteken"] = _one(
                "Tussen de kolommen staat een", tekens, zo["scheidingsteken"], f"{sleutel}.teken"
            )
        regel = st.number_input(
            "De namen van de kolommen staan op regel",
            min_value=1,
            value=zo.get("kop_op_regel", 1),
            step=1,
            format="%d",
            key=f"{sleutel}.kop",
            placeholder="Regelnummer",
        )
        st.button("Zo lezen", key=f"{sleutel}.lees", on_click=_read_so, args=(werk, nieuw, int(regel or 1)))


def _one(label: str, keuzes: Sequence[str], nu: str | None, key: str) -> str:
    return st.selectbox(
        label,
        keuzes,
        index=keuzes.index(nu) if nu in keuzes else 0,
        format_func=lambda een: _TEKENS.get(een, een),
        key=key,
        placeholder="Kies",
    )


def _read_so(werk: Werk, nieuw: dict[str, Any], regel: int) -> None:
    """Read the file as the user says it is written; a file that cannot be read so stays as it was."""
    eerder = werk.ontwerp.verklaring["bestand"]
    gezegd = {naam: waarde for naam, waarde in eerder.items() if naam == "ontsnapping"} | nieuw
    if regel != eerder.get("kop_op_regel", 1):
        gezegd["kop_op_regel"] = regel
    try:
        werk.see_form(gezegd)
        werk.look()
    except OngeldigBestand as fout:
        werk.ontwerp.verklaring["bestand"] = eerder
        st.session_state[_FOUT] = gezegd(fout)
        return
    werk.nr += 1
