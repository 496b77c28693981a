"""The messages of Anthropic. Structured answers are asked for by a tool that has to be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from agents.providers.authorising import client_options, hook, plain_headers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from langchain_anthropic import ChatAnthropic

    from agents.providers.authorising import Authorisation
    from agents.providers.registry import Provider

_LIMITS: Final = ("max_tokens", "max_completion_tokens")


def build(provider: Provider, shown: Authorisation, model: str, *, gap: float, connect: float) -> ChatAnthropic:
    """Make the client; see `Speaker`."""
    import anthropic  # noqa: PLC0415 - seconds of CPU, at the first call and in a thread
    from langchain_anthropic import ChatAnthropic  # noqa: PLC0415

    timeout = anthropic.Timeout(gap, connect=connect)
    connections = anthropic.DefaultAsyncHttpxClient(
        timeout=timeout, event_hooks={"request": [hook(shown)]}, **client_options(provider)
    )
    chat = ChatAnthropic(model_name=provider.named(model), api_key="none", max_retries=0, timeout=None, stop=None)  # type: ignore[arg-type]  # the key is shown by the hook
    # The class makes its own HTTP client; with this one the key, the proxy and the certificates are ours.
    chat.__dict__["_async_client"] = anthropic.AsyncAnthropic(
        api_key="none",
        auth_token=None,
        base_url=provider.base_url,
        default_headers=plain_headers(provider),
        http_client=connections,
        max_retries=0,
        timeout=timeout,
    )
    return chat


def arguments(body: Mapping[str, Any], *, usage: bool) -> dict[str, Any]:
    """Rename the limit, and turn the forced function into a forced tool."""
    found: dict[str, Any] = {
        name: value for name, value in body.items() if name not in {*_LIMITS, "tools", "tool_choice"}
    }
    limit = next((body[name] for name in _LIMITS if name in body), None)
    if limit is not None:
        found["max_tokens"] = limit
    functions = [tool["function"] for tool in body.get("tools", ())]
    if functions:
        found["tools"] = [
            {"name": made["name"], "description": made.get("description", ""), "input_schema": made["parameters"]}
            for made in functions
        ]
        found["tool_choice"] = {"type": "tool", "name": functions[0]["name"]}
    return {**found, "stream_usage": usage}


async def close(chat: ChatAnthropic) -> None:
    """Close the connections."""
    await chat.__dict__["_async_client"].close()


__all__ = ["arguments", "build", "close"]
