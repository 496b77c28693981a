"""The coder writes the files of one contract, and repairs them from exact findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.answers.blocks import apply_edits, parse_files
from agents.prompting import as_json, conversation, listing, render, restore
from agents.roles.draft import Draft, draft_of
from core.i18n import DEFAULT_LOCALE, detect_locale
from core.ports import CallTag, ModelRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agents.roles.ask import Ask
    from core.plan import Finding, ModuleContract, Plan


async def write(
    ask: Ask,
    tag: CallTag,
    *,
    request: str,
    plan: Plan,
    contract: ModuleContract,
    files: Mapping[str, str],
    rules: Sequence[str],
    known: Mapping[str, str] | None = None,
    escalate: int = 0,
) -> Draft:
    """Write the module; `files` holds what its own paths and the modules it needs contain today.

    `known` are sections of the memory: `decisions`, `lessons`.
    """
    question = ModelRequest(
        role="coder",
        tag=tag,
        messages=conversation(
            render("coder_write"),
            _sections(request, plan, contract, files, rules, known),
            f"Write these files completely: {', '.join(contract['paths'])}.",
        ),
        escalate=escalate,
    )
    reply = await ask(question)
    return draft_of(reply, parse_files(_text(reply.text, files), contract["paths"]))


async def fix(
    ask: Ask,
    tag: CallTag,
    *,
    request: str,
    plan: Plan,
    contract: ModuleContract,
    files: Mapping[str, str],
    findings: Sequence[Finding],
    output: str,
    history: Sequence[str],
    rules: Sequence[str],
    known: Mapping[str, str] | None = None,
    escalate: int = 0,
) -> Draft:
    """Repair the module; of `files` only the contract's own paths can be changed. The draft holds what changed."""
    sections = {
        **_sections(request, plan, contract, files, rules, known),
        "history": "\n".join(history),
        "findings": as_json(list(findings)),
        "output": output,
    }
    order = f"Repair the causes. You may change only: {', '.join(contract['paths'])}."
    question = ModelRequest(
        role="coder", tag=tag, messages=conversation(render("coder_fix"), sections, order), escalate=escalate
    )
    reply = await ask(question)
    own = {path: files.get(path, "") for path in contract["paths"]}
    return draft_of(reply, apply_edits(_text(reply.text, files), own))


def _sections(
    request: str,
    plan: Plan,
    contract: ModuleContract,
    files: Mapping[str, str],
    rules: Sequence[str],
    known: Mapping[str, str] | None,
) -> dict[str, str]:
    used = {*contract["uses"], *contract["needs"]}
    return {
        "locale": detect_locale(request, DEFAULT_LOCALE),
        "request": request,
        "plan": as_json(_summary(plan)),
        "used_contracts": as_json([module for module in plan["modules"] if module["name"] in used]),
        "rules": "\n".join(f"- {rule}" for rule in rules),
        **(known or {}),
        "files": listing(files),
        "contract": as_json(contract),
    }


def _summary(plan: Plan) -> dict[str, object]:
    """The plan without the other modules' interfaces: those a coder relies on are given as contracts."""
    outline = [{key: module[key] for key in ("name", "purpose", "paths")} for module in plan["modules"]]
    return {**{key: value for key, value in plan.items() if key != "changed"}, "modules": outline}


def _text(text: str, files: Mapping[str, str]) -> str:
    """Undo the data sections' mark where a file shown holds a closing data tag and the answer may repeat it."""
    return restore(text) if any("</data" in content.lower() for content in files.values()) else text
