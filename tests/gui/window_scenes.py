"""The states of the window that are looked at and measured: what the engine says, and where the person is then.

Everything comes through the doors a real conversation uses; the engine is the stand of the tests, which needs none.
"""

from __future__ import annotations

import copy
import hashlib
import json
import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Q_ARG, QLocale, QMetaObject, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QCursor, QDragEnterEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest

from graph.citing import Source, sources_block
from gui.main import make_qt, translate
from tests.gui.cards_stand import downloads, look_up
from tests.gui.cards_stand import recorded as recorded_card
from tests.gui.chat_stand import ended, person, recorded, thought
from tests.gui.conftest import Window
from tests.gui.drawer_stage import an_engine
from tests.gui.memory_stand import ANSWER, NOTES, found_everywhere, give_memory
from tests.gui.shelves_stand import ShelvesStand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.paths import Home

SESSION: Final = "s-page"
CHATS: Final = (
    (SESSION, "Web page for a small bakery", 0, {}),
    ("s-2", "Budget calculator with charts", 0, {"run": "r-2", "running": True}),
    ("s-3", "Why does my script stop at line 40?", 0, {}),
    ("s-4", "Rename photos by the day they were taken", 1, {}),
    ("s-5", "Snake with a table of the best", 1, {"run": "r-5", "waits": True}),
    ("s-6", "Convert measures and currencies without a network", 4, {}),
    ("s-7", "Compare two folders and show what differs", 5, {}),
    ("s-8", "Timer for the kitchen", 16, {}),
)
TIDES: Final = "d-01m3k8x2q7tides0"
TABLES: Final = "d-01m3k8x2q7table0"
WISH: Final = "Make a page for my bakery with its opening hours and a contact form"
PROSE: Final = """A **virtual environment** keeps the packages of one program away from those of all others.

1. Make one beside the program.
2. Switch it on in the terminal.
3. Install what the program needs.

> Nothing is installed for the whole computer, so nothing can be broken for it.

Call `python -m venv .venv` once, then look at the [documentation](https://docs.python.org/3/library/venv.html):

- packages lie in `.venv/lib`
- removing the folder removes all of them
"""
CODE: Final = '''Here is a version that reads the file line by line and says where it stopped:

```python
from pathlib import Path


def longest_line(path: Path) -> tuple[int, str]:
    """Return the number and the text of the longest line."""
    found = (0, "")
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if len(line) > len(found[1]):
                found = (number, line.rstrip())
    return found


print(longest_line(Path("notes.txt")))
```

It needs no more memory for a large file than for a small one.
'''
TABLE: Final = """## Ways to store the table of the best

| Way | Survives a restart | Two programs at once | Lines of code |
|:----|:------------------:|:--------------------:|--------------:|
| A text file | yes | no | 12 |
| JSON | yes | no | 8 |
| SQLite | yes | yes | 20 |
| Memory only | no | no | 2 |

For one player a **JSON** file is enough; SQLite pays once several windows write at the same time.
"""
LOOKED_UP: Final = f"""Tides are computed from **harmonic constituents** [{TIDES}:L12-L15]; a library does it for \
the coasts it has tables of [{TABLES}:L3].

- Its newest version needs Python 3.11 or later [{TABLES}:L18].
- For a port without a table the nearest one is taken, with a correction of its own.
"""
SOURCES: Final = (
    {"n": 1, "title": "Harmonic analysis of tides", "url": "https://www.tides.example/learn/harmonics?from=index",
     "document": TIDES, "places": [f"{TIDES}:L12-L15"]},
    {"n": 2, "title": "sea/tides: tide tables of all coasts for programs that have to know when the water comes",
     "url": "https://code.example/sea/tides", "document": TABLES, "places": [f"{TABLES}:L3", f"{TABLES}:L18"]},
    {"n": 4, "title": "P\u0430ypal of the sea", "url": "https://c\u043ede.example:8443/tides",
     "document": "d-01m3k8x2q7ports0", "places": []},
)  # fmt: skip
HALF: Final = """A **virtual environment** keeps the packages of one program away from those of all others.

1. Make one beside the program.
2. Switch it on in the terminal, so that"""


