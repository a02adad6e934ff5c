"""Page Brieven: with which template each letter is made, what can stand in it, how it looks, and another template."""

from __future__ import annotations

import hashlib
from datetime import date

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import scherm, taal
from klachten.brieven import BRIEVEN, Brief, BriefKanNiet, maak_met
from klachten.brieven.docx_lezen import GROOTSTE
from klachten.brieven.sjabloon import of_program, template_on, versions
from klachten.brieven.velden import ALTIJD, fields_of
from klachten.handelingen import HANDELINGEN
from klachten.handelingen.organisatie.sjablonen import problems
from klachten.scherm import aanbod, formulier, onderdelen, papier, uitvoer
from klachten.scherm.beheer import delen
from klachten.scherm.onderdelen import veilig
from klachten.scherm.velden import megabytes

PLEK = "brieven"
TOEVOEGEN, BEEINDIGEN = "toevoegen_sjabloon", "beeindigen_sjabloon"
_VAN_HAAR = (g.SjabloonToegevoegd, g.SjabloonBeeindigd)


def gekozen() -> Brief:
    """Let the user choose a letter, and say with which template it is made."""
    org, vandaag = scherm.register().organisatie, scherm.vandaag()
    id = st.selectbox(
        "Brief",
        list(BRIEVEN),
        format_func=lambda id: f"{_step(BRIEVEN[id])}{BRIEVEN[id].naam}",
        key=f"{PLEK}.brief",
        placeholder="Kies een brief",
    )
    brief = BRIEVEN[id or next(iter(BRIEVEN))]
    nu = template_on(org, brief.id, vandaag)
    zin = f"uw eigen sjabloon, vanaf {taal.datum(nu.vanaf)}" if nu else "het sjabloon van het programma"
    st.markdown(f"Nu geldt: **{zin}**.")
    straks = [v for v in versions(org, brief.id) if v.vanaf > vandaag and (v.tot is None or v.tot >= v.vanaf)]
    for versie in straks:
        st.markdown(f"Vanaf {taal.datum(versie.vanaf)} geldt een ander eigen sjabloon.")
    return brief


def _step(brief: Brief) -> str:
    return f"Stap {brief.stap}: " if brief.stap else ""


def _content(brief: Brief, op: date) -> bytes:
    nu = template_on(scherm.register().organisatie, brief.id, op)
    return scherm.register().document(g.NUMMER, nu.document) if nu else of_program(brief)


def bekijk(brief: Brief) -> None:
    """Draw the letter of today with invented data, what can be taken along, and what can stand in it."""
    inhoud = _content(brief, scherm.vandaag())
    if uitvoer.mag("sjabloon"):
        with st.container(horizontal=True):
            _download("Sjabloon downloaden", f"Sjabloon {brief.naam}.docx", inhoud, f"nu.{brief.id}")
            if inhoud != of_program(brief):
                _download(
                    "Sjabloon van het programma", f"Sjabloon {brief.naam} (programma).docx", of_program(brief),
                    f"programma.{brief.id}",
                )  # fmt: skip
    with st.expander("Zo ziet de brief eruit, met verzonnen gegevens", icon=":material/preview:", expanded=True):
        _preview(brief, inhoud)
    with st.expander("Wat er in deze brief kan staan", icon=":material/data_object:"):
        fields(brief)


def _download(label: str, naam: str, inhoud: bytes, key: str) -> None:
    aanbod.knop(label, naam, aanbod.MIME, aanbod.Maker("sjabloon", lambda: inhoud), key=f"{PLEK}.{key}")


def _preview(brief: Brief, inhoud: bytes) -> None:
    try:
        gemaakt = maak_met(scherm.register(), brief, inhoud, scherm.vandaag())
    except BriefKanNiet as fout:
        onderdelen.weigering(fout)
        return
    papier.toon(gemaakt.docx)
    if uitvoer.mag("sjabloon"):
        kenmerk = hashlib.sha256(inhoud).hexdigest()[:12]
        _download("Deze voorbeeldbrief in Word", gemaakt.naam, gemaakt.docx, f"proef.{brief.id}.{kenmerk}")


