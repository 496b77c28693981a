from __future__ import annotations

import time

import pytest

from tests.gui.drawer_stage import Background, a_setting, an_event


def a_task(name, state="running", **facts):
    row = {"task": name, "kind": "run", "title": name, "subject": "", "state": state, "reason": "", "note": ""}
    row |= {"progress": -1.0, "step": "", "priority": 0, "result": None, "created": 1.0, "changed": 2.0}
    return row | facts


@pytest.fixture
def talking(home, scripted):
    found = Background(home, scripted)
    yield found
    found.close()


@pytest.fixture
def tasks(talking):
    return talking.application.tasks


def tell(window, scripted, *rows):
    scripted.tell("_multicoder/tasks", {"tasks": list(rows)})
    known = window.application.tasks
    window.until(lambda: all((known.find(row["task"]) or {}).get("state") == row["state"] for row in rows))


def test_tasks_at_work_come_first_by_priority_and_ended_ones_newest_first(talking, scripted, tasks):
    tell(
        talking,
        scripted,
        a_task("old", "done", changed=5.0),
        a_task("late", created=9.0),
        a_task("early", created=1.0),
        a_task("urgent", "waiting", created=20.0, priority=10),
        a_task("new", "failed", changed=8.0),
    )
    assert [row["task"] for row in tasks.all()] == ["urgent", "early", "late", "new", "old"]
    assert (tasks.running, tasks.active) == (2, 3)


def test_what_a_person_does_with_a_task_reaches_the_engine(talking, scripted, tasks):
    tell(talking, scripted, a_task("t-1"))
    scripted.answers["_multicoder/tasks/pause"] = {"task": a_task("t-1", "paused", reason="asked")}
    tasks.pause("t-1")
    talking.until(lambda: tasks.find("t-1")["state"] == "paused")
    tasks.resume("t-1", "it is fine")
    tasks.cancel("t-1")
    tasks.restart("t-1")
    tasks.prioritise("t-1", 500)
    talking.until(lambda: scripted.params("_multicoder/tasks/prioritise") == [{"task": "t-1", "priority": 100}])
    assert scripted.params("_multicoder/tasks/resume") == [{"task": "t-1", "note": "it is fine"}]
    assert scripted.params("_multicoder/tasks/cancel") == [{"task": "t-1"}]
    assert scripted.params("_multicoder/tasks/restart") == [{"task": "t-1"}]


def test_a_task_that_ends_while_the_window_looks_is_told_once(talking, scripted, tasks):
    ended = []
    tasks.finished.connect(lambda row: ended.append(row["task"]))
    tell(talking, scripted, a_task("t-1"), a_task("quick", "done"))
    tell(talking, scripted, a_task("t-1", "done"))
    tell(talking, scripted, a_task("t-1", "done", changed=3.0))
    talking.settle()
    assert ended == ["quick", "t-1"]


def test_a_task_that_ended_before_the_window_came_is_no_news(talking, scripted, tasks):
    ended = []
    tasks.finished.connect(lambda row: ended.append(row["task"]))
    scripted.answers["_multicoder/tasks/list"] = {"tasks": [a_task("old", "done")]}
    scripted.crash()
    talking.until(lambda: tasks.find("old") is not None)
    assert ended == []


def stopped(name="a-1", kind="download"):
    action = {"action": name, "at": time.time(), "kind": kind, "target": "https://example.org/a.zip", "run": "r-1"}
    return action | {"module": "", "asked_by": "researcher", "facts": {"bytes": 12}}


def settings(mode):
    return {
        "settings": [{"key": "paranoid", "kind": "str", "value": mode, "default": "watch", "title": "", "help": ""}]
    }


def test_strict_mode_with_a_stopped_action_locks_and_a_decision_unlocks(talking, scripted):
    board = talking.application.board
    scripted.answers["_multicoder/guard/pending"] = {"actions": [stopped()]}
    board.watch(watched=True)
    talking.until(lambda: board.paranoid.pending.rowCount() == 1)
    assert not board.paranoid.locked
    scripted.answers["_multicoder/settings/list"] = settings("strict")
    talking.application.engineSettings.load()
    talking.until(lambda: board.state == "lock")
    assert board.worst == "down"
    scripted.answers["_multicoder/guard/pending"] = {"actions": []}
    board.paranoid.decide("a-1", allowed=False, reason="  not from there  ")
    talking.until(lambda: board.state != "lock")
    wanted = {"action": "a-1", "allowed": False, "reason": "not from there"}
    assert scripted.params("_multicoder/guard/decide") == [wanted]
    board.watch(watched=False)


