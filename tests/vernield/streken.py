"""JSON and process logs of which something is odd: each is one that a program somewhere has written."""

from __future__ import annotations

import gzip
import json

from tests.vernield.bestanden import geval
from tests.vernield.bron import objecten, xes
from tests.vernield.oordeel import Geval
from tests.vernield.tabellen import zegt
from tests.vernield.trekking import Trek, proef


@proef("JSON met een streek", ("json", "jsonl"))
def json_streken(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    alle = objecten(bron)
    regels = [json.dumps(een) for een in alle]
    eerste = regels[0]
    streek = trek.kies(
        (
            "[" + ",".join(regels) + ",]",
            "[" + ",".join(regels),
            "[" + " ".join(regels) + "]",
            "//x\n[" + eerste + "]",
            "[" + eerste.replace('"', "'") + "]",
            "[" + eerste[:-1] + ', "via": "post"}]',
            "[" + eerste + "][" + eerste + "]",
            "[" + eerste + ", null]",
            "[" + eerste + ", 3, [1]]",
            '[{"zaaknummer": ' + "[" * 3000 + "]" * 3000 + "}]",
            "[" + eerste.replace('"via": "', '"via": {"x": "').replace('", "soort"', '"}, "soort"') + "]",
            "{" + f'"a": [{eerste}], "b": [{eerste}]' + "}",
            "[{}]",
            "[]",
            "{}",
            "null",
            "3",
            '"x"',
            "[[]]",
            '{"a": {"b": []}}',
            "[" + eerste[:-1] + ', "intern2": 1e99999999999999999999}]',
            "[" + eerste[:-1] + ', "x": -Infinity, "y": NaN}]',
            "[" + eerste[:-1] + f', "x": {"9" * 5000}}}]',
            "\n".join(["", *regels, "", eerste[:-9]]),
            "\n".join(regels[:1] * 2 + ["[1]"]),
            "[" + eerste[:-1] + ', "": 1, " ": 2}]',
            eerste + "," + eerste,
            "[" + eerste[:-1] + ', "ontvangen ": "x"}]',
            '{"d":' * 500 + "1" + "}" * 500,
            "[" + eerste.replace("2024", "2\\u0030" + "24") + "]",
        )
    )
    return geval(streek.encode(), soort, bron, waar=None)


@proef("XES met een streek", ("xes", "xes.gz"))
def xes_streken(trek: Trek, soort: str) -> Geval:
    bron = trek.tabel()
    tekst = xes(bron)
    kop = '<?xml version="1.0" encoding="UTF-8"?>'
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    streek = trek.kies(
        (
            tekst.replace(kop, kop + f'<!DOCTYPE log [<!ENTITY l0 "lol">{lol}]>').replace("verhaalwoord", "&l8;"),
            tekst.replace(kop, kop + '<!DOCTYPE log SYSTEM "file:///etc/passwd">'),
            tekst.replace(kop, ""),
            tekst.replace('encoding="UTF-8"', 'encoding="UTF-16"'),
            tekst.replace('encoding="UTF-8"', 'encoding="cp1252"'),
            tekst.replace("<event>", "<event><!-- GEHEIM -->"),
            tekst.replace("<log", '<x:log xmlns:x="y"').replace("</log", "</x:log"),
            tekst.replace("</event>", ""),
            tekst.replace("<event>", "<event><list key='l'><string key='via' value='x'/></list>"),
            tekst.replace("<date ", "<int "),
            tekst.replace("<string ", "<date "),
            tekst.replace("T00:00:00.000", "T25:00:00.000+99:00"),
            tekst.replace("T00:00:00.000", "T00:00:00.000-00:00"),
            tekst.replace("T00:00:00.000", "T00:00:00.123456789+01:00"),
            tekst.replace('key="via"', 'key=""'),
            tekst.replace("value=", "waarde="),
            tekst.replace("key=", "sleutel="),
            tekst.replace("<trace>", "<trace><trace>"),
            tekst.replace("</log>", "</log><log/>"),
            tekst.replace("</log>", "</log>\0\0"),
            tekst.replace("<trace>", "<![CDATA[x]]><trace>"),
            tekst.replace('value="', 'value="&#0;', 1),
            tekst.replace('value="', 'value="&#xD800;', 1),
            tekst.replace("<trace>", "<string key='x' value='y'/><trace>"),
            tekst + "<",
            tekst.replace("<event>", "<event><string/>"),
            tekst.replace('<string key="via"', '<string key="via" value="web"/><string key="via"'),
            f"{kop}<log>{'<trace/>' * 9}</log>",
        )
    )
    rauw = streek.encode("utf-8", "replace")
    mits = zegt("DOCTYPE") if "<!DOCTYPE" in streek else lambda _: ""
    return geval(gzip.compress(rauw) if soort == "xes.gz" else rauw, soort, waar=None, mits=mits)
