"""An editor of somebody else: a client written with the protocol's own SDK, started like any editor starts an agent.

Every message that passes the wire is kept and checked against the SDK's schema, in both directions.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from acp import schema
from acp.connection import StreamDirection
from acp.schema import (
    AllowedOutcome,
    ClientCapabilities,
    DeniedOutcome,
    ElicitationCapabilities,
    ElicitationFormCapabilities,
    Implementation,
    RequestPermissionResponse,
)
from acp.stdio import spawn_agent_process

from tests.faults.stand import child_environment

if TYPE_CHECKING:
    from pathlib import Path

    from acp.client.connection import ClientSideConnection

RESPONSES = {
    "initialize": schema.InitializeResponse,
    "session/new": schema.NewSessionResponse,
    "session/load": schema.LoadSessionResponse,
    "session/list": schema.ListSessionsResponse,
    "session/fork": schema.ForkSessionResponse,
    "session/resume": schema.ResumeSessionResponse,
    "session/close": schema.CloseSessionResponse,
    "session/delete": schema.DeleteSessionResponse,
    "session/prompt": schema.PromptResponse,
    "session/set_config_option": schema.SetSessionConfigOptionResponse,
    "providers/list": schema.ListProvidersResponse,
    "providers/set": schema.SetProviderResponse,
    "providers/disable": schema.DisableProviderResponse,
}
REQUESTS = {
    "session/update": schema.SessionNotification,
    "session/request_permission": schema.RequestPermissionRequest,
    "elicitation/create": schema.CreateFormSessionElicitationRequest,
}


class Editor:
    """What the person sees and does in a foreign editor.

    `choose(request)` returns the option id for a permission request, None to leave it open, or raises
    `asyncio.CancelledError`; `fill(request)` returns the values of a form, None to decline it.
    """

    def __init__(self, *, forms: bool = True) -> None:
        self.forms = forms
        self.updates: list[tuple[str, dict[str, Any]]] = []
        self.asked: list[dict[str, Any]] = []
        self.filled: list[dict[str, Any]] = []
        self.notified: list[tuple[str, dict[str, Any]]] = []
        self.problems: list[str] = []
        self.wire: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, Any] = {}
        self._methods: dict[Any, str] = {}
        self.changed = asyncio.Event()

    # ---------------------------------------------------------------------------------------------- the SDK's client

    def on_connect(self, conn: Any) -> None:
        del conn

    async def session_update(self, session_id: str, update: Any, **_: Any) -> None:
        self.updates.append((session_id, update.model_dump(mode="json", by_alias=True, exclude_none=True)))
        self.changed.set()

    async def request_permission(self, session_id: str, tool_call: Any, options: Any, **_: Any) -> Any:
        request = {
            "session": session_id,
            "title": tool_call.title,
            "text": tool_call.content[0].content.text if tool_call.content else "",
            "options": [option.option_id for option in options],
        }
        self.asked.append(request)
        self.changed.set()
        chosen = await self.choose(request)
        if chosen is None:
            return RequestPermissionResponse(outcome=DeniedOutcome(outcome="cancelled"))
        return RequestPermissionResponse(outcome=AllowedOutcome(outcome="selected", option_id=chosen))

    async def create_elicitation(self, message: str, mode: Any, **_: Any) -> Any:
        request = {"message": message, "fields": mode.requested_schema.properties}
        self.filled.append(request)
        self.changed.set()
        values = await self.fill(request)
        if values is None:
            return schema.DeclineElicitationResponse(action="decline")
        return schema.AcceptElicitationResponse(action="accept", content=values)

    async def ext_method(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        raise AssertionError(f"nobody asked for {method} {params}")

    async def ext_notification(self, method: str, params: dict[str, Any]) -> None:
        self.notified.append((method, params))

    # ---------------------------------------------------------------------------------------------- the person

    async def choose(self, request: dict[str, Any]) -> str | None:
        """Approve what can be approved."""
        for wanted in ("approve", "answer", "retry"):
            if wanted in request["options"]:
                return wanted
        return "reject"

    async def fill(self, request: dict[str, Any]) -> dict[str, Any] | None:
        """Take every default."""
        return {name: getattr(field, "default", None) or "fine" for name, field in request["fields"].items()}

    # ---------------------------------------------------------------------------------------------- what was seen

    def text(self, session: str = "", kind: str = "agent_message_chunk") -> str:
        return "".join(
            update["content"].get("text", "")
            for where, update in self.updates
            if update["sessionUpdate"] == kind and session in {"", where}
        )

    def first_message(self) -> str:
        """The id of the first message that was seen."""
        return next(update["messageId"] for _, update in self.updates if "messageId" in update)

    def kinds(self, session: str = "") -> set[str]:
        return {update["sessionUpdate"] for where, update in self.updates if session in {"", where}}

    def outcomes(self, session: str) -> list[str]:
        """How the runs of a session ended."""
        own = [update.get("_meta", {}).get("multicoder", {}) for where, update in self.updates if where == session]
        return [facts["outcome"] for facts in own if "run" in facts and "outcome" in facts]

    def steps(self, session: str = "") -> dict[str, dict[str, Any]]:
        """Tool calls as they stand in the end."""
        found: dict[str, dict[str, Any]] = {}
        for where, update in self.updates:
            if update["sessionUpdate"] in {"tool_call", "tool_call_update"} and session in {"", where}:
                found.setdefault(update["toolCallId"], {}).update(update)
        return found

    async def until(self, condition: Any, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                self.changed.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.changed.wait(), 0.1)

    def observe(self, event: Any) -> None:
        """Check each message of the wire against the schema."""
        message, incoming = event.message, event.direction is StreamDirection.INCOMING
        self.wire.append(("in" if incoming else "out", message))
        if not incoming:
            if "method" in message and "id" in message:
                self._methods[message["id"]] = message["method"]
            return
        method = message.get("method")
        if method is not None and not method.startswith("_"):
            self._check(method, REQUESTS.get(method), message.get("params"))
        elif "result" in message:
            asked = self._methods.get(message["id"], "")
            if not asked.startswith("_"):
                self._check(asked, RESPONSES.get(asked), message["result"])
        self.problems += [] if message.get("jsonrpc") == "2.0" else [f"not JSON-RPC: {message}"]

    def _check(self, method: str, model: Any, value: Any) -> None:
        if model is None:
            self.problems.append(f"unexpected {method}")
            return
        try:
            model.model_validate(value)
        except ValueError as error:
            self.problems.append(f"{method}: {error}")


@contextlib.asynccontextmanager
async def connected(home: Path, editor: Editor, *, team: str = "demo", own: dict[str, Any] | None = None) -> Any:
    """Start `multicoder acp` as an editor does and shake hands; yields the SDK's connection and the process."""
    environ = child_environment(MULTICODER_TEAM=team, MULTICODER_HOME=str(home), LANG="en_US.UTF-8")
    command = [sys.executable, "-P", "-m", "engine.cli", "acp", "--home", str(home)]
    kept = {"env": environ, "cwd": str(home.parent), "transport_kwargs": {"limit": 64 * 1024 * 1024}}
    options = {"observers": [editor.observe], "use_unstable_protocol": True}
    async with spawn_agent_process(editor, command[0], *command[1:], **kept, **options) as (connection, process):
        await shake_hands(connection, editor, own or {})
        yield connection, process


async def shake_hands(connection: ClientSideConnection, editor: Editor, own: dict[str, Any]) -> Any:
    capabilities = ClientCapabilities(
        elicitation=ElicitationCapabilities(form=ElicitationFormCapabilities()) if editor.forms else None,
        field_meta={"multicoder": own} if own else None,
    )
    return await connection.initialize(
        protocol_version=1,
        client_capabilities=capabilities,
        client_info=Implementation(name="foreign-editor", version="1"),
    )


def end_engine(home: Path) -> None:
    """Kill whatever serves a data folder: keeper first, then the engine."""
    for name in ("keeper.json", "engine.json"):
        with contextlib.suppress(OSError, ValueError, KeyError):
            os.kill(int(json.loads((home / name).read_text(encoding="utf-8"))["pid"]), 9)
