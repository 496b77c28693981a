"""Where conversations part: computed from the runs they share, in a real archive."""

from __future__ import annotations

import pytest

from core.errors import InputError
from core.sessions import Prompt
from engine.bootstrap import open_engine
from engine.branching import branches


@pytest.fixture
async def sessions(home):
    async with open_engine(home, team="demo") as engine:
        yield engine.sessions


async def said(sessions, session, run, text="words"):
    return await sessions.add_prompt(Prompt(f"u-{run}", session, run, text, ()))


async def forked(sessions, origin, *shared):
    fork = (await sessions.add_session("a fork", cwd="/x", options={}, parent=origin)).session
    for prompt in shared:
        name = f"{fork}/{prompt.prompt}"
        await sessions.add_prompt(Prompt(name, fork, prompt.run, prompt.text, ()))
    return fork


async def begun(sessions):
    return (await sessions.add_session("the first", cwd="/x", options={})).session


async def test_a_message_asked_again_has_its_siblings_in_both_conversations(sessions):
    origin = await begun(sessions)
    first = await said(sessions, origin, "r1")
    second = await said(sessions, origin, "r2", "blue")
    fork = await forked(sessions, origin, first)
    again = await said(sessions, fork, "r3", "green")
    siblings = [
        {"sessionId": origin, "messageId": second.prompt},
        {"sessionId": fork, "messageId": again.prompt},
    ]
    seen = await branches(sessions, origin)
    assert seen["branches"] == [
        {"messageId": second.prompt, "index": 0, "siblings": siblings, "sameWords": False},
    ]
    assert seen["parent"] is None
    there = await branches(sessions, fork)
    assert [(item["messageId"], item["index"]) for item in there["branches"]] == [(again.prompt, 1)]
    assert there["parent"] == {"sessionId": origin, "title": "the first", "shared": 1}


async def test_the_first_message_can_be_asked_again_and_a_branch_of_a_branch_is_one_more(sessions):
    origin = await begun(sessions)
    await said(sessions, origin, "r1")
    one = await forked(sessions, origin)
    await said(sessions, one, "r2")
    two = await forked(sessions, one)
    await said(sessions, two, "r3")
    stranger = await begun(sessions)
    await said(sessions, stranger, "r4")
    for place, session in enumerate((origin, one, two)):
        (branch,) = (await branches(sessions, session))["branches"]
        assert (branch["index"], branch["sameWords"]) == (place, True)
        assert [item["sessionId"] for item in branch["siblings"]] == [origin, one, two]
    assert (await branches(sessions, stranger))["branches"] == []


async def test_a_deleted_conversation_is_no_branch_but_still_joins_its_family(sessions):
    origin = await begun(sessions)
    await said(sessions, origin, "r1")
    middle = await forked(sessions, origin)
    await said(sessions, middle, "r2")
    last = await forked(sessions, middle)
    await said(sessions, last, "r3")
    await sessions.change_session(middle, deleted=True)
    (branch,) = (await branches(sessions, last))["branches"]
    assert [item["sessionId"] for item in branch["siblings"]] == [origin, last]
    assert (await branches(sessions, last))["parent"] is None


async def test_a_sibling_is_shown_in_the_newest_conversation_that_holds_it(sessions):
    origin = await begun(sessions)
    first = await said(sessions, origin, "r1")
    second = await said(sessions, origin, "r2")
    fork = await forked(sessions, origin, first)
    await said(sessions, fork, "r3")
    later = await forked(sessions, origin, first, second)
    await said(sessions, later, "r4")
    (branch,) = (await branches(sessions, fork))["branches"]
    assert [item["sessionId"] for item in branch["siblings"]] == [later, fork]


async def test_a_conversation_nobody_knows_is_refused(sessions):
    with pytest.raises(InputError):
        await branches(sessions, "s-none")
