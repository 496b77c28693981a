"""The window process: from the command line to the first frame, with nothing heavy before it."""

from __future__ import annotations

import linecache
import logging
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, QUrl
from PySide6.QtGui import QIcon, QWindow
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
from PySide6.QtWidgets import QApplication

from core import settings as settings_file
from core.errors import MultiCoderError
from core.i18n import DEFAULT_LOCALE, LOCALES, system_locale
from core.logs import LOGGER_NAME, set_up_logs
from gui.application import Application
from gui.desktop.instance import Instance
from gui.pictures import IconProvider, ShadowProvider
from gui.screen import need_screen
from gui.signals import EndingSignals
from gui.slots import bordered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtQml import QQmlError

    from core.paths import Home

HERE: Final = Path(__file__).parent
MAIN: Final = HERE / "qml" / "Main.qml"
LOG_NAME: Final = "multicoder-window.log"
"""Beside the engine's: two processes cannot rotate one file."""
_DRAWN_MS: Final = 1_500
"""After this long the first frame is on the screen of the slowest computer that can show one."""
FIRST_FRAME: Final = "first frame after seconds of work:"
TRANSLATIONS: Final = HERE / "translations"
_LOG: Final = logging.getLogger(f"{LOGGER_NAME}.window")


def prepare_graphics() -> None:
    """Draw with the processor unless asked otherwise: an imitated graphics card is 5 to 10 times slower."""
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("QT_SCALE_FACTOR_ROUNDING_POLICY", "PassThrough")
    os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")


def make_qt() -> QApplication:
    """Return the application object, named so that the system shows the program's name."""
    prepare_graphics()
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)  # noqa: S101 - the only kind this process makes
    qt.setApplicationName("MultiCoder")
    qt.setApplicationDisplayName("MultiCoder")
    qt.setDesktopFileName("multicoder")
    qt.setQuitOnLastWindowClosed(False)
    qt.setWindowIcon(QIcon(str(HERE / "assets" / "multicoder.svg")))
    return qt


def language_of(home: Home) -> str:
    """The language of the window: the person's wish, else the system's."""
    try:
        wished = settings_file.load(home.settings, {}).language
    except MultiCoderError:  # the engine tells of a settings file that cannot be read
        wished = "auto"
    found = system_locale() if wished == "auto" else wished
    return found if found in LOCALES else DEFAULT_LOCALE


def translate(qt: QApplication, locale: str) -> None:
    """Let the window speak `locale`, with its dates and numbers; the texts that stand in the code are English."""
    wanted, system = QLocale(locale), QLocale.system()
    # Of the same language the system's own is right: dates of London are not those of New York.
    QLocale.setDefault(system if system.language() == wanted.language() else wanted)
    for former in qt.findChildren(QTranslator):
        qt.removeTranslator(former)
        former.deleteLater()
    # Qt's own words stand in dialogs for files where the system has none of its own.
    own = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (("qtbase", own), ("qtdeclarative", own), ("multicoder", str(TRANSLATIONS))):
        translator = QTranslator(qt)
        if translator.load(f"{name}_{locale}", folder):
            qt.installTranslator(translator)


def load(engine: QQmlApplicationEngine, application: Application) -> bool:
    """Show the window; False when its files cannot be loaded."""
    engine.addImageProvider("icons", IconProvider())
    engine.addImageProvider("shadows", ShadowProvider())
    # Not a registered singleton: in 6.11 registering one makes QML refuse every component of our own.
    engine.rootContext().setContextProperty("App", application)

    def speak(locale: str) -> None:
        qt = QApplication.instance()
        if isinstance(qt, QApplication):
            translate(qt, locale)
            engine.retranslate()

    application.spoken.connect(bordered(speak))
    engine.load(QUrl.fromLocalFile(str(MAIN)))
    return bool(engine.rootObjects())


def open_window(home: Home, command: Sequence[str], environ: Mapping[str, str], picture: Path | None = None) -> int:
    """Be the window of a data folder until it is closed; return the exit code.

    `command`, in `environ`, starts the relay to the engine. With `picture` the window is closed by itself once it was
    drawn, and what it showed is kept there. Raises MultiCoderError when no window can be opened.
    """
    need_screen()
    home.prepare()
    qt = make_qt()
    instance = Instance(home, qt)
    if not instance.claim():
        return 0
    try:
        set_up_logs(home.log.with_name(LOG_NAME))
        return _work(qt, home, instance, command, environ, picture)
    finally:
        instance.close()


def _work(
    qt: QApplication,
    home: Home,
    instance: Instance,
    command: Sequence[str],
    environ: Mapping[str, str],
    picture: Path | None,
) -> int:
    linecache.clearcache()  # PySide reads the source of all that is imported and would keep it: ten megabytes
    locale = language_of(home)
    translate(qt, locale)
    application = Application(home, locale, qt, command=command, environ=environ)
    engine = QQmlApplicationEngine()
    engine.warnings.connect(_log_warnings)
    # Not `quit`: that one asks the window, which may ask the person.
    signals = EndingSignals(lambda: qt.exit(0), qt)
    try:
        if not load(engine, application):
            raise MultiCoderError("window-broken")
        window = engine.rootObjects()[0]
        instance.raised.connect(bordered(lambda: come_forward(window)))
        if picture is not None:
            _tell_first_frame(window)
            QTimer.singleShot(_DRAWN_MS, qt, lambda: qt.exit(0 if _kept(window, picture) else 1))
        return qt.exec()
    finally:
        application.close()
        signals.close()
        del engine  # before the objects its bindings read


def _tell_first_frame(window: QObject) -> None:
    """Say on the console when it was there and what this process had used by then; who started it has the clock."""

    def drawn() -> None:
        window.frameSwapped.disconnect(drawn)  # type: ignore[attr-defined]
        sys.stdout.write(f"{FIRST_FRAME} {time.process_time():.2f}\n")
        sys.stdout.flush()

    window.frameSwapped.connect(drawn)  # type: ignore[attr-defined]


def _kept(window: QObject, picture: Path) -> bool:
    return isinstance(window, QQuickWindow) and window.grabWindow().save(str(picture))


def come_forward(window: QObject) -> None:
    """Show a window that is hidden, small or behind others."""
    if isinstance(window, QWindow):
        if not window.isVisible():
            window.show()
        window.setWindowStates(window.windowStates() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.requestActivate()


def _log_warnings(warnings: Sequence[QQmlError]) -> None:
    for warning in warnings:
        _LOG.warning("qml: %s", warning.toString())
