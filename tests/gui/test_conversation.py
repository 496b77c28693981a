"""The thread of a chat over an engine the test plays: what it shows, when, and what is sent for what a person does."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from gui.main import make_qt
from tests.gui.chat_stand import (
    QUESTIONS,
    ChatStand,
    S,
    begun,
    ended,
    log_of,
    person,
    recorded,
    rows_of,
    thought,
    updates,
)
from tests.gui.scripted_engine import LATER
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


# ---------------------------------------------------------------------------------------------------- sending


def test_the_first_message_of_a_new_chat_is_on_screen_at_once_and_begins_it(chat):
    chat.engine.answers["session/new"] = LATER
    chat.thread.send("Make a page", [])
    assert chat.kinds() == ["user", "waiting"]
    assert chat.row("user")["pending"]
    assert (chat.thread.busy, chat.thread.empty) == (True, False)
    until(lambda: "session/new" in chat.engine.methods())
    chat.engine.reply("session/new", {"sessionId": S})
    until(lambda: chat.engine.params("session/prompt"))
    (sent,) = chat.engine.params("session/prompt")
    assert (sent["sessionId"], sent["prompt"]) == (S, [{"type": "text", "text": "Make a page"}])
    keys = [row.key for row in chat.rows()]
    prompt = sent["_meta"]["multicoder"]["promptId"]
    chat.engine.update(S, person(prompt, "r-1", "Make a page"))
    chat.settle()
    assert [row.key for row in chat.rows("user")] == [keys[0]] == [prompt]
    assert not chat.row("user")["pending"]
    assert chat.chats.current == S


def test_files_go_with_the_message(open_chat):
    kept = {"name": "notes.txt", "uri": "file:///notes.txt", "size": 3, "sha256": "ab" * 32}
    open_chat.thread.send("See", [{**kept, "mime": "text/plain"}])
    until(lambda: open_chat.engine.params("session/prompt"))
    (sent,) = open_chat.engine.params("session/prompt")
    assert [block["type"] for block in sent["prompt"]] == ["resource_link", "text"]
    assert open_chat.row("user")["attachments"] == [kept]


def test_nothing_is_sent_for_nothing(open_chat):
    open_chat.thread.send("  \n", [])
    open_chat.settle()
    assert open_chat.engine.params("session/prompt") == []
    assert open_chat.thread.empty


def test_what_is_sent_while_a_run_works_waits_and_can_be_taken_back(open_chat):
    begun(open_chat)
    open_chat.settle()
    open_chat.thread.send("second", [])
    open_chat.thread.send("third", [])
    assert open_chat.thread.queued == ["second", "third"]
    assert [row.content["text"] for row in open_chat.rows("user")] == ["Make a page"]
    open_chat.thread.withdraw(0)
    until(lambda: open_chat.thread.queued == ["third"])
    (asked,) = open_chat.engine.params("_multicoder/session/withdraw")
    first = open_chat.engine.params("session/prompt")[0]["_meta"]["multicoder"]["promptId"]
    assert asked == {"sessionId": S, "messageId": first}
    open_chat.engine.update(S, ended("r-1"))
    until(lambda: open_chat.thread.queued == [])
    assert [row.content["text"] for row in open_chat.rows("user")] == ["Make a page", "third"]


def test_stop_cancels_and_what_waited_is_taken_back(open_chat):
    begun(open_chat)
    open_chat.settle()
    open_chat.thread.send("second", [])
    open_chat.thread.stop()
    until(lambda: "session/cancel" in open_chat.engine.methods())
    open_chat.engine.update(S, ended("r-1", "cancelled"))
    answer = {"stopReason": "cancelled", "_meta": {"multicoder": {"outcome": "cancelled", "run": "r-2"}}}
    open_chat.engine.reply("session/prompt", answer)
    until(lambda: not open_chat.thread.busy)
    open_chat.settle()
    assert [row.content["text"] for row in open_chat.rows("user")] == ["Make a page"]


def test_a_message_that_is_refused_stays_with_the_reason_and_is_sent_again_under_the_same_id(open_chat):
    words = {"kind": "task-too-long", "what": "Too long.", "did": "Nothing was sent.", "next": "Make it shorter."}
    open_chat.engine.fails["session/prompt"] = words
    open_chat.thread.send("long", [])
    until(lambda: open_chat.rows("error"))
    assert open_chat.row("error") == {**words, "retry": True}
    assert not open_chat.thread.busy
    del open_chat.engine.fails["session/prompt"]
    open_chat.thread.resume()
    until(lambda: len(open_chat.engine.params("session/prompt")) == 2)
    one, two = open_chat.engine.params("session/prompt")
    assert one == two
    assert open_chat.rows("error") == []


def test_a_chat_that_cannot_be_begun_keeps_what_was_said(chat):
    chat.engine.fails["session/new"] = {"kind": "x", "what": "No.", "did": "Nothing.", "next": "Later."}
    chat.thread.send("hello", [])
    until(lambda: chat.rows("error"))
    assert chat.row("user")["text"] == "hello"
    chat.engine.fails.clear()
    chat.thread.resume()
    until(lambda: chat.engine.params("session/prompt"))


# ---------------------------------------------------------------------------------------------------- rows


def test_an_answer_streams_into_rows_and_only_what_changed_is_announced(open_chat):
    begun(open_chat)
    open_chat.engine.say(S, "One.\n\nTwo is ", "r-1/answer")
    until(lambda: len(open_chat.rows("block")) == 2)
    resets, changes = [], []
    open_chat.thread.modelReset.connect(lambda: resets.append(1))
    open_chat.thread.dataChanged.connect(lambda first, last, _: changes.append((first.row(), last.row())))
    place = [row.key for row in open_chat.rows()].index("r-1/answer#1")
    open_chat.engine.say(S, "longer", "r-1/answer")
    open_chat.settle()
    assert open_chat.row("block")["block"]["plain"] == "Two is longer"
    assert [row.content["streaming"] for row in open_chat.rows("block")] == [False, True]
    assert [row.content["first"] for row in open_chat.rows("block")] == [True, False]
    assert set(changes) == {(place, place)}
    open_chat.engine.update(S, ended("r-1"))
    open_chat.settle()
    assert [row.content["streaming"] for row in open_chat.rows("block")] == [False, False]
    assert open_chat.kinds()[-1] == "actions"
    assert resets == []


def test_a_broken_off_answer_is_replaced_by_the_whole_one(open_chat):
    begun(open_chat)
    open_chat.engine.say(S, "Half an ans", "r-1/answer")
    meta = {"multicoder": {"run": "r-1", "at": 5.0, "replaces": True}}
    block = {"type": "text", "text": "The whole answer"}
    whole = {"sessionUpdate": "agent_message_chunk", "content": block, "messageId": "r-1/answer/7", "_meta": meta}
    open_chat.engine.update(S, whole)
    open_chat.settle()
    assert [row.content["block"]["plain"] for row in open_chat.rows("block")] == ["The whole answer"]


def test_the_last_turn_is_known_and_numbered(open_chat):
    for number in (1, 2):
        begun(open_chat, f"p-{number}", f"r-{number}", f"message {number}")
        open_chat.engine.update(S, ended(f"r-{number}"))
    open_chat.settle()
    roles = {bytes(name.data()).decode(): role for role, name in open_chat.thread.roleNames().items()}
    model = open_chat.thread
    seen = [
        (model.data(model.index(place), roles["turn"]), model.data(model.index(place), roles["lastTurn"]))
        for place in range(model.rowCount())
    ]
    assert seen == [(0, False)] * 3 + [(1, True)] * 3


def test_a_program_is_found_and_copied_as_it_was_written(open_chat):
    begun(open_chat)
    open_chat.engine.say(S, "# Head\n\nsome **bold** words\n\n- an item", "r-1/answer")
    open_chat.engine.update(S, ended("r-1"))
    open_chat.settle()
    assert open_chat.thread.find("BOLD WORDS") == ["r-1/answer#1"]
    assert open_chat.thread.find("an item") == ["r-1/answer#2"]
    assert open_chat.thread.find("page") == ["p-1"]
    assert open_chat.thread.find("<b>") == open_chat.thread.find(" ") == []
    open_chat.thread.copyTurn(0)
    assert QGuiApplication.clipboard().text() == "# Head\n\nsome **bold** words\n\n- an item"
    open_chat.thread.copyTurn(0, "user")
    assert QGuiApplication.clipboard().text() == "Make a page"


def test_an_answer_is_judged(open_chat):
    begun(open_chat)
    open_chat.engine.update(S, ended("r-1"))
    open_chat.settle()
    open_chat.thread.rate(0, good=True)
    until(lambda: open_chat.engine.params("_multicoder/run/rate") == [{"run": "r-1", "good": True}])
    meta = {"multicoder": {"run": "r-1", "at": 300.0, "rated": True}}
    open_chat.engine.update(S, {"sessionUpdate": "session_info_update", "_meta": meta})
    open_chat.settle()
    assert open_chat.row("actions")["rated"] == "good"


# ---------------------------------------------------------------------------------------------------- the engine's runs


@pytest.mark.parametrize("name", ["question", "page", "hold", "refused", "cancelled", "failed"])
def test_what_was_seen_live_is_what_is_loaded_later(name):
    record = recorded(name)
    live, loaded = rows_of(log_of(record["live"])), rows_of(log_of(record["replayed"]))
    assert live == loaded
    assert {row.kind for row in live} >= {"user", "thinking"}


def test_a_project_is_loaded_with_its_cards_its_run_and_what_was_delivered(chat):
    record = recorded("page")

    def load(_params):
        for update in updates(record["replayed"]):
            chat.engine.update(S, update)
        return {}

    chat.engine.answers["session/load"] = load
    chat.open(S)
    chat.settle()
    kinds = chat.kinds()
    assert kinds[:7] == ["user", "actions", "thinking", "card", "card", "card", "run"]
    assert kinds[-2:] == ["artifact", "actions"]
    assert [row.content["decision"] for row in chat.rows("card")] == ["approve", "modify", "approve"]
    assert [row.content["kind"] for row in chat.rows("card")] == ["safety", "plan", "plan"]
    assert all(row.content["card"]["options"] for row in chat.rows("card"))
    assert all(row.content["at"] > 1e9 and row.content["state"] == "answered" for row in chat.rows("card"))
    run = chat.row("run")
    assert (run["state"], run["percent"], run["done"], run["total"]) == ("done", 100, 2, 2)
    assert {stage["status"] for stage in run["stages"]} == {"completed"}
    drafts = [stage for stage in run["stages"] if stage["module"]]
    assert all(diff["new"] for stage in drafts for diff in stage["diffs"])
    assert len(drafts) >= 2
    assert len(chat.row("artifact")["sha256"]) == 64
    assert chat.row("artifact")["missing"]
    assert (chat.thread.busy, chat.thread.progress) == (False, {})
    assert chat.thread.usage["tokens"] > 10_000


def test_loading_again_after_a_break_changes_no_row_that_is_the_same(chat):
    record = recorded("page")

    def load(_params):
        for update in updates(record["replayed"]):
            chat.engine.update(S, update)
        return {}

    chat.engine.answers["session/load"] = load
    chat.open(S)
    chat.settle()
    before = list(chat.thread.rows())
    signals = []
    for signal in (chat.thread.modelReset, chat.thread.rowsInserted, chat.thread.rowsRemoved, chat.thread.dataChanged):
        signal.connect(lambda *_: signals.append(1))
    chat.engine.crash()
    until(lambda: len(chat.engine.params("session/load")) == 2)
    until(lambda: chat.thread.settled)
    assert list(chat.thread.rows()) == before
    assert signals == []


def test_an_unfinished_run_is_there_after_a_restart_and_goes_on_when_asked(chat):
    record = recorded("page")
    until_built = [item for item in updates(record["replayed"]) if item.get("_meta", {})]
    half = until_built[: next(i for i, item in enumerate(until_built) if "build/" in item.get("toolCallId", ""))]
    run = half[0]["_meta"]["multicoder"]["run"]
    task = {"task": "t-1", "kind": "run", "subject": run, "state": "paused", "reason": "asked", "progress": 0.7}

    def load(_params):
        for update in half:
            chat.engine.update(S, update)
        return {}

    chat.engine.answers |= {"session/load": load, "_multicoder/tasks/list": {"tasks": [{**task, "step": "Judging"}]}}
    chat.open(S)
    until(lambda: chat.rows("run") and chat.row("run")["state"] == "paused")
    shown = chat.row("run")
    assert (shown["percent"], shown["task"], shown["done"]) == (70, "t-1", 2)
    assert shown["stages"][-1]["title"] == "Judging the finished code"
    assert not chat.thread.busy
    assert chat.thread.progress["state"] == "paused"
    chat.thread.resume()
    until(lambda: chat.engine.params("_multicoder/run/resume") == [{"run": run}])
    chat.engine.tell("_multicoder/tasks", {"tasks": [{**task, "state": "running", "progress": 0.8}]})
    until(lambda: chat.row("run")["state"] == "running")
    assert chat.thread.busy
    chat.thread.pause()
    until(lambda: chat.engine.params("_multicoder/tasks/pause") == [{"task": "t-1"}])


def test_a_run_that_failed_says_why_and_is_tried_again(open_chat):
    begun(open_chat)
    open_chat.engine.update(S, thought("r-1", "Router at work"))
    problem = {"kind": "internal", "what": "It broke.", "did": "It stopped.", "next": "Try again."}
    task = {"task": "t-1", "kind": "run", "subject": "r-1", "state": "failed", "reason": "internal", "problem": problem}
    open_chat.engine.tell("_multicoder/tasks", {"tasks": [task]})
    until(lambda: open_chat.rows("error"))
    assert open_chat.row("error")["what"] == "It broke."
    open_chat.thread.resume()
    until(lambda: open_chat.engine.params("_multicoder/run/resume"))
    open_chat.engine.tell("_multicoder/tasks", {"tasks": [{**task, "state": "running", "problem": None}]})
    until(lambda: not open_chat.rows("error"))


def test_a_run_nobody_can_work_on_is_asked_anew_when_it_is_tried_again(chat):
    record = recorded("failed")

    def load(_params):
        for update in updates(record["replayed"]):
            chat.engine.update(S, update)
        return {}

    chat.engine.answers["session/load"] = load
    chat.open(S)
    chat.settle()
    assert chat.row("error")["kind"] == "no-provider"
    chat.thread.resume()
    until(lambda: chat.engine.params("session/prompt"))
    assert chat.engine.params("session/prompt")[0]["prompt"] == [{"type": "text", "text": "What can you do?"}]


# ---------------------------------------------------------------------------------------------------- going elsewhere


def test_what_another_chat_says_is_not_shown_here_and_a_closed_one_is_left(open_chat):
    open_chat.engine.say("s-other", "elsewhere", "r-9/answer")
    open_chat.settle()
    assert open_chat.thread.empty
    open_chat.open("s-2")
    until(lambda: open_chat.engine.params("session/close") == [{"sessionId": S}])


def test_a_message_on_its_way_is_there_when_the_chat_is_opened_again(open_chat):
    open_chat.thread.send("on its way", [])
    open_chat.open("s-2")
    assert open_chat.thread.empty
    open_chat.open(S)
    until(lambda: open_chat.rows("user"))
    assert open_chat.row("user")["text"] == "on its way"
    assert open_chat.engine.params("session/close")[-1:] != [{"sessionId": S}]


def test_nonsense_of_an_engine_hurts_nothing(open_chat):
    odd = [
        {"sessionUpdate": "plan", "entries": [None, {"content": 3}]},
        {"sessionUpdate": "tool_call_update", "toolCallId": "nobody", "content": "x"},
        {"sessionUpdate": "tool_call", "toolCallId": 7, "content": [None, {"type": "diff"}]},
        {"sessionUpdate": "agent_message_chunk", "content": None, "messageId": None},
        {"sessionUpdate": "usage_update", "used": None, "cost": "much"},
        {"sessionUpdate": "user_message_chunk"},
        {},
        {"sessionUpdate": "session_info_update", "_meta": {"multicoder": []}},
    ]

    def load(_params):
        begun(open_chat)
        open_chat.engine.say(S, "still here", "r-1/answer")
        return {}

    open_chat.engine.answers["session/load"] = load
    begun(open_chat)
    for update in odd:
        open_chat.engine.update(S, update)
    for method in QUESTIONS:
        open_chat.engine.ask(method, {"sessionId": S, "toolCall": None, "_meta": {"multicoder": {"card": 5}}})
    until(lambda: open_chat.rows("block"))
    assert open_chat.row("block")["block"]["plain"] == "still here"


def test_what_was_missed_while_the_engine_was_started_again_is_loaded_behind_the_rows(open_chat):
    record = recorded("page")
    told = updates(record["replayed"])
    gap = next(place for place, update in enumerate(told) if "integrate/" in update.get("toolCallId", ""))
    for update in told[:gap]:
        open_chat.engine.update(S, update)
    open_chat.settle()
    resets = []
    open_chat.thread.modelReset.connect(lambda: resets.append(1))

    def load(_params):
        for update in told:
            open_chat.engine.update(S, update)
        return {}

    open_chat.engine.answers["session/load"] = load
    open_chat.engine.update(S, told[gap + 2])
    until(lambda: open_chat.rows("artifact"))
    open_chat.settle()
    assert [row.content for row in open_chat.rows("run")] == [rows_of(log_of(record["replayed"]))[6].content]
    odd = {"sessionUpdate": "tool_call_update", "toolCallId": "r-none/x/1", "status": "completed"}
    loads = len(open_chat.engine.params("session/load"))
    for _ in range(3):
        open_chat.engine.update(S, odd)
        open_chat.settle()
    assert len(open_chat.engine.params("session/load")) == loads + 1
    assert resets == []


def test_a_chat_that_is_being_loaded_is_not_an_empty_one(open_chat):
    open_chat.engine.answers["session/load"] = LATER
    open_chat.chats.open("s-2")
    assert (open_chat.thread.loading, open_chat.thread.empty, open_chat.thread.rowCount()) == (True, False, 0)
    until(lambda: open_chat.engine.params("session/load")[-1]["sessionId"] == "s-2")
    open_chat.engine.reply("session/load", {})
    until(lambda: open_chat.thread.empty)