class Scene:
    """One window with its engine, and what a scene does to it."""

    def __init__(self, home: Home, size: tuple[int, int]) -> None:
        self.home = home
        QLocale.setDefault(QLocale("en_US"))  # numbers and dates as well, whatever this computer speaks
        translate(make_qt(), "en")  # English has a catalogue as well: it knows the plurals
        self.engine = an_engine()
        self.engine.answers |= {"session/list": {"sessions": [_listed(*chat) for chat in CHATS]}}
        self.engine.answers["_multicoder/engine/info"]["recovered"] = []  # a message about it would lie over the rest
        calm = {"reduceMotion": True, "folder": "/home/you/MultiCoder"}
        options = {"command": self.engine.command, "environ": self.engine.environ, "preferences": calm}
        self.window: Any = Window(home, **options)
        self.window.resize(*size)
        self.window.until(lambda: self.app.link.state == "ready" and self.app.chats.rowCount() == len(CHATS))

    @property
    def app(self) -> Any:
        """What QML knows as `App`."""
        return self.window.application

    def close(self) -> None:
        """End the window and its engine."""
        self.window.close()
        self.engine.close()

    def leave(self) -> None:
        """Put the mouse where it shows no tooltip."""
        spot = QPoint(round(self.window.root.width() * 0.6), 4)
        QCursor.setPos(self.window.root.mapToGlobal(spot))
        QTest.mouseMove(self.window.root, spot)
        self.window.settle(400)

    def open(self) -> None:
        """Open the first chat, still without a word in it."""
        self.app.chats.open(SESSION)
        self.window.until(lambda: not self.app.conversation.loading)

    def ask(self, text: str, number: int = 1) -> str:
        """The person writes; returns the run that begins."""
        run = f"r-{number}"
        self.engine.update(SESSION, person(f"p-{number}", run, text))
        self.window.until(lambda: self.app.conversation.rowCount() > 0)
        return run

    def answer(self, question: str, words: str, number: int = 1) -> None:
        """A question and its whole answer."""
        run = self.ask(question, number)
        self.engine.say(SESSION, words, f"{run}/answer")
        self.engine.update(SESSION, ended(run))
        self.until_last("actions", number)
        self.settle()

    def cite(self, question: str, words: str, sources: list[dict[str, Any]], number: int = 1) -> None:
        """A question and its answer with numbered sources, as the engine sends them: words, and the same as facts."""
        run = self.ask(question, number)
        self.engine.say(SESSION, words, f"{run}/answer")
        block = {"type": "text", "text": f"\n\n{sources_block([Source(**one) for one in sources], 'en')}"}
        meta = {"multicoder": {"sources": sources}}
        told = {"sessionUpdate": "agent_message_chunk", "content": block, "messageId": f"{run}/answer", "_meta": meta}
        self.engine.update(SESSION, told)
        self.engine.update(SESSION, ended(run))
        self.until_last("actions", number)
        self.settle()

    def play(self, name: str, first: int, last: int, at: float | None = None) -> None:
        """Say what an engine once said; with `at` as if it had begun so long ago (seconds)."""
        told = _by_the_window(recorded(name)["live"])
        shift = 0.0 if at is None else time.time() - at - _first_moment(told)
        for message in told[first:last]:
            if message.get("method") == "session/update":
                self.engine.update(SESSION, _shifted(message["params"]["update"], shift))
        self.settle()

    def settle(self, milliseconds: int = 200) -> None:
        """Let everything that was said be shown."""
        self.window.settle(milliseconds)
        self.window.until(lambda: self.app.conversation.settled)

    def until_last(self, kind: str, turns: int = 1) -> None:
        """Wait until the last row is of a kind, and of the last of so many turns."""
        rows = self.app.conversation.rows
        self.window.until(
            lambda: rows() and (rows()[-1].kind, rows()[-1].turn) == (kind, turns - 1) and len(rows()) > 2
        )

    def put_card(self, content: dict[str, Any], wish: str = WISH) -> None:
        """Ask the person about a wish, with a card."""
        card = content["card"]
        run = self.ask(wish)
        key = f"{run}/card/{card['digest'][:16]}"
        meta = {"multicoder": {"run": run, "at": 110.0, "card": card["kind"]}}
        step = {"toolCallId": key, "title": content["title"], "kind": "think", "status": "pending"}
        self.engine.update(SESSION, thought(run, "Judge at work"))
        self.engine.update(SESSION, {**step, "sessionUpdate": "tool_call", "rawInput": card, "_meta": meta})
        words = [{"type": "content", "content": {"type": "text", "text": content["text"]}}]
        options = [{"optionId": item["id"], "name": item["name"], "kind": "allow_once"} for item in content["options"]]
        asked = {"sessionId": SESSION, "options": options, "toolCall": {**step, "content": words}}
        self.engine.ask("session/request_permission", {**asked, "_meta": {"multicoder": {"run": run, "card": card}}})
        self.window.until(lambda: self.app.conversation.waiting)
        self.settle()

    def call(self, name: str, function: str, *values: object) -> None:
        """Call a function of a part of the window."""
        QMetaObject.invokeMethod(self.window.find(name), function, *(Q_ARG("QVariant", value) for value in values))
        self.window.settle(300)


