"""Mails that come in: what is read of good ones, and that a hostile one is refused or read, never worse than that."""

from __future__ import annotations

import contextlib
import os
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from klachten.handelingen.veld import LANGSTE_TEKST, ONLEESBAAR
from klachten.post.binnen import NietTeLezen, read
from klachten.post.binnen.vastleggen import answers, as_shown, left_out, propose_day
from tests.mailproef import DATUM, KWAAD, PROGRAMMA, VAN, bomb, mail, nested, raw

VANDAAG = date(2026, 3, 2)
MAILS = Path(__file__).resolve().parents[2] / "shared" / "data" / "mails"


def test_a_good_mail_is_read_whole():
    inhoud = mail("Eerste.\r\n\r\nTweede.", html="<p>anders</p>", bijlagen=(("brief.pdf", b"%PDF-1.7"),))
    post = read(inhoud, "klacht.eml")
    assert (post.naam, post.adres) == ("Marieke Jansen", "m.jansen@klant.example")
    assert (post.aan, post.onderwerp) == (("klachten@firma.example",), "Klacht over mijn begeleiding")
    assert post.op == datetime(2026, 2, 26, 23, 30, tzinfo=UTC)
    assert post.tekst == "Eerste.\n\nTweede."
    assert [(een.naam, een.inhoud, een.soort) for een in post.bijlagen] == [("brief.pdf", b"%PDF-1.7", "bestand")]
    assert (post.bezwaren, post.oorspronkelijk) == ((), inhoud)


@pytest.mark.parametrize("naam", KWAAD)
def test_a_hostile_mail_is_read_or_refused_in_a_sentence(naam: str):
    kwaad, inhoud, begin = KWAAD[naam], KWAAD[naam].inhoud, time.thread_time()
    if not kwaad.mail:
        with pytest.raises(NietTeLezen, match=kwaad.zegt):
            read(inhoud, "mail.eml")
        return
    post = read(inhoud, "mail.eml")
    assert post.oorspronkelijk == inhoud, "nothing of it is lost"
    assert kwaad.zegt in " ".join(post.bezwaren)
    assert bool(kwaad.zegt) or not set(post.bezwaren) - {"De mail heeft geen tekst."}, post.bezwaren
    namen = [een.naam for een in post.bijlagen]
    gevonden = {"aantal": len(namen), "namen": namen, "ontvangers": post.ontvangers}
    for wat, hoort in kwaad.wat.items():
        assert (gevonden[wat] if wat in gevonden else getattr(post, wat)) == hoort, wat
    for tekst in (post.naam, post.adres, post.onderwerp, post.tekst, post.ontvangers, *namen):
        assert not ONLEESBAAR.search(tekst)
        assert len(tekst) <= LANGSTE_TEKST
    assert len({een.casefold() for een in namen}) == len(namen)
    assert as_shown(post, VANDAAG)["zin"]
    assert answers(post)["op"] is None
    assert time.thread_time() - begin < 5


def test_a_mail_within_a_mail_is_an_attachment_that_can_be_read_again():
    (binnen,) = read(nested(3)).bijlagen
    assert (binnen.soort, binnen.naam) == ("mail", "laag 1.eml")
    assert read(read(binnen.inhoud).bijlagen[0].inhoud).bijlagen[0].inhoud.endswith(b"diep")


@pytest.mark.parametrize(
    ("koppen", "dag", "zin"),
    [
        (["Date: Thu, 26 Feb 2026 12:00:00 +0100"], date(2026, 2, 26), "Kreeg u haar op die dag?"),
        (["Date: Thu, 26 Feb 2026 23:30:00 +0000"], date(2026, 2, 27), "27 februari"),
        (["Received: from x by y; Sat, 28 Feb 2026 08:00:00 +0100", DATUM], date(2026, 2, 28), "afzender verstuurd op"),
        (["Date: Thu, 26 Feb 2099 12:00:00 +0100"], None, "dat moet nog komen"),
        (["Date: Thu, 01 Jan 1970 00:00:00 +0000"], None, "dat kan niet kloppen"),
        (["Date: Fri, 31 Dec 9999 23:59:59 -0100"], None, ""),
        (["Date: gisteren"], None, "niet wanneer"),
        ([], None, "niet wanneer"),
    ],
)
def test_the_day_of_receipt_is_proposed_and_only_when_it_can_be(koppen: list[str], dag: date | None, zin: str):
    voorstel = propose_day(read(raw(VAN, *koppen)), VANDAAG)
    assert voorstel.dag == dag
    assert zin in voorstel.zin


def test_an_attachment_that_would_harm_is_named_and_left_out():
    post = read(mail(bijlagen=(("factuur.pdf", PROGRAMMA), ("foto.zip", bomb()), ("goed.txt", b"goed"), ("leeg", b""))))
    weg = left_out(post)
    assert [een.partition(":")[0] for een in weg] == ["factuur.pdf", "foto.zip", "leeg"]
    assert all(woord in zin for woord, zin in zip(("programma", "onredelijk groot", "leeg"), weg, strict=True))


@pytest.mark.skipif(not MAILS.is_dir(), reason="the mails of others are not in the repository")
def test_every_mail_of_others_is_read():
    for pad in sorted(MAILS.iterdir()):
        post = read(pad.read_bytes(), pad.name)
        assert all((post.adres, post.op, post.tekst, post.onderwerp)), pad.name
        assert post.oorspronkelijk == pad.read_bytes()


def test_bytes_at_random_and_a_good_mail_that_is_damaged_never_end_in_an_error():
    goed = mail("één", html="<p>x</p>", bijlagen=(("a.pdf", b"%PDF"),), Subject="één klacht")
    echte = [goed, *(pad.read_bytes()[:30_000] for pad in sorted(MAILS.glob("*")))]
    kans = int.from_bytes(os.urandom(4))
    for nr in range(150):
        kans = (kans * 1103515245 + 12345) % 2**31
        stuk = bytearray(echte[nr % len(echte)])
        for _ in range(20):
            kans = (kans * 1103515245 + 12345) % 2**31
            stuk[kans % len(stuk)] = kans >> 8 & 255
        with contextlib.suppress(NietTeLezen):
            assert read(bytes(stuk)).oorspronkelijk == bytes(stuk)
