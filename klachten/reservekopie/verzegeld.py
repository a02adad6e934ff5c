"""The key of a sealed register in its copies: only in encrypted ones, and never in the folder that is put back.

Who has a copy that anybody can read has the texts sealed; who has the recovery key has the key as well, as the machine
that kept it may be what was lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from klachten.datamap import VERSLEUTELING
from klachten.reservekopie.fouten import OngeldigeKopie, ReservekopieFout
from klachten.versleuteling import Sleutels, VersleutelingFout, read_stand
from klachten.versleuteling.sleutelbestand import Sleutelbestand, path_of, read

SLEUTEL = "versleuteling.sleutel"
"""Under this name the file with the keys stands in an encrypted copy."""


def contents(map: Path, *, with_key: bool) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of what says how a register is sealed; nothing of one that is not."""
    try:
        stand = read_stand(map)
        if stand is None:
            return
        yield VERSLEUTELING, (map / VERSLEUTELING).read_bytes()
        if with_key and (sleutel := read(stand.register, path_of(stand.register, map))) is not None:
            yield SLEUTEL, sleutel.to_bytes()
    except VersleutelingFout as fout:
        raise ReservekopieFout(f"Er is geen reservekopie gemaakt. {fout}") from fout


def key_apart(map: Path) -> str:
    """Say that a copy that is not encrypted has the texts sealed without their key, and where that is; else nothing."""
    try:
        stand = read_stand(map)
    except VersleutelingFout as fout:
        return str(fout)
    if stand is None:
        return ""
    return (
        "De teksten en documenten in zo'n kopie zijn wel versleuteld, en de sleutel daarvan zit er niet bij. Die staat "
        f"in {path_of(stand.register, map)}: bewaar dat bestand ook ergens anders, niet bij de kopieën. Zonder die "
        "sleutel zijn teksten en documenten niet meer te lezen."
    )


def put_key(bezig: Path, naar: Path, inhoud: bytes | None) -> tuple[Path | None, bool]:
    """Put the key of a copy unpacked in `bezig` where the register in `naar` looks for it; return where, and if new.

    Keys that are there stay. ReservekopieFout when there is none, in the copy nor on this machine.
    """
    try:
        stand = read_stand(bezig)
        if stand is None:
            return None, False
        pad = path_of(stand.register, naar)
        hier = read(stand.register, pad)
        mee = Sleutelbestand.from_bytes(inhoud, Path(SLEUTEL)) if inhoud is not None else None
    except VersleutelingFout as fout:
        raise ReservekopieFout(str(fout)) from fout
    if mee is not None and mee.register != stand.register:
        raise OngeldigeKopie(f"{SLEUTEL} in de kopie is van een ander register. Zij wordt niet teruggezet.")
    if mee is None and hier is None:
        raise ReservekopieFout(
            f"De teksten in deze kopie zijn versleuteld, en de sleutel daarvan zit er niet bij. Zet het bestand met de "
            f"sleutel op {pad} (een ander noemt u met KLACHTEN_SLEUTELBESTAND) en begin opnieuw."
        )
    bekend = {**(mee.sleutels.bij_id if mee else {}), **(hier.sleutels.bij_id if hier else {})}
    basis = hier or mee
    if basis is not None and (hier is None or len(bekend) > len(hier.sleutels.bij_id)):
        replace(basis, sleutels=Sleutels(basis.sleutels.huidig, bekend)).write(pad)
    return pad, hier is None
