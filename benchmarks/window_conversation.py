"""A chat of 10,000 messages in the real window: `python -m benchmarks.window_conversation`.

The engine is played by a process that only talks (`benchmarks.talking_engine`). An answer of 20 KB streams at 200
tokens a second in an empty chat; then the long chat is loaded, scrolled through, and the same answer streams below it.
All figures are CPU: of the window's thread for a flush (parsing what came and handing it to the items of QML) and for
the pictures drawn meanwhile, of the whole process for a picture while scrolling. *Standstill* is how much the window's
thread works between two beats of a timer of its event loop: that long a key has to wait.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psutil
from PySide6.QtCore import QEvent, QObject, QTimer

from benchmarks.talking_engine import LONG, SHORT, TURNS
from benchmarks.witnessed_window import be_window, benchmark_environment, data_folder, leave, said_by, say
from gui.chat.conversation import Conversation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gui.application import Application

SIZES: Final = ((1280, 800), (3840, 2160))
LIMITS_MS: Final = {1280: 20.0, 3840: 30.0}
"""What a picture may cost while scrolling, 95 of 100 times."""
FLUSH_MS: Final = 4.0
MEMORY_MB: Final = 160
WAYS: Final = {"wheel": 40, "fling": 400}
"""Pixels per picture."""
PICTURES: Final = 300
_LOOK_MS: Final = 50
_REST_SECONDS: Final = 1.0
_NARROW, _STEPS, _BETWEEN_SECONDS = 780, 20, 0.1
"""From this width on the column gets narrower with the window, pixel by pixel."""


class Pictures(QObject):
    """What the window's thread spends on each picture, from the request to the screen."""

    def __init__(self, root: Any) -> None:
        super().__init__(root)
        self.spent: list[float] = []
        self._began = 0.0
        root.installEventFilter(self)
        root.frameSwapped.connect(self._drawn)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Note when a picture begins."""
        if event.type() == QEvent.Type.UpdateRequest:
            self._began = time.thread_time()
        return False

    def _drawn(self) -> None:
        if self._began:
            self.spent.append(1_000 * (time.thread_time() - self._began))
            self._began = 0.0


def time_flushes() -> list[float]:
    """Note what the conversation spends each time it shows what came; return where that is noted."""
    spent: list[float] = []
    show = Conversation._show  # noqa: SLF001 - what is timed

    def timed(conversation: Conversation, until: float) -> bool:
        began = time.thread_time()
        done = show(conversation, until)
        spent.append(1_000 * (time.thread_time() - began))
        return done

    Conversation._show = timed  # type: ignore[method-assign,assignment]  # noqa: SLF001 - as above
    return spent


class Reader(QObject):
    """Goes through everything once, as fast as the window follows."""

    def __init__(self, root: Any, application: Application, flushes: list[float]) -> None:
        super().__init__(application)
        self._root, self._flushes, self._pictures = root, flushes, Pictures(root)
        self._app: Any = application
        self._way = self._everything()
        self._until: Callable[[], bool] = lambda: application.link.property("state") == "ready"  # type: ignore[attr-defined]
        self._busiest, self._spent = 0.0, 0.0
        self._beat = QTimer(self, interval=1)
        self._beat.timeout.connect(self._came_by)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _came_by(self) -> None:
        now = time.thread_time()
        self._busiest, self._spent = max(self._busiest, now - self._spent), now

    def _look(self) -> None:
        if self._until():
            until = next(self._way, None)
            if until is None:
                self._timer.stop()
                leave(self._app)
            else:
                self._until = until

    def _everything(self) -> Iterator[Callable[[], bool]]:
        yield _after(_REST_SECONDS)
        say(empty=_memory())
        yield from self._opened(SHORT)
        yield from self._streamed("alone")
        yield from self._opened(LONG)
        yield _after(_REST_SECONDS)
        say(loaded=_memory(), rows=self._app.conversation.rowCount())
        for way, step in WAYS.items():
            yield from self._scrolled(way, step)
        yield from self._resized()
        self._app.thread.toEnd()
        yield _after(_REST_SECONDS)
        yield from self._streamed("below")
        say(memory=_memory())

    def _resized(self) -> Iterator[Callable[[], bool]]:
        """Make the window narrower step by step, as by its edge, and wide again at once."""
        width = self._root.width()
        self._busiest, self._spent = 0.0, time.thread_time()
        self._beat.start()
        for narrow in range(_NARROW, _NARROW - _STEPS, -1):
            self._root.setWidth(narrow)
            yield _after(_BETWEEN_SECONDS)
        self._root.setWidth(width)
        yield _after(_REST_SECONDS)
        self._beat.stop()
        say(resized=1_000 * self._busiest)

    def _opened(self, chat: str) -> Iterator[Callable[[], bool]]:
        conversation = self._app.conversation
        self._busiest, self._spent = 0.0, time.thread_time()
        self._beat.start()
        began, used = time.monotonic(), time.process_time()
        self._app.chats.open(chat)
        yield lambda: conversation.settled and self._app.chats.property("current") == chat
        self._beat.stop()
        spent = {"seconds": time.monotonic() - began, "cpu": time.process_time() - used}
        say(**{chat: {**spent, "standstill": 1_000 * self._busiest}})

    def _streamed(self, where: str) -> Iterator[Callable[[], bool]]:
        conversation = self._app.conversation
        conversation.send("Tell me everything.", [])
        yield lambda: bool(conversation.property("busy"))
        self._flushes.clear()
        self._pictures.spent.clear()
        began, used = time.monotonic(), time.process_time()
        yield lambda: not conversation.property("busy")
        share = 100 * (time.process_time() - used) / (time.monotonic() - began)
        say(**{where: {"flushes": self._flushes, "pictures": self._pictures.spent, "share": share}})

    def _scrolled(self, way: str, step: int) -> Iterator[Callable[[], bool]]:
        """Scroll through rows that were never shown before, picture by picture."""
        thread, found = self._app.thread, Scrolling(self._root, self._app.thread, step)
        thread.moveTo(thread.property("total") / (3 if way == "wheel" else 2))
        found.go_on()
        yield lambda: len(found.spent) > PICTURES
        found.stop()
        say(**{way: {"spent": found.spent[1:], "thumb": found.back}})


class Scrolling(QObject):
    """Moves on with every picture that was drawn."""

    def __init__(self, root: Any, thread: Any, step: int) -> None:
        super().__init__(root)
        self.spent: list[float] = []
        """Milliseconds of CPU per picture."""
        self.back = 0.0
        """How far the thumb of the scroll bar ever went back, in pixels."""
        self._root, self._thread, self._step = root, thread, step
        self._thumb, self._used = 0.0, time.process_time()
        root.frameSwapped.connect(self.go_on)

    def go_on(self) -> None:
        """Note the last picture and ask for the next."""
        now = time.process_time()
        self.spent.append(1_000 * (now - self._used))
        thumb = self._root.height() * self._thread.property("position") / self._thread.property("total")
        self.back = max(self.back, self._thumb - thumb)
        self._thumb, self._used = thumb, now
        self._thread.moveTo(self._thread.property("position") + self._step)
        self._root.requestUpdate()

    def stop(self) -> None:
        """Move no more."""
        self._root.frameSwapped.disconnect(self.go_on)


def _after(seconds: float) -> Callable[[], bool]:
    then = time.monotonic() + seconds
    return lambda: time.monotonic() >= then


def _memory() -> list[float]:
    """Resident, with its share of what others use too, and its own alone: megabytes."""
    found = psutil.Process().memory_full_info()
    return [found.rss / 1e6, getattr(found, "pss", found.rss) / 1e6, found.uss / 1e6]


def watch(width: int, height: int, flushes: list[float], root: Any, application: Application) -> None:
    """Give the window its size and let somebody read in it."""
    preferences: Any = application.preferences
    for name, wish in {"welcomed": True, "sidebarOpen": True}.items():
        preferences.put(name, wish)
    root.setGeometry(0, 0, width, height)
    Reader(root, application, flushes)


def ranked(spent: list[float]) -> tuple[float, float, float]:
    """Median, 95 % and longest."""
    ordered = sorted(spent)
    return statistics.median(ordered), ordered[int(0.95 * len(ordered))], ordered[-1]


def told(spent: list[float]) -> str:
    """The same in words."""
    return " / ".join(f"{part:.1f}" for part in ranked(spent))


def report(width: int, height: int, found: dict[str, Any]) -> bool:
    """Print what one window needed; whether it is within the limits."""
    loaded = found[LONG]
    print(f"{width}x{height}: {2 * TURNS} messages, {found['rows']} rows; milliseconds of CPU, median / 95 % / longest")
    print(f"  loading     {loaded['cpu']:.1f} s of CPU, longest standstill {loaded['standstill']:.0f} ms")
    good = True
    for way in WAYS:
        print(f"  {way:12}{told(found[way]['spent'])}, thumb back at most {found[way]['thumb']:.2f} pixels")
        good = good and ranked(found[way]["spent"])[1] <= LIMITS_MS[width]
    print(f"  resizing    longest standstill {found['resized']:.0f} ms")
    for where, words in {"alone": "in an empty chat", "below": "below the long one"}.items():
        spent = found[where]
        print(f"  streaming {words}: flush {told(spent['flushes'])}, picture {told(spent['pictures'])}", end="")
        print(f", {spent['share']:.0f} % of a processor")
    for moment, words in {"empty": "empty", "loaded": "loaded", "memory": "in the end"}.items():
        rss, pss, uss = found[moment]
        print(f"  memory {words}: {rss:.0f} MB resident, {pss:.0f} MB proportional, {uss:.0f} MB its own")
    return good and ranked(found["below"]["flushes"])[1] <= FLUSH_MS and found["memory"][0] <= MEMORY_MB


def main() -> int:
    """Measure both sizes and judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    one = parser.parse_args().one
    if one:
        home, width, height = one
        witness = partial(watch, int(width), int(height), time_flushes())
        be_window(Path(home), witness, [sys.executable, "-m", "benchmarks.talking_engine"])
        return 0
    good = True
    with benchmark_environment() as environ:
        for width, height in SIZES:
            with data_folder() as home:
                found = said_by("benchmarks.window_conversation", ["--one", home, str(width), str(height)], environ)
            good = report(width, height, found) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
