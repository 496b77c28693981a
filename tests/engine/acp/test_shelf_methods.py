"""Shelves of conversations through the protocol's own door: what one client does, every window is told."""

from __future__ import annotations

import pytest
from acp.exceptions import RequestError
from acp.helpers import text_block

from tests.engine.acp.editor import Editor, connected, end_engine

QUESTION = "What can you do?"
FOLLOWS = {"shelves": True}


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    yield folder
    end_engine(folder)


class Person:
    """Somebody at a client, who puts conversations on shelves."""

    def __init__(self, connection, tmp_path):
        self.connection = connection
        self.folder = str(tmp_path)

    async def own(self, method, **params):
        return await self.connection.ext_method(f"multicoder/{method}", params)

    async def session(self, **meta):
        return (await self.connection.new_session(cwd=self.folder, mcp_servers=[], multicoder=meta)).session_id

    async def shelves(self):
        """Name and conversations of every shelf."""
        return {row["name"]: row["sessions"] for row in (await self.own("shelves/list"))["shelves"]}

    async def refused(self, method, **params):
        with pytest.raises(RequestError) as caught:
            await self.own(method, **params)
        assert caught.value.code == -32602
        return caught.value.data["multicoder"]


def told(editor):
    """The states a client was told, each as name -> conversations."""
    return [
        {row["name"]: row["sessions"] for row in params["shelves"]}
        for method, params in editor.notified
        if method == "multicoder/shelves"
    ]


@pytest.mark.slow
async def test_what_one_client_does_with_shelves_the_other_is_told_and_a_restart_keeps(home, tmp_path):
    one, two, silent = Editor(), Editor(), Editor()
    async with (
        connected(home, one, own=FOLLOWS) as (connection, _),
        connected(home, two, own=FOLLOWS),
        connected(home, silent),
    ):
        person = Person(connection, tmp_path)
        assert await person.shelves() == {}
        shelf = (await person.own("shelves/create", name="  Web \n pages "))["shelf"]
        outside, inside = await person.session(), await person.session(shelf=shelf)
        await person.own("shelves/put", sessionId=outside, shelf=shelf)
        await person.own("shelves/rename", shelf=shelf, name="Сайты")
        await person.own("shelves/put", sessionId=outside)
        states = [
            {"Web pages": []},
            {"Web pages": [inside]},
            {"Web pages": [outside, inside]},
            {"Сайты": [outside, inside]},
            {"Сайты": [inside]},
        ]
        for editor in (one, two):
            await editor.until(lambda editor=editor: len(told(editor)) == len(states))
            assert [{name: set(found) for name, found in state.items()} for state in told(editor)] == [
                {name: set(wanted) for name, wanted in state.items()} for state in states
            ]
        assert told(silent) == []
        assert one.problems + two.problems == []
        await person.own("engine/stop")
    end_engine(home)
    async with connected(home, again := Editor(), own=FOLLOWS) as (connection, _):
        person = Person(connection, tmp_path)
        assert await person.shelves() == {"Сайты": [inside]}
        await person.own("shelves/remove", shelf=shelf)
        assert await person.shelves() == {}
        listed = (await connection.list_sessions()).sessions
        assert {item.session_id for item in listed} >= {inside, outside}
        await again.until(lambda: told(again) == [{}])


async def test_a_fork_stands_where_its_origin_stands_and_a_deleted_conversation_nowhere(home, tmp_path):
    editor = Editor()
    async with connected(home, editor) as (connection, _):
        person = Person(connection, tmp_path)
        shelf = (await person.own("shelves/create", name="Help"))["shelf"]
        session = await person.session(shelf=shelf)
        await connection.prompt(session_id=session, prompt=[text_block(QUESTION)])
        message = editor.first_message()
        fork = (await person.own("session/regenerate", sessionId=session, messageId=message))["sessionId"]
        assert await person.shelves() == {"Help": [session, fork]}
        await connection._conn.send_request("session/delete", {"sessionId": session})  # the SDK has no call for it
        assert await person.shelves() == {"Help": [fork]}
        assert editor.problems == []


async def test_what_does_not_fit_is_refused_in_words_and_changes_nothing(home, tmp_path):
    editor = Editor()
    async with connected(home, editor, own={"locale": "ru"}) as (connection, _):
        person = Person(connection, tmp_path)
        session = await person.session()
        shelf = (await person.own("shelves/create", name="Help"))["shelf"]
        for name in ("", "  \n ", "x" * 101, 7, None):
            assert (await person.refused("shelves/create", name=name))["kind"] == "bad-parameter"
            assert (await person.refused("shelves/rename", shelf=shelf, name=name))["kind"] == "bad-parameter"
        for call in (("rename", {"name": "x"}), ("remove", {}), ("put", {"sessionId": session})):
            words = await person.refused(f"shelves/{call[0]}", shelf="k-none", **call[1])
            assert (words["kind"], words["what"]) == ("unknown-shelf", "Этого проекта в списке бесед больше нет.")
        assert (await person.refused("shelves/put", sessionId="s-none", shelf=shelf))["kind"] == "unknown-session"
        assert (await person.refused("shelves/put", sessionId=session, shelf=7))["kind"] == "bad-parameter"
        before = len((await connection.list_sessions()).sessions)
        with pytest.raises(RequestError) as caught:
            await person.session(shelf="k-none")
        assert caught.value.data["multicoder"]["kind"] == "unknown-shelf"
        assert len((await connection.list_sessions()).sessions) == before
        assert await person.shelves() == {"Help": []}
