"""Deliver: the finished file and its evidence are placed once, and the version is kept."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from builders.evidence import EvidenceInput, evidence_files
from core.i18n import tr
from core.ports import Version
from graph.citing import sources_block
from graph.found import sources_of
from graph.known import record_of
from graph.nodes.build import order_for, third_party

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.events import Json
    from core.plan import Packaging, Plan
    from core.ports import Delivered
    from graph.receipts import Receipt
    from graph.state import BuildState, Delivery, RunState
    from graph.workshop import Workshop


async def run(shop: Workshop, state: RunState) -> RunState:
    """Place artifact and evidence, tag the commit, keep the version and tell the person."""
    build = cast("BuildState", state["built"])
    plan = await shop.plan(state["plan"])
    head = await shop.workspace.head(state["project"])
    artifact = Path(build["artifact"])
    out = Path(state["options"]["out"])
    # The port answers at once, but by looking into a folder: not on the event loop.
    free = await asyncio.to_thread(shop.delivery.reserve, out, artifact.name, state["version"])
    intent: Json = {"destination": str(free), "finished": time.time()}

    async def perform(intended: Json) -> Json:
        target = cast("dict[str, Any]", intended)
        destination = Path(str(target["destination"]))
        if destination.parent != out:
            await shop.guarded(state, "outside", str(destination), "deliver")
        evidence = await _evidence(shop, state, plan, head, destination, float(target["finished"]))
        done = await shop.delivery.deliver(artifact, destination, evidence, build["sha256"])
        return cast("Json", await _receipt(shop, state, done))

    # A delivery the person asked to try again gets a new key: the name reserved first may have been the trouble.
    key = shop.key(
        state,
        "deliver",
        attempt=len(state["approvals"]),
        inputs={"sha256": build["sha256"], "out": state["options"]["out"]},
    )
    placed = cast("Receipt", await shop.ledger.once(key, perform, intent=intent))
    await shop.workspace.tag(state["project"], f"v{state['version']}", head)
    await shop.archive.add_version(
        Version(
            project=state["project"],
            number=state["version"],
            run=state["run"],
            commit=head,
            artifact=placed["artifact"],
            sha256=placed["sha256"],
            created=time.time(),
            plan=plan,
        )
    )
    delivery: Delivery = {
        "artifact": placed["artifact"],
        "evidence": placed["evidence"],
        "sha256": placed["sha256"],
        "version": state["version"],
    }
    text = await _message(shop, state, plan, delivery)
    await shop.tell(state, "delivered", text)
    shop.say("FILE", "artifact.delivered", state, text=text, **cast("Any", delivery))
    return {"delivery": delivery, "outcome": "delivered"}


async def _receipt(shop: Workshop, state: RunState, done: Delivered) -> Receipt:
    return {
        "artifact": str(done.artifact),
        "evidence": str(done.evidence),
        "sha256": done.sha256,
        "version": state["version"],
        "built": cast("BuildState", state["built"]),
        "packaging": state["packaging"],
        "tests": state["tests"],
        "verdicts": await shop.keep(cast("Json", state["verdicts"])),
        "restored": state["options"].get("restore", 0),
    }


async def _evidence(
    shop: Workshop, state: RunState, plan: Plan, head: str, destination: Path, finished: float
) -> Mapping[str, bytes]:
    build = cast("BuildState", state["built"])
    smoke = cast("dict[str, Json]", await shop.kept(build["smoke"]))
    report = cast("dict[str, Json]", await shop.kept(build["report"]))
    record = await shop.archive.run(state["run"])
    seen = await shop.builder.evidence(await order_for(shop, state), str(smoke["screenshot"]))
    facts = EvidenceInput(
        title=plan["title"],
        request=await shop.request_text(state),
        project=state["project"],
        run=state["run"],
        version=state["version"],
        commit=head,
        artifact=destination.name,
        sha256=build["sha256"],
        size=cast("int", report["size"]),
        started=record.created,
        finished=finished,
        locale=state["locale"],
        acceptance=plan["acceptance"],
        tests=cast("dict[str, Json]", await shop.kept(state["tests"])),
        build=report,
        smoke=smoke,
        verdicts=list(state["verdicts"].values()),
        models=await _models(shop, state),
        notes=_notes(state, plan),
        environment=cast("dict[str, Json]", report.get("environment", {})),
    )
    diff = await shop.workspace.diff(state["project"], state["base"], head) if state["base"] else ""
    notices = await third_party(shop, state)
    return evidence_files(facts, screenshot=seen.screenshot, diff=diff, third_party=notices)


async def _models(shop: Workshop, state: RunState) -> list[dict[str, Json]]:
    sums: dict[tuple[str, str], dict[str, Any]] = defaultdict(
        lambda: {"calls": 0, "prompt_tokens": 0, "completion_tokens": 0, "cost_usd": 0.0, "priced": True}
    )
    for row in await shop.ledger.spend_rows(state["run"]):
        total = sums[row.call.partition(".")[0], row.model]
        total["calls"] += 1
        total["prompt_tokens"] += row.usage.prompt_tokens
        total["completion_tokens"] += row.usage.completion_tokens
        total["cost_usd"] += row.usage.cost_usd
        total["priced"] = total["priced"] and row.usage.priced
    return [{"role": role, "model": model, **total} for (role, model), total in sorted(sums.items())]


def _notes(state: RunState, plan: Plan) -> list[str]:
    suite = state["suite"]
    weak = [tr("delivery-weak-tests", state["locale"], fault=fault) for fault in (suite["weak"] if suite else [])]
    again = state["options"].get("restore", 0)
    copied = [tr("delivery-restored", state["locale"], version=again)] if again else []
    return [*copied, *plan["notes"], *weak]


async def _message(shop: Workshop, state: RunState, plan: Plan, delivery: Delivery) -> str:
    """What the person reads at the end: where it lies, how to use it, what nobody could check."""
    locale = state["locale"]
    packaging = cast("Packaging", await shop.kept(state["packaging"]))
    smoke = cast("dict[str, Any]", await shop.kept(cast("BuildState", state["built"])["smoke"]))
    report = cast("dict[str, Any]", await shop.kept(state["tests"]))
    parts = [
        tr(
            "delivery-done",
            locale,
            title=plan["title"],
            version=delivery["version"],
            artifact=delivery["artifact"],
            evidence=delivery["evidence"],
        ),
        tr("delivery-tests", locale, passed=report["passed"]),
        packaging["guide"].strip(),
    ]
    if smoke["unchecked"]:
        listed = "\n".join(f"- {text}" for text in smoke["unchecked"])
        parts.append(f"{tr('delivery-unchecked', locale)}\n{listed}")
    notes = _notes(state, plan)
    if await third_party(shop, state):
        notes.append(tr("delivery-third-party", locale))
    if notes:
        parts.append("\n".join(f"- {note}" for note in notes))
    parts.append(await _sources(shop, state))
    parts = [part for part in parts if part]
    return "\n\n".join(parts)


async def _sources(shop: Workshop, state: RunState) -> str:
    """What was read for this program, with the lines its findings stand on."""
    record = await record_of(shop, state.get("found", ""))
    places = " ".join(place for item in record.get("findings", []) for place in item["places"])
    if not places or shop.memory is None:
        return ""
    documents = [await shop.memory.documents.document(page["document"]) for page in record["pages"]]
    lengths = {document.document: document.lines for document in documents}
    return sources_block(sources_of(places, record["pages"], lengths), state["locale"])
