"""What the window asks beyond the protocol: branches, taking back one waiting message, a word on an answer."""

from __future__ import annotations

import asyncio

import pytest
from acp.exceptions import RequestError
from acp.helpers import text_block

from tests.engine.acp.editor import Editor, connected, end_engine

PAGE = "Make a web page with a contact form"
QUESTION = "What can you do?"


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


def own(editor, kind):
    updates = [update for _, update in editor.updates if update["sessionUpdate"] == kind]
    return [update.get("_meta", {}).get("multicoder", {}) for update in updates]


async def test_a_message_is_asked_again_judged_and_one_that_waits_is_taken_back(home, tmp_path):
    editor = Undecided()
    async with connected(home, editor) as (connection, _):
        made = await connection.new_session(cwd=str(tmp_path), mcp_servers=[])
        session = made.session_id
        told = await connection.prompt(session_id=session, prompt=[text_block(QUESTION)])
        run = told.field_meta["multicoder"]["run"]
        assert {facts["run"] for facts in own(editor, "usage_update")} == {run}
        assert all(facts["at"] > 1e9 for facts in own(editor, "agent_thought_chunk"))
        await connection.ext_method("multicoder/run/rate", {"run": run, "good": True})
        await editor.until(lambda: any(facts.get("rated") for facts in own(editor, "session_info_update")))

        message = editor.first_message()
        again = {"sessionId": session, "messageId": message, "text": "What else can you do?"}
        fork = (await connection.ext_method("multicoder/session/regenerate", again))["sessionId"]
        await connection.load_session(cwd=str(tmp_path), session_id=fork, mcp_servers=[])
        known = await connection.ext_method("multicoder/branches/list", {"sessionId": fork})
        (branch,) = known["branches"]
        assert [item["sessionId"] for item in branch["siblings"]] == [session, fork]
        assert (branch["index"], branch["sameWords"], known["parent"]["shared"]) == (1, False, 0)

        works = asyncio.create_task(connection.prompt(session_id=session, prompt=[text_block(PAGE)]))
        await editor.until(lambda: editor.asked)
        card = next(update for _, update in editor.updates if update.get("rawInput"))
        assert card["rawInput"]["kind"] == "task"
        waits = connection.prompt(session_id=session, prompt=[text_block("and a map")], multicoder={"promptId": "p-2"})
        waiting = asyncio.create_task(waits)
        await editor.until(lambda: editor.updates[-1][1].get("messageId") == "p-2")
        await connection.ext_method("multicoder/session/withdraw", {"sessionId": session, "messageId": "p-2"})
        assert (await asyncio.wait_for(waiting, 10)).stop_reason == "cancelled"
        assert not works.done()
        with pytest.raises(RequestError):
            await connection.ext_method("multicoder/session/withdraw", {"sessionId": session, "messageId": "p-2"})
        await connection.cancel(session_id=session)
        await asyncio.wait_for(works, 10)
        assert editor.problems == []


@pytest.mark.parametrize(("window", "place"), [(True, "“Settings → Providers and keys”"), (False, "provider add")])
async def test_a_run_nobody_can_work_on_says_why_and_where_to_go(home, tmp_path, window, place):
    editor = Editor()
    async with connected(home, editor, team="", own={"window": window, "locale": "en"}) as (connection, _):
        made = await connection.new_session(cwd=str(tmp_path), mcp_servers=[])
        with pytest.raises(RequestError) as refused:
            await connection.prompt(session_id=made.session_id, prompt=[text_block(QUESTION)])
        assert refused.value.data["multicoder"]["kind"] == "no-provider"
        (task,) = (await connection.ext_method("multicoder/tasks/list", {"kind": "run"}))["tasks"]
        assert task["problem"]["kind"] == "no-provider"
        await connection.load_session(cwd=str(tmp_path), session_id=made.session_id, mcp_servers=[])
        ends = [facts for facts in own(editor, "session_info_update") if facts.get("outcome")]
        assert [facts["outcome"] for facts in ends] == ["failed", "failed"]
        assert ends[0] == ends[1]
        told = [problem["next"] for problem in (refused.value.data["multicoder"], task["problem"], ends[0]["problem"])]
        assert all(place in words for words in told)
        assert editor.problems == []
