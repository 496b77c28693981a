"""A scripted model and a plan the role tests share."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

import pytest

from core.ports import ModelReply, ModelRequest


@dataclass
class ScriptedModel:
    """Answers in order: text as it is, anything else as structured data, an exception by raising it."""

    answers: list[Any]
    requests: list[ModelRequest] = field(default_factory=list)

    async def __call__(self, request: ModelRequest) -> ModelReply:
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, str):
            return ModelReply(text=answer, model="test:model", family="test")
        return ModelReply(text="", model="test:model", family="test", data=answer)


PLAN: dict[str, Any] = {
    "title": "Word counter",
    "slug": "word_counter",
    "summary": "Counts words.",
    "language": "python",
    "kind": "cli",
    "target": "exe",
    "entry_point": "main.py",
    "dependencies": [],
    "modules": [
        {
            "name": "counting",
            "purpose": "Counts.",
            "paths": ["counting.py"],
            "interface": "def count_words(text: str) -> int",
            "exports": ["counting.py:count_words"],
            "uses": [],
            "needs": [],
        },
        {
            "name": "main",
            "purpose": "Command line.",
            "paths": ["main.py"],
            "interface": "def main() -> int",
            "exports": ["main.py:main"],
            "uses": ["counting"],
            "needs": [],
        },
    ],
    "changed": ["counting", "main"],
    "acceptance": [{"id": "a1", "when": "started", "then": "0 words", "check": None}],
    "notes": [],
}


@pytest.fixture
def plan() -> dict[str, Any]:
    return copy.deepcopy(PLAN)


@pytest.fixture
def script() -> type[ScriptedModel]:
    return ScriptedModel
