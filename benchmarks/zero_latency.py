"""What a whole run costs when models answer at once: `python -m benchmarks.zero_latency`.

The demo team makes a program for the target `source` through the real command line. Every interpreter is started with
its byte code compiled before, as an installation has it after its first start.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.paths import Home
from engine.journal import read_journal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TASK: Final = "Make a snake game"

REFERENCES: Final = {
    "python -c pass": "pass",
    "import langgraph.graph": "import langgraph.graph",
    "import langchain_openai": "import langchain_openai",
    "import engine.cli": "import engine.cli",
    "import engine.bootstrap, engine.driver": "import engine.bootstrap, engine.driver",
}

PHASES: Final = {
    "dispatch": "modules",
    "integrate": "checks",
    "paranoid_test": "tests",
    "build": "build",
    "smoke": "build",
}
"""Phase by the node that opens it; other nodes are `graph` (talk, judging, delivery)."""

_OPENING: Final = "opening"


@dataclass(frozen=True)
class Used:
    """CPU seconds, and seconds of the clock."""

    engine: float = 0.0
    children: float = 0.0
    wall: float = 0.0

    def __add__(self, other: Used) -> Used:
        """The sum."""
        return Used(self.engine + other.engine, self.children + other.children, self.wall + other.wall)


def cpu_of(code: str, environ: Mapping[str, str]) -> float:
    """CPU seconds of an interpreter that runs `code` and ends."""
    pid = os.spawnve(os.P_NOWAIT, sys.executable, [sys.executable, "-c", code], dict(environ))
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"{code} ended with status {status}")
    return usage.ru_utime + usage.ru_stime


@dataclass(frozen=True)
class Run:
    """One measured run."""

    seconds: float
    imports: float
    phases: Mapping[str, Used]
    memory_mb: float

    @property
    def total(self) -> Used:
        """Everything, imports included."""
        return sum(self.phases.values(), Used(self.imports))


def demo_run(environ: Mapping[str, str]) -> Run:
    """Make the program once, in a new data folder."""
    with tempfile.TemporaryDirectory(prefix="multicoder-bench-") as folder:
        home, notes = Home(Path(folder, "home")), Path(folder, "notes.json")
        command = [sys.executable, "-m", "benchmarks.witnessed_run", str(notes), "run", TASK, "--team", "demo", "--yes"]
        command += ["--target", "source", "--out", str(Path(folder, "out")), "--home", str(home.root)]
        started = time.monotonic()
        ended = subprocess.run(command, env=dict(environ), capture_output=True, check=False)
        if ended.returncode:
            raise RuntimeError(ended.stderr.decode())
        seconds = time.monotonic() - started
        noted = json.loads(notes.read_text(encoding="utf-8"))
        phases = _split(noted["moments"], _openings(home))
    return Run(seconds, noted["imports"], phases, noted["memory_kb"] / 1024)


def _openings(home: Home) -> list[tuple[float, str]]:
    """When each node began, with its phase; parallel branches belong to the phase that sent them."""
    begun = [row for row in read_journal(home.journal) if row.name == "node.started" and not row.module]
    nodes = [(row.at, str(row.data["node"])) for row in begun]
    return [(at, PHASES.get(node, "graph")) for at, node in nodes if node != "write_tests"]


def _split(moments: list[tuple[float, float, float]], openings: list[tuple[float, str]]) -> dict[str, Used]:
    """Share the CPU between two looks out to the phase that was open then."""
    phases: dict[str, Used] = {}
    for one, other in pairwise(moments):
        at, *_ = other
        phase = next((name for begun, name in reversed(openings) if begun <= at), _OPENING)
        phases[phase] = phases.get(phase, Used()) + Used(other[1] - one[1], other[2] - one[2], other[0] - one[0])
    return phases


def report(runs: Sequence[Run], empty: float, langgraph: float) -> None:
    """Print the run that used the least CPU, with its split: others shared the machine with somebody else."""
    run = min(runs, key=lambda item: item.total.engine)
    total = run.total
    print(f"demo run, target source: peak memory of the engine {run.memory_mb:.0f} MB")
    print(f"  {'imports':10} engine {run.imports:5.2f} s")
    for name, used in run.phases.items():
        print(f"  {name:10} engine {used.engine:5.2f} s  children {used.children:5.2f} s  wall {used.wall:5.1f} s")
    print(f"  {'total':10} engine {total.engine:5.2f} s  children {total.children:5.2f} s  wall {run.seconds:5.1f} s")
    ratio = (total.engine + total.children) / langgraph
    print(f"  engine = {total.engine / langgraph:.1f} x import langgraph = {total.engine / empty:.0f} x python -c pass")
    print(f"  engine and children = {ratio:.1f} x import langgraph")


def main() -> int:
    """Measure the references, then the run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="multicoder-bench-") as cache:
        environ = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        references = {}
        for name, code in REFERENCES.items():
            cpu_of(code, environ)
            references[name] = statistics.median(cpu_of(code, environ) for _ in range(options.repeat))
            print(f"{name:40} {references[name]:5.2f} s CPU", flush=True)
        runs = [demo_run(environ) for _ in range(options.repeat)]
    report(runs, references["python -c pass"], references["import langgraph.graph"])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
