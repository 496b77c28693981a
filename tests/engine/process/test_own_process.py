from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from core.paths import HOME_VARIABLE
from engine.own_process import PIPE, console_program, leave_boot_loader, own_command, own_environment, start_own

REPORT = """
import json, os, sys
import agents, core
print(json.dumps({
    "arguments": sys.argv[1:], "agents": agents.__file__, "core": core.__file__, "cwd": os.getcwd(),
    "session": os.getsid(0) == os.getpid(), "descriptors": sorted(os.listdir("/proc/self/fd"), key=int),
    "home": os.environ["MULTICODER_HOME"], "input": sys.stdin.read(),
}))
"""


def reported(home, tmp_path, **options):
    script = tmp_path / "report.py"
    script.write_text(REPORT)
    with start_own(("word",), home=home, program=(sys.executable, "-P", str(script)), stdout=PIPE, **options) as child:
        return json.loads(child.communicate(timeout=20)[0])


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="looks at the descriptors of a process")  # noqa: PTH112
def test_nothing_is_inherited_and_our_packages_are_ours_whatever_the_folder(home, tmp_path, monkeypatch):
    foreign = tmp_path / "foreign"
    (foreign / "agents").mkdir(parents=True)
    (foreign / "agents" / "__init__.py").touch()
    monkeypatch.chdir(foreign)
    monkeypatch.setenv("PYTHONPATH", str(foreign))
    with (tmp_path / "secret").open("w") as secret:
        os.set_inheritable(secret.fileno(), True)  # noqa: FBT003
        found = reported(home, tmp_path)
        assert str(secret.fileno()) not in found["descriptors"][3:-1]
    assert found["arguments"] == ["word", "--home", str(home.root)]
    assert os.path.dirname(os.path.dirname(found["agents"])) == os.path.dirname(os.path.dirname(found["core"]))  # noqa: PTH120
    assert found["home"] == str(home.root)
    assert found["session"]
    assert found["input"] == ""
    assert found["cwd"] == str(foreign)
    assert len(found["descriptors"]) == 4  # the three, and the one that lists them


def test_a_detached_process_lets_go_of_the_callers_folder(home, tmp_path):
    assert reported(home, tmp_path, detached=True)["cwd"] == str(home.root)


def test_the_command_really_starts_our_program(home, tmp_path):
    shown = subprocess.run(
        own_command("--help"),
        cwd=tmp_path,
        env=own_environment(home, {"PATH": os.defpath}),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "multicoder" in shown.stdout


def test_a_frozen_program_starts_its_console_sibling(home, tmp_path, monkeypatch):
    for name in ("MultiCoder.exe", "multicoder.com"):
        (tmp_path / name).touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "MultiCoder.exe"))
    assert own_command("acp") == [str(tmp_path / "multicoder.com"), "acp"]
    assert own_environment(home, {"KEPT": "1"}) == {
        HOME_VARIABLE: str(home.root),
        "KEPT": "1",
        **({"MALLOC_ARENA_MAX": "2"} if sys.platform == "linux" else {}),
    }
    assert own_environment(home, {"MALLOC_ARENA_MAX": "5"}).get("MALLOC_ARENA_MAX") == "5"


@pytest.mark.parametrize("theirs", [{}, {"LD_LIBRARY_PATH": "/theirs"}])
def test_what_the_boot_loader_put_into_the_environment_reaches_no_child(monkeypatch, theirs):
    monkeypatch.setattr(sys, "platform", "linux")
    kept = {f"{name}_ORIG": path for name, path in theirs.items()}
    environ = {"_PYI_ARCHIVE_FILE": "x", "_MEIPASS2": "x", "LD_LIBRARY_PATH": "/ours:/theirs", "KEPT": "1", **kept}
    leave_boot_loader(environ)
    assert environ == {"KEPT": "1", **theirs}


@pytest.mark.parametrize(
    ("running", "console"),
    [
        ("MultiCoder", "multicoder"),
        ("multicoder", "multicoder"),
        ("MultiCoder.exe", "multicoder.com"),
        ("multicoder.com", "multicoder.com"),
    ],
)
def test_the_console_program_stands_beside_the_windowed_one_under_a_name_of_its_own(tmp_path, running, console):
    assert console_program(tmp_path / running) == tmp_path / console
