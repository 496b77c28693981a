"""Repair: the module that a measured failure points at gets the exact output, its files and what was tried before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from agents.roles import coder, reviewer
from core.plan import Finding, ModuleContract, Plan, blocking, contract_of
from core.ports import CallTag
from graph.known import CHECKING, CODER, LOOKED_CODER, looked, told
from graph.ledger import digest
from graph.nodes.blueprint import wanted
from graph.nodes.module import commit_files
from graph.progress import Progress, answer_findings, file_diff, finding, spots

if TYPE_CHECKING:
    from agents.roles.draft import Draft
    from graph.state import Failure, Hold, ModuleState, Round, RunState
    from graph.workshop import Workshop

_OUTPUT_KEPT: Final = 20_000


@dataclass(frozen=True)
class Patient:
    """The module under repair and everything known about its trouble."""

    plan: Plan
    contract: ModuleContract
    failure: Failure
    files: dict[str, str]
    """The whole project as it failed."""
    own: dict[str, str]
    number: int
    """Number of the draft to be made."""
    escalate: int


async def run(shop: Workshop, state: RunState) -> RunState:
    """One repair round on one module, or a hold when the rounds bring nothing new."""
    failure = cast("Failure", state["failure"])
    plan = await shop.plan(state["plan"])
    files = await shop.workspace.files(state["project"], state["tree"])
    progress = _replayed(shop, state)
    if progress.stuck(spots(failure["findings"]), digest(dict(files))) or len(state["rounds"]) >= shop.bounds.repairs:
        return {"held": _hold(state, failure)}
    contract = contract_of(plan, blamed(plan, failure, [entry["module"] for entry in state["rounds"]]))
    patient = Patient(
        plan=plan,
        contract=contract,
        failure=failure,
        files=files,
        own={path: files[path] for path in contract["paths"] if path in files},
        number=state["modules"][contract["name"]]["drafts"] + 1,
        escalate=progress.repeats,
    )
    return await _treat(shop, state, patient)


async def _treat(shop: Workshop, state: RunState, patient: Patient) -> RunState:
    name, number = patient.contract["name"], patient.number
    shop.say("BUILD", "repair.started", state, module=name, stage=patient.failure["stage"], draft=number)
    draft = await _fix(shop, state, patient)
    await shop.outside(state, draft.foreign, draft.model, module=name)
    made = {**patient.own, **draft.files}
    blockers = blocking(await _findings(shop, state, patient, draft, made))
    shop.say(
        "INFO",
        "draft.examined",
        state,
        module=name,
        draft=number,
        model=draft.model,
        accepted=not blockers,
        refused=list(draft.refused),
        findings=[f"{item['source']}: {item['problem']}" for item in blockers],
    )
    result: ModuleState = {
        **state["modules"][name],
        "drafts": number,
        "model": draft.model,
        "family": draft.family,
    }
    entry = _round(patient, made, blockers)
    entry["seen"] = await shop.keep({"error": _error(patient.failure), "fix": _change(patient, made, blockers)})
    update: RunState = {"rounds": [*state["rounds"], entry], "modules": {name: result}}
    if not blockers:
        result["commit"] = await commit_files(
            shop, state, "repair", made, module=name, attempt=number, author=draft.model
        )
        entry["commit"] = result["commit"]
        shop.say("FILE", "module.repaired", state, module=name, draft=number, commit=result["commit"])
        update["failure"] = None
    return update


async def _fix(shop: Workshop, state: RunState, patient: Patient) -> Draft:
    used = {*patient.contract["uses"], *patient.contract["needs"]}
    around = {path for module in patient.plan["modules"] if module["name"] in used for path in module["paths"]}
    visible = {path: text for path, text in patient.files.items() if path in around}
    return await coder.fix(
        shop.asking(state),
        CallTag("coder.fix", module=patient.contract["name"], attempt=patient.number),
        request=await wanted(shop, state),
        plan=patient.plan,
        contract=patient.contract,
        files={**visible, **patient.own},
        findings=patient.failure["findings"],
        output=patient.failure["output"],
        history=[f"{entry['module']}: {entry['tried']}" for entry in state["rounds"]],
        rules=state["rules"],
        known={**await told(shop, state, CODER), **await looked(shop, state, LOOKED_CODER)},
        escalate=patient.escalate,
    )


async def _findings(
    shop: Workshop, state: RunState, patient: Patient, draft: Draft, made: dict[str, str]
) -> list[Finding]:
    """Judge a repair like a draft: by its files, the harness, then the reviewer."""
    found = answer_findings(draft)
    if made == patient.own:
        return [*found, finding("no-diff", "The answer changed no file.", "Return the changed files.")]
    found += await shop.checker.check_module(patient.plan, patient.contract, {**patient.files, **made})
    if blocking(found):
        return found
    review = await reviewer.review(
        shop.asking(state),
        CallTag("reviewer.review", module=patient.contract["name"], attempt=patient.number),
        request=await wanted(shop, state),
        contract=patient.contract,
        diff=file_diff(patient.own, made),
        avoid_family=draft.family,
        locale=state["locale"],
        known=await told(shop, state, CHECKING),
    )
    return [*found, *review["findings"]]


def blamed(plan: Plan, failure: Failure, tried: list[str]) -> str:
    """The module a failure points at: whose files it names most, then whose exports, then the least tried one.

    Among equals it is the one that is started.
    """
    changed = [module for module in plan["modules"] if module["name"] in plan["changed"]] or plan["modules"]
    text = "\n".join([failure["output"], *(f"{item['path']} {item['problem']}" for item in failure["findings"])])

    def score(module: ModuleContract) -> tuple[int, int, int, bool]:
        mentions = sum(
            len(re.findall(rf"(?<![\w.-]){re.escape(path)}\b", text))
            + len(re.findall(rf"\b(?:from|import) {re.escape(_dotted(path))}\b", text))
            for path in module["paths"]
        )
        # A failed assertion shows only the line of the test: what it calls is the best lead there is.
        names = {export.rpartition(":")[2] for export in module["exports"]}
        called = sum(len(re.findall(rf"\b{re.escape(name)}\s*\(", text)) for name in names)
        return mentions, called, -tried.count(module["name"]), plan["entry_point"] in module["paths"]

    best = max(plan["modules"], key=score)
    if score(best)[:2] > (0, 0):
        return best["name"]
    return max(changed, key=score)["name"]


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _replayed(shop: Workshop, state: RunState) -> Progress:
    progress = Progress(shop.bounds.same_spot)
    for entry in state["rounds"]:
        progress.stuck(entry["spots"], entry["tree"])
    return progress


def _round(patient: Patient, made: dict[str, str], blockers: list[Finding]) -> Round:
    lines = len(file_diff(patient.own, made).splitlines())
    rejected = f"; rejected: {'; '.join(item['problem'] for item in blockers)[:300]}" if blockers else ""
    return {
        "stage": patient.failure["stage"],
        "module": patient.contract["name"],
        "spots": spots(patient.failure["findings"]),
        "tree": digest(dict(patient.files)),
        "tried": f"draft {patient.number}: diff of {lines} lines{rejected}",
        "commit": "",
    }


def _error(failure: Failure) -> str:
    """What was seen, for the memory: the findings, then the output."""
    found = [f"{item['path']}: {item['problem']}" for item in failure["findings"]]
    return "\n".join([*found, failure["output"][:_OUTPUT_KEPT]]).strip()


def _change(patient: Patient, made: dict[str, str], blockers: list[Finding]) -> str:
    return "" if blockers else file_diff(patient.own, made)


def _hold(state: RunState, failure: Failure) -> Hold:
    problem = failure["findings"][0]["problem"] if failure["findings"] else failure["output"]
    return {
        "kind": "stuck",
        "at": "repair",
        "code": "repair-stuck",
        "facts": {"stage": failure["stage"], "rounds": len(state["rounds"]), "problem": problem[:300]},
        "detail": failure["output"][:4000],
    }
