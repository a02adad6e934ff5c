"""The evaluation meeting over two years: agenda, sections, one recording, minutes; nothing typed is lost (step 16)."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from streamlit.testing.v1 import AppTest

from klachten import jaarverslag, vergaderstukken
from klachten.concepten import Concept, Concepten, weg_met
from klachten.gebeurtenissen import ONDERDELEN
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer
from klachten.opening import open_register
from klachten.organisatie import Gebruiker
from klachten.periode import Periode
from klachten.register import Register, controle
from klachten.scherm import stapconcept
from tests import evaluatieproef
from tests.lijsten import Lijst
from tests.paginas import open_los, zinnen, zonder_venster

VREEMD = "<script>alert(1)</script> **x** $x$"
JAAR_1, JAAR_2 = date(2026, 2, 25), date(2027, 2, 24)
pytestmark = pytest.mark.usefixtures("in_dit_register")


@pytest.fixture(autouse=True)
def _los(monkeypatch: pytest.MonkeyPatch) -> None:
    zonder_venster(monkeypatch)


def pagina(onderdeel: str = "", als: str = "carla", **adres: str) -> AppTest:
    """Open the meeting at a stop, in a window of its own."""
    stop = {"onderdeel": onderdeel} if onderdeel else {}
    return open_los("vergadering", als, **{"deel": "vergadering", **stop, **adres})


def veld(proef: AppTest, naam: str) -> Any:
    """Return the widget of a field of the draft."""
    soorten = ("text_area", "selectbox", "date_input", "multiselect")
    (gevonden,) = [deel for soort in soorten for deel in proef.get(soort) if str(deel.key).endswith(f"/{naam}")]
    return gevonden


def druk(proef: AppTest, key: str) -> AppTest:
    """Press a button."""
    proef.button(key=f"vergadering.{key}").click().run()
    assert not proef.exception
    return proef


def vlak(tekst: str) -> str:
    """Return a text without what differs between paper and screen: blanks, and what keeps Markdown off."""
    return "".join(tekst.replace("\N{WORD JOINER}", "").replace("\\", "").split())


def op_papier(inhoud: bytes) -> str:
    return vlak(" ".join(blad.extract_text() for blad in pypdf.PdfReader(io.BytesIO(inhoud)).pages))


def op_scherm(proef: AppTest) -> str:
    soorten = (proef.title, proef.header, proef.subheader, proef.markdown, proef.text)
    return vlak(" ".join(str(deel.value) for soort in soorten for deel in soort))


def stukken_van(stuk: dict[str, Any]) -> list[str]:
    """Return every text that stands in agenda or minutes, apart."""
    uit = [stuk["titel"], stuk["ondertitel"]]
    for blok in stuk["blokken"]:
        match blok["soort"]:
            case "kop" | "alinea" | "noot":
                uit.append(blok["tekst"])
            case "citaat":
                uit += blok["regels"]
            case "punten":
                uit += [deel["tekst"] for deel in blok["delen"]]
            case "cijfers":
                uit += [deel[naam] for deel in blok["delen"] for naam in ("waarde", "naam")]
            case "tabel":
                uit += [cel for rij in blok["rijen"] for cel in rij if cel != "–"]
    return uit


def zegt_hetzelfde(register: Register, stuk: dict[str, Any], proef: AppTest) -> str:
    """Agenda or minutes say on the page and on paper all that stands in them; return what the paper says."""
    papier, scherm = op_papier(vergaderstukken.as_pdf(register, stuk, JAAR_2)), op_scherm(proef)
    teksten = [vlak(tekst) for tekst in stukken_van(stuk)]
    assert [tekst for tekst in teksten if tekst not in papier] == []
    # The page has a title of its own.
    assert [tekst for tekst in teksten[1:] if tekst not in scherm] == []
    return papier


def test_a_meeting_of_two_years(register: Register, lijst: Lijst, monkeypatch: pytest.MonkeyPatch):
    lijst.tot(14, op=date(2025, 3, 3))
    lijst.tot(5, op=date(2025, 5, 6), categorie="privacy")
    # The first section, and something typed there that Markdown would make something else of.
    proef = pagina("op_tijd")
    assert "Er is geen eerdere evaluatie om op terug te kijken." in zinnen(proef)
    veld(proef, "conclusie.op_tijd").set_value(VREEMD).run()
    druk(proef, "volgende")
    assert proef.query_params["onderdeel"] == "waarover"
    veld(proef, "conclusie.waarover").set_value("Vooral afspraken.").run()
    veld(proef, "actie.waarover.1.omschrijving").set_value("Agenda delen").run()
    # A reload, and another session: a window that knows nothing.
    opnieuw = pagina("waarover")
    assert veld(opnieuw, "conclusie.waarover").value == "Vooral afspraken."
    assert veld(opnieuw, "actie.waarover.1.omschrijving").value == "Agenda delen"
    assert veld(druk(opnieuw, "vorige"), "conclusie.op_tijd").value == VREEMD
    assert "Bewaard als concept" in zinnen(opnieuw)
    # What is missing of the verbeteractie, and the conclusion on the whole: nothing is recorded, and each is named.
    stand = register.stand()
    einde = druk(pagina("overzicht"), "vastleggen")
    assert "Eindconclusie: vul dit in." in zinnen(einde)
    veld(pagina("slot"), "slot").set_value("Een redelijk jaar.").run()
    einde = druk(pagina("overzicht"), "vastleggen")
    assert "Waarover: Actienemer: vul dit in." in zinnen(einde)
    assert "Waarover: Uiterlijk uitgevoerd op: vul dit in." in zinnen(einde)
    assert register.stand() == stand
    opnieuw = pagina("waarover")
    veld(opnieuw, "actie.waarover.1.actienemer").set_value("gijs").run()
    veld(opnieuw, "actie.waarover.1.uiterlijk_op").set_value(date(2026, 6, 1)).run()
    einde = pagina("overzicht")
    veld(einde, "aanwezigen").set_value(["anna"]).run()
    geteld = jaarverslag.bevroren_tekst(register, 2025, JAAR_1)
    druk(einde, "vastleggen")
    assert [zin.value for zin in einde.success] == ["Evaluatie E2026-0001 is vastgelegd met 1 verbeteractie (stap 16)."]
    # One group of facts: the evaluation, what was concluded per section, what follows from it; no text in the journal.
    feiten = [v.feit for v in register.vastleggingen("E2026-0001")]
    assert [feit.soort for feit in feiten] == [
        "EvaluatieGehouden", "ConclusieGetrokken", "ConclusieGetrokken", "VerbeteractieBepaald"
    ]  # fmt: skip
    assert feiten[0].aanwezigen == ("anna",)
    assert [(feit.gegevens()["onderdeel"], "conclusie" in feit.gegevens()) for feit in feiten[1:3]] == [
        ("op_tijd", False), ("waarover", False)
    ]  # fmt: skip
    assert feiten[3].onderdeel == "waarover"
    assert register.document("E2026-0001", feiten[0].document) == geteld
    # The draft is gone; who opens the meeting again reopens.
    assert veld(pagina("op_tijd", jaar="2025"), "conclusie.op_tijd").value == ""
    assert "2025 is al geëvalueerd (E2026-0001)." in zinnen(pagina("overzicht", jaar="2025"))
    papier = zegt_hetzelfde(register, vergaderstukken.notulen(register, "E2026-0001"), einde)
    for tekst in ("OokaanwezigAnna", "VastgelegddoorCarla", "1klacht", "AgendadelenGijs", "01-06-2026", "Waarover"):
        assert tekst in papier.replace(":", ""), tekst
    assert einde.query_params["evaluatie"] == "E2026-0001"
    # A year later each section begins with it, and with what came of it.
    for handeling, wie, dag, meer in (
        ("stap_17_informeren_actienemer", "carla", date(2026, 3, 2), {}),
        ("stap_18_uitvoeren_verbeteractie", "gijs", date(2026, 6, 15), {"toelichting": "Gedaan."}),
    ):
        Lijst(register, JAAR_2).doe(handeling, wie, "E2026-0001", op=dag, verbeteractie=1, **meer)
    Lijst(register, JAAR_2).tot(14, op=date(2026, 4, 7))
    monkeypatch.setenv("KLACHTEN_VANDAAG", JAAR_2.isoformat())
    gezegd = zinnen(pagina("waarover"))
    assert "Vooral afspraken." in gezegd
    assert "Agenda delen" in gezegd
    assert "uitgevoerd 15-06-2026, te laat] Agenda delen (Gijs Peters)" in gezegd
    assert VREEMD in [deel.value for deel in pagina("op_tijd").text]
    assert "concludeerde hierover niets apart" in zinnen(pagina("geschillen"))
    assert "**1 van 1**" in zinnen(pagina("terugblik"))
    periode, toen = Periode.van_jaar(2026), date(2026, 6, 10)
    voor = vergaderstukken.ervoor(register, periode, jaarverslag.tel(register, periode, JAAR_2), JAAR_2)
    zegt_hetzelfde(register, vergaderstukken.agenda(voor, JAAR_2), pagina(deel="agenda"))
    # As of a day before it was carried out it was still open.
    voor = vergaderstukken.ervoor(register, periode, jaarverslag.tel(register, periode, toen), toen)
    assert "nog open, te laat" in str(vergaderstukken.agenda(voor, JAAR_2)["blokken"])
    assert [een.zin for een in controle.controleer(register) if een.ernst == "fout"] == []


@pytest.mark.parametrize("jaar", [2025, 2026])
def test_the_agenda_of_the_example_fits_on_five_pages_and_says_all_that_was_agreed(jaar: int, tmp_path: Path):
    op = evaluatieproef.VANDAAG
    with open_register(shutil.copytree(evaluatieproef.map_met(None), tmp_path / "voorbeeld")) as register:
        periode = Periode(date(jaar, 1, 1), min(date(jaar, 12, 31), op))
        voor = vergaderstukken.ervoor(register, periode, jaarverslag.tel(register, periode, op), op)
        stuk = vergaderstukken.agenda(voor, op)
        inhoud = vergaderstukken.as_pdf(register, stuk, op)
    assert len(pypdf.PdfReader(io.BytesIO(inhoud)).pages) <= 5
    assert voor.vorige is not None
    # Every agreement once, with what came of it; the sections refer to it by its number.
    (tabel,) = [blok for blok in stuk["blokken"] if blok["soort"] == "tabel"]
    assert [rij[0] for rij in tabel["rijen"]] == [str(nr) for nr in range(1, len(tabel["rijen"]) + 1)]
    assert {rij[1] for rij in tabel["rijen"]} >= set(voor.vorige.omschrijvingen.values())
    verwezen = [blok["tekst"] for blok in stuk["blokken"] if blok.get("tekst", "").startswith("Wat ervan gekomen is (")]
    genoemd = {int(nr) for tekst in verwezen for nr in re.findall(r"\b\d\b", tekst)}
    per_deel = [een for een in voor.vorige.afspraken if een.onderdeel not in ("", "terugblik")]
    assert len(genoemd) == len(per_deel) > 0
    gezegd = op_papier(inhoud)
    for tekst in (voor.vorige.conclusies, *voor.vorige.onderdelen.values(), *voor.vorige.omschrijvingen.values()):
        assert vlak(tekst) in gezegd
    assert gezegd.count(vlak("Wat concluderen wij, en welke verbeteractie volgt daaruit?")) == len(ONDERDELEN)


def test_two_tabs_lose_nothing(lijst: Lijst):
    lijst.tot(5, op=date(2025, 3, 3))
    een, ander = pagina("op_tijd"), pagina("op_tijd")
    veld(een, "conclusie.op_tijd").set_value("Op tijd bevestigd.").run()
    veld(een, "actie.op_tijd.1.omschrijving").set_value("Bellen").run()
    veld(ander, "conclusie.op_tijd").set_value("Stap 11 loopt uit.").run()
    beide = veld(pagina("op_tijd"), "conclusie.op_tijd").value
    assert beide == "Op tijd bevestigd.\n\nStap 11 loopt uit."
    # The first tab sees it as soon as it does anything, goes on from there, and doubles nothing.
    een.run()
    assert veld(een, "conclusie.op_tijd").value == beide
    veld(een, "conclusie.op_tijd").set_value(f"{beide} Hoe komt dat?").run()
    assert veld(pagina("op_tijd"), "conclusie.op_tijd").value == f"{beide} Hoe komt dat?"
    assert veld(pagina("op_tijd"), "actie.op_tijd.1.omschrijving").value == "Bellen"
    # Of a choice the last one counts; of somebody else it is not.
    for proef, wie in ((een, "gijs"), (ander, "dirk")):
        veld(proef, "actie.op_tijd.1.actienemer").set_value(wie).run()
    assert veld(pagina("op_tijd"), "actie.op_tijd.1.actienemer").value == "dirk"
    assert veld(pagina("op_tijd", "frank"), "conclusie.op_tijd").value == ""


def test_who_types_on_before_the_other_text_is_there_takes_nothing_out(lijst: Lijst):
    """The browser keeps what is being typed: the next text comes without the other's, as it was never seen."""
    lijst.tot(5, op=date(2025, 3, 3))
    een, ander = pagina("op_tijd"), pagina("op_tijd")
    veld(ander, "conclusie.op_tijd").set_value("Stap 11 loopt uit.").run()
    veld(een, "conclusie.op_tijd").set_value("Op tijd bevestigd.").run()
    veld(een, "conclusie.op_tijd").set_value("Op tijd bevestigd. Hoe komt").run()
    veld(een, "conclusie.op_tijd").set_value("Op tijd bevestigd. Hoe komt dat?").run()
    beide = "Stap 11 loopt uit.\n\nOp tijd bevestigd. Hoe komt dat?"
    assert veld(pagina("op_tijd"), "conclusie.op_tijd").value == beide
    # Likewise where the other's text came in with something else.
    ander.run()
    veld(een, "conclusie.op_tijd").set_value(f"{beide} Meer.").run()
    ander.run()
    veld(ander, "conclusie.op_tijd").set_value(f"{beide} Anders.").run()
    assert veld(pagina("op_tijd"), "conclusie.op_tijd").value == f"{beide} Meer.\nAnders."
    # Nobody can tell whether this tab had seen "Anders." when it took the rest out: so it stays, until it is out too.
    een.run()
    for blijft in ("Stap 11 loopt uit.\n\nAnders.", "Stap 11 loopt uit."):
        veld(een, "conclusie.op_tijd").set_value("Stap 11 loopt uit.").run()
        assert veld(pagina("op_tijd"), "conclusie.op_tijd").value == blijft


