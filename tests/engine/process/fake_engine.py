"""A small engine behind the real door. It speaks line-wise JSON-RPC and does what a prompt's text says.

`slow:2`, `outlast`, `crash`, `flood:1000`, `huge:5000000`, `ask`, `noise`: see the methods. Each effect it had goes
into the file `effects` of the data folder, that of a prompt once, whoever asks again.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import uuid

from engine.door import open_door


class FakeEngine:
    def __init__(self, home):
        self.home = home
        self.stopped = asyncio.Event()
        self.cancels = {}
        self.environ = {}

    async def serve(self, reader, writer, hello):
        visit = Visit(self, writer, hello)
        while line := await reader.readline():
            visit.hear(json.loads(line))
            await asyncio.sleep(0)  # what was asked begins before what was said after it

    def effect(self, *words):
        with (self.home.root / "effects").open("a") as file:
            file.write(" ".join(map(str, words)) + "\n")

    async def idle(self, seconds):
        """Take time, but only in the first life of a data folder."""
        lives = (self.home.root / "effects").read_text().count("engine ")
        await asyncio.sleep(seconds if lives == 1 else 0)

    def done(self, *words):
        file = self.home.root / "effects"
        return file.exists() and " ".join(map(str, words)) in file.read_text().splitlines()


class Visit:
    def __init__(self, engine, writer, hello):
        self.engine = engine
        self.writer = writer
        self.hello = hello
        self.asked = {}
        self.tasks = set()

    def hear(self, message):
        if "method" not in message:
            self.asked.pop(message["id"]).set_result(message.get("result"))
        elif "id" in message:
            task = asyncio.create_task(self.answer(message))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        elif message["method"] == "session/cancel":
            self.engine.effect("cancel", message["params"]["sessionId"])
            self.engine.cancels.setdefault(message["params"]["sessionId"], asyncio.Event()).set()
        else:
            self.engine.effect("notice", message["method"])

    async def say(self, message):
        self.writer.write(json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode() + b"\n")
        await self.writer.drain()

    async def answer(self, message):
        name = message["method"].removeprefix("_").replace("/", "_")
        result = await getattr(self, name)(message.get("params") or {})
        await self.say({"id": message["id"], "result": result})

    async def initialize(self, params):
        self.engine.effect("initialize", params["clientInfo"]["name"])
        return {"protocolVersion": 1, "pid": os.getpid(), "hello": self.hello}

    async def session_new(self, params):
        session = f"s-{uuid.uuid4()}"
        self.engine.effect("new", session)
        return {"sessionId": session}

    async def session_resume(self, params):
        self.engine.effect("resume", params["sessionId"], params["cwd"])
        wish = self.engine.home.root / "asks-at-resume"
        if wish.exists():
            wish.unlink()
            await self.do_ask(params["sessionId"], "", "")
        return {}

    async def session_list(self, params):
        await self.engine.idle(params.get("seconds", 0))
        return {"sessions": [], "pid": os.getpid()}

    async def multicoder_status(self, params):
        await self.engine.idle(params.get("seconds", 0))
        return {"pid": os.getpid()}

    async def multicoder_rewind(self, params):
        self.engine.effect("rewind")
        await self.engine.idle(params.get("seconds", 0))
        return {"pid": os.getpid()}

    async def multicoder_stop(self, params):
        self.engine.stopped.set()
        await asyncio.sleep(60)

    async def multicoder_child(self, params):
        return {"pid": subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"]).pid}  # noqa: ASYNC220

    async def session_prompt(self, params):
        text, session = params["prompt"][0]["text"], params["sessionId"]
        name = params["_meta"]["multicoder"]["promptId"]
        word, _, value = text.partition(":")
        extra = await getattr(self, f"do_{word}", self.do_echo)(session, name, value)
        if not self.engine.done("prompt", name):  # no await between looking and doing
            self.engine.effect("prompt", name)
        return {"stopReason": "end_turn", "pid": os.getpid(), "text": text, "promptId": name, **(extra or {})}

    async def do_echo(self, session, name, value):
        await self.update(session, value)

    async def do_slow(self, session, name, value):
        await self.update(session, "working")
        cancelled = self.engine.cancels.setdefault(session, asyncio.Event())
        try:
            await asyncio.wait_for(cancelled.wait(), float(value))
        except TimeoutError:
            return {}
        return {"stopReason": "cancelled"}

    async def do_outlast(self, session, name, value):
        """Work for ever, unless it is known from an earlier life."""
        if not self.engine.done("begun", name):
            self.engine.effect("begun", name)
            await self.update(session, "working")
            await asyncio.Event().wait()

    async def do_crash(self, session, name, value):
        if not self.engine.done("crashed", name):
            self.engine.effect("crashed", name)
            os.kill(os.getpid(), signal.SIGKILL)

    async def do_flood(self, session, name, value):
        for number in range(int(value)):
            await self.update(session, str(number))

    async def do_huge(self, session, name, value):
        await self.update(session, "ы" * int(value))

    async def do_noise(self, session, name, value):
        print("garbage on stdout")  # noqa: T201
        os.write(1, b'{"jsonrpc": "2.0"\n')
        os.system("echo garbage of a child")  # noqa: ASYNC221

    async def do_ask(self, session, name, value):
        key = len(self.asked)
        self.asked[key] = asyncio.get_running_loop().create_future()
        await self.say({"id": key, "method": "session/request_permission", "params": {"sessionId": session}})
        return {"reply": await self.asked[key]}

    async def update(self, session, text):
        params = {"sessionId": session, "update": {"sessionUpdate": "agent_message_chunk", "content": {"text": text}}}
        await self.say({"method": "session/update", "params": params})


async def serve(home):
    """Open the door and work until SIGTERM or `_multicoder/stop`."""
    fake = FakeEngine(home)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, fake.stopped.set)
    fake.effect("engine", os.getpid())
    door = await open_door(home, fake.serve)
    try:
        failing = home.root / "fails-behind-the-door"
        if failing.exists():
            await asyncio.sleep(0.3)  # who knocks meanwhile is welcome
            raise OSError(failing.read_text())
        await fake.stopped.wait()
        await door.shut()
    finally:
        await door.close()
