"""Cards in the thread: answered once, frozen, withdrawn, asked again; a whole project with the real engine."""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.chat.cards import Card
from gui.main import make_qt
from tests.engine.acp.editor import end_engine
from tests.gui.chat_stand import QUESTIONS, ChatStand, recorded
from tests.gui.waiting import until

S = "s-1"


@pytest.fixture
def chat(home, scripted):
    make_qt()
    stand = ChatStand(home, scripted)
    stand.open(S)
    yield stand
    stand.close()


def played(chat, name, stop):
    """Play what an engine told live up to its question number `stop`; returns that question."""
    asked = []
    for message in recorded(name)["live"]:
        if message.get("method") in QUESTIONS:
            asked.append(chat.engine.ask(message["method"], {**message["params"], "sessionId": S}))
            if len(asked) == stop:
                break
        elif message.get("method") == "session/update":
            chat.engine.update(S, message["params"]["update"])
    until(lambda: chat.thread.waiting)
    chat.settle()
    return asked[-1]


def decided(chat, name, number):
    """What the engine told when card `number` of a conversation was decided."""
    found = [
        message["params"]["update"]
        for message in recorded(name)["live"]
        if "decision" in message.get("params", {}).get("update", {}).get("_meta", {}).get("multicoder", {})
    ]
    chat.engine.update(S, found[number])
    chat.settle()


def answer(chat, decision, text="", answers=None):
    chat.thread.answer(chat.thread.waiting, decision, text, answers or {})


def test_a_card_is_answered_once_and_frozen_when_the_engine_says_so(chat):
    asked = played(chat, "refused", 1)
    card = chat.row("card")
    assert (card["kind"], card["state"], card["wish"], card["title"]) == ("safety", "open", "", "Approve the task?")
    assert [option["id"] for option in card["options"]] == ["approve", "modify", "reject"]
    key = chat.thread.waiting
    chat.thread.answer(key, "approve", "", {})
    chat.thread.answer(key, "reject", "", {})
    until(lambda: asked.result is not None)
    assert asked.result == {"outcome": {"outcome": "selected", "optionId": "approve"}}
    assert (chat.row("card")["state"], chat.thread.waiting) == ("sent", "")
    decided(chat, "refused", 0)
    frozen = chat.row("card")
    assert (frozen["state"], frozen["decision"]) == ("answered", "reject")
    assert frozen["at"] > 1e9
    assert frozen["via"]
    chat.thread.answer(key, "approve", "", {})
    chat.settle()
    answers = [message for message in chat.engine.received if "result" in message]
    assert len(answers) == 1


@pytest.mark.parametrize("decision", ["", "retry", "yes", "Approve", "stop"])
def test_what_a_card_does_not_offer_is_not_sent(chat, decision):
    asked = played(chat, "refused", 1)
    answer(chat, decision, "words")
    chat.settle()
    assert asked.result is None
    assert chat.row("card")["state"] == "open"


def test_modify_with_words_is_the_choice_and_then_the_form(chat):
    asked = played(chat, "page", 2)
    key = chat.thread.waiting
    answer(chat, "modify", "Use calm colours")
    until(lambda: asked.result is not None)
    assert asked.result == {"outcome": {"outcome": "selected", "optionId": "modify"}}
    form = next(item for item in recorded("page")["live"] if item.get("method") == "elicitation/create")
    filled = chat.engine.ask("elicitation/create", {**form["params"], "sessionId": S})
    until(lambda: filled.result is not None)
    assert filled.result == {"action": "accept", "content": {"text": "Use calm colours"}}
    assert chat.rows("card")[-1].key == key
    assert (chat.row("card")["state"], chat.thread.waiting) == ("sent", "")


def test_modify_without_words_turns_the_same_row_into_a_form(chat):
    played(chat, "page", 2)
    key = chat.thread.waiting
    answer(chat, "modify")
    form = next(item for item in recorded("page")["live"] if item.get("method") == "elicitation/create")
    filled = chat.engine.ask("elicitation/create", {**form["params"], "sessionId": S})
    until(lambda: chat.row("card")["wish"] == "modify")
    assert chat.thread.waiting == key
    answer(chat, "modify", "   ")
    chat.settle()
    assert filled.result is None
    answer(chat, "modify", "bigger")
    until(lambda: filled.result is not None)
    assert filled.result == {"action": "accept", "content": {"text": "bigger"}}


def test_a_limit_that_was_reached_is_raised(chat):
    asked = played(chat, "hold", 3)
    assert chat.row("card")["kind"] == "hold"
    assert chat.row("run")["state"] == "waits"
    answer(chat, "retry", "", {"limit": 500})
    until(lambda: asked.result is not None)
    assert asked.result["outcome"]["optionId"] == "words"
    form = next(item for item in recorded("hold")["live"] if item.get("method") == "elicitation/create")
    filled = chat.engine.ask("elicitation/create", {**form["params"], "sessionId": S})
    until(lambda: filled.result is not None)
    assert filled.result == {"action": "accept", "content": {"limit": 500.0}}


