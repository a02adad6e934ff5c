"""Builders for the tests of pages: klachten at any step, a page or a form alone, and its widgets by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from streamlit.testing.v1 import AppTest

from klachten import organisatie
from klachten.handelingen import HANDELINGEN, Uitkomst
from klachten.register import Register
from klachten.scherm import onderdelen
from klachten.scherm.paginas import pagina
from tests.naspelen import play_once

Opent = Callable[..., AppTest]
KWAAD = ("<script>alert(1)</script>", '=HYPERLINK("http://kwaad.example";"x")', "**vet** $x$ :smile:")
"""What somebody may type for a name and a page may not take for anything else; RAUW is where it did."""
RAUW = re.compile(r"(?<!\\)(<script|\*\*vet|\$x|:smile|http://)")
VANDAAG = date(2026, 3, 2)
ONTVANGEN = date(2026, 2, 16)

INTAKE: dict[str, Any] = {
    "op": ONTVANGEN,
    "kanaal": "brief",
    "vestiging": "weert",
    "ontvanger": "gijs",
    "indiener_soort": "klant",
    "indiener_naam": "J. Jansen",
    "omschrijving": "Mijn begeleider kwam drie keer niet opdagen.",
    "categorie": "afspraken",
    "betrokkenen": ("eva",),
    "coordinator_op": ONTVANGEN,
    "verwerkt_op": ONTVANGEN,
}
MAATREGEL: dict[str, Any] = {
    "op": date(2026, 2, 24),
    "omschrijving": "Afspraken voortaan bevestigen",
    "actienemer": "gijs",
    "uiterlijk_op": date(2026, 3, 20),
    "overlegd_met": "carla",
}

# The plain road after the intake: who does what, with which answers. A story stops after the handeling it names.
WEG: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("stap_04_toewijzen_behandelaar", "anna", {"op": date(2026, 2, 17), "behandelaar": "anna"}),
    ("stap_05_bevestigen_ontvangst", "anna", {"op": date(2026, 2, 18), "wijze": "brief"}),
    ("stap_06_onderzoeken_klacht", "anna", {"op": date(2026, 2, 20), "bevindingen": "De agenda klopte niet."}),
    ("stap_08_bepalen_maatregel", "anna", MAATREGEL),
    ("stap_09_informeren_indiener", "anna", {"op": date(2026, 2, 25), "wijze": "e-mail"}),
    ("stap_10_informeren_actienemer", "anna", {"op": date(2026, 2, 25), "maatregel": 1}),
    ("stap_11_uitvoeren_maatregel", "gijs", {"op": date(2026, 2, 26), "maatregel": 1, "toelichting": "Gedaan."}),
    ("stap_13_afsluiten_klacht", "anna", {"op": date(2026, 2, 27)}),
    ("stap_14_informeren_indiener_afsluiting", "anna", {"op": date(2026, 2, 27), "wijze": "brief"}),
)


def doe(
    register: Register, handeling: str, wie: str, nummer: str = "", /, *, reden: str = "", **invoer: Any
) -> Uitkomst:
    """Record a handeling of somebody of the cast."""
    gebruiker = organisatie.gebruiker(wie)
    assert gebruiker is not None
    return HANDELINGEN[handeling](register, gebruiker, nummer, vandaag=VANDAAG, reden=reden, **invoer)


def klacht(register: Register, tot: str = "", **anders: Any) -> str:
    """Make a klacht and take it along the plain road up to and including a handeling; return its number."""
    return play_once(register, ("pagina", tot, anders), lambda: _klacht(register, tot, anders))


def _klacht(register: Register, tot: str, anders: Mapping[str, Any]) -> str:
    nummer = doe(register, "stap_01_indienen_klacht", "anna", **{**INTAKE, **anders}).klachtnummer
    if tot:
        for naam, wie, invoer in WEG:
            doe(register, naam, wie, nummer, **invoer)
            if naam == tot:
                break
        else:
            raise ValueError(f"{tot} is not on the road")
    return nummer


def signaal(register: Register, **anders: Any) -> str:
    """Make a signaal; return its number."""
    velden = {veld.naam for veld in HANDELINGEN["stap_01_ontvangen_signaal"].velden}
    invoer = {naam: waarde for naam, waarde in {**INTAKE, "kanaal": "telefoon", **anders}.items() if naam in velden}
    return doe(register, "stap_01_ontvangen_signaal", "anna", **invoer).klachtnummer


def _los_formulier(naam: str, nummer: str, wie: str) -> None:
    import streamlit as st

    from klachten.handelingen import HANDELINGEN
    from klachten.scherm import formulier

    st.session_state["gebruiker"] = wie
    uitkomst = formulier.toon(HANDELINGEN[naam], nummer, sleutel="proef")
    if uitkomst:
        st.text(f"uitkomst {uitkomst.klachtnummer} {uitkomst.nrs}")


def los_formulier(naam: str, nummer: str = "", wie: str = "anna") -> AppTest:
    """Draw the form of one handeling on a page of its own."""
    proef = AppTest.from_function(_los_formulier, args=(naam, nummer, wie), default_timeout=30)
    return proef.run()


def widget(proef: AppTest, naam: str) -> Any:
    """Return the widget of a field, whichever form it stands in."""
    soorten = (
        "text_input", "text_area", "selectbox", "multiselect", "date_input", "checkbox", "number_input",
        "file_uploader", "radio", "color_picker",
    )  # fmt: skip
    gevonden = _meant([deel for soort in soorten for deel in proef.get(soort) if (deel.key or "").endswith(f".{naam}")])
    assert len(gevonden) == 1, f"{naam}: {[deel.key for deel in gevonden]}"
    return gevonden[0]


def _meant(gevonden: list[Any]) -> list[Any]:
    """The form of what is next stands on every dossier: where another one is open, that is what is filled in."""
    return [deel for deel in gevonden if not deel.key.startswith("nu/")] or gevonden


def vul(proef: AppTest, **waarden: Any) -> None:
    """Fill in fields by their name, without sending them."""
    for naam, waarde in waarden.items():
        if naam == "bestand":
            widget(proef, naam).set_value(("stuk.pdf", waarde, "application/pdf"))
        else:
            widget(proef, naam).set_value(list(waarde) if isinstance(waarde, tuple) else waarde)


def verstuur(proef: AppTest, label: str = "") -> AppTest:
    """Press the button of the form."""
    knoppen = _meant([knop for knop in proef.button if (knop.key or "").endswith(".knop") and label in knop.label])
    assert len(knoppen) == 1, [knop.label for knop in knoppen]
    return knoppen[0].click().run()


def zinnen(proef: AppTest) -> str:
    """Return every sentence on the page as it is read, also those at fields."""
    soorten = (proef.markdown, proef.text, proef.success, proef.info, proef.warning, proef.error, proef.caption)
    return "\n".join(str(deel.value) for soort in soorten for deel in soort).replace("\\", "")


def kies(proef: AppTest, **keuzes: Any) -> AppTest:
    """Choose in the boxes above a form, by the last part of their key."""
    for naam, waarde in keuzes.items():
        proef.selectbox(key=naam.replace("_in_", ".")).set_value(waarde).run()
        assert not proef.exception
    return proef


def leg_vast(proef: AppTest, **velden: Any) -> AppTest:
    """Fill in the form and send it; it was recorded."""
    vul(proef, **velden)
    verstuur(proef)
    assert not proef.exception
    assert [zin.value for zin in proef.success], zinnen(proef)
    return proef


def open_los(naam: str, als: str, staat: Mapping[str, Any] | None = None, /, **adres: str) -> AppTest:
    """Open a page on its own as somebody, with what the session has and the query; after zonder_venster()."""
    proef = AppTest.from_file(pagina(naam).bestand, default_timeout=30)
    for bron, waarden in ((proef.session_state, {**(staat or {}), "gebruiker": als}), (proef.query_params, adres)):
        for sleutel, waarde in waarden.items():
            bron[sleutel] = waarde
    proef.run()
    assert not proef.exception
    return proef


def zonder_venster(monkeypatch) -> None:
    """Let a page run on its own, without the window: faster, but links to other pages need the window."""

    def verwijzing(
        naam: str, label: str = "", *, breedte: int | None = None, icoon: str = "", bij: str = "", **query: str
    ) -> None:
        import streamlit as st

        st.text(f"[{label or naam}]({naam} {query}) {bij}".rstrip())

    monkeypatch.setattr(onderdelen, "verwijzing", verwijzing)
