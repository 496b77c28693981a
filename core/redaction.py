"""Keep secrets out of every text that is stored, shown or sent: known values in any encoding, and known shapes.

Keys are facts of the whole process, so one `Redactor` serves it: `register_secret` and `redact` are its methods.
"""

from __future__ import annotations

import base64
import html
import json
import re
import threading
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.events import Json

REDACTED: Final = "[redacted]"
SHORTEST_SECRET: Final = 8
"""Shorter values are placeholders (`none`, `ollama`); hiding them would garble every text."""
_SHORTEST_FRAGMENT: Final = 8

# Every pattern runs in linear time: bounded repeats, or an unbounded one that nothing has to follow.
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
        self._forms: tuple[str, ...] = ()

    def register_secret(self, value: str) -> None:
        """Hide `value` from now on, in all its usual encodings."""
        value = value.strip()
        if len(value) < SHORTEST_SECRET:
            return
        with self._lock:
            forms = {*self._forms, *_encodings(value)}
            self._forms = tuple(sorted(forms, key=len, reverse=True))

    def redact(self, text: str) -> str:
        """Return `text` without any known or recognisable secret."""
        for form in self._forms:
            if form in text:
                text = text.replace(form, REDACTED)
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
        if isinstance(value, str) and value and _SECRET_NAME.search(name):
            return REDACTED
        return self.redact_json(value)


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
    for encoded in (quote(raw, safe=""), quote(raw), quote_plus(raw), quote(raw, safe="!'()*")):
        yield encoded
        yield re.sub(r"%[0-9A-F]{2}", lambda match: match[0].lower(), encoded)
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
