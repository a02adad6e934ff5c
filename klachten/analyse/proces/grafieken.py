"""Charts of the process: the 18 steps as a map that fits a phone, and the workload month after month."""

from __future__ import annotations

import altair as alt
import pandas as pd

from klachten.analyse.basis.grafiekstijl import LICHT, Kleuren, raster, stijl
from klachten.analyse.basis.zinnen import getal, komma

# Where each step stands: (column, row). The main road goes down; what branches off stands beside it.
PLAATSEN: dict[int, tuple[float, float]] = {
    1: (0, 0),
    2: (0, 1),
    3: (0, 2),
    4: (0, 3),
    5: (0, 4),
    6: (0, 5),
    7: (1, 6),
    8: (0, 6),
    9: (0, 7),
    10: (0, 8),
    11: (0, 9),
    12: (1, 9),
    13: (0, 10),
    14: (0, 11),
    15: (1, 11),
    16: (0, 12.6),
    17: (1, 12.6),
    18: (1, 13.6),
}
# The roads that are drawn: (from, to). Days stand at the step that they lead to.
WEGEN = (
    (1, 2),
    (2, 3),
    (3, 4),
    (4, 5),
    (5, 6),
    (6, 7),
    (6, 8),
    (8, 9),
    (9, 10),
    (10, 11),
    (11, 12),
    (11, 13),
    (13, 14),
    (14, 15),
    (16, 17),
    (17, 18),
)
BREEDTE, HOOGTE = 0.92, 0.68
# Names that do not fit in a box on a phone.
KORT = {17: "Actie meegedeeld"}


def kaart(stappen: pd.DataFrame, titel: str, kleuren: Kleuren = LICHT) -> alt.LayerChart:
    """Draw the steps as boxes on the road, with how many klachten reached each and the days since the step before it.

    `stappen`: stap, naam, aantal, sinds_stap, dagen_sinds_vorige, netto_sinds_vorige,
    hier_gebleven. A thicker line is more klachten.
    """
    vakken = pd.DataFrame([_vak(rij) for rij in stappen.itertuples(index=False)])
    aantal = dict(zip(stappen["stap"], stappen["aantal"], strict=True))
    dagen = dict(zip(stappen["stap"], stappen["dagen_sinds_vorige"], strict=True))
    netto = dict(zip(stappen["stap"], stappen["netto_sinds_vorige"], strict=True))
    sinds = dict(zip(stappen["stap"], stappen["sinds_stap"], strict=True))
    top = max(1, int(max(aantal.values(), default=1)))
    lijnen, labels = [], []
    for van, naar in WEGEN:
        (x1, y1), (x2, y2) = PLAATSEN[van], PLAATSEN[naar]
        dik = 1 + 9 * aantal[naar] / top if naar < 16 else 2
        onder, boven = y1 + HOOGTE / 2, y2 - HOOGTE / 2
        if x1 == x2:
            lijnen.append({"x": x1, "x2": x2, "y": onder, "y2": boven, "dik": dik})
        elif y1 == y2:
            lijnen.append({"x": x1 + BREEDTE / 2, "x2": x2 - BREEDTE / 2, "y": y1, "y2": y2, "dik": dik})
        else:
            lijnen.append({"x": x1 + BREEDTE / 2 - 0.1, "x2": x2 - BREEDTE / 2, "y": onder, "y2": y2, "dik": dik})
        if naar < 15 and pd.notna(dagen[naar]) and sinds[naar] == van and aantal[naar]:
            tekst = f"{_dagen(dagen[naar])} d"
            if netto[naar] != dagen[naar]:
                tekst += f", netto {_dagen(netto[naar])}"
            if x1 == x2:
                labels.append({"x": x1 - 0.06, "y": (onder + boven) / 2, "tekst": tekst})
            else:
                labels.append({"x": x2, "y": y2 + HOOGTE / 2 + 0.14, "tekst": f"na {tekst}"})
    schaal_x, schaal_y = alt.Scale(domain=[-0.5, 1.5], nice=False), alt.Scale(domain=[14.1, -0.5], nice=False)

    def x(veld: str) -> alt.X:
        return alt.X(f"{veld}:Q", scale=schaal_x, axis=None)

    def y(veld: str) -> alt.Y:
        return alt.Y(f"{veld}:Q", scale=schaal_y, axis=None)

    doos = alt.Chart(vakken)
    tip = [
        alt.Tooltip("volledig:N", title="Stap"),
        alt.Tooltip("telling:N", title="Bereikt"),
        alt.Tooltip("wacht:N", title="Na de vorige stap"),
        alt.Tooltip("netto:N", title="Zonder wachten op de indiener"),
        alt.Tooltip("blijft:N", title="Hier gebleven"),
    ]
    kop = alt.Chart(pd.DataFrame([{"x": -0.45, "y": 12.0, "tekst": "Evaluatie"}]))
    return stijl(
        [
            alt.Chart(pd.DataFrame(lijnen))
            .mark_rule(color=kleuren.marge)
            .encode(x=x("x"), x2=alt.X2("x2:Q"), y=y("y"), y2=alt.Y2("y2:Q"), size=alt.Size("dik:Q", scale=None)),
            doos.mark_rect(cornerRadius=6, stroke=kleuren.punt, strokeWidth=1.5).encode(
                x=x("links"),
                x2=alt.X2("rechts:Q"),
                y=y("boven"),
                y2=alt.Y2("onder:Q"),
                tooltip=tip,
                color=alt.ColorValue(**alt.condition("datum.leeg", alt.value("transparent"), alt.value(kleuren.lijn))),
                strokeDash=alt.StrokeDashValue(**alt.condition("datum.leeg", alt.value([4, 3]), alt.value([1, 0]))),
            ),
            doos.mark_text(align="left", fontSize=12, fontWeight="bold", color=kleuren.tekst, dx=8, dy=-8).encode(
                x=x("links"), y=y("midden"), text=alt.Text("kop:N"), tooltip=tip
            ),
            doos.mark_text(align="left", fontSize=12, color=kleuren.tekst, dx=8, dy=8).encode(
                x=x("links"), y=y("midden"), text=alt.Text("telling:N"), tooltip=tip
            ),
            alt.Chart(pd.DataFrame(labels, columns=["x", "y", "tekst"]))
            .mark_text(align="right", fontSize=12, color=kleuren.tekst, dx=-2)
            .encode(x=x("x"), y=y("y"), text=alt.Text("tekst:N")),
            kop.mark_text(align="left", fontSize=12, color=kleuren.tekst).encode(
                x=x("x"), y=y("y"), text=alt.Text("tekst:N")
            ),
        ],
        titel=titel,
        ondertitel="In het vak: hoeveel klachten de stap bereikten. Bij de lijn: mediane dagen sinds de stap erboven.",
        hoogte=860,
        beschrijving="; ".join(
            f"{rij['volledig']}: {rij['telling']}, {rij['wacht']}" for rij in vakken.to_dict("records")
        ),
        kleuren=kleuren,
    )


