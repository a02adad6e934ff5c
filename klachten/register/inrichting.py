"""What a register is furnished with: reglementen and calendar, as the organisation makes them that stands in it.

The facts of the organisation and its people are in the register itself, so they are read first: from the database as
far as it goes, and from the journal after that.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from klachten import organisatie
from klachten.gebeurtenissen import NUMMER, VAN_DE_POST, WISSEND, Vastlegging, Wissing, erased, from_json
from klachten.organisatie import Organisatie, all_completed, all_effective, fold, is_eigen
from klachten.register.database import Database
from klachten.register.dossierlezing import read_own
from klachten.register.dossiermap import Dossiermap
from klachten.register.fouten import RegisterNieuwer
from klachten.register.journaal import Journaal, Kop
from klachten.reglement import lees, with_unreadable, with_version
from klachten.taal import datum

Kalender = Iterable[Any] | Callable[[Organisatie], Iterable[Any]]
"""The days, or what makes them of the organisation: it may record that days are equal to a holiday."""

_ORGANISATIE, _PERSOON = b'"klachtnummer":"O', b'"klachtnummer":"P'


class Inrichting:
    """The reglementen as they are in files and as they hold here, the calendar, and the organisation they follow from.

    `reglementen` is one dictionary for as long as the register is open; `uit_bestanden` are the same as their files say
    them, with the versions that were added here. `organisatie` is what the facts say; of a register without any it is
    empty. `gebreken` tells of versions that cannot be read.
    """

    def __init__(self, reglementen: Mapping[str, Any], kalender_dagen: Kalender, dossiers: Dossiermap) -> None:
        self.organisatie = Organisatie()
        self.reglementen = dict(reglementen)
        self._meegekregen = dict(reglementen)
        self.uit_bestanden = dict(reglementen)
        self.gebreken: list[str] = []
        # By its content hash a file never becomes another one.
        self._gelezen: dict[str, Any] = {}
        # An iterator could be gone through only once.
        eens = callable(kalender_dagen) or hasattr(kalender_dagen, "kenmerk")
        self._kalender_dagen = kalender_dagen if eens else list(kalender_dagen)  # type: ignore[arg-type]
        self._dossiers = dossiers
        self._feiten: list[Vastlegging] = []

    def load(self, database: Database, journaal: Journaal, vanaf: Kop, tot: Kop) -> None:
        """Read the organisation: what the database has, and of the journal what comes after that.

        What was erased, and a crash left in the database or the dossier, is taken out of them first.
        """
        gelezen = read_own(database, zonder=VAN_DE_POST) if vanaf.nr else []
        if vanaf.nr < tot.nr:
            for regel in journaal.regels(vanaf, tot):
                # Nearly all lines are of klachten: taking a million of those apart would cost ten seconds.
                if (_ORGANISATIE in regel or _PERSOON in regel) and _about_us(v := json.loads(regel)):
                    gelezen.append(_from_line(v, self._dossiers))
        self._take(self._without_erased(database, gelezen))

    def follow(self, database: Database, vastleggingen: Iterable[Vastlegging]) -> bool:
        """Follow what was recorded; tell whether the organisation is another one: all that is shown may be so too."""
        eigen = [v for v in vastleggingen if is_eigen(v.klachtnummer) and v.feit.soort not in VAN_DE_POST]
        if eigen:
            self._take(self._without_erased(database, [*self._feiten, *eigen]))
            self.furnish(database)
        return bool(eigen)

    def organisatie_met(self, erbij: Iterable[Vastlegging]) -> Organisatie:
        """Return the organisation as it would be with these facts too; nothing is kept of it."""
        return fold([*self._feiten, *erbij])

    def reglementen_met(self, erbij: Iterable[Vastlegging]) -> dict[str, Any]:
        """Return the reglementen as they would hold with these facts too."""
        anders = self.organisatie_met(erbij)
        return all_effective(self._with_versions(anders)[0], anders)

    def add(self, reglement: Any) -> None:
        """Let another reglement hold."""
        self._meegekregen[reglement.id] = reglement
        self.lay()

    def furnish(self, database: Database) -> None:
        """Give a database what holds now."""
        dagen = self._kalender_dagen
        database.furnish(self.reglementen, dagen(self.organisatie) if callable(dagen) else dagen)

    def forget(self) -> None:
        """The register is closed: nobody asks who is in it any more."""
        organisatie.weg(self)

    def _without_erased(self, database: Database, feiten: list[Vastlegging]) -> list[Vastlegging]:
        """Take the texts that were erased out of dossier and database, and out of these facts.

        Of a person that is all there is, of the organisation what somebody chose: the database is made anew for that.
        """
        gewist: dict[str, list[Wissing]] = {}
        for v in feiten:
            if v.feit.soort in WISSEND:
                gewist.setdefault(v.klachtnummer, []).append(Wissing.of(v.nr, v.feit.soort, v.feit.gegevens()))
        for nummer, hoe in gewist.items():
            self._dossiers.erase(nummer, lambda tekst, hoe=hoe: erased(hoe, tekst.nr, tekst.veld))
            if heel := [wissing.nr for wissing in hoe if wissing.alles]:
                database.erase_texts(nummer, max(heel))
        return [_without_texts(v, gewist[v.klachtnummer]) if v.klachtnummer in gewist else v for v in feiten]

    def _take(self, feiten: list[Vastlegging]) -> None:
        self._feiten = feiten
        self.organisatie = fold(feiten)
        organisatie.zet(self, self.organisatie)
        self.lay()

    def lay(self) -> None:
        """Lay over the files what the organisation says; where none is recorded, what one that is given has beside."""
        self.uit_bestanden, self.gebreken = self._with_versions(self.organisatie)
        eigen = self.organisatie.ingericht
        geldend = all_effective if eigen else all_completed
        # Who asks meanwhile finds each of them all the time.
        self.reglementen.update(geldend(self.uit_bestanden, self.organisatie if eigen else organisatie.gegeven()))
        for id in self.reglementen.keys() - self.uit_bestanden.keys():
            del self.reglementen[id]

    def _with_versions(self, wie: Organisatie) -> tuple[dict[str, Any], list[str]]:
        """The reglementen that came along, each with the versions that were added here, and what cannot be read."""
        uit, gebreken = dict(self._meegekregen), list[str]()
        for feit in wie.reglementversies():
            id, eerder, vanaf = feit.reglement, uit.get(feit.reglement), feit.geldig_vanaf
            try:
                uit[id] = with_version(eerder, self._version(feit.document, f"{id}.toml"), vanaf)
            except (OSError, ValueError) as fout:  # what cannot be used is an OngeldigReglement
                waarom = "het bestand ontbreekt in het dossier" if isinstance(fout, OSError) else str(fout).rstrip(".")
                gebreken.append(
                    f"De versie van reglement '{id}' vanaf {datum(vanaf)} kan niet worden gelezen: {waarom}. Klachten "
                    "van die dag en later hebben geen termijnen, en nieuwe kunnen er niet bij. Zet de map dossiers "
                    "terug uit een reservekopie, of werk klachten bij."
                )
                if eerder is not None:
                    uit[id] = with_unreadable(eerder, vanaf)
        return uit, gebreken

    def _version(self, sha256: str, naam: str) -> Any:
        if sha256 not in self._gelezen:
            self._gelezen[sha256] = lees(self._dossiers.document(NUMMER, sha256), naam)
        return self._gelezen[sha256]


def _without_texts(v: Vastlegging, gewist: Iterable[Wissing]) -> Vastlegging:
    weg = [veld for veld in v.feit.teksten() if erased(gewist, v.nr, veld)]
    return replace(v, feit=replace(v.feit, **dict.fromkeys(weg, ""))) if weg else v


def _about_us(velden: Mapping[str, Any]) -> bool:
    """Tell whether a line says what the organisation or somebody in it is: what was sent to a person does not."""
    return is_eigen(velden["klachtnummer"]) and velden["soort"] not in VAN_DE_POST


def _from_line(velden: Mapping[str, Any], dossiers: Dossiermap) -> Vastlegging:
    nr, nummer = velden["nr"], velden["klachtnummer"]
    gevonden = dossiers.matching(nummer, [(nr, veld, zegel) for veld, zegel in velden["teksten"].items()])
    teksten = {veld: tekst for (_, veld), tekst in gevonden.items()}
    with RegisterNieuwer.when_reading(nr, nummer):
        op = date.fromisoformat(velden["gebeurd_op"])
        feit = from_json(velden["soort"], op, velden["gegevens"], teksten)
    return Vastlegging(
        nr=nr,
        klachtnummer=nummer,
        vastgelegd_op=datetime.fromisoformat(velden["vastgelegd_op"]),
        door=velden["door"],
        rol=velden["rol"],
        feit=feit,
        corrigeert=velden["corrigeert"],
        zegel=velden["zegel"],
    )
