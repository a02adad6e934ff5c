"""The course of one klacht: who does what on which day, as the reglement has it or not quite."""

from __future__ import annotations

from datetime import date
from typing import Any

from klachten.organisatie import naam
from klachten.voorbeeld import nader
from klachten.voorbeeld.agenda import EEN_DAG
from klachten.voorbeeld.gang import BEVESTIGING, DIRECTIE, KENNISGEVING
from klachten.voorbeeld.mensen import contact
from klachten.voorbeeld.sjabloon import fill
from klachten.voorbeeld.uitvoering import Uitvoering
from klachten.voorbeeld.wending import after_closing, along_the_way, change_maatregelen, watch
from klachten.voorbeeld.zet import Nummer, Zet


class Verloop(Uitvoering):
    """Steps 1-7, and the whole."""

    def run(self) -> list[Zet]:
        """Lay out the whole course and return its zetten."""
        self._receive()
        self._assign()
        if self.is_("vervallen"):
            self._lapse()
            return self.zetten
        nader.about_the_indiener(self)
        self._confirm()
        along_the_way(self)
        if self.is_("ingetrokken") and not self.is_("na_8"):
            return self._withdraw()
        self._investigate()
        if self.is_("niet_in_behandeling"):
            self._decline()
        else:
            self.decide()
            if self.is_("ingetrokken"):
                return self._withdraw()
            self.tell()
            watch(self)
            change_maatregelen(self)
            self.carry_out()
            self.finish()
        if not self.is_("heropend"):
            nader.ask_satisfaction(self)
        after_closing(self)
        return self.zetten

    def _receive(self) -> None:
        """Steps 1-3; a signaal may come first."""
        geval, rng = self.geval, self.rng
        signaal: Nummer | str = ""
        if self.is_("signaal"):
            signaal = self._signal()
        self.dag = geval.ontvangen_op
        door_coordinator = not self.is_("door_medewerker", "coordinator_betrokken") and not self.coordinator_afwezig
        ontvanger = geval.ontvanger
        if self.coordinator_afwezig and ontvanger == "anna":
            ontvanger = "eva"
        invoer = self._intake(ontvanger)
        if door_coordinator:
            invoer["coordinator_op"] = self.dag
            invoer["verwerkt_op"] = self.dag
        self.do(
            "stap_01_indienen_klacht",
            "anna" if door_coordinator else ontvanger,
            signaal=signaal,
            als="ontvangst",
            **invoer,
        )
        self.stop_after("1")
        if door_coordinator:
            return
        self.until("2", rng.choice((0, 0, 1, 1, 2)))
        wie = self.directie() if self.coordinator_afwezig else "anna"
        bereikt = self.say("redenen", "coordinator_bereikt") if wie == "anna" and self.weg else ""
        self.do("stap_02_informeren_coordinator", ontvanger, geinformeerde=wie, reden=bereikt)
        self.stop_after("2")
        self.later(rng.choice((0, 0, 1)))
        # Whoever is involved hears of the klacht and does nothing more with it.
        vrij = (wie, "anna", *DIRECTIE)
        self.do("stap_03_verwerken_klacht", next(id for id in vrij if id not in self.betrokkenen))
        self.stop_after("3")

    def _signal(self) -> Nummer:
        geval = self.geval
        sleutel = f"S{geval.sleutel}"
        eerder = geval.ontvangen_op - self.rng.randint(3, 12) * EEN_DAG
        # A year is laid out by itself, so a signaal and the klacht it becomes lie in the same one.
        self.dag = self.agenda.workday(max(eerder, date(geval.ontvangen_op.year, 1, 2)))
        omschrijving = fill(geval.verhaal.klacht, geval.invulling)
        self.do(
            "stap_01_ontvangen_signaal",
            geval.ontvanger,
            in_=sleutel,
            kanaal="telefoon",
            vestiging=geval.vestiging,
            ontvanger=geval.ontvanger,
            indiener_soort=geval.indiener_soort,
            indiener_naam=geval.invulling["naam"],
            omschrijving=f"Mondeling gemeld, nog niet op schrift: {omschrijving}",
        )
        return Nummer(sleutel)

    def _intake(self, ontvanger: str) -> dict[str, Any]:
        geval, rng, verhaal = self.geval, self.rng, self.geval.verhaal
        zonder = self.is_("zonder_feiten")
        blanks = geval.invulling
        aanhef = "" if zonder else self.say("aanhef", geval.kanaal)
        aanhef += "\n\n" if aanhef.endswith(",") else " "
        tekst = self.say("onderzoek", "zonder_feiten") if zonder else fill(verhaal.klacht, blanks)
        aspecten = tuple(rng.sample(("informatie", "bejegening", "afspraken"), 1)) if rng.random() < 0.18 else ()
        return {
            "kanaal": geval.kanaal,
            "vestiging": geval.vestiging,
            "ontvanger": ontvanger,
            "indiener_soort": geval.indiener_soort,
            "indiener_naam": blanks["naam"]
            + (f", {blanks['werkgever']}" if geval.indiener_soort == "opdrachtgever" else ""),
            "indiener_contact": contact(blanks, geval.kanaal),
            "omschrijving": f"{aanhef}{tekst}".strip(),
            "categorie": verhaal.categorie,
            "aspecten": tuple(aspect for aspect in aspecten if aspect != verhaal.categorie),
            "betrokkenen": geval.betrokkenen,
            "feiten_vermeld": not zonder,
            "traject": blanks["traject"] if geval.indiener_soort != "overige" else "",
            "gewenste_oplossing": fill(verhaal.wil, blanks) if not zonder and rng.random() < 0.85 else "",
            **nader.at_intake(self),
        }

    def _assign(self) -> None:
        """Step 4: the coordinator handles the klacht, unless involved or absent."""
        vrij = self.free_behandelaars()
        reden = ""
        self.until("4", self.rng.choice((0, 1, 1, 2, 3)))
        if "anna" in self.betrokkenen or self.coordinator_afwezig:
            door = self.directie()
            self.behandelaar = self.rng.choice([id for id in vrij if id != "anna"])
        elif self.is_("andere_behandelaar") and len(vrij) > 1:
            door = "anna"
            self.behandelaar = self.rng.choice([id for id in vrij if id != "anna"])
            reden = self.say("redenen", "toewijzing", behandelaar=naam(self.behandelaar))
        else:
            door = self.behandelaar = "anna"
        self.do("stap_04_toewijzen_behandelaar", door, behandelaar=self.behandelaar, reden=reden)
        self.stop_after("4")

    def _lapse(self) -> None:
        geval = self.geval
        self.later(self.rng.randint(0, 3))
        door = self.directie() if "anna" in self.betrokkenen or self.coordinator_afwezig else "anna"
        grond = "dubbel" if geval.dubbel_van else self.rng.choices(("vergissing", "proef"), (4, 1))[0]
        self.do(
            "stap_03_laten_vervallen",
            door,
            grond=grond,
            dubbel_van=Nummer(geval.dubbel_van) if geval.dubbel_van else "",
            reden=self.say("redenen", f"vervallen_{grond}"),
        )

    def _confirm(self) -> None:
        """Step 5, within two weeks."""
        laat = self.is_("laat_5")
        self.until("5", self.rng.randint(15, 24) if laat else self.rng.randint(2, 11), None if laat else BEVESTIGING)
        reden = self.say("redenen", "te_laat_5") if self.dag > self.ontvangen_op + BEVESTIGING else ""
        self.do("stap_05_bevestigen_ontvangst", self.behandelaar, wijze=self.wijze(), als="bevestiging", reden=reden)
        self.stop_after("5")

    def _withdraw(self) -> list[Zet]:
        self.later(self.rng.randint(1, 9))
        tekst = self.say("intrekken", "toelichting", begeleider_intern=naam(self.behandelaar))
        self.do("intrekken_klacht", self.behandelaar, wijze=self.wijze(), toelichting=tekst)
        return self.zetten

    def _investigate(self) -> None:
        """Step 6, with what was asked and answered."""
        verhaal, blanks = self.geval.verhaal, self.geval.invulling
        traag = 8 if self.is_("traag", "laat_7") else 0
        if self.is_("zonder_feiten"):
            self._ask("indiener", self.say("onderzoek", "vraag_feiten"))
            if not self.is_("onvoldoende"):
                self._answer("indiener", self.say("onderzoek", "feiten_gekregen"), feiten_vermeld=True)
        elif self.rng.random() < 0.55:
            bij = "indiener" if verhaal.vraag.startswith(("Aan de indiener", "Aan de opdracht")) else "binnen"
            self._ask(bij, fill(verhaal.vraag, blanks))
            self._answer(bij, fill(verhaal.antwoord, blanks))
        if self.rng.random() < 0.12:
            self._ask("buiten", self.say("onderzoek", "werkgever_gevraagd"))
            self._answer("buiten", self.say("onderzoek", "werkgever_antwoord"))
        self.until("6", self.rng.randint(11, 19) + traag)
        if self.is_("niet_in_behandeling"):
            bevinding, oorzaak = self.say("niet_in_behandeling", "bevinding"), ""
        else:
            gekozen = self.rng.choice(verhaal.bevindingen)
            bevinding, oorzaak = fill(gekozen.tekst, blanks), gekozen.oorzaak
        self.do("stap_06_onderzoeken_klacht", self.behandelaar, bevindingen=bevinding, oorzaak=oorzaak)
        nader.while_investigating(self)
        nader.hear_the_involved(self)
        self.stop_after("6")

    def _ask(self, bij: str, vraag: str) -> None:
        self.later(self.rng.randint(0, 3))
        self.do("stap_06_vragen_informatie", self.behandelaar, bij=bij, vraag=vraag)
        self.stop_after("6a")

    def _answer(self, van: str, inhoud: str, *, feiten_vermeld: bool = False) -> None:
        self.later(self.rng.randint(1, 5))
        self.do("stap_06_ontvangen_informatie", self.behandelaar, van=van, inhoud=inhoud, feiten_vermeld=feiten_vermeld)

    def _decline(self) -> None:
        """Step 7, within four weeks."""
        laat = self.is_("laat_7")
        self.until("7", self.rng.randint(30, 37) if laat else self.rng.randint(15, 26), None if laat else KENNISGEVING)
        gronden = (
            ["onvoldoende_feiten"]
            if self.is_("onvoldoende")
            else ["geen_klacht", "al_behandeld", "te_oud", "elders", "anders"]
        )
        grond = self.rng.choices(gronden, (5, 3, 2, 4, 1)[: len(gronden)])[0]
        reden = self.say("redenen", "te_laat_7") if self.dag > self.ontvangen_op + KENNISGEVING else ""
        tekst = self.say("niet_in_behandeling", grond)
        self.do(
            "stap_07_niet_in_behandeling_nemen",
            self.behandelaar,
            grond=grond,
            wijze=self.wijze(),
            toelichting=tekst,
            reden=reden,
        )
