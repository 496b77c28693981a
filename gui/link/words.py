"""Errors of requests as the window shows them: what happened, what was done, what to do next, and a stable kind."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QCoreApplication

Trouble = dict[str, str]
"""`what`, `did`, `next` for people, `kind` for the program."""

_PARTS: Final = ("what", "did", "next", "kind")
_LONGEST: Final = 4_000


def trouble_of(error: Any) -> Trouble:
    """Return the error object of an answer in words; whatever is missing or odd in it is replaced by general ones."""
    given = _object(error)
    data = _object(given.get("data"))
    own = data.get("multicoder")
    if isinstance(own, dict):
        return general() | {part: str(own[part])[:_LONGEST] for part in _PARTS if isinstance(own.get(part), str)}
    if isinstance(data.get("code"), str):  # the relay's own answers: a code, and one text that says all
        what = str(given.get("message") or lost()["what"])[:_LONGEST]
        return _trouble(data["code"], what, "", "")
    return general()


def general() -> Trouble:
    """The engine refused without saying why."""
    return _trouble(
        "protocol",
        QCoreApplication.translate("EngineLink", "The engine did not accept this request."),
        QCoreApplication.translate("EngineLink", "Nothing was changed."),
        QCoreApplication.translate(
            "EngineLink", "Try again. If it happens again, look into multicoder.log in the data folder."
        ),
    )


def lost() -> Trouble:
    """The connection ended before the answer came."""
    return _trouble(
        "link-lost",
        QCoreApplication.translate("EngineLink", "The connection to the engine broke before it answered."),
        QCoreApplication.translate("EngineLink", "It is being made again; everything finished so far is kept."),
        QCoreApplication.translate("EngineLink", "See whether it was done, else do it again."),
    )


def too_long() -> Trouble:
    """The request does not pass the connection."""
    return _trouble(
        "too-long",
        QCoreApplication.translate("EngineLink", "This is too much to send at once."),
        QCoreApplication.translate("EngineLink", "Nothing was sent."),
        QCoreApplication.translate("EngineLink", "Make it shorter, or put it into a file and attach that."),
    )


def no_engine(problem: str) -> Trouble:
    """There is no engine, and trying again did not help."""
    return _trouble(
        "no-engine",
        problem or QCoreApplication.translate("EngineLink", "The engine cannot be reached."),
        QCoreApplication.translate("EngineLink", "Nothing was sent."),
        QCoreApplication.translate("EngineLink", "Try again in a moment; multicoder.log in the data folder says more."),
    )


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _trouble(kind: str, what: str, did: str, following: str) -> Trouble:
    return {"kind": kind, "what": what, "did": did, "next": following}
