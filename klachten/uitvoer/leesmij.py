"""LEESMIJ.md of an export: what each file is, what every table and column means, and how to go on with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from klachten import taal
from klachten.uitvoer import feiten, woordenboek, xes
from klachten.uitvoer.documenten import MAP as DOCUMENTEN
from klachten.uitvoer.tabellen import Kolom
from klachten.uitvoer.vormen import MEESTE_RIJEN, NIET_IN_EXCEL

BESTAND, MANIFEST, WERKMAP = "LEESMIJ.md", "uitvoer.json", "klachten.xlsx"
REGLEMENTEN, MEEGELEVERD = "reglementen", "reglementen/meegeleverd"
WAT: dict[str, str] = {
    BESTAND: "dit bestand",
    MANIFEST: "wanneer en waaruit dit is gemaakt, hoeveel rijen elke tabel heeft, en van elk bestand de sha256",
    feiten.BESTAND: "alle feiten van het register met hun teksten, één regel JSON per feit, in de volgorde van "
    "vastleggen: hieruit en uit de documenten is het hele register opnieuw te maken",
    "parquet/": "elke tabel als Parquet, precies zoals zij is vastgelegd",
    "csv/": "dezelfde tabellen als CSV: UTF-8, puntkomma ertussen, dagen als 2026-01-05",
    WERKMAP: "dezelfde tabellen als Excel-bestand, met de bladen Uitleg en Herkomst",
    xes.BESTAND: "het verloop van elke klacht als XES, voor programma's voor process mining",
    f"{DOCUMENTEN}/": "elk document als bestand, een map per dossier; csv/documenten.csv zegt wat het is",
    f"{REGLEMENTEN}/": "de reglementen van overgenomen klachten, en hoe hun bestanden zijn gelezen; in meegeleverd/ "
    "die van klachten zelf",
}
"""Every file of an export, and what it is: also what docs/uitvoer.md says of them."""
OVER = (
    "Gemaakt op {gemaakt_op} met klachten {software}, tot en met feit {aantal_feiten_tot} (zegel {zegel}). De stand "
    "van termijnen is die van {peildatum}."
)
PERSOONLIJK = (
    "**Hierin staan persoonsgegevens: namen, verhalen en documenten, leesbaar voor wie deze map heeft.** Bewaar haar "
    "niet langer dan nodig, en wis hier zelf wat later in het register wordt gewist."
)
VORMEN = (
    "In CSV staat voor een tekst die met =, +, -, @, een tab of een nieuwe regel begint een apostrof, zodat een "
    "rekenblad er geen formule van maakt; in Excel is elke tekst als tekst gemerkt, en houdt een tekst van meer dan "
    f"32.767 tekens daar op. In Parquet en in `{feiten.BESTAND}` staat alles precies zoals het is getypt. Waarden in "
    f"één cel zijn gescheiden door ` | `. Niet in Excel: {taal.opsomming(sorted(NIET_IN_EXCEL))}, en een tabel van "
    f"meer dan {taal.getal(MEESTE_RIJEN)} rijen."
)
PROCES = (
    f"In `{xes.BESTAND}` is elke klacht een spoor (`trace`) en elk geldig feit een gebeurtenis (`event`), met de "
    "standaarduitbreidingen concept, time, organizational en lifecycle. Van een feit is de dag bekend en niet het uur: "
    "feiten van één dag staan in de volgorde waarin zij zijn vastgelegd."
)
NIET_MEE = (
    "Accounts, wachtwoorden, sleutels en aanmeldingen: die zijn van dit programma en van deze computer.",
    "Het kijklog (wie keek wanneer): dat zit in de reservekopie.",
    "Concepten, binnengekomen mail die nog niet is verwerkt, en de instellingen voor e-mail en reservekopieën.",
    "Wat gewist is: dat is nergens meer. Van een gewiste tekst staat er alleen dat die er was.",
)
OPNIEUW = (
    "Een nieuw register hiervan maken: `python -m klachten inlezen DEZE_MAP --naar NIEUWE_MAP`. Dat heeft dezelfde "
    "dossiers, teksten, documenten en cijfers. Niet hetzelfde zijn de zegels van het journaal, omdat de geheime "
    "toevoeging (zout) bij elke tekst nieuw is: wat op papier naar een zegel verwijst, hoort bij het oude register. "
    "Was het oude register versleuteld, dan is het nieuwe dat pas na `python -m klachten versleutel`. Iedereen krijgt "
    "een nieuw account."
)


def text(manifest: Mapping[str, Any], kolommen: Mapping[str, Sequence[Kolom]]) -> str:
    """Return the whole file."""
    uit = [
        "# Alles van dit klachtenregister, in open vormen",
        "",
        OVER.format(**manifest),
    ]
    if manifest["reden"]:
        uit += ["", f"Waarvoor: {manifest['reden']}."]
    uit += [
        "",
        PERSOONLIJK,
        "",
        "## Wat er is",
        "",
        *_table(("Bestand", "Wat"), ((f"`{naam}`", wat) for naam, wat in WAT.items())),
        "",
        VORMEN,
        "",
        PROCES,
        "",
        "## Wat er niet in zit",
        "",
        *(f"* {zin}" for zin in NIET_MEE),
        *(f"* Het register mist dit al: {zin}." for zin in manifest["ontbreekt"]),
        "",
        "## Verder gaan",
        "",
        OPNIEUW,
        "",
        "## De tabellen",
        "",
        *_table(
            ("Tabel", "Wat erin staat", "Een rij is", "Rijen"),
            ((f"`{naam}`", deel.wat, deel.rij, taal.getal(manifest["tabellen"][naam]))
             for naam, deel in woordenboek.tables().items()),
        ),
        "",
        "## De kolommen",
    ]  # fmt: skip
    per_tabel = {naam: [(een.naam, een.soort) for een in alle] for naam, alle in kolommen.items()}
    for naam, alle in per_tabel.items():
        rijen = woordenboek.rows({naam: alle})
        uit += ["", f"### {naam}", ""]
        uit += _table(("Kolom", "Soort", "Wat"), ((f"`{kolom}`", soort, wat) for _, kolom, soort, wat in rijen))
    uit += ["", "## De velden van een feit", "", *_fact_fields()]
    return "\n".join(uit) + "\n"


def _fact_fields() -> list[str]:
    als_tabel = taal.opsomming(f"`{veld}`" for veld in feiten.VELDEN if veld not in ("deel", "gegevens"))
    return [
        f"Elke regel van `{feiten.BESTAND}` is een feit: {als_tabel} zijn die van de tabel `feiten`. Verder zijn er:",
        "",
        "* `deel`: het hoeveelste feit dit is van de groep waarmee het is vastgelegd, en hoeveel die er heeft;",
        "* `gegevens`: de gegevens van dit soort feit; de tabel `soorten` noemt ze;",
        f"* `{feiten.GETYPT}`: wat erbij is getypt, per veld;",
        f"* `{feiten.GEWIST}`: de velden waarvan de tekst is gewist, als die er zijn;",
        f"* `{feiten.ONTBREEKT}`: de velden waarvan het register de tekst kwijt is, als die er zijn.",
    ]


def _table(kop: Sequence[str], rijen: Iterable[Sequence[str]]) -> list[str]:
    return [
        f"| {' | '.join(kop)} |",
        f"|{'---|' * len(kop)}",
        *(f"| {' | '.join(cel.replace('|', chr(92) + '|') for cel in rij)} |" for rij in rijen),
    ]
