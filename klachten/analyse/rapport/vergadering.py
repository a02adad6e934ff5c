"""The papers of an evaluation meeting: the agenda before it and the minutes after it, as blocks (step 16).

The page draws the same blocks as the PDF, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from klachten.analyse.rapport.bevroren import periode_van
from klachten.analyse.rapport.blokken import (
    GEEN,
    Blok,
    alinea,
    cijfers,
    citaat,
    dag,
    getal,
    kop,
    noot,
    punten,
    schrijfruimte,
    tabel,
)  # fmt: skip
from klachten.analyse.rapport.onderdelen import Onderdeel, nog_niet_om, onderdelen
from klachten.analyse.rapport.terugblik import al_geconcludeerd, over_een_deel, terug
from klachten.analyse.rapport.vervolg import Afspraak, Evaluatie, dag_van
from klachten.gebeurtenissen import ONDERDELEN
from klachten.taal import datum, opsomming

Cijfers = Mapping[str, Any]
SCHRIJFREGELS = 2
BREED = 72
"""Of a chart, in percent of the page: there is room to write beside the figures of a section on one page."""
NIET_APART = "Hierover is niets apart geconcludeerd."
EINDCONCLUSIE = "Eindconclusie"
ALS_GEHEEL = (
    f"In deze evaluatie is niet per onderdeel geconcludeerd; de conclusies staan als geheel onder {EINDCONCLUSIE}."
)


def agenda(
    geteld: Cijfers,
    vorige: Evaluatie | None,
    teksten: Mapping[str, Afspraak],
    eerder: Evaluatie | None = None,
    binnen: Sequence[Evaluatie] = (),
    *,
    heropent: bool = False,
    opgemaakt_op: date,
) -> dict[str, Any]:
    """Return the agenda; `teksten`: every verbeteractie by 'E2026-0001 · 1', `vorige`: the evaluation before.

    `eerder`: one about the same days, which this one reopens (`heropent`) or which was an interim one. `binnen`: those
    of parts of the period that were over.
    """
    p = periode_van(geteld)
    blokken: list[Blok] = []
    for deel in onderdelen(geteld, vorige):
        blokken += [kop(deel.titel), alinea(deel.vraag), *_gegeven(deel)]
        blokken += terug(deel.id, geteld, vorige, teksten, binnen, op_papier=True)
        blokken += al_geconcludeerd(eerder, eerder.onderdelen.get(deel.id, "") if eerder else "", heropent=heropent)
        blokken.append(schrijfruimte(SCHRIJFREGELS, "Wat concluderen wij, en welke verbeteractie volgt daaruit?"))
    blokken += [
        kop(EINDCONCLUSIE),
        alinea(
            "Wat is de conclusie over het geheel? Daarna leest de voorzitter de verbeteracties op, met wie wat wanneer "
            "doet."
        ),
        *al_geconcludeerd(eerder, eerder.conclusies if eerder else "", heropent=heropent),
        schrijfruimte(SCHRIJFREGELS + 1, EINDCONCLUSIE),
    ]
    tussentijds = f" · tussentijds: {zin.rstrip('.')}" if (zin := nog_niet_om(geteld)) else ""
    return _stuk(
        f"Agenda evaluatie over {p.naam}",
        f"Cijfers zoals zij stonden op {datum(dag_van(geteld['peildatum']))}{tussentijds} · vertrouwelijk",
        geteld,
        blokken,
        organisatie=geteld["reglement"]["organisatie"],
        dag_=opgemaakt_op,
    )


def _gegeven(deel: Onderdeel) -> list[Blok]:
    """The figure, what is said of it, the chart, and the caveat."""
    blokken = [*_groot(deel), *_kern(deel)]
    if deel.figuur:
        blokken.append({**deel.figuur, "onderdeel": deel.id, "breed": BREED})
    return [*blokken, noot(deel.voorbehoud)]


def _groot(deel: Onderdeel) -> list[Blok]:
    """The large figures, and those for which there is no room."""
    return [*([cijfers(deel.cijfers)] if deel.cijfers else []), *([noot(deel.rest)] if deel.rest else [])]


def _kern(deel: Onderdeel) -> list[Blok]:
    """What is said of a section at once; what waits for a decision as a list."""
    if deel.id == "besluiten":
        return [punten([(zin, False) for zin in deel.kern])]
    return [alinea(zin) for zin in deel.kern]


def notulen(
    evaluatie: Evaluatie,
    geteld: Cijfers | None,
    vorige: Evaluatie | None,
    binnen: Sequence[Evaluatie] = (),
    *,
    organisatie: str,
) -> dict[str, Any]:
    """Return the minutes: who was there, per section the frozen figure, what was concluded, and who does what when.

    `geteld`: the figures that the evaluation froze; None when it froze none. `binnen`: the evaluations of parts of the
    period, whose conclusions stand below its own.
    """
    per_deel = {deel.id: deel for deel in onderdelen(geteld, vorige)} if geteld else {}
    # Without a heading: the sections keep the numbers that they have on the agenda.
    blokken = _aanwezig(evaluatie)
    heeft_delen = bool(evaluatie.onderdelen) or any(een.onderdeel for een in evaluatie.afspraken)
    if not heeft_delen:
        blokken.append(noot(ALS_GEHEEL))
    if geteld is None:
        blokken.append(noot("Bij deze evaluatie zijn geen cijfers bevroren."))
    for id, titel in ONDERDELEN.items():
        deel, conclusie = per_deel.get(id), evaluatie.onderdelen.get(id, "")
        acties = [een for een in evaluatie.afspraken if een.onderdeel == id]
        van_delen = [(een, conclusie_) for een in binnen if (conclusie_ := een.onderdelen.get(id))]
        if not (deel or conclusie or acties or van_delen):
            continue
        blokken.append(kop(titel))
        if deel:
            blokken += [*_groot(deel), *_kern(deel), noot(deel.voorbehoud)]
        if conclusie:
            blokken.append(citaat(conclusie))
            if (op := evaluatie.later.get(id)) is not None:
                blokken.append(noot(f"Na de vergadering vastgelegd, op {datum(op)}."))
        elif heeft_delen:
            blokken.append(alinea(NIET_APART))
        if acties:
            blokken.append(afgesproken("Wat daaruit volgt", acties, evaluatie.gehouden_op))
        blokken += _van_delen(van_delen)
    blokken += [kop(EINDCONCLUSIE), citaat(evaluatie.conclusies or "Er zijn geen conclusies vastgelegd.")]
    blokken += _van_delen([(een, een.conclusies) for een in binnen if een.conclusies])
    if evaluatie.vervangt:
        reden = evaluatie.reden or "niet vermeld"
        blokken.append(
            noot(f"Dit is versie {evaluatie.versie}; zij volgt op evaluatie {evaluatie.vervangt}. Reden: {reden}")
        )
    blokken.append(kop("Afspraken"))
    if evaluatie.afspraken:
        blokken.append(
            afgesproken("Alle verbeteracties", evaluatie.afspraken, evaluatie.gehouden_op, met_onderdeel=True)
        )
    else:
        blokken.append(alinea("Er zijn geen verbeteracties bepaald."))
    versie = f", versie {evaluatie.versie}" if evaluatie.versie > 1 else ""
    stand_op = f" · cijfers van {datum(dag_van(geteld['peildatum']))}" if geteld else ""
    return _stuk(
        f"Notulen evaluatie over {evaluatie.over}",
        f"Gehouden op {datum(evaluatie.gehouden_op)} · {evaluatie.nummer}{versie}{stand_op} · vertrouwelijk",
        geteld,
        blokken,
        organisatie=organisatie,
        dag_=evaluatie.gehouden_op,
    )


def _van_delen(conclusies: Iterable[tuple[Evaluatie, str]]) -> list[Blok]:
    return [blok for een, conclusie in conclusies for blok in (kop(over_een_deel(een), 2), citaat(conclusie))]


def _aanwezig(evaluatie: Evaluatie) -> list[Blok]:
    wie = evaluatie.directieleden
    delen = [f"{opsomming(wie)} {'evalueerden' if len(wie) > 1 else 'evalueerde'} de klachten van {evaluatie.over}."]
    if evaluatie.aanwezigen:
        delen.append(f"Ook aanwezig: {opsomming(evaluatie.aanwezigen)}.")
    if evaluatie.vastgelegd_door:
        delen.append(f"Vastgelegd door {evaluatie.vastgelegd_door}.")
    return [alinea(" ".join(delen))]


def afgesproken(titel: str, afspraken: Sequence[Afspraak], gehouden_op: date, *, met_onderdeel: bool = False) -> Blok:
    """Who does what by when; of what was agreed on another day than the meeting, which."""
    kolommen = ["Nr", "Verbeteractie", "Wie", "Uiterlijk"]
    rijen = [
        [een.nr.rpartition(" ")[2], _omschrijving(een, gehouden_op), een.actienemer, dag(een.uiterlijk_op.isoformat())]
        for een in afspraken
    ]
    if met_onderdeel:
        kolommen.append("Volgt uit")
        for rij, een in zip(rijen, afspraken, strict=True):
            rij.append(ONDERDELEN.get(een.onderdeel, GEEN))
    return tabel(titel, kolommen, rijen, tekst=range(len(kolommen)), breed=(1,))


def _omschrijving(een: Afspraak, gehouden_op: date) -> str:
    later = "" if een.bepaald_op == gehouden_op else f" (na de vergadering bepaald, op {datum(een.bepaald_op)})"
    return f"{een.omschrijving or GEEN}{later}"


def _stuk(
    titel: str, ondertitel: str, geteld: Cijfers | None, blokken: list[Blok], *, organisatie: str, dag_: date
) -> dict[str, Any]:
    """Return what the template is given."""
    for blok, volgende in pairwise(blokken):
        # What is asked stays on the page of what answers it.
        blok["plakt"] = blok["soort"] == "alinea" and volgende["soort"] in ("cijfers", "tabel", "figuur")
    blokken[-1]["plakt"] = False
    voet = titel
    if geteld:
        h = geteld["herkomst"]
        voet = (
            f"{titel} · zegel {h['zegel'][:12]} · {getal(h['aantal_feiten'])} feiten · peildatum "
            f"{datum(dag_van(geteld['peildatum']))} · klachten {h['software_versie']}"
        )
    return {
        "titel": titel,
        "organisatie": organisatie,
        "ondertitel": ondertitel,
        "datum": [dag_.year, dag_.month, dag_.day],
        "tegels": [],
        "blokken": blokken,
        "voet": voet,
    }
