"""How long what is kept: the `[[bewaartermijnen]]` of a reglement, each with its ground.

A reglement that says nothing (nearly all do: no law gives a number for a klacht) has those of STANDAARD.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from klachten.reglement.tabel import Tabel

EENHEDEN = {"dagen": "dag", "weken": "week", "maanden": "maand", "jaren": "jaar"}
LANGST = {"dagen": 7_300, "weken": 1_040, "maanden": 240, "jaren": 20}
"""Twenty years, each; the AVG asks for no longer than is needed."""

SOORTEN: dict[str, tuple[str, dict[str, str]]] = {
    "klacht": ("Klachtdossier", {"einde": "het einde van de klacht, en van een geschil erover"}),
    "signaal": (
        "Signaal dat geen klacht werd",
        {"einde": "de dag waarop het is afgedaan", "ontvangen": "de dag waarop het binnenkwam"},
    ),
    "medewerker": ("Gegevens van een medewerker", {"vertrek": "de laatste werkdag"}),
    "concept": ("Formulier dat niet is verstuurd", {"bewaard": "de dag waarop er het laatst in is getypt"}),
    "kijklog": ("Kijklog", {"maand": "het einde van de maand"}),
}
"""What is kept: its name, and from what its term can count."""


@dataclass(frozen=True, kw_only=True)
class Bewaartermijn:
    """How long one kind of thing is kept, from what on, and why; `keuze` where the reglement is silent."""

    soort: str
    duur: int
    eenheid: str
    vanaf: str
    grond: str
    keuze: str = ""

    @property
    def naam(self) -> str:
        """What is kept, for a reader."""
        return SOORTEN[self.soort][0]

    def in_woorden(self) -> str:
        """Say the length: '2 jaar'."""
        meervoud = "jaar" if self.eenheid == "jaren" else self.eenheid
        return f"{self.duur} {EENHEDEN[self.eenheid] if self.duur == 1 else meervoud}"

    @property
    def dagen(self) -> int:
        """The length in days, of what the program throws away by itself."""
        return self.duur * KORT[self.soort][self.eenheid]

    def vanaf_in_woorden(self) -> str:
        """Say from what it counts."""
        return SOORTEN[self.soort][1][self.vanaf]


KORT = {"concept": {"dagen": 1, "weken": 7}}
"""What the program throws away by itself is counted in days."""
_ZWIJGT = "Het reglement noemt geen bewaartermijn en de wet geeft voor een klacht geen getal; dit is onze keuze."
STANDAARD = (
    Bewaartermijn(
        soort="klacht", duur=2, eenheid="jaren", vanaf="einde", keuze=_ZWIJGT,
        grond="AVG artikel 5 lid 1 onder e: niet langer dan nodig. Twee jaar is genoeg om de jaren te vergelijken en "
        "een nieuwe klacht of een geschil over de behandeling te beantwoorden.",
    ),
    Bewaartermijn(
        soort="signaal", duur=1, eenheid="jaren", vanaf="einde", keuze=_ZWIJGT,
        grond="AVG artikel 5 lid 1 onder e. Na een jaar is een signaal dat geen klacht werd, meegeteld in de "
        "evaluatie.",
    ),
    Bewaartermijn(
        soort="medewerker", duur=2, eenheid="jaren", vanaf="vertrek", keuze=_ZWIJGT,
        grond="AVG artikel 5 lid 1 onder e. Zo lang staat de naam in dossiers die zelf nog bewaard worden.",
    ),
    Bewaartermijn(
        soort="concept", duur=30, eenheid="dagen", vanaf="bewaard", keuze=_ZWIJGT,
        grond="AVG artikel 5 lid 1 onder e. Wat na een maand niet is verstuurd, is vergeten of dubbel.",
    ),
    Bewaartermijn(
        soort="kijklog", duur=24, eenheid="maanden", vanaf="maand", keuze=_ZWIJGT,
        grond="AVG artikel 32: nagaan wie inzag, ook als een klacht daarover pas na een jaar komt.",
    ),
)  # fmt: skip
"""What holds for whatever a reglement does not name; also for one that was kept before it could."""
VAST = {"kijklog": (24, "maanden")}
"""What the program does by itself: a file that says otherwise would not be true."""


def read_bewaartermijnen(tabel: Tabel) -> tuple[Bewaartermijn, ...]:
    """Read the terms of a reglement, in the order of SOORTEN; STANDAARD for what it does not name."""
    gelezen: dict[str, Bewaartermijn] = {}
    sleutels = [veld.name for veld in fields(Bewaartermijn)]
    for plaats, rauw in enumerate(tabel.lijst("bewaartermijnen", leeg=True), start=1):
        naam = rauw.get("soort", f"[{plaats}]") if isinstance(rauw, dict) else f"[{plaats}]"
        deel = tabel.tabel(f"bewaartermijnen.{naam}", rauw, sleutels)
        soort = deel.keuze("soort", SOORTEN, "wat wordt bewaard")
        if soort in gelezen:
            deel.weiger("soort", f"'{soort}' staat er twee keer.")
        eenheid = deel.keuze("eenheid", EENHEDEN, "eenheid")
        if soort in KORT and eenheid not in KORT[soort]:
            deel.weiger("eenheid", f"een {soort} bewaart u dagen of weken, geen {eenheid}.")
        duur = deel.aantal("duur")
        if duur > LANGST[eenheid]:
            deel.weiger("duur", f"{duur} {eenheid} is langer dan twintig jaar; klopt het getal?")
        if VAST.get(soort, (duur, eenheid)) != (duur, eenheid):
            vast, maat = VAST[soort]
            deel.weiger("duur", f"het {soort} wordt altijd {vast} {maat} bewaard; dat kan hier niet anders.")
        gelezen[soort] = Bewaartermijn(
            soort=soort,
            duur=duur,
            eenheid=eenheid,
            vanaf=deel.keuze("vanaf", SOORTEN[soort][1], "beginmoment"),
            grond=deel.tekst("grond"),
            keuze=deel.tekst("keuze", ""),
        )
    anders = {termijn.soort: termijn for termijn in STANDAARD}
    return tuple(gelezen.get(soort, anders[soort]) for soort in SOORTEN)
