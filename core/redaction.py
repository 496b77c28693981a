"""Keep secrets out of every text that is stored, shown or sent: known values in any encoding, and known shapes.

Keys are facts of the whole process, so one `Redactor` serves it: `register_secret` and `redact` are its methods.
"""

from __future__ import annotations

import base64
import html
import json
import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TextIO
from urllib.parse import quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.events import Json

REDACTED: Final = "[redacted]"
SHORTEST_SECRET: Final = 8
"""Shorter values are placeholders (`none`, `ollama`); hiding them would garble every text."""
_SHORTEST_FRAGMENT: Final = 8

# Every pattern runs in linear time: its repeats are bounded, or nothing has to follow them, or they begin nowhere
# inside what they have passed.
_NAMES: Final = (
    r"(?:api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|access[_-]?token|auth[_-]?token|refresh[_-]?token"
    r"|client[_-]?secret|password|passwd|x-goog-api-key)"
)
_WHOLE: Final = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----(?:[^-]|-(?!----))*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----)?"
    r"|(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"
    r"|(?<![A-Za-z0-9])(?:sk|rk|pk)-[A-Za-z0-9_-]{16,}"
    r"|(?<![A-Za-z0-9])(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}"
    r"|AIza[A-Za-z0-9_-]{30,}"
    r"|ya29\.[A-Za-z0-9_-]{16,}"
    r"|gh[pousr]_[A-Za-z0-9]{20,}"
    r"|github_pat_[A-Za-z0-9_]{20,}"
    r"|glpat-[A-Za-z0-9_-]{16,}"
    r"|xox[a-z]-[A-Za-z0-9-]{10,}"
    r"|(?<![A-Za-z0-9])(?:hf|gsk|r8)_[A-Za-z0-9]{20,}"
    r"|(?<![A-Za-z0-9])(?:xai|nvapi|pplx|csk)-[A-Za-z0-9_-]{16,}"
    r"|(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}"
)
_AFTER_NAME: Final = re.compile(
    r"(authorization[\\\"'\s]{0,6}(?:[:=]|%3[ad])[\\\"'\s]{0,6}(?:[a-z]{1,12}\s{1,4})?"
    r"|bearer(?:\s{1,4}|%20|\+)"
    r"|" + _NAMES + r"[\\\"'\s]{0,6}(?:[:=]|%3[ad])[\\\"'\s]{0,6}"
    r"|[?&](?:key|token|sig|signature)="
    r")[^\s\"'\\,;&<>]{6,}",
    re.IGNORECASE,
)
_USER_INFO: Final = re.compile(r"(://)[^\s/@:]{0,128}:[^\s/@]{1,512}(?=@)")
_SECRET_NAME: Final = re.compile(_NAMES + r"|authorization", re.IGNORECASE)


class Redactor:
    """Knows this process's secrets and removes them from texts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._secrets: tuple[_Secret, ...] = ()

    def register_secret(self, value: str) -> None:
        """Hide `value` from now on, in all its usual encodings."""
        value = value.strip()
        if len(value) < SHORTEST_SECRET:
            return
        with self._lock:
            secrets = {secret.value: secret for secret in self._secrets}
            secrets.setdefault(value, _Secret.of(value))
            # Longest first: a secret that is part of another must not leave the other's tail.
            self._secrets = tuple(sorted(secrets.values(), key=lambda secret: len(secret.value), reverse=True))

    def redact(self, text: str) -> str:
        """Return `text` without any known or recognisable secret."""
        for secret in self._secrets:
            text = secret.hide(text)
        text = _WHOLE.sub(REDACTED, text)
        text = _AFTER_NAME.sub(rf"\g<1>{REDACTED}", text)
        return _USER_INFO.sub(rf"\g<1>{REDACTED}", text)

    def redact_json(self, value: Json) -> Json:
        """Redact every string of a JSON value, and whatever stands under a secret's name."""
        if isinstance(value, str):
            return self.redact(value)
        if isinstance(value, list):
            return [self.redact_json(item) for item in value]
        if isinstance(value, dict):
            return {self.redact(name): self._named(name, item) for name, item in value.items()}
        return value

    def _named(self, name: str, value: Json) -> Json:
        return _hidden(value) if _SECRET_NAME.search(name) else self.redact_json(value)


class RedactedStream:
    """A text stream on which no secret comes out: for tracebacks that nobody foresaw."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write what may be seen of `text`."""
        self._stream.write(redact(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _hidden(value: Json) -> Json:
    """Hide everything a value holds; whether there is any stays to be seen."""
    if isinstance(value, list):
        return [_hidden(item) for item in value]
    if isinstance(value, dict):
        return {REDACTED: REDACTED} if value else {}
    return value if value is None or isinstance(value, bool) or value == "" else REDACTED


@dataclass(frozen=True, slots=True)
class _Secret:
    """A known value and what it looks like."""

    value: str
    forms: tuple[str, ...]
    escaped: re.Pattern[str]
    """Any mixture of characters as they are and percent escapes, in either case."""

    @classmethod
    def of(cls, value: str) -> _Secret:
        forms = sorted(set(_encodings(value)), key=len, reverse=True)
        return cls(value, tuple(forms), re.compile("".join(map(_escaped, value))))

    def hide(self, text: str) -> str:
        for form in self.forms:
            if form in text:
                text = text.replace(form, REDACTED)
        return self.escaped.sub(REDACTED, text) if "%" in text else text


def _escaped(char: str) -> str:
    """Match `char` or its percent escapes; no two choices start alike, so that nothing is ever tried twice."""
    escapes = "".join(
        "%" + "".join(f"[{digit}{digit.lower()}]" for digit in f"{byte:02X}")
        for byte in char.encode("utf-8", "surrogatepass")
    )
    choices = {" ": [" ", r"\+"], "%": []}.get(char, [re.escape(char)])
    return f"(?:{'|'.join([*choices, escapes])})"


def _encodings(value: str) -> Iterator[str]:
    raw = value.encode("utf-8", "surrogatepass")
    escaped = json.dumps(value)[1:-1]
    yield value
    yield escaped
    yield escaped.replace("/", "\\/")
    yield re.sub(r"\\u[0-9a-f]{4}", lambda match: "\\u" + match[0][2:].upper(), escaped)
    yield json.dumps(value, ensure_ascii=False)[1:-1]
    yield repr(value)[1:-1]
    yield html.escape(value)
    yield quote_plus(raw)
    yield raw.hex()
    yield raw.hex().upper()
    yield from _base64_fragments(raw)


def _base64_fragments(raw: bytes) -> Iterator[str]:
    """Yield what `raw` looks like inside base64 at each of the three alignments (`user:key` shifts the key)."""
    for shift in range(3):
        start = (0, 2, 3)[shift]
        end = (shift + len(raw)) * 8 // 6
        for encode in (base64.standard_b64encode, base64.urlsafe_b64encode):
            fragment = encode(b"\0" * shift + raw).decode("ascii")[start:end]
            if len(fragment) >= _SHORTEST_FRAGMENT:
                yield fragment


DEFAULT: Final = Redactor()
"""The redactor of this process."""

register_secret = DEFAULT.register_secret
redact = DEFAULT.redact
