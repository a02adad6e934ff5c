"""What is in the bell of a reader: of what is new for anybody, what this reader may know, and where it leads.

Read once for everybody and kept until a fact changes it (analyse/werk/nieuws.py); per reader only what that reader may
read stays, so of a klacht in which one is involved nothing, but for an own maatregel, without its klacht. After a fact
only what its dossier says is asked again. What e-mail asks is in it too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from klachten import gebeurtenissen as g
from klachten import inzage, organisatie, scherm
from klachten.analyse.werk.klachtenlijst import readable
from klachten.analyse.werk.nieuws import Bericht, Prikbord, read
from klachten.analyse.werk.werkvoorraad import Taak, closed_signalen, involved, visible_to
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.scherm import paginas
from klachten.scherm.lijsten import daden, posttaken, taakrij
from klachten.toegang.gezien import Gezien

DAGEN = 14
"""So far back it looks: what is older stands in the lists, and is no news."""
MEESTE_GEBRUIKERS = 64


@dataclass(frozen=True)
class Item:
    """One thing that is new for the reader: the page and query of its place, what, and about which dossier.

    `nr` is the fact, 0 for what is none; `merk` tells those apart. A reminder says that nothing happened.
    """

    nr: int
    merk: str
    zin: str
    nummer: str
    naar: str
    vraag: tuple[tuple[str, str], ...] = ()
    dag: date | None = None
    gebeurd: bool = True

    def is_new(self, gezien: Gezien) -> bool:
        """Tell whether it came after what the reader has seen."""
        return self.nr > gezien.nr if self.nr else self.merk not in gezien.merken


class Zicht(NamedTuple):
    """Which klachten the reader may read, in which the reader is involved, and the signalen that became such a one.

    `terug` are those of an import that was undone, of which is asked no more than whether to erase them.
    """

    leest: frozenset[str] = frozenset()
    betrokken: frozenset[str] = frozenset()
    dicht: frozenset[str] = frozenset()
    terug: frozenset[str] = frozenset()


class _Gelezen(NamedTuple):
    """What is in the bell of somebody, as of a version: of the mail, by dossier, and all of it as it is shown."""

    voor: tuple[object, ...]
    """Of which register and day, and under which organisation: of another nothing of it holds."""
    versie: int
    post: tuple[Taak, ...]
    van_post: tuple[Item, ...]
    per_dossier: dict[str, tuple[Item, ...]]
    alle: tuple[Item, ...]


# Where news of the dossier of a person stands, when it is not about what somebody may do; and of what is no klacht now.
_VAN_MENSEN = {
    "WissenVoorgesteld": "bewaren", "WissenAfgewezen": "bewaren", "AfwezigheidGemeld": "afwezigheid",
    "AfwezigheidGewijzigd": "afwezigheid",
}  # fmt: skip

_bord: list[tuple[Register, date, Prikbord]] = []
_van: dict[Gebruiker, _Gelezen] = {}


def items(wie: Gebruiker) -> tuple[Item, ...]:
    """Return everything of the last weeks that is new for somebody, the newest first, seen or not."""
    register, vandaag = scherm.register(), scherm.vandaag()
    voor, versie, post = (register, vandaag, organisatie.huidige()), register.versie, posttaken.taken()
    gelezen = _van.get(wie)  # once: another session may clear it meanwhile
    eerder = gelezen if gelezen is not None and gelezen.voor == voor else None
    if eerder is not None and (eerder.versie, eerder.post) == (versie, post):
        return eerder.alle
    gelezen = _read(register, wie, vandaag, eerder, _Gelezen(voor, versie, post, (), {}, ()))
    if len(_van) >= MEESTE_GEBRUIKERS:
        _van.clear()
    _van[wie] = gelezen
    return gelezen.alle


def changed_since(wie: Gebruiker, dag: date) -> frozenset[str]:
    """Return the dossiers in which others recorded something for this reader, on that day or later."""
    return frozenset(i.nummer for i in items(wie) if i.nummer and i.gebeurd and i.dag and i.dag >= dag)


def _read(register: Register, wie: Gebruiker, vandaag: date, eerder: _Gelezen | None, nu: _Gelezen) -> _Gelezen:
    """Return `nu` with what is in the bell; of `eerder` stays what no fact since can have changed.

    What may be known of a dossier, that dossier says itself; but of a signaal the klacht that it became.
    """
    geraakt = register.changed_since(eerder.versie) if eerder else None
    if geraakt is not None and any(nummer[:1] not in ("K", "S", "E") for nummer in geraakt):
        geraakt = None  # who is who changes what is whose everywhere
    bord = board(register, vandaag)
    ids = [wie.id, *organisatie.huidige().vervangt(wie.id, vandaag)]
    with register.cursor() as cursor:
        opnieuw = frozenset[str]()
        if eerder is None or geraakt is None:
            eerder, berichten = None, bord.of(ids, wie.id)
        else:
            opnieuw = geraakt | _signalen_of(cursor, geraakt, bord, ids)
            berichten = bord.of(ids, wie.id, opnieuw)
        van_post = _of_post(cursor, wie, eerder, geraakt or frozenset(), nu.post)
        zicht = _zicht(cursor, wie, berichten)
    wis = {
        nummer
        for nummer, deze in berichten.items()
        if nummer.startswith("K") and any(bericht.soort in _VAN_MENSEN for bericht in deze)
    }
    if dicht := wis - zicht.leest:
        zicht = zicht._replace(terug=inzage.readable_undone(register, sorted(dicht), wie))
    per = {nummer: dit for nummer, dit in eerder.per_dossier.items() if nummer not in opnieuw} if eerder else {}
    vers = {nummer: [_of_fact(bericht, wie, zicht) for bericht in deze] for nummer, deze in berichten.items()}
    open_ = _open_pages((item for dit in vers.values() for item in dit if item), wie)
    for nummer, dit in vers.items():
        if gevonden := tuple(item for item in dit if item and item.naar in open_):
            per[nummer] = gevonden
    van_feiten = sorted((item for dit in per.values() for item in dit), key=lambda item: -item.nr)
    alle = (*van_post, *van_feiten)
    return nu._replace(van_post=van_post, per_dossier=per, alle=alle)


def _signalen_of(
    cursor: DuckDBPyConnection, geraakt: Collection[str], bord: Prikbord, ids: Sequence[str]
) -> frozenset[str]:
    """Return the signalen that became one of these klachten: who is involved in it hears nothing of them."""
    klachten = [nummer for nummer in geraakt if nummer.startswith("K")]
    signalen = [nummer for id in ids for nummer in bord.per_persoon.get(id, ()) if nummer.startswith("S")]
    if not klachten or not signalen:
        return frozenset()
    rijen = cursor.execute(
        "SELECT s.klachtnummer FROM signaal AS s "
        "WHERE s.klacht IN (SELECT unnest($klachten)) AND s.klachtnummer IN (SELECT unnest($signalen))",
        {"klachten": klachten, "signalen": signalen},
    ).fetchall()
    return frozenset(nummer for (nummer,) in rijen)


def _of_post(
    cursor: DuckDBPyConnection,
    wie: Gebruiker,
    eerder: _Gelezen | None,
    geraakt: Collection[str],
    post: tuple[Taak, ...],
) -> tuple[Item, ...]:
    if eerder and eerder.post == post and not any(taak.klachtnummer in geraakt for taak in post):
        return eerder.van_post
    zichtbaar = visible_to(cursor, list(post), wie) if post else []
    eigen = [_of_task(taak) for taak in zichtbaar if wie.id in taak.personen]
    open_ = _open_pages(eigen, wie)
    return tuple(item for item in eigen if item.naar in open_)


def _zicht(cursor: DuckDBPyConnection, wie: Gebruiker, berichten: Mapping[str, Sequence[Bericht]]) -> Zicht:
    """Return what decides how much the reader may know of these dossiers."""
    klachten, signalen = (sorted(nummer for nummer in berichten if nummer.startswith(reeks)) for reeks in "KS")
    zicht = Zicht()
    if klachten:
        zicht = Zicht(readable(cursor, klachten, wie))
        # That of a klacht that is not read something is said all the same, depends on it.
        if any(b.eigen for nummer in klachten if nummer not in zicht.leest for b in berichten[nummer]):
            zicht = zicht._replace(betrokken=involved(cursor, wie.id))
    if signalen:
        zicht = zicht._replace(dicht=closed_signalen(cursor, signalen, wie.id))
    return zicht


def _open_pages(items: Iterable[Item], wie: Gebruiker) -> set[str]:
    """Return of the pages to which these lead those that the reader may open: a few, of thousands of items."""
    return {naar for naar in {item.naar for item in items} if paginas.pagina(naar).toegankelijk_voor(wie)}


def board(register: Register, vandaag: date) -> Prikbord:
    """Return what is new for anybody, read now or before."""
    sinds, versie = vandaag - timedelta(days=DAGEN), register.versie
    eerder = next((bord for van, dag, bord in _bord if van is register and dag == vandaag), None)
    if eerder is not None and eerder.versie == versie:
        return eerder
    gewijzigd = register.changed_since(eerder.versie) if eerder else None
    with register.cursor() as cursor:
        bord = read(cursor, sinds, versie, vandaag, eerder, None if gewijzigd is None else sorted(gewijzigd))
    _bord[:] = [(register, vandaag, bord)]
    return bord


def _of_fact(bericht: Bericht, wie: Gebruiker, zicht: Zicht) -> Item | None:
    item = _item(bericht, wie, zicht)
    return replace(item, gebeurd=False) if item and bericht.soort in g.TELT_NIET else item


def _item(bericht: Bericht, wie: Gebruiker, zicht: Zicht) -> Item | None:
    """Return a fact as an item; None for what the reader may not know of."""
    merk, dag = f"{bericht.nr}", bericht.dag
    if bericht.nummer.startswith("K"):
        if bericht.nummer in zicht.terug and bericht.soort in _VAN_MENSEN:
            return Item(bericht.nr, merk, bericht.zin, bericht.nummer, _VAN_MENSEN[bericht.soort], (), dag)
        eigen = bericht.eigen and wie.id in bericht.aan
        if bericht.nummer in zicht.leest or (eigen and bericht.nummer not in zicht.betrokken):
            return Item(bericht.nr, merk, bericht.zin, bericht.nummer, "dossier", (("nummer", bericht.nummer),), dag)
        if eigen:
            # Which maatregel it is, and of which klacht, would say too much to somebody involved.
            return Item(bericht.nr, merk, "Er is iets over een eigen maatregel", "", "werkvoorraad", (), dag)
        return None
    if bericht.nummer in zicht.dicht:
        return None
    if bericht.nummer.startswith("S"):
        return Item(bericht.nr, merk, bericht.zin, bericht.nummer, "intake", (), dag)
    if bericht.nummer.startswith("E"):
        vraag = (("evaluatie", bericht.nummer),)
        return Item(bericht.nr, merk, bericht.zin, bericht.nummer, "verbeteracties", vraag, dag)
    return Item(bericht.nr, merk, bericht.zin, "", _VAN_MENSEN.get(bericht.soort, "rechten"), (), dag)


def _of_task(taak: Taak) -> Item:
    daad = daden.of(taak)
    naar, vraag = (daad.pagina, daden.address(daad, taak)) if taak.klachtnummer else taakrij.waarheen(taak)
    merk = hashlib.sha256("/".join(map(str, (*taak.welke, taak.merk))).encode()).hexdigest()[:16]
    return Item(0, merk, taak.wat, taak.klachtnummer or "", naar, tuple(vraag.items()))
