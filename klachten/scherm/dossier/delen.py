"""The parts of a dossier: maatregelen with what can be done about each, the people, linked klachten."""

from __future__ import annotations

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import handelingen, organisatie, scherm, taal
from klachten.dossier.klacht import Dossier, Maatregel
from klachten.dossier.lezen import mag_lezen
from klachten.dossier.nader import Nader, nader
from klachten.handelingen import HANDELINGEN, Geweigerd
from klachten.organisatie import Gebruiker
from klachten.reglement import Reglement
from klachten.scherm import formulier, onderdelen
from klachten.scherm.dossier import feit as feitbeeld

MAATREGELEN = "maatregelen"
PER_MAATREGEL = (
    ("stap_10_informeren_actienemer", "Actienemer geïnformeerd", ":material/forum:"),
    ("stap_11_uitvoeren_maatregel", "Uitgevoerd", ":material/task_alt:"),
    ("stap_08_wijzigen_maatregel", "Wijzigen", ":material/edit:"),
    ("stap_08_laten_vervallen_maatregel", "Laten vervallen", ":material/block:"),
)


def maatregelen(dossier: Dossier, reglement: Reglement, gebruiker: Gebruiker, *, alleen: str = "") -> None:
    """Draw every maatregel with its actienemer, last day and status, and what the user can do about it.

    With `alleen` only those that this person carries out.
    """
    formulier.close_done(MAATREGELEN, _plek(dossier))
    formulier.meldingen(MAATREGELEN)
    if not dossier.maatregelen:
        motivering = dossier.laatste(g.GeenMaatregelenNodig)
        if motivering and dossier.zonder_maatregelen:
            st.markdown(f"Op {taal.datum(motivering.gebeurd_op)} is besloten dat er geen maatregelen nodig zijn:")
            feitbeeld.letterlijk(motivering.motivering)
        else:
            st.markdown("Er zijn nog geen maatregelen bepaald (stap 8).")
        return
    kan = {m.handeling.naam for m in handelingen.mogelijk(dossier, gebruiker, reglement) if m.weigering is None}
    for maatregel in dossier.maatregelen.values():
        if alleen and (maatregel.actienemer != alleen or maatregel.vervallen_op):
            continue
        with st.container(border=True):
            _maatregel(dossier, maatregel)
            _maatregelknoppen(dossier, maatregel, gebruiker, kan)


def _maatregel(dossier: Dossier, maatregel: Maatregel) -> None:
    vandaag = scherm.vandaag()
    if maatregel.vervallen_op:
        status = onderdelen.badge(
            "vervallen", f"vervallen op {onderdelen.datum_tekst(maatregel.vervallen_op, kort=True)}"
        )
    elif maatregel.uitgevoerd_op:
        status = onderdelen.badge(
            "uitgevoerd", f"uitgevoerd op {onderdelen.datum_tekst(maatregel.uitgevoerd_op, kort=True)}"
        )
    else:
        over = (maatregel.uiterlijk_op - vandaag).days
        status = onderdelen.badge("te laat, nog open" if over < 0 else "loopt", onderdelen.dagen_tekst(over))
    st.markdown(f"**Maatregel {maatregel.nr}** {status}")
    feitbeeld.letterlijk(maatregel.omschrijving)
    ingelicht = (
        f"geïnformeerd op {onderdelen.datum_tekst(maatregel.geinformeerd_op, kort=True)}"
        if maatregel.geinformeerd_op
        else "nog niet geïnformeerd"
    )
    st.markdown(
        f":small[Actienemer **{onderdelen.bij_naam(maatregel.actienemer)}** ({ingelicht}) · uiterlijk "
        f"{taal.datum(maatregel.uiterlijk_op)} · bepaald op {taal.datum(maatregel.bepaald_op)}]"
    )


def _maatregelknoppen(dossier: Dossier, maatregel: Maatregel, gebruiker: Gebruiker, kan: set[str]) -> None:
    passend = []
    for naam, label, pictogram in PER_MAATREGEL:
        informeren = naam == "stap_10_informeren_actienemer"
        van_toepassing = (
            maatregel.vervallen_op is None and maatregel.geinformeerd_op is None if informeren else maatregel.open
        )
        if naam == "stap_11_uitvoeren_maatregel" and dossier.behandelaar != gebruiker.id:
            van_toepassing = van_toepassing and maatregel.actienemer == gebruiker.id
        if van_toepassing and naam in kan:
            passend.append((naam, label, pictogram))
    if not passend:
        return
    plek = _plek(dossier)
    with st.container(horizontal=True, gap="xsmall"):
        for naam, label, pictogram in passend:
            st.button(
                label,
                icon=pictogram,
                key=f"{plek}.{maatregel.nr}.{naam}",
                on_click=formulier.toggle,
                args=(plek, f"{maatregel.nr}/{naam}"),
            )
    for naam, _, _ in passend:
        if st.session_state.get(plek) == f"{maatregel.nr}/{naam}":
            formulier.toon(
                HANDELINGEN[naam],
                dossier.klachtnummer,
                sleutel=MAATREGELEN,
                vast={"maatregel": maatregel.nr},
                begin=_nu(maatregel) if naam == "stap_08_wijzigen_maatregel" else None,
                dossier=dossier,
            )


