"""The run, its results and what is handed over, as cards."""

from __future__ import annotations

import json
import time
import zipfile

import cards_stand
import pytest
from PySide6.QtCore import Property, QMetaObject, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest

from core.paths import Home
from gui.board.rows import Rows
from gui.composer.summaries import zip_summary

STAGES = [
    {"id": "r-1/judge/3", "title": "Judging", "status": "completed", "output": "GREEN", "diffs": []},
    {"id": "r-1/page/1", "title": "page, 1", "status": "failed", "output": "no title", "diffs": []},
    {
        "id": "r-1/page/2",
        "title": "page, 2",
        "status": "completed",
        "output": "12 passed",
        "diffs": [{"path": "index.html", "old": "one\ntwo\n", "new": "one\nTWO\n"}],
    },
    {"id": "r-1/build/9", "title": "Building the file", "status": "pending", "output": "", "diffs": []},
]
MODULES = [
    {"name": "page", "state": "writing", "model": "a/b", "tokens": 1200, "seconds": 65},
    {"name": "look", "state": "accepted", "model": "a/b", "tokens": 10, "seconds": 1},
    {"name": "logic", "state": "stuck"},
]


def run(**more):
    base = {"title": "Bakery", "percent": 62, "done": 8, "total": 13, "seconds": 372, "state": "running"}
    return {**base, "stages": STAGES, "modules": MODULES, "run": "r-1", "task": "t-1", **more}


class Tasks(Rows):
    """The tasks of an engine that is not there; writes down what it is told."""

    def __init__(self, parent):
        roles = ("task", "kind", "title", "state", "reason", "progress", "step", "priority", "ended")
        super().__init__(roles, "task", parent)
        self.told = []

    @Slot(str, int)
    def prioritise(self, task, priority):
        self.told.append((task, priority))

    @Slot(str, str)
    def resume(self, task, note):
        self.told.append((task, "resume", note))

    @Slot(str, str)
    def pause(self, task, note):
        self.told.append((task, "pause", note))

    @Slot(str)
    def cancel(self, task):
        self.told.append((task, "cancel"))

    running = Property(int, lambda _: 1, constant=True)


