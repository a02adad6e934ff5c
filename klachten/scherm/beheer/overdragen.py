"""Handing over all that somebody still has to do: to whom, what comes of it, and one button."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from klachten import organisatie, scherm, taal
from klachten.analyse.werk.beheer import Werk
from klachten.dossier.klacht import Dossier
from klachten.handelingen import Geweigerd, Veld, dossier_van, overdragen
from klachten.handelingen.overdragen import HOE, KLACHT, VERBETERACTIE, Deel, Opdracht, Uitslag
from klachten.organisatie import Gebruiker, Persoon
from klachten.register.fouten import RegisterFout
from klachten.reglement import Reglement
from klachten.scherm import formulier, onderdelen, velden
from klachten.scherm.beheer import delen
from klachten.scherm.onderdelen import veilig
from klachten.scherm.velden import Omgeving

PLEK = "overdragen"
PER_BLAD = 8
WAT = {
    "klacht": ("klacht als behandelaar", "klachten als behandelaar"),
    "maatregel": ("maatregel", "maatregelen"),
    "verbeteractie": ("verbeteractie", "verbeteracties"),
}
"""What each part is called: one, and more of them."""
_VOOR_ALLES = "voor.alles"


def delen_van(open_nu: Sequence[Werk]) -> list[Deel]:
    """Return what the user may hand over of what somebody still has to do."""
    wie, reglement = scherm.gebruiker(), scherm.reglement()
    soorten = {wat for wat in HOE if overdragen.may(wat, wie, reglement)}
    return [Deel(werk.klachtnummer, werk.wat, werk.onderdeel) for werk in open_nu if werk.wat in soorten]


def toon(persoon: Persoon, open_nu: Sequence[Werk]) -> None:
    """Draw the choice of who takes over, what comes of it, and the button; nothing for who may hand over nothing."""
    formulier.meldingen(PLEK)
    mag = delen_van(open_nu)
    if not mag:
        st.markdown(_by_another(open_nu, mag).strip())
        return
    onderdelen.kop("Overdragen in één keer")
    st.markdown(
        f"Alles of niets: {taal.aantal(len(mag), 'onderdeel', 'onderdelen')} van {veilig(persoon.naam)} "
        f"{'gaat' if len(mag) == 1 else 'gaan'} samen over, volgens de regels van elke stap apart."
        + _by_another(open_nu, mag)
    )
    mensen = overdragen.successors(persoon.id, _day(persoon))
    _choice(_VOOR_ALLES, persoon, mensen, "Aan wie (voor alles)")
    if not st.session_state.get(_key(persoon, _VOOR_ALLES)):
        return
    opdracht = _opdracht(persoon, mag)
    try:
        uitslag = _look(persoon, opdracht)
    except RegisterFout as fout:
        onderdelen.weigering(fout)
        return
    _why(persoon)
    _per_part(persoon, mag, opdracht, uitslag)
    delen.gevolg(*_consequences(persoon, opdracht, uitslag))
    if uitslag.geweigerd:
        hoeveel = taal.aantal(len(uitslag.geweigerd), "onderdeel", "onderdelen")
        onderdelen.weigering(f"Zo kan het nog niet: kies voor {hoeveel} een ander.", soort="kies_eerst")
    st.button(
        f"{taal.aantal(len(mag), 'onderdeel', 'onderdelen')} overdragen",
        key=f"{PLEK}.knop",
        type="primary",
        icon=":material/swap_horiz:",
        disabled=bool(uitslag.geweigerd),
        on_click=_record,
        args=(persoon, mag),
    )


def _by_another(open_nu: Sequence[Werk], mag: Sequence[Deel]) -> str:
    """Say what the user may not hand over, and who may."""
    niet = Counter(werk.wat for werk in open_nu if werk.wat in HOE) - Counter(deel.wat for deel in mag)
    return "".join(
        f" {taal.aantal(hoeveel, *WAT[wat])} draagt u niet over: dat doet "
        f"{'de directie' if wat == VERBETERACTIE else 'de coördinator of de directie'}."
        for wat, hoeveel in niet.items()
    )


# --- what is chosen --------------------------------------------------------------------------------------------------


def _key(persoon: Persoon, wat: str) -> str:
    return f"{PLEK}.{persoon.id}.{wat}"


def _part(deel: Deel) -> str:
    return f"{deel.klachtnummer}.{deel.wat}.{deel.onderdeel or 0}"


def _day(persoon: Persoon) -> date:
    return st.session_state.get(_key(persoon, "op")) or scherm.vandaag()


def _choice(wat: str, persoon: Persoon, opvolgers: Sequence[Gebruiker], label: str) -> None:
    """Draw who can take over; who is absent says so, and is a choice all the same."""
    op = _day(persoon)
    mensen = {wie.id: wie.naam for wie in opvolgers}
    key = _key(persoon, wat)
    if st.session_state.get(key) not in mensen:
        st.session_state[key] = None
    # Kept apart from the widget, or turning a page of the list would forget it.
    st.selectbox(
        label, list(mensen), format_func=lambda id: _named(mensen.get(id, id), id, op), key=f"{key}.kies",
        index=_place(mensen, st.session_state[key]), placeholder="Kies wie dit overneemt", on_change=_keep, args=(key,),
        label_visibility="visible" if wat == _VOOR_ALLES else "collapsed",
    )  # fmt: skip


def _place(mensen: Mapping[str, str], gekozen: str | None) -> int | None:
    return list(mensen).index(gekozen) if gekozen in mensen else None


def _keep(key: str) -> None:
    st.session_state[key] = st.session_state.get(f"{key}.kies")


def _named(naam: str, id: str, op: date) -> str:
    persoon = organisatie.huidige().mensen.get(id)
    afwezig = persoon.afwezig_op(op) if persoon else None
    return f"{naam} (afwezig{taal.tot_en_met(afwezig.tot)})" if afwezig else naam


def _why(persoon: Persoon) -> None:
    """Draw the day, and why: it goes with every fact."""
    omgeving, begin = Omgeving(scherm.reglement(), scherm.vandaag()), _start(persoon)
    for veld in _fields():
        velden.widget(veld, omgeving, key=_key(persoon, veld.naam), begin=begin, hoogte=80)


def _fields() -> tuple[Veld, ...]:
    return (
        Veld(naam="op", label="Overgedragen op", soort="datum"),
        Veld(naam="grond", label="Waarom", soort="keuze", lijst="gronden_vervanging"),
        Veld(naam="reden", label="Toelichting", soort="tekst", hulp="Staat als reden bij elk feit."),
    )


def _start(persoon: Persoon) -> dict[str, Any]:
    vertrekt = persoon.laatste_dag is not None
    gronden = {keuze.id for keuze in _gronden(scherm.reglement())}
    grond = "uit_dienst" if vertrekt else "afwezig" if persoon.afwezig_op(scherm.vandaag()) else "werkverdeling"
    reden = f"{persoon.naam} gaat uit dienst." if vertrekt else f"Het werk van {persoon.naam} is overgedragen."
    return {"op": scherm.vandaag(), "grond": grond if grond in gronden else None, "reden": reden}


def _gronden(reglement: Reglement) -> tuple[Any, ...]:
    return reglement.keuzes("gronden_vervanging", scherm.vandaag())


def _opdracht(persoon: Persoon, mag: Sequence[Deel]) -> Opdracht:
    begin, staat = _start(persoon), st.session_state
    voor_alles = staat.get(_key(persoon, _VOOR_ALLES)) or ""
    return Opdracht(
        van=persoon.id,
        op=_day(persoon),
        grond=staat.get(_key(persoon, "grond"), begin["grond"]) or "",
        reden=staat.get(_key(persoon, "reden"), begin["reden"]),
        aan={deel: staat.get(_key(persoon, _part(deel))) or voor_alles for deel in mag},
    )


# --- what comes of it ------------------------------------------------------------------------------------------------


def _look(persoon: Persoon, opdracht: Opdracht) -> Uitslag:
    """Return what would come of it; looked at once, for it holds the writer lock and a page runs at every click."""
    register = scherm.register()
    voor = (str(register.map), register.versie, scherm.gebruiker(), scherm.vandaag(), opdracht)
    key = _key(persoon, "uitslag")
    bekeken: tuple[object, Uitslag] | None = st.session_state.get(key)
    if bekeken is None or bekeken[0] != voor:
        uitslag = overdragen.look(register, scherm.gebruiker(), opdracht, vandaag=scherm.vandaag())
        st.session_state[key] = bekeken = (voor, uitslag)
    return bekeken[1]


def _per_part(persoon: Persoon, mag: Sequence[Deel], opdracht: Opdracht, uitslag: Uitslag) -> None:
    """Draw each part with who takes it; what cannot stands first, and every part can go to somebody else."""
    for deel in list(uitslag.geweigerd)[:PER_BLAD]:
        _one(persoon, deel, opdracht, uitslag)
    kan = [deel for deel in mag if deel not in uitslag.geweigerd]
    if not kan:
        return
    with st.expander(f"Per onderdeel een ander kiezen ({len(kan)})"):
        if len(kan) > PER_BLAD:
            key = f"{PLEK}.{persoon.id}.blad"
            limit, eerste = onderdelen.bladeren(len(kan), key=key, per_blad=PER_BLAD, woord="onderdelen")
            kan = kan[eerste : eerste + limit]
        for deel in kan:
            _one(persoon, deel, opdracht, uitslag)


def _one(persoon: Persoon, deel: Deel, opdracht: Opdracht, uitslag: Uitslag) -> None:
    wat = WAT[deel.wat][0] + (f" {deel.onderdeel}" if deel.onderdeel else "")
    with st.container(gap="xxsmall"):
        st.markdown(f"**{deel.klachtnummer}** · {wat} → {onderdelen.bij_naam(opdracht.aan[deel])}")
        if deel in uitslag.geweigerd:
            velden.mistake(uitslag.geweigerd[deel])
        mensen = overdragen.successors(persoon.id, _day(persoon), deel.wat)
        if deel.wat == KLACHT:
            dossier = dossier_van(scherm.register(), deel.klachtnummer)
            betrokken = dossier.betrokkenen if isinstance(dossier, Dossier) else ()
            mensen = [wie for wie in mensen if wie.id not in betrokken]
        _choice(_part(deel), persoon, mensen, f"{deel.klachtnummer}, {wat}: aan wie")


def _consequences(persoon: Persoon, opdracht: Opdracht, uitslag: Uitslag) -> tuple[str, ...]:
    per_opvolger = Counter(wie for deel, wie in opdracht.aan.items() if deel not in uitslag.geweigerd)
    zinnen = [f"{onderdelen.bij_naam(wie)} krijgt er {hoeveel}." for wie, hoeveel in sorted(per_opvolger.items())]
    klachten = sum(deel.wat == KLACHT for deel in opdracht.aan if deel not in uitslag.geweigerd)
    if klachten:
        zinnen.append(
            f"In {taal.aantal(klachten, 'klacht', 'klachten')} wordt de behandelaar vervangen (stap 4). "
            f"{_vertellen(len(uitslag.vertellen))}"
        )
    if uitslag.informeren:
        hoeveel = taal.aantal(len(uitslag.informeren), "nieuwe actienemer", "nieuwe actienemers")
        zinnen.append(f"Daarna te doen: {hoeveel} informeren (stap 10 en 17).")
    return (*zinnen, f"Wat {veilig(persoon.naam)} al deed, blijft op die naam staan.")


def _vertellen(hoeveel: int) -> str:
    if not hoeveel:
        return "Geen indiener kent nog een andere behandelaar."
    return (
        f"Daarna te doen: in {taal.aantal(hoeveel, 'klacht', 'klachten')} de indiener vertellen wie de behandelaar nu "
        "is. Dat die het nog niet weet, staat als afwijking bij het feit."
    )


def _record(persoon: Persoon, mag: Sequence[Deel]) -> None:
    """Hand over what was on the page, once; what is refused after all changes nothing and is said on the page."""
    if not st.session_state.get(_key(persoon, _VOOR_ALLES)):
        # A second click: the first one did it, and took the choice along.
        return
    try:
        uitslag = overdragen.overdragen_werk(
            scherm.register(), scherm.gebruiker(), _opdracht(persoon, mag), vandaag=scherm.vandaag()
        )
    except (Geweigerd, RegisterFout) as fout:
        formulier.meld(str(fout), plek=PLEK, soort="geweigerd")
        return
    for key in [key for key in st.session_state if str(key).startswith(f"{PLEK}.{persoon.id}.")]:
        del st.session_state[key]
    wat = taal.aantal(len(mag), "onderdeel is", "onderdelen zijn")
    formulier.meld(f"{wat} overgedragen van {persoon.naam} ({len(uitslag.nrs)} feiten).", plek=PLEK)
