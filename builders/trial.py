"""A trial: a delivered file is started because somebody wants to see what it does; nothing is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from builders.starting import LIMITS, look_of, port_of
from core.ports import Trial

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builders.starting import Starter
    from core.plan import Plan

CONSOLE_SECONDS: Final = 20.0
"""A program that waits for input nobody gives is told to have waited this long."""
_SETTLE_SECONDS: Final = 3.0


async def try_out(starter: Starter, plan: Plan, files: Mapping[str, str]) -> Trial:
    """Start the program once, without input, and tell what came of it."""
    try:
        match look_of(plan):
            case "window":
                seen = await starter.window(settle_seconds=_SETTLE_SECONDS)
                return Trial("window", seen.result, LIMITS.seconds, seen.screenshot, seen.title, alive=seen.alive)
            case "server":
                asked = await starter.server(port_of(files))
                return Trial("server", asked.result, LIMITS.seconds, title=asked.title, alive=asked.alive)
            case "pages":
                folder, browser = await starter.pages(), starter.browser
                drawn = await starter.browse(folder, browser) if browser is not None else (None, None)
                return Trial("pages", drawn[0], LIMITS.seconds, drawn[1])
            case _:
                return Trial("console", await starter.console("trial", seconds=CONSOLE_SECONDS), CONSOLE_SECONDS)
    finally:
        await starter.clean()
