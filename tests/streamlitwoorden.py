"""List what Streamlit would still say in English: `python -m tests.streamlitwoorden`, when its version is another.

It looks where a script gives a part of the page its words, in every script that a page of this register may load; what
klachten/scherm/nederlands.toml says of them is left out, and what is there on purpose is in OVER.
"""

from __future__ import annotations

import re

from klachten.scherm import nederlands

ONGEBRUIKT = re.compile(
    r"Audio|Camera|Chat|DateTime|Deck|ECharts|Feedback|Graph|Html|IFrame|ImageList|Json|Mermaid|Plotly|Slider|Streamlit"
    r"Syntax|TimeInput|Toast|Video|[\w-]*(Diagram|diagram|definition)|chunk-|cose|cytoscape|elk|katex|mermaid|remark-emoji|"
    r"numbro|reactJson|rehype|rough"
)
"""Scripts of parts that this register does not use."""
OVER = re.compile(
    r"[Ss]kills|[Dd]eploy|Streamlit Community|Snowflake|enterprise|hobbies|custom |video|record|Record|screencast|"
    r"Git|GitHub|markdown|Markdown|^Step \d|Alien|Happy|^Rename|^Save|^Cancel|^Edit|\b[Rr]ow\b|caches|^Learn|^Other|"
    r"(Audio|Video) player|^Chat message|^Alt$|Ctrl|Cmd|Installing|docs|documentation|agents|again$|static app|WebM|"
    r"entries|additions text|^No content|action menu|^Remove|^Select\.\.\.|props\.labels|^Euro|^Yen|^\$\{[^}]*\}$|"
    r"BidiComponent|^react-aria|^[a-z]\w*$|^[A-Z]\w+([A-Z]\w*)+$|^Explore|^Next steps|^Integrate|^Set up|^Start trial|"
    r"^Dialog type|^For |^Alt\+|^Enterprise|^Due to limitations"
)
"""What only a developer sees, or who edits in a table; and names that are no words."""
_WAAR = re.compile(
    r'(?:children|label|title|placeholder|alt|text|message|copyLabel|ariaLabel|"aria-[a-z]+"):'
    r"(?:\[|[\w.$!=?&|()]{0,30}[?:|])?`([^`\n]*[A-Za-z]{3,}[^`\n]*)`(?::`([^`\n]*)`)?"
)

_VELD = re.compile(r"[A-Z]\w*(Input|Select|Select[bB]ox|Uploader|Area)$|ReorderedSegments|Radio|use\w+|requiredField")
_FOUT = re.compile(r"`([^`\n]*\b(?:Please|allowed range|must be|is required|Invalid [a-z]+\.|Error\*\*)[^`\n]*)`")
"""The scripts of fields, and what they say when something is wrong: a reader meets it only then, in no fixed place."""


def left() -> list[tuple[str, str]]:
    """Return per script what is said there and is not of the table."""
    gezegd = b"\n".join(nu for paren in nederlands.woorden().values() for _, nu in paren).decode()
    uit: dict[tuple[str, str], None] = {}
    for pad in sorted(nederlands.SCRIPTS.glob("*.js")):
        naam = pad.name.partition(".")[0]
        if ONGEBRUIKT.match(naam):
            continue
        script = nederlands.in_dutch(pad.name, naam) if naam in nederlands.woorden() else pad.read_bytes()
        waar = [_WAAR, *([_FOUT] if _VELD.match(naam) else [])]
        for gevonden in (een for soort in waar for een in soort.finditer(script.decode())):
            for tekst in filter(None, gevonden.groups()):
                vast = [deel for deel in re.split(r"\$\{[^}]*\}?", tekst) if re.search("[A-Za-z]", deel)]
                if not OVER.search(tekst) and any(deel not in gezegd for deel in vast):
                    uit[naam, tekst] = None
    return list(uit)


if __name__ == "__main__":
    for script, tekst in left():
        print(f"{script}: {tekst[:120]}")
