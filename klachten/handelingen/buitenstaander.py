"""Steps 4, 8 and 15 when all of directie is involved: somebody outside acts in its place, and a colleague records it.

The reglement asks an assigner and a submitter who are not involved, without exception; where there is none, our advice
(not the reglement's) is someone outside. So that person has to be named first: who, why, and who records it.
"""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.mag_regels import directie_betrokken
from klachten.dossier.rechten import NAMENS_DIRECTIE, vrije_coordinatoren
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.veld import Veld, op
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.organisatie import Gebruiker, naam
from klachten.zoekvorm import aaneen, woorddelen, woorden

# What stands before a surname: Jan van den Berg is not Jan Berg.
TUSSENVOEGSELS = frozenset("van von de den der het ten ter te op in t la le du".split())


@handeling(
    "Iemand van buiten aanwijzen",
    op("Aangewezen op"),
    Veld(
        naam="persoon",
        label="Wie van buiten de organisatie",
        soort="regel",
        hulp="Naam en functie. Deze persoon besluit in plaats van de directie, die bij de klacht betrokken is.",
    ),
    Veld(
        naam="vastlegger",
        label="Collega die vastlegt wat deze persoon besluit",
        soort="medewerker",
        verplicht=False,
        hulp="Alleen als ook de coördinator betrokken of afwezig is; kies dan iemand die niet betrokken is.",
    ),
    reden_verplicht=True,
)
def stap_04_aanwijzen_buitenstaander(zaak: Zaak, *, op: date, persoon: str, vastlegger: str) -> Gebeurtenis:
    """All of directie is involved: somebody outside decides in its place, and a colleague records it (steps 4, 15)."""
    if zin := directie_betrokken(zaak.dossier, op):
        raise Geweigerd(zin)
    check_van_buiten(zaak, "persoon", persoon, op)
    vrij = {coordinator.id for coordinator in vrije_coordinatoren(zaak.dossier, op)}
    if vrij and vastlegger and vastlegger not in vrij:
        raise OngeldigeInvoer({"vastlegger": "De coördinator is niet betrokken en legt dit vast (stap 4)."})
    if not vrij and not vastlegger:
        raise OngeldigeInvoer(
            {"vastlegger": "De coördinator kan dit niet vastleggen: kies een collega die niet betrokken is (stap 4)."}
        )
    if vastlegger in zaak.dossier.betrokkenen:
        raise OngeldigeInvoer(
            {"vastlegger": f"Stap 4: {naam(vastlegger)} is betrokken bij deze klacht. Kies iemand die dat niet is."}
        )
    return g.BuitenstaanderAangewezen(gebeurd_op=op, persoon=persoon, vastlegger=vastlegger)


def namens(zaak: Zaak) -> str:
    """Return the outside person on whose behalf the user acts, empty when the user acts in an own role."""
    return zaak.dossier.buitenstaander.persoon if zaak.rol == NAMENS_DIRECTIE else ""


def check_van_buiten(zaak: Zaak, veld: str, persoon: str, op: date) -> None:
    """Refuse somebody who works here that day, however written; what only looks like a colleague asks a reason."""
    for collega in organisatie.iedereen(op):
        lijkt = _resembles(persoon, collega)
        if lijkt:
            raise OngeldigeInvoer(
                {veld: f"{collega.naam} werkt bij de organisatie. Noem iemand van buiten, die onafhankelijk is."}
            )
        if lijkt is not None:
            zaak.waarschuw(
                "lijkt_collega",
                f"'{persoon}' lijkt op {collega.naam}, die bij de organisatie werkt. Is het iemand anders, zeg dan "
                "wie.",
            )


def _resembles(persoon: str, collega: Gebruiker) -> bool | None:
    """Return True when the text names this colleague, False when it may, None when it does not.

    Known by first name and surname, in any order and whatever stands between. An initial for the first name, or other
    words before the surname, may be somebody else.
    """
    gezegd, eigen = _parts(persoon), _parts(collega.naam)
    if gezegd in (_parts(collega.id), eigen):
        return True
    achternaam, bekend = woorddelen(collega.naam)[-1], woorden(persoon)
    if len(eigen) == 1 or bekend.isdisjoint({achternaam[-1], aaneen(achternaam)}):
        return None
    if eigen[0] in bekend:
        voor, hoort = _before(gezegd, achternaam[-1]), _before(eigen, achternaam[-1])
        # "Berg, Jan van den" has them at the end.
        return voor == hoort or (not voor and bekend.issuperset(hoort))
    return False if eigen[0][0] in bekend else None


def _parts(tekst: str) -> list[str]:
    return [deel for delen in woorddelen(tekst) for deel in delen]


def _before(delen: list[str], achternaam: str) -> list[str]:
    """Return the tussenvoegsels that stand directly before a surname."""
    voor: list[str] = []
    for deel in delen[: delen.index(achternaam)] if achternaam in delen else ():
        voor = [*voor, deel] if deel in TUSSENVOEGSELS else []
    return voor