def test_what_cannot_be_kept_stays_in_the_window_and_is_kept_as_soon_as_it_can(
    lijst: Lijst, monkeypatch: pytest.MonkeyPatch
):
    lijst.tot(5, op=date(2025, 3, 3))
    proef = pagina("op_tijd")
    veld(proef, "conclusie.op_tijd").set_value("Oud.").run()

    def vol(*_: object, **__: object) -> Concept:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as even:
        even.setattr(Concepten, "change", vol)
        veld(proef, "conclusie.op_tijd").set_value("Oud. En nieuw.").run()
        veld(proef, "actie.op_tijd.1.omschrijving").set_value("Bellen").run()
        assert "Laat dit venster open" in zinnen(proef)
        assert veld(druk(druk(proef, "volgende"), "vorige"), "conclusie.op_tijd").value == "Oud. En nieuw."
        assert veld(proef, "actie.op_tijd.1.omschrijving").value == "Bellen"
    assert veld(pagina("op_tijd"), "conclusie.op_tijd").value == "Oud."
    veld(proef, "conclusie.op_tijd").set_value("Oud. En nieuwer.").run()
    assert veld(pagina("op_tijd"), "conclusie.op_tijd").value == "Oud. En nieuwer."


def test_what_names_somebody_who_was_erased_meanwhile_is_not_kept_and_the_page_says_so(lijst: Lijst):
    lijst.tot(5, op=date(2025, 3, 3))
    proef = pagina("op_tijd")
    veld(proef, "conclusie.op_tijd").set_value("Over J. Jansen.").run()
    weg_met(lijst.register.map, ["J. Jansen"], sleutels=lijst.register.dossiers.sleutels)
    veld(proef, "conclusie.op_tijd").set_value("Over J. Jansen, en meer.").run()
    assert "van iemand wiens gegevens zijn gewist" in zinnen(proef)
    assert veld(pagina("op_tijd"), "conclusie.op_tijd").value == ""
    veld(proef, "conclusie.op_tijd").set_value("Over een klant.").run()
    assert "zijn gewist" not in zinnen(proef)
    assert veld(pagina("op_tijd"), "conclusie.op_tijd").value == "Over een klant."


