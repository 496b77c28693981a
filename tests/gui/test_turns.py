"""Turns: what belongs to which message, what waits, how long was worked, and rows that change as little as can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel

from gui.chat.log import Log
from gui.chat.rows import Row, RowModel
from tests.gui.chat_stand import recorded, rows_of, updates


def person(prompt, run, text="words"):
    block, meta = {"type": "text", "text": text}, {"multicoder": {"run": run}}
    return {"sessionUpdate": "user_message_chunk", "content": block, "messageId": prompt, "_meta": meta}


def said(run, text, **meta):
    own = {"_meta": {"multicoder": {"run": run, **meta}}} if meta else {}
    block = {"type": "text", "text": text}
    return {"sessionUpdate": "agent_message_chunk", "content": block, "messageId": f"{run}/answer", **own}


def over(run, outcome="answered", at=9.0):
    return {"sessionUpdate": "session_info_update", "_meta": {"multicoder": {"run": run, "outcome": outcome, "at": at}}}


def told(*given):
    log = Log()
    for update in given:
        log.apply(update)
    return log


def test_a_message_that_waits_is_no_row_before_the_run_in_front_of_it_ended():
    log = told(person("p-1", "r-1"), said("r-1", "one"), person("p-2", "r-2", "later"))
    assert (log.shown, [turn.text for turn in log.queued]) == (1, ["later"])
    log.dirty.clear()
    log.apply(over("r-1"))
    assert (log.shown, log.queued) == (2, [])
    assert log.dirty == {0, 1}


def test_what_two_runs_say_in_turn_stays_with_each_of_them():
    log = told(person("p-1", "r-1"), person("p-2", "r-2"), said("r-1", "one"), over("r-1"), said("r-2", "two"))
    log.apply(said("r-1", " more"))
    assert [turn.spoken() for turn in log.turns] == ["one more", "two"]


def test_a_message_told_twice_is_one_message():
    file = {"type": "resource_link", "name": "a.txt", "uri": "file:///a.txt", "size": 4}
    attached = {**person("p-1", "r-1"), "content": file, "_meta": {"multicoder": {"run": "r-1", "sha256": "ab" * 32}}}
    log = told(attached, person("p-1", "r-1"), said("r-1", "one"), attached, person("p-1", "r-1"))
    (turn,) = log.turns
    assert turn.text == "words"
    assert turn.attachments == [{"name": "a.txt", "uri": "file:///a.txt", "size": 4, "sha256": "ab" * 32}]


def test_the_time_a_person_took_is_nobody_s_work():
    step = {"sessionUpdate": "tool_call", "toolCallId": "r-1/card/x", "title": "?", "kind": "other"}
    shown = {**step, "_meta": {"multicoder": {"run": "r-1", "at": 110.0, "card": "task"}}}
    facts = {"run": "r-1", "at": 1110.0, "decision": "approve", "via": "x"}
    decided = {"sessionUpdate": "tool_call_update", "toolCallId": "r-1/card/x", "_meta": {"multicoder": facts}}
    thought = {**said("r-1", "at work", at=100.0), "sessionUpdate": "agent_thought_chunk"}
    log = told(person("p-1", "r-1"), thought, shown, decided, over("r-1", at=1120.0))
    (thinking,) = [row.content for row in rows_of(log) if row.kind == "thinking"]
    assert (thinking["seconds"], thinking["running"]) == (20, False)


def test_any_beginning_of_a_conversation_can_be_shown():
    for name in ("page", "hold", "failed"):
        log = Log()
        for update in updates(recorded(name)["live"]):
            log.apply(update)
            rows = rows_of(log)
            keys = [row.key for row in rows]
            assert len(set(keys)) == len(keys)
            assert keys[0] == f"p-{name}"


class Mirror:
    """What a view would show that only listens to the model's signals."""

    def __init__(self, model):
        self.model, self.keys, self.contents = model, [], []
        model.rowsInserted.connect(self._inserted)
        model.rowsRemoved.connect(self._removed)
        model.dataChanged.connect(self._changed)

    def _inserted(self, _parent, first, last):
        rows = self.model.rows()[first : last + 1]
        self.keys[first:first] = [row.key for row in rows]
        self.contents[first:first] = [row.content for row in rows]

    def _removed(self, _parent, first, last):
        del self.keys[first : last + 1]
        del self.contents[first : last + 1]

    def _changed(self, first, last, _roles):
        for place in range(first.row(), last.row() + 1):
            self.contents[place] = self.model.rows()[place].content


@given(st.lists(st.tuples(st.integers(0, 3), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)))), max_size=12))
def test_a_view_that_listens_shows_what_the_model_holds(steps):
    model = RowModel()
    assert isinstance(model, QAbstractItemModel)
    mirror, turns = Mirror(model), []
    for wanted, rows in steps:
        turn = min(wanted, len(turns))
        unique = {f"{turn}/{key}": value for key, value in rows}
        shown = [Row(key, "block", turn, {"value": value}) for key, value in unique.items()]
        turns[turn : turn + 1] = [shown]
        model._publish([(turn, shown)])
        expected = [row for several in turns for row in several]
        assert list(model.rows()) == expected
        assert mirror.keys == [row.key for row in expected]
        assert mirror.contents == [row.content for row in expected]
    model._cut(1)
    assert mirror.keys == [row.key for several in turns[:1] for row in several]
