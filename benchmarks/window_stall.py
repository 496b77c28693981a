"""How long the window stands still while the engine works: `python -m benchmarks.window_stall`.

A person's way through the real window with the real relay and engine behind it: the engine starts, a file of 50 MB is
attached and sent, the demo team makes a program. Every 5 ms a timer of the window's event loop notes how late it is, so
long a key or a picture had to wait, and how much CPU the window's thread used since it last came by. Beside it runs the
smallest QML window with the same timer and nothing to do: what it is late is the machine. All of it is done twice and
the second time is shown: byte code and compiled QML are there then.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, QTimer

from benchmarks.witnessed_window import be_bare, be_window, benchmark_environment, data_folder, leave, said_by, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gui.application import Application

TASK: Final = "Make a web page with a contact form"
LIMIT_MS: Final = 50.0
"""How late the window may be, 95 of 100 times."""
IDLE_PERCENT: Final = 0.5
MEGABYTES: Final = 50
PHASES: Final = {
    "starting": "the engine starts",
    "idle": "nothing happens",
    "reading": "a file of 50 MB is read",
    "sending": "it is sent, the plan is made",
    "building": "the program is made",
}
_BEAT_MS: Final = 5
_LOOK_MS: Final = 50
_IDLE_SECONDS: Final = 10.0
_PATIENCE_SECONDS: Final = 20.0
Beat = tuple[float, float, float]
"""When it came, how late it was, the CPU since the one before: seconds."""


class Heart(QObject):
    """Beats in the event loop it was made in."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.beats: list[Beat] = []
        self._last, self._spent = time.monotonic(), time.thread_time()
        self._timer = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now, spent = time.monotonic(), time.thread_time()
        self.beats.append((now, max(0.0, now - self._last - _BEAT_MS / 1_000), spent - self._spent))
        self._last, self._spent = now, spent


class Person(QObject):
    """Does one thing after the other, each as soon as the one before is done."""

    def __init__(self, application: Application, file: Path) -> None:
        super().__init__(application)
        self._app: Any = application
        self._file = file
        self._heart = Heart(self)
        self._approved: set[str] = set()
        self._moments: dict[str, list[float]] = {}
        self._since, self._used = 0.0, 0.0
        self._steps = iter((*PHASES, "resting"))
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._phase = ""
        self._go_on()
        self._timer.start()

    def _look(self) -> None:
        if getattr(self, f"_{self._phase}")():
            self._moments[self._phase] = [self._since, time.monotonic()]
            self._go_on()

    def _go_on(self) -> None:
        self._phase = next(self._steps)
        self._since = time.monotonic()
        if self._phase == "reading":
            self._app.composer.take([self._file.as_uri()], "")
        elif self._phase == "sending":
            self._app.composer.replace(TASK)
            self._app.composer.send()
        elif self._phase == "resting":
            self._heart.stop()
            self._timer.setInterval(round(1_000 * _IDLE_SECONDS))
            self._used = time.process_time()

    def _starting(self) -> bool:
        return bool(self._app.link.property("state") == "ready")

    def _idle(self) -> bool:
        return time.monotonic() - self._since > _IDLE_SECONDS / 2

    def _reading(self) -> bool:
        return bool(self._app.composer.property("canSend"))

    def _sending(self) -> bool:
        return bool(self._app.conversation.property("waiting"))

    def _building(self) -> bool:
        """Approve what is asked; whether the program is there."""
        card = self._app.conversation.property("waiting")
        if card and card not in self._approved:
            self._approved.add(card)
            self._app.conversation.answer(card, "approve", "", {})
        kinds = {row.kind for row in self._app.conversation.rows()}
        if "error" in kinds:
            self._end(problem="the program could not be made")
        return "artifact" in kinds and not self._app.conversation.property("busy")

    def _resting(self) -> bool:
        share = (time.process_time() - self._used) / (time.monotonic() - self._since)
        self._end(beats=self._heart.beats, phases=self._moments, idle=100 * share)
        return False

    def _end(self, **figures: Any) -> None:
        self._timer.stop()
        say(**figures)
        leave(self._app)


