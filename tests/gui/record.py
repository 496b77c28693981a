"""Records what a real engine says in a few conversations, for `recorded/*.json`: `python -m tests.gui.record`.

Each file holds one conversation twice: `live`, as a client saw it happen, and `replayed`, as a client that loads it
later is told. Places of the machine and tokens of the moment are replaced by words.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import tempfile
from pathlib import Path

from acp.exceptions import RequestError
from acp.helpers import text_block

from tests.engine.acp.editor import Editor, connected, end_engine

RECORDED = Path(__file__).parent / "recorded"
PAGE = "Make a web page with a contact form"
SEEN = {"session/update", "session/request_permission", "elicitation/create"}


class Person(Editor):
    """Answers cards as the scene says; `None` in `decisions` looks at the card for ever."""

    def __init__(self, decisions):
        super().__init__()
        self.decisions = list(decisions)

    async def choose(self, request):
        decision = self.decisions.pop(0) if self.decisions else "approve"
        if decision is None:
            await asyncio.Event().wait()
        return decision if decision in request["options"] else await super().choose(request)

    async def fill(self, request):
        return {"text": "Use calm colours"} if "text" in request["fields"] else {"limit": 500}


SCENES = {
    "question": {"text": "What can you do?"},
    "page": {"text": PAGE, "decisions": ["approve", "modify", "approve"]},
    "hold": {"text": PAGE, "settings": {"budget_calls": 4}, "decisions": ["approve", "approve", "words"]},
    "refused": {"text": PAGE, "decisions": ["reject"]},
    "cancelled": {"text": PAGE, "decisions": ["approve", None], "cancel": "plan"},
    "failed": {"text": "What can you do?", "team": ""},
}


async def record(home, out, name, scene):
    person = Person(scene.get("decisions", ()))
    team = scene.get("team", "demo")
    async with connected(home, person, team=team, own={"tasks": True}) as (connection, _):
        for key, value in scene.get("settings", {}).items():
            await connection.ext_method("multicoder/settings/set", {"key": key, "value": value})
        made = await connection.new_session(cwd=str(out), mcp_servers=[], multicoder={"target": "source"})
        asked = connection.prompt(
            session_id=made.session_id, prompt=[text_block(scene["text"])], multicoder={"promptId": f"p-{name}"}
        )
        turn = asyncio.create_task(asked)
        if "cancel" in scene:
            await person.until(lambda: any(scene["cancel"] in request["title"] for request in person.asked))
            await connection.cancel(session_id=made.session_id)
        with contextlib.suppress(RequestError):
            await turn
        await asyncio.sleep(1.5)
        live = kept(person)
    again = Person([None])
    async with connected(home, again, team=team, own={"tasks": True}) as (connection, _):
        await connection.load_session(cwd=str(out), session_id=made.session_id, mcp_servers=[])
        tasks = await connection.ext_method("multicoder/tasks/list", {"kind": "run"})
        replayed = kept(again)
    return {"session": made.session_id, "live": live, "replayed": replayed, "tasks": tasks["tasks"]}


def kept(person):
    """The messages of a wire that a conversation is made from, and the answers of the prompts."""
    asked = {
        message["id"]: message["method"]
        for way, message in person.wire
        if way == "out" and "method" in message and "id" in message
    }
    found = []
    for way, message in person.wire:
        if way != "in":
            continue
        if message.get("method") in SEEN | {"_multicoder/tasks"}:
            found.append({key: message[key] for key in ("id", "method", "params") if key in message})
        elif "method" not in message and asked.get(message.get("id")) == "session/prompt":
            found.append(
                {"answers": "session/prompt", **{key: message[key] for key in ("result", "error") if key in message}}
            )
    return found


def plain(value, places):
    """Without places of this machine and tokens of the moment."""
    text = json.dumps(value, ensure_ascii=False)
    for place, word in places.items():
        text = text.replace(place, word)
    return json.loads(text)


async def main():
    RECORDED.mkdir(exist_ok=True)
    for name, scene in SCENES.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            home, out = Path(folder) / "home", Path(folder) / "out"
            out.mkdir()
            try:
                found = await record(home, out, name, scene)
            finally:
                end_engine(home)
            text = json.dumps(plain(found, {folder: "/place"}), ensure_ascii=False, indent=0)
            (RECORDED / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
