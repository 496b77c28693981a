"""A foreign editor drives MultiCoder through the relay: real processes, the SDK's client, every message validated."""

from __future__ import annotations

import asyncio
import hashlib
import os

import pytest
from acp.exceptions import RequestError
from acp.helpers import resource_link_block, text_block

from core.paths import Home
from tests.engine.acp.editor import Editor, connected, end_engine

PAGE = "Make a web page with a contact form"
QUESTION = "What can you do?"


class Picky(Editor):
    """Changes the plan once before approving it."""

    modified = False

    async def choose(self, request):
        if "plan" in request["title"] and not self.modified:
            self.modified = True
            return "modify"
        return await super().choose(request)

    async def fill(self, request):
        return {"text": "Use calm colours"} if "text" in request["fields"] else await super().fill(request)


class Undecided(Editor):
    """Looks at every card for ever."""

    async def choose(self, request):
        del request
        await asyncio.Event().wait()


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    yield folder
    end_engine(folder)


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


async def opened(connection, out, **own):
    made = await connection.new_session(cwd=str(out), mcp_servers=[], multicoder={"target": "source", **own})
    return made.session_id


async def test_a_whole_project_through_modify_approval_delivery_and_a_reload_in_a_new_process(home, out):
    editor = Picky()
    async with connected(home, editor) as (connection, _):
        session = await opened(connection, out)
        ended = await connection.prompt(session_id=session, prompt=[text_block(PAGE)])
        assert ended.stop_reason == "end_turn"
        assert ended.field_meta["multicoder"]["outcome"] == "delivered"
        assert editor.modified
        kinds = {
            "user_message_chunk",
            "agent_thought_chunk",
            "agent_message_chunk",
            "plan",
            "tool_call",
            "usage_update",
        }
        assert kinds <= editor.kinds(session)
        steps = editor.steps(session)
        assert {step.get("status") for step in steps.values()} == {"completed"}
        assert any(part["type"] == "diff" for step in steps.values() for part in step.get("content", []))
        plan = [update for _, update in editor.updates if update["sessionUpdate"] == "plan"][-1]
        assert {entry["status"] for entry in plan["entries"]} == {"completed"}
        delivered = [path.name for path in out.iterdir()]
        assert delivered
        listed = await connection.list_sessions()
        assert [item.session_id for item in listed.sessions] == [session]
        assert editor.problems == []
    again = Editor()
    async with connected(home, again) as (connection, _):
        await connection.load_session(cwd=str(out), session_id=session, mcp_servers=[])
        assert again.text(session, "user_message_chunk").startswith(PAGE)
        assert again.text(session) == editor.text(session)
        assert again.steps(session) == editor.steps(session)
        assert again.problems == []
    assert [path.name for path in out.iterdir()] == delivered


@pytest.mark.slow
async def test_an_editor_without_forms_modifies_by_its_next_message(home, out):
    class Plain(Picky):
        def __init__(self):
            super().__init__(forms=False)

    editor = Plain()
    async with connected(home, editor) as (connection, _):
        session = await opened(connection, out)
        ended = await connection.prompt(session_id=session, prompt=[text_block(PAGE)])
        assert ended.field_meta["multicoder"]["expects"] == "message"
        assert "What should be different?" in editor.text(session)
        ended = await connection.prompt(session_id=session, prompt=[text_block("Use calm colours")])
        assert ended.field_meta["multicoder"]["outcome"] == "delivered"
        assert editor.filled == []
        assert editor.problems == []


async def test_a_cancel_ends_the_turn_and_a_fork_goes_another_way(home, out):
    editor = Undecided()
    async with connected(home, editor) as (connection, _):
        session = await opened(connection, out)
        turn = asyncio.create_task(connection.prompt(session_id=session, prompt=[text_block(PAGE)]))
        await editor.until(lambda: editor.asked)
        started = asyncio.get_running_loop().time()
        await connection.cancel(session_id=session)
        ended = await asyncio.wait_for(turn, 10)
        assert ended.stop_reason == "cancelled"
        assert asyncio.get_running_loop().time() - started < 1
        asked = await connection.prompt(session_id=session, prompt=[text_block(QUESTION)])
        assert asked.field_meta["multicoder"]["outcome"] == "answered"
        assert editor.text(session)
        message = [
            update["messageId"] for _, update in editor.updates if update["sessionUpdate"] == "user_message_chunk"
        ][-1]
        fork = await connection.fork_session(
            session_id=session, cwd=str(out), multicoder={"fromMessage": message, "replay": True}
        )
        assert editor.text(fork.session_id, "user_message_chunk") == PAGE
        ended = await connection.prompt(session_id=fork.session_id, prompt=[text_block(QUESTION)])
        assert ended.field_meta["multicoder"]["outcome"] == "answered"
        assert editor.problems == []


