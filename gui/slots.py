"""The border between Qt and our code: whatever a slot raises is logged and told, and the window goes on."""

from __future__ import annotations

import logging
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from core.errors import MultiCoderError
from core.logs import LOGGER_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

_LOG: Final = logging.getLogger(f"{LOGGER_NAME}.window")
Method = TypeVar("Method", bound="Callable[..., Any]")


class Troubles(QObject):
    """Where a slot that failed is told; one per window."""

    raised = Signal(object)
    """The exception."""


def slot(*types: Any, result: Any = None) -> Callable[[Method], Method]:
    """Make a method callable from QML and from signals; an exception in it ends nothing but this one call."""

    def decorate(method: Method) -> Method:
        guarded = bordered(method)
        return Slot(*types, result=result)(guarded) if result else Slot(*types)(guarded)

    return decorate


def bordered(method: Method) -> Method:
    """Wrap what Qt calls: timers, queued calls, signals."""

    @wraps(method)
    def guarded(*arguments: Any, **named: Any) -> Any:
        try:
            return method(*arguments, **named)
        except Exception as error:  # noqa: BLE001 - the border: Qt would only print it, or end the process
            if not isinstance(error, MultiCoderError):
                _LOG.exception("%s failed", method.__qualname__)
            application = QCoreApplication.instance()
            for troubles in application.findChildren(Troubles) if application is not None else ():
                troubles.raised.emit(error)
            return None

    return cast("Method", guarded)
