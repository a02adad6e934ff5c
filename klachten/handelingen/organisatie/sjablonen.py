"""The templates of letters: the organisation has its own from a day on, and goes back to that of the program.

A letter is made with the template of its day. A template that was used stays in the dossier of the organisation, so
that of every letter can be seen what it was made with.
"""

from __future__ import annotations

import hashlib
from datetime import date

from klachten import gebeurtenissen as g
from klachten.brieven import BRIEVEN, BriefKanNiet, docx_lezen, keuring
from klachten.brieven.sjabloon import template_on
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.organisatie.gedeeld import check_ingericht, organisatie_van
from klachten.handelingen.veld import Veld, toelichting
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.taal import datum

_WELKE = Veld(
    naam="brief", label="Brief", soort="keuze", keuzes=tuple((brief.id, brief.naam) for brief in BRIEVEN.values())
)


@handeling(
    "Sjabloon van een brief toevoegen",
    _WELKE,
    Veld(
        naam="bestand",
        label="Word-bestand",
        soort="bestand",
        grootste=docx_lezen.GROOTSTE,
        hulp="Een .docx met de velden van deze brief. Begin met het sjabloon dat er nu is.",
    ),
    Veld(naam="vanaf", label="Voor brieven vanaf", soort="dag"),
    toelichting("Wat is er anders"),
    reeks="O",
)
def toevoegen_sjabloon(zaak: Zaak, *, brief: str, bestand: bytes, vanaf: date, toelichting: str) -> Gebeurtenis:
    """A letter has a template of the organisation from a day on; it is checked first, and kept in the dossier."""
    check_ingericht(zaak)
    if fouten := problems(brief, bestand):
        raise OngeldigeInvoer({"bestand": " ".join(fouten)})
    sha256 = hashlib.sha256(bestand).hexdigest()
    nu = template_on(organisatie_van(zaak), brief, vanaf)
    if nu is not None and nu.document == sha256:
        raise OngeldigeInvoer({"bestand": f"Dit is het sjabloon dat op {datum(vanaf)} al geldt."})
    zaak.document = bestand
    return g.SjabloonToegevoegd(
        gebeurd_op=zaak.vandaag, brief=brief, document=sha256, vanaf=vanaf, toelichting=toelichting
    )


@handeling(
    "Terug naar het sjabloon van het programma",
    _WELKE,
    Veld(naam="laatste_dag", label="Het eigen sjabloon geldt tot en met", soort="dag"),
    reeks="O",
)
def beeindigen_sjabloon(zaak: Zaak, *, brief: str, laatste_dag: date) -> Gebeurtenis:
    """The template of the organisation ends; after it the letter is made with that of the program."""
    check_ingericht(zaak)
    if template_on(organisatie_van(zaak), brief, laatste_dag) is None:
        naam = BRIEVEN[brief].naam
        raise OngeldigeInvoer(
            {"laatste_dag": f"Op {datum(laatste_dag)} geldt er voor '{naam}' geen eigen sjabloon. Kies een andere dag."}
        )
    return g.SjabloonBeeindigd(gebeurd_op=zaak.vandaag, brief=brief, laatste_dag=laatste_dag)


def problems(brief: str, bestand: bytes) -> tuple[str, ...]:
    """Return all that is wrong with a file as the template of a letter, each with its place; nothing for a good one."""
    try:
        keuring.check(bestand, BRIEVEN[brief])
    except BriefKanNiet as fout:
        return fout.zinnen
    return ()
