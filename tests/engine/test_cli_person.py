"""A person at the terminal, at several terminals, and scripts beside them."""

from __future__ import annotations

import asyncio
import signal
import sys
import time

import pytest

from core.i18n import tr
from core.paths import Home
from engine.lock import FolderLock
from memory.archive import SqliteArchive
from tests.e2e.command_line import CommandLine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals and Ctrl+C to others are POSIX")


@pytest.fixture
def cli(tmp_path):
    return CommandLine(tmp_path / "home")


def only_run(cli):
    (row,) = cli("runs", "--json").objects
    return row


def test_decisions_are_typed_at_cards_and_rejection_ends_the_run(cli, tmp_path):
    cli.language = "ru"
    with cli.at_terminal("run", "Сделай калькулятор", "--team", "demo", "--out", tmp_path / "out") as terminal:
        terminal.wait_for("ЗЕЛЁНЫЙ")
        assert "\x1b[1;32mЗЕЛЁНЫЙ" in terminal.raw
        terminal.wait_for("Ваше решение (одобрить / изменить / отклонить):")
        terminal.type("о")
        terminal.wait_for("Введите одно из")
        terminal.wait_for("Ваше решение")
        terminal.type("изменить")
        terminal.wait_for("Что сделать иначе?")
        terminal.type("с крупными кнопками")
        terminal.wait_for("Ваше решение")
        terminal.type("од")
        terminal.wait_for("Готово, когда:")
        terminal.wait_for("Ваше решение")
        terminal.type("ОТКЛ")
        assert terminal.end() == 12
        assert tr("outcome-rejected", "ru") in terminal.seen
        cards = [line for line in terminal.seen.splitlines() if line.startswith(("│", "╭", "╰"))]
        assert cards
        assert max(map(len, cards)) <= 80
    (shown,) = cli("show", only_run(cli)["run"], "--json").objects
    assert [message["text"] for message in shown["messages"]][:2] == ["Сделай калькулятор", "с крупными кнопками"]
    assert shown["outcome"] == "rejected"


def test_ctrl_c_at_a_question_leaves_the_card_for_later(cli, tmp_path):
    with cli.at_terminal("run", "Make a program", "--team", "demo", "--out", tmp_path / "out") as terminal:
        terminal.wait_for("Which sample program")
        terminal.type("Text statistics")
        terminal.wait_for("How shall it look")
        terminal.press_ctrl("c")
        assert terminal.end() == 130
        run = only_run(cli)["run"]
        assert f"resume {run}" in terminal.seen
        assert "Traceback" not in terminal.seen
    with cli.at_terminal("resume") as terminal:
        terminal.wait_for("Which sample program")
        terminal.type("Text statistics")
        terminal.wait_for("How shall it look")
        terminal.type("")
        terminal.wait_for("What shall the program be called?")
        terminal.type("")
        terminal.wait_for("GREEN")
        terminal.press_ctrl("d")
        assert terminal.end() == 130
    assert only_run(cli)["outcome"] == ""
    (shown,) = cli("show", run, "--json").objects
    decisions = [event["data"]["decision"] for event in shown["events"] if event["name"] == "decision.taken"]
    assert decisions == ["answer"]


def started(cli, out):
    """A run in its own process that has got as far as its first module."""
    process = cli.start("run", "Make a calculator", "--team", "demo", "--yes", "--json", "--out", out)
    for line in process.stdout:
        if b'"module.accepted"' in line:
            return process
    raise AssertionError(process.stderr.read())


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_a_run_is_watched_paused_and_cancelled_from_outside(cli, tmp_path):
    process = started(cli, tmp_path / "out")
    try:
        row = only_run(cli)
        assert row["outcome"] == ""
        (shown,) = cli("show", row["run"], "--json").objects
        assert {"plan.drawn", "module.accepted"} <= {event["name"] for event in shown["events"]}
        assert shown["steps"]
        assert shown["spent"]["calls"] > 3
        asked = time.monotonic()
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
        assert process.returncode == 130
        assert time.monotonic() - asked < 20
        assert '"outcome": "paused"' in rest.decode().splitlines()[-1]
    finally:
        if process.poll() is None:
            process.kill()
    people = cli("show", row["run"])
    assert tr("state-unfinished", "en") in people.out
    assert tr("show-steps", "en", run=row["run"]).splitlines()[0] in people.out
    process = cli.start("resume", "--yes")
    try:
        process.stdout.readline()
        cancelled = cli("cancel", row["run"])
        assert cancelled.code == 0, cancelled
        process.communicate(timeout=60)
        assert process.returncode == 130
    finally:
        if process.poll() is None:
            process.kill()
    assert only_run(cli)["outcome"] == "cancelled"
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.slow
def test_a_run_is_rewound_to_a_step_and_done_again(cli, tmp_path):
    out = tmp_path / "out"
    make = ("run", "Make a program for text statistics", "--target", "source", "--team", "demo", "--yes", "--json")
    finished = cli(*make, "--out", out)
    assert finished.code == 0, finished.err
    run = finished.objects[-1]["run"]
    (shown,) = cli("show", run, "--json").objects
    step = next(step["number"] for step in shown["steps"] if step["next"] == ["architect"])
    assert cli("rewind", run, 9999).code == 2
    assert cli("rewind", run, step).code == 0
    assert only_run(cli)["outcome"] == ""
    again = cli("resume", run, "--yes", "--json")
    assert again.code == 0, again.err
    assert "plan.drawn" in [item["name"] for item in again.objects]
    assert "message.understood" not in [item["name"] for item in again.objects]


@pytest.mark.slow
def test_json_output_of_a_piped_run_is_objects_only_and_lines_are_plain(cli, tmp_path):
    question = cli("run", "What can you do?", "--team", "demo", "--json", "--out", tmp_path / "out")
    assert question.code == 10
    names = [item["name"] for item in question.objects]
    assert names[0] == "message.received"
    assert names[-1] == "run.result"
    assert question.err == ""
    plain = cli("run", "Что ты умеешь?", "--team", "demo", "--out", tmp_path / "out")
    assert plain.code == 10
    assert "\x1b" not in plain.out
    assert tr("demo-label", "ru") in plain.out


async def test_a_run_that_ends_before_it_hears_of_the_cancel_is_not_called_cancelled(cli):
    home = Home(cli.home)
    home.prepare()
    archive = SqliteArchive(home.database)
    try:
        project = (await archive.add_project("talk", out="out", locale="en")).project
        message = await archive.add_message(project, "r-1", "person", "What can you do?")
        await archive.add_run("r-1", project, message, {"locale": "en", "team": "demo"})
        with FolderLock(home.lock):
            process = cli.start("cancel", "r-1")
            until = time.monotonic() + 60
            while not (home.runs / "r-1.request").exists():
                assert time.monotonic() < until
                await asyncio.sleep(0.05)
            await archive.set_outcome("r-1", "answered")
            out, err = process.communicate(timeout=60)
    finally:
        archive.close()
    assert process.returncode == 2, err
    assert tr("outcome-answered", "en") in err.decode()
    assert tr("cancel-done", "en", run="r-1") not in out.decode()
    assert list(home.runs.iterdir()) == []
