"""The window of one web chat: a browser with a profile of its own, in which one page stays at one site.

Loaded with Playwright, so only when a web chat is used. The browser is reached through a pipe, never through a port.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Error, async_playwright

from agents.providers.webchat.installed import browser_environment
from agents.providers.webchat.recipe import host_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import BrowserContext, Page, Playwright

    from agents.providers.webchat.installed import Start

START_SECONDS: Final = 45.0
_SWITCHES: Final = ("--block-new-web-contents", "--disable-background-mode", "--hide-crash-restore-bubble")
_NOT_WANTED: Final = ("--password-store=basic", "--use-mock-keychain")
"""Of Playwright's own: the cookies of a signed-in person are kept as the system keeps secrets."""
_DOCUMENTS: Final = {"patterns": [{"urlPattern": "*", "resourceType": "Document", "requestStage": "Request"}]}


class Window:
    """A running browser with its page. It never lets the page go to another site."""

    def __init__(self, playwright: Playwright, context: BrowserContext, page: Page) -> None:
        self._playwright, self._context, self.page = playwright, context, page
        self.hosts: tuple[str, ...] = ()
        """Where the page may go."""
        self._open = True
        self._answers: set[asyncio.Task[None]] = set()
        self.refused = ""
        """The other site the page last wanted to go to."""
        context.on("close", lambda _: self._ended())
        page.on("close", lambda _: self._ended())
        page.on("crash", lambda _: self._ended())

    @classmethod
    async def opened(cls, profile: Path, start: Start) -> Window:
        """Start the browser. Raises OSError and TimeoutError."""
        playwright = await async_playwright().start()
        try:
            async with asyncio.timeout(START_SECONDS):
                context = await playwright.chromium.launch_persistent_context(
                    profile,
                    executable_path=start.executable,
                    headless=not start.visible,
                    chromium_sandbox=start.sandboxed,
                    accept_downloads=False,
                    no_viewport=True,
                    args=list(_SWITCHES),
                    ignore_default_args=list(_NOT_WANTED),
                    env=dict(browser_environment()),
                )
                page = context.pages[0] if context.pages else await context.new_page()
                window = cls(playwright, context, page)
                await window._stay_at_home()
        except BaseException as error:  # whatever it was, a cancel too: no driver may be left running
            await playwright.stop()
            if isinstance(error, Error):
                raise OSError(_said_by_the_browser(error.message)) from None
            raise
        return window

    @property
    def usable(self) -> bool:
        """Whether it is still there; a person may have closed it, or it crashed."""
        return self._open

    async def leave(self) -> None:
        """Go to an empty page: whatever the site was doing here ends."""
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(2):
                await self.page.goto("about:blank")

    async def close(self) -> None:
        """End browser and driver."""
        self._open = False
        try:
            with suppress(Error, TimeoutError):
                async with asyncio.timeout(10):
                    await self._context.close()
        finally:
            await self._playwright.stop()

    def _ended(self) -> None:
        self._open = False

    async def _stay_at_home(self) -> None:
        """Refuse every way of the page itself to another host; what it loads inside is not looked at."""
        protocol = await self._context.new_cdp_session(self.page)
        tree = await protocol.send("Page.getFrameTree")
        own = tree["frameTree"]["frame"]["id"]

        async def decide(asked: dict[str, Any]) -> None:
            request = {"requestId": asked["requestId"]}
            host = host_of(asked["request"]["url"])
            with suppress(Error):  # the page may be gone by now
                if asked["frameId"] == own and host not in self.hosts:
                    self.refused = host
                    await protocol.send("Fetch.failRequest", {**request, "errorReason": "Aborted"})
                else:
                    await protocol.send("Fetch.continueRequest", request)

        def paused(asked: dict[str, Any]) -> None:
            task = asyncio.get_running_loop().create_task(decide(asked))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

        protocol.on("Fetch.requestPaused", paused)
        await protocol.send("Fetch.enable", _DOCUMENTS)


def _said_by_the_browser(message: str) -> str:
    """Return why a browser did not start, in its own words where it had any: the library's say only that it ended."""
    said = re.findall(r"\[err\] (.+)", message) or message.splitlines()[:1]
    loud = [line for line in said if re.search("ERROR:|FATAL:", line)]
    return "the browser did not start: " + re.sub(r"^\[[^\]]*\] *", "", (loud or said)[-1])


async def sign_in(profile: Path, start: Start, address: str) -> None:
    """Open the address in an ordinary window of this profile, and wait until the person has closed it.

    Nothing is attached to that browser: nobody looks on while a password is typed.
    """
    words = [f"--user-data-dir={profile}", "--no-first-run", "--no-default-browser-check", "--disable-background-mode"]
    if not start.sandboxed:
        words.append("--no-sandbox")
    if not start.visible:
        words.append("--headless=new")
    nowhere = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        start.executable, *words, address, stdin=nowhere, stdout=nowhere, stderr=nowhere, env=browser_environment()
    )
    try:
        await process.wait()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        raise


__all__ = ["Error", "Window", "sign_in"]
