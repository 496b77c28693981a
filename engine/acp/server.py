"""One connected client: its requests are dispatched here, its sessions are fed, its questions are asked.

The SDK's connection and schema are used, its router is not: that one spreads `_meta` over arguments, hides stable
methods behind a switch, lacks routes, and hands exception texts to the client. Here every method names its schema and
its handler, and nothing leaves but results and clean errors.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any, Final

from acp import schema
from acp.connection import Connection
from acp.exceptions import RequestError
from acp.meta import PROTOCOL_VERSION
from pydantic import BaseModel, ValidationError

from core.errors import InputError, MultiCoderError
from core.i18n import at_window, explain, supported_locale, system_locale
from core.logs import LOGGER_NAME
from engine.acp import prompting, providers, sessions
from engine.acp.asking import Asker
from engine.acp.extensions import EXTENSIONS
from engine.acp.feed import Feed
from engine.acp.live import LiveBoard
from engine.acp.transport import OWN_KEY, SocketTransport
from engine.sign_ins import SignIns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.acp.updates import Update
    from engine.reactor import Reactor

_LOG: Final = logging.getLogger(f"{LOGGER_NAME}.acp")
_FAILED: Final = -32010
"""Our own error code; the words and the kind stand in `data.multicoder`."""


_METHODS: Final[dict[str, tuple[Any, Any]]] = {
    "session/new": (schema.NewSessionRequest, sessions.new),
    "session/load": (schema.LoadSessionRequest, sessions.load),
    "session/resume": (schema.ResumeSessionRequest, sessions.resume),
    "session/fork": (schema.ForkSessionRequest, sessions.fork),
    "session/list": (schema.ListSessionsRequest, sessions.list_),
    "session/delete": (schema.DeleteSessionRequest, sessions.delete),
    "session/close": (schema.CloseSessionRequest, sessions.close),
    "session/set_config_option": (schema.SetSessionConfigOptionSelectRequest, sessions.set_config),
    "session/prompt": (schema.PromptRequest, prompting.prompt),
    "providers/list": (schema.ListProvidersRequest, providers.list_),
    "providers/set": (schema.SetProviderRequest, providers.set_),
    "providers/disable": (schema.DisableProviderRequest, providers.disable),
}


class Client:
    """A client of the engine."""

    def __init__(self, reactor: Reactor, transport: SocketTransport, hello: Mapping[str, Any], *, name: str) -> None:
        self.reactor = reactor
        self.feeds: dict[str, Feed] = {}
        self.forms = False
        environ = hello.get("environ")
        given = environ if isinstance(environ, dict) else {}
        self.team = str(given.get("MULTICODER_TEAM") or "")
        language = reactor.settings.language
        self.locale = supported_locale(language) if language != "auto" else system_locale(given or None)
        self.window = False
        """Whether it is a window of ours: what it shows then names pages and buttons where others are told commands."""
        self.via = f"acp:{name}"
        self._transport = transport
        self._pulse = asyncio.Event()
        self._attaching = asyncio.Lock()
        self._connection = Connection(self._handle, transport, listening=False)
        self.asker = Asker(self)
        self.sign_ins = SignIns()
        self._live: LiveBoard | None = None
        self._unsubscribe = (
            reactor.tasks.subscribe(lambda _task: self.wake()),
            reactor.questions.subscribe(lambda _question, _opened: self.wake()),
        )

    async def serve(self) -> None:
        """Talk to the client until it goes away; its runs go on without it."""
        try:
            await self._connection.main_loop()
        finally:
            for stop in self._unsubscribe:
                stop()
            self.asker.close()
            await self.sign_ins.end()
            if self._live is not None:
                self._live.close()
            with contextlib.suppress(OSError):
                await self._connection.close()  # before the feeds: a request that still works would begin another one
            for session in list(self.feeds):
                await self.detach(session)

    def tongue(self, locale: str = "") -> str:
        """The language to put words for this client in: its own one, or another one it asked for."""
        found = supported_locale(locale) if locale else self.locale
        return at_window(found) if self.window else found

    # ------------------------------------------------------------------------------------------------ to the client

    def update(self, session: str, update: Update) -> None:
        """Send one update of a session."""
        self.notify("session/update", {"sessionId": session, "update": update})

    def notify(self, method: str, params: dict[str, Any]) -> None:
        """Send a notification."""
        self._transport.offer({"jsonrpc": "2.0", "method": method, "params": params})

    async def request(self, method: str, params: dict[str, Any]) -> Any:
        """Ask the client; ConnectionError when it goes away, None when it answers with an error."""
        try:
            return await self._connection.send_request(method, params)
        except RequestError as error:
            self.log(f"{method} was answered with error {error.code}")
            return None

    def log(self, text: str) -> None:
        """Say something about this client in the log."""
        _LOG.info("%s: %s", self.via, text)

    def wake(self) -> None:
        """Let everything that waits for a change look again."""
        pulse, self._pulse = self._pulse, asyncio.Event()
        pulse.set()

    async def woken(self) -> None:
        """Return at the next `wake`."""
        await self._pulse.wait()

    # ------------------------------------------------------------------------------------------------ sessions

    async def attach(self, session: str, *, replay: bool) -> Feed:
        """Feed a session to this client, from its beginning with `replay`."""
        async with self._attaching:
            await self.detach(session)
            feed = Feed(self.reactor.engine, self.reactor.hub, session, self.update, tongue=self.tongue)
            self.feeds[session] = feed
            try:
                await feed.start(replay=replay)
            except BaseException:
                self.feeds.pop(session, None)
                raise
            finally:
                if self.feeds.get(session) is not feed:  # it could not begin, or the client looked away meanwhile
                    await feed.stop()
            return feed

    async def attached(self, session: str) -> Feed:
        """The feed of a session; one that was never loaded here begins now. InputError when there is none."""
        if session not in self.feeds:
            await self.reactor.engine.sessions.session(session)
            return await self.attach(session, replay=False)
        return self.feeds[session]

    async def detach(self, session: str) -> None:
        """Feed a session no more."""
        feed = self.feeds.pop(session, None)
        if feed is not None:
            await feed.stop()

    # ------------------------------------------------------------------------------------------------ from the client

    async def _handle(self, method: str, params: Any, is_notification: bool) -> Any:
        try:
            return await self._dispatch(method, params if isinstance(params, dict) else {}, is_notification)
        except MultiCoderError as error:
            raise self._told(error) from None
        except ValidationError as error:
            raise RequestError.invalid_params({"errors": _places(error)}) from None
        except (RequestError, asyncio.CancelledError):
            raise
        except Exception:  # noqa: BLE001 - border: the text of a foreign exception may hold anything
            _LOG.exception("%s failed", method)
            raise self._told(MultiCoderError()) from None

    async def _dispatch(self, method: str, params: dict[str, Any], is_notification: bool) -> Any:
        if is_notification:
            if method == "session/cancel":
                cancelled = schema.CancelNotification.model_validate(params)
                await prompting.cancel(self, cancelled.session_id)
            return None
        if method == "initialize":
            return self._initialize(schema.InitializeRequest.model_validate(params))
        if method == "authenticate":
            return {}
        if method.startswith(f"_{OWN_KEY}/"):
            extension = EXTENSIONS.get(method.removeprefix(f"_{OWN_KEY}/"))
            if extension is None:
                raise RequestError.method_not_found(method)
            return await extension(self, params)
        if method not in _METHODS:
            raise RequestError.method_not_found(method)
        model, handler = _METHODS[method]
        request: BaseModel = model.model_validate(params)
        own = (getattr(request, "field_meta", None) or {}).get(OWN_KEY) or {}
        return await handler(self, request, own)

    def _initialize(self, request: schema.InitializeRequest) -> dict[str, Any]:
        capabilities = request.client_capabilities
        if capabilities is not None:
            elicitation = capabilities.elicitation
            self.forms = elicitation is not None and elicitation.form is not None
            own = (capabilities.field_meta or {}).get(OWN_KEY) or {}
            if isinstance(own, dict):
                self._follow_live(own)
        if request.client_info is not None:
            self.via = f"acp:{request.client_info.name[:40]}"
        return {
            "protocolVersion": PROTOCOL_VERSION,
            "agentCapabilities": {
                "loadSession": True,
                "promptCapabilities": {"image": True, "embeddedContext": True},
                "sessionCapabilities": {"list": {}, "delete": {}, "fork": {}, "resume": {}, "close": {}},
                "providers": {},
                "_meta": {OWN_KEY: {"methods": sorted(f"_{OWN_KEY}/{name}" for name in EXTENSIONS)}},
            },
            "agentInfo": {"name": "multicoder", "title": "MultiCoder", "version": self.reactor.version},
            "authMethods": [],
        }

    def _follow_live(self, wishes: dict[str, Any]) -> None:
        if isinstance(wishes.get("locale"), str):
            self.locale = supported_locale(wishes["locale"])
        self.window = wishes.get("window") is True
        if self._live is not None:
            self._live.close()
        told = {name: bool(wishes.get(name)) for name in ("status", "tasks", "shelves")}
        self._live = LiveBoard(self, **told)

    def _told(self, error: MultiCoderError) -> RequestError:
        words = explain(error, self.tongue())
        code = -32602 if isinstance(error, InputError) else _FAILED
        own = {"kind": error.code, "what": words.what, "did": words.did, "next": words.next}
        return RequestError(code, words.what, {OWN_KEY: own})


def _places(error: ValidationError) -> list[dict[str, str]]:
    """Where a request does not fit the schema; never what it said there."""
    return [
        {"field": ".".join(str(part) for part in item["loc"]), "problem": item["type"]}
        for item in error.errors(include_input=False, include_url=False, include_context=False)
    ]