def watch_bare(over: Path, root: QObject, end: Callable[[], None]) -> None:
    """Let the smallest window be until a file is there."""
    heart, timer = Heart(root), QTimer(root, interval=_LOOK_MS)

    def look() -> None:
        if over.exists():
            timer.stop()
            say(beats=heart.beats)
            end()

    timer.timeout.connect(look)
    timer.start()


def watch(file: Path, root: QObject, application: Application) -> None:
    """Let somebody use the window from its first picture on."""
    preferences: Any = application.preferences
    for name, wish in {"welcomed": True, "folder": str(file.parent / "out")}.items():
        preferences.put(name, wish)

    def drawn() -> None:
        root.frameSwapped.disconnect(drawn)  # type: ignore[attr-defined]
        Person(application, file)

    root.frameSwapped.connect(drawn)  # type: ignore[attr-defined]


def row(title: str, beats: list[Beat], phase: list[float]) -> float:
    """Show how late the beats of a phase were and the CPU between them, in ms; return the lateness of 95 %.

    Of the time, not of the beats: long ones are few.
    """
    found = sorted(1_000 * beat[1] for beat in beats if phase[0] <= beat[0] <= phase[1])
    rest = 0.05 * sum(late + _BEAT_MS for late in found)
    at = len(found) - 1
    while rest > found[at] + _BEAT_MS:
        rest -= found[at] + _BEAT_MS
        at -= 1
    used = max(1_000 * beat[2] for beat in beats if phase[0] <= beat[0] <= phase[1])
    print(f"{title:40}{found[at]:10.1f}{found[-1]:10.1f}{used:10.1f}", flush=True)
    return found[at]


def write_table(file: Path) -> None:
    """Write 50 MB of lines as a program would."""
    lines = "".join(
        f"{number};{number * 7919 % 100_003};a name of some length;2024-05-17\n" for number in range(20_000)
    )
    pieces, rest = divmod(MEGABYTES * 1_048_576, len(lines))
    with file.open("w", encoding="utf-8", newline="") as writing:
        for _ in range(pieces):
            writing.write(lines)
        writing.write(lines[:rest])


def run(environ: Mapping[str, str]) -> tuple[dict[str, Any], list[Beat]]:
    """Use the window once; return what it said, and the beats of the smallest one beside it."""
    with data_folder() as home, tempfile.TemporaryDirectory(prefix="multicoder-bench-") as folder:
        file, over = Path(folder, "table.csv"), Path(folder, "over")
        write_table(file)
        command = [sys.executable, "-m", "benchmarks.window_stall", "--bare", str(over)]
        beside = subprocess.Popen(command, env=dict(environ), stdout=subprocess.PIPE, text=True)
        try:
            found = said_by("benchmarks.window_stall", ["--window", home, str(file)], environ)
            over.touch()
            said, _ = beside.communicate(timeout=_PATIENCE_SECONDS)
        finally:
            beside.kill()
    if "problem" in found:
        raise RuntimeError(found["problem"])
    return found, json.loads(said)["beats"]


def main() -> int:
    """Use the window, compare and judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--window", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--bare", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare:
        be_bare(partial(watch_bare, Path(options.bare)))
        return 0
    if options.window:
        home, file = options.window
        be_window(Path(home), partial(watch, Path(file)))
        return 0
    with benchmark_environment() as environ:
        run({**environ, "MULTICODER_TEAM": "demo"})
        found, beside = run({**environ, "MULTICODER_TEAM": "demo"})
    print(f"{'milliseconds':40}{'late 95 %':>10}{'longest':>10}{'most CPU':>10}")
    worst = 0.0
    for phase, title in PHASES.items():
        moments = found["phases"][phase]
        print(f"{title} ({moments[1] - moments[0]:.1f} s)")
        worst = max(worst, row("  the window", found["beats"], moments))
        row("  the smallest window beside it", beside, moments)
    print(f"with nothing to do the window uses {found['idle']:.2f} % of a processor")
    return 0 if worst <= LIMIT_MS and found["idle"] < IDLE_PERCENT else 1


if __name__ == "__main__":
    sys.exit(main())
