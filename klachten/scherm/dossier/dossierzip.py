"""The whole klachtdossier as one zip: the documents, the history as text, and an inventory that says what lacks.

It is made while it goes out, one document in memory at a time. The inventory comes last: it tells how each came out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from klachten import bestandsnaam, handelingen, scherm, taal
from klachten.dossier.klacht import Dossier
from klachten.dossier.lezen import mag_lezen
from klachten.dossier.stukken import Reeks, Stuk, all_of, by_document
from klachten.dossier.weigering import Weigering
from klachten.handelingen import Geweigerd
from klachten.handelingen.document import RICHTINGEN, SOORTEN
from klachten.inzage import bundel
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.reglement import Reglement
from klachten.scherm import afwijkingen
from klachten.scherm.aanbod import Maker
from klachten.scherm.dossier import feit as feitbeeld
from klachten.scherm.dossier import historie, stuk
from klachten.versleuteling import SleutelOntbreekt

UITVOER = "dossierzip"
INVENTARIS, GESCHIEDENIS = "inventaris.html", "geschiedenis.txt"
KOP = (
    "Feit", "Stuk", "Soort", "Datum op het stuk", "In het dossier", "In of uit", "Van", "Aan", "Versie",
    "Kenmerk (sha256)", "Bestand in deze zip",
)  # fmt: skip
VERZEGELD = (
    "Het kenmerk van elk stuk is in het journaal verzegeld: klopt de sha256 van een bestand, dan is het precies wat is "
    "vastgelegd."
)
WEG = "Ontbreekt: het bestand staat niet meer in het dossier. Het is gewist of kwijt."
DICHT = "Ontbreekt: de sleutel waarmee dit stuk is versleuteld, is er niet."
VERANDERD = "Ontbreekt: het bestand is veranderd sinds het is vastgelegd."


def maker(klachtnummer: str, gebruiker: Gebruiker) -> Maker:
    """Return what makes the zip; whether its reader may read the whole dossier is asked again then."""
    register, vandaag = scherm.register(), scherm.vandaag()

    def maak() -> Iterator[bytes]:
        dossier = handelingen.dossier_van(register, klachtnummer)
        if not isinstance(dossier, Dossier) or (zin := mag_lezen(dossier, gebruiker)):
            raise Geweigerd(
                zin if isinstance(dossier, Dossier) else Weigering("ander_dossier", f"{klachtnummer} is geen klacht.")
            )
        reglement = handelingen.reglement_van(register, dossier, op=vandaag)
        return bundel.stream_files(_files(register, dossier, reglement, gebruiker, vandaag), vandaag)

    return Maker(UITVOER, maak, klachtnummer)


def _files(
    register: Register, dossier: Dossier, reglement: Reglement, gebruiker: Gebruiker, op: date
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    rijen: list[tuple[str, ...]] = []
    for volgnr, (een, versie) in enumerate(_in_order(by_document(all_of(dossier))), start=1):
        inhoud = _read(register, dossier.klachtnummer, een)
        waar = inhoud if isinstance(inhoud, str) else _place(volgnr, een, inhoud)
        rijen.append(_row(een, versie, waar))
        if isinstance(inhoud, bytes):
            yield waar, lambda inhoud=inhoud: inhoud
    yield GESCHIEDENIS, lambda: _history(dossier, reglement, gebruiker).encode("utf-8-sig")
    dicht = sum(1 for _ in register.dossiers.closed(dossier.klachtnummer)) if register.dossiers.sleutels else 0
    yield INVENTARIS, lambda: _inventory(dossier, rijen, gebruiker, op, dicht).encode()


def _in_order(reeksen: tuple[Reeks, ...] | list[Reeks]) -> Iterator[tuple[Stuk, str]]:
    """Every version of every document, each with what it is to the others: the newest first, then its attachments."""
    for reeks in reeksen:
        hoeveel = len(reeks.eerder) + 1
        bijlage = f"bijlage bij feit {reeks.nu.bij}" if reeks.nu.bij is not None else ""
        for nummer, een in zip(range(hoeveel, 0, -1), (reeks.nu, *reeks.eerder), strict=True):
            versie = f"versie {nummer} van {hoeveel}" if hoeveel > 1 else ""
            yield een, "; ".join(filter(None, (versie, bijlage)))
        yield from _in_order(reeks.bijlagen)


def _read(register: Register, klachtnummer: str, een: Stuk) -> bytes | str:
    """Return the content of a document, or the sentence that says why it is not in the zip."""
    try:
        return register.document(klachtnummer, een.feit.document)
    except SleutelOntbreekt:
        return DICHT
    except ValueError:
        return VERANDERD
    except OSError:
        return WEG


def _place(volgnr: int, een: Stuk, inhoud: bytes) -> str:
    return f"stukken/{volgnr:03} {stuk.with_ending(bestandsnaam.handed_out(een.feit.naam), inhoud)}"


def _row(een: Stuk, versie: str, waar: str) -> tuple[str, ...]:
    feit = een.feit
    return (
        str(een.nr), feit.naam or "stuk zonder naam", dict(SOORTEN).get(feit.soort_document, feit.soort_document),
        _day(een.dag), _day(feit.gebeurd_op), dict(RICHTINGEN).get(feit.richting, ""), feit.van, feit.aan, versie,
        feit.document, waar,
    )  # fmt: skip


def _day(dag: date) -> str:
    return f"{dag:%d-%m-%Y}"


def _inventory(dossier: Dossier, rijen: list[tuple[str, ...]], wie: Gebruiker, op: date, dicht: int) -> str:
    laatste = dossier.vastleggingen[-1]
    zinnen = [
        f"Gemaakt op {taal.datum(op)} door {wie.naam}, tot en met feit {laatste.nr} (zegel {laatste.zegel}).",
        f"Alles wat is vastgelegd staat in {GESCHIEDENIS}. {VERZEGELD}",
    ]
    if dossier.gewist:
        zinnen.append(f"De teksten en stukken van dit dossier zijn gewist op {taal.datum(dossier.gewist.gebeurd_op)}.")
    if dicht:
        zinnen.append(f"{taal.aantal(dicht, 'tekst is', 'teksten zijn')} niet te lezen: de sleutel ervan ontbreekt.")
    if not rijen:
        zinnen.append("Er zijn geen stukken in dit dossier.")
    return "".join(
        [
            bundel.KOP.format(titel=f"Dossier van klacht {dossier.klachtnummer}"),
            bundel.lines(zinnen),
            "<h2>Inventaris</h2>",
            bundel.table(KOP, rijen),
            "</body></html>\n",
        ]
    )


def _history(dossier: Dossier, reglement: Reglement, gebruiker: Gebruiker) -> str:
    """Return every fact that this user may see, in the order of recording, as text."""
    geldig = {v.nr for v in dossier.geldig}
    uit = [f"Klacht {dossier.klachtnummer}: alles wat is vastgelegd, het oudste eerst.", ""]
    for v in historie.zichtbaar(dossier, gebruiker):
        feit = historie.readable(dossier.as_read(v), gebruiker)
        stap = f"Stap {feit.stap}. " if feit.stap else ""
        corrigeert = f", over feit {v.corrigeert}" if v.corrigeert else ""
        stand = "" if v.nr in geldig else " (geldt niet meer)"
        uit.append(f"Feit {v.nr}{corrigeert}: {taal.datum(feit.gebeurd_op)}. {stap}{feitbeeld.titel(feit)}{stand}")
        regels = [(regel.label, regel.waarde) for regel in feitbeeld.regels(feit, reglement)]
        if feit.afwijkingen:
            regels.append(
                ("Vastgelegde afwijking van het reglement", afwijkingen.opgesomd(feit.afwijkingen, reglement))
            )
        regels += [
            (feitbeeld.LABELS[naam], tekst) for naam in ("reden", "reden_afwijking") if (tekst := getattr(feit, naam))
        ]
        for label, waarde in regels:
            ingesprongen = "\n      ".join(waarde.splitlines())
            uit.append(f"  {label}: {ingesprongen}")
        uit += [f"  Vastgelegd door {feitbeeld.wie_wanneer_kaal(v)}. Zegel {v.zegel}", ""]
    return "\n".join(uit)