def test_a_withdrawn_card_is_gone_and_one_asked_again_is_the_same_row(chat):
    asked = played(chat, "refused", 1)
    key = chat.thread.waiting
    asked.withdraw()
    until(lambda: chat.row("card")["state"] == "gone")
    assert chat.thread.waiting == ""
    answer(chat, "approve")
    question = next(item for item in recorded("refused")["live"] if item.get("method") in QUESTIONS)
    again = chat.engine.ask(question["method"], {**question["params"], "sessionId": S})
    until(lambda: chat.thread.waiting == key)
    answer(chat, "reject")
    until(lambda: again.result is not None)
    assert len(chat.rows("card")) == 1


def asked_again(chat, name, number=1):
    """The next engine asks what the one that is gone had asked."""
    questions = [item for item in recorded(name)["live"] if item.get("method") in QUESTIONS]
    question = questions[number - 1]
    return chat.engine.ask(question["method"], {**question["params"], "sessionId": S})


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_a_card_whose_engine_is_gone_stays_and_what_is_decided_meanwhile_reaches_the_next_engine(chat, decision):
    asked = played(chat, "refused", 1)
    before = chat.row("card")
    key = chat.thread.waiting
    asked.lose()
    chat.settle()
    assert (chat.row("card"), chat.thread.waiting) == (before, key)
    answer(chat, decision)
    chat.settle()
    assert (chat.row("card")["state"], chat.thread.waiting) == ("sent", "")
    again = asked_again(chat, "refused")
    until(lambda: again.result is not None)
    assert again.result == {"outcome": {"outcome": "selected", "optionId": decision}}
    assert asked.result is None
    assert len(chat.rows("card")) == 1


def test_a_change_that_is_wished_while_the_engine_is_gone_reaches_the_next_one_with_its_words(chat):
    played(chat, "page", 2).lose()
    chat.settle()
    answer(chat, "modify", "Use calm colours")
    again = asked_again(chat, "page", 2)
    until(lambda: again.result is not None)
    assert again.result == {"outcome": {"outcome": "selected", "optionId": "modify"}}
    form = next(item for item in recorded("page")["live"] if item.get("method") == "elicitation/create")
    filled = chat.engine.ask("elicitation/create", {**form["params"], "sessionId": S})
    until(lambda: filled.result is not None)
    assert filled.result == {"action": "accept", "content": {"text": "Use calm colours"}}


def test_a_card_whose_engine_is_gone_is_asked_again_and_waits_when_nothing_was_decided(chat):
    asked = played(chat, "refused", 1)
    key = chat.thread.waiting
    asked.lose()
    answer(chat, "yes")
    again = asked_again(chat, "refused")
    chat.settle()
    assert (chat.thread.waiting, again.result) == (key, None)
    answer(chat, "reject")
    until(lambda: again.result is not None)


def test_a_decision_that_came_too_late_is_not_remembered_for_later(chat):
    asked = played(chat, "refused", 1)
    asked.lose()
    chat.settle()
    answer(chat, "approve")
    decided(chat, "refused", 0)
    assert chat.row("card")["decision"] == "reject"
    again = asked_again(chat, "refused")
    chat.settle()
    assert again.result is None


def test_what_was_decided_while_the_relay_was_gone_reaches_the_engine_after_all_is_loaded_anew(chat):
    played(chat, "refused", 1)

    def load(_params):
        for message in recorded("refused")["live"]:
            if message.get("method") in QUESTIONS:
                chat.again = chat.engine.ask(message["method"], {**message["params"], "sessionId": S})
                break
            if message.get("method") == "session/update":
                chat.engine.update(S, message["params"]["update"])
        return {}

    chat.engine.answers["session/load"] = load
    chat.engine.crash()
    until(lambda: chat.link.state == "reconnecting")
    answer(chat, "approve")
    chat.settle()
    assert chat.row("card")["state"] == "sent"
    until(lambda: chat.link.state == "ready")
    until(lambda: chat.again.result is not None)
    assert chat.again.result == {"outcome": {"outcome": "selected", "optionId": "approve"}}
    chat.settle()
    assert chat.row("card")["state"] == "sent"


def test_a_card_decided_elsewhere_says_how(chat):
    asked = played(chat, "refused", 1)
    asked.withdraw()
    decided(chat, "refused", 0)
    assert (chat.row("card")["state"], chat.row("card")["decision"]) == ("answered", "reject")


def test_a_card_of_a_chat_that_was_left_can_be_answered_on_coming_back(chat):
    asked = played(chat, "refused", 1)
    key = chat.thread.waiting

    def load(params):
        for message in recorded("refused")["live"] if params["sessionId"] == S else []:
            if message.get("method") in QUESTIONS:
                break
            if message.get("method") == "session/update":
                chat.engine.update(S, message["params"]["update"])
        return {}

    chat.engine.answers["session/load"] = load
    chat.open("s-2")
    assert chat.thread.waiting == ""
    chat.open(S)
    until(lambda: chat.thread.waiting == key)
    answer(chat, "approve")
    until(lambda: asked.result is not None)


