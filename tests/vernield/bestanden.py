"""What can happen to a file after it was written: cut off, changed, packed, in another encoding, or another kind."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import re
import zipfile
from typing import Any

from tests.vernield.bron import KOP, PROEF, SCHRIJF, TEKST, Tabel, werkmap, xes
from tests.vernield.oordeel import AFGEKEURD, GEVRAAGD, OVER, ZIN, Geval, Uitslag
from tests.vernield.tabellen import ANDERS, NIET, zegt
from tests.vernield.trekking import ALLE, Trek, proef

XLS = (
    ('id = "zaaknummer"', 'id = "nummer"'),
    ('kolom = "uiterlijk"', 'kolom = "verstuurd"'),
    ('kolom = "bevestigd"', 'kolom = "verstuurd"'),
    ('kolom = "afgehandeld"', 'kolom = "verstuurd"'),
    ('kolom = "soort"', 'kolom = "product"'),
    ('indiener_naam = "klager"', 'indiener_naam = "bedrijf"'),
)
"""The columns of the .xls that lies there: none can be made here."""
MET_XLS, MET_KOPIE = (*ALLE, "xls"), ("csv", "tsv", "json", "jsonl", "xes")
LEESBAAR = ("csv", "tsv", "json", "jsonl", "xes")


def goed(trek: Trek, soort: str, minst: int = 1, meest: int = 12) -> tuple[bytes, Tabel]:
    """A good file, and its table."""
    bron = trek.tabel(minst, meest)
    return (PROEF / "vormen.xls").read_bytes() if soort == "xls" else SCHRIJF[soort](bron), bron


def geval(inhoud: bytes, soort: str, bron: Tabel | None = None, naam: str = "", **hoe: Any) -> Geval:
    """These bytes as a file; with its table what the register has to say is known."""
    hoe.setdefault("waar", None if soort == "xls" or bron is None else bron.waar)
    hoe["anders"] = (*(XLS if soort == "xls" else ANDERS.get(soort, ())), *hoe.get("anders", ()))
    return Geval(naam or f"log.{soort}", inhoud, **hoe)


def physical(inhoud: bytes) -> int | None:
    """Count the lines of a text, as an editor does; None when it is no text."""
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return len(re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", tekst))


# --- bytes -----------------------------------------------------------------------------------------------------------


@proef("afgebroken", MET_XLS)
def afgebroken(trek: Trek, soort: str) -> Geval:
    """Cut off between two rows a text says nothing of it; within a row it has to be refused, or said."""
    inhoud, bron = goed(trek, soort)
    if soort in TEKST:
        # Cut off within the last column a row still has all its fields.
        laatste = trek.kies(("intern", "verhaal", "klager", "afgehandeld", "soort"))
        orde = [*(naam for naam in KOP if naam != laatste), laatste]
        bron.rijen = [[rij[KOP.index(naam)] for naam in orde] for rij in bron.rijen]
        bron.kop = orde
        inhoud = SCHRIJF[soort](bron)
    tot = trek.getal(0, len(inhoud) - 1)
    kort = inhoud[:tot]
    if soort not in (*TEKST, "jsonl"):
        return geval(kort, soort, bron, mag=NIET)
    hele = kort.endswith(b"\n") or inhoud[tot : tot + 1] in (b"\n", b"\r")

    def mits(uit: Uitslag) -> str:
        if uit.soort != OVER or hele or uit.plan is None:
            return ""
        laatste = kort.decode("utf-8", "replace").rpartition("\n")[2]
        return "" if not laatste or "regeleinde" in uit.tekst else "halve laatste rij overgenomen zonder een woord"

    return geval(kort, soort, bron, waar=None, mits=mits, regels=_lines(kort, soort))


def _lines(inhoud: bytes, soort: str) -> int | None:
    return physical(inhoud) if soort in TEKST else None


@proef("bytes omgezet", MET_XLS)
def omgezet(trek: Trek, soort: str) -> Geval:
    inhoud, bron = goed(trek, soort)
    rauw, keer = bytearray(inhoud), trek.getal(1, 6)
    for _ in range(keer):
        rauw[trek.plek(len(rauw))] ^= 1 << trek.getal(0, 7)
    # In a text, and in Parquet, nothing says that a letter is another one: of a row that was hit nothing is known.
    hoogstens = None if soort in ("parquet", "xls") else keer
    return geval(bytes(rauw), soort, bron if hoogstens else None, hoogstens=2 * keer, regels=_lines(bytes(rauw), soort))


@proef("een stuk ertussenuit", MET_XLS)
def gat(trek: Trek, soort: str) -> Geval:
    inhoud, bron = goed(trek, soort, 3)
    van = trek.plek(len(inhoud))
    tot = min(len(inhoud), van + trek.getal(1, 200))
    rest = inhoud[:van] + inhoud[tot:]
    if soort in ("xlsx", "ods", "xes.gz", "parquet"):
        return geval(rest, soort, mag=NIET)
    geraakt = inhoud[van:tot].count(b"\n") + 2
    return geval(rest, soort, bron if soort in TEKST else None, hoogstens=geraakt, regels=_lines(rest, soort))


@proef("een stuk staat er twee keer", MET_XLS)
def stuk_dubbel(trek: Trek, soort: str) -> Geval:
    inhoud, bron = goed(trek, soort, 3)
    van = trek.plek(len(inhoud))
    tot = min(len(inhoud), van + trek.getal(1, 300))
    rauw = inhoud[:tot] + inhoud[van:tot] + inhoud[tot:]
    return geval(rauw, soort, bron if soort in TEKST else None, hoogstens=3, regels=_lines(rauw, soort))


@proef("rommel ervoor of erachter", MET_XLS)
def rommel(trek: Trek, soort: str) -> Geval:
    inhoud, _ = goed(trek, soort)
    erbij = trek.kies(
        (b"\0" * 64, b"\r\n\r\n", b"<html>", b"\xff" * 9, b"-- einde --", b"ERROR 500", b"\x1a", b"PK\x03\x04")
    )
    rauw = erbij + inhoud if trek.getal(0, 1) else inhoud + erbij
    return geval(rauw, soort, regels=_lines(rauw, soort))


@proef("leeg, of niets dan wit", ("csv",))
def leeg(trek: Trek, soort: str) -> Geval:
    niets = trek.kies(
        (
            b"",
            b" ",
            b"\n",
            b"\r\n" * 9,
            codecs.BOM_UTF8,
            codecs.BOM_UTF16_LE,
            b"\0",
            b"\0" * 5000,
            b";;;;",
            b"\t\n",
            b'""',
            b'"',
        )
    )
    return geval(niets * trek.getal(1, 3), soort, mag=(ZIN,))


@proef("alleen een kopregel", ("csv", "tsv", "xlsx", "ods", "parquet", "json", "xes"))
def alleen_kop(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    bron.rijen = [[None] * 10] * trek.getal(0, 2) if soort in ("csv", "tsv", "xlsx", "ods") else []
    return geval(SCHRIJF[soort](bron), soort, mag=(ZIN,))


@proef("een naam die iets anders zegt", MET_XLS)
def verkeerde_naam(trek: Trek, soort: str) -> Geval:
    """What a file is, its content says: the same comes of it."""
    inhoud, bron = goed(trek, soort)
    naam = trek.kies(
        ("log", "log.csv", "log.xlsx", "log.pdf", "LOG.XES", "log.json.txt", "lo g;ë.parquet", "-log", "log.xls")
    )
    return geval(inhoud, soort, bron, naam, mag=(OVER,) if soort != "xls" else (OVER, AFGEKEURD))


@proef("ingepakt, of ingepakt in een pakket", ALLE)
def ingepakt(trek: Trek, soort: str) -> Geval:
    inhoud, bron = goed(trek, soort)

    def zip_(deel: bytes) -> bytes:
        with zipfile.ZipFile(uit := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as pak:
            pak.writestr(f"log.{soort}", deel)
        return uit.getvalue()

    hoe = trek.kies(("zip", "zip in zip", "gz", "gz in gz", "bz2", "gz in zip"))
    for stap in reversed(hoe.split(" in ")):
        inhoud = {"zip": zip_, "gz": gzip.compress, "bz2": bz2.compress}[stap](inhoud)
    mag = (OVER,) if (soort, hoe) == ("xes", "gz") else (ZIN,)
    mits = (lambda _: "") if OVER in mag else zegt("Pak het eerst uit", "ZIP", "zip")
    return geval(inhoud, soort, bron, f"log.{soort}.{hoe.split()[0]}", mag=mag, mits=mits)


@proef("een bom", ("xlsx", "ods", "xes.gz", "csv"))
def bom(trek: Trek, soort: str) -> Geval:
    """Little that becomes much: a part of a workbook, one value of a log, a cell in the last corner, a quote."""
    mb = trek.kies((4, 20))
    if soort == "xes.gz":
        bron = trek.tabel(1, 2)
        tekst = xes(bron).replace("<trace>", f'<trace><string key="x" value="{"a" * mb * 2**20}"/>', 1)
        return geval(gzip.compress(tekst.encode(), 1), soort, bron)
    if soort == "csv":
        inhoud, bron = goed(trek, soort)
        return geval(inhoud + b'"' + b"x;y\n" * (mb * 2**16), soort, mag=(*NIET, GEVRAAGD))
    inhoud, bron = goed(trek, soort)
    with zipfile.ZipFile(uit := io.BytesIO(inhoud), "a", zipfile.ZIP_DEFLATED) as pak:
        pak.writestr("xl/media/groot.bin", bytes(mb * 2**20))
        if trek.getal(0, 1):
            pak.infolist()[-1].file_size = trek.kies((2 * 1024**3, 10))
            pak._didModify = True
    return geval(uit.getvalue(), soort, bron)


@proef("iets heel anders", ("csv",))
def iets_anders(trek: Trek, soort: str) -> Geval:
    inhoud, woord = trek.kies((
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n", "Git LFS"),
        (b"/annex/objects/SHA256E-s1--00.csv\n", "git-annex"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "webpagina"),
        (b"<?xml version='1.0'?><bestand/>", "XML"),
        (b"%PDF-1.7\n" + bytes(range(256)), "pdf"),
        (b"SQLite format 3\0" + bytes(100), "SQLite"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "png"),
        (b"\x28\xb5\x2f\xfd" + bytes(50), "zstd"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "7z"),
        (b"From: a@post.example\r\nTo: b@post.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nx", "e-mail"),
        (b"{\\rtf1 x}", ""),
        (b"INSERT INTO klachten VALUES (1, 'a;b');\n" * 3, ""),
    ))  # fmt: skip

    def mits(uit: Uitslag) -> str:
        if "windows-1252" in uit.tekst:
            return "verkeerde raad: windows-1252"
        return "" if not woord or woord.casefold() in uit.tekst.casefold() else f"{woord} niet genoemd: {uit.tekst}"

    return geval(inhoud, soort, mag=(ZIN,), mits=mits, naam=f"log.{trek.kies(('csv', 'xlsx', 'json', 'parquet'))}")


# --- encodings -------------------------------------------------------------------------------------------------------


@proef("een andere codering", LEESBAAR)
def codering(trek: Trek, soort: str) -> Geval:
    inhoud, bron = goed(trek, soort, 2)
    naam = trek.kies(
        ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1252", "iso-8859-15", "cp437", "utf-7", "cp500")
    )
    tekst = inhoud.decode()
    rauw = tekst.encode(naam, "replace")
    zo = rauw.isascii() and naam in ("windows-1252", "iso-8859-15", "cp437")
    return geval(
        rauw,
        soort,
        bron if zo and tekst.isascii() else None,
        mag=(OVER,) if zo else (*NIET, GEVRAAGD, OVER) if naam == "utf-7" or soort == "xes" else NIET,
    )


@proef("de codering verkeerd opgegeven", TEKST)
def codering_verkeerd(trek: Trek, soort: str) -> Geval:
    """Read as Windows-1252 every byte of UTF-8 is a letter: it is taken over, but it has to be said."""
    inhoud, bron = goed(trek, soort, 2)
    naam = trek.kies(("windows-1252", "iso-8859-1", "iso-8859-15", "utf-16"))
    zo = inhoud.isascii() and naam != "utf-16"
    hoe = {"mag": (OVER,)} if zo else {"mits": _said_strange} if naam != "utf-16" else {"mag": (ZIN,)}
    anders = ((('codering = "utf-8"'), f'codering = "{naam}"'),)
    return geval(inhoud, soort, bron if zo else None, anders=anders, **hoe)


@proef("twee keer in UTF-8 gezet", LEESBAAR)
def dubbel_utf8(trek: Trek, soort: str) -> Geval:
    inhoud, _ = goed(trek, soort, 2)
    letters = (bytes([byte]).decode("windows-1252", "ignore") or chr(byte) for byte in inhoud)
    rauw = "".join(letters).encode()
    return geval(rauw, soort, mits=(lambda _: "") if inhoud.isascii() else _said_strange)


def _said_strange(uit: Uitslag) -> str:
    stil = uit.soort == OVER and "codering" not in uit.tekst
    return "letters zijn andere geworden, en niemand zegt het" if stil else ""


@proef("een merkteken (BOM) te veel", LEESBAAR)
def merkteken(trek: Trek, soort: str) -> Geval:
    inhoud, bron = goed(trek, soort, 2)
    waar = trek.kies(("voor", "twee", "midden"))
    if waar == "midden":
        plek = inhoud.index(b"\n") + 1 if b"\n" in inhoud else len(inhoud) // 2
        return geval(inhoud[:plek] + codecs.BOM_UTF8 + inhoud[plek:], soort, hoogstens=1)
    return geval(
        codecs.BOM_UTF8 * (1 if waar == "voor" else 2) + inhoud,
        soort,
        bron,
        mag=(OVER,) if waar == "voor" else (*NIET, OVER),
    )


# --- text with columns -----------------------------------------------------------------------------------------------


@proef("een ander scheidingsteken", TEKST)
def scheidingsteken(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    teken = trek.kies((",", "|", "\t" if soort == "csv" else ";", ":", "^", " "))
    regels = [teken.join(str(cel or "").replace("\n", " ") for cel in rij) for rij in (bron.kop, *bron.rijen)]
    return geval("\n".join(regels).encode(), soort, mag=(ZIN,), mits=zegt("scheidingsteken"))


@proef("alle aanhalingstekens kwijt", TEKST)
def zonder_aanhaling(trek: Trek, soort: str) -> Geval:
    """Where a text has the delimiter or runs on, its row does not fit any more; nothing is lost without a word."""
    inhoud, bron = goed(trek, soort, 2)
    rauw = inhoud.replace(b'"', b"")
    return geval(rauw, soort, bron, hoogstens=len(bron.rijen) if b'""' in inhoud else 0, regels=physical(rauw))


@proef("losse aanhalingstekens", TEKST)
def losse_aanhaling(trek: Trek, soort: str) -> Geval:
    """The rows between two of them become one: that has to be asked."""
    bron = trek.tabel(3, 12)
    for rij in bron.rijen:
        rij[7] = "verhaalwoord"
    inhoud = SCHRIJF[soort](bron)
    teken = (ANDERS.get(soort) and b"\t") or b";"
    rauw = bytearray(inhoud)
    plekken = [nr for nr in range(1, len(rauw)) if rauw[nr - 1 : nr] in (teken, b"\n")]
    for plek in sorted(trek.plekken(plekken, trek.getal(1, 3)), reverse=True):
        rauw.insert(plek, ord('"'))
    # A cell that opens and does not close swallows; a row that is whole again differs by a mark in a text.
    return geval(bytes(rauw), soort, bron, hoogstens=0, regels=physical(bytes(rauw)), mag=(*NIET, GEVRAAGD))


@proef("twee aanhalingstekens slokken de rijen ertussen op", TEKST)
def opgeslokt(trek: Trek, soort: str) -> Geval:
    """One before a cell and one behind a cell of that column further down: what is left has all its fields."""
    bron = trek.tabel(3, 12)
    for rij in bron.rijen:
        rij[7] = "verhaalwoord"
    teken = "\t" if soort == "tsv" else ";"
    regels = [regel.split(teken) for regel in SCHRIJF[soort](bron).decode().split("\r\n")]
    plaats, van = trek.kies((5, 6, 7, 8, 9)), trek.getal(1, len(bron.rijen) - 1)
    tot = trek.getal(van + 1, len(bron.rijen))
    regels[van][plaats] = '"' + regels[van][plaats]
    regels[tot][plaats] += '"'
    rauw = "\r\n".join(map(teken.join, regels)).encode()
    return geval(rauw, soort, bron, regels=physical(rauw), mag=(*NIET, GEVRAAGD))


@proef("andere regeleinden", TEKST)
def regeleinden(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    for rij in bron.rijen:
        rij[7] = "verhaalwoord"
        bron.waar[rij[0]]["omschrijving"] = "verhaalwoord"
    inhoud = SCHRIJF[soort](bron)
    einde = trek.kies((b"\r", b"\n", b"\r\n", b"\r\r\n", b"\n\r", b"\r\n\r\n"))
    rauw = inhoud.replace(b"\r\n", einde)
    return geval(rauw, soort, bron, regels=physical(rauw), mag=(OVER,))


@proef("sep= op de eerste regel", ("csv",))
def sep(trek: Trek, soort: str) -> Geval:
    inhoud, bron = goed(trek, soort)
    teken = trek.kies((b";", b",", b"\t", b"x"))
    rauw = b"sep=" + teken + b"\r\n" + inhoud
    return geval(rauw, soort, bron, regels=physical(rauw), mag=(OVER,) if teken == b";" else (ZIN,))


@proef("een rij heeft te veel of te weinig velden", TEKST)
def velden(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij = trek.kies(bron.rijen)
    if trek.getal(0, 1):
        rij.append("")
    else:
        rij.pop()
    return geval(SCHRIJF[soort](bron), soort, mag=NIET)


@proef("lege velden achter elke rij", TEKST)
def velden_erachter(trek: Trek, soort: str) -> Geval:
    """As many programs write them: of the header too; without those it does not fit, and is said."""
    bron = trek.tabel()
    met_kop = trek.getal(0, 1)
    bron.rijen = [[*rij, ""] for rij in bron.rijen]
    if met_kop:
        bron.kop.append("")
    return geval(SCHRIJF[soort](bron), soort, bron, mag=(OVER,) if met_kop else NIET)


# --- workbooks -------------------------------------------------------------------------------------------------------


@proef("een werkmap met meer bladen", ("xlsx",))
def bladen(trek: Trek, soort: str) -> Geval:
    bron, stand = trek.tabel(), trek.kies(("visible", "hidden", "veryHidden"))

    def bewerk(boek: Any) -> None:
        blad = boek.create_sheet("Oud", trek.getal(0, 1))
        blad.append(["GEHEIM", 1])
        blad.sheet_state = stand
        boek.active = boek.index(boek["Klachten"])

    return geval(werkmap(bron, bewerk), soort, bron, mag=(ZIN,) if stand == "visible" else (OVER,), mits=zegt("'Oud'"))


@proef("samengevoegde cellen", ("xlsx",))
def samengevoegd(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel(2)
    kolom, rij = trek.kies("ABCDEFGH"), trek.getal(2, len(bron.rijen))

    def bewerk(boek: Any) -> None:
        boek.active.merge_cells(f"{kolom}{rij}:{kolom}{rij + 1}")

    return geval(werkmap(bron, bewerk), soort, bron, mag=(ZIN,), mits=zegt("samengevoegd"))


@proef("formules en fouten in cellen", ("xlsx",))
def formules(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    kolom, rij = trek.kies("ABCDEFGHI"), trek.getal(2, len(bron.rijen) + 1)
    wat = trek.kies(("=TODAY()", "=1/0", "#N/A", "#REF!", '=CONCATENATE("2024-","0001")'))

    def bewerk(boek: Any) -> None:
        boek.active[f"{kolom}{rij}"] = wat

    return geval(werkmap(bron, bewerk), soort, bron, mag=NIET)


@proef("een werkmap van binnen veranderd", ("xlsx", "ods"))
def van_binnen(trek: Trek, soort: str) -> Geval:
    """Parts away, empty, cut off or with other XML in them; packed well again, so that no sum tells."""
    inhoud, _ = goed(trek, soort)
    with zipfile.ZipFile(io.BytesIO(inhoud)) as oud:
        delen = {naam: oud.read(naam) for naam in oud.namelist()}
    naam = trek.kies(sorted(delen))
    deel = delen[naam]
    hoe = trek.kies(("weg", "leeg", "half", "doctype", "byte", "nul"))
    if hoe == "weg":
        del delen[naam]
    else:
        rauw = bytearray(deel)
        rauw[trek.plek(len(rauw))] ^= 1 << trek.getal(0, 7)
        delen[naam] = {
            "leeg": b"", "half": deel[: trek.plek(len(deel))], "byte": bytes(rauw),
            "nul": deel.replace(b">", b">\0", 1),
            "doctype": deel.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1),
        }[hoe]  # fmt: skip
    with zipfile.ZipFile(uit := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as nieuw:
        for een, wat in delen.items():
            nieuw.writestr(een, wat)
    return geval(uit.getvalue(), soort, mits=lambda u: "bestand van de machine gelezen" if "root:" in u.tekst else "")
