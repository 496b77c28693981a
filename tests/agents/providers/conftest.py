"""Short times, a recording event sink and keyrings for the provider tests."""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING

import keyring
import pytest

from agents.providers.authorising import authorisation
from agents.providers.chat_model import ChatModel, Timeouts
from agents.providers.keys import Secret
from agents.providers.registry import Provider

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from keyring.backend import KeyringBackend

    from core.events import Event

KEY = "sk-canary-0123456789abcdef"


class RecordingSink:
    """An event sink that keeps everything."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def emit(self, event: Event, /) -> None:
        self.events.append(event)


async def until(seen: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for what happens in the server's thread."""
    async with asyncio.timeout(seconds):
        while not seen():  # noqa: ASYNC110 - another thread's state has no event of this loop
            await asyncio.sleep(0.01)


@pytest.fixture(scope="session", autouse=True)
def loaded_libraries() -> None:
    """Import LangChain once: its seconds belong to no single test's time limit."""
    importlib.import_module("langchain_openai")


@pytest.fixture
def sink() -> RecordingSink:
    return RecordingSink()


@pytest.fixture
def quick() -> Timeouts:
    return Timeouts(connect=1, gap=1, total=10)


@pytest.fixture
async def chat(quick) -> AsyncIterator[Callable[..., ChatModel]]:
    """Make a chat model for a base URL; closed at the end."""
    made: list[ChatModel] = []

    def make(url: str, model: str = "gpt-test", timeouts: Timeouts = quick, **row) -> ChatModel:
        provider = Provider("here", "Here", url, **row)
        made.append(ChatModel(provider, authorisation(provider, Secret(KEY)), model, timeouts))
        return made[-1]

    yield make
    for model in made:
        await model.aclose()


@pytest.fixture
def use_keyring() -> Iterator[Callable[[KeyringBackend], None]]:
    """Choose the keyring of this test; the one before comes back."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)
