"""What are klachten about, how do they end, and who complains? Read only (step 16)."""

import streamlit as st

from klachten.scherm import excelknop, leeg, onderdelen, uitvoer
from klachten.scherm.evaluatie import categorieen, filters, jaarbeeld, leegjaar, nader
from klachten.scherm.verkenner import grof

onderdelen.titel("Categorieën", "Waarover gaan de klachten, hoe lopen ze af, en van wie komen ze?")

keuze = filters.keuze()
if keuze is None:
    leeg.stop("categorieen")
grof.anders("categorieen", keuze)

beeld = jaarbeeld.beeld(keuze)
if beeld.klachten:
    categorieen.verhaal(beeld)
    links, rechts = st.columns(2, gap="large")
    with links:
        categorieen.pareto(keuze, beeld)
    with rechts:
        categorieen.jaren(keuze, beeld)
    links, rechts = st.columns(2, gap="large")
    with links:
        categorieen.uitkomsten(keuze, beeld)
    with rechts:
        categorieen.aspecten(keuze, beeld)
    categorieen.herkomst(keuze, beeld)
    nader.gegevens(keuze)
else:
    leegjaar.toon(keuze)
    categorieen.jaren(keuze, beeld)

excelknop.toon(
    f"categorieen-{keuze.periode.sleutel}-{keuze.peildatum}",
    uitvoer.evaluatie(keuze, "categorieen"),
    key="categorieen.excel",
)

with st.expander("Hoe is dit geteld?"):
    st.markdown(
        "Elke klacht telt in één categorie, haar hoofdzaak; onder *Waar ging het ook over* kan zij vaker tellen. Een "
        "categorie die is hernoemd of samengevoegd, telt onder haar naam van nu. De marges houden er rekening mee dat "
        "alle categorieën tegelijk worden bekeken (Goodman, 95%): wat elkaar overlapt, verschilt misschien alleen door "
        "toeval. Onder *Nadere gegevens* telt elke klacht in elk gegeven één keer; wat niet is vastgelegd, staat "
        "apart en is nooit een nee."
    )
