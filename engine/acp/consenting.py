"""Our own methods for what a person allowed to be downloaded and refused. Nothing can be allowed by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.acp.parameters import Parameters
from engine.consenting import LONGEST_REASON, consent_rows, revoke_consent
from graph.consents import LedgerConsents

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.research import Consents
    from engine.acp.server import Client

_PAGE: Final = 200
_MOST: Final = 1_000


def _consents(client: Client) -> Consents:
    return LedgerConsents(client.reactor.engine.ledger, client.reactor.engine.journal)


async def _list(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    limit = Parameters(params).whole("limit", _PAGE, least=1, most=_MOST)
    rows = await consent_rows(_consents(client))
    return {"consents": rows[:limit], "total": len(rows)}


async def _revoke(client: Client, params: dict[str, Any]) -> dict[str, Any]:
    given = Parameters(params)
    reason = given.text("reason", "", longest=LONGEST_REASON)
    return {"consent": await revoke_consent(_consents(client), given.text("consent"), reason)}


CONSENTS: Final[dict[str, Callable[[Client, dict[str, Any]], Awaitable[dict[str, Any]]]]] = {
    "consents/list": _list,
    "consents/revoke": _revoke,
}
