from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from core.errors import InputError, StorageError
from core.sessions import Prompt
from memory.archive import SqliteArchive
from memory.sessions import SqliteSessions


@pytest.fixture
def archive(tmp_path):
    opened = SqliteArchive(tmp_path / "archive.db")
    yield opened
    opened.close()


@pytest.fixture
def sessions(archive):
    return SqliteSessions(archive.store)


def asked(session, number, text="make it"):
    return Prompt(f"{session}-{number}", session, f"r-{session}-{number}", text, ({"name": "ÿ.txt", "size": 3},))


async def test_a_session_is_kept_as_given(sessions):
    session = await sessions.add_session("Часы \ud800", cwd="/где/то\udcff", options={"team": "demo"})
    assert await sessions.session(session.session) == session
    assert await sessions.sessions() == [session]


async def test_prompts_come_back_in_order_and_a_repeated_one_is_the_first(sessions):
    session = (await sessions.add_session("t", cwd="", options={})).session
    first = await sessions.add_prompt(asked(session, 1, "one \ud800"))
    await sessions.add_prompt(asked(session, 2))
    again = await sessions.add_prompt(Prompt(first.prompt, session, "r-other", "other words", ()))
    assert again == first
    assert [prompt.prompt for prompt in await sessions.prompts(session)] == [f"{session}-1", f"{session}-2"]
    assert await sessions.session_of(first.run) == session
    assert await sessions.session_of("r-nobody") == ""


async def test_what_a_message_wishes_is_kept_beside_it_and_goes_with_it(archive, sessions):
    session = (await sessions.add_session("t", cwd="", options={})).session
    plain = await sessions.add_prompt(asked(session, 1))
    wishing = await sessions.add_prompt(replace(asked(session, 2), wishes={"model": "a:b", "restore": 2}))
    assert await sessions.prompts(session) == [plain, wishing]
    assert (await sessions.add_prompt(asked(session, 2))).wishes == wishing.wishes
    await sessions.withdraw(wishing.prompt)
    assert await sessions.prompts(session) == [plain]
    assert await archive.store.do(lambda: archive.store.rows("wishes", "prompt, wishes")) == []


async def test_changes_are_kept_and_a_deleted_session_only_leaves_the_list(sessions):
    session = (await sessions.add_session("t", cwd="", options={})).session
    await sessions.change_session(session, title="named", options={"team": "x"})
    deleted = await sessions.change_session(session, deleted=True)
    assert (deleted.title, deleted.options) == ("named", {"team": "x"})
    assert await sessions.sessions() == []
    assert (await sessions.session(session)).deleted


async def test_only_a_prompt_whose_run_never_began_can_be_withdrawn(archive, sessions):
    session = (await sessions.add_session("t", cwd="", options={})).session
    begun, waiting = await sessions.add_prompt(asked(session, 1)), await sessions.add_prompt(asked(session, 2))
    project = (await archive.add_project("p", out="", locale="en")).project
    await archive.add_run(begun.run, project, "m-1", {})
    await sessions.withdraw(begun.prompt)
    await sessions.withdraw(waiting.prompt)
    assert [prompt.prompt for prompt in await sessions.prompts(session)] == [begun.prompt]


async def test_an_unknown_session_is_refused_in_words(sessions):
    for call in (sessions.session("s-none"), sessions.change_session("s-none", title="x")):
        with pytest.raises(InputError, match="unknown-session"):
            await call
    with pytest.raises(InputError, match="unknown-session"):
        await sessions.add_prompt(asked("s-none", 1))


async def test_a_changed_row_is_noticed(archive, sessions, tmp_path):
    session = (await sessions.add_session("t", cwd="", options={})).session
    with closing(sqlite3.connect(tmp_path / "archive.db")) as other:
        other.execute("UPDATE sessions SET title = x'00'")
        other.commit()
    with pytest.raises(StorageError, match="record-damaged"):
        await sessions.session(session)
