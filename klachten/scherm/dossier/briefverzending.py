"""Sending a letter that was made: by e-mail, or by hand; both record it with its step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from klachten import handelingen, scherm
from klachten.brieven import BUITEN, Brief
from klachten.brieven import omzetten as omzetter
from klachten.brieven.maken import subject
from klachten.brieven.ontvangers import Ontvanger
from klachten.dossier.klacht import Feiten
from klachten.handelingen import Geweigerd, Uitkomst, Veld
from klachten.handelingen import brief as handeling
from klachten.handelingen.veld import op as op_veld
from klachten.handelingen.veld import wijze as wijze_veld
from klachten.scherm import berichten, formulier, stapconcept
from klachten.scherm.formulier import Opdracht
from klachten.scherm.onderdelen import veilig
from klachten.toegang.sleutel import token

PLEK = "brief"
ANDERE = "brief.andere"


@dataclass
class Gemaakt:
    """A letter that was made and is not sent yet."""

    naam: str
    docx: bytes
    aan: Ontvanger
    antwoorden: dict[str, Any] = field(default_factory=dict)
    aangepast: bool = False
    eerst: str = field(default_factory=token)


def mail(feiten: Feiten, soort: Brief, klaar: Gemaakt) -> bool:
    """Draw sending by e-mail, or say why that is not possible; tell whether it is."""
    adres = klaar.aan.e_mail
    if not adres:
        # Of somebody outside the address is asked with the letter itself.
        buiten = " Kies *Opnieuw invullen* als u het e-mailadres weet." if soort.aan == BUITEN else ""
        st.markdown(
            f"Van {veilig(klaar.aan.omschrijving)} staat geen e-mailadres in het dossier: druk de brief af, of reik "
            f"hem uit.{buiten}"
        )
        return False
    if (waarom := berichten.may_go()) and scherm.register().organisatie.voorbeeld:
        st.info(
            "In het voorbeeld gaat er niets de deur uit. In uw eigen register zou dit gaan:  \n"
            f"**Aan** {veilig(adres)}  \n**Onderwerp** {veilig(subject(soort, feiten, klaar.aan))}  \n"
            f"**Bijlage** {veilig(_attachment(klaar))}",
            icon=":material/outgoing_mail:",
        )
        return False
    if waarom:
        st.markdown(f"{waarom} Stuur de brief met uw eigen e-mail aan {veilig(adres)}, druk hem af of reik hem uit.")
        return False
    with st.expander(f"Per e-mail aan {veilig(adres)}", icon=":material/outgoing_mail:", expanded=True):
        formulier.toon_opdracht(
            _order(
                feiten, soort, klaar, "Brief klaarzetten voor e-mail", _MAILVELDEN, _put_ready(feiten, soort, klaar)
            ),
            kenmerk=mark(feiten, soort, "mail"),
            begin={"onderwerp": subject(soort, feiten, klaar.aan), "inhoud": _covering(klaar)},
            dossier=feiten,
            knop="Versturen per e-mail",
        )
        st.markdown(":small[De stap wordt vastgelegd zodra de mailserver het bericht heeft aangenomen.]")
    return True


_MAILVELDEN = (
    Veld(naam="onderwerp", label="Onderwerp", soort="regel"),
    Veld(naam="inhoud", label="Tekst van de e-mail", soort="tekst"),
)


def sent(feiten: Feiten, soort: Brief, klaar: Gemaakt, *, per_mail: bool) -> None:
    """Ask when and how the letter went, and record that with the step."""
    zin = "Of hebt u de brief zelf verstuurd?" if per_mail else "Hebt u de brief verstuurd?"
    st.markdown(
        f"{zin} Leg vast op welke dag en hoe. De stap en de brief, als Word-bestand, komen dan samen in het dossier."
    )
    formulier.toon_opdracht(
        _order(
            feiten, soort, klaar, f"{soort.naam} verstuurd", (op_veld("Verstuurd op"), wijze_veld()),
            _record(feiten, soort, klaar),
        ),
        kenmerk=mark(feiten, soort, "verstuurd"),
        dossier=feiten,
        knop="Vastleggen dat de brief is verstuurd",
    )  # fmt: skip


def _order(
    feiten: Feiten, soort: Brief, klaar: Gemaakt, titel: str, gevraagd: tuple[Veld, ...],
    record: Callable[[dict[str, Any], str, str], Uitkomst],
) -> Opdracht:  # fmt: skip
    return Opdracht(
        naam=soort.handeling or soort.id, titel=titel, stap=soort.stap, velden=gevraagd, reden_verplicht=False,
        klachtnummer=feiten.klachtnummer, plek=PLEK, record=record,
        toets=lambda: handeling.refusal(scherm.register(), now(feiten.klachtnummer), soort.id, scherm.gebruiker()),
    )  # fmt: skip


def _record(feiten: Feiten, soort: Brief, klaar: Gemaakt) -> Callable[[dict[str, Any], str, str], Uitkomst]:
    def record(invoer: dict[str, Any], reden: str, afwijking: str) -> Uitkomst:
        uitkomst = handeling.verstuurd(
            scherm.register(), scherm.gebruiker(), feiten.klachtnummer, brief=soort.id, bestand=klaar.docx,
            naam=klaar.naam, vandaag=scherm.vandaag(), antwoorden=klaar.antwoorden, reden=reden,
            reden_afwijking=afwijking or None, **invoer,
        )  # fmt: skip
        _done(feiten, soort)
        return uitkomst

    return record


def _put_ready(feiten: Feiten, soort: Brief, klaar: Gemaakt) -> Callable[[dict[str, Any], str, str], Uitkomst]:
    def record(invoer: dict[str, Any], reden: str, afwijking: str) -> Uitkomst:
        pdf = omzetter.to_pdf(klaar.docx) or b""
        uitkomst = handeling.klaarzetten(
            scherm.register(), scherm.gebruiker(), feiten.klachtnummer, brief=soort.id, bestand=klaar.docx,
            naam=f"{klaar.naam.removesuffix('.docx')}.pdf" if pdf else klaar.naam, aan=klaar.aan.e_mail,
            vandaag=scherm.vandaag(), antwoorden=klaar.antwoorden, reden=reden, reden_afwijking=afwijking or None,
            pdf=pdf, **invoer,
        )  # fmt: skip
        _done(feiten, soort)
        return uitkomst

    return record


def _attachment(klaar: Gemaakt) -> str:
    return f"{klaar.naam.removesuffix('.docx')}.pdf" if omzetter.aanwezig() else klaar.naam


def _covering(klaar: Gemaakt) -> str:
    aanhef = f"Geachte {klaar.aan.naam}," if klaar.aan.naam else "Geachte heer of mevrouw,"
    naam = scherm.register().organisatie.gegevens(scherm.vandaag()).naam
    return (
        f"{aanhef}\n\nIn de bijlage vindt u onze brief.\n\nMet vriendelijke groet,\n{scherm.gebruiker().naam}\n{naam}"
    )


def now(klachtnummer: str) -> Feiten:
    """Return the dossier as it stands at this moment: what happens in a callback comes after the page was read."""
    return handelingen.dossier_van(scherm.register(), klachtnummer)


def checked(nummer: str, soort: Brief, maak: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return what makes a file of a letter, and asks again whether its reader may have it: a role may be gone since."""
    wie = scherm.gebruiker()

    def again() -> bytes:
        if waarom := handeling.refusal(scherm.register(), now(nummer), soort.id, wie):
            raise Geweigerd(waarom)
        return maak()

    return again


def mark(feiten: Feiten, soort: Brief, wat: str) -> str:
    """Return the name of a widget, or of what is remembered, of one letter in one dossier."""
    return f"{PLEK}.{wat}.{feiten.klachtnummer}.{soort.id}"


def forget(*keys: str) -> None:
    """Let what was remembered go."""
    for key in keys:
        st.session_state.pop(key, None)


def draft(klachtnummer: str, soort: Brief, gevraagd: Iterable[Veld] = ()) -> stapconcept.Stapconcept | None:
    """Return what is kept of the texts that a letter asks; without what it asks, only to throw it away."""
    key = f"{PLEK}.vraag.{klachtnummer}.{soort.id}"
    return stapconcept.of_form(klachtnummer, key, key, gevraagd, ook=() if gevraagd else ("",), doe=soort.handeling)


def _done(feiten: Feiten, soort: Brief) -> None:
    if concept := draft(feiten.klachtnummer, soort):
        with suppress(OSError):
            concept.recorded()
    forget(*(mark(feiten, soort, wat) for wat in ("klaar", "open", "fouten")), ANDERE)
