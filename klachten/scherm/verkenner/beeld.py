"""The answer on the screen: a sentence, the chart that fits, the table, and how to make it again."""

from __future__ import annotations

from datetime import date

import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import organisatie, rechten, scherm
from klachten.analyse.verkenner import bestand, dicht, grafieken, notitie
from klachten.analyse.verkenner.antwoord import Antwoord, Cel, geef
from klachten.analyse.verkenner.maten import DAGEN, PER_100
from klachten.analyse.verkenner.verkenning import GeenVraag, Verkenning
from klachten.analyse.verkenner.woorden import Woorden
from klachten.analyse.werk.telling import Telling
from klachten.analyse.werkboek import MET_NAMEN, VOOR_BUITEN, ZONDER_NAMEN
from klachten.organisatie import Gebruiker
from klachten.scherm import aanbod, excelknop, onderdelen, uitvoer
from klachten.scherm.aanbod import Maker
from klachten.scherm.bewaard import bewaard
from klachten.scherm.evaluatie import delen
from klachten.scherm.evaluatie.keuze import Keuze
from klachten.scherm.verkenner import kiezer
from klachten.taal import opsomming

KEY = "verkenner"


@bewaard
def _antwoord(cursor: DuckDBPyConnection, vraag: Verkenning, peildatum: date, reglement: str, kleine: bool) -> Antwoord:
    uit = geef(cursor, vraag, peildatum=peildatum, reglement=scherm.register().reglementen.get(reglement))
    return uit if kleine else dicht.verberg(uit)


def antwoord(vraag: Verkenning, keuze: Keuze) -> Woorden:
    """Return the answer for whoever looks, in words."""
    uit = _antwoord(vraag, keuze.peildatum, keuze.verzameling.reglement, kiezer.ziet_kleine())
    return Woorden(uit, keuze.reglement, organisatie.naam)


def ondertitel() -> str:
    """Return what the page is, and what whoever looks gets with an answer: not everybody may read klachten."""
    wat = ["een marge", *(["een lijst erachter"] if delen.mag_naar_lijst() else []), "een adres"]
    klein = "" if kiezer.ziet_kleine() else " Kleine aantallen zijn verborgen."
    return f"Kies wat u wilt weten. Het antwoord heeft {opsomming(wat)}.{klein}"


def toon(woorden: Woorden, keuze: Keuze) -> None:
    """Draw an answer whole."""
    uit = woorden.antwoord
    st.markdown(f"**{onderdelen.veilig(woorden.zin())}**")
    if uit.zin_kleine:
        st.markdown(uit.zin_kleine)
    if len(uit.cellen) == 1:
        een(woorden, uit.cellen[0])
        return
    grafiek(woorden, met_tabel=False)
    tabel = woorden.tabel()
    delen.toon(tabel, naar=lambda rij, kolom: telling(uit, rij, kolom, list(tabel.columns)), key=f"{KEY}.tabel")


def een(woorden: Woorden, cel: Cel) -> None:
    """Draw a single figure large, with the list behind it."""
    marge = woorden.marge(cel)
    lijst = woorden.antwoord.telling(cel)
    kaart = (woorden.antwoord.maat.titel, _groot(woorden, cel), f"marge {marge}" if marge else cel.opmerking)
    delen.cijfers([(*kaart, lijst) if lijst and delen.mag_naar_lijst() else kaart])


def _groot(woorden: Woorden, cel: Cel) -> str:
    """Return a figure as it stands large: of a share from ten on the percentage, the counts are in the sentence."""
    tekst = woorden.cijfer(cel)
    return tekst.partition(" (")[0] if woorden.antwoord.maat.is_deel else tekst


def grafiek(woorden: Woorden, key: str = KEY, *, met_tabel: bool = True) -> None:
    """Draw the chart that fits, with its table unless that stands below it; nothing where a table says it better."""
    uit = woorden.antwoord
    vorm = grafieken.soort(uit)
    if not vorm:
        return
    bron = grafieken.tabel(woorden)
    maat = uit.maat
    as_titel = f"Aandeel {maat.wat}" if maat.is_deel else "Dagen" if maat.soort == DAGEN else maat.titel
    velden = ("naam", "kolom") if vorm == grafieken.VAKJES else ("naam",)
    plek = {tuple(str(rij[veld]) for veld in velden): int(rij["nr"]) for _, rij in bron.iterrows()}
    if vorm == grafieken.PUNT:
        # The counts stand under the name there.
        plek |= {(f"{rij['naam']}|{rij['tekst']}",): int(rij["nr"]) for _, rij in bron.iterrows()}

    def punt(mark: dict[str, str]) -> Telling | None:
        nr = plek.get(tuple(str(mark.get(veld, "")) for veld in velden))
        return None if nr is None else uit.telling(uit.cellen[nr])

    lijsten = any(uit.telling(cel) for cel in uit.cellen)
    delen.grafiek(
        grafieken.teken, bron, vorm, woorden.titel, as_titel, punt=punt if lijsten else None, velden=velden, key=key,
        met_tabel=met_tabel, procent=maat.is_deel, maat=maat.soort,
    )  # fmt: skip


