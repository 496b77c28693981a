"""Sealed copies in the window: a passphrase goes to the engine once, and what was put back is begun with anew."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMetaObject, Qt, QUrl
from PySide6.QtTest import QTest

from tests.gui.memory_stand import give_memory
from tests.gui.window_scenes import Scene

PHRASE = "a sentence of several words"
BACKUP, RESTORE, STOP = (f"_multicoder/{name}" for name in ("memory/backup", "memory/restore", "engine/stop"))


def a_task(kind, state, name="t-1", **facts):
    row = {"task": name, "kind": kind, "title": "Sealed copy", "subject": "", "state": state, "reason": "", "note": ""}
    return row | {"progress": 0.4, "step": "", "priority": -10, "result": None, "created": 1.0, "changed": 2.0} | facts


@pytest.fixture
def scene(home):
    found = Scene(home, (1280, 900))
    give_memory(found.engine)
    found.engine.answers |= {
        BACKUP: {"task": a_task("memory-copy", "running")},
        RESTORE: {"task": a_task("memory-restore", "running")},
    }
    found.open()
    found.call("drawer", "show", "memory")
    found.window.until(lambda: found.app.memory.documents.rowCount() == 6)
    found.told = []
    found.app.memory.told.connect(lambda words, kind: found.told.append((kind, words)))
    yield found
    found.close()
    assert found.window.warnings == []


def choose(scene, button, picker, dialog, path=None):
    """Press the button and take what the picker suggests, or tell what the system's own one tells of a path."""
    click(scene, button)
    scene.window.until(lambda: scene.window.find(picker) is not None)
    found = scene.window.find(picker)
    if path is None:
        QMetaObject.invokeMethod(found, "accept")
    else:
        found.setProperty("selectedFolder" if path.is_dir() else "selectedFile", QUrl.fromLocalFile(str(path)))
        found.accepted.emit()
    scene.window.until(lambda: scene.window.find(dialog).property("opened"))
    scene.window.root.requestActivate()  # as a window manager does when another window has closed
    scene.window.until(lambda: scene.window.root.property("activeFocusItem") is not None)


def click(scene, button):
    QMetaObject.invokeMethod(scene.window.shown(button), "clicked")


def letters(scene, text):
    for letter in text:
        QTest.keyClick(scene.window.root, letter)


def enter(scene):
    QTest.keyClick(scene.window.root, Qt.Key.Key_Return)


def every_text(scene):
    return [str(item.property("text")) for item in scene.window.items()]


def tasks(scene, *rows):
    scene.engine.tell("_multicoder/tasks", {"tasks": list(rows)})


def test_a_copy_is_ordered_by_keyboard_with_a_passphrase_typed_twice(scene):
    choose(scene, "sealedToFile", "sealedSaver", "sealedCopyDialog")
    path = scene.window.shown("sealedTarget").property("foreign")
    assert path == scene.app.memory.sealed.named(scene.app.memory.sealed.suggested())
    letters(scene, PHRASE)
    enter(scene)
    letters(scene, PHRASE[:-1])
    enter(scene)
    scene.window.settle(100)
    assert scene.engine.params(BACKUP) == []
    assert not scene.window.shown("sealedMake").property("enabled")
    assert PHRASE not in "".join(item.property("displayText") or "" for item in scene.window.items())
    letters(scene, PHRASE[-1])
    enter(scene)
    scene.window.until(lambda: scene.engine.params(BACKUP))
    assert scene.engine.params(BACKUP) == [{"path": path, "projects": False, "passphrase": PHRASE}]
    scene.window.until(lambda: scene.window.shown("sealedMake") is None)
    assert not [text for text in every_text(scene) if PHRASE[:8] in text]
    tasks(scene, a_task("memory-copy", "running"))
    scene.window.until(lambda: scene.window.shown("memoryTask"))
    tasks(scene, a_task("memory-copy", "done", result={"path": "/copies/a.mcmemory"}))
    scene.window.until(lambda: scene.told)
    assert scene.told == [("success", "The sealed copy was made: /copies/a.mcmemory")]


