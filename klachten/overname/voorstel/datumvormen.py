"""In which forms the dates of a column can be read, told from how they are written; which one is right is asked."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from klachten.overname import datums
from klachten.overname.cellen import Datumcel
from klachten.overname.datums import DATUMCEL, EXCEL_GETAL, ISO_TIJDSTIP, OF

DEEL = 0.6
"""A column holds dates when so much of it can be read as one."""
_DATUM = re.compile(r"([0-9]{1,4})([-/. ])([0-9]{1,2})\2([0-9]{1,4})(.*)")
_NAAM, _TUSSEN = r"[^\W\d_]{3,9}\.?", r"[-/. ]|\. |, "
_AANEEN_DAG = re.compile(r"([0-9]{2})()([^\W\d_]{3})()([0-9]{4}|[0-9]{2})()")
_DAG_EERST = re.compile(rf"([0-9]{{1,2}})({_TUSSEN})({_NAAM})({_TUSSEN})([0-9]{{4}}|[0-9]{{2}})((?![0-9]).*)")
_MAAND_EERST = re.compile(rf"({_NAAM})({_TUSSEN})([0-9]{{1,2}})({_TUSSEN})([0-9]{{4}}|[0-9]{{2}})((?![0-9]).*)")
_JAAR_EERST = re.compile(rf"([0-9]{{4}})({_TUSSEN})({_NAAM})({_TUSSEN})([0-9]{{1,2}})((?![0-9]).*)")
_KLOK = re.compile(
    r"([T ] ?)([0-9]{1,2}):[0-9]{2}(:[0-9]{2}(?:[.,][0-9]+)?)?( ?)([AaPp]\.?[Mm]\.?)?(Z|[+-][0-9:]{2,6})?"
)
_AANEEN = re.compile(r"(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")
_EXCEL = re.compile(r"[0-9]{5}(?:[.,][0-9]{1,15})?")
_ALLEEN = (ISO_TIJDSTIP, EXCEL_GETAL, DATUMCEL)
_EXCEL_VAN, _EXCEL_TOT = 25_569, 58_000
"""1970 to 2058: another number of five digits is hardly ever a day."""


@dataclass(frozen=True)
class Vormen:
    """The forms that read most of a column, the likeliest first, with how many of its values each of them reads."""

    gelezen: Mapping[str, int]
    gevuld: int

    @property
    def beste(self) -> str:
        """The form that reads most; "" when the column holds no dates."""
        return next(iter(self.gelezen), "")


def forms(waarden: Mapping[str, int]) -> Vormen:
    """Return in which forms these values, each with how often it occurs, can be read as dates."""
    gevuld = sum(keer for tekst, keer in waarden.items() if tekst)
    echt = sum(keer for tekst, keer in waarden.items() if isinstance(tekst, Datumcel))
    kandidaten = Counter[str]()
    for tekst, keer in waarden.items():
        if isinstance(tekst, Datumcel):
            continue
        for vorm in _candidates(tekst):
            kandidaten[vorm] += keer
    alle = {vorm: _read_in(vorm, waarden) for vorm, _ in kandidaten.most_common(12)}
    leest = {vorm: teksten for vorm, teksten in alle.items() if teksten}
    if echt and (not leest or echt == gevuld):
        # Real dates are the day they are under any form; the texts beside them, if any, are none.
        leest = {DATUMCEL: {tekst for tekst in waarden if isinstance(tekst, Datumcel)}}
    gelezen = _together(leest, waarden, gevuld)
    genoeg = {vorm: keer for vorm, keer in gelezen.items() if keer >= DEEL * gevuld}
    # Of two that read the same, the one a Dutch source writes first: then the one that says most.
    volgorde = sorted(genoeg, key=lambda vorm: (-genoeg[vorm], _rank(vorm), -len(vorm)))
    return Vormen({vorm: genoeg[vorm] for vorm in _one_of_each(volgorde)}, gevuld)


def _together(leest: Mapping[str, set[str]], waarden: Mapping[str, int], gevuld: int) -> Counter[str]:
    """Return how much each form reads; the first of an order with what others of that order read, joined to it.

    Who types dates has more than one. A form with the name of the month goes with every order. With a time of day only
    goes what has one too. What another order reads more of, as 4/5/2025 beside 3/25/2025, is not read in this one; nor
    what another hand wrote, and could all be the other way round.
    """

    def often(teksten: Iterable[str]) -> int:
        return sum(waarden[tekst] for tekst in teksten)

    gelezen = Counter({vorm: often(teksten) for vorm, teksten in leest.items()})
    uit, gehad = Counter(gelezen), set()
    volgorde = sorted(gelezen, key=lambda vorm: (-gelezen[vorm], _rank(vorm), -len(vorm)))
    met_klok = {vorm: datums.load(vorm).met_klok for vorm in volgorde}
    for vorm in volgorde:
        orde = _order(vorm)
        if orde in gehad or vorm in _ALLEEN:
            continue
        gehad.add(orde)
        if gelezen[vorm] == gevuld:
            continue
        over = {
            ander: leest[ander] - leest[vorm]
            for ander in volgorde
            if ander not in _ALLEEN and met_klok[ander] == met_klok[vorm]
        }
        past = [ander for ander in over if not datums.order(ander) or _order(ander) == orde]
        hier = set().union(*(over[ander] for ander in past))
        elders = [teksten for ander, teksten in over.items() if ander not in past and teksten - hier]
        delen, erbij = [vorm], set[str]()
        for ander in past:
            beter = any(teksten & over[ander] and often(teksten) >= often(over[ander]) for teksten in elders)
            anders = {een: teksten & over[ander] for een, teksten in over.items() if een not in past}
            elk = _either_way(vorm, ander, over[ander])
            if over[ander] - erbij and not beter and not elk and not _of_other_years(vorm, leest[vorm], ander, anders):
                delen.append(ander)
                erbij |= over[ander]
        if erbij:
            uit[OF.join(delen)] = uit.pop(vorm) + often(erbij)
    return uit


def _either_way(vorm: str, ander: str, teksten: Iterable[str]) -> bool:
    """Tell whether a form is written in another way than `vorm`, and all that it reads is a day the other way round."""
    wissel = datums.swapped(ander)
    if not wissel or set(re.findall(r"\W", vorm)) == set(re.findall(r"\W", ander)):
        return False
    andersom = datums.load(wissel)
    return all(reads(andersom, tekst) for tekst in teksten)


def _of_other_years(vorm: str, bij: Iterable[str], ander: str, anders: Mapping[str, set[str]]) -> bool:
    """Tell whether a form with a short year puts more of what it reads far from the years of a column than another."""
    if "JJJJ" in ander:
        return False
    van_de_rest = datums.load(vorm)
    jaren = [van_de_rest.lees(tekst).year for tekst in bij]
    hier = range(min(jaren) - 1, max(jaren) + 2)

    def near(een: str, teksten: Iterable[str]) -> int:
        lezer = datums.load(een)
        return sum(lezer.lees(tekst).year in hier for tekst in teksten)

    return any(near(een, teksten) > near(ander, teksten) for een, teksten in anders.items())


def _read_in(vorm: str, waarden: Iterable[str]) -> set[str]:
    lezer = datums.load(vorm)
    return {tekst for tekst in waarden if tekst and reads(lezer, tekst)}


def reads(lezer: datums.Datumvorm, tekst: str) -> bool:
    """Tell whether a form reads a text."""
    try:
        lezer.moment(tekst)
    except ValueError:
        return False
    return True


def _rank(vorm: str) -> int:
    return (
        3
        if vorm[0] == "J" and vorm[:4] != "JJJJ"
        else 0
        if vorm[0] == "J" or vorm in _ALLEEN
        else 1
        if vorm[0] == "D"
        else 2
    )


def _order(vorm: str) -> str:
    return "".join(dict.fromkeys(teken for teken in vorm if teken in "JMD")) or vorm


def _one_of_each(vormen: Iterable[str]) -> list[str]:
    """Of forms in one order of day, month and year the first: D reads what DD reads."""
    gezien, uit = set(), []
    for vorm in vormen:
        orde = _order(vorm)
        if orde not in gezien:
            gezien.add(orde)
            uit.append(vorm)
    return uit


def _candidates(tekst: str) -> Iterable[str]:
    """Every form in which one text may have been written."""
    if _AANEEN.fullmatch(tekst):
        yield "JJJJMMDD"
        return
    if _EXCEL.fullmatch(tekst):
        if _EXCEL_VAN <= float(tekst.replace(",", ".")) < _EXCEL_TOT:
            yield EXCEL_GETAL
        return
    if (met_naam := _with_name(unicodedata.normalize("NFC", tekst))) is not None:
        yield met_naam
        return
    gevonden = _DATUM.fullmatch(tekst)
    klok = _clock(gevonden[5]) if gevonden else None
    if gevonden is None or klok is None:
        return
    een, teken, twee, drie, _ = gevonden.groups()
    if len(een) == 4:
        if klok.endswith("Z") and teken in "-/" and len(twee) == len(drie) == 2:
            yield ISO_TIJDSTIP
            return
        yield from (f"JJJJ{teken}{m}{teken}{d}{klok}" for m, d in (("MM", "DD"), ("M", "D")))
    elif len(drie) in (2, 4):
        jaar = "J" * len(drie)
        kort = len(een) == 1 or len(twee) == 1
        for d, m in (("D", "M"), *((("DD", "MM"),) if not kort else ())):
            yield f"{d}{teken}{m}{teken}{jaar}{klok}"
            yield f"{m}{teken}{d}{teken}{jaar}{klok}"
        if len(drie) == 2 and not kort:
            yield f"JJ{teken}MM{teken}DD{klok}"


def _with_name(tekst: str) -> str | None:
    """The form of a date with the name of its month: which of its numbers is the year tells itself."""
    for patroon, delen in ((_AANEEN_DAG, "DMJ"), (_DAG_EERST, "DMJ"), (_MAAND_EERST, "MDJ"), (_JAAR_EERST, "JMD")):
        gevonden = patroon.fullmatch(tekst)
        if gevonden is None:
            continue
        een, tussen, twee, daarna, drie, rest = gevonden.groups()
        waarden = dict(zip(delen, (een, twee, drie), strict=True))
        klok = _clock(rest)
        if klok is None or not datums.month_named(waarden["M"]):
            continue
        vorm = {"M": "MMM", "D": "D" if tussen else "DD", "J": "J" * len(waarden["J"])}
        return f"{vorm[delen[0]]}{tussen}{vorm[delen[1]]}{daarna}{vorm[delen[2]]}{klok}"
    return None


def _clock(rest: str) -> str | None:
    """What stands behind a date, as a form has it; None when it is no time of day."""
    if not rest:
        return ""
    klok = _KLOK.fullmatch(rest)
    if klok is None:
        return None
    tussen, uur, seconden, wit, helft, zone = klok.groups()
    deel = f"{tussen}{'u' if helft or len(uur) == 1 else 'uu'}:mm{':ss' if seconden else ''}"
    return f"{deel}{wit if helft else ''}{'AM' if helft else ''}{'Z' if zone else ''}"
