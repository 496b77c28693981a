"""A client of the relay, and looks at the processes around a data folder."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import threading
import time
from pathlib import Path

import psutil

from engine.doorbell import knock, request
from tests.engine.process.programs import PROGRAM

REPOSITORY = Path(__file__).resolve().parents[3]


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MULTICODER_", "TEST_"))}
    return {**kept, "PYTHONPATH": str(REPOSITORY), **more}


class Client:
    """An editor: starts a relay and talks to it over pipes."""

    def __init__(self, home, *, reads=True, **environ):
        self.home = home
        self.process = subprocess.Popen(
            [*PROGRAM, "relay", "--home", str(home.root)],
            env=environment(**environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.lines = []
        self.answers = {}
        self.inbox = queue.Queue()
        self.count = 0
        self.reader = threading.Thread(target=self._read, daemon=True)
        if reads:
            self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            message = json.loads(line)
            self.lines.append(line)
            if "method" not in message:
                self.answers.setdefault(json.dumps(message.get("id")), []).append(message)
            self.inbox.put(message)
        self.inbox.put(None)

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        self.write(json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode() + b"\n")

    def notify(self, method, **params):
        self.send({"method": method, "params": params})

    def begin(self, method, **params):
        """Ask and return the id at once."""
        self.count += 1
        self.send({"id": self.count, "method": method, "params": params})
        return self.count

    def end(self, id_, seconds=30):
        """Return the one answer to `id_`."""
        key = json.dumps(id_)
        wait_for(lambda: key in self.answers or not self.reader.is_alive(), seconds)
        assert key in self.answers, self.process.stderr.read()
        assert len(self.answers[key]) == 1
        return self.answers[key][0]

    def ask(self, method, **params):
        answer = self.end(self.begin(method, **params))
        assert "result" in answer, answer
        return answer["result"]

    def until(self, condition, seconds=30):
        """Return the next message for which `condition` holds."""
        deadline = time.monotonic() + seconds
        while True:
            message = self.inbox.get(timeout=max(deadline - time.monotonic(), 0.01))
            assert message is not None, "the relay ended"
            if condition(message):
                return message

    def initialize(self, **capabilities):
        return self.ask("initialize", protocolVersion=1, clientInfo={"name": "test"}, clientCapabilities=capabilities)

    def session(self):
        return self.ask("session/new", cwd="/somewhere", mcpServers=[])["sessionId"]

    def prompt(self, session, text, **more):
        return self.begin("session/prompt", sessionId=session, prompt=[{"type": "text", "text": text}], **more)

    def hang_up(self, seconds=5):
        self.process.stdin.close()
        return self.process.wait(seconds)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.reader.ident:
            self.reader.join(5)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(OSError):
                stream.close()


class Hall:
    """A data folder with everything that was started on it; all of it ends with the test."""

    def __init__(self, home):
        self.home = home
        self.clients = []

    def client(self, **options):
        self.clients.append(Client(self.home, **options))
        return self.clients[-1]

    def keeper(self, **environ):
        return self.start("keeper", **environ)

    def start(self, role, **environ):
        return subprocess.Popen(
            [*PROGRAM, role, "--home", str(self.home.root)],
            env=environment(**environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def effects(self):
        file = self.home.root / "effects"
        return file.read_text().splitlines() if file.exists() else []

    def engine_pid(self):
        return json.loads(self.home.engine.read_bytes())["pid"]

    def lived(self, lives):
        """Whether the `lives`th engine already spoke with its client."""
        return self.effects().count("initialize test") == lives

    def record(self):
        return json.loads((self.home.root / "keeper.json").read_bytes())

    def kill_engine(self):
        os.kill(self.engine_pid(), signal.SIGKILL)

    def up(self):
        """Wait for an engine that answers and return its process id."""
        found = []

        def answers():
            with contextlib.suppress(Exception), knock(self.home, 2) as connection:
                until = time.monotonic() + 2
                found.append(request(connection, 1, "_multicoder/status", {}, until)["pid"])
            return found

        wait_for(answers, 20)
        return found[0]

    def processes(self):
        """Every process that names the data folder, relays apart."""
        found = []
        for process in psutil.process_iter(["cmdline"]):
            words = process.info["cmdline"] or []
            if str(self.home.root) in words and "relay" not in words:
                found.append(process)
        return found

    def close(self):
        for client in self.clients:
            client.close()
        for role in ("keeper", "engine"):
            for process in self.processes():
                with contextlib.suppress(psutil.NoSuchProcess):
                    if role in process.cmdline():
                        process.kill()


def wait_for(condition, seconds):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"not within {seconds} s"
        time.sleep(0.01)


def alive(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
