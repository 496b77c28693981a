"""Every foreign failure of a provider becomes a `ProviderError` with one of nine faults.

Providers disagree about status codes (a bad key is a 400 here and a 403 there, an empty account a 429), so the text of
an error is read first and the status decides only when no rule speaks. What is kept of a foreign text is redacted and
short: error bodies have been seen to repeat the key, the prompt or a whole web page.
"""

from __future__ import annotations

import json
import math
import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from core.errors import ProviderError, ProviderFault
from core.redaction import redact

if TYPE_CHECKING:
    from collections.abc import Mapping

DETAIL_CHARS: Final = 300
LONGEST_WAIT: Final = 3600.0
"""A provider that asks for a longer wait than an hour is answered as if it said an hour."""

_MALFORMED: Final = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What parsing a foreign body raises: JSON, UTF-8, missing choices, wrong shapes."""


NO_CLIENT: Final = (ValueError, ImportError, OSError)
"""What making a client raises: a proxy of an unknown kind in the environment, a missing file of certificates."""


class RejectedError(ProviderError):
    """The endpoint refused the request itself: sent again unchanged, it would be refused again."""


def _rule(statuses: set[int], pattern: str, fault: ProviderFault) -> tuple[frozenset[int], re.Pattern[str], str]:
    return frozenset(statuses), re.compile(pattern, re.IGNORECASE | re.DOTALL), fault


_RULES: Final = (
    _rule(
        {400, 401, 403, 404, 451},
        r"unsupported_country|location is not supported|country, region"
        r"|not (?:available|supported|allowed) in your (?:country|region)",
        "region",
    ),
    _rule({429}, r"request too large", "too_long"),
    _rule({429}, r"resource_exhausted|per[ _-]?minute|tokens per min|requests per", "rate_limited"),
    _rule(
        {400, 402, 403, 429},
        r"insufficient.{0,3}(?:quota|balance|funds|credit)|exceeded your current quota|billing|payment required"
        r"|credit balance|out of credits|余额|欠费",
        "no_money",
    ),
    _rule(
        {400, 413, 422},
        r"context.?length|context.?window|maximum context|too long|too many (?:input )?tokens|request too large"
        r"|prompt is too large|reduce the length|input tokens exceed",
        "too_long",
    ),
    _rule(
        {400, 403, 422},
        r"content.?(?:filter|policy|management)|safety|moderation|flagged|prohibited|usage polic|敏感",
        "refused",
    ),
    _rule(
        {400, 404, 422},
        r"model_not_found|no endpoints found|(?:invalid|unknown|no such) model"
        r"|model.{0,80}(?:not.?found|not exist|n't exist|not available|not supported|decommission|deprecat|retired)",
        "model_gone",
    ),
    _rule({400, 403}, r"api.?key.{0,30}(?:not valid|invalid|expired)|api_key_invalid", "bad_key"),
    _rule({400, 403, 503}, r"rate.?limit|too many requests|throttl|请求过于频繁|访问量过大", "rate_limited"),
)

_BY_STATUS: Final[Mapping[int, ProviderFault]] = {
    401: "bad_key",
    402: "no_money",
    403: "bad_key",
    404: "model_gone",
    408: "transient",
    409: "transient",
    413: "too_long",
    425: "transient",
    429: "rate_limited",
    451: "region",
}


def translate(error: BaseException, model: str) -> ProviderError:
    """Turn whatever a client library raised for `model` into a ProviderError."""
    if isinstance(error, ProviderError):
        return error
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        response = getattr(error, "response", None)
        return from_response(status, getattr(response, "headers", {}), getattr(error, "body", None) or "", model)
    body = getattr(error, "body", None)
    if body is not None:
        return _from_stream(body, model)
    cause = error
    while cause.__cause__ is not None:  # the libraries wrap "Connection error." around what really happened
        cause = cause.__cause__
    if isinstance(cause, ProviderError):  # raised by a hook of ours inside the library
        return cause
    fault: ProviderFault = "transient"
    if isinstance(error, _MALFORMED) and not isinstance(error, OSError):
        fault = "malformed"
    return ProviderError(fault, model=model, detail=shorten(f"{type(cause).__name__}: {cause}"))


def unreachable(error: Exception, model: str) -> ProviderError:
    """Say that there is no way to `model` from here; another provider may need none (this machine, no proxy)."""
    return ProviderError("transient", model=model, detail=shorten(f"{type(error).__name__}: {error}"))


def from_response(status: int, headers: Mapping[str, str], body: object, model: str) -> ProviderError:
    """Turn an HTTP answer that is no success into a ProviderError."""
    text, code = _read(body)
    detail = shorten(f"HTTP {status} {text}")
    found = _by_text(status, f"{code} {text}")
    fault = found or _BY_STATUS.get(status) or ("transient" if status >= 500 else "malformed")  # noqa: PLR2004 - HTTP
    kind = ProviderError if fault in {"transient", "rate_limited"} else RejectedError
    return kind(fault, model=model, detail=detail, retry_after=retry_after(headers))


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After (seconds or a date) or retry-after-ms; None when absent or senseless."""
    lowered = {name.lower(): value for name, value in headers.items()}
    milliseconds, value = lowered.get("retry-after-ms", ""), lowered.get("retry-after", "")
    seconds = _number(milliseconds) / 1000 if milliseconds else _number(value)
    if math.isnan(seconds):
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(seconds, 0.0), LONGEST_WAIT)


