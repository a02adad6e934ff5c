"""Page Reservekopieën: how the back-up is, a button to have one made, and the recovery key, which is shown once."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from klachten import rechten, scherm, taal
from klachten.dossier.weigering import gezegd
from klachten.kijklog import regel as soort
from klachten.reservekopie import instellingen, sleutel, stand, verzegeld
from klachten.reservekopie.fouten import OngeldigeInstelling, ReservekopieFout
from klachten.reservekopie.instellingen import Instellingen
from klachten.reservekopie.sleutel import TERUG, Herstelsleutel
from klachten.scherm import kijker, kijklog, onderdelen, reservekopie
from klachten.scherm.onderdelen import veilig

SLEUTEL, GETYPT, FOUT, KLAAR = (f"reservekopieen.{deel}" for deel in ("sleutel", "getypt", "fout", "klaar"))


def _now() -> datetime:
    return datetime.now(UTC)


def may_do() -> bool:
    """Tell whether the user may have copies made, and not only read how it is."""
    return "ja" in rechten.mag("pagina", "reservekopieen", scherm.gebruiker()).cellen


def settings() -> Instellingen | str:
    """Return the settings, or the sentence that says what is wrong with them."""
    try:
        return instellingen.of_register(scherm.register().map)
    except OngeldigeInstelling as fout:
        return gezegd(fout)


def staat() -> None:
    """Draw how it is: red without a good copy of the last two days, with what to do about it."""
    hoe, gelezen, nu = stand.of_register(scherm.register().map), settings(), _now()
    if isinstance(gelezen, str):
        onderdelen.weigering(gelezen)
    elif not gelezen.ergens and scherm.register().organisatie.voorbeeld:
        st.info("Dit is een voorbeeld: daarvan wordt geen reservekopie gemaakt.", icon=":material/school:")
        return
    else:
        _wanting(gelezen)
    if hoe.goed is None:
        st.error("Er is van dit register nog geen goede reservekopie.", icon=":material/warning:")
    elif hoe.is_old(nu):
        dagen = taal.aantal((nu - hoe.goed.moment).days, "dag", "dagen")
        st.error(f"De laatste goede reservekopie is {dagen} oud.", icon=":material/warning:")
    else:
        st.success(f"De laatste goede reservekopie is van {moment(hoe.goed.moment)}.", icon=":material/check_circle:")
    if hoe.fout:
        st.warning(f"De laatste poging lukte niet. {veilig(hoe.fout)}", icon=":material/healing:")
    st.table(_rows(hoe, gelezen, nu), hide_index=True)


def _wanting(gelezen: Instellingen) -> None:
    try:
        gelezen.require()
    except OngeldigeInstelling as fout:
        onderdelen.weigering(fout)


def _rows(hoe: stand.Stand, gelezen: Instellingen | str, nu: datetime) -> list[dict[str, str]]:
    goed = hoe.goed
    rijen = {
        "Laatste goede kopie": moment(goed.moment) if goed else onderdelen.GEEN,
        "Waar": veilig(f"{hoe.naar}, {goed.naam}") if goed else onderdelen.GEEN,
        "Hoe groot": f"{size(goed.bytes)}, {onderdelen.getal(goed.nr)} feiten" if goed else onderdelen.GEEN,
        "Versleuteld": _sealed(goed.versleuteld) if goed else "–",
        "Laatst geprobeerd": moment(hoe.geprobeerd_op),
        "Laatst in zijn geheel beproefd": moment(hoe.volledig_op),
        "Kopieën die er zijn": onderdelen.getal(hoe.aantal),
        "Volgende": _next(hoe, gelezen, nu),
    }
    return [{"Wat": wat, "Stand": zegt} for wat, zegt in rijen.items()]


def _sealed(versleuteld: bool) -> str:
    if versleuteld:
        return "ja"
    dicht = verzegeld.key_apart(scherm.register().map)
    return "nee, maar de teksten en documenten erin wel" if dicht else "nee: wie bij die plek kan, leest alles"


def _next(hoe: stand.Stand, gelezen: Instellingen | str, nu: datetime) -> str:
    if isinstance(gelezen, str):
        return onderdelen.GEEN
    try:
        gelezen.require()
    except OngeldigeInstelling:
        return onderdelen.GEEN
    volgende = reservekopie.next_moment(hoe, gelezen, nu)
    return moment(volgende) if volgende > nu else "zo meteen"


def nu_maken() -> None:
    """Draw the button that has one made now; whoever only reads sees none."""
    if not may_do():
        return
    bezig = reservekopie.bijhouder
    if bezig.bezig_sinds or bezig.gevraagd:
        st.info("De reservekopie wordt gemaakt en beproefd. Dat kan enkele minuten duren.", icon=":material/sync:")
        st.button("Kijk opnieuw", key="reservekopieen.kijk")
        return
    gelezen = settings()
    try:
        if isinstance(gelezen, Instellingen):
            gelezen.require()
    except OngeldigeInstelling:
        return
    if isinstance(gelezen, Instellingen):
        st.button("Nu maken", key="reservekopieen.nu", on_click=_ask, type="primary", icon=":material/backup:")


def _ask() -> None:
    # Asked anew: a role may have ended since the page was drawn.
    if may_do():
        reservekopie.bijhouder.ask()


def herstelsleutel() -> None:
    """Draw whether there is a recovery key, and make another; it is shown until somebody typed part of it back."""
    gelezen = settings()
    if isinstance(gelezen, str):
        return
    onderdelen.kop("Herstelsleutel")
    if gelezen.onversleuteld and not gelezen.ontvanger:
        zin = "In de instellingen staat dat kopieën niet worden versleuteld."
        apart = veilig(verzegeld.key_apart(scherm.register().map))
        st.warning(f"{zin} {apart}".strip(), icon=":material/lock_open:")
        return
    st.markdown(
        "Kopieën worden versleuteld. Openen kan alleen met de herstelsleutel, die u op papier bewaart, niet op deze "
        "computer. Zonder die sleutel is een kopie voor niemand meer te lezen."
    )
    if klaar := st.session_state.pop(KLAAR, ""):
        st.success(klaar, icon=":material/key:")
    if gelezen.ontvanger:
        st.markdown(f"Kopieën gaan nu open met de sleutel waarvan de openbare helft `{gelezen.ontvanger}` is.")
    else:
        st.markdown("**Er is nog geen herstelsleutel.**")
    if not may_do():
        return
    nieuw: Herstelsleutel | None = st.session_state.get(SLEUTEL)
    if nieuw is None:
        st.button("Nieuwe herstelsleutel maken", key="reservekopieen.maak", on_click=_new_key, icon=":material/key:")
    else:
        _show_key(nieuw, bool(gelezen.ontvanger))


def _show_key(nieuw: Herstelsleutel, er_was: bool) -> None:
    st.warning(
        "Schrijf deze sleutel op, of druk hem af, en bewaar hem buiten deze computer. U ziet hem alleen nu."
        + (" Bewaar ook de vorige: kopieën van tot nu toe gaan alleen daarmee open." if er_was else ""),
        icon=":material/key:",
    )
    st.code(nieuw.geheim, language=None, wrap_lines=True)
    st.text_input(f"Typ de laatste {TERUG} tekens over", key=GETYPT, placeholder="Van wat u opschreef", width=320)
    if fout := st.session_state.pop(FOUT, ""):
        onderdelen.weigering(fout)
    with st.container(horizontal=True):
        st.button("Ik heb hem opgeschreven", key="reservekopieen.zet", on_click=_keep_key, type="primary")
        st.button("Toch niet", key="reservekopieen.niet", on_click=_forget_key)


def _new_key() -> None:
    if may_do():
        st.session_state[SLEUTEL] = sleutel.new_key()


def _keep_key() -> None:
    nieuw: Herstelsleutel | None = st.session_state.get(SLEUTEL)
    if nieuw is None or not may_do():
        return
    if not nieuw.is_typed_back(st.session_state.get(GETYPT) or ""):
        st.session_state[FOUT] = f"Dat zijn niet de laatste {TERUG} tekens van de sleutel. Kijk na wat u opschreef."
        return
    register = scherm.register()
    try:
        instellingen.set_recipient(register.map, nieuw.ontvanger)
    except (ReservekopieFout, OSError) as fout:
        st.session_state[FOUT] = gezegd(fout)
        return
    wie = scherm.gebruiker().id
    kijklog.van(register).note(soort.HERSTELSLEUTEL, wie, waar="reservekopieen", sessie=kijker.hash())
    st.session_state[KLAAR] = "De sleutel is in gebruik: de volgende kopie wordt ervoor versleuteld."
    _forget_key()


def _forget_key() -> None:
    st.session_state.pop(SLEUTEL, None)
    st.session_state.pop(GETYPT, None)


def instellingen_in_woorden() -> None:
    """Say what is decided about copies, and where that is done: on the machine, not here."""
    gelezen = settings()
    if isinstance(gelezen, str) or not gelezen.ergens:
        return
    onderdelen.kop("Wat er is ingesteld")
    zinnen = (
        f"Kopieën gaan naar {veilig(gelezen.naar)}, elke dag na {gelezen.om}.",
        f"Er blijven {gelezen.dagelijks} dagkopieën, {gelezen.wekelijks} weekkopieën, {gelezen.jaarlijks} jaarkopieën.",
        f"Geen kopie wordt ouder dan {taal.aantal(gelezen.hoogstens_dagen, 'dag', 'dagen')}.",
        f"Dit staat op de computer van het register, in `toegang/{instellingen.BESTAND}`.",
    )
    st.markdown("\n".join(f"- {zin}" for zin in zinnen))


def moment(wanneer: datetime | None) -> str:
    """Return a moment as it is on the clock in the Netherlands."""
    return taal.moment(wanneer) if wanneer else onderdelen.GEEN


def size(bytes: int) -> str:
    """Return a number of bytes in words."""
    if bytes < 1_000_000:
        return f"{max(1, round(bytes / 1000))} kB"
    return f"{bytes / 1_000_000:.1f} MB".replace(".", ",")
