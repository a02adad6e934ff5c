"""How did the year go, what stands out and what must be decided? Read only (step 16)."""

import streamlit as st

from klachten.scherm import excelknop, leeg, onderdelen, uitvoer, weergave
from klachten.scherm.evaluatie import filters, jaarbeeld, jaarkort, jaarstroom, leegjaar
from klachten.scherm.verkenner import bewaren, grof

kop = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
with kop:
    onderdelen.titel("Jaarbeeld")

keuze = filters.keuze()
if keuze is None:
    leeg.stop("jaarbeeld")
grof.anders("jaarbeeld", keuze)

beeld = jaarbeeld.beeld(keuze)
if not beeld.klachten:
    leegjaar.toon(keuze)
with kop:
    deel = weergave.kies(jaarkort.WEERGAVEN, key="jaarbeeld.deel")
if deel == jaarkort.KORT:
    jaarkort.toon(keuze, beeld)
elif deel == jaarkort.ALLES:
    jaarbeeld.verhaal(beeld)
else:
    links, rechts = st.columns(2, gap="large")
    with links:
        jaarstroom.stroom(beeld)
        jaarbeeld.termijnen(beeld)
        jaarstroom.geschillen(keuze, beeld)
    with rechts:
        jaarbeeld.intensiteit(beeld)
        jaarbeeld.categorieen(beeld)
        jaarbeeld.opvolging(beeld)
    bewaren.bewaarde_vragen(keuze)

excelknop.toon(
    f"jaarbeeld-{keuze.periode.sleutel}-{keuze.peildatum}",
    uitvoer.evaluatie(keuze, "jaarbeeld", bewaren.als_bladen(keuze)),
    key="jaarbeeld.excel",
)

with st.expander("Hoe is dit geteld?"):
    st.markdown(
        "Een klacht telt in de periode waarin zij is ontvangen; wat bij vergissing is ingevoerd telt niet mee. De "
        "stroom telt wat er in de periode gebeurde, ook met eerdere klachten. Vergeleken wordt met dezelfde periode "
        "een jaar eerder; een verschil heet pas "
        "een verschil als toeval het niet kan verklaren (95%), gerekend per traject; bij de categorieën is verrekend "
        "dat er veel tegelijk worden bekeken (Holm). Een termijn telt mee zodra de laatste dag voorbij is, ook als de "
        "klacht nog openstaat. *In het kort* staan hoogstens drie zinnen: eerst wat opvalt, daarna hoeveel, hoe vaak "
        "op tijd en waarover."
    )
