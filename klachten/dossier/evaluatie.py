"""The dossier of one yearly evaluation: its verbeteracties, and what may be done with them (steps 16-18)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from klachten import gebeurtenissen as g
from klachten.dossier.actie import Actie, changed, fold
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import Gebeurtenis
from klachten.organisatie import ROLLEN, Gebruiker
from klachten.taal import opsomming


@dataclass(frozen=True, kw_only=True)
class Verbeteractie(Actie):
    """A verbeteractie as it stands now."""

    categorie: str
    onderdeel: str = ""
    meegedeeld_op: date | None = None
    verandering: str = ""


class EvaluatieDossier(Feiten):
    """What the facts of one evaluation add up to."""

    @cached_property
    def evaluatie(self) -> g.EvaluatieGehouden:
        """The evaluation itself (step 16)."""
        return self.van(g.EvaluatieGehouden)[0]

    @cached_property
    def conclusies(self) -> dict[str, str]:
        """What was concluded per onderdeel, in the order of a meeting; none of an evaluation as a whole."""
        gezegd = {feit.onderdeel: feit.conclusie for feit in self.van(g.ConclusieGetrokken)}
        return {onderdeel: gezegd[onderdeel] for onderdeel in g.ONDERDELEN if onderdeel in gezegd}

    @cached_property
    def verbeteracties(self) -> dict[int, Verbeteractie]:
        """Every verbeteractie by number, cancelled ones too."""
        bepaald = (
            Verbeteractie(
                nr=feit.verbeteractie,
                actienemer=feit.actienemer,
                uiterlijk_op=feit.uiterlijk_op,
                categorie=feit.categorie,
                onderdeel=feit.onderdeel,
                omschrijving=feit.omschrijving,
                bepaald_op=feit.gebeurd_op,
            )
            for feit in self.van(g.VerbeteractieBepaald)
        )
        return fold(bepaald, self.geldig, "verbeteractie", _volgende)

    def rol_in(self, rollen: tuple[str, ...], gebruiker: Gebruiker) -> str | None:
        """Return the role in which a user may act here; actienemer means: of one of its verbeteracties."""
        if "actienemer" in rollen and gebruiker.id in {v.actienemer for v in self.verbeteracties.values() if v.open}:
            return "actienemer"
        return next((rol for rol in rollen if rol != "actienemer" and gebruiker.heeft(rol)), None)


def mag_evaluatie(
    dossier: EvaluatieDossier, handeling: str, gebruiker: Gebruiker, rollen: tuple[str, ...]
) -> str | None:
    """Return None when the user may do this in the evaluation now, else the Dutch reason, citing the step."""
    stap = int(handeling[5:7]) if handeling.startswith("stap_") else 0
    waar = f"Stap {stap}" if stap else "Dit"
    acties = dossier.verbeteracties.values()
    if handeling == "stap_17_informeren_actienemer" and not any(v.open and v.meegedeeld_op is None for v in acties):
        return "Stap 17: er is geen verbeteractie waarover de actienemer nog geïnformeerd moet worden."
    if handeling in _OPEN_NODIG and not any(v.open for v in acties):
        return f"{waar}: er is geen verbeteractie die nog open staat."
    if handeling == "stap_18_waarnemen_verandering" and not any(v.uitgevoerd_op for v in acties):
        return "Stap 18: er is nog geen verbeteractie uitgevoerd, dus nog niets waar te nemen."
    if dossier.rol_in(rollen, gebruiker) is None:
        wie = opsomming((ROLLEN[rol].lower() for rol in rollen), "of")
        return f"{waar} kan niet door {gebruiker.naam}: dit doet de {wie}."
    return None


_OPEN_NODIG = frozenset(
    {"stap_16_wijzigen_verbeteractie", "stap_16_laten_vervallen_verbeteractie", "stap_18_uitvoeren_verbeteractie"}
)


def _volgende(actie: Verbeteractie, feit: Gebeurtenis) -> Verbeteractie:
    match feit:
        case g.VerbeteractieGewijzigd():
            return changed(actie, feit, "meegedeeld_op")
        case g.VerbeteractieVervallen():
            return replace(actie, vervallen_op=feit.gebeurd_op)
        case g.VerbeteractieMeegedeeld():
            return replace(actie, meegedeeld_op=feit.gebeurd_op)
        case g.VerbeteractieUitgevoerd():
            return replace(actie, uitgevoerd_op=feit.gebeurd_op)
        case g.VeranderingWaargenomen():
            return replace(actie, verandering=feit.verandering)
    return actie
