"""The versions of a program in the window: listed, compared, one of them restored."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from tests.gui.artifact_stand import RUN, all_shown, choose, click, delivered
from tests.gui.chat_stand import S

LIST, DIFF, RESTORE = (f"_multicoder/versions/{name}" for name in ("list", "diff", "restore"))


def version(number, **more):
    facts = {"version": number, "run": f"r-{number}", "at": 1.7e9, "models": [f"house:coder-{number}"]}
    counts = {"added": 10 * number, "removed": number, "passed": 12, "missing": False}
    return {**facts, **counts, "restored": 0, "restorable": True, **more}


def file(number, **more):
    diff = f"@@ -1 +1,2 @@\n same\n-old {number}\n+new {number}"
    return {"path": f"part{number}.py", "kind": "changed", "diff": diff, "cut": 0, **more}


def pages(params):
    """Three files in pages of two."""
    files = [file(number) for number in (1, 2, 3)][params["after"] : params["after"] + 2]
    return {"files": files, "total": 3, "left": max(0, 3 - params["after"] - 2)}


@pytest.fixture
def opened(talking, scripted, tmp_path):
    scripted.answers |= {
        LIST: {"title": "Calculator", "versions": [version(3, restored=1, models=[]), version(2), version(1)]},
        DIFF: pages,
        RESTORE: {"run": "r-4", "messageId": "u-r-4"},
    }
    delivered(talking, scripted, tmp_path)
    choose(talking, "showVersions")
    talking.until(lambda: len(all_shown(talking, "versionRow")) == 3)
    return talking


def test_two_ticks_show_what_lies_between_two_versions_page_by_page(opened, scripted):
    assert scripted.params(LIST) == [{"sessionId": S, "run": RUN}]
    facts = [item.property("text") for item in all_shown(opened, "versionFacts")]
    assert facts[0].startswith("version 1 again · ")
    assert "house:coder-2" in facts[1]
    assert "+20 −2" in facts[1]
    assert "12 test(s) passed" in facts[1]
    newest, middle, oldest = all_shown(opened, "versionTick")
    click(opened, oldest)
    assert scripted.params(DIFF) == []
    click(opened, newest)
    opened.until(lambda: opened.shown("moreFiles"))
    assert scripted.params(DIFF) == [{"sessionId": S, "run": RUN, "older": 1, "newer": 3, "after": 0}]
    files = opened.application.versions.property("files")
    assert [row["kind"] for row in files[0]["lines"]] == ["place", "same", "removed", "added"]
    opened.application.versions.more()
    opened.until(lambda: len(opened.application.versions.property("files")) == 3)
    assert not opened.shown("moreFiles")
    scripted.answers[DIFF] = {"files": [], "total": 0, "left": 0}
    click(opened, middle)  # the third tick takes the place of the first
    opened.until(lambda: opened.shown("versionsSame"))
    assert [item.property("checked") for item in all_shown(opened, "versionTick")] == [True, True, False]


def test_a_version_is_restored_only_after_a_question_and_its_run_is_then_seen(opened, scripted):
    assert len(all_shown(opened, "restoreButton")) == 2
    click(opened, all_shown(opened, "restoreButton")[1])
    assert "version 1 again" in opened.shown("restoreQuestion").property("text")
    assert "version 4" in opened.shown("restoreQuestion").property("text")
    click(opened, opened.shown("versionsClose"))
    assert not opened.shown("restoreQuestion")
    assert scripted.params(RESTORE) == []
    click(opened, all_shown(opened, "restoreButton")[1])
    click(opened, opened.shown("restoreConfirm"))
    opened.until(lambda: not opened.shown("versionRow"))
    assert scripted.params(RESTORE) == [{"sessionId": S, "run": RUN, "version": 1}]


def test_what_the_engine_refuses_is_told_in_the_dialog(opened, scripted):
    words = {"kind": "version-newest", "what": "It is the newest.", "did": "Nothing.", "next": "Choose another."}
    scripted.fails[RESTORE] = words
    click(opened, all_shown(opened, "restoreButton")[0])
    click(opened, opened.shown("restoreConfirm"))
    opened.until(lambda: opened.shown("versionsProblem"))
    assert opened.shown("versionsProblem").property("text") == "It is the newest. Choose another."
    QTest.keyClick(opened.root, Qt.Key.Key_Escape)
    opened.until(lambda: not opened.shown("versionRow"))


def test_everything_in_the_list_can_be_reached_and_has_a_name(opened):
    inside = opened.items(opened.shown("versionsPage"))
    reached = [item for item in inside if item.activeFocusOnTab() and item.isVisible()]
    names = [QAccessible.queryAccessibleInterface(item).text(QAccessible.Text.Name) for item in reached]
    wanted = {f"Compare version {number}" for number in (1, 2, 3)} | {"Restore version 1", "Restore version 2"}
    assert wanted <= set(names)
    assert all(min(item.width(), item.height()) >= 32 for item in reached if item.objectName())