@pytest.mark.slow
async def test_an_editor_killed_at_an_open_question_is_asked_again_and_nothing_is_approved(home, out):
    editor = Undecided()
    async with connected(home, editor) as (connection, process):
        session = await opened(connection, out)
        turn = asyncio.create_task(connection.prompt(session_id=session, prompt=[text_block(PAGE)]))
        await editor.until(lambda: editor.asked)
        process.kill()
        turn.cancel()
        await asyncio.gather(turn, return_exceptions=True)
    again = Editor()
    async with connected(home, again) as (connection, _):
        questions = await connection.ext_method("multicoder/questions/list", {})
        assert [row["card"]["kind"] for row in questions["questions"]] == ["task"]
        await connection.load_session(cwd=str(out), session_id=session, mcp_servers=[])
        await again.until(lambda: again.outcomes(session) == ["delivered"], 90)
        await again.until(lambda: len(again.asked) == 2)
        assert again.asked[0]["text"] == editor.asked[0]["text"]
        assert list(out.iterdir())
        assert again.problems == []


async def test_the_engine_killed_in_the_middle_is_started_again_and_the_client_sees_one_turn(home, out):
    editor = Editor()
    async with connected(home, editor) as (connection, _):
        session = await opened(connection, out)
        turn = asyncio.create_task(connection.prompt(session_id=session, prompt=[text_block(PAGE)]))
        await editor.until(lambda: "plan" in editor.kinds(session))
        info = await connection.ext_method("multicoder/engine/info", {})
        os.kill(info["pid"], 9)
        ended = await asyncio.wait_for(turn, 90)
        assert ended.field_meta["multicoder"]["outcome"] == "delivered"
        assert (await connection.ext_method("multicoder/engine/info", {}))["pid"] != info["pid"]
        assert len([path for path in out.iterdir() if not path.name.startswith(".")]) >= 1
        runs = await connection.ext_method("multicoder/tasks/list", {"kind": "run"})
        assert [task["state"] for task in runs["tasks"]] == ["done"]
        assert editor.problems == []


async def test_files_are_attached_by_path_and_wrong_input_is_refused_in_words(home, out, tmp_path):
    notes = tmp_path / "заметки.txt"
    notes.write_text("remember", encoding="utf-8")
    editor = Editor()
    async with connected(home, editor) as (connection, _):
        session = await opened(connection, out)
        blocks = [resource_link_block("заметки.txt", notes.as_uri()), text_block(QUESTION)]
        ended = await connection.prompt(session_id=session, prompt=blocks)
        assert ended.field_meta["multicoder"]["outcome"] == "answered"
        said = [update for _, update in editor.updates if update["sessionUpdate"] == "user_message_chunk"]
        kept = [(update["content"].get("name"), update["_meta"]["multicoder"].get("sha256")) for update in said]
        assert kept == [("заметки.txt", hashlib.sha256(b"remember").hexdigest()), (None, None)]
        for call, kind in (
            (connection.prompt(session_id=session, prompt=[text_block("  ")]), "empty-task"),
            (connection.prompt(session_id="s-none", prompt=[text_block("x")]), "unknown-session"),
            (
                connection.prompt(session_id=session, prompt=[resource_link_block("x", "https://x.test/a")]),
                "attachment-not-local",
            ),
            (connection.new_session(cwd="relative", mcp_servers=[]), "cwd-not-absolute"),
            (opened(connection, out, target="poster"), "unknown-target"),
            (opened(connection, out, budget="much"), "bad-parameter"),
            (connection.ext_method("multicoder/tasks/pause", {"task": 7}), "bad-parameter"),
            (connection.ext_method("multicoder/tasks/pause", {"task": "t-none"}), "unknown-task"),
        ):
            with pytest.raises(RequestError) as refused:
                await call
            assert refused.value.data["multicoder"]["kind"] == kind
            assert refused.value.data["multicoder"]["next"]
        with pytest.raises(RequestError) as unknown:
            await connection.ext_method("multicoder/no/such", {})
        assert unknown.value.code == -32601
        assert editor.problems == []


@pytest.mark.slow
async def test_two_clients_see_the_same_run_and_the_first_answer_counts(home, out):
    one, two = Undecided(), Editor()
    async with connected(home, one) as (first, _), connected(home, two) as (second, _):
        session = await opened(first, out)
        turn = asyncio.create_task(first.prompt(session_id=session, prompt=[text_block(PAGE)]))
        await one.until(lambda: one.asked)
        await second.load_session(cwd=str(out), session_id=session, mcp_servers=[])
        ended = await asyncio.wait_for(turn, 90)
        assert ended.field_meta["multicoder"]["outcome"] == "delivered"
        await two.until(lambda: two.text(session))
        assert one.text(session) == two.text(session)
        assert one.problems + two.problems == []


