"""What a column can become in the register, and by which words in Dutch and English its name says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DATUM, LIJST, TEKST, KENMERK, BRON, GEBEURTENIS = "datum", "lijst", "tekst", "kenmerk", "bron", "gebeurtenis"
NIETS = ""
_ZEKER, _GOED, _ZWAK = 12, 9, 5


@dataclass(frozen=True)
class Rol:
    """What a column can be: its code, its name for the user, what must stand in it, and the words of its name."""

    code: str
    naam: str
    soort: str
    woorden: tuple[tuple[str, int], ...] = ()
    vaker: bool = False

    @property
    def stap(self) -> int:
        """The step whose date it is; 0 for any other."""
        return int(self.code[5:]) if self.code.startswith("stap_") else 0


def _rol(
    code: str, naam: str, soort: str, zeker: str = "", goed: str = "", zwak: str = "", *, vaker: bool = False
) -> Rol:
    woorden = tuple((patroon, punten) for patroon, punten in ((zeker, _ZEKER), (goed, _GOED), (zwak, _ZWAK)) if patroon)
    return Rol(code, naam, soort, woorden, vaker)


# Of two that a name speaks of as clearly, the first counts: uiterlijk afgehandeld is a due date.
ROLLEN: tuple[Rol, ...] = (
    _rol(
        "id",
        "Kenmerk van de klacht (zaaknummer)",
        KENMERK,
        r"(zaak|klacht|dossier|melding|ticket|case|complaint|registratie|volg)s? ?(nummer|nr|no|id|kenmerk|code|number"
        r"|identificatie|identifier|ref\w*)|case concept name|unique key|zaak concept name",
        r"^(id|nr|no|nummer|kenmerk|number|referentie|reference|ref|zaak|case|key|case id)$",
        r"nummer|kenmerk|\bnr\b|\bid\b|referentie",
    ),
    _rol(
        "ontvangen_op",
        "Datum van ontvangst",
        DATUM,
        r"ontvang(st|en)?( datum)?|received|receipt|binnengekomen|binnenkomst|datum binnen|inkomst\w*",
        r"ingediend|indien(ing)?s?datum|meldings?datum|datum (van )?(de )?(melding|klacht)|klachtdatum|submitted|intake"
        r"|reported|opened|created|start ?date|startdatum|begindatum|aangemaakt",
        r"registratiedatum|geregistreerd|ingeschreven|^datum$|^date$|open",
    ),
    _rol(
        "stap_05",
        "Datum van de ontvangstbevestiging",
        DATUM,
        r"ontvangst ?bev(estig\w*)?|bevestig\w*|acknowledg\w*|ontvangst ?bericht|ob verstuurd",
    ),
    _rol("stap_03", "Datum van inschrijving", DATUM, r"^(ingeschreven|inschrijving|geregistreerd)( op)?$"),
    _rol("stap_06", "Datum waarop het onderzoek klaar was", DATUM, r"onderzoek\w*|investigat\w*"),
    _rol(
        "stap_07",
        "Datum waarop is bericht: niet in behandeling",
        DATUM,
        r"niet (in )?behandel\w*|niet ontvankelijk\w*|rejected|declined",
    ),
    _rol(
        "stap_09",
        "Datum waarop de indiener het resultaat hoorde",
        DATUM,
        r"(resultaat|uitkomst|antwoord|besluit|reactie) ?(meegedeeld|verstuurd|verzonden|gegeven|brief|datum|op)"
        r"|datum (van )?(het |de )?(resultaat|antwoord|besluit|reactie)|beantwoord\w*|answered|response date|replied",
    ),
    _rol(
        "uiterlijk_op",
        "Uiterste datum van deze klacht",
        DATUM,
        r"deadline|due|uiterlijk\w*|uiterste|fatale\w*|vervaldatum|streef\w*",
        r"planned|gepland\w*|target|doeldatum|norm ?datum|termijn(datum)?",
    ),
    _rol("stap_14", "Datum waarop de indiener van het afsluiten hoorde", DATUM, r"afsluit(ings)?(brief|bericht)"),
    _rol(
        "stap_13",
        "Datum van afsluiten",
        DATUM,
        r"afgesloten|afsluit\w*|afgehandeld|afhandel\w*|afgedaan|afdoening\w*|closed?|closing|gesloten|sluit\w*",
        r"afgerond|gereed|klaar|eind ?datum|end ?date|resolved|completed|finished|opgelost|einde",
    ),
    _rol("ingetrokken_op", "Datum waarop de klacht is ingetrokken", DATUM, r"ingetrokken|intrekking|withdrawn"),
    _rol(
        "oordeel",
        "Op tijd of niet, volgens de bron",
        BRON,
        r"op tijd|tijdig\w*|timely\w*|on time|in time|binnen (de )?termijn|te laat|overdue|termijn gehaald",
    ),
    _rol(
        "categorie",
        "Waar de klacht over gaat",
        LIJST,
        r"categor\w*|klacht ?(soort|type|aard|categorie)|soort (klacht|melding)|aard( van)?( de)? klacht"
        r"|type (klacht|of complaint)|rubriek|complaint type|klachtgrond",
        r"onderwerp|product|thema|subject|topic|^soort$|^aard$|^type$|aspect",
        r"issue|domein|sub ?product|sub ?categorie",
    ),
    _rol(
        "kanaal",
        "Hoe de klacht binnenkwam",
        LIJST,
        r"kanaal|channel|submitted via|(ingediend|binnengekomen|ontvangen) (via|per)|wijze van (indien|ontvang)\w*"
        r"|open data channel type",
        r"^via$|^hoe$|medium|intake ?wijze|hoe binnen|contactvorm",
        r"herkomst",
    ),
    _rol(
        "indiener_soort",
        "Wie klaagt: soort indiener",
        LIJST,
        r"(soort|type) (klager|indiener|melder|klant|aanvrager)|(klager|indiener|melder|klant) ?(soort|type)"
        r"|complainant type|hoedanigheid|relatie tot",
    ),
    _rol(
        "vestiging",
        "Vestiging of afdeling",
        LIJST,
        r"vestiging|locatie|afdeling|department|filiaal|kantoor|branch",
        r"team|regio|unit|agency|organisatieonderdeel|sector|cluster|\bgroep\b|district|borough",
    ),
    _rol(
        "uitkomst",
        "Hoe het afliep",
        LIJST,
        r"uitkomst|afloop|outcome|resultaat|conclusie|gegrond\w*",
        r"oordeel|beslissing|besluit|response( to)?( consumer)?|company response \w+|status",
    ),
    _rol(
        "omschrijving",
        "Omschrijving van de klacht",
        TEKST,
        r"omschrijving|beschrijving|description|narrative|klacht ?tekst|inhoud|samenvatting|^klacht$|^verhaal$"
        r"|complaint$",
        r"toelichting|opmerking\w*|details?|issue|sub issue|bijzonderheden|descriptor",
        vaker=True,
    ),
    _rol("gewenste_oplossing", "Gewenste oplossing", TEKST, r"gewenst\w*|wens( van)?( de)?( klager)?$|desired|verzoek"),
    _rol(
        "indiener_naam",
        "Naam van de indiener",
        TEKST,
        r"naam (van )?(de )?(klager|indiener|melder|client|cliënt|klant)"
        r"|(klager|indiener|melder|client|cliënt|klant|aanmelder) ?naam"
        r"|^(klager|indiener|melder|aanmelder|cliënt|client|complainant|customer name)$",
        r"^(achter|voor)?naam$|^name$",
        vaker=True,
    ),
    _rol(
        "indiener_contact",
        "Contactgegevens van de indiener",
        TEKST,
        r"e ?mail\w*|telefoon\w*|phone\w*|adres|address|mobiel|contact(gegevens)?$",
        vaker=True,
    ),
    _rol("vertegenwoordiger", "Vertegenwoordiger van de indiener", TEKST, r"vertegenwoordig\w*|gemachtigd\w*"),
    _rol("traject", "Traject of opdracht", TEKST, r"^traject\w*$|opdrachtnummer|polisnummer|contractnummer"),
    _rol(
        "betrokkenen_buiten",
        "Betrokkenen van buiten",
        TEKST,
        r"^(company|bedrijf|wederpartij|leverancier|betrokken(e|en))$",
        vaker=True,
    ),
    _rol(
        "gebeurtenis",
        "Wat er gebeurde (een rij per gebeurtenis)",
        GEBEURTENIS,
        r"activit\w*|gebeurtenis|^event( name)?$|^concept name$|handeling|^taak$",
        r"^status$|^stap$",
    ),
    _rol(
        "moment",
        "Wanneer dat gebeurde (een rij per gebeurtenis)",
        DATUM,
        r"time ?stamp|time timestamp|^tijdstip$|^moment$|datum ?tijd|event ?time",
    ),
)
PER_CODE = {rol.code: rol for rol in ROLLEN}
GEEN = Rol(NIETS, "Niet overnemen", "")


def spoken(naam: str) -> str:
    """Return the name of a column as words: 'DateReceived' and 'date_received' are both 'date received'."""
    los = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", naam)
    return " ".join(re.sub(r"[^\w]|_", " ", los).casefold().split())


def by_name(naam: str) -> Iterator[tuple[Rol, int]]:
    """Every role that the name of a column speaks of, with how clearly."""
    woorden = spoken(naam)
    for rol in ROLLEN:
        punten = max((punten for patroon, punten in rol.woorden if re.search(_whole(patroon), woorden)), default=0)
        if punten:
            yield rol, punten


def _whole(patroon: str) -> str:
    """Let a pattern match whole words, of which a Dutch date may be the first or last part."""
    return rf"(?:^|\b|datum|date)(?:{patroon})(?:$|\b|datum|date|op)"
