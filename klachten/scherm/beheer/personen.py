"""Page Personen: who works here with which roles, who is absent, and one person with all that can be recorded."""

from __future__ import annotations

import streamlit as st

from klachten import organisatie, scherm, taal
from klachten.dossier.klacht import Feiten
from klachten.organisatie import ROLLEN, Persoon
from klachten.scherm import formulier, kijker, kijklog, onderdelen
from klachten.scherm.beheer import aanmelding, afwezigheid, delen, herstel, werk, wissen_een
from klachten.scherm.beheer.feiten import rolperiode
from klachten.scherm.onderdelen import veilig

PLEK = "personen"
NOG_WERK = " Draag dat eerst over: hierboven kan dat in één keer. Anders vraagt vastleggen een reden."
NAAM_BREED, ZINNEN_BREED = 220, 440
NIEUW, ROL = "toevoegen_persoon", "geven_rol"
DOEN = (
    "wijzigen_persoon", ROL, "beeindigen_rol", *afwezigheid.DOEN, "vertrekken_persoon",
)  # fmt: skip


def gekozen() -> Persoon | None:
    """Return the person that the address names, None for the list; somebody unknown is said to be so."""
    # A link to the page one is on leaves the address in the browser as it was, and the next press would go back there.
    st.query_params.from_dict(st.query_params.to_dict())
    id = st.query_params.get("persoon", "")
    persoon = organisatie.huidige().mensen.get(id)
    if id and persoon is None:
        onderdelen.weigering("Deze persoon staat niet in het register.", soort="niet_gevonden")
    if persoon:
        kijklog.betreft(persoon=persoon.id)
    return persoon


def lijst() -> None:
    """Draw everybody who works here today, then who comes later and who has left, and the form for somebody new."""
    vandaag = scherm.vandaag()
    alle = sorted(organisatie.huidige().mensen.values(), key=lambda persoon: persoon.naam)
    nu = [persoon for persoon in alle if persoon.werkt(vandaag)]
    weg = [p for p in alle if p not in nu and p.laatste_dag is not None and p.laatste_dag < vandaag]
    onderdelen.kop(f"Wie hier werken ({len(nu)})")
    for persoon in nu:
        _rij(persoon)
    komen = [persoon for persoon in alle if persoon not in nu and persoon not in weg]
    if komen:
        onderdelen.kop(f"Wie nog komen ({len(komen)})")
        for persoon in komen:
            _rij(persoon)
    if weg:
        with st.expander(f"Wie vertrokken zijn ({len(weg)})"):
            st.markdown("Hun naam blijft staan bij alles wat zij deden.")
            for persoon in weg:
                _rij(persoon)
    kan = delen.kan([NIEUW], delen.dossier())
    delen.waarom_niet(kan or delen.kan(DOEN, _own()))
    if kan:
        onderdelen.kop("Persoon toevoegen")
        formulier.meldingen(PLEK)
        delen.gevolg(
            "Iemand kan pas iets doen met een rol: die geeft u daarna, op de eigen pagina van deze persoon.",
            "Een e-mailadres hoort bij één persoon.",
            "Iemand kan een klacht alleen hebben aangenomen op een dag waarop diegene hier werkte.",
        )
        delen.vraag(NIEUW, "", plek=PLEK)


def _own() -> Feiten | None:
    """The dossier of the first person: what may be done with it says whether anything may."""
    mensen = list(organisatie.huidige().mensen.values())
    return delen.dossier(mensen[0].nummer) if mensen else None


def _rij(persoon: Persoon) -> None:
    vandaag = scherm.vandaag()
    rollen = [ROLLEN[rol].lower() for rol in ROLLEN if rol in persoon.rollen_op(vandaag)]
    zinnen = [taal.opsomming(rollen) or "nog geen rol", *_vestiging(persoon)]
    if afwezig := persoon.afwezig_op(vandaag):
        vervanger = f", vervanger {onderdelen.bij_naam(afwezig.vervanger)}" if afwezig.vervanger else ""
        zinnen.append(f":orange-badge[:material/event_busy: afwezig{taal.tot_en_met(afwezig.tot)}]{vervanger}")
    if persoon.laatste_dag:
        zinnen.append(f"laatste dag {taal.datum(persoon.laatste_dag)}")
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        onderdelen.verwijzing("personen", f"**{veilig(persoon.naam)}**", breedte=NAAM_BREED, persoon=persoon.id)
        # So wide that on a phone it always stands below the name, and not now and then beside it.
        st.markdown(" · ".join(zinnen), width=ZINNEN_BREED)


