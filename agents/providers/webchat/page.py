"""One page of a web chat as its recipe describes it: what is on it, and writing a message into it.

Whatever the page says is data. A notice counts only outside of answers and of the message that was sent, or a model
could write itself a limit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

from playwright.async_api import Error
from playwright.async_api import TimeoutError as NotInTime

from agents.providers.webchat.faults import UnfitError, unfit
from agents.providers.webchat.recipe import Selectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Locator

    from agents.providers.webchat.browser import Window
    from agents.providers.webchat.recipe import Recipe

Notice = Literal["wall", "limit", "failed", "cut"]

OPEN_SECONDS: Final = 30.0
_WRITE_SECONDS: Final = 60.0
_OUTSIDE: Final = """(found, [answer, sent]) => found.filter(each =>
    each.checkVisibility() && !each.closest(answer) && !each.querySelector(answer)
    && !found.some(inner => inner !== each && each.contains(inner))
    && !(each.innerText && each.innerText.trim() && sent.includes(each.innerText.trim()))
).length"""
"""How many notices there are. Only the innermost count: what stands round the message holds its words, too."""
_TYPED: Final = "field => (field.value === undefined ? field.innerText : field.value).replace(/\\s/g, '').length"


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen of an answer at one moment."""

    answers: int
    text: str
    """The newest answer as Markdown, empty when there is none."""
    busy: bool
    done: int


class ChatPage:
    """The page, used by the names of the recipe's selectors."""

    def __init__(self, window: Window, recipe: Recipe, model: str) -> None:
        self._window, self._page, self.recipe, self.model = window, window.page, recipe, model
        self._sent = ""

    @property
    def refused(self) -> str:
        """The other site it wanted to go to since it was opened."""
        return self._window.refused

    async def open(self) -> None:
        """Go to the address of the recipe."""
        self._window.hosts, self._window.refused = self.recipe.hosts, ""
        try:
            await self._page.goto(self.recipe.address, wait_until="domcontentloaded", timeout=OPEN_SECONDS * 1000)
        except Error:
            if not self.refused:  # else whoever looks at the page will tell
                raise
        await self._parse()

    async def count(self, name: str) -> int:
        """Count what is there and visible; 0 for what the recipe does not name."""
        return await self._found(name).count() if self._named(name) else 0

    async def notice(self, *names: Notice) -> Notice | None:
        """Return the first of these notices that is there."""
        told = [self.recipe.selectors.answer, self._sent]
        for name in names:
            if self._named(name) and await self._page.locator(self._named(name)).evaluate_all(_OUTSIDE, told):
                return name
        return None

    async def sight(self) -> Sight:
        """Look at the newest answer."""
        texts: Sequence[str] = await self._page.locator(self._named("answer")).evaluate_all(_last_as_markdown())
        return Sight(int(texts[0]), texts[1], bool(await self.count("busy")), await self._done())

    async def click(self, name: str) -> None:
        """Click what a selector means."""
        try:
            await self._found(name).first.click(timeout=self.recipe.limits.page * 1000)
        except NotInTime:
            raise self.unfit(name, "nothing that can be clicked matches it") from None

    async def write(self, message: str) -> float:
        """Put a message into the composer; return how much of it stands there, 1 = all."""
        field = self._found("composer").first
        await field.fill(message, timeout=_WRITE_SECONDS * 1000)
        self._sent = message
        return int(await field.evaluate(_TYPED)) / max(1, len("".join(message.split())))

    async def send(self) -> None:
        """Send what was written."""
        if self._named("send"):
            await self.click("send")
        else:
            await self._found("composer").first.press("Enter", timeout=self.recipe.limits.page * 1000)

    def unfit(self, name: str, detail: str) -> UnfitError:
        """Say which line of the recipe does not fit."""
        return unfit(self.recipe, name, detail, model=self.model)

    async def _done(self) -> int:
        """Count also what only shows under the pointer."""
        return await self._page.locator(self._named("done")).count() if self._named("done") else 0

    def _named(self, name: str) -> str:
        return str(getattr(self.recipe.selectors, name))

    def _found(self, name: str) -> Locator:
        return self._page.locator(self._named(name)).filter(visible=True)

    async def _parse(self) -> None:
        """Let the browser read each selector once; what it cannot read is told with its line."""
        for name in (item.name for item in fields(Selectors)):
            try:
                await self.count(name)
                if name == "answer":
                    await self._page.evaluate("css => document.querySelector(css)", self._named(name))
            except Error as error:
                if self._window.usable and "selector" in error.message:
                    raise self.unfit(name, f"the browser cannot read it: {error.message.splitlines()[0]}") from None
                raise


@cache
def _last_as_markdown() -> str:
    script = (files("agents.providers.webchat") / "markdown.js").read_text(encoding="utf-8")
    return f"all => [String(all.length), all.length ? ({script})(all[all.length - 1]) : '']"


__all__ = ["ChatPage", "Notice", "Sight"]
