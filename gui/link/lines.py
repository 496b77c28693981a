"""Bytes of a pipe cut into lines and lines read as messages, whatever comes: halves, giants and junk included."""

from __future__ import annotations

import json
import math
from typing import Any, Final

LONGEST_LINE: Final = 64 * 1024 * 1024
"""Bytes; the relay and the engine have the same limit."""


class NotAMessageError(ValueError):
    """A line that is no JSON-RPC message; its text says why and never what the line said."""


class Lines:
    """Give bytes with `feed`, take whole lines with `take`. A line that is too long is left out, whole."""

    def __init__(self, longest: int = LONGEST_LINE) -> None:
        self._longest = longest
        self._held = bytearray()
        self._start = 0
        """Where the next line begins: cutting the front off after each line would copy the rest each time."""
        self._seen = 0
        """Up to here no line ends: a giant that comes in thousands of pieces is searched once."""
        self._skipping = False
        self.left_out = 0
        """How many lines were too long."""

    @property
    def waiting(self) -> int:
        """Bytes that are held."""
        return len(self._held) - self._start

    def feed(self, data: bytes) -> None:
        """Add what came out of the pipe."""
        if self._start:
            del self._held[: self._start]
            self._seen -= self._start
            self._start = 0
        self._held += data

    def take(self) -> bytes | None:
        """Return the next whole line without its end, None when there is none yet."""
        while (end := self._held.find(b"\n", self._seen)) >= 0:
            line = bytes(self._held[self._start : end])
            self._start = self._seen = end + 1
            if self._skipping:
                self._skipping = False
            elif len(line) > self._longest:
                self.left_out += 1
            else:
                return line
        self._seen = len(self._held)
        if self.waiting > self._longest:
            self.left_out += 0 if self._skipping else 1
            self._skipping = True
        if self._skipping:
            self._held.clear()
            self._start = self._seen = 0
        return None


def read_message(line: bytes) -> dict[str, Any]:
    """Return the message a line holds. Raises NotAMessageError."""
    try:
        message = json.loads(line, parse_constant=_no_json, parse_float=_finite)
    except (ValueError, RecursionError) as error:  # bytes that are no UTF-8 are ValueErrors too
        raise NotAMessageError(type(error).__name__) from error
    if not isinstance(message, dict):
        raise NotAMessageError(type(message).__name__)
    if b"\\ud" in line or b"\\uD" in line:  # the escape of half a pair: Qt's texts cannot hold the half
        return {str(key): _whole(value) for key, value in message.items()}
    return message


def write_message(message: dict[str, Any]) -> bytes:
    """Return a message as a line. ValueError for numbers JSON has no words for."""
    try:
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except UnicodeEncodeError:  # half a surrogate pair, typed or pasted: as an escape it can be sent
        text = json.dumps(message, separators=(",", ":"), allow_nan=False).encode()
    return text + b"\n"


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError("too large a number")
    return number


def _no_json(name: str) -> None:
    raise ValueError(name)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value
