"""What was mailed to a colleague about klachten and evaluations, which are of others: those are left out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from klachten import gebeurtenissen as g
from klachten import rechten
from klachten.dossier.klacht import Feiten
from klachten.handelingen import dossier_van, reglement_van
from klachten.inzage.antwoord import Deel, Woorden, source
from klachten.inzage.inhoud import GELEZEN, NIET_NAGEKEKEN, others_in
from klachten.inzage.personen import colleagues, replacements
from klachten.inzage.schonen import Schoner
from klachten.inzage.zoeken import may_answer
from klachten.organisatie import Gebruiker, Persoon
from klachten.register import Register
from klachten.register.nummers import in_text

_NUMMER = in_text("KS")


def mailed_to(
    register: Register, persoon: Persoon, namen: Iterable[str], adressen: Iterable[str], wie: Gebruiker,
    woorden: Woorden,
) -> list[Deel]:  # fmt: skip
    """Return the e-mails to somebody in dossiers that whoever answers may read, without the others in them."""
    eigen = [*namen, *adressen]
    uit = []
    for nummer, nr in _found(register, adressen):
        if (feiten := _readable(register, nummer, wie)) is None:
            continue
        anderen, contact = others_in([feiten], {(nr, "aan")}, eigen)
        collegas = replacements(register, colleagues(feiten), zonder=persoon.id)
        schoon = Schoner(eigen, {**collegas, **anderen}, contact)
        v = next(v for v in feiten.vastleggingen if v.nr == nr)
        assert isinstance(v.feit, g.BerichtKlaargezet)
        kaal = g.BerichtKlaargezet(
            gebeurd_op=v.feit.gebeurd_op, waarvoor=v.feit.waarvoor,
            **{veld: schoon(getattr(v.feit, veld)) for veld in GELEZEN},
        )  # fmt: skip
        regels = woorden.regels(kaal, reglement_van(register, None, op=v.feit.gebeurd_op))
        deel = Deel(
            dossier=persoon.nummer, wat="E-mail aan u", op=v.feit.gebeurd_op, bron=source(v), regels=tuple(regels),
            bestand=f"{persoon.nummer}/gegevens.html",
        )  # fmt: skip
        uit.append(deel)
        if v.feit.document:
            uit.append(replace(deel, wat=f"Stuk: {kaal.naam}", regels=(), bestand="", waarom_niet=NIET_NAGEKEKEN))
    return uit


def numbered_in(register: Register, teksten: Iterable[str], wie: Gebruiker) -> list[Feiten]:
    """Return the dossiers whose numbers stand in texts, as far as whoever answers may read them."""
    nummers = sorted({gevonden.upper() for tekst in teksten for gevonden in _NUMMER.findall(tekst)})
    return [feiten for nummer in nummers if (feiten := may_answer(register, nummer, wie)) is not None]


def _found(register: Register, adressen: Iterable[str]) -> list[tuple[str, int]]:
    gezocht = [adres.casefold() for adres in adressen]
    with register.cursor() as cursor:
        return cursor.execute(
            "SELECT bericht.klachtnummer, bericht.nr FROM bericht JOIN tekst ON tekst.nr = bericht.nr "
            "WHERE tekst.veld = 'aan' AND bericht.klachtnummer NOT LIKE 'P%' "
            "AND lower(tekst.tekst) IN (SELECT unnest($adressen)) ORDER BY bericht.nr",
            {"adressen": gezocht},
        ).fetchall()


def _readable(register: Register, nummer: str, wie: Gebruiker) -> Feiten | None:
    if nummer.startswith("E"):
        return dossier_van(register, nummer) if rechten.mag("inzage", "evaluatie", wie).alles else None
    return may_answer(register, nummer, wie)
