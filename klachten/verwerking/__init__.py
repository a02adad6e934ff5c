"""What the organisation does with data about people: the record of AVG article 30 and a privacy statement of one page.

gegevens says whose data and which, from the definitions of the facts; maatregelen which security is on and how long
what is kept; verklaring puts it in sentences, and makes a PDF of them in the style of the house.
"""

from klachten.verwerking.gegevens import GEGEVENS, Groep, groups, of_field
from klachten.verwerking.maatregelen import retention
from klachten.verwerking.verklaring import (
    IN_TE_VULLEN,
    Deel,
    blanks,
    pdf,
    privacy_statement,
    processing_record,
)

__all__ = [
    "GEGEVENS",
    "IN_TE_VULLEN",
    "Deel",
    "Groep",
    "blanks",
    "groups",
    "of_field",
    "pdf",
    "privacy_statement",
    "processing_record",
    "retention",
]
