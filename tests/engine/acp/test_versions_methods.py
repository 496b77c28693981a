"""Versions over the wire: what was delivered, what lies between two, and an earlier one delivered again."""

from __future__ import annotations

import asyncio
import hashlib
import json
from pathlib import Path

import pytest
from acp.exceptions import RequestError
from acp.helpers import text_block

from core.paths import Home
from engine.journal import JournalFilter, search
from tests.engine.acp.editor import Editor, connected, end_engine

TASK = "Make a calculator with a GUI"
CHANGE = "Please add a history of the calculations"


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    yield folder
    end_engine(folder)


class Person:
    """Talks to the engine in one conversation."""

    def __init__(self, connection, editor, session):
        self.connection, self.editor, self.session, self.run = connection, editor, session, ""

    async def says(self, text):
        ended = await self.connection.prompt(session_id=self.session, prompt=[text_block(text)])
        facts = ended.field_meta["multicoder"]
        assert facts["outcome"] == "delivered"
        self.run = self.run or facts["run"]

    async def asks(self, method, session="", **params):
        asked = {"sessionId": session or self.session, "run": self.run, **params}
        return await self.connection.ext_method(f"multicoder/versions/{method}", asked)

    async def refused(self, method, **params):
        with pytest.raises(RequestError) as refused:
            await self.asks(method, **params)
        return refused.value.data["multicoder"]["kind"]

    async def restores(self, version):
        """Restore a version and wait for the end of its run: the facts of the delivery."""
        run = (await self.asks("restore", version=version))["run"]
        await self.editor.until(lambda: run in self._ended(), seconds=120)
        return run, self.editor.delivery(run)

    async def tries(self, version):
        """Start a version in the sandbox and wait for what comes of it."""
        task = (await self.asks("try", version=version))["task"]
        while task["state"] not in {"done", "failed", "cancelled"}:
            await asyncio.sleep(0.2)
            listed = (await self.connection.ext_method("multicoder/tasks/list", {"kind": "trial"}))["tasks"]
            task = next(row for row in listed if row["task"] == task["task"])
        return task

    def _ended(self):
        own = [update.get("_meta", {}).get("multicoder", {}) for _, update in self.editor.updates]
        return {facts["run"]: facts["outcome"] for facts in own if "run" in facts and "outcome" in facts}


class Watching(Editor):
    """Approves everything and knows what was delivered."""

    def delivery(self, run):
        own = [update.get("_meta", {}).get("multicoder", {}) for _, update in self.updates]
        return next((facts["delivery"] for facts in own if facts.get("run") == run and "delivery" in facts), None)


async def begun(connection, editor, out):
    out.mkdir()
    made = await connection.new_session(cwd=str(out), mcp_servers=[], multicoder={"target": "source"})
    return Person(connection, editor, made.session_id)


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def is_picture(path):
    return Path(path).read_bytes().startswith(b"\x89PNG")


def forget(path):
    Path(path).unlink()


