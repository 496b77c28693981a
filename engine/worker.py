"""The engine process: it takes the data folder, opens its door at once, and serves whoever comes until nobody needs it.

The door opens before the heavy imports: a client is heard after a fraction of a second, and answered when the rest is
there. What a client started goes on when the client is gone.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from core.errors import DataFolderBusy, MultiCoderError
from core.events import Event
from core.i18n import system_locale
from core.logs import set_up_logs
from engine.door import open_door
from engine.keeper import take_failure
from engine.lock import FolderLock
from engine.reporting import told

if TYPE_CHECKING:
    import logging

    from core.paths import Home
    from engine.reactor import Reactor

IDLE_SECONDS: Final = 60.0
"""With no client and nothing to do for this long the engine ends; the next client starts it again."""
_LOOK_SECONDS: Final = 1.0


def work(home: Home) -> int:
    """Be the engine of a data folder; return the exit code."""
    home.prepare()
    logger = set_up_logs(home.log)
    try:
        with FolderLock(home.lock) as lock:
            return _served(home, lock, logger)
    except DataFolderBusy as busy:
        return busy.exit_code
    except MultiCoderError as error:
        logger.error("the engine cannot work: %s", error)  # noqa: TRY400 - the words are what helps
        return told(error, system_locale())


def _served(home: Home, lock: FolderLock, logger: logging.Logger) -> int:
    try:
        return asyncio.run(_serve(home, lock))
    except MultiCoderError:
        raise
    except Exception:
        logger.exception("the engine crashed")
        raise


async def _serve(home: Home, lock: FolderLock) -> int:
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[Reactor] = loop.create_future()
    ready.add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody may have come to hear it
    served: set[asyncio.Task[Any]] = set()

    async def on_client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, hello: dict[str, Any]) -> None:
        task = asyncio.current_task()
        if task is not None:
            served.add(task)
            task.add_done_callback(served.discard)
        reactor = await asyncio.shield(ready)
        await _talk(reactor, reader, writer, hello)

    async with contextlib.AsyncExitStack() as opened:
        door = await open_door(home, on_client)
        opened.push_async_callback(door.close)
        try:
            heavy = await asyncio.to_thread(_load)
            await asyncio.to_thread(_put_wishes_right, home)
            reactor = await opened.enter_async_context(heavy.open_reactor(home, lock=lock))
            await _tell_failure(reactor)
        except BaseException as error:
            ready.set_exception(error if isinstance(error, Exception) else RuntimeError("the engine was stopped"))
            raise
        ready.set_result(reactor)
        _stop_on_signals(reactor)
        await _until_stopped(reactor)
        await door.shut()  # first of all: nobody shall come in, or come back, to an engine that is leaving
        for task in served:
            task.cancel()
        await asyncio.gather(*served, return_exceptions=True)
    return 0


async def _tell_failure(reactor: Reactor) -> None:
    """Say in the journal why the keeper had given up before; a person finds it on the board's reports too."""
    failure = await asyncio.to_thread(take_failure, reactor.home)
    if failure is not None:
        reactor.engine.journal.emit(Event("ERROR", "keeper.gave_up", data=asdict(failure)))


def _put_wishes_right(home: Home) -> None:
    from engine.recovery.wishes import put_wishes_right  # noqa: PLC0415 - loaded by now

    put_wishes_right(home)


def _load() -> Any:
    from engine import reactor  # noqa: PLC0415 - seconds of imports, in a thread
    from engine.acp import server  # noqa: F401, PLC0415 - as above

    return reactor


async def _talk(
    reactor: Reactor, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, hello: dict[str, Any]
) -> None:
    from engine.acp.server import Client  # noqa: PLC0415 - loaded by now
    from engine.acp.transport import SocketTransport  # noqa: PLC0415 - as above

    client = Client(reactor, SocketTransport(reader, writer), hello, name=str(hello.get("client") or "client"))
    reactor.clients += 1
    try:
        await client.serve()
    finally:
        reactor.clients -= 1


def _stop_on_signals(reactor: Reactor) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(lambda: reactor.ask_to_stop(by="signal")))
        else:
            loop.add_signal_handler(number, lambda: reactor.ask_to_stop(by="signal"))


async def _until_stopped(reactor: Reactor) -> None:
    needed = time.monotonic()
    while time.monotonic() - needed < IDLE_SECONDS:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(reactor.stopping.wait(), _LOOK_SECONDS)
            return
        if not reactor.idle():
            needed = time.monotonic()
