"""Blocking work of probes, each piece in a thread of its own.

A look at a disk that hangs must take no thread away from the engine's own work, and must not keep the process from
ending; so neither the loop's executor nor `asyncio.to_thread` will do.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


async def aside(work: Callable[[], _T]) -> _T:
    """Do `work` in a daemon thread.

    A first cancellation waits for the thread all the same: who began the look then knows that it still hangs, and
    does not begin another beside it. A second one leaves it behind.
    """
    done: Future[_T] = Future()
    threading.Thread(target=_run, args=(work, done), name="health look", daemon=True).start()
    answer = asyncio.wrap_future(done)
    try:
        return await asyncio.shield(answer)
    except asyncio.CancelledError:
        if not answer.done():
            await asyncio.wait([answer])
        raise


def _run(work: Callable[[], _T], done: Future[_T]) -> None:
    try:
        result = work()
    except BaseException as error:  # noqa: BLE001 - a thread's border: whatever happened is handed to the caller
        done.set_exception(error)
    else:
        done.set_result(result)


__all__ = ["aside"]
