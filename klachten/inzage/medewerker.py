"""The answer to a colleague: what is recorded of that person, and of klachten, which are of others, only counts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from klachten import rechten, taal
from klachten.analyse.werk.klachtenlijst import readable
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import GEWIST, BerichtKlaargezet, Gebeurtenis
from klachten.handelingen import reglement_van
from klachten.inzage.antwoord import NIET_GEZOCHT, Antwoord, Deel, Woorden, later_of, source
from klachten.inzage.inhoud import others_in
from klachten.inzage.kijken import looked_at
from klachten.inzage.personen import names_of, replacements
from klachten.inzage.post import mailed_to, numbered_in
from klachten.inzage.schonen import Schoner
from klachten.kijklog import Kijkketen
from klachten.organisatie import Gebruiker, Persoon
from klachten.post.uit.bericht import OVERZICHT
from klachten.register import Register

OVERZICHT_GEHAD = "Een overzicht van uw taken; wat daarin stond, hebt u per e-mail gekregen."
AGENDA = (
    "Of u een adres voor uw agenda hebt, en wanneer dat is gelezen, ziet u op de pagina Mijn agenda. Verder is bewaard "
    "tot waar u hebt gezien wat er nieuw is, en hoe ver u bent in de rondleiding; dat gaat weg met uw aanmelding."
)
PERSOON_GEWIST = "Uw naam en e-mailadres zijn gewist. Wat gewist is, hebben wij niet meer."


def of_medewerker(
    register: Register, persoon: Persoon, wie: Gebruiker, woorden: Woorden, *, op: date, keten: Kijkketen | None = None
) -> Antwoord:
    """Return the answer about a colleague: what is recorded of that person, and of klachten no more than counts."""
    namen, adressen = names_of(register, persoon)
    feiten = Feiten(persoon.nummer, register.vastleggingen(persoon.nummer))
    genoemd = numbered_in(register, (t for v in feiten.vastleggingen for t in v.feit.teksten().values()), wie)
    anderen, contact = others_in(genoemd)
    schoon = Schoner([*namen, *adressen], {**replacements(register, {}, zonder=persoon.id), **anderen}, contact)
    reglement, later, delen = reglement_van(register, None, op=op), later_of(feiten), []
    for v in feiten.vastleggingen:
        kaal = _without_tasks(replace(v.feit, **{veld: schoon(tekst) for veld, tekst in v.feit.teksten().items()}))
        regels = woorden.regels(kaal, reglement)
        delen.append(
            Deel(
                dossier=persoon.nummer,
                wat=woorden.titel(v.feit),
                op=v.feit.gebeurd_op,
                bron=source(v),
                bestand=f"{persoon.nummer}/gegevens.html",
                stand=later.get(v.nr, ""),
                regels=tuple(r if r.getypt else replace(r, waarde=schoon(r.waarde)) for r in regels),
            )
        )
    delen += mailed_to(register, persoon, namen, adressen, wie, woorden)
    zinnen = [f"Wat over u als medewerker is vastgelegd, onder nummer {persoon.nummer}."]
    zinnen += [PERSOON_GEWIST] if persoon.gewist else []
    zinnen += list(_counts(register, persoon, wie))
    gezien = looked_at(keten, lambda regel: regel.over == persoon.id) if keten else ()
    return Antwoord(
        wie=persoon.naam, op=op, zinnen={persoon.nummer: tuple(zinnen)}, delen=tuple(delen), gezien=tuple(gezien),
        slot=(
            "Klachten gaan over anderen: hier staat alleen hoe vaak u erin voorkomt, en wat u erover per e-mail kreeg.",
            "Uw aanmeldnaam en uw aanmeldingen ziet u op de pagina Mijn aanmelding; een wachtwoord is niet leesbaar.",
            AGENDA,
            NIET_GEZOCHT[0],
            NIET_GEZOCHT[2],
        ),
    )  # fmt: skip


def _without_tasks(feit: Gebeurtenis) -> Gebeurtenis:
    """Return an overview of tasks without them: whoever answers may be involved in one of those klachten."""
    if isinstance(feit, BerichtKlaargezet) and feit.waarvoor == OVERZICHT and feit.inhoud not in ("", GEWIST):
        return replace(feit, inhoud=OVERZICHT_GEHAD)
    return feit


_TELT = {
    "ontvanger": "ontving u de klacht", "behandelaar": "was u behandelaar", "betrokkenen": "bent u betrokken",
    "betrokkene": "bent u betrokken", "actienemer": "was u actienemer", "geinformeerde": "werd u geïnformeerd",
    "medewerker": "bent u ingelicht of gehoord", "overlegd_met": "is met u overlegd", "aan": "bent u herinnerd",
}  # fmt: skip
_TELT_IN_EVALUATIE = {
    "directieleden": "evalueerde u", "aanwezigen": "was u aanwezig", "actienemer": "was u actienemer",
    "medewerker": "bent u ingelicht of gehoord", "aan": "bent u herinnerd",
}  # fmt: skip


def _counts(register: Register, persoon: Persoon, wie: Gebruiker) -> Iterator[str]:
    """Say in how many klachten and evaluations somebody was what; only of those that whoever answers may read."""
    rijen = _facts_with(register, persoon.id)
    klachten = sorted({nummer for nummer, *_ in rijen if nummer.startswith("K")})
    with register.cursor() as cursor:
        leesbaar = readable(cursor, klachten, wie)
    gevonden = _found(persoon.id, [rij for rij in rijen if rij[0] in leesbaar], _TELT)
    for zin, n in gevonden.items():
        yield f"In {taal.aantal(n, 'klacht', 'klachten')} {zin}."
    if not gevonden:
        yield "U komt in geen klacht voor."
    if not rechten.mag("inzage", "evaluatie", wie).alles:
        return
    gehouden = [rij for rij in rijen if rij[0].startswith("E")]
    for zin, n in _found(persoon.id, gehouden, _TELT_IN_EVALUATIE).items():
        yield f"In {taal.aantal(n, 'evaluatie', 'evaluaties')} {zin}."


def _facts_with(register: Register, id: str) -> list[tuple[str, str, str]]:
    """Return of the facts of klachten and evaluations that name somebody: number, who recorded it, and what it says."""
    with register.cursor() as cursor:
        return cursor.execute(
            "SELECT klachtnummer, door, gegevens FROM gebeurtenis "
            "WHERE (klachtnummer LIKE 'K%' OR klachtnummer LIKE 'E%') AND (door = $id OR contains(gegevens, $tekst))",
            {"id": id, "tekst": json.dumps(id)},
        ).fetchall()


def _found(id: str, rijen: Sequence[tuple[str, str, str]], telt: Mapping[str, str]) -> dict[str, int]:
    """Return in how many of these dossiers somebody was what."""
    gevonden: dict[str, set[str]] = {}
    for nummer, door, gegevens in rijen:
        inhoud = json.loads(gegevens)
        for veld, zin in telt.items():
            waarde = inhoud.get(veld)
            if id == waarde or (isinstance(waarde, list) and id in waarde):
                gevonden.setdefault(zin, set()).add(nummer)
        if door == id:
            gevonden.setdefault("legde u iets vast", set()).add(nummer)
    return {zin: len(nummers) for zin, nummers in gevonden.items()}
