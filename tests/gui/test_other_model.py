"""What was written by another model than the first choice says so: under an answer and at a module of a run."""

from __future__ import annotations

import cards_stand
import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

from gui.chat.log import Log
from gui.chat.timeline import Timeline
from tests.gui.test_cards_of_work import MODULES, Tasks, run
from tests.gui.window_scenes import SESSION, Scene

WORDS = "written by two:small instead of one:large: too many requests"


@pytest.fixture
def scene(home):
    found = Scene(home, (1280, 800))
    found.open()
    yield found
    found.close()
    assert found.window.warnings == []


def told(words):
    return {"sessionUpdate": "session_info_update", "_meta": {"multicoder": {"run": "r-1", "instead": words}}}


def test_an_answer_of_another_model_says_so_under_it(scene):
    scene.ask("What is a list?")
    scene.engine.update(SESSION, told(WORDS))
    scene.engine.say(SESSION, "A list is a row of things.", "r-1/answer")
    over = {"sessionUpdate": "session_info_update", "_meta": {"multicoder": {"run": "r-1", "outcome": "answered"}}}
    scene.engine.update(SESSION, over)
    scene.until_last("actions")
    scene.settle(600)
    assert scene.window.shown("otherModelWords").property("text") == WORDS
    badge, buttons = scene.window.shown("otherModelBadge"), scene.window.shown("rateBad")
    left = scene.window.place(badge)[0]
    assert left > scene.window.place(buttons)[0] + buttons.width()


def test_an_answer_of_the_first_choice_has_no_badge(scene):
    scene.answer("What is a list?", "A list is a row of things.")
    assert scene.window.shown("otherModelBadge") is None


def test_what_is_loaded_again_says_it_as_well():
    log = Log()
    block = {"type": "text", "text": "Hi"}
    meta = {"multicoder": {"run": "r-1"}}
    log.apply({"sessionUpdate": "user_message_chunk", "content": block, "messageId": "p-1", "_meta": meta})
    log.apply(told(WORDS))
    log.apply({"sessionUpdate": "session_info_update", "_meta": {"multicoder": {"run": "r-1", "outcome": "answered"}}})
    [turn] = log.turns
    assert [row.content["instead"] for row in turn.rows(0) if row.key.endswith("/actions")] == [WORDS]


def test_a_plan_tells_the_timeline():
    timeline = Timeline()
    own = {"state": "accepted", "model": "two:small", "instead": WORDS}
    entry = {"content": "page.py", "status": "completed", "_meta": {"multicoder": own}}
    timeline.plan([entry, {"content": "look.py", "status": "pending"}], 0.0)
    assert [module["instead"] for module in timeline.modules] == [WORDS, ""]


@pytest.fixture
def stage(home):
    holder = QObject()
    made = cards_stand.Stage(home, Tasks(holder))
    yield made
    made.close()
    assert made.warnings == []


def test_a_module_of_another_model_is_marked_and_read_out_with_the_reason(stage):
    stage.show(("RunTimeline", run(modules=[{**MODULES[0], "instead": WORDS}, MODULES[1]])))
    stage.settle(300)
    marks = [item for item in stage.items() if item.objectName() == "otherModel" and item.isVisible()]
    assert len(marks) == 1
    heads = [item for item in stage.items() if item.objectName() == "stepHead" and item.isVisible()]
    read = [QAccessible.queryAccessibleInterface(head).text(QAccessible.Text.Name) for head in heads]
    modules = [words for words in read if words.startswith(("page,", "look,")) and "draft" not in words]
    assert [WORDS in words for words in modules if "a/b" in words] == [True, False]
