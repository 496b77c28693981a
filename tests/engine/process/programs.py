"""Relay, keeper and a small engine as real programs: `programs.py relay|keeper|engine --home FOLDER`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from core.errors import DataFolderBusy
from core.paths import Home

PROGRAM = (sys.executable, "-P", str(Path(__file__).resolve()))
STEADFAST = "TEST_STEADFAST"
"""Set: keeper and relay do not lose patience, and pause only shortly."""


def patience():
    from engine.keeper import Patience  # noqa: PLC0415 - each role imports what the product's would

    if os.environ.get(STEADFAST):
        return Patience(times=1000, seconds=600, pauses=(0.02,))
    return Patience(times=2, seconds=600, pauses=(float(os.environ.get("TEST_PAUSE", "0.05")),))


def run_engine(home):
    from engine.lock import FolderLock  # noqa: PLC0415

    wish = home.root / "start-fails"
    if wish.exists():
        print("the engine says: password=hunter2hunter2", file=sys.stderr)  # noqa: T201
        return int(wish.read_text())
    try:
        with FolderLock(home.lock):
            import asyncio  # noqa: PLC0415

            from tests.engine.process.fake_engine import serve  # noqa: PLC0415

            asyncio.run(serve(home))
    except DataFolderBusy as busy:
        return busy.exit_code
    return 0


def main(role, home):
    if role == "relay":
        from engine.relay import relay  # noqa: PLC0415

        relay(home, program=PROGRAM, patience=patience(), start_seconds=float(os.environ.get("TEST_SECONDS", "30")))
    if role == "keeper":
        from engine.keeper import keep  # noqa: PLC0415

        return keep(home, program=PROGRAM, patience=patience())
    return run_engine(home)


if __name__ == "__main__":
    assert sys.argv[2] == "--home"
    sys.exit(main(sys.argv[1], Home(Path(sys.argv[3]))))
