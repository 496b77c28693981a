"""Everybody can look after providers and teams: names for screen readers, Tab to every control, words that are seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Q_ARG, QMetaObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from tests.gui.drawer_stage import Stage, an_engine
from tests.gui.test_accessible import nameless, names, stops, walk

RESULT = {"label": "", "state": "bad_key", "words": "The key was not accepted.", "models": ["a", "b"], "baseUrl": "x"}


@pytest.fixture
def stage(home):
    engine = an_engine()
    engine.answers["_multicoder/providers/check"] = {"milliseconds": 5, "keys": [RESULT]}
    found = Stage(home, engine)
    found.show("providers")
    found.until(lambda: len(found.all("providerRow")) == 2)
    yield found
    found.close()
    engine.close()
    assert found.warnings == []


def over_the_page(stage, function, *values):
    page = stage.item("providersPage")
    QMetaObject.invokeMethod(page, function, *(Q_ARG("QVariant", value) for value in values))
    stage.settle(100)


def picker(stage):
    over_the_page(stage, "show", "picker")


def form(stage):
    over_the_page(stage, "edit", "", "moonshot")
    stage.press("providerMore")
    stage.press("testForm")
    stage.until(lambda: stage.shown_in("testResult") is not None)


def keys(stage):
    over_the_page(stage, "showKeys", "openrouter")
    stage.press("addKey")


def team(stage):
    stage.show("team")
    stage.until(lambda: stage.all("wishRow"))


PARTS = {"picker": picker, "form": form, "keys": keys, "team": team}


@pytest.mark.parametrize("part", PARTS)
def test_every_control_has_a_name_and_is_reached_by_tab(stage, part):
    PARTS[part](stage)
    assert nameless(stage) == []
    seen = walk(stage)
    missed = [item for item in stops(stage, stage.drawer) if item not in seen]
    assert names(missed) == []
    assert set(names(walk(stage, backwards=True))) == set(names(seen))


def ask_to_delete(stage):
    stage.press("providerMenu")
    stage.find("removeProvider").triggered.emit()


def ask_to_export(stage):
    stage.find("exportProviders").triggered.emit()


def ask_for_models(stage):
    team(stage)
    stage.press("wishModels")


def ask_for_the_vault(stage):
    dialog = stage.find("vaultDialog")
    QMetaObject.invokeMethod(dialog, "ask", Q_ARG("QVariant", "change"))


DIALOGS = {
    "confirmAgree": ask_to_delete,
    "exportChoose": ask_to_export,
    "modelsDone": ask_for_models,
    "vaultSend": ask_for_the_vault,
}


@pytest.mark.parametrize("button", DIALOGS)
def test_a_dialog_names_its_controls_keeps_the_focus_and_closes_with_escape(stage, button):
    DIALOGS[button](stage)
    stage.until(lambda: stage.shown(button) is not None)
    stage.settle(300)
    assert nameless(stage) == []
    behind = {"addProvider", "providerMenu", "composerText", "usualTeam_own"}
    assert behind & {item.objectName() for item in walk(stage)} == set()
    QTest.keyClick(stage.root, Qt.Key.Key_Escape)
    stage.until(lambda: stage.shown(button) is None)


def test_tab_leaves_a_box_of_several_lines(stage):
    form(stage)
    box = next(item for item in stage.items(stage.item("providerHeaders")) if item.inherits("QQuickTextArea"))
    box.forceActiveFocus()
    QTest.keyClick(stage.root, Qt.Key.Key_Tab)
    assert stage.root.activeFocusItem() is not box
    assert box.property("text") == ""
    QTest.keyClick(stage.root, Qt.Key.Key_Backtab)
    assert stage.root.activeFocusItem() == box


def test_a_row_is_read_out_with_its_light_and_its_keys(stage):
    stage.application.board.refresh()
    stage.until(lambda: stage.application.providers.find("openrouter")["state"] == "ok")
    face = QAccessible.queryAccessibleInterface(stage.all("providerRow")[0])
    said = face.text(QAccessible.Text.Name)
    assert said.startswith("OpenRouter, openrouter.example, OK, 3 key")
    assert "1 limited" in said
