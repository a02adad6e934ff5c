"""Page Lijsten: what can be chosen, how often it is, and what renaming, merging and ending it touches."""

from __future__ import annotations

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import scherm, taal
from klachten.analyse.werk import beheer
from klachten.analyse.werk.beheer import Gebruik
from klachten.handelingen.organisatie.lijsten import NAMEN
from klachten.organisatie import EIGEN_LIJSTEN
from klachten.reglement import Keuze
from klachten.scherm import onderdelen
from klachten.scherm.beheer import delen, herstel
from klachten.scherm.onderdelen import veilig

PLEK = "lijsten"
DOEN = ("hernoemen_keuze", "samenvoegen_keuze", "beeindigen_keuze", "toevoegen_keuze")
ACHTERAAN = "Aan het eind van de lijst"


def kies_lijst() -> str:
    """Let the user choose a list; an address can name it."""
    gevraagd = st.query_params.get("lijst", "")
    if gevraagd in EIGEN_LIJSTEN and "lijsten.lijst" not in st.session_state:
        st.session_state["lijsten.lijst"] = gevraagd
    return st.selectbox(
        "Welke lijst", EIGEN_LIJSTEN, format_func=NAMEN.__getitem__, key="lijsten.lijst", placeholder="Kies een lijst"
    )


def gebruik(lijst: str) -> dict[str, Gebruik]:
    """Return how each choice of a list is used."""
    with scherm.register().cursor() as cursor:
        return beheer.gebruik(cursor, lijst)


def overzicht(lijst: str, per_keuze: dict[str, Gebruik]) -> None:
    """Draw the choices of a list: those that can be chosen today, and apart those that cannot (any more)."""
    vandaag, keuzes = scherm.vandaag(), scherm.reglement().keuzes(lijst)
    nu = [keuze for keuze in keuzes if keuze.geldt_op(vandaag)]
    niet = [keuze for keuze in keuzes if not keuze.geldt_op(vandaag)]
    onderdelen.kop(f"{NAMEN[lijst]} ({len(nu)})")
    st.markdown("\n".join(_regel(lijst, keuze, per_keuze) for keuze in nu) or "In deze lijst staat nog niets.")
    if niet:
        with st.expander(f"Nu niet te kiezen ({len(niet)})"):
            st.markdown("\n".join(_regel(lijst, keuze, per_keuze) for keuze in niet))


def _regel(lijst: str, keuze: Keuze, per_keuze: dict[str, Gebruik]) -> str:
    delen_van = [delen.gebruikt(per_keuze.get(keuze.id))]
    if keuze.geldig_vanaf and keuze.geldig_vanaf > scherm.vandaag():
        delen_van.append(f"te kiezen vanaf {taal.datum(keuze.geldig_vanaf)}")
    if keuze.opgevolgd_door:
        opvolger = veilig(scherm.reglement().naam_van(lijst, keuze.opgevolgd_door))
        delen_van.append(f"opgegaan in {opvolger}")
    elif keuze.geldig_tot:
        delen_van.append(f"te kiezen{taal.tot_en_met(keuze.geldig_tot)}")
    return f"- **{veilig(keuze.naam)}**  \n  :small[{' · '.join(delen_van)}]"


def wijzigen(lijst: str, per_keuze: dict[str, Gebruik]) -> None:
    """Draw what the user can change in the list: which choice, what that touches, and the form."""
    keuzes = _still(lijst)
    # In an empty list there is one thing to do.
    naam = delen.wijzigen(DOEN if keuzes else sorted(DOEN, key=lambda doen: doen != "toevoegen_keuze"), plek=PLEK)
    if naam is None:
        return
    if naam == "toevoegen_keuze":
        _add(lijst, keuzes)
    elif not keuzes:
        st.markdown("In deze lijst staat nog niets om te wijzigen.")
    else:
        _change(naam, lijst, keuzes, per_keuze)


def _still(lijst: str) -> list[Keuze]:
    """The choices that can still change: those that have not ended."""
    vandaag = scherm.vandaag()
    return [k for k in scherm.reglement().keuzes(lijst) if k.geldig_tot is None or k.geldig_tot >= vandaag]


def _choose(label: str, keuzes: list[Keuze], key: str) -> Keuze | None:
    namen = {keuze.id: keuze.naam for keuze in keuzes}
    if st.session_state.get(key) not in namen:
        st.session_state.pop(key, None)
    # Nothing is chosen by itself: what is merged here does not come apart again.
    gekozen = st.selectbox(
        label, namen, index=None, format_func=lambda id: namen.get(id, id), key=key, placeholder="Kies …"
    )
    return next((keuze for keuze in keuzes if keuze.id == gekozen), None)


