"""What a server answered: whether it is a success, how much of it is taken, and what it is."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
import re
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from agents.tools.addresses import shown
from agents.tools.charsets import charset_of
from agents.tools.pacing import PassingError
from agents.tools.unpacking import KNOWN, PackedError, unpacker
from core.errors import ResearchError
from core.version import program_version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

    from agents.tools.addresses import Target
    from agents.tools.connecting import Answer
    from agents.tools.pacing import Pace

TEXT: Final = ("text/", "application/json", "application/xml", "application/xhtml+xml", "+json", "+xml")
"""Media types taken as text: a name, the beginning of one (`text/`) or its end (`+json`)."""
PAGES: Final = (*TEXT, "application/pdf")
"""What can be turned into the text of a page."""
JSON: Final = ("application/json", "text/json", "text/javascript", "+json", "text/plain")
ANY: Final = ("*/*",)

AGENT: Final = "MultiCoder"
"""The name sites know us by."""
_HTML: Final = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})
_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}")
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_SNIFFED: Final = 1_024
_BLOCKED: Final = frozenset({401, 402, 403, 407, 451})
_MISSING: Final = frozenset({404, 410})
_PASSING: Final = frozenset({408, 425, 500, 502, 503, 504})
_NO_TYPE: Final = frozenset({406, 415})
_LIMITED: Final = 429
_FORBIDDEN: Final = 403
_SERVER: Final = 500
_UNTOLD_REST: Final = 30.0
_SHARED_REST: Final = 60.0
"""A host may count several things apart; one that is used up must not silence the others for long."""
_LONGEST_WAIT: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered; always a success, everything else is a `ResearchError`."""

    url: str
    """Where it was found in the end, behind all redirects."""
    status: int
    headers: Mapping[str, str]
    """By lower-case name, without cookies."""
    media_type: str
    """Lower case, without parameters; a guess where the server says nothing."""
    charset: str
    """A codec that reads the body, empty where it is no text."""
    body: bytes
    """Unpacked."""
    fetched: float
    """Seconds since the epoch."""
    cut: bool = False
    """There was more than was taken."""
    cached: bool = False

    @property
    def text(self) -> str:
        """The body as text; signs that cannot be read are replaced."""
        return self.body.decode(self.charset or "utf-8", "replace")

    @property
    def sha256(self) -> str:
        """Of the body."""
        return hashlib.sha256(self.body).hexdigest()

    def json(self) -> Any:
        """The body as JSON. Raises `ResearchError` (`malformed`)."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError) as error:
            raise ResearchError("malformed", url=shown(self.url), detail="JSON") from error


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked, and how much of an answer is taken."""

    method: str
    headers: Mapping[str, str]
    accept: tuple[str, ...]
    limit: int
    cut: bool = False
    robots: bool = False
    content: bytes = b""
    packed: bool = True

    def sent(self) -> dict[str, str]:
        """All headers of the request."""
        usual = {
            "User-Agent": f"{AGENT}/{program_version()}",
            "Accept": ", ".join(_asked_for(self.accept)),
            "Accept-Encoding": KNOWN if self.packed else "identity",
        }
        given = {name.lower() for name in self.headers}
        return {**{name: value for name, value in usual.items() if name.lower() not in given}, **self.headers}


