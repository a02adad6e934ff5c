"""What stands in the fields of a letter: read from the dossier, the organisation and what was filled in for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.brieven import postadres
from klachten.brieven.lijst import BUITEN, INDIENER, Brief
from klachten.brieven.ontvangers import Ontvanger, closed_to, filers
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Dossier, Feiten
from klachten.gebeurtenissen import GEWIST
from klachten.gebeurtenissen.genoemd import GEMACHTIGDE
from klachten.organisatie import Gebruiker, Organisatie
from klachten.register import Register
from klachten.reglement import Reglement
from klachten.taal import WEEKDAGEN, datum

Waarden = dict[str, str | tuple[str, ...]]
MENINGSVERSCHIL = 15
TITELS = {"directie": "Directie", "coordinator": "Klachtencoördinator"}
"""What stands below the name of who signs and does not handle the klacht."""
OPVOLGING = {
    "geheel": "Wij volgen het oordeel helemaal op.",
    "deels": "Wij volgen het oordeel voor een deel op.",
    "niet": "Wij volgen het oordeel niet op.",
}


def values(
    register: Register,
    feiten: Feiten,
    brief: Brief,
    wie: Ontvanger,
    gebruiker: Gebruiker,
    op: date,
    antwoorden: Mapping[str, Any],
    reglement: Reglement,
) -> Waarden:
    """Return the value of every field of a letter; what is not known is empty, and the template leaves it out."""
    org = organisatie.huidige()
    uit: Waarden = {
        **of_organisation(org, op),
        "datum": datum(op),
        "onderwerp": brief.onderwerp,
        "ontvanger": wie.naam,
        "adres": "\n".join(wie.adres),
        "aanhef": f"Geachte {wie.naam}," if wie.naam else "Geachte heer of mevrouw,",
        "namens": _on_behalf_of(feiten, wie),
        "ondertekenaar": gebruiker.naam,
        "functie": _function(feiten, gebruiker),
        "klachtnummer": "" if closed_to(brief, feiten, wie) else feiten.klachtnummer,
        "bericht": _text(antwoorden, "bericht") or _text(antwoorden, "toelichting"),
        **dict.fromkeys(("vestiging", "vestiging_adres", "vestiging_telefoon", "ontvangen_op"), ""),
        **dict.fromkeys(("behandelaar", "behandelaar_e_mail"), ""),
    }
    if isinstance(feiten, Dossier):
        uit |= _of_klacht(org, feiten, op, reglement)
        uit |= _of_letter(register, feiten, brief, op, antwoorden, reglement)
    elif isinstance(feiten, EvaluatieDossier):
        actie = feiten.verbeteracties[antwoorden["verbeteractie"]]
        uit |= {
            "evaluatie": str(feiten.evaluatie.jaar),
            "verbeteractie_nr": str(actie.nr),
            "verbeteractie": _kept(actie.omschrijving),
            "uiterlijk_op": datum(actie.uiterlijk_op),
        }
    return uit


def _on_behalf_of(feiten: Feiten, wie: Ontvanger) -> str:
    """Return for whom a gemachtigde acts, who may act for more people; "" for anybody else and for somebody unknown."""
    if wie.id != GEMACHTIGDE or not isinstance(feiten, Dossier):
        return ""
    return next((een.naam for een in filers(feiten) if een.id == INDIENER), "")


def of_organisation(org: Organisatie, op: date) -> Waarden:
    """Return the fields about the organisation and its style, as they hold on a day."""
    nu, stijl = org.gegevens(op), org.geldend(g.HuisstijlGesteld, op)
    adres = postadres.lines(nu.postadres or nu.adres)
    return {
        "organisatie": nu.naam,
        "organisatie_adres": "\n".join(adres),
        "plaats": postadres.place(adres),
        "organisatie_telefoon": nu.telefoon,
        "organisatie_e_mail": nu.e_mail,
        "organisatie_website": nu.website,
        "ondertekening": (stijl.ondertekening if stijl else "") or "Met vriendelijke groet,",
        "voettekst": stijl.voettekst if stijl else "",
    }


def style_of(register: Register, op: date) -> tuple[g.HuisstijlGesteld | None, bytes]:
    """Return the style of a day and its logo, b"" without one."""
    stijl = organisatie.huidige().geldend(g.HuisstijlGesteld, op)
    return stijl, register.document(g.NUMMER, stijl.document) if stijl and stijl.document else b""


def _of_klacht(org: Organisatie, dossier: Dossier, op: date, reglement: Reglement) -> Waarden:
    vestiging = dossier.ontvangst.vestiging
    waar: dict[str, str] = {}
    for feit in sorted(org.van(g.VestigingGewijzigd), key=lambda feit: feit.vanaf):
        if feit.vestiging == vestiging and feit.vanaf <= op:
            waar |= feit.teksten()
    persoon = org.mensen.get(dossier.behandelaar or "")
    return {
        "vestiging": reglement.naam_van("vestigingen", vestiging),
        "vestiging_adres": _lines(waar.get("adres", "")),
        "vestiging_telefoon": waar.get("telefoon", ""),
        "ontvangen_op": datum(dossier.ontvangen_op),
        "behandelaar": org.naam(dossier.behandelaar) if dossier.behandelaar else "",
        "behandelaar_e_mail": persoon.naamdelen.e_mail if persoon and not persoon.gewist else "",
    }


def _of_letter(
    register: Register, dossier: Dossier, brief: Brief, op: date, antwoorden: Mapping[str, Any], reglement: Reglement
) -> Waarden:
    """The fields that only this letter has; each is asked here once, whatever letter it stands in."""
    org, uit = organisatie.huidige(), Waarden()
    vraag = antwoorden.get
    if "bij_meningsverschil" in brief.velden:
        uit["bij_meningsverschil"] = next((s.in_brief for s in reglement.stappen if s.nr == MENINGSVERSCHIL), "")
    match brief.id:
        case "andere_behandelaar":
            vorige = dossier.laatste(g.OntvangstBevestigd, g.BehandelaarMeegedeeld)
            uit["vorige_behandelaar"] = org.naam(vorige.behandelaar or "") if vorige else ""
        case "ontvangstbevestiging":
            uit |= _terms(register, dossier, op)
            uit["feiten_gevraagd"] = "" if dossier.feiten_vermeld else "ja"
        case "uitnodiging_indiener" | "uitnodiging_medewerker":
            dag = vraag("gesprek_op")
            uit["gesprek_op"] = f"{WEEKDAGEN[dag.weekday()]} {datum(dag)}" if isinstance(dag, date) else ""
            uit |= {naam: _text(antwoorden, naam) for naam in ("gesprek_tijd", "gesprek_plaats")}
        case "niet_in_behandeling":
            grond = reglement.naam_van("gronden_niet_in_behandeling", str(vraag("grond") or ""))
            uit["grond"] = grond[:1].lower() + grond[1:]
        case "resultaat":
            uit["resultaat"] = _text(antwoorden, "resultaat")
            uit["maatregelen"] = _parts(antwoorden, "maatregelen")
            uit["bevindingen"] = findings(dossier, reglement)
        case "afsluiting":
            dicht = dossier.laatste(g.KlachtAfgesloten, g.NietInBehandelingGenomen, g.KlachtIngetrokken)
            uit["afgesloten_op"] = datum(dicht.gebeurd_op) if dicht else ""
            uit["maatregelen"] = _parts(antwoorden, "maatregelen")
            uit["oordeel"] = _judgement(dossier, reglement)
        case "maatregel":
            maatregel = dossier.maatregelen[antwoorden["maatregel"]]
            uit |= {
                "maatregel_nr": str(maatregel.nr),
                "maatregel": _kept(maatregel.omschrijving),
                "uiterlijk_op": datum(maatregel.uiterlijk_op),
            }
        case "geschil" | "geschil_bericht" | "oordeel":
            uit |= _of_dispute(dossier, brief, antwoorden, reglement)
        case "tussenbericht":
            uit["verwacht_op"] = _day(vraag("verwacht_op"))
    return uit


def _of_dispute(dossier: Dossier, brief: Brief, antwoorden: Mapping[str, Any], reglement: Reglement) -> Waarden:
    gemeld, voorgelegd = dossier.laatste(g.MeningsverschilGemeld), dossier.laatste(g.GeschilVoorgelegd)
    uit: Waarden = {"onafhankelijk_persoon": _kept(voorgelegd.onafhankelijk_persoon) if voorgelegd else ""}
    if brief.aan == BUITEN:
        uit |= {
            "indiener": next((een.naam for een in filers(dossier) if een.id == "indiener"), "") or "de indiener",
            "klacht": _kept(dossier.ontvangst.omschrijving),
            "standpunt": _text(antwoorden, "standpunt") or (_kept(gemeld.toelichting) if gemeld else ""),
            "verwacht_op": _day(antwoorden.get("verwacht_op")),
        }
    elif brief.id == "geschil_bericht":
        uit["verwacht_op"] = _day(voorgelegd.verwacht_op if voorgelegd else None)
    else:
        oordeel, daarna = dossier.laatste(g.OordeelOntvangen), dossier.laatste(g.OordeelOpgevolgd)
        uit |= {
            "oordeel": _judgement(dossier, reglement),
            "oordeel_tekst": _text(antwoorden, "oordeel_tekst") or (_kept(oordeel.toelichting) if oordeel else ""),
            "opvolging": OPVOLGING.get(daarna.opvolging, "") if daarna else "",
            "heropend": "ja" if oordeel and oordeel.heropening_nodig else "",
        }
    return uit


def findings(dossier: Dossier, reglement: Reglement) -> tuple[str, ...]:
    """Return what the organisation found of each part of the klacht, where its reglement asks that."""
    laatste = {feit.aspect: feit for feit in dossier.van(g.BevindingVastgesteld)}
    return tuple(
        f"{reglement.naam_van('categorieen', aspect)}: {reglement.naam_van('oordelen', feit.bevinding).lower()}"
        for aspect, feit in laatste.items()
    )


def measures(dossier: Dossier) -> str:
    """Return the maatregelen as the letter about the result begins with them: one a line, with what was decided."""
    regels = []
    for m in dossier.geldende_maatregelen:
        wanneer = f"uitgevoerd op {datum(m.uitgevoerd_op)}" if m.uitgevoerd_op else f"uiterlijk {datum(m.uiterlijk_op)}"
        regels.append(f"{' '.join(_kept(m.omschrijving).split()).rstrip('.')} ({wanneer})")
    return "\n".join(regels)


def _judgement(dossier: Dossier, reglement: Reglement) -> str:
    feit = dossier.laatste(g.OordeelOntvangen)
    return reglement.naam_van("oordelen", feit.oordeel) if feit else ""


def _terms(register: Register, dossier: Dossier, op: date) -> Waarden:
    """The last day of the terms that the acknowledgement names, as they are computed everywhere (termijnen.sql)."""
    with register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT stap, uiterlijk_op FROM termijnen(?) WHERE klachtnummer = ? AND uiterlijk_op IS NOT NULL",
            [op, dossier.klachtnummer],
        ).fetchall()
    van_stap = {stap: datum(dag) for stap, dag in rijen}
    velden = {7: "besluit_uiterlijk_op", 11: "maatregelen_uiterlijk_op", 13: "afhandeling_uiterlijk_op"}
    return {naam: van_stap.get(stap, "") for stap, naam in velden.items()}


def _function(feiten: Feiten, gebruiker: Gebruiker) -> str:
    if isinstance(feiten, Dossier) and feiten.behandelaar == gebruiker.id:
        return "Behandelaar van de klacht"
    rollen = TITELS if isinstance(feiten, EvaluatieDossier) else reversed(TITELS)
    return next((TITELS[rol] for rol in rollen if rol in gebruiker.rollen), "")


def _text(antwoorden: Mapping[str, Any], naam: str) -> str:
    return str(antwoorden.get(naam) or "").strip()


def _parts(antwoorden: Mapping[str, Any], naam: str) -> tuple[str, ...]:
    return tuple(regel.strip(" \t•-") for regel in _text(antwoorden, naam).splitlines() if regel.strip(" \t•-"))


def _day(dag: object) -> str:
    return datum(dag) if isinstance(dag, date) else ""


def _lines(tekst: str) -> str:
    return "\n".join(regel.strip() for regel in tekst.splitlines() if regel.strip())


def _kept(tekst: str) -> str:
    return "" if tekst == GEWIST else tekst
