"""The real window, drawn without a screen; its parts are found by their `objectName`."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = os.environ.get("MULTICODER_TEST_PLATFORM", "offscreen")

import pytest
import shiboken6
from PySide6.QtCore import QLocale, QObject, QTranslator
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem

from core.paths import Home
from gui.application import Application
from gui.main import load, make_qt
from tests.gui.scripted_engine import ScriptedEngine
from tests.gui.waiting import pause, until
from tests.gui.wire import problems_of


def be_silent(qt, wont):
    """Forget the language a window spoke: the next test begins with none."""
    for translator in qt.findChildren(QTranslator):
        qt.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(wont)


def as_item(found):
    """The item that stands there: PySide now and then gives the wrapper of something dead that had the same address."""
    if isinstance(found, QQuickItem):
        return found
    address = shiboken6.getCppPointer(found)[0]
    shiboken6.invalidate(found)  # else the same wrapper may be found again
    return shiboken6.wrapInstance(address, QQuickItem)


class Window:
    """A window that is on screen, and how a test reaches into it."""

    def __init__(self, home, locale="en", *, first_start=False, preferences=None, **options):
        self.qt = make_qt()
        self.wont = QLocale()
        self.application = Application(home, locale, self.qt, **options)
        for key, value in {"welcomed": not first_start, **(preferences or {})}.items():
            self.application.preferences.put(key, value)
        self.engine = QQmlApplicationEngine()
        self.warnings = []
        self.closed = False
        self.engine.warnings.connect(lambda found: self.warnings.extend(item.toString() for item in found))
        assert load(self.engine, self.application), self.warnings
        self.root = self.engine.rootObjects()[0]
        self.settle()

    def settle(self, milliseconds=50):
        """Let everything that is queued happen."""
        pause(milliseconds)

    def find(self, name):
        """The item or object of a name; items of list delegates are found as well."""
        found = self.root.findChild(QObject, name)
        return found if found is not None else next((item for item in self.items() if item.objectName() == name), None)

    def items(self, parent=None):
        """Every item of the scene, parents first."""
        for child in map(as_item, (parent or self.root.contentItem()).childItems()):
            yield child
            yield from self.items(child)

    def shown(self, name):
        """The visible item of a name."""
        return next((item for item in self.items() if item.objectName() == name and item.isVisible()), None)

    def until(self, condition, milliseconds=20_000):
        """Wait for something to become true."""
        until(condition, milliseconds)

    def resize(self, width, height):
        self.root.setWidth(width)
        self.root.setHeight(height)
        self.settle()

    def place(self, item: QQuickItem):
        """(x, y, width, height) of an item in the window."""
        corner = item.mapToScene(item.boundingRect().topLeft())
        return corner.x(), corner.y(), item.width(), item.height()

    def close(self):
        if self.closed:
            return
        self.closed = True
        self.root.close()
        self.application.close()
        self.engine.deleteLater()
        self.settle()
        self.application.setParent(None)
        self.application.deleteLater()
        self.settle()
        be_silent(self.qt, self.wont)


@pytest.fixture(autouse=True)
def _the_same_language_for_all():
    """Two windows at a time may be closed in any order; what the last one restores is the other's language."""
    wont = QLocale()
    yield
    QLocale.setDefault(wont)


@pytest.fixture
def home(tmp_path):
    found = Home(tmp_path / "home")
    found.prepare()
    return found


@pytest.fixture
def make_window(home):
    """Opens windows of the data folder; a test that made one sees that QML complained of nothing."""
    opened = []

    def make(**options):
        opened.append(Window(home, **options))
        return opened[-1]

    yield make
    for window in opened:
        window.close()
    assert [line for window in opened for line in window.warnings] == []


@pytest.fixture
def window(make_window):
    return make_window()


@pytest.fixture
def scripted():
    """An engine played by the test; whatever the window said to it has to fit the protocol."""
    engine = ScriptedEngine()
    yield engine
    engine.close()
    assert problems_of(engine.received) == []


@pytest.fixture
def talking(make_window, scripted):
    """A window that talks with the scripted engine and was introduced to it."""
    window = make_window(command=scripted.command, environ=scripted.environ)
    window.until(lambda: window.application.link.state == "ready")
    return window
