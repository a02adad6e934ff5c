"""What is decided about the organisation itself: people and roles, absences, leaving, lists and settings.

No step of the reglement: the dossier is O0001 or that of a person. Each is refused when it would leave the organisation
without somebody who is needed, which is asked again for a correction (gedeeld.check_bezetting).
"""

from klachten.handelingen.organisatie import (
    afwezigheid,
    gegevens,
    herinneringen,
    huisstijl,
    lijsten,
    personen,
    reglementen,
    sjablonen,
    streeftermijnen,
    vragen,
)

__all__ = [
    "afwezigheid",
    "gegevens",
    "herinneringen",
    "huisstijl",
    "lijsten",
    "personen",
    "reglementen",
    "sjablonen",
    "streeftermijnen",
    "vragen",
]
