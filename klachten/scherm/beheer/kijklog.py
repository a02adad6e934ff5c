"""Page Kijklog: who opened, searched, took along or signed in, by month; and whether the log is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from klachten import organisatie, rechten, scherm, taal
from klachten.analyse.werk.bestanden import Kijkregel
from klachten.analyse.werk.dossierkeuze import readable_signalen
from klachten.analyse.werk.klachtenlijst import readable
from klachten.kijklog import BEWAREN, ONBEKEND, OPDRACHT, REGISTER, SOORTEN, Gelezen, Kijklog, Regel, waiting
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.scherm import excelknop, kijklog, onderdelen, paginas, uitvoer
from klachten.scherm.onderdelen import veilig
from klachten.tijdzone import NEDERLAND

MAAND, WIE, WAT, NUMMER, BLAD = (f"kijklog.{deel}" for deel in ("maand", "wie", "wat", "nummer", "blad"))
PER_BLAD = 100
ZONDER = "Regels over klachten waarbij u betrokken bent, staan hier niet bij."
_NIEMAND = {
    ONBEKEND: "Onbekend",
    REGISTER: "Het register zelf",
    OPDRACHT: "Een opdracht op de computer van het register",
}
_GEWEIGERD = "geweigerd"


def log() -> Kijklog:
    """Return the log with everything in it that happened until now."""
    nu = kijklog.van(scherm.register())
    nu.flush()
    return nu


def visible_to(regels: Iterable[Gelezen], gebruiker: Gebruiker, register: Register) -> list[Gelezen]:
    """Return what this user may see of these lines: nothing of looking into a klacht that the user may not read.

    Nor into the signaal that such a klacht was before. What was refused stays, without the number unless the user may
    read that dossier: a number that is not there looks the same, so that trying one tells nothing.
    """
    alle = list(regels)
    klachten, signalen = ({een.regel.nummer for een in alle if een.regel.nummer.startswith(reeks)} for reeks in "KS")
    with register.cursor() as cursor:
        dicht = klachten - readable(cursor, sorted(klachten), gebruiker)
        dicht |= signalen - readable_signalen(cursor, sorted(signalen), gebruiker)
    uit = []
    for een in alle:
        if een.regel.nummer in dicht:
            if not een.regel.geweigerd:
                continue
            uit.append(Gelezen(_without_number(een.regel), een.heel))
        else:
            uit.append(een)
    return uit


def _without_number(regel: Regel) -> Regel:
    return Regel(regel.op, regel.wat, regel.wie, regel.waar, sessie=regel.sessie, geweigerd=True)


def staat(nu: Kijklog) -> None:
    """Say how far the log goes back, whether it is whole, and whether it can be written."""
    if nu.fout:
        onderdelen.weigering(nu.fout, soort="alleen_lezen")
    keuring = nu.keten.keur()
    tot = f"Het gaat terug tot {_month(keuring.vanaf)}." if keuring.vanaf else "Er is nog niets gebeurd."
    st.markdown(
        f"{tot} Een maand wordt {BEWAREN} maanden daarna verwijderd; alleen een controlegetal blijft. {ZONDER} "
        "Welke woorden iemand zocht, wordt niet bijgehouden; wat iemand met de browser afdrukt, ziet het register niet."
    )
    if keuring.gebreken:
        onderdelen.weigering(
            "Het kijklog is niet heel. Wat er wel te lezen is, staat hieronder.", soort="kijklog_niet_heel"
        )
        st.markdown("\n".join(f"- {veilig(zin)}" for zin in keuring.gebreken))
    for maand, weg in keuring.verloren:
        st.warning(
            f"In {_month(maand)} gingen regels verloren (minstens {onderdelen.getal(weg)}): door een stroomstoring, "
            "een volle schijf, of doordat iemand ze weghaalde.",
            icon=":material/report:",
        )
    if keuring.te_oud:
        st.warning(waiting(keuring.te_oud), icon=":material/schedule:")
    if keuring.vanaf and not (keuring.gebreken or keuring.verloren):
        st.markdown(":green-badge[:material/verified: De keten is heel] Geen regel is veranderd of weggehaald.")


def kies_maand(nu: Kijklog) -> str:
    """Let the reader choose a month; the newest at first, empty when there is none."""
    maanden = nu.keten.maanden()[::-1]
    if not maanden:
        return ""
    gekozen = st.selectbox("Maand", maanden, format_func=_month, key=MAAND, placeholder="Kies een maand", width=220)
    return gekozen or maanden[0]


def kies(gelezen: Sequence[Gelezen]) -> list[Gelezen]:
    """Let the reader choose who, what and which klacht; return the lines that are left, the newest first."""
    met = st.container(horizontal=True, vertical_alignment="bottom")
    wie = _choose(met, "Wie", WIE, "Iedereen", {een.regel.wie for een in gelezen}, naam)
    soorten = {een.regel.wat for een in gelezen}
    soorten |= {_GEWEIGERD} if any(een.regel.geweigerd for een in gelezen) else set()
    wat = _choose(
        met, "Wat", WAT, "Alles", soorten, lambda id: "Geweigerd" if id == _GEWEIGERD else SOORTEN.get(id, id)
    )
    nummer = met.text_input("Nummer", key=NUMMER, placeholder=f"K{scherm.vandaag().year}-0001", width=180) or ""
    nummer = nummer.strip().upper()
    return [
        een
        for een in reversed(gelezen)
        if wie in ("", een.regel.wie)
        and (wat in ("", een.regel.wat) or (wat == _GEWEIGERD and een.regel.geweigerd))
        and nummer in ("", een.regel.nummer)
    ]


def keuze_in_woorden(maand: str) -> str:
    """Say what is shown, for the file that is taken along."""
    wie, wat = st.session_state.get(WIE) or "", st.session_state.get(WAT) or ""
    delen = [_month(maand)]
    delen += [naam(wie)] if wie else []
    delen += ["geweigerd" if wat == _GEWEIGERD else SOORTEN.get(wat, wat).lower()] if wat else []
    delen += [str(st.session_state[NUMMER]).strip().upper()] if st.session_state.get(NUMMER) else []
    return ", ".join(delen)


def lijst(gekozen: Sequence[Gelezen], maand: str) -> None:
    """Draw the lines, a page at a time, and the button of the file with all of them."""
    if not gekozen:
        onderdelen.lege_staat("Geen regels", "In deze maand is er niets dat aan uw keuze voldoet.")
        return
    limit, eerste = onderdelen.bladeren(
        len(gekozen), key=BLAD, per_blad=PER_BLAD, woord="regel" if len(gekozen) == 1 else "regels"
    )
    st.table([_cells(een) for een in gekozen[eerste : eerste + limit]], hide_index=True)
    gebruiker, register = scherm.gebruiker(), scherm.register()
    maak = uitvoer.kijklog(
        lambda: [in_words(een) for een in visible_to(gekozen, gebruiker, register)], keuze_in_woorden(maand)
    )
    excelknop.toon(f"kijklog-{maand}", maak, key="kijklog.excel", rijen=len(gekozen))


def in_words(een: Gelezen) -> Kijkregel:
    """Return a line in the words of its reader, as text: it is no Markdown."""
    regel, op = een.regel, _moment(een.regel.op)
    wat = SOORTEN.get(regel.wat, regel.wat) + (f" ({_GEWEIGERD})" if regel.geweigerd else "")
    over = [naam(regel.over)] if regel.over else []
    if regel.aantal is not None:
        over.append(f"{onderdelen.getal(regel.aantal)} {'gevonden' if regel.wat == 'gezocht' else 'regels'}")
    over += [] if een.heel else ["deze regel is veranderd"]
    return Kijkregel(
        op.date(), f"{op:%H:%M:%S}", naam(regel.wie), wat, waar(regel.waar), regel.nummer, ", ".join(over), regel.sessie
    )


def naam(id: str) -> str:
    """Return who a line is about."""
    return _NIEMAND.get(id) or organisatie.naam(id)


def waar(id: str) -> str:
    """Return what a page, a file or an address is called; of a page that was asked in SQL with its tables."""
    if rechten.kent("pagina", id):
        return paginas.pagina(id).titel
    bron, _, tabellen = id.partition("/")
    if bron and rechten.kent("pagina", bron):
        return f"{paginas.pagina(bron).titel}: {tabellen.replace('/', ', ')}"
    soort = next((soort for soort in ("uitvoer", "route") if rechten.kent(soort, id)), "")
    return rechten.rij(soort, id).wat if soort else id


def _cells(een: Gelezen) -> dict[str, str]:
    regel = in_words(een)
    nummer = veilig(regel.nummer)
    if regel.nummer.startswith("K") and not een.regel.geweigerd:
        nummer = f"[{nummer}]({onderdelen.adres('dossier', nummer=regel.nummer)})"
    return {
        "Wanneer": f"{regel.dag:%d-%m-%Y}\N{NO-BREAK SPACE}{regel.tijd}",
        "Wie": veilig(regel.wie),
        "Wat": veilig(regel.wat),
        "Waar": veilig(regel.waar),
        "Over": ", ".join(filter(None, [nummer, veilig(regel.over)])),
        "Aanmelding": veilig(regel.sessie),
    }


def _choose(vak: DeltaGenerator, label: str, key: str, zonder: str, er_is: set[str], zeg: Callable[[str], str]) -> str:
    if st.session_state.get(key) not in er_is:
        st.session_state[key] = ""
    opties = ["", *sorted(er_is, key=zeg)]
    gekozen: str = vak.selectbox(
        label, opties, format_func=lambda id: zeg(id) if id else zonder, key=key, placeholder="Kies", width=260
    )
    return gekozen


def _moment(op: str) -> datetime:
    return datetime.fromisoformat(op).astimezone(NEDERLAND)


def _month(maand: str) -> str:
    return f"{taal.MAANDEN[int(maand[5:]) - 1]} {maand[:4]}"
