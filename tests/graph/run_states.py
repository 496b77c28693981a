"""States of a run for tests: a fresh turn with some fields changed."""

from __future__ import annotations

from typing import Any

from graph.state import new_turn, pending_module


def state(**changed: Any) -> dict[str, Any]:
    """The state right after the input of a turn, its modules empty as the reducer leaves them."""
    turn: dict[str, Any] = dict(
        new_turn(
            project="p-1",
            run="r-1",
            request="m-1",
            locale="en",
            options={"out": "out", "target": None, "attachments": []},
            caps={"usd": 5.0, "tokens": 1000, "calls": 10, "minutes": 5},
        )
    )
    return {**turn, "modules": {}, **changed}


def verdict(
    level: str = "green", *, subject: str = "request", judged: bool = True, needs_purpose: bool = False
) -> dict[str, Any]:
    return {
        "subject": subject,
        "judged": judged,
        "level": level,
        "reasons": ["a reason"],
        "feasibility": "feasible",
        "recommendation": "go on",
        "needs_purpose": needs_purpose,
        "policy_rules": [],
    }


def routing(kind: str = "new_project", *, asks: bool = False) -> dict[str, Any]:
    questions = [{"id": "q1", "text": "Which colour?", "default": "green"}] if asks else []
    return {"kind": kind, "understood": "A game", "title": "Game", "project": None, "questions": questions}


def module(status: str = "pending") -> dict[str, Any]:
    return {**pending_module(), "status": status}


def hold(kind: str = "stuck", at: str = "repair") -> dict[str, Any]:
    return {"kind": kind, "at": at, "code": "repair-stuck", "facts": {"rounds": 3}, "detail": "output"}


def plan() -> dict[str, Any]:
    contract = {
        "name": "game",
        "purpose": "rules",
        "paths": ["game.py"],
        "interface": "play() -> None",
        "exports": ["game.py:play"],
        "uses": [],
        "needs": [],
    }
    return {
        "title": "Game",
        "slug": "game",
        "summary": "A game",
        "language": "python",
        "kind": "gui",
        "target": "exe",
        "entry_point": "game.py",
        "dependencies": [],
        "modules": [contract],
        "changed": ["game"],
        "acceptance": [{"id": "a1", "when": "it starts", "then": "a window is seen"}],
        "notes": ["a note"],
    }
