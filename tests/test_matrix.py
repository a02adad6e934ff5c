"""Who may see and do what, walked cell by cell: role x place in the klacht x page, handeling and file.

What must come out is said by a second reading of the table (matrixproef.py). What comes out is looked for in everything
that is sent: the canaries of a klacht stand nowhere but in that klacht.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdf
import pytest
from streamlit.testing.v1 import AppTest

from klachten import organisatie, scherm
from klachten.dossier.klacht import Dossier
from klachten.dossier.lezen import Leesrecht, leesrecht
from klachten.dossier.mag import mag
from klachten.dossier.rechten import rol_in
from klachten.gebeurtenissen import DocumentToegevoegd
from klachten.handelingen import HANDELINGEN, Geweigerd, dossier_van
from klachten.opening import open_register
from klachten.register import Register
from klachten.scherm import belinhoud, excelknop, kijker, onderdelen
from klachten.scherm.aanbod import Aanbod, Maker, _aangeboden
from klachten.scherm.dossier.aankomst import DEEL
from klachten.scherm.dossier.vouwen import ALLES
from klachten.scherm.lijsten.klachten import DEELS
from klachten.scherm.paginas import PAGINAS
from klachten.scherm.uitgifte import NIET_VOOR_U
from klachten.scherm.uitvoer import UITVOER
from klachten.toegang import routes
from klachten.toegang.opslag import Opslag
from tests import matrixproef as proef
from tests.adresproef import Adressen
from tests.matrixproef import ANDER, MAG_ZIEN, MENSEN, NIEMAND, PLAATSEN, ROLLOOS, VANDAAG, ZONDER, Klacht, canary
from tests.schermproef import VENSTER, ga_naar, tekst

BESTANDEN = {
    "Bevroren cijfers": "bevroren_cijfers",
    "Jaarverslag": "jaarverslag",
    "Jaarverslag, openbaar": "jaarverslag_openbaar",
}
VAN_EEN_VERGADERING = {"Agenda als PDF": "evaluatieagenda", "Notulen als PDF": "notulen"}
VRAAG = {"klachten": {"per_blad": "100"}, "verbeteracties": {"evaluatie": "E2026-0001"}}
# What has to stand on a page of what its reader may see: a page that shows nothing leaks nothing either.
STAAT_OP = {"klachten": {"alles": {"nummer", "naam"}, "maatregel": {"nummer"}, "ontvangst": {"nummer"}}}
CELLEN: dict[str, int] = {}


class Matrix(NamedTuple):
    """The register, its klachten by (person, place), and what every page sent to every person.

    `bestanden` is the address of the Excel file that a page offers, `knoppen` those of an evaluation by their label,
    `vergadering` those of agenda and minutes.
    """

    register: Register
    klachten: dict[tuple[str, str], Klacht]
    paginas: dict[tuple[str, str], bytes]
    geweigerd: set[tuple[str, str]]
    makers: dict[tuple[str, str], Maker | None]
    knoppen: dict[str, dict[str, str]]
    vergadering: dict[str, dict[str, str]]
    bestanden: dict[tuple[str, str], str]
    adressen: Adressen


def _open(naam: str, wie: str, **query: str) -> AppTest:
    app = AppTest.from_file(VENSTER, default_timeout=60)
    app.query_params["als"] = MENSEN[wie].id
    app.run()
    return _switch(app, naam, wie, **query)


def _switch(app: AppTest, naam: str, wie: str, **query: str) -> AppTest:
    return ga_naar(app, naam, MENSEN[wie].id, **query)


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    """Everything that is looked at, made once: the register, and each page for each person."""
    with (
        pytest.MonkeyPatch.context() as patch,
        open_register(tmp_path_factory.mktemp("matrix") / "r") as register,
        organisatie.met(ANDER, *MENSEN.values()),
    ):
        patch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
        # Every row on one page, or what stands on the second is not seen.
        patch.setattr(onderdelen, "bladeren", lambda aantal, **_: (max(aantal, 1), 0))
        makers: dict[tuple[str, str], Maker | None] = {}
        echt = excelknop.toon

        def toon(naam: str, maak: Maker | None, **wat: Any) -> None:
            makers[waar[0], waar[1]] = maak
            echt(naam, maak, **wat)

        patch.setattr(excelknop, "toon", toon)
        waar = ["", ""]
        klachten = proef.vul(register)
        vorig = scherm.gebruik(register)
        gezien, geweigerd, knoppen, vergadering, bestanden, open_gebleven = {}, set(), {}, {}, {}, []
        opslag = Opslag(tmp_path_factory.mktemp("matrix") / "toegang")
        alles = Adressen(opslag, {**MENSEN, ZONDER: ROLLOOS})
        patch.setattr(kijker, "hash", lambda: alles.hash.get(waar[0], ""))
        for wie in MENSEN:
            app = AppTest.from_file(VENSTER, default_timeout=60)
            app.query_params["als"] = MENSEN[wie].id
            app.session_state["werkvoorraad.wie"] = "iedereen"
            for deel in PAGINAS:
                waar[:] = [wie, deel.naam]
                app.session_state[DEELS] = True
                _switch(app, deel.naam, wie, **VRAAG.get(deel.naam, {"periode": "2025"}))
                gezien[wie, deel.naam] = proef.gezonden(app)
                if any("Deze pagina is niet voor uw rol" in fout.value for fout in app.error):
                    geweigerd.add((wie, deel.naam))
                links = {knop.proto.label: knop.proto.url for knop in app.get("link_button")}
                if excel := links.pop("Excel-bestand", ""):
                    bestanden[wie, deel.naam] = excel
                if deel.naam == "verbeteracties":
                    knoppen[wie] = links
            vergadering[wie] = {}
            for weergave in ("agenda", "notulen"):
                _switch(app, "vergadering", wie, deel=weergave, jaar="2025")
                vergadering[wie] |= {knop.proto.label: knop.proto.url for knop in app.get("link_button")}
            # What a tab offers goes with the tab.
            open_gebleven.append(app)
        yield Matrix(register, klachten, gezien, geweigerd, makers, knoppen, vergadering, bestanden, alles)
        scherm.gebruik(vorig)
        opslag.close()


@pytest.fixture
def http(matrix: Matrix) -> Iterator[Adressen]:
    """The gate with everybody signed in; the pages were drawn in those same sessions."""
    kijker.look_through(matrix.adressen.staat)
    yield matrix.adressen
    kijker.look_through(None)


def _telt(soort: str, aantal: int) -> None:
    CELLEN[soort] = CELLEN.get(soort, 0) + aantal


def _cellen(matrix: Matrix) -> Iterator[tuple[str, str, Klacht]]:
    for (wie, plaats), klacht in matrix.klachten.items():
        yield wie, plaats, klacht


def _mag_op_pagina(naam: str, wie: str, plaats: str) -> set[str]:
    """Return which canaries of a klacht may stand on a page: no page shows more than its reader reads."""
    if naam == "werkvoorraad" and plaats == "betrokken_actienemer" and proef.cel("inzage", "taken", wie):
        return {"eigen"}
    return MAG_ZIEN[proef.leest(wie, plaats)] if proef.cel("pagina", naam, wie) else set()


def test_every_page_is_open_or_refused_by_the_table(matrix: Matrix):
    alle = {(wie, deel.naam) for wie in MENSEN for deel in PAGINAS}
    assert matrix.geweigerd == {(wie, naam) for wie, naam in alle if not proef.cel("pagina", naam, wie)}
    _telt("pagina open of niet", len(alle))


def test_no_page_sends_more_of_a_klacht_than_its_reader_may_see(matrix: Matrix):
    fout = []
    for wie, plaats, klacht in _cellen(matrix):
        for deel in PAGINAS:
            staat = proef.gevonden(klacht, wie, plaats, matrix.paginas[wie, deel.naam])
            magen = _mag_op_pagina(deel.naam, wie, plaats)
            leest = proef.leest(wie, plaats) if magen else "niets"
            moeten = STAAT_OP.get(deel.naam, {}).get(leest, set())
            if not moeten <= staat <= magen:
                fout.append((deel.naam, wie, plaats, sorted(staat - magen), sorted(moeten - staat)))
    assert fout == [], fout
    _telt("pagina", len(matrix.klachten) * len(PAGINAS))


def test_the_bell_names_no_klacht_that_its_reader_may_not_read(matrix: Matrix):
    gebeld = {wie: repr(belinhoud.items(MENSEN[wie])) for wie in MENSEN}
    fout, genoemd = [], 0
    for wie, plaats, klacht in _cellen(matrix):
        staat = klacht.nummer in gebeld[wie]
        genoemd += staat
        if staat and (proef.leest(wie, plaats) == "niets" or not proef.cel("pagina", "dossier", wie)):
            fout.append((wie, plaats))
    assert fout == []
    assert genoemd
    _telt("bel", len(matrix.klachten))


def test_an_own_maatregel_stands_in_werkvoorraad_for_who_is_involved_and_says_which_to_nobody(matrix: Matrix):
    for wie in MENSEN:
        klacht = matrix.klachten[wie, "betrokken_actienemer"]
        staat = proef.gevonden(klacht, wie, "betrokken_actienemer", matrix.paginas[wie, "werkvoorraad"])
        assert staat == ({"eigen"} if proef.cel("inzage", "taken", wie) else set()), wie
    _telt("eigen maatregel", len(MENSEN))


def test_a_dossier_shows_its_reader_as_much_as_he_or_she_may_read(matrix: Matrix):
    fout, cellen = [], 0
    for wie in MENSEN:
        app = _open("dossier", wie, nummer="K2026-9999")
        onbekend = proef.zonder_nummer(tekst(app))
        for plaats in PLAATSEN:
            klacht, leest = matrix.klachten[wie, plaats], proef.leest(wie, plaats)
            _switch(app, "dossier", wie, nummer=klacht.nummer)
            stukken = [proef.gezonden(app)]
            if leest == "alles":
                app.session_state[DEEL] = ALLES
                stukken.append(proef.gezonden(app.run()))
            staat = proef.gevonden(klacht, wie, plaats, b"\n".join(stukken))
            open_voor = bool(proef.cel("pagina", "dossier", wie))
            magen = MAG_ZIEN[leest] if open_voor else set()
            verwacht = magen & ({"eigen", "ander"} if plaats == "actienemer" else set()) | magen - {"eigen", "ander"}
            # The number was typed, or stands in the address: it is the same for one that is not there.
            if open_voor and staat - {"nummer"} != verwacht - {"nummer"}:
                fout.append((wie, plaats, leest, sorted(staat ^ verwacht)))
            if not open_voor and staat - {"nummer"}:
                fout.append((wie, plaats, "no page", sorted(staat)))
            if leest == "niets" and proef.zonder_nummer(tekst(app)) != onbekend:
                fout.append((wie, plaats, "differs from a number that is not there"))
            cellen += 1
    assert fout == [], fout
    _telt("dossier", cellen)


def test_every_handeling_is_open_to_the_roles_and_places_of_the_table(matrix: Matrix):
    coulant = matrix.register.reglementen["coulant"]
    van_een_klacht = [naam for naam, h in HANDELINGEN.items() if h.reeks == "K" and not h.nieuw]
    stap_rollen = {n: coulant.stap(HANDELINGEN[n].stap).rollen if HANDELINGEN[n].stap else () for n in van_een_klacht}
    dossiers: dict[str, Dossier] = {}
    fout, cellen = [], 0
    for wie, plaats, klacht in _cellen(matrix):
        dossier = dossiers.setdefault(klacht.nummer, dossier_van(matrix.register, klacht.nummer))
        for naam in van_een_klacht:
            verwacht = proef.doet(naam, wie, plaats, stap_rollen[naam])
            doet = rol_in(dossier, naam, MENSEN[wie], coulant) is not None
            weigering = mag(dossier, naam, MENSEN[wie], coulant)
            if doet != verwacht or (not verwacht and weigering is None):
                fout.append((naam, wie, plaats, "mag" if doet else "mag niet"))
            cellen += 1
    assert fout == [], fout
    _telt("handeling", cellen)


def test_what_the_table_does_not_give_is_refused_when_it_is_really_done(matrix: Matrix):
    """As somebody involved: the one klacht in which all of them are."""
    register, aantal, cellen = matrix.register, matrix.register.stand().aantal, 0
    for wie, persoon in MENSEN.items():
        for naam, handeling in HANDELINGEN.items():
            if handeling.reeks != "K" or handeling.nieuw:
                continue
            stap = register.reglementen["coulant"].stap(handeling.stap).rollen if handeling.stap else ()
            if proef.doet(naam, wie, "betrokken", stap):
                continue
            with pytest.raises(Geweigerd):
                handeling(register, persoon, matrix.klachten[wie, "betrokken"].nummer, vandaag=VANDAAG, reden="x")
            cellen += 1
    assert register.stand().aantal == aantal
    _telt("handeling gedaan", cellen)


def test_what_starts_a_dossier_and_what_is_done_with_an_evaluation(matrix: Matrix):
    coulant, cellen = matrix.register.reglementen["coulant"], 0
    evaluatie = dossier_van(matrix.register, "E2026-0001")
    for wie, persoon in MENSEN.items():
        for naam, handeling in HANDELINGEN.items():
            if handeling.reeks == "K" and not handeling.nieuw:
                continue
            feiten = evaluatie if handeling.reeks == "E" and not handeling.nieuw else None
            # What is done with the organisation itself belongs to no step.
            van_de_stap = coulant.stap(handeling.stap).rollen if handeling.stap else ()
            plaats = "geen" if handeling.stap else "organisatie"
            verwacht = proef.doet(naam, wie, plaats, van_de_stap)
            rol, weigering = handeling.toets(feiten, persoon, coulant)
            assert bool(rol) == verwacht, (naam, wie)
            assert verwacht or weigering is not None, (naam, wie)
            cellen += 1
    _telt("handeling zonder klacht", cellen)


def test_no_excel_file_holds_more_than_its_reader_may_see(matrix: Matrix, http: Adressen):
    """Each fetched at its address, by whom it was offered to."""
    namen = [naam.removeprefix("excel_") for naam in UITVOER if naam.startswith("excel_")]
    fout, gemaakt = [], 0
    for wie in MENSEN:
        for naam in namen:
            adres, inhoud = matrix.bestanden.get((wie, naam)), b""
            if (adres is None) != (matrix.makers.get((wie, naam)) is None):
                fout.append((naam, wie, "the button is not there for what can be made"))
            if adres is not None:
                if not proef.cel("uitvoer", f"excel_{naam}", wie):
                    fout.append((naam, wie, "is not for this role"))
                antwoord = http.ga(wie, adres)
                assert antwoord.status == 200, (naam, wie)
                inhoud = proef.uitgepakt(antwoord.inhoud)
                gemaakt += 1
            for plaats in PLAATSEN:
                staat = proef.gevonden(matrix.klachten[wie, plaats], wie, plaats, inhoud)
                magen = MAG_ZIEN[proef.leest(wie, plaats)]
                moeten = {"nummer", "naam"} if naam == "klachten" and inhoud and magen >= {"naam"} else set()
                if not moeten <= staat <= magen:
                    fout.append((naam, wie, plaats, sorted(staat - magen), sorted(moeten - staat)))
    assert fout == [], fout
    assert gemaakt > 40, "the files were really made"
    _telt("Excel-bestand", len(MENSEN) * len(namen) * len(PLAATSEN))


def test_every_address_is_open_or_closed_by_the_table(matrix: Matrix, http: Adressen):
    fout, cellen, van_paginas = [], 0, [f"/{deel.naam}" for deel in PAGINAS]
    for route in routes.load().rijen:
        pad, methode = route.pad.replace("*", "x"), route.methoden[0]
        for wie in (*MENSEN, ZONDER, NIEMAND):
            verwacht = proef.status_van(route.pad, wie)
            if route.soort == "websocket":
                kreeg = 200 if http.lijn(wie) else 401
            else:
                kreeg = http.ga(wie, pad, methode).status
            if kreeg != verwacht:
                fout.append((route.pad, wie, kreeg, verwacht))
            cellen += 1
    for pad in (*van_paginas, "/media/x", "/nergens"):
        for wie in (*MENSEN, ZONDER, NIEMAND):
            # A page is open to who is signed in: what it shows is the page's to refuse (the cells above).
            verwacht = (303 if wie == NIEMAND else 200) if pad in van_paginas else 404
            if (kreeg := http.ga(wie, pad).status) != verwacht:
                fout.append((pad, wie, kreeg, verwacht))
            cellen += 1
    assert fout == [], fout
    _telt("adres", cellen)


def test_a_document_is_handed_out_to_who_reads_all_of_the_dossier(matrix: Matrix, http: Adressen):
    """At its own address, over HTTP; where it is refused, it is as for a number that is not there."""
    fout = []
    for wie, plaats, klacht in _cellen(matrix):
        nr = next(v.nr for v in matrix.register.vastleggingen(klacht.nummer) if isinstance(v.feit, DocumentToegevoegd))
        antwoord = http.ga(wie, f"/stuk/{klacht.nummer}/{nr}")
        if proef.leest(wie, plaats) == "alles":
            goed = antwoord.inhoud.startswith(b"inhoud") and klacht.stuk in antwoord.koppen["content-disposition"]
            goed = goed and antwoord.koppen["content-disposition"].startswith("attachment;")
            goed = goed and antwoord.koppen["cache-control"] == "no-store"
        else:
            nergens = http.ga(wie, f"/stuk/K2026-9999/{nr}")
            goed = (antwoord.status, antwoord.tekst) == (nergens.status, nergens.tekst)
            goed = goed and antwoord.status == (404 if proef.cel("route", "/stuk/*", wie) else 403)
        if not goed:
            fout.append((wie, plaats, antwoord.status))
    assert fout == [], fout
    _telt("stuk", len(matrix.klachten))


def test_every_file_is_handed_out_at_its_address_to_the_roles_of_the_table(matrix: Matrix, http: Adressen):
    """Of each file one is offered to everybody, whatever the pages offer; the rights are asked when it is fetched."""
    fout = []
    for wie in MENSEN:
        for naam in UITVOER:
            van_wie = Aanbod(
                naam="x", mime="text/plain", maker=Maker(naam, lambda: b"goed"), wie=MENSEN[wie], sessie=http.hash[wie]
            )
            _aangeboden[van_wie.code] = van_wie
            kreeg = http.ga(wie, f"/bestand/{van_wie.code}")
            if (kreeg.status == 200) != bool(proef.cel("uitvoer", naam, wie)):
                fout.append((naam, wie, kreeg.status))
            ander = next(iemand for iemand in MENSEN if iemand != wie and proef.cel("route", "/bestand/*", iemand))
            if http.ga(ander, f"/bestand/{van_wie.code}").tekst != NIET_VOOR_U:
                fout.append((naam, ander, "the link of somebody else"))
    assert fout == [], fout
    _telt("bestand opgehaald", len(MENSEN) * len(UITVOER) * 2)


def test_the_files_of_an_evaluation_are_offered_by_the_table(matrix: Matrix, http: Adressen):
    for wie in MENSEN:
        mogen = {label for label, naam in BESTANDEN.items() if proef.cel("uitvoer", naam, wie)}
        # Nothing was frozen with this evaluation.
        assert set(matrix.knoppen[wie]) == mogen - {"Bevroren cijfers"}, wie
    # Making one takes a while; they are of no one's klacht, and the same for everybody who gets them.
    for label, adres in matrix.knoppen["directie"].items():
        antwoord = http.ga("directie", adres)
        assert (antwoord.status, antwoord.inhoud[:5]) == (200, b"%PDF-"), label
    _telt("bestand van een evaluatie", len(MENSEN) * len(BESTANDEN))


def test_agenda_and_minutes_are_handed_out_at_their_address_by_the_table(matrix: Matrix, http: Adressen):
    """To whom the page offers them; to nobody else at that same address; and no klacht can be recognised in them."""
    fout = []
    for wie in MENSEN:
        leest = proef.cel("pagina", "vergadering", wie)
        mogen = {label for label, naam in VAN_EEN_VERGADERING.items() if leest and proef.cel("uitvoer", naam, wie)}
        if set(matrix.vergadering[wie]) != mogen:
            fout.append((wie, "offered", sorted(set(matrix.vergadering[wie]) ^ mogen)))
        for label, adres in matrix.vergadering[wie].items():
            for ander in MENSEN:
                antwoord = http.ga(ander, adres)
                goed = antwoord.inhoud.startswith(b"%PDF-") if ander == wie else antwoord.status in (403, 404)
                if not goed:
                    fout.append((wie, label, ander, antwoord.status))
                if ander == wie:
                    bladen = pypdf.PdfReader(io.BytesIO(antwoord.inhoud)).pages
                    tekst = "".join(blad.extract_text() for blad in bladen).encode()
                    assert canary("conclusie").encode() in tekst or label.startswith("Agenda")
                    staat = {soort for k in matrix.klachten.values() for soort in _herkend(k, tekst)}
                    fout += [(wie, label, staat)] if staat else []
    assert fout == [], fout
    _telt("stuk van een vergadering", len(MENSEN) * len(VAN_EEN_VERGADERING) * len(MENSEN))


def _herkend(klacht: Klacht, inhoud: bytes) -> set[str]:
    woorden = {"nummer": klacht.nummer, "naam": klacht.naam, "tekst": klacht.tekst, "stuk": klacht.stuk}
    return {soort for soort, woord in woorden.items() if woord.encode() in inhoud}


def test_the_rule_of_reading_is_that_of_the_table(matrix: Matrix):
    hoe = {"alles": Leesrecht.HEEL, "maatregel": Leesrecht.MAATREGEL, "ontvangst": Leesrecht.ONTVANGST}
    for wie, plaats, klacht in _cellen(matrix):
        dossier = dossier_van(matrix.register, klacht.nummer)
        assert isinstance(dossier, Dossier)
        assert leesrecht(dossier, MENSEN[wie]) == hoe.get(proef.leest(wie, plaats), Leesrecht.GEEN), (wie, plaats)
    _telt("lezen", len(matrix.klachten))


def test_the_number_of_cells(matrix: Matrix):
    """Last: how many were walked, by what was looked at."""
    totaal = sum(CELLEN.values())
    print(f"\n{totaal} cellen: {', '.join(f'{soort} {aantal}' for soort, aantal in CELLEN.items())}")
    assert totaal > 8_000
