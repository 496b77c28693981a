from __future__ import annotations

import copy
from typing import Any

import pytest

from agents.prompting import section
from agents.roles import architect
from core.errors import ProviderError
from core.ports import CallTag

TAG = CallTag("architect.plan")


async def draw(ask, **more: Any):
    values = {
        "request": "count words",
        "answers": {},
        "locale": "en",
        "target": None,
        "previous": None,
        "files": {},
        **more,
    }
    return await architect.draw_plan(ask, TAG, **values)


async def test_a_good_plan_is_taken_at_once(script, plan) -> None:
    ask = script([plan])
    assert await draw(ask) == plan
    assert len(ask.requests) == 1
    assert section(ask.requests[0].messages, "previous_plan") is None


async def test_what_needs_no_model_is_settled_without_one(script, plan) -> None:
    sloppy = copy.deepcopy(plan)
    sloppy.update(slug="Word Counter", entry_point="./main.py", changed=[], dependencies=["tkinter", "rich>=13"])
    sloppy["modules"][0].update(paths=[".\\counting.py"], exports=["count_words"], uses=["counting"])
    sloppy["acceptance"] = [{"id": "x", "when": "w", "then": "t"}] * 2
    drawn = await draw(script([sloppy]), target="zip")
    assert drawn["slug"] == "word_counter"
    assert drawn["target"] == "zip"
    assert drawn["dependencies"] == ["rich>=13"]
    assert drawn["changed"] == ["counting", "main"]
    assert drawn["modules"] == plan["modules"]
    assert [example["id"] for example in drawn["acceptance"]] == ["a1", "a2"]


def change(plan: dict[str, Any], module: int, **values: Any) -> dict[str, Any]:
    plan["modules"][module].update(values)
    return plan


FAULTS = {
    "no module 'ghost'": lambda plan: change(plan, 0, uses=["ghost"]),
    "wait for each other": lambda plan: change(change(plan, 0, needs=["main"]), 1, needs=["counting"]),
    "belongs to two modules": lambda plan: change(plan, 1, paths=["main.py", "counting.py"]),
    "used twice": lambda plan: change(plan, 0, name="main"),
    "not a safe relative path": lambda plan: change(plan, 0, paths=["../counting.py"]),
    "'aux.py' is not a safe": lambda plan: change(plan, 0, paths=["aux.py"]),
    "'C:/x.py' is not a safe": lambda plan: change(plan, 0, paths=["C:/x.py"]),
    "reserved": lambda plan: change(plan, 0, paths=["tests/counting.py"]),
    "differ only in case": lambda plan: change(plan, 0, paths=["Main.py"], exports=[]),
    "entry_point": lambda plan: {**plan, "entry_point": "start.py"},
    "exports": lambda plan: change(plan, 0, exports=["main.py:count_words"]),
    "slug": lambda plan: {**plan, "slug": "счётчик"},
    "'con' is no file name": lambda plan: {**plan, "slug": "con"},
    "modules: ": lambda plan: {**plan, "modules": []},
}


@pytest.mark.parametrize("told", FAULTS)
async def test_a_faulty_plan_is_sent_back_with_its_faults(script, plan, told: str) -> None:
    ask = script([FAULTS[told](copy.deepcopy(plan)), plan])
    assert await draw(ask) == plan
    assert told in (section(ask.requests[1].messages, "problems") or "")


async def test_the_third_faulty_plan_ends_the_call(script, plan) -> None:
    ask = script([{**plan, "entry_point": "x.py"}] * 3)
    with pytest.raises(ProviderError) as caught:
        await draw(ask)
    assert caught.value.fault == "malformed"
    assert len(ask.requests) == 3


async def test_a_change_keeps_untouched_contracts_word_for_word(script, plan) -> None:
    new = copy.deepcopy(plan)
    new.update(changed=["main"], slug="renamed")
    new["modules"][0]["interface"] = "reworded"
    new["modules"][1]["interface"] = "def main(bigger: bool) -> int"
    ask = script([new])
    drawn = await draw(ask, previous=plan, files={"main.py": "x = 1\n", "tests/test_acceptance_a.py": "y = 2\n"})
    assert drawn["modules"][0] == plan["modules"][0]
    assert drawn["modules"][1]["interface"] == "def main(bigger: bool) -> int"
    assert drawn["slug"] == plan["slug"]
    files = section(ask.requests[0].messages, "files") or ""
    assert "main.py\n```" in files
    assert "y = 2" not in files
    assert section(ask.requests[0].messages, "previous_plan") is not None


async def test_a_change_cannot_lose_a_module_by_forgetting_it(script, plan) -> None:
    new = copy.deepcopy(plan)
    new["modules"] = new["modules"][1:]
    new["changed"] = ["main"]
    drawn = await draw(script([new]), previous=plan)
    assert [module["name"] for module in drawn["modules"]] == ["main", "counting"]


async def test_a_new_module_of_a_change_must_be_listed(script, plan) -> None:
    new = copy.deepcopy(plan)
    new["modules"].append({**plan["modules"][0], "name": "extra", "paths": ["extra.py"], "exports": []})
    new["changed"] = ["main"]
    listed = {**new, "changed": ["main", "extra"]}
    ask = script([new, listed])
    assert (await draw(ask, previous=plan))["changed"] == ["main", "extra"]


async def test_remarks_reach_the_architect(script, plan) -> None:
    ask = script([plan])
    await draw(ask, remarks="fewer modules", answers={"q1": "yes"})
    assert section(ask.requests[0].messages, "remarks") == "fewer modules"
    assert '"q1": "yes"' in (section(ask.requests[0].messages, "answers") or "")
