from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import keyring
import pytest

from agents.providers.registry import Provider, Registry
from core.errors import ConfigurationError, InputError
from core.i18n import Words
from core.paths import Home, install_folder
from engine.bootstrap import open_engine
from engine.health.doctor import examine, repair
from engine.health.showing import print_doctor, print_status
from engine.health.status import SystemStatus, write_snapshot
from engine.lock import FolderLock
from tests.fakes.keyrings import LeakyKeyring, MemoryKeyring
from tests.toolchain import TOOLCHAIN


@pytest.fixture(autouse=True)
def ring():
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    yield
    keyring.set_keyring(before)


ENVIRON = {"MULTICODER_TOOLCHAIN": str(TOOLCHAIN), "LANG": "ru_RU.UTF-8"}


async def found(home, **environ):
    return {check.id: check for check in await examine(home, ENVIRON | environ)}


def test_every_check_is_examined_on_a_computer_that_is_set_up_and_nothing_is_made(tmp_path, capsys):
    import asyncio  # noqa: PLC0415 - only here

    home = Home(tmp_path / "new")
    checks = asyncio.run(examine(home, ENVIRON))
    states = {check.id: check.state for check in checks}
    disk = states.pop("disk")
    assert disk in {"ok", "degraded"}
    assert states == {
        **dict.fromkeys(["python", "home", "settings", "databases", "engine", "clock", "locale", "keyring"], "ok"),
        **dict.fromkeys(["sandbox", "toolchain"], "ok"),
        **dict.fromkeys(["screen", "binutils"] if sys.platform == "linux" else [], "ok"),
        "provider": "degraded",
    }
    assert not home.root.exists()
    for locale in ("en", "ru"):
        assert print_doctor(checks, locale) == 0
        assert print_doctor(checks, locale, json=True) == 0
    shown = capsys.readouterr().out
    assert "provider add NAME --url" in shown
    assert "provider add ИМЯ --url" in shown
    rows = json.loads(next(line for line in shown.splitlines() if line.startswith("{")))["checks"]
    assert [row["id"] for row in rows] == [check.id for check in checks]


async def test_a_data_folder_inside_the_program_is_a_problem():
    check = (await found(Home(install_folder() / "data")))["home"]
    assert (check.state, check.repair) == ("down", None)
    assert "MULTICODER_HOME" in check.command.text("en")


async def test_a_file_in_the_place_of_the_data_folder_is_a_problem(tmp_path):
    (tmp_path / "home").write_text("not a folder")
    assert (await found(Home(tmp_path / "home")))["home"].state == "down"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is closed to root")
async def test_a_data_folder_that_was_closed_is_opened_when_asked(home):
    home.root.chmod(0o500)
    check = (await found(home))["home"]
    assert check.state == "down"
    await repair(check)
    assert (await found(home))["home"].ok


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is closed to root")
@pytest.mark.parametrize("inside", ["", "below/home"])
async def test_a_folder_nobody_may_look_into_is_told_and_ends_no_other_check(home, inside):
    home.root.chmod(0)
    try:
        checks = await found(Home(home.root / inside))
    finally:
        home.root.chmod(0o700)
    assert checks["home"].state == checks["settings"].state == "down"
    assert checks["clock"].ok


async def test_settings_nobody_can_read_are_put_aside_when_asked(home):
    home.settings.write_text("budget_usd = [")
    check = (await found(home))["settings"]
    assert check.state == "down"
    assert str(home.settings) in check.command.text("ru")
    await repair(check)
    assert (await found(home))["settings"].ok
    assert [file.read_text() for file in home.root.glob("settings.toml.*.bad")] == ["budget_usd = ["]


async def test_what_cannot_be_repaired_is_refused(home):
    check = (await found(home))["provider"]
    with pytest.raises(InputError) as refused:
        await repair(check)
    assert refused.value.code == "no-repair"


