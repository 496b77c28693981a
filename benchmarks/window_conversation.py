"""A chat of 10,000 messages loaded into the window's conversation: how long the window stands still, memory, time.

The engine is played by a child process that sends what a real one would; every millisecond a timer of the same event
loop notes how much the window's thread worked since it last came by: that long a key or a picture had to wait. On a
machine that does nothing else the clock shows the same.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QEventLoop, QObject, QTimer

from core.paths import Home
from gui.chat.chats import Chats
from gui.chat.conversation import Conversation
from gui.link.engine_link import EngineLink
from gui.main import make_qt
from gui.preferences import Preferences

TURNS: Final = 5_000
MEGABYTE: Final = 1_048_576
ANSWER: Final = """\
The program reads a **table of numbers**, adds them up line by line and writes what it `found` into a file.

- the first thing that is done
- the second one, which has some more words to it than the first

```python
def total(lines: list[str]) -> int:
    return sum(int(line) for line in lines if line.strip())
```

That is all; **nothing else** is read.
"""


def engine() -> None:
    """Be the engine: answer everything with nothing, and `session/load` with a long past."""
    for line in sys.stdin:
        message = json.loads(line)
        if message.get("method") == "session/load":
            for number in range(TURNS):
                for update in turn(number):
                    say({"method": "session/update", "params": {"sessionId": "s-1", "update": update}})
        if "id" in message and "method" in message:
            say({"id": message["id"], "result": {"protocolVersion": 1}})


def turn(number: int) -> list[dict[str, Any]]:
    """What is told of one message and its answer."""
    run = f"r-{number}"
    own = {"multicoder": {"run": run, "at": 1.0 + number}}
    thoughts = [
        {"sessionUpdate": "agent_thought_chunk", "content": text(line), "messageId": f"{run}/thoughts", "_meta": own}
        for line in ("Task received.\n", "Router at work\n", "MultiCoder at work\n")
    ]
    asked = {
        "sessionUpdate": "user_message_chunk",
        "content": text(f"Question {number}: what does it do?"),
        "messageId": f"p-{number}",
        "_meta": own,
    }
    answer = {
        "sessionUpdate": "agent_message_chunk",
        "content": text(ANSWER),
        "messageId": f"{run}/answer",
        "_meta": own,
    }
    ended = {"multicoder": {**own["multicoder"], "outcome": "answered"}}
    end = {"sessionUpdate": "session_info_update", "_meta": ended}
    return [asked, *thoughts, answer, end]


def text(words: str) -> dict[str, str]:
    """A block of text."""
    return {"type": "text", "text": words}


def say(message: dict[str, Any]) -> None:
    """Write one line to the window."""
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    if "id" in message:
        sys.stdout.flush()


def main() -> None:
    """Load it once and print the figures."""
    qt = make_qt()
    parent = QObject()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        link = EngineLink([sys.executable, __file__, "--engine"], dict(os.environ), "en", parent)
        chats = Chats(link, Preferences(home.root / "window.json", parent), parent)
        thread = Conversation(link, chats, parent)
        link.start()
        before = psutil.Process().memory_info().rss
        late: list[float] = []
        last = [time.thread_time()]

        def beat() -> None:
            now = time.thread_time()
            late.append(now - last[0])
            last[0] = now

        timer = QTimer(parent, interval=1)
        timer.timeout.connect(beat)
        timer.start()
        began, cpu = time.perf_counter(), time.process_time()
        chats.open("s-1")
        while not thread.settled or not thread.rowCount():
            qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        memory = psutil.Process().memory_info().rss - before
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        rows, left = thread.rowCount(), time.thread_time()
        chats.open("")
        left = time.thread_time() - left
        late.sort()
        figures = {
            "messages": 2 * TURNS,
            "rows": rows,
            "seconds": round(seconds, 2),
            "cpu_seconds": round(cpu, 2),
            "longest_standstill_ms": round(1000 * late[-1], 1),
            "p99_standstill_ms": round(1000 * late[int(0.99 * len(late))], 1),
            "leaving_ms": round(1000 * left, 1),
            "memory_mb": round(memory / MEGABYTE),
        }
        print(json.dumps(figures))
        link.close()


if __name__ == "__main__":
    if "--engine" in sys.argv:
        engine()
    else:
        main()
