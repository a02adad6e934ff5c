"""One e-mail on the screen: a line with how it stands, what it says, and what can be done; on Post and in a dossier."""

from __future__ import annotations

from typing import Any

import streamlit as st

from klachten import handelingen, scherm, taal
from klachten.handelingen import HANDELINGEN, Uitkomst
from klachten.post import uit
from klachten.post.uit import handelen
from klachten.post.uit.bericht import (
    AANGEHOUDEN,
    BEZIG,
    BRIEF,
    INGETROKKEN,
    MISLUKT,
    ONZEKER,
    OVERZICHT,
    TERUGGEKOMEN,
    UITNODIGING,
    VERZONDEN,
    WACHT,
    Bericht,
)
from klachten.post.uit.overdag import past
from klachten.scherm import aanbod, formulier, kijklog, onderdelen
from klachten.scherm.dossier import bekijken, stuk
from klachten.scherm.dossier.feit import letterlijk
from klachten.scherm.onderdelen import veilig
from klachten.toegang import instellingen

_WAARVOOR = {BRIEF: "Brief", OVERZICHT: "Overzicht", UITNODIGING: "Uitnodiging"}
_MERK = {
    WACHT: ("blue", "schedule_send", "wacht"),
    BEZIG: ("blue", "outgoing_mail", "wordt verstuurd"),
    VERZONDEN: ("green", "mark_email_read", "verzonden"),
    MISLUKT: ("red", "error", "niet verzonden"),
    ONZEKER: ("orange", "help", "niet zeker"),
    AANGEHOUDEN: ("orange", "pause_circle", "aangehouden"),
    INGETROKKEN: ("gray", "cancel", "ingetrokken"),
    TERUGGEKOMEN: ("red", "undo", "teruggekomen"),
}
_VRAAG = {
    MISLUKT: "De mailserver nam dit niet aan. Laat het opnieuw versturen als de oorzaak weg is, of trek het in.",
    ONZEKER: (
        "Het versturen begon, maar er is geen antwoord van de mailserver vastgelegd: het kan zijn aangekomen. Ga dat "
        "na, bijvoorbeeld bij de ontvanger. Het gaat niet vanzelf nog eens."
    ),
    AANGEHOUDEN: (
        "Dit register is teruggezet of gekopieerd. Kijk of dit bericht al eerder is verstuurd, en laat het dan pas "
        "gaan."
    ),
    TERUGGEKOMEN: (
        "Dit is aangenomen en daarna teruggekomen: wie het moest lezen, heeft het niet gekregen. Kijk of "
        "het adres klopt, en stuur het "
        "opnieuw of op een andere manier."
    ),
}
_NIET_GEGAAN = (
    "Dit is niet verstuurd. Trek het in als het zo niet meer klopt, of laat het opnieuw versturen als u zeker weet dat "
    "het zo moet gaan."
)
_KNOPPEN = {
    handelen.VRIJGEVEN: ("Opnieuw versturen", ":material/send:"),
    handelen.INTREKKEN: ("Intrekken", ":material/cancel:"),
    handelen.AANGEKOMEN: ("Is aangekomen", ":material/mark_email_read:"),
    handelen.TERUG: ("Is teruggekomen", ":material/undo:"),
    handelen.STAP: ("De stap klopt", ":material/task_alt:"),
}


def zinnen(bericht: Bericht) -> list[str]:
    """Return what is asked about a message, in sentences for a reader; none when it goes its way."""
    gevraagd = [_VRAAG[bericht.toestand]] if bericht.toestand in _VRAAG else []
    if _held_up(bericht):
        gevraagd = [_NIET_GEGAAN]
    if gevraagd and past(bericht, scherm.vandaag()):
        gevraagd = [handelen.TE_OUD]
    if bericht.zonder_stap:
        gevraagd.append(
            "De brief is verstuurd, maar de stap kon niet worden vastgelegd. Leg die vast in het dossier, en zeg dan "
            "hier dat het klopt."
        )
    return gevraagd


def _lead(bericht: Bericht) -> str:
    """Return what leads in the words about a message; they are not always of a server: there may be none to reach."""
    if bericht.toestand == TERUGGEKOMEN:
        return "In wat terugkwam, stond:"
    return "Waarom niet:" if _held_up(bericht) else "Wat er misging:"


def _held_up(bericht: Bericht) -> bool:
    """Whether no server ever heard of it: it may not go, or cannot be made."""
    return bericht.toestand == MISLUKT and bericht.poging == 0


def wat(bericht: Bericht) -> str:
    """Return what a message is: the letter by its name, an overview, an invitation."""
    naam = bericht.brief.replace("_", " ")
    return f"{_WAARVOOR.get(bericht.waarvoor, 'Bericht')}{f': {naam}' if naam else ''}"


def merk(bericht: Bericht) -> str:
    """Return how a message stands, as a badge."""
    kleur, pictogram, woord = _MERK[bericht.toestand]
    return f":{kleur}-badge[:material/{pictogram}: {woord}]"