def _dagen(dagen: float) -> str:
    return komma(float(dagen), 0 if float(dagen).is_integer() else 1)


def _vak(rij) -> dict[str, object]:  # type: ignore[no-untyped-def]
    plek_x, plek_y = PLAATSEN[rij.stap]
    woord = "klacht" if rij.aantal == 1 else "klachten"
    if rij.stap >= 16:
        woord = {16: "evaluatie", 17: "meegedeeld", 18: "uitgevoerd"}[rij.stap]
        woord = "evaluaties" if woord == "evaluatie" and rij.aantal != 1 else woord
    blijft = f", {getal(int(rij.hier_gebleven))} nu hier" if rij.hier_gebleven else ""
    return {
        "stap": int(rij.stap),
        "links": plek_x - BREEDTE / 2,
        "rechts": plek_x + BREEDTE / 2,
        "boven": plek_y - HOOGTE / 2,
        "onder": plek_y + HOOGTE / 2,
        "midden": plek_y,
        "kop": f"{rij.stap} {KORT.get(rij.stap, rij.naam)}",
        "volledig": f"Stap {rij.stap}, {rij.naam}",
        "telling": f"{getal(int(rij.aantal))} {woord}{blijft}",
        "wacht": f"mediaan {komma(float(rij.dagen_sinds_vorige))} dagen"
        if pd.notna(rij.dagen_sinds_vorige)
        else "geen gegevens",
        "netto": f"mediaan {komma(float(rij.netto_sinds_vorige))} dagen"
        if pd.notna(rij.netto_sinds_vorige)
        else "geen gegevens",
        "blijft": getal(int(rij.hier_gebleven)),
        "leeg": not rij.aantal,
    }


def werklast(tabel: pd.DataFrame, titel: str, kleuren: Kleuren = LICHT) -> alt.LayerChart:
    """Draw what everybody had open at the end of each month; `tabel`: naam, maand (date), nog_open."""
    bron = tabel.assign(kolom=[f"{dag:%m-%Y}" for dag in tabel["maand"]], aantal=tabel["nog_open"])
    ondertitel = "Klachten die aan het eind van de maand openstonden; leeg is geen."
    return raster(bron, titel, ondertitel, kleuren, wat=("Wie", "Maand", "Open"), schuin=True)
