"""A task in words: which step, who must act, in whose place, and how many days are left."""

from __future__ import annotations

from klachten import organisatie, scherm, taal
from klachten.analyse.werk import herinnering, onhaalbaar
from klachten.analyse.werk.escalatie import MAATREGEL_STAPPEN
from klachten.analyse.werk.taaksoort import WISSEN
from klachten.analyse.werk.werkvoorraad import BUITEN, Taak
from klachten.organisatie import Gebruiker
from klachten.scherm import onderdelen
from klachten.scherm.lijsten import posttaken


def toelichting(taak: Taak, gebruiker: Gebruiker, *, mijn: bool = False) -> str:
    """Say which step it is, who must act, and until which day; `mijn`: the list says already that it is the user."""
    wie = "u" if gebruiker.id in taak.personen else _door(taak)
    if gebruiker.id in taak.personen and taak.wie not in (None, gebruiker.id):
        wie = f"{_door(taak)} of u"
    waarvan = f"Stap {taak.stap}" if taak.stap else "Eens per jaar" if taak.soort == WISSEN else "Post"
    delen = [waarvan]
    if taak.namens or not (mijn and wie == "u"):
        delen.append(absent(taak) if taak.namens else f"door {wie}")
    vandaag = scherm.vandaag()
    if taak.uiterlijk_op:
        delen.append(f"{_waarvoor(taak)} uiterlijk {taal.kort(taak.uiterlijk_op, vandaag=vandaag)}".strip())
    org = scherm.register().organisatie
    if posttaken.letter_waits(taak):
        delen.append("de brief staat klaar om per e-mail te gaan")
    if zin := onhaalbaar.why(org, taak, vandaag, herinnering.werkdag(org)):
        delen.append(f"wordt niet meer gehaald: {zin[:1].lower()}{zin[1:].removesuffix('.')}")
    if taak.vestiging:
        delen.append(scherm.reglement().naam_van("vestigingen", taak.vestiging))
    return onderdelen.veilig(" · ".join(delen))


def waarover(taak: Taak) -> str:
    """Say what the klacht of a task is about, as its category is called today; empty for who may not know that."""
    if taak.reeks != "K" or not taak.categorie:
        return ""
    return onderdelen.veilig(scherm.reglement().naam_van("categorieen", taak.categorie))


def _waarvoor(taak: Taak) -> str:
    """Say of which day the days count: a term of the reglement by its name, or what was agreed about one maatregel."""
    if taak.termijn_naam:
        return taak.termijn_naam
    return "afgesproken:" if taak.stap in MAATREGEL_STAPPEN else ""


def herinnerd(taak: Taak) -> str:
    """Say on which day somebody is reminded of it; empty when nobody is."""
    vandaag = scherm.vandaag()
    dag = herinnering.next_day(scherm.register().organisatie, taak, vandaag)
    if dag is None:
        return ""
    return f"Herinnering: {'vandaag' if dag == vandaag else taal.kort(dag, vandaag=vandaag)}."


def absent(taak: Taak) -> str:
    """Say in whose place the reader sees a task, and until when that person is absent."""
    tot = f"tot en met {taal.datum(taak.namens_tot)}" if taak.namens_tot else "zonder bekende laatste dag"
    return f"namens {organisatie.naam(taak.namens)}, afwezig {tot}"


def _door(taak: Taak) -> str:
    """Return who must act in the middle of a sentence: a name, or the role with its article."""
    if taak.wie:
        return taak.wie_naam
    rol = taak.wie_naam[:1].lower() + taak.wie_naam[1:]
    return rol if taak.rol == BUITEN else f"de {rol}"


def dagen(dagen_over: int | None) -> str:
    """Return the days that are left as a badge."""
    if dagen_over is None:
        return onderdelen.badge("n.v.t.", "geen termijn")
    soort = "te laat, nog open" if dagen_over < 0 else "onbepaald, termijn verstreken" if dagen_over <= 7 else "loopt"
    return onderdelen.badge(soort, onderdelen.dagen_tekst(dagen_over))