def toon(bericht: Bericht, *, plek: str, naar: str = "", inhoud: bool = True) -> None:
    """Draw a message with its texts; `naar` is the dossier to go to, without `inhoud` it is not for this reader."""
    with st.container(border=True, gap="xsmall"):
        waar = f" · {_to(naar)}" if naar else ""
        st.markdown(f"**{veilig(wat(bericht))}**{waar} {merk(bericht)}")
        st.markdown(f":small[{veilig(_course(bericht))}]")
        if bericht.melding and bericht.toestand in (WACHT, MISLUKT, TERUGGEKOMEN):
            st.markdown(_lead(bericht))
            letterlijk(bericht.melding)
        for zin in zinnen(bericht):
            st.warning(veilig(zin), icon=":material/help:")
        if bericht.waarom_zonder_stap and bericht.zonder_stap:
            letterlijk(bericht.waarom_zonder_stap)
        _acts(bericht, plek, inhoud)


def _to(naar: str) -> str:
    """Return the dossier of a message as a link, where it has a page."""
    if naar.startswith("K"):
        return f"[{naar}]({onderdelen.adres('dossier', nummer=naar)})"
    if naar.startswith("E"):
        return f"[{naar}]({onderdelen.adres('verbeteracties', evaluatie=naar)})"
    return veilig(naar)


def _course(bericht: Bericht) -> str:
    delen = [f"Klaargezet op {taal.tijdstip(bericht.klaargezet_op)} door {onderdelen.persoon(bericht.door)}"]
    if bericht.poging:
        delen.append(taal.aantal(bericht.poging, "poging", "pogingen"))
    if bericht.verzonden_op:
        delen.append(f"verzonden op {taal.datum(bericht.verzonden_op)}")
    if bericht.opnieuw_op:
        delen.append(f"volgende poging na {taal.tijdstip(bericht.opnieuw_op)}")
    return " · ".join(delen)


def _acts(bericht: Bericht, plek: str, inhoud: bool) -> None:
    """Draw the buttons of what this reader can do, and the form of the one that was pressed."""
    open_op, feiten = f"{plek}.open", handelingen.dossier_van(scherm.register(), bericht.klachtnummer)
    formulier.close_done(plek, open_op)
    mag = [
        naam
        for naam in handelen.acts(bericht, scherm.vandaag())
        if HANDELINGEN[naam].toets(feiten, scherm.gebruiker(), scherm.reglement(feiten))[1] is None
    ]
    with st.container(horizontal=True, gap="xsmall"):
        if inhoud:
            _button("Bekijken", ":material/visibility:", open_op, f"{bericht.nr}/bekijk")
        for naam in mag:
            _button(*_KNOPPEN[naam], open_op, f"{bericht.nr}/{naam}")
    nr, _, gekozen = str(st.session_state.get(open_op) or "").partition("/")
    if nr != str(bericht.nr):
        return
    if gekozen == "bekijk" and inhoud:
        _content(bericht)
    elif gekozen in mag:
        _form(bericht, gekozen, plek, feiten)


def _button(label: str, pictogram: str, open_op: str, wat: str) -> None:
    st.button(label, icon=pictogram, key=f"{open_op}.{wat}", on_click=formulier.toggle, args=(open_op, wat))


def _content(bericht: Bericht) -> None:
    """Draw what goes, or went: to whom, what it is about, what it says, and the file."""
    kijklog.betreft(bericht.klachtnummer)
    for label, tekst in (
        ("Aan", bericht.aan), ("Onderwerp", bericht.onderwerp), ("Bestand", bericht.naam), ("Tekst", bericht.inhoud),
    ):  # fmt: skip
        if tekst:
            with st.container(gap=None):
                st.markdown(f"**{label}**")
                letterlijk(tekst)
    if bericht.document:
        _file(bericht)


def _file(bericht: Bericht) -> None:
    """Let the file of a letter be looked at and kept, at the address of the fact with which it was put ready."""
    if bericht.document not in scherm.register().dossiers.documents(bericht.klachtnummer):
        st.markdown(bekijken.WEG)
        return
    bekijken.toon(bericht.klachtnummer, bericht.nr, bericht.document, bericht.naam)
    adres = stuk.adres(bericht.klachtnummer, bericht.nr)
    aanbod.verwijs("Bestand downloaden", adres, key=f"bericht.bestand.{bericht.nr}")


def _form(bericht: Bericht, naam: str, plek: str, feiten: Any) -> None:
    handeling, wie, vandaag = HANDELINGEN[naam], scherm.gebruiker(), scherm.vandaag()

    def record(invoer: dict[str, Any], reden: str, afwijking: str) -> Uitkomst:
        return handelen.do(scherm.register(), wie, naam, bericht.nr, vandaag=vandaag, reden=reden, **invoer)

    formulier.toon_opdracht(
        formulier.Opdracht(
            naam=naam,
            titel=handeling.titel,
            stap=0,
            velden=tuple(veld for veld in handeling.gevraagd if veld.naam != "bericht"),
            reden_verplicht=handeling.reden_verplicht,
            klachtnummer=bericht.klachtnummer,
            plek=plek,
            record=record,
            toets=lambda: formulier.refusal(handeling, bericht.klachtnummer),
        ),
        kenmerk=f"{plek}/{bericht.nr}/{naam}",
        dossier=feiten,
        knop=_KNOPPEN[naam][0],
    )


def may_go() -> str:
    """Return why nothing is sent now, as a sentence; "" when mail goes out."""
    try:
        gelezen = instellingen.of_register(scherm.register().map)
    except instellingen.OngeldigeInstelling:
        return "De instellingen zijn niet te lezen: er wordt niets verstuurd. De beheerder ziet dit bij Toestand."
    return uit.may_send(scherm.register(), gelezen)
