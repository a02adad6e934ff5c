"""Everything of a register in open formats, for whoever goes on elsewhere; and a new register made of that.

`tabellen` says which tables there are and `woordenboek` what stands in them, `feiten` are the facts themselves,
`vormen`, `xes` and `documenten` write them, `leesmij` explains them, `maken` does it as a whole; `inlezen` goes back.
"""

from klachten.uitvoer.fouten import UitvoerFout
from klachten.uitvoer.maken import Gemaakt, make

__all__ = ["Gemaakt", "UitvoerFout", "make"]
