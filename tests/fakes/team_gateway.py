"""A scripted team behind the `Gateway` port itself, without HTTP: for tests that are about the graph."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from agents.providers.demo import DemoGateway
from core.ports import ModelReply, Usage

if TYPE_CHECKING:
    from tests.fakes.scripted_team import ScriptedTeam


class TeamGateway(DemoGateway):
    """Asks the script what a server would ask it."""

    def __init__(self, team: ScriptedTeam) -> None:
        super().__init__()
        self._team = team

    async def ask(self, request, *, on_text=None):
        body = {
            "model": "scripted",
            "messages": [{"role": message.author, "content": message.text} for message in request.messages],
        }
        if request.schema is not None:
            body["response_format"] = {"json_schema": {"name": request.schema["title"]}}
        answer = self._team(body)
        if on_text is not None:
            on_text(answer.text)
        data = json.loads(answer.text) if request.schema is not None else None
        return ModelReply(answer.text, "test:scripted", "scripted", data, Usage(10, 10, 0.0, priced=True))
