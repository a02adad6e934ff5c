"""What a course may meet: a replaced behandelaar, a changed maatregel, a correction, a dispute, a reopening."""

from __future__ import annotations

from klachten.handelingen import BUITEN
from klachten.organisatie import naam
from klachten.voorbeeld import nader
from klachten.voorbeeld.agenda import EEN_DAG
from klachten.voorbeeld.gang import UITVOERING
from klachten.voorbeeld.geval import ACTIENEMERS
from klachten.voorbeeld.uitvoering import Uitvoering
from klachten.voorbeeld.zet import Nummer


def along_the_way(gang: Uitvoering) -> None:
    """What happens between the acknowledgement and the investigation."""
    if gang.is_("document"):
        _add_document(gang)
    if gang.geval.gekoppeld_aan:
        gang.do("stap_03_koppelen_klacht", gang.geval.gekoppeld_door, met=Nummer(gang.geval.gekoppeld_aan))
    if gang.is_("gecorrigeerd"):
        _correct(gang)
    if gang.is_("later_betrokken"):
        _turn_out_involved(gang)
    elif gang.is_("vervangen"):
        gang.later(gang.rng.randint(1, 4))
        grond = gang.rng.choice(("afwezig", "werkverdeling"))
        _replace(gang, grond, "anna" if _coordinator_free(gang) else gang.directie())


def _coordinator_free(gang: Uitvoering) -> bool:
    return "anna" not in gang.betrokkenen and not gang.coordinator_afwezig


def _add_document(gang: Uitvoering) -> None:
    inhoud = gang.say("document", "inhoud").encode()
    stuk = gang.say("document", "namen")
    gang.do("stap_03_toevoegen_document", gang.behandelaar, naam=stuk, bestand=inhoud)


def _correct(gang: Uitvoering) -> None:
    """A fact turns out wrong: the date of receipt, the category, or how a letter was sent."""
    gang.later(gang.rng.randint(0, 2))
    soort = gang.rng.choice(("datum", "categorie", "wijze"))
    reden = gang.say("redenen", f"corrigeren_{soort}")
    if soort == "datum" and not gang.is_("signaal", "laat_5"):
        gang.ontvangen_op -= EEN_DAG
        gang.do(
            "corrigeren_feit",
            gang.behandelaar,
            nr=gang.fact("ontvangst"),
            gebeurd_op=gang.ontvangen_op,
            op=False,
            reden=reden,
        )
    elif soort == "categorie":
        ander = "informatie" if gang.geval.verhaal.categorie != "informatie" else "afspraken"
        waarden = {"categorie": ander, "aspecten": ()}
        gang.do("corrigeren_feit", gang.behandelaar, nr=gang.fact("ontvangst"), waarden=waarden, op=False, reden=reden)
    elif soort == "wijze":
        eerst = next(zet for zet in gang.zetten if zet.naam == "bevestiging").invoer["wijze"]
        waarden = {"wijze": "e-mail" if eerst == "brief" else "brief"}
        gang.do(
            "corrigeren_feit", gang.behandelaar, nr=gang.fact("bevestiging"), waarden=waarden, op=False, reden=reden
        )


def _turn_out_involved(gang: Uitvoering) -> None:
    """The behandelaar turns out to be involved and is replaced; the indiener is told."""
    vorige = gang.behandelaar
    door = "anna" if vorige != "anna" and _coordinator_free(gang) else gang.directie()
    if not door or len(gang.free_behandelaars()) < 1:
        return
    gang.later(gang.rng.randint(1, 4))
    reden = gang.say("redenen", "betrokken", nieuw_betrokken=naam(vorige))
    gang.do("stap_04_toevoegen_betrokkene", door, betrokkene=vorige, reden=reden)
    gang.betrokkenen.add(vorige)
    gang.stop_after("betrokken")
    gang.later(gang.rng.choice((0, 0, 1)))
    _replace(gang, "betrokken", door)


def _replace(gang: Uitvoering, grond: str, door: str) -> None:
    vrij = gang.free_behandelaars()
    if not vrij or not door:
        return
    vorige, gang.behandelaar = gang.behandelaar, gang.rng.choice(vrij)
    reden = gang.say("redenen", f"vervangen_{grond}", vorige=naam(vorige))
    meteen = gang.dag if grond == "betrokken" else None
    gang.do(
        "stap_04_vervangen_behandelaar",
        door,
        behandelaar=gang.behandelaar,
        grond=grond,
        indiener_geinformeerd_op=meteen,
        reden=reden,
    )
    if meteen is None:
        gang.later(1)
        gang.do("stap_04_meedelen_behandelaar", gang.behandelaar, wijze=gang.wijze())


def watch(gang: Uitvoering) -> None:
    """Step 12, once or twice; one that belongs to another klacht is taken back."""
    if not gang.maatregelen:
        return
    for keer in range(gang.rng.choice((1, 1, 1, 2)) + gang.is_("herroepen")):
        gang.later(gang.rng.randint(2, 5))
        actienemer = naam(gang.maatregelen[1].actienemer)
        tekst = gang.say("bewaken", "bevinding", actienemer=actienemer)
        gang.do("stap_12_bewaken_voortgang", gang.behandelaar, bevinding=tekst, als=f"bewaakt{keer}")
    if gang.is_("herroepen"):
        reden = gang.say("redenen", "herroepen")
        gang.do("herroepen_feit", gang.behandelaar, nr=gang.fact("bewaakt0"), reden=reden)
    gang.stop_after("12")


