"""What of the facts of the last weeks is new for somebody: one table of kinds, to whom each is news and how it is said.

Kept is only who it is for: numbers, ids and days, no names or texts. Who may read of a klacht is asked by whoever
shows it. What somebody did is no news to that person.
"""

from __future__ import annotations

import json
import types
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from klachten import organisatie
from klachten.organisatie import ROLLEN
from klachten.organisatie.leiding import leading
from klachten.taal import datum
from klachten.tijdzone import NEDERLAND


class Wat(NamedTuple):
    """To whom a fact is news, and the sentence; with `eigen` it is about somebody's own maatregel.

    `aan` is a field of the fact with an id in it, or one of those that `_whom` knows.
    """

    aan: str
    zin: str
    eigen: bool = False


BEHANDELAAR, LEIDING, DIRECTIE, UITVOERDER, VOORSTELLER, ZELF = (
    "(behandelaar)", "(leiding)", "(directie)", "(uitvoerder)", "(voorsteller)", "(zelf)",
)  # fmt: skip
NIEUWS: Mapping[str, tuple[Wat, ...]] = types.MappingProxyType(
    {
        # It comes in, and becomes somebody's.
        "KlachtOntvangen": (Wat(LEIDING, "Er is een nieuwe klacht"),),
        "SignaalOntvangen": (Wat(LEIDING, "Er is een nieuw signaal"), Wat("ontvanger", "U ontving een signaal")),
        "BehandelaarToegewezen": (Wat("behandelaar", "Deze klacht is aan u toegewezen"),),
        "BehandelaarVervangen": (
            Wat("behandelaar", "U bent nu de behandelaar van deze klacht"),
            Wat("vorige", "Iemand anders is nu de behandelaar"),
        ),
        "BuitenstaanderAangewezen": (Wat("vastlegger", "U legt vast wat iemand van buiten besluit"),),
        "BetrokkeneToegevoegd": (Wat(BEHANDELAAR, "Er is iemand bij de betrokkenen gezet"),),
        # Others did something in what somebody handles.
        "InformatieOntvangen": (Wat(BEHANDELAAR, "Er is informatie ontvangen"),),
        "DocumentToegevoegd": (Wat(BEHANDELAAR, "Er is een stuk toegevoegd"),),
        "MaatregelUitgevoerd": (Wat(BEHANDELAAR, "Maatregel {maatregel} is uitgevoerd"),),
        "TermijnVerlengd": (Wat(BEHANDELAAR, "Een termijn is verlengd"),),
        "KlachtIngetrokken": (Wat(BEHANDELAAR, "De indiener trok de klacht in"),),
        "KlachtVervallen": (Wat(BEHANDELAAR, "Deze klacht is vervallen"),),
        "KlachtHeropend": (Wat(BEHANDELAAR, "Deze klacht is heropend"),),
        "MeningsverschilGemeld": (
            Wat(BEHANDELAAR, "De indiener is het niet eens met de afhandeling"),
            Wat(LEIDING, "De indiener is het niet eens met de afhandeling"),
        ),
        "OverlegGevoerd": (Wat(DIRECTIE, "Er is overlegd over het meningsverschil"),),
        "GeschilVoorgelegd": (Wat(BEHANDELAAR, "Het geschil is voorgelegd aan iemand van buiten"),),
        "OordeelOntvangen": (Wat(BEHANDELAAR, "Het oordeel is binnen"), Wat(DIRECTIE, "Het oordeel is binnen")),
        "OordeelOpgevolgd": (Wat(BEHANDELAAR, "De directie besliste over het oordeel"),),
        # Maatregelen and verbeteracties, for who carries them out.
        "ActienemerGeinformeerd": (Wat(UITVOERDER, "U voert maatregel {maatregel} uit", eigen=True),),
        "MaatregelGewijzigd": (Wat(UITVOERDER, "Maatregel {maatregel} is gewijzigd", eigen=True),),
        "MaatregelVervallen": (Wat(UITVOERDER, "Maatregel {maatregel} is vervallen", eigen=True),),
        "VerbeteractieMeegedeeld": (Wat(UITVOERDER, "U voert verbeteractie {verbeteractie} uit"),),
        "VerbeteractieGewijzigd": (Wat(UITVOERDER, "Verbeteractie {verbeteractie} is gewijzigd"),),
        "VerbeteractieVervallen": (Wat(UITVOERDER, "Verbeteractie {verbeteractie} is vervallen"),),
        "VerbeteractieUitgevoerd": (Wat(DIRECTIE, "Verbeteractie {verbeteractie} is uitgevoerd"),),
        "EvaluatieGehouden": (Wat(DIRECTIE, "De klachten over {jaar} zijn geëvalueerd"),),
        # What somebody asked for was decided, or is to be.
        "WissenVoorgesteld": (Wat(DIRECTIE, "Er is voorgesteld te wissen: beslis daarover"),),
        "WissenAfgewezen": (Wat(VOORSTELLER, "Uw voorstel om te wissen is afgewezen"),),
        "HerinneringGestuurd": (Wat("aan", "Herinnering aan {waarover}: uiterlijk {uiterlijk_op}", eigen=True),),
        # About oneself, in the dossier of a person.
        "RolGegeven": (Wat(ZELF, "U bent {rol} vanaf {vanaf}"),),
        "RolBeeindigd": (Wat(ZELF, "U bent {rol} tot en met {laatste_dag}"),),
        "AfwezigheidGemeld": (Wat("vervanger", "U vervangt iemand vanaf {van}"),),
        "AfwezigheidGewijzigd": (Wat("vervanger", "U vervangt iemand vanaf {van}"),),
    }
)
GEEN_NIEUWS = frozenset(
    {
        # Steps that the behandelaar takes, or that lead to a task of another, which is said there.
        "CoordinatorGeinformeerd", "KlachtGeregistreerd", "OntvangstBevestigd", "InformatieGevraagd",
        "KlachtOnderzocht", "BevindingVastgesteld", "MedewerkerIngelicht", "MedewerkerGehoord", "UitkomstMeegedeeld",
        "NietInBehandelingGenomen", "MaatregelBepaald", "GeenMaatregelenNodig", "ResultaatMeegedeeld",
        "VoortgangBewaakt", "KlachtAfgesloten", "AfsluitingMeegedeeld", "OordeelMeegedeeld", "BehandelaarMeegedeeld",
        "TevredenheidGevraagd", "TevredenheidGegeven", "TussenberichtGestuurd", "VertragingToegelicht",
        "SignaalOpSchriftGesteld", "SignaalAfgedaan", "ConclusieGetrokken", "VerbeteractieBepaald",
        "VeranderingWaargenomen", "TrajectenVastgesteld",
        # What was taken over came at once, of the source that the person who took it over named.
        "BestandOvergenomen", "BronOvergenomen", "TermijnOvergenomen", "TijdstipOvergenomen",
        # That a klacht is handled on here gives its behandelaar a task, or somebody the task to assign one.
        "BehandelingVoortgezet", "OvergangVastgelegd",
        # More about a klacht, to be read when it is opened.
        "GegevensAangevuld", "AnonimiteitVastgelegd", "IndienerToegevoegd", "GemachtigdeAangewezen",
        "ToestemmingVastgelegd", "KlachtGekoppeld", "FeitHerroepen",
        # What e-mail asks is a task (scherm/lijsten/posttaken.py): it stands there as long as it asks.
        "BerichtKlaargezet", "VerzendingBegonnen", "BerichtVerzonden", "VerzendingMislukt", "BerichtVrijgegeven",
        "BerichtIngetrokken", "BerichtTeruggekomen", "HerinneringsrondeGedaan",
        # Erasing tells no more of whom it was; keeping longer asks nothing.
        "DossierGewist", "GegevensGewist", "PersoonGewist", "BewaarplichtGesteld", "BewaarplichtOpgeheven",
        # The organisation, of which the pages of Beheer show what holds.
        "OrganisatieIngericht", "OrganisatieGewijzigd", "HuisstijlGesteld", "SjabloonToegevoegd", "SjabloonBeeindigd",
        "KeuzeToegevoegd", "KeuzeHernoemd", "KeuzeSamengevoegd", "KeuzeBeeindigd", "VestigingGewijzigd",
        "StreeftermijnGesteld", "StreeftermijnBeeindigd", "HerinneringsregelGesteld", "BoekjaarGesteld",
        "DagenGelijkgesteld", "ReglementVersieToegevoegd", "ReglementGekozen", "AanmeldregelsGesteld",
        "VraagBewaard", "VraagWeggehaald",
        "PersoonToegevoegd", "PersoonGewijzigd", "AfwezigheidVervallen", "PersoonVertrokken",
    }
)  # fmt: skip
"""Kinds of which nobody hears, by why. tests/test_bel.py holds every kind to be here or above."""


