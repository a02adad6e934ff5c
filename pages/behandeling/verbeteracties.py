"""The yearly evaluation, its verbeteracties and the numbers of trajecten (steps 16-18)."""

import streamlit as st

from klachten import scherm
from klachten.analyse.werk import verbeterstand
from klachten.scherm import excelknop, formulier, kijklog, leeg, onderdelen, uitvoer
from klachten.scherm.bewaard import bewaard
from klachten.scherm.evaluatie import bevriezen
from klachten.scherm.lijsten import verbeteracties

gebruiker, vandaag = scherm.gebruiker(), scherm.vandaag()
leidt = verbeterstand.leest_alle(gebruiker)
onderdelen.titel(
    "Verbeteracties", "De directie evalueert de klachten minstens een keer per jaar en verbetert wat beter kan."
)
verbeteracties.arrive()
formulier.close_done(verbeteracties.PLEK, verbeteracties.OPEN)
formulier.meldingen(verbeteracties.PLEK)

evaluaties = bewaard(verbeterstand.evaluaties)(vandaag)
acties = verbeterstand.visible_to(bewaard(verbeterstand.verbeteracties)(vandaag), gebruiker)
jaren = bewaard(verbeterstand.te_evalueren)(vandaag)
trajecten = bewaard(verbeterstand.trajecten)()
te_zien = {rij.klachtnummer for rij in evaluaties} if leidt else {actie.klachtnummer for actie in acties}

gekozen = st.query_params.get("evaluatie", "").upper()
te_openen = gekozen in te_zien and verbeteracties.bestaat(gekozen)
if gekozen:
    kijklog.betreft(gekozen, geweigerd=not te_openen)
if te_openen:
    verbeteracties.evaluatie(gekozen, gebruiker, [actie for actie in acties if actie.klachtnummer == gekozen])
elif gekozen:
    onderdelen.weigering(
        "Deze evaluatie staat niet in het register, of u hebt er geen verbeteractie in.", soort="niet_gevonden"
    )

lopend = [actie for actie in acties if actie.dagen_over is not None and actie.klachtnummer != gekozen]
if lopend:
    onderdelen.kop(f"Open verbeteracties ({len(lopend)})" if leidt else f"Uw open verbeteracties ({len(lopend)})")
    verbeteracties.acties(lopend, gebruiker)
elif not leidt and leeg.is_leeg():
    leeg.toon("verbeteracties")
elif not leidt and gekozen not in te_zien:
    onderdelen.lege_staat(
        "U hebt geen open verbeteracties" if acties else "U hebt geen verbeteracties",
        "Krijgt u er een, dan staat die hier en in uw werkvoorraad.",
        naar="werkvoorraad",
    )
    if acties:
        onderdelen.kop(f"Uw afgeronde verbeteracties ({len(acties)})")
        verbeteracties.acties(acties, gebruiker)

if leidt:
    onderdelen.kop("Evaluaties")
    verbeteracties.jaren(jaren, vandaag.year)
    bevriezen.nieuw(gebruiker, jaren, plek=verbeteracties.PLEK, open_op=verbeteracties.OPEN)
    verbeteracties.evaluaties(evaluaties, gekozen)
    onderdelen.kop("Trajecten per jaar en vestiging")
    st.markdown("Hoeveel trajecten er waren, bepaalt hoe zwaar een aantal klachten weegt.")
    verbeteracties.trajecten(trajecten)
    verbeteracties.nieuw(
        verbeteracties.TRAJECTEN, "Aantal trajecten vastleggen", gebruiker, begin={"jaar": vandaag.year - 1}
    )
if acties:
    excelknop.toon(f"verbeteracties-{vandaag}", uitvoer.verbeteracties(), key="verbeteracties.excel")
