"""What work in the background says above every page, until it goes well again."""

from __future__ import annotations

from dataclasses import dataclass, field

from klachten.register import Register


@dataclass
class Lopend:
    """The sentences that one kind of work has above the pages now."""

    _zinnen: list[str] = field(default_factory=list)

    def tell(self, register: Register, *zinnen: str) -> None:
        """Put these sentences above every page, in the place of those before; none takes them away."""
        for zin in self._zinnen:
            if zin in register.meldingen:
                register.meldingen.remove(zin)
        self._zinnen = [zin for zin in zinnen if zin]
        register.meldingen.extend(self._zinnen)