def test_a_meeting_that_is_opened_after_it_may_tell_of_somebody_of_that_name(lijst: Lijst):
    """In the same session: another page was open in between, and this one shows what is there now."""
    lijst.tot(5, op=date(2025, 3, 3))
    proef = pagina("op_tijd")
    veld(proef, "conclusie.op_tijd").set_value("Het ging goed.").run()
    weg_met(lijst.register.map, ["J. Jansen"], sleutels=lijst.register.dossiers.sleutels)

    def weg_en_terug() -> None:
        proef.query_params["deel"] = "agenda"
        proef.run()
        # As the window around a page knows it: in the run before, no meeting was drawn.
        proef.session_state[stapconcept._VORIGE] = set()
        proef.query_params["deel"], proef.query_params["onderdeel"] = "vergadering", "op_tijd"
        proef.run()
        del proef.session_state[stapconcept._VORIGE]

    veld(proef, "conclusie.op_tijd").set_value("Over J. Jansen.").run()
    assert "van iemand wiens gegevens zijn gewist" in zinnen(proef)
    # What was refused is still in this window: by going away and coming back it is not kept either.
    weg_en_terug()
    assert veld(proef, "conclusie.op_tijd").value == "Over J. Jansen."
    veld(proef, "conclusie.op_tijd").set_value("Over J. Jansen, en meer.").run()
    assert "van iemand wiens gegevens zijn gewist" in zinnen(proef)
    veld(proef, "conclusie.op_tijd").set_value("Het ging beter.").run()
    weg_en_terug()
    assert veld(proef, "conclusie.op_tijd").value == "Het ging beter."
    veld(proef, "conclusie.op_tijd").set_value("Over een andere J. Jansen.").run()
    assert "zijn gewist" not in zinnen(proef)
    assert veld(pagina("op_tijd"), "conclusie.op_tijd").value == "Over een andere J. Jansen."


