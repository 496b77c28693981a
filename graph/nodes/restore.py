"""Restore: an earlier version becomes the newest one - the same files, the same finished file, byte for byte.

Nothing is written anew, so no model is asked and nobody has to approve what was approved when it was made. What was
built then is found by its digest and started once more before it is delivered.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from core.errors import InputError
from core.ports import CommitNote
from graph.nodes.architect import module_states
from graph.nodes.build import order_for, plain, report_from
from graph.nodes.intake import before, begin_at
from graph.receipts import receipt_of
from graph.state import RESET, RunState, pending_module

if TYPE_CHECKING:
    from core.events import Json
    from core.plan import Subject, Verdict
    from graph.workshop import Workshop


async def run(shop: Workshop, state: RunState) -> RunState:
    """Commit the earlier files on top of the newest and fetch the file that was built from them."""
    number = state["options"]["restore"]
    versions = await before(shop, state)
    old = next((version for version in versions if version.number == number), None)
    receipt = await receipt_of(shop.ledger, old) if old is not None else None
    if old is None or receipt is None:
        raise InputError("unknown-version", version=number)
    await begin_at(shop, state, versions[-1].commit)
    key = shop.key(state, "commit:restore", inputs=old.commit)
    note = CommitNote(str(key), "multicoder", f"Restore version {number}", state["run"])
    commit = str(await shop.ledger.once(key, lambda _: shop.workspace.restore(state["project"], old.commit, note)))
    restored: RunState = {
        "plan": await shop.keep(old.plan),
        "modules": {RESET: pending_module(), **module_states({**old.plan, "changed": []}, commit)},
        "base": versions[-1].commit,
        "version": max(state["version"], versions[-1].number + 1),
        "tree": commit,
        "packaging": receipt["packaging"],
        "tests": receipt["tests"],
        "verdicts": cast("dict[Subject, Verdict]", await shop.kept(receipt["verdicts"])),
    }
    order = await order_for(shop, {**state, **restored})
    await shop.own_folder(state, order.folder)
    kept = cast("dict[str, Any]", await shop.kept(receipt["built"]["report"]))
    fetched = await shop.builder.fetch(order, report_from(kept), [Path(old.artifact)])
    facts: dict[str, Json] = {**plain(fetched), "environment": kept.get("environment", {})}
    shop.say("FILE", "version.restored", state, restored=number, version=restored["version"], commit=commit)
    return {
        **restored,
        "built": {
            "artifact": str(fetched.artifact),
            "sha256": fetched.sha256,
            "report": await shop.keep(facts),
            "smoke": "",
        },
    }
