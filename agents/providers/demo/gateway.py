"""The demo team behind the `Gateway` port: every answer comes from a script and says so."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Final, get_args

from agents.providers.demo import deciding, working
from agents.providers.demo.library import Library
from agents.providers.demo.scene import Prompt
from core.errors import ProviderError
from core.ports import ModelReply, Role, Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from core.events import Json
    from core.ports import ModelRequest

FAMILY: Final = "demo"
CHUNK: Final = 160
CHARACTERS_PER_TOKEN: Final = 4

_STRUCTURED: Final[Mapping[str, Callable[[Library, Prompt], Mapping[str, object]]]] = {
    "router.route": deciding.route,
    "judge.request": deciding.judge,
    "judge.plan": deciding.judge,
    "judge.code": deciding.judge,
    "architect.plan": deciding.draw_plan,
    "reviewer.review": working.review,
    "packager.pack": working.pack,
    "researcher.plan": deciding.research,
    "researcher.choose": deciding.choose,
    "researcher.read": deciding.find,
}
_WRITTEN: Final[Mapping[str, Callable[[Library, Prompt], str]]] = {
    "coder.write": working.write,
    "coder.fix": working.fix,
    "tester.tests": working.write_tests,
    "tester.attack": working.attack,
    "converse.answer": deciding.converse,
}


class DemoGateway:
    """A scripted team for the sample tasks. `pace` is the pause in seconds between two streamed pieces."""

    def __init__(self, *, pace: float = 0.0) -> None:
        self._library = Library()
        self._pace = pace

    async def ask(self, request: ModelRequest, *, on_text: Callable[[str], None] | None = None) -> ModelReply:
        """Answer from the script; `ConfigurationError` when the task is none of the samples."""
        text, data = self._answer(request)
        if on_text is not None:
            for start in range(0, len(text), CHUNK):
                on_text(text[start : start + CHUNK])
                await asyncio.sleep(self._pace)
        return ModelReply(
            text=text,
            model=_model(request.role),
            family=FAMILY,
            data=data,
            usage=Usage(_prompt_tokens(request), _tokens(text), cost_usd=0.0, priced=True),
        )

    def estimate(self, request: ModelRequest) -> Usage:
        """Tokens are estimated, money is never spent."""
        return Usage(_prompt_tokens(request), request.max_tokens, cost_usd=0.0, priced=True)

    def roster(self) -> Mapping[Role, str]:
        """Every role is played by the script."""
        return {role: _model(role) for role in get_args(Role)}

    def models(self) -> Sequence[str]:
        """Nothing can be chosen: the script is one."""
        return ()

    def rivals(self) -> Mapping[int, str]:
        """The script writes alone."""
        return {0: _model("coder")}

    async def aclose(self) -> None:
        """Nothing is open."""

    def _answer(self, request: ModelRequest) -> tuple[str, Json]:
        prompt = Prompt(request)
        call = request.tag.call
        if call in _STRUCTURED:
            text = json.dumps(_STRUCTURED[call](self._library, prompt), ensure_ascii=False, indent=1)
            return text, json.loads(text)
        if call in _WRITTEN:
            return _WRITTEN[call](self._library, prompt), None
        raise ProviderError("refused", model=_model(request.role), detail=call)


def _model(role: Role) -> str:
    return f"demo:scripted-{role}"


def _tokens(text: str) -> int:
    return -(-len(text) // CHARACTERS_PER_TOKEN)


def _prompt_tokens(request: ModelRequest) -> int:
    return sum(_tokens(message.text) for message in request.messages)
