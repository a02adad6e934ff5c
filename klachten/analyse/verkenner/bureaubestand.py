"""The Excel file of an answer of the SQL desk: its rows with their kinds, what the columns mean, and the SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from klachten.analyse import vragen
from klachten.analyse.basis.kengetallen import met_bouwstenen
from klachten.analyse.excel.blad import Blad, Kolom
from klachten.analyse.excel.cellen import EERSTE_DAG
from klachten.analyse.excel.excel import Bron, Herkomst, maak
from klachten.analyse.verkenner.bureau import MEESTE_IN_BESTAND, Uitkomst
from klachten.taal import getal, opsomming

BLAD, BETEKENIS = "Uitkomst", "Kolommen"
BEREKEND = "Berekend in de vraag; zie het blad SQL."
EIGEN_VRAAG = "Eigen vraag in SQL"
_NUL = datetime.combine(date(1899, 12, 30), time())
_BREEDST, _GEMETEN = 46, 200


@dataclass(frozen=True)
class Betekenis:
    """What a column of a table means, and in what it counts."""

    tabel: str
    kolom: str
    betekenis: str
    eenheid: str


def bestand(
    uit: Uitkomst, sql: str, betekenissen: Iterable[Betekenis], *, op: date, voor: str, organisatie: str = ""
) -> bytes:
    """Return the Excel file of an answer, also of one that is no: then the sheet says why, as of `op`."""
    gebruikt = [naam for naam in uit.tabellen if naam in vragen()]
    kop = [EIGEN_VRAAG, hoeveel(uit), "Dagen zijn dagen, duren aantallen dagen; momenten zijn in UTC."]
    herkomst = Herkomst(
        bronnen=[
            Bron(blad=BLAD, titel=EIGEN_VRAAG, vraag="Zie het blad SQL.", definitie=_defined(uit, gebruikt), sql=sql),
        ],
        peildatum=date.fromisoformat(uit.dag) if uit.dag else op,
        filter=f"momentopname {uit.momentopname}",
        zegel=uit.zegel,
        feiten=uit.feiten,
        voor=voor,
        organisatie=organisatie,
        over=EIGEN_VRAAG,
        vragen={EIGEN_VRAAG: sql, **(met_bouwstenen(gebruikt) if gebruikt else {})},
    )
    return maak([_rows(uit, kop), _meanings(uit, betekenissen)], herkomst)


def hoeveel(uit: Uitkomst) -> str:
    """Say how many rows there are, and whether these are all."""
    if uit.weigering:
        return f"De vraag is voor dit bestand opnieuw gesteld, en gaf geen uitkomst. {uit.weigering}"
    if uit.meer:
        return f"De eerste {getal(len(uit.rijen))} rijen; er zijn er meer. Een bestand heeft er hoogstens zoveel."
    return f"{getal(len(uit.rijen))} {'rij' if len(uit.rijen) == 1 else 'rijen'}: alle rijen van de uitkomst."


def heading(naam: str, soort: str) -> str:
    """Return a column as it is called above its rows: of a duration with what it is counted in."""
    return f"{naam} (dagen)" if soort == "duur" and "dag" not in naam.lower() else naam


def value(waarde: Any) -> Any:
    """Return a value as one can count with it: a duration in days."""
    return waarde / timedelta(days=1) if isinstance(waarde, timedelta) else waarde


def _rows(uit: Uitkomst, kop: Sequence[str]) -> Blad:
    rijen = [tuple(_cell(waarde) for waarde in rij) for rij in uit.waarden()]
    breedten = [
        min(_BREEDST, max([len(naam) + 3, *(len(str(rij[nr])) + 2 for rij in rijen[:_GEMETEN] if rij[nr] is not None)]))
        for nr, naam in enumerate(uit.kolommen)
    ]
    kolommen = [
        Kolom(
            heading(naam, soort), _format(naam, soort), 17 if soort == "moment" else max(11, breedte), soort == "tekst"
        )
        for naam, soort, breedte in zip(uit.kolommen, uit.soorten, breedten, strict=True)
    ]
    return Blad(BLAD, kolommen or [Kolom("Geen uitkomst", breedte=60)], rijen, kop=kop)


def _format(naam: str, soort: str) -> str:
    if soort in ("tekst", "ja_nee"):
        return "tekst"
    if soort == "getal" and naam.lower().endswith("jaar"):
        return "jaar"  # 2025, and not 2.025
    return "kommagetal" if soort == "duur" else soort


def _cell(waarde: Any) -> Any:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        # As Excel counts a moment: the engine of the sheets keeps only its day. Parts of a second could round up to
        # a day that Excel does not have.
        waarde = waarde.replace(microsecond=0)
        return (waarde - _NUL) / timedelta(days=1) if waarde.date() >= EERSTE_DAG else f"{waarde:%Y-%m-%d %H:%M}"
    return value(waarde)


def _meanings(uit: Uitkomst, betekenissen: Iterable[Betekenis]) -> Blad:
    """The sheet that says what the columns mean, as far as they are those of a table that was asked."""
    rijen: list[tuple[str, str, str, str]] = []
    bekend = [een for een in betekenissen if een.tabel in uit.tabellen]
    for kolom in dict.fromkeys(uit.kolommen):
        van = [een for een in bekend if een.kolom == kolom]
        rijen += [(kolom, een.tabel, een.betekenis, een.eenheid) for een in van] or [(kolom, "", BEREKEND, "")]
    kolommen = (
        Kolom("Kolom", breedte=26), Kolom("Tabel", breedte=22), Kolom("Betekenis", breedte=70, terugloop=True),
        Kolom("Eenheid", breedte=26, terugloop=True),
    )  # fmt: skip
    return Blad(BETEKENIS, kolommen, rijen, kop=(BETEKENIS, "Wat de kolommen van de uitkomst betekenen."))


def _defined(uit: Uitkomst, gebruikt: Sequence[str]) -> str:
    """Say what was asked of, and up to which limit."""
    uit_tabellen = [naam for naam in uit.tabellen if naam not in gebruikt]
    delen = [f"Gelezen uit {opsomming(uit_tabellen)}."] if uit_tabellen else []
    if gebruikt:
        delen.append(f"Met {opsomming(gebruikt)}, waarvan de SQL op het blad SQL staat.")
    delen.append(
        f"Een kopie zonder namen en verhalen; klachten waarbij de vrager betrokken is, staan er niet in. Hoogstens "
        f"{getal(MEESTE_IN_BESTAND)} rijen."
    )
    return " ".join(delen)