def test_what_the_engine_refuses_is_told_in_the_dialog_and_can_be_typed_again(scene, tmp_path):
    words = {"kind": "vault-passphrase-short", "what": "The passphrase is too short.", "did": "", "next": "Take more."}
    scene.engine.fails[BACKUP] = words
    choose(scene, "sealedToFolder", "sealedKeeper", "sealedCopyDialog", tmp_path)
    for field in ("sealedPhrase", "sealedAgain"):
        scene.window.shown(field).setProperty("text", "short")
    scene.window.shown("sealedProjects").toggle()
    click(scene, "sealedMake")
    scene.window.until(lambda: scene.app.memory.sealed.asking.problem == "The passphrase is too short. Take more.")
    assert scene.engine.params(BACKUP) == [{"path": str(tmp_path), "projects": True, "passphrase": "short"}]
    QMetaObject.invokeMethod(scene.window.find("sealedCopyDialog"), "close")
    scene.window.until(lambda: scene.window.shown("sealedMake") is None)
    assert scene.app.memory.sealed.asking.problem == ""
    assert "short" not in every_text(scene)


def test_a_restore_says_first_what_becomes_of_the_memory_and_then_begins_anew(scene, tmp_path):
    (tmp_path / "a.mcmemory").write_bytes(b"sealed")
    choose(scene, "sealedFromFile", "sealedReader", "sealedRestoreDialog", tmp_path / "a.mcmemory")
    question = scene.window.shown("sealedQuestion").property("text")
    assert "nothing is changed" in question
    assert "kept as a backup" in question
    assert not scene.window.shown("sealedReplace").property("enabled")
    scene.window.shown("sealedKey").setProperty("text", PHRASE)
    click(scene, "sealedReplace")
    scene.window.until(lambda: scene.engine.params(RESTORE))
    assert scene.engine.params(RESTORE) == [
        {"path": str(tmp_path / "a.mcmemory"), "passphrase": PHRASE, "replace": True}
    ]
    scene.window.until(lambda: scene.window.shown("sealedReplace") is None)
    assert not [text for text in every_text(scene) if PHRASE[:8] in text]
    tasks(scene, a_task("memory-restore", "done", "t-other"))
    scene.window.settle(100)
    assert scene.engine.params(STOP) == []
    starts = scene.engine.starts
    tasks(scene, a_task("memory-restore", "done"))
    scene.window.until(lambda: scene.engine.params(STOP))
    assert scene.told[-1][0] == "info"
    scene.engine.stop()
    scene.window.until(lambda: scene.engine.starts == starts + 1 and scene.app.link.state == "ready", 20_000)


def test_a_copy_that_does_not_open_is_told_in_the_words_of_the_engine(scene):
    problem = {
        "kind": "sealed-wrong-passphrase",
        "what": "The passphrase does not open it.",
        "did": "",
        "next": "Type.",
    }
    tasks(scene, a_task("memory-restore", "failed", problem=problem))
    scene.window.until(lambda: scene.app.memory.sealed.asking.problem == "The passphrase does not open it. Type.")
    assert scene.window.shown("sealedProblem") is not None
    assert scene.engine.params(STOP) == []


def test_a_copy_at_work_is_cancelled_from_the_page(scene):
    tasks(scene, a_task("memory-copy", "running"))
    scene.window.until(lambda: scene.window.shown("memoryTask"))
    scene.app.tasks.cancel("t-1")
    scene.window.until(lambda: scene.engine.params("_multicoder/tasks/cancel") == [{"task": "t-1"}])


def test_a_folder_of_copies_is_put_back_by_buttons_with_names_of_their_own(scene, tmp_path):
    names = {"sealedToFile", "sealedToFolder", "sealedFromFile", "sealedFromFolder"}
    buttons = {item.objectName(): item for item in scene.window.items() if item.objectName() in names}
    assert set(buttons) == names
    assert len({button.property("text") for button in buttons.values()}) == 4
    assert scene.app.memory.sealed.suggested().endswith(".mcmemory")
    choose(scene, "sealedFromFolder", "sealedFinder", "sealedRestoreDialog", tmp_path)
    assert scene.window.shown("sealedSource").property("foreign") == str(tmp_path)
    assert not scene.window.shown("sealedReplace").property("enabled")
