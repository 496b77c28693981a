"""Signing in at OpenRouter in the person's browser, which gives a key without anybody typing one (OAuth with PKCE).

The browser comes back to a place on this machine that only the maker was told of. What it brings is worth nothing
without the verifier, which never leaves this process.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import secrets
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from agents.providers.authorising import client_options, plain_headers
from agents.providers.errors_map import NO_CLIENT, from_response, translate, unreachable
from agents.providers.secret import Secret
from core.errors import InputError, ProviderError
from core.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from agents.providers.registry import Provider

    _Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

PAGE: Final = "https://openrouter.ai/auth"
SECONDS: Final = 600.0
"""How long a person may take."""
_USUAL_PORT: Final = 3000
"""The one its documentation names; another is taken when it is in use."""
_BOTH: Final = ("127.0.0.1", "::1")
_EXCHANGE: Final = "/auth/keys"
_LARGEST: Final = 16_384
_HTTP_ERROR: Final = 400
_EXCHANGE_SECONDS: Final = 20.0


class SignIn:
    """One sign-in, from the address a browser is sent to until the key; made by `begin`, ended by `close`."""

    def __init__(self, provider: Provider, locale: str) -> None:
        self._provider, self._locale = provider, locale
        self._verifier = secrets.token_urlsafe(48)
        self._place = f"/{secrets.token_urlsafe(24)}"
        self._code: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._server: asyncio.Server | None = None
        self.address = ""
        """Where the browser has to go."""

    @classmethod
    async def begin(cls, provider: Provider, locale: str) -> SignIn:
        """Wait for the browser on this machine; `locale` is that of the page it sees in the end."""
        made = cls(provider, locale)
        made._server = await _listening(made._serve)
        port = made._server.sockets[0].getsockname()[1]
        digest = hashlib.sha256(made._verifier.encode()).digest()
        wanted = {
            "callback_url": f"http://localhost:{port}{made._place}",
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        made.address = f"{provider.address(PAGE)}?{urlencode(wanted)}"
        return made

    async def key(self, *, seconds: float = SECONDS) -> Secret:
        """Wait for the person, and change what the browser brought into a key.

        Raises InputError `sign-in-late`, `sign-in-refused`, and ProviderError when the exchange fails.
        """
        try:
            code = await asyncio.wait_for(asyncio.shield(self._code), seconds)
        except TimeoutError:
            raise InputError("sign-in-late", provider=self._provider.name) from None
        return await self._exchanged(code)

    async def close(self) -> None:
        """Stop listening."""
        if not self._code.done():
            self._refuse()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    # ------------------------------------------------------------------------------------------ inside

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(10):
                line = await reader.readline()
                while (await reader.readline()).strip():
                    pass
            found = self._looked_at(line.decode("latin-1"))
            writer.write(found)
            await writer.drain()
        except (TimeoutError, ConnectionError, ValueError):
            pass  # a browser that went away, or something that is no browser
        finally:
            writer.close()

    def _looked_at(self, line: str) -> bytes:
        """Answer a request, and take what it brings when it came to the right place."""
        method, _, rest = line.partition(" ")
        target = urlsplit(rest.partition(" ")[0])
        if method != "GET" or not secrets.compare_digest(target.path.encode(), self._place.encode()):
            return _page("404 Not Found", "")
        values = parse_qs(target.query)
        code = (values.get("code") or [""])[0]
        if self._code.done():
            pass  # the page was loaded anew
        elif code:
            self._code.set_result(code)
        else:
            self._refuse()
        return _page("200 OK", tr("sign-in-done" if code else "sign-in-not-done", self._locale))

    def _refuse(self) -> None:
        self._code.set_exception(InputError("sign-in-refused", provider=self._provider.name))
        self._code.exception()  # nobody may wait for it

    async def _exchanged(self, code: str) -> Secret:
        import httpx  # noqa: PLC0415 - only when an endpoint is really asked

        provider = self._provider
        body = {"code": code, "code_verifier": self._verifier, "code_challenge_method": "S256"}
        try:
            client = httpx.AsyncClient(
                timeout=_EXCHANGE_SECONDS, headers=plain_headers(provider), **client_options(provider)
            )
        except NO_CLIENT as error:
            raise unreachable(error, provider.id) from None
        try:
            async with client:
                response = await client.post(provider.address(_EXCHANGE), json=body)
            if response.status_code < _HTTP_ERROR:
                return _key_of(response.json(), provider)
        except Exception as error:  # noqa: BLE001 - the border to httpx: every failure becomes a fault
            raise translate(error, provider.id) from None
        raise from_response(response.status_code, response.headers, response.text, provider.id)


def _key_of(answer: Any, provider: Provider) -> Secret:
    value = answer.get("key") if isinstance(answer, dict) else None
    if not isinstance(value, str) or not value:
        raise ProviderError("malformed", model=provider.id, detail="no key in the answer")
    return Secret(value)


async def _listening(serve: _Handler) -> asyncio.Server:
    """Listen where browsers look for `localhost`: they may try IPv6 first, which not every computer has."""
    for hosts, port in ((_BOTH, _USUAL_PORT), (_BOTH[:1], _USUAL_PORT), (_BOTH[:1], 0)):
        with contextlib.suppress(OSError):
            return await asyncio.start_server(serve, hosts, port, limit=_LARGEST)
    raise InputError("sign-in-no-port")


def _page(status: str, words: str) -> bytes:
    body = (
        "<!DOCTYPE html><meta charset='utf-8'><title>MultiCoder</title>"
        f"<body style='font:18px system-ui;margin:20vh auto;max-width:32em;text-align:center'>{escape(words)}</body>"
    ).encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nContent-Security-Policy: default-src 'none'; "
        "style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


__all__ = ["PAGE", "SignIn"]
