"""The antivirus of this computer, where there is one: a foreign file is shown to it before anything of it is kept.

It only looks: nothing is removed or sent anywhere by our asking. That there is none, or that it failed, is an answer
that a person is told; it is never taken for "clean".
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from builders.runner.tools import run_tool
from core.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.ports import JobResult

Verdict = Literal["clean", "infected", "failed", "absent"]

SECONDS: Final = 180.0
_DETAIL: Final = 200
_OUTPUT_KB: Final = 64
_FOUND: Final = re.compile(r": (?P<what>\S[^\r\n]{0,200}) FOUND\s*$", re.MULTILINE)
_THREAT: Final = re.compile(r"^Threat\s*:\s*(?P<what>\S[^\r\n]{0,200})", re.MULTILINE)
_CLEAN_CODE: Final = 0


@dataclass(frozen=True, slots=True)
class AntivirusReport:
    """What an antivirus said of a file."""

    verdict: Verdict
    name: str = ""
    """Of the antivirus."""
    detail: str = ""
    """What it found, or why it could not look."""


@dataclass(frozen=True, slots=True)
class Antivirus:
    """A program that looks through files; `argv` is followed by the file."""

    name: str
    argv: tuple[str, ...]
    infected_code: int
    names_what: re.Pattern[str]
    """Finds what was found in its output; its exit code alone can also mean that it failed."""

    async def look(self, path: Path, *, seconds: float = SECONDS) -> AntivirusReport:
        """Let it look through a file, archives inside too."""
        try:
            done = await run_tool((*self.argv, str(path)), cwd=path.parent, seconds=seconds, output_kb=_OUTPUT_KB)
        except ConfigurationError as error:
            return AntivirusReport("failed", self.name, str(error.facts.get("detail", ""))[:_DETAIL])
        found = self.names_what.search(done.stdout)
        if done.exit_code == self.infected_code and found:
            return AntivirusReport("infected", self.name, found["what"][:_DETAIL])
        if done.ok and done.exit_code == _CLEAN_CODE:
            return AntivirusReport("clean", self.name)
        return AntivirusReport("failed", self.name, _why(done))


def find_antiviruses(environ: Mapping[str, str] | None = None) -> tuple[Antivirus, ...]:
    """Return what this computer has, the best first: the one behind it is asked where one fails."""
    given = os.environ if environ is None else environ
    if sys.platform == "win32":
        # Written against its documented command line; not yet proven on a Windows machine.
        return tuple(
            Antivirus("Microsoft Defender", (str(program), *_DEFENDER), 2, _THREAT)
            for program in _defenders(given)
            if program.is_file()
        )[:1]
    else:  # noqa: RET505 - the type checker reads one branch per platform
        path = given.get("PATH", os.defpath)
        return tuple(
            Antivirus("ClamAV", (program, *options), 1, _FOUND)
            for name, options in _CLAMS
            if (program := shutil.which(name, path=path)) is not None
        )


async def look_through(path: Path, antiviruses: Sequence[Antivirus], *, seconds: float = SECONDS) -> AntivirusReport:
    """Let the first antivirus that can look through a file do it."""
    report = AntivirusReport("absent")
    for antivirus in antiviruses:
        report = await antivirus.look(path, seconds=seconds)
        if report.verdict != "failed":
            break
    return report


_DEFENDER: Final = ("-Scan", "-ScanType", "3", "-DisableRemediation", "-File")
_CLAMS: Final = (
    ("clamdscan", ("--fdpass", "--no-summary", "--infected")),
    ("clamscan", ("--no-summary", "--infected", "--max-filesize=200M", "--max-scansize=400M")),
)
"""The daemon answers at once; without it the program reads all signatures first."""


def _defenders(environ: Mapping[str, str]) -> list[Path]:
    """Where Defender's program lies: the newest platform before the one that Windows came with."""
    data = Path(environ.get("PROGRAMDATA", r"C:\ProgramData"), "Microsoft", "Windows Defender", "Platform")
    files = Path(environ.get("PROGRAMFILES", r"C:\Program Files"), "Windows Defender", "MpCmdRun.exe")
    return [*sorted(data.glob("*/MpCmdRun.exe"), reverse=True), files]


def _why(done: JobResult) -> str:
    if done.ending != "exit":
        return done.ending
    said = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return (said[0] if said else f"exit code {done.exit_code}")[:_DETAIL]