@pytest.fixture
def stage(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    holder = QObject()
    made = cards_stand.Stage(home, Tasks(holder))
    yield made
    made.close()
    assert made.warnings == []


def click(stage, item):
    point = item.mapToScene(item.boundingRect().center()).toPoint()
    QTest.mouseClick(stage.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(point))
    stage.settle()


def head(stage, place):
    """What is clicked of a module."""
    row = stage.all("moduleRow")[place]
    return next(item for item in stage.items(row) if item.objectName() == "stepHead")


def delivered(folder, *, screenshot=True):
    """A finished program with its evidence, as the engine lays them."""
    file = folder / "calculator.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("main.py", "print(1)\n")
    evidence = folder / "calculator.zip-evidence"
    evidence.mkdir()
    report = {"tests": {"passed": 34, "failed": 0, "errors": 0}, "machine": "Linux", "version": 1}
    (evidence / "report.json").write_text(json.dumps(report), encoding="utf-8")
    (evidence / "report.md").write_text("# Report\n", encoding="utf-8")
    if screenshot:
        picture = QImage(300, 200, QImage.Format.Format_RGB32)
        picture.fill(QColor(10, 20, 30))
        picture.save(str(evidence / "screenshot.png"))
    return file


def artifact(file, **more):
    base = {"path": str(file), "name": file.name, "size": 0, "sha256": "", "version": 1, "evidence": "", "run": "r-1"}
    return {**base, "missing": False, **more}


def test_a_run_says_how_far_it_is_and_shows_its_modules_in_words(stage):
    stage.show(("RunTimeline", run()))
    assert stage.find("runHeading").property("text") == "Building · 62 % (8 of 13 modules)"
    assert "6 m 12 s" in stage.find("runElapsed").property("text")
    assert [row.property("name") for row in stage.all("moduleRow")] == ["page", "look", "logic"]
    assert {"writing", "done", "stuck", "Judging", "Building the file"} <= set(stage.texts())
    assert {head(stage, at).height() for at in range(3)} == {36}


def test_a_module_opens_its_drafts_with_log_and_changes(stage):
    stage.show(("RunTimeline", run()))
    click(stage, head(stage, 0))
    assert stage.find("stageOutput").property("text") == "12 passed"
    assert {"Draft 1", "Draft 2", "Changes"} <= set(stage.texts())
    click(stage, next(item for item in stage.items() if item.property("text") == "Draft 1" and item.isVisible()))
    assert stage.find("stageOutput").property("text") == "no title"
    click(stage, next(item for item in stage.items() if item.property("text") == "Draft 2" and item.isVisible()))
    click(stage, next(item for item in stage.items() if item.property("text") == "Changes" and item.isVisible()))
    assert {"index.html", "two", "TWO"} <= set(stage.texts())


def test_what_was_opened_stays_open_while_the_run_goes_on(stage):
    card = stage.show(("RunTimeline", run()))[0]
    click(stage, head(stage, 0))
    rows = stage.all("moduleRow")
    later = [*STAGES, {"id": "r-1/smoke/12", "title": "Trying it", "status": "in_progress", "output": "", "diffs": []}]
    card.setProperty(
        "content", run(percent=80, stages=later, modules=[{**MODULES[0], "state": "accepted"}, *MODULES[1:]])
    )
    stage.settle()
    assert stage.all("moduleRow") == rows
    assert stage.find("stageOutput").property("text") == "12 passed"
    assert "Trying it" in stage.texts()
    again = [{**found, "output": "13 passed"} if found["id"] == "r-1/page/2" else found for found in later]
    card.setProperty("content", run(percent=80, stages=again))
    stage.settle()
    assert stage.find("stageOutput").property("text") == "13 passed"


def test_a_run_is_paused_gone_on_with_and_cancelled_only_after_a_question(stage):
    card = stage.show(("RunTimeline", run()))[0]
    click(stage, stage.find("pauseButton"))
    card.setProperty("content", run(state="paused"))
    stage.settle()
    click(stage, stage.find("pauseButton"))
    click(stage, stage.find("cancelButton"))
    assert stage.told == ["pause", "resume"]
    click(stage, stage.find("confirmCancelButton"))
    assert stage.told == ["pause", "resume", "stop"]


def test_a_run_the_guard_paused_goes_on_only_with_a_reason(stage):
    stage.show(("RunTimeline", run(state="paused", reason="guard")))
    click(stage, stage.find("pauseButton"))
    assert stage.told == []
    field = stage.find("reasonField")
    inside = next(item for item in stage.items(field) if item.property("placeholderText") is not None)
    inside.forceActiveFocus()
    QTest.keyClick(stage.root, Qt.Key.Key_Return)
    assert stage.app.tasks.told == []
    for letter in "ok":
        QTest.keyClick(stage.root, letter)
    QTest.keyClick(stage.root, Qt.Key.Key_Return)
    stage.settle()
    assert stage.app.tasks.told == [("t-1", "resume", "ok")]


def test_the_time_of_a_run_that_works_is_counted_from_its_beginning(stage):
    stage.show(("RunTimeline", run(since=time.time() - 3_725)))
    assert "1 h 2 m" in stage.find("runElapsed").property("text")


def test_a_run_that_is_over_is_one_line_that_opens_again(stage):
    card = stage.show(("RunTimeline", run(state="done")))[0]
    assert stage.find("runLine").property("text") == "Built in 6 m 12 s"
    assert stage.all("moduleRow") == []
    assert card.implicitHeight() == 36
    click(stage, stage.find("runLine"))
    assert len(stage.all("moduleRow")) == 3
    assert stage.find("pauseButton") is None


def test_the_clock_of_a_run_ticks_only_while_it_works(stage):
    card = stage.show(("RunTimeline", run()))[0]
    stage.until(lambda: card.property("beat") > 0)
    card.setProperty("content", run(state="paused"))
    stage.settle()
    stood = card.property("beat")
    stage.settle(1_300)
    assert card.property("beat") == stood


def test_a_finished_program_shows_its_facts_its_tests_and_its_picture(stage, tmp_path):
    file = delivered(tmp_path)
    stage.show(("ArtifactCard", artifact(file)))
    stage.until(lambda: "34/34" in stage.find("artifactFacts").property("text"))
    words = stage.find("artifactFacts").property("text")
    assert "SHA-256" in words
    assert "Source code" in words
    stage.until(lambda: stage.find("artifactScreenshot") is not None)
    assert stage.find("artifactChanged") is None


def test_a_file_that_is_not_what_was_delivered_is_told(stage, tmp_path):
    file = delivered(tmp_path, screenshot=False)
    stage.show(("ArtifactCard", artifact(file, sha256="0" * 64)))
    stage.until(lambda: stage.find("artifactChanged") is not None)


def test_a_missing_file_can_be_built_again(stage, tmp_path):
    stage.show(("ArtifactCard", artifact(tmp_path / "gone.exe", sha256="ab" * 32)))
    assert stage.find("saveAsButton") is None
    click(stage, stage.find("rebuildButton"))
    assert stage.told == [("send", "Build “gone.exe” again.", [])]


def test_the_hash_is_copied_from_the_menu(stage, tmp_path):
    stage.show(("ArtifactCard", artifact(delivered(tmp_path), sha256="ab" * 32)))
    click(stage, stage.find("artifactMore"))
    entry = next(item for item in stage.items() if item.property("text") == "Copy SHA-256" and item.isVisible())
    click(stage, entry)
    assert QGuiApplication.clipboard().text() == "ab" * 32


def test_an_error_says_what_was_done_and_is_tried_again(stage):
    content = {
        "what": "No answer",
        "did": "Asked three times.",
        "next": "Try later.",
        "kind": "provider",
        "retry": "t-4",
    }
    stage.show(("ErrorCard", content))
    assert {"No answer", "Asked three times.", "Try later."} <= set(stage.texts())
    click(stage, stage.find("retryButton"))
    assert stage.told == ["resume"]


def test_a_project_is_looked_into_before_anything_is_done_with_it(stage, tmp_path):
    file = tmp_path / "shop.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("shop/app.py", "1\n")
        archive.writestr("shop/lib/a.py", "1\n")
        archive.writestr("../../evil.py", "1\n")
    with file.open("rb") as opened:
        summary = zip_summary(opened, file.stat().st_size)
    (card,) = stage.show(("UploadCard", {"name": "shop.zip", "summary": summary}))
    wanted = []
    card.buildWanted.connect(lambda: wanted.append(1))
    assert stage.find("uploadFacts").property("text") == "3 file(s) · 6 bytes · Python"
    assert {"shop.zip", "shop/"} <= set(stage.texts())
    assert stage.find("uploadWarning").property("text").startswith("1 name(s) lead out")
    click(stage, stage.find("buildUploadButton"))
    assert wanted == [1]


def test_tasks_are_moved_paused_and_let_go_on_with_a_reason(stage):
    row = {"kind": "run", "reason": "", "progress": 0.4, "step": "", "priority": 0, "ended": False}
    rows = [
        {**row, "task": "t-1", "title": "Clock", "state": "running"},
        {**row, "task": "t-2", "title": "Mail", "state": "paused", "reason": "guard"},
    ]
    tasks = stage.app.tasks
    popup = stage.show(("TasksPopover", {}))[0]
    QMetaObject.invokeMethod(popup, "open")
    stage.settle()
    assert any(text.startswith("Nothing is being worked on") for text in stage.texts())
    tasks.show(rows)
    stage.settle()
    assert len(stage.all("taskRow")) == 2
    named = {item.property("text"): item for item in stage.items(stage.all("taskRow")[0]) if item.property("iconName")}
    click(stage, named["Sooner"])
    click(stage, named["Pause"])
    assert tasks.told == [("t-1", 10), ("t-1", "pause", "")]
    named = {item.property("text"): item for item in stage.items(stage.all("taskRow")[1]) if item.property("iconName")}
    click(stage, named["Resume"])
    assert len(tasks.told) == 2  # the guard wants a reason first
    field = next(item for item in stage.items(stage.all("taskRow")[1]) if item.property("placeholderText") is not None)
    field.forceActiveFocus()
    for letter in "ok":
        QTest.keyClick(stage.root, letter)
    QTest.keyClick(stage.root, Qt.Key.Key_Return)
    stage.settle()
    assert tasks.told[2:] == [("t-2", "resume", "ok")]


def test_everything_the_keyboard_reaches_has_a_name_and_is_large_enough(stage, tmp_path):
    stage.show(
        ("ApprovalCard", cards_stand.recorded("plan_green")),
        ("QuestionCard", cards_stand.asked()),
        ("QuestionCard", cards_stand.purpose()),
        ("LookUpCard", cards_stand.look_up()),
        ("DownloadCard", cards_stand.downloads()),
        ("HoldCard", cards_stand.held("guard", "action-blocked", action="a", kind="download", target="x")),
        ("HoldCard", cards_stand.held("budget", "budget", cap="usd", limit=5)),
        ("RunTimeline", run()),
        ("RunTimeline", run(state="done")),
        ("ArtifactCard", artifact(delivered(tmp_path))),
        ("ErrorCard", {"what": "a", "did": "b", "next": "c", "kind": "provider", "retry": True}),
        ("UploadCard", {"name": "a", "summary": {"files": 1, "names": ["a.py"]}}),
        ("PendingBar", {}),
    )
    reached = [item for item in stage.items() if item.isVisible() and item.activeFocusOnTab()]
    assert len(reached) > 30
    for item in reached:
        named = QAccessible.queryAccessibleInterface(item)
        what = f"{item.objectName()} {item.metaObject().className()}"
        assert named is not None, what
        assert named.text(QAccessible.Text.Name).strip(), what
        assert min(item.width(), item.height()) >= 32, what
