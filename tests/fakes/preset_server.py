"""A server that is as strict as the maker of a preset: its path, its headers, its parameters, its list, its stream.

What the makers document stands here a second time, on the server's side, so that a slip in the catalogue or in a client
fails against it.
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from agents.providers.catalogue import preset
from agents.providers.registry import Provider
from tests.fakes.openai_answers import Answer, error, forced_function, stream_lines
from tests.fakes.openai_server import OpenAIServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agents.providers.catalogue import Preset
    from tests.fakes.openai_answers import Body
    from tests.fakes.openai_server import Recorded

KEY = "canary-key-0123456789abcdef"
FOLDER = "b1gfolder"
TEXT = "An answer, in whole sentences."
DATA = '{"level": "green"}'


@dataclass(slots=True)
class Maker:
    """What one maker insists on. `authorised` reads the headers; `refuses` looks at a chat's body."""

    authorised: Callable[[Recorded], bool] = lambda request: request.headers.get("authorization") == f"Bearer {KEY}"
    needs: dict[str, str] = field(default_factory=dict)
    """Headers of every request."""
    refuses: Callable[[Body], str] = lambda _body: ""
    """The complaint about a body, empty when there is none."""
    listed: Callable[[list[str]], Any] = lambda ids: {"object": "list", "data": [{"id": name} for name in ids]}
    public_list: bool = False
    has_list: bool = True
    others: dict[str, Callable[[Recorded], Answer]] = field(default_factory=dict)
    """Other paths, with what they answer to an authorised request."""
    reasoning: bool = False
    """Thoughts come first, in a field of their own."""
    named: Callable[[str], str] = lambda model: model


def _reply(body: Any, status: int = 200) -> Answer:
    return Answer(raw=json.dumps(body).encode(), status=status)


def _without(*fields: str) -> Callable[[Body], str]:
    """Refuse bodies that hold one of these."""

    def complaint(body: Body) -> str:
        asked = {*body, f"response_format.{(body.get('response_format') or {}).get('type')}"}
        found = [name for name in fields if name in asked]
        return f"Unsupported parameter: '{found[0].partition('.')[0]}' ({found[0]}) is not supported." if found else ""

    return complaint


def _openai(body: Body) -> str:
    if "max_tokens" in body:
        return "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'."
    return "Unsupported value: 'temperature' does not support 0.7" if "temperature" in body else ""


def _openrouter(body: Body) -> str:
    return "" if body.get("provider", {}).get("require_parameters") is True else "the route may ignore response_format"


MAKERS: dict[str, Maker] = {
    "openrouter": Maker(
        refuses=_openrouter,
        public_list=True,
        others={"/api/v1/key": lambda _request: _reply({"data": {"label": "one", "limit_remaining": 4.5}})},
    ),
    "openai": Maker(refuses=_openai),
    "deepseek": Maker(refuses=_without("response_format.json_schema"), reasoning=True),
    "codestral": Maker(has_list=False),
    "google": Maker(listed=lambda ids: {"data": [{"id": f"models/{name}"} for name in ids]}),
    "xai": Maker(others={"/v1/api-key": lambda _request: _reply({"name": "one", "api_key_blocked": False})}),
    "together": Maker(listed=lambda ids: [{"id": name, "type": "chat"} for name in ids]),
    "fireworks": Maker(others={"/v1/accounts/fireworks/models": lambda _request: _reply({"models": []})}),
    "dashscope": Maker(has_list=False, refuses=_without("response_format.json_schema")),
    "zai": Maker(has_list=False, refuses=_without("response_format.json_schema"), reasoning=True),
    "moonshot": Maker(reasoning=True),
    "huggingface": Maker(public_list=True, others={"/api/whoami-v2": lambda _request: _reply({"name": "one"})}),
    "yandex": Maker(
        authorised=lambda request: request.headers.get("authorization") == f"Api-Key {KEY}",
        needs={"openai-project": FOLDER},
        named=lambda model: f"gpt://{FOLDER}/{model}",
        listed=lambda ids: {"data": [{"id": f"gpt://{FOLDER}/{name}"} for name in ids]},
    ),
    "gigachat": Maker(
        refuses=_without("response_format", "response_format.json_schema", "tools", "stream_options", "tool_choice")
    ),
    "anthropic": Maker(
        authorised=lambda request: request.headers.get("x-api-key") == KEY and "authorization" not in request.headers,
        needs={"anthropic-version": "2023-06-01"},
    ),
    "blackbox": Maker(has_list=False),
    "perplexity": Maker(has_list=False, refuses=_without("tools", "tool_choice")),
    "tabbyml": Maker(others={"/v1/health": lambda _request: _reply({"version": {"build_date": ""}})}),
}


class Tokens:
    """The place where GigaChat's keys are changed into tokens."""

    def __init__(self, lasting: float = 1800.0) -> None:
        self.lasting = lasting
        self.sold: list[str] = []

    def answer(self, request: Recorded) -> Answer:
        """Sell a token for the right key and a known scope."""
        if request.headers.get("authorization") != f"Basic {KEY}" or not request.headers.get("rquid"):
            return _reply({"code": 4, "message": "Can't decode 'Authorization' header"}, 400)
        if request.body.get("scope") not in {"GIGACHAT_API_PERS", "GIGACHAT_API_B2B", "GIGACHAT_API_CORP"}:
            return _reply({"code": 7, "message": "scope from db not fully includes consumed scope"}, 400)
        self.sold.append(f"token-{len(self.sold) + 1}-0123456789abcdef")
        return _reply({"access_token": self.sold[-1], "expires_at": int((time.time() + self.lasting) * 1000)})

    def valid(self, request: Recorded) -> bool:
        """Whether a request shows the newest token."""
        return bool(self.sold) and request.headers.get("authorization") == f"Bearer {self.sold[-1]}"


