"""Everybody can use the window: names for screen readers, every control by Tab, and words that can be read."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtQml import QQmlComponent
from PySide6.QtTest import QTest

import gui
from tests.gui.drawer_stage import Stage as Drawer
from tests.gui.drawer_stage import an_engine
from tests.gui.window_scenes import STATES, Scene
from tests.sampling import sampled

QML = Path(gui.__file__).parent / "qml"
LOOKS = ("light", "dark", "black")
ROLES = {
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.Heading,
    QAccessible.Role.Link,
    QAccessible.Role.List,
    QAccessible.Role.ListItem,
    QAccessible.Role.MenuItem,
    QAccessible.Role.PageTab,
    QAccessible.Role.RadioButton,
    QAccessible.Role.StaticText,
    QAccessible.Role.Table,
}


@pytest.fixture
def scenes(home):
    opened = []

    def make(state, size=(1280, 800)):
        opened.append(Scene(home, size))
        STATES[state](opened[-1])
        return opened[-1]

    yield make
    for scene in opened:
        scene.close()
    assert [line for scene in opened for line in scene.window.warnings] == []


# ------------------------------------------------------------------------------------------------------ names


def faces(window):
    """What a screen reader meets, from the window down."""
    waiting = [QAccessible.queryAccessibleInterface(window.root)]
    while waiting:
        face = waiting.pop()
        if face is None or not face.isValid():
            continue
        yield face
        waiting += [face.child(number) for number in range(face.childCount())]


def nameless(window):
    return [
        (face.role(), face.object().objectName(), face.object().metaObject().className())
        for face in faces(window)
        if face.role() in ROLES and not face.state().invisible and not face.text(QAccessible.Text.Name).strip()
    ]


@pytest.mark.parametrize("state", sampled(2, list(STATES)))
def test_every_control_and_every_text_of_a_screen_has_a_name(scenes, state):
    scene = scenes(state)
    roles = Counter(face.role() for face in faces(scene.window))
    assert roles[QAccessible.Role.Button] > 8
    assert nameless(scene.window) == []


def test_every_dialog_names_its_controls(scenes):
    scene = scenes("chat")
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
        dialog = scene.window.find(name)
        if name == "linkDialog":
            dialog.setProperty("address", "https://example.org/")
        dialog.open()
        scene.window.settle()
        assert (name, nameless(scene.window)) == (name, [])
        dialog.close()
        scene.window.settle()


# ------------------------------------------------------------------------------------------------------ Tab


def walk(window, backwards=False):
    """What Tab reaches, in order, until it comes round."""
    key = Qt.Key.Key_Backtab if backwards else Qt.Key.Key_Tab
    seen = []
    for _ in range(200):
        QTest.keyClick(window.root, key)
        at = window.root.activeFocusItem()
        if seen and at == seen[0]:
            return seen
        seen.append(at)
    raise AssertionError("Tab never comes round")


def stops(window, inside=None):
    """What is to be reached by Tab."""
    return [item for item in window.items(inside) if item.isVisible() and item.isEnabled() and item.activeFocusOnTab()]


def names(items):
    return [item.objectName() or str(item.property("text")) or item.metaObject().className() for item in items]


def _within(item, ancestor):
    while item is not None and item != ancestor:
        item = item.parentItem()
    return item is not None


@pytest.mark.parametrize(
    ("state", "size"),
    [
        ("empty", (1280, 800)),
        ("chat", (1280, 800)),
        ("chat", (700, 800)),
        ("edit", (1280, 800)),
        ("approval-yellow", (1280, 800)),
        ("downloads", (1280, 800)),
        ("sources", (700, 800)),
        ("run", (1280, 800)),
    ],
)
def test_tab_reaches_every_control_and_comes_round(scenes, state, size):
    scene = scenes(state, size)
    thread = scene.window.shown("thread")
    inside = _tabbed_out(scene.window, thread) if state == "edit" else ["turnEditor", "cancelEdit", "sendEdit"]
    assert inside[:3] == ["turnEditor", "cancelEdit", "sendEdit"]
    seen = walk(scene.window)
    missed = [item for item in stops(scene.window) if item not in seen and not (thread and _within(item, thread))]
    assert names(missed) == []
    assert {"plusButton", "composerText", "modelSelector"} <= {item.objectName() for item in seen}
    back = walk(scene.window, backwards=True)
    assert set(names(back)) == set(names(seen))


def _tabbed_out(window, thread):
    """Go out of the thread by Tab; returns what was on the way."""
    passed = []
    while _within(window.root.activeFocusItem(), thread):
        passed += names([window.root.activeFocusItem()])
        assert len(passed) < 40
        QTest.keyClick(window.root, Qt.Key.Key_Tab)
    return passed


def test_tab_goes_through_a_dialog_and_not_behind_it(scenes):
    scene = scenes("chat")
    for name in ("shortcutsDialog", "searchDialog", "deleteDialog", "renameDialog", "welcome"):
        dialog = scene.window.find(name)
        dialog.open()
        scene.window.settle()
        seen = walk(scene.window)
        behind = {"plusButton", "composerText", "modelSelector", "newChat"}
        assert behind & {item.objectName() for item in seen} == set(), name
        assert seen, name
        dialog.close()
        scene.window.settle()


def test_tab_reaches_every_control_of_every_page_of_the_drawer(home):
    engine = an_engine()
    stage = Drawer(home, engine)
    try:
        for tab in ("system", "general", "providers", "team", "artifacts", "privacy", "reports", "about"):
            stage.show(tab)
            stage.settle(150)
            seen = walk(stage)
            missed = [item for item in stops(stage, stage.drawer) if item not in seen]
            assert (tab, names(missed)) == (tab, [])
    finally:
        stage.close()
        engine.close()


# ------------------------------------------------------------------------------------------------------ colours


class Theme:
    """The colours as QML has them."""

    def __init__(self, window, theme, high_contrast):
        window.application.preferences.put("theme", theme)
        window.application.preferences.put("highContrast", high_contrast)
        component = QQmlComponent(window.engine)
        text = 'import QtQml\nimport "theme"\nQtObject { readonly property var theme: Theme }'
        component.setData(text.encode(), QUrl.fromLocalFile(str(QML / "Colours.qml")))
        self._holder = component.create(window.engine.rootContext())
        assert self._holder is not None, component.errorString()
        self._theme = self._holder.property("theme")

    def __getitem__(self, name):
        value = self._theme.property(name)
        return QColor(value) if not isinstance(value, QColor) else value

    def syntax(self):
        value = self._theme.property("syntax")
        return [QColor(item) for item in (value.toVariant() if hasattr(value, "toVariant") else value)]


def over(ink, ground):
    """What is seen of a colour that lets through."""
    share = ink.alphaF()
    parts = [
        share * getattr(ink, part)() + (1 - share) * getattr(ground, part)() for part in ("redF", "greenF", "blueF")
    ]
    return QColor.fromRgbF(*parts)


def contrast(one, other):
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _light(colour):
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


WORDS = {
    "text": ("page", "sidebar", "raised", "bubble", "code", "tertiary", "inlineCode"),
    "prose": ("page", "inlineCode"),
    "textSecondary": ("page", "sidebar", "raised", "code", "tertiary"),
    "textTertiary": ("page", "sidebar", "raised"),
    "link": ("page",),
    "linkHover": ("page",),
    "comment": ("code",),
    "primaryInk": ("primary",),
    "dangerInk": ("danger", "dangerHover"),
    "tooltipInk": ("tooltip",),
    "errorInk": ("page", "raised", "error"),
    "warningInk": ("page", "raised", "warning"),
    "greenInk": ("page", "raised", "sidebar"),
    "yellowInk": ("page", "raised", "sidebar"),
    "red": ("raised", "page"),
    "dropInk": ("tooltip",),
    "pillInk": ("pill",),
}
GLYPHS = {
    "icon": ("page", "sidebar", "raised"),
    "iconSecondary": ("page", "sidebar", "raised", "code"),
    "iconTertiary": ("page", "sidebar", "raised"),
    "pillInk": ("pill",),
    "sendInk": ("send",),
    "green": ("page", "sidebar", "raised"),
    "yellow": ("page", "sidebar", "raised"),
    "red": ("page", "sidebar", "raised"),
    "blue": ("page", "sidebar", "raised"),
    "focus": ("page", "sidebar", "raised"),
}
EXCEPTIONS = {
    ("light", "textTertiary"): "placeholders, dates, sections and the name of the team, as in the original",
    ("light", "linkHover"): "the table of colours; the underline says it as well",
    ("light", "warningInk"): "the table of colours",
    ("light", "errorInk", "error"): "the table of colours",
    ("light", "yellow"): "the table of colours; its shape and a word stand with it",
    ("light", "dangerInk", "dangerHover"): "the table of colours",
    ("dark", "dangerInk", "dangerHover"): "the table of colours",
    ("black", "dangerInk", "dangerHover"): "the table of colours",
    ("dark", "pillInk", "pill"): "the table of colours; the button is named beside its icon",
    ("black", "pillInk", "pill"): "the table of colours; the button is named beside its icon",
    ("dark", "linkHover"): "the table of colours; the underline says it as well",
}
GROUNDS = {"page", "sidebar", "raised", "bubble", "code", "tertiary", "inlineCode", "secondary", "primary", "send"}
GROUNDS |= {"danger", "dangerHover", "tooltip", "error", "warning", "pill", "sendDisabled"}
VEILS = {"border", "borderLight", "borderHeavy", "separator", "hover", "press", "selected", "scrim", "dropScrim"}
VEILS |= {"scrollbar", "scrollbarHover", "selection", "clear", "errorBorder", "warningBorder", "knob"}


def weak(theme, look, table, least, exceptions=()):
    for ink, grounds in table.items():
        for ground in grounds:
            if (look, ink) in exceptions or (look, ink, ground) in exceptions:
                continue
            seen = contrast(over(theme[ink], theme[ground]), theme[ground])
            if seen < least:
                yield look, ink, ground, round(seen, 2)


def test_words_and_icons_stand_out_from_what_is_behind_them(window):
    found = []
    for look in LOOKS:
        theme = Theme(window, look, high_contrast=False)
        found += [*weak(theme, look, WORDS, 4.5, EXCEPTIONS), *weak(theme, look, GLYPHS, 3.0, EXCEPTIONS)]
        least = 3.8 if look == "light" else 4.5  # the table of colours again
        found += [(look, one.name()) for one in theme.syntax() if contrast(one, theme["code"]) < least]
    assert found == []


def test_high_contrast_knows_no_exceptions(window):
    found = []
    for look in LOOKS:
        theme = Theme(window, look, high_contrast=True)
        found += [*weak(theme, look, WORDS, 4.5), *weak(theme, look, GLYPHS, 3.0)]
        found += [(look, one.name()) for one in theme.syntax() if contrast(one, theme["code"]) < 4.5]
    assert found == []


def test_every_colour_in_use_is_known_as_words_as_a_glyph_or_as_a_ground():
    used = set()
    for file in QML.rglob("*.qml"):
        if file.parent.name != "theme":
            used |= set(re.findall(r"(?:[cC]olou?r|ink|Ink|stripe)\w*: [^\n]*?Theme\.(\w+)", file.read_text("utf-8")))
    known = {*WORDS, *GLYPHS, *GROUNDS, *VEILS}
    assert used - known - {"alpha", "dark", "highContrast", "px"} == set()


PAGES_SEEN = ("drawer", "providers", "privacy")
CARDS_SEEN = ("approval-red", "approval-yellow", "look-up", "downloads", "run", "artifact")
SEEN = ("empty", "chat", "code", "table", "edit", "sources", *PAGES_SEEN, *CARDS_SEEN)


@pytest.mark.parametrize("state", sampled(2, list(SEEN)))
def test_what_is_on_screen_can_be_read(scenes, state):
    """Of every word in sight: its colour against the one that is most frequent round it."""
    scene = scenes(state)
    inside = scene.window.find("drawerPanel") if state in PAGES_SEEN else None
    for look in LOOKS:
        theme = Theme(scene.window, look, high_contrast=False)
        scene.window.settle(150)
        picture = scene.window.root.grabWindow()
        looked_at = list(_words(scene.window, inside))
        assert len(looked_at) > 8
        faint = []
        for item in looked_at:
            ink, ground = item.property("color"), _ground(picture, scene.window.place(item))
            if ground is None or (look == "light" and ink in (theme["textTertiary"], theme["iconTertiary"])):
                continue
            seen = contrast(over(ink, ground), ground)
            if seen < 4.4:
                faint.append((look, str(item.property("text"))[:30], ink.name(), ground.name(), round(seen, 2)))
        assert faint == []


def _words(window, inside):
    for item in window.items(inside):
        if item.metaObject().className().startswith(("Words", "QQuickText", "HonestText")) or item.inherits(
            "QQuickText"
        ):
            text = item.property("text")
            if isinstance(text, str) and text.strip() and item.isVisible() and item.isEnabled() and _solid(item):
                yield item


def _solid(item):
    while item is not None:
        if item.opacity() < 0.8:
            return False
        item = item.parentItem()
    return True


def _ground(picture, frame):
    x, y, width, height = (round(side) for side in frame)
    right, bottom = min(x + width, picture.width()), min(y + height, picture.height())
    if x < 0 or y < 52 or right - x < 4 or bottom - y < height:  # not wholly in sight
        return None
    seen = Counter(picture.pixel(at) for at in _points(x, y, right, bottom))
    return QColor(seen.most_common(1)[0][0])


def _points(x, y, right, bottom):
    return [QPoint(*at) for at in product(range(x, right, 3), range(y, bottom, 2))]
