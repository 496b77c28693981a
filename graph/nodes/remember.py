"""Remember: a delivered version and what was learned on the way become part of the memory."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final, cast

from core.errors import MultiCoderError
from core.memory import DocumentNote, Lesson, Link

if TYPE_CHECKING:
    from core.events import Json
    from core.memory import Memory
    from graph.state import Round, RunState
    from graph.workshop import Workshop

_LOG: Final = logging.getLogger(__name__)


async def run(shop: Workshop, state: RunState) -> RunState:
    """Keep what later turns and projects can use; whatever fails here takes nothing from what was delivered."""
    memory = shop.memory
    if memory is None or state["outcome"] != "delivered" or state["options"].get("restore"):
        return {}

    async def perform(_: Json) -> Json:
        files = await _keep_files(shop, memory, state)
        lessons = await _keep_rounds(shop, memory, state)
        return {"files": files, "lessons": lessons}

    try:
        kept = cast("dict[str, Any]", await shop.ledger.once(shop.key(state, "remember"), perform))
    except MultiCoderError as error:
        shop.say("ERROR", "memory.failed", state, code=error.code, keeping=True)
        return {}
    except Exception as error:  # noqa: BLE001 - the named border: what was delivered stays delivered
        _LOG.exception("the memory could not keep a version")
        shop.say("ERROR", "memory.failed", state, code=type(error).__name__, keeping=True)
        return {}
    shop.say("INFO", "memory.kept", state, **kept)
    return {}


async def _keep_files(shop: Workshop, memory: Memory, state: RunState) -> int:
    """Keep the files that this version made or changed, each linked to its commit and to the one it replaces."""
    head = await shop.workspace.head(state["project"])
    files = await shop.workspace.files(state["project"], head)
    before = await shop.workspace.files(state["project"], state["base"]) if state["base"] else {}
    changed = {path: text for path, text in files.items() if before.get(path) != text}
    older = {}
    if before:
        known = await memory.documents.documents(project=state["project"], kind="code")
        older = {document.note.name: document.document for document in known if document.note.run != state["run"]}
    for path, text in sorted(changed.items()):
        note = DocumentNote(path, "code", "own", project=state["project"], run=state["run"], origin=f"{head}:{path}")
        document = (await memory.documents.add(text.encode("utf-8", "surrogatepass"), note)).document
        await memory.documents.link(Link(document, "committed_as", head))
        if path in older:
            await memory.documents.link(Link(document, "replaces", older[path]))
    return len(changed)


async def _keep_rounds(shop: Workshop, memory: Memory, state: RunState) -> int:
    """Keep what failed in this run and, where a change was seen to put it right, the lesson of it."""
    lessons = 0
    for number, entry in enumerate(state["rounds"], start=1):
        reference = entry.get("seen", "")
        if not reference:
            continue  # of a run begun by an older program
        seen = cast("dict[str, str]", await shop.kept(reference))
        note = DocumentNote(
            f"{entry['stage']} of {entry['module']}, round {number}",
            "errors",
            "own",
            project=state["project"],
            run=state["run"],
            origin=f"{state['run']}/{state['epoch']}/round-{number}",
        )
        failed = (await memory.documents.add(seen["error"].encode("utf-8", "surrogatepass"), note)).document
        if not seen["fix"] or _came_back(entry, state["rounds"][number:]):
            continue
        lesson = Lesson(state["project"], state["run"], entry["module"], seen["error"], seen["fix"], entry["commit"])
        await memory.documents.link(Link(failed, "fixed_by", await memory.learn(lesson)))
        lessons += 1
    return lessons


def _came_back(entry: Round, later: list[Round]) -> bool:
    """Whether a later round had to do with the same spots: then this one did not put them right."""
    return any(set(entry["spots"]) & set(other["spots"]) for other in later)