@pytest.mark.slow
async def test_a_client_that_comes_in_the_middle_knows_the_plan_and_what_was_used(home, out):
    class Patient(Editor):
        async def choose(self, request):
            if "plan" in request["title"]:
                await asyncio.Event().wait()
            return await super().choose(request)

    one, two = Patient(), Editor()
    async with connected(home, one) as (first, _), connected(home, two) as (second, _):
        session = await opened(first, out)
        turn = asyncio.create_task(first.prompt(session_id=session, prompt=[text_block(PAGE)]))
        await one.until(lambda: any("plan" in request["title"] for request in one.asked))
        await second.resume_session(cwd=str(out), session_id=session, mcp_servers=[])
        await asyncio.wait_for(turn, 90)
        await two.until(lambda: two.outcomes(session))
        for kind in ("plan", "usage_update"):
            seen = [[item for _, item in editor.updates if item["sessionUpdate"] == kind] for editor in (one, two)]
            assert seen[1]
            assert seen[1] == seen[0][-len(seen[1]) :]
        assert not one.problems + two.problems


@pytest.mark.slow
async def test_who_works_with_an_engine_that_is_stopped_does_not_come_back_to_it(home, out):
    editor = Undecided()
    async with connected(home, editor) as (connection, process):
        session = await opened(connection, out)
        turn = asyncio.create_task(connection.prompt(session_id=session, prompt=[text_block(PAGE)]))
        await editor.until(lambda: editor.asked)
        await connection.ext_method("multicoder/engine/stop", {})
        with pytest.raises(RequestError) as stopped:
            await asyncio.wait_for(turn, 30)
        assert stopped.value.data == {"code": "engine-stopped"}
        assert await asyncio.wait_for(process.wait(), 30) == 0
    assert "broke" not in Home(home).log.read_text(encoding="utf-8")


async def test_own_methods_show_and_steer_the_engine(home, out):
    editor = Editor()
    async with connected(home, editor, own={"tasks": True, "status": True, "locale": "ru"}) as (connection, _):
        session = await opened(connection, out)
        await connection.prompt(session_id=session, prompt=[text_block(QUESTION)])
        status = await connection.ext_method("multicoder/status", {"probe": True})
        states = {row["id"]: row["state"] for row in status["systems"]}
        assert {"checkpoints", "ledger", "archive", "journal", "tasks", "disk"} <= set(states)
        rows = await connection.ext_method("multicoder/journal/search", {"types": ["MESSAGE"], "limit": 5})
        assert {row["type"] for row in rows["rows"]} == {"MESSAGE"}
        changed = await connection.ext_method("multicoder/settings/set", {"key": "loop_limit", "value": 4})
        assert {row["key"]: row["value"] for row in changed["settings"]}["loop_limit"] == 4
        report = out / "report.txt"
        await connection.ext_method("multicoder/reports/write", {"path": str(report), "format": "txt"})
        await editor.until(report.exists)
        verdict = await connection.ext_method("multicoder/audit/inspect", {})
        assert 0 <= verdict["score"] <= 100
        await connection.ext_method("multicoder/session/rename", {"sessionId": session, "title": "Named"})
        assert (await connection.list_sessions()).sessions[0].title == "Named"
        await editor.until(lambda: {"_multicoder/tasks", "_multicoder/status"} <= {f"_{m}" for m, _ in editor.notified})
        assert editor.problems == []


@pytest.mark.slow
async def test_a_turn_whose_run_is_taken_back_to_a_step_ends_as_paused(home, out):
    editor = Undecided()
    async with connected(home, editor) as (connection, _):
        session = await opened(connection, out)
        turn = asyncio.create_task(connection.prompt(session_id=session, prompt=[text_block(PAGE)]))
        await editor.until(lambda: editor.asked)
        run = (await connection.ext_method("multicoder/questions/list", {}))["questions"][0]["run"]
        steps = (await connection.ext_method("multicoder/run/steps", {"run": run}))["steps"]
        await connection.ext_method("multicoder/run/rewind", {"run": run, "step": steps[0]["number"]})
        ended = await asyncio.wait_for(turn, 20)
        assert (ended.stop_reason, ended.field_meta["multicoder"]["paused"]) == ("end_turn", "rewound")


@pytest.mark.slow
async def test_an_engine_that_cannot_work_here_says_why_and_not_that_it_was_stopped(home):
    (home / "ledger.db").mkdir(parents=True)
    with pytest.raises(RequestError) as refused:
        async with connected(home, Editor()):
            pass
    assert refused.value.data == {"code": "engine-refuses"}
    assert "ledger.db" in str(refused.value)


@pytest.mark.slow
async def test_an_engine_whose_settings_cannot_be_read_works_with_the_defaults_and_says_so(home):
    home.mkdir()
    (home / "settings.toml").write_bytes(b"\0\xff = ")
    async with connected(home, Editor()) as (connection, _):
        told = (await connection.ext_method("multicoder/engine/info", {}))["recovered"]
    assert "settings.toml" in told[0]
    assert [file.read_bytes() for file in home.glob("damaged/*/settings.toml")] == [b"\0\xff = "]
