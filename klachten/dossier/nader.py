"""What is known of a klacht beside the steps: the last that was recorded, field by field; the rest is not known."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import Dossier


@dataclass(frozen=True, kw_only=True)
class Nader:
    """As columns of table `nader`; None is not known. `directe_actie_wat` is text and stands in no table."""

    wanneer: str | None = None
    gebeurtenis_van: date | None = None
    gebeurtenis_tot: date | None = None
    opdrachtgever: str | None = None
    trajectsoort: str | None = None
    ernst: str | None = None
    aard: str | None = None
    directe_actie: str | None = None
    indieners: int | None = None
    anoniem: bool | None = None
    bereikbaar: bool | None = None
    gemachtigde: bool | None = None
    onbereikbaar: bool | None = None
    toestemming: str | None = None
    vertraging: str | None = None
    tussenberichten: int | None = None
    tussenbericht_op: date | None = None
    ingelicht: tuple[str, ...] = ()
    gehoord: tuple[str, ...] = ()
    uitkomst_verteld: tuple[str, ...] = ()
    tevredenheid_gevraagd_op: date | None = None
    tevredenheid_op: date | None = None
    tevredenheid: str | None = None
    directe_actie_wat: str = ""


_GEKOZEN = ("opdrachtgever", "trajectsoort", "ernst", "aard", "directe_actie")


_VERTELD = {
    "ingelicht": g.MedewerkerIngelicht,
    "gehoord": g.MedewerkerGehoord,
    "uitkomst_verteld": g.UitkomstMeegedeeld,
}


def nader(dossier: Dossier) -> Nader:
    """Return what is known of a klacht beside the steps."""
    waarden: dict[str, object] = {}
    for feit in dossier.van(g.GegevensAangevuld):
        if feit.gebeurtenis_van or feit.gebeurtenis_onbekend:
            soort = "onbekend" if not feit.gebeurtenis_van else "periode" if feit.gebeurtenis_tot else "dag"
            waarden |= {
                "wanneer": soort,
                "gebeurtenis_van": feit.gebeurtenis_van,
                "gebeurtenis_tot": feit.gebeurtenis_tot if feit.gebeurtenis_van else None,
            }
        waarden |= {naam: getattr(feit, naam) for naam in (*_GEKOZEN, "directe_actie_wat") if getattr(feit, naam)}
    if anderen := dossier.van(g.IndienerToegevoegd):
        waarden["indieners"] = 1 + len(anderen)
    if onbekend := dossier.laatste(g.AnonimiteitVastgelegd):
        waarden |= {"anoniem": onbekend.onbekend, "bereikbaar": onbekend.bereikbaar}
        waarden["onbereikbaar"] = dossier.onbereikbaar
    if dossier.van(g.GemachtigdeAangewezen):
        waarden["gemachtigde"] = dossier.gemachtigde is not None
    if toestemming := dossier.laatste(g.ToestemmingVastgelegd):
        waarden["toestemming"] = toestemming.toestemming
    if vertraging := dossier.laatste(g.VertragingToegelicht):
        waarden["vertraging"] = vertraging.vertraging
    if berichten := dossier.van(g.TussenberichtGestuurd):
        waarden["tussenberichten"] = len(berichten)
        waarden["tussenbericht_op"] = max(feit.gebeurd_op for feit in berichten)
    if gevraagd := dossier.van(g.TevredenheidGevraagd):
        waarden["tevredenheid_gevraagd_op"] = min(feit.gebeurd_op for feit in gevraagd)
    if antwoorden := dossier.van(g.TevredenheidGegeven):
        waarden["tevredenheid_op"] = max(feit.gebeurd_op for feit in antwoorden)
        waarden["tevredenheid"] = antwoorden[-1].tevredenheid
    for naam, soort in _VERTELD.items():
        waarden[naam] = tuple(sorted({feit.medewerker for feit in dossier.van(soort)}))
    return Nader(**waarden)  # type: ignore[arg-type]


KOLOMMEN = tuple(veld.name for veld in fields(Nader) if veld.name != "directe_actie_wat")
"""The fields that stand in table `nader` under the same name."""
