"""What a handeling adds to the fact that it records: why it deviates, and from which terms."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer, RedenNodig, Zaak
from klachten.handelingen.handeling import _afwijkingen
from klachten.handelingen.reglement import reglement_van
from klachten.handelingen.termijn import LopendeTermijn
from klachten.handelingen.weigering import Waarschuwing
from klachten.register import Register
from tests.feitenproef import TWEE, dag, klacht
from tests.standenproef import STANDEN, op
from tests.voorbeeldfirma import COULANT

NIEUW, OUD = Waarschuwing("volgorde", "Nieuw."), Waarschuwing("te_laat:x", "Was al zo.")
VRAAGT = "RedenNodig"


def zaak(feiten: list[Gebeurtenis], **anders: Any) -> Zaak:
    """A matter that needs no register."""
    leeg = cast(Any, None)
    velden = {"reden": "", **anders}
    return Zaak(leeg, leeg, klacht(feiten), "K2026-0001", leeg, "coordinator", dag(100), COULANT, **velden)


# A handeling, the reason that always is asked, the one for the deviation (None: there is no such field), what deviates,
# and what deviated already with its reason: what is recorded as reden, reden_afwijking and codes.
BEVESTIG, CORRIGEER = "stap_05_bevestigen_ontvangst", "corrigeren_feit"
REDENEN: list[tuple[str, str, str | None, list[Waarschuwing], str, tuple[str, str, tuple[str, ...]] | str]] = [
    (BEVESTIG, "x", None, [NIEUW], "", ("x", "", ("volgorde",))),
    (BEVESTIG, "x", "", [NIEUW], "", ("x", "", ("volgorde",))),
    (BEVESTIG, "", " y ", [NIEUW], "", ("y", "", ("volgorde",))),
    (BEVESTIG, "x", "y", [NIEUW], "", ("y", "", ("volgorde",))),
    (BEVESTIG, "", None, [NIEUW], "", VRAAGT),
    (BEVESTIG, "", " ", [NIEUW], "", VRAAGT),
    (BEVESTIG, "", None, [], "", ("", "", ())),
    (BEVESTIG, "x", None, [], "", ("x", "", ())),
    (BEVESTIG, "x", None, [NIEUW, OUD, NIEUW], "", ("x", "", ("volgorde", "te_laat:x"))),
    (CORRIGEER, "x", None, [NIEUW], "", ("x", "", ("volgorde",))),
    (CORRIGEER, "x", "", [NIEUW], "", VRAAGT),
    (CORRIGEER, "x", "y", [NIEUW], "", ("x", "y", ("volgorde",))),
    (CORRIGEER, "x", "x", [NIEUW], "", ("x", "", ("volgorde",))),
    (CORRIGEER, "x", "", [OUD], "waarom toen", ("x", "waarom toen", ("te_laat:x",))),
    (CORRIGEER, "x", "", [], "waarom toen", ("x", "", ())),
    (CORRIGEER, "x", "y", [OUD, NIEUW], "waarom toen", ("x", "y", ("te_laat:x", "volgorde"))),
    (CORRIGEER, "x", "x", [OUD, NIEUW], "waarom toen", ("x", "", ("te_laat:x", "volgorde"))),
]


@pytest.mark.parametrize(("naam", "reden", "afwijking", "waarschuwingen", "toen", "verwacht"), REDENEN)
def test_reason_and_deviation_stay_together(
    naam: str, reden: str, afwijking: str | None, waarschuwingen: list[Waarschuwing], toen: str, verwacht: Any
) -> None:
    deze = zaak(STANDEN["to"], reden=reden)
    deze.waarschuwingen = list(waarschuwingen)
    deze.afwijkend, deze.waarom_afwijkend = ((OUD.code,), toen) if toen else ((), "")
    feit = g.OntvangstBevestigd(**op(2), wijze="brief", behandelaar="anna")
    try:
        nu, _ = HANDELINGEN[naam]._with_reasons(deze, feit, afwijking)
    except RedenNodig:
        assert verwacht == VRAAGT
    else:
        assert (nu.reden, nu.reden_afwijking, nu.afwijkingen) == verwacht


ALLE_STAPPEN = replace(
    COULANT,
    termijnen=tuple(replace(COULANT.termijnen[0], id=f"stap{nr}", stap=nr, einde=(nr,)) for nr in (9, 11, 13)),
)


def uitgevoerd(maatregel: int) -> g.MaatregelUitgevoerd:
    return g.MaatregelUitgevoerd(**op(20), maatregel=maatregel)


GEDAAN = [feit for feit in STANDEN["af"] if not isinstance(feit, g.KlachtAfgesloten | g.AfsluitingMeegedeeld)]

# On these facts something is done after the last day of every term: of which it is late.
TE_LAAT: list[tuple[list[Gebeurtenis], Gebeurtenis, list[str]]] = [
    (TWEE, uitgevoerd(1), ["te_laat:stap11"]),  # the other one was carried out: the last
    (TWEE[:-1], uitgevoerd(1), []),  # two are open
    (GEDAAN, g.KlachtAfgesloten(**op(20), uitkomst="opgelost"), ["te_laat:stap13"]),
    (TWEE[:-1], g.ResultaatMeegedeeld(**op(20), wijze="brief"), ["te_laat:stap9"]),
    (TWEE[:-1], g.VoortgangBewaakt(**op(20)), []),
]


@pytest.mark.parametrize(("feiten", "feit", "codes"), TE_LAAT)
def test_step_11_is_late_with_the_last_maatregel(
    feiten: list[Gebeurtenis], feit: Gebeurtenis, codes: list[str]
) -> None:
    lopend = {t.id: LopendeTermijn(t.id, t.id, dag(15), None) for t in ALLE_STAPPEN.termijnen}
    deze = zaak(feiten, lopend=lambda: lopend)
    deze.reglement = ALLE_STAPPEN
    assert [w.code for w in _afwijkingen(deze, feit) if w.code.startswith("te_laat")] == codes


def test_a_new_klacht_runs_under_a_whole_reglement() -> None:
    """Not under the small one of a log that was taken over."""
    overname = replace(COULANT, id="log", soort="overname")
    register = cast(Register, SimpleNamespace(reglementen={"log": overname, "coulant": COULANT}))
    assert reglement_van(register, None, "coulant", op=dag(0)) is COULANT
    with pytest.raises(OngeldigeInvoer) as fout:
        reglement_van(register, None, "log", op=dag(0))
    assert fout.value.velden == {"reglement": "Reglement 'log' is er niet; kies uit coulant."}
