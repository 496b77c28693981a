"""What the relay remembers of a conversation, so that the engine can crash without the client noticing.

The relay looks into a line only as far as this needs. Kept are: how the client introduced itself, the sessions it works
with, its questions that have no answer yet, and which questions of the engine the client still sees. No input or output
happens here.
"""

from __future__ import annotations

import json
import math
import uuid
from dataclasses import dataclass, field
from typing import Any, Final

PARSE_ERROR: Final = -32700
INVALID_REQUEST: Final = -32600
ENGINE_LOST: Final = -32001
ENGINE_GONE: Final = "engineGone"
"""Mark of a question that is void because its engine is gone, and not because it was answered elsewhere."""

_INITIALIZE: Final = "initialize"
_PROMPT: Final = "session/prompt"
_CANCEL: Final = "session/cancel"
_CANCEL_REQUEST: Final = "$/cancel_request"
_OPENING: Final = frozenset({"session/new", "session/load", "session/resume", "session/fork"})
_CLOSING: Final = frozenset({"session/close", "session/delete"})
_REPEATED: Final = frozenset({_INITIALIZE, _PROMPT, "session/load", "session/resume", "session/list"})
OWN_METHODS: Final = "_multicoder/"
READING_WORDS: Final = frozenset({"get", "list", "read", "search", "show", "status"})
"""Own methods whose last word is one of these only read: they are asked again after a crash."""
_KEPT_PARAMS: Final = ("cwd", "additionalDirectories", "mcpServers")
_OWN_ID: Final = "relay-"


class RefusedLineError(Exception):
    """A line of the client that is no message; the relay answers it itself."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words
        """Id of the text that says so."""


@dataclass(slots=True)
class _Question:
    """A request of the client that has no answer yet."""

    id: int | str
    method: str
    params: dict[str, Any]
    line: bytes
    sent: bool = False
    after: list[bytes] = field(default_factory=list)
    """Cancellations that followed it: they must follow it again."""

    @property
    def repeatable(self) -> bool:
        """Whether asking it twice has the effect of asking it once."""
        if self.method.startswith(OWN_METHODS):
            return self.method.rsplit("/", 1)[-1] in READING_WORDS
        return self.method in _REPEATED


class Notes:
    """See the module. Not thread-safe: the relay holds its lock around every call."""

    def __init__(self) -> None:
        self._introduction: bytes | None = None
        self._introduced = False
        self._wants_cancels = False
        self._sessions: dict[str, dict[str, Any]] = {}
        self._open: dict[str, _Question] = {}
        self._asked: dict[int, int | str] = {}
        """Questions of the engine: the id the client sees -> the id this engine gave."""
        self._awaited: set[str] = set()
        self._count = 0

    # ------------------------------------------------------------------------------------------ from the client

    def from_client(self, line: bytes) -> bytes | None:
        """Return what the engine shall get, None when it shall get nothing. Raises RefusedLineError."""
        message = _parsed(line)
        if not isinstance(message, dict):
            raise RefusedLineError(INVALID_REQUEST, "process-not-request")
        method = message.get("method")
        if isinstance(method, str):
            return self._question(message, method, line) if "id" in message else self._notice(message, method, line)
        if "method" in message or not ("result" in message or "error" in message):
            raise RefusedLineError(INVALID_REQUEST, "process-not-request")
        return self._reply(message)

    def _question(self, message: dict[str, Any], method: str, line: bytes) -> bytes:
        key = _key(message["id"])
        if key is None or key in self._open:
            raise RefusedLineError(INVALID_REQUEST, "process-not-request")
        params = message.get("params")
        if isinstance(params, dict):
            if method == _PROMPT and _name_prompt(params):
                line = _line(message)
        else:
            params = {}
        if method == _INITIALIZE:
            self._introduction, self._introduced = line, False
            self._wants_cancels = _is_ours(params)
        kept = params if method in _OPENING else {"sessionId": params.get("sessionId")}
        self._open[key] = _Question(message["id"], method, kept, line)
        return line

    def _notice(self, message: dict[str, Any], method: str, line: bytes) -> bytes:
        params = message.get("params")
        if isinstance(params, dict) and method in {_CANCEL, _CANCEL_REQUEST}:
            key = _key(params.get("requestId"))
            for known, question in self._open.items():
                stops_session = question.method == _PROMPT and question.params["sessionId"] == params.get("sessionId")
                if stops_session if method == _CANCEL else known == key:
                    question.after.append(line)
        return line

    def _reply(self, message: dict[str, Any]) -> bytes | None:
        shown = message.get("id")
        if type(shown) is not int or shown not in self._asked:
            return None  # asked by an engine that is dead, or never
        message["id"] = self._asked.pop(shown)
        return _line(message)

    def hand_over(self) -> None:
        """Note that every question so far was given to the engine."""
        for question in self._open.values():
            question.sent = True

    # ------------------------------------------------------------------------------------------ from the engine

    def from_engine(self, line: bytes) -> bytes | None:
        """Return what the client shall get, None when it shall get nothing."""
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            return None
        if not isinstance(message, dict):
            return None
        if "method" in message:
            return self._asked_by_engine(message, line)
        return line if message.get("id") is None or self._answer(message) else None

    def _asked_by_engine(self, message: dict[str, Any], line: bytes) -> bytes | None:
        if "id" in message:
            self._count += 1
            self._asked[self._count] = message["id"]
            message["id"] = self._count
            return _line(message)
        if message["method"] != _CANCEL_REQUEST or not isinstance(message.get("params"), dict):
            return line
        for shown, given in self._asked.items():
            if _key(given) == _key(message["params"].get("requestId")):
                message["params"]["requestId"] = shown
                return _line(message)
        return None

    def _answer(self, message: dict[str, Any]) -> bool:
        """Take an answer; whether the client waits for it."""
        key = _key(message["id"]) or ""
        if key in self._awaited:
            self._awaited.discard(key)
            return False
        question = self._open.pop(key, None)
        if question is None:
            return False
        result = message.get("result")
        if question.method == _INITIALIZE:
            self._introduced = "error" not in message
        elif question.method in _OPENING and "error" not in message:
            named = result if isinstance(result, dict) and "sessionId" in result else question.params
            if isinstance(session := named.get("sessionId"), str):
                self._sessions[session] = {
                    name: question.params[name] for name in _KEPT_PARAMS if name in question.params
                }
        elif question.method in _CLOSING and "error" not in message:
            self._sessions.pop(str(question.params["sessionId"]), None)
        return True

    # ------------------------------------------------------------------------------------------ a crash

    def lose(self) -> tuple[list[int | str], list[bytes]]:
        """Return the questions that cannot be asked again, now that the engine is gone, and lines for our own window.

        These say which questions of the engine nobody waits for any more; other clients would not understand them.
        """
        lost = {key: item for key, item in self._open.items() if item.sent and not item.repeatable}
        for key in lost:
            del self._open[key]
        gone = {"multicoder": {ENGINE_GONE: True}}
        void = [_notification(_CANCEL_REQUEST, {"requestId": shown, "_meta": gone}) for shown in self._asked]
        self._asked.clear()
        self._awaited.clear()
        return [item.id for item in lost.values()], void if self._wants_cancels else []

    def introduction(self) -> list[bytes]:
        """Return the line that introduces the client to a new engine, whose answer nobody else shall see."""
        if self._introduction is None or not self._introduced:
            return []
        return [self._own(_INITIALIZE, _parsed(self._introduction).get("params", {}))]

    def sessions(self) -> list[bytes]:
        """Return the lines that attach a new engine to the client's sessions."""
        return [self._own("session/resume", {"sessionId": name, **kept}) for name, kept in self._sessions.items()]

    def _own(self, method: str, params: Any) -> bytes:
        self._count += 1
        name = f"{_OWN_ID}{self._count}"
        self._awaited.add(repr(name))
        return _line({"jsonrpc": "2.0", "id": name, "method": method, "params": params})

    @property
    def attaching(self) -> bool:
        """Whether the engine still owes an answer to the relay itself."""
        return bool(self._awaited)

    def repeat(self) -> list[bytes]:
        """Return the questions a dead engine left unanswered, to be asked again."""
        sent = [item for item in self._open.values() if item.sent]
        return [line for item in sent for line in (item.line, *item.after)]

    def unanswered(self) -> list[int | str]:
        """Return the ids of all questions without an answer, and forget them."""
        ids = [item.id for item in self._open.values()]
        self._open.clear()
        return ids


