"""Module: one contract from first draft to an accepted commit.

write -> harness checks -> review -> fix, bounded by drafts and by measured progress. A module returns its failure as
data: an exception would cancel its siblings. Nothing here believes a model's word: a draft counts by its files.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from agents.roles import coder, reviewer
from core.plan import ModuleContract, Plan, blocking, contract_of
from core.ports import CallTag, CommitNote
from graph.known import CHECKING, CODER, LOOKED_CODER, looked, told
from graph.ledger import digest
from graph.nodes.blueprint import wanted
from graph.nodes.desk import Desk
from graph.nodes.dispatch import Work, done_modules
from graph.nodes.rivals import best
from graph.progress import Progress, answer_findings, file_diff, finding, spots

if TYPE_CHECKING:
    from agents.roles.draft import Draft
    from graph.state import ModuleState, ModuleStatus, RunState
    from graph.workshop import Workshop


async def run(shop: Workshop, work: Work) -> RunState:
    """Work on one module until it is accepted, stuck or blocked by another."""
    state, name = work["state"], work["module"]
    board = shop.board(state["run"], state["epoch"], state["wave"])
    plan = await shop.plan(state["plan"])
    contract = contract_of(plan, name)
    unmet = await board.unmet(contract["needs"], done_modules(state))
    if unmet:
        await board.settle(name, "blocked")
        shop.say("INFO", "module.blocked", state, module=name, waits_for=list(unmet))
        return {"modules": {name: {**state["modules"][name], "status": "blocked"}}}
    desk = await _desk(shop, state, plan, contract)
    result = await _work(desk, first=state["modules"][name]["drafts"] + 1)
    await board.settle(name, result["status"])
    return {"modules": {name: result}}


async def abandon(shop: Workshop, work: Work) -> None:
    """Let the others of the wave go on when this branch ended in an error instead of a result."""
    state = work["state"]
    await shop.board(state["run"], state["epoch"], state["wave"]).settle(work["module"], "blocked")


async def _desk(shop: Workshop, state: RunState, plan: Plan, contract: ModuleContract) -> Desk:
    head = await shop.workspace.head(state["project"])
    tree = await shop.workspace.files(state["project"], head) if head else {}
    # Not from the head: a repeated step would find its own commit there and ask for a change of it.
    base = await shop.workspace.files(state["project"], state["base"]) if state["base"] else {}
    before = {path: base[path] for path in contract["paths"] if path in base}
    needed = {path for name in contract["needs"] for path in contract_of(plan, name)["paths"]}
    return Desk(
        shop=shop,
        state=state,
        plan=plan,
        contract=contract,
        ask=shop.asking(state),
        request=await wanted(shop, state),
        known={**await told(shop, state, CODER), **await looked(shop, state, LOOKED_CODER)},
        before=before,
        around={path: tree[path] for path in sorted(needed) if path in tree},
        files=dict(before),
    )


async def _work(desk: Desk, *, first: int) -> ModuleState:
    bounds = desk.shop.bounds
    progress = Progress(bounds.same_spot)
    rivals = list(desk.shop.gateway.rivals())
    for number in range(first, first + bounds.drafts):
        if number == first and len(rivals) > 1:
            draft = await best(desk, number, rivals, partial(_draft, desk, fresh=True))
        else:
            draft = await _draft(desk, number, progress.repeats, fresh=number == first)
        await _examine(desk, number, draft)
        if not blocking(desk.findings):
            return await _accept(desk, number)
        if progress.stuck(spots(desk.findings), digest(dict(desk.files))):
            break
    desk.shop.say("INFO", "module.stuck", desk.state, module=desk.name, drafts=number)
    return _state(desk, "failed", "", number)


async def _draft(desk: Desk, number: int, escalate: int, *, fresh: bool) -> Draft:
    tag = CallTag("coder.write" if fresh else "coder.fix", module=desk.name, attempt=number)
    visible = {**desk.around, **desk.files}
    if fresh:
        return await coder.write(
            desk.ask,
            tag,
            request=desk.request,
            plan=desk.plan,
            contract=desk.contract,
            files=visible,
            rules=desk.state["rules"],
            known=desk.known,
            escalate=escalate,
        )
    return await coder.fix(
        desk.ask,
        tag,
        request=desk.request,
        plan=desk.plan,
        contract=desk.contract,
        files=visible,
        findings=blocking(desk.findings),
        output="",
        history=desk.tried,
        rules=desk.state["rules"],
        known=desk.known,
        escalate=escalate,
    )


async def _examine(desk: Desk, number: int, draft: Draft) -> None:
    """Judge a draft by its files: parsing, diff, harness checks, then the reviewer."""
    desk.model, desk.family = draft.model, draft.family
    await desk.shop.outside(desk.state, draft.foreign, draft.model, module=desk.name)
    made = {**desk.files, **draft.files}
    changed = made != desk.files
    desk.findings = answer_findings(draft)
    if not changed:
        desk.findings.append(finding("no-diff", "The answer changed no file.", "Return the changed files."))
    desk.files = made
    desk.findings += await desk.shop.checker.check_module(desk.plan, desk.contract, {**desk.around, **made})
    if not blocking(desk.findings):
        await _review(desk, number)
    blockers = blocking(desk.findings)
    desk.tried.append(f"draft {number}: {'; '.join(item['problem'] for item in blockers)[:400]}")
    desk.shop.say(
        "INFO",
        "draft.examined",
        desk.state,
        module=desk.name,
        draft=number,
        model=draft.model,
        accepted=not blockers,
        refused=list(draft.refused),
        findings=[f"{item['source']}: {item['problem']}" for item in blockers],
    )


async def _review(desk: Desk, number: int) -> None:
    review = await reviewer.review(
        desk.ask,
        CallTag("reviewer.review", module=desk.name, attempt=number),
        request=desk.request,
        contract=desk.contract,
        diff=file_diff(desk.before, desk.files),
        avoid_family=desk.family,
        locale=desk.state["locale"],
        known={name: text for name, text in desk.known.items() if name in CHECKING},
    )
    desk.findings += review["findings"]


async def _accept(desk: Desk, number: int) -> ModuleState:
    commit = await commit_files(
        desk.shop, desk.state, "module", desk.files, module=desk.name, attempt=number, author=desk.model
    )
    desk.shop.say("FILE", "module.accepted", desk.state, module=desk.name, drafts=number, commit=commit)
    return _state(desk, "accepted", commit, number)


def _state(desk: Desk, status: ModuleStatus, commit: str, drafts: int) -> ModuleState:
    return {
        "status": status,
        "commit": commit,
        "drafts": drafts,
        "model": desk.model,
        "family": desk.family,
        "findings": desk.findings if status == "failed" else [],
    }


async def commit_files(
    shop: Workshop, state: RunState, kind: str, files: dict[str, str], *, module: str, attempt: int, author: str
) -> str:
    """Commit `files` once and return the commit id."""
    key = shop.key(state, f"commit:{kind}", module=module, attempt=attempt, inputs=dict(files))
    note = CommitNote(
        effect=str(key),
        author=author or "multicoder",
        subject=f"{module or kind} draft {attempt}",
        run=state["run"],
        module=module,
    )
    return str(await shop.ledger.once(key, lambda _: shop.workspace.commit(state["project"], files, note)))
