"""The window around every page: who is acting, the menu, the example banner, and who may open what.

Streamlit runs this file again at every click; `app.py` names it as the script of the app.
"""

from __future__ import annotations

from contextlib import suppress

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from klachten import organisatie, rechten, scherm, toegang
from klachten.dossier.weigering import Weigering
from klachten.register.fouten import RegisterFout, RegisterNieuwer
from klachten.scherm import bel, formulier, kijker, kijklog, klok, leeg, logboek, menu, onderdelen, vooruit
from klachten.scherm.adressen import ONBEKEND
from klachten.scherm.beheer import huisstijl, inrichten
from klachten.scherm.dicht import zonder_nummers
from klachten.scherm.hulp import rondleiding, waarom
from klachten.scherm.lijsten import overgenomen
from klachten.scherm.merk import MERK, PICTOGRAM
from klachten.scherm.paginas import AFDELINGEN, PAGINAS, Pagina, toegankelijk


@vooruit.page()
def venster() -> None:
    """Draw the window and run the page in it, or show why this user may not see it."""
    # A PNG: an icon by name would be fetched from another address as the tab's icon.
    st.set_page_config(page_title="klachten", page_icon=PICTOGRAM)
    # With the menu closed the mark stands on the page itself, where its white letters would not show.
    st.logo(str(MERK), size="large", icon_image=PICTOGRAM)
    kijker.recognise()
    if kijker.is_example() and not organisatie.iedereen() and not iemand():
        return
    wie = scherm.gebruiker()
    if kijker.is_example():
        onthoud(wie)
    per_naam = menu.bladen(wie)
    onderdelen.venster.bladen = per_naam
    blad = st.navigation(
        {kop: [per_naam[deel.naam] for deel in PAGINAS if deel.afdeling == id] for id, kop in AFDELINGEN.items()},
        expanded=True,
    )
    pagina = next(deel for deel in PAGINAS if deel.titel == blad.title)
    st.set_page_config(page_title=f"{pagina.titel} · klachten", layout="wide" if pagina.breed else "centered")
    if kijker.is_example():
        voorbeeldbalk()
    with st.sidebar:
        huisstijl.merk()
        (wisselaar if kijker.is_example() else aangemeld)(wie)
    if klok.toon(wie):
        return
    inrichten.toon(pagina)
    if not pagina.toegankelijk_voor(wie):
        with kijklog.opening(pagina.naam, wie, geweigerd=True):
            geen_toegang(pagina, wie)
        return
    try:
        onderdelen.meldingen(scherm.register())
        bel.toon(wie, pagina.naam)
        onbekend_adres()
    except RegisterFout as fout:
        _dicht(fout)
        return
    # Opening it may have shown that it is of a firm: then whoever came in before that is nobody any more.
    wie = scherm.gebruiker()
    if klok.toon(wie):
        return
    rondleiding.toon(pagina, wie)
    formulier.begin_page()
    with logboek.pagina(pagina.naam, wie), kijklog.opening(pagina.naam, wie):
        try:
            blad.run()
        except RegisterNieuwer as fout:
            onderdelen.weigering(zonder_nummers(str(fout)), soort=fout.soort)
        except StopException:
            # A page that has nothing more to say was drawn to its end as well.
            formulier.end_page()
            raise
    formulier.end_page()


def iemand() -> bool:
    """Open the register to see who is in it; say why nobody can look, when it does not open or is nobody's yet."""
    try:
        scherm.register()
    except RegisterFout as fout:
        _dicht(fout)
        return False
    if organisatie.iedereen():
        return True
    onderdelen.titel("Dit register is nog leeg")
    onderdelen.weigering(
        "Er is nog niemand in dit register. Start klachten met: python -m klachten start. Dan kiest u het voorbeeld of "
        "een eigen register.",
        soort="register_leeg",
    )
    return False


def _dicht(fout: RegisterFout) -> None:
    onderdelen.titel("Het register gaat niet open")
    onderdelen.weigering(zonder_nummers(str(fout)), soort=fout.soort)


