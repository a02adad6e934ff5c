"""Putting the anchor: once a day a line at every place, never behind one that does not fit this register."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from klachten.anker import stempel
from klachten.anker.plaatsen import Plaatsen
from klachten.anker.regel import Ankerregel, last, local_file
from klachten.anker.verlies import explaining
from klachten.register.aanvaard import read
from klachten.taal import datum


def place(map: Path, plaatsen: Plaatsen, nu: datetime, con: DuckDBPyConnection) -> list[str]:
    """Put the anchor of today wherever it is not yet; returns Dutch sentences about the places where that failed.

    `con` reads the register in `map`. A place whose newest line is of another history is left as it is: that line is
    the evidence. Behind one of facts that are gone by a loss that was accepted a new line follows at once.
    """
    aanvaard = read(map / "journaal")

    def zegel_van(nr: int) -> str | None:
        return dict(con.execute("SELECT nr, zegel FROM gebeurtenis WHERE nr = ?", [nr]).fetchall()).get(nr)

    def fits(regel: Ankerregel) -> bool:
        return regel.register == eerste and zegel_van(regel.nr) == regel.zegel

    begin = con.execute("SELECT zegel FROM gebeurtenis ORDER BY nr LIMIT 1").fetchall()
    if not plaatsen or not begin:
        return []
    eerste = str(begin[0][0])
    nr, zegel = con.execute("SELECT nr, zegel FROM stand").fetchall()[0]
    regel, gebreken = Ankerregel(eerste, nr, zegel, nu), []
    eigen = local_file(map)
    hier = _last(eigen, gebreken)
    if hier and fits(hier) and _today(hier, nu.date()) and (hier.stempel or not plaatsen.tijdstempel):
        regel = hier
    elif plaatsen.tijdstempel:
        try:
            regel = replace(regel, stempel=stempel.ask(plaatsen.tijdstempel, regel.stamped))
        except stempel.GeenStempel as fout:
            gebreken.append(f"Het anker kreeg vandaag geen tijdstempel: {fout}. Dit wordt later opnieuw geprobeerd.")
    eigen.parent.mkdir(exist_ok=True)
    for pad in (eigen, *plaatsen.bestanden):
        newest = hier if pad == eigen else _last(pad, gebreken)
        if newest is not None and not fits(newest) and explaining(newest, aanvaard, eerste, zegel_van):
            newest = None
        if newest is not None and not fits(newest):
            gebreken.append(
                f"Het anker in {pad} past niet bij dit register: daar staat feit {newest.nr} met een ander zegel, van "
                f"{datum(newest.op.date())}. Er is geen anker bij gezet. Draai: python -m klachten controleer --anker"
            )
        elif newest is None or not _today(newest, nu.date()) or (regel.stempel and not newest.stempel):
            try:
                _append(pad, regel.line())
            except OSError as fout:
                gebreken.append(
                    f"Het anker kan niet worden gezet in {pad} ({fout.strerror or fout}). Dit wordt later opnieuw "
                    "geprobeerd; de vorige ankers gelden nog."
                )
    return gebreken


def _today(regel: Ankerregel, vandaag: date) -> bool:
    """Days of UTC: an anchor a day is enough, and no clock of a country moves it."""
    return regel.op.date() >= vandaag


def _last(pad: Path, gebreken: list[str]) -> Ankerregel | None:
    try:
        return last(pad)
    except OSError as fout:
        gebreken.append(f"Het anker in {pad} is niet te lezen ({fout.strerror or fout}).")
        return None


def _append(pad: Path, regel: str) -> None:
    """Add a line, durably; behind one that was broken off it begins on a line of its own."""
    with pad.open("a+b") as bestand:
        if bestand.tell():
            bestand.seek(-1, os.SEEK_END)
            if bestand.read(1) != b"\n":
                regel = f"\n{regel}"
        bestand.write(f"{regel}\n".encode("ascii"))
        bestand.flush()
        os.fsync(bestand.fileno())
