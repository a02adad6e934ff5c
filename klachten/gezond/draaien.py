"""Whether the app runs, with settings that are safe, on a database of its own version."""

from __future__ import annotations

from klachten import __version__
from klachten.gezond.blik import Blik
from klachten.gezond.uitslag import Uitslag, fout, goed, let_op, nvt
from klachten.gezond.woorden import moment
from klachten.mapsoort import Soort
from klachten.register import schemastand
from klachten.register.fouten import RegisterBezet
from klachten.reservekopie import fouten as kopiefouten
from klachten.reservekopie import instellingen as reservekopie
from klachten.toegang import instellingen
from klachten.toegang.instellingen import BESTAND, OngeldigeInstelling, OnveiligAdres

START = "Start de app: python -m klachten start."


def app(blik: Blik) -> Uitslag:
    """Does the app run, and does nobody else have the register."""
    pols = blik.pols
    if blik.draait and pols:
        if blik.bezet is False:
            return fout(
                "De app draait, maar haar slot op de map is weg: een tweede zou het register nu ook kunnen openen.",
                "Stop de app, kijk of er geen tweede draait, geef controleer, en start haar weer.",
            )
        if pols.versie != __version__:
            return let_op(
                f"De app draait nog als versie {pols.versie}, maar het programma is nu {__version__}.",
                "Stop de app en start haar opnieuw.",
            )
        return goed(f"De app draait sinds {moment(pols.begonnen)}.")
    if blik.bezet:
        stil = f" De app liet het laatst van zich horen op {moment(pols.moment)}." if pols and not pols.gestopt else ""
        return let_op(
            f"Iets heeft het register open, maar het is geen app die goed draait.{stil}",
            "Loopt er een opdracht, wacht daar dan op. Anders hangt de app, of is de schijf vol: kijk in haar logboek, "
            "stop haar en start haar opnieuw.",
        )
    if pols is None:
        return let_op("De app heeft in deze map nog niet gedraaid.", START)
    if pols.gestopt:
        return let_op(f"De app draait niet; zij is gestopt op {moment(pols.moment)}.", START)
    return let_op(
        f"De app draait niet, en is niet netjes gestopt: zij liet het laatst van zich horen op {moment(pols.moment)}.",
        f"{START} Wat was bevestigd is bewaard. Gebeurt dit vaker, kijk dan in haar logboek.",
    )


def settings(blik: Blik) -> Uitslag:
    """Can the settings be read, and would the app start with them."""
    gelezen = blik.instellingen
    if isinstance(gelezen, OngeldigeInstelling):
        return fout(str(gelezen), f"Verbeter {BESTAND} in de map toegang; tot dan start de app niet.")
    try:
        instellingen.check(gelezen, voorbeeld=blik.voorbeeld, luister=gelezen.luister)
    except OnveiligAdres as onveilig:
        return fout(str(onveilig), "Tot dan start de app niet.")
    try:
        reservekopie.of_register(blik.map)
    except kopiefouten.OngeldigeInstelling as onbruikbaar:
        doe = f"Verbeter {BESTAND} in de map toegang; tot dan wordt er geen reservekopie gemaakt."
        return fout(str(onbruikbaar), doe)
    if not gelezen.adres:
        return goed("Alleen deze computer kan bij het register.")
    hoe = "via een proxy" if gelezen.proxies else "met een eigen certificaat"
    return goed(f"Het register is bereikbaar op {gelezen.adres}, {hoe}.")


def schema(blik: Blik) -> Uitslag:
    """Is the database of this version: an older one is brought up to date, a newer one is not opened."""
    nieuwste, nu = schemastand.newest(), blik.pols.schema if blik.draait and blik.pols else None
    if nu is None:
        if blik.bezet:
            return nvt("Het register is in gebruik; de vorm van de database is nu niet te zien.")
        try:
            # Without the lock of the register: whoever wants to open it meanwhile is not stopped.
            nu = schemastand.applied(blik.map)
        except RegisterBezet:
            return nvt("Het register is in gebruik; de vorm van de database is nu niet te zien.")
    if nu is None:
        if blik.soort is Soort.LEEG:
            return nvt("Er is nog geen database.")
        return let_op(
            "De database ontbreekt of is niet te lezen.",
            "De app maakt haar bij de volgende start opnieuw uit het journaal en de dossiers. Geef daarna controleer.",
        )
    if nu > nieuwste:
        return fout(
            f"De database is van een nieuwere versie van klachten: schema {nu}, deze versie kent {nieuwste}.",
            "Werk klachten bij. Deze versie opent het register niet.",
        )
    if nu < nieuwste:
        return let_op(
            f"De database is van een oudere versie van klachten: schema {nu}, deze versie heeft {nieuwste}.",
            "Geef python -m klachten opwaarderen, of start de app: zij doet het dan zelf, eerst op een proef.",
        )
    return goed(f"De database heeft schema {nu}, dat van deze versie.")
