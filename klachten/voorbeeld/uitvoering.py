"""The second half of a course: maatregelen are decided, told, carried out and watched, and the klacht is closed."""

from __future__ import annotations

from klachten.handelingen import BUITEN
from klachten.organisatie import naam
from klachten.voorbeeld import nader
from klachten.voorbeeld.agenda import EEN_DAG
from klachten.voorbeeld.gang import UITVOERING, Gang, Voornemen
from klachten.voorbeeld.geval import ACTIENEMERS
from klachten.voorbeeld.sjabloon import fill


class Uitvoering(Gang):
    """Steps 8-14."""

    def decide(self) -> None:
        """Step 8: maatregelen in consultation with directie, or a reasoned zero."""
        self.until("8", 0)
        self.later(self.rng.choice((0, 0, 1, 2)))
        overlegd_met = self.directie() or BUITEN
        reden = "" if overlegd_met != BUITEN else self.say("redenen", "overleg_buiten")
        if self.is_("afgezien"):
            tekst = self.say("afzien", "motivering")
            self.do(
                "stap_08_afzien_van_maatregelen",
                self.behandelaar,
                motivering=tekst,
                overlegd_met=overlegd_met,
                reden=reden,
            )
        else:
            mogelijk = self.geval.verhaal.maatregelen
            hoeveel = min(len(mogelijk), self.rng.choices((1, 2, 3), (5, 4, 1))[0])
            if self.is_("maatregel_vervallen", "herroepen"):
                hoeveel = min(len(mogelijk), max(2, hoeveel))
            for gekozen in self.rng.sample(mogelijk, hoeveel):
                self.decide_one(gekozen.wat, gekozen.gedaan, overlegd_met, reden)
        if overlegd_met == BUITEN and "anna" not in self.betrokkenen:
            self.wait_for_coordinator()
            # Named only after the fact, so that what was decided before is a deviation with its reason.
            waarom, wie = self.say("redenen", "buitenstaander"), self.say("redenen", "van_buiten")
            self.do("stap_04_aanwijzen_buitenstaander", "anna", persoon=wie, vastlegger="", reden=waarom)
        self.stop_after("8")

    def decide_one(self, wat: str, gedaan: str, overlegd_met: str, reden: str = "") -> None:
        """Add a maatregel, due within six weeks of receipt where that is still possible."""
        grens = self.ontvangen_op + UITVOERING
        dag = self.agenda.workday_before(max(self.dag, grens - self.rng.choice((0, 0, 0, 3, 7)) * EEN_DAG))
        if self.dag >= grens - 3 * EEN_DAG or self.is_("na_termijn"):
            dag = self.agenda.workday(max(self.dag, grens) + self.rng.randint(7, 21) * EEN_DAG)
        dag = max(dag, self.dag)
        if dag > grens:
            reden = reden or self.say("redenen", "na_termijn")
        self.hoogste_maatregel += 1
        actienemer = self.rng.choice(ACTIENEMERS[self.geval.vestiging])
        self.maatregelen[self.hoogste_maatregel] = Voornemen(actienemer, dag, fill(gedaan, self.geval.invulling))
        self.do(
            "stap_08_bepalen_maatregel",
            self.behandelaar,
            omschrijving=fill(wat, self.geval.invulling),
            actienemer=actienemer,
            uiterlijk_op=dag,
            overlegd_met=overlegd_met,
            reden=reden,
        )

    def tell(self) -> None:
        """Steps 9 and 10."""
        eerder = self.is_("volgorde") and bool(self.maatregelen)
        reden = self.say("redenen", "volgorde") if eerder else ""
        if eerder:
            self.inform(reden)
        self.until("9", 0)
        self.later(self.rng.randint(0, 4))
        tekst = self.say("brieven", "resultaat" if self.maatregelen else "resultaat_zonder")
        self.do("stap_09_informeren_indiener", self.behandelaar, wijze=self.wijze(), toelichting=tekst, reden=reden)
        self.stop_after("9")
        nader.tell_the_involved(self)
        if not eerder:
            self.later(self.rng.choice((0, 0, 1)))
            self.inform()
        self.stop_after("10")

    def inform(self, reden: str = "", nrs: tuple[int, ...] = ()) -> None:
        """Step 10 for each maatregel, or for these."""
        for nr in nrs or tuple(self.maatregelen):
            self.do("stap_10_informeren_actienemer", self.behandelaar, maatregel=nr, reden=reden)

    def carry_out(self) -> None:
        """Step 11: one maatregel after the other, the last within six weeks of receipt."""
        laat = self.is_("laat_11")
        nrs = sorted(self.maatregelen)
        for nr in nrs:
            if nr == nrs[-1]:
                if laat:
                    nader.when_late(self)
                dagen = self.rng.randint(44, 63) if laat else self.rng.randint(24, 39)
                self.until("11", dagen, None if laat else UITVOERING)
                self.stop_after("11a")
            else:
                self.later(self.rng.randint(1, 6))
            self.carry_out_one(nr, last=nr == nrs[-1])
        self.stop_after("11")

    def carry_out_one(self, nr: int, *, last: bool) -> None:
        """A maatregel is carried out by its actienemer, who tells the behandelaar."""
        voornemen = self.maatregelen[nr]
        laat = self.dag > voornemen.uiterlijk_op or (last and self.dag > self.ontvangen_op + UITVOERING)
        self.do(
            "stap_11_uitvoeren_maatregel",
            voornemen.actienemer,
            maatregel=nr,
            behandelaar_geinformeerd_op=self.dag,
            toelichting=voornemen.gedaan,
            reden=self.say("redenen", "te_laat_11", actienemer=naam(voornemen.actienemer)) if laat else "",
        )

    def finish(self) -> None:
        """Steps 13 and 14."""
        self.later(self.rng.randint(0, 3))
        uitkomst = self.rng.choices(("opgelost", "deels_opgelost", "niet_opgelost", "onbekend", ""), (9, 4, 1, 2, 3))[0]
        self.close(uitkomst, self.say("brieven", "afgesloten" if self.maatregelen else "afgesloten_zonder"))

    def close(self, uitkomst: str, tekst: str) -> None:
        """The klacht is closed and the indiener is told."""
        self.do("stap_13_afsluiten_klacht", self.behandelaar, uitkomst=uitkomst, toelichting=tekst)
        self.stop_after("13")
        self.later(self.rng.choice((0, 0, 1, 2, 4)))
        self.do("stap_14_informeren_indiener_afsluiting", self.behandelaar, wijze=self.wijze())
