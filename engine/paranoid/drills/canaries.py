"""secrets: keys planted wherever text is kept, in many shapes, then looked for in every byte."""

from __future__ import annotations

import asyncio
import base64
import logging
import string
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, quote_plus

from agents.providers.errors_map import from_response
from core.errors import StorageError
from core.events import Event
from core.i18n import LOCALES, explain, load_catalogues
from core.logs import LOGGER_NAME, set_up_logs
from core.redaction import register_secret
from engine.paranoid.drills.children import ChildError, ask
from engine.paranoid.drills.drill import in_words

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping

    from core.events import Json
    from engine.paranoid.drills.drill import Fact, Stage

_LETTERS: Final = string.ascii_letters + string.digits
_SHAPES: Final = (
    "sk-{40}",
    "sk-proj-{48}",
    "sk-or-v1-{48}",
    "sk-ant-api03-{60}",
    "AIza{35}",
    "gsk_{48}",
    "ghp_{36}",
    "github_pat_{50}",
    "xai-{60}",
    "nvapi-{50}",
    "hf_{34}",
    "plain{32}",
    "pa/ss+wo=rd&{20}",
    "ключ-{24}",
)
"""The last three are known by their value only, which is registered when a key is taken into use."""


async def run(stage: Stage) -> list[Fact]:
    """Have a process of its own write, fail and crash with the keys at hand; read all it left."""
    load_catalogues()
    stage.shadow.prepare()
    keys = _keys(stage.dice())
    answer = await ask(stage, "leak", {"keys": keys, "crash": False})
    try:
        await ask(stage, "leak", {"keys": keys, "crash": True})
    except ChildError as error:  # it crashed, as it was told
        crash = str(error)
    else:
        crash = ""
    traces = {form for key in keys for form in _forms(key)}
    hits, files, size = await asyncio.to_thread(_search, stage, traces)
    told = [form for form in traces if form in "\n".join(answer["texts"])]
    return [
        stage.fact("disk", not hits, hits, keys=len(keys), files=files, size=size),
        stage.fact("texts", not told, len(told), keys=len(keys)),
        stage.fact("kept", answer["rows"] >= len(keys), answer["rows"], rows=answer["rows"]),
        stage.fact("crash", bool(crash), "it did not crash"),
    ]


def _keys(dice: random.Random) -> list[str]:
    found = []
    for shape in _SHAPES:
        head, _, length = shape.rstrip("}").partition("{")
        found.append(head + "".join(dice.choices(_LETTERS, k=int(length))))
    return found


def _forms(key: str) -> Iterator[str]:
    """A key as it is and as it travels."""
    raw = key.encode()
    yield from (key, quote(key, safe=""), quote_plus(key), raw.hex())
    yield base64.b64encode(raw).decode().rstrip("=")[:-1]


def _search(stage: Stage, traces: set[str]) -> tuple[list[str], int, int]:
    """Look for every form in every byte the drill has left; return the hits, files and bytes searched."""
    hits, files, size = [], 0, 0
    wanted = [trace.encode() for trace in traces] + [trace.encode("utf-16-le") for trace in traces]
    for path in stage.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            files, size = files + 1, size + len(data)
            hits += [path.name for trace in wanted if trace in data]
    return sorted(set(hits)), files, size


async def leak(stage: Stage, order: Mapping[str, Any]) -> Any:
    """Do carelessly what a program may do with a key by mistake."""
    from engine.journal import Journal  # noqa: PLC0415 - only in the process for it

    log = set_up_logs(stage.shadow.log)
    keys: list[str] = order["keys"]
    for key in keys:
        register_secret(key)
    journal = Journal(stage.shadow.journal, log)
    before = len(journal.read())
    texts: list[str] = []
    for key in keys:
        journal.emit(Event("ERROR", f"call.failed {key}", run=f"r-{key}", module=key, data=_careless(key)))
        _log(key)
        texts += _explained(key)
    rows = len(journal.read()) - before
    if order["crash"]:
        raise RuntimeError(f"crashed with {keys[0]} at hand")
    journal.close()
    return {"texts": texts, "rows": rows}


def _careless(key: str) -> dict[str, Json]:
    encoded = base64.b64encode(f"user:{key}".encode()).decode()
    return {
        "url": f"https://drill.invalid/v1?key={quote(key, safe='')}",
        "headers": {"Authorization": f"Bearer {key}", "basic": f"Basic {encoded}"},
        "listed": [key, {"deep": f"before {key} after"}],
        "hex": key.encode().hex(),
        key: "as a name",
    }


def _log(key: str) -> None:
    logger = logging.getLogger(f"{LOGGER_NAME}.drill")
    logger.error("refused with %s", key)
    try:
        int(key)
    except ValueError:
        logger.exception("a traceback")


def _explained(key: str) -> list[str]:
    """What a person is told when a provider repeats the key in its refusal."""
    body = {"error": {"message": f"Incorrect API key provided: {key}", "code": "invalid_api_key"}}
    errors = [from_response(401, {}, body, "drill:model"), from_response(500, {}, f"<p>{key}</p>", "drill:model")]
    texts = [str(error) for error in errors]
    for error in (*errors, StorageError("storage", path="x", detail="y")):
        words = [explain(error, locale) for locale in LOCALES]
        texts += [f"{part.what} {part.did} {part.next}" for part in words]
        if not in_words(error):
            texts.append(key)
    return texts
