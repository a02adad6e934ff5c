"""What came of maatregelen and verbeteracties, and what was seen to change? Read only (steps 11, 12 and 16-18)."""

import streamlit as st

from klachten.scherm import excelknop, leeg, onderdelen, uitvoer
from klachten.scherm.evaluatie import filters, jaarbeeld, opvolging, waargenomen
from klachten.scherm.verkenner import grof

onderdelen.titel("Opvolging", "Wordt gedaan wat is afgesproken, en is er daarna iets veranderd?")

keuze = filters.keuze()
if keuze is None:
    leeg.stop("opvolging")
grof.anders("opvolging", keuze)

beeld = jaarbeeld.beeld(keuze)
opvolging.verhaal(beeld)
opvolging.oordelen(keuze)
opvolging.maatregelen(beeld)
opvolging.per_persoon(beeld)
opvolging.open_maatregelen(keuze)
opvolging.verbeteracties(keuze, beeld)
waargenomen.waargenomen(keuze)

excelknop.toon(
    f"opvolging-{keuze.periode.sleutel}-{keuze.peildatum}", uitvoer.evaluatie(keuze, "opvolging"), key="opvolging.excel"
)

with st.expander("Hoe is dit geteld?"):
    st.markdown(
        "Een maatregel is op tijd als zij is uitgevoerd op of voor de dag die met de actienemer is afgesproken; "
        "alleen maatregelen waarvan die dag voorbij is, tellen in het aandeel. *Waargenomen verandering*: klachten "
        "per traject in de categorie, sinds de uitvoering tegen het geëvalueerde jaar. Een categorie wordt gekozen "
        "omdat er veel klachten waren, en wat toevallig hoog was daalt vanzelf. Daarom staat er ook een index bij: "
        "wat er kwam, tegen wat te verwachten was gelet op de andere categorieën en jaren (1 is precies de "
        "verwachting). Ook dan blijft het een waarneming: of de verbeteractie de oorzaak was, is hieruit niet af te "
        "leiden."
    )
