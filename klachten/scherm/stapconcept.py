"""The texts in the form of a step are kept while they are typed, and put back when one comes back to the form.

Such a form tells the server nothing until it is sent: stapvolger.py hands over its texts meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import streamlit as st

from klachten import concepten, handelingen, scherm
from klachten.concepten import Concept, Concepten, Gewist
from klachten.gebeurtenissen import Vastlegging, valid
from klachten.handelingen import Veld
from klachten.handelingen.correctie import VELDEN_UIT
from klachten.scherm import stapvolger
from klachten.scherm.tweeteksten import merged
from klachten.taal import tijdstip
from klachten.tijdzone import NEDERLAND

TEKSTEN = ("tekst", "regel")
REEKSEN = ("K", "E", "S")
"""Dossiers of which forms are kept: not those of the organisation itself."""
_GETOOND, _VORIGE = "formulieren_getoond", "formulieren_vorige"
_GEMAAKT = "gemaakt"
_NIET_MEER = frozenset({"na", _GEMAAKT})


# --- which forms stay on the page ------------------------------------------------------------------------------------


def begin_page(*, afgebroken: bool) -> None:
    """Know which forms were drawn in the run before; one that was interrupted did not get to them all."""
    getoond: set[str] = st.session_state.get(_GETOOND, set())
    eerder: set[str] = st.session_state.get(_VORIGE, set()) if afgebroken else set()
    st.session_state[_VORIGE] = getoond | eerder
    st.session_state[_GETOOND] = set()


def on_page(kenmerk: str) -> bool:
    """Tell whether a form was on the page already: else its fields are empty in the browser, whatever was typed."""
    # Without the window around it a page is the only one there is.
    return kenmerk in st.session_state.get(_VORIGE, st.session_state.get(_GETOOND, ()))


def stays(kenmerk: str) -> bool:
    """Tell the same, and that the form is on the page now."""
    al = on_page(kenmerk)
    st.session_state.setdefault(_GETOOND, set()).add(kenmerk)
    return al


# --- the draft of one form -------------------------------------------------------------------------------------------


class Stapconcept:
    """What this user typed in one form of a dossier and did not record yet; `key` is what its widgets begin with.

    `vast` is what the form does not ask because it is about that alone, as one maatregel.
    """

    def __init__(
        self,
        klachtnummer: str,
        kenmerk: str,
        key: str,
        namen: Iterable[str],
        doe: str = "",
        vast: Mapping[str, Any] | None = None,
    ) -> None:
        register = scherm.register()
        self.klachtnummer, self.kenmerk, self.key, self.doe = klachtnummer, kenmerk, key, doe
        self.vast = dict(vast or {})
        self.namen = tuple(namen)
        self.id = f"{concepten.of_dossier(klachtnummer)}{hashlib.sha256(kenmerk.encode()).hexdigest()[:16]}"
        self._concepten = Concepten(register.map, scherm.gebruiker().id, register.dossiers.sleutels)
        self._basis = f"{key}/concept"

    @property
    def _begin(self) -> dict[str, str]:
        """What the fields of the form began with: that is not kept."""
        begin: dict[str, str] = st.session_state.get(f"{self._basis}.begin", {})
        return begin

    def restore(self, begin: Mapping[str, Any]) -> dict[str, Any]:
        """Put back what was typed when the form comes on the page, and say so; call it before the fields.

        Returns what these begin with then: nothing where a text was put back.
        """
        st.session_state[f"{self._basis}.begin"] = {naam: str(begin.get(naam) or "") for naam in self.namen}
        teruggezet: dict[str, str] = {}
        # Before it is read: what is erased meanwhile is in what was read.
        nieuw, sinds = not stays(self.key), concepten.stand()
        concept = self._concepten.get(self.id) if nieuw or f"{self._basis}.op" in st.session_state else None
        if nieuw:
            self._forget()
            st.session_state[f"{self._basis}.sinds"] = sinds
            if concept and (
                self._is_recorded(self._texts(concept.waarden), na=_seen(concept.waarden))
                or _has_gone(concept, scherm.register().vastleggingen(self.klachtnummer))
            ):
                self._concepten.discard(self.id)
                concept = None
            if concept:
                teruggezet = {n: str(w) for n, w in concept.waarden.items() if n in self.namen}
                for naam, tekst in teruggezet.items():
                    st.session_state[f"{self.key}.{naam}"] = tekst
                st.session_state[self._basis] = teruggezet
                st.session_state[f"{self._basis}.op"] = concept.bewaard_op
                st.session_state[f"{self._basis}.twijfel"] = self._something_since(concept)
        op: datetime | None = st.session_state.get(f"{self._basis}.op")
        if op is None or concept is None:
            return {**begin}
        with st.container(horizontal=True, vertical_alignment="center"):
            zin = "Er is nog niets vastgelegd."
            if st.session_state.get(f"{self._basis}.twijfel"):
                zin = "U hebt dit daarna met een andere tekst vastgelegd; hoort deze er niet bij, gooi haar dan weg."
            st.markdown(
                f":small[:material/history_edu: Uw tekst van {tijdstip(op)} staat er weer; kijk de andere velden na. "
                f"{zin}]"
            )
            st.button("Tekst weggooien", key=f"{self._basis}.weg", type="tertiary", on_click=self.throw_away)
        return {**begin, **dict.fromkeys(teruggezet, "")}

    def _texts(self, waarden: Mapping[str, Any]) -> list[str]:
        """Return which texts somebody typed: not what the form began with."""
        begin = self._begin
        return [tekst for n, w in waarden.items() if n not in _NIET_MEER and (tekst := str(w)) != begin.get(n, "")]

    def _own(self) -> Iterator[Vastlegging]:
        """Yield what this user recorded in the dossier that can have come from this form, the newest first.

        What was taken back is recorded no more. Of a form that puts right a fact, it can be any.
        """
        wie, een_soort = scherm.gebruiker().id, self.doe in VELDEN_UIT.values()
        alle = scherm.register().vastleggingen(self.klachtnummer)
        for v in reversed(valid(alle) if een_soort else alle):
            van_soort = VELDEN_UIT.get(type(v.feit)) == self.doe if een_soort else True
            if v.door == wie and van_soort and all(getattr(v.feit, n, w) == w for n, w in self.vast.items()):
                yield v

    def _is_recorded(self, teksten: Iterable[str], na: int | None = None) -> bool:
        """Tell whether this user recorded all these texts together: with the last fact, or with one after `na`.

        Only the very texts tell that: the same step can have been about somebody else.
        """
        gezocht = {_bare(tekst) for tekst in teksten} - {""}
        return bool(gezocht) and any(
            gezocht <= {_bare(w) for deel in fields(v.feit) if isinstance(w := getattr(v.feit, deel.name), str)}
            for plek, v in enumerate(self._own())
            if plek == 0 or (na is not None and v.nr > na)
        )

    def _something_since(self, concept: Concept) -> bool:
        """Tell whether this user recorded the same with another text since, so that this one may be of no use."""
        return self.doe in VELDEN_UIT.values() and any(v.nr > _seen(concept.waarden) for v in self._own())

    def follow(self) -> None:
        """Hand over what is typed in the form from now on; call it after the form."""
        stapvolger.follow(self.key, self.namen, self.keep)

    def keep(self, teksten: Mapping[str, Any]) -> bool | None:
        """Keep texts by the names of their fields; tell whether anything is kept now.

        None where it may not be: of somebody in it the data was erased after the form was opened.
        """
        begin, basis = self._begin, {**self._begin, **st.session_state.get(self._basis, {})}
        mijn = {naam: str(teksten.get(naam) or "") for naam in self.namen if naam in teksten}

        def wijzig(oud: dict[str, Any]) -> dict[str, Any]:
            # Asked while nothing else is kept or erased: whoever erases takes drafts away after the fact.
            if self._erased():
                return {}
            # What comes after it was recorded, from a window that was slow to tell, is no draft any more.
            nieuw = {} if self._is_recorded(self._texts(mijn)) else mijn
            samen = {n: merged(basis.get(n, ""), str(oud.get(n, begin.get(n, ""))), w) for n, w in nieuw.items()}
            return self._worth({**oud, **samen}, self._last() if nieuw else _seen(oud))

        sinds = st.session_state.get(f"{self._basis}.sinds")
        try:
            concept = self._concepten.change(self.id, wijzig, datetime.now(NEDERLAND), sinds=sinds)
        except Gewist:
            return None
        st.session_state[self._basis] = {**st.session_state.get(self._basis, {}), **mijn}
        if not concept.waarden and self._erased():
            self._concepten.discard_of(self.klachtnummer)
        return bool(concept.waarden)

    def made(self, antwoorden: Mapping[str, Any]) -> None:
        """Know that a letter was made of it, with these answers: once its step is recorded, it has gone."""
        vast = {n: w for n, w in antwoorden.items() if n not in self.namen and isinstance(w, str | int)}
        merk = {_GEMAAKT: {"doe": self.doe, "vast": vast}}
        if concept := self._concepten.get(self.id):
            self._concepten.change(self.id, lambda oud: {**oud, **merk} if oud else {}, concept.bewaard_op)

    def _erased(self) -> bool:
        """Tell whether the dossier was erased, maybe while this window was open: nothing of it comes back."""
        return handelingen.bewaard_van(scherm.register(), self.klachtnummer).gewist is not None

    def _worth(self, waarden: Mapping[str, Any], na: int) -> dict[str, Any]:
        """Return what is kept of these, typed after fact `na`: nothing where the form is as it began."""
        begin = self._begin
        blijft = {n: w for n, w in waarden.items() if n not in _NIET_MEER and w != begin.get(n, "")}
        return {**blijft, "na": na} if blijft else {}

    def _last(self) -> int:
        """Return the number of the last fact of the dossier."""
        vastleggingen = scherm.register().vastleggingen(self.klachtnummer)
        return vastleggingen[-1].nr if vastleggingen else 0

    def recorded(self) -> None:
        """Throw away what this window recorded; what was typed in another one meanwhile stays."""
        begin, mijn = self._begin, st.session_state.get(self._basis, {})

        def rest(naam: str, tekst: str) -> str:
            van_mij = mijn.get(naam, begin.get(naam, ""))
            if _bare(tekst) == _bare(van_mij):
                return begin.get(naam, "")
            # Where the form begins with a text, it begins with what was just recorded now.
            return tekst if begin.get(naam) else merged(van_mij, tekst, "")

        def wijzig(oud: dict[str, Any]) -> dict[str, Any]:
            # It was typed before this was recorded.
            return self._worth({n: rest(n, str(w)) for n, w in oud.items() if n not in _NIET_MEER}, _seen(oud))

        if concept := self._concepten.get(self.id):
            self._concepten.change(self.id, wijzig, concept.bewaard_op)
        self._forget()

    def discard(self) -> None:
        """Throw it away, whichever window typed it."""
        self._concepten.discard(self.id)
        self._forget()

    def _forget(self) -> None:
        for deel in ("", ".op", ".twijfel"):
            st.session_state.pop(f"{self._basis}{deel}", None)

    def throw_away(self) -> None:
        """Throw it away because nobody wants it: the form is as it began."""
        self.discard()
        for naam in self.namen:
            st.session_state[f"{self.key}.{naam}"] = self._begin.get(naam, "")


def of_form(
    klachtnummer: str,
    kenmerk: str,
    key: str,
    velden: Iterable[Veld],
    *,
    ook: Iterable[str] = (),
    doe: str = "",
    vast: Mapping[str, Any] | None = None,
) -> Stapconcept | None:
    """Return the draft of a form; None for one that is not of a dossier, or asks no text.

    `ook` are the texts that are asked beside its fields, `doe` is the handeling that records it, `vast` what it is told
    besides what is asked.
    """
    namen = [*(veld.naam for veld in velden if veld.soort in TEKSTEN), *ook]
    if not namen or not klachtnummer.startswith(REEKSEN):
        return None
    return Stapconcept(klachtnummer, kenmerk, key, namen, doe, vast)


def recorded(concept: Stapconcept | None, klachtnummer: str) -> None:
    """Throw away what a form recorded, and of what this user made a letter whose step that was, in whatever form."""
    register = scherm.register()
    if concept:
        concept.recorded()
    if not klachtnummer:
        return
    eigen = Concepten(register.map, scherm.gebruiker().id, register.dossiers.sleutels)
    eigen.discard_of(klachtnummer, lambda concept: _has_gone(concept, register.vastleggingen(klachtnummer)))


def forget(klachtnummer: str) -> None:
    """Throw away what this user typed in forms of a dossier that is not for the user (any more)."""
    register = scherm.register()
    Concepten(register.map, scherm.gebruiker().id, register.dossiers.sleutels).discard_of(klachtnummer)


def _has_gone(concept: Concept, alle: Sequence[Vastlegging]) -> bool:
    """Tell whether the letter that was made of a draft went: its step, about the same, is recorded since."""
    gemaakt = concept.waarden.get(_GEMAAKT)
    return bool(gemaakt) and any(
        v.nr > _seen(concept.waarden)
        and VELDEN_UIT.get(type(v.feit)) == gemaakt["doe"]
        and all(getattr(v.feit, n, w) == w for n, w in gemaakt["vast"].items())
        for v in valid(alle)
    )


def _seen(waarden: Mapping[str, Any]) -> int:
    """Return the number of the last fact of the dossier when these were kept."""
    return int(waarden.get("na") or 0)


def _bare(tekst: str) -> str:
    """Return a text as it is compared: blanks alone make no other text."""
    return " ".join(tekst.split())
