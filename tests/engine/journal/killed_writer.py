"""Writes a journal until it is killed: `python killed_writer.py`, one job (JSON) per line.

For each job it forks, which spares every writer the start of an interpreter. The child writes with three threads and
puts each number whose flush was acknowledged into the file `acknowledged`; the parent kills it after the job's
milliseconds and answers with a line.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
import time
from pathlib import Path

from core.events import Event
from engine.journal import Journal

THREADS = 3


def write(job):
    """Emit until the end comes."""
    log = logging.getLogger("killed-writer")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    journal = Journal(Path(job["path"]), log, budget_mb=job["budget"])
    notes = os.open(job["acknowledged"], os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    def emit(thread):
        number = 0
        while True:
            urgent = number % 40 == 39
            name = f"{job['turn']}/{thread}/{number}"
            journal.emit(Event("ERROR" if urgent else "INFO", name, run=f"r-{job['turn']}", data={"text": "x" * 100}))
            if number % 15 == 14 and journal.flush():
                os.write(notes, f"{name}\n".encode())
            number += 1

    for thread in range(1, THREADS):
        threading.Thread(target=emit, args=(thread,), daemon=True).start()
    emit(0)


def main():
    """Fork, wait, kill, tell."""
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if not child:
            write(job)
        time.sleep(job["milliseconds"] / 1_000)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        sys.stdout.write("killed\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
