"""Runs inside the sandbox, beside a server job: start it, ask it over HTTP until it answers, write down what it said.

Standard library only and started by path with whichever Python there is, so that it needs nothing of ours.
Arguments: port, path, seconds, file for the note, then the server's command. The note is one line of JSON with
`status` (0 = never answered) and `code` (the server's own exit code, null while it still ran).
"""

from __future__ import annotations

import contextlib
import http.client
import json
import subprocess  # runs inside the sandbox, started by it
import sys
import time
from pathlib import Path

PAUSE = 0.05
CLOSING_SECONDS = 1.0


def ask(port: int, path: str) -> int:
    """Return the status of one GET, 0 when nobody answers."""
    connection = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def main(arguments: list[str]) -> None:
    """Start the server, wait for an answer, leave a note; the sandbox ends with this process."""
    port, path, seconds, note, *command = arguments
    until = time.monotonic() + float(seconds)
    server = subprocess.Popen(command)  # noqa: S603 - the job, already inside its sandbox
    status = 0
    while not status and server.poll() is None and time.monotonic() < until:
        status = ask(int(port), path)
        if not status:
            time.sleep(PAUSE)
    code = server.poll()
    Path(note).write_text(json.dumps({"status": status, "code": code}), encoding="ascii")
    if code is None:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(CLOSING_SECONDS)  # the sandbox ends what is left


if __name__ == "__main__":
    main(sys.argv[1:])
