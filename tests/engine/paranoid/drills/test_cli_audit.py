from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from engine.cli_audit import audit as audit_command
from engine.journal import read_journal
from engine.paranoid.drills.catalogue import drills


@pytest.fixture
def command():
    """The command in a program of its own."""
    app = typer.Typer()
    app.command()(audit_command)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def test_the_list_names_every_drill(command, home):
    shown = command("--list", "--home", home.root)
    assert shown.exit_code == 0
    assert all(f"{drill.id}  [{drill.fault}]" in shown.output for drill in drills())


def test_the_list_as_objects(command, home):
    rows = [json.loads(line) for line in command("--list", "--json", "--home", home.root).output.splitlines()]
    assert [row["id"] for row in rows] == [drill.id for drill in drills()]
    assert all(row["name"] and row["story"] and row["seconds"] > 0 for row in rows)
    assert {row["id"] for row in rows if not row["safe"]} == {"runner-missing", "sandbox-escape"}


def test_a_drill_is_told_in_the_persons_language(audit, home):
    ended = audit(home.root, "--drill", "odd-paths", LANG="ru_RU.UTF-8")
    assert ended.code == 0, ended.out
    assert "Опасные имена файлов: выдержано" in ended.out
    assert "Папка данных в точности та же, что и была." in ended.out


@pytest.mark.slow
def test_what_was_done_and_seen_is_told_and_kept_in_the_journal(audit, worked_home):
    ended = audit(worked_home.root, "--drill", "odd-paths")
    assert ended.code == 0, ended.out
    assert "Dangerous file names: held" in ended.out
    assert "[+] 7 ordinary names are accepted" in ended.out
    rows = read_journal(worked_home.journal, types=("AUDIT",))[-2:]
    assert [row.name for row in rows] == ["drill.started", "drill.finished"]
    assert rows[1].data["state"] == "held"


def test_an_unknown_drill_is_an_error_in_words(audit, home):
    ended = audit(home.root, "--drill", "no-such")
    assert ended.code == 2
    assert "There is no drill “no-such”." in ended.err
    assert "odd-paths" in ended.err


@pytest.mark.slow
def test_a_data_folder_that_does_not_exist_is_not_made(audit, tmp_path):
    ended = audit(tmp_path / "nowhere", "--drill", "bit-flip", "--json")
    assert ended.code == 0, ended.err
    assert not (tmp_path / "nowhere").exists()
