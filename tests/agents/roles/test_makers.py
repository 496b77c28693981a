"""Coder, reviewer, tester, packager and converse."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agents.prompting import section
from agents.roles import coder, converse, packager, reviewer, tester
from core.errors import ProviderError
from core.ports import CallTag

CODE = "def count_words(text: str) -> int:\n    return len(text.split(' '))\n"


def finding(problem: str) -> dict[str, Any]:
    return {
        "source": "reviewer",
        "severity": "major",
        "path": "counting.py",
        "line": 2,
        "problem": problem,
        "change": "c",
    }


async def test_the_coder_hands_in_the_contracts_files_only(script, plan) -> None:
    answer = f"counting.py\n```python\n{CODE}```\n\nmain.py\n```python\nprint()\n```\n"
    ask = script([answer])
    draft = await coder.write(
        ask,
        CallTag("coder.write"),
        request="count",
        plan=plan,
        contract=plan["modules"][0],
        files={},
        rules=["no colours"],
        escalate=2,
    )
    assert draft.files == {"counting.py": CODE}
    assert any("main.py is not one of the files" in problem for problem in draft.problems)
    assert (draft.model, draft.family) == ("test:model", "test")
    request = ask.requests[0]
    assert request.escalate == 2
    assert request.schema is None
    assert json.loads(section(request.messages, "contract") or "") == plan["modules"][0]
    assert section(request.messages, "rules") == "- no colours"


async def test_the_coder_sees_the_contracts_it_uses_and_no_others(script, plan) -> None:
    ask = script(["main.py\n```python\nx = 1\n```"])
    await coder.write(
        ask,
        CallTag("coder.write"),
        request="посчитай слова",
        plan=plan,
        contract=plan["modules"][1],
        files={},
        rules=[],
    )
    messages = ask.requests[0].messages
    used = json.loads(section(messages, "used_contracts") or "")
    assert [module["name"] for module in used] == ["counting"]
    outline = json.loads(section(messages, "plan") or "")["modules"]
    assert all("interface" not in module for module in outline)
    assert section(messages, "locale") == "ru"


async def fix(ask, plan, files: dict[str, str]):
    return await coder.fix(
        ask,
        CallTag("coder.fix", attempt=2),
        request="count",
        plan=plan,
        contract=plan["modules"][0],
        files=files,
        findings=[finding("counts '' as 1")],
        output="assert 1 == 0",
        history=["draft 1: nothing"],
        rules=[],
    )


async def test_a_fix_holds_what_changed(script, plan) -> None:
    search, replace = "    return len(text.split(' '))", "    return len(text.split())"
    ask = script([f"counting.py\n```\n<<<<<<< SEARCH\n{search}\n=======\n{replace}\n>>>>>>> REPLACE\n```"])
    draft = await fix(ask, plan, {"counting.py": CODE, "main.py": "import counting\n"})
    assert draft.files == {"counting.py": CODE.replace("' '", "")}
    assert draft.problems == []
    messages = ask.requests[0].messages
    assert "counts '' as 1" in (section(messages, "findings") or "")
    assert section(messages, "output") == "assert 1 == 0"
    assert section(messages, "history") == "draft 1: nothing"
    assert "main.py\n```" in (section(messages, "files") or "")


async def test_a_fix_cannot_touch_another_module(script, plan) -> None:
    ask = script(["main.py\n```\n<<<<<<< SEARCH\nimport counting\n=======\nimport os\n>>>>>>> REPLACE\n```"])
    draft = await fix(ask, plan, {"counting.py": CODE, "main.py": "import counting\n"})
    assert draft.files == {}
    assert "main.py is not one of the files" in draft.problems[0]


async def test_a_closing_data_tag_in_a_file_survives_the_round(script, plan) -> None:
    page = {**plan["modules"][0], "paths": ["page.html"], "exports": []}
    ask = script(["page.html\n```html\n<html><data>1<\\/data>new</html>\n```"])
    draft = await coder.write(
        ask,
        CallTag("coder.write"),
        request="r",
        plan=plan,
        contract=page,
        files={"page.html": "<html><data>1</data></html>\n"},
        rules=[],
    )
    assert draft.files == {"page.html": "<html><data>1</data>new</html>\n"}


async def test_a_review_is_signed_and_stays_inside_its_contract(script, plan) -> None:
    answer = {
        "summary": "s",
        "findings": [
            {"severity": "critical", "path": "counting.py", "line": "2", "problem": "p", "change": "c"},
            {"severity": "low", "path": "elsewhere.py", "line": 9, "problem": "q", "change": ""},
        ],
    }
    ask = script([answer])
    review = await reviewer.review(
        ask,
        CallTag("reviewer.review"),
        request="r",
        contract=plan["modules"][0],
        diff="+x",
        avoid_family="test",
        locale="en",
    )
    assert review["findings"][0] == {
        "source": "reviewer",
        "severity": "blocker",
        "path": "counting.py",
        "line": 2,
        "problem": "p",
        "change": "c",
    }
    assert (review["findings"][1]["path"], review["findings"][1]["line"]) == ("counting.py", 0)
    assert ask.requests[0].avoid_family == "test"


async def test_acceptance_tests_are_written_without_seeing_code(script, plan) -> None:
    good = "tests/test_acceptance_counting.py\n```python\ndef test_a():\n    assert True is not False\n```\n"
    ask = script([good + "\ncounting.py\n```python\nx = 1\n```"])
    draft = await tester.write_tests(
        ask,
        CallTag("tester.tests"),
        request="count",
        plan=plan,
        tests={"tests/test_acceptance_old.py": "pass\n"},
        remarks="weak: a",
    )
    assert list(draft.files) == ["tests/test_acceptance_counting.py"]
    assert any("counting.py is not" in problem for problem in draft.problems)
    messages = ask.requests[0].messages
    assert section(messages, "files") is None
    assert "test_acceptance_old" in (section(messages, "tests") or "")
    assert section(messages, "remarks") == "weak: a"


async def test_attacks_see_the_code_and_have_their_own_names(script, plan) -> None:
    attack = "tests/test_attack_big.py\n```python\ndef test_b():\n    assert 1\n```\n"
    ask = script([attack + "tests/test_acceptance_x.py\n```python\nx = 1\n```"])
    draft = await tester.attack(
        ask, CallTag("tester.attack"), plan=plan, files={"counting.py": CODE}, tests={}, avoid_family="f"
    )
    assert list(draft.files) == ["tests/test_attack_big.py"]
    assert "def count_words" in (section(ask.requests[0].messages, "files") or "")
    assert ask.requests[0].avoid_family == "f"


async def test_only_files_that_exist_are_packed(script, plan) -> None:
    answer = {"program_name": "N", "windowed": True, "data_files": ["a.png", "ghost.png", "a.png"], "guide": "## Start"}
    packaging = await packager.pack(
        script([answer]), CallTag("packager.pack"), request="r", plan=plan, files=["main.py", "a.png"], locale="en"
    )
    assert packaging == {"program_name": "N", "windowed": True, "data_files": ["a.png"], "guide": "## Start"}


async def test_an_answer_in_words(script) -> None:
    ask = script([" Hello. \n"])
    text = await converse.answer(
        ask, CallTag("converse.answer"), message="hi", history="person: a", facts=["version 1"], locale="en"
    )
    assert text == "Hello."
    assert section(ask.requests[0].messages, "facts") == "- version 1"


async def test_silence_is_no_answer(script) -> None:
    with pytest.raises(ProviderError):
        await converse.answer(
            script(["  "]), CallTag("converse.answer"), message="hi", history="", facts=[], locale="en"
        )
