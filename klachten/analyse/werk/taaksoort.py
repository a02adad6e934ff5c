"""The kinds of task, and who sees each: by the stable id that its row has in the SQL, never by what its sentence says.

What does each of them stands in scherm/lijsten/daden.py. A kind that is not here is an error for whoever looks;
tests/test_taaksoort.py reads the kinds from the SQL.
"""

from __future__ import annotations

import types
from collections.abc import Mapping

TOEWIJZEN, VERVANGEN, AANWIJZEN = "behandelaar_toewijzen", "behandelaar_vervangen", "buitenstaander_aanwijzen"
INFORMEREN, UITVOEREN, VERBETEREN = "actienemer_informeren", "maatregel_uitvoeren", "verbeteractie_uitvoeren"
# No SQL makes these: the yearly task to erase, and what e-mail asks.
WISSEN = "bewaren_en_wissen"
MAIL_BIJ_KLACHT, MAIL = "binnengekomen_mail_bij_klacht", "binnengekomen_mail"
BERICHT_BIJ_KLACHT, BERICHTEN = "bericht_bij_klacht", "berichten"

LEEST, DOET = "klacht", "klacht en wie het doet"
"""Of a klacht: who reads it; the other also who can do the task without reading the klacht, and is not involved."""
SIGNAAL, EVALUATIE = "signaal", "evaluatie"
"""Of no klacht: who can do the task, and who reads all of these (the row of `inzage` in rechten.csv)."""

ZIET: Mapping[str, str] = types.MappingProxyType(
    {
        "coordinator_informeren": LEEST,
        "directeur_informeren": LEEST,
        "klacht_verwerken": LEEST,
        TOEWIJZEN: LEEST,
        VERVANGEN: LEEST,
        AANWIJZEN: DOET,
        "nieuwe_behandelaar_meedelen": LEEST,
        "ontvangst_bevestigen": LEEST,
        "klacht_onderzoeken": LEEST,
        "ontbrekende_feiten_opvragen": LEEST,
        "behandeling_beslissen": LEEST,
        "maatregelen_bepalen": LEEST,
        "resultaat_meedelen": LEEST,
        "actienemer_kiezen": LEEST,
        INFORMEREN: LEEST,
        UITVOEREN: DOET,
        "voortgang_nagaan": LEEST,
        "klacht_afsluiten": LEEST,
        "maatregelen_bepalen_of_afsluiten": LEEST,
        "afsluiting_meedelen": LEEST,
        "overleg_voeren": LEEST,
        "geschil_voorleggen": LEEST,
        "oordeel_vastleggen": LEEST,
        "signaal_op_schrift": SIGNAAL,
        "klachten_evalueren": EVALUATIE,
        "aantal_trajecten_invullen": EVALUATIE,
        "verbeteractie_meedelen": EVALUATIE,
        VERBETEREN: EVALUATIE,
        WISSEN: EVALUATIE,
        MAIL_BIJ_KLACHT: LEEST,
        MAIL: EVALUATIE,
        BERICHT_BIJ_KLACHT: LEEST,
        BERICHTEN: EVALUATIE,
    }
)
"""Who sees a task of each kind."""
