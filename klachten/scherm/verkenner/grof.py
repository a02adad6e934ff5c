"""What a page of the evaluation shows to whoever may not see small numbers: answers of the Verkenner, nothing else.

The figures of such a page are of single months, steps and combinations, and its sentences and charts say them again in
other words: hidden in one place they would stand in another. The Verkenner protects an answer whole, so these readers
get only those, on every page and in its file alike, and asking the same in the Verkenner gives the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import streamlit as st

from klachten import organisatie, scherm
from klachten.analyse.verkenner import bestand, dicht
from klachten.analyse.verkenner.antwoord import geef
from klachten.analyse.verkenner.maten import OP_TIJD, WACHTTIJD, maten
from klachten.analyse.verkenner.verkenning import GeenVraag, Verkenning
from klachten.analyse.verkenner.woorden import Woorden
from klachten.analyse.werkboek import VOOR_BUITEN
from klachten.reglement import Reglement
from klachten.scherm import excelknop, onderdelen, uitvoer
from klachten.scherm.aanbod import Maker
from klachten.scherm.evaluatie import delen, leegjaar
from klachten.scherm.evaluatie.keuze import Keuze
from klachten.scherm.verkenner import beeld, bewaren, kiezer

UITLEG = (
    "Kleine aantallen zijn voor u verborgen, op elke pagina en in elk bestand: wat 1 tot en met 4 klachten telt, en "
    "zoveel ernaast dat het uit dit antwoord niet is terug te rekenen. Daarom ziet u hier deze vragen uit de Verkenner."
)
ZEGT_LEEG = ("jaarbeeld", "categorieen", "proces")
"""The pages that say of a period without klachten that it has none."""
ELKE_TERMIJN = f"maat={OP_TIJD}"
"""Stands for a question of each term of the reglement."""
VRAGEN: dict[str, tuple[str, ...]] = {
    "jaarbeeld": (
        "maat=ontvangen", "maat=ontvangen&reeks=jaar", ELKE_TERMIJN, "maat=ontvangen&splits=categorie", "maat=open",
        "maat=per_100_trajecten&reeks=jaar",
    ),
    "termijnen": (f"{ELKE_TERMIJN}&reeks=jaar", *(f"maat={WACHTTIJD}{tot}" for tot in ("bevestiging", "afsluiting"))),
    "categorieen": tuple(
        f"maat=ontvangen&splits={naar}"
        for naar in ("categorie", "categorie&reeks=jaar", "categorie.einde", "indiener", "kanaal", "vestiging")
    ),
    "opvolging": (
        "maat=maatregelen&splits=maatregelstand", "maat=maatregel_op_tijd", "maat=maatregel_binnen_termijn",
        "maat=meningsverschillen", "maat=deel_meningsverschil",
    ),
    "proces": tuple(
        f"maat=deel_{wat}" for wat in ("afwijking", "heropend", "niet_in_behandeling", "ingetrokken", "open")
    ),
    "signalen": ("maat=ontvangen&reeks=jaar", "maat=per_100_trajecten&reeks=jaar"),
}  # fmt: skip
"""What each page asks for these readers, as an address of the Verkenner has it."""


@dataclass(frozen=True)
class Gesteld:
    """The questions of a page for what was chosen, and why others cannot be asked of it."""

    vragen: tuple[Verkenning, ...]
    waarom_niet: tuple[str, ...]


def vragen(pagina: str, keuze: Keuze) -> Gesteld:
    """Return what a page asks of the chosen period and klachten."""
    gesteld, waarom_niet = [], []
    for tekst in _teksten(pagina, keuze.reglement):
        try:
            vraag = replace(Verkenning.lees(tekst), periode=keuze.periode, filter=keuze.filter)
            dicht.check(vraag)
        except GeenVraag as geen:
            waarom_niet.append(str(geen))
            continue
        gesteld.append(vraag)
    return Gesteld(tuple(gesteld), tuple(dict.fromkeys(waarom_niet)))


def _teksten(pagina: str, reglement: Reglement | None) -> Iterator[str]:
    termijnen = [id for id in maten(reglement) if id.startswith(OP_TIJD)]
    for tekst in VRAGEN[pagina]:
        if tekst.startswith(ELKE_TERMIJN):
            yield from (tekst.replace(f"maat={OP_TIJD}", f"maat={id}") for id in termijnen)
        else:
            yield tekst


def anders(pagina: str, keuze: Keuze) -> None:
    """Draw the page for who may not see small numbers, and stop; for all others this does nothing."""
    if kiezer.ziet_kleine():
        return
    gesteld = vragen(pagina, keuze)
    ontvangen = replace(Verkenning(), periode=keuze.periode, filter=keuze.filter)
    if (
        pagina in ZEGT_LEEG
        and _may_ask(ontvangen)
        and not any(cel.n for cel in beeld.antwoord(ontvangen, keuze).antwoord.cellen)
    ):
        leegjaar.toon(keuze)
    st.markdown(UITLEG)
    for nr, vraag in enumerate(gesteld.vragen):
        _toon(beeld.antwoord(vraag, keuze), f"grof.{pagina}.{nr}")
    if gesteld.waarom_niet:
        st.markdown("\n".join(f"- {onderdelen.veilig(zin)}" for zin in gesteld.waarom_niet))
    if pagina == "jaarbeeld":
        bewaren.bewaarde_vragen(keuze)
    excelknop.toon(
        f"{pagina}-{keuze.periode.sleutel}-{keuze.peildatum}", _excel(pagina, keuze, gesteld.vragen),
        key=f"{pagina}.excel",
    )  # fmt: skip
    st.stop()


def _may_ask(vraag: Verkenning) -> bool:
    """Tell whether a question is not too fine: that there are none would say something of it as well."""
    try:
        dicht.check(vraag)
    except GeenVraag:
        return False
    return True


def _toon(woorden: Woorden, key: str) -> None:
    uit = woorden.antwoord
    onderdelen.kop(woorden.vraag)
    st.markdown(onderdelen.veilig(" ".join(filter(None, (woorden.zin(), uit.zin_kleine)))))
    if len(uit.cellen) > 1:
        beeld.grafiek(woorden, key=key, met_tabel=False)
        delen.achter(woorden.tabel(), key=f"{key}.tabel")
    onderdelen.verwijzing("verkenner", "In de Verkenner", **uit.vraag.adres)


def _excel(pagina: str, keuze: Keuze, gesteld: tuple[Verkenning, ...]) -> Maker | None:
    """The same answers as a file, a sheet each."""
    if not gesteld or not uitvoer.mag(f"excel_{pagina}"):
        return None
    register, reglement = scherm.register(), keuze.reglement
    waaruit = f"{keuze.naam}: {keuze.filter.in_woorden(reglement)}, {keuze.periode.naam}"

    def maak() -> bytes:
        boek = register.reglementen.get(keuze.verzameling.reglement)
        alle = {}
        with register.cursor() as cursor:
            for nr, vraag in enumerate(gesteld, start=1):
                uit = dicht.verberg(geef(cursor, vraag, peildatum=keuze.peildatum, reglement=boek))
                woorden = Woorden(uit, reglement, organisatie.naam)
                alle[bestand.bladnaam(nr, woorden.vraag)] = woorden
        stand = register.stand()
        return bestand.bestand_van(alle, filter=waaruit, zegel=stand.zegel, feiten=stand.aantal, voor=VOOR_BUITEN)

    return Maker(f"excel_{pagina}", maak)
