"""Really imports each Python module in the runner: what cannot be imported cannot work.

Each module gets a process of its own, so that one module's start-up cannot mend or break another's. The importer
reports through a line only it can write (a random word it got as an argument), because a module may print.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
from typing import TYPE_CHECKING, Final

from builders.checks.dependencies import provides
from builders.checks.project import Project, found, import_name, is_test, python_path, write_files
from builders.runner import interpreter_reads
from builders.scratch import scratch_folder
from core.ports import Job, Limits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from core.plan import Finding, Plan
    from core.ports import JobResult, Runner

_SECONDS: Final = 20.0
_AT_ONCE: Final = 2
_IMPORTER: Final = """
import sys
name, word = sys.argv[1:3]
del sys.argv[1:]
answer = {}
try:
    __import__(name)
except BaseException as error:
    import os, traceback
    here = os.getcwd() + os.sep
    ours = lambda file: bool(file) and os.path.abspath(file).startswith(here)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if ours(frame.filename)]
    if isinstance(error, SyntaxError) and ours(error.filename):
        place = (error.filename, error.lineno)
    else:
        place = (frames[-1].filename, frames[-1].lineno) if frames else ("", 0)
    answer = {"type": type(error).__name__, "text": str(error)[:500], "line": place[1] or 0,
              "path": os.path.relpath(place[0], here).replace(os.sep, "/") if place[0] else "",
              "missing": getattr(error, "name", None) or ""}
import json
sys.stdout.write("\\n" + word + json.dumps(answer) + "\\n")
sys.stdout.flush()
import os
os._exit(0)
"""
_WINDOW: Final = (
    "no display",
    "$DISPLAY",
    "could not connect to display",
    "xcb",
    "No available video device",
    "platform plugin",
)


class ImportGate:
    """Imports the modules of a project with the interpreter generated programs run on."""

    def __init__(self, runner: Runner, scratch: Path) -> None:
        self._runner = runner
        self._scratch = scratch.absolute()

    async def check(self, project: Project, plan: Plan, paths: Sequence[str], python: Path) -> list[Finding]:
        """Import the files at `paths`; the whole project is there to be imported from."""
        named = [(path, import_name(path, project.files, project.roots)) for path in paths if path in project.trees]
        wanted = [
            (path, name) for path, name in named if name and not is_test(path) and not path.endswith("__main__.py")
        ]
        if not wanted:
            return []
        async with scratch_folder("gate-", self._scratch) as folder:
            await asyncio.to_thread(write_files, project.files, folder)
            turn = asyncio.Semaphore(_AT_ONCE)
            word = secrets.token_hex(8)

            async def one(path: str, name: str) -> list[Finding]:
                async with turn:
                    job = await asyncio.to_thread(_job, python, folder, name, word, project, plan)
                    result = await self._runner.run(job)
                return _judge(path, name, result, _answer(result.stdout, word), plan)

            try:
                async with asyncio.TaskGroup() as group:
                    tasks = [group.create_task(one(path, name)) for path, name in wanted]
            except ExceptionGroup as failed:  # nobody above knows of groups: without a sandbox all fail alike
                raise failed.exceptions[0] from failed
        seen: dict[tuple[str, int, str], Finding] = {}
        for finding in (finding for task in tasks for finding in task.result()):
            seen.setdefault((finding["path"], finding["line"], finding["problem"].partition(": ")[2]), finding)
        return list(seen.values())


def _job(python: Path, folder: Path, name: str, word: str, project: Project, plan: Plan) -> Job:
    return Job(
        argv=(str(python), "-B", "-c", _IMPORTER, name, word),
        workdir=folder,
        reads=interpreter_reads(python),
        env=child_environment(folder, project.files, plan["entry_point"]),
        limits=Limits(seconds=_SECONDS, cpu_seconds=int(_SECONDS), output_kb=256),
    )


def child_environment(folder: Path, files: Mapping[str, str], entry_point: str) -> dict[str, str]:
    """Return the environment a generated Python program is run with."""
    return {
        "PYTHONPATH": python_path(folder, files, entry_point),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
    }


def _answer(stdout: str, word: str) -> Mapping[str, str | int] | None:
    """Return what the importer reported: empty when the import worked, None when it never came to report."""
    for line in reversed(stdout.splitlines()):
        if line.startswith(word):
            try:
                answer = json.loads(line[len(word) :])
            except ValueError:
                return None
            return answer if isinstance(answer, dict) else None
    return None


def _judge(
    path: str, name: str, result: JobResult, answer: Mapping[str, str | int] | None, plan: Plan
) -> list[Finding]:
    if answer is None:
        return [_never_came_back(path, name, result)]
    if not answer or _environment(answer, plan):
        return []
    kind, text = str(answer["type"]), str(answer["text"])
    at, line = str(answer["path"]) or path, int(answer["line"])
    if any(sign in text for sign in _WINDOW):
        problem, change = f"Importing `{name}` opens a window: {text[:200]}", _GUARD
    elif kind in {"SystemExit", "EOFError"}:
        does = "ends the program" if kind == "SystemExit" else "asks for input"
        problem, change = f"Importing `{name}` {does}: {kind}: {text}", _GUARD
    else:
        problem = f"Importing `{name}` fails: {kind}: {text}"
        change = "Correct the cause at this line so that the module can be imported."
    return [found("import-gate", "blocker", at, line, problem, change)]


_GUARD: Final = (
    'Move the code that runs the program into a function and call it only below `if __name__ == "__main__":`.'
)


def _never_came_back(path: str, name: str, result: JobResult) -> Finding:
    tail = " ".join(result.stderr.split())[-300:]
    if result.ending == "timeout":
        problem = f"Importing `{name}` does not finish: it is still running after {_SECONDS:.0f} s."
    elif any(sign in result.stderr for sign in _WINDOW):
        problem = f"Importing `{name}` opens a window: {tail}"
    else:
        how = f"exit code {result.exit_code}" if result.exit_code is not None else result.ending
        problem = f"Importing `{name}` ends the process: {how}. {tail}".strip()
    return found("import-gate", "blocker", path, 0, problem, _GUARD)


def _environment(answer: Mapping[str, str | int], plan: Plan) -> bool:
    """Whether the failure speaks of this machine and not of the code.

    The interpreter of the checks has neither the program's dependencies nor every optional standard module, and a
    module for another system (winreg) cannot be imported here.
    """
    kind, text = str(answer["type"]), str(answer["text"])
    top = str(answer["missing"]).partition(".")[0]
    if kind == "ModuleNotFoundError":
        standard = top in sys.stdlib_module_names or top.removeprefix("_") in sys.stdlib_module_names
        return standard or (bool(top) and provides(plan["dependencies"], top))
    return kind == "ImportError" and ("cannot open shared object file" in text or "DLL load failed" in text)
