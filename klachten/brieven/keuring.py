"""Checking a template before it holds: every field it names is there, none is missing, and a letter can be made of it.

What is wrong is said with its place: which paragraph of which table, header or footer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from klachten.brieven import docx_lezen, docx_overal
from klachten.brieven.docx_lezen import Alinea
from klachten.brieven.lijst import Brief
from klachten.brieven.velden import fields_of, invented
from klachten.brieven.vullen import FILTERS, environment, fill
from klachten.brieven.weigering import BriefKanNiet
from klachten.taal import hoofdletter, opsomming

_HAAKJES = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}|\{#.*?#\}", re.DOTALL)
_LOS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_KEUZE = re.compile(r"(?:(p|tr)\s+)?(for|endfor|if|elif|else|endif)\b\s*(.*)", re.DOTALL)
_LOOP = re.compile(r"([A-Za-z_]\w*)\s+in\s+([A-Za-z_]\w*)")
_LOOPVELDEN = frozenset({"index", "first", "last", "length"})
MEESTE_FOUTEN = 12
_CEL = re.compile(r",? ?alinea \d+$")
_TABEL = re.compile(r", rij \d+.*$")
"""What of a place is left out to tell in which cell it is, or in which table."""


def check(inhoud: bytes, brief: Brief) -> None:
    """Do nothing for a template that this letter can be made with; BriefKanNiet says all that is wrong with it."""
    delen = docx_lezen.unpack(inhoud)
    if half := docx_overal.unfinished(delen):
        raise BriefKanNiet(*(zin.replace("de brief", "het sjabloon") for zin in half))
    alineas = list(docx_lezen.paragraphs(delen))
    keurder = _Keurder(brief)
    fout = [zin for alinea in alineas for zin in keurder.look(alinea)] + list(keurder.end())
    if fout:
        meer = len(fout) - MEESTE_FOUTEN
        raise BriefKanNiet(*fout[:MEESTE_FOUTEN], *([f"En nog {meer} fouten."] if meer > 0 else []))
    # What only shows when it is filled in, as a loop that begins in a table and ends outside it.
    gevuld = fill(inhoud, invented(brief), None, b"")
    try:
        over = _LOS.search(docx_lezen.text_of(gevuld))
    except BriefKanNiet as mis:
        raise BriefKanNiet(
            "Met dit sjabloon wordt geen goed Word-document gemaakt. Staat een {% if %} of {% for %} in dezelfde tabel "
            "of alinea als de {% endif %} of {% endfor %} die erbij hoort?"
        ) from mis
    if over:
        raise BriefKanNiet(f"Na het invullen blijft er {over.group()} over. Kijk of elk veld goed is geschreven.")


class _Keurder:
    """Goes through a template from its first paragraph to its last, with the loops and conditions that are open."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.velden = fields_of(brief)
        self.omgeving = environment()
        self.gezien: set[str] = set()
        self.open: list[tuple[str, str, str, str]] = []
        self.deel = "document"

    def look(self, alinea: Alinea) -> Iterator[str]:
        """Give what is wrong with a paragraph."""
        if alinea.deel != self.deel:
            yield from self._unclosed()
            self.deel = alinea.deel
        plek = hoofdletter(alinea.plek)
        rest = _HAAKJES.sub("", alinea.tekst)
        if los := _LOS.search(rest):
            yield (
                f"{plek}: er staat {los.group()} zonder het haakje dat erbij hoort, bij '{_near(rest, los.start())}'. "
                "Een veld begint met {{ en eindigt met }}."
            )
        for gevonden in _HAAKJES.finditer(alinea.tekst):
            if (waarde := gevonden.group(1)) is not None:
                yield from self._value(waarde.strip(), plek)
            elif (opdracht := gevonden.group(2)) is not None:
                yield from self._statement(opdracht.strip(), plek)

    def end(self) -> Iterator[str]:
        """Give what is missing when all was read."""
        yield from self._unclosed()
        if mist := [naam for naam in self.brief.verplicht if naam not in self.gezien]:
            wat = opsomming(f"{{{{ {naam} }}}} ({self.velden[naam].uitleg.lower()})" for naam in mist)
            yield f"Het sjabloon mist {wat}. Zet dat erin: de brief moet het noemen."

    def _unclosed(self) -> Iterator[str]:
        for soort, plek, _, _ in self.open:
            yield f"{plek}: bij {{% {soort} %}} hoort verderop {{% end{soort} %}}, en die ontbreekt."
        self.open = []

    def _value(self, waarde: str, plek: str) -> Iterator[str]:
        yield from self._expression(waarde, plek)
        veld = self.velden.get(waarde)
        if veld is not None and veld.lijst and not self._item(waarde):
            yield (
                f"{plek}: {waarde} heeft delen. Ga ze één voor één langs: {{%p for deel in {waarde} %}}, dan "
                "{{ deel }}, dan {%p endfor %}, elk in een eigen alinea."
            )

    def _statement(self, opdracht: str, plek: str) -> Iterator[str]:
        past = _KEUZE.fullmatch(opdracht)
        if past is None:
            yield f"{plek}: {{% {opdracht} %}} kan hier niet. U kunt for en if gebruiken, met endfor en endif."
            return
        rij, woord, rest = past.group(1) == "tr", past.group(2), past.group(3).strip()
        if woord.startswith("end"):
            if self.open and self.open[-1][0] == woord[3:]:
                yield from self._elsewhere(self.open.pop()[1], plek, woord, rij=rij)
            else:
                yield f"{plek}: {{% {woord} %}} staat hier zonder {{% {woord[3:]} %}} ervoor."
        elif woord in ("elif", "else") and not any(soort == "if" for soort, *_ in self.open):
            yield f"{plek}: {{% {woord} %}} staat hier zonder {{% if %}} ervoor."
        elif woord == "for":
            yield from self._loop(rest, plek)
        elif woord != "else":
            yield from self._expression(rest, plek)
            if woord == "if":
                self.open.append(("if", plek, "", ""))

    def _elsewhere(self, begon: str, plek: str, woord: str, *, rij: bool) -> Iterator[str]:
        """Say when a loop or condition ends in another table or cell than it began in: Word cannot hold that."""
        delen = _TABEL if rij else _CEL
        van, tot = (delen.sub("", een.lower()) for een in (begon, plek))
        if van != tot:
            yield (
                f"{plek}: {{% {woord} %}} staat in een ander deel van het document dan waar het begon "
                f"({begon.lower()}). Zet begin en einde in dezelfde tekst of cel, of met tr in dezelfde tabel."
            )

    def _loop(self, rest: str, plek: str) -> Iterator[str]:
        past = _LOOP.fullmatch(rest)
        lijst = past.group(2) if past else ""
        if past is None:
            yield f"{plek}: {{% for {rest} %}} is niet te lezen. Schrijf bijvoorbeeld {{%p for deel in maatregelen %}}."
        elif lijst not in self.velden:
            yield self._unknown(lijst, plek)
        elif not self.velden[lijst].lijst:
            yield f"{plek}: {lijst} heeft geen delen om langs te gaan. Schrijf {{{{ {lijst} }}}}."
        else:
            self.gezien.add(lijst)
        self.open.append(("for", plek, past.group(1) if past else "", lijst))

    def _item(self, naam: str) -> bool:
        return any(naam == deel for soort, _, deel, _ in self.open if soort == "for")

    def _expression(self, waarde: str, plek: str) -> Iterator[str]:
        from jinja2 import TemplateSyntaxError, nodes

        waarde = _straight(waarde)
        try:
            boom = self.omgeving.parse(f"{{{{ {waarde} }}}}")
        except TemplateSyntaxError:
            yield f"{plek}: '{waarde}' is niet te lezen als veld. Schrijf een veld als {{{{ klachtnummer }}}}."
            return
        mag = (nodes.Template, nodes.Output, nodes.Name, nodes.Const, nodes.TemplateData, nodes.Compare, nodes.Operand,
               nodes.Not, nodes.And, nodes.Or, nodes.CondExpr, nodes.Getattr, nodes.Filter)  # fmt: skip
        for knoop in (boom, *boom.find_all(nodes.Node)):
            if not isinstance(knoop, mag):
                yield f"{plek}: '{waarde}' kan in een brief niet. Gebruik alleen de velden zelf, en if en for."
                return
            yield from self._node(knoop, waarde, plek)

    def _node(self, knoop: Any, waarde: str, plek: str) -> Iterator[str]:
        from jinja2 import nodes

        if isinstance(knoop, nodes.Name):
            lus = knoop.name == "loop" and any(soort == "for" for soort, *_ in self.open)
            if knoop.name in self.velden:
                self.gezien.add(knoop.name)
            elif not self._item(knoop.name) and not lus:
                yield self._unknown(knoop.name, plek)
        elif isinstance(knoop, nodes.Getattr):
            van = knoop.node
            if not (isinstance(van, nodes.Name) and van.name == "loop" and knoop.attr in _LOOPVELDEN):
                yield f"{plek}: '{waarde}' kan niet: een veld heeft geen delen met een punt ({knoop.attr})."
        elif isinstance(knoop, nodes.Filter) and (knoop.name not in FILTERS or knoop.args):
            yield f"{plek}: het filter '{knoop.name}' is er niet. U kunt {opsomming(FILTERS, 'of')} gebruiken."

    def _unknown(self, naam: str, plek: str) -> str:
        lijkt = get_close_matches(naam, self.velden, n=1)
        raad = f" Bedoelt u {{{{ {lijkt[0]} }}}}?" if lijkt else " Welke velden er zijn, staat op deze pagina."
        return f"{plek}: het veld {{{{ {naam} }}}} is er niet in deze brief.{raad}"


def _straight(waarde: str) -> str:
    """Word writes curly quotation marks; docxtpl reads them as straight ones, and so does this."""
    return waarde.replace("“", '"').replace("”", '"').replace("‘", "'").replace("’", "'")


def _near(tekst: str, plek: int) -> str:
    return " ".join(tekst[max(0, plek - 15) : plek + 25].split())
