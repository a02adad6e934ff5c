"""Step 8: recording it, with how far it is; it can be stopped as long as nothing of it is confirmed."""

from __future__ import annotations

import streamlit as st

from klachten import rechten, scherm
from klachten.dossier.weigering import Weigering, gezegd
from klachten.kijklog import regel as soort
from klachten.overname.besluiten import undecided
from klachten.overname.bezig import Bezig, Fase
from klachten.overname.lezen import OnleesbaarBestand
from klachten.register import RegisterFout
from klachten.reglement.tabel import OngeldigBestand
from klachten.scherm import kijker, kijklog, onderdelen
from klachten.scherm.overnemen.werk import Werk
from klachten.taal import aantal, getal

KIJK = 1.0
_NIETS = "Er is niets vastgelegd"


def begin(werk: Werk) -> None:
    """Begin recording what was shown; asked anew whether this user may."""
    if not rechten.mag("pagina", "overnemen", scherm.gebruiker()).mag:
        raise OnleesbaarBestand("U mag hier niet overnemen. Er is niets vastgelegd.")
    if werk.uitkomst is None:
        raise OnleesbaarBestand("De keuzes zijn intussen veranderd: bekijk eerst de controle. Er is niets vastgelegd.")
    register, plan = scherm.register(), werk.uitkomst.plan
    if zin := register.alleen_lezen:
        raise OnleesbaarBestand(zin)
    if undecided(plan.afkeuringen, plan.kolommen.besluiten):
        raise OnleesbaarBestand("Er zijn afgekeurde rijen. Er is niets vastgelegd.")
    werk.bezig = Bezig(register, plan, frozenset(werk.akkoord), dict(werk.geldt), werk.declaration())
    kijklog.van(register).note(
        soort.OVERGENOMEN, scherm.gebruiker().id, waar="overnemen", aantal=werk.bezig.totaal, sessie=kijker.hash()
    )
    werk.bezig.start()


def toon(werk: Werk) -> str:
    """Show how far it is, and in the end what came of it."""
    bezig = werk.bezig
    if bezig is None:
        werk.stap -= 1
        st.rerun()
    if bezig.loopt:
        _progress(werk)
        return ""
    _outcome(werk, bezig)
    return ""


@st.fragment(run_every=KIJK)
def _progress(werk: Werk) -> None:
    bezig = werk.bezig
    if bezig is None or not bezig.loopt:
        st.rerun()
    st.progress(bezig.deel, text=_how_far(bezig))
    if bezig.fase is Fase.SCHRIJVEN:
        st.markdown("U kunt nog stoppen: dan komt er niets van in het register.")
        st.button("Stoppen", key="overnemen.stop", on_click=bezig.stop, icon=":material/stop_circle:")
    else:
        st.markdown("De klachten zijn vastgelegd en worden verwerkt. Stoppen kan nu niet meer.")


def _how_far(bezig: Bezig) -> str:
    wat = "geschreven" if bezig.fase is Fase.SCHRIJVEN else "verwerkt"
    return f"{getal(bezig.gedaan)} van {aantal(bezig.totaal, 'klacht', 'klachten')} {wat}"


def _outcome(werk: Werk, bezig: Bezig) -> None:
    if bezig.fase is Fase.KLAAR:
        werk.drop_file()
        if gewijzigd := len(bezig.plan.gewijzigd):
            klachten = aantal(gewijzigd, "klacht", "klachten")
            st.success(f"Vastgelegd is wat er anders is bij {klachten}.", icon=":material/check_circle:")
        if bezig.nummers:
            klachten = aantal(len(bezig.nummers), "klacht is", "klachten zijn")
            st.success(
                f"{klachten} overgenomen, van {bezig.nummers[0]} tot en met {bezig.nummers[-1]}.",
                icon=":material/check_circle:",
            )
        elif not gewijzigd and bezig.plan.iets:
            st.success("Vastgelegd is hoe de bron nu is.", icon=":material/check_circle:")
        _gone_on(bezig)
        if bezig.plan.iets:
            st.markdown(f"Dit is overname {bezig.plan.volgnr}. Terugdraaien kan onder de eerste stap van deze pagina.")
        if bezig.niet_bewaard:
            st.warning(f"Uw keuzes konden niet worden bewaard: {onderdelen.veilig(bezig.niet_bewaard)}.")
        else:
            st.markdown(
                "Uw keuzes zijn bewaard. Neemt u later een bestand met dezelfde kolommen over, dan staan zij klaar."
            )
        onderdelen.verwijzing("klachten")
        st.button("Nog een bestand overnemen", key="overnemen.nog", on_click=werk.throw_away)
        return
    if bezig.fase is Fase.GESTOPT:
        st.info("U hebt het overnemen gestopt. Er is niets vastgelegd.", icon=":material/stop_circle:")
    else:
        fout = bezig.fout
        if not isinstance(fout, (RegisterFout, OngeldigBestand, OSError)) and fout is not None:
            raise fout
        zin = gezegd(fout or OSError(_NIETS))
        heel = zin if _NIETS in zin else Weigering(zin.soort, f"{_NIETS}. {zin}")
        onderdelen.weigering(heel, soort="niets_overgenomen")
    st.button(
        "Terug naar de controle", key="overnemen.terug.8", on_click=_back, args=(werk,), icon=":material/arrow_back:"
    )


def _gone_on(bezig: Bezig) -> None:
    if bezig.verder:
        gaat = aantal(len(bezig.verder), "open klacht gaat", "open klachten gaan")
        st.success(f"{gaat} hier verder; in Werkvoorraad staat wat er te doen is.", icon=":material/forward:")
        onderdelen.verwijzing("werkvoorraad")
    if bezig.niet_verder:
        st.warning(f"De open klachten gaan nog niet verder: {onderdelen.veilig(bezig.niet_verder)}")


def _back(werk: Werk) -> None:
    # What is in the register may be another since: it is read and counted anew.
    werk.recount()
    werk.bezig, werk.stap = None, werk.stap - 1
