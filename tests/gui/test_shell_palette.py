"""What is seen has the colours of the chosen look: pixels of the window, not the names of tokens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

PAGE = (700, 650)
SIDEBAR = (200, 700)
LOOKS = {
    "light": ("#ffffff", "#f9f9f9"),
    "dark": ("#212121", "#181818"),
    "black": ("#000000", "#000000"),
}


@pytest.fixture(params=LOOKS)
def looked(request, make_window):
    window = make_window(preferences={"theme": request.param, "reduceMotion": True})
    window.resize(1280, 800)
    QTest.mouseMove(window.root, QPoint(*PAGE))
    window.settle()
    return window, *LOOKS[request.param]


def colour(window, x, y):
    return window.root.grabWindow().pixelColor(x, y).name()


def test_page_sidebar_and_header_have_their_colours(looked):
    window, page, sidebar = looked
    assert colour(window, *PAGE) == page
    assert colour(window, 900, 26) == page
    assert colour(window, *SIDEBAR) == sidebar
    window.application.preferences.put("sidebarOpen", value=False)
    window.settle()
    assert colour(window, 26, 400) == page  # the rail


def test_between_sidebar_and_page_is_a_line_of_one_pixel(looked):
    window, page, sidebar = looked
    line = colour(window, 259, 400)
    assert (colour(window, 258, 400), colour(window, 260, 400)) == (sidebar, page)
    assert line != sidebar


def test_what_is_raised_lies_over_a_scrim(looked):
    window, page, _ = looked
    window.find("shortcutsDialog").open()
    window.settle()
    raised = {"#ffffff": "#ffffff", "#212121": "#303030", "#000000": "#1b1b1b"}[page]
    middle = window.find("shortcutsDialog").property("contentItem")
    x, y, width, _ = window.place(middle)
    assert colour(window, int(x + width) - 2, int(y) + 2) == raised
    dimmed = {"#ffffff": "#858585", "#212121": "#171717", "#000000": "#070707"}[page]
    seen = window.root.grabWindow().pixelColor(1240, 300)
    wanted = type(seen)(dimmed)
    assert max(abs(seen.red() - wanted.red()), abs(seen.green() - wanted.green())) <= 2


def test_the_sidebar_over_a_narrow_page_throws_a_shadow_64_wide(make_window):
    window = make_window(preferences={"theme": "light", "reduceMotion": True})
    window.resize(700, 700)
    window.shown("hamburger").click()
    window.until(lambda: window.shown("sidebar") is not None)
    window.settle()
    picture = window.root.grabWindow()
    shades = [picture.pixelColor(260 + away, 60).red() for away in range(80)]
    assert shades == sorted(shades)
    assert shades[0] < shades[32] < shades[-1]
    assert shades[70] == shades[-1]


def test_the_composer_has_an_inner_line_in_the_dark_only(looked):
    window, page, _ = looked
    x, y, width, _ = window.place(window.shown("composer"))
    edge, inside = (colour(window, int(x + width / 2), int(y) + away) for away in (0, 1))
    assert inside == {"#ffffff": "#ffffff", "#212121": "#303030", "#000000": "#1b1b1b"}[page]
    assert edge == {"#ffffff": "#ffffff", "#212121": "#3b3b3b", "#000000": "#272727"}[page]


def test_the_look_follows_the_choice_at_once(make_window):
    window = make_window(preferences={"theme": "light", "reduceMotion": True})
    window.resize(1280, 800)
    for theme, (page, sidebar) in LOOKS.items():
        window.application.preferences.put("theme", theme)
        window.settle()
        assert (colour(window, *PAGE), colour(window, *SIDEBAR)) == (page, sidebar)
