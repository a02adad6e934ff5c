"""Step 7: the control totals, before anything is recorded: what comes in, what does not and why, and how it counts."""

from __future__ import annotations

from datetime import date

import streamlit as st

from klachten import scherm
from klachten.overname import opschrijven, tonen
from klachten.overname.lezen import Afkeuring
from klachten.overname.totalen import Totalen, Vergelijking
from klachten.scherm import onderdelen
from klachten.scherm.overnemen.werk import Uitkomst, Werk
from klachten.taal import aantal, getal

PER_BLAD = 25


def toon(werk: Werk) -> str:
    """Show what the choices lead to, and ask what needs an answer."""
    with st.spinner("Het bestand wordt gelezen en nageteld."):
        uitkomst = werk.work_out(scherm.register(), scherm.vandaag())
    plan = uitkomst.plan
    st.markdown("Er is nog niets vastgelegd. Vergelijk deze aantallen met wat u van het andere register weet.")
    st.markdown(f"**Bestand.** {onderdelen.veilig(plan.lezing.telling.sentence())}.")
    st.table(_counts(uitkomst), hide_index=True)
    if uitkomst.totalen.jaren:
        onderdelen.tussenkop("Per jaar van ontvangst")
        st.table(_years(uitkomst.totalen), hide_index=True)
        _terms(uitkomst.totalen, plan.kolommen.getrokken_op or scherm.vandaag())
    if uitkomst.totalen.bron is not None:
        _compared(uitkomst.totalen.bron)
    wacht = _rejected(werk, plan.afkeuringen)
    for woord, zin in plan.bezwaren.items():
        st.warning(onderdelen.veilig(zin), icon=":material/warning:")
        if st.checkbox("Dit klopt zo", value=woord in werk.akkoord, key=f"overnemen.akkoord.{werk.nr}.{woord}"):
            werk.akkoord.add(woord)
        else:
            werk.akkoord.discard(woord)
            wacht = wacht or "Zeg eerst of dat klopt."
    _declared(werk)
    if not plan.nieuw and plan.bron is None:
        return "Er valt niets vast te leggen."
    return wacht


def _counts(uitkomst: Uitkomst) -> list[dict[str, str]]:
    plan = uitkomst.plan
    afgekeurd = {a.bron_id or f"regel {a.regel}" for a in plan.afkeuringen}
    rijen = {
        "Rijen gelezen": getal(plan.lezing.rijen),
        "Nieuwe klachten": getal(len(plan.nieuw)),
        "Klachten die er al zijn": getal(len(plan.al_overgenomen)),
        "Dezelfde rij nog eens": getal(len(plan.lezing.dubbelen)),
        "Afgekeurde rijen": f"{getal(len(plan.afkeuringen))} (van {aantal(len(afgekeurd), 'klacht', 'klachten')})"
        if plan.afkeuringen
        else "0",
    }
    return [{"Wat": wat, "Aantal": hoeveel} for wat, hoeveel in rijen.items()]


def _years(totalen: Totalen) -> list[dict[str, str]]:
    rijen = [
        {
            "Jaar": str(jaar.jaar),
            "Nieuw": getal(jaar.nieuw),
            "Afgesloten": getal(jaar.dicht),
            "Nog open": getal(jaar.open),
            "Was er al": getal(jaar.bekend),
        }
        for jaar in totalen.jaren
    ]
    samen = totalen.jaren
    if len(samen) > 1:
        rijen.append(
            {
                "Jaar": "Samen",
                "Nieuw": getal(sum(jaar.nieuw for jaar in samen)),
                "Afgesloten": getal(sum(jaar.dicht for jaar in samen)),
                "Nog open": getal(sum(jaar.open for jaar in samen)),
                "Was er al": getal(sum(jaar.bekend for jaar in samen)),
            }
        )
    return rijen


def _terms(totalen: Totalen, op: date) -> None:
    if not totalen.termijnen:
        return
    onderdelen.tussenkop("Op tijd")
    st.markdown(f"Zo staan de nieuwe klachten ervoor op {onderdelen.datum_tekst(op)}, zoals dit register rekent.")
    st.table(
        [
            {"Termijn": onderdelen.veilig(deel.naam), "Stand": status, "Klachten": getal(keer)}
            for deel in totalen.termijnen
            for status, keer in deel.statussen.most_common()
        ],
        hide_index=True,
    )


def _compared(bron: Vergelijking) -> None:
    """What the source says of being on time beside what comes out here."""
    onderdelen.tussenkop("Wat de bron zelf zegt")
    st.table(
        [
            {"De bron zegt": zegt or "niets", "Hier": status, "Klachten": getal(keer)}
            for (zegt, status), keer in bron.paren.most_common()
        ],
        hide_index=True,
    )
    if not bron.anders:
        st.success("De bron en de termijn zeggen nergens het tegendeel.", icon=":material/check_circle:")
        return
    st.warning(
        f"Bij {aantal(bron.anders, 'klacht zegt', 'klachten zegt')} de bron het tegendeel van wat hier uitkomt. "
        "Klopt de termijn bij *Regels*? Of rekent de bron anders?",
        icon=":material/compare_arrows:",
    )
    with st.expander("Welke klachten dat zijn"):
        st.table(
            [
                {"Regel": str(regel), "Kenmerk": _safe_id(id), "De bron zegt": zegt, "Hier": status}
                for regel, id, zegt, status in bron.verschillen[:PER_BLAD]
            ],
            hide_index=True,
        )


def _safe_id(bron_id: str) -> str:
    return onderdelen.veilig(bron_id) if tonen.case_id(bron_id) else onderdelen.GEEN


def _rejected(werk: Werk, afkeuringen: list[Afkeuring]) -> str:
    """Show the rows that cannot come in, and ask whether the others come in without them."""
    if not afkeuringen:
        st.success("Elke rij kan worden overgenomen.", icon=":material/check_circle:")
        return ""
    onderdelen.tussenkop("Wat niet kan worden overgenomen")
    limit, eerste = onderdelen.bladeren(
        len(afkeuringen), key=f"overnemen.afgekeurd.{werk.nr}", per_blad=PER_BLAD, woord="rijen"
    )
    st.table(
        [
            {"Regel": str(a.regel), "Kenmerk": _safe_id(a.bron_id), "Waarom niet": onderdelen.veilig(a.reden)}
            for a in afkeuringen[eerste : eerste + limit]
        ],
        hide_index=True,
    )
    st.markdown(
        "Verbeter het bestand en kies het opnieuw, of ga terug als een keuze niet klopt. U kunt deze rijen "
        "ook weglaten."
    )
    rijen = aantal(len(afkeuringen), "rij", "rijen")
    werk.zonder_afgekeurde = st.checkbox(
        f"Laat deze {rijen} weg en neem de andere klachten over",
        value=werk.zonder_afgekeurde,
        key=f"overnemen.zonder.{werk.nr}",
    )
    return "" if werk.zonder_afgekeurde else "Zolang er afgekeurde rijen zijn, wordt niets overgenomen."


def _declared(werk: Werk) -> None:
    """Show the declaration itself, for who does the same with the command."""
    assert werk.uitkomst is not None
    with st.expander("Voor wie dit met een opdracht doet", icon=":material/terminal:"):
        st.markdown(
            "Dit is dezelfde overname als bestand voor de opdracht `importeer`. Het wordt bij het register bewaard."
        )
        st.code(werk.uitkomst.tekst, language="toml")
        if werk.ontwerp.reglement is not None:
            st.code(opschrijven.write(werk.ontwerp.reglement), language="toml")
