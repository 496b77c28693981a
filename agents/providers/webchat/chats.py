"""The web chats of a data folder: their windows, opened when one is used, one page each, and models that speak there.

A profile belongs to one browser at a time, so all gateways of a process share these, and a lock in the profile's folder
keeps other processes out.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import threading
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from agents.providers.chat_model import Completion, Timeouts
from agents.providers.errors_map import shorten
from agents.providers.webchat.faults import UnfitError, WebChatError, useless
from agents.providers.webchat.installed import installed
from agents.providers.webchat.pace import Pace
from agents.providers.webchat.recipe import PRESET, load
from core.errors import ConfigurationError, ProviderError
from core.locks import give, open_lock, take

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from pathlib import Path

    from agents.providers.registry import Provider
    from agents.providers.webchat.browser import Window
    from agents.providers.webchat.installed import Start
    from agents.providers.webchat.page import ChatPage
    from agents.providers.webchat.recipe import Recipe
    from core.paths import Home

FOLDER: Final = "web-chats"
"""In the data folder: one folder per provider, with the profile of its browser."""
IDLE_SECONDS: Final = 120.0
"""How long a window stays open that nobody writes in."""
CHARS_PER_TOKEN: Final = 3.2
"""A page counts none; the caps of a run count on."""
_LOCK_SECONDS: Final = 5.0
_UNFIT_SECONDS: Final = 300.0
"""How long a recipe that does not fit is not tried again, unless it was changed."""
_PRIVATE: Final = 0o700


@dataclass(slots=True)
class _Site:
    """One provider: who uses it, and its window while there is one."""

    folder: Path
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: set[object] = field(default_factory=set)
    window: Window | None = None
    lock: int | None = None
    idle: asyncio.Task[None] | None = None
    unfit: tuple[Recipe, float, UnfitError] | None = None

    @property
    def profile(self) -> Path:
        return self.folder / "profile"


@dataclass(frozen=True, slots=True)
class Turn:
    """The page of a provider, for one message or one look."""

    page: ChatPage
    pace: Pace


class WebChats:
    """Opens the windows and closes them."""

    def __init__(self, home: Path, start: Start | None = None) -> None:
        self._home, self._start = home, start
        self._sites: dict[str, _Site] = {}

    def recipe(self, provider: Provider) -> Recipe:
        """Read the recipe of a row. Blocks; raises ConfigurationError."""
        return load(provider.preset.removeprefix(PRESET), self._home)

    async def models(self, provider: Provider) -> tuple[str, ...]:
        """Return the one model of a row, none when there is no recipe that can be used."""
        try:
            return ((await asyncio.to_thread(self.recipe, provider)).model,)
        except ConfigurationError:
            return ()  # the first message will tell what is wrong

    def model(self, provider: Provider, model: str, timeouts: Timeouts) -> WebChatModel:
        """Return a model that speaks on the page of `provider`; to be closed."""
        made = WebChatModel(self, provider, model, timeouts)
        self._site(provider).users.add(made)
        return made

    async def look(self, provider: Provider) -> str:
        """Open the page and tell what of the recipe is there. Raises ProviderError; sends nothing."""
        site, user = self._site(provider), object()
        site.users.add(user)
        site.unfit = None  # a person asked: perhaps the site is as it was again
        try:
            async with _border(provider.id), self.turn(provider, provider.id) as turn:
                return str(await _heavy("chat").look_over(turn.page))
        finally:
            await self.leave(provider, user)

    async def sign_in(self, provider: Provider) -> None:
        """Open an ordinary window at the site and wait until the person closed it. Raises ProviderError."""
        site = self._site(provider)
        async with _border(provider.id), site.turn:
            recipe = await asyncio.to_thread(self.recipe, provider)
            start = self._start or installed()
            await self._shut(site)
            await self._own(site, provider.id)
            try:
                await (await _loaded()).sign_in(site.profile, start, recipe.address)
            finally:
                await self._shut(site)

    async def forget(self, provider: Provider) -> None:
        """Remove the profile of a row, so that nobody is signed in there any more. Raises ProviderError."""
        site = self._site(provider)
        async with _border(provider.id), site.turn:
            await self._shut(site)
            if await asyncio.to_thread(site.folder.exists):
                await self._own(site, provider.id)
                await self._shut(site)  # Windows removes nothing that is open
                await asyncio.to_thread(shutil.rmtree, site.folder)

    async def leave(self, provider: Provider, user: object) -> None:
        """Forget a user; the last one closes the window."""
        site = self._site(provider)
        site.users.discard(user)
        if not site.users:
            async with site.turn:
                await self._shut(site)

    @asynccontextmanager
    async def turn(self, provider: Provider, model: str) -> AsyncIterator[Turn]:
        """Have the page alone for this block. When it does not end well, what goes on in the page is ended."""
        site = self._site(provider)
        async with site.turn:
            _stop(site)
            recipe = await asyncio.to_thread(self.recipe, provider)
            self._refuse_unfit(site, recipe)
            start = self._start or installed()
            await self._own(site, model)
            try:
                pace = await asyncio.to_thread(Pace, site.folder / "pace.json", recipe.limits)
                window = await self._opened(site, start)
                yield Turn(_heavy("page").ChatPage(window, recipe, model), pace)
            except BaseException as error:  # a cancel too: the page must be left before the next turn
                if isinstance(error, UnfitError):
                    site.unfit = (recipe, time.monotonic() + _UNFIT_SECONDS, error)
                if isinstance(error, ProviderError) and error.fault == "bad_key":
                    await self._shut(site)  # the person is to sign in, and needs the profile for that
                elif site.window is not None and site.window.usable:
                    await site.window.leave()
                raise
            finally:
                site.idle = asyncio.create_task(self._rest(site)) if site.lock is not None else None

    # ------------------------------------------------------------------------------------------ windows

    def _site(self, provider: Provider) -> _Site:
        if provider.id not in self._sites:
            self._sites[provider.id] = _Site(self._home / FOLDER / provider.id)
        return self._sites[provider.id]

    def _refuse_unfit(self, site: _Site, recipe: Recipe) -> None:
        if site.unfit is not None:
            tried, until, error = site.unfit
            if tried == recipe and time.monotonic() < until:
                raise error
            site.unfit = None

    async def _own(self, site: _Site, model: str) -> None:
        """Keep others out of the profile as long as it is used here."""
        if site.lock is not None:
            return
        await asyncio.to_thread(site.profile.mkdir, _PRIVATE, parents=True, exist_ok=True)
        descriptor = await asyncio.to_thread(open_lock, site.folder / "lock")
        until = time.monotonic() + _LOCK_SECONDS
        while site.lock is None:
            try:
                take(descriptor)
                site.lock = descriptor
            except OSError:
                if time.monotonic() > until:
                    os.close(descriptor)
                    raise WebChatError("transient", model=model, detail="another MultiCoder uses it") from None
                await asyncio.sleep(0.1)

    async def _opened(self, site: _Site, start: Start) -> Window:
        """Return the window, opened anew when there is none or it was closed."""
        if site.window is None or not site.window.usable:
            await self._close_window(site)
            heavy = await _loaded()
            site.window = await heavy.Window.opened(site.profile, start)
        return site.window

    async def _rest(self, site: _Site) -> None:
        await asyncio.sleep(IDLE_SECONDS)
        async with site.turn:
            site.idle = None
            await self._shut(site)

    async def _shut(self, site: _Site) -> None:
        """Close the window and give the profile back."""
        _stop(site)
        await self._close_window(site)
        if site.lock is not None:
            give(site.lock)
            os.close(site.lock)
            site.lock = None

    async def _close_window(self, site: _Site) -> None:
        window, site.window = site.window, None
        if window is not None:
            with suppress(Exception):
                await window.close()


class WebChatModel:
    """A model that is spoken to on a page; the same manners as `ChatModel`."""

    def __init__(self, chats: WebChats, provider: Provider, model: str, timeouts: Timeouts) -> None:
        self.id = f"{provider.id}:{model}"
        self._chats, self._provider, self._model, self._timeouts = chats, provider, model, timeouts

    async def complete(
        self,
        messages: Sequence[tuple[str, str]],
        parameters: Mapping[str, Any],  # noqa: ARG002 - a page has none
        *,
        usage: bool = True,  # noqa: ARG002 - as above
        first_within: float | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> Completion:
        """Ask in a new chat. Raises ProviderError; cancelling ends the answer on the page at once."""
        message = one_message(messages)
        async with (
            _border(self.id),
            asyncio.timeout(self._timeouts.total),
            self._chats.turn(self._provider, self.id) as turn,
        ):
            await self._walk(turn, first_within)
            limits = turn.page.recipe.limits
            first = limits.first_text if first_within is None else min(limits.first_text, first_within)
            chat = _heavy("chat")
            patience = chat.Patience(first, self._timeouts.gap)
            try:
                text = await chat.converse(turn.page, message, patience, sending=turn.pace.sent, on_text=on_text)
            except WebChatError as error:
                if error.fault == "rate_limited":
                    error.retry_after = turn.pace.limited()
                raise
        return Completion(text, self._model, *(int(len(each) / CHARS_PER_TOKEN) + 1 for each in (message, text)))

    async def aclose(self) -> None:
        """Close the window when nobody else uses it."""
        await self._chats.leave(self._provider, self)

    async def _walk(self, turn: Turn, within: float | None) -> None:
        """Wait as long as a person would between two messages; too long a wait is another model's turn."""
        wait = turn.pace.wait()
        patient = self._timeouts.gap if within is None else min(self._timeouts.gap, within)
        if wait > patient:
            detail = f"the next message may go out in {wait:.0f} s"
            raise WebChatError("rate_limited", model=self.id, detail=detail, retry_after=wait)
        await asyncio.sleep(wait)