def _plek(dossier: Dossier) -> str:
    return f"open.{MAATREGELEN}.{dossier.klachtnummer}"


def _nu(maatregel: Maatregel) -> dict[str, object]:
    return {
        "actienemer": maatregel.actienemer,
        "uiterlijk_op": maatregel.uiterlijk_op,
        "omschrijving": maatregel.omschrijving,
    }


def klacht(dossier: Dossier, reglement: Reglement) -> None:
    """Draw what the indiener wrote and told, exactly as it was typed."""
    onderdelen.kop("De klacht")
    feitbeeld.letterlijk(dossier.ontvangst.omschrijving)
    feitbeeld.toon_regels(dossier.ontvangst, reglement, zonder=frozenset({"Waar gaat het over"}))


def betrokkenen(dossier: Dossier) -> None:
    """Draw who is involved: they never handle the klacht and do not read this."""
    onderdelen.kop("Betrokken medewerkers")
    later = {feit.betrokkene: feit for feit in dossier.van(g.BetrokkeneToegevoegd)}
    if not dossier.betrokkenen:
        st.markdown("Er zijn geen betrokken medewerkers bekend. Blijkt dat later anders, leg het dan vast (stap 4).")
    for id in sorted(dossier.betrokkenen, key=organisatie.naam):
        wanneer = f"gebleken op {taal.datum(later[id].gebeurd_op)}" if id in later else "bekend bij de intake"
        st.markdown(f":material/person_off: **{onderdelen.bij_naam(id)}** · {wanneer}")
    verteld = nader(dossier)
    for id in sorted(dossier.betrokkenen, key=organisatie.naam):
        regel = hearing(dossier, verteld, id)
        if regel:
            st.markdown(f":small[{onderdelen.bij_naam(id)}: {regel}]")
    if dossier.betrokkenen:
        st.markdown(":small[Zij behandelen de klacht niet, wijzen niet toe en kunnen dit dossier niet inzien.]")
    if dossier.ontvangst.betrokkenen_buiten:
        feitbeeld.letterlijk(f"Andere betrokkenen: {dossier.ontvangst.betrokkenen_buiten}")


def hearing(dossier: Dossier, verteld: Nader, id: str) -> str:
    """Say what was done of hoor en wederhoor with one of the involved; empty when nothing was recorded."""
    zag_af = any(feit.zag_af for feit in dossier.van(g.MedewerkerGehoord) if feit.medewerker == id)
    delen = [
        woord
        for woord, wie in (
            ("ingelicht", verteld.ingelicht),
            ("wilde niet worden gehoord" if zag_af else "gehoord", verteld.gehoord),
            ("weet de uitkomst", verteld.uitkomst_verteld),
        )
        if id in wie
    ]
    return taal.opsomming(delen)


def leest(klachtnummer: str, gebruiker: Gebruiker) -> bool:
    """Tell whether the user may read another klacht, named in this one."""
    try:
        ander = handelingen.dossier_van(scherm.register(), klachtnummer)
    except Geweigerd:
        return False
    return isinstance(ander, Dossier) and mag_lezen(ander, gebruiker) is None


def gekoppeld(dossier: Dossier, gebruiker: Gebruiker) -> None:
    """Draw the klachten that belong together with this one and that the user may read, each a link."""
    nummers = list(dict.fromkeys(feit.met for feit in dossier.van(g.KlachtGekoppeld)))
    vervallen = dossier.laatste(g.KlachtVervallen)
    if vervallen and vervallen.dubbel_van:
        nummers.append(vervallen.dubbel_van)
    nummers = [nummer for nummer in nummers if leest(nummer, gebruiker)]
    if dossier.ontvangst.signaal:
        st.markdown(f"Eerder gemeld als signaal {dossier.ontvangst.signaal}.")
    if nummers:
        onderdelen.kop("Hoort bij")
        for nummer in nummers:
            onderdelen.verwijzing("dossier", f"Klacht {nummer}", nummer=nummer)
