"""The style of the house: colours, letter, logo, signature and footer of everything that leaves it, from a day on."""

from __future__ import annotations

import hashlib
from datetime import date

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.beeld import GROOTSTE, bezwaar_logo, soort_van
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.organisatie.gedeeld import check_ingericht, organisatie_van
from klachten.handelingen.veld import Veld
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.organisatie import huisstijl

_OP_WIT = "Kleuren moeten op wit papier goed te lezen zijn."


@handeling(
    "Huisstijl instellen",
    Veld(naam="vanaf", label="Geldt vanaf", soort="dag"),
    Veld(naam="kleur", label="Kleur van titels", soort="kleur", standaard=huisstijl.KLEUR_BEGIN, hulp=_OP_WIT),
    Veld(
        naam="tweede_kleur",
        label="Kleur van kleine tekst",
        soort="kleur",
        standaard=huisstijl.TWEEDE_BEGIN,
        hulp="De naam van de organisatie, de ondertitel en de voetregel.",
    ),
    Veld(naam="lettertype", label="Lettertype", soort="lettertype", standaard=huisstijl.LETTER),
    Veld(
        naam="logo",
        label="Logo",
        soort="bestand",
        verplicht=False,
        grootste=GROOTSTE,
        hulp="Een PNG- of JPEG-afbeelding van hoogstens 1 MB. Laat leeg om het logo te houden dat er is.",
    ),
    Veld(naam="zonder_logo", label="Voortaan zonder logo", soort="ja_nee", verplicht=False, standaard=False),
    Veld(
        naam="ondertekening",
        label="Ondertekening van brieven",
        soort="tekst",
        verplicht=False,
        hulp="Bijvoorbeeld: Met vriendelijke groet, en daaronder de naam van uw organisatie.",
    ),
    Veld(
        naam="voettekst",
        label="Onderaan elke brief",
        soort="regel",
        verplicht=False,
        hulp="Bijvoorbeeld uw nummer bij de Kamer van Koophandel.",
    ),
    reeks="O",
)
def stellen_huisstijl(
    zaak: Zaak,
    *,
    vanaf: date,
    kleur: str,
    tweede_kleur: str,
    lettertype: str,
    logo: bytes | None,
    zonder_logo: bool,
    ondertekening: str,
    voettekst: str,
) -> Gebeurtenis:
    """How letters and the report look; a logo that is not given anew stays."""
    check_ingericht(zaak)
    fout = {
        naam: f"{waarde} is op wit papier niet goed te lezen (contrast {_komma(waarde)}; nodig is 4,5). "
        "Kies een donkerder kleur."
        for naam, waarde in (("kleur", kleur), ("tweede_kleur", tweede_kleur))
        if huisstijl.contrast(waarde) < huisstijl.LEESBAAR
    }
    if logo and zonder_logo:
        fout["zonder_logo"] = "U koos een logo, en ook dat er geen logo is. Kies een van de twee."
    if logo and (zin := bezwaar_logo(logo)):
        fout["logo"] = f"Logo: {zin}"
    if fout:
        raise OngeldigeInvoer(fout)
    eerder = organisatie_van(zaak).geldend(g.HuisstijlGesteld, vanaf)
    document, soort = (eerder.document, eerder.logo_soort) if eerder and not zonder_logo else ("", "")
    if logo:
        zaak.document, document, soort = logo, hashlib.sha256(logo).hexdigest(), soort_van(logo)
    return g.HuisstijlGesteld(
        gebeurd_op=zaak.vandaag, vanaf=vanaf, kleur=kleur.upper(), tweede_kleur=tweede_kleur.upper(),
        lettertype=lettertype, document=document, logo_soort=soort, ondertekening=ondertekening, voettekst=voettekst,
    )  # fmt: skip


def _komma(kleur: str) -> str:
    # Rounded down: 4.46 must not read as 4.5, which would do.
    return f"{int(huisstijl.contrast(kleur) * 10) / 10:.1f}".replace(".", ",")
