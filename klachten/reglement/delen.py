"""The parts of a reglement: steps, terms and choices, each read from its TOML table and checked."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from klachten.reglement.tabel import OngeldigBestand, Tabel

STAPPEN = tuple(range(1, 19))
ROLLEN = ("coordinator", "behandelaar", "directie", "actienemer", "medewerker", "analist", "beheerder")
PAGINAS = ("intake", "dossier", "verbeteracties")
EENHEDEN = ("dagen", "weken", "maanden", "werkdagen")
# Only for an imported log in which every klacht brings its own due date.
GESTELD = "gesteld"
# analyse/termijnen.sql looks at no more.
MEESTE_EINDES = 3
GELDT = ("altijd", "niet_in_behandeling", "in_behandeling")


class OngeldigReglement(OngeldigBestand):
    """A reglement file that cannot be used; the sentence names file and key."""

    soort = "reglement_klopt_niet"


@dataclass(frozen=True, kw_only=True)
class Keuze:
    """One choice of a list; a renamed or merged one stays, with its last day and what succeeded it."""

    id: str
    naam: str
    geldig_vanaf: date | None = None
    geldig_tot: date | None = None
    opgevolgd_door: str | None = None

    def geldt_op(self, dag: date) -> bool:
        """Tell whether the choice may be made on a day."""
        return (self.geldig_vanaf or dag) <= dag <= (self.geldig_tot or dag)


@dataclass(frozen=True, kw_only=True)
class Stap:
    """One step: who may act, whether a letter goes out, on which page it is done, and which reading was chosen.

    `in_brief` is what letters say of it to the indiener, where that is something else than the letters say themselves.
    """

    nr: int
    naam: str
    korte_naam: str
    rollen: tuple[str, ...]
    brief: bool
    pagina: str
    uitleg: str
    keuze: str = ""
    in_brief: str = ""
    termijnen: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Verlenging:
    """How far a term may be extended, how often, whether in writing, and whether more is possible with consent."""

    waarde: int
    eenheid: str
    schriftelijk: bool
    keer: int
    met_instemming_daarna: bool


@dataclass(frozen=True, kw_only=True)
class Termijn:
    """One version of a term: so many units from a start event to the earliest date of the steps that end it.

    `waarde` is 0 only with eenheid 'gesteld': an imported log in which every klacht brings its own due date.
    """

    id: str
    naam: str
    stap: int
    waarde: int
    eenheid: str
    vanaf: str
    einde: tuple[int, ...]
    geldt: str
    geldig_vanaf: date
    geldig_tot: date | None = None
    bij_kenmerk: dict[str, int]
    verlenging: Verlenging | None = None
    keuze: str = ""

    def geldt_op(self, dag: date) -> bool:
        """Tell whether this version of the term is in force on a day."""
        return self.geldig_vanaf <= dag and (self.geldig_tot is None or dag <= self.geldig_tot)

    def zelfde_als(self, ander: Termijn) -> bool:
        """Tell whether another version of the term asks the same."""
        return replace(self, geldig_vanaf=ander.geldig_vanaf, geldig_tot=ander.geldig_tot) == ander

    def in_woorden(self) -> str:
        """Say the length of the term as a reader would: '2 weken', '1 werkdag'."""
        enkelvoud = {"dagen": "dag", "weken": "week", "maanden": "maand", "werkdagen": "werkdag"}
        if self.eenheid == GESTELD:
            return "per klacht gesteld"
        return f"{self.waarde} {enkelvoud[self.eenheid] if self.waarde == 1 else self.eenheid}"


_TERMIJN_SLEUTELS = {veld.name for veld in fields(Termijn)}
_STAP_SLEUTELS = {veld.name for veld in fields(Stap)} - {"termijnen"}


def read_stapnrs(tabel: Tabel, volledig: bool) -> list[int]:
    """Read which steps the reglement names, in the order of the file."""
    nrs: list[int] = []
    for plaats, rauw in enumerate(tabel.lijst("stappen"), start=1):
        stap = tabel.tabel(f"stappen[{plaats}]", rauw, _STAP_SLEUTELS)
        nr = stap.aantal("nr")
        if nr not in STAPPEN:
            stap.weiger("nr", f"stap {nr} bestaat niet; de stappen lopen van 1 tot en met 18.")
        if nr in nrs:
            stap.weiger("nr", f"stap {nr} staat er twee keer.")
        nrs.append(nr)
    ontbreekt = [str(nr) for nr in STAPPEN if nr not in nrs]
    if volledig and ontbreekt:
        wat = "stap {} ontbreekt" if len(ontbreekt) == 1 else "de stappen {} ontbreken"
        tabel.weiger("stappen", f"{wat.format(', '.join(ontbreekt))}; een volledig reglement noemt alle 18 stappen.")
    return nrs


def read_stappen(tabel: Tabel, nrs: list[int], termijnen: tuple[Termijn, ...], volledig: bool) -> tuple[Stap, ...]:
    """Read the steps, in order of number."""
    stappen = []
    for nr, rauw in zip(nrs, tabel.lijst("stappen"), strict=True):
        stap = tabel.tabel(f"stappen.{nr}", rauw, _STAP_SLEUTELS)
        rollen = stap.lijst("rollen", leeg=not volledig)
        for rol in rollen:
            if rol not in ROLLEN:
                stap.weiger("rollen", f"rol '{rol}' is onbekend; mogelijk zijn: {', '.join(ROLLEN)}.")
        naam = stap.tekst("naam")
        stappen.append(
            Stap(
                nr=nr,
                naam=naam,
                korte_naam=stap.tekst("korte_naam", None if volledig else naam),
                rollen=tuple(rollen),
                brief=stap.ja_nee("brief", None if volledig else False),
                pagina=stap.keuze("pagina", PAGINAS, "pagina", None if volledig else "dossier"),
                uitleg=stap.tekst("uitleg", None if volledig else ""),
                keuze=stap.tekst("keuze", ""),
                in_brief=stap.tekst("in_brief", ""),
                termijnen=tuple(dict.fromkeys(t.id for t in termijnen if t.stap == nr)),
            )
        )
    return tuple(sorted(stappen, key=lambda stap: stap.nr))


def read_termijnen(
    tabel: Tabel, sleutel: str, nrs: list[int], kenmerken: list[str], *, gesteld: bool = False, leeg: bool = False
) -> tuple[Termijn, ...]:
    """Read every version of every term; two versions of one term may not overlap."""
    termijnen: list[Termijn] = []
    for plaats, rauw in enumerate(tabel.lijst(sleutel, leeg=leeg), start=1):
        id = rauw.get("id", f"[{plaats}]") if isinstance(rauw, dict) else f"[{plaats}]"
        termijn = tabel.tabel(f"{sleutel}.{id}", rauw, _TERMIJN_SLEUTELS)
        nieuw = read_termijn(termijn, nrs, kenmerken, gesteld)
        for ander in termijnen:
            laatste = min(ander.geldig_tot or date.max, nieuw.geldig_tot or date.max)
            if ander.id == nieuw.id and max(ander.geldig_vanaf, nieuw.geldig_vanaf) <= laatste:
                termijn.weiger(
                    "geldig_vanaf",
                    f"de versie vanaf {nieuw.geldig_vanaf:%d-%m-%Y} overlapt met die vanaf "
                    f"{ander.geldig_vanaf:%d-%m-%Y}; sluit de oude af met geldig_tot, de laatste dag waarop zij geldt.",
                )
        termijnen.append(nieuw)
    return tuple(termijnen)


def read_termijn(tabel: Tabel, nrs: list[int], kenmerken: list[str], gesteld: bool) -> Termijn:
    """Read one version of a term."""
    # Steps 16-18 belong to the evaluation of a year, not to one klacht: no term of a klacht starts or ends there.
    stapnamen = {nr: f"stap_{nr:02d}" for nr in nrs if nr <= 15}
    eenheid = tabel.keuze("eenheid", (*EENHEDEN, GESTELD) if gesteld else EENHEDEN, "eenheid")
    if eenheid == GESTELD and "waarde" in tabel:
        tabel.weiger("waarde", "bij eenheid gesteld brengt elke klacht haar eigen datum mee: laat waarde weg.")
    stap = tabel.aantal("stap")
    einde = tabel.lijst("einde")
    for sleutel, nr in (("stap", stap), *(("einde", nr) for nr in einde)):
        if nr not in stapnamen:
            tabel.weiger(sleutel, f"stap {nr} hoort hier niet; mogelijk zijn: {', '.join(map(str, stapnamen))}.")
    if len(einde) > MEESTE_EINDES:
        tabel.weiger("einde", f"een termijn eindigt bij hoogstens {MEESTE_EINDES} stappen, hier staan er {len(einde)}.")
    vanaf, tot = read_geldigheid(tabel)
    if vanaf is None:
        tabel.weiger("geldig_vanaf", "deze sleutel ontbreekt.")
    bij_kenmerk = tabel.tabel("bij_kenmerk", tabel.gegevens.get("bij_kenmerk", {}), kenmerken)
    verlenging = None
    if "verlenging" in tabel:
        v = tabel.tabel("verlenging", tabel.gegevens["verlenging"], [veld.name for veld in fields(Verlenging)])
        verlenging = Verlenging(
            waarde=v.aantal("waarde"),
            eenheid=v.keuze("eenheid", EENHEDEN[:-1], "eenheid van een verlenging"),
            schriftelijk=v.ja_nee("schriftelijk"),
            keer=v.aantal("keer"),
            met_instemming_daarna=v.ja_nee("met_instemming_daarna"),
        )
    return Termijn(
        id=tabel.naam("id"),
        naam=tabel.tekst("naam"),
        stap=stap,
        waarde=0 if eenheid == GESTELD else tabel.aantal("waarde"),
        eenheid=eenheid,
        vanaf=tabel.keuze("vanaf", ("ontvangen", *stapnamen.values()), "beginmoment"),
        einde=tuple(einde),
        geldt=tabel.keuze("geldt", GELDT, "situatie"),
        geldig_vanaf=vanaf,
        geldig_tot=tot,
        bij_kenmerk={kenmerk: bij_kenmerk.aantal(kenmerk) for kenmerk in bij_kenmerk.gegevens},
        verlenging=verlenging,
        keuze=tabel.tekst("keuze", ""),
    )


def read_geldigheid(tabel: Tabel) -> tuple[date | None, date | None]:
    """Read the first and the last day on which something holds."""
    vanaf, tot = tabel.dag("geldig_vanaf"), tabel.dag("geldig_tot")
    if vanaf and tot and tot < vanaf:
        tabel.weiger("geldig_tot", f"{tot:%d-%m-%Y} ligt voor geldig_vanaf {vanaf:%d-%m-%Y}.")
    return vanaf, tot


def read_keuzes(tabel: Tabel, lijst: str, *, verplicht: bool) -> tuple[Keuze, ...]:
    """Read a choice list; only one that is not `verplicht` may be left out."""
    if lijst not in tabel and not verplicht:
        return ()
    keuzes: dict[str, Keuze] = {}
    for plaats, rauw in enumerate(tabel.lijst(lijst), start=1):
        keuze = tabel.tabel(f"{lijst}[{plaats}]", rauw, [veld.name for veld in fields(Keuze)])
        id = keuze.naam("id")
        if id in keuzes:
            keuze.weiger("id", f"'{id}' staat er twee keer.")
        vanaf, tot = read_geldigheid(keuze)
        opvolger = keuze.naam("opgevolgd_door") if "opgevolgd_door" in keuze else None
        keuzes[id] = Keuze(id=id, naam=keuze.tekst("naam"), geldig_vanaf=vanaf, geldig_tot=tot, opgevolgd_door=opvolger)
    for keuze in keuzes.values():
        keten = [keuze.id]
        while (opvolger := keuzes[keten[-1]].opgevolgd_door) is not None:
            if opvolger not in keuzes:
                tabel.weiger(lijst, f"'{keten[-1]}' is opgevolgd door '{opvolger}', maar die staat niet in de lijst.")
            if opvolger in keten:
                tabel.weiger(lijst, f"'{keuze.id}' wordt uiteindelijk door zichzelf opgevolgd.")
            keten.append(opvolger)
    return tuple(keuzes.values())
