"""What the machine around the register has to do: room, time, who may read, and what goes to the outside."""

from __future__ import annotations

import os
import shutil
import smtplib
from datetime import datetime, timedelta

from klachten import afscherming
from klachten.gezond import anderen
from klachten.gezond.blik import Blik
from klachten.gezond.uitslag import Uitslag, fout, goed, let_op, nvt
from klachten.gezond.woorden import ONLEESBAAR, ago, moment, room
from klachten.klok import TERUG, VOORUIT
from klachten.post.uit import smtp
from klachten.toegang import certificaat
from klachten.toegang.instellingen import BESTAND, OngeldigeInstelling
from klachten.toegang.verbinding import is_private

VOL, KRAP = 200 << 20, 1 << 30
RECENT = timedelta(days=7)
GEDULD = 5.0
_ZET_GELIJK = "Zet de klok van de computer gelijk, met de app uit, en start haar daarna."


def disk(blik: Blik) -> Uitslag:
    """Is there room to record, and to make the database again beside the old one."""
    over = shutil.disk_usage(blik.map)
    zin = f"Er is {room(over.free)} vrij van {room(over.total)}."
    doe = "Maak ruimte: als de schijf vol is, kan niemand iets vastleggen. Wat is vastgelegd blijft bewaard."
    if over.free < VOL:
        return fout(zin, doe)
    if over.free < max(KRAP, 2 * blik.grootte):
        return let_op(f"{zin} De database neemt {room(blik.grootte)} en moet er nog eens naast kunnen.", doe)
    return goed(zin)


def clock(blik: Blik) -> Uitslag:
    """Does the clock agree with what was recorded, and did nobody set it while the app ran."""
    pols = blik.pols
    gezien = [op for op in (blik.laatste[1] if blik.laatste else None, pols.op if pols else None) if op]
    if not gezien:
        return nvt("Er is nog niets vastgelegd om de klok mee te vergelijken.")
    verschil = blik.nu - max(gezien)
    if verschil < -TERUG:
        return fout(
            f"De klok loopt achter: er is al iets vastgelegd op {moment(max(gezien))}, {ago(-verschil, '')} later dan "
            "het nu zou zijn. Termijnen en nummers van klachten kloppen dan niet.",
            f"{_ZET_GELIJK} Was de klok toen juist verkeerd, leg dan niets vast tot iemand heeft gekeken.",
        )
    if pols and pols.klokstap and blik.nu - datetime.fromisoformat(pols.klokstap_op) < RECENT:
        kant = "vooruit" if pols.klokstap > 0 else "terug"
        return let_op(
            f"De klok is {kant}gezet terwijl de app draaide: {ago(timedelta(seconds=abs(pols.klokstap)), '')}, "
            f"gezien op {moment(pols.klokstap_op)}.",
            "Kijk of de klok nu goed staat. Wat ertussen is vastgelegd, kan een verkeerd moment hebben.",
        )
    if verschil > VOORUIT:
        return let_op(
            f"Het laatste wat hier gebeurde is van {moment(max(gezien))}, {ago(verschil)}. Loopt de klok vooruit?",
            f"Kijk of de dag goed staat: het zou nu {moment(blik.nu)} zijn. {_ZET_GELIJK}",
        )
    return goed(f"De klok staat op {moment(blik.nu)}, en past bij wat het laatst gebeurde.")


def permissions(blik: Blik) -> Uitslag:
    """Can nobody else on this machine read the register, and can who looks write it."""
    dicht = [pad for pad in anderen.parts(blik.map) if not os.access(pad, os.R_OK | os.W_OK | os.X_OK)]
    if dicht:
        return let_op(
            f"Wie deze controle draait, mag niet in {dicht[0]} schrijven.",
            "Draai haar als de gebruiker van het register. Is dat al zo, geef hem de map dan terug: chown -R.",
        )
    if open_ := afscherming.reachable(blik.map):
        return fout(
            f"Andere gebruikers van deze computer kunnen bij {open_[0]}: daar staan teksten en namen in.",
            f"Sluit de map voor anderen: chmod -R go= {blik.map}",
        )
    if os.name != "posix":
        return nvt(
            "Wie bij de map kan, regelt Windows.", "docs/in-gebruik/taak.ps1 laat er alleen haar eigen gebruiker bij."
        )
    return goed("Alleen de gebruiker van het register kan bij de map.")


def certificate(blik: Blik) -> Uitslag:
    """Do browsers take the app's own certificate, and for how long."""
    gelezen = blik.instellingen
    if isinstance(gelezen, OngeldigeInstelling):
        return nvt(ONLEESBAAR)
    if not gelezen.certificaat:
        if gelezen.proxies:
            return nvt("Het certificaat is dat van de proxy.", "Kijk daar tot wanneer het geldt.")
        return nvt("Er is geen certificaat: alleen deze computer kan bij het register.")
    doe = "Zet er een nieuw certificaat neer en start de app opnieuw."
    try:
        zinnen = certificaat.check(gelezen, blik.nu.timestamp())
    except OngeldigeInstelling as onbruikbaar:
        return fout(str(onbruikbaar), doe)
    if not zinnen:
        return goed("Browsers nemen het certificaat aan, en het verloopt niet binnenkort.")
    return (fout if any("houden mensen tegen" in zin for zin in zinnen) else let_op)(" ".join(zinnen), doe)


def mail(blik: Blik) -> Uitslag:
    """Does the mail server answer, in the way that is set."""
    gelezen = blik.instellingen
    if isinstance(gelezen, OngeldigeInstelling):
        return nvt(ONLEESBAAR)
    if gelezen.smtp is None:
        return nvt("E-mail is niet ingesteld: het register verstuurt niets.")
    waar = f"{gelezen.smtp.host}:{gelezen.smtp.poort}"
    try:
        # Hello and goodbye as when something is sent, which is not done.
        with smtp.connect(gelezen.smtp, GEDULD) as lijn:
            lijn.noop()
    except (OSError, smtplib.SMTPException) as mislukt:
        waarom = getattr(mislukt, "strerror", None) or type(mislukt).__name__
        return fout(
            f"De mailserver {waar} antwoordt niet zoals het hoort ({waarom}).",
            f"Kijk of de computer hem kan bereiken, en wat er in {BESTAND} onder smtp staat.",
        )
    if not gelezen.smtp.afzender:
        zin = f"De mailserver {waar} antwoordt, maar er is geen afzender: er wordt niets verstuurd."
        return let_op(zin, f"Zet in {BESTAND} bij smtp afzender op het e-mailadres waar de brieven vandaan komen.")
    if not is_private(gelezen.smtp.host, gelezen.smtp.beveiliging):
        zin = f"De mailserver {waar} antwoordt, maar wat erheen gaat is onderweg te lezen."
        return let_op(zin, f"Zet in {BESTAND} bij smtp beveiliging op starttls of tls.")
    return goed(f"De mailserver {waar} antwoordt.")