@dataclass(frozen=True)
class Bericht:
    """Something new: which fact, in which dossier, for whom, by whom and on which day here; `zin` has no name in it."""

    nr: int
    soort: str
    nummer: str
    aan: frozenset[str]
    door: str
    dag: date
    zin: str
    eigen: bool = False


@dataclass
class Prikbord:
    """All that is new for anybody since a day, up to a version of the register."""

    sinds: date
    versie: int = -1
    laatste_nr: int = 0
    feiten: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))
    berichten: dict[str, list[Bericht]] = field(default_factory=dict)
    per_persoon: dict[str, dict[str, list[Bericht]]] = field(default_factory=dict)
    """By id, and then by the number of the dossier."""

    def of(self, ids: Sequence[str], wie: str, alleen: Collection[str] | None = None) -> dict[str, list[Bericht]]:
        """Return by dossier (with `alleen` of those) what is new for somebody, or who is replaced; the newest first."""
        per = [self.per_persoon.get(id, {}) for id in ids]
        uit = {}
        for nummer in {nummer for van in per for nummer in van} if alleen is None else alleen:
            # Reminded again of the same is the same news, of the last day on which it was said.
            alle = (b for van in per for b in van.get(nummer, ()) if b.door != wie)
            gevonden = {("" if b.soort == "HerinneringGestuurd" else b.nr, b.zin): b for b in alle}
            if gevonden:
                uit[nummer] = sorted(gevonden.values(), key=lambda bericht: -bericht.nr)
        return uit