def _listed(name: str, title: str, days: int, state: dict[str, Any]) -> dict[str, Any]:
    when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - days * 86_400))
    meta = {"multicoder": {"parent": "", "run": "", "running": False, "waits": False} | state}
    return {"sessionId": name, "cwd": "/home/you/MultiCoder", "title": title, "updatedAt": when, "_meta": meta}


def _first_moment(messages: list[dict[str, Any]]) -> float:
    moments = (message.get("params", {}).get("update", {}).get("_meta", {}) for message in messages)
    return float(next(at for meta in moments if (at := meta.get("multicoder", {}).get("at"))))


def _by_the_window(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was decided in another program when it was recorded, as if it had been decided here."""
    return json.loads(json.dumps(messages).replace("foreign-editor", "multicoder-window"))  # type: ignore[no-any-return]


def _shifted(update: dict[str, Any], seconds: float) -> dict[str, Any]:
    moved = copy.deepcopy(update)
    own = moved.get("_meta", {}).get("multicoder", {})
    if "at" in own:
        own["at"] += seconds
    return moved


# ---------------------------------------------------------------------------------------------------- the states


def _empty(scene: Scene) -> None:
    scene.app.chats.start()


def _chat(scene: Scene) -> None:
    scene.open()
    scene.answer("What is a virtual environment, and do I need one for a small program?", PROSE)


def _streaming(scene: Scene) -> None:
    scene.open()
    run = scene.ask("What is a virtual environment?")
    scene.engine.update(SESSION, thought(run, "MultiCoder at work"))
    scene.engine.say(SESSION, HALF, f"{run}/answer")
    scene.until_last("block")
    scene.settle()


def _code(scene: Scene) -> None:
    scene.open()
    scene.answer("Find the longest line of a text file", CODE)


def _table(scene: Scene) -> None:
    scene.open()
    scene.answer("How should the game keep its table of the best?", TABLE)


def _edit(scene: Scene) -> None:
    scene.open()
    scene.answer("Find the longest line of a text file", PROSE)
    scene.call("thread", "edit", 0)


def _menu(scene: Scene) -> None:
    _chat(scene)
    scene.window.shown("modelSelector").clicked.emit()
    scene.window.settle(300)


def _search(scene: Scene) -> None:
    _chat(scene)
    scene.window.find("searchDialog").open()
    scene.window.settle(300)


def _found(scene: Scene) -> None:
    _cited(scene)
    scene.engine.answers["_multicoder/memory/search"] = found_everywhere()
    scene.window.find("searchDialog").open()
    scene.window.settle(300)
    scene.window.find("searchInput").setProperty("text", "bakery")
    scene.call("searchDialog", "look")
    scene.window.until(lambda: not scene.app.search.waiting)
    scene.window.settle(300)


def _cited(scene: Scene) -> None:
    give_memory(scene.engine)
    scene.open()
    scene.answer("When is the bakery open, and where did I say so?", ANSWER)


def _source(scene: Scene) -> None:
    _cited(scene)
    scene.app.sources.open(f"{NOTES}:L412-L415")
    scene.window.until(lambda: scene.window.shown("sourceList"))
    scene.window.settle(300)


def _memory(scene: Scene) -> None:
    _cited(scene)
    scene.call("drawer", "show", "memory")
    scene.window.until(lambda: scene.app.memory.pinned.rowCount() > 0)
    scene.window.settle(600)


def _projects(scene: Scene) -> None:
    _chat(scene)
    kept = ShelvesStand(scene.engine, ("k-1", "Games", "s-5"), ("k-2", "Bakery", SESSION, "s-8"))
    scene.app.preferences.put("openShelves", ["k-2"])
    kept.put("s-6", "k-1")
    scene.window.until(lambda: scene.app.chats.property("currentShelfName") == "Bakery")
    scene.window.settle(300)


def _drawer(scene: Scene) -> None:
    _chat(scene)
    scene.call("drawer", "show", "system")
    scene.window.settle(600)


def _providers(scene: Scene) -> None:
    _chat(scene)
    scene.call("drawer", "show", "providers")
    scene.window.settle(600)


def _green(scene: Scene) -> None:
    scene.open()
    scene.put_card(recorded_card("task_green"))


def _yellow(scene: Scene) -> None:
    content = recorded_card("task_green")
    verdict = content["card"]["verdict"]
    verdict |= {"level": "yellow", "feasibility": "Likely; sending mail needs a service outside of the page."}
    verdict["reasons"] = ["The contact form passes on names and addresses of other people."]
    verdict["recommendation"] = "Say what happens to the messages before it is built."
    content["card"]["understood"] = "A page for a bakery with opening hours and a contact form."
    scene.open()
    scene.put_card(content)


def _red(scene: Scene) -> None:
    scene.open()
    content = recorded_card("task_red")
    scene.put_card(content, content["card"]["understood"])


def _sources(scene: Scene) -> None:
    give_memory(scene.engine)
    scene.open()
    scene.cite("How can a program know when high tide is?", LOOKED_UP, list(SOURCES))


def _look_up(scene: Scene) -> None:
    scene.open()
    scene.put_card(look_up(tainted=True), "Make a program that shows the tides of my harbour")


def _downloads(scene: Scene) -> None:
    scene.open()
    scene.put_card(downloads(), "Make a program that shows the tides of my harbour")


def _privacy(scene: Scene) -> None:
    _chat(scene)
    scene.call("drawer", "show", "privacy")
    scene.window.settle(600)


def _run(scene: Scene) -> None:
    scene.open()
    scene.play("page", 0, 68, at=94.0)
    scene.until_last("run")
    scene.settle(400)


def _artifact(scene: Scene) -> None:
    made = _delivered(scene.home.root / "out")
    scene.open()
    for message in _by_the_window(recorded("page")["replayed"]):
        if message.get("method") == "session/update":
            update = message["params"]["update"]
            # What is said names the folder of a person; what is pressed has to lead to the file.
            said = _is_text(update.get("content"))
            place = "/home/you/MultiCoder" if said else made.parent.as_posix()
            placed = json.loads(json.dumps(update).replace("/place/out", place))
            scene.engine.update(SESSION, _with_checksum(placed, made))
    scene.until_last("actions")
    scene.settle(800)


def _is_text(content: object) -> bool:
    return isinstance(content, dict) and content.get("type") == "text"


def _delivered(folder: Path) -> Path:
    """A delivered file with the evidence that lies beside it."""
    made = folder / "bakery-page.zip"
    evidence = folder / "bakery-page.zip-evidence"
    evidence.mkdir(parents=True)
    made.write_bytes(bytes(range(256)) * 57)
    report = {"tests": {"passed": 19, "failed": 0, "errors": 0}, "machine": "Linux x86_64", "version": 1}
    (evidence / "report.json").write_text(json.dumps(report), encoding="utf-8")
    return made


def _with_checksum(update: dict[str, Any], made: Path) -> dict[str, Any]:
    """The checksum of the file as it lies there: another one would be told to have changed."""
    delivery = update.get("_meta", {}).get("multicoder", {}).get("delivery")
    if delivery:
        delivery["sha256"] = hashlib.sha256(made.read_bytes()).hexdigest()
    return update


def _drag(scene: Scene) -> None:
    _chat(scene)
    dragged = QMimeData()
    file = scene.home.root / "picture.png"
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor(Qt.GlobalColor.blue))
    picture.save(str(file))
    dragged.setUrls([QUrl.fromLocalFile(str(file))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, dragged, left, none)
    QGuiApplication.sendEvent(scene.window.root, event)
    scene.window.settle(300)


STATES: Final[dict[str, Callable[[Scene], None]]] = {
    "empty": _empty,
    "chat": _chat,
    "streaming": _streaming,
    "code": _code,
    "table": _table,
    "edit": _edit,
    "menu": _menu,
    "search": _search,
    "found": _found,
    "cited": _cited,
    "source": _source,
    "sources": _sources,
    "memory": _memory,
    "projects": _projects,
    "drawer": _drawer,
    "providers": _providers,
    "approval-green": _green,
    "approval-yellow": _yellow,
    "approval-red": _red,
    "look-up": _look_up,
    "downloads": _downloads,
    "privacy": _privacy,
    "run": _run,
    "artifact": _artifact,
    "drag-over": _drag,
}
