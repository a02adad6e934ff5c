"""The checks, as data: what each is called and what looks. What a file says is judged here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from klachten.gezond import berichten, bewaren, draaien, omgeving, postbus
from klachten.gezond.blik import Blik
from klachten.gezond.uitslag import Uitslag


@dataclass(frozen=True)
class Controle:
    """One check: its name (for programs), its title (for people), and what looks at the register."""

    naam: str
    titel: str
    kijk: Callable[[Blik], Uitslag]


CONTROLES: tuple[Controle, ...] = (
    Controle("app", "De app en het slot op de map", draaien.app),
    Controle("instellingen", "Instellingen", draaien.settings),
    Controle("schema", "Vorm van de database", draaien.schema),
    Controle("keten", "Keten van het journaal", bewaren.chain),
    Controle("opzij", "Wat na een storing opzij is gezet", bewaren.set_aside),
    Controle("reservekopie", "Reservekopie", bewaren.copy),
    Controle("anker", "Anker buiten deze computer", bewaren.anchor),
    Controle("momentopname", "Momentopname voor notebooks", bewaren.snapshot),
    Controle("schijf", "Ruimte op de schijf", omgeving.disk),
    Controle("klok", "Klok", omgeving.clock),
    Controle("toegang", "Wie bij de map kan", omgeving.permissions),
    Controle("certificaat", "Certificaat", omgeving.certificate),
    Controle("mail", "E-mail versturen", omgeving.mail),
    Controle("post", "Berichten die klaarstaan", berichten.waiting),
    Controle("postbus", "Postbus die wordt gelezen", postbus.proposals),
)
