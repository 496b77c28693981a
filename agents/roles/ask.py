"""Asking a model: the door every role is given, and the structured question that is asked again when misanswered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from agents.answers.schemas import Answer
from agents.prompting import as_json, data_section, render
from core.errors import ProviderError
from core.ports import Message, ModelReply, ModelRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

Ask = Callable[[ModelRequest], Awaitable[ModelReply]]
"""One paid call; the coordinator passes one that is kept in the ledger and held to the budget."""

AnswerType = TypeVar("AnswerType", bound=Answer)
Result = TypeVar("Result")

_MAX_PROBLEMS = 20


class UnusableAnswer(Exception):  # noqa: N818 - not an error of the program: the model is told and asked again
    """What is wrong with a well-formed answer, in sentences for the model."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


async def ask_structured(
    ask: Ask,
    request: ModelRequest,
    answer: type[AnswerType],
    accept: Callable[[AnswerType], Result],
    *,
    again: int = 1,
) -> Result:
    """Ask until the answer fits its schema and `accept` takes it; ProviderError malformed after `again` more tries."""
    problems: list[str] = []
    for _ in range(again + 1):
        reply = await ask(request)
        try:
            return accept(answer.model_validate(reply.data))
        except ValidationError as error:
            problems = [f"{'.'.join(map(str, item['loc'])) or 'answer'}: {item['msg']}" for item in error.errors()]
        except UnusableAnswer as error:
            problems = error.problems
        request = replace(request, messages=(*request.messages, *_correction(reply, problems)))
    raise ProviderError("malformed", model=reply.model, detail="; ".join(problems)[:500])


def _correction(reply: ModelReply, problems: Sequence[str]) -> tuple[Message, Message]:
    said = reply.text or as_json(reply.data)
    listed = "\n".join(f"- {problem}" for problem in problems[:_MAX_PROBLEMS])
    return Message("assistant", said), Message("user", f"{data_section('problems', listed)}\n\n{render('again')}")
