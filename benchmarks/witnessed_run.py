"""One run of the command line that notes what it used, for `benchmarks.zero_latency`.

`python -m benchmarks.witnessed_run NOTES ARGUMENT...` writes JSON: CPU seconds of the imports, moments with the CPU
seconds spent so far by this process and by the children it has waited for, and the largest resident memory.
"""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from pathlib import Path
from typing import Final

STEP_SECONDS: Final = 0.02


class Witness:
    """Looks at the clocks of the process from a thread of its own."""

    def __init__(self) -> None:
        self._moments: list[tuple[float, float, float]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> list[tuple[float, float, float]]:
        self._thread.start()
        return self._moments

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._note()

    def _watch(self) -> None:
        self._note()
        while not self._over.wait(STEP_SECONDS):
            self._note()

    def _note(self) -> None:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        self._moments.append((time.time(), time.process_time(), children.ru_utime + children.ru_stime))


def main() -> int:
    """Import what a run needs, run, write the notes."""
    notes, arguments = Path(sys.argv[1]), sys.argv[2:]
    from engine import bootstrap, driver  # noqa: F401, PLC0415 - their import is what is measured
    from engine.cli import main as run  # noqa: PLC0415

    imports = time.process_time()
    sys.argv = ["multicoder", *arguments]
    code: int | str | None = 0
    with Witness() as moments:
        try:
            code = run()
        except SystemExit as end:
            code = end.code
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    notes.write_text(json.dumps({"imports": imports, "moments": moments, "memory_kb": memory}), encoding="utf-8")
    return int(code or 0)


if __name__ == "__main__":
    raise SystemExit(main())
