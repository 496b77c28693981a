"""The engine's questions and what the person decides: each is shown at its card and answered once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gui.chat.cards import ANSWER, Reply, key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.chat.log import Log
    from gui.link.engine_link import EngineLink
    from gui.link.words import Trouble

    Question = tuple[str, str, dict[str, Any]]
    """Session, method, params."""

_SHOWN: Final = 0
_NEWEST: Final = -1


class Answering:
    """`logs` are those of the open chat: the one on screen first, the one that is being loaded last."""

    def __init__(
        self,
        link: EngineLink,
        logs: Callable[[], list[Log]],
        changed: Callable[[], None],
        tell: Callable[[Trouble], None],
    ) -> None:
        self._link = link
        self._logs = logs
        self._changed = changed
        self._tell = tell
        self._open: dict[int, Question] = {}
        """Every open question of the engine, in any chat: it does not ask the same client twice."""

    def asked(self, asked: int, session: str, method: str, params: dict[str, Any]) -> None:
        """The engine asks."""
        self._open[asked] = session, method, params

    def void(self, asked: int) -> bool:
        """The engine does not wait any more; whether it did."""
        return self._open.pop(asked, None) is not None

    def show_all(self, session: str) -> None:
        """Show what the engine asks in a chat."""
        for asked, (where, method, params) in list(self._open.items()):
            if where == session:
                self.show(asked, method, params)

    def show(self, asked: int, method: str, params: dict[str, Any]) -> None:
        """Show a question; what was decided before it came answers it at once."""
        reply = self._logs()[_NEWEST].ask(asked, method, params)
        if reply is not None:
            self._send(reply, key_of(method, params))

    def answer(self, row: str, decision: str, text: str, answers: dict[str, Any]) -> bool:
        """Decide at a card, once; whether that says something and was taken."""
        shown = self._logs()[_SHOWN]
        turn = shown.holder(row)
        card = turn.cards[row] if turn is not None else None
        reply = card.answer(decision, text, answers) if card is not None else None
        if reply is None or card is None:
            return False
        if card.away:
            shown.kept[row] = decision, text, answers
            self._link.retry()  # nobody else starts an engine that was stopped
            self._sent(row)
        else:
            self._send(reply, row)
        return True

    def _send(self, reply: Reply, row: str) -> None:
        if reply.params:
            self._link.request(ANSWER, reply.params, _nothing, self._tell)
        elif not self._link.answer(reply.asked, reply.result):
            return
        else:
            self._open.pop(reply.asked, None)
        self._sent(row)

    def _sent(self, row: str) -> None:
        for log in self._logs():
            turn = log.holder(row)
            if turn is not None:
                turn.cards[row].sent()
                log.touch(turn)
        self._changed()


def _nothing(_answer: object) -> None:
    """Nothing is done with the answer."""
