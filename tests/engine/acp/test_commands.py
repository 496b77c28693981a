"""What an editor is told may be typed behind a slash: only behind the answer it learns of the conversation from."""

from __future__ import annotations

import pytest

from tests.engine.acp.editor import Editor, connected, end_engine


@pytest.fixture
def editor(home):
    yield Editor()
    end_engine(home.root)


def told(editor, session):
    """Places on the wire where the commands of a conversation were told."""
    return [
        place
        for place, (way, message) in enumerate(editor.wire)
        if way == "in"
        and (message.get("params") or {}).get("sessionId") == session
        and message["params"].get("update", {}).get("sessionUpdate") == "available_commands_update"
    ]


def answered(editor):
    """Places on the wire where something the editor asked was answered."""
    return [place for place, (way, message) in enumerate(editor.wire) if way == "in" and "result" in message]


@pytest.mark.parametrize("window", [False, True])
async def test_an_editor_hears_of_slash_search_behind_the_answer_and_a_window_does_not(home, tmp_path, editor, window):
    async with connected(home.root, editor, own={"window": window}) as (connection, _):
        session = (await connection.new_session(cwd=str(tmp_path), mcp_servers=[])).session_id
        opened = answered(editor)[-1]
        await connection.load_session(cwd=str(tmp_path), session_id=session, mcp_servers=[])
        loaded = answered(editor)[-1]
        await connection.list_sessions()
    assert editor.problems == []
    places = told(editor, session)
    if window:
        assert places == []
    else:
        first, second = places
        assert opened < first < loaded < second
        (command,) = editor.wire[first][1]["params"]["update"]["availableCommands"]
        assert command["name"] == "search"
        assert command["description"]
        assert command["input"]["hint"]