@contextmanager
def played(preset_id: str, *, tokens: Tokens | None = None) -> Iterator[tuple[OpenAIServer, Provider]]:
    """Play the maker of a preset; the row stands at the server as the preset fills it in, with one model."""
    known, maker, sold = preset(preset_id), MAKERS.get(preset_id, Maker()), tokens or Tokens()
    models = [name for names in known.models.values() for name in names] or ["some/model"]
    prefix = urlsplit(known.base_url).path.rstrip("/") if known.base_url else "/v1"
    with OpenAIServer([Answer("unused")], prefix=prefix) as server:
        server.behave = lambda request: _answer(known, maker, sold, models, prefix, request)
        account = FOLDER if maker.needs.get("openai-project") else ""
        yield server, Provider(preset_id, known.name, server.url, tuple(models[:1]), preset=preset_id, account=account)


def _answer(known: Preset, maker: Maker, tokens: Tokens, models: list[str], prefix: str, request: Recorded) -> Answer:
    """Answer as the maker would."""
    wire = known.wire
    if wire.token_url and request.path == urlsplit(wire.token_url).path:
        return tokens.answer(request)
    if missing := [name for name, value in maker.needs.items() if request.headers.get(name) != value]:
        return error(400, f"missing header {missing[0]}")
    admitted = tokens.valid(request) if wire.token_url else maker.authorised(request)
    list_path = f"{prefix}/v1/models" if wire.protocol == "anthropic" else f"{prefix}/models"
    if request.path == list_path and maker.has_list and (admitted or maker.public_list):
        return _reply(maker.listed(models))
    return _for_the_admitted(maker, models, prefix, request) if admitted else error(401, "Incorrect API key provided")


def _for_the_admitted(maker: Maker, models: list[str], prefix: str, request: Recorded) -> Answer:
    if request.path in maker.others:
        return maker.others[request.path](request)
    if request.path == f"{prefix}/v1/messages" and "anthropic-version" in maker.needs:
        return _messages(request.body, models)
    if request.path == f"{prefix}/chat/completions" and "anthropic-version" not in maker.needs:
        return _chat(maker, models, request.body)
    return error(404, f"Unknown path {request.path}")


def _chat(maker: Maker, models: list[str], body: Body) -> Answer:
    if complaint := maker.refuses(body):
        return error(400, complaint, "unsupported_parameter")
    if body["model"] not in {maker.named(name) for name in models}:
        return error(404, f"The model `{body['model']}` does not exist", "model_not_found")
    wanted = bool(forced_function(body)) or "response_format" in body or "JSON schema" in str(body["messages"])
    answer = Answer(DATA if wanted else TEXT, model=body["model"])
    if not body.get("stream"):
        message = {"role": "assistant", "content": answer.text}
        return _reply({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]})
    thought = b""
    if maker.reasoning:
        delta = {"role": "assistant", "content": None, "reasoning_content": "Let me think: {not the answer}"}
        chunk = {"id": "1", "model": body["model"], "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
        thought = b"data: " + json.dumps(chunk).encode() + b"\n\n"
    return Answer(raw=thought + b"".join(stream_lines(answer, body)), content_type="text/event-stream")


def _messages(body: Body, models: list[str]) -> Answer:
    """Anthropic's own protocol: named events, blocks, the usage in two parts."""
    unknown = set(body) - {"model", "messages", "system", "max_tokens", "stream", "tools", "tool_choice"}
    if unknown or any(message["role"] == "system" for message in body["messages"]):
        return error(400, f"{sorted(unknown)}: Extra inputs are not permitted", "invalid_request_error")
    if body["model"] not in models:
        return error(404, f"model: {body['model']}", "not_found_error")
    if not body.get("stream"):
        return _reply({"type": "message", "role": "assistant", "content": [{"type": "text", "text": "H"}]})
    choice = body.get("tool_choice") or {}
    used = choice.get("type") == "tool"
    start: Body = {"type": "tool_use", "id": "t1", "name": choice.get("name"), "input": {}} if used else {}
    pieces = [DATA[:7], DATA[7:]] if used else [TEXT[:9], TEXT[9:]]
    kind, name = ("input_json_delta", "partial_json") if used else ("text_delta", "text")
    message = {"id": "m1", "type": "message", "role": "assistant", "model": body["model"], "content": []}
    events: list[Body] = [
        {"type": "message_start", "message": {**message, "usage": {"input_tokens": 11, "output_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": start or {"type": "text", "text": ""}},
        {"type": "ping"},
        *({"type": "content_block_delta", "index": 0, "delta": {"type": kind, name: piece}} for piece in pieces),
        {"type": "content_block_stop", "index": 0},
        {
            "type": "message_delta",
            "delta": {"stop_reason": "tool_use" if used else "end_turn", "stop_sequence": None},
            "usage": {"input_tokens": 11, "output_tokens": 7},
        },
        {"type": "message_stop"},
    ]
    lines = b"".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode() for event in events)
    return Answer(raw=lines, content_type="text/event-stream")
