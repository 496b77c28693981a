"""Messages of the window against the schema of the protocol's own SDK; our own methods need only be objects."""

from __future__ import annotations

REQUESTS = {
    "initialize": "InitializeRequest",
    "session/new": "NewSessionRequest",
    "session/load": "LoadSessionRequest",
    "session/list": "ListSessionsRequest",
    "session/fork": "ForkSessionRequest",
    "session/resume": "ResumeSessionRequest",
    "session/close": "CloseSessionRequest",
    "session/delete": "DeleteSessionRequest",
    "session/prompt": "PromptRequest",
    "session/cancel": "CancelNotification",
    "session/set_config_option": "SetSessionConfigOptionSelectRequest",
}
ANSWERS = {"accept": "AcceptElicitationResponse", "decline": "DeclineElicitationResponse"}


def problems_of(messages):
    """What does not fit, one text per message."""
    return [problem for message in messages for problem in _problems(message)]


def _problems(message):
    if message.get("jsonrpc") != "2.0":
        yield f"not JSON-RPC: {message}"
    method, params = message.get("method"), message.get("params")
    if isinstance(method, str) and method.startswith("_multicoder/"):
        if not isinstance(params, dict):
            yield f"{method}: its parameters are no object"
    elif method is not None:
        yield from _misfit(REQUESTS.get(method), params, method)
    elif isinstance(message.get("result"), dict):
        result = message["result"]
        name = ANSWERS.get(result["action"]) if "action" in result else "RequestPermissionResponse"
        yield from _misfit(name or "CancelElicitationResponse", result, "answer")


def _misfit(name, value, what):
    from acp import schema  # noqa: PLC0415 - a second that a test without an engine need not wait

    if name is None:
        yield f"the protocol has no {what}"
        return
    try:
        getattr(schema, name).model_validate(value)
    except ValueError as error:
        yield f"{what}: {error}"
