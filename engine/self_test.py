"""`multicoder --self-test`: everything an installed program needs is used once, in a data folder of its own.

It is the gate of every freeze: what was left out of the folder by mistake fails here, not at a person's desk.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import ConfigurationError
from core.i18n import LOCALES, tr
from core.paths import Home
from engine.cli import FIRST_FRAME
from engine.own_process import PIPE, TOGETHER, said_by, start_own

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.own_process import OwnProcess

MODULES: Final = (
    "agents.providers.chat_model",
    "agents.providers.accounts",
    "agents.providers.keys",
    "agents.providers.protocols.anthropic",
    "agents.providers.webchat.chats",
    "agents.providers.vault",
    "agents.tools.connecting",
    "bs4",
    "charset_normalizer",
    "cryptography.hazmat.primitives.ciphers.aead",
    "builders.equipment",
    "docx",
    "engine.paranoid.drills.catalogue",
    "engine.reactor",
    "engine.reports.pdf_format",
    "engine.telemetry",
    "graph.coordinator",
    "idna",
    "keyring.backends.SecretService",
    "keyring.backends.Windows",
    "langchain_anthropic",
    "langchain_openai",
    "lxml.etree",
    "lxml.html",
    "memory.archive",
    "memory.ingest.ingest",
    "memory.service",
    "openpyxl",
    "opentelemetry.exporter.otlp.proto.http.trace_exporter",
    "pypdf",
    "socksio",
    "tiktoken_ext.openai_public",
)
QUESTION: Final = "What can you do?"
PAGE: Final = "Make a web page with a contact form"
CALCULATOR: Final = "Make a calculator with a GUI"
ANSWERED: Final = 10
"""Exit code of `run` for a question."""
_SECONDS: Final = 180.0
_MAKING_SECONDS: Final = 600.0
_PICTURE_BYTES: Final = 2_000
"""A picture of an empty surface is smaller."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that has to work; `check` gets the data folder and says what was seen, or raises."""

    name: str
    check: Callable[[Home], str]
    shared: str = ""
    """Parts with the same word here work in the same data folder."""


class SelfTestFailedError(Exception):
    """What should have been there was not; says what was seen instead."""


def self_test(say: Callable[[str], None], *, everything: bool = False) -> int:
    """Check every part, also after one failed; return the exit code. Its data folder is removed afterwards.

    `everything` takes minutes: a program with a window is built into one file as well.
    """
    failed = 0
    with tempfile.TemporaryDirectory(prefix="multicoder-self-test-", ignore_cleanup_errors=True) as folder:
        for part in parts(everything=everything):
            begun = time.monotonic()
            home = Home(Path(folder) / (part.shared or part.name))
            home.prepare()
            try:
                seen, word = part.check(home), "ok    "
            except Exception as error:  # noqa: BLE001 - the border: whatever a missing part raises is what is looked for
                seen, word = f"{type(error).__name__}: {error}", "FAILED"
                failed += 1
            say(f"{word} {part.name:<10} {time.monotonic() - begun:5.1f} s  {seen}")
    say(f"{failed} failed" if failed else "everything works")
    return min(failed, 1)


def parts(*, everything: bool) -> Iterator[Part]:
    """Every part, the quick ones first."""
    yield Part("texts", _texts)
    yield Part("imports", _imports)
    yield Part("keyring", _keyring)
    yield Part("vault", _vault)
    yield Part("memory", _memory)
    yield Part("checkpoint", _checkpoint)
    yield Part("window", _window)
    yield Part("engine", _engine)
    yield Part("toolchain", _toolchain, "programs")
    yield Part("page", _page, "programs")
    if everything:
        yield Part("calculator", _calculator, "programs")


def _texts(_home: Home) -> str:
    said = {locale: tr("error-internal", locale) for locale in LOCALES}
    if len(set(said.values())) != len(LOCALES):
        raise SelfTestFailedError("the languages say the same")
    return ", ".join(LOCALES)


def _imports(_home: Home) -> str:
    for name in MODULES:
        importlib.import_module(name)
    return f"{len(MODULES)} entry points of {len(sys.modules)} modules"


def _keyring(home: Home) -> str:
    from agents.providers.keys import KeyStore  # noqa: PLC0415 - only when it is looked for

    try:
        asyncio.run(KeyStore(home).get("self-test"))
    except ConfigurationError as error:  # no keyring on this computer is no fault of the program
        return str(error.facts.get("detail") or error.code)
    return "answers"


def _vault(home: Home) -> str:
    from agents.providers.secret import Secret  # noqa: PLC0415 - only when it is looked for
    from agents.providers.vault import Vault  # noqa: PLC0415 - as above

    vault, kept = Vault(home.root / "self-test.vault"), Secret("a value of the self-test")
    vault.create(kept)
    vault.set("self-test", kept)
    if vault.get("self-test") != kept:
        raise SelfTestFailedError("the vault returned something else")
    return "an entry was sealed and opened"


