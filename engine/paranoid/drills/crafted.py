"""crafted-checkpoint: a position file somebody else wrote, made to run code when it is read."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any, Final

from core.errors import MultiCoderError
from core.i18n import load_catalogues

if TYPE_CHECKING:
    from pathlib import Path

    from engine.paranoid.drills.drill import Fact, Stage

MODULE: Final = "multicoder_drill_marker"
_SOURCE: Final = """
from pathlib import Path
folder = Path(__file__).parent
(folder / "imported").touch()
class Marker:
    def __init__(self, *args, **named):
        (folder / "called").touch()
    model_construct = construct = model_validate = classmethod(lambda cls, *args, **named: cls())
"""
_PICKLE: Final = b"c" + MODULE.encode() + b"\nMarker\n)R."
"""Imports the module and calls the class, in the oldest protocol."""
_FAILURES: Final = (MultiCoderError, NotImplementedError, ValueError, TypeError, LookupError, AttributeError)


async def run(stage: Stage) -> list[Fact]:
    """Put such payloads into the checkpoint file of the copy and have it read."""
    from langgraph.checkpoint.base import empty_checkpoint  # noqa: PLC0415 - loads langgraph

    load_catalogues()
    (stage.scratch / f"{MODULE}.py").write_text(_SOURCE, encoding="utf-8")
    sys.path.insert(0, str(stage.scratch))
    importlib.invalidate_caches()
    good = empty_checkpoint()
    payloads = _payloads(stage.scratch, good)
    try:
        readable = await _read_all(stage, good, payloads)
    except _FAILURES as error:
        return [stage.broken("readable", repr(error)), _nothing_ran(stage, len(payloads))]
    return [stage.fact("readable", readable), _nothing_ran(stage, len(payloads))]


def _payloads(scratch: Path, good: Any) -> list[tuple[str, bytes]]:
    """All the ways a checkpoint can ask for an import or a call."""
    import ormsgpack  # noqa: PLC0415 - comes with langgraph

    target, folder = (MODULE, "Marker"), str(scratch / "called")
    asked: list[tuple[int, tuple[Any, ...]]] = [
        (0, (*target, "x")),
        (1, (*target, ("x",))),
        (2, (*target, {"x": "x"})),
        (3, (*target, "x", "construct")),
        (4, (*target, {"x": "x"}, "construct")),
        (5, (*target, {"x": "x"}, "model_construct")),
        (0, ("os", "mkdir", folder)),
        (1, ("os", "mkdir", (folder,))),
        (3, ("pathlib", "Path", folder, "mkdir")),
    ]
    exts = [ormsgpack.Ext(code, ormsgpack.packb(what)) for code, what in asked]
    return [
        *(("msgpack", ormsgpack.packb(ext)) for ext in exts),
        *(("msgpack", ormsgpack.packb({**good, "channel_values": {"plan": ext}})) for ext in exts),
        ("pickle", _PICKLE),
    ]


async def _read_all(stage: Stage, good: Any, payloads: list[tuple[str, bytes]]) -> bool:
    """Read an honest checkpoint, then each crafted one; whether the honest one came back."""
    from graph.checkpoints import open_checkpoints  # noqa: PLC0415 - loads langgraph

    config: Any = {"configurable": {"thread_id": "p-drill", "checkpoint_ns": ""}}
    async with open_checkpoints(stage.shadow.checkpoints) as saver:
        await saver.aput(config, good, {}, {})
        found = await saver.aget_tuple(config)
        for kind, payload in payloads:
            await saver.conn.execute(
                "UPDATE checkpoints SET type = ?, checkpoint = ? WHERE thread_id = 'p-drill'", (kind, payload)
            )
            await saver.conn.commit()
            try:
                await saver.aget_tuple(config)
            except _FAILURES:
                continue  # refused, which is as good as read without effect
    return found is not None and found.checkpoint["id"] == good["id"]


def _nothing_ran(stage: Stage, payloads: int) -> Fact:
    ran = [name for name in ("imported", "called") if (stage.scratch / name).exists()]
    return stage.fact("nothing-ran", not ran and MODULE not in sys.modules, ran, payloads=payloads)
