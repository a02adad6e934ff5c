"""How one klacht stood from day to day, folded in Python: what a step writes, in a tenth of the time of its SELECT.

What klacht_stand and maatregel_stand hold is said by schema/afgeleid; from there they are rebuilt and checked. This is
the same for the few dozen facts of one klacht, because planning and running those SELECTs costs 20 ms of CPU however
little they read. tests/test_standen.py holds both to the same rows, `controleer` compares every klacht of a register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from klachten.register.maatregelstand import ALTIJD, Feit, Rij, maatregel_rows, rounds, with_end
from klachten.register.ontvangststand import continued, received, since

TABELLEN = frozenset({"klacht_stand", "maatregel_stand"})
"""The tables of which a klacht is folded here."""

_EINDES = {
    "KlachtAfgesloten": "afgesloten",
    "NietInBehandelingGenomen": "niet in behandeling",
    "KlachtIngetrokken": "ingetrokken",
}
_TOESTANDEN = {**_EINDES, "KlachtVervallen": "vervallen", "KlachtHeropend": ""}
_BESLUITEN = ("MaatregelBepaald", "GeenMaatregelenNodig")
_STAPNR = {
    "KlachtOntvangen": 1,
    "CoordinatorGeinformeerd": 2,
    "KlachtGeregistreerd": 3,
    "BehandelaarToegewezen": 4,
    "OntvangstBevestigd": 5,
    "KlachtOnderzocht": 6,
    "NietInBehandelingGenomen": 7,
    "ResultaatMeegedeeld": 9,
    "VoortgangBewaakt": 12,
    "KlachtAfgesloten": 13,
    "AfsluitingMeegedeeld": 14,
    "GeschilVoorgelegd": 15,
}
_GESCHIL = {"MeningsverschilGemeld": "gemeld", "GeschilVoorgelegd": "voorgelegd", "OordeelOntvangen": "oordeel"}


class Zet(NamedTuple):
    """A step that was set, from a day until it no longer was; sorted in the order of the steps."""

    ronde: int
    op: date
    nr: int
    stap: int
    van: date
    tot: date


def fold(
    klachtnummer: str,
    feiten: Sequence[Feit],
    hernoemd: Mapping[str, Mapping[str, str]],
    vanaf: date = date.min,
) -> dict[str, list[Rij]]:
    """The rows of each of TABELLEN for one klacht in order of day, by column; of klacht_stand only those from a day on.

    `feiten` are its valid facts in order of `oorsprong`; `hernoemd` gives per reglement the id of today of a categorie.
    """
    ronde = rounds(feiten)
    maatregelen = maatregel_rows(klachtnummer, feiten, ronde)
    return {
        "maatregel_stand": [rij for rijen in maatregelen.values() for rij in rijen],
        "klacht_stand": _klacht(klachtnummer, feiten, ronde, maatregelen, hernoemd, vanaf),
    }


def days(feiten: Iterable[Feit]) -> list[date]:
    """The days of which klacht_stand has a row, in order."""
    feiten = list(feiten)
    ontvangen_op = min((feit.op for feit in feiten if feit.soort == "KlachtOntvangen"), default=ALTIJD)
    return sorted({feit.op for feit in feiten if feit.op >= ontvangen_op})


@dataclass
class _Eerst:
    """The first date of each kind of fact, on any day and in the first round, and what it was: known from then on."""

    op: dict[str, date] = field(default_factory=dict)
    op_ronde_1: dict[str, date] = field(default_factory=dict)
    einde: Feit | None = None
    aangevuld_op: date | None = None

    @classmethod
    def of(cls, feiten: Iterable[Feit], ronde: Mapping[int, int]) -> _Eerst:
        uit = cls()
        for feit in feiten:
            eerste = ronde[feit.oorsprong] == 1
            for per in (uit.op, uit.op_ronde_1) if eerste else (uit.op,):
                per[feit.soort] = min(feit.op, per.get(feit.soort, feit.op))
            if eerste and feit.soort in _EINDES and (uit.einde is None or feit.op < uit.einde.op):
                uit.einde = feit
            if feit.soort == "InformatieOntvangen" and feit.gegevens.get("feiten_vermeld"):
                uit.aangevuld_op = min(feit.op, uit.aangevuld_op or feit.op)
        return uit

    def stap_op(self, stap: int) -> date | None:
        soorten = _BESLUITEN if stap == 8 else _SOORTEN[stap]
        return min((self.op[soort] for soort in soorten if soort in self.op), default=None)


_SOORTEN = {stap: (soort,) for soort, stap in _STAPNR.items()}


def _klacht(
    klachtnummer: str,
    feiten: Sequence[Feit],
    ronde: Mapping[int, int],
    maatregelen: Mapping[int, list[Rij]],
    hernoemd: Mapping[str, Mapping[str, str]],
    vanaf: date,
) -> list[Rij]:
    ontvangst = next((feit for feit in feiten if feit.soort == "KlachtOntvangen"), None)
    if ontvangst is None:
        return []
    vast = received(klachtnummer, ontvangst, hernoemd.get(ontvangst.gegevens["reglement"], {}))
    hier = continued(feiten, ontvangst, hernoemd)
    eerst = _Eerst.of(feiten, ronde)
    zetten = _moves(feiten, ronde, maatregelen)
    dagen = [dag for dag in days(feiten) if dag >= vanaf]
    return with_end(
        [_day(van, ontvangst, vast | since(hier, van), feiten, ronde, eerst, maatregelen, zetten) for van in dagen]
    )


def _moves(feiten: Iterable[Feit], ronde: Mapping[int, int], maatregelen: Mapping[int, list[Rij]]) -> list[Zet]:
    """The steps by round, date and recording; in each round 8 counts once, and 10 and 11 at the last maatregel."""
    zetten = [
        Zet(ronde[f.oorsprong], f.op, f.oorsprong, _STAPNR[f.soort], f.op, ALTIJD) for f in feiten if f.soort in _STAPNR
    ]
    besluiten: dict[int, Feit] = {}
    for feit in sorted((f for f in feiten if f.soort in _BESLUITEN), key=lambda f: (f.op, f.oorsprong)):
        besluiten.setdefault(ronde[feit.oorsprong], feit)
    zetten += [Zet(nr, f.op, f.oorsprong, 8, f.op, ALTIJD) for nr, f in besluiten.items()]
    staand: dict[tuple[date, int], list[Rij]] = {}
    for rij in (rij for rijen in maatregelen.values() for rij in rijen if rij["vervallen_op"] is None):
        staand.setdefault((rij["van"], rij["ronde"]), []).append(rij)
    for (van, nr), rijen in staand.items():
        tot = min(rij["tot"] for rij in rijen)
        for stap, wat in ((10, "geinformeerd"), (11, "uitgevoerd")):
            op = _all_reached(rij[f"{wat}_op"] for rij in rijen)
            if op is not None:
                zetten.append(Zet(nr, op, max(rij[f"{wat}_nr"] for rij in rijen), stap, van, tot))
    return sorted(zetten)


def _all_reached(data: Iterable[date | None]) -> date | None:
    """The last of these dates, when there are any and none is missing."""
    data = list(data)
    return max(data) if data and None not in data else None  # type: ignore[type-var]


def _day(
    van: date,
    ontvangst: Feit,
    vast: Rij,
    feiten: Sequence[Feit],
    ronde: Mapping[int, int],
    eerst: _Eerst,
    maatregelen: Mapping[int, list[Rij]],
    alle_zetten: Iterable[Zet],
) -> Rij:
    """How the klacht stood on a day."""
    bekend = [feit for feit in feiten if feit.op <= van]
    nu = [rij for rijen in maatregelen.values() for rij in rijen if rij["van"] <= van < rij["tot"]]
    staand = [rij for rij in nu if rij["vervallen_op"] is None]
    zetten = [zet for zet in alle_zetten if zet.van <= van < zet.tot]

    def known(dag: date | None) -> date | None:
        return dag if dag is not None and dag <= van else None

    met_rondes = {rij["ronde"] for rij in staand}
    zonder = {ronde[feit.oorsprong] for feit in bekend if feit.soort == "GeenMaatregelenNodig"}
    stappen_op = {stap: known(eerst.stap_op(stap)) for stap in (2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14, 15)}
    verloop = _course(bekend)
    status = verloop.pop("toestand") or (
        "in behandeling"
        if stappen_op[8] or 8 in (vast["elders_gedaan"] or ())
        else "in onderzoek"
        if verloop["behandelaar"]
        else "ontvangen"
    )
    return {
        **vast,
        "van": van,
        "tot": ALTIJD,
        "betrokkenen": [
            *ontvangst.gegevens.get("betrokkenen", ()),
            *(feit.gegevens.get("betrokkene") for feit in bekend if feit.soort == "BetrokkeneToegevoegd"),
        ],
        "feiten_vermeld": ontvangst.gegevens.get("feiten_vermeld", True) or known(eerst.aangevuld_op) is not None,
        **{f"stap_{stap:02}_op": op for stap, op in stappen_op.items() if stap not in (13, 14)},
        "stap_10_op": _all_reached(rij["geinformeerd_op"] for rij in staand),
        "stap_11_op": _all_reached(rij["uitgevoerd_op"] for rij in staand),
        "zonder_maatregelen": bool(zonder) and not staand,
        "zonder_rondes": sorted(zonder - met_rondes),
        "maatregelen": len(staand),
        "maatregelen_open": sum(rij["uitgevoerd_op"] is None for rij in staand),
        **_first_round(eerst, nu, known),
        **verloop,
        "status": status,
        "afwijkingen": sum("afwijkingen" in feit.gegevens for feit in bekend),
        "stappen": "".join(
            ("" if vorige is None else "-" if vorige.ronde == zet.ronde else "|") + str(zet.stap)
            for vorige, zet in zip([None, *zetten], zetten, strict=False)
        ),
        "stappen_op": [zet.op for zet in zetten],
        "stap_eerst_op": [
            vast["ontvangen_op"],
            *(
                min((zet.op for zet in zetten if zet.stap == stap), default=None)
                if stap in (10, 11)
                else stappen_op[stap]
                for stap in range(2, 16)
            ),
        ],
        "laatste_op": van,
        "laatste_nr": max(feit.nr for feit in bekend),
    }


def _first_round(eerst: _Eerst, nu: Iterable[Rij], known: Callable[[date | None], date | None]) -> Rij:
    """The columns of the first round, the one that the terms of the reglement judge."""
    eigen = [rij for rij in nu if rij["ronde"] == 1]
    staand = [rij for rij in eigen if rij["vervallen_op"] is None]
    einde = eerst.einde if eerst.einde and known(eerst.einde.op) else None
    besluiten = (
        ("niet in behandeling", known(eerst.op_ronde_1.get("NietInBehandelingGenomen"))),
        ("maatregelen", min((rij["bepaald_op"] for rij in staand), default=None)),
        ("geen maatregelen", known(eerst.op_ronde_1.get("GeenMaatregelenNodig"))),
    )
    besluit, besluit_op = next((paar for paar in besluiten if paar[1] is not None), (None, None))
    return {
        "eerste_einde": _EINDES[einde.soort] if einde else None,
        "eerste_einde_op": einde.op if einde else None,
        "eerste_besluit": besluit,
        "eerste_besluit_op": besluit_op,
        "eerste_uitgevoerd_op": _all_reached(rij["uitgevoerd_op"] for rij in staand),
        "eerste_vervallen_op": max((rij["vervallen_op"] for rij in eigen if rij["vervallen_op"]), default=None),
        "eerste_meegedeeld_op": known(eerst.op_ronde_1.get("AfsluitingMeegedeeld")),
    }


def _course(bekend: Iterable[Feit]) -> Rij:
    """What the last facts decide: who handles the klacht, how it ended, how far a dispute is."""
    laatst: dict[str, date] = {}
    laatst_nr: dict[str, int] = {}
    aantal_heropend, toestand, geschil = 0, "", "geen"
    velden = dict.fromkeys(("behandelaar", "grond", "oordeel", "uitkomst"))
    for feit in bekend:
        soort = feit.soort
        laatst[soort] = max(feit.op, laatst.get(soort, feit.op))
        laatst_nr[soort] = feit.oorsprong
        aantal_heropend += soort == "KlachtHeropend"
        toestand = soort if soort in _TOESTANDEN else toestand
        if soort == "OverlegGevoerd":
            geschil = "opgelost" if feit.gegevens.get("opgelost") else "overleg mislukt"
        geschil = _GESCHIL.get(soort, geschil)
        if (veld := _VELDEN.get(soort)) and feit.gegevens.get(veld) is not None:
            velden[veld] = feit.gegevens[veld]
    verteld = laatst_nr.get("AfsluitingMeegedeeld", 0) > laatst_nr.get("KlachtHeropend", 0)
    return {
        **velden,
        "toestand": _TOESTANDEN.get(toestand, ""),
        "stap_13_op": laatst[toestand] if toestand == "KlachtAfgesloten" else None,
        "stap_14_op": laatst["AfsluitingMeegedeeld"] if verteld else None,
        "geschil": geschil,
        "ingetrokken_op": laatst[toestand] if toestand == "KlachtIngetrokken" else None,
        "vervallen_op": laatst[toestand] if toestand == "KlachtVervallen" else None,
        "heropend_op": laatst.get("KlachtHeropend"),
        "heropeningen": aantal_heropend,
    }


_VELDEN = {
    "BehandelaarToegewezen": "behandelaar",
    "BehandelaarVervangen": "behandelaar",
    "NietInBehandelingGenomen": "grond",
    "OordeelOntvangen": "oordeel",
    "KlachtAfgesloten": "uitkomst",
}