def test_what_was_wrong_is_not_said_any_more_once_it_is_filled_in(lijst: Lijst):
    lijst.tot(5, op=date(2025, 3, 3))
    proef = druk(pagina("overzicht"), "vastleggen")
    assert "Eindconclusie: vul dit in." in zinnen(proef)
    proef.query_params["onderdeel"] = "slot"
    veld(proef.run(), "slot").set_value("Een goed jaar.").run()
    proef.query_params["onderdeel"] = "overzicht"
    assert "Eindconclusie: vul dit in." not in zinnen(proef.run())


def test_who_may_not_evaluate_reads_the_minutes_only(lijst: Lijst):
    nummer = lijst.evaluatie()
    lijst.verbeteractie(nummer)
    for deel in ("agenda", "vergadering"):
        proef = pagina(als="anna", deel=deel)
        assert [fout.value for fout in proef.error] == ["Stap 16 kan niet door Anna de Wit: dit doet de directie."]
        assert not proef.text_area
        assert not proef.get("link_button")
    # An evaluation of before, and one that was not held as a meeting, has its conclusions as a whole.
    proef = pagina(als="anna", deel="notulen")
    later = "Belrooster maken (na de vergadering bepaald, op "
    gezegd = [deel.value for deel in proef.text]
    assert "Bellen gaat voor." in gezegd
    assert any(een.startswith(later) for een in gezegd)
    assert "niet per onderdeel geconcludeerd" in zinnen(proef)
    assert "geen cijfers bevroren" in zinnen(proef)
    assert [knop.proto.label for knop in proef.get("link_button")] == ["Notulen als PDF"]
    zegt_hetzelfde(lijst.register, vergaderstukken.notulen(lijst.register, nummer), proef)


