"""The first sheet of the workbook of a period: what the first screen of Jaarbeeld says, on one page (step 16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from klachten.analyse.basis.zinnen import of_streep
from klachten.analyse.excel.blad import Blad, Kolom
from klachten.analyse.excel.werk import INHOUD, Werk
from klachten.analyse.jaar import kern
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.jaar.bevindingen import vaakst_genoemd
from klachten.analyse.termijnen.zinnen import kort as op_tijd
from klachten.analyse.werk import verbeterstand
from klachten.taal import datum, getal, opsomming

KORT = "In het kort"
CIJFER, BESLISSEN, ERTOE = "Cijfer", "Te beslissen", "Wat ertoe doet"
Regel = tuple[str, str, str]
"""The figure that it follows from, under which heading of the page it stands, and what it says."""


def in_het_kort(werk: Werk, naar: Mapping[str, str]) -> Blad:
    """Return the sheet; `naar` names the sheet of each figure."""
    beeld = werk.beeld
    te_evalueren = verbeterstand.te_evalueren(werk.cursor, werk.peildatum)
    besluiten = kern.te_beslissen(beeld, verbeterstand.nog_te_evalueren(te_evalueren, werk.peildatum.year))
    regels: list[Regel] = [*_cijfers(beeld)]
    regels += [("", BESLISSEN, besluit.zin) for besluit in besluiten] or [
        ("", BESLISSEN, f"Niets: op {datum(werk.peildatum)} wacht er niets op een besluit.")
    ]
    regels += [(b.kengetal, ERTOE, b.zin) for b in kern.kernzinnen(beeld.bevindingen)]
    kolommen = (
        Kolom("Onderdeel", breedte=17), Kolom("Wat er staat", breedte=66, terugloop=True),
        Kolom("Meer op blad", breedte=20),
    )  # fmt: skip
    kop = (
        f"Klachten in {werk.periode.naam}",
        f"In het kort, zoals het er op {datum(werk.peildatum)} voor stond: {werk.filter.in_woorden(werk.reglement)}.",
    )
    rijen = [(onderdeel, zin, naar.get(kengetal, "")) for kengetal, onderdeel, zin in regels]
    return Blad(KORT, kolommen, rijen, kop=kop, terug=INHOUD)


def _cijfers(beeld: Jaarbeeld) -> Iterator[Regel]:
    vorig = of_streep(beeld.vergelijking.klachten_vorig)
    yield "stroom", CIJFER, f"Ontvangen: {getal(beeld.klachten)} ({beeld.periode.vorige.kort}: {vorig})."
    for regel in beeld.termijnen:
        if regel.zegt_iets:
            yield "termijntarieven", CIJFER, f"{regel.termijn_naam} op tijd: {op_tijd(regel.kop)}."
    vaakst = vaakst_genoemd(beeld)
    if vaakst is not None:
        elk = ", elk" if len(vaakst.namen) > 1 else ""
        aantal = f"{getal(vaakst.klachten)} van {getal(beeld.klachten)}"
        yield "categorieen", CIJFER, f"Vaakst genoemd: {opsomming(vaakst.namen)} ({aantal}{elk})."
    yield "stroom", CIJFER, f"Nog open op {datum(beeld.stroom.tot)}: {getal(beeld.stroom.open_einde)}."
