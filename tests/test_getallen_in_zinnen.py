"""Every sentence maker at 0, 1, 2 and more: the number and its words agree, by a table written by hand."""

# ruff: noqa: E501 (a table of sentences reads better on one line)
from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from klachten import taal
from klachten.analyse.basis import zinnen as basis
from klachten.analyse.basis.selectie import ALLES
from klachten.analyse.categorieen.nader import tevredenheid_zin
from klachten.analyse.jaar import afloop
from klachten.analyse.opvolging.oordelen import oordelen_zin
from klachten.analyse.proces import proces
from klachten.analyse.signalen.oordeel import te_weinig
from klachten.analyse.signalen.reeks import Tijdvak
from klachten.analyse.signalen.splitsing import in_woorden
from klachten.analyse.statistiek import t_kaart
from klachten.analyse.termijnen import zinnen as termijnen
from klachten.analyse.termijnen.naleving import Naleving
from klachten.analyse.termijnen.streven import GEHAALD, STANDEN, Streven
from klachten.analyse.termijnen.wachttijd import Doorlooptijd, binnen
from klachten.jaarverslag import Sindsdien
from klachten.periode import Periode
from tests.taalproef import codes, getalfouten


def van_vijf(x: int) -> str:
    return basis.deel(x, 5, "klachten")


def alle(n: int) -> str:
    return basis.telling(n, n, "klacht", "klachten") if n else basis.klachten(0)


def geen(n: int) -> str:
    return basis.telling(0, n, "klacht", "klachten") if n else basis.klachten(0)


def te_laat_open(n: int) -> str:
    regel = Naleving(
        reglement="coulant", herkomst="register", termijn="bevestiging", termijn_naam="Bevestiging", stap=5, jaar=2025,
        op_tijd=10, rijp_op_tijd=10, rijp=10 + n, te_laat_open=n,
    )  # fmt: skip
    return termijnen.zin(regel).split(". ", 2)[-1]


def onbeslist(n: int) -> str:
    regel = Naleving(
        reglement="coulant", herkomst="register", termijn="maatregelen", termijn_naam="Maatregelen", stap=11, jaar=2025,
        op_tijd=10, rijp_op_tijd=10, rijp=10, onbepaald_verstreken=n, beslist=10, in_tak=10,
    )  # fmt: skip
    return termijnen.zin(regel).split(": ", 1)[1].split(". ")[0]


def periode(n: int) -> str:
    dag = date(2025, 1, 1)
    return te_weinig([Tijdvak(vanaf=dag, tot=dag, naam="januari 2025", klachten=n, trajecten=None)])


def sindsdien(n: int) -> str:
    return " ".join(
        Sindsdien(
            periode=Periode.van_jaar(2025),
            peildatum=date(2025, 12, 31),
            filter=ALLES,
            ernaast=(),
            verschillen=(),
            later=n,
            verbeterd=n,
        ).zinnen
    )


def streven(n: int) -> str:
    aantallen = {**dict.fromkeys(STANDEN, 0), GEHAALD: n}
    return Streven(doel="coulant.resultaat", naam="Resultaat", stap=9, binnen="3 weken", aantallen=aantallen).zin


def stap_anders(n: int) -> str:
    tabel = pd.DataFrame({"stap": [5], "klachten": [n], "soort": ["nog_niet"]})
    alle_ = pd.DataFrame({"klachten": [max(n, 1)]})
    kaart = pd.DataFrame({"dagen_sinds_vorige": [], "aantal": []})
    return proces._bevindingen(alle_, tabel, kaart, 0, None)[-1].zin


def oordelen(n: int) -> str:
    rij = {"geschillen": n, "stand": "oordeel", "meegedeeld": True, "opvolging": "geheel"}
    return oordelen_zin([rij])


def oordelen_van_drie(n: int) -> str:
    """Of three disputes n have an oordeel, none of which was told."""
    delen = ((n, "oordeel"), (3 - n, "wacht"))
    return oordelen_zin(
        [{"geschillen": aantal, "stand": stand, "meegedeeld": False, "opvolging": None} for aantal, stand in delen]
    )


def tevreden(n: int) -> str:
    """Of three who were asked n did not answer."""
    delen = ((n, "geen_antwoord"), (3 - n, "tevreden"))
    return tevredenheid_zin([{"kenmerk": "tevredenheid", "waarde": w, "klachten": aantal} for aantal, w in delen])


def alle_stil(n: int) -> str:
    return tevredenheid_zin([{"kenmerk": "tevredenheid", "waarde": "geen_antwoord", "klachten": n}])


def marge(n: int) -> str:
    duur = SimpleNamespace(mediaan_laag=float(n), mediaan_hoog=None)
    return Doorlooptijd._marge(duur)  # type: ignore[arg-type]


