"""A finished program is started in the sandbox from its card, and what was seen of it stands below."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest

from tests.gui.artifact_stand import RUN, choose, click, delivered
from tests.gui.chat_stand import S

TRY, CANCEL = "_multicoder/versions/try", "_multicoder/tasks/cancel"
PLAIN = {"title": "", "alive": False, "picture": "", "limit": 20.0, "ending": "exit", "exit_code": 0, "seconds": 0.4}
QUIET = {"stdout": "", "stderr": "", "cut": False}


def task(state, **more):
    return {"task": "t-1", "kind": "trial", "title": "Trying", "subject": "p/v2", "state": state, **more}


def result(look, **more):
    return {"look": look, **PLAIN, **QUIET, **more}


@pytest.fixture
def trying(talking, scripted, tmp_path):
    """A program that was just started."""
    scripted.answers[TRY] = {"task": task("waiting")}
    delivered(talking, scripted, tmp_path)
    choose(talking, "runInSandbox")
    talking.until(lambda: talking.shown("trialStop") and talking.shown("trialStop").isEnabled())
    return talking


def come(window, engine, state, **more):
    """The engine tells how the trial stands; returns what the card says of it."""
    engine.tell("_multicoder/tasks", {"tasks": [task(state, **more)]})
    window.until(lambda: window.shown("trialTold") or state == "running")
    return window.shown("trialTold").property("text") if window.shown("trialTold") else ""


def test_a_window_is_shown_as_a_picture_and_taken_away_again(trying, scripted, tmp_path):
    assert scripted.params(TRY) == [{"sessionId": S, "run": RUN, "version": 2}]
    picture = tmp_path / "trial" / "screenshot.png"
    picture.parent.mkdir()
    image = QImage(200, 120, QImage.Format.Format_RGB32)
    image.fill(0x3366FF)
    assert image.save(str(picture))
    come(trying, scripted, "running")
    assert trying.shown("trialWorks")
    seen = result("window", title="Calculator", alive=True, ending="closed", picture=str(picture))
    assert come(trying, scripted, "done", result=seen).startswith("It opened the window “Calculator”")
    trying.until(lambda: trying.shown("trialPicture"))
    assert trying.shown("trialPicture").width() == 200
    assert trying.shown("trialOutput") is None
    click(trying, trying.shown("trialClose"))
    trying.until(lambda: not trying.shown("trialPart"))
    choose(trying, "runInSandbox")
    assert len(scripted.params(TRY)) == 2


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (result("console", stdout="6 words\n"), "It ended by itself after 0.4 s with exit code 0."),
        (result("console", ending="timeout", exit_code=None), "It was still running after 20 s"),
        (result("console", ending="signal", exit_code=None), "It broke off after 0.4 s."),
        (result("console", ending="output", exit_code=None), "It was stopped because its output never ended."),
        (result("window", exit_code=1), "It opened no window that stayed. It ended by itself"),
        (result("server", title="HTTP 200", ending="closed"), "It answered as a server: HTTP 200."),
        (result("server", exit_code=3), "No server answered. It ended by itself"),
        (result("pages"), "The page as a browser draws it here."),
        (result("pages", ending="", exit_code=None), "There is no browser on this computer"),
    ],
)
def test_what_came_of_it_is_said_in_words(trying, scripted, seen, said):
    assert come(trying, scripted, "done", result=seen).startswith(said)
    output = trying.shown("trialOutput")
    assert (output.property("foreign") if output else "") == seen["stdout"].strip()


def test_it_can_be_stopped(trying, scripted):
    scripted.answers[CANCEL] = {"task": task("cancelled")}
    name = QAccessible.queryAccessibleInterface(trying.shown("trialStop")).text(QAccessible.Text.Name)
    assert name == "Stop the trial"
    trying.shown("trialStop").forceActiveFocus()
    QTest.keyClick(trying.root, Qt.Key.Key_Space)
    trying.until(lambda: trying.shown("trialTold"))
    assert scripted.params(CANCEL) == [{"task": "t-1"}]
    assert trying.shown("trialTold").property("text") == "It was stopped."


def test_output_is_shown_as_it_is_and_nothing_of_it_is_markup(trying, scripted):
    seen = result("console", stdout="<b>bold</b>\n", stderr="oh\u202eno", cut=True)
    come(trying, scripted, "done", result=seen)
    box = trying.shown("trialOutput")
    shown = next(item for item in trying.items(box) if item.objectName() == "stageOutput")
    assert shown.property("text") == "<b>bold</b>\noh[U+202E]no"


def test_a_file_nobody_has_any_more_can_be_built_again(trying, scripted):
    assert trying.shown("rebuildButton") is None
    words = {"kind": "version-gone", "what": "Nobody has it.", "did": "", "next": "Build it again."}
    assert come(trying, scripted, "failed", problem=words) == "Nobody has it. Build it again."
    assert trying.shown("rebuildButton")


def test_an_engine_that_was_started_again_is_asked_what_became_of_it(trying, scripted):
    lost = {"tasks": [task("done", result=result("console"))]}
    scripted.answers["_multicoder/tasks/list"] = lost
    scripted.crash()
    states = trying.application.trials
    trying.until(lambda: states.property("states")[f"{RUN}/2"]["state"] == "done")
    assert states.property("states")[f"{RUN}/2"]["exit_code"] == 0