def read(
    cursor: DuckDBPyConnection,
    sinds: date,
    versie: int,
    op: date,
    eerder: Prikbord | None,
    gewijzigd: Sequence[str] | None,
) -> Prikbord:
    """Return the board up to a version; of `eerder` only what changed is read again (`gewijzigd`; None: anything).

    `op` is the day of today, for who has which role.
    """
    bord = Prikbord(sinds)
    if eerder is not None and gewijzigd is not None and eerder.sinds == sinds:
        bord = replace(eerder, feiten=defaultdict(list, eerder.feiten), berichten=dict(eerder.berichten))
    vanaf = bord.laatste_nr
    # What the register recorded itself when it was set up, was so before anybody could look.
    rijen = cursor.execute(
        "SELECT nr, klachtnummer, soort, vastgelegd_op, door, corrigeert, gegevens FROM gebeurtenis "
        "WHERE nr > ? AND vastgelegd_op >= ? AND rol NOT IN ('inrichting', 'overbrenging') "
        "AND (corrigeert IS NOT NULL OR soort IN (SELECT unnest(?))) ORDER BY nr",
        [vanaf, sinds, list(NIEUWS)],
    ).fetchall()
    nieuw: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for rij in rijen:
        nieuw[rij[1]].append(rij)
    for nummer, erbij in nieuw.items():
        # A list that another thread may be reading stays as it is.
        bord.feiten[nummer] = [*bord.feiten[nummer], *erbij]
    # Who is coordinator or absent changes what is whose everywhere.
    alles = vanaf == 0 or gewijzigd is None or any(nummer[:1] in ("O", "P") for nummer in gewijzigd)
    opnieuw = set(bord.feiten) if alles else {nummer for nummer in gewijzigd or () if nummer in bord.feiten}
    stand = _stand(cursor, [nummer for nummer in opnieuw if nummer[:1] in ("K", "E")])
    voorstellers = _proposers(cursor, bord, opnieuw)
    for nummer in opnieuw:
        bord.berichten[nummer] = list(_of_dossier(bord.feiten[nummer], stand.get(nummer, _LEEG), voorstellers, op))
    # What another thread may be reading stays as it is.
    per = {id: dict(van) for id, van in bord.per_persoon.items()} if opnieuw else bord.per_persoon
    for van in per.values():
        for nummer in van.keys() & opnieuw:
            del van[nummer]
    for nummer in opnieuw:
        for bericht in bord.berichten[nummer]:
            for id in bericht.aan:
                per.setdefault(id, {}).setdefault(nummer, []).append(bericht)
    bord.per_persoon = per
    bord.versie = versie
    bord.laatste_nr = max([vanaf, *(rij[0] for rij in rijen)])
    return bord


class _Stand(NamedTuple):
    """What a dossier is like now: who handles it, who is involved, who carries out which part."""

    behandelaar: str
    betrokkenen: frozenset[str]
    hier: bool
    uitvoerders: Mapping[int, str]


_LEEG = _Stand("", frozenset(), True, {})


