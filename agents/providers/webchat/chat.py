"""One message and its answer on the page of a web chat, and the look whether a recipe still fits.

An answer is whole when its text stands still and the page shows that it ended: the stop button that was there is gone,
or what appears below finished answers appeared. Without such a proof it is never handed on.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from agents.providers.webchat.faults import WebChatError

if TYPE_CHECKING:
    from collections.abc import Callable

    from agents.providers.webchat.page import ChatPage, Notice, Sight

LARGEST_ANSWER: Final = 2_000_000
_LOOK_SECONDS: Final = 0.15
_NOTICE_SECONDS: Final = 1.0
_STILL_TIMES: Final = 5
"""So many times `quiet` an answer may stand still without any sign that it ended."""
_LEAST_TYPED: Final = 0.95
"""Share of a message that has to stand in the composer; sites cut what is too long for them."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: until an answer begins, and between two pieces of it."""

    first: float
    gap: float


async def ready(page: ChatPage) -> None:
    """Open the page and wait for the composer; raises what keeps a person from writing."""
    await page.open()
    now = asyncio.get_running_loop().time
    until = now() + page.recipe.limits.page
    before: Notice | bool | None = None
    while now() < until:
        _stays(page)
        seen: Notice | bool = await page.notice("wall", "limit") or await page.count("composer") > 0
        if seen and seen == before:  # seen twice: pages show all kinds of things for a moment while they load
            if seen is True:
                return
            raise _noticed(page, seen)
        before = seen
        await asyncio.sleep(2 * _LOOK_SECONDS)
    raise page.unfit("composer", "nothing on the page matches it")


async def converse(
    page: ChatPage,
    message: str,
    patience: Patience,
    *,
    sending: Callable[[], None],
    on_text: Callable[[str], None] | None,
) -> str:
    """Send one message in a new chat and return the whole answer. `sending` is called just before it goes out."""
    await ready(page)
    if page.recipe.selectors.new_chat:
        await page.click("new_chat")
        await asyncio.sleep(2 * _LOOK_SECONDS)
    before = await page.sight()
    if await page.write(message) < _LEAST_TYPED:
        raise WebChatError("too_long", model=page.model, detail="the page did not take the whole message")
    sending()
    await page.send()
    return await _Answer(page, before, patience, _Stream(on_text)).whole()


async def look_over(page: ChatPage) -> str:
    """Open the page and tell what of the recipe is there; raises as `ready` does. Nothing is sent."""
    await ready(page)
    found, unseen = ["composer"], ["answer"]
    if page.recipe.selectors.new_chat:
        await page.click("new_chat")
        found.append("new_chat")
    if page.recipe.selectors.send:
        await page.write("…")
        await asyncio.sleep(2 * _LOOK_SECONDS)
        if not await page.count("send"):
            raise page.unfit("send", "nothing on the page matches it after something was typed")
        await page.write("")
        found.append("send")
    unseen += [name for name in ("busy", "done") if getattr(page.recipe.selectors, name)]
    places = ", ".join(f"{name} ({page.recipe.place(f'selectors.{name}')})" for name in found)
    return f"found: {places}; only seen while an answer is written: {', '.join(unseen)}"


@dataclass(slots=True)
class _Stream:
    """Hands on what of a growing text will not change any more: the beginning that two states of it have in common.

    The end of a state may be there only until the next one: the fence below code that is still being written.
    """

    on_text: Callable[[str], None] | None
    before: str = ""
    given: str = ""

    def show(self, text: str, *, whole: bool = False) -> None:
        """Take the text as it is now."""
        if text == self.before and not whole:
            return
        settled = text if whole else _common(self.before, text)
        self.before = text
        if self.on_text is not None and len(settled) > len(self.given) and settled.startswith(self.given):
            self.on_text(settled[len(self.given) :])
            self.given = settled