async def test_a_damaged_database_is_found_without_an_engine_and_beside_one(home):
    async with open_engine(home, team="demo"):
        assert (await found(home))["databases"].ok
    assert (await found(home))["databases"].finding.facts["files"] == 5
    with closing(sqlite3.connect(home.ledger)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = home.ledger.read_bytes()
    home.ledger.write_bytes(content[:1024] + b"\xa5" * (len(content) - 1024))
    check = (await found(home))["databases"]
    assert (check.state, check.finding.facts["file"]) == ("down", "ledger.db")


async def test_an_engine_that_works_here_is_told_and_its_lock_is_left_alone(home):
    assert (await found(home))["engine"].finding.message == "doctor-engine-none"
    code = "import sys; from pathlib import Path; from engine.lock import FolderLock\n"
    code += "with FolderLock(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"
    command = [sys.executable, "-c", code, str(home.lock)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=install_folder(), text=True, **pipes) as other:  # noqa: ASYNC220
        assert other.stdout.readline().strip() == "held"
        check = (await found(home))["engine"]
        assert (check.state, check.finding.facts["pid"]) == ("ok", str(other.pid))
        given = {"id": "loop", "name": Words("health-system-loop"), "evidence": Words("health-never"), "action": None}
        given |= {"state": "down", "since": 1.0, "checked": 1.0, "period": 5.0, "restartable": False, "history": ()}
        row = SystemStatus(**given, timeout=5.0, limits=None)
        write_snapshot(home.health, [row])
        assert (await found(home))["engine"].finding.message == "doctor-engine-hangs"
        other.stdin.close()
        other.wait(10)
    assert (await found(home))["engine"].finding.message == "doctor-engine-none"
    with FolderLock(home.lock):
        pass


async def test_files_from_the_future_tell_that_the_clock_is_wrong(home):
    home.journal.write_bytes(b"")
    later = time.time() + 40 * 86_400
    os.utime(home.journal, (later, later))
    check = (await found(home))["clock"]
    assert check.state == "down"
    assert time.strftime("%Y-%m-%d", time.localtime(later)) in check.finding.text("en")


async def test_providers_and_the_key_storage_are_examined(home):
    Registry(home.providers).add(Provider("far", "Far", "https://models.example/v1"))
    keyring.set_keyring(LeakyKeyring())
    checks = await found(home)
    assert (checks["provider"].state, checks["keyring"].state) == ("ok", "down")
    home.providers.write_text("[[provider]]\nid = 1")
    checks = await found(home)
    assert (checks["provider"].state, checks["keyring"].state) == ("down", "down")
    keyring.set_keyring(MemoryKeyring())
    checks = await found(home)
    assert checks["provider"].state == "down"
    assert checks["keyring"].ok


@pytest.mark.skipif(sys.platform == "win32", reason="bubblewrap and Xvfb are of Linux")
async def test_a_computer_without_sandbox_or_screen_is_told_what_to_install(home, tmp_path, monkeypatch):
    tools = tmp_path / "tools"
    tools.mkdir()
    monkeypatch.setenv("PATH", str(tools))
    check = (await found(home))["sandbox"]
    assert (check.state, check.command.text("en")) == ("down", "sudo apt-get install bubblewrap")
    monkeypatch.undo()
    bwrap = shutil.which("bwrap")
    (tools / "bwrap").symlink_to(bwrap)
    monkeypatch.setenv("PATH", str(tools))
    check = (await found(home))["screen"]
    assert (check.state, check.command.text("ru")) == ("degraded", "sudo apt-get install xvfb")


async def test_a_frozen_folder_that_was_copied_in_part_is_told(home, monkeypatch):
    for module in ("builders.toolchains.python", "engine.health.doctor"):
        monkeypatch.setattr(f"{module}.frozen", lambda: True)
    check = (await found(home, MULTICODER_TOOLCHAIN=""))["toolchain"]
    assert (check.state, check.repair) == ("down", None)
    assert "MULTICODER_INTERPRETERS" in check.command.text("ru")


@pytest.mark.skipif(sys.platform != "linux", reason="the tools are asked for on Linux only")
async def test_a_computer_without_build_tools_is_told_what_to_install(home, tmp_path, monkeypatch):
    monkeypatch.setattr("builders.toolchains.python.SANDBOX_PATH", str(tmp_path))
    check = (await found(home, MULTICODER_TOOLCHAIN=str(tmp_path)))["binutils"]
    assert (check.state, check.command.text("en")) == ("degraded", "sudo apt-get install binutils")
    assert "objcopy" in check.finding.text("ru")


async def test_a_missing_toolchain_can_be_had_made(home, tmp_path, capsys):
    checks = await examine(home, ENVIRON | {"MULTICODER_TOOLCHAIN": str(tmp_path / "none")})
    assert checks[-1].id == "toolchain"
    assert checks[-1].repair is not None
    assert print_doctor(checks, "en") == 1
    assert "doctor --repair" in capsys.readouterr().out


async def test_a_broken_toolchain_stays_when_no_new_one_can_be_made(home, tmp_path):
    folder = tmp_path / "toolchain"
    folder.mkdir()
    (folder / "mine.txt").write_text("kept")
    offline = {"UV_OFFLINE": "1", "UV_CACHE_DIR": str(tmp_path / "cache")}
    check = (await found(home, MULTICODER_TOOLCHAIN=str(folder), **offline))["toolchain"]
    with pytest.raises(ConfigurationError):
        await repair(check)
    assert (folder / "mine.txt").read_text() == "kept"


@pytest.mark.skipif(sys.platform == "win32", reason="what may be started is a right of its own on POSIX only")
async def test_a_toolchain_that_cannot_even_be_started_is_told(home, tmp_path):
    python = tmp_path / "toolchain" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("")
    check = (await found(home, MULTICODER_TOOLCHAIN=str(python.parents[1])))["toolchain"]
    assert check.state == "down"
    assert "Permission denied" in check.finding.text("en")


def status(state, **more):
    given = {"id": "disk", "name": "Disk", "state": state, "since": time.time(), "evidence": "seen", "action": None}
    return given | more


@pytest.mark.parametrize(
    ("states", "code"), [(["ok"], 0), (["ok", "degraded", "unknown"], 0), (["ok", "down"], 1), ([], 0)]
)
def test_the_exit_code_of_the_status_says_whether_anything_is_down(states, code, capsys):
    rows = [status(state) for state in states]
    assert print_status(rows, "en") == code
    assert print_status(rows, "ru", json=True) == code
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"systems": rows}


def test_the_status_shows_state_in_words_advice_and_nothing_that_steers_a_terminal(capsys):
    rows = [
        status("down", evidence="bad \x1b[31m thing", action="Do this.", since=0),
        status("unknown", since=86_400.0),
    ]
    assert print_status(rows, "ru") == 1
    shown = capsys.readouterr().out
    assert "НЕ РАБОТАЕТ" in shown
    assert "→ Do this." in shown
    assert "\x1b" not in shown
    assert "1970-01-0" in shown


def test_a_status_of_nothing_says_so(capsys):
    assert print_status([], "en") == 0
    assert "No engine" in capsys.readouterr().out
