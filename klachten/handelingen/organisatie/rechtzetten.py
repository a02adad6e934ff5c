"""Putting right what was recorded wrongly about the organisation or a person, and taking back what was not so.

A corrected fact has to pass the form that it came from, on the organisation as it is without it; and nothing that was
done since may lose what it rested on: somebody acted, or was named, in a role on a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date
from typing import Any

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen.handeling import HANDELINGEN, Zaak
from klachten.handelingen.organisatie.gedeeld import (
    as_recorded,
    check_bezetting,
    check_naam_nu,
    organisatie_van,
    persoon_van,
)
from klachten.handelingen.organisatie.personen import check_mail, check_roles_together
from klachten.handelingen.veld import Veld
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.organisatie import ROLLEN, Organisatie, Persoon
from klachten.taal import datum
from klachten.tijdzone import NEDERLAND

_NAAM = ("voornaam", "tussenvoegsel", "achternaam", "e_mail")
VELDEN: dict[type[Gebeurtenis], tuple[str, tuple[str, ...]]] = {
    g.OrganisatieIngericht: ("inrichten_organisatie", ("naam",)),
    g.OrganisatieGewijzigd: (
        "wijzigen_organisatie",
        ("vanaf", "naam", "adres", "postadres", "telefoon", "e_mail", "website"),
    ),
    g.HuisstijlGesteld: (
        "stellen_huisstijl",
        ("vanaf", "kleur", "tweede_kleur", "lettertype", "ondertekening", "voettekst"),
    ),
    g.KeuzeToegevoegd: ("toevoegen_keuze", ("naam", "vanaf")),
    g.KeuzeHernoemd: ("hernoemen_keuze", ("naam", "vanaf")),
    g.KeuzeSamengevoegd: ("samenvoegen_keuze", ("vanaf",)),
    g.KeuzeBeeindigd: ("beeindigen_keuze", ("laatste_dag",)),
    g.VestigingGewijzigd: ("wijzigen_vestiging", ("vanaf", "adres", "telefoon")),
    g.StreeftermijnGesteld: ("stellen_streeftermijn", ("naam",)),
    g.DagenGelijkgesteld: ("gelijkstellen_dagen", ("naam", "nummer", "bekend_tot")),
    g.PersoonToegevoegd: ("toevoegen_persoon", ("vanaf", *_NAAM, "vestiging")),
    g.PersoonGewijzigd: ("wijzigen_persoon", ("vanaf", *_NAAM, "vestiging")),
    g.RolGegeven: ("geven_rol", ("vanaf", "tot", "vestiging")),
    g.RolBeeindigd: ("beeindigen_rol", ("laatste_dag",)),
    g.PersoonVertrokken: ("vertrekken_persoon", ("laatste_dag", "overgedragen_aan")),
}
"""Of each kind of fact the form that records it, and what of it can be put right; the rest makes it another fact."""
# Their form asks for other fields than the fact has, or makes what is there already.
_ZONDER_VORM = (
    g.OrganisatieIngericht,
    g.PersoonToegevoegd,
    g.KeuzeToegevoegd,
    g.StreeftermijnGesteld,
    g.DagenGelijkgesteld,
)
# What other facts name by its id, or what the register begins with.
BLIJFT = (g.OrganisatieIngericht, g.PersoonToegevoegd, g.PersoonGewist, g.KeuzeToegevoegd, *g.OVER_BEWAREN)
_AFWEZIG = (g.AfwezigheidGemeld, g.AfwezigheidGewijzigd, g.AfwezigheidVervallen)
_GENOEMD: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("behandelaar", ("behandelaar",), ("BehandelaarToegewezen", "BehandelaarVervangen")),
    (
        "actienemer",
        ("actienemer", "directie"),
        ("MaatregelBepaald", "MaatregelGewijzigd", "VerbeteractieBepaald", "VerbeteractieGewijzigd"),
    ),
    ("geinformeerde", ("coordinator", "directie"), ("CoordinatorGeinformeerd",)),
    (
        "overlegd_met",
        ("directie",),
        ("MaatregelBepaald", "GeenMaatregelenNodig", "MaatregelGewijzigd", "MaatregelVervallen"),
    ),
    ("akkoord_door", ("directie",), ("ReglementVersieToegevoegd", "ReglementGekozen")),
    ("directieleden", ("directie",), ("EvaluatieGehouden",)),
)
"""The facts that name somebody: the field, the roles of which one is enough for it, and the kinds."""


def velden(feit: Gebeurtenis) -> tuple[Veld, ...]:
    """Return the fields of a fact that can be put right, as its form has them; none for a fact of another kind."""
    naam, eigen = VELDEN.get(type(feit), ("", ()))
    return tuple(veld for veld in HANDELINGEN[naam].velden if veld.naam in eigen) if naam else ()


def withdrawable(feit: Gebeurtenis) -> bool:
    """Tell whether a fact can be taken back, as far as its kind says."""
    return not isinstance(feit, (*BLIJFT, *_AFWEZIG, g.FeitHerroepen))


def check_not_erased(zaak: Zaak) -> None:
    """Refuse what is about somebody whose names were erased: there is nothing left to put right."""
    if zaak.klachtnummer.startswith("P"):
        persoon_van(zaak)


def check_corrected_own(zaak: Zaak, huidig: Vastlegging, nieuw: Gebeurtenis) -> None:
    """Refuse a correction that its own form would refuse, or that what came after it does not bear."""
    zonder = _without(zaak, huidig)
    if not isinstance(nieuw, _ZONDER_VORM):
        vorm = HANDELINGEN[VELDEN[type(nieuw)][0]]
        eigen = {veld.name: getattr(nieuw, veld.name) for veld in fields(nieuw)}
        leeg = {"logo": None, "zonder_logo": False}
        vorm.lichaam(zonder, **{veld.naam: eigen.get(veld.naam, leeg.get(veld.naam)) for veld in vorm.velden})
        zaak.waarschuwingen += zonder.waarschuwingen
    _check_name(zaak, huidig, nieuw)
    _check_after(zaak, huidig, nieuw)


def check_withdrawn_own(zaak: Zaak, huidig: Vastlegging, feit: Gebeurtenis) -> None:
    """Refuse taking back what other facts rest on."""
    if isinstance(huidig.feit, BLIJFT):
        raise Geweigerd(
            f"Feit {zaak.corrigeert} kan niet herroepen worden: er kan al naar verwezen zijn. Beëindig of wijzig het.",
            soort="anders_recht_te_zetten",
        )
    if isinstance(huidig.feit, g.BestandOvergenomen | g.BronOvergenomen | g.OvergangVastgelegd):
        raise Geweigerd(
            "Een overname draait u in haar geheel terug, met de opdracht importeer --terugdraaien.",
            soort="anders_recht_te_zetten",
        )
    if isinstance(huidig.feit, _AFWEZIG):
        raise Geweigerd(
            "Een afwezigheid herroept u niet: wijzig haar, of laat haar vervallen.", soort="anders_recht_te_zetten"
        )
    check_not_erased(zaak)
    _check_after(zaak, huidig, feit)


def with_fact(zaak: Zaak, feit: Gebeurtenis) -> Organisatie:
    """Return the organisation as it would be with this fact recorded as a correction."""
    return zaak.register.inrichting.organisatie_met([*zaak.boeking.feiten, *as_recorded(zaak, [feit])])


def _check_name(zaak: Zaak, huidig: Vastlegging, nieuw: Gebeurtenis) -> None:
    """What the forms that are not asked again would say of a name."""
    if isinstance(nieuw, g.PersoonToegevoegd):
        for deel in ("voornaam", "achternaam", "e_mail"):
            if not getattr(nieuw, deel) and getattr(huidig.feit, deel):
                raise OngeldigeInvoer({deel: "Vul dit in."})
        check_mail(zaak, nieuw.e_mail, nieuw.vanaf, persoon_van(zaak))
    if isinstance(nieuw, g.KeuzeToegevoegd):
        anderen = [k for k in zaak.reglement.keuzes(nieuw.lijst) if k.id != nieuw.id]
        if any(k.naam.lower() == nieuw.naam.lower() and k.geldig_tot is None for k in anderen):
            raise OngeldigeInvoer({"naam": f"'{nieuw.naam}' staat al in de lijst."})
        with zaak.register.cursor() as cursor:
            vroegst = cursor.execute("SELECT eerste FROM keuze_gebruik(?) WHERE keuze = ?", [nieuw.lijst, nieuw.id])
            eerste = next((dag for (dag,) in vroegst.fetchall()), None)
        if eerste is not None and eerste < nieuw.vanaf:
            raise OngeldigeInvoer(
                {"vanaf": f"Er is al een klacht van {datum(eerste)} met deze keuze. Kies een eerdere dag."}
            )
    if isinstance(nieuw, g.OrganisatieIngericht | g.StreeftermijnGesteld | g.DagenGelijkgesteld) and not nieuw.naam:
        raise OngeldigeInvoer({"naam": "Naam: vul dit in."})
    if isinstance(nieuw, g.OrganisatieGewijzigd):
        check_naam_nu(zaak, nieuw.vanaf, nieuw.naam)


def _check_after(zaak: Zaak, huidig: Vastlegging, feit: Gebeurtenis) -> None:
    check_bezetting(zaak, feit)
    voor, na = organisatie_van(zaak), with_fact(zaak, feit)
    for id, toen in voor.mensen.items():
        nu = na.mensen.get(id)
        if nu is None or nu == toen:
            continue
        check_roles_together(nu)
        _check_used(zaak, toen, nu)
        # Also who works here longer than was recorded may meet a colleague with the same address.
        eerste = min(periode.van for periode in nu.in_dienst)
        check_mail(zaak, nu.naamdelen.e_mail, max(eerste, zaak.vandaag), toen)


def _check_used(zaak: Zaak, toen: Persoon, nu: Persoon) -> None:
    """Refuse what leaves a fact without the role that somebody had in it on its day."""
    weg = [
        (dag, nr, min(had), wat)
        for rollen, dag, nr, wat in _uses(zaak, toen.id)
        if (had := toen.rollen_op(dag).intersection(rollen)) and nu.rollen_op(dag).isdisjoint(rollen)
    ]
    if not weg:
        return
    dag, nr, rol, wat = min(weg)
    meer = f" Dat geldt voor nog {len(weg) - 1} dagen of feiten." if len(weg) > 1 else ""
    raise Geweigerd(
        f"Dit kan niet: op {datum(dag)} {wat.format(naam=toen.naam)} (feit {nr}), en dan had {toen.naam} die dag de "
        f"rol {ROLLEN[rol].lower()} niet.{meer} Beëindig de rol vanaf een latere dag.",
        soort="rol_gebruikt",
    )


def _uses(zaak: Zaak, persoon: str) -> Iterator[tuple[tuple[str, ...], date, int, str]]:
    """Give what somebody used a role for: the roles of which one was enough, the day, the first fact, how to say it."""
    with zaak.register.cursor() as cursor:
        gedaan = cursor.execute(
            "SELECT rol, date_trunc('hour', vastgelegd_op), min(nr) FROM gebeurtenis WHERE door = ? GROUP BY ALL",
            [persoon],
        ).fetchall()
        for rol, moment, nr in gedaan:
            if rol in ROLLEN:
                dag = moment.replace(tzinfo=UTC).astimezone(NEDERLAND).date()
                yield (rol,), dag, nr, f"legde {{naam}} iets vast als {ROLLEN[rol].lower()}"
        for veld, rollen, soorten in _GENOEMD:
            genoemd = cursor.execute(
                "SELECT f.gebeurd_op, min(f.nr) FROM gebeurtenis AS f "
                "LEFT JOIN gebeurtenis AS later ON later.corrigeert = COALESCE(f.corrigeert, f.nr) AND later.nr > f.nr "
                "WHERE f.soort IN (SELECT unnest(?)) AND later.nr IS NULL "
                # One id, or a list of them.
                "AND ((f.gegevens ->> ?) = ? OR contains(f.gegevens ->> ?, ?)) GROUP BY ALL",
                [list(soorten), veld, persoon, veld, f'"{persoon}"'],
            ).fetchall()
            for dag, nr in genoemd:
                als = " of ".join(ROLLEN[rol].lower() for rol in rollen)
                yield rollen, dag, nr, f"werd {{naam}} als {als} genoemd"


class _Zonder:
    """The group of facts, as if the fact that is put right had been taken back in it."""

    def __init__(self, zaak: Zaak) -> None:
        herroepen = as_recorded(zaak, [g.FeitHerroepen(gebeurd_op=zaak.vandaag)])
        self._boeking = zaak.boeking
        self.feiten = [*zaak.boeking.feiten, *herroepen]
        self.volgende = zaak.boeking.volgende + 1

    def __getattr__(self, naam: str) -> Any:
        return getattr(self._boeking, naam)


def _without(zaak: Zaak, huidig: Vastlegging) -> Zaak:
    """Return the case on the organisation without the fact that is put right, to ask its form again."""
    boeking: Any = _Zonder(zaak)
    eerste = huidig.corrigeert or huidig.nr
    ander = [v for v in zaak.dossier.vastleggingen if (v.corrigeert or v.nr) != eerste]
    reglementen = zaak.register.inrichting.reglementen_met(boeking.feiten)
    return replace(
        zaak, boeking=boeking, dossier=Feiten(zaak.klachtnummer, ander), corrigeert=None, waarschuwingen=[],
        reglement=reglementen[zaak.reglement.id],
    )  # fmt: skip