def is_plain(line: bytes) -> bool:
    """Whether a line of the engine is a notification that passes unread: nearly all of them are."""
    return b'"id"' not in line and b"cancel_request" not in line


def is_answer(line: bytes) -> bool:
    """Whether a line of the client answers a question of one engine, and means nothing to another."""
    return "method" not in json.loads(line)


def error_line(id_: int | str | None, code: int, text: str, data: dict[str, Any] | None = None) -> bytes:
    """Return an error answer."""
    error = {"code": code, "message": text, **({"data": data} if data else {})}
    return _line({"jsonrpc": "2.0", "id": id_, "error": error})


def _notification(method: str, params: dict[str, Any]) -> bytes:
    return _line({"jsonrpc": "2.0", "method": method, "params": params})


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line.decode(), parse_constant=_no_json, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise RefusedLineError(PARSE_ERROR, "process-not-json") from error


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):  # it could not be written again
        raise ValueError(digits)
    return number


def _no_json(name: str) -> None:
    raise ValueError(name)


def _line(message: dict[str, Any]) -> bytes:
    try:
        return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair has no UTF-8; written as an escape it is kept
        return json.dumps(message, separators=(",", ":")).encode() + b"\n"


def _key(id_: Any) -> str | None:
    """Tell 1 from "1"; None for what may not be an id."""
    return None if isinstance(id_, bool) or not isinstance(id_, (int, str)) else repr(id_)


def _name_prompt(params: dict[str, Any]) -> bool:
    """Give a prompt the name by which a new engine recognises it; whether it had none."""
    meta = params["_meta"] = _object(params.get("_meta"))
    ours = meta["multicoder"] = _object(meta.get("multicoder"))
    if ours.get("promptId"):
        return False
    ours["promptId"] = str(uuid.uuid4())
    return True


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}  # null is as good as nothing


def _is_ours(params: dict[str, Any]) -> bool:
    return "multicoder" in _object(_object(params.get("clientCapabilities")).get("_meta"))