def _memory(home: Home) -> str:
    from memory.lanes import Passage  # noqa: PLC0415 - only when it is looked for
    from memory.vectors.lane import open_vectors  # noqa: PLC0415 - as above

    class Said:
        """Two passages."""

        async def after(self, passage: int, limit: int) -> list[Passage]:
            """See `memory.lanes.Passages`."""
            texts = ("The workshop opens at nine.", "Мастерская закрывается в шесть.")
            return [Passage(at, "self.test", text) for at, text in enumerate(texts, 1) if at > passage][:limit]

        async def count(self) -> int:
            """See `memory.lanes.Passages`."""
            return 2

    async def found() -> str:
        lane = open_vectors(home.root)
        try:
            await lane.catch_up(Said())
            near = await lane.search(["self.test"], ["мастерские закрываются"], 1)
            condition = await lane.condition()
        finally:
            await lane.close()
        if list(near) != [2] or condition.state != "ready":
            raise SelfTestFailedError(f"{condition.state}: {condition.trouble or near}")
        return f"{condition.embedded} passages were embedded and the right one found"

    return asyncio.run(found())


def _checkpoint(home: Home) -> str:
    with start_own(["run", QUESTION, "--team", "demo"], home=home, stdout=PIPE, stderr=TOGETHER) as child:
        said = said_by(child, _SECONDS)
    if child.returncode != ANSWERED or not home.checkpoints.is_file():
        raise SelfTestFailedError(f"exit code {child.returncode}: {said[-800:]}")
    return f"a question was answered over {home.checkpoints.stat().st_size:,} bytes of checkpoints"


def _window(home: Home) -> str:
    picture = home.root / "first-frame.png"
    words = [FIRST_FRAME, str(picture)]
    with start_own(words, home=home, environ=_with_screen(), stdout=PIPE, stderr=TOGETHER) as child:
        said = said_by(child, _SECONDS)
    if child.returncode or not picture.is_file() or picture.stat().st_size < _PICTURE_BYTES:
        raise SelfTestFailedError(f"no first frame (exit code {child.returncode}): {said[-800:]}")
    _engine(home)  # the window had it started; it must not outlive its data folder
    return f"first frame, {picture.stat().st_size:,} bytes"


def _with_screen() -> dict[str, str]:
    """The variables of this process; without a screen the window is drawn into memory."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    blind = sys.platform == "linux" and not any(os.environ.get(name) for name in screens)
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"} if blind else dict(os.environ)


def _engine(home: Home) -> str:
    with start_own(["acp"], home=home, stdin=PIPE, stdout=PIPE) as relay:
        asked = [
            ("initialize", {"protocolVersion": 1, "clientCapabilities": {}}),
            ("_multicoder/engine/info", {}),
            ("_multicoder/engine/stop", {}),
        ]
        answers = [_asked(relay, number, method, params) for number, (method, params) in enumerate(asked)]
        said_by(relay, _SECONDS)  # closes its input first
    return f"version {answers[1]['version']}, process {answers[1]['pid']}"


def _asked(relay: OwnProcess, number: int, method: str, params: dict[str, Any]) -> dict[str, Any]:
    if relay.stdin is None or relay.stdout is None:
        raise SelfTestFailedError("no pipes")
    relay.stdin.write(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode() + b"\n")
    relay.stdin.flush()
    for line in relay.stdout:
        message = json.loads(line)
        if message.get("id") == number and "result" in message:
            found: dict[str, Any] = message["result"]
            return found
        if message.get("id") == number:
            raise SelfTestFailedError(f"{method}: {message.get('error')}")
    raise SelfTestFailedError(f"{method} was not answered")


def _toolchain(home: Home) -> str:
    from builders.toolchains.python import own_toolchain  # noqa: PLC0415 - only when it is looked for

    made = asyncio.run(own_toolchain(home, os.environ).shared())
    return f"Python {made.version} with {len(made.packages)} packages"


def _page(home: Home) -> str:
    return _made(home, PAGE, "source")


def _calculator(home: Home) -> str:
    return _made(home, CALCULATOR, "exe")


def _made(home: Home, task: str, target: str) -> str:
    """Have a program of the demo team made, tested, built, started and delivered."""
    out = home.root.with_name(f"out-{target}")
    words = ["run", task, "--team", "demo", "--yes", "--target", target, "--out", str(out)]
    with start_own(words, home=home, stdout=PIPE, stderr=TOGETHER) as child:
        said = said_by(child, _MAKING_SECONDS)
    made = sorted(path.name for path in out.iterdir()) if out.is_dir() else []
    if child.returncode or not made:
        raise SelfTestFailedError(f"exit code {child.returncode}: {said[-800:]}")
    return f"delivered {', '.join(made)}"
