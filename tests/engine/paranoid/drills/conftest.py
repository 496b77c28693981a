"""A data folder in which a program was really made, and the audit as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from builders.toolchains.python import FOLDER_VARIABLE, toolchain_folder
from core.paths import Home

ROOT = Path(__file__).resolve().parents[4]
TOOLCHAIN = toolchain_folder(Home(ROOT), os.environ)
"""Read when this module is imported: the tests themselves start from a clean environment."""


def environment(packages: Path, **more: str) -> dict[str, str]:
    """Nothing of the person's own MultiCoder; the program is the one below `packages`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MULTICODER_", "LC_", "LANG"))}
    return {**kept, "PYTHONPATH": str(packages), FOLDER_VARIABLE: str(TOOLCHAIN), "LANG": "en_US.UTF-8", **more}


@dataclass(frozen=True)
class Ended:
    """How an audit ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self):
        """Its objects, one per drill and one at the end."""
        return [json.loads(line) for line in self.out.splitlines()]

    def broken(self, drill):
        """The promises of a drill that were not kept."""
        (row,) = (row for row in self.rows if row.get("drill") == drill)
        return {fact["promise"]: fact["seen"] for fact in row["facts"] if fact["state"] == "broken"}


def start_audit(home: Path, *words: str, packages: Path = ROOT, **environ: str) -> subprocess.Popen:
    command = [sys.executable, "-P", "-m", "engine.cli_audit", "--home", str(home), *words]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=environment(packages, **environ), cwd=packages, text=True, **pipes)


def run_audit(home: Path, *words: str, packages: Path = ROOT, seconds: float = 280, **environ: str) -> Ended:
    process = start_audit(home, *words, packages=packages, **environ)
    out, err = process.communicate(timeout=seconds)
    return Ended(process.returncode, out, err)


@pytest.fixture(scope="session")
def worked_home(tmp_path_factory) -> Home:
    """A data folder in which the demo team has made and delivered a program."""
    folder = tmp_path_factory.mktemp("worked")
    words = ["run", "Count the words of a text file", "--team", "demo", "--target", "source", "--yes"]
    command = [sys.executable, "-P", "-m", "engine.cli", *words, "--out", str(folder / "out")]
    subprocess.run(
        [*command, "--home", str(folder / "home")],
        env=environment(ROOT),
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=True,
    )
    return Home(folder / "home")


@pytest.fixture
def audit():
    """Run the audit as a person would, to its end."""
    return run_audit


@pytest.fixture
def started_audit():
    """Start an audit without waiting for its end; it is gone afterwards."""
    processes = []

    def start(*words, **options):
        processes.append(start_audit(*words, **options))
        return processes[-1]

    yield start
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.communicate()
