"""`multicoder report` as it is typed."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from core.events import Event
from engine.cli_report import report
from tests.engine.reports.folders import emit
from tests.engine.reports.parsing import read_csv, read_html, read_json


@pytest.fixture
def typed(home):
    app = typer.Typer()

    @app.callback()
    def root() -> None:
        pass

    app.command("report")(report)

    def run(*arguments):
        return CliRunner().invoke(app, ["report", "--home", str(home.root), *map(str, arguments)])

    return run


def test_a_report_is_written_where_it_was_asked_for(home, typed, tmp_path):
    emit(home, Event("BUILD", "build.failed", run="r-1", data={"log": "x"}), Event("ERROR", "node.held", run="r-2"))
    path = tmp_path / "week.html"
    done = typed("-o", path)
    assert (done.exit_code, done.stdout) == (0, f"Report written: {path}\n")
    assert read_html(path).figures["Builds failed"] == "1"


def test_filters_language_and_format_are_heard(home, typed, tmp_path):
    emit(
        home,
        Event("BUILD", "build.failed", at=1_738_281_600.0),
        Event("ERROR", "node.held", at=1_738_281_600.0),
        Event("BUILD", "build.finished", at=1_738_281_600.0 + 86_400),
    )
    path = tmp_path / "x.csv"
    order = ("--format", "CSV", "--since", "2025-01-31", "--until", "2025-01-31", "--type", "build", "--type", "audit")
    assert typed(*order, "--lang", "ru", "-o", path).exit_code == 0
    rows = read_csv(path)
    assert rows[0][4] == "Событие"
    assert [row[4] for row in rows[1:]] == ["build.failed"]
    path = tmp_path / "x.json"
    done = typed("--format", "json", "--risk", "medium", "--json", "-o", path)
    assert json.loads(done.stdout)["totals"]["listed_events"] == 1
    assert [event["name"] for event in read_json(path)["events"]] == ["node.held"]


def test_the_language_of_the_settings_is_that_of_the_report(home, typed, tmp_path):
    home.settings.write_text('language = "ru"\n', encoding="utf-8")
    assert typed("-o", tmp_path / "x.html").exit_code == 0
    assert "Запусков" in read_html(tmp_path / "x.html").figures


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (
            ("--format", "docx"),
            "There is no report format docx.\nNothing was written.\nFormats: html, pdf",
        ),
        (("--since", "soon"), "soon is no date."),
        (("--since", "2025-02-02", "--until", "2025-02-01"), "The period ends (2025-02-02 00:00) before it begins"),
        (("--type", "noise"), "There is no type of event NOISE."),
        (("--risk", "huge"), "There is no risk level huge."),
        (("--lang", "de"), "Reports are not written in de."),
        (("--run", "r-none"), "There is no run r-none."),
        (("--project", "p-none"), "There is no project p-none."),
    ],
)
def test_bad_input_is_explained_with_exit_code_2_and_writes_nothing(typed, tmp_path, order, words):
    folder = tmp_path / "reports"
    folder.mkdir()
    done = typed(*order, "-o", folder / "x.html")
    assert done.exit_code == 2
    assert words in done.stderr
    assert list(folder.iterdir()) == []


def test_an_existing_file_is_replaced_only_by_force(typed, tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("precious", encoding="utf-8")
    done = typed("--format", "txt", "-o", path)
    assert (done.exit_code, path.read_text(encoding="utf-8")) == (2, "precious")
    assert "--force" in done.stderr
    assert typed("--format", "txt", "--force", "-o", path).exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("MultiCoder report")


def test_a_damaged_store_is_told_and_the_rest_is_written(home, typed, tmp_path):
    emit(home, Event("ERROR", "node.held"))
    home.database.write_bytes(b"damaged" * 1000)
    done = typed("-o", tmp_path / "x.html")
    assert done.exit_code == 0
    assert "The archive could not be read" in done.stderr
    assert read_html(tmp_path / "x.html").figures["Errors"] == "1"


def test_without_a_place_to_write_the_command_says_what_is_missing(typed):
    done = typed()
    assert done.exit_code == 2
    assert "--output" in done.stderr or "-o" in done.stderr
