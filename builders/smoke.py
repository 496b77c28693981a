"""The last look: the built file itself, never the sources, is started from a fresh folder and watched.

What needs eyes is listed as unchecked instead of being called passed.
"""

from __future__ import annotations

import asyncio
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from builders.picture import is_blank
from builders.starting import look_of, port_of
from builders.web_check import check_pages
from core.i18n import DEFAULT_LOCALE, detect_locale, tr
from core.ports import SmokeReport

if TYPE_CHECKING:
    from pathlib import Path

    from builders.starting import Starter
    from core.plan import AcceptanceExample, ConsoleCheck
    from core.ports import BuildOrder, JobResult, Observation

START_SECONDS: Final = 10.0
"""How long a console program without arguments may run before it counts as waiting for the person."""

_TRACEBACK: Final = re.compile(r"^Traceback \(most recent call last\):|Failed to execute script", re.MULTILINE)
_WANTS_INPUT: Final = re.compile(r"^EOFError\b", re.MULTILINE)
_CRASH_WINDOW: Final = "unhandled exception"
"""PyInstaller shows this title on Windows when a windowed program breaks."""
_TAIL: Final = 1500


@dataclass(slots=True)
class Look:
    """What was seen so far."""

    facts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    acceptance: dict[str, bool] = field(default_factory=dict)
    screenshot: Path | None = None

    def report(self, examples: list[AcceptanceExample]) -> SmokeReport:
        """Sum up; examples that were not run are told to the person."""
        open_ones = [f"{one['when']} → {one['then']}" for one in examples if one["id"] not in self.acceptance]
        return SmokeReport(
            ok=not self.problems,
            facts=tuple(self.facts),
            unchecked=tuple(open_ones),
            failure="\n".join(self.problems),
            screenshot=self.screenshot,
            acceptance=self.acceptance,
        )


class SmokeTest:
    """One look at one built artifact, started by `starter` in the folder `smoke` of its order."""

    def __init__(self, order: BuildOrder, starter: Starter) -> None:
        self._order = order
        self._plan = order.plan
        self._starter = starter
        self._look = Look()
        self._locale = detect_locale(order.packaging["guide"], DEFAULT_LOCALE)  # the guide speaks the person's language

    async def run(self) -> SmokeReport:
        """Start the artifact as its kind asks for and report what was seen."""
        looks = {"pages": self._pages, "window": self._window, "server": self._server, "console": self._console}
        try:
            await looks[look_of(self._plan)]()
        finally:
            await self._starter.clean()
        return self._look.report(self._plan["acceptance"])

    # -------------------------------------------------------------------------------------------- by kind

    async def _window(self) -> None:
        seen = await self._starter.window()
        self._look.problems += window_problems(seen)
        if seen.window:
            width, height = seen.size
            self._note("smoke-window", title=seen.title, width=str(width), height=str(height))
        if seen.alive:
            self._note("smoke-alive")
        await self._keep_picture(seen.screenshot)

    async def _console(self) -> None:
        result = await self._starter.console("plain", seconds=START_SECONDS)
        library = self._plan["kind"] == "library"
        self._look.problems += import_problems(result) if library else start_problems(result)
        if not self._look.problems:
            self._note("smoke-started" if result.ending == "exit" else "smoke-waits", code=str(result.exit_code))
        for example in self._plan["acceptance"]:
            check = example.get("check")
            if check:
                await self._example(example, check)

    async def _example(self, example: AcceptanceExample, check: ConsoleCheck) -> None:
        stdin = check["stdin"].encode("utf-8", "replace")
        problems = check_problems(await self._starter.console("example", args=check["args"], stdin=stdin), check)
        self._look.acceptance[example["id"]] = not problems
        if problems:
            self._look.problems.append(f"Example {example['id']} ({example['when']}): " + " ".join(problems))
        else:
            self._note("smoke-example", when=example["when"], then=example["then"])

    async def _server(self) -> None:
        port = port_of(self._order.files)
        seen = await self._starter.server(port)
        self._look.problems += _traceback_in(seen.result.stderr)
        if seen.port is None:
            self._look.problems.append(f"Nothing answered on port {port}. {_tail(seen.result)}".strip())
        else:
            self._note("smoke-port", port=str(seen.port))

    async def _pages(self) -> None:
        folder = await self._starter.pages()
        pages, problems = await asyncio.to_thread(check_pages, folder)
        for page in pages:
            self._note("smoke-page", name=page.name, elements=page.elements, references=page.references)
        self._look.problems += problems
        browser = self._starter.browser
        if browser and not problems:
            await self._browse(folder, browser)
        elif not browser:
            self._note("smoke-no-browser")

    async def _browse(self, folder: Path, browser: Path) -> None:
        result, picture = await self._starter.browse(folder, browser)
        self._look.problems += [line.strip()[:300] for line in result.stderr.splitlines() if "Uncaught" in line]
        if picture:
            self._note("smoke-drawn")
            await self._keep_picture(picture)
        else:
            self._note("smoke-not-drawn")

    # -------------------------------------------------------------------------------------------- parts

    def _note(self, message: str, **values: str | int) -> None:
        self._look.facts.append(tr(message, self._locale, **values))

    async def _keep_picture(self, picture: Path | None) -> None:
        if not picture:
            return
        self._look.screenshot = picture
        try:
            blank = is_blank(await asyncio.to_thread(picture.read_bytes))
        except ValueError:
            self._note("smoke-picture-unread")
            return
        if blank:
            self._look.problems.append("The picture has a single colour: nothing was drawn.")
        else:
            self._note("smoke-picture")


