"""Writing a declaration as TOML, so that what somebody chose on the screen is the file that the command reads too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

_KAAL = re.compile(r"[A-Za-z0-9_-]+")
BOVEN = "# Gemaakt op de pagina Overnemen. Hetzelfde met een opdracht: python -m klachten importeer BESTAND --kolommen "


def write(gegevens: Mapping[str, Any], boven: str = "") -> str:
    """Return these tables as TOML that reads back equal: values first, then each table and each list of tables."""
    delen = [boven] if boven else []
    delen += [f"{_key(naam)} = {_value(waarde)}" for naam, waarde in gegevens.items() if not _heads(waarde)]
    for naam, waarde in gegevens.items():
        if isinstance(waarde, Mapping):
            delen += ["", f"[{_key(naam)}]", *_rows(waarde)]
        elif _heads(waarde):
            for deel in waarde:
                delen += ["", f"[[{_key(naam)}]]", *_rows(deel)]
    return "\n".join(delen) + "\n"


def _heads(waarde: Any) -> bool:
    """Whether a value gets a heading of its own."""
    tabellen = isinstance(waarde, Sequence) and not isinstance(waarde, str) and bool(waarde)
    return isinstance(waarde, Mapping) or (tabellen and all(isinstance(deel, Mapping) for deel in waarde))


def _rows(tabel: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{_key(naam)} = {_value(waarde)}" for naam, waarde in tabel.items())


def _key(naam: str) -> str:
    return naam if _KAAL.fullmatch(naam) else _text(naam)


def _value(waarde: Any) -> str:
    match waarde:
        case bool():
            return "true" if waarde else "false"
        case int():
            return str(waarde)
        case str():
            return _text(waarde)
        case date():
            return waarde.isoformat()
        case Mapping():
            return f"{{ {', '.join(_rows(waarde))} }}" if waarde else "{}"
        case Sequence():
            return f"[{', '.join(map(_value, waarde))}]"
    raise TypeError(f"A declaration has no value of type {type(waarde).__name__}")


def _text(tekst: str) -> str:
    """A text as TOML quotes it: as JSON does, but that TOML has no bare DEL."""
    return json.dumps(tekst, ensure_ascii=False).replace("\x7f", "\\u007F")
