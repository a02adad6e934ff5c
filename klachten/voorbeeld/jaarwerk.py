"""What comes beside the klachten: signalen, trajecten, and the yearly evaluation with its verbeteracties."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from klachten.handelingen import BUITEN
from klachten.organisatie import naam
from klachten.taal import aantal, opsomming
from klachten.voorbeeld.agenda import EEN_DAG, Agenda
from klachten.voorbeeld.firma import VESTIGINGEN
from klachten.voorbeeld.gang import Gang
from klachten.voorbeeld.geval import Geval, make_geval
from klachten.voorbeeld.mensen import contact
from klachten.voorbeeld.plan import JAREN, Jaarplan
from klachten.voorbeeld.toeval import Toeval
from klachten.voorbeeld.verhaal import teksten
from klachten.voorbeeld.zet import IN_ORDER, Zet

CATEGORIENAMEN = {
    "bejegening": "bejegening", "informatie": "informatie en communicatie", "doorlooptijd": "doorlooptijd",
    "deskundigheid": "deskundigheid en begeleiding", "bereikbaarheid": "bereikbaarheid", "afspraken": "afspraken",
    "privacy": "privacy", "dossier": "dossier en rapportage", "resultaat": "resultaat", "financieel": "geld",
    "overig": "andere onderwerpen",
}  # fmt: skip
SINDS_VERGADERING = JAREN - 3
"""From this year on directie evaluates section by section; before it as a whole."""
TIENEN = ("", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")


@dataclass
class Telling:
    """What directie sees of a year when it evaluates."""

    categorieen: Counter[str] = field(default_factory=Counter)
    vestigingen: Counter[str] = field(default_factory=Counter)
    laat_bevestigd: int = 0
    signalen: int = 0
    directie_betrokken: bool = False

    def add(self, geval: Geval, zetten: list[Zet]) -> None:
        """Count a klacht, unless it was entered by mistake."""
        if geval.is_("vervallen"):
            return
        self.categorieen[geval.verhaal.categorie] += 1
        self.vestigingen[geval.vestiging] += 1
        self.directie_betrokken |= {"carla", "frank"} <= set(geval.betrokkenen)
        self.laat_bevestigd += any(z.handeling == "stap_05_bevestigen_ontvangst" and z.reden for z in zetten)

    @property
    def klachten(self) -> int:
        """How many klachten there were."""
        return self.categorieen.total()


def _gang(sleutel: str, dag: date, rng: Random, agenda: Agenda) -> Gang:
    """A course that is no klacht; it borrows the texts and the calendar of one."""
    gang = Gang(make_geval(sleutel, dag, rng, bijzonder=()), agenda)
    gang.dag = dag
    return gang


def signal(sleutel: str, dag: date, rng: Random, agenda: Agenda, vandaag: date) -> list[Zet]:
    """Something oral that never became a klacht: settled within some weeks, or still open."""
    gang = _gang(sleutel, agenda.workday(dag), rng, agenda)
    geval = gang.geval
    gang.do(
        "stap_01_ontvangen_signaal",
        geval.ontvanger,
        kanaal=rng.choice(("telefoon", "telefoon", "gesprek")),
        vestiging=geval.vestiging,
        ontvanger=geval.ontvanger,
        indiener_soort=geval.indiener_soort,
        indiener_naam=geval.invulling["naam"],
        indiener_contact=contact(geval.invulling, "e-mail") if rng.random() < 0.5 else "",
        omschrijving=gang.say("signaal", "omschrijving"),
    )
    if (vandaag - dag).days > 20:
        gang.later(rng.randint(0, 18))
        gang.do("stap_01_afdoen_signaal", geval.ontvanger, toelichting=gang.say("signaal", "afgedaan"))
    return gang.zetten


def count_trajecten(jaar: Jaarplan, dag: date, deel: float, seed: int, agenda: Agenda) -> list[Zet]:
    """The number of trajecten of each vestiging, established after the year or so far; once corrected later."""
    rng = Toeval(f"trajecten-{seed}-{jaar.jaar}")
    gang = _gang(f"T{jaar.jaar}", agenda.workday(dag), rng, agenda)
    for vestiging, hoeveel in jaar.trajecten.items():
        gang.do(
            "stap_16_vaststellen_trajecten", "carla", jaar=jaar.jaar, vestiging=vestiging, aantal=round(hoeveel * deel)
        )
    if deel == 1 and rng.random() < 0.4:
        gang.later(20)
        vestiging = rng.choice(tuple(jaar.trajecten))
        gang.do(
            "stap_16_vaststellen_trajecten",
            "carla",
            jaar=jaar.jaar,
            vestiging=vestiging,
            aantal=jaar.trajecten[vestiging] + 2,
            reden=gang.say("verbeteren", "trajecten"),
        )
    return gang.zetten


def evaluate(
    jaar: Jaarplan,
    plek: int,
    tellingen: tuple[Telling | None, Telling, Telling],
    deel: float,
    seed: int,
    agenda: Agenda,
) -> list[Zet]:
    """Steps 16-18: the klachten of a year are evaluated early in the next one.

    `tellingen` are of the year before, the year itself and the year after, of which only a `deel` may have passed.
    """
    vorige, telling, gezien = tellingen
    rng = Toeval(f"evaluatie-{seed}-{jaar.jaar}")
    gang = _gang(f"E{jaar.jaar}", agenda.workday(date(jaar.jaar + 1, 2, rng.randint(5, 25))), rng, agenda)
    gekozen = _choose(rng, plek, telling)
    leden = ("carla", "frank", BUITEN) if telling.directie_betrokken else ("carla", "frank")
    voorzitter = rng.choice(("carla", "frank"))
    conclusies = _conclusions(gang, jaar, telling, vorige, len(gekozen))
    gang.do("stap_16_evalueren_klachten", voorzitter, jaar=jaar.jaar, directieleden=leden, conclusies=conclusies)
    start = gang.dag
    if in_delen := plek >= SINDS_VERGADERING and bool(telling.klachten):
        _conclude(gang, telling, vorige, voorzitter)
    for nr, verbetering in enumerate(gekozen, start=1):
        _improve(gang, nr, verbetering, voorzitter, start, plek, in_delen=in_delen)
        if gang.zetten[-1].handeling == "stap_18_uitvoeren_verbeteractie":
            categorie = verbetering["categorie"]
            nu, toen = gezien.categorieen[categorie] / deel, telling.categorieen[categorie]
            verandering = (
                "gelijk" if not categorie or 0.6 * toen < nu < 1.4 * toen else "minder" if nu < toen else "meer"
            )
            _observe(gang, nr, verbetering, voorzitter, verandering)
    return sorted(gang.zetten, key=IN_ORDER)


def _conclude(gang: Gang, telling: Telling, vorige: Telling | None, voorzitter: str) -> None:
    """What directie concludes per section, in a meeting."""
    vaakst = CATEGORIENAMEN[telling.categorieen.most_common(1)[0][0]]
    gezegd = {
        "terugblik": "terugblik" if vorige is not None else "",
        "op_tijd": "laat" if telling.laat_bevestigd else "tijdig",
        "waarover": "waarover",
    }
    for onderdeel, onderwerp in gezegd.items():
        if onderwerp:
            conclusie = gang.say("vergadering", onderwerp, vaakst=vaakst, keer=str(telling.laat_bevestigd))
            gang.do("stap_16_concluderen", voorzitter, onderdeel=onderdeel, conclusie=conclusie)


def _choose(rng: Random, plek: int, telling: Telling) -> list[dict[str, str]]:
    """Choose verbeteracties for the categories that occurred most; bereikbaarheid in the year before it drops."""
    alle = teksten()["verbetering"]
    if not telling.klachten:
        return [rng.choice([v for v in alle if not v["categorie"]])] if rng.random() < 0.5 else []
    vaakst = [categorie for categorie, _ in telling.categorieen.most_common(5)]
    rng.shuffle(vaakst)
    namen = vaakst[: rng.choice((2, 2, 3))]
    if plek == JAREN - 3:
        namen = ["bereikbaarheid", *(naam for naam in namen if naam != "bereikbaarheid")]
    else:
        namen = [naam for naam in namen if naam != "bereikbaarheid"]
    gekozen = [rng.choice(mogelijk) for naam in namen if (mogelijk := [v for v in alle if v["categorie"] == naam])]
    return [*gekozen, rng.choice([v for v in alle if not v["categorie"]])][:4]


def _conclusions(gang: Gang, jaar: Jaarplan, telling: Telling, vorige: Telling | None, acties: int) -> str:
    if not telling.klachten:
        hoeveel = (
            f"{aantal(telling.signalen, 'signaal', 'signalen')} van dat jaar"
            if telling.signalen
            else "gesprekken met klanten"
        )
        return gang.say("evaluatie", "nul", jaar=str(jaar.jaar), signalen=hoeveel)
    plaats, hoeveel_daar = telling.vestigingen.most_common(1)[0]
    vergelijking = ""
    if vorige is not None:
        vergelijking = f", tegen {vorige.klachten or 'geen'} in {jaar.jaar - 1}"
    top = opsomming(
        f"{CATEGORIENAMEN[categorie]} ({hoeveel})" for categorie, hoeveel in telling.categorieen.most_common(3)
    )
    laat = "De ontvangst is steeds op tijd bevestigd."
    if telling.laat_bevestigd:
        laat = f"De ontvangstbevestiging kwam {telling.laat_bevestigd} keer te laat."
    return gang.say(
        "evaluatie",
        "gewoon",
        jaar=str(jaar.jaar),
        aantal=aantal(telling.klachten, "klacht", "klachten"),
        vergelijking=vergelijking,
        top=top,
        laat=laat,
        bijzonder=gang.say("evaluatie", "bijzonder", vaakst=VESTIGINGEN[plaats], plaats_aantal=str(hoeveel_daar)),
        acties=aantal(acties, "verbeteractie", "verbeteracties") if acties else "dit jaar geen verbeteracties",
    )


def _improve(
    gang: Gang, nr: int, verbetering: dict[str, str], voorzitter: str, start: date, plek: int, *, in_delen: bool
) -> None:
    """A verbeteractie is decided, told, sometimes changed or cancelled, carried out, and what changed is observed."""
    rng = gang.rng
    gang.dag, gang.moment = start, max(z.moment for z in gang.zetten if z.invoer["op"] == start)
    actienemer = rng.choice(("anna", "bas", "dirk", "eva", "gijs", "frank"))
    # Some are fixed, so that in every example one is cancelled, one changed, one late and one still open.
    soort = {(0, 1): "gewijzigd", (0, 2): "vervallen", (4, 1): "laat", (4, 2): "open"}.get((plek, nr)) or rng.choices(
        ("gewoon", "laat", "gewijzigd", "vervallen", "open"), (10, 3, 2, 1, 1 if plek >= JAREN - 2 else 0)
    )[0]
    if verbetering["categorie"] == "bereikbaarheid":
        soort = "gewoon"
    uiterlijk_op = gang.agenda.workday(start + rng.randint(45, 120) * EEN_DAG)
    gang.do(
        "stap_16_bepalen_verbeteractie",
        voorzitter,
        omschrijving=verbetering["wat"],
        actienemer=actienemer,
        uiterlijk_op=uiterlijk_op,
        categorie=verbetering["categorie"],
        onderdeel=("waarover" if verbetering["categorie"] else "op_tijd") if in_delen else "",
    )
    gang.later(rng.randint(1, 9))
    gang.do("stap_17_informeren_actienemer", voorzitter, verbeteractie=nr)
    if soort == "vervallen":
        gang.later(rng.randint(15, 40))
        gang.do(
            "stap_16_laten_vervallen_verbeteractie",
            voorzitter,
            verbeteractie=nr,
            reden=gang.say("verbeteren", "vervallen"),
        )
        return
    if soort == "gewijzigd":
        gang.later(rng.randint(10, 30))
        uiterlijk_op = gang.agenda.workday(uiterlijk_op + rng.randint(20, 60) * EEN_DAG)
        reden = gang.say("verbeteren", "wijzigen", actienemer=naam(actienemer))
        gang.do("stap_16_wijzigen_verbeteractie", voorzitter, verbeteractie=nr, uiterlijk_op=uiterlijk_op, reden=reden)
    if soort == "open":
        return
    laat = soort == "laat"
    gang.dag = gang.agenda.workday(uiterlijk_op + (rng.randint(10, 40) if laat else -rng.randint(3, 20)) * EEN_DAG)
    reden = gang.say("verbeteren", "te_laat", actienemer=naam(actienemer)) if gang.dag > uiterlijk_op else ""
    gang.do(
        "stap_18_uitvoeren_verbeteractie", actienemer, verbeteractie=nr, toelichting=verbetering["gedaan"], reden=reden
    )


def _observe(gang: Gang, nr: int, verbetering: dict[str, str], voorzitter: str, verandering: str) -> None:
    """What was seen afterwards agrees with the klachten of the next year; not every verbeteractie is looked at."""
    rng = gang.rng
    if rng.random() < 0.35:
        gang.later(30)
        tekst = gang.say("verbeteren", "nog_niet")
        gang.do(
            "stap_18_waarnemen_verandering",
            voorzitter,
            verbeteractie=nr,
            verandering="nog_niet_te_zeggen",
            toelichting=tekst,
        )
    if verbetering["categorie"] == "bereikbaarheid" or rng.random() < 0.75:
        gang.later(rng.randint(120, 200))
        tekst = verbetering.get(verandering) or gang.say("verbeteren", "meer")
        gang.do(
            "stap_18_waarnemen_verandering", voorzitter, verbeteractie=nr, verandering=verandering, toelichting=tekst
        )


def signal_days(rng: Random, jaar: Jaarplan, vandaag: date) -> list[date]:
    """Draw the days of the signalen of a year: some, even in a year without klachten."""
    van, tot = date(jaar.jaar, 1, 4), min(date(jaar.jaar, 12, 20), vandaag - 2 * EEN_DAG)
    hoeveel = max(3, round(jaar.klachten * 0.25))
    dagen = [van + timedelta(days=rng.randint(0, max((tot - van).days, 0))) for _ in range(hoeveel)]
    if tot < date(jaar.jaar, 12, 20):
        dagen[:2] = [vandaag - 5 * EEN_DAG, vandaag - 12 * EEN_DAG]
    return sorted(dagen)
