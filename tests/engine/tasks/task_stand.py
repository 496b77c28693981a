"""A process that works with a real TaskManager until it is killed, or finds its disk full.

    python task_stand.py kills          reads jobs, one JSON object per line
    python task_stand.py full FOLDER

For kills each job is done by a forked child (imports are paid once) that is killed after so many milliseconds. The
child writes a line into `acks` for everything it was told to be so, after it was told; what it does to the outside is
one file per effect, made once.
"""

import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from core.errors import StorageError  # noqa: E402
from engine.tasks.manager import TaskManager  # noqa: E402
from engine.tasks.task import Done, Stopped  # noqa: E402

STEPS = 5


class Silent:
    """A sink that keeps the names of errors only."""

    def __init__(self):
        self.errors = []

    def emit(self, event, /):
        if event.type == "ERROR":
            self.errors.append(event.name)


class Workers:
    """Workers whose effects are files in a folder."""

    def __init__(self, folder, pause=0.003):
        self.folder = folder
        self.pause = pause
        self.at_work = set()
        self.begun = []
        (folder / "effects").mkdir(exist_ok=True)

    async def steps(self, task, control):
        """Do five things once each, over crashes and pauses; the file is the proof."""
        self.enter(task)
        try:
            for number in range(STEPS):
                if control.stopping:
                    return Stopped()
                effect = self.folder / "effects" / f"{task.task}.{number}"
                if not effect.exists():
                    await asyncio.sleep(self.pause)
                    effect.touch(exist_ok=False)
                control.progress(number / STEPS, f"step {number}")
            return Done(task.title)
        finally:
            self.at_work.remove(task.task)

    async def long(self, task, control):
        """Work until asked to stop."""
        self.enter(task)
        try:
            await control.until_stopping()
            return Stopped()
        finally:
            self.at_work.remove(task.task)

    async def ask(self, task, control):
        """Wait for a person, unless one has answered."""
        self.enter(task)
        self.at_work.remove(task.task)
        return Done("answered") if task.note == "yes" else Stopped("person", "May I?")

    def enter(self, task):
        if task.task in self.at_work:
            (self.folder / "violation").write_text(task.task)
        self.at_work.add(task.task)
        self.begun.append(task.task)

    def register(self, manager):
        for kind in ("steps", "long", "ask"):
            manager.register(kind, getattr(self, kind))


class Life:
    """What one child does until it is killed."""

    def __init__(self, folder, generation):
        self.generation = generation
        self.started = folder / f"started.{generation}"
        self.acks = os.open(folder / "acks", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        self.manager = TaskManager(folder / "tasks.db", Silent(), slots=2)
        Workers(folder).register(self.manager)

    def ack(self, what, task, **more):
        line = {"what": what, "task": task.task, "title": task.title, "state": task.state, **more}
        os.write(self.acks, (json.dumps(line) + "\n").encode())

    async def submit(self, kind, name, **options):
        title = f"g{self.generation} {name}"
        task = await self.manager.submit(kind, title, subject=title, **options)
        self.ack("submitted", task, kind=kind)
        return task

    async def live(self):
        await self.manager.start()
        self.started.touch()
        await asyncio.gather(self.queue(), self.by_hand(), self.asking(), self.cancelling())

    async def queue(self):
        previous, number = (), 0
        while True:
            task = await self.submit("steps", f"queue {number}", group=f"project {number % 3}", after=previous)
            previous = (task.task,) if number % 4 == 0 else ()
            number += 1
            if number % 3 == 0:
                self.ack("ended", await self.manager.settled(task.task))
            if number % 5 == 0 and self.manager.get(task.task).state == "waiting":
                await self.manager.prioritise(task.task, number)

    async def by_hand(self):
        number = 0
        while True:
            task = await self.submit("long" if number % 2 else "steps", f"hand {number}", priority=50)
            await asyncio.sleep(0.004 * (number % 3))
            task = await self.manager.pause(task.task, by="person") if not self.ended(task) else task
            self.ack("paused", self.manager.get(task.task))
            number += 1

    def ended(self, task):
        return self.manager.get(task.task).state == "done"

    async def asking(self):
        number = 0
        while True:
            task = await self.submit("ask", f"ask {number}", priority=20, heavy=False)
            self.ack("asks", await self.manager.settled(task.task))
            if number % 2:
                self.ack("answered", await self.manager.resume(task.task, note="yes"))
                self.ack("ended", await self.manager.settled(task.task))
            number += 1

    async def cancelling(self):
        number = 0
        while True:
            task = await self.submit("long", f"cancel {number}", priority=30)
            await asyncio.sleep(0.01 * (number % 2))
            self.ack("cancelled", await self.manager.cancel(task.task))
            number += 1


def kills():
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                asyncio.run(Life(Path(job["folder"]), job["generation"]).live())
            finally:
                os._exit(3)  # it lives until it is killed; anything else is an error
        started = Path(job["folder"], f"started.{job['generation']}")
        while job["once_started"] and not started.exists():
            time.sleep(0.002)
        time.sleep(job["after_ms"] / 1_000)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(json.dumps({"signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}) + "\n")
        sys.stdout.flush()


class Full:
    """A manager whose file may not grow any more, for a while."""

    def __init__(self, folder):
        self.path = folder / "tasks.db"
        self.sink = Silent()
        self.manager = TaskManager(self.path, self.sink, slots=1)
        workers = Workers(folder)
        workers.register(self.manager)

    async def tell(self):
        manager = self.manager
        await manager.start()
        running = await manager.submit("long", "running")
        while manager.get(running.task).state != "running":  # noqa: ASYNC110 - a change of state is no event
            await asyncio.sleep(0.005)
        waiting = await manager.submit("long", "waiting")
        paused = await manager.submit("long", "paused")
        await manager.pause(paused.task)
        full(os.stat(f"{self.path}-wal").st_size)  # noqa: PTH116 - one tiny local file
        refused = {
            "submit": await is_refused(manager.submit("steps", "never")),
            "pause waiting": await is_refused(manager.pause(waiting.task)),
            "pause running": await is_refused(manager.pause(running.task)),
            "resume": await is_refused(manager.resume(paused.task)),
        }
        told = {"refused": refused, "disagreeing while full": (await manager.stats()).disagreeing}
        told |= {"states while full": self.states(), "known while full": len(manager.tasks())}
        full(None)
        await asyncio.wait_for(manager.settled(running.task), 10)
        late = await manager.submit("steps", "late", priority=1)
        await manager.pause(waiting.task)
        await asyncio.wait_for(manager.settled(late.task), 10)
        await manager.resume(waiting.task)
        manager.set_slots(1)
        await manager.pause(waiting.task)
        told["unsaved told"] = "task.unsaved" in self.sink.errors
        told["disagreeing after"] = (await manager.stats()).disagreeing
        await manager.resume(waiting.task)
        await manager.stop(seconds=1)
        told["states after"] = self.states()
        again = TaskManager(self.path, self.sink, slots=1)
        await again.start()
        told["read again"] = {task.title: task.state for task in again.tasks()}
        await again.stop()
        sys.stdout.write(json.dumps(told))

    def states(self):
        return {task.title: task.state for task in self.manager.tasks()}


async def is_refused(change):
    try:
        await change
    except StorageError as error:
        return error.code == "storage"
    return False


def full(most):
    """Let no file of this process grow beyond so many bytes."""
    import resource  # noqa: PLC0415 - POSIX only

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if most is None else most, hard))


if __name__ == "__main__":
    if sys.argv[1] == "kills":
        kills()
    else:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        asyncio.run(Full(Path(sys.argv[2])).tell())
