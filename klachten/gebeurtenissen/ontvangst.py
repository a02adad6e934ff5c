"""Steps 1-5: what happens when a klacht comes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from klachten.gebeurtenissen.kern import Gebeurtenis, tekst


@dataclass(frozen=True, kw_only=True)
class SignaalOntvangen(Gebeurtenis):
    """Dissatisfaction was expressed orally: a signaal, not yet a klacht (step 1)."""

    stap: ClassVar[int] = 1
    kanaal: str
    vestiging: str
    ontvanger: str
    indiener_soort: str = "klant"
    indiener_naam: str = tekst()
    indiener_contact: str = tekst()
    omschrijving: str = tekst()


@dataclass(frozen=True, kw_only=True)
class SignaalOpSchriftGesteld(Gebeurtenis):
    """The signaal was written down and lives on as a klacht (step 1)."""

    stap: ClassVar[int] = 1
    klachtnummer: str


@dataclass(frozen=True, kw_only=True)
class SignaalAfgedaan(Gebeurtenis):
    """The signaal was settled, or the person did not want to write it down (step 1)."""

    stap: ClassVar[int] = 1
    toelichting: str = tekst()


@dataclass(frozen=True, kw_only=True)
class KlachtOntvangen(Gebeurtenis):
    """A written expression of dissatisfaction reached the ontvanger on `gebeurd_op`: the terms start (step 1).

    `waarden_bron` is how a source spelled what has no choice of its own here.
    """

    stap: ClassVar[int] = 1
    reglement: str
    reglement_versie: date
    kanaal: str
    indiener_soort: str
    vestiging: str
    categorie: str
    ontvanger: str
    aspecten: tuple[str, ...] = ()
    kenmerken: tuple[str, ...] = ()
    betrokkenen: tuple[str, ...] = ()
    feiten_vermeld: bool = True
    signaal: str = ""
    intake: str = ""
    herkomst: str = "register"
    bron: str = ""
    bron_id: str = ""
    indiener_naam: str = tekst()
    indiener_contact: str = tekst()
    vertegenwoordiger: str = tekst()
    traject: str = tekst()
    omschrijving: str = tekst()
    gewenste_oplossing: str = tekst()
    betrokkenen_buiten: str = tekst()
    waarden_bron: str = tekst()


@dataclass(frozen=True, kw_only=True)
class CoordinatorGeinformeerd(Gebeurtenis):
    """The coordinator heard of the klacht, or the directeur while the coordinator was absent for longer (step 2)."""

    stap: ClassVar[int] = 2
    geinformeerde: str
    coordinator_afwezig: bool = False


@dataclass(frozen=True, kw_only=True)
class KlachtGeregistreerd(Gebeurtenis):
    """The klacht stands in the register and has a klachtdossier (step 3)."""

    stap: ClassVar[int] = 3
    namens: str = tekst()


@dataclass(frozen=True, kw_only=True)
class DocumentToegevoegd(Gebeurtenis):
    """A document was put into the klachtdossier; `document` is its content hash (step 3).

    `van_dag` is the day that stands on it and `richting` in, uit or intern, where known; `vervangt` is the document
    (number of its fact) of which this is a next version, `hoort_bij` the mail of which it is an attachment.
    """

    stap: ClassVar[int] = 3
    document: str
    soort_document: str = "overig"
    van_dag: date | None = None
    richting: str = ""
    vervangt: int | None = None
    hoort_bij: int | None = None
    naam: str = tekst()
    van: str = tekst()
    aan: str = tekst()


@dataclass(frozen=True, kw_only=True)
class BetrokkeneToegevoegd(Gebeurtenis):
    """A medewerker turned out to be involved in the klacht (step 4)."""

    stap: ClassVar[int] = 4
    betrokkene: str


@dataclass(frozen=True, kw_only=True)
class BuitenstaanderAangewezen(Gebeurtenis):
    """Somebody outside was named to act in the place of a directie that is involved as a whole (steps 4, 8 and 15).

    `vastlegger` is the colleague who records what that person decides; empty when the coordinator, not involved, does.
    """

    stap: ClassVar[int] = 4
    vastlegger: str = ""
    persoon: str = tekst()


@dataclass(frozen=True, kw_only=True)
class BehandelaarToegewezen(Gebeurtenis):
    """A behandelaar who is not involved was assigned (step 4); `namens` is the outside person who decided it."""

    stap: ClassVar[int] = 4
    behandelaar: str
    toegewezen_door: str
    namens: str = tekst()


@dataclass(frozen=True, kw_only=True)
class BehandelaarVervangen(Gebeurtenis):
    """Another behandelaar took over: absence, or involvement found later (step 4)."""

    stap: ClassVar[int] = 4
    behandelaar: str
    vorige: str
    toegewezen_door: str
    grond: str
    indiener_geinformeerd_op: date | None = None
    namens: str = tekst()


@dataclass(frozen=True, kw_only=True)
class BehandelaarMeegedeeld(Gebeurtenis):
    """The indiener was told who the behandelaar is now (step 4)."""

    stap: ClassVar[int] = 4
    behandelaar: str
    wijze: str


@dataclass(frozen=True, kw_only=True)
class OntvangstBevestigd(Gebeurtenis):
    """The indiener got a written acknowledgement with klachtnummer and behandelaar (step 5)."""

    stap: ClassVar[int] = 5
    wijze: str
    behandelaar: str


@dataclass(frozen=True, kw_only=True)
class KlachtVervallen(Gebeurtenis):
    """The entry was a mistake or a double; it keeps its number and counts nowhere else (step 3).

    `namens` is the outside person who decided it in the place of a directie that is involved as a whole.
    """

    stap: ClassVar[int] = 3
    grond: str
    dubbel_van: str = ""
    namens: str = tekst()


@dataclass(frozen=True, kw_only=True)
class KlachtGekoppeld(Gebeurtenis):
    """Two klachten belong together (step 3)."""

    stap: ClassVar[int] = 3
    met: str
