"""A line of a chat that somebody wants to see: which row of the thread it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gui.chat.finding import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gui.chat.log import Log
    from gui.chat.rows import Row

_LETTERS: Final = re.compile(r"[\w]+")
_PERSON: Final = "person"


@dataclass(frozen=True, slots=True)
class Spot:
    """What is known of the line; the archive names the message or the run, and says the line as it was kept."""

    session: str
    prompt: str = ""
    run: str = ""
    author: str = ""
    text: str = ""


class Seeker:
    """Remembers one line until its chat is on screen; `found` gets its row, `lost` is called when it has none."""

    def __init__(self, found: Callable[[str], None], lost: Callable[[], None]) -> None:
        self._found = found
        self._lost = lost
        self._spot: Spot | None = None

    def seek(self, facts: Mapping[str, Any]) -> str:
        """Look for a line from now on; returns the chat it stands in."""
        names = ("sessionId", "messageId", "run", "author", "text")
        self._spot = Spot(*(str(facts.get(name) or "") for name in names))
        return self._spot.session

    def come(self, session: str, log: Log, rows: Sequence[Row]) -> None:
        """A chat is on screen, whole."""
        spot, self._spot = self._spot, None
        if spot is None or spot.session != session:
            return
        row = row_of(spot, log, rows)
        if row:
            self._found(row)
        else:
            self._lost()


def row_of(spot: Spot, log: Log, rows: Sequence[Row]) -> str:
    """Return the key of the row the line stands in, of the beginning of its turn when it is drawn otherwise, or ""."""
    turn = log.turn(spot.prompt) or log.of_run(spot.run)
    if turn is None:
        return ""
    number = log.number(turn)
    own = [row for row in rows if row.turn == number]
    if spot.author == _PERSON or not own:
        return turn.prompt
    wanted = _letters(spot.text)
    said = [row for row in own if row.kind != "user"]
    fitting = (row.key for row in said if wanted and wanted in _letters(words_of(row)))
    first = next((row.key for row in said if row.kind == "block"), turn.prompt)
    return next(fitting, first)


def _letters(text: str) -> str:
    """The letters alone: what was kept is Markdown, what is drawn is not."""
    return "".join(_LETTERS.findall(text)).replace("_", "").casefold()