def test_an_involved_member_cannot_record_the_meeting_alone(lijst: Lijst):
    lijst.tot(5, op=date(2025, 3, 3), betrokkenen=("frank",))
    for naam in ("slot", "conclusie.op_tijd"):
        veld(pagina(naam.rpartition(".")[2], "frank"), naam).set_value("Goed.").run()
    stand = lijst.register.stand()
    proef = druk(pagina("overzicht", "frank"), "vastleggen")
    assert "kan die niet alleen evalueren" in proef.error[0].value
    assert lijst.register.stand() == stand
    assert veld(pagina("op_tijd", "frank"), "conclusie.op_tijd").value == "Goed."
    veld(proef, "directieleden").set_value(["frank", "carla"]).run()
    druk(proef, "vastleggen")
    assert [v.feit.soort for v in lijst.register.vastleggingen("E2026-0001")] == [
        "EvaluatieGehouden", "ConclusieGetrokken"
    ]  # fmt: skip


def test_a_year_without_klachten_has_the_same_meeting(register: Register):
    proef = pagina(deel="agenda")
    assert "In 2025 is geen meningsverschil" in zinnen(proef) or "Over 2025 valt hierover niets te zeggen." in zinnen(
        proef
    )
    for onderdeel in (*ONDERDELEN, "slot"):
        proef = pagina(onderdeel)
        assert len(proef.header) == 1
    veld(proef, "slot").set_value("Geen klachten, wel gevraagd.").run()
    druk(pagina("overzicht"), "vastleggen")
    stuk = vergaderstukken.notulen(register, "E2026-0001")
    assert "Geenklachten,welgevraagd." in zegt_hetzelfde(register, stuk, pagina(deel="notulen"))


