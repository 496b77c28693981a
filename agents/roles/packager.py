"""The packager names the finished program and explains it to the person who asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.answers.schemas import PackagerAnswer, schema_of
from agents.prompting import as_json, conversation, render
from agents.roles.ask import ask_structured
from core.ports import CallTag, ModelRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from agents.roles.ask import Ask
    from core.plan import Packaging, Plan


async def pack(
    ask: Ask,
    tag: CallTag,
    *,
    request: str,
    plan: Plan,
    files: Sequence[str],
    locale: str,
    foreign: Callable[[Sequence[str]], None] | None = None,
) -> Packaging:
    """Decide name, window and data files of the artifact; only files that exist can be packed.

    `foreign` is told the names of others.
    """
    sections = {"locale": locale, "request": request, "plan": as_json(plan), "files": "\n".join(files)}
    question = ModelRequest(
        role="packager",
        tag=tag,
        messages=conversation(render("packager"), sections, "Answer with the JSON object."),
        schema=schema_of(PackagerAnswer),
        max_tokens=4_000,
    )
    packaging = await ask_structured(ask, question, PackagerAnswer, PackagerAnswer.as_packaging)
    wanted = list(dict.fromkeys(packaging["data_files"]))
    if foreign is not None:
        foreign([name for name in wanted if name not in files])
    return {**packaging, "data_files": [name for name in wanted if name in files]}
