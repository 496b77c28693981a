"""An answer is asked once more of another model: over the wire, with a model server on this machine."""

from __future__ import annotations

import asyncio

import pytest
from acp.exceptions import RequestError
from acp.helpers import text_block

from agents.providers.registry import Provider, Registry
from core.paths import Home
from tests.engine.acp.editor import Editor, connected, end_engine
from tests.fakes.openai_answers import Answer
from tests.fakes.openai_server import OpenAIServer
from tests.fakes.scripted_team import ScriptedTeam, routing

QUESTION = "What is a prime number?"


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    Home(folder).prepare()
    yield folder
    end_engine(folder)


def said_by(body):
    """Every question is a question, and each model says its own name."""
    if "RouterAnswer" in str(body):
        team = ScriptedTeam()
        team.then("router", routing("question"))
        return team(body)
    return Answer(f"I am {body['model']}.")


async def test_an_answer_is_asked_of_another_model_in_a_branch_and_of_the_team_again_afterwards(home, tmp_path):
    editor = Editor()
    with OpenAIServer(said_by, models=("gpt-test", "claude-test")) as server:
        Registry(Home(home).providers).add(Provider("house", "House", server.url, ("gpt-test", "claude-test")))
        async with connected(home, editor, team="") as (connection, _):
            session = (await connection.new_session(cwd=str(tmp_path), mcp_servers=[])).session_id
            await connection.prompt(session_id=session, prompt=[text_block(QUESTION)])
            assert editor.text(session) == "I am gpt-test."
            offered = await connection.ext_method("multicoder/models/list", {"sessionId": session})
            assert offered == {"models": ["house:gpt-test", "house:claude-test"]}

            again = {"sessionId": session, "messageId": editor.first_message(), "model": "house:nobody"}
            with pytest.raises(RequestError) as refused:
                await connection.ext_method("multicoder/session/regenerate", again)
            assert refused.value.data["multicoder"]["kind"] == "unknown-model"
            again["model"] = "house:claude-test"
            made = await connection.ext_method("multicoder/session/regenerate", again)
            branch = made["sessionId"]
            await connection.load_session(cwd=str(tmp_path), session_id=branch, mcp_servers=[])
            await editor.until(lambda: editor.outcomes(branch) == ["answered"])
            assert editor.text(branch) == "I am claude-test."
            rows = (await connection.ext_method("multicoder/journal/search", {"runs": [made["run"]]}))["rows"]
            taken = next(row for row in rows if row["name"] == "prompt.taken")
            assert taken["data"]["wishes"] == {"model": "house:claude-test"}
            asked = {row["data"]["call"]: row["data"]["model"] for row in rows if row["name"] == "call.finished"}
            assert asked == {"router.route": "house:gpt-test", "converse.answer": "house:claude-test"}

            await asyncio.wait_for(connection.prompt(session_id=branch, prompt=[text_block(QUESTION)]), 60)
            assert editor.text(branch).endswith("I am gpt-test.")
            assert editor.problems == []


async def test_without_a_provider_of_ones_own_there_is_nobody_else_to_ask(home, tmp_path):
    editor = Editor()
    async with connected(home, editor) as (connection, _):
        session = (await connection.new_session(cwd=str(tmp_path), mcp_servers=[])).session_id
        assert await connection.ext_method("multicoder/models/list", {"sessionId": session}) == {"models": []}
