"""A letter that came back: its step stands as done, and whom it was for has not read it."""

from __future__ import annotations

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.brieven import BRIEVEN, ontvangers
from klachten.brieven.lijst import Brief
from klachten.brieven.ontvangers import Ontvanger
from klachten.dossier.klacht import Dossier, Feiten
from klachten.handelingen.briefvragen import from_text


def came_back(feiten: Feiten, soort: Brief) -> bool:
    """Tell whether a letter came back and nothing was done about that: it may go once more, to where it arrives."""
    berichten = [v for v in feiten.geldig if isinstance(v.feit, g.BerichtKlaargezet) and v.feit.brief == soort.id]
    return any(unread(feiten, v.corrigeert or v.nr) for v in berichten)


def unread(feiten: Feiten, bericht: int) -> bool:
    """Tell whether a message is a letter that came back, of which the step still counts and that went no other way.

    It is settled when the same letter went to that person after, by e-mail or by hand, or when its step was corrected.
    """
    klaar = feiten.vastlegging(bericht)
    if klaar is None or not isinstance(klaar.feit, g.BerichtKlaargezet) or klaar.feit.brief not in BRIEVEN:
        return False
    soort = BRIEVEN[klaar.feit.brief]
    terug = max((nr for nr, f in _numbered(feiten) if _of(f, g.BerichtTeruggekomen, bericht)), default=0)
    weer = max((nr for nr, f in _numbered(feiten) if _of(f, g.BerichtVerzonden, bericht)), default=0)
    if not soort.handeling or not terug or weer > terug or not _stands(feiten, soort, terug):
        return False
    wie = _recipient(feiten, soort, klaar.feit)
    aan = f"{wie.op_stuk if wie else klaar.feit.aan} ("
    na = [(nr, f) for nr, f in _numbered(feiten) if nr > terug]
    opnieuw = {
        nr
        for nr, f in na
        if isinstance(f, g.BerichtKlaargezet) and f.brief == soort.id and _same(_recipient(feiten, soort, f), wie)
    }
    return not any(
        (isinstance(f, g.DocumentToegevoegd) and (f.soort_document, f.richting) == ("brief", "uit")
         and f.aan.startswith(aan))
        or (isinstance(f, g.BerichtVerzonden) and f.bericht in opnieuw)
        for _, f in na
    )  # fmt: skip


def _recipient(feiten: Feiten, soort: Brief, feit: g.BerichtKlaargezet) -> Ontvanger | None:
    return ontvangers.surely(soort, feiten, from_text(feit.antwoorden), organisatie.huidige())


def _same(een: Ontvanger | None, ander: Ontvanger | None) -> bool:
    return een is not None and ander is not None and een.id == ander.id


def _stands(feiten: Feiten, soort: Brief, sinds: int) -> bool:
    """Whether the step of a letter is recorded, and was not put right since."""
    if not isinstance(feiten, Dossier) or not soort.stap:
        return False
    gecorrigeerd = any(v.corrigeert and v.nr > sinds and v.feit.stap == soort.stap for v in feiten.vastleggingen)
    return feiten.stap_op(soort.stap) is not None and not gecorrigeerd


def _numbered(feiten: Feiten) -> list[tuple[int, g.Gebeurtenis]]:
    return [(v.corrigeert or v.nr, v.feit) for v in feiten.geldig]


def _of(feit: g.Gebeurtenis, soort: type[g.Gebeurtenis], bericht: int) -> bool:
    return isinstance(feit, soort) and getattr(feit, "bericht", 0) == bericht
