"""What can be measured: each row asks one question of another room, and says which of its rows count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from klachten.analyse.termijnen.naleving import RIJP, RIJP_OP_TIJD
from klachten.analyse.termijnen.wachttijd import MATEN
from klachten.analyse.werk.telwoorden import VASTGELEGD
from klachten.reglement import Reglement

AANTAL, AANDEEL, TERMIJN, DAGEN, PER_100 = "aantal", "aandeel", "termijn", "dagen", "per_100"
"""The kinds: how many; x out of n; the headline of a term; days until half had come so far; against trajecten."""
OP_TIJD, WACHTTIJD = "op_tijd.", "wachttijd."
ALLEEN_SCHAAL = frozenset({"vestiging"})


@dataclass(frozen=True, kw_only=True)
class Maat:
    """One measure.

    `vraag` is the question whose rows (r) are counted, of klachten themselves the same as k; `dag` the day of a row
    that a period is about, empty when the period says as of which day is looked. `binnen`: the question takes the
    period itself. `waar` is a condition on rows, `teller` which of them are the x of a share. `eigen` are the
    characteristics that only rows of this question have, `vast` those that say nothing here. `lijst` and `lijst_x` are
    the fields of Telling for what is counted, None where there is no such list.
    """

    id: str
    titel: str
    soort: str
    een: str = "klacht"
    meer: str = "klachten"
    vraag: str = "klacht_selectie"
    dag: str = "k.ontvangen_op"
    binnen: bool = True
    waar: str = ""
    teller: str = ""
    wat: str = ""
    eigen: tuple[str, ...] = ()
    vast: frozenset[str] = frozenset()
    alleen: frozenset[str] = frozenset()
    lijst: Mapping[str, Any] | None = field(default_factory=dict)
    lijst_x: Mapping[str, Any] | None = None
    uitleg: str

    @property
    def van_klachten(self) -> bool:
        """Whether its rows are the klachten themselves."""
        return self.vraag == "klacht_selectie"

    @property
    def op_stand(self) -> bool:
        """Whether it looks as of a day, instead of counting what happened in a period."""
        return not self.dag

    @property
    def is_deel(self) -> bool:
        """Whether it is x out of n."""
        return self.soort in (AANDEEL, TERMIJN)


_ONTVANGEN = "Klachten ontvangen in de periode, zoals ze er op de peildatum voor staan; zonder vervallen klachten."
_GEEN_LIJST: Any = None


def _deel(id: str, titel: str, wat: str, teller: str, uitleg: str, **rest: Any) -> Maat:
    return Maat(
        id=id, titel=titel, soort=AANDEEL, wat=wat, teller=teller, uitleg=f"{uitleg} {_ONTVANGEN}",
        **{"lijst_x": _GEEN_LIJST, **rest},
    )  # fmt: skip


_EINDE = frozenset({"einde", "uitkomst"})
_MAATREGEL = "Van klachten die in de periode zijn ontvangen."
_VAST: tuple[Maat, ...] = (
    Maat(id="ontvangen", titel="Klachten ontvangen", soort=AANTAL, wat="ontvangen", uitleg=_ONTVANGEN),
    Maat(
        id="beeindigd",
        titel="Klachten beëindigd",
        soort=AANTAL,
        wat="beëindigd",
        dag="k.geeindigd_op",
        binnen=False,
        lijst={"op": "einde"},
        uitleg="Klachten waarvan het einde dat nu geldt in de periode viel, wanneer zij ook zijn ontvangen.",
    ),
    Maat(
        id="open",
        titel="Klachten open aan het eind",
        soort=AANTAL,
        wat="open",
        dag="",
        binnen=False,
        waar="k.einde = 'open'",
        vast=_EINDE,
        lijst={"einde": "open"},
        uitleg="Wat op de laatste dag van de periode openstond (of op de peildatum, als die eerder is), wanneer het "
        "ook is ontvangen.",
    ),
    Maat(
        id="maatregelen",
        titel="Maatregelen",
        soort=AANTAL,
        een="maatregel",
        meer="maatregelen",
        wat="bepaald",
        vraag="maatregelen_stand",
        eigen=("maatregelstand", "leeftijd", "actienemer"),
        lijst={"wat": "maatregelen"},
        uitleg=f"Maatregelen, ook vervallen. {_MAATREGEL}",
    ),
    Maat(
        id="meningsverschillen",
        titel="Meningsverschillen gemeld",
        soort=AANTAL,
        een="meningsverschil",
        meer="meningsverschillen",
        wat="gemeld",
        vraag="geschillen_stand",
        dag="r.gemeld_op",
        binnen=False,
        eigen=("geschilstand", "oordeel"),
        lijst={"wat": "geschillen", "deel": (("stand", "gemeld"),)},
        uitleg="In de periode waarin het is gemeld. Een klacht kan meer dan één meningsverschil opleveren.",
    ),
    _deel(
        "deel_open",
        "Aandeel nog open",
        "nog open",
        "k.einde = 'open'",
        "Wat nog niet is beëindigd.",
        vast=_EINDE,
        lijst_x={"einde": "open"},
    ),
    _deel(
        "deel_niet_in_behandeling",
        "Aandeel niet in behandeling genomen",
        "niet in behandeling genomen",
        "k.einde = 'niet in behandeling'",
        "Stap 7, als dat nu de stand is.",
        vast=_EINDE,
        lijst_x={"einde": "niet in behandeling"},
    ),
    _deel(
        "deel_ingetrokken",
        "Aandeel ingetrokken",
        "ingetrokken",
        "k.einde = 'ingetrokken'",
        "Door de indiener ingetrokken, als dat nu de stand is.",
        vast=_EINDE,
        lijst_x={"einde": "ingetrokken"},
    ),
    _deel(
        "deel_meningsverschil",
        "Aandeel met een meningsverschil",
        "met een meningsverschil",
        "k.geschil <> 'geen'",
        "Of er ooit een meningsverschil is gemeld (stap 15).",
    ),
    _deel(
        "deel_heropend",
        "Aandeel heropend",
        "heropend",
        "k.heropeningen > 0",
        "Na een einde weer geopend, één keer of vaker.",
    ),
    _deel(
        "deel_afwijking",
        "Aandeel met een vastgelegde afwijking",
        VASTGELEGD,
        "k.afwijkingen > 0",
        "Klachten waarbij iets later of anders ging dan het reglement zegt, en dat met de reden is vastgelegd. Of de "
        "stappen op volgorde zijn gedaan, is iets anders: dat staat op Proces.",
        lijst_x={"wat": "afwijking", "deel": (("vastgelegd", "ja"),)},
    ),
    Maat(
        id="maatregel_op_tijd",
        titel="Maatregelen op de afgesproken dag",
        soort=AANDEEL,
        een="maatregel",
        meer="maatregelen",
        wat="op tijd",
        vraag="maatregelen_stand",
        waar="is_maatregel_rijp(r.stand, r.uiterlijk_op, $peildatum)",
        teller="r.stand = 'op tijd'",
        eigen=("actienemer",),
        lijst={"wat": "maatregelen", "deel": (("rijp", "ja"),)},
        lijst_x={"wat": "maatregelen", "deel": (("rijp", "ja"), ("stand", "op tijd"))},
        uitleg=f"Maatregelen waarvan de dag die met de actienemer is afgesproken, voorbij is. {_MAATREGEL}",
    ),
    Maat(
        id="maatregel_binnen_termijn",
        titel="Maatregelen binnen de termijn van hun klacht",
        soort=AANDEEL,
        een="maatregel",
        meer="maatregelen",
        wat="binnen de termijn",
        vraag="maatregeltermijn_stand",
        waar="r.is_rijp",
        teller="r.status = 'op tijd'",
        lijst={"wat": "maatregeltermijn", "deel": (("rijp", "ja"),)},
        lijst_x={"wat": "maatregeltermijn", "deel": (("rijp", "ja"), ("stand", "op tijd"))},
        uitleg=f"Maatregelen uit de eerste ronde, als de laatste dag van hun klacht voorbij is. {_MAATREGEL}",
    ),
    Maat(
        id="per_100_trajecten",
        titel="Klachten per 100 trajecten",
        soort=PER_100,
        wat="per 100 trajecten",
        alleen=ALLEEN_SCHAAL,
        uitleg="Klachten ontvangen in de periode tegen de trajecten van diezelfde periode. Waar trajecten ontbreken of "
        "de periode niet om is, staat er geen cijfer.",
    ),
    *(
        Maat(
            id=f"{WACHTTIJD}{maat}",
            titel=f"Dagen tot de helft is {doel}",
            soort=DAGEN,
            wat=doel,
            vraag="looptijd",
            waar=f"r.maat = '{maat}'",
            teller=f"r.einde = '{doel}'",
            vast=_EINDE,
            lijst={"wat": "looptijd", "deel": (("maat", maat),)},
            lijst_x={"wat": "looptijd", "deel": (("einde", doel), ("maat", maat))},
            uitleg="De eerste dag waarop de helft van alle klachten zover was. Wat nog loopt telt mee tot de "
            "peildatum; wat anders eindigde, telt mee als niet zover.",
        )
        for maat, doel in MATEN.items()
    ),
)
_TERMIJN = Maat(
    id=OP_TIJD,
    titel="Op tijd",
    soort=TERMIJN,
    wat="op tijd",
    vraag="termijnkeuze",
    teller="is_rijp(r.status, r.voorbij) AND r.status = 'op tijd'",
    uitleg="Klachten waarvan de laatste dag van de termijn voorbij is. Waarover dan nog niet is beslist, telt mee naar "
    f"verwachting. {_ONTVANGEN}",
)
VAST = {maat.id: maat for maat in _VAST}


def op_tijd(id: str, naam: str) -> Maat:
    """Return the measure of one term: on time among those whose last day is over."""
    return replace(
        _TERMIJN,
        id=f"{OP_TIJD}{id}",
        titel=f"Op tijd: {naam[:1].lower()}{naam[1:]}",
        waar=f"r.termijn = '{id}'",
        lijst={"termijn": id, "stand": RIJP},
        lijst_x={"termijn": id, "stand": RIJP_OP_TIJD},
    )


def maten(reglement: Reglement | None) -> dict[str, Maat]:
    """Return every measure by id, in the order in which a reader chooses; the terms are those of the reglement."""
    termijnen = {termijn.id: termijn.naam for termijn in reglement.termijnen} if reglement else {}
    per_termijn = [op_tijd(id, naam) for id, naam in termijnen.items()]
    volgorde = [*_VAST[:3], *per_termijn, *_VAST[3:]]
    return {maat.id: maat for maat in volgorde}


def kies(id: str, namen: Mapping[str, str] | None = None) -> Maat | None:
    """Return a measure by id, None when there is none; `namen` are those of terms by id, else the id is the name."""
    if id.startswith(OP_TIJD) and _is_id(termijn := id.removeprefix(OP_TIJD)):
        return op_tijd(termijn, (namen or {}).get(termijn, termijn))
    return VAST.get(id)


def _is_id(tekst: str) -> bool:
    return tekst.isidentifier() and tekst.isascii()


def namen_van(maten: Iterable[Maat]) -> dict[str, str]:
    """Return titles by id: what a list to choose from shows."""
    return {maat.id: maat.titel for maat in maten}
