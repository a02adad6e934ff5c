"""The fields of a handeling as widgets: one widget per kind of field, with its choices, and its mistake below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from klachten import handelingen, organisatie, scherm
from klachten.dossier import stukken
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Dossier, Feiten
from klachten.handelingen import BUITEN, Veld
from klachten.handelingen.uitvoering import verlengbare_termijnen
from klachten.handelingen.veld import PERSONEN
from klachten.reglement import Reglement
from klachten.scherm import datumveld, onderdelen

KIES = "Kies …"
EEN_UIT = frozenset({"keuze", "termijn", "medewerker", "overleg", "maatregel", "verbeteractie", "stuk", "lettertype"})

# What is asked of a person who is involved: never to handle the klacht, nor to be consulted about it.
NIET_VOOR_BETROKKENEN = frozenset({"behandelaar", "betrokkene", "vastlegger"})


@dataclass(frozen=True)
class Omgeving:
    """What a field needs to know to offer its choices."""

    reglement: Reglement
    vandaag: date
    feiten: Feiten | None = None

    @property
    def betrokkenen(self) -> frozenset[str]:
        """Ids of who is involved in this klacht."""
        return self.feiten.betrokkenen if isinstance(self.feiten, Dossier) else frozenset()


def choices(veld: Veld, omgeving: Omgeving, handeling: str = "") -> list[tuple[Any, str]]:
    """Return what may be chosen in a field, as (value, name), without what the rules would refuse anyway."""
    match veld.soort:
        case "maatregel":
            return _maatregelen(omgeving.feiten, handeling)
        case "verbeteractie":
            return _verbeteracties(omgeving.feiten, handeling)
        case "stuk":
            return _stukken(omgeving.feiten)
    alle: list[tuple[Any, str]] = list(handelingen.options(veld, omgeving.reglement, scherm.vandaag()))
    if veld.lijst:
        nu = {keuze.id for keuze in omgeving.reglement.keuzes(veld.lijst, omgeving.vandaag)}
        alle = [(id, naam) for id, naam in alle if id in nu]
    if veld.naam == "aspect" and isinstance(omgeving.feiten, Dossier):
        ontvangst = omgeving.feiten.ontvangst
        return [(id, naam) for id, naam in alle if id in (ontvangst.categorie, *ontvangst.aspecten)]
    if handeling == "verlengen_termijn" and veld.soort == "termijn" and isinstance(omgeving.feiten, Dossier):
        return [(t.id, t.naam) for t in verlengbare_termijnen(omgeving.reglement, omgeving.feiten).values()]
    if veld.naam == "medewerker":
        return [(id, naam) for id, naam in alle if id in omgeving.betrokkenen]
    if veld.naam in NIET_VOOR_BETROKKENEN:
        return [(id, naam) for id, naam in alle if id not in omgeving.betrokkenen]
    if veld.soort == "overleg":
        vrij = [(id, naam) for id, naam in alle if id != BUITEN and id not in omgeving.betrokkenen]
        return vrij or [(id, naam) for id, naam in alle if id == BUITEN]
    return alle


def _with_start(keuzes: list[tuple[Any, str]], veld: Veld, omgeving: Omgeving, begin: Any) -> list[tuple[Any, str]]:
    """Add what stands there already and can no longer be chosen: a correction of something else keeps it."""
    if not veld.lijst and veld.soort not in PERSONEN:
        return keuzes
    staat = begin if isinstance(begin, tuple | list) else [begin]
    erbij = {id for id in staat if id} - {id for id, _ in keuzes}
    if veld.soort in PERSONEN:
        # Who has left, or has another role now, did what was done.
        return keuzes + [(id, organisatie.naam(id)) for id in sorted(erbij)]
    return keuzes + [(k.id, k.naam) for k in omgeving.reglement.keuzes(veld.lijst) if k.id in erbij]


def _maatregelen(feiten: Feiten | None, handeling: str) -> list[tuple[Any, str]]:
    if not isinstance(feiten, Dossier):
        return []
    te_informeren = handeling == "stap_10_informeren_actienemer"
    return [
        (maatregel.nr, f"{maatregel.nr}. {kort(maatregel.omschrijving)} ({organisatie.naam(maatregel.actienemer)})")
        for maatregel in feiten.maatregelen.values()
        if (maatregel.vervallen_op is None and maatregel.geinformeerd_op is None if te_informeren else maatregel.open)
    ]


def _verbeteracties(feiten: Feiten | None, handeling: str) -> list[tuple[Any, str]]:
    if not isinstance(feiten, EvaluatieDossier):
        return []
    passend = {
        "stap_17_informeren_actienemer": lambda actie: actie.open and actie.meegedeeld_op is None,
        "stap_18_waarnemen_verandering": lambda actie: actie.uitgevoerd_op is not None,
    }.get(handeling, lambda actie: actie.open)
    return [
        (actie.nr, f"{actie.nr}. {kort(actie.omschrijving)} ({organisatie.naam(actie.actienemer)})")
        for actie in feiten.verbeteracties.values()
        if passend(actie)
    ]


def _stukken(feiten: Feiten | None) -> list[tuple[Any, str]]:
    reeksen = stukken.by_document(stukken.all_of(feiten)) if feiten else []
    return [
        (reeks.nu.nr, f"{kort(reeks.nu.feit.naam) or 'stuk zonder naam'} (feit {reeks.nu.nr})") for reeks in reeksen
    ]


def kort(tekst: str, lengte: int = 70) -> str:
    """Return the beginning of a text on one line."""
    regel = " ".join(tekst.split())
    return regel if len(regel) <= lengte else f"{regel[: lengte - 1].rstrip()}…"


def start_value(veld: Veld, omgeving: Omgeving, begin: Mapping[str, Any], keuzes: list[tuple[Any, str]]) -> Any:
    """Return what a field starts with: what is given, today for the date it happened, the only choice there is."""
    if veld.naam in begin:
        return begin[veld.naam]
    if veld.standaard is not None:
        return veld.standaard
    if veld.soort == "datum" and veld.verplicht:
        return omgeving.vandaag
    if veld.verplicht and len(keuzes) == 1 and veld.soort in EEN_UIT:
        return keuzes[0][0]
    return None


def widget(
    veld: Veld,
    omgeving: Omgeving,
    *,
    key: str,
    handeling: str = "",
    begin: Mapping[str, Any] | None = None,
    fout: str = "",
    label: str = "",
    hoogte: int = 130,
    wisbaar: bool = True,
) -> Any:
    """Draw one field, with its mistake below it, and return what is filled in.

    `wisbaar` False leaves out the button that empties a choice, which is one stop of the Tab key less.
    """
    keuzes = _with_start(choices(veld, omgeving, handeling), veld, omgeving, (begin or {}).get(veld.naam))
    waarde = start_value(veld, omgeving, begin or {}, keuzes)
    # A term may be left out only where there is no choice of them, and there it is not asked.
    optioneel = "" if veld.verplicht or veld.soort in ("ja_nee", "termijn") else " (mag leeg blijven)"
    gegevens = {"label": (label or veld.label) + optioneel, "key": key, "help": veld.hulp or None}
    vast = {"persist_state": "page"}
    match veld.soort:
        case "datum" | "dag":
            # Which days are right the handeling says: here every day that is typed has to arrive.
            gekozen: Any = datumveld.vraag(value=waarde, **gegevens, **vast)
        case "tekst":
            gekozen = st.text_area(value=waarde or "", height=hoogte, placeholder="", **gegevens, **vast)
        case "regel":
            gekozen = st.text_input(value=waarde or "", autocomplete="off", **gegevens, **vast)
        case "klacht":
            gekozen = st.text_input(
                value=waarde or "", autocomplete="off", placeholder=f"K{omgeving.vandaag.year}-0001", **gegevens, **vast
            )
        case soort if soort in EEN_UIT:
            gekozen = _selectbox(keuzes, waarde, gegevens, wisbaar=wisbaar)
        case "meerkeuze" | "medewerkers" | "overleggers":
            namen = dict(keuzes)
            gekozen = st.multiselect(
                options=[id for id, _ in keuzes],
                default=[id for id in waarde or () if id in namen],
                format_func=lambda id: namen.get(id, str(id)),
                placeholder="Kies een of meer …",
                **gegevens,
                **vast,
            )
        case "ja_nee":
            gekozen = st.checkbox(value=bool(waarde), **gegevens, **vast)
        case "getal":
            # Below a minimum Streamlit keeps the number that stood there before: the handeling says what is too low.
            gekozen = st.number_input(
                value=waarde, step=1, format="%d", placeholder="Vul een getal in", **gegevens, **vast
            )
        case "kleur":
            gekozen = st.color_picker(value=waarde, **gegevens, **vast)
        case "bestand":
            gekozen = st.file_uploader(max_upload_size=megabytes(veld.grootste), **gegevens)
        case "bestanden":
            gekozen = st.file_uploader(max_upload_size=megabytes(veld.grootste), accept_multiple_files=True, **gegevens)
        case _:
            raise ValueError(f"No widget for a field of kind {veld.soort}")
    if fout:
        mistake(fout)
    return gekozen


def _selectbox(keuzes: list[tuple[Any, str]], waarde: Any, gegevens: dict[str, Any], *, wisbaar: bool) -> Any:
    namen: dict[Any, str] = dict(keuzes)
    ids = list(namen)
    leeg = KIES if keuzes else "Er is niets te kiezen"
    if not wisbaar:
        # Streamlit draws the button to empty a choice when it starts with None, so nothing chosen is a choice itself.
        ids, namen[""], waarde = ["", *ids], leeg, waarde or ""
    return st.selectbox(
        options=ids,
        index=ids.index(waarde) if waarde in ids else None,
        format_func=lambda id: namen.get(id, str(id)),
        placeholder=leeg,
        persist_state="page",
        **gegevens,
    )


def mistake(zin: str) -> None:
    """Show what is wrong with the field above."""
    st.markdown(f":red[:material/error: {onderdelen.veilig(zin)}]")


def megabytes(grootste: int) -> int:
    """Return the most bytes that a file may have as Streamlit takes them: in MB, of which the limit is a whole number.

    Else the field would promise more than is taken.
    """
    heel, rest = divmod(grootste, 2**20)
    assert not rest
    return heel


def value_of(veld: Veld, gekozen: Any) -> Any:
    """Return what the handeling takes of what a widget holds."""
    if veld.soort == "bestand":
        return gekozen.getvalue() if gekozen is not None else None
    if veld.soort == "bestanden":
        return tuple((bestand.name, bestand.getvalue()) for bestand in gekozen or ())
    if veld.soort == "klacht":
        return str(gekozen or "").strip().upper()
    if isinstance(gekozen, list):
        return tuple(gekozen)
    return gekozen


def filled_in(velden: Iterable[Veld], key: str) -> dict[str, Any]:
    """Return what the handeling takes of all widgets of a form; a document without a name gets that of its file."""
    invoer = {veld.naam: value_of(veld, st.session_state.get(f"{key}.{veld.naam}")) for veld in velden}
    bestand = st.session_state.get(f"{key}.bestand")
    if bestand is not None and not isinstance(bestand, list) and not str(invoer.get("naam") or "").strip():
        invoer["naam"] = bestand.name
    return invoer
