"""What can be wrong with a table before it is a file: columns, rows and cells, in every kind of file."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from klachten.tijdzone import NEDERLAND
from tests.vernield.bron import DATUMS, MET_KOP, PLAATS, SCHRIJF, TEKST, Tabel, als_tekst, verwacht
from tests.vernield.oordeel import AFGEKEURD, OVER, ZIN, Geval, Uitslag
from tests.vernield.trekking import Trek, proef

NIET = (ZIN, AFGEKEURD)
ANDERS = {"tsv": (('scheidingsteken = ";"', 'scheidingsteken = "\\t"'),)}
BESTAND = "[bestand]\n"


def geval(bron: Tabel, soort: str, **hoe: Any) -> Geval:
    """The table as a file of a kind, with what the register has to say of it."""
    hoe.setdefault("waar", bron.waar)
    hoe["anders"] = (*ANDERS.get(soort, ()), *hoe.get("anders", ()))
    return Geval(f"log.{soort}", SCHRIJF[soort](bron), **hoe)


def op_klok(dag: date, uur: int) -> datetime:
    """That hour of a day, as a file has it: without a zone."""
    return datetime.combine(dag, time(uur))


def zegt(*woorden: str) -> Any:
    """What is said has to have one of these words."""
    return lambda uit: (
        "" if any(woord in uit.tekst for woord in woorden) else f"niet gezegd: {woorden}: {uit.tekst[:400]}"
    )


@proef("niets: het goede bestand")
def heel(trek: Trek, soort: str) -> Geval:
    return geval(trek.tabel(), soort, mag=(OVER,))


@proef("een rij staat er nog eens")
def dubbele_rij(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    bron.rijen.insert(trek.plek(len(bron.rijen) + 1), list(trek.kies(bron.rijen)))

    def mits(uit: Uitslag) -> str:
        return "" if uit.plan and len(uit.plan.lezing.dubbelen) == 1 else "dubbele rij niet geteld"

    return geval(bron, soort, mag=(OVER,), mits=mits)


@proef("een kenmerk staat er nog eens, met andere inhoud")
def dubbel_kenmerk(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij = list(trek.kies(bron.rijen))
    rij[PLAATS["verhaal"]] = "iets anders"
    bron.rijen.insert(trek.plek(len(bron.rijen) + 1), rij)
    return geval(bron, soort, mag=NIET, mits=zegt("met andere inhoud"))


@proef("vanaf een rij is alles een kolom geschoven")
def geschoven(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    vanaf, naar = trek.plek(len(bron.rijen)), trek.kies((1, -1, 2))
    for rij in bron.rijen[vanaf:]:
        rij[:] = rij[-naar:] + rij[:-naar]
    return geval(bron, soort, mag=NIET)


@proef("een kolom is een rij opgeschoven")
def kolom_gezakt(trek: Trek, soort: str) -> Geval:
    """The dates of one row at the id of the next: nothing in the file says so, but where a date becomes impossible."""
    bron = trek.tabel(2)
    plaats = PLAATS[trek.kies(("ontvangen", "afgehandeld"))]
    cellen = [rij[plaats] for rij in bron.rijen]
    for rij, cel in zip(bron.rijen, [None, *cellen], strict=False):
        rij[plaats] = cel
    hier = {rij[0]: verwacht(rij) if rij[1] else {} for rij in bron.rijen}
    return geval(bron, soort, waar=hier, mag=(OVER, AFGEKEURD, ZIN) if plaats > 1 else NIET)


@proef("de kopregel ontbreekt", MET_KOP)
def geen_kop(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel(2)
    bron.kop = [als_tekst(cel) for cel in bron.rijen.pop(0)]
    return geval(bron, soort, mag=(ZIN,))


@proef("de kopregel komt halverwege nog eens", MET_KOP)
def kop_herhaald(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel(2)
    bron.rijen.insert(trek.getal(1, len(bron.rijen)), list(bron.kop))
    return geval(bron, soort, mag=NIET)


@proef("een kolomnaam staat er twee keer", MET_KOP)
def naam_dubbel(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    van, naar = trek.kies(((1, 9), (3, 8), (9, 2), (0, 9)))
    bron.kop[naar] = bron.kop[van]
    return geval(bron, soort, mag=(ZIN,))


@proef("een kolom is weg")
def kolom_weg(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    plaats = trek.getal(0, 8)
    naam = bron.kop.pop(plaats)
    for rij in bron.rijen:
        del rij[plaats]
    return geval(bron, soort, mag=(ZIN,), mits=zegt(f"'{naam}'"))


@proef("een kolom heet iets anders")
def kolomnaam_anders(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    plaats = trek.getal(0, 8)
    naam = bron.kop[plaats]
    bron.kop[plaats] = trek.kies((naam.upper(), naam[:-1], f"{naam}.1", f"\ufeff{naam}", f"{naam}\u200b", f"{naam} op"))
    return geval(bron, soort, mag=(ZIN,), mits=zegt(f"'{naam}'"))


@proef("spaties en harde spaties om namen en cellen")
def spaties(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    om = trek.kies((" ", "\u00a0", "  ", "\t" if soort != "tsv" else " ", "\u2003"))
    bron.kop = [f"{om}{naam}{om}" for naam in bron.kop]
    for rij in bron.rijen:
        rij[:] = [f"{om}{cel}{om}" if isinstance(cel, str) else cel for cel in rij]
    return geval(bron, soort, mag=(OVER,))


@proef("titel boven de tabel", MET_KOP)
def titel(trek: Trek, soort: str) -> Geval:
    """The sentence says which line the header is on; with that in the declaration the file is taken over whole."""
    bron = trek.tabel()
    regels = trek.getal(1, 8)
    boven = [["Klachten", *[None] * 9] if trek.getal(0, 1) else [None] * 10 for _ in range(regels)]
    boven[0][0] = "Klachten van 2025"
    kop = [list(bron.kop)]
    bron.kop, bron.rijen = boven[0], [*boven[1:], *kop, *bron.rijen]
    if trek.getal(0, 1):
        raad = ((BESTAND, f"{BESTAND}kop_op_regel = {regels + 1}\n"),)
        return geval(bron, soort, mag=(OVER,), anders=raad)
    return geval(bron, soort, mag=(ZIN,), mits=zegt(f"kop_op_regel = {regels + 1}"))


@proef("een rij met totalen eronder", MET_KOP)
def totalen(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    woord = trek.kies(("Totaal", "TOTAAL:", "Totaal 2025", "total", "Subtotaal"))
    bron.rijen.append([woord, *[None] * 8, len(bron.rijen)])
    if trek.getal(0, 1):
        raad = ((BESTAND, f'{BESTAND}totalen = ["Totaal", "total", "Subtotaal"]\n'),)
        return geval(bron, soort, mag=(OVER,), anders=raad, mits=zegt("1 met totalen"))
    return geval(bron, soort, mag=NIET, mits=zegt("totalen"))


@proef("lege rijen ertussen")
def lege_rijen(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    for _ in range(trek.getal(1, 4)):
        bron.rijen.insert(trek.plek(len(bron.rijen) + 1), [None] * 10)
    return geval(bron, soort, mag=(OVER,))


@proef("honderden kolommen die niets zeggen")
def breed(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel(1, 5)
    erbij = trek.getal(190, 300)
    bron.kop += [f"veld{nr}" for nr in range(erbij)]
    for rij in bron.rijen:
        rij += [f"GEHEIM{nr}" for nr in range(erbij)]
    return geval(bron, soort, mag=(OVER,))


# --- dates -----------------------------------------------------------------------------------------------------------


def _wissel(waarde: date) -> date | None:
    try:
        return waarde.replace(month=waarde.day, day=waarde.month)
    except ValueError:
        return None


def _andersom(waarde: Any) -> Any:
    return (
        None if waarde is None else f"{waarde:%m-%d-%Y %H:%M}" if isinstance(waarde, datetime) else f"{waarde:%m-%d-%Y}"
    )


@proef("dag en maand staan overal andersom", ("csv", "tsv", "json", "jsonl", "xlsx"))
def andersom(trek: Trek, soort: str) -> Geval:
    """Refused; with no day above 12 in it nothing tells, and then the page has to ask."""
    bron = trek.tabel(1, 25)
    kan = all(waarde is None or waarde.day <= 12 for rij in bron.rijen for waarde in rij[1:5])
    for rij in bron.rijen:
        rij[1:5] = map(_andersom, rij[1:5])

    def mits(uit: Uitslag) -> str:
        stil = uit.soort == OVER and uit.diagnose is not None and not (uit.diagnose.vraag or uit.diagnose.beste)
        return "andersom overgenomen, en de dokter vraagt niets" if stil else ""

    return geval(bron, soort, waar=None, mag=(*NIET, OVER) if kan else NIET, mits=mits)


@proef("dag en maand staan in een kolom andersom", ("csv", "tsv", "json", "jsonl"))
def kolom_andersom(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel(1, 25)
    plaats = PLAATS[trek.kies(DATUMS)]
    kan = all(rij[plaats] is None or rij[plaats].day <= 12 for rij in bron.rijen)
    for rij in bron.rijen:
        rij[plaats] = _andersom(rij[plaats])
    return geval(bron, soort, waar=None, mag=(*NIET, OVER) if kan else NIET)


@proef("een spreadsheet heeft dag en maand verwisseld waar dat kon", ("xlsx", "ods"))
def verwisseld(trek: Trek, soort: str) -> Geval:
    """Real dates that are another day, and texts where the day is above 12: read as they stand, it has to be said."""
    bron = trek.tabel(4, 30)
    echt = tekst = 0
    for rij in bron.rijen:
        for plaats in range(1, 5):
            if (waarde := rij[plaats]) is None:
                continue
            ander = _wissel(waarde)
            echt, tekst = echt + (ander is not None), tekst + (ander is None)
            rij[plaats] = ander if ander is not None else als_tekst(waarde)
    mits = zegt("echte datum", "verwisseld", "door elkaar") if echt and tekst else lambda _: ""
    return geval(bron, soort, waar=None, mits=mits)


@proef("enkele datums staan andersom", ("csv", "tsv", "json", "jsonl"))
def deels_andersom(trek: Trek, soort: str) -> Geval:
    """A date with a day above 12 cannot be read. Another one is seen when it leaps, or comes before the receipt."""
    bron = trek.tabel(20, 30)
    rij = bron.rijen[trek.getal(3, len(bron.rijen) - 4)]
    was = rij[1]
    rij[1] = _andersom(was)
    ander = _wissel(was)
    if ander is None:
        return geval(bron, soort, mag=NIET)
    if ander == was:
        return geval(bron, soort, mag=(OVER,))
    if abs((ander - was).days) > 60:
        return geval(
            bron, soort, waar=None, mits=zegt("terug in de tijd", "voor de ontvangst", "in de toekomst", "na de dag")
        )
    return geval(bron, soort, waar=None)


@proef("een datum als getal van Excel")
def excelgetal(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij, plaats = trek.kies(bron.rijen), trek.getal(1, 4)
    dag = rij[1]
    getal = (date(dag.year, dag.month, dag.day) - date(1899, 12, 30)).days
    rij[plaats] = trek.kies((getal, getal + 0.5, str(getal)))
    return geval(bron, soort, mag=NIET)


@proef("een datum die onbekend betekent")
def onbekend(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij, plaats = trek.kies(bron.rijen), trek.getal(1, 4)
    jaar, maand, dag = trek.kies(
        ((1900, 1, 1), (1899, 12, 30), (2059, 12, 31), (9999, 12, 31), (1, 1, 1), (1949, 12, 31))
    )
    if soort == "xlsx" and jaar < 1900:
        jaar = 1900
    rij[plaats] = op_klok(date(jaar, maand, dag), 10) if plaats > 2 else date(jaar, maand, dag)
    if soort in TEKST or "json" in soort:
        rij[plaats] = f"{dag:02}-{maand:02}-{jaar:04}{' 10:00' if plaats > 2 else ''}"
    return geval(bron, soort, mag=NIET)


@proef("een datum zoals niemand hem opgaf", (*TEKST, "json", "jsonl"))
def vreemde_datum(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij, plaats = trek.kies(bron.rijen), trek.getal(1, 4)
    rij[plaats] = trek.kies((
        "31-02-2025", "00-00-0000", "1-2-25", "01-02-25", "2025-02-01", "01/02/2025", "1 feb 2025", "01-02-2025 25:00",
        "01-02-2025 24:00", "01-02-2025T10:00Z", "２０-02-2025", "01‑02‑2025", "01-02-2025 10:00 PM", "gisteren", "?",
        "01-02--2025", "٠١-٠٢-٢٠٢٥", "1e3", "NaN", "-1",
    ))  # fmt: skip
    return geval(bron, soort, mag=NIET)


@proef("afgehandeld voor de ontvangst, of na de dag van het bestand")
def onmogelijk(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij, plaats = trek.kies(bron.rijen), trek.kies((2, 3))
    ander = trek.kies((rij[1] - timedelta(days=trek.getal(1, 400)), date(2026, 1, 1), date(2027, 5, 5)))
    rij[plaats] = op_klok(ander, 9) if plaats == 3 else ander
    return geval(bron, soort, mag=NIET)


@proef("momenten in een andere tijdzone", ("parquet", "xes", "xes.gz"))
def tijdzone(trek: Trek, soort: str) -> Geval:
    """A moment with its zone is the day and the clock of the Netherlands."""
    bron = trek.tabel()
    zone = trek.kies(
        (UTC, timezone(timedelta(hours=-8)), timezone(timedelta(hours=14)), timezone(timedelta(minutes=-210)))
    )
    for rij in bron.rijen:
        for plaats in (3, 4):
            if (waarde := rij[plaats]) is not None:
                rij[plaats] = waarde.replace(tzinfo=NEDERLAND).astimezone(zone)
    return geval(bron, soort, mag=(OVER,))


# --- ids -------------------------------------------------------------------------------------------------------------


@proef("kenmerken als 1,2E+11")
def ingekort(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij = trek.kies(bron.rijen)
    rij[0] = trek.kies(("1,2E+11", "1.20E+11", "1,23457E+15", "2E+9"))
    if soort in ("xlsx", "ods") and trek.getal(0, 1):
        rij[0] = 12345678901234567890.0
    return geval(bron, soort, mag=NIET, mits=zegt("cijfers heeft weggelaten", "te lang"))


@proef("kenmerken als 1001.0")
def decimaal(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    if soort in (*TEKST, "xes", "xes.gz"):
        return geval(bron, soort, mag=(OVER,))
    for nr, rij in enumerate(bron.rijen):
        rij[0] = float(5000 + nr)
    bron.waar = {str(int(rij[0])): verwacht(rij) for rij in bron.rijen}
    return geval(bron, soort, mag=(OVER,))


@proef("een naam, een e-mailadres of een BSN als kenmerk")
def persoonlijk(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel(2)
    alle = trek.getal(0, 1)
    wat = trek.kies(
        ("Willemijn Zwaardecroon", "w.zwaardecroon@post.example", "06-12345678", "NL91ABNA0417164300", "1234 AB")
    )
    if trek.getal(0, 3) == 0:
        for nr, rij in enumerate(bron.rijen):
            rij[0] = _bsn(nr)
        return geval(bron, soort, mag=NIET, mits=zegt("burgerservicenummers"))
    for nr, rij in enumerate(bron.rijen):
        if alle or nr == 0:
            rij[0] = wat
    return geval(bron, soort, mag=NIET, mits=lambda uit: "het kenmerk wordt herhaald" if wat in uit.tekst else "")


def _bsn(nr: int) -> str:
    """The how manieth number that passes the elfproef."""
    for getal in range(111_222_000 + nr * 50, 999_999_999):
        cijfers = f"{getal:09}"
        som = sum(weging * int(c) for weging, c in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), cijfers, strict=True))
        if som % 11 == 0:
            return cijfers
    raise AssertionError


@proef("een kenmerk met vreemde tekens")
def vreemd_kenmerk(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij = trek.kies(bron.rijen)
    vreemd = trek.kies(("\u202e", "\u200b", "\ufeff", "\u0085", "\x07", "\u2028", "\x7f"))
    if soort in ("xlsx", "ods", "xes", "xes.gz") and vreemd == "\x07":
        vreemd = "\u202e"
    rij[0] = f"{rij[0]}{vreemd}9"
    return geval(bron, soort, mag=NIET)


@proef("een leeg kenmerk of een lege ontvangst")
def leeg_kenmerk(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    trek.kies(bron.rijen)[trek.getal(0, 1)] = None
    return geval(bron, soort, mag=NIET)


# --- cells -----------------------------------------------------------------------------------------------------------


@proef("een waarde zonder plaats in de lijsten")
def vreemde_waarde(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij, plaats = trek.kies(bron.rijen), PLAATS[trek.kies(("via", "soort"))]
    rij[plaats] = trek.kies(("Zwaardecroon", "GEHEIM", "WEB", "web,post", "#N/B", "0", "\u202eweb"))
    return geval(bron, soort, mag=NIET)


@proef("emoji, rechts-naar-links en samengestelde tekens in een tekst")
def tekens(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij = trek.kies(bron.rijen)
    rij[PLAATS["verhaal"]] = trek.kies((
        "\u202egnoot tsreov", "👩‍👩‍👧‍👦 en 🇳🇱", "e\u0301\u0301\u0301" * 20, "שלום עולם", "\u200f\u200e\u2066x\u2069",
        "Ａ１", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "\ufdd0\uffff", "\u2028regel\u2029alinea", "a\u0085b",
    ))  # fmt: skip
    bron.waar[rij[0]] = verwacht(rij)
    return geval(bron, soort, waar=bron.waar, hoogstens=1 if soort in ("ods", "xlsx", "xes", "xes.gz") else 0)


@proef("een NUL of stuurteken in een tekst", (*TEKST, "json", "jsonl", "parquet"))
def stuurteken(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij = trek.kies(bron.rijen)
    rij[PLAATS[trek.kies(("verhaal", "klager", "via", "zaaknummer"))]] += (
        trek.kies(("\0", "\x07", "\x1b[2J", "\x1a")) + "x"
    )
    bron.waar[rij[0]] = verwacht(rij)
    return geval(bron, soort)


@proef("een los surrogaat", (*TEKST, "json", "jsonl"))
def surrogaat(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij = trek.kies(bron.rijen)
    plaats = PLAATS[trek.kies(("verhaal", "klager", "via", "zaaknummer", "ontvangen", "intern"))]
    rij[plaats] = f"{als_tekst(rij[plaats])}{trek.kies((chr(0xD800), chr(0xDFFF), chr(0xDC80)))}"
    if plaats == PLAATS["zaaknummer"]:
        bron.waar = {}
    return geval(bron, soort, waar=bron.waar, hoogstens=1)


@proef("een reuzencel")
def reuzencel(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel(1, 3)
    rij = trek.kies(bron.rijen)
    lang = trek.kies((32_000, 33_000, 200_000, 1_000_001))
    if soort == "xlsx":
        lang = min(lang, 32_000)
    naam = trek.kies(("verhaal", "zaaknummer", "intern", "via", "ontvangen"))
    rij[PLAATS[naam]] = "x" * lang
    if naam == "verhaal":
        bron.waar[rij[0]] = verwacht(rij)
    return geval(bron, soort, mag=NIET if naam in ("zaaknummer", "via", "ontvangen") else (ZIN, AFGEKEURD, OVER))


@proef("een reuzengetal", ("xlsx", "ods", "json", "jsonl", "parquet"))
def reuzengetal(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij = trek.kies(bron.rijen)
    naam = trek.kies(("zaaknummer", "ontvangen", "uiterlijk", "via", "intern"))
    mogelijk = [1e300, -1e-300, 2**53 + 1, -5, 10**14, 0.1 + 0.2]
    if "json" in soort:
        mogelijk += [10**400, 10**4200, float("inf"), float("nan")]
    rij[PLAATS[naam]] = trek.kies(mogelijk)
    return geval(
        bron,
        soort,
        waar=bron.waar if naam == "intern" else None,
        mag=(*NIET, OVER) if naam in ("intern", "zaaknummer") else NIET,
    )


@proef("een tekst die een formule lijkt")
def formuletekst(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    rij = trek.kies(bron.rijen)
    rij[PLAATS["klager"]] = trek.kies(
        ("=1+1", '=HYPERLINK("http://x.example";"y")', "+31612345678", "@SUM(A1)", "-2+3|cmd")
    )
    if soort == "xlsx" and str(rij[PLAATS["klager"]]).startswith("="):
        return geval(bron, soort, waar=None, mag=NIET, mits=zegt("formule zonder uitkomst"))
    bron.waar[rij[0]] = verwacht(rij)
    return geval(bron, soort, mag=(OVER,))
