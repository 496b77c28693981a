"""The measures of the window, taken from the items on screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF

WIDE = (1280, 800)


@pytest.fixture
def wide(window):
    window.resize(*WIDE)
    return window


def part(window, name):
    item = window.shown(name)
    assert item is not None, name
    return window.place(item)


def radius(item):
    return item.property("radius")


def test_the_sidebar_is_260_wide_with_rows_of_36(wide):
    assert part(wide, "sidebar") == (0, 0, 260, 800)
    assert part(wide, "header") == (260, 0, 1020, 52)
    for number, name in enumerate(("newChat", "searchChats", "libraryRow")):
        assert part(wide, name) == (6, 60 + 36 * number, 248, 36)
        assert radius(wide.shown(name)) == 10
    assert part(wide, "settingsRow") == (6, 800 - 52 + 8, 248, 36)
    light = part(wide, "systemLight")
    assert light[2:] == (8, 8)
    assert light[0] == pytest.approx(6 + 248 - 10 - 8)


def test_the_folded_sidebar_is_52_wide_with_buttons_of_36(wide):
    wide.application.preferences.put("sidebarOpen", value=False)
    wide.until(lambda: wide.shown("sidebar") is None)
    assert part(wide, "rail") == (0, 0, 52, 800)
    assert part(wide, "header") == (52, 0, 1228, 52)
    assert part(wide, "openSidebar") == (8, 8, 36, 36)


def test_a_narrow_window_has_a_hamburger_and_lays_the_sidebar_over(window):
    window.resize(767, 700)
    assert part(window, "header") == (0, 0, 767, 52)
    assert part(window, "hamburger") == (8, 8, 36, 36)
    assert window.shown("sidebar") is None
    window.shown("hamburger").click()
    window.until(lambda: window.shown("sidebar") is not None)
    assert part(window, "sidebar") == (0, 0, 260, 700)
    window.resize(768, 700)
    assert window.shown("hamburger") is None
    assert part(window, "sidebar") == (0, 0, 260, 700)


def test_the_column_keeps_its_width_and_is_in_the_middle(window):
    for width, column in {479: 447, 480: 432, 700: 640, 768: 460, 1023: 640, 1024: 636, 1280: 768, 3840: 768}.items():
        window.resize(width, 800)
        main = part(window, "mainArea")
        dock = part(window, "composerDock")
        assert dock[2] == column
        assert dock[0] + dock[2] / 2 == pytest.approx(main[0] + main[2] / 2, abs=0.51)
        assert dock[3] >= 56
        assert part(window, "composer")[2:] == (column, 56)


def test_an_empty_chat_has_heading_composer_and_chips_under_each_other(window):
    for width, height in ((480, 480), (700, 800), (768, 600), WIDE, (3840, 2160)):
        window.resize(width, height)
        heading, dock, chips = (part(window, name) for name in ("emptyHeading", "composerDock", "starters"))
        assert heading[1] >= 52
        assert heading[1] + heading[3] <= dock[1]
        assert dock[1] + dock[3] <= chips[1]
        assert chips[1] + chips[3] <= height - 32
        assert abs((dock[1] + dock[3] / 2) - height / 2) <= 40
        for name in ("starter_build", "starter_review", "starter_fix", "starter_ask"):
            x, _, wide, high = part(window, name)
            assert high == 34
            assert chips[0] <= x
            assert x + wide <= chips[0] + chips[2] + 0.5


def test_the_header_has_the_team_at_its_left(wide):
    x, y, _, height = part(wide, "modelSelector")
    assert (x, y, height) == (268, 8, 36)
    assert radius(wide.shown("modelSelector")) == 8


def test_menus_have_entries_of_36_in_a_sheet_of_radius_16(wide):
    wide.shown("modelSelector").clicked.emit()
    menu = wide.find("modelMenu")
    wide.until(lambda: menu.property("opened"))
    for name in ("team_own", "team_demo"):
        x, y, width, height = part(wide, name)
        assert height >= 36
        assert wide.shown(name).property("background").property("radius") == 10
        assert (x, y, width) >= (268 + 6, 48 + 6, 160)
    assert menu.property("padding") == 6


@pytest.mark.parametrize("calm", [False, True])
def test_a_menu_slides_by_four_pixels_to_its_place_unless_motion_is_reduced(make_window, calm):
    window = make_window(preferences={"reduceMotion": calm})
    window.resize(1280, 800)
    menu = window.find("modelMenu")
    seen = []
    menu.slidChanged.connect(lambda: seen.append(menu.property("contentItem").mapToScene(QPointF(0, 0)).y()))
    window.shown("modelSelector").clicked.emit()
    window.until(lambda: menu.property("opened") and menu.property("opacity") == 1)
    rest = menu.property("contentItem").mapToScene(QPointF(0, 0)).y()
    moved = [rest - y for y in seen]
    assert all(0 <= distance <= 4 for distance in moved)
    assert moved == sorted(moved, reverse=True)
    assert moved[-1:] in ([0], [])
    assert any(0 < distance < 4 for distance in moved) is not calm


def test_the_search_is_680_by_440_and_fits_a_small_window(wide):
    dialog = wide.find("searchDialog")
    dialog.open()
    wide.until(lambda: dialog.property("opened"))
    assert (dialog.property("width"), dialog.property("height")) == (680, 440)
    assert dialog.property("background").property("radius") == 16
    wide.resize(480, 480)
    assert (dialog.property("width"), dialog.property("height")) == (448, 440)


def test_everything_grows_with_the_zoom(wide):
    wide.application.preferences.zoom_by(5)
    wide.settle()
    assert part(wide, "sidebar")[2] == 390
    assert part(wide, "header")[3] == 78
    wide.application.preferences.zoom_by(0)
    wide.settle()
    assert part(wide, "header")[3] == 52


def test_what_is_pressed_is_at_least_32_wide_and_high_and_has_a_name(make_window):
    window = make_window(preferences={"reduceMotion": True})
    for size in ((480, 480), WIDE):
        window.resize(*size)
        for name in (
            "welcome",
            "shortcutsDialog",
            "searchDialog",
            "deleteDialog",
            "linkDialog",
            "renameDialog",
            "newShelfDialog",
            "deleteShelfDialog",
        ):
            window.find(name).open()
            window.settle(20)
            _check_targets(window)
            window.find(name).close()
            window.settle(20)


def _check_targets(window):
    for item in window.items():
        if item.isVisible() and item.inherits("QQuickAbstractButton"):
            name = item.property("text") or item.objectName()
            assert item.property("text"), item
            assert item.width() >= 32, name
            assert item.height() >= 32, name


def test_it_mirrors_for_languages_written_from_the_right(make_window):
    window = make_window()
    window.resize(*WIDE)
    window.root.setProperty("mirrored", "true")
    window.settle()
    assert part(window, "sidebar") == (1280 - 260, 0, 260, 800)
    x, _, width, _ = part(window, "modelSelector")
    assert x + width == 1280 - 260 - 8
    assert part(window, "newChat")[0] == 1280 - 260 + 6
