"""What an endpoint says about itself: the models it offers, and whether its key works."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from agents.providers.authorising import Authorisation, authorisation, client_options, plain_headers
from agents.providers.catalogue import CHECK_BY_CHAT, found_preset
from agents.providers.errors_map import NO_CLIENT, from_response, translate, unreachable
from agents.providers.keys import Secret
from agents.providers.webchat.chats import web_chats_of
from core.errors import ProviderError, ProviderFault
from core.paths import home as find_home

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agents.providers.registry import Provider
    from core.paths import Home

SECONDS: Final = 15.0
_LARGEST_LIST: Final = 5_000
_HTTP_ERROR: Final = 400

CheckState = Literal["valid", "bad_key", "no_money", "region", "limited", "unreachable"]

_STATES: Final[Mapping[ProviderFault, CheckState]] = {
    "bad_key": "bad_key",
    "no_money": "no_money",
    "region": "region",
    "rate_limited": "limited",
}

_OF_THE_MODEL: Final = frozenset({"model_gone", "refused", "too_long", "malformed"})


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Whether a provider can be used; its sentence is the text `provider-check-<state>` of the catalogue."""

    state: CheckState
    detail: str = ""
    models: tuple[str, ...] = ()
    remaining_usd: float | None = None
    """What the account may still spend, where the provider says so."""
    retiring: Mapping[str, str] = field(default_factory=dict)
    """Announced last days of models, by id."""
    base_url: str = ""
    """Where the key was found to belong, when that is not the row's own address."""
    page: bool = False
    """Whether not a key was tried but the page of a web chat."""

    @property
    def message_id(self) -> str:
        """Id of the sentence for a person; it takes `provider` and `detail`."""
        return f"provider-check-{'web-' if self.page else ''}{self.state.replace('_', '-')}"


async def offered_models(
    provider: Provider, key: Secret | Authorisation | None, *, seconds: float = SECONDS
) -> tuple[str, ...]:
    """List the model ids of the provider. Raises ProviderError."""
    async with _Endpoint(provider, key, seconds) as endpoint:
        return (await endpoint.models()).ids


async def check(
    provider: Provider, key: Secret | None, *, seconds: float = SECONDS, home: Home | None = None
) -> CheckResult:
    """Try the key; where a maker has an address per region, a key that is wrong at one is tried at the others.

    The page of a web chat, whose profile is in the data folder `home`, is looked over instead; nothing is sent there.
    """
    if provider.wire.protocol == "web":
        return await _looked_over(provider, home or find_home())
    result = await _checked(provider, key, seconds)
    known = found_preset(provider.preset)
    if result.state != "bad_key" or known is None or not known.owns(provider.base_url):
        return result
    for url in known.hosts.values():
        if url != provider.base_url:
            elsewhere = await _checked(replace(provider, base_url=url), key, seconds)
            if elsewhere.state not in {"bad_key", "unreachable"}:
                return replace(elsewhere, base_url=url)
    return result


async def _looked_over(provider: Provider, home: Home) -> CheckResult:
    chats = web_chats_of(home)
    models = await chats.models(provider)
    try:
        return CheckResult("valid", await chats.look(provider), models, page=True)
    except ProviderError as error:
        state = _STATES.get(error.fault, "unreachable")
        told = [str(error.facts[name]) for name in ("place", "recipe", "detail") if error.facts.get(name)]
        return CheckResult(state, " ".join(told) or error.code, models, page=True)


async def _checked(provider: Provider, key: Secret | None, seconds: float) -> CheckResult:
    """Try the key by what proves it here, and list the models; a list that is public proves nothing."""
    listed, remaining, answered = _Listed(), None, False
    place = provider.wire.check
    try:
        async with _Endpoint(provider, key, seconds) as endpoint:
            if place not in {CHECK_BY_CHAT, endpoint.list_path}:
                remaining = _remaining(await endpoint.get(place))
                answered = True
            try:
                listed = await endpoint.models()
            except ProviderError:
                if place == endpoint.list_path:
                    raise  # else the list is only of use, not of proof
            if key and not answered and (place == CHECK_BY_CHAT or await endpoint.is_public()):
                await _one_token(endpoint, provider, listed.ids)
    except ProviderError as error:
        # Any other answer of the endpoint came past its lock: the key works, that one model did not.
        past_lock = (listed.ids or place == CHECK_BY_CHAT) and error.fault in _OF_THE_MODEL
        state = "valid" if past_lock else _STATES.get(error.fault, "unreachable")
        return CheckResult(state, str(error.facts.get("detail", "")), listed.ids, remaining)
    known = found_preset(provider.preset)
    announced = {model: day.isoformat() for model, day in known.retires.items()} if known else {}
    retiring = {model: day for model, day in {**announced, **listed.retiring}.items() if model in listed.ids}
    state = "no_money" if remaining is not None and remaining <= 0 else "valid"
    return CheckResult(state, "", listed.ids, remaining, retiring)


