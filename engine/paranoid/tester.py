"""The ParanoidTester: looks at everything that must be true, again and again, and tells what is not.

It only reads. What it may do about a finding is to journal it, to publish the score, and in strict mode to have the
task concerned paused until a person decided.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.events import Event, EventSink, Json
from core.i18n import DEFAULT_LOCALE, Words
from core.logs import close_own_log, open_own_log
from engine.paranoid.finding import Finding
from graph.guard import PAUSE_REASON

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from core.guard import PauseCall
    from engine.paranoid.finding import Invariant, Severity

LOG_NAME: Final = "multicoder-paranoid.log"
INTERVAL_SECONDS: Final = 60.0
LONGEST_SECONDS: Final = 30.0
"""An invariant that takes longer is no part of this pass, and that is a finding; a later pass has what it found."""
_COSTS: Final[dict[Severity, int]] = {"critical": 40, "warning": 10, "note": 1}
_LOGGER: Final = "paranoid"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one inspection came to."""

    score: int
    """100 = nothing found; each critical finding takes 40, a warning 10, a note 1."""
    findings: tuple[Finding, ...] = ()
    at: float = 0.0
    seconds: float = 0.0

    def as_dict(self, locale: str) -> dict[str, Json]:
        """Return the verdict as one JSON object, its texts in `locale`."""
        return {
            "score": self.score,
            "at": self.at,
            "seconds": round(self.seconds, 3),
            "findings": [_told(finding, locale) for finding in self.findings],
        }


class ParanoidTester:
    """Inspects on demand and, unless it is `off`, all the time."""

    def __init__(
        self,
        sink: EventSink,
        invariants: Sequence[Invariant],
        *,
        mode: str,
        pause: PauseCall | None = None,
        log: Path,
        clock: Callable[[], float] = time.time,
        interval: float = INTERVAL_SECONDS,
        longest: float = LONGEST_SECONDS,
    ) -> None:
        self._sink = sink
        self._invariants = list(invariants)
        self._mode = mode
        self._pause = pause
        self._clock = clock
        self._interval = interval
        self._longest = longest
        self._log = open_own_log(log, _LOGGER)
        self._turn = asyncio.Lock()
        self._last: Verdict | None = None
        self._open: dict[tuple[str, str], Finding] = {}
        self._looks: dict[str, asyncio.Task[list[Finding] | None]] = {}
        self._found: dict[str, list[Finding]] = {}
        self._loop: asyncio.Task[None] | None = None

    @property
    def mode(self) -> str:
        """`off`, `watch` or `strict`."""
        return self._mode

    @property
    def last(self) -> Verdict | None:
        """What the newest inspection came to; None before the first."""
        return self._last

    async def inspect(self) -> Verdict:
        """Look at everything now, and tell what is new."""
        async with self._turn:
            begun = time.monotonic()
            found = [finding for invariant in self._invariants for finding in await self._look(invariant)]
            findings = tuple({(finding.check, finding.subject): finding for finding in found}.values())
            score = max(0, 100 - sum(_COSTS[finding.severity] for finding in findings))
            verdict = Verdict(score, findings, self._clock(), time.monotonic() - begun)
            await self._tell(verdict)
            return verdict

    async def start(self) -> None:
        """Begin to look all the time, unless it is off."""
        if self._mode != "off" and self._loop is None:
            self._loop = asyncio.create_task(self._watch(), name="paranoid")

    async def stop(self) -> None:
        """End it; the log is closed."""
        await self._rest()
        for look in self._looks.values():
            look.cancel()
        await asyncio.gather(*self._looks.values(), return_exceptions=True)
        close_own_log(self._log)

    async def set_mode(self, mode: str) -> None:
        """Change what it may do; `off` ends the looking, anything else begins it."""
        if mode != self._mode:
            self._sink.emit(Event("AUDIT", "paranoid.mode_changed", data={"before": self._mode, "mode": mode}))
        self._mode = mode
        await (self._rest() if mode == "off" else self.start())

    async def _rest(self) -> None:
        loop, self._loop = self._loop, None
        if loop is not None:
            loop.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await loop

    async def _watch(self) -> None:
        while True:
            await self._safely(self.inspect(), "inspection")
            await asyncio.sleep(self._interval)

    async def _look(self, invariant: Invariant) -> list[Finding]:
        """What an invariant finds; what it found before stands while it cannot tell.

        A look that takes long goes on, and no second one is begun beside it: threads of a disk that hangs pile up.
        """
        name = invariant.check
        look = self._looks.get(name) or asyncio.create_task(self._safely(invariant.find(), name), name=name)
        self._looks[name] = look
        await asyncio.wait({look}, timeout=self._longest)
        if not look.done():
            self._log.warning("%s takes longer than %.0f s", name, self._longest)
        elif (found := self._looks.pop(name).result()) is not None:
            self._found[name] = found
            return found
        blind = Finding(
            "blind", "warning", Words("finding-blind", {"check": name}), name, Words("finding-blind.action")
        )
        return [*self._found.get(name, ()), blind]

    async def _safely(self, work: Awaitable[Any], name: str) -> Any:
        """The result of `work`, None when it failed: whatever is looked at may be broken, the looking goes on."""
        try:
            return await work
        except Exception:  # noqa: BLE001 - the border: what breaks an inspection is logged and becomes a finding
            self._log.exception("%s failed", name)
            return None

    async def _tell(self, verdict: Verdict) -> None:
        before, now = self._open, {(finding.check, finding.subject): finding for finding in verdict.findings}
        self._open, self._last = now, verdict
        opened = [finding for key, finding in now.items() if key not in before]
        for finding in opened:
            self._journal("finding.opened", finding)
        for key, finding in before.items():
            if key not in now:
                self._journal("finding.closed", finding)
        self._log.info("score %d, %d findings, %.2f s", verdict.score, len(verdict.findings), verdict.seconds)
        for finding in opened:
            if finding.severity == "critical" and self._mode == "strict":
                await self._halt(finding)

    def _journal(self, name: str, finding: Finding) -> None:
        told = _told(finding, DEFAULT_LOCALE)
        critical = finding.severity == "critical" and name == "finding.opened"
        run = str(finding.facts.get("run", ""))
        data = {**told, "risk": "high"} if critical else told
        self._sink.emit(Event("SECURITY" if critical else "AUDIT", name, run=run, data=data))
        self._log.log(30 if critical else 20, "%s %s %s: %s", name, finding.check, finding.subject, told["what"])

    async def _halt(self, finding: Finding) -> None:
        """Have the run or task concerned paused; a finding about nothing that runs pauses nothing."""
        concerned = str(finding.facts.get("run") or (finding.subject if finding.check.startswith("task-") else ""))
        if self._pause is not None and concerned:
            await self._safely(self._pause(concerned, PAUSE_REASON, finding.what.text(DEFAULT_LOCALE)), "pause")


def _told(finding: Finding, locale: str) -> dict[str, Json]:
    return {
        "check": finding.check,
        "severity": finding.severity,
        "subject": finding.subject,
        "what": finding.what.text(locale),
        "action": finding.action.text(locale) if finding.action else "",
        "facts": dict(finding.facts),
    }
