"""What the receipt of a klacht says of it, and what takes the place of that where it is handled on here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from klachten.register.maatregelstand import Feit, Rij, parse_date


def received(klachtnummer: str, ontvangst: Feit, nu: Mapping[str, str]) -> Rij:
    """What the receipt says, the same on every day."""
    gegevens = ontvangst.gegevens
    categorie = gegevens.get("categorie")
    return {
        "klachtnummer": klachtnummer,
        "jaar": ontvangst.op.year,
        "nummerjaar": int(klachtnummer[1:5]),
        "volgnr": int(klachtnummer[6:]),
        "herkomst": gegevens.get("herkomst", "register"),
        "bron": gegevens.get("bron", ""),
        "bron_id": gegevens.get("bron_id", ""),
        "reglement": gegevens["reglement"],
        "reglement_versie": parse_date(gegevens["reglement_versie"]),
        "ontvangen_op": ontvangst.op,
        "kanaal": gegevens.get("kanaal"),
        "indiener_soort": gegevens.get("indiener_soort"),
        "vestiging": gegevens.get("vestiging"),
        "categorie": nu.get(categorie, categorie),
        "categorie_toen": categorie,
        "aspecten": [nu.get(aspect, aspect) for aspect in gegevens.get("aspecten", ())],
        "kenmerken": list(gegevens.get("kenmerken", ())),
        "ontvanger": gegevens.get("ontvanger"),
        "stap_01_op": ontvangst.op,
    }


def continued(feiten: Iterable[Feit], ontvangst: Feit, hernoemd: Mapping[str, Mapping[str, str]]) -> Rij:
    """What holds of a klacht that was taken over from the day on which it is handled on here; the first time counts."""
    gevonden = [feit for feit in feiten if feit.soort == "BehandelingVoortgezet"]
    if not gevonden:
        return {}
    eerste = min(gevonden, key=lambda feit: (feit.op, feit.oorsprong))
    gegevens = {**ontvangst.gegevens, **eerste.gegevens}
    categorie = gegevens.get("categorie")
    return {
        "herkomst": "register",
        "reglement": gegevens["reglement"],
        "reglement_versie": parse_date(gegevens["reglement_versie"]),
        **{naam: gegevens.get(naam) for naam in ("kanaal", "indiener_soort", "vestiging")},
        "categorie": hernoemd.get(gegevens["reglement"], {}).get(categorie, categorie),
        "categorie_toen": categorie,
        "voortgezet_op": eerste.op,
        "elders_gedaan": list(eerste.gegevens.get("elders_gedaan", ())),
    }


def since(hier: Rij, van: date) -> Rij:
    """That as far as it held on a day."""
    return hier if hier and hier["voortgezet_op"] <= van else {"voortgezet_op": None, "elders_gedaan": None}
