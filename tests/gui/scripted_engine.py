"""A stand that plays the engine: a real child process speaks JSON lines to the window, the test holds the script.

    engine = ScriptedEngine()
    window = make_window(command=engine.command, environ=engine.environ)     # or the fixture `scripted`
    engine.answers["session/list"] = {"sessions": [...]}                     # a result, or a function of the params
    engine.fails["session/delete"] = {"kind": "unknown-session", "what": "...", "did": "...", "next": "..."}
    engine.update("s-1", {"sessionUpdate": "agent_message_chunk", ...})      # a session/update
    asked = engine.ask("session/request_permission", {...})                  # asked.result once the window answered
    engine.tell("_multicoder/tasks", {"tasks": [...]})
    engine.params("session/prompt")                                          # what the window asked, in order
    engine.crash()                                                           # the child dies; the window starts another
    engine.stop()                                                            # it ends well; the window starts none

A method without an answer gets `{}`. An answer that is `LATER` is given by `engine.reply(method, result)`.
The child is this very file: it only carries lines between its stdio and the test.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import socket
import sys
import threading
from pathlib import Path

LATER = object()
ADDRESS = "MULTICODER_TEST_ENGINE"
STOPPED = b"\0"
"""No line of JSON holds it."""


class Asked:
    """A question put to the window; `result` is None until it is answered, `withdraw` takes it back."""

    def __init__(self, engine, name):
        self._engine = engine
        self.name = name
        self.result = None

    def withdraw(self):
        self._engine.tell("$/cancel_request", {"requestId": self.name})

    def lose(self):
        """What the relay says of it when the engine crashed."""
        gone = {"multicoder": {"engineGone": True}}
        self._engine.tell("$/cancel_request", {"requestId": self.name, "_meta": gone})


class ScriptedEngine:
    """See the module."""

    def __init__(self):
        self.answers = {
            "initialize": {"protocolVersion": 1, "agentInfo": {"name": "multicoder", "version": "0"}},
            "session/list": {"sessions": []},
            "session/new": lambda _params: {"sessionId": f"s-{sum(1 for m in self.methods() if m == 'session/new')}"},
            "session/prompt": LATER,
        }
        self.fails = {}
        self.received = []
        """Every message of the window, in order."""
        self.starts = 0
        self._later = {}
        self._asked = {}
        self._count = 0
        self._lock = threading.RLock()
        self._child = None
        self._outgoing = queue.SimpleQueue()
        """For a thread of its own: a test that waits for a full pipe would wait for itself."""
        self._server = socket.create_server(("127.0.0.1", 0))
        self.command = [sys.executable, "-S", "-E", str(Path(__file__).resolve())]
        self.environ = {**os.environ, ADDRESS: str(self._server.getsockname()[1])}
        threading.Thread(target=self._serve, daemon=True).start()

    # ------------------------------------------------------------------------------------------ what a test does

    def update(self, session, update):
        self.tell("session/update", {"sessionId": session, "update": update})

    def say(self, session, text, message="m-1", speaker="agent_message_chunk"):
        """A piece of a message."""
        block = {"type": "text", "text": text}
        self.update(session, {"sessionUpdate": speaker, "content": block, "messageId": message})

    def tell(self, method, params):
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method, params):
        with self._lock:
            self._count += 1
            asked = self._asked[self._count] = Asked(self, self._count)
        self._send({"jsonrpc": "2.0", "id": asked.name, "method": method, "params": params})
        return asked

    def asked(self, method):
        """How many requests of a method wait for `reply`."""
        with self._lock:
            return len(self._later[method])

    def reply(self, method, result):
        """Answer the oldest request of a method that waits."""
        with self._lock:
            name = self._later[method].pop(0)
        self._send({"jsonrpc": "2.0", "id": name, "result": result})

    def raw(self, data):
        """Send bytes as they are."""
        self._outgoing.put(data)

    def methods(self):
        return [message["method"] for message in self.received if "method" in message]

    def params(self, method):
        return [message.get("params") for message in self.received if message.get("method") == method]

    def crash(self):
        """Let the child die at once."""
        self._outgoing.put(b"")
        with self._lock:
            if self._child is not None:
                with contextlib.suppress(OSError):
                    self._child.shutdown(socket.SHUT_RDWR)

    def stop(self):
        """Let the child end well, as the relay does when its engine was stopped on purpose."""
        self._outgoing.put(STOPPED)

    def close(self):
        self._server.close()
        self.crash()

    # ------------------------------------------------------------------------------------------ the wire

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                child, _ = self._server.accept()
                with self._lock:
                    self._child, self._later, self._asked = child, {}, {}
                    self._outgoing = queue.SimpleQueue()
                    self.starts += 1
                threading.Thread(target=_send_on, args=(child, self._outgoing), daemon=True).start()
                threading.Thread(target=self._hear, args=(child,), daemon=True).start()

    def _hear(self, child):
        with contextlib.suppress(OSError), child, child.makefile("rb") as lines:
            for line in lines:
                self._take(json.loads(line))

    def _take(self, message):
        with self._lock:
            self.received.append(message)
            method, name = message.get("method"), message.get("id")
            if method is None:
                if name in self._asked:
                    self._asked.pop(name).result = message.get("result")
                return
            if name is None:
                return
            if method in self.fails:
                words = self.fails[method]
                error = {"code": -32010, "message": words["what"], "data": {"multicoder": words}}
                self._send({"jsonrpc": "2.0", "id": name, "error": error})
                return
            answer = self.answers.get(method, {})
            result = answer(message.get("params")) if callable(answer) else answer
            if result is LATER:
                self._later.setdefault(method, []).append(name)
            else:
                self._send({"jsonrpc": "2.0", "id": name, "result": result})

    def _send(self, message):
        self._outgoing.put(json.dumps(message, ensure_ascii=False).encode() + b"\n")


def _send_on(child, outgoing):
    with contextlib.suppress(OSError):
        while data := outgoing.get():
            child.sendall(data)


def carry():
    """Be the child: end with 0 when the window closes the input, with 9 when the test lets it crash."""
    engine = socket.create_connection(("127.0.0.1", int(os.environ[ADDRESS])))

    def out():
        with contextlib.suppress(OSError):
            while data := engine.recv(1 << 16):
                if data.endswith(STOPPED):
                    os._exit(0)
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(1, rest) :]
        os._exit(9)

    threading.Thread(target=out, daemon=True).start()
    while data := os.read(0, 1 << 16):
        engine.sendall(data)
    os._exit(0)


if __name__ == "__main__":
    carry()
