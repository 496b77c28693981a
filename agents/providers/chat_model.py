"""One chat model, always streamed, whatever protocol its endpoint speaks.

What counts as a whole answer: the stream named a finish_reason. Without one it was cut off (transient). `length` means
the answer did not fit into max_tokens; the same model would be cut at the same place, so it is `too_long` and another
candidate is asked. `content_filter` is `refused`.

LangChain and the library of the protocol are imported at the first call and in a thread: that takes seconds of CPU.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from agents.providers.errors_map import NO_CLIENT, translate, unreachable
from agents.providers.json_text import without_thinking
from agents.providers.protocols import speaker
from core.errors import ProviderError, ProviderFault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from langchain_core.language_models import BaseChatModel

    from agents.providers.authorising import Authorisation
    from agents.providers.protocols import Speaker
    from agents.providers.registry import Provider

BATCH_SECONDS: Final = 0.05
"""Text is handed on at most 20 times a second."""
LARGEST_ANSWER: Final = 2_000_000
"""Characters; beyond any model's output limit, so the endpoint is broken."""

_CUT: Final = frozenset({"length", "max_tokens", "model_length"})
_FILTERED: Final = frozenset(
    {"content_filter", "refusal", "safety", "sensitive", "prohibited_content", "blocklist", "recitation"}
)
_BROKEN: Final = frozenset({"error", "network_error", "insufficient_system_resource", "abort"})


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: to connect, between two pieces of text (the first one too), and for a whole answer that keeps coming."""

    connect: float = 10.0
    gap: float = 60.0
    total: float = 900.0


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole answer; `model` as the endpoint named it, tokens 0 when it did not count them."""

    text: str
    model: str
    prompt_tokens: int = 0
    completion_tokens: int = 0


class SpoiledError(ProviderError):
    """An answer came to its end and cannot be used; its tokens are paid for all the same."""

    def __init__(self, fault: ProviderFault, completion: Completion, /, *, model: str, detail: str) -> None:
        super().__init__(fault, model=model, detail=detail)
        self.completion = completion


