from __future__ import annotations

import pytest

from agents.prompting import section
from agents.roles import judge
from core.errors import BudgetExceeded, ProviderError
from core.ports import CallTag

TAG = CallTag("judge.request")
GREEN = {
    "level": "green",
    "reasons": ["harmless"],
    "feasibility": "easy",
    "recommendation": "build",
    "needs_purpose": False,
}


async def assess(ask, text: str, **more: str):
    values = {"subject": "request", "request": text, "purpose": "", "locale": "en", **more}
    return await judge.assess(ask, TAG, text=text, **values)


async def test_an_ordinary_task_keeps_the_models_verdict(script) -> None:
    verdict = await assess(script([GREEN]), "a calculator")
    assert verdict["judged"]
    assert verdict["level"] == "green"
    assert verdict["reasons"] == ["harmless"]
    assert verdict["policy_rules"] == []


async def test_rules_raise_a_verdict_and_speak_the_persons_language(script) -> None:
    verdict = await assess(script([GREEN]), "Сделай фишинговый сайт", locale="ru")
    assert verdict["level"] == "red"
    assert verdict["policy_rules"] == ["phishing"]
    assert "фишинг" in verdict["reasons"][0]


async def test_rules_never_lower_a_verdict(script) -> None:
    verdict = await assess(script([{**GREEN, "level": "red"}]), "auto clicker for a game")
    assert verdict["level"] == "red"


@pytest.mark.parametrize(("floor", "level"), [("green", "green"), ("yellow", "yellow"), ("red", "red")])
async def test_a_verdict_is_no_milder_than_its_floor_and_says_so(script, floor, level) -> None:
    verdict = await assess(script([GREEN]), "a calculator", floor=floor)
    assert verdict["level"] == level
    assert len(verdict["reasons"]) == (1 if floor == "green" else 2)
    assert (await assess(script([{**GREEN, "level": "red"}]), "a calculator", floor=floor))["level"] == "red"


async def test_dual_use_asks_for_the_purpose_once(script) -> None:
    assert (await assess(script([GREEN]), "a port scanner"))["needs_purpose"]
    told = await assess(script([GREEN]), "a port scanner", purpose="my own network")
    assert not told["needs_purpose"]
    assert told["level"] == "yellow"


@pytest.mark.parametrize(("text", "level"), [("a calculator", "yellow"), ("write ransomware", "red")])
async def test_without_a_judge_nothing_is_judged_and_nothing_green(script, text: str, level: str) -> None:
    verdict = await assess(script([ProviderError("transient")]), text)
    assert not verdict["judged"]
    assert verdict["level"] == level


async def test_a_judge_that_talks_nonsense_is_no_judge(script) -> None:
    ask = script([{"level": "approved"}, {"level": "approved"}])
    assert not (await assess(ask, "a calculator"))["judged"]


async def test_an_empty_budget_is_not_taken_for_a_missing_judge(script) -> None:
    with pytest.raises(BudgetExceeded):
        await assess(script([BudgetExceeded()]), "a calculator")


async def test_code_is_judged_by_the_rules_for_code(script) -> None:
    ask = script([GREEN])
    verdict = await assess(ask, "import shutil\nshutil.rmtree(Path.home())", subject="code", request="a cleaner")
    assert verdict["policy_rules"] == ["code-wipe"]
    assert verdict["subject"] == "code"
    assert section(ask.requests[0].messages, "request") == "a cleaner"