def _stand(cursor: DuckDBPyConnection, nummers: Sequence[str]) -> dict[str, _Stand]:
    if not nummers:
        return {}
    doen: dict[str, dict[int, str]] = defaultdict(dict)
    for nummer, nr, wie in cursor.execute(
        "SELECT klachtnummer, maatregel, actienemer FROM maatregel WHERE klachtnummer IN (SELECT unnest($n)) UNION ALL "
        "SELECT klachtnummer, verbeteractie, actienemer FROM verbeteractie WHERE klachtnummer IN (SELECT unnest($n))",
        {"n": list(nummers)},
    ).fetchall():
        doen[nummer][nr] = wie
    rijen = cursor.execute(
        "SELECT klachtnummer, behandelaar, betrokkenen, herkomst FROM klacht WHERE klachtnummer IN (SELECT unnest(?))",
        [list(nummers)],
    ).fetchall()
    klachten = {
        nummer: _Stand(behandelaar or "", frozenset(betrokkenen or ()), herkomst == "register", doen.get(nummer, {}))
        for nummer, behandelaar, betrokkenen, herkomst in rijen
    }
    return {**{nummer: _LEEG._replace(uitvoerders=per) for nummer, per in doen.items()}, **klachten}


def _proposers(cursor: DuckDBPyConnection, bord: Prikbord, nummers: Iterable[str]) -> dict[int, str]:
    """Return by whom each proposal was that was turned down: it may be older than what is looked at."""
    nrs = {
        json.loads(rij[6])["voorstel"]
        for nummer in nummers
        for rij in bord.feiten[nummer]
        if rij[2] == "WissenAfgewezen"
    }
    if not nrs:
        return {}
    return dict(
        cursor.execute("SELECT nr, door FROM gebeurtenis WHERE nr IN (SELECT unnest(?))", [list(nrs)]).fetchall()
    )


def _of_dossier(
    feiten: Sequence[tuple[Any, ...]], stand: _Stand, voorstellers: Mapping[int, str], op: date
) -> Iterable[Bericht]:
    # What was put right is as it is now, and what was taken back is nothing.
    later = {
        corrigeert: (soort, gegevens) for _, _, soort, _, _, corrigeert, gegevens in feiten if corrigeert is not None
    }
    for nr, nummer, soort, moment, door, corrigeert, gegevens in feiten:
        if corrigeert is not None or not stand.hier:
            continue
        nu, gegevens_nu = later.get(nr, (soort, gegevens))
        velden = json.loads(gegevens_nu)
        for wat in NIEUWS.get(nu, ()):
            aan = _whom(wat.aan, nummer, velden, stand, voorstellers, op)
            if wat.aan == "behandelaar" and stand.behandelaar != velden.get("behandelaar"):
                continue  # somebody else handles it by now
            if aan := aan - {"", door}:
                # A reminder may be of anything.
                eigen = wat.eigen and velden.get("waarvoor", "maatregel") == "maatregel"
                dag = moment.replace(tzinfo=UTC).astimezone(NEDERLAND).date()
                yield Bericht(nr, soort, nummer, frozenset(aan), door, dag, _sentence(wat.zin, velden), eigen)


def _whom(
    aan: str, nummer: str, velden: Mapping[str, Any], stand: _Stand, voorstellers: Mapping[int, str], op: date
) -> set[str]:
    match aan:
        case "(behandelaar)":
            return {stand.behandelaar}
        case "(leiding)":
            return set(leading(organisatie.huidige(), op, lambda id: id not in stand.betrokkenen)[1])
        case "(directie)":
            return set(leading(organisatie.huidige(), op, lambda id: id not in stand.betrokkenen, vanaf="directie")[1])
        case "(uitvoerder)":
            return {stand.uitvoerders.get(velden.get("maatregel") or velden.get("verbeteractie") or 0, "")}
        case "(voorsteller)":
            return {voorstellers.get(velden.get("voorstel", 0), "")}
        case "(zelf)":
            return {wie.id for wie in organisatie.huidige().mensen.values() if wie.nummer == nummer}
    return {velden.get(aan) or ""}


_DEEL = {"maatregel": "maatregel", "verbeteractie": "verbeteractie"}
"""What the number in a reminder is of, where it is not of a step."""


def _sentence(zin: str, velden: Mapping[str, Any]) -> str:
    if "{" not in zin:
        return zin
    woorden = {
        naam: ROLLEN.get(str(waarde), str(waarde)).lower() for naam, waarde in velden.items() if waarde is not None
    }
    if wat := velden.get("wat"):
        woorden["waarover"] = f"{_DEEL.get(velden['waarvoor'], 'stap')} {wat}"
    for naam in ("van", "vanaf", "laatste_dag", "uiterlijk_op"):
        if naam in woorden:
            woorden[naam] = datum(date.fromisoformat(woorden[naam]))
    return zin.format_map(defaultdict(str, woorden))
