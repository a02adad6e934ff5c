"""How each kind of task is done: one table, and from it the link on the row that goes straight to the form or letter.

It goes by the kind of the task (analyse/werk/taaksoort.py), never by its sentence. For a kind that is not here
tests/test_taaksoort.py fails: it reads the kinds from the SQL.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass

from klachten import rechten, scherm
from klachten.analyse.werk import taaksoort
from klachten.analyse.werk.werkvoorraad import Taak
from klachten.dossier.klacht import Feiten
from klachten.handelingen import HANDELINGEN, Geweigerd, dossier_van
from klachten.organisatie import Gebruiker
from klachten.register import RegisterFout
from klachten.scherm import paginas

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
        "coordinator_informeren": Daad("stap_02_informeren_coordinator"),
        "directeur_informeren": Daad("stap_02_informeren_coordinator", label="Directeur informeren"),
        "klacht_verwerken": Daad("stap_03_verwerken_klacht", label="Klacht verwerken"),
        taaksoort.TOEWIJZEN: Daad("stap_04_toewijzen_behandelaar"),
        taaksoort.VERVANGEN: Daad("stap_04_vervangen_behandelaar"),
        taaksoort.AANWIJZEN: Daad("stap_04_aanwijzen_buitenstaander"),
        "nieuwe_behandelaar_meedelen": Daad("stap_04_meedelen_behandelaar", "andere_behandelaar"),
        # It is handled. Facts may be asked for in any way: the letter of step 6 invites to a conversation.
        "ontvangst_bevestigen": Daad("stap_05_bevestigen_ontvangst", "ontvangstbevestiging"),
        "ontbrekende_feiten_opvragen": Daad("stap_06_vragen_informatie"),
        "klacht_onderzoeken": Daad("stap_06_onderzoeken_klacht"),
        # The choice above the form has step 7 as well.
        "behandeling_beslissen": Daad("stap_08_bepalen_maatregel", label="Beslissen"),
        "maatregelen_bepalen": Daad("stap_08_bepalen_maatregel"),
        "resultaat_meedelen": Daad("stap_09_informeren_indiener", "resultaat"),
        "actienemer_kiezen": Daad("stap_08_wijzigen_maatregel", label="Actienemer kiezen"),
        taaksoort.INFORMEREN: Daad("stap_10_informeren_actienemer", "maatregel"),
        taaksoort.UITVOEREN: UITVOEREN,
        "voortgang_nagaan": Daad("stap_12_bewaken_voortgang"),
        "klacht_afsluiten": Daad("stap_13_afsluiten_klacht"),
        "maatregelen_bepalen_of_afsluiten": Daad("stap_08_bepalen_maatregel", label="Beslissen"),
        "afsluiting_meedelen": Daad("stap_14_informeren_indiener_afsluiting", "afsluiting"),
        # There is a difference of opinion.
        "overleg_voeren": Daad("stap_15_voeren_overleg"),
        "geschil_voorleggen": Daad("stap_15_voorleggen_geschil", "geschil"),
        "oordeel_vastleggen": Daad("stap_15_ontvangen_oordeel"),
        # Beside the klachten.
        "signaal_op_schrift": Daad("stap_01_indienen_klacht", pagina=INTAKE, label="Op schrift stellen"),
        "klachten_evalueren": Daad("stap_16_evalueren_klachten", pagina=VERBETERACTIES),
        "aantal_trajecten_invullen": Daad("stap_16_vaststellen_trajecten", pagina=VERBETERACTIES),
        "verbeteractie_meedelen": Daad("stap_17_informeren_actienemer", "verbeteractie", VERBETERACTIES),
        taaksoort.VERBETEREN: Daad("stap_18_uitvoeren_verbeteractie", pagina=VERBETERACTIES, label="Uitgevoerd melden"),
        taaksoort.WISSEN: Daad(pagina=BEWAREN, label="Bekijken"),
        # E-mail: of a klacht it is decided with its dossier, of the rest on the page of all e-mail.
        taaksoort.BERICHT_BIJ_KLACHT: Daad(label="Beslissen"),
        taaksoort.BERICHTEN: Daad(pagina=POST, label="Beslissen"),
        taaksoort.MAIL_BIJ_KLACHT: Daad(pagina=INTAKE, label="Mail verwerken"),
        taaksoort.MAIL: Daad(pagina=INTAKE, label="Mail verwerken"),
    }
)
"""What does a task of each kind (analyse/werk/taaksoort.py)."""


def of(taak: Taak) -> Daad:
    """Return what does a task."""
    return DADEN[taak.soort]


def for_reader(taak: Taak, gebruiker: Gebruiker) -> Daad | None:
    """Return what the reader can do about a task from the list; None for who may not, or has a button of the own.

    Taking somebody's place gives no right: of such a task it is asked whether the own roles do.
    """
    if taak.dicht or taak.ongelezen or taak.is_own(gebruiker.id):
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
