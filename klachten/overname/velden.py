"""The parts of a declaration: a column with a date, a value from a column or a constant, a step with its details."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from klachten import gebeurtenissen as g
from klachten.overname import datums
from klachten.overname.datums import Datumvorm
from klachten.reglement import Reglement
from klachten.reglement.tabel import OngeldigBestand, Tabel

TEKSTVELDEN = tuple(
    v.name
    for v in fields(g.KlachtOntvangen)
    if g.is_tekst(v) and v.name != "waarden_bron" and not v.name.startswith("reden")
)
ONBEKEND = "onbekend"

# The steps that can be taken over: the fact, and the choice list of each of its details. 0 is a withdrawal.
FEITEN: dict[int, tuple[type[g.Gebeurtenis], dict[str, str | None]]] = {
    0: (g.KlachtIngetrokken, {}),
    3: (g.KlachtGeregistreerd, {}),
    5: (g.OntvangstBevestigd, {"wijze": "wijzen", "behandelaar": None}),
    6: (g.KlachtOnderzocht, {}),
    7: (g.NietInBehandelingGenomen, {"grond": "gronden_niet_in_behandeling", "wijze": "wijzen"}),
    9: (g.ResultaatMeegedeeld, {"wijze": "wijzen"}),
    12: (g.VoortgangBewaakt, {}),
    13: (g.KlachtAfgesloten, {"uitkomst": "uitkomsten"}),
    14: (g.AfsluitingMeegedeeld, {"wijze": "wijzen"}),
}
DATUMSLEUTELS = ("kolom", "vorm", "verwisseld", "mag_leeg", "neem", "alleen_bij")


class OngeldigeKolommen(OngeldigBestand):
    """A declaration that cannot be used; the sentence names file and key."""

    soort = "kolommen_kloppen_niet"


@dataclass(frozen=True, kw_only=True)
class Alleen:
    """A row counts only when this column has one of these values."""

    kolom: str
    waarden: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Datumkolom:
    """A column with a date; `neem` says which row of an event log counts, `naam` how a sentence calls the date."""

    sleutel: str
    naam: str
    kolom: str
    vorm: Datumvorm
    mag_leeg: bool = False
    neem: str = ""
    alleen_bij: Alleen | None = None


@dataclass(frozen=True, kw_only=True)
class Keuzeveld:
    """A value of the register: the same for every klacht, or translated from a column with a table of values."""

    sleutel: str
    vast: str = ""
    kolom: str = ""
    waarden: Mapping[str, str] = field(default_factory=dict)
    anders: str = ""


@dataclass(frozen=True, kw_only=True)
class Stapkolom:
    """A step that was done on the date of a column, with the details of its fact."""

    nr: int
    feit: type[g.Gebeurtenis]
    datum: Datumkolom
    gegevens: Mapping[str, Keuzeveld]


def read_teken(tabel: Tabel, sleutel: str, *, anders: str | None = None, leeg: bool = False) -> str:
    """Return one character, or none where `leeg` allows it."""
    waarde = tabel.gegevens.get(sleutel, anders)
    if waarde is None:
        tabel.weiger(sleutel, "deze sleutel ontbreekt.")
    if not isinstance(waarde, str) or len(waarde) > 1 or (not waarde and not leeg) or waarde in ("\n", "\r"):
        tabel.weiger(sleutel, 'hier hoort een enkel teken te staan, zoals ";" of "\\t".')
    return waarde


def read_teksten(tabel: Tabel, sleutel: str, *, verplicht: bool = False) -> tuple[str, ...]:
    """Return a list of texts; a single text counts as a list of one."""
    if isinstance(tabel.gegevens.get(sleutel), str):
        return (tabel.tekst(sleutel),)
    waarden = tabel.lijst(sleutel, leeg=not verplicht)
    if not all(isinstance(waarde, str) for waarde in waarden):
        tabel.weiger(sleutel, "hier hoort een lijst van teksten te staan.")
    return tuple(waarde.strip() for waarde in waarden)


def read_datum(
    tabel: Tabel, sleutel: str, naam: str, *, altijd: bool = False, extra: Iterable[str] = (), rauw: Any = None
) -> Datumkolom:
    """Return a column with a date; `altijd` when it can never be empty."""
    if rauw is None:
        rauw = tabel.gegevens.get(sleutel)
    if rauw is None:
        tabel.weiger(sleutel, "deze sleutel ontbreekt.")
    deel = tabel.tabel(sleutel, rauw, (*DATUMSLEUTELS, *extra))
    try:
        vorm = datums.load(deel.tekst("vorm"))
    except datums.OngeldigeVorm as fout:
        deel.weiger("vorm", str(fout))
    if deel.ja_nee("verwisseld", False):
        vorm = replace(vorm, verwisseld=True)
    if altijd and "mag_leeg" in deel:
        deel.weiger("mag_leeg", "zonder deze datum is er geen klacht; laat mag_leeg weg.")
    alleen_bij = None
    if "alleen_bij" in deel:
        waarbij = deel.tabel("alleen_bij", deel.gegevens["alleen_bij"], ("kolom", "waarden"))
        alleen_bij = Alleen(
            kolom=waarbij.tekst("kolom"), waarden=frozenset(read_teksten(waarbij, "waarden", verplicht=True))
        )
    return Datumkolom(
        sleutel=sleutel,
        naam=naam,
        kolom=deel.tekst("kolom"),
        vorm=vorm,
        mag_leeg=deel.ja_nee("mag_leeg", False),
        neem=deel.keuze("neem", ("eerste", "laatste"), "keuze") if "neem" in deel else "",
        alleen_bij=alleen_bij,
    )


def read_keuze(tabel: Tabel, sleutel: str, reglement: Reglement, lijst: str | None) -> Keuzeveld:
    """Return a value of the register: { vast = … } or { kolom = …, waarden = {…}, anders = … }."""
    if sleutel not in tabel:
        tabel.weiger(sleutel, 'deze sleutel ontbreekt. Geef een kolom met waarden op, of { vast = "…" }.')
    deel = tabel.tabel(sleutel, tabel.gegevens[sleutel], ("vast", "kolom", "waarden", "anders"))
    plek = f"{tabel.plek}.{sleutel}" if tabel.plek else sleutel
    if "vast" in deel:
        samen = [ander for ander in ("kolom", "waarden", "anders") if ander in deel]
        if samen:
            deel.weiger("vast", f"dit gaat niet samen met {samen[0]}: kies een vaste waarde of een kolom.")
        return Keuzeveld(sleutel=plek, vast=_known(deel, "vast", deel.naam("vast"), reglement, lijst))
    kolom = deel.tekst("kolom")
    rauw = deel.gegevens.get("waarden")
    if rauw is None:
        # The text of a column itself may hold a name; in the journal stand only ids that somebody chose.
        deel.weiger("waarden", "deze sleutel ontbreekt: zeg per waarde van de kolom wat zij hier wordt.")
    waarden = deel.tabel("waarden", rauw, rauw if isinstance(rauw, dict) else ())
    return Keuzeveld(
        sleutel=plek,
        kolom=kolom,
        waarden={van.strip(): _known(waarden, van, waarden.naam(van), reglement, lijst) for van in waarden.gegevens},
        anders=_known(deel, "anders", deel.naam("anders"), reglement, lijst) if "anders" in deel else "",
    )


def _known(tabel: Tabel, sleutel: str, id: str, reglement: Reglement, lijst: str | None) -> str:
    mogelijk = [keuze.id for keuze in reglement.keuzes(lijst)] if lijst else []
    if mogelijk and id not in mogelijk:
        tabel.weiger(
            sleutel, f"'{id}' staat niet in {lijst} van {reglement.bestand}; mogelijk zijn: {', '.join(mogelijk)}."
        )
    return id


def read_stap(tabel: Tabel, sleutel: str, rauw: Any, nr: int, reglement: Reglement) -> Stapkolom:
    """Return a step with its date and the details of its fact; a detail that is not declared is 'onbekend'."""
    feit, lijsten = FEITEN[nr]
    naam = reglement.stap(nr).naam if nr else "Intrekking"
    datum = read_datum(tabel, sleutel, naam, rauw=rauw, extra={*lijsten, *(["stap"] if nr else [])})
    deel = tabel.tabel(sleutel, rauw, rauw)
    gegevens = {}
    for veld, lijst in lijsten.items():
        if veld in deel:
            gegevens[veld] = read_keuze(deel, veld, reglement, lijst)
        elif veld == "grond":
            deel.weiger(veld, 'deze sleutel ontbreekt. Geef een kolom met waarden op, of { vast = "…" }.')
        elif veld != "uitkomst":
            gegevens[veld] = Keuzeveld(sleutel=f"{sleutel}.{veld}", vast=ONBEKEND)
    return Stapkolom(nr=nr, feit=feit, datum=datum, gegevens=gegevens)
