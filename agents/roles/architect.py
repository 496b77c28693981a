"""The architect turns a request into a plan; a plan with a fault in it is sent back with the faults listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from agents.answers.schemas import MAX_MODULES, PlanAnswer, schema_of
from agents.prompting import as_json, conversation, listing, render
from agents.roles.ask import UnusableAnswer, ask_structured
from agents.roles.plan_check import faults, settled, unsafe_names
from core.ports import CallTag, ModelRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from agents.roles.ask import Ask
    from core.plan import Plan

_AGAIN: Final = 2


async def draw_plan(
    ask: Ask,
    tag: CallTag,
    *,
    request: str,
    answers: Mapping[str, str],
    locale: str,
    target: str | None,
    previous: Plan | None,
    files: Mapping[str, str],
    remarks: str = "",
    known: Mapping[str, str] | None = None,
    unsafe: Callable[[Sequence[str]], None] | None = None,
) -> Plan:
    """Draw the whole plan; with `previous` a new version of it that changes as little as the request needs.

    `known` are sections of the memory: `decisions`, `recalled`, `lessons`.
    `unsafe` is told the names of files that could be none of a project, also when the answer was asked for again.
    """
    sections = {
        "locale": locale,
        "request": request,
        "answers": as_json(dict(answers)),
        "target": target or "",
        **({"previous_plan": as_json(previous), "files": _tree(files)} if previous else {}),
        **(known or {}),
        **({"remarks": remarks} if remarks else {}),
    }
    system = render("architect", change=previous is not None, max_modules=MAX_MODULES)
    question = ModelRequest(
        role="architect",
        tag=tag,
        messages=conversation(system, sections, "Draw the plan and answer with the JSON object."),
        schema=schema_of(PlanAnswer),
    )
    return await ask_structured(
        ask, question, PlanAnswer, lambda answer: _accepted(answer, target, previous, unsafe), again=_AGAIN
    )


def _tree(files: Mapping[str, str]) -> str:
    return "\n".join(sorted(files)) + "\n\n" + listing({path: files[path] for path in files if _is_source(path)})


def _is_source(path: str) -> bool:
    return not path.startswith("tests/")


def _accepted(
    answer: PlanAnswer, target: str | None, previous: Plan | None, unsafe: Callable[[Sequence[str]], None] | None
) -> Plan:
    plan = settled(answer.as_plan(), target, previous)
    if unsafe is not None:
        unsafe(unsafe_names(plan))
    found = faults(plan, previous)
    if found:
        raise UnusableAnswer(found)
    return plan
