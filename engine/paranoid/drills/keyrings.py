"""keyring-trouble: a system keyring that fails, hangs, is missing or would keep keys in the clear."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import TYPE_CHECKING, Any, Final

from core.errors import MultiCoderError
from engine.paranoid.drills.children import ask
from engine.paranoid.drills.drill import in_words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from engine.paranoid.drills.drill import Fact, Stage

SECONDS: Final = 1.5
"""What the key store is allowed to wait for the keyring."""
SLACK: Final = 2.5
CANARY: Final = "sk-drill-canary-4f1c2a9b7e"
HANGS: Final = 40
TRIED: Final = ("get", "set", "remove")

_MODULE: Final = "multicoder_drill_keyrings"
_SOURCE: Final = f"""
import pathlib, time
from keyring.backend import KeyringBackend
class Hanging(KeyringBackend):
    priority = 1
    def get_password(self, *_):
        time.sleep({HANGS})
    set_password = delete_password = get_password
class Plaintext(KeyringBackend):
    priority = 1
    def get_password(self, *_):
        return None
    def set_password(self, service, username, password):
        pathlib.Path(__file__).with_name("keys.txt").write_text(password)
    delete_password = get_password
class Forgetful(Plaintext):
    def set_password(self, *_):
        pass
"""
_BACKENDS: Final = {
    "fails": "keyring.backends.fail.Keyring",
    "hangs": f"{_MODULE}.Hanging",
    "missing": "multicoder_drill_no_such_module.Keyring",
    "plaintext": f"{_MODULE}.Plaintext",
    "forgets": f"{_MODULE}.Forgetful",
}


async def run(stage: Stage) -> list[Fact]:
    """Use the key store with each such keyring, in a process of its own."""
    (stage.scratch / f"{_MODULE}.py").write_text(_SOURCE, encoding="utf-8")
    answers = await asyncio.gather(*(_try(stage, name) for name in _BACKENDS))
    slow = {name: answer for name, answer in zip(_BACKENDS, answers, strict=True) if not _in_time(answer)}
    silent = {name: answer for name, answer in zip(_BACKENDS, answers, strict=True) if not _refused(name, answer)}
    leaks = await asyncio.to_thread(_leaks, stage)
    return [
        stage.fact("bounded", not slow, slow, keyrings=len(_BACKENDS), seconds=SECONDS + SLACK),
        stage.fact("told", not silent, silent, keyrings=len(_BACKENDS)),
        stage.fact("no-plaintext", not leaks, leaks),
    ]


async def _try(stage: Stage, name: str) -> dict[str, Any] | str:
    environ = {"PYTHON_KEYRING_BACKEND": _BACKENDS[name]}
    try:
        answer: dict[str, Any] = await ask(stage, "use", environ=environ, seconds=len(TRIED) * (SECONDS + SLACK))
    except TimeoutError:
        return "no answer"
    return answer


def _in_time(answer: dict[str, Any] | str) -> bool:
    return isinstance(answer, dict) and all(answer[action]["seconds"] < SECONDS + SLACK for action in TRIED)


def _refused(name: str, answer: dict[str, Any] | str) -> bool:
    """A key must never be taken for kept; reading may say that there is none where the keyring says so."""
    if not isinstance(answer, dict):
        return False
    wanted = ("set",) if name == "forgets" else TRIED
    return all(answer[action]["code"] == "keyring-unavailable" and answer[action]["worded"] for action in wanted)


def _leaks(stage: Stage) -> list[str]:
    files = [path for path in stage.folder.rglob("*") if path.is_file()]
    return [path.name for path in files if CANARY.encode() in path.read_bytes()]


async def use(stage: Stage, order: Mapping[str, Any]) -> Any:
    """Fetch, keep and forget a key with the keyring this process was given."""
    del order
    from agents.providers.keys import KeyStore, Secret  # noqa: PLC0415 - only in the process for it

    sys.path.insert(0, str(stage.scratch))
    store = KeyStore(stage.shadow, seconds=SECONDS)
    actions: dict[str, Callable[[], Awaitable[Any]]] = {
        "get": lambda: store.get("drill"),
        "set": lambda: store.set("drill", Secret(CANARY)),
        "remove": lambda: store.remove("drill"),
    }
    answer = {}
    for name, action in actions.items():
        started = time.monotonic()
        try:
            await action()
            outcome: dict[str, Any] = {"code": "", "worded": False}
        except MultiCoderError as error:
            outcome = {"code": error.code, "worded": in_words(error)}
        answer[name] = {**outcome, "seconds": time.monotonic() - started}
    return answer
