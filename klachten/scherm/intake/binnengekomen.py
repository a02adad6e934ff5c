"""What came in by e-mail: per mail a klacht, a dossier, or set aside with a reason; nothing happens by itself."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from klachten import concepten, organisatie, rechten, scherm
from klachten.dossier.klacht import Dossier
from klachten.dossier.lezen import mag_lezen
from klachten.dossier.weigering import gezegd
from klachten.handelingen import Geweigerd, dossier_van
from klachten.organisatie import Gebruiker
from klachten.post.binnen import NietTeLezen, read, vastleggen
from klachten.post.binnen.voorstel import TERUG
from klachten.postvak import TERZIJDE, Poststuk
from klachten.register.fouten import RegisterFout
from klachten.scherm import formulier, kijklog, onderdelen, velden
from klachten.scherm.dossier.feit import letterlijk
from klachten.scherm.intake import retour
from klachten.scherm.intake.formulier import NEE, Intake
from klachten.scherm.intake.mail import BINNEN as PLEK
from klachten.scherm.intake.mail import begin, postvak, toon
from klachten.scherm.intake.opruimen import TERZIJDE as TERZIJDE_LANG
from klachten.taal import aantal, datum
from klachten.tijdzone import NEDERLAND

HOOGSTENS = 20
NIEMAND_NOG = {"op_schrift": NEE, "kanaal": None, "indiener_naam": "", "indiener_contact": ""}
WEG = "Deze mail is er niet meer: iemand anders heeft haar al verwerkt, of zij is gewist."


def binnengekomen(intake: Intake, gebruiker: Gebruiker) -> None:
    """Draw the mails that wait for a person, as far as this one may see them."""
    formulier.meldingen(PLEK)
    if fout := st.session_state.pop(f"{PLEK}.fout", ""):
        onderdelen.weigering(fout, soort="mail_weg")
    stukken = [stuk for stuk in postvak().proposals() if may_see(stuk, gebruiker)]
    wacht = [stuk for stuk in stukken if stuk.stand != TERZIJDE]
    if wacht:
        with st.expander(f"Binnengekomen mail ({len(wacht)})", icon=":material/inbox:"):
            for stuk in wacht[:HOOGSTENS]:
                with st.container(border=True):
                    _stuk(intake, stuk)
            if len(wacht) > HOOGSTENS:
                st.markdown(f"De oudste {HOOGSTENS} staan hier; de andere volgen als u deze hebt verwerkt.")
    if terzijde := [stuk for stuk in stukken if stuk.stand == TERZIJDE]:
        lang = aantal(TERZIJDE_LANG.days, "dag", "dagen")
        with st.expander(f"Terzijde gelegde mail ({len(terzijde)}), {lang} bewaard", icon=":material/archive:"):
            for stuk in terzijde[:HOOGSTENS]:
                with st.container(border=True):
                    toon(stuk)
                    door, op = organisatie.naam(stuk.door), stuk.terzijde_op
                    letterlijk(f"Terzijde gelegd door {door}{f' op {datum(op.date())}' if op else ''}: {stuk.reden}")
                    st.button("Terughalen", key=f"{PLEK}.{stuk.id}.terug", on_click=_back, args=(stuk.id,))


def may_see(stuk: Poststuk, gebruiker: Gebruiker) -> bool:
    """Tell whether somebody may see a proposal: one for a dossier only who reads that, the others who takes mail in."""
    dossier = _dossier(stuk)
    if dossier is not None:
        return mag_lezen(dossier, gebruiker) is None
    return rechten.mag("inzage", "postbus", gebruiker).mag


def _dossier(stuk: Poststuk) -> Dossier | None:
    """The dossier whose number stands in the subject, None when there is none."""
    try:
        dossier = dossier_van(scherm.register(), str(stuk.gegevens.get("klachtnummer") or "-"))
    except (Geweigerd, RegisterFout, ValueError):
        return None
    return dossier if isinstance(dossier, Dossier) else None


def _stuk(intake: Intake, stuk: Poststuk) -> None:
    toon(stuk)
    letterlijk(velden.kort(stuk.gegevens["tekst"], 400))
    nummer = stuk.gegevens["klachtnummer"] if _dossier(stuk) else ""
    if nummer:
        kijklog.toont(nummer)
        if not stuk.gegevens.get(TERUG):
            st.markdown(f"In het onderwerp staat **{nummer}**: dit is misschien een antwoord bij die klacht.")
    retour.toon(stuk, PLEK, _returned)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if not stuk.gegevens["te_groot"]:
            st.button(
                "Maak er een klacht van", key=f"{PLEK}.{stuk.id}.klacht", on_click=_become, args=(intake, stuk.id),
                icon=":material/edit_note:",
            )  # fmt: skip
            st.button(
                "Leg vast als signaal", key=f"{PLEK}.{stuk.id}.signaal", on_click=_become, args=(intake, stuk.id, True),
                icon=":material/record_voice_over:",
                help="Als een ander hierin doorgeeft wat iemand mondeling zei. Wat de indiener zelf schrijft, is een "
                "klacht.",
            )  # fmt: skip
            st.text_input("Klachtnummer", value=nummer, key=f"{PLEK}.{stuk.id}.nummer", autocomplete="off")
            st.button("Bij dit dossier voegen", key=f"{PLEK}.{stuk.id}.bij", on_click=_put, args=(stuk.id,))
        st.text_input("Of terzijde, omdat", key=f"{PLEK}.{stuk.id}.reden", autocomplete="off")
        st.button("Terzijde leggen", key=f"{PLEK}.{stuk.id}.weg", on_click=_aside, args=(stuk.id,))


def _seen(id: str) -> Poststuk:
    """Return a proposal that is still there for this user; Geweigerd otherwise, whatever the page showed."""
    stuk = postvak().get(id)
    if stuk is None or stuk.wie or not may_see(stuk, scherm.gebruiker()):
        raise Geweigerd(WEG, soort="intussen_veranderd")
    return stuk


def _become(intake: Intake, id: str, signaal: bool = False) -> None:
    sinds = concepten.stand()
    try:
        stuk = _seen(id)
        post = read(postvak().original(stuk.id))
    except (Geweigerd, NietTeLezen, OSError) as fout:
        _tell(gezegd(fout) if isinstance(fout, Geweigerd | NietTeLezen) else WEG)
        return
    # Who sent it is not who is dissatisfied: a person says who was.
    begin(intake, post, "", sinds=sinds, voorstel=stuk.id, **(NIEMAND_NOG if signaal else {}))


def _put(id: str) -> None:
    """Put a mail into the dossier that the user names, by all the rules of adding a document there."""
    nummer = str(st.session_state.get(f"{PLEK}.{id}.nummer", "")).strip().upper()
    register, gebruiker = scherm.register(), scherm.gebruiker()
    try:
        stuk = _seen(id)
        if not nummer.startswith("K"):
            raise Geweigerd("Vul het klachtnummer in van het dossier waar deze mail bij hoort.", soort="kies_eerst")
        uitkomst = vastleggen.record_in(
            register, gebruiker, nummer, read(postvak().original(stuk.id)), lambda: _seen(id) and None,
            vandaag=scherm.vandaag(),
        )  # fmt: skip
    except OSError:
        _tell(WEG)
    except (Geweigerd, NietTeLezen, RegisterFout) as fout:
        _tell(gezegd(fout))
    else:
        postvak().discard(id)
        feiten = ", ".join(str(nr) for nr in uitkomst.nrs)
        formulier.meld(f"De mail is met de bijlagen bij klacht {nummer} gevoegd (feit {feiten}).", plek=PLEK)


def _returned(id: str) -> None:
    try:
        zin = retour.record(_seen(id), PLEK)
    except (Geweigerd, RegisterFout) as fout:
        _tell(gezegd(fout))
    else:
        postvak().discard(id)
        formulier.meld(zin, plek=PLEK)


def _aside(id: str) -> None:
    reden = str(st.session_state.get(f"{PLEK}.{id}.reden", "")).strip()
    try:
        _seen(id)
    except Geweigerd as fout:
        _tell(gezegd(fout))
        return
    if not reden:
        _tell("Vul in waarom u deze mail terzijde legt: wie er later naar zoekt, wil dat weten.")
        return
    postvak().set_aside(id, scherm.gebruiker().id, reden[:1000], datetime.now(NEDERLAND))
    lang = aantal(TERZIJDE_LANG.days, "dag", "dagen")
    formulier.meld(f"De mail is terzijde gelegd. U kunt haar nog {lang} terughalen.", plek=PLEK)


def _back(id: str) -> None:
    try:
        _seen(id)
    except Geweigerd as fout:
        _tell(gezegd(fout))
        return
    postvak().take_back(id)


def _tell(zin: str) -> None:
    st.session_state[f"{PLEK}.fout"] = zin
