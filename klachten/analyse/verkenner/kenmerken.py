"""By what a figure can be split: a column of the klacht, something known beside the steps, or of the row itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from klachten.analyse.basis.selectie import FIJNER
from klachten.analyse.categorieen.nader import KENMERKEN as NADER
from klachten.analyse.werk.telling import EINDEN
from klachten.reglement import Reglement

NIET_BEKEND = "Niet bekend"
Naamgever = Callable[[str], str]
"""Gives the name of a person by id."""


@dataclass(frozen=True, kw_only=True)
class Splitsing:
    """One characteristic: its SQL, what a reader calls it and its values, and where a number of it leads.

    `sql` is an expression on k, r or, when `nader` names a characteristic of nadere_gegevens, on a table of that.
    `veld` is the field of Filter that chooses it, `telling` of Telling, `deel` of a kind of Telling. `lijst` names the
    list of the reglement with its values. `recht` is what one must be allowed to see, a row of rechten.csv.
    """

    id: str
    titel: str
    sql: str
    nader: str = ""
    veld: str = ""
    telling: str = ""
    deel: str = ""
    lijst: str = ""
    namen: Mapping[str, str] = field(default_factory=dict)
    anders: str = NIET_BEKEND
    recht: str = ""
    persoon: bool = False

    def naam(self, waarde: str | None, reglement: Reglement | None, persoon: Naamgever | None = None) -> str:
        """Return what a reader calls a value."""
        if waarde is None or (waarde == "" and "" not in self.namen):
            return self.anders
        if waarde in self.namen:
            return self.namen[waarde]
        if self.persoon and persoon:
            return persoon(waarde)
        return reglement.naam_van(self.lijst, waarde) if reglement and self.lijst else waarde


_MENINGSVERSCHIL = {
    "gemeld": "Gemeld",
    "overleg mislukt": "Overleg mislukt",
    "opgelost": "In overleg opgelost",
    "voorgelegd": "Voorgelegd aan iemand van buiten",
    "oordeel": "Met een oordeel",
}
_STANDEN = ("op tijd", "te laat", "open", "open en te laat", "vervallen")
_VELDEN = {veld: naam for naam, veld in FIJNER.items()}

_KLACHT = (
    Splitsing(id="vestiging", titel="Vestiging", sql="k.vestiging", veld="vestiging", lijst="vestigingen"),
    Splitsing(id="categorie", titel="Categorie", sql="k.categorie", veld="categorie", lijst="categorieen"),
    Splitsing(
        id=_VELDEN["indiener_soort"], titel="Indiener", sql="k.indiener_soort", veld="indiener_soort",
        lijst="indiener_soorten",
    ),
    Splitsing(id="kanaal", titel="Kanaal", sql="k.kanaal", veld="kanaal", lijst="kanalen"),
    Splitsing(
        id="behandelaar", titel="Behandelaar", sql="k.behandelaar", veld="behandelaar", anders="Nog niet toegewezen",
        recht="behandelaarsnamen", persoon=True,
    ),
    Splitsing(
        id="einde", titel="Hoe het afliep", sql="k.einde", telling="einde",
        namen={id: naam[:1].upper() + naam[1:] for id, naam in EINDEN.items()},
    ),
    Splitsing(
        id="uitkomst", titel="Uitkomst", sql="CASE WHEN k.einde = 'afgesloten' THEN COALESCE(k.uitkomst, '') END",
        telling="uitkomst", lijst="uitkomsten", namen={"": "Niet vastgelegd"}, anders="Niet afgesloten",
    ),
)  # fmt: skip
_NADER = tuple(
    Splitsing(
        id=id, titel=kenmerk.titel, sql="{}.waarde", nader=id, deel="kenmerk", lijst=kenmerk.lijst,
        namen=kenmerk.namen, anders=kenmerk.anders,
    )
    for id, kenmerk in NADER.items()
)  # fmt: skip
_EIGEN = (
    Splitsing(
        id="maatregelstand", titel="Stand van de maatregel", sql="r.stand", deel="stand",
        namen={id: id[:1].upper() + id[1:] for id in _STANDEN},
    ),
    Splitsing(
        id="leeftijd", titel="Hoe lang de maatregel openstaat", sql="r.leeftijd", deel="leeftijd", anders="Niet open",
    ),
    Splitsing(
        id="actienemer", titel="Actienemer", sql="r.actienemer", deel="actienemer", recht="actienemersnamen",
        persoon=True,
    ),
    Splitsing(
        id="geschilstand", titel="Stand van het meningsverschil", sql="r.stand", namen=_MENINGSVERSCHIL,
    ),
    Splitsing(
        id="oordeel", titel="Oordeel", sql="r.oordeel", deel="oordeel", lijst="oordelen",
        anders="Geen oordeel",
    ),
)  # fmt: skip
SPLITSINGEN: dict[str, Splitsing] = {deel.id: deel for deel in (*_KLACHT, *_NADER, *_EIGEN)}
VAN_DE_RIJ = frozenset(deel.id for deel in _EIGEN)
"""Only of rows of a question that has them: a maatregel, a dispute."""
