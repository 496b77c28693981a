"""Paranoid test: black-box tests, then an attack, then a check that the tests can fail at all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, cast

from agents.roles import tester
from core.ports import CallTag, TestReport
from graph.ledger import digest
from graph.nodes.blueprint import wanted
from graph.nodes.module import commit_files
from graph.progress import finding
from graph.suites import faults

if TYPE_CHECKING:
    from agents.roles.draft import Draft
    from core.events import Json
    from core.plan import Plan
    from graph.state import RunState, Suite
    from graph.workshop import Workshop


SHARPEN_ATTEMPT: Final = 100
"""Attempt number of the one request for sharper tests; far above those of `write_tests`."""


async def run(shop: Workshop, state: RunState) -> RunState:
    """Run everything the tester has; a failure goes to repair with the exact output."""
    plan = await shop.plan(state["plan"])
    suite = cast("Suite", state["suite"])
    report: dict[str, Json] = {}
    for prepare in (_as_written, _attack, _sharpen):
        suite = await prepare(shop, state, plan, suite)
        report = await _measure(shop, state, plan, await _tree(shop, state, suite))
        if not report["ok"]:
            return {**await _failed(shop, report), "suite": suite, "tree": _commit(state, suite)}
    return {"suite": suite, "failure": None, "tests": await shop.keep(report), "tree": _commit(state, suite)}


async def _as_written(_shop: Workshop, _state: RunState, _plan: Plan, suite: Suite) -> Suite:
    """First the black-box tests as they are."""
    return suite


async def _tree(shop: Workshop, state: RunState, suite: Suite) -> dict[str, str]:
    return await shop.workspace.files(state["project"], _commit(state, suite))


def _commit(state: RunState, suite: Suite) -> str:
    """The commit under test: what was integrated, then with the tests added here.

    Not the head: a repeated step would meet its own tests there and ask for others.
    """
    before = cast("Suite", state["suite"])["commit"]
    return state["tree"] if suite["commit"] == before else suite["commit"]


async def _measure(shop: Workshop, state: RunState, plan: Plan, files: dict[str, str]) -> dict[str, Json]:
    """Run all tests once per tree; a resumed run finds the report of the same tree."""
    key = shop.key(state, "test-run", inputs=dict(files))

    async def perform(_: Json) -> Json:
        report: TestReport = await shop.bench.run_tests(state["project"], plan, files)
        facts = report.as_dict()
        told = {name: facts[name] for name in ("passed", "failed", "errors", "ok", "seconds")}
        shop.say("BUILD", "tests.run", state, **cast("Any", told))
        return facts

    return cast("dict[str, Json]", await shop.ledger.once(key, perform))


async def _failed(shop: Workshop, report: dict[str, Json]) -> RunState:
    failures = [str(text) for text in cast("list[Json]", report["failures"])]
    findings = [finding("tests", failure) for failure in failures] or [
        finding("tests", f"The tests did not finish: exit code {report['exit_code']}, {report['passed']} passed.")
    ]
    return {
        "failure": {"stage": "tests", "findings": findings[:5], "output": "\n\n".join(failures)},
        "tests": await shop.keep(report),
    }


async def _attack(shop: Workshop, state: RunState, plan: Plan, suite: Suite) -> Suite:
    """Attack the finished code once: empty, huge, unicode, interrupted, missing; only usable test files count."""
    if suite["attacked"]:
        return suite
    files = await _tree(shop, state, suite)
    tests = {path: text for path, text in files.items() if path.startswith("tests/")}
    draft = await tester.attack(
        shop.asking(state),
        CallTag("tester.attack"),
        plan=plan,
        files={path: text for path, text in files.items() if path not in tests},
        tests=tests,
        avoid_family=_coders_family(state),
    )
    await shop.outside(state, draft.foreign, draft.model)
    return await _add_tests(shop, state, suite, _usable(draft, tests), "attack", draft.model, tests)


async def _sharpen(shop: Workshop, state: RunState, plan: Plan, suite: Suite) -> Suite:
    """Tests that notice no seeded fault are sent back once; what stays weak is told in the delivery."""
    files = await _tree(shop, state, suite)
    weak = await _weak(shop, state, plan, files)
    if not weak or suite["strengthened"]:
        return {**suite, "weak": weak}
    tests = {path: text for path, text in files.items() if path.startswith("tests/")}
    draft = await tester.write_tests(
        shop.asking(state),
        CallTag("tester.tests", attempt=SHARPEN_ATTEMPT),
        request=await wanted(shop, state),
        plan=plan,
        tests=tests,
        remarks="These seeded faults were noticed by no test:\n" + "\n".join(weak),
        avoid_family=_coders_family(state),
    )
    await shop.outside(state, draft.foreign, draft.model)
    suite = await _add_tests(shop, state, suite, _usable(draft, tests), "sharper", draft.model, tests)
    return {**suite, "strengthened": True, "weak": await _weak(shop, state, plan, await _tree(shop, state, suite))}


def _usable(draft: Draft, tests: dict[str, str]) -> dict[str, str]:
    """The new test files that can run at all: no coder could repair the tester's mistake."""
    return {path: text for path, text in draft.files.items() if path not in tests and not faults(path, text)}


def _coders_family(state: RunState) -> str:
    """The family that wrote most modules; who tests should think unlike it."""
    families = Counter(module["family"] for module in state["modules"].values() if module["family"])
    return families.most_common(1)[0][0] if families else ""


async def _weak(shop: Workshop, state: RunState, plan: Plan, files: dict[str, str]) -> list[str]:
    key = shop.key(state, "mutation-check", inputs=dict(files))

    async def perform(_: Json) -> Json:
        return list(await shop.bench.weak_tests(state["project"], plan, files))

    weak = [str(text) for text in cast("list[Json]", await shop.ledger.once(key, perform))]
    shop.say("BUILD", "tests.mutated", state, survivors=list(weak), tree=digest(dict(files)))
    return weak


async def _add_tests(
    shop: Workshop,
    state: RunState,
    suite: Suite,
    files: dict[str, str],
    kind: str,
    model: str,
    tests: dict[str, str],
) -> Suite:
    fresh = {path: text for path, text in files.items() if path not in tests}
    if fresh:
        suite = {**suite, "commit": await commit_files(shop, state, kind, fresh, module="", attempt=1, author=model)}
        shop.say("FILE", "tests.written", state, files=[*sorted(fresh)], model=model)
    return {**suite, "attacked": True, "files": sorted({*suite["files"], *fresh})}
