from __future__ import annotations

import pytest
from PySide6.QtCore import Q_ARG, QMetaObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from tests.gui.drawer_stage import Stage, a_journal, a_system, an_engine, an_event

TABS = ("system", "general", "providers", "team", "artifacts", "privacy", "reports", "about")
PAGES = tuple(f"{tab}Page" for tab in TABS)


@pytest.fixture
def stage(home):
    engine = an_engine()
    found = Stage(home, engine)
    yield found
    found.close()
    engine.close()
    assert found.warnings == []


def press_key(stage, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(stage.root, key, modifier)
    stage.settle()


def focused(stage):
    return stage.root.activeFocusItem()


def test_it_opens_on_the_system_and_remembers_its_tab(stage):
    stage.show()
    assert stage.item("drawerTitle").property("text") == "System"
    stage.press("drawerTab_reports")
    press_key(stage, Qt.Key.Key_Escape)
    assert not stage.drawer.property("opened")
    stage.show()
    assert stage.item("reportsPage") is not None
    assert stage.application.preferences.drawerTab == "reports"


def test_every_tab_shows_its_page_and_no_other(stage):
    for tab, page in zip(TABS, PAGES, strict=True):
        stage.show(tab)
        stage.settle()
        assert [name for name in PAGES if stage.shown_in(name)] == [page]


@pytest.mark.parametrize(
    ("window", "width", "scrim", "tabs_below_each_other"),
    [(1280, 480, False, True), (1099, 480, True, True), (700, 480, True, True), (500, 452, True, False)],
)
def test_its_width_and_scrim_follow_the_window(stage, window, width, scrim, tabs_below_each_other):
    stage.resize(window, 700)
    stage.show("system")
    x, _, wide, high = stage.place(stage.item("drawerPanel"))
    assert (x, wide, high) == (window - width, width, 700)
    assert stage.item("drawerScrim").isVisible() == scrim
    first, second = stage.place(stage.item("drawerTab_system")), stage.place(stage.item("drawerTab_general"))
    assert (first[0] == second[0]) == tabs_below_each_other
    assert (first[1] == second[1]) != tabs_below_each_other


def test_in_a_wide_window_the_rest_stays_usable_and_in_others_a_click_beside_closes(stage):
    stage.resize(1280, 700)
    stage.show("general")
    QTest.mouseClick(stage.root, Qt.MouseButton.LeftButton, pos=stage.at(600, 300))
    stage.settle()
    assert stage.drawer.property("opened")
    stage.resize(900, 700)
    QTest.mouseClick(stage.root, Qt.MouseButton.LeftButton, pos=stage.at(100, 300))
    stage.settle()
    assert not stage.drawer.property("opened")


def test_nothing_of_it_is_there_while_it_is_closed(stage):
    assert not stage.drawer.isVisible()
    stage.show("system")
    press_key(stage, Qt.Key.Key_Escape)
    stage.until(lambda: not stage.drawer.isVisible())
    assert stage.item("systemPage") is None
    before = len(stage.scripted.params("_multicoder/status"))
    stage.settle(1_200)
    assert len(stage.scripted.params("_multicoder/status")) == before


def test_the_focus_goes_in_and_comes_back(stage):
    row = stage.shown("composerText") or stage.shown("newChat")
    row.forceActiveFocus()
    before = focused(stage)
    stage.show("system")
    assert focused(stage).objectName() == "drawerTab_system"
    press_key(stage, Qt.Key.Key_Escape)
    assert focused(stage) is before


def test_arrow_keys_go_through_the_tabs_which_are_one_stop_of_the_tab_key(stage):
    stage.show("system")
    press_key(stage, Qt.Key.Key_Down)
    assert (focused(stage).objectName(), stage.shown_in("generalPage") is not None) == ("drawerTab_general", True)
    press_key(stage, Qt.Key.Key_Up)
    press_key(stage, Qt.Key.Key_Up)
    assert focused(stage).objectName() == "drawerTab_about"
    press_key(stage, Qt.Key.Key_Tab)
    assert not focused(stage).objectName().startswith("drawerTab_")


def test_every_control_can_be_reached_with_the_tab_key(stage):
    stage.show("general")
    seen = set()
    for _ in range(40):
        press_key(stage, Qt.Key.Key_Tab)
        seen.add(focused(stage).objectName())
    assert {"reduceMotion", "highContrast", "notify", "zoomMore", "drawerClose"} <= seen


def test_the_banner_shows_a_word_and_a_shape(stage):
    stage.show("system")
    stage.until(lambda: stage.application.board.state == "attention")
    banner = stage.item("stateBanner")
    assert banner.height() == 56
    name = QAccessible.queryAccessibleInterface(banner).text(QAccessible.Text.Name)
    assert name.startswith("Attention since ")


@pytest.mark.parametrize(("window", "columns"), [(1280, 2), (500, 2), (460, 1)])
def test_cards_stand_in_two_columns_where_there_is_room(stage, window, columns):
    stage.root.setMinimumWidth(300)
    stage.resize(window, 700)
    stage.show("system")
    stage.until(lambda: len(stage.all("systemCard")) == 10)
    places = {round(stage.place(card)[0]) for card in stage.all("systemCard")}
    assert len(places) == columns
    if columns == 2:
        assert min(card.width() for card in stage.all("systemCard")) >= 195


def test_a_card_opens_the_sheet_of_its_system_and_escape_goes_back_to_it(stage):
    stage.show("system")
    stage.until(lambda: len(stage.all("systemCard")) == 10)
    card = next(card for card in stage.all("systemCard") if card.property("identity") == "network")
    QMetaObject.invokeMethod(card, "clicked")
    stage.settle()
    assert stage.shown_in("systemSheet") is not None
    assert stage.item("sheetEvidence").property("text") == "Answers slowly: 2,140 ms."
    assert (
        stage.item("sheetLimits").property("text") == "Yellow: less than 2,048 MiB free. Red: less than 500 MiB free."
    )
    assert stage.shown_in("restartSystem") is None
    press_key(stage, Qt.Key.Key_Escape)
    assert stage.shown_in("systemSheet") is None
    assert stage.drawer.property("opened")
    assert focused(stage) is card


def test_the_list_of_events_goes_back_page_by_page_and_is_cleared_for_the_eye_only(stage):
    change = {"system": "disk", "before": "ok", "after": "down", "evidence": "Full."}
    rows = [an_event(seq, "HEALTH", "system.changed", **change) for seq in range(1, 31)]
    stage.scripted.answers["_multicoder/journal/search"] = a_journal(rows)
    stage.show("system")
    stage.until(lambda: len(stage.all("systemCard")) == 10)
    card = next(card for card in stage.all("systemCard") if card.property("identity") == "disk")
    QMetaObject.invokeMethod(card, "clicked")
    events = stage.application.board.events
    stage.until(lambda: events.rowCount() == 20)
    QMetaObject.invokeMethod(stage.item("olderEvents"), "clicked")
    stage.until(lambda: events.rowCount() == 30)
    stage.settle()
    assert stage.shown_in("olderEvents") is None
    assert stage.shown_in("allEvents") is None
    QMetaObject.invokeMethod(stage.item("clearEvents"), "clicked")
    stage.until(lambda: events.rowCount() == 0)
    stage.settle()
    assert stage.shown_in("clearEvents") is None
    QMetaObject.invokeMethod(stage.item("allEvents"), "clicked")
    stage.until(lambda: events.rowCount() == 20)
    stage.settle()
    assert stage.shown_in("allEvents") is None


def test_a_restart_while_tasks_run_asks_first(stage):
    task = {"task": "t-1", "kind": "run", "title": "A", "state": "running", "created": 1.0, "changed": 1.0}
    stage.scripted.tell("_multicoder/tasks", {"tasks": [task]})
    stage.until(lambda: stage.application.tasks.running == 1)
    stage.show("system")
    stage.until(lambda: len(stage.all("systemCard")) == 10)
    card = next(card for card in stage.all("systemCard") if card.property("identity") == "tasks")
    QMetaObject.invokeMethod(card, "clicked")
    stage.settle()
    stage.press("restartSystem")
    assert stage.scripted.params("_multicoder/status/restart") == []
    stage.press("confirmRestart")
    stage.until(lambda: stage.scripted.params("_multicoder/status/restart") == [{"system": "tasks"}])


def test_an_alarm_stands_on_the_page_until_it_was_seen(stage):
    stage.show("system")
    stage.until(lambda: len(stage.all("systemCard")) == 10)
    stage.scripted.answers["_multicoder/status"] = {"systems": [a_system("disk", "Disk", "0 MiB free.", state="down")]}
    stage.until(lambda: stage.shown_in("acknowledgeAll") is not None)
    assert stage.application.board.state == "fault"
    stage.press("acknowledgeAll")
    assert stage.shown_in("acknowledgeAll") is None
    assert stage.shown_in("alarmList") is not None


def test_the_guard_is_answered_with_a_reason(stage):
    action = {"action": "a-1", "at": 1.0, "kind": "download", "target": "https://example.org/a", "run": "r-1"}
    action |= {"module": "", "asked_by": "researcher", "facts": {}}
    stage.scripted.answers["_multicoder/guard/pending"] = {"actions": [action]}
    stage.show("system")
    stage.until(lambda: stage.shown_in("refuseAction") is not None)
    stage.press("refuseAction")
    assert not stage.shown("reasonSend").property("enabled")
    stage.shown("reasonField").setProperty("text", "not needed")
    stage.press("reasonSend")
    wanted = {"action": "a-1", "allowed": False, "reason": "not needed"}
    stage.until(lambda: stage.scripted.params("_multicoder/guard/decide") == [wanted])


def test_the_log_makes_only_the_rows_in_sight_and_stays_at_the_newest(stage):
    stage.show("system")
    log = stage.item("eventLog")
    stage.until(lambda: log.property("count") == 402)
    stage.settle(200)
    assert len(log.property("contentItem").childItems()) < 80
    assert log.property("atYEnd")
    assert log.property("contentHeight") == 402 * 18


def test_the_budget_strip_names_what_was_spent(stage):
    stage.show("system")
    budget = stage.application.budget
    stage.until(lambda: "128" in [one["value"] for one in budget.figures])
    assert {one["id"] for one in budget.figures} == {"calls", "tokens", "money", "memory", "cpu", "disk"}
    assert stage.item("budgetStrip").height() > 0


def test_every_control_of_every_page_has_a_name_for_screen_readers(stage):
    nameless = []
    for tab in TABS:
        stage.show(tab)
        stage.settle(100)
        for item in stage.items(stage.drawer):
            if not item.isVisible() or not item.activeFocusOnTab():
                continue
            interface = QAccessible.queryAccessibleInterface(item)
            if interface is None or not interface.text(QAccessible.Text.Name):
                nameless.append((tab, item.metaObject().className(), item.objectName()))
    assert nameless == []


def test_every_control_is_large_enough_to_be_hit(stage):
    small = []
    for tab in TABS:
        stage.show(tab)
        stage.settle(100)
        for item in stage.items(stage.drawer):
            control = item.isVisible() and item.activeFocusOnTab() and item.inherits("QQuickAbstractButton")
            if control and min(item.width(), item.height()) < 32:
                small.append((tab, item.objectName(), item.width(), item.height()))
    assert small == []


@pytest.mark.parametrize("theme", ["light", "dark", "black"])
def test_it_takes_the_colours_of_the_theme(stage, theme):
    stage.application.preferences.put("theme", theme)
    stage.show("about")
    stage.settle(300)
    picture = stage.root.grabWindow()
    page = {"light": "#ffffff", "dark": "#212121", "black": "#000000"}[theme]
    assert picture.pixelColor(picture.width() - 30, picture.height() - 20).name() == page


def test_without_motion_it_stands_there_at_once(stage):
    stage.application.preferences.put("reduceMotion", value=True)
    QMetaObject.invokeMethod(stage.drawer, "toggle", Q_ARG("QVariant", ""))
    assert stage.drawer.property("away") == 0


def test_reading_back_in_the_log_keeps_its_place_when_older_rows_come(stage):
    rows = [an_event(seq, number=seq) for seq in range(1, 3_001)]
    stage.scripted.answers["_multicoder/journal/search"] = a_journal(rows)
    stage.show("system")
    log, events = stage.item("eventLog"), stage.application.events
    stage.until(lambda: log.property("count") == 500)
    events.setFollow(False)
    log.setProperty("contentY", log.property("originY") + 1_000.0)
    stage.settle(100)
    read, place = row_at(stage, log)
    events.older()
    stage.until(lambda: log.property("count") == 1_000)
    stage.settle(100)
    assert row_at(stage, log) == (read, place)
    assert events.all()[0]["seq"] < read - 500


def row_at(stage, log):
    """(seq, distance from the upper edge) of the first row that is wholly seen."""
    top = log.property("contentY")
    rows = [item for item in log.property("contentItem").childItems() if item.isVisible() and item.property("model")]
    first = min((item for item in rows if item.y() >= top), key=lambda item: item.y())
    return first.property("model").property("seq"), round(first.y() - top)
