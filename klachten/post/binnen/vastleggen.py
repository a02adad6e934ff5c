"""What a person makes of a mail, a klacht or documents of a dossier: it and its attachments enter as they came."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from klachten import bestandsnaam, mailadres
from klachten import gebeurtenissen as g
from klachten.handelingen import HANDELINGEN, Geweigerd, Uitkomst, dossier_van, reglement_van, stuk
from klachten.handelingen.veld import EERSTE_JAAR, LANGSTE_REGEL
from klachten.organisatie import Gebruiker
from klachten.post.binnen.post import Bijlage, Post
from klachten.register import Boeking, Register
from klachten.taal import datum
from klachten.tijdzone import NEDERLAND
from klachten.zoekvorm import woorden

INTAKE, SIGNAAL, DOCUMENT = "stap_01_indienen_klacht", "stap_01_ontvangen_signaal", "stap_03_toevoegen_document"
OP_SCHRIFT = (
    "Deze mail is van de indiener zelf, en dus op schrift: dat is een klacht (stap 1). Een signaal is het alleen als "
    "een ander doorgeeft wat iemand mondeling zei. Kies bovenaan 'Ja'."
)
SOORT = "email"


class Voorstel(NamedTuple):
    """The day that a mail could have been received on, None when it says none that can be; `zin` says why, or asks."""

    dag: date | None
    zin: str


def propose_day(post: Post, vandaag: date) -> Voorstel:
    """Propose a day of receipt: that on which the last server got it, else that on which it was sent; never certain."""
    wanneer = post.aangekomen or post.op
    if wanneer is None:
        return Voorstel(None, "De mail zegt niet wanneer zij is verstuurd. Vul zelf in wanneer u haar kreeg.")
    dag = wanneer.astimezone(NEDERLAND).date() if 1 < wanneer.year < 9999 else wanneer.date()
    if dag > vandaag:
        return Voorstel(None, f"Volgens de mail is zij van {datum(dag)}; dat moet nog komen. Vul zelf de dag in.")
    if dag.year < EERSTE_JAAR:
        return Voorstel(None, f"Volgens de mail is zij van {datum(dag)}; dat kan niet kloppen. Vul zelf de dag in.")
    verstuurd = post.op.astimezone(NEDERLAND).date() if post.op and 1 < post.op.year < 9999 else None
    anders = f" (volgens de afzender verstuurd op {datum(verstuurd)})" if verstuurd not in (None, dag) else ""
    return Voorstel(dag, f"De mail is van {datum(dag)}{anders}. Kreeg u haar op die dag?")


def answers(post: Post) -> dict[str, Any]:
    """What the form of a klacht starts with; the day of receipt is left for a person to say."""
    return {
        "op": None,
        "kanaal": "e-mail",
        "indiener_naam": (post.naam or post.adres)[:LANGSTE_REGEL],
        "indiener_contact": post.adres[:LANGSTE_REGEL],
        "omschrijving": post.tekst,
    }


def left_out(post: Post) -> list[str]:
    """Return which attachments become no document of their own, each with why."""
    return [f"{een.naam}: {reden}" for een in post.bijlagen if (reden := _refused(een))]


def _refused(bijlage: Bijlage) -> str | None:
    """Why an attachment becomes no document; what was seen to be a mail or a package of Outlook only when it harms."""
    return (stuk.bezwaar if bijlage.soort == "bestand" else stuk.gevaar)(bijlage.inhoud)


def file_name(post: Post, naam: str = "") -> str:
    """Under which name the mail itself stands in the dossier."""
    return bestandsnaam.kept(naam or f"{post.onderwerp or 'e-mail'}.{post.soort}", f"e-mail.{post.soort}")


def record_klacht(
    register: Register, gebruiker: Gebruiker, post: Post, toets: Callable[[], None], *, naam: str = "", vandaag: date,
    reden: str = "", reden_afwijking: str | None = None, **invoer: Any,
) -> Uitkomst:  # fmt: skip
    """Record a klacht with the mail that it came in, in one group: all of it or nothing.

    Whoever may record the klacht hands in the mail with it, also without being allowed to add documents later. `toets`
    raises Geweigerd when somebody else was first; it is asked while nobody else writes.
    """
    with register.schrijven() as boeking:
        toets()
        uitkomst = HANDELINGEN[INTAKE].within(
            register, boeking, gebruiker, "", vandaag=vandaag, reden=reden, reden_afwijking=reden_afwijking, **invoer
        )
        if not uitkomst.nrs:
            return uitkomst
        eerste = next(v for v in boeking.vastleggingen(uitkomst.klachtnummer) if v.nr == uitkomst.nrs[0])
        nrs = _documents(boeking, uitkomst.klachtnummer, post, naam, gebruiker, eerste.rol, vandaag)
        return Uitkomst(uitkomst.klachtnummer, (*uitkomst.nrs, *nrs))


def record_signaal(
    register: Register, gebruiker: Gebruiker, post: Post, toets: Callable[[], None], *, naam: str = "", vandaag: date,
    reden: str = "", **invoer: Any,
) -> Uitkomst:  # fmt: skip
    """Record a signaal with the mail in which somebody passed on what another said, in one group; `toets` as below.

    What the person who is dissatisfied writes is a klacht, whatever it says: then Geweigerd.
    """
    if _is_from(post, str(invoer.get("indiener_naam") or ""), str(invoer.get("indiener_contact") or "")):
        raise Geweigerd(OP_SCHRIFT, soort="op_schrift")
    with register.schrijven() as boeking:
        toets()
        uitkomst = HANDELINGEN[SIGNAAL].within(register, boeking, gebruiker, "", vandaag=vandaag, reden=reden, **invoer)
        eerste = next(v for v in boeking.vastleggingen(uitkomst.klachtnummer) if v.nr == uitkomst.nrs[0])
        nrs = _documents(boeking, uitkomst.klachtnummer, post, naam, gebruiker, eerste.rol, vandaag)
        return Uitkomst(uitkomst.klachtnummer, (*uitkomst.nrs, *nrs))


def _is_from(post: Post, naam: str, contact: str) -> bool:
    """Tell whether a mail is of somebody with this name or one of these addresses."""
    zelfde_naam = bool(post.naam) and set(woorden(naam)) == set(woorden(post.naam))
    return zelfde_naam or post.adres.casefold() in mailadres.found_in(contact)


def record_in(
    register: Register,
    gebruiker: Gebruiker,
    klachtnummer: str,
    post: Post,
    toets: Callable[[], None],
    *,
    naam: str = "",
    vandaag: date,
) -> Uitkomst:
    """Put a mail and its attachments into a dossier; Geweigerd when this user may add no document there.

    `toets` is as in `record_klacht`.
    """
    with register.schrijven() as boeking:
        toets()
        dossier = dossier_van(boeking, klachtnummer)
        rol, weigering = HANDELINGEN[DOCUMENT].toets(dossier, gebruiker, reglement_van(register, dossier, op=vandaag))
        if weigering:
            raise Geweigerd(weigering)
        if hashlib.sha256(post.oorspronkelijk).hexdigest() in {f.document for f in dossier.van(g.DocumentToegevoegd)}:
            raise Geweigerd(f"Deze mail zit al in het dossier van {klachtnummer}.", soort="staat_er_al")
        nrs = _documents(boeking, klachtnummer, post, naam, gebruiker, rol, vandaag)
        return Uitkomst(klachtnummer, tuple(nrs))


def in_register(register: Register, sha256: str) -> str:
    """Return the number of a dossier that has this mail already, "" when none has."""
    with register.plain_cursor() as cursor:
        rij = cursor.execute(
            "SELECT klachtnummer FROM gebeurtenis WHERE soort = 'DocumentToegevoegd' "
            "AND gegevens ->> 'document' = ? LIMIT 1",
            [sha256],
        ).fetchone()
    return rij[0] if rij else ""


def _documents(
    boeking: Boeking, klachtnummer: str, post: Post, naam: str, gebruiker: Gebruiker, rol: str, vandaag: date
) -> list[int]:
    van_dag = propose_day(post, vandaag).dag
    van, aan = post.afzender[:LANGSTE_REGEL], post.ontvangers[:LANGSTE_REGEL]

    def add(bestand: Bijlage, soort: str, bij: int | None, van: str, aan: str) -> int:
        feit = g.DocumentToegevoegd(
            gebeurd_op=vandaag, document=hashlib.sha256(bestand.inhoud).hexdigest(), soort_document=soort,
            van_dag=van_dag, richting="in", hoort_bij=bij, naam=bestand.naam, van=van, aan=aan,
        )  # fmt: skip
        return boeking.leg_vast(klachtnummer, feit, door=gebruiker.id, rol=rol, document=bestand.inhoud)

    mail = add(Bijlage(file_name(post, naam), post.oorspronkelijk), SOORT, None, van, aan)
    goed = [een for een in post.bijlagen if not _refused(een)]
    return [mail, *(add(een, SOORT if een.soort == "mail" else "overig", mail, van, "") for een in goed)]


def as_shown(post: Post, vandaag: date, naam: str = "") -> Mapping[str, Any]:
    """What is kept of a mail beside itself, to show it without reading it again."""
    voorstel = propose_day(post, vandaag)
    return {
        "naam": file_name(post, naam),
        "afzender": post.afzender,
        "aan": post.ontvangers,
        "onderwerp": post.onderwerp,
        "dag": voorstel.dag.isoformat() if voorstel.dag else "",
        "zin": voorstel.zin,
        "tekst": post.tekst,
        "bijlagen": [[een.naam, len(een.inhoud)] for een in post.bijlagen],
        "bezwaren": list(post.bezwaren),
        "weggelaten": left_out(post),
    }