def _add(lijst: str, keuzes: list[Keuze]) -> None:
    namen = {"": ACHTERAAN, **{keuze.id: f"Na {keuze.naam}" for keuze in keuzes}}
    na = st.selectbox(
        "Plaats in de lijst", namen, format_func=lambda id: namen.get(id, id), key=f"lijsten.na.{lijst}", index=0
    )
    delen.gevolg("Vanaf de gekozen dag kan iedereen dit kiezen. Aan klachten die er al zijn, verandert niets.")
    delen.vraag("toevoegen_keuze", g.NUMMER, plek=PLEK, vast={"lijst": lijst, "na": na})


def _change(naam: str, lijst: str, keuzes: list[Keuze], per_keuze: dict[str, Gebruik]) -> None:
    keuze = _choose("Welke keuze", keuzes, f"lijsten.id.{lijst}")
    if keuze is None:
        return
    vast, gebruikt = {"lijst": lijst, "id": keuze.id}, per_keuze.get(keuze.id)
    if naam == "samenvoegen_keuze":
        anderen = [k for k in keuzes if k.id != keuze.id]
        if not anderen:
            st.markdown("Er is geen andere keuze om in op te gaan.")
            return
        opvolger = _choose("Gaat op in", anderen, f"lijsten.opvolger.{lijst}")
        if opvolger is None:
            return
        vast["opvolger"] = opvolger.id
        delen.gevolg(*_merge(lijst, keuze, opvolger, gebruikt, per_keuze.get(opvolger.id)))
    elif naam == "hernoemen_keuze":
        delen.gevolg(
            f"**{veilig(keuze.naam)}** staat bij {delen.gebruikt(gebruikt)}. Zij tonen voortaan de nieuwe naam, ook "
            "die van vroeger; de oude naam blijft in de geschiedenis hieronder staan.",
            "De aantallen veranderen niet.",
        )
    else:
        delen.gevolg(*_end(lijst, keuze, gebruikt))
    delen.vraag(naam, g.NUMMER, plek=PLEK, vast=vast)


def _merge(
    lijst: str, keuze: Keuze, opvolger: Keuze, gebruikt: Gebruik | None, ander: Gebruik | None
) -> tuple[str, ...]:
    oud, nieuw = veilig(keuze.naam), veilig(opvolger.naam)
    eerst = (
        f"**{oud}** staat bij {delen.gebruikt(gebruikt)}; **{nieuw}** bij {delen.gebruikt(ander)}. Vanaf de gekozen "
        f"dag kan niemand **{oud}** meer kiezen."
    )
    if lijst == "categorieen":
        hoe = (
            f"In alle cijfers tellen zij samen onder **{nieuw}**, ook die van vroeger. In het dossier blijft staan wat "
            "toen is gekozen. Bevroren cijfers van evaluaties blijven zoals zij zijn."
        )
    else:
        hoe = (
            f"In alle cijfers tellen zij vanaf die dag samen onder **{nieuw}**; wie terugkijkt naar een dag ervoor, "
            "ziet ze apart. In het dossier blijft staan wat toen is gekozen. Bevroren cijfers van evaluaties blijven "
            "zoals zij zijn."
        )
    return eerst, hoe, "Een vergissing herroept u onderaan deze pagina."


def _end(lijst: str, keuze: Keuze, gebruikt: Gebruik | None) -> tuple[str, ...]:
    oud = veilig(keuze.naam)
    eerst = f"**{oud}** staat bij {delen.gebruikt(gebruikt)}. Zij houden die keuze; hun termijnen veranderen niet."
    zinnen = [eerst, f"Voor wat na de laatste dag gebeurt, kan niemand **{oud}** meer kiezen."]
    if lijst == "vestigingen":
        mensen = [wie for wie in scherm.register().organisatie.iedereen(scherm.vandaag()) if wie.vestiging == keuze.id]
        zinnen.append(f"Op deze vestiging werken nu {taal.aantal(len(mensen), 'persoon', 'personen')}.")
    return tuple(zinnen)


def historie(lijst: str) -> None:
    """Draw what was changed in the list."""
    if feiten := delen.dossier():
        van_de_lijst = delen.van_deze(feiten.vastleggingen, lambda feit: getattr(feit, "lijst", "") == lijst)
        herstel.toon(feiten, delen.historie(van_de_lijst, kop="Geschiedenis van deze lijst"))
