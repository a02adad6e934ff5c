"""The mail in which a klacht came: dropped on the intake, read, shown with what is wrong, kept with the form."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from klachten import concepten, scherm
from klachten.dossier.klacht import Dossier
from klachten.dossier.lezen import mag_lezen
from klachten.dossier.weigering import gezegd
from klachten.handelingen import Geweigerd, Uitkomst, dossier_van
from klachten.handelingen.stuk import GROOTSTE
from klachten.organisatie import Gebruiker
from klachten.post.binnen import NietTeLezen, Post, read, vastleggen, voorstel
from klachten.postvak import TERZIJDE, Poststuk, Postvak
from klachten.scherm import formulier, onderdelen, velden
from klachten.scherm.dossier.feit import letterlijk
from klachten.scherm.intake import retour
from klachten.taal import aantal, datum
from klachten.tijdzone import NEDERLAND

if TYPE_CHECKING:
    from klachten.scherm.intake.formulier import Intake

VAK, FOUT, BEURT = "intake.mailvak", "intake.mailfout", "intake.mailbeurt"
BINNEN = "binnengekomen"
"""Where the mails that wait are on the page."""
WEG = (
    "De mail bij dit formulier is er niet meer: zij is gewist of elders verwerkt. Haal haar hier weg, of begin opnieuw "
    "met de mail."
)
DOORGEGEVEN = (
    "Een e-mail van de indiener zelf is op schrift, en dus een klacht: kies dan bovenaan 'Ja'. Een signaal is dit "
    "alleen als een ander in de mail doorgeeft wat iemand mondeling zei. Vul hieronder in wie dat was, en niet wie de "
    "mail stuurde."
)


def postvak() -> Postvak:
    """The mails that wait in the register that is open."""
    return Postvak(scherm.register().map, scherm.register().dossiers.sleutels)


def mail(intake: Intake) -> None:
    """Draw the mail of this form, or a place to drop one."""
    if intake.begin.get("mail"):
        with st.container(border=True):
            _with_form(intake)
        return
    with st.expander("Kwam de klacht per e-mail? Sleep de mail hierheen", icon=":material/mail:"):
        key = f"{VAK}.{st.session_state.setdefault(BEURT, 0)}"
        st.file_uploader(
            "Bestand van de mail (.eml of .msg)",
            key=key,
            max_upload_size=GROOTSTE // 2**20,
            on_change=_dropped,
            args=(intake, key),
            help="Sleep de mail uit Outlook of uw mailprogramma naar een map en dan hierheen. De mail en de bijlagen "
            "komen straks zoals zij zijn in het dossier.",
        )
        if fout := st.session_state.get(FOUT):
            onderdelen.weigering(fout, soort="mail_niet_te_lezen")


def _dropped(intake: Intake, key: str) -> None:
    """Read what was dropped and begin a form with it; what was on the form already stays as a concept."""
    bestand = st.session_state.get(key)
    st.session_state[FOUT] = ""
    if bestand is None:
        return
    sinds, inhoud = concepten.stand(), bestand.getvalue()
    try:
        post = read(inhoud, bestand.name)
    except NietTeLezen as fout:
        st.session_state[FOUT] = gezegd(fout)
        return
    st.session_state[BEURT] += 1
    over = voorstel.about(scherm.register(), inhoud, post.onderwerp)
    if over.get(voorstel.TERUG):
        _let_wait(post, bestand.name, over)
    else:
        begin(intake, post, bestand.name, sinds=sinds)


def _let_wait(post: Post, naam: str, over: dict[str, Any]) -> None:
    """Let a report about a message of ours wait, as one from the mailbox does: it is no klacht."""
    vak, zin = postvak(), retour.WACHT
    al = voorstel.waiting(vak, hashlib.sha256(post.oorspronkelijk).hexdigest())
    if al is None:
        gegevens = {**vastleggen.as_shown(post, scherm.vandaag(), naam), **over}
        voorstel.keep(vak, post.oorspronkelijk, gegevens, datetime.now(NEDERLAND))
    elif al.stand == TERZIJDE:
        zin = retour.LAG_TERZIJDE
    formulier.meld(zin, plek=BINNEN, soort="tussendoor")


def begin(intake: Intake, post: Post, naam: str, *, sinds: int, **ook: Any) -> None:
    """Start the form of a klacht with what a mail says and keep the mail with it; `sinds`: from before it was read."""
    waarden = {"op_schrift": "Ja, op schrift", **vastleggen.answers(post), "mail": True, **ook}
    id, _ = intake.start(waarden=waarden, sinds=sinds)
    gegevens = {**vastleggen.as_shown(post, scherm.vandaag(), naam), "al": _already(post, intake.gebruiker)}
    postvak().save(post.oorspronkelijk, gegevens, datetime.now(NEDERLAND), wie=intake.gebruiker.id, id=id)


def of_form(intake: Intake) -> Poststuk | None:
    """The mail that is with this form, if it is there and of this user."""
    stuk = postvak().get(intake.id)
    return stuk if stuk is not None and stuk.wie == intake.gebruiker.id else None


def record(intake: Intake, gebruiker: Gebruiker, /, **invoer: Any) -> Uitkomst:
    """Record the klacht or the signaal of this form together with its mail; Geweigerd when that is gone."""
    stuk = of_form(intake)
    bron = str(intake.begin.get("voorstel", ""))
    if stuk is None:
        raise Geweigerd(WEG, soort="intussen_veranderd")
    try:
        post = read(postvak().original(stuk.id))
    except (OSError, NietTeLezen) as fout:
        raise Geweigerd(WEG, soort="intussen_veranderd") from fout

    def still_there() -> None:
        if bron and postvak().get(bron) is None:
            raise Geweigerd(WEG, soort="intussen_veranderd")

    leg_vast = vastleggen.record_klacht if intake.op_schrift else vastleggen.record_signaal
    return leg_vast(
        scherm.register(), gebruiker, post, still_there, naam=str(stuk.gegevens["naam"]), vandaag=scherm.vandaag(),
        **invoer,
    )  # fmt: skip


def recorded(intake: Intake) -> None:
    """Let go of the mail of a form that was sent, and of the proposal that it was."""
    postvak().discard(intake.id)
    postvak().discard(str(intake.begin.get("voorstel", "")))


def _already(post: Post, gebruiker: Gebruiker) -> str:
    """Say that this very mail is in a dossier already; in which one only to who may read that."""
    register = scherm.register()
    nummer = vastleggen.in_register(register, hashlib.sha256(post.oorspronkelijk).hexdigest())
    if not nummer:
        return ""
    dossier = dossier_van(register, nummer)
    dicht = not isinstance(dossier, Dossier) or mag_lezen(dossier, gebruiker)
    waar = "een dossier" if dicht else f"het dossier van klacht {nummer}"
    return f"Deze mail zit al in {waar}. Leg haar alleen vast als dit een andere klacht is."


def _with_form(intake: Intake) -> None:
    stuk = of_form(intake)
    if stuk is None:
        onderdelen.weigering(WEG, soort="mail_weg")
    else:
        st.markdown("**De mail bij dit formulier.** Zij komt met de bijlagen in het dossier, zoals zij is.")
        toon(stuk)
        _ask_day(intake, stuk)
    st.button("Mail weghalen", key="intake.mail.weg", type="tertiary", on_click=_take_away, args=(intake,))


def toon(stuk: Poststuk) -> None:
    """Show of whom a mail is, what is with it, and what could not be read of it."""
    van = stuk.gegevens
    letterlijk(f"Van: {velden.kort(van['afzender'], 200) or 'onbekend'}")
    letterlijk(f"Aan: {velden.kort(van['aan'], 300) or 'onbekend'}")
    letterlijk(f"Onderwerp: {velden.kort(van['onderwerp'], 200) or 'geen'}")
    if bijlagen := van["bijlagen"]:
        with st.expander(aantal(len(bijlagen), "bijlage", "bijlagen")):
            letterlijk("\n".join(f"{naam} ({_size(groot)})" for naam, groot in bijlagen))
    if van.get("al"):
        st.warning(onderdelen.veilig(van["al"]), icon=":material/content_copy:")
    for zin in van["bezwaren"]:
        st.warning(onderdelen.veilig(zin), icon=":material/report:")
    for zin in van["weggelaten"]:
        st.warning(
            f"Wordt geen apart stuk, en blijft in de mail zelf: {onderdelen.veilig(zin)}", icon=":material/block:"
        )


def _ask_day(intake: Intake, stuk: Poststuk) -> None:
    """Propose the day of the mail as the day of receipt; a person says so, or fills in another."""
    st.markdown(onderdelen.veilig(stuk.gegevens["zin"]))
    if not stuk.gegevens["dag"]:
        return
    dag = date.fromisoformat(stuk.gegevens["dag"])
    if st.session_state.get(f"{intake.key}.op") != dag:
        st.button(
            f"Ja, ontvangen op {datum(dag)}", key="intake.mail.dag", on_click=_take_day, args=(f"{intake.key}.op", dag)
        )


def _take_day(key: str, dag: date) -> None:
    st.session_state[key] = dag


def _take_away(intake: Intake) -> None:
    """Go on with the form as it is filled in, without its mail."""
    postvak().discard(intake.id)
    for naam in ("mail", "voorstel"):
        intake.begin.pop(naam, None)


def _size(groot: int) -> str:
    return f"{groot / 2**20:.1f} MB".replace(".", ",") if groot >= 2**20 else f"{max(1, round(groot / 1024))} kB"
