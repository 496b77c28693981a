"""A client of a real engine process for the fault tests: starts it, talks to it, kills it, looks at what it left."""

from __future__ import annotations

import contextlib
import json
import queue
import threading
import time
from typing import TYPE_CHECKING, Any, Self

from engine.doorbell import EngineAbsent, knock
from engine.own_process import start_own
from tests.faults.stand import child_environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.paths import Home


class Refused(Exception):  # noqa: N818 - reads as what happened
    """The engine answered with an error."""


class Gone(Exception):  # noqa: N818 - reads as what happened
    """The engine ended while it was being asked."""


class EngineClient:
    """One engine process and one connection to it; `decide(card)` answers permission requests, None leaves them."""

    def __init__(
        self, home: Home, decide: Callable[[dict[str, Any]], str | None] | None = None, **environ: str
    ) -> None:
        self.home = home
        self.decide = decide or (lambda _card: None)
        self.process = start_own(["engine"], home=home, environ=child_environment(MULTICODER_TEAM="demo", **environ))
        self._answers: dict[int, queue.Queue[dict[str, Any]]] = {}
        self._number = 0
        self._connection = self._knock()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.call("initialize", {"protocolVersion": 1, "clientCapabilities": {}})

    def _knock(self) -> Any:
        deadline = time.monotonic() + 60
        while True:
            try:
                found = knock(self.home, 60)
            except EngineAbsent:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
            else:
                return found

    def call(self, method: str, params: dict[str, Any], seconds: float = 120) -> Any:
        """Ask and wait for the answer."""
        return self.result(self.send(method, params), seconds)

    def own(self, method: str, **params: Any) -> Any:
        """Ask one of our own methods."""
        return self.call(f"_multicoder/{method}", params)

    def send(self, method: str, params: dict[str, Any]) -> int:
        """Ask without waiting; the answer is fetched by `result`."""
        self._number += 1
        number = self._number
        self._answers[number] = queue.Queue()
        self._write({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return number

    def result(self, number: int, seconds: float = 120) -> Any:
        message = self._answers[number].get(timeout=seconds)
        if message.get("gone"):
            raise Gone
        if "error" in message:
            raise Refused(json.dumps(message["error"], ensure_ascii=False))
        return message["result"]

    def kill(self) -> None:
        """Kill -9, and wait until it is gone."""
        self.process.kill()
        self.process.wait(30)
        self.hang_up()

    def stop(self) -> int:
        """Let the engine end properly."""
        with contextlib.suppress(Gone, Refused):
            self.own("engine/stop")
        code = self.process.wait(60)
        self.hang_up()
        return code

    def hang_up(self) -> None:
        with contextlib.suppress(OSError):  # hung up before
            self._connection.close()
        self._reader.join(10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()
        else:
            self.hang_up()

    def _write(self, message: dict[str, Any]) -> None:
        try:
            self._connection.write_line(json.dumps(message).encode() + b"\n")
        except OSError as error:
            raise Gone from error

    def _read(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while line := self._connection.read_line():
                message = json.loads(line)
                if "method" in message and "id" in message:
                    self._asked(message)
                elif "id" in message and message["id"] in self._answers:
                    self._answers[message["id"]].put(message)
        for waiting in self._answers.values():
            waiting.put({"gone": True})

    def _asked(self, message: dict[str, Any]) -> None:
        card = message["params"].get("_meta", {}).get("multicoder", {}).get("card", {})
        chosen = self.decide(card)
        if chosen is not None:
            outcome = {"outcome": {"outcome": "selected", "optionId": chosen}}
            with contextlib.suppress(Gone):
                self._write({"jsonrpc": "2.0", "id": message["id"], "result": outcome})
