"""Several klachten at once, on Werkvoorraad: choose the act, then the rows, and read of each what became of it.

Only what is safe (handelingen/samen.py); and letters that ask nothing are made together, to be read and sent one by
one: making them records nothing.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from klachten import handelingen, scherm, taal
from klachten.analyse.werk.werkvoorraad import Taak
from klachten.bestandsnaam import handed_out
from klachten.brieven import BRIEVEN
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer, Veld
from klachten.handelingen import brief as briefhandeling
from klachten.handelingen.briefvragen import vragen
from klachten.handelingen.samen import VEILIG, Een, Uitslag, doe
from klachten.kijklog.regel import GEDOWNLOAD
from klachten.organisatie import Gebruiker
from klachten.scherm import aanbod, kijker, kijklog, onderdelen, velden
from klachten.scherm.lijsten import daden, taakzin
from klachten.scherm.onderdelen import veilig
from klachten.scherm.velden import Omgeving

KEUZE, BEURT, UITKOMST = "samen.keuze", "samen.beurt", "samen.uitkomst"
_BREED = 780
HOOGSTENS = 50
"""So many rows at once: more than that nobody looks through."""
SAMEN = tuple(brief.id for brief in BRIEVEN.values() if brief.stap == 5 and not vragen(brief))
"""Letters that ask nothing, and so can be made together: the acknowledgement."""


@dataclass
class Uitkomst:
    """What became of what was chosen: of a handeling, or the letters that were made (number, file name, file)."""

    daad: str
    invoer: Mapping[str, Any]
    uitslagen: Sequence[Uitslag] = ()
    brieven: Sequence[tuple[str, str, bytes]] = ()
    fouten: Mapping[str, str] | None = None
    zonder_reden: bool = False


def kiezen(getoond: Sequence[Taak], gebruiker: Gebruiker) -> str:
    """Let the user choose what to do for several klachten, where there are several; return it, "" for nothing."""
    past = _fit(getoond, gebruiker)
    kan = {daad: len(past[daad]) for daad in (*VEILIG, *SAMEN) if len(past.get(daad, ())) > 1}
    if st.session_state.get(KEUZE) not in kan:
        st.session_state[KEUZE] = ""
    if kan:
        st.selectbox(
            "Voor meer klachten tegelijk",
            ["", *kan],
            format_func=lambda daad: f"{_name(daad)} ({onderdelen.getal(kan[daad])})" if daad else _GEEN,
            key=KEUZE,
            label_visibility="collapsed",
            placeholder=_GEEN,
            on_change=_forget,
            width=190,
        )
    return str(st.session_state[KEUZE])


_GEEN = "Meer klachten tegelijk …"


def toon(daad: str, getoond: Sequence[Taak], gebruiker: Gebruiker) -> None:
    """Draw the rows to choose from, what is asked for all of them, and the button."""
    taken = _fit(getoond, gebruiker)[daad][:HOOGSTENS]
    beurt = st.session_state.setdefault(BEURT, 0)
    key = f"samen.{daad}#{beurt}"
    with st.container(border=True, width=_BREED):
        onderdelen.tussenkop(_name(daad))
        st.markdown(_explained(daad))
        hokjes = {_mark(taak): f"{key}.{_mark(taak)}" for taak in taken}
        with st.container(horizontal=True, gap="xsmall"):
            for label, aan in (("Alles kiezen", True), ("Niets kiezen", False)):
                st.button(
                    label, key=f"{key}.alles.{aan}", type="tertiary", on_click=_all, args=(list(hokjes.values()), aan)
                )
        with st.form(key, border=False):
            with st.container(gap="xxsmall"):
                for taak in taken:
                    delen = (f"**{taak.klachtnummer}**", taakzin.waarover(taak), veilig(taak.wat))
                    zin = f"{' · '.join(filter(None, delen))} {taakzin.dagen(taak.dagen_over)}"
                    st.checkbox(zin, key=hokjes[_mark(taak)])
            uitkomst: Uitkomst | None = st.session_state.get(UITKOMST)
            fouten = uitkomst.fouten if uitkomst and uitkomst.fouten and uitkomst.daad == daad else {}
            omgeving = Omgeving(scherm.reglement(), scherm.vandaag())
            for veld in _asked(daad):
                velden.widget(
                    veld, omgeving, key=f"{key}.{veld.naam}", handeling=daad, fout=(fouten or {}).get(veld.naam, "")
                )
            if fouten and (los := fouten.get("")):
                velden.mistake(los)
            st.form_submit_button(
                "Brieven maken" if daad in SAMEN else "Vastleggen bij de gekozen klachten",
                key=f"{key}.knop", type="primary", on_click=_do, args=(daad, beurt, key, _seen(taken)),
            )  # fmt: skip


def uitkomst() -> None:
    """Draw what became of what was chosen last: of each klacht that it was recorded, or why it was not."""
    gevonden: Uitkomst | None = st.session_state.get(UITKOMST)
    if gevonden is None or not (gevonden.uitslagen or gevonden.brieven):
        return
    with st.container(border=True, width=_BREED):
        onderdelen.tussenkop(f"{_name(gevonden.daad)}: wat er is gebeurd")
        if gelukt := [u.een.klachtnummer for u in gevonden.uitslagen if u.gelukt]:
            waar = taal.opsomming(dict.fromkeys(gelukt))
            st.success(
                f"Vastgelegd bij {taal.aantal(len(gelukt), 'taak', 'taken')}: {waar}.", icon=":material/check_circle:"
            )
        if gevonden.brieven:
            _letters(gevonden)
        for niet in [u for u in gevonden.uitslagen if not u.gelukt]:
            zin = f"**{niet.een.klachtnummer}** niet: {veilig(niet.waarom)} {onderdelen.waarom(niet.waarom, 'Waarom?')}"
            st.error(zin, icon=":material/block:")
            link = {"doe": gevonden.daad} if gevonden.daad in HANDELINGEN else {}
            onderdelen.verwijzing("dossier", f"Naar {niet.een.klachtnummer}", nummer=niet.een.klachtnummer, **link)
        if met := [u for u in gevonden.uitslagen if u.afwijking]:
            _reason(gevonden, met)
        st.button("Sluiten", key="samen.sluiten", type="tertiary", icon=":material/close:", on_click=_forget)


# --- what is done ----------------------------------------------------------------------------------------------------


def _do(daad: str, beurt: int, key: str, gezien: Mapping[str, Een]) -> None:
    """Do it for what is chosen, once: a second click comes with the turn of the first."""
    if beurt != st.session_state.get(BEURT, 0):
        return
    gekozen = [een for merk, een in gezien.items() if st.session_state.get(f"{key}.{merk}")]
    invoer = velden.filled_in(_asked(daad), key)
    if not gekozen:
        st.session_state[UITKOMST] = Uitkomst(daad, invoer, fouten={"": "Kies eerst bij welke klachten u dit doet."})
        return
    if daad in SAMEN:
        st.session_state[UITKOMST] = _made(daad, gekozen)
    else:
        try:
            uitslagen = doe(scherm.register(), scherm.gebruiker(), daad, gekozen, invoer, vandaag=scherm.vandaag())
        except OngeldigeInvoer as fout:
            st.session_state[UITKOMST] = Uitkomst(daad, invoer, fouten=fout.velden)
            return
        st.session_state[UITKOMST] = Uitkomst(daad, invoer, uitslagen)
    st.session_state[BEURT] = beurt + 1


def _reason(gevonden: Uitkomst, met: Sequence[Uitslag]) -> None:
    """Ask one reason for what deviates from the reglement, now that it is seen of each what that is."""
    key = f"samen.reden#{st.session_state.get(BEURT, 0)}"
    with st.form(key, border=False):
        st.text_area(
            "Reden, bij al deze klachten", key=f"{key}.reden", height=96, placeholder="Waarom is dit zo gegaan?"
        )
        if gevonden.zonder_reden:
            velden.mistake("Vul een reden in.")
        st.form_submit_button(
            f"Toch vastleggen bij {taal.aantal(len(met), 'klacht', 'klachten')}, met deze reden", key=f"{key}.knop",
            on_click=_again, args=(gevonden, list(met), key, st.session_state.get(BEURT, 0)),
        )  # fmt: skip


def _again(gevonden: Uitkomst, met: Sequence[Uitslag], key: str, beurt: int) -> None:
    reden = str(st.session_state.get(f"{key}.reden") or "").strip()
    if beurt != st.session_state.get(BEURT, 0):
        return
    if not reden:
        st.session_state[UITKOMST] = replace(gevonden, zonder_reden=True)
        return
    eerder, gezien = [u for u in gevonden.uitslagen if u not in met], defaultdict[str, list[str]](list)
    for uitslag in met:
        gezien[uitslag.een.klachtnummer] += uitslag.afwijking
    uitslagen = doe(
        scherm.register(), scherm.gebruiker(), gevonden.daad, [u.een for u in met], gevonden.invoer,
        vandaag=scherm.vandaag(), reden=reden, gezien=gezien, al=[nr for u in eerder for nr in u.nrs],
    )  # fmt: skip
    st.session_state[UITKOMST] = Uitkomst(gevonden.daad, gevonden.invoer, [*eerder, *uitslagen])
    st.session_state[BEURT] = beurt + 1


def _made(brief: str, gekozen: Sequence[Een]) -> Uitkomst:
    """Make the letters; nothing is recorded, and each that cannot be made says why."""
    brieven, niet = [], []
    for een in gekozen:
        try:
            tekst, _ = briefhandeling.gemaakt(
                scherm.register(), scherm.gebruiker(), een.klachtnummer, brief=brief, op=scherm.vandaag(),
                vandaag=scherm.vandaag(), antwoorden={},
            )  # fmt: skip
        except Geweigerd as fout:
            niet.append(Uitslag(een, waarom=fout.zin))
        else:
            brieven.append((een.klachtnummer, tekst.naam, tekst.docx))
    return Uitkomst(brief, {}, niet, brieven)


def _letters(gevonden: Uitkomst) -> None:
    """Offer the letters as one file."""
    nummers = taal.opsomming(nummer for nummer, _, _ in gevonden.brieven)
    st.success(
        f"Gemaakt: {taal.aantal(len(gevonden.brieven), 'brief', 'brieven')} ({nummers}).", icon=":material/mail:"
    )
    st.markdown(
        "Er is nog niets verstuurd en niets vastgelegd. Lees elke brief na. Verstuur hem vanuit het dossier, of leg "
        "daar vast dat u hem zelf hebt verstuurd; pas dan is de stap gedaan."
    )
    brieven, brief = tuple(gevonden.brieven), gevonden.daad
    register, wie, sessie, naam = (
        scherm.register(),
        scherm.gebruiker(),
        kijker.hash(),
        f"{brief}-{scherm.vandaag()}.zip",
    )

    def maak() -> bytes:
        uit = io.BytesIO()
        with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as bestand:
            for nummer, van, docx in brieven:
                # Since it was made, the reader may have turned out to be involved.
                if briefhandeling.refusal(register, handelingen.dossier_van(register, nummer), brief, wie) is None:
                    bestand.writestr(f"{nummer} {handed_out(van)}", docx)
                    kijklog.van(register).note(GEDOWNLOAD, wie.id, waar="brief", nummer=nummer, sessie=sessie)
        return uit.getvalue()

    aanbod.knop("Brieven downloaden (zip)", naam, aanbod.MIME, aanbod.Maker("brief", maak), key="samen.zip")


# --- the words and the rows ------------------------------------------------------------------------------------------


def _fit(getoond: Sequence[Taak], gebruiker: Gebruiker) -> dict[str, list[Taak]]:
    """Return per act the tasks that it does, of those that the user can do; not in the place of somebody absent."""
    uit: dict[str, list[Taak]] = {}
    for taak in getoond:
        if taak.reeks != "K" or gebruiker.id not in taak.personen:
            continue
        doet = daden.of(taak)
        for daad in {doet.handeling, doet.brief}.intersection((*VEILIG, *SAMEN)):
            if daden.for_reader(taak, gebruiker):
                uit.setdefault(daad, []).append(taak)
    return uit


def _seen(taken: Sequence[Taak]) -> dict[str, Een]:
    """Return what is chosen with each row, with the last fact of its dossier as it is drawn."""
    nummers = sorted({str(taak.klachtnummer) for taak in taken})
    with scherm.register().plain_cursor() as cursor:
        laatste = dict(
            cursor.execute(
                "SELECT klachtnummer, MAX(nr) FROM gebeurtenis WHERE klachtnummer IN (SELECT unnest(?)) GROUP BY ALL",
                [nummers],
            ).fetchall()
        )
    return {
        _mark(taak): Een(
            str(taak.klachtnummer),
            laatste[str(taak.klachtnummer)],
            {"maatregel": taak.onderdeel} if taak.onderdeel else {},
        )
        for taak in taken
    }


def _mark(taak: Taak) -> str:
    return f"{taak.klachtnummer}.{taak.onderdeel or 0}"


def _asked(daad: str) -> tuple[Veld, ...]:
    if daad in SAMEN:
        return ()
    return tuple(veld for veld in HANDELINGEN[daad].gevraagd if veld.naam != "maatregel")


def _name(daad: str) -> str:
    return f"{BRIEVEN[daad].naam} maken" if daad in SAMEN else HANDELINGEN[daad].titel


def _explained(daad: str) -> str:
    if daad in SAMEN:
        return "De brieven komen in één bestand (zip). Er wordt niets verstuurd en niets vastgelegd."
    return (
        f"{VEILIG[daad]} Elke klacht wordt apart vastgelegd, met eigen controles; daarna ziet u per klacht de uitkomst."
    )


def _all(hokjes: Sequence[str], aan: bool) -> None:
    for hokje in hokjes:
        st.session_state[hokje] = aan


def _forget() -> None:
    st.session_state.pop(UITKOMST, None)
