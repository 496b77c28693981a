"""The real window in a process of its own, with a witness in it: what the benchmarks of the window have in common.

A process of this module says what it measures as lines of JSON; `benchmark_environment` is what it is started with.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from PySide6.QtCore import QObject
    from PySide6.QtQml import QQmlApplicationEngine

    from gui.application import Application

_PATIENCE_SECONDS: Final = 20.0
BARE: Final = b"""
import QtQuick
Window {
    width: 1280; height: 800; visible: true
    Text { text: "Hello"; anchors.centerIn: parent }
}
"""
"""The smallest window: what it takes is Qt, PySide6 and the machine."""


@contextmanager
def benchmark_environment() -> Iterator[dict[str, str]]:
    """The environment of a computer that nobody has started the program on; byte code and caches are kept in it.

    Without a platform of one's own (`QT_QPA_PLATFORM`) windows draw into memory.
    """
    with TemporaryDirectory(prefix="multicoder-bench-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MULTICODER_TEAM")}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        kept.setdefault("QT_QPA_PLATFORM", "offscreen")
        yield {**kept, "PYTHONPYCACHEPREFIX": f"{folder}/code", "XDG_CACHE_HOME": f"{folder}/cache"}


def say(**figures: Any) -> None:
    """Tell the process that measures something."""
    print(json.dumps(figures), flush=True)


def said_by(module: str, words: list[str], environ: Mapping[str, str]) -> dict[str, Any]:
    """Run a module to its end; return everything it said."""
    command = [sys.executable, "-m", module, *words]
    ended = subprocess.run(command, env=dict(environ), capture_output=True, text=True, check=False, timeout=170)
    if ended.returncode:
        raise RuntimeError(f"{module} ended with status {ended.returncode}: {ended.stderr}")
    found: dict[str, Any] = {}
    for line in ended.stdout.splitlines():
        found |= json.loads(line)
    return found


@contextmanager
def data_folder() -> Iterator[str]:
    """A new data folder; once it is not needed, its engine is waited for, and ended when it does not end."""
    with TemporaryDirectory(prefix="multicoder-bench-") as folder:
        try:
            yield folder
        finally:
            _end_engine(folder)


def _end_engine(folder: str) -> None:
    serving = [process for process in psutil.process_iter(["cmdline"]) if folder in (process.info["cmdline"] or ())]
    _, left = psutil.wait_procs(serving, timeout=_PATIENCE_SECONDS)
    for process in left:
        process.kill()


def be_window(
    home: Path, witness: Callable[[QObject, Application], None], command: Sequence[str] | None = None
) -> None:
    """Be the window of a data folder; the witness gets to know it before anything is drawn.

    From the command line on, with our own engine; `command` starts another one.
    """
    from gui import main  # noqa: PLC0415 - importing it belongs to what is measured

    load = main.load

    def witnessed(engine: QQmlApplicationEngine, application: Application) -> bool:
        loaded = load(engine, application)
        if loaded:
            witness(engine.rootObjects()[0], application)
        return loaded

    main.load = witnessed
    if command is not None:
        from core.paths import Home  # noqa: PLC0415 - as above

        main.open_window(Home(home), command, os.environ)
        return
    from engine.cli import main as front_door  # noqa: PLC0415 - as above

    front_door(["--home", str(home)])


def leave(application: Application) -> None:
    """End the engine and close the window, as its icon in the tray does."""
    desktop: Any = application.desktop
    desktop.property("tray").quitWanted.emit()


def be_bare(witness: Callable[[QObject, Callable[[], None]], None]) -> None:
    """Be the smallest window; the witness gets to know it and what ends it."""
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - importing it belongs to what is measured
    from PySide6.QtQml import QQmlApplicationEngine  # noqa: PLC0415 - as above

    os.environ["QT_QUICK_BACKEND"] = "software"
    qt, engine = QGuiApplication(sys.argv[:1]), QQmlApplicationEngine()
    engine.loadData(BARE)
    witness(engine.rootObjects()[0], qt.quit)
    qt.exec()
    del engine  # before the application it lives in
