"""The documents of a dossier on the screen: each with its versions and attachments, to look at, keep or replace."""

from __future__ import annotations

import streamlit as st

from klachten import scherm, taal
from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.stukken import Reeks, Stuk, all_of, by_document
from klachten.handelingen import HANDELINGEN
from klachten.handelingen.document import RICHTINGEN, SOORTEN
from klachten.organisatie import Gebruiker
from klachten.reglement import Reglement
from klachten.scherm import aanbod, formulier, onderdelen, uitvoer
from klachten.scherm.dossier import bekijken, dossierzip, kijkvenster, opladen, stuk
from klachten.scherm.dossier import feit as feitbeeld


def toon(dossier: Dossier, reglement: Reglement, gebruiker: Gebruiker) -> None:
    """Draw the documents of the klachtdossier, each fetched only when it is asked for, and the form to add some."""
    onderdelen.kop("Stukken")
    formulier.close_done(opladen.PLEK, opladen.open_op(dossier))
    reeksen = by_document(all_of(dossier))
    if not reeksen:
        st.markdown("Er zijn nog geen stukken in dit dossier.")
    kan = HANDELINGEN[opladen.TOEVOEGEN].toets(dossier, gebruiker, reglement)[1] is None
    beeld = _Beeld(dossier, set(scherm.register().dossiers.documents(dossier.klachtnummer)), kan)
    for reeks in reeksen:
        with st.container(border=True):
            beeld.reeks(reeks)
    _whole(dossier, gebruiker)
    if kan:
        onderdelen.tussenkop("Stukken toevoegen")
        opladen.toon(dossier)
        kijkvenster.plakken()


def lijst(feiten: Feiten) -> None:
    """Draw the documents of a dossier to which nobody adds any by hand; nothing where there are none."""
    reeksen = by_document(all_of(feiten))
    if not reeksen:
        return
    onderdelen.tussenkop("Stukken")
    beeld = _Beeld(feiten, set(scherm.register().dossiers.documents(feiten.klachtnummer)), kan=False)
    for reeks in reeksen:
        with st.container(border=True):
            beeld.reeks(reeks)


def _whole(dossier: Dossier, gebruiker: Gebruiker) -> None:
    if uitvoer.mag(dossierzip.UITVOER):
        aanbod.knop(
            "Heel dossier als zip", f"dossier-{dossier.klachtnummer}.zip", "application/zip",
            dossierzip.maker(dossier.klachtnummer, gebruiker), key=f"dossierzip.{dossier.klachtnummer}",
            icon=":material/folder_zip:", help="Alle stukken, met een inventaris en de geschiedenis.",
        )  # fmt: skip


class _Beeld:
    """The cards of one dossier: which files are there, and whether the user may add a version."""

    def __init__(self, dossier: Feiten, aanwezig: set[str], kan: bool) -> None:
        self._dossier, self._aanwezig, self._kan = dossier, aanwezig, kan
        self._kijkt = f"bekijkt.{dossier.klachtnummer}"

    def reeks(self, reeks: Reeks) -> None:
        """Draw a document: as it is now, what it was before (folded), and what hangs on it."""
        self._stuk(reeks.nu, nieuwste=True)
        if reeks.eerder:
            open = st.session_state.get(self._kijkt) in {str(oud.nr) for oud in reeks.eerder}
            with st.expander(taal.aantal(len(reeks.eerder), "eerdere versie", "eerdere versies"), expanded=open):
                for oud in reeks.eerder:
                    self._stuk(oud, nieuwste=False)
        for bijlage in reeks.bijlagen:
            with st.container(border=True):
                st.markdown(":small[:material/attach_file: **Bijlage**]")
                self.reeks(bijlage)

    def _stuk(self, een: Stuk, *, nieuwste: bool) -> None:
        feitbeeld.letterlijk(een.feit.naam or "stuk zonder naam")
        st.markdown(f":small[{_what(een)}]")
        if wie := _from_to(een):
            feitbeeld.letterlijk(wie)
        if een.feit.document not in self._aanwezig:
            st.markdown(bekijken.WEG)
            return
        nummer, nr = self._dossier.klachtnummer, een.vastlegging.nr
        with st.container(horizontal=True, gap="xsmall"):
            st.button(
                "Bekijken", icon=":material/visibility:", key=f"bekijk.{nr}", on_click=formulier.toggle,
                args=(self._kijkt, str(een.nr)),
            )  # fmt: skip
            aanbod.verwijs("Downloaden", stuk.adres(nummer, nr), key=f"stuk.{nr}")
            if nieuwste and self._kan:
                st.button(
                    "Nieuwe versie", icon=":material/history:", key=f"versie.{nr}", on_click=formulier.toggle,
                    args=(opladen.open_op(self._dossier), str(een.nr)),
                )  # fmt: skip
            with st.popover("Kenmerk", icon=":material/fingerprint:"):
                st.markdown(
                    f"Vastgelegd als feit {een.nr}, door {feitbeeld.wie_wanneer(een.vastlegging)}.  \n"
                    f"Zegel in het journaal: `{een.vastlegging.zegel}`  \nInhoud (sha256):"
                )
                st.code(een.feit.document, language=None, wrap_lines=True)
        if st.session_state.get(self._kijkt) == str(een.nr):
            bekijken.toon(nummer, nr, een.feit.document, een.feit.naam)
        if nieuwste and self._kan and st.session_state.get(opladen.open_op(self._dossier)) == str(een.nr):
            opladen.nieuwe_versie(self._dossier, een)


def _what(een: Stuk) -> str:
    soort = dict(SOORTEN).get(een.feit.soort_document, een.feit.soort_document)
    richting = dict(RICHTINGEN).get(een.feit.richting, "")
    bij_ons = f" op {taal.datum(een.feit.gebeurd_op)}" if een.feit.van_dag or richting else ""
    delen = [soort, f"van {taal.datum(een.dag)}"]
    if bij_ons:
        delen.append(f"{(richting or 'In het dossier').lower()}{bij_ons}")
    return onderdelen.veilig(" · ".join(delen))


def _from_to(een: Stuk) -> str:
    van, aan = een.feit.van, een.feit.aan
    return f"Van {van}, aan {aan}" if van and aan else f"Van {van}" if van else f"Aan {aan}" if aan else ""
