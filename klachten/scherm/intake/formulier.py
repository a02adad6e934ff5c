"""The form of the intake: on paper or not, who, what, who is involved; a concept at every change (steps 1-3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import streamlit as st

from klachten import concepten, scherm
from klachten.concepten import Concept, Concepten, Gewist, new_id
from klachten.handelingen import HANDELINGEN, Geweigerd, Uitkomst, Veld
from klachten.organisatie import Gebruiker
from klachten.scherm import formulier, redenen, stapconcept, velden
from klachten.scherm.formulier import Opdracht
from klachten.scherm.intake import mail
from klachten.scherm.intake.nagaan import check_answers, forget_mended
from klachten.scherm.typen import bewaar_tijdens_typen
from klachten.scherm.velden import Omgeving
from klachten.taal import tijdstip
from klachten.tijdzone import NEDERLAND

PLEK = "intake"
# The forms of which this window kept a concept.
KEPT = "intake.bewaard"
KLACHT = "stap_01_indienen_klacht"
SIGNAAL = "stap_01_ontvangen_signaal"
JA, NEE = "Ja, op schrift", "Nee, alleen mondeling"
HOOGSTENS = 3
MONDELING = frozenset({"telefoon", "gesprek"})

NIEMAND = Veld(naam="niemand", label="Er is geen medewerker bij betrokken", soort="ja_nee", verplicht=False)
# Rows of the form, in the order of the Tab key; what is not named here stands under "Meer gegevens".
RIJEN = (
    ("op", "kanaal"),
    ("indiener_naam", "indiener_soort"),
    ("anoniem",),
    ("omschrijving",),
    ("categorie", "vestiging"),
)
# The short ones among what may stay empty stand two by two, so that it does not grow into a wall.
NAAST_ELKAAR = (
    ("gebeurtenis_van", "gebeurtenis_tot"), ("gebeurtenis_onbekend",), ("opdrachtgever", "trajectsoort"),
    ("ernst", "aard"), ("directe_actie", "directe_actie_wat"),
)  # fmt: skip
SLOT = (("ontvanger", "coordinator_op"),)
# A form in which none of these is filled in holds nothing that could be lost.
EIGEN = ("kanaal", "categorie", "betrokkenen", "indiener_naam", "indiener_contact", "omschrijving", "traject")
ELDERS = "Dit formulier is in een ander venster verder ingevuld of verstuurd. Hier wordt niets meer bewaard."
GEWIST = "Dit formulier wordt niet bewaard: er staat iets in van iemand wiens gegevens zijn gewist nadat u het opende."
# What a form was begun with and nobody types.
MEEGENOMEN = ("signaal", "mail", "voorstel")
ZELF_GEVULD = frozenset({"intake", "reglement", "signaal"})
LABELS = {"indiener_contact": "Adres of e-mail", "ontvanger": "In ontvangst genomen door"}


class Intake:
    """One intake form in one window: its concept, what it starts with, and what it asks."""

    def __init__(self, gebruiker: Gebruiker) -> None:
        self.gebruiker = gebruiker
        self.concepten = Concepten(scherm.register().map, gebruiker.id, scherm.register().dossiers.sleutels)
        self.houder = st.session_state.setdefault("intake.venster", new_id())
        begin = st.session_state.get(f"intake.{gebruiker.id}")
        if begin is None:
            begin = self.take_over(st.query_params.get("concept", "")) or self.start()
        if not stapconcept.stays(f"{PLEK}/{gebruiker.id}/{begin[0]}"):
            begin = self._again(*begin)
        self.id, self.begin = begin
        self.kenmerk = f"{PLEK}/{gebruiker.id}/{self.id}"
        self.stand = formulier.stand_van(self.kenmerk)
        self.key = f"{self.kenmerk}#{self.stand.beurt}"

    def start(
        self, concept: Concept | None = None, waarden: dict[str, Any] | None = None, *, sinds: int | None = None
    ) -> tuple[str, dict[str, Any]]:
        """Begin a form: empty, with these answers, or where a concept was left; `sinds` is from before it was read."""
        id, begin = (concept.id, concept.waarden) if concept else (new_id(), waarden or {})
        st.session_state[f"intake.{self.gebruiker.id}"] = (id, begin)
        st.session_state[f"{PLEK}.sinds"] = concepten.stand() if sinds is None else sinds
        return id, begin

    def take_over(self, id: str) -> tuple[str, dict[str, Any]] | None:
        """Go on here where a concept was left; None when there is none."""
        sinds = concepten.stand()
        concept = self.concepten.take_over(id, self.houder)
        return self.start(concept, sinds=sinds) if concept else None

    def _again(self, id: str, begin: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Go on where this window was before it went to another page: its fields are empty there by now.

        A form that was sent, thrown away or taken over by another window since, is not this one's any more.
        """
        sinds = concepten.stand()
        concept = self.concepten.get(id)
        if concept is not None and concept.houder == self.houder:
            return self.start(concept, sinds=sinds)
        if concept is None and id not in st.session_state.get(KEPT, ()):
            return id, begin
        nieuw = self.start()
        stapconcept.stays(f"{PLEK}/{self.gebruiker.id}/{nieuw[0]}")
        return nieuw

    @property
    def op_schrift(self) -> bool | None:
        """Whether it is on paper, None while that is not answered."""
        return {JA: True, NEE: False}.get(st.session_state.get(f"{self.key}.op_schrift", ""))

    def draw(self) -> None:
        """Draw the form; the first question decides what the rest is."""
        keuzes = [JA, NEE]
        gekozen = self.begin.get("op_schrift")
        st.radio(
            "Is de klacht op schrift?",
            keuzes,
            index=keuzes.index(gekozen) if gekozen in keuzes else None,
            key=f"{self.key}.op_schrift",
            horizontal=True,
            persist_state="page",
        )
        if self.op_schrift is None:
            st.markdown(
                "Brief, e-mail of webformulier is op schrift. Wat iemand aan de telefoon of in een gesprek zegt is een "
                "signaal, tot het op papier staat (stap 1)."
            )
            return
        if not self.op_schrift:
            st.info(
                "Dit wordt een **signaal** met een S-nummer. Vraag of de indiener het op schrift wil stellen, of help "
                "daarbij. Zodra dat gebeurd is, maakt u er hier een klacht van; dan gaan de termijnen lopen.",
                icon=":material/record_voice_over:",
            )
            if self.begin.get("mail"):
                st.warning(mail.DOORGEGEVEN, icon=":material/forward_to_inbox:")
        opdracht = self.opdracht()
        forget_mended(self.stand, velden.filled_in(opdracht.velden, self.key), self.key)
        self._fields(opdracht)
        bewaar_tijdens_typen()
        redenen.ask(opdracht.reden_verplicht, self.stand.waarschuwingen, self.stand.fouten, self.key)
        formulier.tell_mistakes(opdracht, self.stand)
        st.button(
            "Klacht vastleggen" if self.op_schrift else "Signaal vastleggen",
            key=f"{self.key}.knop",
            type="primary",
            on_click=self._send,
            args=(opdracht, self.stand.beurt),
        )

    def _fields(self, opdracht: Opdracht) -> None:
        omgeving = Omgeving(scherm.reglement(), scherm.vandaag())
        bekend = {veld.naam: veld for veld in opdracht.velden}
        begin = {**self._defaults(), **self.begin}

        def teken(naam: str) -> None:
            veld = bekend.pop(naam)
            velden.widget(
                replace(veld, hulp="", verplicht=veld.verplicht or naam == "betrokkenen"),
                omgeving,
                key=f"{self.key}.{naam}",
                begin=begin,
                fout=self.stand.fouten.get(naam, ""),
                label=LABELS.get(naam, ""),
                wisbaar=False,
                hoogte=170 if naam == "omschrijving" else 100,
            )

        def rij(namen: tuple[str, ...]) -> None:
            namen = tuple(naam for naam in namen if naam in bekend)
            for plaats, naam in zip(st.columns(len(namen)) if namen else (), namen, strict=True):
                with plaats:
                    teken(naam)

        for namen in RIJEN:
            rij(namen)
            if "kanaal" in namen and self.op_schrift and st.session_state.get(f"{self.key}.kanaal") in MONDELING:
                st.warning(
                    "Telefoon en gesprek zijn mondeling. Leg dit alleen als klacht vast als het op papier staat."
                )
        if "betrokkenen" in bekend:
            with st.container(border=True):
                st.markdown(
                    "**Over wie gaat de klacht, of wie was erbij?** Zij behandelen de klacht nooit en lezen het "
                    "dossier niet."
                )
                teken("betrokkenen")
                teken("niemand")
        for namen in SLOT:
            rij(namen)
        meer = [naam for naam, veld in bekend.items() if not veld.lijst or velden.choices(veld, omgeving)]
        open_houden = any(naam in self.stand.fouten for naam in meer)
        with st.expander("Meer gegevens (mag leeg blijven)", expanded=open_houden):
            for namen in NAAST_ELKAAR:
                rij(tuple(naam for naam in namen if naam in meer))
            for naam in (naam for naam in meer if naam in bekend):
                teken(naam)

    def _defaults(self) -> dict[str, Any]:
        coordinator = "coordinator" in self.gebruiker.rollen
        return {
            "op": scherm.vandaag(),
            "ontvanger": self.gebruiker.id,
            "vestiging": self.gebruiker.vestiging,
            "indiener_soort": "klant",
            "coordinator_op": scherm.vandaag() if coordinator else None,
            "feiten_vermeld": True,
        }

    def opdracht(self) -> Opdracht:
        """Return what is asked and what happens with the answers: a klacht, or a signaal when it is not on paper."""
        handeling = HANDELINGEN[KLACHT if self.op_schrift else SIGNAAL]
        eigen = tuple(veld for veld in handeling.velden if veld.naam not in ZELF_GEVULD)
        vast = {"intake": self.id, "signaal": self.begin.get("signaal", "")} if self.op_schrift else {}

        def record(invoer: dict[str, Any], reden: str, afwijking: str) -> Uitkomst:
            if self.op_schrift:
                check_answers((*eigen, NIEMAND), invoer)
            elif not self.mine():
                raise Geweigerd(
                    "Dit formulier is al verstuurd, of in een ander venster verder ingevuld.",
                    soort="intussen_veranderd",
                )
            invoer.pop("niemand", None)
            if self.begin.get("mail"):
                if self.op_schrift:
                    vast["reden_afwijking"] = afwijking
                return mail.record(self, scherm.gebruiker(), reden=reden, **vast, **invoer)
            return handeling(
                scherm.register(),
                scherm.gebruiker(),
                vandaag=scherm.vandaag(),
                reden=reden,
                reden_afwijking=afwijking,
                **vast,
                **invoer,
            )

        return Opdracht(
            naam=handeling.naam,
            titel=handeling.titel,
            stap=handeling.stap,
            velden=(*eigen, NIEMAND) if self.op_schrift else eigen,
            reden_verplicht=False,
            klachtnummer="",
            plek=PLEK,
            record=record,
        )

    def _send(self, opdracht: Opdracht, beurt: int) -> None:
        formulier.send(opdracht, self.kenmerk, beurt, 0)
        gelukt = formulier.stand_van(self.kenmerk).gelukt
        if gelukt:
            self.concepten.discard(self.id)
            mail.recorded(self)
            st.session_state.pop(f"intake.{self.gebruiker.id}", None)
            st.session_state["intake.klaar"] = gelukt.klachtnummer

    # --- the concept -------------------------------------------------------------------------------------------------

    def mine(self) -> bool:
        """Tell whether this window still holds the form: it was not sent, nor taken over by another window."""
        concept = self.concepten.get(self.id)
        if concept is None:
            return f"{self.key}/bewaard" not in st.session_state
        return concept.houder == self.houder

    def keep(self) -> None:
        """Keep what is filled in, when something changed since the last time."""
        if self.op_schrift is None:
            return
        waarden = {
            naam.removeprefix(f"{self.key}."): waarde
            for naam, waarde in st.session_state.items()
            if str(naam).startswith(f"{self.key}.") and not str(naam).endswith(".knop")
        }
        waarden |= {naam: self.begin[naam] for naam in MEEGENOMEN if self.begin.get(naam)}
        laatst = f"{self.key}/bewaard"
        if laatst not in st.session_state and not any(waarden.get(naam) for naam in EIGEN):
            return
        if st.session_state.get(laatst) != waarden:
            sinds = st.session_state.get(f"{PLEK}.sinds")
            try:
                mijn = self.concepten.save(self.id, self.houder, waarden, datetime.now(NEDERLAND), sinds=sinds)
            except Gewist:
                self._not_kept(GEWIST)
                return
            if not mijn:
                self._not_kept(ELDERS)
                return
            st.session_state[laatst] = waarden
            st.session_state.setdefault(KEPT, set()).add(self.id)
        if st.query_params.get("concept") != self.id:
            st.query_params["concept"] = self.id
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(":small[:material/cloud_done: Bewaard als concept; na vernieuwen gaat u hier verder.]")
            st.button(
                "Concept weggooien", key=f"{self.key}/weg", type="tertiary", on_click=self.throw_away, args=(self.id,)
            )

    def _not_kept(self, waarom: str) -> None:
        st.warning(waarom, icon=":material/tab:")
        st.button("Begin hier een nieuw formulier", key=f"{self.key}/opnieuw", on_click=self.start)

    def throw_away(self, id: str) -> None:
        """Throw a concept away; the form starts empty when it was this one."""
        self.concepten.discard(id)
        mail.postvak().discard(id)
        if id == self.id:
            self.start()

    def others(self) -> None:
        """Offer what was left unfinished before, in another window or on another day."""
        for concept in [concept for concept in self.concepten.all() if concept.id != self.id][:HOOGSTENS]:
            with st.container(border=True, horizontal=True, vertical_alignment="center"):
                st.markdown(f":material/edit_note: Niet afgemaakt formulier van {tijdstip(concept.bewaard_op)}")
                st.text(velden.kort(str(concept.waarden.get("indiener_naam") or "zonder naam"), 40))
                st.button("Verdergaan", key=f"verder.{concept.id}", on_click=self.take_over, args=(concept.id,))
                st.button(
                    "Weggooien", key=f"weg.{concept.id}", type="tertiary", on_click=self.throw_away, args=(concept.id,)
                )
