"""What is asked back: of the person, of the architect, and of the providers on a bad line."""

from __future__ import annotations

import pytest

from graph.approvals import Reply
from tests.fakes.openai_server import failing
from tests.fakes.scripted_team import FILES, contract, plan_of, routing

QUESTIONS = [{"id": f"x{number}", "text": f"Question {number}?", "default": f"default {number}"} for number in range(5)]


async def test_an_unclear_task_asks_three_questions_and_the_architect_gets_the_answers(works, team, person):
    team.then("router", routing(questions=QUESTIONS))
    answer = Reply("answer", answers={"q2": "my own answer", "q9": "smuggled"})
    someone = person(questions=[answer], task=[Reply("approve")], plan=[None])
    await works.run("Make something with words", someone)
    asked = someone.shown("questions")[0]["questions"]
    assert [question["text"] for question in asked] == ["Question 0?", "Question 1?", "Question 2?"]
    answers = team.calls("architect")[0].section("answers")
    for part in ("Question 0?", "default 0", "Question 1?", "my own answer", "default 2"):
        assert part in answers
    assert "smuggled" not in answers


async def test_a_question_is_answered_without_a_project(works, team):
    team.then("router", routing("question"))
    turn = await works.run("Can you count words?")
    assert turn.outcome == "answered"
    assert await turn.text() == "Yes: it counts words."
    assert team.calls("judge") == team.calls("architect") == []
    assert await turn.nothing_delivered()


async def test_a_faulty_plan_is_sent_back(works, team, person):
    """A circle of needs, then one file for two modules."""
    circle = plan_of([contract("one", needs=["two"]), contract("two", needs=["one"])], entry_point="one.py")
    shared = plan_of([contract("one"), contract("two", paths=["one.py"], exports=[])], entry_point="one.py")
    team.then("architect", circle, shared)
    turn = await works.run(person=person(plan=[None]))
    assert turn.card["plan"]["modules"][0]["name"] == "counting"
    second, third = team.calls("architect")[1:]
    assert "one, two wait for each other" in second.section("problems")
    assert "'one.py' belongs to two modules" in third.section("problems")


async def test_a_plan_that_stays_faulty_holds_the_run(works, team):
    circle = plan_of([contract("one", needs=["two"]), contract("two", needs=["one"])], entry_point="one.py")
    team.always("architect", circle)
    waiting = await works.run()
    assert waiting.card["hold"]["kind"] == "provider"
    assert len(team.calls("architect")) == 3
    assert team.calls("coder") == []


async def test_an_unknown_package_needs_the_person(works, team, person):
    invented = {**team.plan, "dependencies": ["word-counting-magic", "requests"]}
    team.then("architect", invented)
    waiting = await works.run()
    assert waiting.card["hold"]["kind"] == "guard"
    assert waiting.card["hold"]["code"] == "action-blocked"
    assert waiting.card["hold"]["facts"]["target"] == "word-counting-magic"
    assert team.calls("coder") == []

    someone = person(hold=[Reply("modify", text="Use the standard library only.")], plan=[None])
    turn = await works.resume(waiting.run, someone, project=waiting.project)
    assert turn.card["kind"] == "plan"
    assert turn.card["plan"]["dependencies"] == []
    assert "Use the standard library only." in team.calls("architect")[-1].section("remarks")


async def test_the_budget_is_kept_and_can_be_raised(works, team, person):
    waiting = await works.run(caps={"calls": 4})
    assert waiting.card["hold"]["kind"] == "budget"
    assert len(team.asked) == 4
    assert await waiting.nothing_delivered()

    generous = person(hold=[Reply("retry", caps={"calls": 6}), None])
    again = await works.resume(waiting.run, generous, project=waiting.project)
    assert again.card["hold"]["kind"] == "budget"
    assert len(team.asked) == 6


async def test_broken_answers_on_the_way_do_not_stop_a_run(works, team):
    """Every kind of half an answer once; none of it is taken for a whole one."""
    team.then("router", failing("html"))
    team.then("judge.request", failing("malformed-json"))
    team.then("architect", failing("empty-choices"))
    team.then("coder.write", lambda asked: failing("truncated", team.code(asked)), module="counting")
    team.then("coder.write", lambda asked: failing("cut", team.code(asked)), module="main")
    team.then("tester.tests", failing("500"))
    turn = await works.run()
    assert turn.outcome == "delivered"
    files = await turn.delivered()
    assert {path: files[path] for path in FILES} == FILES
    assert [len(turn.findings(module)) for module in ("counting", "main")] == [1, 1]
    failed = {data["call"]: data["fault"] for data in turn.events("call.substituted")}
    assert set(failed) == {"router.route", "judge.request", "architect.plan", "coder.write", "tester.tests"}


async def test_answers_that_could_not_be_used_are_asked_anew_after_a_hold(works, team, person):
    """Recorded calls are found again after a crash; a useless answer found again would hold the run for ever."""
    team.then("router", *[routing("poem")] * 2)
    team.then("reviewer", *[{"summary": "?", "findings": [{"severity": "purple", "problem": "?"}]}] * 2, module="main")
    team.always("tester.tests", "I have none.")
    someone = person(hold=[Reply("retry"), Reply("retry"), None])
    turn = await works.run(person=someone)
    assert someone.shown("hold")[0]["hold"]["code"] == "provider-malformed"
    assert [len(team.calls(role, module)) for role, module in (("router", ""), ("reviewer", "main"))] == [3, 3]
    assert turn.events("module.accepted", "main")
    assert len(team.calls("coder")) == len(FILES)


@pytest.mark.parametrize("kind", ["truncated", "html"])
async def test_a_provider_that_only_breaks_holds_the_run(works, team, kind):
    team.always("coder", lambda asked: failing(kind, team.code(asked)), module="counting")
    waiting = await works.run()
    assert waiting.card["hold"]["kind"] == "provider"
    assert waiting.findings("counting") == []
    assert waiting.events("module.accepted", "main")
    assert await waiting.nothing_delivered()
