"""From the gate of the example to that of a register with people who sign in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from klachten.toegang.aanmelden import Aanmelden
from klachten.toegang.bladen import Bladen
from klachten.toegang.eerste import Eerste
from klachten.toegang.kijkers import Kijkers
from klachten.toegang.staat import Staat


def ask_to_sign_in(
    staat: Staat,
    deur: Aanmelden,
    paginas: Collection[str],
    beelden: Mapping[str, Path],
    afscheid: Callable[[str], bytes],
    eerste: Eerste | None = None,
) -> None:
    """Let the gate ask everybody to sign in from now on: before the first request, and for good.

    `paginas` are the pages one may come back to, `beelden` the mark and the icon of the pages of signing in, and
    `afscheid` what an open page is sent when its session has ended. `eerste` makes the first account when there is
    none.
    """
    staat.zittingen = deur.sessies
    staat.bladen = bladen = Bladen(deur, paginas, beelden, staat.klok)
    if eerste is not None:
        bladen.eerste, staat.eerste_open = eerste, eerste.is_open
    staat.kijkers = Kijkers(deur.sessies, deur.personen, deur.vandaag, deur.suffices)
    staat.afscheid = afscheid
    if staat.instellingen.oidc:
        from klachten.toegang.oidc import Oidc

        bladen.oidc = Oidc(staat.instellingen.oidc)
    deur.sessies.bij_einde = staat.lijnen.close