async def _one_token(endpoint: _Endpoint, provider: Provider, listed: Sequence[str]) -> None:
    preferred = [*provider.models, *(name for names in _preset_models(provider) for name in names)]
    wanted = [model for model in preferred if model in listed] or [*preferred, *listed]
    if wanted:
        await endpoint.one_token(wanted[0])


def _preset_models(provider: Provider) -> list[tuple[str, ...]]:
    """The preset's lists, the cheap one first."""
    known = found_preset(provider.preset)
    return [known.models[name] for name in ("cheap", "coder") if name in known.models] if known else []


def _remaining(answer: Any) -> float | None:
    """Read what may still be spent: OpenRouter's `limit_remaining`, null where there is no limit."""
    data = answer.get("data") if isinstance(answer, dict) else None
    left = data.get("limit_remaining") if isinstance(data, dict) else None
    return float(left) if isinstance(left, int | float) and not isinstance(left, bool) else None


@dataclass(frozen=True, slots=True)
class _Listed:
    ids: tuple[str, ...] = ()
    retiring: Mapping[str, str] = field(default_factory=dict)


class _Endpoint:
    """One provider, asked plainly."""

    def __init__(self, provider: Provider, key: Secret | Authorisation | None, seconds: float) -> None:
        import httpx  # noqa: PLC0415 - only when an endpoint is really asked

        self._provider = provider
        self._shown = authorisation(provider, key) if key is None or isinstance(key, Secret) else key
        self.list_path = "/v1/models" if provider.wire.protocol == "anthropic" else "/models"
        timeout = httpx.Timeout(seconds, connect=min(seconds, 10.0))
        try:
            self._client = httpx.AsyncClient(
                timeout=timeout, headers=plain_headers(provider), **client_options(provider)
            )
        except NO_CLIENT as error:
            raise unreachable(error, provider.id) from None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def get(self, place: str, *, with_key: bool = True) -> Any:
        """Read what is at `place`."""
        return await self._call("GET", place, None, with_key=with_key)

    async def models(self, *, with_key: bool = True) -> _Listed:
        """Read the model list in the forms it is known to have."""
        body = await self.get(self.list_path, with_key=with_key)
        rows = body.get("data") if isinstance(body, dict) else body
        if not isinstance(rows, list):
            raise ProviderError("malformed", model=self._provider.id, detail="the model list has another form")
        rows = [row for row in rows[:_LARGEST_LIST] if isinstance(row, dict) and isinstance(row.get("id"), str)]
        # Google's list prefixes each id with its collection, its chat endpoint takes both.
        ids = {self._short(row["id"]): str(row.get("shutdown_date") or "") for row in rows}
        return _Listed(tuple(ids), {name: day for name, day in ids.items() if day})

    async def is_public(self) -> bool:
        """Whether the list is given to anybody."""
        try:
            await self.models(with_key=False)
        except ProviderError:
            return False
        return True

    async def one_token(self, model: str) -> None:
        """Ask for the shortest answer there is."""
        wire, name = self._provider.wire, self._provider.named(model)
        body = {**wire.body, "model": name, "messages": [{"role": "user", "content": "Hi"}], wire.limit_field: 1}
        await self._call("POST", "/v1/messages" if wire.protocol == "anthropic" else "/chat/completions", body)

    def _short(self, listed: str) -> str:
        """Return the id as a person would name it: without Google's collection and Yandex's folder."""
        empty = self._provider.named("")
        return listed.removeprefix("models/").removeprefix(empty)

    async def _call(self, method: str, place: str, body: dict[str, Any] | None, *, with_key: bool = True) -> Any:
        try:
            headers = await self._shown.headers() if with_key else {}
            address = self._provider.address(place)
            response = await self._client.request(method, address, headers=headers, json=body)
            if response.status_code < _HTTP_ERROR:
                return response.json()
        except Exception as error:  # noqa: BLE001 - the border to httpx: every failure becomes a fault
            raise translate(error, self._provider.id) from None
        raise from_response(response.status_code, response.headers, response.text, self._provider.id)


__all__ = ["CheckResult", "CheckState", "check", "offered_models"]
