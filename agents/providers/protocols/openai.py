"""The chat completions of OpenAI, which most endpoints speak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agents.providers.authorising import client_options, hook, plain_headers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from langchain_openai import ChatOpenAI

    from agents.providers.authorising import Authorisation
    from agents.providers.registry import Provider


def build(provider: Provider, shown: Authorisation, model: str, *, gap: float, connect: float) -> ChatOpenAI:
    """Make the client; see `Speaker`."""
    import openai  # noqa: PLC0415 - seconds of CPU, at the first call and in a thread
    from langchain_openai import ChatOpenAI  # noqa: PLC0415

    timeout = openai.Timeout(gap, connect=connect)
    connections = openai.DefaultAsyncHttpxClient(
        timeout=timeout, event_hooks={"request": [hook(shown)]}, **client_options(provider)
    )
    chat = ChatOpenAI(
        model=provider.named(model),
        api_key="none",  # type: ignore[arg-type]  # the key is shown by the hook and stays out of every field
        base_url=provider.base_url,
        default_headers=plain_headers(provider) or None,
        http_async_client=connections,
        openai_proxy=None,  # else OPENAI_PROXY is read and refused beside a client of our own
        timeout=timeout,
        max_retries=0,  # retries live in the gateway alone
        use_responses_api=False,
        stream_usage=True,
        stream_chunk_timeout=None,  # the chat model has a timer of its own
        output_version="v0",
        cache=False,
    )
    # The SDK fills these from the environment; they belong to another endpoint.
    chat.root_async_client.organization = None
    chat.root_async_client.project = None
    return chat


def arguments(body: Mapping[str, Any], *, usage: bool) -> dict[str, Any]:
    """Send the fields as they are."""
    return {"extra_body": dict(body), "stream_usage": usage}


async def close(chat: ChatOpenAI) -> None:
    """Close the connections."""
    await chat.root_async_client.close()


__all__ = ["arguments", "build", "close"]
