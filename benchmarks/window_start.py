"""How soon the window is there: `python -m benchmarks.window_start`.

The real command is started in fresh processes, with the relay and the engine behind it, and left as a person leaves it.
Counted is the CPU time of the window's process, interpreter and all threads included, until its first picture is on
the screen. In turn with it the smallest QML window of PySide6 is started: what that takes is the machine and Qt.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.witnessed_window import (
    be_bare,
    be_window,
    benchmark_environment,
    data_folder,
    leave,
    said_by,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject

    from gui.application import Application

LIMIT_SECONDS: Final = 0.6
"""CPU until the first picture, with all files in the system's cache."""
_SETTLED_MS: Final = 1_000
"""After the engine answered: what is done with its first answers belongs to the start as well."""


def watch_bare(root: QObject, end: Callable[[], None]) -> None:
    """Note when the smallest window was drawn, and end it."""

    def drawn() -> None:
        say(drawn=time.process_time(), at=time.time())
        end()

    root.frameSwapped.connect(drawn)  # type: ignore[attr-defined]


def watch(root: QObject, application: Application) -> None:
    """Note when the window was drawn and what it had used when the engine had answered; then leave."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - the window itself imports it

    link: Any = application.link

    def drawn() -> None:
        say(drawn=time.process_time(), at=time.time(), modules=len(sys.modules))
        root.frameSwapped.disconnect(drawn)  # type: ignore[attr-defined]

    def introduced() -> None:
        if link.property("state") == "ready":
            link.changed.disconnect(introduced)
            QTimer.singleShot(_SETTLED_MS, application, settled)

    def settled() -> None:
        say(settled=time.process_time())
        leave(application)

    root.frameSwapped.connect(drawn)  # type: ignore[attr-defined]
    link.changed.connect(introduced)


def start(kind: str, environ: Mapping[str, str]) -> dict[str, Any]:
    """Start one window in a new data folder."""
    with data_folder() as folder:
        began = time.time()
        found = said_by("benchmarks.window_start", ["--one", kind, folder], environ)
        return {**found, "wall": found["at"] - began}


def middle(runs: list[dict[str, Any]], figure: str) -> float:
    """The median of one figure."""
    return float(statistics.median(run[figure] for run in runs))


def main() -> int:
    """Start both kinds in turn, compare and judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        kind, folder = options.one
        if kind == "bare":
            be_bare(watch_bare)
        else:
            be_window(Path(folder), watch)
        return 0
    with benchmark_environment() as environ:
        first = {kind: start(kind, environ) for kind in ("bare", "window")}
        runs: dict[str, list[dict[str, Any]]] = {"bare": [], "window": []}
        for _ in range(options.repeat):
            for kind, found in runs.items():
                found.append(start(kind, environ))
    for kind, found in runs.items():
        spent = sorted(run["drawn"] for run in found)
        print(f"{kind:8}first picture {middle(found, 'drawn'):.2f} s CPU ({spent[0]:.2f} to {spent[-1]:.2f})", end="")
        print(f", {middle(found, 'wall'):.2f} s by the clock; the very first time {first[kind]['drawn']:.2f} s CPU")
    window, smallest = middle(runs["window"], "drawn"), middle(runs["bare"], "drawn")
    print(f"ratio {window / smallest:.1f}; {runs['window'][0]['modules']} modules of Python", end="")
    print(f"; with the engine's first answers {middle(runs['window'], 'settled'):.2f} s CPU")
    return 0 if window <= LIMIT_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
