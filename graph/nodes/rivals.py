"""Rivals: several models write the same module, and tests of that module alone choose between their drafts.

The tests are written from the contract by somebody who saw none of the drafts, they choose and then are thrown away:
what the whole program has to do is tested by its own suite. Where nothing speaks for another, the first one counts.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from agents.roles import tester
from core.errors import BudgetExceeded, ProviderError
from core.plan import blocking
from core.ports import CallTag
from graph.progress import answer_findings
from graph.suites import faults

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from agents.roles.draft import Draft
    from core.plan import Finding
    from graph.nodes.desk import Desk

APART: Final = 1_000
"""Attempt numbers of rivals lie this far from each other, so that the ledger tells their answers apart."""

_MISSING: Final = (ProviderError, BudgetExceeded)
"""Who could not answer, or not be paid, is missing from the choice."""


@dataclass(slots=True)
class _Entry:
    """One draft, with what speaks for it."""

    draft: Draft
    files: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    passed: int = 0
    ran: int = 0

    @property
    def worth(self) -> tuple[bool, float, int]:
        """What decides, most important first; equals are taken in the order of the team."""
        return not blocking(self.findings), self.passed / self.ran if self.ran else 0.0, -len(self.findings)


async def best(desk: Desk, number: int, steps: Sequence[int], write: Callable[[int, int], Awaitable[Draft]]) -> Draft:
    """Let the models at `steps` write, and return the draft that is worth most.

    `write(attempt, step)` asks one of them. A rival that fails is missing, unless all do.
    """
    asked = [write(number + APART * place, step) for place, step in enumerate(steps)]
    written = asyncio.create_task(_tests(desk, number))
    try:
        answers = await asyncio.gather(*asked, return_exceptions=True)
        tests = await _or_none(written)
    finally:
        written.cancel()
    drafts = [answer for answer in answers if not isinstance(answer, BaseException)]
    for answer in answers:
        if isinstance(answer, BaseException) and not (drafts and isinstance(answer, _MISSING)):
            raise answer
    entries = [await _entered(desk, draft) for draft in drafts]
    if tests and len(entries) > 1:
        for entry in entries:
            await _tried(desk, entry, tests)
    chosen = max(entries, key=lambda entry: entry.worth)
    desk.shop.say(
        "INFO",
        "module.chosen",
        desk.state,
        module=desk.name,
        model=chosen.draft.model,
        rivals=[
            {"model": entry.draft.model, "passed": entry.passed, "ran": entry.ran, "findings": len(entry.findings)}
            for entry in entries
        ],
    )
    return chosen.draft


async def _or_none(written: asyncio.Task[dict[str, str]]) -> dict[str, str]:
    """Without tests to choose by, what the harness finds has to do."""
    try:
        return await written
    except _MISSING:
        return {}


async def _tests(desk: Desk, number: int) -> dict[str, str]:
    """Tests of this module from its contract; none when what was written cannot test anything."""
    draft = await tester.module_tests(
        desk.ask,
        CallTag("tester.module", module=desk.name, attempt=number),
        request=desk.request,
        plan=desk.plan,
        contract=desk.contract,
        around=desk.around,
    )
    return {path: text for path, text in draft.files.items() if not faults(path, text)}


async def _entered(desk: Desk, draft: Draft) -> _Entry:
    """Look at a draft as the harness will."""
    files = {**desk.around, **desk.files, **draft.files}
    found = answer_findings(draft) + await desk.shop.checker.check_module(desk.plan, desk.contract, files)
    return _Entry(draft, files, found)


async def _tried(desk: Desk, entry: _Entry, tests: dict[str, str]) -> None:
    """Run the tests against one draft; one that the harness refuses is not started."""
    if blocking(entry.findings):
        return
    report = await desk.shop.bench.run_tests(desk.state["project"], desk.plan, {**entry.files, **tests}, sorted(tests))
    entry.passed, entry.ran = report.passed, report.passed + report.failed + report.errors


__all__ = ["best"]
