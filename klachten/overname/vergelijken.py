"""What a next file of a source changes in one klacht: three ways compared, a field at a time.

Of each field there is what the source said last, how it stands here, and what the file says. What the source did not
change stays as it is here; what nobody changed here follows the source. Where both changed it and not to the same, a
person decides: `houd` leaves ours, `neem` takes theirs.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten.overname.eerder import OP, Inhoud, Klacht, content, fact, is_text, place
from klachten.overname.gehouden import Gehouden, Zouten, salts
from klachten.register import Register, Versie
from klachten.taal import datum

HOUD, NEEM = "houd", "neem"
_VOLGT = frozenset({"reglement_versie"})
"""Follows from the day of receipt, and is decided on with it."""
_SPELLING = "waarden_bron"
"""How a value was spelled was not kept at first: that it is kept now is no change by itself."""
_ONDERDEEL = {
    "KlachtOntvangen": "ontvangst",
    "TermijnOvergenomen": "termijn",
    "TijdstipOvergenomen": "tijdstip van een stap",
    "KlachtIngetrokken": "intrekking",
}


_IN_WOORDEN = {
    OP: "datum",
    "uiterlijk_op": "uiterste datum",
    "indiener_naam": "naam van de indiener",
    "indiener_contact": "contactgegevens van de indiener",
    "indiener_soort": "soort indiener",
}


def part(soort: str) -> str:
    """Say which part of a klacht a kind of fact is."""
    return _ONDERDEEL.get(soort) or f"stap {g.SOORTEN[soort].stap}"


@dataclass(frozen=True, slots=True)
class Botsing:
    """A field that the source and somebody here both changed, to what is not the same; "" is the fact as a whole.

    `zout_bij` is the last fact of which the dossier has a text of this field.
    """

    klachtnummer: str
    oorsprong: int
    soort: str
    veld: str
    hier: Any
    bron: Any
    zout_bij: int = 0

    def sentence(self) -> str:
        """Say what stands here and what the file says; of a text only that it differs."""
        wat = part(self.soort)
        if not self.veld:
            return f"{self.klachtnummer}, {wat}: hier {_whole(self.hier)}, in het bestand {_whole(self.bron)}"
        naam = _IN_WOORDEN.get(self.veld, self.veld.replace("_", " "))
        if self.over_tekst:
            return f"{self.klachtnummer}, {wat}, {naam}: de tekst is hier gewijzigd en in het bestand ook"
        return f"{self.klachtnummer}, {wat}, {naam}: hier {_value(self.hier)}, in het bestand {_value(self.bron)}"

    @property
    def over_tekst(self) -> bool:
        """Whether it is about a text, which no fact may hold outside the dossier."""
        return bool(self.veld) and is_text(self.soort, self.veld)

    def kept(self, zouten: Zouten) -> str:
        """Return how it is remembered that ours was left; "" when there is no salt for a text to be remembered with."""
        waarde = self.bron
        if self.over_tekst and waarde is not None:
            zout = zouten.get((self.zout_bij, self.veld))
            if zout is None:
                return ""
            waarde = Gehouden.of(self.zout_bij, zout, waarde).kept()
            return json.dumps([self.oorsprong, self.veld, waarde])
        if isinstance(waarde, dict):
            waarde = {veld: w for veld, w in waarde.items() if not is_text(self.soort, veld)}
        return json.dumps([self.oorsprong, self.veld, waarde], default=date.isoformat, ensure_ascii=False)


def kept(register: Register, houd: Sequence[Botsing]) -> list[str]:
    """Return how it is remembered what was left as it is here."""
    zouten = salts(register, {botsing.klachtnummer for botsing in houd if botsing.over_tekst})
    return [zin for botsing in houd if (zin := botsing.kept(zouten.get(botsing.klachtnummer, {})))]


def _value(waarde: Any) -> str:
    if waarde is None:
        return "niets"
    if isinstance(waarde, date):
        return datum(waarde)
    return ", ".join(map(str, waarde)) if isinstance(waarde, list) else str(waarde)


def _whole(inhoud: Inhoud | None) -> str:
    return "niet (meer)" if inhoud is None else f"op {datum(inhoud[OP])}"


@dataclass(frozen=True, slots=True)
class Deel:
    """One fact of a klacht that changes: how it stands, and how it will with either decision; None is not there."""

    soort: str
    oorsprong: int | None
    nu: Inhoud | None
    houd: Inhoud | None
    neem: Inhoud | None
    botsingen: tuple[Botsing, ...] = ()

    def straks(self, besluit: str) -> Inhoud | None:
        """Return how it will stand."""
        return self.neem if besluit == NEEM else self.houd

    def changed(self) -> str:
        """Say what changes, without what is not decided yet."""
        if self.nu is None:
            return f"{part(self.soort)} erbij" if self.houd is not None else ""
        if self.houd is None:
            return f"{part(self.soort)} vervalt"
        anders = [v for v in {**self.nu, **self.houd} if self.nu.get(v) != self.houd.get(v) and v not in _VOLGT]
        namen = [_IN_WOORDEN.get(veld, veld.replace("_", " ")) for veld in anders]
        return f"{part(self.soort)}: {', '.join(namen)}" if namen else ""


@dataclass(frozen=True, slots=True)
class Wijziging:
    """What the file changes in one klacht that was taken over before; `weer`: its import was undone, and it comes back.

    `regel` is the line of the file it starts on, `fout` why it cannot be like that.
    """

    nummer: str
    bron_id: str
    regel: int
    delen: tuple[Deel, ...]
    ontvangen_op: date
    weer: bool = False
    fout: str = ""

    @property
    def botsingen(self) -> Iterator[Botsing]:
        """What a person has to decide about."""
        for deel in self.delen:
            yield from deel.botsingen

    def facts(self, besluit: str, *, op: date, reden: str) -> list[g.Gebeurtenis | Versie]:
        """Return the facts to record: what is new as it is, what was there as a correction, with `reden`."""
        uit: list[g.Gebeurtenis | Versie] = []
        for deel in self.delen:
            straks = deel.straks(besluit)
            if straks == deel.nu:
                continue
            if deel.oorsprong is None:
                uit.append(fact(deel.soort, straks))  # type: ignore[arg-type]
            elif straks is None:
                uit.append(Versie(g.FeitHerroepen(gebeurd_op=op, reden=reden), deel.oorsprong))
            else:
                uit.append(Versie(fact(deel.soort, {**straks, "reden": reden}), deel.oorsprong))
        return uit


def compare(
    klacht: Klacht, bron_id: str, regel: int, feiten: Sequence[g.Gebeurtenis], *, weer: bool
) -> Wijziging | None:
    """Return what the file changes in a klacht; None when that is nothing."""
    inhouden = {place(feit.soort, inhoud): inhoud for feit in feiten if (inhoud := content(feit))}
    delen = [_part(klacht, plek, inhoud) for plek, inhoud in inhouden.items()]
    delen += [_part(klacht, plek, None) for plek in sorted(klacht.places() - inhouden.keys())]
    over = tuple(deel for deel in delen if deel is not None)
    if not over:
        return None
    ontvangst = next((deel.houd for deel in over if deel.soort == "KlachtOntvangen"), None)
    _, nu = klacht.at(("KlachtOntvangen", 0))
    hier = ontvangst or (nu.nu if nu else None) or {OP: feiten[0].gebeurd_op}
    fout = "" if weer else _fault(klacht, over, hier)
    return Wijziging(klacht.nummer, bron_id, regel, over, hier[OP], weer, fout)


def _part(klacht: Klacht, plek: tuple[str, int], bestand: Inhoud | None) -> Deel | None:
    soort = plek[0]
    overgenomen, geldig = klacht.at(plek)
    wie = geldig or overgenomen
    nu = None if wie is None else wie.nu
    # Before anything else, so that no way on from here has a text that was erased.
    weg = klacht.gone(plek)
    bestand = _as_here(bestand, nu, weg)
    if wie is None:
        return None if bestand is None else Deel(soort, None, None, bestand, bestand)
    zei = _recognised(_as_here((overgenomen or wie).said(), nu, weg), bestand, klacht.zouten)
    houd, neem, velden = _merge(soort, zei, nu, bestand)
    botsingen = tuple(
        Botsing(
            klacht.nummer,
            wie.oorsprong,
            soort,
            veld,
            (nu or {}).get(veld),
            (bestand or {}).get(veld),
            max((versie.nr for versie in wie.versies if versie.inhoud and versie.inhoud.get(veld)), default=0),
        )
        if veld
        else Botsing(klacht.nummer, wie.oorsprong, soort, "", nu, bestand)
        for veld in velden
        if veld not in _VOLGT
    )
    if houd == nu and neem == nu:
        return None
    return Deel(soort, wie.oorsprong, nu, houd, neem, botsingen)


def _recognised(zei: Inhoud | None, bestand: Inhoud | None, zouten: Zouten) -> Inhoud | None:
    """Return what the source said last, with the text of the file where it is the one that was left out before."""
    if zei is None or bestand is None:
        return zei
    return {
        veld: bestand.get(veld)
        if isinstance(waarde, Gehouden) and waarde.is_of(bestand.get(veld), veld, zouten)
        else waarde
        for veld, waarde in zei.items()
    }


def _merge(
    soort: str, zei: Inhoud | None, nu: Inhoud | None, bestand: Inhoud | None
) -> tuple[Inhoud | None, Inhoud | None, Sequence[str]]:
    """Return the fact with ours left, with theirs taken, and the fields that both changed."""
    if bestand is not None and zei is not None and _SPELLING not in zei and _same_but(_SPELLING, zei, bestand):
        bestand = {veld: waarde for veld, waarde in bestand.items() if veld != _SPELLING}
    if nu == bestand or zei == bestand:
        return nu, nu, ()
    if zei is None:
        if nu is None:
            return bestand, bestand, ()
        if bestand is None:
            return nu, nu, ()
        anders = [veld for veld, waarde in bestand.items() if nu.get(veld) != waarde]
        return nu, {**nu, **bestand} if anders else nu, anders
    if nu is None or bestand is None:
        return (bestand, bestand, ()) if nu == zei else (nu, bestand, [""])
    houd, neem, botst = dict(nu), dict(nu), []
    for veld in {**zei, **nu, **bestand}:
        b, o, t = zei.get(veld), nu.get(veld), bestand.get(veld)
        if t in (b, o):
            continue
        neem[veld] = t
        if o == b:
            houd[veld] = t
        else:
            botst.append(veld)
    return _filled(houd), _filled(neem), botst


def _same_but(veld: str, een: Inhoud, ander: Inhoud) -> bool:
    return {v: w for v, w in een.items() if v != veld} == {v: w for v, w in ander.items() if v != veld}


def _filled(inhoud: Inhoud) -> Inhoud:
    return {veld: waarde for veld, waarde in inhoud.items() if waarde is not None}


def _as_here(inhoud: Inhoud | None, nu: Inhoud | None, velden: Collection[str]) -> Inhoud | None:
    if inhoud is None or not velden:
        return inhoud
    return _filled({**inhoud, **{veld: (nu or {}).get(veld) for veld in velden}})


def _fault(klacht: Klacht, delen: Iterable[Deel], ontvangst: Inhoud) -> str:
    """Say what cannot be once what the file says and what people did stand together."""
    anders = {deel.oorsprong: deel.houd for deel in delen if deel.oorsprong is not None}
    straks = [(een.soort, anders.get(nr, een.nu)) for nr, een in klacht.feiten.items()]
    straks += [(deel.soort, deel.houd) for deel in delen if deel.oorsprong is None]
    for soort, inhoud in straks:
        if soort == "KlachtOntvangen" and inhoud and (nu := klacht.at((soort, 0))[1]) and nu.nu:
            if inhoud["reglement"] != nu.nu["reglement"]:
                return (
                    f"Deze klacht staat als {klacht.nummer} onder reglement '{nu.nu['reglement']}', en de opgave noemt "
                    f"'{inhoud['reglement']}'. Draai de overname terug en neem de bron opnieuw over."
                )
        elif inhoud and soort != "TermijnOvergenomen" and inhoud[OP] < ontvangst[OP]:
            return (
                f"{part(soort).capitalize()} ({datum(inhoud[OP])}) zou bij {klacht.nummer} voor de ontvangst "
                f"({datum(ontvangst[OP])}) liggen, met wat hier is gecorrigeerd."
            )
    return ""