@dataclass(slots=True)
class _Answer:
    """Follows an answer to its end."""

    page: ChatPage
    before: Sight
    patience: Patience
    stream: _Stream
    text: str = ""
    was_busy: bool = False
    changed: float = field(init=False)
    noticed: float = field(init=False)

    def __post_init__(self) -> None:
        self.changed = self.noticed = asyncio.get_running_loop().time()

    async def whole(self) -> str:
        """Wait for the end. Raises WebChatError."""
        now = asyncio.get_running_loop().time
        while True:
            _stays(self.page)
            sight = await self.page.sight()
            self.was_busy = self.was_busy or sight.busy
            self._take(sight, now())
            if self.text and await self._ended(sight, now() - self.changed):
                self.stream.show(self.text, whole=True)
                return self.text
            if not self.text:
                await self._begins(sight, now())
            await asyncio.sleep(_LOOK_SECONDS)

    def _take(self, sight: Sight, now: float) -> None:
        fresh = sight.text if sight.answers > self.before.answers else ""
        if len(fresh) > LARGEST_ANSWER:
            raise WebChatError("malformed", model=self.page.model, detail="the answer does not end")
        if fresh != self.text:
            self.text, self.changed = fresh, now
        self.stream.show(fresh)

    async def _begins(self, sight: Sight, now: float) -> None:
        """Say why an answer does not begin, once it should have."""
        if now - self.noticed >= _NOTICE_SECONDS:
            self.noticed = now
            seen = await self.page.notice("wall", "limit", "failed")
            if seen:
                raise _noticed(self.page, seen)
        waited = now - self.changed
        if self.was_busy and not sight.busy and waited > self._still():
            raise self.page.unfit("answer", "an answer was written, but nothing new on the page matches it")
        if waited > self.patience.first:
            place = self.page.recipe.place("selectors.answer")
            detail = f"no answer within {self.patience.first:.0f} s ({place} selectors.answer)"
            raise WebChatError("transient", model=self.page.model, detail=detail)

    async def _ended(self, sight: Sight, still: float) -> bool:
        """Whether the answer is whole."""
        if still < self.page.recipe.limits.quiet:
            return False
        seen = await self.page.notice("failed", "cut")
        if seen:
            raise _noticed(self.page, seen)
        if self._proved(sight):
            return True
        named = self.page.recipe.selectors
        if not sight.busy and named.busy and still > self._still():
            unproved = "done" if named.done else "busy"
            raise self.page.unfit(unproved, "the answer stands still, but nothing that matches it told of its end")
        if still > self.patience.gap:
            if not named.busy:
                raise self.page.unfit("done", "the answer stands still, but nothing matches it")
            detail = f"no more text after {len(self.text)} characters"
            raise WebChatError("transient", model=self.page.model, detail=detail)
        return False

    def _proved(self, sight: Sight) -> bool:
        if sight.busy:
            return False
        return sight.done > self.before.done if self.page.recipe.selectors.done else self.was_busy

    def _still(self) -> float:
        return _STILL_TIMES * self.page.recipe.limits.quiet


def _common(one: str, other: str) -> str:
    length = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    return one[: min(len(one), len(other)) if length is None else length]


def _stays(page: ChatPage) -> None:
    """Raise when the page wanted to go somewhere else."""
    if not page.refused:
        return
    if page.refused in page.recipe.sign_in_hosts:
        raise _noticed(page, "wall")
    detail = f"the page wanted to go to {page.refused}, which is not in {page.recipe.place('hosts')} hosts"
    raise WebChatError("transient", model=page.model, detail=detail)


def _noticed(page: ChatPage, notice: Notice) -> WebChatError:
    """Say what a notice of the page means."""
    place = f"({page.recipe.place(f'selectors.{notice}')} selectors.{notice})"
    if notice == "wall":
        return WebChatError("bad_key", model=page.model, detail=place)
    if notice == "limit":
        return WebChatError("rate_limited", model=page.model, detail=place)
    if notice == "cut":
        return WebChatError("too_long", model=page.model, detail=f"the answer was cut {place}")
    return WebChatError("transient", model=page.model, detail=f"the page says that the answer failed {place}")


__all__ = ["Patience", "converse", "look_over"]
