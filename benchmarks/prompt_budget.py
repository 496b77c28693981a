"""Tokens of each role's prompt, and what of old facts stands in it, among a thousand and among a million messages.

    python -m benchmarks.prompt_budget CONVERSATIONS.json [--sizes 1000,100000,1000000] [--dialogues 2]

CONVERSATIONS.json is read and the filler is made as `benchmarks.recall_scale` does. Each of the first dialogues is a
project of its own that all its questions are asked about; lane 2 is empty.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from agents.roles import architect, coder, converse, reviewer, router, tester
from benchmarks.recall_quality import conversations, put_dialogue
from benchmarks.recall_scale import _PROJECTS, _fill, _said
from core.paths import Home
from core.ports import CallTag
from graph.known import ARCHITECT, CHECKING, CODER, CONVERSE
from memory.archive import SqliteArchive
from memory.service import open_memory
from memory.tokens.counting import count

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from core.events import Event
    from core.memory import Remembered
    from core.ports import ModelRequest
    from memory.service import MemoryService

MOST: Final = 7_100
_PLAN: Final[dict[str, Any]] = {
    "title": "Word counter",
    "slug": "words",
    "summary": "Counts words.",
    "language": "python",
    "kind": "cli",
    "target": "zip",
    "entry_point": "main.py",
    "dependencies": [],
    "modules": [
        {
            "name": "main",
            "purpose": "Command line.",
            "paths": ["main.py"],
            "interface": "def main(argv: list[str] | None = None) -> int",
            "exports": ["main.py:main"],
            "uses": [],
            "needs": [],
        }
    ],
    "changed": ["main"],
    "acceptance": [{"id": "a1", "when": "it is started", "then": "a hint is shown", "check": None}],
    "notes": [],
}


class Silent:
    """Takes events."""

    def emit(self, event: Event, /) -> None:
        """Take one."""


class Asked(Exception):  # noqa: N818 - how the prompt comes out of a role
    """What a role would have sent."""

    def __init__(self, request: ModelRequest) -> None:
        super().__init__()
        self.tokens = sum(count(message.text) for message in request.messages)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("conversations", type=Path)
    asked.add_argument("--sizes", default="1000,100000,1000000")
    asked.add_argument("--dialogues", type=int, default=2)
    chosen = asked.parse_args()
    dialogues = list(conversations(chosen.conversations))
    for size in map(int, chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_measure(Home(Path(folder)), dialogues, size, chosen.dialogues))


async def _measure(home: Home, dialogues: list[Any], size: int, asked_about: int) -> None:
    home.prepare()
    with closing(SqliteArchive(home.database)) as archive:
        names = [(await archive.add_project(f"other {n}", out=".", locale="en")).project for n in range(_PROJECTS)]
        await archive.store.do(lambda: _fill(archive, names, _said(dialogues, size)))
        async with open_memory(home, archive, Silent()) as memory:
            print(f"{size:,} messages", flush=True)
            for number, (units, asked) in enumerate(dialogues[:asked_about], 1):
                own = (await archive.add_project(f"own {number}", out=".", locale="en")).project
                for turn in range(40):
                    text = f"{turn}: please go on with what we talked about. " * 10
                    await archive.add_message(own, "", "person", text)
                places = await put_dialogue(memory.documents, own, units)
                await memory.recall.catch_up()
                await _ask(memory, own, asked, places)


async def _ask(memory: MemoryService, own: str, asked: list[Any], places: Mapping[Any, str]) -> None:
    shares, spent, largest = [], [], dict[str, int]()
    for question, wanted in asked:
        begun = time.perf_counter()
        given = await memory.remember(own, question)
        spent.append((time.perf_counter() - begun) * 1000)
        found = {places.get((item.source, line)) for item in given.cited for line in _lines(item)}
        shares.append(len(found & wanted) / len(wanted))
        for role, tokens in (await _prompts(question, given)).items():
            largest[role] = max(largest.get(role, 0), tokens)
    spent.sort()
    print(f"  {len(asked)} questions: {100 * sum(shares) / len(shares):.1f} % of the lines that answer are told,")
    print(f"    p50 {spent[len(spent) // 2]:.0f} ms; largest prompts in tokens (at most {MOST:,}):")
    print("    " + ", ".join(f"{role} {tokens:,}" for role, tokens in largest.items()), flush=True)
    assert max(largest.values()) <= MOST


def _lines(item: Any) -> range:
    return range(item.first, item.last + 1)


async def _prompts(question: str, given: Remembered) -> Mapping[str, int]:
    def of(names: tuple[str, ...]) -> dict[str, str]:
        return {name: given.sections[name] for name in names if name in given.sections}

    contract, history = _PLAN["modules"][0], given.sections.get("recent", "")
    words: dict[str, Any] = {"request": question}
    talk = {name: text for name, text in of(CONVERSE).items() if name != "recent"}
    plan: dict[str, Any] = {"plan": _PLAN, "contract": contract, "files": {}, "rules": [], "known": of(CODER)}
    calls: dict[str, Callable[..., Awaitable[object]]] = {
        "router": lambda ask, tag: router.route(
            ask, tag, message=question, locale="en", history=history, projects=[], attachments=[]
        ),
        "converse": lambda ask, tag: converse.answer(
            ask, tag, message=question, history=history, facts=[], locale="en", known=talk
        ),
        "architect": lambda ask, tag: architect.draw_plan(
            ask, tag, **words, answers={}, locale="en", target=None, previous=None, files={}, known=of(ARCHITECT)
        ),
        "coder": lambda ask, tag: coder.write(ask, tag, **words, **plan),
        "reviewer": lambda ask, tag: reviewer.review(
            ask, tag, **words, contract=contract, diff="", avoid_family="", locale="en", known=of(CHECKING)
        ),
        "tester": lambda ask, tag: tester.write_tests(ask, tag, **words, plan=_PLAN, tests={}, known=of(CHECKING)),
    }
    found = {}
    for role, call in calls.items():
        try:
            await call(_raise, CallTag(role))
        except Asked as sent:
            found[role] = sent.tokens
    return found


async def _raise(request: ModelRequest) -> NoReturn:
    raise Asked(request)


if __name__ == "__main__":
    main()
