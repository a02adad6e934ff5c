"""Which dossier: by the number in the address or typed in, from what changed last, or why it is not shown."""

from __future__ import annotations

import streamlit as st

from klachten import handelingen, scherm, taal
from klachten.analyse.basis.lezer import ZONDER_BETROKKEN, Lezer
from klachten.analyse.werk.dossierkeuze import laatst_bijgewerkt
from klachten.analyse.werk.zoeken import complete_number
from klachten.dossier.klacht import Dossier
from klachten.dossier.lezen import leesrecht
from klachten.dossier.rechten import AANWIJZEN
from klachten.dossier.weigering import Weigering
from klachten.handelingen import HANDELINGEN, Geweigerd
from klachten.organisatie import Gebruiker
from klachten.register.dossiermap import OngeldigNummer
from klachten.scherm import formulier, kijklog, leeg, onderdelen, stapconcept
from klachten.scherm.dossier import feit
from klachten.scherm.hulp import stap as hulp

ZOEK = "dossier.zoek"
NIET_VOOR_U = Weigering(
    "niet_gevonden",
    "Deze klacht staat niet in het register, of is niet voor u. Kijk of het nummer klopt; het ziet eruit als "
    "K2026-0007.",
)


def gekozen(nummer: str, gebruiker: Gebruiker) -> Dossier | None:
    """Return the dossier of a number when there is anything in it for the user; else let the user choose.

    What is not there and what is not for the user is refused alike: else numbers could be tried.
    """
    nummer = nummer.strip().upper()
    if not nummer:
        onderdelen.titel("Dossier", "Open een klacht met het klachtnummer, of kies er een waaraan net is gewerkt.")
        _zoek()
        _laatste(gebruiker)
        return None
    dossier = te_openen(nummer, gebruiker)
    kijklog.betreft(nummer, geweigerd=dossier is None)
    if dossier is not None:
        return dossier
    stapconcept.forget(nummer)
    onderdelen.titel("Dossier")
    onderdelen.weigering(NIET_VOOR_U)
    with st.container(horizontal=True, gap="xsmall"):
        st.markdown("Gezocht is naar:")
        feit.letterlijk(nummer[:40])
    _zoek()
    return None


def te_openen(nummer: str, gebruiker: Gebruiker) -> Dossier | None:
    """Return the dossier when the user reads any of it or has to name somebody outside in it (step 4); else None."""
    try:
        dossier = handelingen.dossier_van(scherm.register(), nummer) if nummer.startswith("K") else None
    except (Geweigerd, OngeldigNummer):
        return None
    if not isinstance(dossier, Dossier):
        return None
    return dossier if leesrecht(dossier, gebruiker) or _wijst_aan(dossier, gebruiker) else None


def _wijst_aan(dossier: Dossier, gebruiker: Gebruiker) -> bool:
    reglement = scherm.reglement(dossier)
    return dossier.buitenstaander is None and HANDELINGEN[AANWIJZEN].toets(dossier, gebruiker, reglement)[1] is None


def aanwijzen(dossier: Dossier) -> None:
    """Let a colleague who does not read the dossier name somebody outside, and say nothing else about it (step 4)."""
    onderdelen.titel(f"Klacht {dossier.klachtnummer}")
    onderdelen.weigering("U kunt dit dossier niet inzien.", soort="betrokken")
    st.markdown(
        "Wel kunt u iets doen. De coördinator en alle directieleden zijn betrokken of afwezig: wijs iemand van "
        "buiten aan die in hun plaats besluit, en de collega die dat vastlegt (stap 4)."
    )
    hulp.vouw(HANDELINGEN[AANWIJZEN], dossier)
    formulier.toon(HANDELINGEN[AANWIJZEN], dossier.klachtnummer, sleutel="aanwijzen", dossier=dossier)
    onderdelen.verwijzing("werkvoorraad")
    onderdelen.verwijzing("dossier", "Een ander dossier openen")


def _zoek() -> None:
    st.text_input(
        "Klachtnummer",
        key=ZOEK,
        placeholder=f"K{scherm.vandaag().year}-0001",
        autocomplete="off",
        on_change=_open,
        help="Typ het nummer en druk op Enter; alleen het volgnummer mag ook, dan geldt dit jaar.",
        width=320,
    )
    onderdelen.verwijzing("klachten", "Zoeken in alle klachten")


def _open() -> None:
    nummer = complete_number(str(st.session_state.get(ZOEK) or ""), scherm.vandaag().year)
    if nummer:
        st.query_params["nummer"] = nummer


def _laatste(gebruiker: Gebruiker) -> None:
    with scherm.register().cursor() as cursor:
        klachten = laatst_bijgewerkt(cursor, Lezer.van(gebruiker))
    onderdelen.kop("Laatst bijgewerkt")
    st.markdown(ZONDER_BETROKKEN)
    if leeg.is_leeg():
        leeg.toon("dossier")
    elif not klachten:
        onderdelen.lege_staat(
            "Er zijn nog geen dossiers voor u",
            "Hier staan de klachten waaraan u werkt. Leg een klacht vast om te beginnen.",
            naar="intake",
            label="Nieuwe klacht vastleggen",
        )
    for klacht in klachten:
        with st.container(border=True, gap="xsmall"):
            onderdelen.verwijzing("dossier", f"Klacht {klacht.klachtnummer}", nummer=klacht.klachtnummer)
            wie = onderdelen.bij_naam(klacht.behandelaar) if klacht.behandelaar else "nog geen behandelaar"
            st.markdown(
                f"{onderdelen.badge(klacht.status)} ontvangen op {taal.datum(klacht.ontvangen_op)} · {wie} · "
                f"laatste feit van {taal.datum(klacht.laatste_op)}"
            )
