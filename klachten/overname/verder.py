"""How the open klachten of a source are handled on here: from which day, by whom, and where each of them is.

Under [verder] in a declaration. What a cell may mean is said in full, as everywhere; who is not named in it is assigned
by hand, and no klacht goes on from a step that nobody said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from klachten.handelingen.voortzetting import LIJSTEN, STAPPEN
from klachten.reglement.tabel import Tabel

MOGELIJK = tuple(nr for nr, _ in STAPPEN)
SCHEIDT = ";"
"""Between the names of more people in one cell."""


@dataclass(frozen=True, kw_only=True)
class Kolomwaarden:
    """What the values of a column mean here; `vast` when it is the same for every klacht, `anders` for other values."""

    sleutel: str
    kolom: str = ""
    vast: str = ""
    waarden: Mapping[str, str] = field(default_factory=dict)
    anders: str = ""

    def of(self, tekst: str) -> str:
        """Return what a cell means; "" when that is not said."""
        return self.vast or self.waarden.get(tekst.strip(), self.anders)


@dataclass(frozen=True, kw_only=True)
class Verder:
    """From which day the open klachten are handled on here, under which reglement ("": the one in use), and how.

    `keuzes` says for a list of the own reglement what an id of the source is there.
    """

    vanaf: date
    reglement: str
    volgende_stap: Kolomwaarden
    behandelaar: Kolomwaarden | None
    betrokkenen: Kolomwaarden | None
    keuzes: Mapping[str, Mapping[str, str]]

    def columns(self) -> Iterator[tuple[str, str]]:
        """Key and column of everything that is read from the file."""
        for deel in (self.volgende_stap, self.behandelaar, self.betrokkenen):
            if deel is not None and deel.kolom:
                yield f"{deel.sleutel}.kolom", deel.kolom


def read(tabel: Tabel, getrokken_op: date | None) -> Verder | None:
    """Return what a declaration says under [verder]; None when what is open there stays there."""
    if "verder" not in tabel:
        return None
    sleutels = ("vanaf", "reglement", "volgende_stap", "behandelaar", "betrokkenen", *LIJSTEN)
    deel = tabel.tabel("verder", tabel.gegevens["verder"], sleutels)
    vanaf = deel.dag("vanaf")
    if vanaf is None:
        deel.weiger("vanaf", "deze sleutel ontbreekt: vanaf welke dag worden de open klachten hier behandeld?")
    if getrokken_op is None:
        tabel.weiger("getrokken_op", "deze sleutel ontbreekt: zeg van welke dag het bestand is.")
    stap = _read_column(deel, "volgende_stap")
    for gezegd in (stap.vast, stap.anders, *stap.waarden.values()):
        if gezegd and gezegd not in MOGELIJK:
            deel.weiger(
                "volgende_stap",
                f"'{gezegd}' is geen stap waar een open klacht kan staan; kies uit {', '.join(MOGELIJK)}.",
            )
    return Verder(
        vanaf=vanaf,
        reglement=deel.naam("reglement") if "reglement" in deel else "",
        volgende_stap=stap,
        behandelaar=_read_column(deel, "behandelaar", Tabel.tekst) if "behandelaar" in deel else None,
        betrokkenen=_read_column(deel, "betrokkenen", Tabel.tekst) if "betrokkenen" in deel else None,
        keuzes={naam: _read_choices(deel, naam) for naam in LIJSTEN if naam in deel},
    )


def _read_column(tabel: Tabel, sleutel: str, lees: Callable[[Tabel, str], str] = Tabel.naam) -> Kolomwaarden:
    """Return a column and what its values mean; `lees` reads one of them.

    Of people it is any text: who was here before the people of a register were facts has a word for an id, who came
    since has P2026-0002. Who is nobody here is said where it is looked up, with the day.
    """
    if sleutel not in tabel:
        tabel.weiger(sleutel, "deze sleutel ontbreekt. Geef een kolom met waarden op, of { vast = … }.")
    deel = tabel.tabel(sleutel, tabel.gegevens[sleutel], ("vast", "kolom", "waarden", "anders"))
    plek = f"verder.{sleutel}"
    if "vast" in deel:
        if len(deel.gegevens) > 1:
            deel.weiger("vast", "dit gaat niet samen met een kolom: kies een vaste waarde of een kolom.")
        return Kolomwaarden(sleutel=plek, vast=_word(deel, "vast", lees))
    waarden = deel.tabel("waarden", deel.gegevens.get("waarden", {}), deel.gegevens.get("waarden", {}))
    return Kolomwaarden(
        sleutel=plek,
        kolom=deel.tekst("kolom"),
        waarden={tekst.strip(): _word(waarden, tekst, lees) for tekst in waarden.gegevens},
        anders=_word(deel, "anders", lees) if "anders" in deel else "",
    )


def _read_choices(tabel: Tabel, sleutel: str) -> dict[str, str]:
    deel = tabel.tabel(sleutel, tabel.gegevens[sleutel], tabel.gegevens[sleutel])
    return {daar: deel.naam(daar) for daar in deel.gegevens}


def _word(tabel: Tabel, sleutel: str, lees: Callable[[Tabel, str], str]) -> str:
    """Return an id, or the number of a step, which may be written as a number."""
    waarde = tabel.gegevens.get(sleutel)
    return str(waarde) if type(waarde) is int else lees(tabel, sleutel)
