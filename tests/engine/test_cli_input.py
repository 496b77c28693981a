"""Whatever is given wrongly is answered in the person's language, in three sentences, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from core import errors, i18n
from core.i18n import LOCALES, tr
from engine import commands
from engine.cli_app import EXIT_CODES
from engine.lock import FolderLock
from tests.e2e.command_line import ROOT, CommandLine

TASKS = {"en": "Make a calculator", "ru": "Сделай калькулятор"}
HEAVY = ("langgraph", "langchain_core", "openai", "pydantic", "httpx", "rich.console")


@pytest.fixture
def cli(tmp_path):
    return CommandLine(tmp_path / "home")


def refused(result, code, error, language="en"):
    """The error in all its three texts on standard error, nothing else, and no traceback."""
    assert result.code == code, result
    assert "Traceback" not in result.err
    lines = result.err.strip().splitlines()
    assert len(lines) == 3, result
    for line, suffix in zip(lines, ("", ".did", ".next"), strict=True):
        words = fixed_words(f"error-{error}{suffix}", language)
        assert all(word in line for word in words), (words, line)
    assert result.out == ""


def fixed_words(message, language):
    """The words of a text that do not depend on its facts."""

    text = i18n._format(message, language, dict.fromkeys(FACTS, "\0"))[0]
    return [part.strip() for part in text.split("\0") if part.strip()]


FACTS = (
    *("limit", "target", "targets", "folder", "path", "reason", "run", "project", "team", "key", "value", "allowed"),
    *("line", "detail", "provider", "url", "model", "variable", "outcome", "step"),
)


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("task", ["", "  \t\n "])
def test_a_task_without_words_is_refused(cli, language, task):
    cli.language = language
    refused(cli("run", task, "--team", "demo"), 2, "empty-task", language)


def test_ten_megabytes_of_task_are_refused_with_their_length(cli):
    result = cli("run", "-", "--team", "demo", stdin=b"a" * 10_000_000)
    assert result.code == 2
    assert "10,000,000" in result.err
    assert "200,000" in result.err


def test_bytes_that_are_no_text_are_refused(cli):
    refused(cli("run", "-", stdin=b"\xff\xfe\x00make\x00"), 2, "task-not-text")


@pytest.mark.parametrize("language", LOCALES)
def test_an_unknown_target_is_refused_before_anything_is_opened(cli, language):
    refused(cli("run", TASKS[language], "--team", "demo", "--target", "apk"), 2, "unknown-target", language)
    assert not cli.home.exists()


def test_output_folders_that_cannot_take_a_file_are_refused(cli, tmp_path):
    a_file = tmp_path / "file"
    a_file.write_bytes(b"precious")
    for folder, error in (
        (a_file, "out-not-folder"),
        (a_file / "below", "out-not-folder"),
        (ROOT / "engine", "out-inside-install"),
    ):
        refused(cli("run", TASKS["en"], "--team", "demo", "--out", folder), 2, error)
    assert a_file.read_bytes() == b"precious"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_output_folder_is_refused(cli, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    refused(cli("run", TASKS["en"], "--team", "demo", "--out", locked), 2, "out-unwritable")


@pytest.mark.skipif(not sys.platform.startswith("linux") or os.geteuid() != 0, reason="mounting takes root on Linux")
def test_a_full_output_folder_is_refused(cli, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", small], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        result = cli("run", TASKS["ru"], "--team", "demo", "--out", small)
    finally:
        subprocess.run(["umount", small], check=True)
    assert result.code == 2
    assert str(small) in result.err
    assert len(result.err.splitlines()) == 3


def test_attachments_that_cannot_be_read_are_refused(cli, tmp_path):
    binary, large, utf16 = tmp_path / "a.bin", tmp_path / "b.txt", tmp_path / "c.txt"
    binary.write_bytes(b"\x00\x01\xff\xfe" * 10)
    large.write_bytes(b"x" * 1_000_001)
    utf16.write_bytes("слово".encode("utf-16"))
    for path, error in (
        (tmp_path / "missing", "attachment"),
        (tmp_path, "attachment-not-text"),
        (binary, "attachment-not-text"),
        (utf16, "attachment-not-text"),
        (large, "attachment-too-large"),
    ):
        refused(cli("run", TASKS["ru"], "--team", "demo", "--attach", path), 2, error, "ru")


def test_without_a_provider_the_way_to_one_is_shown(cli):
    refused(cli("run", TASKS["ru"]), 2, "no-provider", "ru")


@pytest.mark.slow
def test_an_unknown_team_is_refused_rather_than_replaced(cli):
    cli.environ["MULTICODER_TEAM"] = "nobody"
    refused(cli("run", TASKS["en"]), 2, "unknown-team")
    assert cli("runs", "--json").objects == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [("show", "r-none"), ("resume", "r-none"), ("cancel", "r-none"), ("rewind", "r-none", "3")]
)
def test_an_unknown_run_is_named(cli, command):
    cli.language = "ru"
    result = cli(*command)
    refused(result, 2, "unknown-run", "ru")
    assert "r-none" in result.err


def test_with_no_unfinished_run_there_is_nothing_to_resume(cli):
    refused(cli("resume"), 2, "nothing-to-resume")
    assert cli("runs").out.strip() == tr("runs-none", "en")


@pytest.mark.slow
def test_an_unknown_project_is_named_and_nothing_is_begun(cli):
    refused(cli("run", TASKS["en"], "--team", "demo", "--project", "p-none"), 2, "unknown-project")
    assert cli("runs", "--json").objects == []


@pytest.mark.slow
def test_a_second_instance_waits_outside(cli):
    cli("runs")
    lock = FolderLock(cli.home / "multicoder.lock")
    with lock:
        result = cli("run", TASKS["ru"], "--team", "demo")
    assert result.code == 9
    assert str(os.getpid()) in result.err
    assert len(result.err.splitlines()) == 3
    assert cli("runs", "--json").objects == []


def test_data_folders_that_cannot_be_used_are_refused(cli, tmp_path):
    a_file = tmp_path / "file"
    a_file.write_bytes(b"precious")
    for folder, error in (
        (a_file / "home", "home-missing"),
        ("~nobody-by-this-name/data", "home-missing"),
        (ROOT / "data", "home-in-install"),
    ):
        refused(cli("--home", folder, "runs"), 8, error)
    refused(cli("run", TASKS["ru"], "--team", "demo", "--home", a_file), 8, "home-missing", "ru")
    assert a_file.read_bytes() == b"precious"
    assert not (ROOT / "data").exists()


@pytest.mark.parametrize(
    ("text", "error"),
    [("= broken [", "settings-unreadable"), ("budget_usd = 'many'", "bad-setting"), ("\0", "settings-unreadable")],
)
def test_damaged_settings_are_named_and_left_as_they_are(cli, text, error):
    cli.home.mkdir()
    settings = cli.home / "settings.toml"
    settings.write_text(text)
    refused(cli("run", TASKS["ru"], "--team", "demo"), 2, error, "ru")
    assert settings.read_text() == text


@pytest.mark.slow
def test_a_damaged_list_of_providers_is_named_and_left_as_it_is(cli):
    cli.home.mkdir()
    providers = cli.home / "providers.toml"
    providers.write_text("x = [")
    for command in (
        ("run", TASKS["en"]),
        ("provider", "list"),
        ("provider", "add", "new", "--url", "http://127.0.0.1:9/v1", "--no-key"),
    ):
        result = cli(*command)
        assert result.code == 8, result
        assert "providers.toml" in result.err
    assert providers.read_text() == "x = ["


@pytest.mark.slow
def test_a_damaged_archive_is_named_and_left_as_it_is(cli):
    cli("runs")
    database = cli.home / "multicoder.db"
    database.write_bytes(b"no database at all" * 300)
    for command in (("runs",), ("show", "r-1"), ("run", TASKS["en"], "--team", "demo")):
        result = cli(*command)
        assert result.code == 8, result
        assert "Traceback" not in result.err
        assert "multicoder.db" in result.err
    assert database.read_bytes().startswith(b"no database")


def test_an_error_for_scripts_is_one_object(cli):
    result = cli("run", " ", "--json")
    (told,) = result.objects
    assert (result.code, told["name"], told["code"]) == (2, "error", "empty-task")
    assert told["what"]
    assert told["did"]
    assert told["next"]


def test_help_is_quick_and_names_the_exit_codes(cli):
    result = cli("run", "--help", timeout=20)
    assert result.code == 0
    shown = " ".join(result.out.split())
    assert EXIT_CODES in shown
    for command in ("run", "resume", "runs", "show", "cancel", "rewind", "provider"):
        assert command in cli("--help").out


def test_importing_the_command_line_loads_nothing_heavy():
    code = f"import sys, engine.cli, engine.cli_app; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_documented_exit_codes_are_those_of_the_errors_and_outcomes():
    used = {*commands.EXIT_CODES.values(), commands.EXIT_WAITING, errors.InputError.exit_code}
    used |= {errors.StorageError.exit_code, errors.DataFolderBusy.exit_code, errors.MultiCoderError.exit_code}
    documented = {int(part.split()[0]) for part in EXIT_CODES.removeprefix("Exit codes: ").split("; ")}
    assert used == documented
