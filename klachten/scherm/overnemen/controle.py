"""Step 7: the control totals, before anything is recorded: what comes in, what does not and why, and how it counts."""

from __future__ import annotations

from collections import Counter
from datetime import date

import streamlit as st

from klachten import scherm
from klachten.overname import opschrijven, tonen
from klachten.overname.besluiten import RIJ, SOORTEN, WEGLATEN, ZONDER_DATUM, ZONDER_EINDE, undecided
from klachten.overname.feiten import TIP_TE_VER
from klachten.overname.lezen import Afkeuring
from klachten.overname.overnemen import Plan
from klachten.overname.totalen import Totalen, Vergelijking
from klachten.scherm import onderdelen
from klachten.scherm.overnemen import maand, narekenen, verder
from klachten.scherm.overnemen.werk import Uitkomst, Werk
from klachten.taal import aantal, getal, hoofdletter, opsomming

PER_BLAD = 25
_WAT = {
    "": "Nog niets besloten: dan wordt er niets overgenomen",
    ZONDER_DATUM: "De klacht overnemen zonder deze datum",
    WEGLATEN: "Deze klachten niet overnemen, de andere wel",
}


def toon(werk: Werk) -> str:
    """Show what the choices lead to, and ask what needs an answer."""
    with st.spinner("Het bestand wordt gelezen en nageteld."):
        uitkomst = werk.work_out(scherm.register(), scherm.vandaag())
    if uitkomst is None:
        return narekenen.toon(werk)
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
    wacht = _rejected(werk, plan)
    if plan.bekend:
        vraagt = maand.toon(werk, uitkomst)
        wacht = wacht or vraagt
    wacht = verder.vooruit(uitkomst.vooruit) or wacht
    for woord, zin in plan.bezwaren.items():
        st.warning(onderdelen.veilig(zin), icon=":material/warning:")
        if st.checkbox("Dit klopt zo", value=woord in werk.akkoord, key=f"overnemen.akkoord.{werk.nr}.{woord}"):
            werk.akkoord.add(woord)
        else:
            werk.akkoord.discard(woord)
            wacht = wacht or "Zeg eerst of dat klopt."
    _declared(werk)
    if not plan.iets and not (uitkomst.vooruit and uitkomst.vooruit.overgang.iets):
        return "Er valt niets vast te leggen."
    return wacht


def _counts(uitkomst: Uitkomst) -> list[dict[str, str]]:
    plan = uitkomst.plan
    afgekeurd = {a.bron_id or f"regel {a.regel}" for a in plan.afkeuringen}
    rijen = {
        "Rijen gelezen": getal(plan.lezing.rijen),
        "Nieuwe klachten": getal(len(plan.nieuw)),
        "Klachten die er al zijn": getal(len(plan.al_overgenomen)),
        **maand.counts(plan),
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


def _rejected(werk: Werk, plan: Plan) -> str:
    """Show the rows that cannot come in, and ask per kind of fault what is to be done about it."""
    besluiten = werk.ontwerp.verklaring.setdefault("besluiten", {})
    if plan.lezing.zonder:
        weg = [f"{aantal(keer, 'keer', 'keer')} {SOORTEN[soort].naam}" for soort, keer in plan.lezing.zonder.items()]
        st.info(f"Zonder datum overgenomen: {opsomming(weg)}. Wat er stond, blijft in het dossier. {ZONDER_EINDE}")
    if not plan.afkeuringen and not besluiten:
        st.success("Elke rij kan worden overgenomen.", icon=":material/check_circle:")
        return ""
    onderdelen.tussenkop("Wat niet kan worden overgenomen")
    per_soort = Counter(soort for a in plan.afkeuringen for soort in a.soorten or (RIJ,))
    st.markdown(
        "Verbeter het bestand en kies het opnieuw, ga terug als een keuze niet klopt, of kies hier wat ermee moet."
    )
    for soort in [soort for soort in SOORTEN if per_soort[soort] or soort in besluiten]:
        _decide(werk, soort, per_soort[soort])
    if plan.afkeuringen:
        _rows(werk, plan.afkeuringen)
    if undecided(plan.afkeuringen, besluiten):
        return "Zeg eerst bij elke soort fout wat ermee moet, of verbeter het bestand."
    return ""


def _decide(werk: Werk, soort: str, keer: int) -> None:
    """Ask what is to be done about one kind of fault."""
    fout, besluiten = SOORTEN[soort], werk.ontwerp.verklaring["besluiten"]
    keuzes = ["", *([ZONDER_DATUM] if fout.mag_zonder else []), WEGLATEN]
    hoeveel = f"{aantal(keer, 'rij', 'rijen')} met {fout.naam}" if keer else fout.naam
    gekozen = st.selectbox(
        hoofdletter(hoeveel),
        keuzes,
        index=keuzes.index(besluiten.get(soort, "")),
        format_func=_WAT.get,
        key=f"overnemen.besluit.{werk.nr}.{soort}",
        placeholder="Kies wat ermee moet",
    )
    st.markdown(f":small[{fout.doe}]")
    if gekozen == besluiten.get(soort, ""):
        return
    if gekozen:
        besluiten[soort] = gekozen
    else:
        besluiten.pop(soort)
    st.rerun()


def _rows(werk: Werk, afkeuringen: list[Afkeuring]) -> None:
    limit, eerste = onderdelen.bladeren(
        len(afkeuringen), key=f"overnemen.afgekeurd.{werk.nr}", per_blad=PER_BLAD, woord="rijen"
    )
    st.table(
        [
            {
                "Regel": str(a.regel),
                "Kenmerk": _safe_id(a.bron_id),
                "Waarom niet": onderdelen.veilig(a.reden.replace(TIP_TE_VER, "")),
            }
            for a in afkeuringen[eerste : eerste + limit]
        ],
        hide_index=True,
    )


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