def telling(uit: Antwoord, rij: int, kolom: str, kolommen: list[str]) -> Telling | None:
    """Return the klachten behind a number of the table: those that count, or those of them that it is about."""
    maat = uit.maat
    eerste = len(kolommen) - {"aantal": 1, "aandeel": 5, "termijn": 6}.get(maat.soort, 5)
    x, n = (eerste, eerste + 1) if maat.is_deel else (eerste + 3, eerste + 4) if maat.soort == DAGEN else (-1, eerste)
    nr = kolommen.index(kolom)
    return uit.telling(uit.cellen[rij], x=nr == x) if nr in (x, n) and rij < len(uit.cellen) else None


def meenemen(woorden: Woorden, keuze: Keuze) -> None:
    """Offer the answer as Excel file and as notebook, for who may have those."""
    naam = f"verkenner-{woorden.antwoord.vraag.maat.replace('.', '-')}-{keuze.periode.sleutel}"
    with st.container(horizontal=True):
        excelknop.toon(naam, _excel(woorden, keuze), key=f"{KEY}.excel")
        if uitvoer.mag("notebook"):
            _notebook(woorden, naam)


def _excel(woorden: Woorden, keuze: Keuze) -> Maker | None:
    if not uitvoer.mag("excel_verkenner"):
        return None
    register, gebruiker, vraag = scherm.register(), scherm.gebruiker(), woorden.antwoord.vraag
    reglement, kleine = keuze.reglement, kiezer.ziet_kleine()
    waaruit = f"{keuze.naam}: {keuze.filter.in_woorden(reglement)}, {keuze.periode.naam}"

    def maak() -> bytes:
        with register.cursor() as cursor:
            heel = geef(
                cursor, vraag, peildatum=keuze.peildatum,
                reglement=register.reglementen.get(keuze.verzameling.reglement),
            )  # fmt: skip
        stand = register.stand()
        uit = heel if kleine else dicht.verberg(heel)
        return bestand.bestand(
            Woorden(uit, reglement, organisatie.naam), filter=waaruit, zegel=stand.zegel, feiten=stand.aantal,
            voor=_voor(gebruiker),
        )  # fmt: skip

    return Maker("excel_verkenner", maak)


def _voor(gebruiker: Gebruiker) -> str:
    if uitvoer.gaat_naar_buiten(gebruiker):
        return VOOR_BUITEN
    return MET_NAMEN if rechten.mag("inzage", "behandelaarsnamen", gebruiker).mag else ZONDER_NAMEN


def _notebook(woorden: Woorden, naam: str) -> None:
    try:
        inhoud = notitie.notebook(woorden.antwoord, woorden.titel)
    except GeenVraag as geen:
        st.markdown(str(geen))
        return
    aanbod.knop(
        "Open als notebook", f"{naam}.ipynb", notitie.MIME, Maker("notebook", lambda: inhoud), key=f"{KEY}.notebook",
        icon=":material/code_blocks:",
        help="Geeft op de momentopname hetzelfde cijfer. Zet het bestand in de map notebooks en open het met Jupyter.",
    )  # fmt: skip


def hoe(woorden: Woorden) -> None:
    """Show what is counted, and the SQL and Python that give it."""
    uit = woorden.antwoord
    with st.expander("Hoe is dit geteld?"):
        st.markdown(uit.maat.uitleg)
        if uit.maat.is_deel:
            st.markdown(
                "De marge is het bereik waarin het werkelijke aandeel waarschijnlijk ligt (Wilson, 95%). Of delen "
                "verschillen is met elkaar verrekend (Fisher, Holm): wie veel vergelijkt, vindt door toeval altijd "
                "iets."
            )
        if uit.maat.soort in (DAGEN, PER_100):
            st.markdown("De marge is 95%: wat elkaar overlapt, verschilt misschien alleen door toeval.")
        if not kiezer.ziet_kleine():
            st.markdown(
                "Aantallen onder de vijf zijn verborgen, en andere als ze daarmee zijn terug te rekenen. Daarom kunt u "
                "hoogstens twee kenmerken tegelijk kiezen."
            )
    with st.expander("SQL en Python", icon=":material/code:"):
        st.markdown("Op de momentopname van het register geeft dit hetzelfde.")
        st.code(uit.sql, language="sql", wrap_lines=True)
        st.code(notitie.python(uit.vraag, uit.peildatum), language="python", wrap_lines=True)
