"""Step 3: what each column is. A proposal is shown with why; a person says yes by going on."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from klachten.overname import sleutels
from klachten.overname.regeltelling import named
from klachten.overname.voorstel import rollen
from klachten.overname.voorstel.beeld import Kolombeeld
from klachten.overname.voorstel.keus import Kolomvoorstel
from klachten.overname.voorstel.rollen import DATUM, LIJST, PER_CODE
from klachten.scherm import onderdelen
from klachten.scherm.overnemen.rijen import shown
from klachten.scherm.overnemen.werk import Werk
from klachten.taal import aantal, opsomming

_VOORBEELDEN = 3
_LANG = 40
_MEESTE_GROEPEN = 5
_GEEN_KENMERK = (
    "Wijs aan in welke kolom het kenmerk van de klacht staat, zoals een zaaknummer, of waaraan zij te herkennen is."
)
_GEEN_ONTVANGST = "Wijs aan in welke kolom de datum van ontvangst staat."


def toon(werk: Werk) -> str:
    """Ask of each column what it is: first those with a proposal, then the others."""
    st.markdown(
        "Bij elke kolom staat een voorstel. Klopt het niet, kies dan iets anders. Wat u niet aanwijst, komt niet in "
        "het register. Namen en omschrijvingen komen alleen in het dossier van de klacht."
    )
    voorstellen = {deel.kolom: deel for deel in werk.voorgesteld.kolommen}
    eerst = [kolom for kolom in werk.gezien.kolommen if voorstellen[kolom.naam].rol or werk.ontwerp.rollen[kolom.naam]]
    rest = [kolom for kolom in werk.gezien.kolommen if kolom not in eerst]
    for kolom in eerst:
        _column(werk, kolom, voorstellen[kolom.naam])
    if rest:
        met = "kolom waarvoor geen voorstel is", "kolommen waarvoor geen voorstel is"
        with st.expander(f"Nog {aantal(len(rest), *met)}", icon=":material/view_column:"):
            for kolom in rest:
                _column(werk, kolom, voorstellen[kolom.naam])
    if werk.ontwerp.kolom_van("uitkomst") and 13 not in werk.ontwerp.stappen and not werk.ontwerp.log:
        st.warning(
            "Hoe een klacht afliep, hoort bij het afsluiten. Zonder kolom met de datum daarvan komt het niet mee.",
            icon=":material/warning:",
        )
    if not werk.ontwerp.kolom_van("id") and werk.ontwerp.verklaring["korrel"] == "klacht":
        _key(werk)
    return _objection(werk)


def _key(werk: Werk) -> None:
    """Without an id, ask by which columns a klacht is known, and show which rows those do not tell apart."""
    onderdelen.tussenkop("Er is geen kenmerk")
    st.markdown(
        "Waaraan is een klacht te herkennen? Neem kolommen die later niet meer veranderen, en geen naam of adres. "
        "Van wat er staat, wordt een code gemaakt; alleen die code komt in het journaal."
    )
    plaatsen = {kolom: werk.kop.index(kolom) for kolom in _stable(werk)}
    if "sleutel" not in werk.ontwerp.verklaring:
        with werk.open() as tabel:
            werk.ontwerp.verklaring["sleutel"] = sleutels.propose(tabel.rows(), plaatsen)
    gekozen = st.multiselect(
        "Een klacht is te herkennen aan",
        list(plaatsen),
        default=[kolom for kolom in werk.ontwerp.verklaring["sleutel"] if kolom in plaatsen],
        key=f"overnemen.sleutel.{werk.nr}",
        max_selections=sleutels.MEESTE_KOLOMMEN,
        placeholder="Kies kolommen",
    )
    werk.ontwerp.verklaring["sleutel"] = gekozen
    if not gekozen:
        return
    samen = werk.collisions(gekozen)
    if not samen:
        st.success("Hiermee is elke rij van de andere te onderscheiden.", icon=":material/check_circle:")
        return
    rijen = aantal(sum(map(len, samen)), "rij is", "rijen zijn")
    st.warning(
        f"Hiermee {rijen.rpartition(' ')[2]} {rijen.rpartition(' ')[0]} niet te onderscheiden: "
        f"{opsomming([named(regels) for regels in samen[:_MEESTE_GROEPEN]])}"
        f"{' en meer' if len(samen) > _MEESTE_GROEPEN else ''}. Die worden afgekeurd. Neem er een kolom bij.",
        icon=":material/warning:",
    )


def _stable(werk: Werk) -> list[str]:
    """The columns that may tell a klacht, those first that change the least; nothing of a person, nothing of later."""
    eerst = (
        "ontvangen_op",
        *(rol.code for rol in rollen.ROLLEN if rol.soort == LIJST and rol.code != "uitkomst"),
        "traject",
    )
    gekozen = [kolom for code in eerst for kolom, rol in werk.ontwerp.rollen.items() if rol == code]
    rest = [kolom for kolom, rol in werk.ontwerp.rollen.items() if rol in ("", "omschrijving")]
    return [*gekozen, *sorted(rest, key=lambda kolom: werk.ontwerp.rollen[kolom] == "")]


def _column(werk: Werk, kolom: Kolombeeld, voorstel: Kolomvoorstel) -> None:
    codes = [rol.code for rol in _possible(werk, kolom)]
    nu = werk.ontwerp.rollen.get(kolom.naam, "")
    if nu not in codes:
        codes.append(nu)
    werk.ontwerp.rollen[kolom.naam] = st.selectbox(
        onderdelen.veilig(kolom.naam),
        codes,
        index=codes.index(nu),
        format_func=lambda code: PER_CODE[code].naam if code else rollen.GEEN.naam,
        key=f"overnemen.rol.{werk.nr}.{kolom.plaats}",
        placeholder="Kies wat deze kolom is",
    )
    st.markdown(f":small[{onderdelen.veilig(_seen(kolom, voorstel))}]")


def _possible(werk: Werk, kolom: Kolombeeld) -> list[rollen.Rol]:
    """What a column can be: no date is asked of a column without any."""
    log = werk.ontwerp.verklaring["korrel"] == "gebeurtenis"
    alle = [
        rol
        for rol in rollen.ROLLEN
        if (kolom.datum or rol.soort != DATUM) and (log or rol.code not in ("gebeurtenis", "moment"))
    ]
    return [rollen.GEEN, *alle]


def _seen(kolom: Kolombeeld, voorstel: Kolomvoorstel) -> str:
    """Why it is proposed, and the first few values."""
    waarden = [shown(tekst) for tekst in list(kolom.waarden)[: 2 * _VOORBEELDEN] if tekst][:_VOORBEELDEN]
    kort = [tekst if len(tekst) <= _LANG else f"{tekst[:_LANG]}…" for tekst in waarden]
    return f"{voorstel.waarom[:1].upper()}{voorstel.waarom[1:]}. {f'Zoals: {opsomming(kort)}.' if kort else ''}".strip()


def _objection(werk: Werk) -> str:
    """Why one cannot go on with these choices; "" when one can."""
    ontwerp = werk.ontwerp
    keer = Counter(rol for rol in ontwerp.rollen.values() if rol and not PER_CODE[rol].vaker)
    dubbel = [PER_CODE[rol].naam for rol, hoeveel in keer.items() if hoeveel > 1]
    if dubbel:
        return f"Meer dan één kolom is: {opsomming(dubbel)}. Kies er één, en zet de andere op {rollen.GEEN.naam}."
    if not ontwerp.kolom_van("id") and not ontwerp.verklaring.get("sleutel"):
        return _GEEN_KENMERK
    if not ontwerp.kolom_van("ontvangen_op") and not ontwerp.log:
        return _GEEN_ONTVANGST
    return ""


def verder(werk: Werk) -> None:
    """See anew what is the same within a case: the id may be another column now."""
    werk.same_per_case()
    for kolom, _ in werk.ontwerp.kolommen_van(DATUM):
        werk.ontwerp.vormen.setdefault(kolom, werk.gezien.kolom(kolom).vormen.beste)
    for rol in (rol.code for rol in rollen.ROLLEN if rol.soort == LIJST):
        if not werk.ontwerp.kolom_van(rol):
            werk.ontwerp.verklaring["waarden"].pop(rol, None)
