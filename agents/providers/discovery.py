"""What an endpoint says about itself: the models it offers, and whether its key works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from agents.providers.errors_map import NO_CLIENT, from_response, translate, unreachable
from core.errors import ProviderError, ProviderFault

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from agents.providers.keys import Secret
    from agents.providers.registry import Provider

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


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Whether a provider can be used; its sentence is the text `provider-check-<state>` of the catalogue."""

    state: CheckState
    detail: str = ""
    models: tuple[str, ...] = ()

    @property
    def message_id(self) -> str:
        """Id of the sentence for a person; it takes `provider` and `detail`."""
        return f"provider-check-{self.state.replace('_', '-')}"


async def offered_models(provider: Provider, key: Secret | None, *, seconds: float = SECONDS) -> tuple[str, ...]:
    """List the model ids of GET /models. Raises ProviderError."""
    async with _client(provider, seconds) as client:
        return await _models(client, provider, key)


async def check(provider: Provider, key: Secret | None, *, seconds: float = SECONDS) -> CheckResult:
    """Try the key: by the model list, and by an answer of one token where the list is public and proves nothing."""
    models: tuple[str, ...] = ()
    try:
        async with _client(provider, seconds) as client:
            models = await _models(client, provider, key)
            wanted = [model for model in provider.models if model in models] or [*provider.models, *models]
            if key and wanted and await _is_public(client, provider):
                await _one_token(client, provider, key, wanted[0])
    except ProviderError as error:
        # Any other answer of the endpoint came past its lock: the key works, that one model did not.
        answered = models and error.fault in {"model_gone", "refused", "too_long", "malformed"}
        state = "valid" if answered else _STATES.get(error.fault, "unreachable")
        return CheckResult(state, str(error.facts.get("detail", "")), models)
    return CheckResult("valid", "", models)


def _client(provider: Provider, seconds: float) -> httpx.AsyncClient:
    import httpx  # noqa: PLC0415 - only when an endpoint is really asked

    timeout = httpx.Timeout(seconds, connect=min(seconds, 10.0))
    try:
        return httpx.AsyncClient(timeout=timeout, headers=dict(provider.headers), trust_env=not provider.local)
    except NO_CLIENT as error:
        raise unreachable(error, provider.id) from None


async def _models(client: httpx.AsyncClient, provider: Provider, key: Secret | None) -> tuple[str, ...]:
    body = await _call(client, provider, "GET", "/models", key)
    rows = body.get("data") if isinstance(body, dict) else body
    if not isinstance(rows, list):
        raise ProviderError("malformed", model=provider.id, detail="the model list has another form")
    ids = [row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)]
    # Google's list prefixes each id with its collection, its chat endpoint takes both.
    return tuple(dict.fromkeys(name.removeprefix("models/") for name in ids[:_LARGEST_LIST]))


async def _is_public(client: httpx.AsyncClient, provider: Provider) -> bool:
    try:
        await _models(client, provider, None)
    except ProviderError:
        return False
    return True


async def _one_token(client: httpx.AsyncClient, provider: Provider, key: Secret, model: str) -> None:
    body = {"model": model, "messages": [{"role": "user", "content": "Hi"}], "max_tokens": 1}
    await _call(client, provider, "POST", "/chat/completions", key, body)


async def _call(
    client: httpx.AsyncClient,
    provider: Provider,
    method: str,
    path: str,
    key: Secret | None,
    body: dict[str, Any] | None = None,
) -> Any:
    headers = {"Authorization": f"Bearer {key.reveal()}"} if key else {}
    try:
        response = await client.request(method, provider.base_url.rstrip("/") + path, headers=headers, json=body)
        if response.status_code < _HTTP_ERROR:
            return response.json()
    except Exception as error:  # noqa: BLE001 - the border to httpx: every failure becomes a fault
        raise translate(error, provider.id) from None
    raise from_response(response.status_code, response.headers, response.text, provider.id)


__all__ = ["CheckResult", "CheckState", "check", "offered_models"]
