"""How somebody signs in, on the page of that person: invite, put right, block. Nothing of it is in the journal."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from klachten import rechten, scherm, taal
from klachten.dossier.weigering import gezegd
from klachten.handelingen import Geweigerd
from klachten.organisatie import Persoon
from klachten.post.uit.bericht import BEZIG, WACHT
from klachten.register import RegisterFout
from klachten.scherm import berichten, kijker, onderdelen, uitnodigen
from klachten.scherm.onderdelen import veilig
from klachten.scherm.volgen import follow
from klachten.tijdzone import NEDERLAND
from klachten.toegang import beheren
from klachten.toegang.accounts import NaamBezet

_LINK = "aanmelding.link"


def toon(persoon: Persoon) -> None:
    """Draw how the account of a person is, and what may be done to it; nothing in the example."""
    deur = kijker.door()
    if deur is None or not rechten.mag("inzage", "aanmeldingen", scherm.gebruiker()).mag:
        return
    # What was recorded a moment ago on this very page may have changed the account too.
    follow(deur, scherm.register(), kijker.now())
    if persoon.gewist:
        return
    stand = beheren.look(deur, persoon.id, kijker.now())
    onderdelen.kop("Aanmelden")
    st.markdown(_state(stand))
    _link(persoon)
    if persoon.id == scherm.gebruiker().id:
        st.markdown("Uw eigen wachtwoord en tweede stap wijzigt u bij [Mijn aanmelding](/mijn-aanmelding).")
        return
    if not persoon.werkt(scherm.vandaag()):
        return
    mail = uitnodigen.possible(persoon)
    _mailed(persoon)
    with st.container(horizontal=True):
        if stand.stand in (beheren.GEEN, beheren.UITGENODIGD):
            # Once more makes the link that was handed over worthless: it is not what comes next.
            weer = stand.stand == beheren.UITGENODIGD
            wat, hoe = ("Opnieuw uitnodigen", "secondary") if weer else ("Uitnodigen", "primary")
            st.button(wat, key="aanmelding.uitnodigen", on_click=_invite, args=(persoon,), type=hoe)
            if mail:
                st.button(f"{wat} per e-mail", key="aanmelding.mailen", on_click=_invite, args=(persoon, True))
        elif stand.stand == beheren.ACTIEF:
            st.button("Nieuw wachtwoord laten kiezen", key="aanmelding.herstel", on_click=_reset, args=(persoon, False))
            if mail:
                st.button(
                    "Nieuw wachtwoord per e-mail", key="aanmelding.herstelmail", on_click=_reset,
                    args=(persoon, False, True),
                )  # fmt: skip
            # A second step is given up face to face alone: else a mailbox would be all that one needs.
            if stand.tweede_stap:
                st.button("Ook de tweede stap opnieuw", key="aanmelding.stap", on_click=_reset, args=(persoon, True))
        if stand.stand == beheren.GEBLOKKEERD:
            st.button("Weer laten aanmelden", key="aanmelding.vrij", on_click=_unblock, args=(persoon,))
        elif stand.stand != beheren.GEEN:
            st.button("Blokkeren", key="aanmelding.blokkeren", on_click=_block, args=(persoon,))


def _state(stand: beheren.Accountstand) -> str:
    if stand.stand == beheren.GEEN:
        return "Deze persoon kan zich nog niet aanmelden."
    zinnen = [f"Meldt zich aan als **{veilig(stand.aanmeldnaam)}**: {stand.stand}."]
    if stand.stand == beheren.ACTIEF:
        zinnen.append("Met een tweede stap." if stand.tweede_stap else "Zonder tweede stap.")
    if stand.laatst_gezien is not None:
        gezien = datetime.fromtimestamp(stand.laatst_gezien, NEDERLAND)
        zinnen.append(f"Laatst gezien op {taal.tijdstip(gezien)}.")
    return " ".join(zinnen)


def _link(persoon: Persoon) -> None:
    """Show a link that was just made, once: it is as good as a password until it is used."""
    wie, code, fout = st.session_state.pop(_LINK, ("", "", ""))
    if wie != persoon.id:
        return
    if fout:
        onderdelen.weigering(fout, soort="aanmelden_link")
        return
    if not code:
        st.success(
            f"De uitnodiging gaat binnen een paar minuten per e-mail naar {veilig(persoon.naamdelen.e_mail)}. De link "
            "erin wordt pas bij het versturen gemaakt, werkt één keer, en niet langer dan drie dagen vanaf nu.",
            icon=":material/outgoing_mail:",
        )
        return
    st.success(
        "Geef deze link zelf aan deze persoon, en aan niemand anders. De link werkt één keer en is drie dagen geldig. "
        "U ziet de link alleen nu; nodigt u opnieuw uit, dan werkt deze niet meer.",
        icon=":material/key:",
    )
    st.code(f"{kijker.origin()}/uitnodiging/{code}", language=None)


def _mailed(persoon: Persoon) -> None:
    """Say how the invitation by mail stands, and what it does to a link that was handed over."""
    if (bericht := uitnodigen.waiting(persoon)) is None:
        return
    st.markdown(f"Uitnodiging per e-mail van {taal.tijdstip(bericht.klaargezet_op)} {berichten.merk(bericht)}")
    if bericht.toestand in (WACHT, BEZIG):
        st.markdown("Zodra die e-mail weggaat, werkt een link die u eerder gaf niet meer.")


def _invite(persoon: Persoon, per_mail: bool = False) -> None:
    deur, door = kijker.door(), _may(persoon)
    if not (deur and door):
        return
    naam = persoon.naamdelen.e_mail
    try:
        if not naam:
            raise NaamBezet("Vul eerst een e-mailadres in bij deze persoon: daarmee meldt iemand zich aan.")
        code = beheren.invite(deur, persoon.id, naam, door, kijker.now())
    except NaamBezet as fout:
        st.session_state[_LINK] = (persoon.id, "", gezegd(fout))
    else:
        _hand_over(persoon, code, per_mail, nieuw=True)


def _reset(persoon: Persoon, tweede_stap: bool, per_mail: bool = False) -> None:
    deur, door = kijker.door(), _may(persoon)
    if deur and door:
        code = beheren.reset(deur, persoon.id, door, kijker.now(), tweede_stap=tweede_stap)
        _hand_over(persoon, code, per_mail, nieuw=False)


def _hand_over(persoon: Persoon, code: str, per_mail: bool, *, nieuw: bool) -> None:
    """Show the link, or have one mailed: then this one is not shown, and works no more once the mail goes."""
    fout = ""
    if per_mail:
        code = ""
        try:
            uitnodigen.put_ready(persoon, nieuw=nieuw)
        except (Geweigerd, RegisterFout, OSError) as waarom:
            fout = str(waarom)
    st.session_state[_LINK] = (persoon.id, code, fout)


def _block(persoon: Persoon) -> None:
    deur, door = kijker.door(), _may(persoon)
    if deur and door:
        beheren.block(deur, persoon.id, door, kijker.now())


def _unblock(persoon: Persoon) -> None:
    deur, door = kijker.door(), _may(persoon)
    if deur and door:
        beheren.unblock(deur, persoon.id, door)


def _may(persoon: Persoon) -> str:
    """Return who presses the button, asked anew: a session or a role may have ended since the page was drawn.

    Empty for who may not, and for oneself: the own sessions end with it, and so would the page that shows the link.
    """
    wie = scherm.gebruiker()
    return wie.id if wie.id != persoon.id and rechten.mag("inzage", "aanmeldingen", wie).mag else ""
