"""Branches of a conversation: made by editing and asking again, gone through by arrows, at the same place."""

from __future__ import annotations

import pytest

from gui.main import make_qt
from tests.gui.chat_stand import ChatStand, S, begun, ended, person
from tests.gui.waiting import until


@pytest.fixture
def chat(home, scripted):
    make_qt()
    stand = ChatStand(home, scripted)
    yield stand
    stand.close()


@pytest.fixture
def open_chat(chat):
    chat.open(S)
    return chat


def test_editing_makes_a_branch_and_arrows_go_between_the_branches(open_chat):
    begun(open_chat)
    open_chat.engine.update(S, ended("r-1"))
    open_chat.settle()
    siblings = [{"sessionId": S, "messageId": "p-1"}, {"sessionId": "s-2", "messageId": "p-2"}]

    def load(params):
        prompt, run = ("p-2", "r-2") if params["sessionId"] == "s-2" else ("p-1", "r-1")
        open_chat.engine.update(params["sessionId"], person(prompt, run, f"said in {params['sessionId']}"))
        open_chat.engine.update(params["sessionId"], ended(run))
        return {}

    def listed(params):
        here = params["sessionId"] == "s-2"
        place = {"messageId": siblings[here]["messageId"], "index": int(here), "siblings": siblings, "sameWords": False}
        return {"branches": [place], "parent": None}

    open_chat.engine.answers |= {
        "_multicoder/session/regenerate": {"sessionId": "s-2"},
        "session/load": load,
        "_multicoder/branches/list": listed,
    }
    open_chat.thread.edit(0, "  ")
    open_chat.thread.edit(0, "Make a blue page")
    until(lambda: open_chat.rows("user") and open_chat.row("user")["text"] == "said in s-2")
    sent = [{"sessionId": S, "messageId": "p-1", "text": "Make a blue page"}]
    assert open_chat.engine.params("_multicoder/session/regenerate") == sent
    until(lambda: open_chat.row("user")["branch"] == {"index": 2, "count": 2})
    own, answers = (row.content for row in open_chat.rows("actions"))
    assert (own["branch"]["count"], answers["branch"]["count"]) == (2, 1)
    arrived = []
    open_chat.thread.arrived.connect(arrived.append)
    open_chat.thread.branch(0, 1)
    open_chat.thread.branch(0, -1)
    until(lambda: arrived == ["p-1"])
    assert open_chat.chats.current == S
    assert open_chat.row("user")["text"] == "said in s-1"


def test_asking_the_same_again_puts_the_arrows_under_the_answer(open_chat):
    siblings = [{"sessionId": S, "messageId": "p-1"}, {"sessionId": "s-2", "messageId": "p-2"}]
    place = {"messageId": "p-1", "index": 0, "siblings": siblings, "sameWords": True}

    def load(_params):
        begun(open_chat)
        open_chat.engine.update(S, ended("r-1"))
        return {}

    open_chat.engine.answers |= {
        "session/load": load,
        "_multicoder/branches/list": {"branches": [place], "parent": None},
    }
    open_chat.open(S)
    until(lambda: open_chat.rows("actions") and open_chat.row("actions")["branch"]["count"] == 2)
    assert open_chat.row("user")["branch"]["count"] == 1


def test_a_fork_that_only_goes_on_says_where_it_comes_from(open_chat):
    def load(_params):
        for number in (1, 2):
            begun(open_chat, f"p-{number}", f"r-{number}")
            open_chat.engine.update(S, ended(f"r-{number}"))
        return {}

    parent = {"sessionId": "s-0", "title": "Bakery", "shared": 1}
    open_chat.engine.answers |= {
        "session/load": load,
        "_multicoder/branches/list": {"branches": [], "parent": parent},
    }
    open_chat.open(S)
    until(lambda: open_chat.rows("divider"))
    assert open_chat.row("divider")["text"] == "Branched from Bakery"
    assert open_chat.kinds().index("divider") == 3


def test_another_model_is_offered_as_the_engine_names_it_and_asked_by_that_name(open_chat):
    open_chat.engine.answers |= {
        "_multicoder/session/regenerate": {"sessionId": "s-2"},
        "_multicoder/models/list": {"models": ["house:big", "house:small"]},
    }
    begun(open_chat)
    open_chat.settle()
    assert open_chat.thread.models == []
    open_chat.thread.lookForModels()
    until(lambda: open_chat.thread.models == ["house:big", "house:small"])
    open_chat.thread.regenerate(0, "house:small")
    method = "_multicoder/session/regenerate"
    until(lambda: open_chat.engine.params(method))
    asked = {"sessionId": S, "messageId": "p-1", "text": "", "model": "house:small"}
    assert open_chat.engine.params(method) == [asked]
