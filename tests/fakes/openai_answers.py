"""What the loopback model server answers: good replies, and every way a provider is known to fail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

Body = dict[str, Any]

Fault = Literal[
    "",
    "reset",  # the connection is aborted before any byte
    "first-byte-hang",  # the request is read, nothing comes back
    "mid-stream-hang",  # half of the answer, then silence
    "truncated",  # half of the answer, clean end without finish_reason
    "cut",  # half of the answer, the connection drops inside the body
    "malformed-json",
    "html",  # a web page with status 200
    "empty-choices",
    "wrong-role",
    "huge-line",  # one line of 10 MB
    "duplicate-chunk",
    "invalid-utf8",
    "slow-drip",  # one byte at a time
    "wrong-model",
]


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply of the server; the defaults make a good one.

    `text` is sent as content, or as the arguments of the function call when the request forces one. `delay` passes
    before the first byte, which is held back until `after` says so, `chunk_delay` between chunks; with `spread` the
    events come at even moments over that many seconds. A `status` other than 200 sends `text` as the error message
    (or `raw` as the whole body).
    """

    text: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    raw: bytes | None = None
    content_type: str = "application/json"
    delay: float = 0.0
    after: Callable[[], bool] | None = None
    chunk_delay: float = 0.0
    spread: float = 0.0
    chunk_chars: int = 24
    finish_reason: str | None = "stop"
    model: str = ""
    as_content: bool = False
    """Send the text as content even when the request forces a function call."""
    prompt_tokens: int = 11
    completion_tokens: int = 7
    fault: Fault = ""


Script = Callable[[Body], Answer]

_PAGE: Final = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


def error(status: int, message: str, code: str = "", **headers: str) -> Answer:
    """An OpenAI-shaped error answer; underscores in header names become dashes."""
    return Answer(message, status=status, code=code, headers={k.replace("_", "-"): v for k, v in headers.items()})


HTTP_ERRORS: Final[Mapping[str, Answer]] = {
    "400": error(400, "Invalid request: field 'foo' is wrong", "invalid_request_error"),
    "400-context": error(400, "This model's maximum context length is 8192 tokens", "context_length_exceeded"),
    "401": error(401, "Incorrect API key provided", "invalid_api_key"),
    "402": error(402, "Insufficient Balance", "insufficient_balance"),
    "403": error(403, "You do not have access to this resource", "forbidden"),
    "403-region": error(403, "Country, region, or territory not supported", "unsupported_country_region_territory"),
    "404": error(404, "The model `x` does not exist or you do not have access to it", "model_not_found"),
    "408": error(408, "Request timeout"),
    "409": error(409, "Conflict"),
    "413": error(413, "Request too large"),
    "429": error(429, "Rate limit reached", "rate_limit_exceeded", Retry_After="1"),
    "429-huge": error(429, "Rate limit reached", "rate_limit_exceeded", Retry_After="86400"),
    "429-date": error(429, "Too many requests", "", Retry_After="Wed, 21 Oct 2099 07:28:00 GMT"),
    "429-quota": error(429, "You exceeded your current quota, check your plan and billing", "insufficient_quota"),
    "500": error(500, "The server had an error"),
    "502": Answer(status=502, raw=_PAGE, content_type="text/html"),
    "503": error(503, "The engine is currently overloaded"),
    "529": error(529, "Overloaded", "overloaded_error"),
}

STREAM_FAULTS: Final[tuple[Fault, ...]] = (
    "reset",
    "first-byte-hang",
    "mid-stream-hang",
    "truncated",
    "cut",
    "malformed-json",
    "html",
    "empty-choices",
    "wrong-role",
    "huge-line",
    "duplicate-chunk",
    "invalid-utf8",
    "slow-drip",
    "wrong-model",
)


FAULTS: Final[Mapping[str, str]] = {
    "400": "malformed",
    "400-context": "too_long",
    "401": "bad_key",
    "402": "no_money",
    "403": "bad_key",
    "403-region": "region",
    "404": "model_gone",
    "408": "transient",
    "409": "transient",
    "413": "too_long",
    "429": "rate_limited",
    "429-huge": "rate_limited",
    "429-date": "rate_limited",
    "429-quota": "no_money",
    "500": "transient",
    "502": "transient",
    "503": "transient",
    "529": "transient",
    "reset": "transient",
    "first-byte-hang": "transient",
    "mid-stream-hang": "transient",
    "truncated": "transient",
    "cut": "transient",
    "malformed-json": "malformed",
    "html": "malformed",
    "empty-choices": "malformed",
    "wrong-role": "malformed",
    "huge-line": "malformed",
    "invalid-utf8": "malformed",
    "slow-drip": "transient",
}
"""What each of these failures is (`core.errors.ProviderFault`)."""


