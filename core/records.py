"""What the archive keeps: projects, messages, runs and their delivered versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.events import Json
    from core.plan import Plan


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its folder, repository and one resumable thread share this id."""

    project: str
    title: str
    created: float
    out: str
    locale: str


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One message, byte-exact."""

    message: str
    project: str
    run: str
    author: Literal["person", "multicoder"]
    kind: str
    text: str
    sequence: int
    created: float


@dataclass(frozen=True, slots=True)
class Version:
    """One delivered version of a project."""

    project: str
    number: int
    run: str
    commit: str
    artifact: str
    sha256: str
    created: float
    plan: Plan


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One turn of a project: from a message to an outcome. `outcome` empty = not finished."""

    run: str
    project: str
    request: str
    created: float
    outcome: str
    options: Mapping[str, Json]
