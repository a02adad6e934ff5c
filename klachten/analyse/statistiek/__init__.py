"""The statistics of the evaluation, as plain functions on plain values: `from klachten.analyse import statistiek`.

Nothing in here knows the register. Formulas and sources: docs/statistiek.md.
"""

from .afwijkingen import Conformiteit, conformiteit, conformiteit_per_geval
from .claims import Holm, Jaarclaims, elk_tegen_de_rest, holm, jaarclaims
from .gekoppeld import Gekoppeld, onderdruk_gekoppeld
from .intensiteit import (
    Intensiteit,
    RateRatio,
    WaarneembareVerandering,
    garwood,
    rate_ratio,
    waarneembare_verandering,
)
from .kaartkeuze import Kaartkeuze, dagen_tussen, kies_kaart, trajecten_tussen
from .looptijden import Punt
from .onderdrukking import Onderdrukking, controleer_onderdrukking, onderdruk
from .overleving import AalenJohansen, AlleenAfgesloten, KaplanMeier, aalen_johansen, alleen_afgesloten, kaplan_meier
from .proces import DirectlyFollows, Kolommen, directly_follows, doorlooptijden, sporen, varianten
from .reeksoordeel import Reeksoordeel, oordeel_over_reeks, oordeel_over_splitsing
from .regelkaarten import (
    PoissonGrenzen,
    Regelkaart,
    Runs,
    c_kaart,
    g_kaart,
    laney_u_kaart,
    poisson_grenzen,
    runs,
    t_kaart,
    u_kaart,
    xmr_kaart,
)
from .samenvoegen import voeg_samen
from .spreiding import dispersie_van_reeks
from .termijnkop import Termijnkop, termijnkop
from .termijnstatus import (
    STATUSSEN,
    Tarieven,
    Termijn,
    bepaal_status,
    lokale_datum,
    tarieven,
    termijn_van_alle,
    uiterlijk_op,
)
from .trechter import Trechter, Trechteroordeel, exacte_grenzen, trechter, trechteroordelen
from .trend import PoissonTrend, poisson_trend
from .verhoudingen import (
    GEEN_GEGEVENS,
    Pareto,
    Verhouding,
    Verschil,
    clopper_pearson,
    fisher_exact,
    goodman,
    newcombe,
    pareto,
    wilson,
)
from .voor_en_na import Prior, VoorEnNa, schat_prior, waargenomen_verandering

__all__ = [
    "GEEN_GEGEVENS",
    "STATUSSEN",
    "AalenJohansen",
    "AlleenAfgesloten",
    "Conformiteit",
    "DirectlyFollows",
    "Gekoppeld",
    "Holm",
    "Intensiteit",
    "Jaarclaims",
    "Kaartkeuze",
    "KaplanMeier",
    "Kolommen",
    "Onderdrukking",
    "Pareto",
    "PoissonGrenzen",
    "PoissonTrend",
    "Prior",
    "Punt",
    "RateRatio",
    "Reeksoordeel",
    "Regelkaart",
    "Runs",
    "Tarieven",
    "Termijn",
    "Termijnkop",
    "Trechter",
    "Trechteroordeel",
    "Verhouding",
    "Verschil",
    "VoorEnNa",
    "WaarneembareVerandering",
    "aalen_johansen",
    "alleen_afgesloten",
    "bepaal_status",
    "c_kaart",
    "clopper_pearson",
    "conformiteit",
    "conformiteit_per_geval",
    "controleer_onderdrukking",
    "dagen_tussen",
    "directly_follows",
    "dispersie_van_reeks",
    "doorlooptijden",
    "elk_tegen_de_rest",
    "exacte_grenzen",
    "fisher_exact",
    "g_kaart",
    "garwood",
    "goodman",
    "holm",
    "jaarclaims",
    "kaplan_meier",
    "kies_kaart",
    "laney_u_kaart",
    "lokale_datum",
    "newcombe",
    "onderdruk",
    "onderdruk_gekoppeld",
    "oordeel_over_reeks",
    "oordeel_over_splitsing",
    "pareto",
    "poisson_grenzen",
    "poisson_trend",
    "rate_ratio",
    "runs",
    "schat_prior",
    "sporen",
    "t_kaart",
    "tarieven",
    "termijn_van_alle",
    "termijnkop",
    "trajecten_tussen",
    "trechter",
    "trechteroordelen",
    "u_kaart",
    "uiterlijk_op",
    "varianten",
    "voeg_samen",
    "waargenomen_verandering",
    "waarneembare_verandering",
    "wilson",
    "xmr_kaart",
]
