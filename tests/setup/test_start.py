"""What `mc.py` starts, and what it says when it cannot."""

from __future__ import annotations

import stat
import subprocess
import sys

import pytest

from starter import commands, main
from starter.commands import ROOT, SetupFailed


@pytest.fixture
def started(monkeypatch) -> list[list[str]]:
    """Commands handed over to; nothing is set up."""
    seen: list[list[str]] = []
    monkeypatch.setattr(main, "set_up", lambda **_: None)
    monkeypatch.setattr(main, "hand_over", lambda argv: seen.append([str(word) for word in argv]) or 0)
    return seen


class TestArguments:
    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
    def test_none_make_the_sample_program_where_there_is_no_screen(self, started, monkeypatch):
        monkeypatch.delenv("DISPLAY", raising=False)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        assert main.start([]) == 0
        assert started[0][-len(main.FIRST_RUN) :] == list(main.FIRST_RUN)

    def test_none_open_the_window_where_there_is_one(self, started, monkeypatch):
        monkeypatch.setenv("DISPLAY", ":1")
        assert main.start([]) == 0
        assert started[0][1:] == ["-P", "-m", "engine.cli"]

    def test_all_go_to_the_command_line_as_they_are(self, started):
        assert main.start(["run", "a task; with $signs", "--out", "x"]) == 0
        assert started[0][1:] == ["-P", "-m", "engine.cli", "run", "a task; with $signs", "--out", "x"]

    def test_setup_starts_nothing(self, started):
        assert main.start(["setup"]) == 0
        assert started == []


@pytest.fixture
def checks(monkeypatch):
    """Run the checks with every tool replaced by a command that ends as told."""

    def run(arguments, failing=()):
        seen = []

        def stand_in(argv, **_):
            seen.append(argv)
            return 3 if any(name in argv for name in failing) else 0

        monkeypatch.setattr(main.subprocess, "call", stand_in)
        return main.run_tests(arguments), seen

    return run


class TestChecks:
    def test_slow_tests_wait_to_be_asked_for(self, checks):
        assert checks([])[1][-1][-2:] == ["-m", "not slow"]
        assert "not slow" not in checks(["--slow"])[1][-1]

    def test_arguments_reach_pytest_without_our_own(self, checks):
        argv = checks(["--slow", "tests/core", "-k", "x"])[1][-1]
        assert "pytest" in argv
        assert argv[-3:] == ["tests/core", "-k", "x"]
        assert not {"--slow", "--lint-only", "not slow"} & set(argv)

    def test_lint_only_runs_no_tests(self, checks):
        code, seen = checks(["--lint-only"])
        assert code == 0
        assert not any("pytest" in argv for argv in seen)

    def test_a_failed_check_fails_the_whole_and_hides_no_other(self, checks):
        code, seen = checks([], failing=("mypy",))
        assert code == 3
        assert "pytest" in seen[-1]


class TestCommands:
    @pytest.fixture(autouse=True)
    def state(self, tmp_path, monkeypatch):
        monkeypatch.setattr(commands, "STATE", tmp_path)
        monkeypatch.setattr(commands, "LOG", tmp_path / "setup.log")

    def test_output_is_returned_and_kept(self):
        code, output = commands.call([sys.executable, "-c", "print('one'); import sys; print('two', file=sys.stderr)"])
        assert code == 0
        assert sorted(output.split()) == ["one", "two"]
        assert "one" in commands.LOG.read_text(encoding="utf-8")
        if sys.platform != "win32":
            assert stat.S_IMODE(commands.LOG.stat().st_mode) == 0o600

    def test_a_missing_program_is_a_code_not_an_exception(self):
        assert commands.call(["no-such-program-here"])[0] == 127

    def test_a_failure_says_what_happened_what_was_tried_and_what_to_do(self):
        with pytest.raises(SetupFailed) as failure:
            commands.must([sys.executable, "-c", "print('broken thing'); raise SystemExit(4)"], "buy a new one")
        text = str(failure.value)
        assert "ended with code 4" in text
        assert "broken thing" in text
        assert "What was tried: " in text
        assert "What to do: buy a new one" in text

    def test_children_get_no_foreign_python(self, monkeypatch):
        monkeypatch.setenv("PYTHONPATH", "/elsewhere")
        monkeypatch.setenv("VIRTUAL_ENV", "/elsewhere")
        env = commands.child_environment()
        assert "PYTHONPATH" not in env
        assert "VIRTUAL_ENV" not in env
        assert env["MULTICODER_TOOLCHAIN"] == str(commands.TOOLCHAIN)

    def test_two_set_ups_take_turns(self, tmp_path):
        code = (
            "import sys, time; from pathlib import Path; from starter import commands\n"
            f"commands.STATE = Path({str(tmp_path)!r})\n"
            "with commands.alone():\n"
            "    print('in', flush=True); time.sleep(0.5); print('out', flush=True)\n"
        )
        log = tmp_path / "order"
        with log.open("wb") as stream:
            both = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=stream) for _ in range(2)]
            assert [child.wait(60) for child in both] == [0, 0]
        assert log.read_text(encoding="utf-8").split() == ["in", "out", "in", "out"]


def test_a_broken_checkout_is_told_not_traced(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(main, "ROOT", tmp_path)
    monkeypatch.setattr(main, "VENV", tmp_path / ".venv")
    assert main.start(["status"]) == 1
    told = capsys.readouterr().err
    assert "What was tried" in told
    assert "Traceback" not in told
