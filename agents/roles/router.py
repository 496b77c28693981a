"""The router reads one message: what it is, which project it speaks of, and what must be asked before planning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from agents.answers.schemas import RouterAnswer, schema_of
from agents.prompting import as_json, conversation, render
from agents.roles.ask import UnusableAnswer, ask_structured
from core.plan import MAX_QUESTIONS, Question, Routing
from core.ports import CallTag, ModelRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agents.roles.ask import Ask
    from core.plan import MessageKind

_FOLLOW_UPS: Final = ("change", "bug_report")
_ASKING: Final = ("new_project", "change", "document")
_TITLE: Final = 80
_ALSO: Final = 400


async def route(
    ask: Ask,
    tag: CallTag,
    *,
    message: str,
    locale: str,
    history: str,
    projects: Sequence[Mapping[str, str]],
    attachments: Sequence[Mapping[str, str]],
) -> Routing:
    """Understand `message`; `projects` are the delivered ones it may speak of (id, title, summary)."""
    sections = {
        "locale": locale,
        "project": as_json([dict(project) for project in projects]),
        "history": history,
        "attachments": as_json([dict(attachment) for attachment in attachments]),
        "message": message,
    }
    system = render("router", max_questions=MAX_QUESTIONS)
    request = ModelRequest(
        role="router",
        tag=tag,
        messages=conversation(system, sections, "Read the message and answer with the JSON object."),
        schema=schema_of(RouterAnswer),
        max_tokens=2_000,
    )
    known = [project["id"] for project in projects]
    return await ask_structured(ask, request, RouterAnswer, lambda answer: _routing(answer, known))


def _routing(answer: RouterAnswer, known: Sequence[str]) -> Routing:
    kind: MessageKind = answer.kind
    project = answer.project if answer.project in known else None
    if kind in _FOLLOW_UPS and project is None and len(known) > 1:
        raise UnusableAnswer([f"project: a {kind} needs the id of the project it is about, one of {', '.join(known)}"])
    if kind in _FOLLOW_UPS and project is None:
        # Without a delivered program there is nothing to change: the wish stands for a program of its own.
        project = known[0] if known else None
        kind = kind if known else "new_project"
    questions = answer.questions if kind in _ASKING else []
    routing = Routing(
        kind=kind,
        understood=answer.understood,
        title=answer.title[:_TITLE].strip(),
        project=project,
        questions=[
            cast("Question", {"id": f"q{number}", "text": question.text, "default": question.default})
            for number, question in enumerate(questions, 1)
        ],
        also=" ".join((answer.also or "").split())[:_ALSO],
    )
    if answer.search is not None:
        routing["search"] = answer.search
    return routing
