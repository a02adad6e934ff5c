"""What the list of klachten is chosen by: what the figures are chosen by too, and the address keeps it as ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from klachten import organisatie, scherm
from klachten.analyse.basis.selectie import Filter as Kenmerken
from klachten.analyse.werk.klachtenlijst import PER_BLAD, VOLGORDEN, Filter
from klachten.analyse.werk.telling import OVER, STANDEN, STATUS, Telling
from klachten.periode import Periode
from klachten.reglement import Keuze as Kiesbaar
from klachten.scherm import datumveld
from klachten.scherm.evaluatie import perioden
from klachten.scherm.lijsten import overgenomen, telling, zoekveld
from klachten.scherm.lijsten.zoekveld import NAAR, ZOEK
from klachten.taal import hoofdletter

ALLE = ""
NIEMAND = "-"
HERKOMST = {"register": "Eigen register", "overgenomen": "Overgenomen", ALLE: "Alles"}
TERMIJN = {ALLE: "Alle termijnen", "te_laat": "Termijn voorbij"}
OP = {"ontvangst": "Ontvangen", "einde": "Beëindigd"}
BLAD = "klachten.blad"
VAN_CIJFER = "klachten.van_cijfer"
PERIODE = "klachten.periode"
DAG = "klachten.dag"
BOVEN = ("status", "termijn", "volgorde")
MEER = (
    ("behandelaar", "categorie", "vestiging"),
    ("indiener", "kanaal", "stap"),
    ("stand", "welke_termijn", "oordeel"),
    ("herkomst", "per_blad"),
)
HULP = "Klachten die in deze periode zijn ontvangen of beëindigd."


@dataclass(frozen=True)
class Keuze:
    """One filter: its name in the address, its label, and what may be chosen as {id: name}."""

    naam: str
    label: str
    opties: dict[str, str]
    standaard: str = ALLE
    uitleg: str | None = None

    @property
    def key(self) -> str:
        """The key of its widget."""
        return f"klachten.{self.naam}"


def keuzes() -> dict[str, Keuze]:
    """Return the filters of the list by name."""
    reglement = scherm.reglement()
    behandelaars = {persoon.id: persoon.naam for persoon in organisatie.ooit("behandelaar")}
    status = {ALLE: "Alle statussen", "telt": "Telt mee in de cijfers"}
    status |= {id: hoofdletter(naam) for id, naam in STATUS.items() if naam}
    stappen = {str(stap.nr): f"{stap.nr} {stap.korte_naam}" for stap in reglement.stappen if stap.nr <= 15}
    termijnen = {termijn.id: termijn.naam for termijn in reglement.termijnen}
    standen = {stand: hoofdletter(stand) for stand in (OVER, *STANDEN)}
    alle = (
        Keuze("status", "Status", status),
        Keuze("termijn", "Termijn", TERMIJN),
        Keuze("volgorde", "Volgorde", {id: naam for id, (naam, _) in VOLGORDEN.items()}, "nieuwste"),
        Keuze("op", "Klachten die zijn", OP, "ontvangst"),
        Keuze(
            "behandelaar", "Behandelaar", {ALLE: "Alle behandelaars", NIEMAND: "Nog niet toegewezen", **behandelaars}
        ),
        Keuze("categorie", "Categorie", _met_alle("Alle categorieën", reglement.categorieen)),
        Keuze("vestiging", "Vestiging", _met_alle("Alle vestigingen", reglement.vestigingen)),
        Keuze("indiener", "Indiener", _met_alle("Alle indieners", reglement.indiener_soorten)),
        Keuze("kanaal", "Kanaal", _met_alle("Alle kanalen", reglement.kanalen)),
        Keuze("stap", "Wacht bij stap", {ALLE: "Alle stappen", **stappen}, ALLE, "De laatste stap die is gezet."),
        Keuze("oordeel", "Oordeel", _met_alle("Met of zonder oordeel", reglement.oordelen)),
        Keuze(
            "stand", "Op tijd of niet", {ALLE: "Maakt niet uit", **standen}, ALLE,
            "Hoe de termijn ervoor staat, ook van klachten die al zijn afgerond.",
        ),
        Keuze("welke_termijn", "Van welke termijn", {ALLE: "Elke termijn", **termijnen}),
        # A figure says itself of which origin its klachten are.
        Keuze("herkomst", "Herkomst", HERKOMST, ALLE if telling.gekozen() else overgenomen.herkomst()),
        Keuze("per_blad", "Per pagina", {str(aantal): str(aantal) for aantal in PER_BLAD}, str(PER_BLAD[0])),
    )  # fmt: skip
    return {keuze.naam: keuze for keuze in alle}


def _met_alle(alle: str, lijst: Sequence[Kiesbaar]) -> dict[str, str]:
    return {ALLE: alle, **{keuze.id: keuze.naam for keuze in lijst}}


def vraag(jaren: Sequence[int]) -> tuple[Filter, str, int]:
    """Draw the search field and the filters; return the filter, the order and the rows per page.

    `jaren`: those that are offered as a period.
    """
    opties, cijfer = keuzes(), telling.gekozen()
    _from_address(opties)
    zoek = zoekveld.vraag(_first_page)
    gekozen: dict[str, str] = {}
    for kolom, naam in zip(st.columns(3), BOVEN, strict=True):
        with kolom:
            gekozen[naam] = _choose(opties[naam])
    namen = ["op", *(naam for rij in MEER for naam in rij)]
    anders = sum(st.session_state[opties[naam].key] != opties[naam].standaard for naam in namen)
    anders += bool(st.session_state[PERIODE]) + bool(st.session_state[DAG])
    periode, dag = None, cijfer.peildatum if cijfer else scherm.vandaag()
    with st.expander(f"Meer filters ({anders} gekozen)" if anders else "Meer filters", icon=":material/tune:"):
        if cijfer is None:
            periode, dag = _when(jaren, opties["op"])
        gekozen["op"] = st.session_state[opties["op"].key]
        for rij in MEER:
            for kolom, naam in zip(st.columns(3), rij, strict=False):
                with kolom:
                    gekozen[naam] = _choose(opties[naam])
    _to_address(opties, gekozen)
    filter = Filter(
        zoek=zoek,
        herkomst=gekozen["herkomst"],
        te_laat=gekozen["termijn"] == "te_laat",
        zonder_behandelaar=gekozen["behandelaar"] == NIEMAND,
        keuze=_keuze(gekozen, periode, dag, cijfer.peildatum if cijfer else scherm.vandaag()),
        telling=cijfer,
    )
    return filter, gekozen["volgorde"], int(gekozen["per_blad"])


def _keuze(gekozen: dict[str, str], periode: Periode | None, dag: date, gewoon: date) -> Telling | None:
    """Return what was chosen as a figure is asked for; None when that is nothing: then all are listed.

    `gewoon`: the day as of which the list stands when no other was chosen.
    """
    wie = gekozen["behandelaar"]
    kenmerken = Kenmerken(
        vestiging=gekozen["vestiging"] or None,
        categorie=gekozen["categorie"] or None,
        indiener_soort=gekozen["indiener"] or None,
        kanaal=gekozen["kanaal"] or None,
        behandelaar=wie if wie and wie != NIEMAND else None,
        herkomst=gekozen["herkomst"] or None,
    )
    # Without a status also what is vervallen is listed, and said to be so.
    status = {ALLE: "alles", "telt": ""}.get(gekozen["status"], gekozen["status"])
    keuze = Telling(
        peildatum=dag,
        periode=periode,
        filter=kenmerken,
        # Which day a period is about says nothing without a period.
        op=gekozen["op"] if periode else "ontvangst",
        status=status,
        oordeel=gekozen["oordeel"],
        termijn=gekozen["welke_termijn"],
        stand=gekozen["stand"],
        stap=int(gekozen["stap"]) if gekozen["stap"] else None,
    )
    niets = Telling(peildatum=gewoon, filter=Kenmerken(herkomst=kenmerken.herkomst), status="alles")
    return keuze if keuze != niets else None


def _when(jaren: Sequence[int], op: Keuze) -> tuple[Periode | None, date]:
    """Draw the period, what it is about, and the day as of which the list stands; return the first and the last."""
    vandaag = scherm.vandaag()
    periode = perioden.lees(st.session_state[PERIODE])
    dag = _dag(st.session_state[DAG], vandaag)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        jaren, boekjaren = jaren or [vandaag.year], scherm.reglement().boekjaren
        perioden.vraag(periode, jaren, vandaag, boekjaren, key=PERIODE, neem=_neem, zonder="Altijd", hulp=HULP)
        if periode is not None:
            _choose(op, 160)
        datumveld.kies(
            "Zoals het stond op",
            dag,
            laatste=vandaag,
            key=f"{DAG}.veld",
            neem=_andere_dag,
            width=170,
            help="Status, stap en termijn zoals ze op die dag waren; wat later gebeurde, telt niet mee.",
        )
    datumveld.fout(f"{DAG}.veld", perioden.dagen_key(PERIODE))
    return periode, dag


def _neem(naam: str, tekst: str) -> None:
    st.session_state[PERIODE] = tekst
    _first_page()


def _andere_dag(dag: date | None) -> None:
    st.session_state[DAG] = "" if dag is None or dag == scherm.vandaag() else dag.isoformat()
    _first_page()


def _dag(tekst: str, vandaag: date) -> date:
    try:
        return min(date.fromisoformat(tekst), vandaag)
    except ValueError:
        return vandaag


def _choose(keuze: Keuze, breedte: int | None = None) -> str:
    return st.selectbox(
        keuze.label,
        list(keuze.opties),
        format_func=lambda id: keuze.opties.get(id, id),
        key=keuze.key,
        persist_state="session",
        placeholder="Kies",
        help=keuze.uitleg,
        width=breedte or "stretch",
        on_change=_first_page,
    )


def _from_address(opties: dict[str, Keuze]) -> None:
    """Start with the filters in the address; an id that does not exist (any more) is no filter.

    Whoever comes from a figure sees all that it counts: what was chosen here before does not narrow that, and what is
    chosen there does not stay.
    """
    vers = telling.gekozen()
    if st.session_state.get(VAN_CIJFER) != vers:
        for key in (*(keuze.key for keuze in opties.values()), PERIODE, DAG):
            st.session_state.pop(key, None)
        st.session_state[ZOEK] = ""
    st.session_state[VAN_CIJFER] = vers
    for naam, keuze in opties.items():
        waarde = st.session_state.get(keuze.key, st.query_params.get(naam, keuze.standaard))
        st.session_state[keuze.key] = waarde if waarde in keuze.opties else keuze.standaard
    # A link from before there were other periods names a year.
    periode = st.query_params.get("periode", st.query_params.get("jaar", ""))
    for key, waarde in ((PERIODE, periode), (DAG, st.query_params.get("dag", ""))):
        st.session_state.setdefault(key, waarde)
    if perioden.lees(st.session_state[PERIODE]) is None:
        st.session_state[PERIODE] = ""
    if _dag(st.session_state[DAG], scherm.vandaag()) == scherm.vandaag():
        st.session_state[DAG] = ""


def _to_address(opties: dict[str, Keuze], gekozen: dict[str, str]) -> None:
    """Keep the filters in the address, so that a reload or a link shows the same; never what was typed."""
    waarden = {naam: gekozen[naam] for naam, keuze in opties.items() if gekozen[naam] != keuze.standaard}
    waarden |= {
        naam: tekst for naam, tekst in (("periode", st.session_state[PERIODE]), ("dag", st.session_state[DAG])) if tekst
    }
    for naam in (*opties, "periode", "dag", "jaar"):
        if naam in waarden:
            if st.query_params.get(naam) != waarden[naam]:
                st.query_params[naam] = waarden[naam]
        elif naam in st.query_params:
            del st.query_params[naam]


def _first_page() -> None:
    st.session_state.pop(BLAD, None)


def clear() -> None:
    """Begin the list again: nothing searched, nothing chosen, and no figure behind it."""
    _first_page()
    st.session_state[ZOEK] = ""
    for sleutel in [sleutel for sleutel in st.session_state if str(sleutel).startswith("klachten.")]:
        if sleutel not in (ZOEK, NAAR):
            del st.session_state[sleutel]
    for naam in list(st.query_params):
        if naam != "als":
            del st.query_params[naam]
