"""What is late or about to be, by who must act, and klachten that cannot go on as they are."""

from klachten import scherm
from klachten.scherm import excelknop, leeg, onderdelen, uitvoer
from klachten.scherm.lijsten import escalatie as escalatielijst
from klachten.scherm.lijsten import taken, toetsen

gebruiker, vandaag = scherm.gebruiker(), scherm.vandaag()
onderdelen.titel("Escalatie", "Wat te laat is of dat binnen zeven dagen wordt, en wat niet verder kan zonder u.")

zichtbaar = taken.van_wie_kijkt(gebruiker)
betrokken = escalatielijst.betrokken(gebruiker)
dringend = escalatielijst.dringend(zichtbaar, vandaag)
te_laat = [regel for regel in dringend if regel.dagen_over < 0]
bijna = [regel for regel in dringend if regel.dagen_over >= 0]
delen = (
    (
        "Toewijzen door de directie",
        "De coördinator is betrokken of afwezig; de directie wijst iemand aan die niet betrokken is (stap 4).",
        escalatielijst.toewijzen(zichtbaar),
    ),
    (
        "Iemand van buiten aanwijzen",
        "Alle directieleden zijn betrokken; iemand van buiten besluit in hun plaats (stap 4).",
        escalatielijst.aanwijzen(zichtbaar),
    ),
    (
        "Behandelaar blijkt betrokken",
        "Deze klachten staan stil tot een ander ze overneemt (stap 4).",
        escalatielijst.vervangen(zichtbaar),
    ),
    (
        "Meningsverschillen",
        "Eerst overleg; lukt dat niet, dan legt de directie het geschil voor aan iemand van buiten (stap 15).",
        escalatielijst.geschillen(zichtbaar),
    ),
    (
        "Maatregelen en verbeteracties te laat",
        (
            "De dag die met de actienemer is afgesproken, is voorbij (stap 11 en 18); de dagen tellen vanaf die dag. "
            "De termijn van het reglement voor alle maatregelen van een klacht is een andere dag, en staat hierboven."
        ),
        escalatielijst.late_maatregelen(zichtbaar),
    ),
)

if leeg.is_leeg():
    leeg.toon("escalatie")
elif not (dringend or betrokken or any(in_deel for _, _, in_deel in delen)):
    onderdelen.lege_staat(
        "Niets om in te grijpen",
        "Geen termijn is voorbij of loopt binnen zeven dagen af, en elke klacht kan verder.",
        naar="werkvoorraad",
        label="Naar de werkvoorraad",
    )
if te_laat:
    onderdelen.kop(f"Termijn voorbij ({onderdelen.getal(len(te_laat))})")
    escalatielijst.termijnen(te_laat, key="escalatie.te_laat")
if bijna:
    onderdelen.kop(f"Binnen zeven dagen ({onderdelen.getal(len(bijna))})")
    escalatielijst.termijnen(bijna, key="escalatie.bijna")
for nr, (kop, uitleg, in_deel) in enumerate(delen):
    escalatielijst.deel(kop, uitleg, in_deel, gebruiker, key=f"escalatie.{nr}")
escalatielijst.betrokken_directie(betrokken, key="escalatie.betrokken")
onderdelen.zonder_betrokken()
if dringend or any(in_deel for _, _, in_deel in delen):
    excelknop.toon(f"escalatie-{vandaag}", uitvoer.escalatie(dringend, delen), key="escalatie.excel")
toetsen.loop_door_rijen()
