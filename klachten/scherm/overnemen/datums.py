"""Step 4: the date doctor. In which order day and month stand; it asks only when the dates themselves do not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from klachten import scherm, taal
from klachten.overname import datums as vormen
from klachten.overname.datumorde import CELLEN, DOOR_ELKAAR, Volgorde
from klachten.overname.voorstel import dokter, rollen
from klachten.overname.voorstel.beeld import Kolombeeld
from klachten.overname.voorstel.datumvormen import reads
from klachten.overname.voorstel.dokter import Diagnose
from klachten.overname.voorstel.rollen import DATUM, PER_CODE
from klachten.scherm import onderdelen
from klachten.scherm.overnemen.werk import Werk
from klachten.taal import getal

_WOORDEN = {"J": "jaar", "M": "maand", "D": "dag"}
_DEEL = re.compile("J+|M+|D+")
_MEESTE_GEBEURTENISSEN = 60
_ALTIJD = ("Gelezen", "Niet te lezen", "Voor de ontvangst", "In het weekend", "Per maand")
_BIJZONDER = {
    vormen.ISO_TIJDSTIP: "een tijdstip met tijdzone",
    vormen.EXCEL_GETAL: "een getal zoals Excel dagen telt",
    vormen.DATUMCEL: "een echte datum van de spreadsheet",
}
_VERWISSELD = "dag en maand verwisseld waar de spreadsheet een datum van maakte"


def toon(werk: Werk) -> str:
    """Show in which order the dates were read, with what speaks for it, or ask."""
    if werk.ontwerp.log and werk.ontwerp.kolom_van("ontvangen_op"):
        with st.expander("Ook de gebeurtenissen zelf een datum laten geven", icon=":material/timeline:"):
            _events(werk)
    elif werk.ontwerp.log:
        _events(werk)
    st.markdown("Een datum als 3-4-2024 is 3 april of 4 maart. Daarom is elke volgorde geprobeerd.")
    _columns(werk)
    diagnose = werk.diagnose(scherm.vandaag())
    if not diagnose.volgordes:
        st.success("Deze datums kunnen maar op één manier worden gelezen.", icon=":material/check_circle:")
        return _unread(werk)
    return _order(werk, diagnose) or _unread(werk)


def in_words(vorm: str) -> str:
    """Return the order of a form in words: 'dag-maand-jaar'."""
    if vormen.OF in vorm:
        return vormen.OF.join(dict.fromkeys(map(in_words, vorm.split(vormen.OF))))
    if vorm in _BIJZONDER:
        return _BIJZONDER[vorm]
    # Not in what stands behind it: AM is no month.
    delen = _DEEL.findall(vorm.partition("u")[0])
    return "-".join("naam van de maand" if len(deel) > 2 and deel[0] == "M" else _WOORDEN[deel[0]] for deel in delen)


def _columns(werk: Werk) -> None:
    rijen = []
    for kolom, rol in werk.ontwerp.kolommen_van(DATUM):
        beeld, vorm = werk.gezien.kolom(kolom), werk.ontwerp.vormen[kolom]
        gelezen = _read(beeld, vorm)
        rijen.append(
            {
                "Kolom": onderdelen.veilig(kolom),
                "Is": PER_CODE[rol].naam,
                "Geschreven als": in_words(vorm),
                "Gelezen": f"{getal(gelezen)} van {getal(beeld.gevuld)}",
                "Leeg": getal(beeld.rijen - beeld.gevuld),
            }
        )
    st.table(rijen, hide_index=True)


def _read(kolom: Kolombeeld, vorm: str) -> int:
    lezer = vormen.load(vorm)
    return sum(keer for tekst, keer in kolom.waarden.items() if tekst and reads(lezer, tekst))


def _order(werk: Werk, diagnose: Diagnose) -> str:
    """Say which order it is, or ask; what is chosen goes to every column that can be read both ways."""
    namen = {v.naam: _name(werk, v) for v in diagnose.volgordes}
    if diagnose.beste is not None and diagnose.beste.naam == CELLEN:
        st.success(
            "Een spreadsheet heeft bij het openen dag en maand verwisseld waar dat kon: naast datums als tekst staan "
            "er echte datums, en daarvan is nooit een dag boven de 12. Zij worden teruggezet.",
            icon=":material/check_circle:",
        )
    elif diagnose.beste is not None:
        st.success(
            f"De volgorde is **{namen[diagnose.beste.naam]}**: in een andere volgorde komen er onmogelijke datums uit.",
            icon=":material/check_circle:",
        )
    elif any(v.naam == DOOR_ELKAAR for v in diagnose.keuze):
        st.warning(
            "In deze datums lijken dag en maand soms verwisseld. Een spreadsheet doet dat bij het openen van een "
            "bestand uit een ander land, overal waar de dag hoogstens 12 is. Vraag de bron om het oorspronkelijke "
            "bestand. Kiest u hier toch een volgorde, dan klopt een deel van de datums niet.",
            icon=":material/warning:",
        )
    else:
        st.warning("Uit de datums zelf is niet te zien welke volgorde het is. Kies de goede.", icon=":material/help:")
    keuzes = [v for v in diagnose.volgordes if v.naam != DOOR_ELKAAR and (" bij " not in v.naam or v is diagnose.beste)]
    with st.expander("Wat voor en tegen elke volgorde pleit", expanded=diagnose.beste is None):
        st.table(_compared(keuzes, namen), hide_index=True)
        st.markdown(_example(werk, keuzes, namen))
    gekozen = werk.ontwerp.verklaring.get("datumvolgorde")
    # What was kept of this source holds until somebody says otherwise; of a new one what the doctor finds.
    kept = next((v.naam for v in keuzes if _is_now(werk, v)), None) if werk.bewaard else None
    begin = gekozen or kept or (diagnose.beste.naam if diagnose.beste else None)
    ids = [v.naam for v in keuzes]
    keus = st.radio(
        "In welke volgorde staan de datums?",
        ids,
        index=ids.index(begin) if begin in ids else None,
        format_func=namen.get,
        key=f"overnemen.volgorde.{werk.nr}",
    )
    if keus is None:
        return "Kies eerst in welke volgorde de datums staan."
    _choose(werk, diagnose, next(v for v in keuzes if v.naam == keus))
    return ""


def _choose(werk: Werk, diagnose: Diagnose, volgorde: Volgorde) -> None:
    """Let an order hold; against what the doctor finds only because somebody says so."""
    gezien = {kolom.naam: kolom.vormen.beste for kolom in werk.gezien.kolommen if kolom.datum}
    nieuw = dokter.forms_of(volgorde, werk.ontwerp.rollen, gezien)
    werk.ontwerp.vormen |= nieuw
    werk.ontwerp.verklaring["verwisseld"] = volgorde.naam == CELLEN
    werk.ontwerp.verklaring["datumvolgorde"] = volgorde.naam
    tegen = (diagnose.beste or volgorde) is not volgorde or any(v.naam == DOOR_ELKAAR for v in diagnose.keuze)
    deel = {**werk.ontwerp.verklaring.get("datums", {}), "zeker": True}
    if not tegen:
        deel.pop("zeker")
    werk.ontwerp.verklaring["datums"] = deel
    if tegen:
        st.warning("U kiest hier een andere volgorde dan waar de datums op wijzen.", icon=":material/warning:")


def _is_now(werk: Werk, volgorde: Volgorde) -> bool:
    gezien = {kolom.naam: kolom.vormen.beste for kolom in werk.gezien.kolommen if kolom.datum}
    nieuw = dokter.forms_of(volgorde, werk.ontwerp.rollen, gezien)
    if (volgorde.naam == CELLEN) != bool(werk.ontwerp.verklaring.get("verwisseld")):
        return False
    return all(werk.ontwerp.vormen.get(kolom) == vorm for kolom, vorm in nieuw.items())


def _name(werk: Werk, volgorde: Volgorde) -> str:
    if volgorde.naam == CELLEN:
        return _VERWISSELD
    vorm, _, bij = volgorde.naam.partition(" bij ")
    if volgorde.naam == DOOR_ELKAAR:
        return "dag en maand door elkaar"
    alleen = f", alleen bij {PER_CODE[bij].naam.lower()}" if bij in PER_CODE else ""
    return f"{in_words(vorm)}{alleen}"


def _compared(keuzes: Sequence[Volgorde], namen: dict[str, str]) -> list[dict[str, str]]:
    """What speaks for and against each order, an order in a column: that fits on a phone."""
    per_volgorde = [_counts(v) for v in keuzes]
    return [
        {"": wat, **{namen[v.naam]: telling[wat] for v, telling in zip(keuzes, per_volgorde, strict=True)}}
        for wat in per_volgorde[0]
        if wat in _ALTIJD or any(telling[wat] != "0" for telling in per_volgorde)
    ]


def _counts(volgorde: Volgorde) -> dict[str, str]:
    maanden = volgorde.maanden
    return {
        "Gelezen": getal(volgorde.gelezen),
        "Niet te lezen": getal(volgorde.onleesbaar),
        "Voor de ontvangst": getal(volgorde.te_vroeg),
        "In de toekomst": getal(volgorde.toekomst),
        "Terug in de tijd, tegen de nummers": getal(volgorde.sprongen),
        "Zoals een spreadsheet het niet doet": getal(volgorde.onwaarschijnlijk),
        "Dag boven de 12": getal(volgorde.boven_12),
        "In het weekend": getal(volgorde.weekend),
        "Eerste ontvangst": onderdelen.datum_tekst(volgorde.eerste, kort=True),
        "Laatste ontvangst": onderdelen.datum_tekst(volgorde.laatste, kort=True),
        "Per maand": ", ".join(f"{taal.MAANDEN_KORT[nr - 1]} {getal(maanden[nr])}" for nr in sorted(maanden)),
    }


def _example(werk: Werk, keuzes: list[Volgorde], namen: dict[str, str]) -> str:
    """One date of the file as each order reads it."""
    kolom = werk.ontwerp.kolom_van("ontvangen_op")
    if not kolom:
        return ""
    for tekst in werk.gezien.kolom(kolom).waarden:
        gelezen = {v.naam: v.lees(0, tekst) for v in keuzes if tekst}
        if len({dag for dag in gelezen.values() if dag}) > 1:
            zinnen = [f"{taal.datum(dag)} ({namen[naam]})" for naam, dag in gelezen.items() if dag]
            return f"Een voorbeeld: *{onderdelen.veilig(tekst)}* is {taal.opsomming(zinnen, 'of')}."
    return ""


def _unread(werk: Werk) -> str:
    """Say what cannot be read: those rows are rejected further on, and named there."""
    for kolom, _ in werk.ontwerp.kolommen_van(DATUM):
        beeld = werk.gezien.kolom(kolom)
        niet = beeld.gevuld - _read(beeld, werk.ontwerp.vormen[kolom])
        if niet:
            hoeveel = f"{'is' if niet == 1 else 'zijn'} {taal.aantal(niet, 'datum', 'datums')}"
            st.warning(
                f"In kolom {onderdelen.veilig(kolom)} {hoeveel} niet te lezen. "
                "Bij *Controle* staat welke rijen dat zijn.",
                icon=":material/warning:",
            )
    return ""


def _events(werk: Werk) -> None:
    """Ask which event is which step: the date of that event becomes the date of the step."""
    kolom = werk.gezien.kolom(werk.ontwerp.kolom_van("gebeurtenis"))
    st.markdown(
        "Welke gebeurtenis is wat? De eerste gebeurtenis van een klacht telt als de ontvangst, tenzij u er hier een "
        "aanwijst of een kolom met die datum koos."
    )
    codes = [
        "",
        *(rol.code for rol in rollen.ROLLEN if rol.soort == DATUM and rol.code not in ("moment", "uiterlijk_op")),
    ]
    for plaats, (tekst, keer) in enumerate(kolom.waarden.most_common(_MEESTE_GEBEURTENISSEN)):
        if not tekst:
            continue
        nu = werk.ontwerp.gebeurtenissen.get(tekst, "")
        werk.ontwerp.gebeurtenissen[tekst] = st.selectbox(
            f"{onderdelen.veilig(tekst)} ({getal(keer)} keer)",
            codes,
            index=codes.index(nu),
            format_func=lambda code: PER_CODE[code].naam if code else "Telt niet",
            key=f"overnemen.gebeurtenis.{werk.nr}.{plaats}",
            placeholder="Kies wat dit is",
        )
