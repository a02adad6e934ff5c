"""The workbook of a period: a sheet per figure, what stands out, and where everything comes from (step 16)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from duckdb import DuckDBPyConnection

from klachten.analyse.basis.kengetal import Kengetal
from klachten.analyse.basis.kengetallen import met_bouwstenen
from klachten.analyse.basis.kengetallenlijst import KENGETALLEN
from klachten.analyse.basis.lezer import HEEL, Zicht
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.categorieen import werkbladen as categoriebladen
from klachten.analyse.excel.excel import Blad, Bron, Herkomst, Kolom, maak
from klachten.analyse.excel.werk import INHOUD, Werk
from klachten.analyse.jaar import werkbladen as jaarbladen
from klachten.analyse.jaar.jaarbeeld import jaarbeeld
from klachten.analyse.jaar.werkbladkort import in_het_kort
from klachten.analyse.opvolging import werkbladen as opvolgingsbladen
from klachten.analyse.proces import werkbladen as procesbladen
from klachten.analyse.termijnen import werkbladen as termijnbladen
from klachten.periode import Wanneer, als_periode
from klachten.reglement import Reglement
from klachten.taal import datum, opsomming

KAMERS = (jaarbladen, categoriebladen, termijnbladen, opvolgingsbladen, procesbladen)
BLADEN = {naam: bouw for kamer in KAMERS for naam, bouw in kamer.BLADEN.items()}
# Of each the whole table can be protected by itself, and none can be subtracted from another. What is about one klacht,
# one person or one month, or adds up with another sheet, stays inside.
BUITEN = ("intensiteit", "categorieen", "categorie_uitkomst", "indieners", "kanalen", "vestigingen")
VOOR_DE_DIRECTIE = (
    "stroom", "termijntarieven", "categorieen", "geschillen", "maatregelen_opvolging", "verbeteracties_opvolging",
)  # fmt: skip
"""The figures of which the first sheet stands in front: how many, on time, about what, what was decided."""
EIGEN = "Eigen vraag"
"""What stands in Inhoud behind a sheet of a question that somebody saved."""
VOOR_BUITEN = (
    "Gemaakt zonder personen en zonder afzonderlijke klachten. Aantallen kleiner dan 5 zijn verborgen, en zoveel "
    "andere dat zij niet zijn terug te rekenen."
)
ZONDER_NAMEN = "Gemaakt zonder namen van behandelaars en actienemers; die ziet alleen de directie."
MET_NAMEN = "Gemaakt voor de directie, met namen van behandelaars en actienemers."


def werkboek(
    cursor: DuckDBPyConnection,
    periode: Wanneer,
    peildatum: date,
    filter: Filter = ALLES,
    *,
    reglement: Reglement | None = None,
    namen: Callable[[str], str] | None = None,
    buiten: bool = False,
    kengetallen: Sequence[str] = (),
    van: str = "",
    zicht: Zicht = HEEL,
    erbij: Sequence[tuple[Blad, Bron, Sequence[str]]] = (),
) -> bytes:
    """Return the Excel file of one period as it stood on the peildatum; the same register gives the same bytes.

    `reglement` gives names beside ids; `namen` the name of a person, None leaves persons out; `buiten` hides small
    numbers and everything about one klacht, and keeps of a filter only the origin: two choices of which one contains
    the other would give away what is hidden. `kengetallen` chooses figures by id, in their own order (none: all);
    `van` says in words which register or imported set this is, `zicht` which klachten its reader may see one by one.
    `erbij` are sheets of questions of the reader's own, with where each comes from and the questions that it asks.
    Raises ValueError for a period that begins after the
    peildatum, KeyError for an unknown id.
    """
    if buiten:
        filter = Filter(herkomst=filter.herkomst)
    werk = Werk(
        cursor=cursor,
        periode=als_periode(periode),
        peildatum=peildatum,
        filter=filter,
        reglement=reglement,
        namen=None if buiten else namen,
        buiten=buiten,
        zicht=zicht,
        beeld=jaarbeeld(cursor, periode, peildatum, filter=filter, reglement=reglement),
    )
    onbekend = set(kengetallen) - {k.id for k in KENGETALLEN}
    if onbekend:
        raise KeyError(f"Er is geen kengetal {opsomming(sorted(onbekend))}.")
    gekozen = [k for k in KENGETALLEN if (not kengetallen or k.id in kengetallen) and (not buiten or k.id in BUITEN)]
    per_kengetal = [(k, BLADEN.get(k.id, procesbladen.anders)(werk, k)) for k in gekozen]
    bladen = [blad for _, eigen in per_kengetal for blad in eigen]
    voor = VOOR_BUITEN if buiten else MET_NAMEN if namen else ZONDER_NAMEN
    feiten, zegel = stand(cursor)
    herkomst = Herkomst(
        bronnen=[_bron(werk, k, blad) for k, eigen in per_kengetal for blad in eigen] + [bron for _, bron, _ in erbij],
        peildatum=peildatum,
        filter=f"{van}: {filter.in_woorden(reglement)}" if van else filter.in_woorden(reglement),
        zegel=zegel,
        feiten=feiten,
        voor=voor,
        organisatie=reglement.organisatie if reglement else "",
        over=f"Klachten in {werk.periode.naam}",
        vragen=met_bouwstenen(dict.fromkeys([*(k.sql for k in gekozen), *(v for _, _, eigen in erbij for v in eigen)])),
    )
    inhoud = _inhoud(werk, per_kengetal, voor, erbij)
    vragen = [blad for blad, _, _ in erbij]
    if buiten or kengetallen:
        return maak([inhoud, *bladen, *vragen], herkomst)
    # First what a directie reads: in short, what stands out, how many, on time, about what, and what was decided.
    eerst = [eigen[0] for id in VOOR_DE_DIRECTIE for k, eigen in per_kengetal if k.id == id and eigen]
    naar = {k.id: eigen[0].naam for k, eigen in per_kengetal if eigen}
    kort, bevindingen = in_het_kort(werk, naar), _bevindingen(werk, naar)
    vooraan = {blad.naam for blad in eerst}
    return maak([kort, bevindingen, *eerst, *vragen, inhoud, *(b for b in bladen if b.naam not in vooraan)], herkomst)


def stand(cursor: DuckDBPyConnection) -> tuple[int, str]:
    """Return how many facts the register holds and the zegel of the last one."""
    return cursor.execute("SELECT s.nr, s.zegel FROM stand AS s").fetchall()[0]


def _bron(werk: Werk, k: Kengetal, blad: Blad) -> Bron:
    sql = "termijntarieven" if k.id == "termijnnaleving" else k.sql
    # The sheet shows the period before beside it.
    reeks = {"reeks": True} if k.id in ("categorieen", "indieners", "kanalen", "vestigingen") else {}
    return Bron(
        blad=blad.naam,
        titel=k.titel,
        vraag=k.vraag,
        teller=k.teller,
        noemer=k.noemer,
        definitie=f"{k.uitleg} {k.waarom}",
        stap=", ".join(map(str, k.stap)) if len(k.stap) < 9 else f"{k.stap[0]} tot en met {k.stap[-1]}",
        sql=werk.opdracht(sql, None if k.id == "per_periode" else werk.periode, **reeks),
    )


def _inhoud(
    werk: Werk,
    per_kengetal: Sequence[tuple[Kengetal, Sequence[Blad]]],
    voor: str,
    erbij: Sequence[tuple[Blad, Bron, Sequence[str]]],
) -> Blad:
    kolommen = (
        Kolom("Blad", breedte=27), Kolom("Vraag", breedte=70, terugloop=True), Kolom("Regels", "getal", 9),
        Kolom("Kengetal", breedte=40),
    )  # fmt: skip
    rijen = [(blad.naam, k.vraag, len(list(blad.rijen)), k.titel) for k, bladen in per_kengetal for blad in bladen]
    rijen += [(blad.naam, bron.vraag, len(list(blad.rijen)), EIGEN) for blad, bron, _ in erbij]
    kop = (
        f"Klachten in {werk.periode.naam}",
        f"Zoals het er op {datum(werk.peildatum)} voor stond: {werk.filter.in_woorden(werk.reglement)}.",
        voor,
        "Klik op een blad. De bladen hiervoor vatten samen; op Herkomst staat van elk blad hoe het is geteld.",
    )
    # What a figure is called stands on its own page as well.
    return Blad(INHOUD, kolommen, rijen, kop=kop, naar=[rij[0] for rij in rijen], kolommen_op_papier=3)


def _bevindingen(werk: Werk, naar: Mapping[str, str]) -> Blad:
    gevonden = sorted(werk.beeld.bevindingen, key=lambda bevinding: not bevinding.opvallend)
    rijen = [(naar.get(b.kengetal, ""), "ja" if b.opvallend else "nee", b.zin) for b in gevonden]
    kolommen = (
        Kolom("Blad", breedte=24),
        Kolom("Opvallend", breedte=12),
        Kolom("Bevinding", breedte=100, terugloop=True),
    )
    kop = ("Bevindingen", "Wat opvalt en wat niet; elke zin volgt uit het blad ervoor.")
    return Blad("Bevindingen", kolommen, rijen, kop=kop, naar=[rij[0] for rij in rijen], terug=INHOUD)
