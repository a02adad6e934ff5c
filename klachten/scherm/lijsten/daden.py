"""How each kind of task is done: one table, and from it the link on the row that goes straight to the form or letter.

A kind is known by how its sentence begins (analyse/werk/*taken.sql). A kind that is not here has no act, and
tests/test_daden.py fails: it reads the sentences from the SQL.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping
from dataclasses import dataclass

from klachten import rechten, scherm
from klachten.analyse.werk.werkvoorraad import AANWIJZEN, EIGEN_STAP, WISSEN, Taak
from klachten.dossier.klacht import Feiten
from klachten.handelingen import HANDELINGEN, Geweigerd, dossier_van
from klachten.organisatie import Gebruiker
from klachten.register import RegisterFout
from klachten.scherm import paginas
from klachten.scherm.lijsten.posttaken import E_MAIL, POSTBUS

DOSSIER, VERBETERACTIES, INTAKE, BEWAREN, POST = "dossier", "verbeteracties", "intake", "bewaren", "post"


@dataclass(frozen=True)
class Daad:
    """What does a task: a handeling or "", the letter that is one of its ways, and the page it is done on.

    `label` is what the link says; without it that is the title of the handeling, or that a letter is made.
    """

    handeling: str = ""
    brief: str = ""
    pagina: str = DOSSIER
    label: str = ""

    @property
    def knop(self) -> str:
        """What the link says."""
        return self.label or ("Brief maken" if self.brief else HANDELINGEN[self.handeling].titel)


UITVOEREN = Daad("stap_11_uitvoeren_maatregel", label="Uitgevoerd melden")
DADEN: Mapping[str, Daad] = types.MappingProxyType(
    {
        # The klacht comes in, and is given to somebody.
        "Coördinator informeren": Daad("stap_02_informeren_coordinator"),
        "Directeur informeren": Daad("stap_02_informeren_coordinator", label="Directeur informeren"),
        "Klacht verwerken": Daad("stap_03_verwerken_klacht"),
        "Behandelaar toewijzen": Daad("stap_04_toewijzen_behandelaar"),
        "Behandelaar vervangen": Daad("stap_04_vervangen_behandelaar"),
        AANWIJZEN: Daad("stap_04_aanwijzen_buitenstaander"),
        "Indiener vertellen wie de behandelaar nu is": Daad("stap_04_meedelen_behandelaar", "andere_behandelaar"),
        # It is handled. Facts may be asked for in any way: the letter of step 6 invites to a conversation.
        "Ontvangst bevestigen": Daad("stap_05_bevestigen_ontvangst", "ontvangstbevestiging"),
        "Ontbrekende feiten opvragen": Daad("stap_06_vragen_informatie"),
        "Ontbrekende feiten opnieuw opvragen": Daad("stap_06_vragen_informatie"),
        "Klacht onderzoeken": Daad("stap_06_onderzoeken_klacht"),
        # The choice above the form has step 7 as well.
        "Beslissen": Daad("stap_08_bepalen_maatregel", label="Beslissen"),
        "Maatregelen bepalen": Daad("stap_08_bepalen_maatregel"),
        "Indiener informeren over resultaat": Daad("stap_09_informeren_indiener", "resultaat"),
        "Actienemer informeren over maatregel": Daad("stap_10_informeren_actienemer", "maatregel"),
        "Maatregel ": UITVOEREN,
        "Uw maatregel": UITVOEREN,
        "Voortgang nagaan": Daad("stap_12_bewaken_voortgang"),
        "Klacht afsluiten": Daad("stap_13_afsluiten_klacht"),
        "Nieuwe maatregelen bepalen of de klacht afsluiten": Daad("stap_08_bepalen_maatregel", label="Beslissen"),
        "Indiener informeren over de afsluiting": Daad("stap_14_informeren_indiener_afsluiting", "afsluiting"),
        # There is a difference of opinion.
        "Overleg voeren": Daad("stap_15_voeren_overleg"),
        "Geschil voorleggen": Daad("stap_15_voorleggen_geschil", "geschil"),
        "Oordeel afwachten": Daad("stap_15_ontvangen_oordeel"),
        # Beside the klachten.
        "Signaal op schrift": Daad("stap_01_indienen_klacht", pagina=INTAKE, label="Op schrift stellen"),
        "Klachten over ": Daad("stap_16_evalueren_klachten", pagina=VERBETERACTIES),
        "Aantal trajecten over ": Daad("stap_16_vaststellen_trajecten", pagina=VERBETERACTIES),
        "Actienemer informeren over verbeteractie": Daad(
            "stap_17_informeren_actienemer", "verbeteractie", VERBETERACTIES
        ),
        "Verbeteractie ": Daad("stap_18_uitvoeren_verbeteractie", pagina=VERBETERACTIES, label="Uitgevoerd melden"),
        WISSEN: Daad(pagina=BEWAREN, label="Bekijken"),
        # E-mail: of a klacht it is decided with its dossier, of the rest on the page of all e-mail.
        E_MAIL: Daad(label="Beslissen"),
        f"{E_MAIL} vraagt een besluit": Daad(pagina=POST, label="Beslissen"),
        POSTBUS: Daad(pagina=INTAKE, label="Mail verwerken"),
    }
)
_LANGSTE_EERST = sorted(DADEN, key=len, reverse=True)


def of(taak: Taak) -> Daad:
    """Return what does a task; KeyError for a kind that is not in the table."""
    return _of(taak.wat)


@functools.lru_cache(maxsize=1024)
def _of(wat: str) -> Daad:
    begin = next((begin for begin in _LANGSTE_EERST if wat.startswith(begin)), None)
    if begin is None:
        raise KeyError(f"Bij deze soort taak staat niet hoe zij wordt gedaan: {wat}")
    return DADEN[begin]


def for_reader(taak: Taak, gebruiker: Gebruiker) -> Daad | None:
    """Return what the reader can do about a task from the list; None for who may not, or has a button of the own.

    Taking somebody's place gives no right: of such a task it is asked whether the own roles do.
    """
    if taak.dicht or taak.ongelezen or (taak.stap == EIGEN_STAP and taak.wie == gebruiker.id):
        return None
    daad = of(taak)
    if not paginas.pagina(daad.pagina).toegankelijk_voor(gebruiker):
        return None
    if gebruiker.id in taak.personen:
        return daad
    return daad if taak.namens and taak.klachtnummer and _may(daad, taak, gebruiker) else None


def _may(daad: Daad, taak: Taak, gebruiker: Gebruiker) -> bool:
    if not daad.handeling:
        return taak.reeks == "K" and rechten.mag("handeling", "vrijgeven_bericht", gebruiker).alles
    try:
        feiten: Feiten = dossier_van(scherm.register(), str(taak.klachtnummer))
    except (Geweigerd, RegisterFout):
        return False
    return HANDELINGEN[daad.handeling].toets(feiten, gebruiker, scherm.reglement(feiten))[1] is None


def address(daad: Daad, taak: Taak) -> dict[str, str]:
    """Return what the page of an act is called with to open its form or letter (dossier/aankomst.py reads it)."""
    nummer = taak.klachtnummer
    match daad.pagina:
        case "dossier":
            # About e-mail one decides where all of it stands.
            vraag = {"nummer": str(nummer), **({"doe": daad.handeling} if daad.handeling else {"deel": "klacht"})}
        case "verbeteracties":
            vraag = {**({"evaluatie": nummer} if nummer else {}), "doe": daad.handeling}
        case "intake":
            return {"signaal": nummer} if nummer and taak.reeks == "S" else {}
        case _:
            return {}
    if daad.brief:
        vraag["brief"] = daad.brief
    if nummer and taak.onderdeel:
        vraag["onderdeel"] = str(taak.onderdeel)
    return vraag