def fields(brief: Brief) -> None:
    """List the fields of a letter in words, those that it must have first."""
    st.markdown(
        "Zet een veld tussen dubbele accolades in de tekst, bijvoorbeeld `{{ klachtnummer }}`. Een alinea die er "
        "alleen staat als een veld gevuld is, komt tussen `{%p if veld %}` en `{%p endif %}`, elk in een eigen alinea. "
        "Stijlen waarvan de naam met *Brief* begint, krijgen de letter en de kleuren van uw huisstijl."
    )
    alle = fields_of(brief)
    volgorde = [*brief.verplicht, *(naam for naam in (*brief.velden, *ALTIJD) if naam not in brief.verplicht)]
    regels = []
    for naam in volgorde:
        moet = " **Dit moet erin staan.**" if naam in brief.verplicht else ""
        delen_ = " Heeft delen: `{%p for deel in " + naam + " %}`." if alle[naam].lijst else ""
        regels.append(f"- `{{{{ {naam} }}}}`: {alle[naam].uitleg}.{delen_}{moet}")
    st.markdown("\n".join(regels))


def wijzigen(brief: Brief) -> None:
    """Draw what the user can change: a template first looked at, and then recorded; or back to that of the program."""
    naam = delen.wijzigen((TOEVOEGEN, BEEINDIGEN), plek=PLEK)
    if naam == TOEVOEGEN:
        _add(brief)
    elif naam == BEEINDIGEN:
        _end(brief)


def _add(brief: Brief) -> None:
    org = scherm.register().organisatie
    keer = len(org.van(*_VAN_HAAR))
    bestand = st.file_uploader(
        f"Word-bestand voor '{brief.naam}'",
        type=["docx"],
        key=f"{PLEK}.nieuw.{brief.id}.{keer}",
        max_upload_size=megabytes(GROOTSTE),
        help=f"Een .docx, hoogstens {megabytes(GROOTSTE)} MB. Begin met het sjabloon dat u hierboven kunt downloaden.",
    )
    if bestand is None:
        st.markdown("Kies een bestand. U ziet dan eerst hoe de brief eruitziet; vastleggen komt daarna.")
        return
    inhoud = bestand.getvalue()
    if fouten := problems(brief.id, inhoud):
        st.markdown("Met dit bestand kan de brief niet worden gemaakt. Er is niets vastgelegd.")
        for zin in fouten:
            onderdelen.weigering(zin, soort="sjabloon_past_niet")
        return
    st.markdown("Zo wordt de brief, met verzonnen gegevens:")
    _preview(brief, inhoud)
    delen.gevolg(
        f"**{veilig(brief.naam)}** wordt met dit bestand gemaakt vanaf de dag die u kiest.",
        "Brieven die al zijn gemaakt of verstuurd, veranderen niet. Het vorige sjabloon blijft bewaard.",
    )
    formulier.toon(
        HANDELINGEN[TOEVOEGEN],
        g.NUMMER,
        sleutel=PLEK,
        vast={"brief": brief.id, "bestand": inhoud},
        begin={"vanaf": scherm.vandaag()},
        kenmerk=f"{PLEK}/{brief.id}/{hashlib.sha256(inhoud).hexdigest()}",
    )


def _end(brief: Brief) -> None:
    org, vandaag = scherm.register().organisatie, scherm.vandaag()
    if not any(v.tot is None or v.tot >= vandaag for v in versions(org, brief.id)):
        st.markdown(f"'{veilig(brief.naam)}' heeft geen eigen sjabloon. Kies hierboven een brief die dat wel heeft.")
        return
    delen.gevolg(f"Na de dag die u kiest, wordt **{veilig(brief.naam)}** gemaakt met het sjabloon van het programma.")
    delen.vraag(BEEINDIGEN, g.NUMMER, plek=PLEK, vast={"brief": brief.id})


def historie(brief: Brief) -> None:
    """Draw what was recorded about the template of a letter, each file to take along."""
    dossier = delen.dossier()
    if dossier is None:
        return
    eigen = [v for v in dossier.vastleggingen if isinstance(v.feit, _VAN_HAAR) and v.feit.brief == brief.id]
    gekend = {v.nr for v in eigen}
    eigen += [v for v in dossier.vastleggingen if v.corrigeert in gekend and v not in eigen]
    for vastlegging, _ in delen.historie(eigen, kop=f"Geschiedenis van '{brief.naam}'"):
        feit = vastlegging.feit
        if isinstance(feit, g.SjabloonToegevoegd) and uitvoer.mag("sjabloon"):
            inhoud = scherm.register().document(g.NUMMER, feit.document)
            _download(
                f"Sjabloon vanaf {taal.datum(feit.vanaf)}", f"Sjabloon {brief.naam} {feit.vanaf}.docx", inhoud,
                f"versie.{vastlegging.nr}",
            )  # fmt: skip