class Writing:
    """A body on its way into a file."""

    def __init__(self, file: BinaryIO, progress: Callable[[int, int], None] | None) -> None:
        self._file = file
        self._progress = progress
        self._digest = hashlib.sha256()
        self.size = 0
        self.whole = 0
        """What the server says it is; 0 = nothing."""

    @property
    def sha256(self) -> str:
        """Of what was written so far."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> None:
        """Take the next bytes."""
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)
        if self._progress is not None:
            self._progress(self.size, self.whole)


def judge(answer: Answer, target: Target, pace: Pace) -> None:
    """Raise `ResearchError` for what is no success; who says it is asked too often gets a rest."""
    status, url = answer.status, shown(target.url)
    if 200 <= status < 300:  # noqa: PLR2004 - what HTTP calls a success
        return
    detail = f"HTTP {status}"
    asked, reset = _retry_after(answer.headers), _reset(answer.headers)
    if status == _LIMITED or (status == _FORBIDDEN and (asked is not None or reset is not None)):
        wait = asked if asked is not None else reset if reset is not None else _UNTOLD_REST
        pace.rest(target.place, wait if asked is not None else min(wait, _SHARED_REST))
        raise ResearchError("limited", url=url, detail=detail, retry_after=wait)
    if status in _BLOCKED:
        raise ResearchError("blocked", url=url, detail=detail)
    if status in _MISSING:
        raise ResearchError("missing", url=url, detail=detail)
    if status in _NO_TYPE:
        raise ResearchError("wrong_type", url=url, detail=detail)
    if asked is not None and status >= _SERVER:
        pace.rest(target.place, min(asked, _SHARED_REST))
        raise ResearchError("offline", url=url, detail=detail, retry_after=asked)
    if status in _PASSING:
        raise PassingError("offline", url=url, detail=detail)
    raise ResearchError("offline" if status >= _SERVER else "malformed", url=url, detail=detail)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds a server asks to be left alone: a number, or a date."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit() and len(value) < 10:  # noqa: PLR2004 - more is no time
        return min(float(value), _LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=dt.UTC)
    return min(max(0.0, at.timestamp() - time.time()), _LONGEST_WAIT)


def _reset(headers: Mapping[str, str]) -> float | None:
    """Seconds until a used up allowance is given again, the way code hosts tell it."""
    if headers.get("x-ratelimit-remaining", "").strip() != "0":
        return None
    value = headers.get("x-ratelimit-reset", "").strip()
    if not (value.isascii() and value.isdigit() and len(value) < 12):  # noqa: PLR2004 - more is no time
        return _UNTOLD_REST
    return min(max(1.0, int(value) - time.time()), _LONGEST_WAIT)


async def take(answer: Answer, target: Target, wish: Wish, writing: Writing | None = None) -> Response:
    """Read the body of a success, into memory or a file. Raises `ResearchError`."""
    said = answer.headers.get("content-type", "").strip()
    media_type = said.partition(";")[0].strip().lower()
    if media_type and not _TYPE.fullmatch(media_type):
        media_type = ""
    if media_type:
        _check_type(media_type, wish, target)
    declared = _declared(answer.headers)
    if declared > wish.limit and not wish.cut:
        raise _too_large(wish, target)
    try:
        body, cut = await _body(answer, target, wish, writing, declared)
    except PackedError as error:
        raise ResearchError("malformed", url=shown(target.url), detail=str(error)) from error
    if not media_type and body:
        media_type = _sniffed(body)
        _check_type(media_type, wish, target)
    charset = ""
    if body and _matches(media_type, TEXT):
        told = _CHARSET.search(said)
        marked_up = media_type in _HTML
        charset = await asyncio.to_thread(charset_of, body, told[1] if told else "", marked_up=marked_up)
    return Response(target.url, answer.status, answer.headers, media_type, charset, body, time.time(), cut)


async def _body(
    answer: Answer, target: Target, wish: Wish, writing: Writing | None, declared: int
) -> tuple[bytes, bool]:
    """Bytes, as many as are wanted, and whether there were more. Those of a file are in the file."""
    reader = unpacker(answer.headers.get("content-encoding", ""))
    kept = bytearray()
    wire = size = 0
    if writing is not None:
        writing.whole = declared
    async for chunk in answer.chunks:
        wire += len(chunk)
        data = reader.feed(chunk, wish.limit + 1 - size)
        size += len(data)
        if size > wish.limit or wire > wish.limit:
            if not wish.cut:
                raise _too_large(wish, target)
            return bytes(kept + data)[: wish.limit], True
        if writing is not None:
            writing.write(data)
        else:
            kept += data
    reader.end()
    return bytes(kept), False


def _declared(headers: Mapping[str, str]) -> int:
    value = headers.get("content-length", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else 0  # noqa: PLR2004 - more is no size


def _too_large(wish: Wish, target: Target) -> ResearchError:
    return ResearchError("too_large", url=shown(target.url), detail=f"> {wish.limit / 1_000_000:.1f} MB")


def _check_type(media_type: str, wish: Wish, target: Target) -> None:
    if not _matches(media_type, wish.accept):
        raise ResearchError("wrong_type", url=shown(target.url), detail=media_type)


def _matches(media_type: str, accept: tuple[str, ...]) -> bool:
    for taken in accept:
        if taken in {"*/*", media_type}:
            return True
        if (taken.endswith("/") and media_type.startswith(taken)) or (taken[0] == "+" and media_type.endswith(taken)):
            return True
    return False


def _sniffed(body: bytes) -> str:
    """What a body is that came without a word about it."""
    if body.startswith(b"%PDF-"):
        return "application/pdf"
    head = body[:_SNIFFED]
    if b"\0" in head:
        return "application/octet-stream"
    return "text/html" if head.lstrip().startswith(b"<") else "text/plain"


def _asked_for(accept: tuple[str, ...]) -> list[str]:
    """What a request says it takes; ends of names have no place there, so the rest is said to be taken reluctantly."""
    named = [f"{taken}*" if taken.endswith("/") else taken for taken in accept if not taken.startswith("+")]
    return [*named, *(["*/*;q=0.1"] if "*/*" not in named else [])]