@pytest.mark.slow
async def test_an_earlier_version_becomes_the_newest_byte_for_byte_and_work_goes_on_from_it(home, tmp_path):
    editor = Watching()
    async with connected(home, editor) as (connection, _):
        person = await begun(connection, editor, tmp_path / "out")
        await person.says(TASK)
        await person.says(CHANGE)
        two, one = (await person.asks("list"))["versions"]
        assert (one["version"], two["version"]) == (1, 2)
        assert one["models"] == ["demo:scripted-coder"]
        assert 0 < one["passed"] < two["passed"]
        assert one["added"] > 100 > one["removed"] == 0
        assert two["added"] > 10
        assert (one["missing"], one["restorable"], one["restored"]) == (False, True, 0)

        trial = await asyncio.wait_for(person.tries(1), 120)
        assert (trial["state"], trial["title"]) == ("done", "Trying Calculator, version 1")
        seen = trial["result"]
        assert (seen["look"], seen["ending"], seen["alive"], seen["title"]) == ("window", "closed", True, "Calculator")
        assert is_picture(seen["picture"])
        assert await person.refused("try", version=9) == "unknown-version"

        between = await person.asks("diff", older=1, newer=2)
        files = {file["path"]: file for file in between["files"]}
        assert between["left"] == 0
        assert files["history.py"]["kind"] == "added"
        assert "+class History" in files["history.py"]["diff"]
        assert "+from history import History" in files["ui.py"]["diff"].splitlines()
        back = await person.asks("diff", older=2, newer=1)
        assert {file["path"]: file["kind"] for file in back["files"]}["history.py"] == "removed"
        assert (await person.asks("diff", older=1, newer=2, after=1))["files"] == between["files"][1:]

        calls = len([1 for _, update in editor.updates if update["sessionUpdate"] == "usage_update"])
        forget(one["artifact"])  # what the person moved away is still in the data folder
        run, delivery = await person.restores(1)
        assert len([1 for _, update in editor.updates if update["sessionUpdate"] == "usage_update"]) == calls
        assert delivery["version"] == 3
        assert sha256(delivery["artifact"]) == delivery["sha256"] == one["sha256"]
        assert sha256(two["artifact"]) == two["sha256"]
        evidence = json.loads((Path(delivery["evidence"]) / "report.json").read_text(encoding="utf-8"))
        assert evidence["tests"]["passed"] == one["passed"]
        assert evidence["environment"]["python"]
        assert any("version 1 again" in note for note in evidence["notes"])

        three, *_ = (await person.asks("list"))["versions"]
        assert (three["version"], three["restored"], three["models"]) == (3, 1, [])
        assert (await person.asks("diff", older=1, newer=3))["files"] == []
        verdict = await connection.ext_method("multicoder/audit/inspect", {})
        assert [row for row in verdict["findings"] if row["severity"] == "critical"] == []
        await person.says(CHANGE)  # refused as done already if it did not begin from the restored one
        told = search(Home(home).journal, JournalFilter(runs=(run,), names=("version.restore_asked",)))
        assert [row.data["version"] for row in told] == [1]
        assert editor.problems == []


@pytest.mark.slow
async def test_a_version_that_nobody_has_holds_and_a_wrong_number_is_refused(home, tmp_path):
    editor = Watching()
    async with connected(home, editor) as (connection, _):
        person = await begun(connection, editor, tmp_path / "out")
        await person.says(TASK)
        assert await person.refused("restore", version=1) == "version-newest"
        assert await person.refused("restore", version=7) == "unknown-version"
        assert await person.refused("diff", older=1, newer=7) == "unknown-version"
        stranger = (await connection.new_session(cwd=str(tmp_path), mcp_servers=[])).session_id
        assert await person.refused("list", session=stranger) == "unknown-run"
        await person.says(CHANGE)
        fork = await connection.fork_session(session_id=person.session, cwd=str(tmp_path), mcp_servers=[])
        shared = (await person.asks("list", session=fork.session_id))["versions"]
        assert shared == (await person.asks("list"))["versions"]
        one = shared[1]
        for copy in [Path(one["artifact"]), *(home / "builds" / one["run"]).rglob("*.zip")]:
            copy.write_bytes(b"something else")
        assert (await person.tries(1))["problem"]["kind"] == "version-gone"
        asked = len(editor.asked)
        editor.choose = _stops
        run = (await person.asks("restore", version=1))["run"]
        await editor.until(lambda: len(editor.asked) > asked, seconds=60)
        assert "Nobody has the finished file" in editor.asked[-1]["text"] + editor.asked[-1]["title"]
        await editor.until(lambda: person._ended().get(run) == "stopped", seconds=60)
        assert [row["version"] for row in (await person.asks("list"))["versions"]] == [2, 1]


async def _stops(_request):
    return "stop"