class ChatModel:
    """A model of a provider, asked with one key; keeps its connections."""

    def __init__(self, provider: Provider, shown: Authorisation, model: str, timeouts: Timeouts) -> None:
        self.id = f"{provider.id}:{model}"
        self._provider, self._shown, self._model, self._timeouts = provider, shown, model, timeouts
        self._client: tuple[Speaker, BaseChatModel] | None = None
        self._loading = asyncio.Lock()

    async def complete(
        self,
        messages: Sequence[tuple[str, str]],
        parameters: Mapping[str, Any],
        *,
        usage: bool = True,
        first_within: float | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> Completion:
        """Stream one answer. Raises ProviderError; cancelling closes the connection at once.

        `parameters` go into the body as they are, `first_within` shortens the wait for the first piece of text.
        """
        chat, arguments = await self._loaded(parameters, usage=usage)
        collector = _Collector(self.id, on_text)
        try:
            await self._stream(chat, messages, arguments, first_within, collector)
        except TimeoutError:
            raise ProviderError("transient", model=self.id, detail=collector.silence()) from None
        except Exception as error:  # noqa: BLE001 - the border to foreign libraries: every failure becomes a fault
            raise translate(error, self.id) from None
        finally:
            collector.flush()
        return collector.completion(self._model)

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client is not None:
            spoken, chat = self._client
            await spoken.close(chat)

    async def _stream(
        self,
        chat: BaseChatModel,
        messages: Sequence[tuple[str, str]],
        arguments: Mapping[str, Any],
        first_within: float | None,
        collector: _Collector,
    ) -> None:
        from langsmith import tracing_context  # noqa: PLC0415 - loaded with LangChain

        now = asyncio.get_running_loop().time
        end = now() + self._timeouts.total
        gap = self._timeouts.gap
        first = min(now() + min(gap, gap if first_within is None else first_within), end)
        # One timer moved along with the stream, instead of a task and a timer per chunk.
        async with asyncio.timeout_at(first) as timer:
            with tracing_context(enabled=False):
                stream = chat.astream(list(messages), **arguments)
                async with aclosing(stream) as chunks:  # type: ignore[type-var]  # it is an async generator
                    async for chunk in chunks:
                        timer.reschedule(min(now() + gap, end))
                        collector.add(chunk)

    async def _loaded(self, parameters: Mapping[str, Any], *, usage: bool) -> tuple[BaseChatModel, dict[str, Any]]:
        """Return the client, made at the first call, and what its stream is to be given."""
        async with self._loading:
            if self._client is None:
                try:
                    self._client = await asyncio.to_thread(self._build)
                except NO_CLIENT as error:
                    raise unreachable(error, self.id) from None
            spoken, chat = self._client
        return chat, spoken.arguments(parameters, usage=usage)

    def _build(self) -> tuple[Speaker, BaseChatModel]:
        spoken, times = speaker(self._provider.wire.protocol), self._timeouts
        return spoken, spoken.build(self._provider, self._shown, self._model, gap=times.gap, connect=times.connect)


@dataclass(slots=True)
class _Collector:
    """Gathers the pieces of one answer and hands its text on in batches."""

    model: str
    on_text: Callable[[str], None] | None
    parts: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    chars: int = 0
    finish: str = ""
    answering_model: str = ""
    tokens: tuple[int, int] = (0, 0)
    timer: asyncio.TimerHandle | None = None

    def add(self, chunk: Any) -> None:
        """Take one chunk of LangChain."""
        if chunk.type != "AIMessageChunk":
            raise ProviderError("malformed", model=self.model, detail=f"a message of the wrong role: {chunk.type}")
        text = chunk.content if isinstance(chunk.content, str) else str(chunk.text)
        if text:
            self._take(self.parts, text)
        for call in chunk.tool_call_chunks:
            if call["args"]:
                self._take(self.arguments, str(call["args"]))
        if chunk.response_metadata:
            told = chunk.response_metadata
            self.finish = told.get("finish_reason") or told.get("stop_reason") or self.finish
            self.answering_model = chunk.response_metadata.get("model_name") or self.answering_model
        if chunk.usage_metadata:
            # Running totals, repeated in every chunk or told in parts: the largest count, not the sum.
            counted = (chunk.usage_metadata["input_tokens"], chunk.usage_metadata["output_tokens"])
            self.tokens = (max(self.tokens[0], counted[0]), max(self.tokens[1], counted[1]))

    def completion(self, asked: str) -> Completion:
        """Judge whether the answer is whole."""
        text = "".join(self.arguments) or without_thinking("".join(self.parts))
        completion = Completion(text, self.answering_model or asked, *self.tokens)
        if not self.finish and self.chars:
            raise ProviderError("transient", model=self.model, detail="the answer broke off: no finish_reason")
        problem = _problem(self.finish, text)
        if problem is not None:
            fault, detail = problem
            raise SpoiledError(fault, completion, model=self.model, detail=detail)
        return completion

    def silence(self) -> str:
        """Describe a time-out."""
        return f"no more text after {self.chars} characters" if self.chars else "no answer in time"

    def flush(self) -> None:
        """Hand on what has gathered."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
        if self.fresh and self.on_text is not None:
            text = "".join(self.fresh)
            self.fresh.clear()
            self.on_text(text)

    def _take(self, where: list[str], text: str) -> None:
        self.chars += len(text)
        if self.chars > LARGEST_ANSWER:
            raise ProviderError("malformed", model=self.model, detail="the answer does not end")
        where.append(text)
        if self.on_text is not None:
            self.fresh.append(text)
            if self.timer is None:
                self.timer = asyncio.get_running_loop().call_later(BATCH_SECONDS, self.flush)


def _problem(finish: str, text: str) -> tuple[ProviderFault, str] | None:
    """Say why an answer that ended is no answer."""
    if finish in _CUT:
        return "too_long", "the answer did not fit into max_tokens"
    if finish in _FILTERED:
        return "refused", f"finish_reason {finish}"
    if finish in _BROKEN:
        return "transient", f"finish_reason {finish}"
    return None if text.strip() else ("malformed", "an empty answer")


__all__ = ["ChatModel", "Completion", "SpoiledError", "Timeouts"]