def traagste(n: int) -> str:
    kaart = pd.DataFrame(
        {
            "stap": [5],
            "sinds_stap": [1],
            "naam": ["Bevestigen"],
            "dagen_sinds_vorige": [float(n)],
            "netto_sinds_vorige": [float(n)],
            "aantal": [9],
        }
    )
    leeg = pd.DataFrame({"stap": [], "klachten": [], "soort": []})
    zinnen = [b.zin for b in proces._bevindingen(pd.DataFrame({"klachten": [9]}), leeg, kaart, 0, None)]
    return zinnen[1] if len(zinnen) > 1 else ""


def zelfde_dag(n: int) -> str:
    return t_kaart([0] * n + [9, 9]).uitleg.partition("beter.")[2].strip()


TABEL: list[tuple[Callable[[int], str], dict[int, str]]] = [
    (basis.klachten, {0: "0 klachten", 1: "1 klacht", 2: "2 klachten", 1234: "1.234 klachten"}),
    (basis.dagen, {0: "0 dagen", 1: "1 dag", 2: "2 dagen", 1234: "1.234 dagen"}),
    (basis.keer, {0: "0 keer", 1: "1 keer", 2: "2 keer"}),
    (
        van_vijf,
        {0: "geen van de 5 klachten", 1: "1 van de 5 klachten", 2: "2 van de 5 klachten", 5: "alle 5 klachten"},
    ),
    (alle, {0: "0 klachten", 1: "de enige klacht", 2: "beide klachten", 3: "alle 3 klachten"}),
    (geen, {0: "0 klachten", 1: "geen enkele klacht", 2: "geen van beide klachten", 3: "geen van de 3 klachten"}),
    (binnen, {0: "op de dag van ontvangst", 1: "binnen 1 dag", 2: "binnen 2 dagen", 30: "binnen 30 dagen"}),
    (
        te_laat_open,
        {
            1: "1 klacht is te laat en nog open.",
            2: "2 klachten zijn te laat en nog open.",
        },
    ),
    (
        onbeslist,
        {
            1: "10 op tijd, 0 te laat; over 1 is na de termijn nog niet beslist, die telt mee naar verwachting",
            2: "10 op tijd, 0 te laat; over 2 is na de termijn nog niet beslist, die tellen mee naar verwachting",
        },
    ),
    (
        lambda n: afloop.op_dag(n, n) if n else afloop.op_dag(0, 3),
        {
            0: "van de 3 waarvan de afgesproken dag voorbij is, was er geen op tijd",
            1: "de enige waarvan de afgesproken dag voorbij is, was wel op tijd",
            2: "beide waarvan de afgesproken dag voorbij is, waren op tijd",
            3: "alle 3 waarvan de afgesproken dag voorbij is, waren op tijd",
        },
    ),
    (
        periode,
        {
            0: "Zonder klachten is niet te zeggen of er iets veranderde: nodig zijn ten minste 5 klachten en 8 maanden.",
            1: "Met 1 klacht in 1 maand is niet te zeggen of er iets veranderde: nodig zijn ten minste 5 klachten en 8 maanden.",
            2: "Met 2 klachten in 1 maand is niet te zeggen of er iets veranderde: nodig zijn ten minste 5 klachten en 8 maanden.",
        },
    ),
    (
        sindsdien,
        {
            0: "Het register zegt nu nog hetzelfde.",
            1: "1 feit is pas na het bevriezen vastgelegd, over de tijd ervoor. 1 feit is na het bevriezen verbeterd of herroepen. De cijfers zijn daardoor niet veranderd.",
            2: "2 feiten zijn pas na het bevriezen vastgelegd, over de tijd ervoor. 2 feiten zijn na het bevriezen verbeterd of herroepen. De cijfers zijn daardoor niet veranderd.",
        },
    ),
    (
        streven,
        {
            0: "Resultaat (stap 9), streven: 3 weken. Van geen enkele klacht staat al vast of dat is gelukt.",
            1: "Resultaat (stap 9), streven: 3 weken. Gelukt bij de enige klacht.",
            2: "Resultaat (stap 9), streven: 3 weken. Gelukt bij beide klachten.",
            3: "Resultaat (stap 9), streven: 3 weken. Gelukt bij alle 3 klachten.",
        },
    ),
    (
        stap_anders,
        {
            1: "Stap 5 is bij de enige klacht nog niet gedaan.",
            2: "Stap 5 is bij beide klachten nog niet gedaan.",
            3: "Stap 5 is bij alle 3 klachten nog niet gedaan.",
        },
    ),
    (
        in_woorden,
        {
            1: "",
            2: "Dit is een van 2 grafieken die u zo kunt bekijken; er is rekening mee gehouden dat in een ervan door toeval iets kan opvallen.",
            14: "Dit is een van 14 grafieken die u zo kunt bekijken; er is rekening mee gehouden dat in een ervan door toeval iets kan opvallen.",
        },
    ),
    (
        oordelen,
        {
            0: "",
            1: "Voorgelegd aan iemand van buiten: 1; de enige kreeg een oordeel. Van de oordelen: de enige is aan de indiener meegedeeld; 1 geheel opgevolgd.",
            2: "Voorgelegd aan iemand van buiten: 2; beide kregen een oordeel. Van de oordelen: beide zijn aan de indiener meegedeeld; 2 geheel opgevolgd.",
            3: "Voorgelegd aan iemand van buiten: 3; alle 3 kregen een oordeel. Van de oordelen: alle 3 zijn aan de indiener meegedeeld; 3 geheel opgevolgd.",
        },
    ),
    (
        oordelen_van_drie,
        {
            0: "Voorgelegd aan iemand van buiten: 3; geen van de 3 kreeg een oordeel.",
            1: "Voorgelegd aan iemand van buiten: 3; 1 van de 3 kreeg een oordeel. Van de oordelen: geen enkele is aan de indiener meegedeeld; van 1 is niet bekend of het is opgevolgd.",
            2: "Voorgelegd aan iemand van buiten: 3; 2 van de 3 kregen een oordeel. Van de oordelen: geen van beide is aan de indiener meegedeeld; van 2 is niet bekend of het is opgevolgd.",
        },
    ),
    (
        tevreden,
        {
            0: "Naar de tevredenheid is gevraagd bij alle 3 klachten; elke keer kwam er antwoord.",
            1: "Naar de tevredenheid is gevraagd bij alle 3 klachten; bij 1 van de 3 kwam er geen antwoord. Wie wel antwoordt, is vaak niet wie zwijgt: lees de antwoorden zo.",
            2: "Naar de tevredenheid is gevraagd bij alle 3 klachten; bij 2 van de 3 kwam er geen antwoord. Wie wel antwoordt, is vaak niet wie zwijgt: lees de antwoorden zo.",
        },
    ),
    (
        alle_stil,
        {
            0: "",
            1: "Naar de tevredenheid is gevraagd bij de enige klacht; bij de enige kwam er geen antwoord. Wie wel antwoordt, is vaak niet wie zwijgt: lees de antwoorden zo.",
            2: "Naar de tevredenheid is gevraagd bij beide klachten; bij beide kwam er geen antwoord. Wie wel antwoordt, is vaak niet wie zwijgt: lees de antwoorden zo.",
        },
    ),
    (
        marge,
        {
            0: "rekening houdend met toeval: 0 dagen of langer",
            1: "rekening houdend met toeval: 1 dag of langer",
            2: "rekening houdend met toeval: 2 dagen of langer",
        },
    ),
    (
        traagste,
        {
            0: "",
            1: "De langste wachttijd zit voor stap 5 (Bevestigen): bij de helft van de klachten 1 dag of meer na stap 1.",
            2: "De langste wachttijd zit voor stap 5 (Bevestigen): bij de helft van de klachten 2 dagen of meer na stap 1.",
        },
    ),
    (
        zelfde_dag,
        {
            0: "",
            1: "Van de 3 tussentijden is er 1 0 dagen (zelfde dag): lees de grenzen met voorbehoud.",
            2: "Van de 4 tussentijden zijn er 2 0 dagen (zelfde dag): lees de grenzen met voorbehoud.",
        },
    ),
    (taal.feiten, {0: "0 feiten", 1: "1 feit", 2: "2 feiten"}),
    (lambda n: taal.aantal(n, "maand", "maanden"), {0: "0 maanden", 1: "1 maand", 2: "2 maanden"}),
]


