"""What docs/in-gebruik.md hands out works: settings that are read, commands that exist, files for what they are for."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from klachten import opdrachten
from klachten.reservekopie import instellingen as kopie
from klachten.toegang import instellingen
from tests import httpsproef

DOCS = Path(__file__).resolve().parents[1] / "docs"
TEKST = (DOCS / "in-gebruik.md").read_text(encoding="utf-8")
BESTANDEN = {pad.name: pad.read_text(encoding="utf-8") for pad in sorted((DOCS / "in-gebruik").iterdir())}
README = (DOCS.parent / "README.md").read_text(encoding="utf-8")


TOML = [re.findall(r"```toml\n(.*?)```", tekst, re.DOTALL) for tekst in (TEKST, README)]


@pytest.mark.parametrize("toml", [toml for stukken in TOML for toml in stukken])
def test_the_settings_that_are_shown_let_others_in(tmp_path: Path, toml: str, monkeypatch: pytest.MonkeyPatch):
    for naam in ("KLACHTEN_SMTP_WACHTWOORD", "KLACHTEN_IMAP_WACHTWOORD"):  # which no example shows in a file
        monkeypatch.setenv(naam, "geheim")
    pad = tmp_path / "instellingen.toml"
    pad.write_text(toml, encoding="utf-8")
    gelezen = instellingen.load(pad)
    instellingen.check(gelezen, voorbeeld=False, luister=gelezen.luister)
    assert gelezen.adres.startswith("https://klachten.example") or not {"adres", "tls"} & tomllib.loads(toml).keys()
    assert TOML[0], "docs/in-gebruik.md shows settings"


def test_every_setting_is_named_and_no_other():
    tabel = TEKST.split("| setting |")[1].split("\n\n")[0]
    genoemd = {naam for rij in tabel.splitlines()[2:] for naam in re.findall(r"`\[?([a-z]+)\]?`", rij.split("|")[1])}
    assert genoemd - {"tls"} == set(instellingen.Instellingen.__dataclass_fields__)


def test_every_setting_of_the_backup_is_named_and_no_other():
    tabel = TEKST.split("| in `[reservekopie]` |")[1].split("\n\n")[0]
    genoemd = {naam for rij in tabel.splitlines()[2:] for naam in re.findall(r"`\[?([a-z_.]+)\]?`", rij.split("|")[1])}
    bekend = set(kopie.Instellingen.__dataclass_fields__)
    assert {naam.removeprefix("reservekopie.") for naam in genoemd} == bekend
    voorbeeld = next(toml for toml in TOML[0] if "[reservekopie]" in toml)
    assert kopie.parse(tomllib.loads(voorbeeld)["reservekopie"], Path("/var/lib/klachten")).ergens


def test_every_command_that_is_shown_exists():
    ontleder = opdrachten.Ontleder()
    deel = ontleder.add_subparsers()
    for module in opdrachten.load_all():
        module.add_arguments(deel.add_parser(module.NAAM))
    alles = "\n".join([TEKST, *BESTANDEN.values()])
    regels = re.findall(r"-m klachten ([a-z][\w -]*)", alles)
    assert len(regels) >= 5
    for regel in regels:
        ontleder.parse_args(regel.split())


def test_every_file_is_named_in_the_text():
    assert [naam for naam in BESTANDEN if f"in-gebruik/{naam}" not in TEKST.replace("\\", "/")] == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd on this machine")
def test_systemd_takes_the_unit(tmp_path: Path):
    """But for the program, which is not installed here."""
    unit = tmp_path / "klachten.service"
    unit.write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", BESTANDEN["klachten.service"]), "utf-8")
    zegt = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False, timeout=60)
    assert (zegt.returncode, zegt.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("nginx"), reason="there is no nginx on this machine")
def test_nginx_takes_its_file(tmp_path: Path):
    httpsproef.certificate(tmp_path)
    eigen = BESTANDEN["nginx.conf"].replace("/etc/ssl/klachten", str(tmp_path))
    (tmp_path / "klachten.conf").write_text(eigen, encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/fout; events {{}} http {{ include {tmp_path}/klachten.conf; }}",
        encoding="utf-8",
    )
    zegt = subprocess.run(
        ["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False, timeout=60
    )
    assert zegt.returncode == 0, zegt.stderr


def test_what_the_proxies_pass_on_is_what_the_gate_asks():
    """The WebSocket of every page, the name that was asked, and who asked it: none may be left out of either."""
    for nodig in ("Upgrade $http_upgrade", "Host $http_host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto"):
        assert nodig in BESTANDEN["nginx.conf"]
    for bestand in ("nginx.conf", "Caddyfile"):
        assert "127.0.0.1:8501" in BESTANDEN[bestand]
