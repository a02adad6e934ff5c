"""The yearly report as PDF, for directie, client and auditor: made from frozen figures alone (step 16)."""

from klachten.analyse.rapport.openbaar import NietTePubliceren
from klachten.analyse.rapport.opmaak import maak
from klachten.analyse.rapport.secties import Evaluatie
from klachten.analyse.rapport.stijl import Stijl

__all__ = ["Evaluatie", "NietTePubliceren", "Stijl", "maak"]
