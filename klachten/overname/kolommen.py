"""The declaration of a file to take over (kolommen.toml): what it means, how it is read, and what each column becomes.

Nothing is guessed: a column that is not named is not taken over, a date is read in the declared form only, and a value
that has no place in the register is a rejected row. Mistakes are told in Dutch with file and key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from klachten import reglement as reglementen
from klachten.overname import besluiten, bestandsvorm, datums, gesteld, maatregelen, oordeel, velden, verder
from klachten.overname.gesteld import Gesteld
from klachten.overname.lezen import Bestandsvorm, OnleesbaarBestand
from klachten.overname.maatregelen import Maatregel
from klachten.overname.oordeel import Oordeel
from klachten.overname.tonen import show
from klachten.overname.velden import FEITEN, TEKSTVELDEN, Datumkolom, Keuzeveld, OngeldigeKolommen, Stapkolom
from klachten.overname.verder import Verder
from klachten.reglement import Reglement
from klachten.reglement.tabel import Tabel, read_toml
from klachten.taal import aantal, opsomming

KORRELS = ("klacht", "gebeurtenis")
VROEGSTE = date(1950, 1, 1)
"""What lies before it is not a day but a word for unknown, unless the declaration says otherwise."""
KEUZELIJSTEN = {
    "kanaal": "kanalen",
    "indiener_soort": "indiener_soorten",
    "vestiging": "vestigingen",
    "categorie": "categorieen",
    "ontvanger": None,
}
SLEUTELS = {
    "bron", "reglement", "korrel", "id", "id_mag_in_journaal", "zaakkolommen", "volgorde_controleren", "bestand",
    "alleen_wijzigingen", "getrokken_op", "volledig_vanaf", "ontvangen_op", "uiterlijk_op", "ingetrokken_op", "teksten",
    "stappen", "maatregelen", "datums", "oordeel", "besluiten", "verder", *KEUZELIJSTEN,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Kolommen:
    """One declaration, checked."""

    bestand: str
    bron: str
    getrokken_op: date | None
    datums_zeker: bool
    vroegste: date
    laatste: date | None
    volledig_vanaf: date | None
    id_kolommen: tuple[str, ...]
    id_mag_in_journaal: bool
    alleen_wijzigingen: bool
    korrel: str
    zaakkolommen: tuple[str, ...]
    vorm: Bestandsvorm
    reglement: Reglement
    reglement_pad: Path | None
    ontvangen_op: Datumkolom
    uiterlijk_op: Gesteld | None
    keuzes: Mapping[str, Keuzeveld]
    teksten: Mapping[str, tuple[str, ...]]
    stappen: tuple[Stapkolom, ...]
    maatregelen: tuple[Maatregel, ...] = ()
    oordeel: Oordeel | None = None
    besluiten: Mapping[str, str] = field(default_factory=dict)
    verder: Verder | None = None

    @property
    def id(self) -> str:
        """What its id is called in a sentence; of more columns a key is made (sleutels.py)."""
        return " + ".join(self.id_kolommen)

    def datums(self) -> Iterator[Datumkolom]:
        """Every column that holds a date."""
        yield self.ontvangen_op
        if self.uiterlijk_op is not None:
            yield self.uiterlijk_op.datum
        yield from (stap.datum for stap in self.stappen)
        yield from (datum for maatregel in self.maatregelen for datum in maatregel.datums.values())

    def values(self) -> Iterator[Keuzeveld]:
        """Every value of the register that a row gives: of the klacht, of its steps and of its maatregelen."""
        yield from self.keuzes.values()
        yield from (keuze for stap in self.stappen for keuze in stap.gegevens.values())
        yield from (een.actienemer for een in self.maatregelen)

    def used(self) -> Iterator[tuple[str, str]]:
        """Key and column of everything that is read from the file."""
        yield from (("id", kolom) for kolom in self.id_kolommen)
        yield from (("zaakkolommen", kolom) for kolom in self.zaakkolommen)
        for datum in self.datums():
            yield f"{datum.sleutel}.kolom", datum.kolom
            if datum.alleen_bij is not None:
                yield f"{datum.sleutel}.alleen_bij.kolom", datum.alleen_bij.kolom
        yield from ((f"{keuze.sleutel}.kolom", keuze.kolom) for keuze in self.values() if keuze.kolom)
        yield from (tekst for maatregel in self.maatregelen for tekst in maatregel.used())
        if self.oordeel is not None:
            yield "oordeel.kolom", self.oordeel.kolom
        if self.verder is not None:
            yield from self.verder.columns()
        for veld, kolommen in self.teksten.items():
            yield from ((f"teksten.{veld}", kolom) for kolom in kolommen)

    def places(self, kop: tuple[str, ...], bestand: str) -> dict[str, int]:
        """The place of each declared column in the header; OngeldigeKolommen when one is not there."""
        ontbreekt = list(dict.fromkeys((sleutel, kolom) for sleutel, kolom in self.used() if kolom not in kop))
        if ontbreekt:
            sleutel, kolom = ontbreekt[0]
            ook = "".join(f", {show(ander)} ({plek})" for plek, ander in ontbreekt[1:])
            raise OngeldigeKolommen(
                f"{self.bestand}, sleutel {sleutel}: kolom {show(kolom)} staat niet in {bestand}"
                f"{f'; evenmin{ook[1:]}' if ook else ''}. {_about_header(kop, [naam for _, naam in ontbreekt])}"
            )
        return {kolom: kop.index(kolom) for _, kolom in self.used()}


def _about_header(kop: tuple[str, ...], ontbreekt: list[str]) -> str:
    """What the header has instead, without repeating a cell of it: what is called a header may be a row."""
    kolommen = aantal(len(kop), "kolom", "kolommen")
    lijkt = [
        f"kolom {kop.index(naam) + 1} ({show(naam)}) lijkt op {show(gezocht)}"
        for gezocht in ontbreekt
        for naam in kop
        if naam != gezocht
        and (naam.casefold() == gezocht.casefold() or gezocht in get_close_matches(naam, [gezocht], 1, 0.85))
    ]
    if lijkt:
        return f"De kopregel heeft {kolommen}; {opsomming(lijkt)}."
    return f"De kopregel heeft {kolommen}, en geen daarvan lijkt erop. Is de eerste regel wel een kopregel?"


def load(pad: Path, eigen: Mapping[str, Reglement] | None = None) -> Kolommen:
    """Read and check a declaration with the reglement it names; OngeldigBestand says what is wrong.

    `eigen` are the reglementen of the register by id; without them those that are built in.
    """
    if not pad.is_file():
        raise OnleesbaarBestand(f"Bestand {pad} met de kolommen is niet gevonden.")
    tabel = Tabel(read_toml(pad, OngeldigeKolommen), pad.name, sleutels=SLEUTELS, fout=OngeldigeKolommen)
    if tabel.ja_nee("volgorde_controleren"):
        tabel.weiger(
            "volgorde_controleren",
            "een overname kan de volgorde van de stappen niet controleren; zet hier false. Alleen onmogelijke datums "
            "worden geweigerd.",
        )
    korrel = tabel.keuze("korrel", KORRELS, "korrel")
    reglement, reglement_pad = _read_reglement(tabel, pad, reglementen.load_all() if eigen is None else eigen)
    stappen = tuple(_read_stappen(tabel, reglement))
    kolommen = Kolommen(
        bestand=pad.name,
        bron=tabel.naam("bron"),
        getrokken_op=_read_getrokken(tabel),
        **_read_datums(tabel),
        volledig_vanaf=tabel.dag("volledig_vanaf"),
        id_kolommen=velden.read_teksten(tabel, "id", verplicht=True),
        id_mag_in_journaal=tabel.ja_nee("id_mag_in_journaal", False),
        alleen_wijzigingen=tabel.ja_nee("alleen_wijzigingen", False),
        korrel=korrel,
        zaakkolommen=_read_zaakkolommen(tabel, korrel),
        vorm=bestandsvorm.read(tabel),
        reglement=reglement,
        reglement_pad=reglement_pad,
        ontvangen_op=velden.read_datum(tabel, "ontvangen_op", "de ontvangst", altijd=True),
        uiterlijk_op=gesteld.read(tabel, reglement),
        keuzes=_read_keuzes(tabel, reglement),
        teksten=_read_teksten(tabel),
        stappen=stappen,
        maatregelen=maatregelen.read(tabel, reglement),
        oordeel=oordeel.read(tabel),
        besluiten=besluiten.read(tabel),
        verder=verder.read(tabel, tabel.dag("getrokken_op")),
    )
    _check_termijnen(tabel, kolommen)
    gesteld.check_clock(tabel, kolommen.uiterlijk_op, stappen)
    _check_korrel(tabel, kolommen)
    return kolommen


def _read_getrokken(tabel: Tabel) -> date | None:
    """The day the source was as the file has it; without it nothing can be said of what is open there."""
    getrokken_op, vanaf = tabel.dag("getrokken_op"), tabel.dag("volledig_vanaf")
    if vanaf is not None and getrokken_op is None:
        tabel.weiger("volledig_vanaf", "zeg ook met getrokken_op op welke dag de bron zo was.")
    if vanaf is not None and getrokken_op is not None and vanaf > getrokken_op:
        tabel.weiger("volledig_vanaf", "deze dag ligt na getrokken_op.")
    return getrokken_op


def _read_datums(tabel: Tabel) -> dict[str, Any]:
    """Whether somebody is sure of the order of day and month, and between which days a date can lie."""
    deel = tabel.tabel("datums", tabel.gegevens.get("datums", {}), ("zeker", "vanaf", "tot"))
    return {
        "datums_zeker": deel.ja_nee("zeker", False),
        "vroegste": deel.dag("vanaf") or VROEGSTE,
        "laatste": deel.dag("tot"),
    }


def _read_reglement(tabel: Tabel, pad: Path, eigen: Mapping[str, Reglement]) -> tuple[Reglement, Path | None]:
    """The small reglement in a file of its own, or one of the register by its id: then there is no file to keep."""
    naam = tabel.tekst("reglement")
    if naam in eigen:
        return eigen[naam], None
    reglement_pad = pad.parent / naam
    if not reglement_pad.is_file():
        ids = ", ".join(sorted(eigen))
        tabel.weiger(
            "reglement", f"bestand {reglement_pad} is niet gevonden, en een reglement heet ook niet zo ({ids})."
        )
    reglement = reglementen.load(reglement_pad)
    if reglement.soort != "overname":
        tabel.weiger(
            "reglement",
            f'{naam} is geen reglement voor een overname; daarin staat soort = "overname". Het eigen reglement noemt u '
            f'bij zijn id, zoals reglement = "{reglement.id}".',
        )
    if reglement.id in reglementen.load_all():
        tabel.weiger("reglement", f"'{reglement.id}' is een ingebouwd reglement; geef dat in {naam} een andere id.")
    return reglement, reglement_pad


def _read_zaakkolommen(tabel: Tabel, korrel: str) -> tuple[str, ...]:
    if korrel == "klacht":
        if "zaakkolommen" in tabel:
            tabel.weiger("zaakkolommen", "dit hoort bij korrel 'gebeurtenis'; hier is elke regel een hele klacht.")
        return ()
    if "zaakkolommen" not in tabel:
        tabel.weiger("zaakkolommen", "deze sleutel ontbreekt; schrijf [] als geen kolom op elke regel hetzelfde zegt.")
    return velden.read_teksten(tabel, "zaakkolommen")


def _read_keuzes(tabel: Tabel, reglement: Reglement) -> dict[str, Keuzeveld]:
    keuzes = {}
    for naam, lijst in KEUZELIJSTEN.items():
        if naam == "ontvanger" and naam not in tabel:
            keuzes[naam] = Keuzeveld(sleutel=naam, vast="onbekend")
        else:
            keuzes[naam] = velden.read_keuze(tabel, naam, reglement, lijst)
    return keuzes


def _read_teksten(tabel: Tabel) -> dict[str, tuple[str, ...]]:
    deel = tabel.tabel("teksten", tabel.gegevens.get("teksten", {}), TEKSTVELDEN)
    return {veld: velden.read_teksten(deel, veld, verplicht=True) for veld in TEKSTVELDEN if veld in deel}


def _read_stappen(tabel: Tabel, reglement: Reglement) -> Iterator[Stapkolom]:
    gezien: set[int] = set()
    for plaats, rauw in enumerate(tabel.lijst("stappen", leeg=True), start=1):
        if not isinstance(rauw, dict):
            tabel.weiger("stappen", "schrijf elke stap als een tabel, met [[stappen]] erboven.")
        deel = tabel.tabel(f"stappen[{plaats}]", rauw, rauw)
        nr = deel.aantal("stap")
        if nr not in FEITEN:
            mogelijk = ", ".join(str(stap) for stap in sorted(FEITEN) if stap)
            deel.weiger("stap", f"stap {nr} kan niet worden overgenomen; mogelijk zijn: {mogelijk}.")
        if nr not in {stap.nr for stap in reglement.stappen}:
            deel.weiger("stap", f"{reglement.bestand} kent geen stap {nr}.")
        if nr in gezien:
            deel.weiger("stap", f"stap {nr} staat er twee keer.")
        gezien.add(nr)
        yield velden.read_stap(tabel, f"stappen[{plaats}]", rauw, nr, reglement)
    if "ingetrokken_op" in tabel:
        yield velden.read_stap(tabel, "ingetrokken_op", tabel.gegevens["ingetrokken_op"], 0, reglement)


def _check_termijnen(tabel: Tabel, kolommen: Kolommen) -> None:
    """A term that nothing in the file can start or end would never be met."""
    stappen = {stap.nr for stap in kolommen.stappen}
    stappen = stappen.union(*(maatregel.steps() for maatregel in kolommen.maatregelen))
    for termijn in kolommen.reglement.termijnen:
        # Of the own reglement a term may stay undecided: not every source has maatregelen.
        if kolommen.reglement_pad is None and termijn.geldt != "altijd":
            continue
        if not stappen & set(termijn.einde):
            tabel.weiger(
                "stappen",
                f"termijn '{termijn.id}' van {kolommen.reglement.bestand} eindigt met stap "
                f"{' of '.join(map(str, termijn.einde))}, maar die wordt niet overgenomen.",
            )
        if termijn.vanaf != "ontvangen" and int(termijn.vanaf[-2:]) not in stappen:
            tabel.weiger(
                "stappen",
                f"termijn '{termijn.id}' van {kolommen.reglement.bestand} begint bij {termijn.vanaf}, maar die stap "
                "wordt niet overgenomen.",
            )


def _check_korrel(tabel: Tabel, kolommen: Kolommen) -> None:
    """In an event log a klacht has one value of a case column, and must say which row of any other column counts."""
    zaak = {*kolommen.id_kolommen, *kolommen.zaakkolommen}
    per_regel = kolommen.korrel == "gebeurtenis"
    by_key = {datum.sleutel: datum for datum in kolommen.datums()}
    for datum in by_key.values():
        if not per_regel or datum.kolom in zaak:
            if datum.neem:
                tabel.weiger(f"{datum.sleutel}.neem", "dit hoort bij een kolom die per gebeurtenis verschilt.")
        elif not datum.neem:
            tabel.weiger(
                datum.sleutel,
                f"kolom {show(datum.kolom)} is geen zaakkolom en verschilt dus per regel. Zet haar bij zaakkolommen, "
                'of zeg met neem = "eerste" of neem = "laatste" welke regel telt.',
            )
    for sleutel, kolom in kolommen.used() if per_regel else ():
        if sleutel == "oordeel.kolom":  # what the source finds is read on the first row
            continue
        datum = by_key.get(sleutel.rpartition(".alleen_bij")[0] or sleutel.removesuffix(".kolom"))
        if kolom not in zaak and (datum is None or not datum.neem):
            tabel.weiger(sleutel, f"kolom {show(kolom)} verschilt per regel; zet haar bij zaakkolommen.")


__all__ = ["Datumkolom", "Gesteld", "Keuzeveld", "Kolommen", "OngeldigeKolommen", "Stapkolom", "datums", "load"]
