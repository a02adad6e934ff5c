"""What every kind of file shares whose cells are cells already: rows that are empty, totals, and what is rejected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from klachten.overname.cellen import Celtelling
from klachten.overname.tabelbestand import Afkeuring, Rij, Tabelbestand
from klachten.overname.tonen import show
from klachten.taal import aantal


class Cellenbestand(Tabelbestand):
    """One open file whose rows come as cells; a kind gives `kop` and `_records`."""

    def _records(self) -> Iterator[tuple[int, Sequence[str] | str]]:
        """Number and cells of each row below the header, also of an empty one; or a sentence instead of the cells."""
        raise NotImplementedError

    def rows(self) -> Iterator[Rij | Afkeuring]:
        """Every row that is not empty; an Afkeuring for one that cannot be read."""
        leeg, telling, regel = self.vorm.leeg - {""}, self.telling, self.telling.boven
        tellingen = {self.kop.index(naam): Celtelling() for naam in self._namen if naam in self.kop}
        self.celtellingen = {self.kop[plaats]: deel for plaats, deel in tellingen.items()}
        for regel, cellen in self._records():
            if isinstance(cellen, str):
                telling.rijen += 1
                yield Afkeuring(regel, "", cellen)
                continue
            if not any(cellen):
                telling.leeg += 1
                continue
            if self._is_total(cellen):
                telling.totalen.append(regel)
                continue
            telling.rijen += 1
            self._see_letters(regel, cellen)
            over = tuple(cellen)
            if leeg and not leeg.isdisjoint(over):
                over = tuple("" if cel in leeg else cel for cel in over)
            for plaats, deel in tellingen.items():
                deel.see(over[plaats])
            yield Rij(regel, over)
        telling.regels = regel
        self._remark_letters()
        self.opmerkingen += [_mixed(naam, deel) for naam, deel in self.celtellingen.items() if deel.gemengd]
        if not telling.rijen:
            self._weiger("er staan geen rijen in; er is niets om over te nemen.")


def _mixed(naam: str, telling: Celtelling) -> str:
    return (
        f"Kolom {show(naam)} heeft {aantal(telling.datums, 'echte datum', 'echte datums')} en "
        f"{aantal(telling.datumteksten, 'datum', 'datums')} als tekst. Zo laat een spreadsheet een kolom achter waarin "
        "zij dag en maand heeft verwisseld waar dat kon: vergelijk enkele datums met de bron."
    )
