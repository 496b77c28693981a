"""Our own methods for sealed copies of the memory. Passphrases are secrets from the moment they come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from agents.providers.secret import Secret
from core.errors import InputError
from core.i18n import tr
from engine.acp.live import task_row
from engine.acp.parameters import Parameters

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from engine.acp.server import Client

_LONGEST_PASSPHRASE: Final = 1_000
_MOST_KEPT: Final = 1_000


async def _backup(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    path = _path(given)
    task = await client.reactor.upkeep.copies.order_copy(
        path,
        Secret(given.text("passphrase", longest=_LONGEST_PASSPHRASE)),
        tr("sealed-copy-title", client.locale, name=path.name),
        projects=given.switch("projects"),
        keep=given.whole("keep", 0, least=0, most=_MOST_KEPT),
        by=client.via,
    )
    return {"task": task_row(task, client.tongue())}


async def _restore(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    path = _path(given)
    task = await client.reactor.upkeep.copies.order_restore(
        path,
        Secret(given.text("passphrase", longest=_LONGEST_PASSPHRASE)),
        tr("sealed-restore-title", client.locale, name=path.name),
        snapshot=given.text("snapshot", ""),
        replace=given.switch("replace"),
        by=client.via,
    )
    return {"task": task_row(task, client.tongue())}


def _path(given: Parameters) -> Path:
    path = Path(given.text("path", longest=4_000))
    if not path.is_absolute():
        raise InputError("cwd-not-absolute", path=str(path)[:200])
    return path


SEALING: Final[dict[str, Callable[[Client, dict[str, Any]], Awaitable[dict[str, Any]]]]] = {
    "memory/backup": _backup,
    "memory/restore": _restore,
}