def failing(kind: str, text: str = "a half of an answer, then trouble") -> Answer:
    """The answer for a fault named in `HTTP_ERRORS` or `STREAM_FAULTS`."""
    if kind in HTTP_ERRORS:
        return HTTP_ERRORS[kind]
    for fault in STREAM_FAULTS:
        if fault == kind:
            return Answer(text, fault=fault)
    raise KeyError(kind)


# --------------------------------------------------------------------------------------------- rendering to bytes


def forced_function(body: Body) -> str:
    """Name of the function the request insists on, empty when it does not."""
    choice = body.get("tool_choice")
    if isinstance(choice, dict):
        return str(choice["function"]["name"])
    tools = body.get("tools") or []
    return str(tools[0]["function"]["name"]) if choice == "required" and tools else ""


def error_body(answer: Answer) -> bytes:
    """The body of an answer whose status is an error."""
    if answer.raw is not None:
        return answer.raw
    detail = {"message": answer.text, "type": answer.code or "error", "param": None, "code": answer.code or None}
    return json.dumps({"error": detail}).encode()


def usage_of(answer: Answer) -> Body:
    """The usage object."""
    prompt, completion = answer.prompt_tokens, answer.completion_tokens
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def whole(answer: Answer, body: Body) -> bytes:
    """The reply to a request without `stream`."""
    if answer.fault == "malformed-json":
        return b'{"id": "chat-1", "choices": [{'
    if answer.fault == "html":
        return _PAGE
    if answer.fault == "invalid-utf8":
        return b'{"id": "\xff\xfe"}'
    function = "" if answer.as_content else forced_function(body)
    message: Body = {"role": "user" if answer.fault == "wrong-role" else "assistant", "content": answer.text}
    if function:
        call = {"id": "call-1", "type": "function", "function": {"name": function, "arguments": answer.text}}
        message = {**message, "content": None, "tool_calls": [call]}
    choice = {"index": 0, "message": message, "finish_reason": answer.finish_reason}
    return json.dumps(
        {
            "id": "chat-1",
            "object": "chat.completion",
            "created": 1,
            "model": _model_name(answer, body),
            "choices": [] if answer.fault == "empty-choices" else [choice],
            "usage": usage_of(answer),
        }
    ).encode()


def stream_lines(answer: Answer, body: Body) -> Iterator[bytes]:
    """The SSE events of a reply, one item per event; hangs and cuts are the server's part."""
    if answer.fault == "html":
        yield _PAGE
        return
    if answer.fault == "huge-line":
        answer = replace(answer, text="x" * 10_000_000, chunk_chars=10_000_000)
    half = answer.fault in {"mid-stream-hang", "truncated", "cut", "malformed-json", "invalid-utf8"}
    deltas = list(_deltas(answer, body))
    if half:
        deltas = deltas[: max(2, len(deltas) // 2)]
    for delta in deltas:
        event = _event(answer, body, delta, None)
        yield event
        if answer.fault == "duplicate-chunk":
            yield event
    if answer.fault == "malformed-json":
        yield b'data: {"id": "chat-1", "choices": [{\n\n'
    elif answer.fault == "invalid-utf8":
        yield b'data: {"id": "\xff\xfe\xfa"}\n\n'
    elif not half:
        yield from _ending(answer, body)


def _ending(answer: Answer, body: Body) -> Iterator[bytes]:
    finish = _event(answer, body, {}, answer.finish_reason)
    yield finish
    if answer.fault == "duplicate-chunk":
        yield finish
    if (body.get("stream_options") or {}).get("include_usage"):
        yield _event(answer, body, None, None, usage=usage_of(answer))
    yield b"data: [DONE]\n\n"


def _deltas(answer: Answer, body: Body) -> Iterator[Body]:
    function = "" if answer.as_content else forced_function(body)
    role = "user" if answer.fault == "wrong-role" else "assistant"
    first: Body = {"role": role, "content": None if function else ""}
    if function:
        opening = {"index": 0, "id": "call-1", "type": "function", "function": {"name": function, "arguments": ""}}
        first["tool_calls"] = [opening]
    yield first
    for start in range(0, len(answer.text), answer.chunk_chars):
        piece = answer.text[start : start + answer.chunk_chars]
        if function:
            yield {"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}
        else:
            yield {"content": piece}


def _event(answer: Answer, body: Body, delta: Body | None, finish: str | None, usage: Body | None = None) -> bytes:
    choices = [] if delta is None or answer.fault == "empty-choices" else [{"index": 0, "delta": delta}]
    for choice in choices:
        choice["finish_reason"] = finish
    chunk: Body = {
        "id": "chat-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": _model_name(answer, body),
        "choices": choices,
    }
    if usage is not None:
        chunk["usage"] = usage
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


def _model_name(answer: Answer, body: Body) -> str:
    if answer.fault == "wrong-model":
        return "another-model-mini"
    return answer.model or str(body.get("model", ""))
