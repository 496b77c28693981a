"""How to put a request to one model of one provider, learned from what it rejects.

A structured answer is asked for on the highest rung that works: json_schema, function calling, json_mode, plain text.
Other differences are the name of the token limit, its largest value and whether usage may be asked for. A rejection
that names one of these changes the dialect; it is no failure of the model.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from agents.providers.json_text import find_object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agents.providers.catalogue import Wire
    from core.events import Json
    from core.ports import ModelRequest

Rung = Literal["json_schema", "function", "json_mode", "plain"]
RUNGS: Final[tuple[Rung, ...]] = ("json_schema", "function", "json_mode", "plain")

_STRUCTURE: Final = re.compile(
    r"response_?format|json_?schema|json_?object|json mode|structured output|tool|function|schema", re.IGNORECASE
)
_SMALLEST_CAP: Final = 256


@dataclass(frozen=True, slots=True)
class Dialect:
    """What is known about one model; `proven` = a structured answer came on this rung."""

    rung: int = 0
    proven: bool = False
    limit_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    token_cap: int = 0
    usage: bool = True
    body: Mapping[str, Any] = field(default_factory=dict)
    """Fields of every request to this endpoint."""

    def messages(self, request: ModelRequest) -> list[tuple[str, str]]:
        """Return the prompt; without help from the endpoint it has to carry the schema itself."""
        prompt: list[tuple[str, str]] = [(message.author, message.text) for message in request.messages]
        if request.schema is not None and RUNGS[self.rung] in {"json_mode", "plain"}:
            schema = json.dumps(request.schema, ensure_ascii=False)
            prompt.append(("user", f"Answer with one JSON object only, matching this JSON schema:\n{schema}"))
        return prompt

    def parameters(self, request: ModelRequest) -> dict[str, Any]:
        """Return the body fields beside model and messages."""
        limit = min(request.max_tokens, self.token_cap or request.max_tokens)
        body: dict[str, Any] = {**self.body, self.limit_field: limit}
        if request.schema is not None:
            body |= _structure(RUNGS[self.rung], request.schema)
        return body

    def adapted(self, complaint: str, request: ModelRequest) -> Dialect | None:
        """Return the dialect to try after a rejection, None when it was about something else."""
        if self.limit_field == "max_tokens" and "max_completion_tokens" in complaint:
            return replace(self, limit_field="max_completion_tokens")
        if self.usage and re.search(r"stream_options|include_usage", complaint):
            return replace(self, usage=False)
        cap = _cap(complaint, request.max_tokens)
        if cap and not self.token_cap:
            return replace(self, token_cap=cap)
        if request.schema is not None and _STRUCTURE.search(complaint):
            return self.lowered()
        return None

    def lowered(self) -> Dialect | None:
        """Return the next rung down, None on the last."""
        return replace(self, rung=self.rung + 1, proven=False) if self.rung + 1 < len(RUNGS) else None

    def confirmed(self) -> Dialect:
        """Return the dialect, marked as having brought a structured answer."""
        return replace(self, proven=True)


def first_dialect(wire: Wire) -> Dialect:
    """Return how to begin with an endpoint of which this is known."""
    return Dialect(rung=RUNGS.index(wire.rung), limit_field=wire.limit_field, body=wire.body)


def read_structured(text: str, schema: Mapping[str, Json]) -> dict[str, Json] | None:
    """Find the object a schema asked for; types are checked by who asked, required keys here.

    A key that may be null may as well be missing: strict modes have every key required, other models leave it out.
    """
    required, properties = schema.get("required"), schema.get("properties")
    if not isinstance(required, list):
        return find_object(text)
    known = properties if isinstance(properties, dict) else {}
    return find_object(text, [str(name) for name in required if not _nullable(known.get(str(name)))])


def _nullable(schema: Json) -> bool:
    either = schema.get("anyOf") if isinstance(schema, dict) else None
    return isinstance(either, list) and {"type": "null"} in either


def _structure(rung: Rung, schema: Mapping[str, Json]) -> dict[str, Any]:
    name = re.sub(r"[^A-Za-z0-9_-]", "_", str(schema.get("title") or "answer"))[:64]
    if rung == "json_schema":
        wanted = {"name": name, "schema": dict(schema), "strict": _is_strict(dict(schema))}
        return {"response_format": {"type": "json_schema", "json_schema": wanted}}
    if rung == "function":
        function = {"name": name, "description": "Give the answer.", "parameters": dict(schema)}
        choice = {"type": "function", "function": {"name": name}}
        return {"tools": [{"type": "function", "function": function}], "tool_choice": choice}
    return {"response_format": {"type": "json_object"}} if rung == "json_mode" else {}


def _is_strict(schema: Json) -> bool:
    """Whether strict mode accepts the schema: every object closed, every property required, nothing free-form."""
    if isinstance(schema, list):
        return all(map(_is_strict, schema))
    if not isinstance(schema, dict):
        return True
    if schema.get("type") == "object":
        properties, required = schema.get("properties"), schema.get("required")
        if schema.get("additionalProperties") is not False or not isinstance(properties, dict):
            return False
        if not isinstance(required, list) or {str(name) for name in required} != set(properties):
            return False
    if "default" in schema:
        return False
    # Below these two keywords stand names, which may read like keywords, with a schema each.
    named = [table for table in (schema.get("properties"), schema.get("$defs")) if isinstance(table, dict)]
    others = [value for keyword, value in schema.items() if keyword not in {"properties", "$defs"}]
    return all(map(_is_strict, [*others, *(value for table in named for value in table.values())]))


def _cap(complaint: str, asked: int) -> int:
    """Read the largest allowed token count out of `max_tokens is too large … at most 8192`."""
    if not re.search(r"max_(?:completion_)?tokens", complaint):
        return 0
    complaint = re.sub(r"^HTTP \d+", "", complaint)
    numbers = [int(number) for number in re.findall(r"(?<![\w.-])\d{3,7}(?![\w-])", complaint.replace(",", ""))]
    return max((number for number in numbers if _SMALLEST_CAP <= number < asked), default=0)


__all__ = ["RUNGS", "Dialect", "first_dialect", "read_structured"]