@pytest.mark.parametrize(
    ("maker", "n", "zin"), [(maker, n, zin) for maker, zinnen in TABEL for n, zin in zinnen.items()]
)
def test_the_number_and_its_words_agree(maker: Callable[[int], str], n: int, zin: str) -> None:
    assert maker(n) == zin
    assert not getalfouten(zin), "the proof itself would have missed this"
    assert not codes(zin)


@pytest.mark.parametrize(
    "zin",
    [
        "Er zijn 1 klachten.", "Bij 3 klacht is dat zo.", "alle 2 klachten", "2 van de 1 klachten", "1 klacht zijn te laat",
        "4 klachten is open", "de enige waren op tijd", "beide klachten is open", "1 dagen te laat",
        "beide kreeg een oordeel", "alle 3 is meegedeeld", "daarvan gaf beide geen antwoord", "gaf geen van beide geen antwoord",
    ],
)  # fmt: skip
def test_the_proof_finds_what_is_wrong(zin: str) -> None:
    assert getalfouten(zin)


@pytest.mark.parametrize(
    "zin", ["reden: te_laat:bevestiging", "grond niet_meer_nodig", "onder coulant", "maatregel_te_laat"]
)
def test_the_proof_finds_codes(zin: str) -> None:
    assert codes(zin)


@pytest.mark.parametrize(
    "zin",
    [
        "1 van de 12 klachten", "Stap 2 is herhaald", "2025 is nog niet om", "alle 2.999 klachten", ":material/lock: Nee",
        "1 op tijd, 2 te laat", "In 2025 klachten", "Ontvangen op 3 mei: ja",
    ],
)  # fmt: skip
def test_the_proof_lets_good_dutch_pass(zin: str) -> None:
    assert not getalfouten(zin)
    assert not codes(zin)