def _vestiging(persoon: Persoon) -> list[str]:
    id = persoon.vestiging_op(scherm.vandaag())
    return [veilig(scherm.reglement().naam_van("vestigingen", id))] if id else []


def een(persoon: Persoon) -> None:
    """Draw one person: roles, absences, what is still to be done, and every form that the user may use."""
    onderdelen.verwijzing("personen", "Alle personen")
    onderdelen.kop(persoon.naam)
    _stand(persoon)
    dossier = delen.dossier(persoon.nummer)
    kan = delen.kan(DOEN, dossier)
    if ROL in kan and not persoon.rollen:
        # Without a role nobody can do anything: that comes first.
        kan = [ROL, *(naam for naam in kan if naam != ROL)]
    if not persoon.afwezigheden:
        kan = [naam for naam in kan if naam not in afwezigheid.OVER_EEN]
    if persoon.laatste_dag is not None:
        kan = [naam for naam in kan if naam != "vertrekken_persoon"]
    if persoon.gewist:
        kan = []
        formulier.meldingen(PLEK)
        st.markdown("De naam en het e-mailadres van deze persoon zijn gewist. Daar kan niets meer bij.")
    else:
        delen.waarom_niet(kan)
    aanmelding.toon(persoon)
    onderdelen.kop("Nog te doen")
    werk.toon(persoon)
    if kan:
        onderdelen.kop("Wijzigen")
        formulier.meldingen(PLEK)
        _form(delen.kies(kan, key="personen.doen"), persoon)
    wissen_een.bij_persoon(persoon)
    if dossier:
        regels = delen.historie(dossier.vastleggingen, kop="Geschiedenis van deze persoon")
        if not persoon.gewist:
            herstel.toon(dossier, regels)


def _stand(persoon: Persoon) -> None:
    reglement = scherm.reglement()
    regels = [f"- {rolperiode(periode, reglement)}" for periode in persoon.rollen]
    regels += [f"- Vestiging **{naam}**" for naam in _vestiging(persoon)]
    if persoon.naamdelen.e_mail:
        regels.append(f"- E-mailadres **{veilig(persoon.naamdelen.e_mail)}**")
    regels += afwezigheid.regels(persoon)
    if persoon.laatste_dag:
        regels.append(f"- Laatste dag **{taal.datum(persoon.laatste_dag)}**")
    st.markdown("\n".join(regels) or "Deze persoon heeft nog geen rol.")


def _form(naam: str, persoon: Persoon) -> None:
    wie = veilig(persoon.naam)
    if naam in afwezigheid.DOEN:
        afwezigheid.form(naam, persoon, f"{wie} heeft nu {werk.samengevat(persoon)}.", plek=PLEK)
        return
    delen.gevolg(*_touches(naam, persoon, wie))
    delen.vraag(naam, persoon.nummer, plek=PLEK)


def _touches(naam: str, persoon: Persoon, wie: str) -> tuple[str, ...]:
    open_nu = werk.samengevat(persoon)
    match naam:
        case "wijzigen_persoon":
            return (
                (
                    "Een nieuwe naam staat voortaan overal, ook bij wat deze persoon vroeger deed. De oude naam "
                    "blijft in de geschiedenis hieronder."
                ),
                "Wat u leeg laat, blijft zoals het is.",
                *["Wie een ander e-mailadres krijgt, meldt zich voortaan daarmee aan."] * (kijker.door() is not None),
            )
        case "geven_rol":
            return ("Wat een rol mag, staat op de pagina Rechten. Aan klachten verandert niets.",)
        case "beeindigen_rol":
            return (
                f"{wie} heeft nu {open_nu}. Dat werk blijft op naam van {wie} tot het is overgedragen, hierboven.",
                "Voor een dag na de laatste dag kiest niemand deze persoon meer voor deze rol.",
            )
        case "vertrekken_persoon":
            return (
                f"{wie} heeft nu {open_nu}." + (NOG_WERK if open_nu != werk.NIETS else ""),
                (
                    f"Na de laatste dag kan niemand **{wie}** meer kiezen, en mag {wie} niets meer. De naam blijft "
                    "staan bij alles wat gedaan is."
                ),
                *[f"De dag daarna vervalt het account van {wie}. Komt {wie} terug, dan nodigt u opnieuw uit."]
                * (kijker.door() is not None),
            )
    raise ValueError(f"Of {naam} nothing is said")