def test_a_year_that_was_evaluated_is_reopened_with_a_reason(lijst: Lijst):
    lijst.evaluatie()
    veld(pagina("slot", jaar="2025"), "slot").set_value("Nu compleet.").run()
    veld(pagina("afloop", jaar="2025"), "conclusie.afloop").set_value("Beter.").run()
    proef = druk(pagina("overzicht", jaar="2025"), "vastleggen")
    assert "Reden" in zinnen(proef)
    veld(proef, "reden").set_value("Er kwamen klachten bij.").run()
    druk(proef, "vastleggen")
    feit, conclusie = (v.feit for v in lijst.register.vastleggingen("E2026-0002"))
    assert (feit.versie, feit.vervangt, feit.reden) == (2, "E2026-0001", "Er kwamen klachten bij.")
    assert (conclusie.onderdeel, conclusie.reden) == ("afloop", "")
    assert "Beter." in [deel.value for deel in pagina("afloop", jaar="2025").text]


def test_what_an_interim_meeting_concluded_stands_in_those_after_it(
    register: Register, lijst: Lijst, monkeypatch: pytest.MonkeyPatch
):
    lijst.tot(5, op=date(2026, 1, 6))
    for naam, tekst in (("slot", "Tot nu toe goed."), ("conclusie.afloop", "Nog weinig te zien.")):
        veld(pagina(naam.rpartition(".")[2], jaar="2026"), naam).set_value(tekst).run()
    druk(pagina("overzicht", jaar="2026"), "vastleggen")

    def staat(kop: str) -> None:
        for onderdeel, tekst in (("slot", "Tot nu toe goed."), ("afloop", "Nog weinig te zien.")):
            proef = pagina(onderdeel, jaar="2026")
            assert tekst in [deel.value for deel in proef.text]
            assert kop in op_scherm(proef)
        agenda = pagina(deel="agenda", jaar="2026")
        assert op_scherm(agenda).count(kop) == 2

    # Once more on the same day: that reopens it, and shows what stands there.
    einde = pagina("overzicht", jaar="2026")
    assert "2026 tot en met 25 februari 2026 is al geëvalueerd (E2026-0001)" in zinnen(einde)
    staat(vlak("In E2026-0001, die u heropent"))
    # Later in the year it is a new one.
    monkeypatch.setenv("KLACHTEN_VANDAAG", "2026-06-10")
    staat(vlak("Tussentijds, op 25 februari 2026 (E2026-0001)"))
    # One of the year before has nothing to do with it.
    assert "Nog weinig te zien." not in zinnen(pagina("afloop", jaar="2025"))
    monkeypatch.setenv("KLACHTEN_VANDAAG", "2027-01-20")
    staat(vlak("Tussentijds, op 25 februari 2026 (E2026-0001)"))


def test_stap_16_a_section_has_one_conclusion(lijst: Lijst, carla: Gebruiker):
    nummer = lijst.evaluatie()
    handeling = HANDELINGEN["stap_16_concluderen"]
    vast = {"onderdeel": "op_tijd", "conclusie": "Goed."}
    with pytest.raises(OngeldigeInvoer, match="vóór de evaluatie"):
        handeling(lijst.register, carla, nummer, vandaag=JAAR_1, op=date(2026, 1, 2), **vast)
    handeling(lijst.register, carla, nummer, vandaag=JAAR_1, op=JAAR_1, **vast)
    with pytest.raises(OngeldigeInvoer, match="Bij Op tijd staat in E2026-0001 al een conclusie"):
        handeling(lijst.register, carla, nummer, vandaag=JAAR_1, op=JAAR_1, **vast)
    later = {"onderdeel": "afloop", "conclusie": "Later bedacht."}
    handeling(lijst.register, carla, nummer, vandaag=JAAR_2, op=JAAR_2, **later)
    gezegd = vlak(str(vergaderstukken.notulen(lijst.register, nummer)["blokken"]))
    assert gezegd.count(vlak("Na de vergadering vastgelegd, op 24 februari 2027")) == 1