# ------------------------------------------------------------------------------------------------ judging


def window_problems(seen: Observation) -> list[str]:
    """Say what is wrong with a started window program; empty when it stands."""
    problems = _traceback_in(seen.result.stderr)
    if not seen.window:
        problems.append(f"No window appeared: {_ending(seen.result)}. {_tail(seen.result)}".strip())
    elif _CRASH_WINDOW in seen.title.casefold():
        problems.append(f"The window is an error message: {seen.title}")
    elif not seen.alive:
        problems.append(f"The program ended by itself: {_ending(seen.result)}. {_tail(seen.result)}".strip())
    return problems


def start_problems(result: JobResult) -> list[str]:
    """Say what is wrong with a start without arguments; asking for input or showing usage is fine."""
    if result.ending in {"signal", "output"}:
        return [f"Started without arguments it broke off: {_ending(result)}. {_tail(result)}".strip()]
    if _WANTS_INPUT.search(result.stderr):
        return []  # an interactive program met the end of its empty input
    return _traceback_in(result.stderr)


def import_problems(result: JobResult) -> list[str]:
    """Say why a library cannot be imported; empty when it can."""
    if result.ending == "exit" and result.exit_code == 0:
        return []
    return [f"It cannot be imported: {_ending(result)}. {_tail(result)}".strip()]


def check_problems(result: JobResult, check: ConsoleCheck) -> list[str]:
    """Compare what a console program did with what its example expects."""
    problems = _traceback_in(result.stderr)
    if result.ending != "exit":
        problems.append(f"It did not end by itself: {_ending(result)}.")
    elif result.exit_code != check["exit_code"]:
        problems.append(f"Exit code {result.exit_code} instead of {check['exit_code']}. {_tail(result)}".strip())
    shown = _plain(result.stdout)
    problems += [
        f"The output lacks {text!r}; it was {shown[-300:]!r}."
        for text in check["stdout_contains"]
        if _plain(text) not in shown
    ]
    return problems


def _traceback_in(stderr: str) -> list[str]:
    match = _TRACEBACK.search(stderr)
    return [f"The program reported an error:\n{stderr[match.start() :][-_TAIL:].strip()}"] if match else []


def _plain(text: str) -> str:
    """Make texts comparable: one form of accents, one kind of line end and space."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\u00a0", " ").replace("\u202f", " ")


def _ending(result: JobResult) -> str:
    if result.ending == "exit":
        return f"exit code {result.exit_code} after {result.seconds:.1f} s"
    return {
        "signal": f"killed by a signal after {result.seconds:.1f} s",
        "timeout": f"still running after {result.seconds:.0f} s",
        "output": "stopped because its output never ended",
        "closed": "closed by the smoke test",
    }[result.ending]


def _tail(result: JobResult) -> str:
    return (result.stderr.strip() or result.stdout.strip())[-_TAIL:]
