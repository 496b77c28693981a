"""What is wrong with a draft is found by the harness, whatever the model says about it."""

from __future__ import annotations

from tests.fakes.scripted_team import ACCEPTANCE, COUNTING, FILES, MAIN, blocks


def of_counting(text):
    return blocks({"counting.py": text})


NOT_IMPORTABLE = of_counting("import contting_helpers\n\n" + COUNTING)
MISSING_EXPORT = of_counting(COUNTING.replace("def longest_word", "def longest"))
OTHER_SIGNATURE = of_counting(COUNTING.replace("longest_word(text: str)", "longest_word(text: str, least: int)"))
LEFT_OUT = of_counting(COUNTING.partition("    best =")[0] + "    # ... rest of the code here\n")
BOASTING = "All done! I implemented `counting.py` completely, every test passes and the review is positive."

EMPTY_BODY = blocks({"main.py": MAIN.partition("    words =")[0] + "    raise NotImplementedError\n"})
RUSSIAN = blocks({"main.py": MAIN.partition("    words =")[0] + "    # здесь будет остальной код\n    pass\n"})
FOREIGN_FILES = blocks(
    {
        "main.py": MAIN,
        "counting.py": "def count_words(text):\n    return 3\n",
        "tests/test_mine.py": "def test_fine():\n    assert True\n",
        "../outside.py": "print('hello')\n",
    }
)


async def test_a_good_team_delivers(works, team):
    turn = await works.run()
    assert turn.outcome == "delivered"
    files = await turn.delivered()
    assert {path: files[path] for path in FILES} == FILES
    assert works.placed() == ["words.zip", "words.zip-evidence"]
    assert turn.events("tests.run")[-1]["passed"] == 7
    assert turn.events("smoke.finished")[-1]["ok"]
    assert {asked.model for asked in team.calls("coder")} == {"gpt-test"}
    assert {asked.model for asked in team.calls("tester.attack")} == {"claude-test"}


async def test_every_bad_draft_is_sent_back_for_its_own_reason(works, team):
    team.then(
        "coder",
        *(NOT_IMPORTABLE, LEFT_OUT, MISSING_EXPORT, BOASTING, OTHER_SIGNATURE),
        module="counting",
    )
    team.then("coder", EMPTY_BODY, RUSSIAN, FOREIGN_FILES, module="main")

    turn = await works.run()

    counting, main = turn.findings("counting"), turn.findings("main")
    for found, reason in zip(
        [*counting, *main],
        [
            *("contting_helpers", "rest of the code", "longest_word", "no-diff", "requires the parameter `least`", ""),
            *("placeholder", "placeholder", ""),
        ],
        strict=True,
    ):
        assert reason in " ".join(found)
        assert bool(found) == bool(reason)
    refused = " ".join(turn.events("draft.examined", "main")[2]["refused"])
    assert all(path in refused for path in ("counting.py", "tests/test_mine.py", "../outside.py"))
    assert turn.outcome == "delivered"
    files = await turn.delivered()
    assert {path: files[path] for path in FILES} == FILES
    assert sorted(set(files) - set(FILES)) == ["tests/test_acceptance_words.py", "tests/test_attack_words.py"]
    assert files["tests/test_acceptance_words.py"] == ACCEPTANCE
    assert [data["drafts"] for data in turn.events("module.accepted", "counting")] == [6]


async def test_the_coder_gets_what_was_found(works, team):
    team.then("coder.write", MISSING_EXPORT, module="counting")
    team.always("tester.tests", "Sorry, I have no tests for you.")  # the run ends before it is tested
    await works.run()
    fix = team.calls("coder.fix", "counting")[0]
    assert "longest_word" in fix.section("findings")
    assert "draft 1" in fix.section("history")
    assert "def longest(" in fix.section("files")
