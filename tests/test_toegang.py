"""Who is acting, and the gate that lets only this machine in."""

from __future__ import annotations

import asyncio
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from klachten import organisatie, reglement, toegang
from klachten.organisatie import naam
from klachten.toegang import NietAangemeld, OnveiligAdres, huidige_gebruiker
from klachten.toegang.poort import KOPPEN, WEIGERING, Poort


def roep(
    poort: Poort,
    soort: str = "http",
    client: str | None = "127.0.0.1",
    host: str | None = "localhost:8501",
    nog: tuple[tuple[bytes, bytes], ...] = (),
) -> list[dict[str, Any]]:
    """Send one request through the gate and return what came back."""
    # Headers before and after it in the alphabet, as every browser sends them.
    eigen = [] if host is None else [(b"host", host.encode())]
    koppen = [(b"accept", b"text/html"), *eigen, (b"origin", b"klachten.example"), *nog]
    scope = {"type": soort, "method": "GET", "path": "/", "headers": koppen, "client": client and (client, 5000)}
    antwoord: list[dict[str, Any]] = []

    async def ontvang() -> dict[str, Any]:
        return {"type": "websocket.connect" if soort == "websocket" else "http.request"}

    async def zend(bericht: dict[str, Any]) -> None:
        antwoord.append(bericht)

    asyncio.run(poort(scope, ontvang, zend))
    return antwoord


async def huis(scope, receive, send):
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"binnen"})


@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.9.10", "::1"])
@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:8501", "LOCALHOST:8501", "[::1]:8501"])
def test_this_machine_may_come_in(client: str, host: str):
    assert roep(Poort(huis), client=client, host=host)[1]["body"] == b"binnen"


@pytest.mark.parametrize("client", ["192.0.2.7", "10.0.0.5", "2001:db8::1", "testclient", None])
def test_another_machine_is_refused_with_a_sentence(client: str | None):
    antwoord = roep(Poort(huis), client=client)
    assert antwoord[0]["status"] == 403
    assert antwoord[1]["body"].decode() == WEIGERING


@pytest.mark.parametrize("host", ["klachten.example", "localhost.example", "127.0.0.1.example:8501", "", None])
def test_another_site_cannot_reach_the_app_through_the_browser_of_this_machine(host: str | None):
    assert roep(Poort(huis), host=host)[0]["status"] == 403


def test_two_hosts_are_no_host():
    assert roep(Poort(huis), nog=((b"host", b"localhost"),))[0]["status"] == 403


def test_outside_the_example_anybody_may_come_in_and_gets_the_same_headers():
    start, binnen = roep(Poort(huis, voorbeeldmodus=False), client="192.0.2.7", host="klachten.example")
    assert (start["status"], binnen) == (200, {"type": "http.response.body", "body": b"binnen"})
    assert start["headers"] == [(b"content-type", b"text/plain"), *KOPPEN]


def test_what_is_no_request_passes_untouched():
    """The start and stop of the server: no caller, no host and no headers."""
    gezien: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        gezien.append((scope, receive, send))

    alles = ({"type": "lifespan"}, object(), object())
    asyncio.run(Poort(app)(*alles))  # type: ignore[arg-type]
    assert gezien == [alles]


def test_a_refusal_is_a_whole_answer():
    start, tekst = roep(Poort(huis), client=None)
    assert start == {
        "type": "http.response.start",
        "status": 403,
        "headers": [(b"content-type", b"text/plain; charset=utf-8"), *KOPPEN],
    }
    assert tekst == {"type": "http.response.body", "body": WEIGERING.encode()}
    assert roep(Poort(huis), "websocket", client=None) == [{"type": "websocket.close", "code": 1008, "reason": ""}]


def test_a_websocket_from_elsewhere_is_closed_before_it_opens():
    assert [bericht["type"] for bericht in roep(Poort(huis), "websocket", host="klachten.example")] == [
        "websocket.close"
    ]
    assert roep(Poort(huis), "websocket") == [{"type": "websocket.accept"}]


def test_every_answer_tells_the_browser_to_load_nothing_from_elsewhere():
    for antwoord in (roep(Poort(huis)), roep(Poort(huis), client="192.0.2.7")):
        koppen = dict(antwoord[0]["headers"])
        assert b"connect-src 'self'" in koppen[b"content-security-policy"]
        assert koppen[b"x-content-type-options"] == b"nosniff"


@pytest.mark.parametrize("adres", ["127.0.0.1", "localhost", "::1", "[::1]"])
def test_the_example_runs_on_this_machine(adres: str):
    toegang.controleer_adres(adres)


@pytest.mark.parametrize("adres", ["0.0.0.0", "", None, "192.0.2.7", "::", "klachten.example"])
def test_the_example_refuses_to_run_where_others_can_reach_it(adres: str | None):
    with pytest.raises(OnveiligAdres, match=r"De voorbeeldmodus werkt alleen op deze computer") as fout:
        toegang.controleer_adres(adres)
    assert f"zou luisteren op {adres or 'alle adressen'}. Zet server.address" in str(fout.value)


def test_the_cast_is_fixed():
    assert [
        persoon.id for persoon in organisatie.ROLVERDELING
    ] == "anna bas carla dirk eva frank gijs hanna iris".split()
    assert {persoon.id for persoon in organisatie.met_rol("directie")} == {"carla", "frank"}
    assert {persoon.id for persoon in organisatie.met_rol("behandelaar")} == {"anna", "bas", "dirk"}


def test_every_role_is_one_that_the_reglement_knows_and_somebody_has():
    assert tuple(organisatie.ROLLEN) == reglement.ROLLEN
    assert frozenset().union(*(persoon.rollen for persoon in organisatie.ROLVERDELING)) == set(organisatie.ROLLEN)


def test_every_vestiging_is_one_of_the_reglement():
    bekend = {keuze.id for keuze in reglement.load("coulant").vestigingen}
    assert {persoon.vestiging for persoon in organisatie.ROLVERDELING} <= bekend


@pytest.mark.parametrize(
    ("gekozen", "wie"), [("bas", "bas"), ("BAS", "bas"), (None, "anna"), ("", "anna"), ("x", "anna")]
)
def test_an_unknown_choice_is_anna(gekozen: str | None, wie: str):
    assert huidige_gebruiker(gekozen).id == wie


def test_outside_the_example_nobody_is_just_assumed(monkeypatch):
    monkeypatch.setattr(toegang, "VOORBEELDMODUS", False)
    with pytest.raises(NietAangemeld):
        huidige_gebruiker("anna")


def test_somebody_unknown_is_called_by_id():
    assert naam("carla") == "Carla Verhoeven"
    assert naam("Resource03") == "Resource03"
    assert organisatie.gebruiker("Resource03") is None


def test_nobody_gets_another_role_while_the_app_runs():
    with pytest.raises(FrozenInstanceError):
        huidige_gebruiker("bas").rollen = frozenset({"directie"})  # type: ignore[misc]


def test_a_user_has_a_role_or_not():
    anna = huidige_gebruiker("anna")
    assert anna.heeft("directie", "coordinator")
    assert not anna.heeft("directie")
    assert anna.rolnamen == "coördinator, behandelaar, actienemer, medewerker"
