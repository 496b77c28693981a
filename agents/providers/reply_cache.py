"""Judgements that were made before: the same question of routing, judging or review is not paid for twice.

Only roles whose answer is a verdict over what stands in the question are kept; whoever writes is asked anew, because a
person who tries again wants another answer. A question that comes a second time within one run was not answered well
(the ledger keeps the good ones), so its answer is forgotten. Questions are kept as digests. Each answer is one small
file; what is old, too much or damaged is forgotten, and nothing depends on it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from core.files import write_atomic
from core.ports import ModelReply, Role, Usage

if TYPE_CHECKING:
    from pathlib import Path

    from core.ports import ModelRequest

FOLDER: Final = "replies"
"""In the data folder."""
ROLES: Final[frozenset[Role]] = frozenset({"router", "judge", "reviewer"})
DAYS: Final = 7
MOST_FILES: Final = 4_000
_DAY: Final = 86_400.0
_FORM: Final = 1


class ReplyCache:
    """The answers in one folder. All methods block and raise nothing: what cannot be read or kept is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._given: set[tuple[str, str]] = set()
        """Files and runs: what was given to whom."""

    def get(self, request: ModelRequest, model: str) -> ModelReply | None:
        """Return what `model` (`provider:model`) said to this very question, None when it was not asked lately."""
        if not _kept(request):
            return None
        file, run = self._file(request, model), request.tag.run
        try:
            found = json.loads(file.read_bytes())
            if run and (run == found["run"] or (file.name, run) in self._given):
                file.unlink(missing_ok=True)
                return None
            if found["form"] != _FORM or time.time() - found["at"] > DAYS * _DAY:
                return None
            self._given.add((file.name, run))
            return ModelReply(
                text=str(found["text"]),
                model=str(found["model"]),
                family=str(found["family"]),
                data=found["data"],
                usage=Usage(priced=True),
                substitutions=(f"{found['model']} said this before",),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, request: ModelRequest, model: str, reply: ModelReply) -> None:
        """Keep an answer that came without a substitution: another model's word is not `model`'s."""
        if not _kept(request) or reply.substitutions:
            return
        entry: dict[str, Any] = {"form": _FORM, "at": time.time(), "run": request.tag.run, "data": reply.data}
        entry |= {"text": reply.text, "model": reply.model, "family": reply.family}
        file = self._file(request, model)
        with contextlib.suppress(OSError, ValueError, TypeError):
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(file, json.dumps(entry).encode())
            self._prune(file.parent)

    def _file(self, request: ModelRequest, model: str) -> Path:
        asked: dict[str, Any] = asdict(request)
        del asked["tag"]
        text = json.dumps({**asked, "model": model}, sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / digest[:2] / f"{digest}.json"

    @staticmethod
    def _prune(folder: Path) -> None:
        """Bound one of the 256 folders."""
        most = MOST_FILES // 256
        files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
        for file in files[:-most]:
            file.unlink(missing_ok=True)


def _kept(request: ModelRequest) -> bool:
    return request.role in ROLES and not request.escalate


__all__ = ["DAYS", "FOLDER", "ROLES", "ReplyCache"]