def one_message(messages: Sequence[tuple[str, str]]) -> str:
    """Put a prompt into one text; a mark nobody can guess tells which part is whose."""
    if len(messages) == 1:
        return messages[0][1]
    mark = secrets.token_hex(4)
    return "\n\n".join(f"=== {author} {mark} ===\n{text}" for author, text in messages)


@asynccontextmanager
async def _border(model: str) -> AsyncIterator[None]:
    """Let nothing through but ProviderError, whatever the browser and its driver raise."""
    try:
        yield
    except ProviderError:
        raise
    except ConfigurationError as error:
        raise useless(error, model) from None
    except TimeoutError:
        raise WebChatError("transient", model=model, detail="no whole answer in time") from None
    except Exception as error:  # noqa: BLE001 - the border to the browser and its driver: every failure becomes a fault
        detail = shorten(f"{type(error).__name__}: {error}".partition("\n")[0])
        raise WebChatError("transient", model=model, detail=detail) from None


def _stop(site: _Site) -> None:
    """Let the window stay open."""
    if site.idle is not None and site.idle is not asyncio.current_task():
        site.idle.cancel()
    site.idle = None


def _heavy(name: str) -> Any:
    return import_module(f"agents.providers.webchat.{name}")


async def _loaded() -> Any:
    """Import what is built on Playwright, in a thread."""
    for name in ("page", "chat"):
        await asyncio.to_thread(_heavy, name)
    return await asyncio.to_thread(_heavy, "browser")


_known: dict[Path, WebChats] = {}
_knowing: Final = threading.Lock()


def web_chats_of(home: Home) -> WebChats:
    """The web chats of a data folder: one for all gateways of this process."""
    with _knowing:
        return _known.setdefault(home.root, WebChats(home.root))


__all__ = ["Turn", "WebChatModel", "WebChats", "one_message", "web_chats_of"]