def test_a_run_that_ends_closes_its_card(chat):
    played(chat, "cancelled", 2)
    run = chat.thread.waiting.partition("/")[0]
    meta = {"multicoder": {"run": run, "at": 1.0, "outcome": "cancelled"}}
    chat.engine.update(S, {"sessionUpdate": "session_info_update", "_meta": meta})
    until(lambda: chat.row("card")["state"] == "gone")
    assert chat.thread.waiting == ""
    assert not chat.thread.busy


ASKS = {
    "kind": "questions",
    "run": "r-1",
    "options": ["answer", "reject"],
    "digest": "d" * 32,
    "questions": [{"id": "colour", "text": "Which?", "default": "blue"}],
}


def form_of(card, wish, fields):
    meta = {"multicoder": {"nonce": "n-1", "digest": card["digest"], "card": card, "wish": wish}}
    return {"sessionId": S, "requestedSchema": {"properties": fields}, "message": "Say it", "_meta": meta}


def test_questions_are_answered_with_defaults_or_words_or_turned_down(chat):
    run = {"multicoder": {"run": "r-1"}}
    block = {"type": "text", "text": "x"}
    chat.engine.update(S, {"sessionUpdate": "user_message_chunk", "content": block, "messageId": "p", "_meta": run})
    for decision, answers, expected in (
        ("answer", {}, {}),
        ("answer", {"colour": "red", "size": "L"}, {"colour": "red"}),
    ):
        asked = chat.engine.ask("elicitation/create", form_of(ASKS, "answers", {"colour": {"type": "string"}}))
        until(lambda: chat.thread.waiting == f"r-1/card/{'d' * 16}")
        answer(chat, decision, "", answers)
        until(lambda asked=asked: asked.result is not None)
        assert asked.result == {"action": "accept", "content": expected}
    chat.engine.ask("elicitation/create", form_of(ASKS, "answers", {"colour": {"type": "string"}}))
    until(lambda: chat.thread.waiting)
    answer(chat, "reject")
    until(lambda: chat.engine.params("_multicoder/questions/answer"))
    assert chat.engine.params("_multicoder/questions/answer") == [{"run": "r-1", "nonce": "n-1", "decision": "reject"}]


@given(
    wish=st.sampled_from(["modify", "answers", "purpose", "advice"]),
    decision=st.sampled_from(["approve", "allow", "answer", "modify", "retry", "", "yes"]),
    text=st.text(max_size=6),
    answers=st.dictionaries(st.sampled_from(["text", "limit", "colour", "outcome"]), st.text(max_size=4)),
)
def test_no_form_can_be_made_an_approval(wish, decision, text, answers):
    card = Card("r-1/card/x")
    fields = {"colour": {}} if wish == "answers" else {"text": {}}
    card.ask(7, "elicitation/create", form_of({**ASKS, "options": ["approve", "modify"]}, wish, fields))
    reply = card.answer(decision, text, answers)
    assert reply is None or (reply.result["action"] == "accept" and set(reply.result["content"]) <= set(fields))


@pytest.fixture
def real(home):
    make_qt()
    command = [sys.executable, "-P", "-m", "engine.cli", "acp", "--home", str(home.root)]
    environ = {**os.environ, "MULTICODER_TEAM": "demo", "MULTICODER_HOME": str(home.root), "LANG": "en_US.UTF-8"}
    stand = ChatStand(home, None, command, environ)
    stand.chats.setProperty("target", "source")
    yield stand
    stand.close()
    end_engine(home.root)


def test_a_project_from_the_first_word_to_the_file_and_a_branch_of_it(real):
    thread = real.thread
    thread.send("Make a web page with a contact form", [])
    for decision, words in (("approve", ""), ("modify", "Use calm colours"), ("approve", "")):
        until(lambda: thread.waiting, 60_000)
        thread.answer(thread.waiting, decision, words, {})
        until(lambda: not thread.waiting)
    until(lambda: real.rows("artifact"), 90_000)
    until(lambda: not thread.busy)
    assert [row.content["decision"] for row in real.rows("card")] == ["approve", "modify", "approve"]
    assert not real.row("artifact")["missing"]
    assert real.row("run")["state"] == "done"
    seen = list(thread.rows())
    first = real.chats.current
    real.open("")
    real.open(first)
    until(lambda: thread.settled and real.rows("artifact"))
    assert list(thread.rows()) == seen
    thread.edit(0, "What can you do?")
    until(lambda: real.chats.current != first, 60_000)
    until(lambda: thread.settled and real.rows("actions")[-1].content["speaker"] == "agent", 60_000)
    until(lambda: real.row("user")["branch"] == {"index": 2, "count": 2})
    thread.branch(0, -1)
    until(lambda: real.chats.current == first and real.rows("artifact"), 60_000)