def onthoud(wie: organisatie.Gebruiker) -> None:
    """Keep who is acting in the address, so that a reload does not change it."""
    if st.query_params.get("als", toegang.huidige_gebruiker(op=scherm.vandaag()).id) != wie.id:
        st.query_params["als"] = wie.id


def voorbeeldbalk() -> None:
    """Say on every page that nothing here is real, unless klachten were taken over: those are what their source has."""
    with suppress(RegisterFout):  # what is wrong with it is said below
        if overgenomen.hoeveel():
            st.markdown(
                ":orange-badge[:material/science: **Rondkijken**] In dit register staan overgenomen klachten; die zijn "
                "niet verzonnen. Wie u bent, kiest u zelf: er is geen aanmelding."
            )
            return
        if leeg.is_leeg():
            st.markdown(
                ":orange-badge[:material/science: **Rondkijken**] Dit register is nog leeg. Wie u bent, kiest u zelf: "
                "er is geen aanmelding."
            )
            return
    st.markdown(":orange-badge[:material/science: **Voorbeeld**] De gegevens in dit register zijn verzonnen.")


def onbekend_adres() -> None:
    """Say once that the address which brought the visitor here is no page, and which page this is."""
    naam, waarde = ONBEKEND
    if st.query_params.get(naam) == waarde:
        del st.query_params[naam]
        st.info(
            "Dit adres hoort niet bij een pagina van klachten. U ziet Werkvoorraad; de andere pagina's staan in het "
            "menu. Kijk of het adres goed is overgenomen.",
            icon=":material/wrong_location:",
        )


def wisselaar(wie: organisatie.Gebruiker) -> None:
    """Let the visitor of the example choose who they are."""
    st.session_state["als"] = wie.id
    # Who has left since is still who one looks as, until another is chosen.
    st.selectbox(
        "U kijkt nu als",
        list(dict.fromkeys([*(persoon.id for persoon in organisatie.iedereen(scherm.vandaag())), wie.id])),
        format_func=met_rollen,
        key="als",
        on_change=wissel,
        placeholder="Kies een persoon",
        help="Alleen in het voorbeeld: zo ziet u wat ieders rol mag.",
    )
    st.markdown(f":small[{wie.rolnamen.capitalize()}]")


def met_rollen(id: str) -> str:
    """Return a name with what that person is: who looks around knows nobody here."""
    persoon = organisatie.gebruiker(id, scherm.vandaag())
    return f"{persoon.naam} ({persoon.rolnamen})" if persoon and persoon.rollen else organisatie.naam(id)


def aangemeld(wie: organisatie.Gebruiker) -> None:
    """Say who is signed in, and where one signs out; that page is not one of Streamlit."""
    st.markdown(f":material/person: **{onderdelen.veilig(wie.naam)}**  \n:small[{wie.rolnamen.capitalize()}]")
    st.markdown("[Mijn aanmelding en afmelden](/mijn-aanmelding)")


def wissel() -> None:
    """Make the chosen person the one who acts."""
    st.session_state["gebruiker"] = st.session_state["als"]


def geen_toegang(pagina: Pagina, wie: organisatie.Gebruiker) -> None:
    """Refuse the page, say for whom it is, and offer what this user can open."""
    onderdelen.titel(pagina.titel)
    voor = ", ".join(organisatie.ROLLEN[rol].lower() for rol in rechten.rij("pagina", pagina.naam).rollen)
    zin = f"Deze pagina is niet voor uw rol ({wie.rolnamen}). De pagina is voor: {voor}."
    onderdelen.weigering(Weigering(waarom.PAGINA, zin))
    onderdelen.kop("Wat u wel kunt openen")
    for deel in toegankelijk(wie):
        onderdelen.verwijzing(deel.naam)


# Streamlit runs the script of an app under this name.
if __name__ == "__main__":
    venster()