def test_no_decision_without_a_reason(talking, scripted):
    paranoid = talking.application.board.paranoid
    paranoid.decide("a-1", allowed=True, reason="   ")
    paranoid.resume("")
    talking.settle(100)
    assert scripted.params("_multicoder/guard/decide") == []
    assert paranoid.asking.problem != ""


def test_tasks_the_guard_paused_go_on_with_a_reason(talking, scripted):
    paranoid = talking.application.board.paranoid
    tell(talking, scripted, a_task("t-1", "paused", reason="guard"), a_task("t-2", "paused", reason="asked"))
    assert paranoid.pausedTasks == 1
    paranoid.resume("I looked at it")
    talking.until(lambda: scripted.params("_multicoder/tasks/resume") == [{"task": "t-1", "note": "I looked at it"}])


def test_an_audit_shows_its_score_and_findings(talking, scripted):
    paranoid = talking.application.board.paranoid
    finding = {"check": "c", "severity": "critical", "subject": "s", "what": "Bad.", "action": "Do.", "facts": {}}
    scripted.answers["_multicoder/audit/inspect"] = {"score": 60, "at": 5.0, "seconds": 1, "findings": [finding]}
    assert paranoid.score == -1
    paranoid.inspect()
    assert paranoid.inspecting
    talking.until(lambda: paranoid.score == 60)
    assert not paranoid.inspecting
    assert paranoid.findings.get(0)["what"] == "Bad."


def test_an_audit_that_fails_can_be_asked_again(talking, scripted):
    paranoid = talking.application.board.paranoid
    scripted.fails["_multicoder/audit/inspect"] = {"kind": "k", "what": "w", "did": "", "next": ""}
    paranoid.inspect()
    talking.until(lambda: not paranoid.inspecting)
    del scripted.fails["_multicoder/audit/inspect"]
    scripted.answers["_multicoder/audit/inspect"] = {"score": 100, "at": 5.0, "seconds": 1, "findings": []}
    paranoid.inspect()
    talking.until(lambda: paranoid.score == 100)


def test_of_each_drill_the_newest_result_is_shown_and_a_running_one_is_named(talking, scripted):
    paranoid = talking.application.board.paranoid
    ended = [(3, "bit-flip", "broken"), (2, "bit-flip", "held"), (1, "storm", "held")]
    rows = [an_event(seq, "AUDIT", "drill.finished", drill=drill, state=state) for seq, drill, state in ended]
    scripted.answers["_multicoder/journal/search"] = {"rows": rows}
    paranoid.open()
    talking.until(lambda: paranoid.drills.rowCount() == 2)
    assert {row["drill"]: row["state"] for row in paranoid.drills.all()} == {"bit-flip": "broken", "storm": "held"}
    paranoid.drill("all")
    tell(talking, scripted, a_task("t-9", kind="drill", subject="all", step="kill-run"))
    assert paranoid.drilling == "kill-run"
    assert scripted.params("_multicoder/audit/drill") == [{"drill": "all"}]


def test_today_is_counted_and_limits_are_named(talking, scripted):
    budget = talking.application.budget
    day = {"calls": 3, "tokens": 1_200, "cost_usd": 0.5, "unpriced_calls": 2}
    scripted.answers["_multicoder/statistics"] = {"days": {time.strftime("%Y-%m-%d"): day, "2020-01-01": {"calls": 99}}}
    scripted.answers["_multicoder/settings/list"] = {"settings": [a_setting("budget_calls", 400)]}
    talking.application.engineSettings.load()
    talking.until(lambda: talking.application.engineSettings.loaded)
    budget.watch(watched=True)
    talking.until(lambda: (by_id(budget).get("calls") or {}).get("value") == "3")
    budget.watch(watched=False)
    found = by_id(budget)
    assert found["calls"]["note"] == "At most 400 per run"
    assert found["money"]["value"].endswith("$ +")
    assert 0 < found["disk"]["share"] <= 1
    assert 0 < found["disk"]["limit"] < 1


def by_id(budget):
    return {figure["id"]: figure for figure in budget.figures}
