"""Suite: the tester writes black-box tests from the acceptance examples, before anyone has seen code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from agents.providers.families import family_of
from agents.roles import tester
from core.ports import CallTag
from graph.known import CHECKING, told
from graph.nodes.blueprint import wanted
from graph.nodes.module import commit_files
from graph.suites import faults

if TYPE_CHECKING:
    from agents.roles.draft import Draft
    from graph.nodes.dispatch import Work
    from graph.state import Hold, RunState, Suite
    from graph.workshop import Workshop

_TRIES: Final = 3


async def run(shop: Workshop, work: Work) -> RunState:
    """Write the tests of this version; tests of earlier versions stay as they are."""
    state = work["state"]
    plan = await shop.plan(state["plan"])
    old = await existing_tests(shop, state)
    remarks = ""
    # A retried wave asks anew instead of finding the answers of the last one in the ledger.
    first = 1 + (state["wave"] - 1) * _TRIES
    for attempt in range(first, first + _TRIES):
        draft = await tester.write_tests(
            shop.asking(state),
            CallTag("tester.tests", attempt=attempt),
            request=await wanted(shop, state),
            plan=plan,
            tests=old,
            remarks=remarks,
            known=await told(shop, state, CHECKING),
            avoid_family=_coders_family(shop),
        )
        await shop.outside(state, draft.foreign, draft.model)
        files, problems = usable_tests(draft, old)
        if files and not problems:
            break
        remarks = "\n".join(problems)
    else:
        return {"held": _hold(remarks)}
    commit = await commit_files(shop, state, "tests", files, module="", attempt=attempt, author=draft.model)
    shop.say("FILE", "tests.written", state, files=[*sorted(files)], model=draft.model)
    suite: Suite = {
        "files": sorted({*old, *files}),
        "commit": commit,
        "model": draft.model,
        "family": draft.family,
        "attacked": False,
        "strengthened": False,
        "weak": [],
    }
    return {"suite": suite}


def _coders_family(shop: Workshop) -> str:
    """The family of the model that codes first: who tests should not think alike."""
    provider, _, model = shop.gateway.roster().get("coder", "").partition(":")
    return family_of(model, provider) if provider else ""


async def existing_tests(shop: Workshop, state: RunState) -> dict[str, str]:
    """Tests of the version this turn starts from."""
    if not state["base"]:
        return {}
    tree = await shop.workspace.files(state["project"], state["base"])
    return {path: text for path, text in tree.items() if path.startswith("tests/")}


def usable_tests(draft: Draft, old: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """The new test files of a draft, and what is wrong with it. Old tests may not be rewritten."""
    problems = list(draft.problems)
    files = {}
    for path, text in draft.files.items():
        if path in old and old[path] != text:
            problems.append(f"{path} is a test of an earlier version and must stay as it is; use a new file name.")
        elif path not in old:
            files[path] = text
    for path, text in files.items():
        problems.extend(faults(path, text))
    if not any(path.rpartition("/")[2].startswith("test_") for path in files):
        problems.append("No new test file tests/test_*.py was given.")
    return files, problems


def _hold(problems: str) -> Hold:
    return {
        "kind": "stuck",
        "at": "dispatch",
        "code": "tests-stuck",
        "facts": {"problem": problems.partition("\n")[0]},
        "detail": problems,
    }
