"""Erasing on the screen: what was proposed, and proposing or erasing many at once; of one dossier see wissen_een."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import handelingen, scherm, taal
from klachten.bewaring import Bewaring
from klachten.dossier.klacht import Feiten
from klachten.dossier.rechten import rollen_voor
from klachten.dossier.weigering import gezegd
from klachten.gebeurtenissen import Vastlegging
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer
from klachten.register.fouten import RegisterFout
from klachten.scherm import formulier, onderdelen
from klachten.scherm.beheer import bewaren
from klachten.scherm.onderdelen import veilig

PLEK = "wissen"
REDEN, WEET, FOUT = (f"{PLEK}.{deel}" for deel in ("reden", "weet", "fout"))
VOORSTELLEN, UITVOEREN = "voorstellen_wissen", "uitvoeren_wissen"
HOOGSTENS = 100
"""So many at once: each is looked at when it is shown, and again when it is recorded."""
NIET_TERUG = "Wissen kan niet worden teruggedraaid."
EERST_KIJKEN = f"Er is nog niets gewist. {NIET_TERUG} Vink eerst aan dat u gekeken hebt."


def toon(hoeveel: Mapping[str, int]) -> None:
    """Draw what waits for the other person, and what can be proposed at once; of undone imports see wissen_terug."""
    formulier.meldingen(PLEK)
    if fout := st.session_state.pop(FOUT, ""):
        onderdelen.weigering(fout)
    if aantal := hoeveel["voorgesteld"]:
        onderdelen.kop(f"Voorgesteld om te wissen ({onderdelen.getal(aantal)})")
        alle = bewaren.rijen("voorgesteld", HOOGSTENS)
        van = handelingen.alle_bewaard(scherm.register(), [een.nummer for een in alle])
        st.markdown("\n".join(f"- {_said(een, van[een.nummer])}" for een in alle))
    if uit := _first(UITVOEREN, "te_wissen", hoeveel):
        _carry_out(uit, hoeveel["te_wissen"])
    if voor := _first(VOORSTELLEN, "voor_te_stellen", hoeveel):
        _propose(voor, hoeveel["voor_te_stellen"])


def _first(naam: str, deel: str, hoeveel: Mapping[str, int]) -> list[Bewaring]:
    """Return of a part the first with which the user may do this, as many as are shown: the rest is not looked at."""
    uit: list[Bewaring] = []
    for eerste in range(0, hoeveel[deel] if _ever(naam) else 0, HOOGSTENS):
        uit += allowed(naam, bewaren.rijen(deel, HOOGSTENS, eerste))
        if len(uit) >= HOOGSTENS:
            break
    return uit[:HOOGSTENS]


def _ever(naam: str) -> bool:
    """Tell whether there is any kind of dossier with which the user does this, by role; a dossier can still refuse."""
    rollen = {rol for reeks in "KSP" for rol in rollen_voor(naam, scherm.reglement(), reeks)}
    return any(map(scherm.gebruiker().heeft, rollen))


def may(naam: str, nummer: str) -> bool:
    """Tell whether the user may do this with a dossier."""
    return _may(naam, handelingen.bewaard_van(scherm.register(), nummer))


def allowed(naam: str, alle: Sequence[Bewaring]) -> list[Bewaring]:
    """Return those with which the user may do this."""
    van = handelingen.alle_bewaard(scherm.register(), [een.nummer for een in alle])
    return [een for een in alle if _may(naam, van[een.nummer])]


def _may(naam: str, feiten: Feiten) -> bool:
    return HANDELINGEN[naam].toets(feiten, scherm.gebruiker(), scherm.reglement(feiten))[1] is None


def _said(een: Bewaring, feiten: Feiten) -> str:
    voorstel = next(v for v in feiten.vastleggingen if v.nr == een.voorstel)
    return f"**{veilig(een.nummer)}**: {by(voorstel)}"


def by(voorstel: Vastlegging) -> str:
    """Return who proposed it, when and on which ground."""
    feit: Any = voorstel.feit
    grond = g.GRONDEN[feit.grond].lower()
    return f"{onderdelen.bij_naam(voorstel.door)}, {taal.datum(feit.gebeurd_op)}: {veilig(grond)}"


def _carry_out(uit: Sequence[Bewaring], van: int) -> None:
    with st.form("wissen.uitvoeren"):
        _part(len(uit), van)
        st.multiselect(
            "Welke wist u?", [een.nummer for een in uit], key="wissen.welke", placeholder="Kies wat u gezien hebt"
        )
        st.checkbox(f"{NIET_TERUG} Ik heb gekeken of dit weg kan.", key=WEET)
        st.form_submit_button("Wissen", type="primary", on_click=send, args=(_erase, {e.nummer: e for e in uit}))


def _part(hier: int, van: int) -> None:
    """Say that there are more than can be chosen here, if there are."""
    if van > hier:
        st.markdown(
            f":small[U ziet hier {onderdelen.getal(hier)} van de {onderdelen.getal(van)}: wat het langst over de "
            "termijn is, en wat u zelf mag doen.]"
        )


def _propose(voor: Sequence[Bewaring], van: int) -> None:
    onderdelen.kop("Voorstellen om te wissen")
    st.markdown("Wat over de bewaartermijn is en gewist kan worden. Daarna kijkt de directie, en die wist.")
    with st.form("wissen.voorstellen"):
        nummers = [een.nummer for een in voor]
        _part(len(voor), van)
        st.multiselect("Welke stelt u voor?", nummers, default=nummers, key="wissen.voor", placeholder="Kies")
        st.text_input("Reden", value="De bewaartermijn is voorbij.", key=REDEN, placeholder="Waarom kan dit weg?")
        st.form_submit_button("Voorstellen", type="primary", on_click=send, args=(_put_forward, {}))


def send(doe: Callable[[dict[str, Bewaring]], str], waarvan: dict[str, Bewaring]) -> None:
    """Do it for all that were chosen, or for none; the sentence says what was done."""
    try:
        formulier.meld(doe(waarvan), plek=PLEK)
    except OngeldigeInvoer as fout:
        st.session_state[FOUT] = " ".join(fout.velden.values())
    except (Geweigerd, RegisterFout) as fout:
        st.session_state[FOUT] = gezegd(fout)


def _put_forward(waarvan: dict[str, Bewaring]) -> str:
    gekozen = st.session_state.get("wissen.voor") or []
    reden = st.session_state.get(REDEN, "")
    propose_all(gekozen, reden)
    return f"Voorgesteld om te wissen: {taal.aantal(len(gekozen), 'dossier', 'dossiers')}."


def _erase(waarvan: dict[str, Bewaring]) -> str:
    gekozen = st.session_state.get("wissen.welke") or []
    if gekozen and not st.session_state.get(WEET):
        raise Geweigerd(EERST_KIJKEN, soort="kies_eerst")
    erase_all(waarvan, gekozen)
    return f"Gewist: {taal.aantal(len(gekozen), 'dossier', 'dossiers')}."


def propose_all(nummers: Iterable[str], reden: str) -> None:
    """Propose to erase these dossiers, which are over their term; all of them or none."""
    _all(VOORSTELLEN, {nummer: {"grond": "bewaartermijn", "wie": "", "ook": (), "reden": reden} for nummer in nummers})


def erase_all(waarvan: Mapping[str, Bewaring], nummers: Iterable[str]) -> None:
    """Erase these dossiers as was proposed; all of them or none."""
    _all(UITVOEREN, {nummer: {"voorstel": waarvan[nummer].voorstel} for nummer in nummers})


def _all(naam: str, invoer: dict[str, dict[str, Any]]) -> None:
    if not invoer:
        raise Geweigerd("Kies eerst een of meer dossiers.", soort="kies_eerst")
    register, wie, vandaag = scherm.register(), scherm.gebruiker(), scherm.vandaag()
    with register.schrijven() as boeking:
        for nummer, wat in invoer.items():
            HANDELINGEN[naam].within(register, boeking, wie, nummer, vandaag=vandaag, **wat)