def change_maatregelen(gang: Uitvoering) -> None:
    """A maatregel goes to somebody else, gets another day or text, or is cancelled."""
    if gang.is_("maatregel_vervallen") and len(gang.maatregelen) > 1:
        nr = max(gang.maatregelen)
        del gang.maatregelen[nr]
        reden = gang.say("redenen", "vervallen_maatregel")
        overleg = gang.raadgever()
        gang.do("stap_08_laten_vervallen_maatregel", gang.behandelaar, maatregel=nr, overlegd_met=overleg, reden=reden)
    if not gang.is_("gewijzigd") or not gang.maatregelen:
        return
    nr = min(gang.maatregelen)
    voornemen = gang.maatregelen[nr]
    reden = gang.say("redenen", "wijzigen", actienemer=naam(voornemen.actienemer))
    anderen = [id for id in ACTIENEMERS[gang.geval.vestiging] if id != voornemen.actienemer]
    if gang.rng.random() < 0.5:
        voornemen.actienemer = gang.rng.choice(anderen)
        gang.do(
            "stap_08_wijzigen_maatregel", gang.behandelaar, maatregel=nr, actienemer=voornemen.actienemer, reden=reden
        )
        gang.inform(nrs=(nr,))
    else:
        # Postponed beyond the six weeks: recorded as a deviation, with the reason.
        dag = max(voornemen.uiterlijk_op, gang.dag, gang.ontvangen_op + UITVOERING)
        voornemen.uiterlijk_op = gang.agenda.workday(dag + gang.rng.randint(5, 15) * EEN_DAG)
        gang.do(
            "stap_08_wijzigen_maatregel",
            gang.behandelaar,
            maatregel=nr,
            uiterlijk_op=voornemen.uiterlijk_op,
            overlegd_met=gang.raadgever(),
            reden=reden,
        )


def after_closing(gang: Uitvoering) -> None:
    """Step 15: a disagreement, or another reason to open the klacht again."""
    if gang.is_("heropend"):
        gang.later(gang.rng.randint(10, 40))
        grond, waarom = gang.rng.choice(
            (
                ("nieuwe_feiten", "nieuwe_feiten"),
                ("maatregel_schiet_tekort", "tekort"),
                ("ten_onrechte_afgesloten", "vroeg"),
            )
        )
        door = "anna" if _coordinator_free(gang) else gang.directie()
        if door:
            gang.do("stap_15_heropenen_klacht", door, grond=grond, reden=gang.say("redenen", f"heropenen_{waarom}"))
            _again(gang)
    elif gang.is_("geschil_opgelost", "geschil_oordeel", "geschil_heropend", "geschil_na_7"):
        _dispute(gang)


def _dispute(gang: Uitvoering) -> None:
    gang.later(gang.rng.randint(4, 18))
    na_7 = "gemeld_na_7" if gang.is_("niet_in_behandeling") else "gemeld"
    gang.do("stap_15_melden_meningsverschil", gang.behandelaar, toelichting=gang.say("geschil", na_7))
    gang.stop_after("15a")
    if not gang.is_("geen_overleg"):
        opgelost = gang.is_("geschil_opgelost", "geschil_na_7")
        gang.later(gang.rng.randint(4, 12))
        tekst = gang.say("geschil", "overleg_goed" if opgelost else "overleg_mislukt")
        gang.do("stap_15_voeren_overleg", gang.behandelaar, opgelost=opgelost, toelichting=tekst)
        gang.stop_after("15b")
        if opgelost:
            return
    reden = gang.say("redenen", "geen_overleg") if gang.is_("geen_overleg") else ""
    gang.later(gang.rng.randint(3, 10))
    voorlegger = gang.directie()
    if not voorlegger:
        gang.wait_for_coordinator()
        voorlegger = gang.behandelaar
    gang.do(
        "stap_15_voorleggen_geschil",
        voorlegger,
        onafhankelijk_persoon=gang.say("geschil", "persoon"),
        toelichting=gang.say("geschil", "voorgelegd"),
        **nader.body(gang),
        reden=reden,
    )
    gang.stop_after("15c")
    gang.later(gang.rng.randint(18, 45))
    heropenen = gang.is_("geschil_heropend")
    oordeel = "gegrond" if heropenen else gang.rng.choice(("ongegrond", "ongegrond", "deels_gegrond", "geen_oordeel"))
    tekst = gang.say("geschil", f"oordeel_{oordeel}")
    gang.do("stap_15_ontvangen_oordeel", voorlegger, oordeel=oordeel, heropening_nodig=heropenen, toelichting=tekst)
    nader.after_oordeel(gang, voorlegger)
    if heropenen:
        _again(gang)


def _again(gang: Uitvoering) -> None:
    """After a reopening: another look, a new maatregel, and a second closing."""
    gang.later(gang.rng.randint(2, 8))
    gang.do("stap_06_onderzoeken_klacht", gang.behandelaar, bevindingen=gang.say("onderzoek", "opnieuw"))
    gang.later(gang.rng.randint(0, 3))
    overlegd_met = gang.directie() or BUITEN
    reden = gang.say("redenen", "overleg_buiten") if overlegd_met == BUITEN else ""
    gang.decide_one(gang.say("heropend", "maatregelen"), gang.say("heropend", "gedaan"), overlegd_met, reden)
    nr = gang.hoogste_maatregel
    gang.stop_after("heropend")
    gang.later(gang.rng.randint(1, 4))
    gang.do(
        "stap_09_informeren_indiener",
        gang.behandelaar,
        wijze=gang.wijze(),
        toelichting=gang.say("brieven", "resultaat_opnieuw"),
    )
    gang.inform(nrs=(nr,))
    gang.later(gang.rng.randint(5, 15))
    gang.carry_out_one(nr, last=True)
    gang.later(gang.rng.randint(0, 3))
    gang.close(gang.rng.choice(("opgelost", "deels_opgelost")), gang.say("brieven", "afgesloten"))
