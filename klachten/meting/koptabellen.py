"""The simulations as tables in Markdown, as docs/simulaties.md prints them."""

from __future__ import annotations

from collections.abc import Callable

from klachten.meting.simulatie_claims import claims_van_een_stabiel_jaar
from klachten.meting.simulatie_jaarbeeld import stabiele_jaarbeelden
from klachten.meting.simulatie_kop import Rijen, index_zonder_effect, vertekening_van_de_kop

SIMULATIES: tuple[Callable[[], tuple[str, Rijen]], ...] = (
    vertekening_van_de_kop,
    index_zonder_effect,
    claims_van_een_stabiel_jaar,
    stabiele_jaarbeelden,
)


def als_markdown(titel: str, rijen: Rijen) -> str:
    """Return a table with its title as Markdown, numbers with a decimal comma."""
    kolommen = list(rijen[0])
    regels = [kolommen, ["---"] * len(kolommen)]
    regels += [[str(rij[k]).replace(".", ",") for k in kolommen] for rij in rijen]
    return "\n".join([f"### {titel}", "", *(f"| {' | '.join(regel)} |" for regel in regels)])


if __name__ == "__main__":
    for simulatie in SIMULATIES:
        print(als_markdown(*simulatie()), end="\n\n", flush=True)