def shorten(text: str) -> str:
    """Make a foreign text fit for a log: redacted, on one line, short."""
    if "<html" in text[:2000].lower() or "<!doctype" in text[:2000].lower():
        title = re.search(r"<title>([^<]{0,200})", text[:4000], re.IGNORECASE)
        text = re.sub(r"<.*", "", text[:2000], flags=re.DOTALL) + f"a web page: {title[1] if title else ''}"
    # Redacted before it is cut, because a cut key would no longer be recognised; bounded before that, for time.
    return re.sub(r"\s+", " ", redact(text[:20_000])).strip()[:DETAIL_CHARS]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _by_text(status: int, text: str) -> ProviderFault | None:
    """Apply the first rule that speaks; status 0 (an error inside a stream) is open to all rules."""
    for statuses, pattern, fault in _RULES:
        if (not status or status in statuses) and pattern.search(text[:20_000]):
            return fault  # type: ignore[return-value]  # _rule takes only faults
    return None


def _from_stream(body: object, model: str) -> ProviderError:
    """Read an error that came as an event of a stream which had begun with status 200."""
    text, code = _read(body)
    status = int(code) if re.fullmatch(r"[45]\d\d", code) else 0
    fault = _by_text(status, f"{code} {text}") or _BY_STATUS.get(status) or "transient"
    return ProviderError(fault, model=model, detail=shorten(f"{code} {text}"))


def _read(body: object) -> tuple[str, str]:
    """Find message and code in the shapes providers use: OpenAI's, a bare string, a list of one, `detail`."""
    if isinstance(body, bytes):
        body = body.decode("utf-8", "replace")
    if isinstance(body, str):
        try:
            body = json.loads(body)
        except (ValueError, RecursionError):
            return str(body), ""
    if isinstance(body, list) and body:
        body = body[0]
    if not isinstance(body, dict):
        return str(body), ""
    inner: Any = body.get("error", body)
    if not isinstance(inner, dict):
        return str(inner), str(body.get("code") or "")
    text = inner.get("message") or inner.get("detail") or inner
    words = dict.fromkeys(str(inner[name]) for name in ("code", "type", "status", "param") if inner.get(name))
    code = str(inner.get("code") or "")
    return " ".join([text if isinstance(text, str) else str(text), *(f"[{word}]" for word in words)]), code


__all__ = ["NO_CLIENT", "RejectedError", "from_response", "retry_after", "shorten", "translate", "unreachable"]
