"""The paranoid tester writes black-box tests before any code exists, then tests that try to break the finished code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from agents.answers.blocks import parse_files
from agents.prompting import as_json, conversation, listing, render
from agents.roles.draft import Draft, draft_of
from core.i18n import DEFAULT_LOCALE, detect_locale
from core.ports import CallTag, ModelRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agents.roles.ask import Ask
    from core.plan import ModuleContract, Plan

ACCEPTANCE: Final = "tests/test_acceptance_*.py"
ATTACK: Final = "tests/test_attack_*.py"
MODULE: Final = "tests/test_module_*.py"


async def write_tests(
    ask: Ask,
    tag: CallTag,
    *,
    request: str,
    plan: Plan,
    tests: Mapping[str, str],
    remarks: str = "",
    known: Mapping[str, str] | None = None,
    avoid_family: str = "",
) -> Draft:
    """Write acceptance tests from the plan alone; `tests` exist already, `remarks` say what the last ones lacked.

    `known` is the section `decisions` of the memory.
    """
    sections = {
        "locale": detect_locale(request, DEFAULT_LOCALE),
        "request": request,
        **(known or {}),
        "plan": as_json(plan),
        "tests": listing(tests),
        **({"remarks": remarks} if remarks else {}),
    }
    return await _tests(ask, tag, "tester_write", sections, ACCEPTANCE, avoid_family)


async def module_tests(
    ask: Ask,
    tag: CallTag,
    *,
    request: str,
    plan: Plan,
    contract: ModuleContract,
    around: Mapping[str, str],
) -> Draft:
    """Write tests of one module from its contract, to choose between drafts; `around` holds what it needs."""
    sections = {
        "locale": detect_locale(request, DEFAULT_LOCALE),
        "request": request,
        "plan": as_json(plan),
        "contract": as_json(contract),
        "files": listing(around),
    }
    return await _tests(ask, tag, "tester_module", sections, MODULE, "")


async def attack(
    ask: Ask,
    tag: CallTag,
    *,
    plan: Plan,
    files: Mapping[str, str],
    tests: Mapping[str, str],
    avoid_family: str = "",
) -> Draft:
    """Write tests that try to break the finished program."""
    sections = {
        "locale": detect_locale(plan["summary"], DEFAULT_LOCALE),
        "plan": as_json(plan),
        "tests": listing(tests),
        "files": listing(files),
    }
    return await _tests(ask, tag, "tester_attack", sections, ATTACK, avoid_family)


async def _tests(
    ask: Ask, tag: CallTag, prompt: str, sections: Mapping[str, str], pattern: str, avoid_family: str
) -> Draft:
    question = ModelRequest(
        role="tester",
        tag=tag,
        messages=conversation(render(prompt, pattern=pattern), sections, f"Write the test files {pattern}."),
        avoid_family=avoid_family,
    )
    reply = await ask(question)
    return draft_of(reply, parse_files(reply.text, [pattern]))
