"""The history of a dossier: every fact that was ever recorded, retracted ones too, and how to correct each."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import scherm, taal
from klachten.dossier.klacht import Dossier
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen import HANDELINGEN
from klachten.organisatie import Gebruiker
from klachten.reglement import Reglement
from klachten.scherm import afwijkingen, formulier, onderdelen
from klachten.scherm.dossier import correctie, delen
from klachten.scherm.dossier import feit as feitbeeld
from klachten.scherm.dossier.aankomst import HISTORIE, plek

BEGIN = (g.KlachtOntvangen, g.SignaalOntvangen, g.EvaluatieGehouden)


def historie(dossier: Dossier, reglement: Reglement, gebruiker: Gebruiker) -> None:
    """Draw every fact, the newest first, with who recorded it when, in which role, and its zegel."""
    st.markdown(
        "Alles wat ooit is vastgelegd, het nieuwste eerst. Niets wordt overschreven: een fout zet u recht met een "
        "nieuw feit en een reden."
    )
    formulier.close_done(HISTORIE, plek(dossier.klachtnummer))
    formulier.meldingen(HISTORIE)
    kan = {
        naam
        for naam in ("corrigeren_feit", "herroepen_feit")
        if HANDELINGEN[naam].toets(dossier, gebruiker, reglement)[1] is None
    }
    geldig = {v.nr for v in dossier.geldig}
    later: dict[int, Vastlegging] = {}
    alle = zichtbaar(dossier, gebruiker)
    _herinneringen([v for v in alle if isinstance(v.feit, g.HerinneringGestuurd)])
    for vastlegging in (v for v in reversed(alle) if not isinstance(v.feit, g.HerinneringGestuurd)):
        _feit(dossier, vastlegging, reglement, kan, vastlegging.nr in geldig, later)
        if vastlegging.corrigeert:
            later.setdefault(vastlegging.corrigeert, vastlegging)


def _herinneringen(vastleggingen: list[Vastlegging]) -> None:
    """Draw all reminders as one line that opens: of a klacht that is late there is one for each person and day."""
    if not vastleggingen:
        return
    with st.expander(f"Herinneringen ({len(vastleggingen)})", icon=":material/notifications:", type="step"):
        st.markdown("\n".join(f"- {feitbeeld.reminded(v)}" for v in reversed(vastleggingen)))


def zichtbaar(dossier: Dossier, gebruiker: Gebruiker) -> list[Vastlegging]:
    """Return the facts that the user may see: not that this klacht is linked to one that is not for the user."""
    verborgen = {
        vastlegging.nr
        for vastlegging in dossier.vastleggingen
        if isinstance(vastlegging.feit, g.KlachtGekoppeld) and not delen.leest(vastlegging.feit.met, gebruiker)
    }
    return [v for v in dossier.vastleggingen if v.nr not in verborgen and v.corrigeert not in verborgen]


def readable(feit: Gebeurtenis, gebruiker: Gebruiker) -> Gebeurtenis:
    """Return the fact without the number of another klacht that is not for the user."""
    if isinstance(feit, g.KlachtVervallen) and feit.dubbel_van and not delen.leest(feit.dubbel_van, gebruiker):
        return replace(feit, dubbel_van="")
    return feit


def _feit(
    dossier: Dossier,
    vastlegging: Vastlegging,
    reglement: Reglement,
    kan: set[str],
    geldt: bool,
    later: dict[int, Vastlegging],
) -> None:
    feit = vastlegging.feit
    stap = f"Stap {feit.stap}. " if feit.stap else ""
    merk, pictogram = _merk(vastlegging, geldt, later)
    hier = plek(dossier.klachtnummer)
    wijkt_af = afwijkingen.MERK if feit.afwijkingen else ""
    label = f"{taal.datum(feit.gebeurd_op)} · {stap}**{feitbeeld.titel(feit)}** {merk} {wijkt_af}".rstrip()
    geopend = str(st.session_state.get(hier) or "").startswith(f"{vastlegging.nr}/")
    with st.expander(label, icon=pictogram, type="step", expanded=geopend):
        feitbeeld.toon_regels(readable(dossier.as_read(vastlegging), scherm.gebruiker()), reglement)
        if feit.afwijkingen:
            woorden = afwijkingen.opgesomd(feit.afwijkingen, reglement)
            st.markdown(f"**Vastgelegde afwijking van het reglement**: {onderdelen.veilig(woorden)}")
        feitbeeld.reasons(feit)
        st.markdown(
            f":small[Feit {vastlegging.nr} · vastgelegd door {feitbeeld.wie_wanneer(vastlegging)} · "
            f"zegel {vastlegging.zegel[:12]}]"
        )
        if geldt:
            _herstel(dossier, vastlegging, reglement, kan, hier)


def _merk(vastlegging: Vastlegging, geldt: bool, later: dict[int, Vastlegging]) -> tuple[str, str]:
    if isinstance(vastlegging.feit, g.FeitHerroepen):
        return f":orange-badge[herroept feit {vastlegging.corrigeert}]", ":material/undo:"
    if geldt:
        if vastlegging.corrigeert:
            return f":blue-badge[correctie van feit {vastlegging.corrigeert}]", ":material/edit:"
        return "", ":material/check_circle:"
    opvolger = later.get(vastlegging.corrigeert or vastlegging.nr)
    if opvolger is None:
        return ":gray-badge[geldt niet meer]", ":material/history:"
    woord = "herroepen" if isinstance(opvolger.feit, g.FeitHerroepen) else "gecorrigeerd"
    return f":gray-badge[{woord} door feit {opvolger.nr}]", ":material/history:"


def _herstel(dossier: Dossier, vastlegging: Vastlegging, reglement: Reglement, kan: set[str], hier: str) -> None:
    eerste = vastlegging.corrigeert or vastlegging.nr
    knoppen = [("corrigeren_feit", "Corrigeren", ":material/edit:")]
    if not isinstance(vastlegging.feit, BEGIN):
        knoppen.append(("herroepen_feit", "Herroepen", ":material/undo:"))
    knoppen = [knop for knop in knoppen if knop[0] in kan]
    if not knoppen or isinstance(vastlegging.feit, g.OVER_BEWAREN) or vastlegging.feit.soort in g.VAN_DE_POST:
        return
    with st.container(horizontal=True, gap="xsmall"):
        for naam, label, pictogram in knoppen:
            st.button(
                label,
                icon=pictogram,
                key=f"{hier}.{vastlegging.nr}.{naam}",
                on_click=formulier.toggle,
                args=(hier, f"{vastlegging.nr}/{naam}"),
            )
    gekozen = st.session_state.get(hier)
    if gekozen == f"{vastlegging.nr}/corrigeren_feit":
        formulier.toon_opdracht(
            correctie.opdracht(dossier, vastlegging, plek=HISTORIE),
            kenmerk=f"{HISTORIE}/{dossier.klachtnummer}/corrigeren/{vastlegging.nr}",
            begin=correctie.begin(vastlegging),
            dossier=dossier,
            knop="Correctie vastleggen",
        )
    elif gekozen == f"{vastlegging.nr}/herroepen_feit":
        formulier.toon(
            HANDELINGEN["herroepen_feit"],
            dossier.klachtnummer,
            sleutel=HISTORIE,
            vast={"nr": eerste},
            dossier=dossier,
            knop="Feit herroepen",
        )
