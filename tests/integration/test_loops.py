"""Loops are bounded by what is measured, never by what a model says; a person is asked and can help or stop."""

from __future__ import annotations

import itertools

from graph.approvals import Reply
from tests.fakes.scripted_team import COUNTING, MAIN, blocks, finding, review

WRONG = COUNTING.replace("len(text.split())", 'len(text.split(" "))')
CONSTANT = COUNTING.replace("len(text.split())", "3")


async def test_an_endless_almost_done_is_stopped_and_goes_on_with_advice(works, team, person):
    """The same fault with new words, then with a new comment each time."""
    words = (f"Almost done, this time it is right! (try {number})" for number in itertools.count())
    number = itertools.count()

    def again(_asked):
        return blocks({"counting.py": WRONG + f"\n# version {next(number)}\n"}, next(words))

    team.always("coder", again, module="counting")
    waiting = await works.run(person=person(hold=[None]))

    assert waiting.outcome == "waiting"
    assert waiting.card["hold"]["kind"] == "stuck"
    assert waiting.card["hold"]["code"] == "repair-stuck"
    assert len(team.calls("coder", "counting")) <= 4
    assert [asked.model for asked in team.calls("coder.fix", "counting")] == ["gpt-test", "claude-test"]
    for part in ("test_words_are_counted", "assert 2 == 3"):
        assert part in team.calls("coder.fix", "counting")[0].section("output")
    assert WRONG.strip() in team.calls("coder.fix", "counting")[0].section("files")
    assert await waiting.nothing_delivered()

    team.forget()
    helper = person(hold=[Reply("retry", text="Split at any white space, also at line ends.")])
    turn = await works.resume(waiting.run, helper, project=waiting.project)
    assert turn.outcome == "delivered"
    assert "- Split at any white space, also at line ends." in team.calls("coder.fix", "counting")[-1].section("rules")
    assert (await turn.delivered())["counting.py"] == COUNTING


async def test_the_person_can_end_a_loop(works, team, person):
    team.always("coder", "It is done, please accept it.", module="counting")
    turn = await works.run(person=person(hold=[Reply("stop")]))
    assert turn.outcome == "stopped"
    assert len(turn.findings("counting")) == 3
    assert [asked.model for asked in team.calls("coder", "counting")] == ["gpt-test", "gpt-test", "claude-test"]
    assert await turn.nothing_delivered()
    assert works.placed() == []


async def test_a_reviewer_who_always_finds_something_new_is_bounded(works, team, person):
    number = itertools.count()
    versions = itertools.count()
    team.always("reviewer", lambda _: review(finding(f"{'abcdefghij'[next(number)]} is not good")))
    team.always(
        "coder", lambda asked: team.code(asked).replace('words."""', f'words {next(versions)}."""', 1), module="main"
    )
    turn = await works.run(person=person(hold=[Reply("stop")]))
    assert turn.outcome == "stopped"
    assert len(turn.findings("main")) <= 6
    assert await turn.nothing_delivered()


async def test_the_reviewer_is_of_another_family_than_the_coder(works, team):
    team.always("tester.tests", "Sorry, I have no tests for you.")  # the run ends before it is tested
    await works.run()
    assert {asked.model for asked in team.calls("coder")} == {"gpt-test"}
    assert {asked.model for asked in team.calls("reviewer")} == {"claude-test"}


async def test_advice_given_to_a_stuck_module_reaches_its_coder(works, team, person):
    team.then("coder", *["I see no reason to change anything."] * 3, module="counting")
    team.always("tester.tests", "Sorry, I have no tests for you.")  # the run ends before it is tested
    turn = await works.run(person=person(hold=[Reply("retry", text="Write counting.py.")]))
    assert team.calls("coder", "counting")[-1].section("rules") == "- Write counting.py."
    assert turn.events("module.accepted", "counting")
    assert len(turn.events("module.accepted", "main")) == 1


async def test_what_only_the_finished_file_shows_is_repaired_too(works, team):
    """Every test passes, but started like a person would the program does not see its words."""
    deaf = MAIN.replace("sys.argv[1:] if argv is None else argv", "argv or []")
    team.then("coder.write", blocks({"main.py": deaf}), module="main")
    turn = await works.run()
    assert turn.outcome == "delivered"
    assert [data["ok"] for data in turn.events("smoke.finished")] == [False, True]
    assert [data["stage"] for data in turn.events("repair.started")] == ["smoke"]
    assert team.calls("coder.fix", "counting") == []
    assert "2 words, longest: bbb" in team.calls("coder.fix", "main")[0].section("output")
    assert (await turn.delivered())["main.py"] == MAIN
