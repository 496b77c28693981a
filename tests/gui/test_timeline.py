"""The timeline of a run from plan and steps, as the engine tells them."""

from __future__ import annotations

from gui.chat.timeline import Timeline


def began(name, kind="edit", at=10.0, **meta):
    step = {"sessionUpdate": "tool_call", "toolCallId": name, "title": name, "kind": kind, "status": "in_progress"}
    return step, {"at": at, **meta}


def changed(name, status=None, content=None, at=20.0):
    update = {"sessionUpdate": "tool_call_update", "toolCallId": name}
    update |= {} if status is None else {"status": status}
    update |= {} if content is None else {"content": content}
    return update, {"at": at}


def entry(name, status, state, tokens=0):
    meta = {"multicoder": {"state": state, "model": "m:x", "tokens": tokens}}
    return {"content": name, "status": status, "priority": "medium", "_meta": meta}


def test_thinking_is_no_timeline_yet_and_other_steps_are():
    timeline = Timeline()
    timeline.stage(*began("r/judge/1", "think"))
    assert (timeline.begun, timeline.current) == (False, "r/judge/1")
    timeline.stage(*changed("r/judge/1", "completed"))
    timeline.stage(*began("r/build/2", "execute"))
    assert (timeline.begun, timeline.current) == (True, "r/build/2")
    assert [(stage["id"], stage["status"], stage["seconds"]) for stage in timeline.stages] == [
        ("r/judge/1", "completed", 10),
        ("r/build/2", "in_progress", 0),
    ]


def test_words_and_diffs_of_a_step_stand_beside_each_other():
    timeline = Timeline()
    timeline.stage(*began("r/page/1", module="page"))
    words = [{"type": "content", "content": {"type": "text", "text": "review: too small"}}]
    timeline.stage(*changed("r/page/1", "failed", words))
    diffs = [{"type": "diff", "path": "a.py", "newText": "1"}, {"type": "diff", "path": "b.py", "oldText": "1"}]
    timeline.stage(*changed("r/page/1", "completed", diffs))
    (stage,) = timeline.stages
    assert (stage["module"], stage["status"], stage["output"]) == ("page", "completed", "review: too small")
    assert stage["diffs"] == [{"path": "a.py", "old": "", "new": "1"}, {"path": "b.py", "old": "1", "new": ""}]


def test_steps_nobody_began_are_left_out_and_shown_lists_are_never_changed():
    timeline = Timeline()
    timeline.stage(*began("r/build/1"))
    shown, first = timeline.stages, timeline.stages[0]
    timeline.stage(*changed("r/build/1", "completed"))
    timeline.stage(*changed("r/other/1", "completed"))
    assert (shown, first["status"]) == ([first], "in_progress")
    assert len(timeline.stages) == 1


def test_modules_say_how_far_it_is_and_how_long_they_took():
    timeline = Timeline()
    assert timeline.percent() == -1
    timeline.plan([entry("page", "pending", "waiting"), entry("look", "pending", "waiting")], 10.0)
    assert (timeline.percent(), timeline.done) == (0, 0)
    timeline.plan([entry("page", "in_progress", "writing"), entry("look", "pending", "waiting")], 20.0)
    timeline.plan([entry("page", "completed", "accepted", 7), entry("look", "in_progress", "reviewing")], 50.0)
    assert (timeline.percent(), timeline.done) == (52, 1)
    assert timeline.modules[0] == {
        "name": "page",
        "state": "accepted",
        "status": "completed",
        "model": "m:x",
        "instead": "",
        "tokens": 7,
        "seconds": 30,
    }


def test_what_a_crash_cut_off_works_no_more_once_it_is_begun_again_or_all_is_over():
    timeline = Timeline()
    timeline.stage(*began("r/test/1", "execute"))
    timeline.stage(*began("r/page/2"))
    timeline.stage(*began("r/test/3", "execute"))
    assert [stage["status"] for stage in timeline.stages] == ["interrupted", "in_progress", "in_progress"]
    timeline.stage(*changed("r/test/3", "completed"))
    timeline.close()
    assert [stage["status"] for stage in timeline.stages] == ["interrupted", "interrupted", "completed"]
