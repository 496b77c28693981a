"""How a key is shown to an endpoint: the headers of each request, made anew because some keys buy tokens that expire.

The headers are set by a hook of the HTTP client, the last place before the network, so that no library keeps them.
"""

from __future__ import annotations

import asyncio
import base64
import ssl
import time
import uuid
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Protocol

from agents.providers.errors_map import NO_CLIENT, from_response, translate, unreachable
from core.errors import ProviderError
from core.redaction import register_secret

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from agents.providers.keys import Secret
    from agents.providers.registry import Provider

_PREFIX: Final[Mapping[str, tuple[str, str]]] = {
    "bearer": ("Authorization", "Bearer "),
    "api-key": ("Authorization", "Api-Key "),
    "x-api-key": ("x-api-key", ""),
}
_DEFAULT_SCOPE: Final = "GIGACHAT_API_PERS"
_EARLY: Final = 300.0
"""Seconds before its end at which a token is changed for a new one."""
_TOKEN_SECONDS: Final = 15.0
_HTTP_ERROR: Final = 400
_MILLISECONDS: Final = 1e11
"""Ends of tokens beyond this are given in milliseconds."""


class Authorisation(Protocol):
    """One key at one endpoint."""

    async def headers(self) -> Mapping[str, str]:
        """Return the headers that show it. Raises ProviderError when a token cannot be had."""


class KeyHeader:
    """A key that is shown as it is; without one nothing is shown."""

    def __init__(self, provider: Provider, key: Secret | None) -> None:
        self._name, self._prefix = _PREFIX[provider.wire.auth]
        self._key = key

    async def headers(self) -> Mapping[str, str]:
        """Return the header of the key."""
        return {self._name: self._prefix + self._key.reveal()} if self._key else {}


class TokenExchange:
    """A key that buys a token for half an hour (GigaChat). One token serves all models; one request buys it."""

    def __init__(self, provider: Provider, key: Secret | None, *, now: Callable[[], float] = time.time) -> None:
        self._provider, self._key, self._now = provider, key, now
        self._token, self._ends = "", 0.0
        self._buying = asyncio.Lock()
        for part in _credentials(key):
            register_secret(part)

    async def headers(self) -> Mapping[str, str]:
        """Return the header of the token, bought when there is none or it ends soon."""
        async with self._buying:
            if self._now() >= self._ends - _EARLY:
                await self._buy()
        return {"Authorization": f"Bearer {self._token}"}

    async def _buy(self) -> None:
        import httpx  # noqa: PLC0415 - only when an endpoint is really asked

        provider, key = self._provider, self._key.reveal() if self._key else ""
        headers = {"Authorization": f"Basic {key}", "RqUID": str(uuid.uuid4()), "Accept": "application/json"}
        scope = {"scope": provider.account or _DEFAULT_SCOPE}
        try:
            client = httpx.AsyncClient(timeout=_TOKEN_SECONDS, **client_options(provider))
        except NO_CLIENT as error:
            raise unreachable(error, provider.id) from None
        try:
            async with client:
                response = await client.post(provider.address(provider.wire.token_url), headers=headers, data=scope)
            if response.status_code < _HTTP_ERROR:
                self._keep(response.json())
                return
        except Exception as error:  # noqa: BLE001 - the border to httpx: every failure becomes a fault
            raise translate(error, provider.id) from None
        refused = from_response(response.status_code, response.headers, response.text, provider.id)
        if refused.fault == "malformed":  # 400 is how a wrong key is answered here
            refused = ProviderError("bad_key", model=provider.id, detail=str(refused.facts["detail"]))
        raise refused

    def _keep(self, answer: Any) -> None:
        token, ends = answer["access_token"], float(answer.get("expires_at") or 0)
        if not isinstance(token, str) or not token:
            raise ProviderError("malformed", model=self._provider.id, detail="no token in the answer")
        register_secret(token)
        ends = ends / 1000 if ends > _MILLISECONDS else ends
        self._token, self._ends = token, ends or self._now() + 2 * _EARLY


def _credentials(key: Secret | None) -> tuple[str, ...]:
    """Return what a key of the form base64(id:secret) says to an endpoint, which may complain of it in the clear."""
    try:
        plain = base64.b64decode(key.reveal() if key else "", validate=True).decode()
    except ValueError:  # a key of another form
        return ()
    return plain, plain.partition(":")[2]


def authorisation(provider: Provider, key: Secret | None) -> Authorisation:
    """Return how `key` is shown to `provider`."""
    return TokenExchange(provider, key) if provider.wire.auth == "gigachat" else KeyHeader(provider, key)


def hook(shown: Authorisation) -> Callable[[Any], Awaitable[None]]:
    """Return what an HTTP client has to call before each request: whatever a library put there for a key goes."""

    async def show(request: Any) -> None:
        for name, _ in _PREFIX.values():
            request.headers.pop(name, None)
        request.headers.update(await shown.headers())

    return show


def plain_headers(provider: Provider) -> dict[str, str]:
    """Return the headers that hold no secret: the row's own and those its wire asks for."""
    wire = provider.wire
    account = {wire.folder_header: provider.account} if wire.folder_header and provider.account else {}
    return {**wire.headers, **account, **provider.headers}


def client_options(provider: Provider) -> dict[str, Any]:
    """Return how an HTTP client reaches this endpoint: proxy and certificates.

    Raises OSError (ssl.SSLError too) when the row's certificate cannot be read.
    """
    # Proxies of the system are for the way out, not for this machine; a redirect would take prompt and key elsewhere.
    options: dict[str, Any] = {"trust_env": not provider.local, "follow_redirects": False}
    if provider.proxy:
        options["proxy"] = provider.proxy
    root = provider.root
    if root or provider.certificate:
        context = options["verify"] = ssl.create_default_context()
        if root:
            context.load_verify_locations(cadata=(files("agents.providers") / "roots" / root).read_text("ascii"))
        if provider.certificate:
            context.load_verify_locations(cafile=provider.certificate)
    return options


__all__ = ["Authorisation", "KeyHeader", "TokenExchange", "authorisation", "client_options", "hook", "plain_headers"]
