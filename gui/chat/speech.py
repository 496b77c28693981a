"""A message of MultiCoder as blocks: parsed piece by piece, what is settled is never parsed again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from gui.chat.rows import Row
from gui.markdown import StreamParser
from gui.markdown.numbering import numbered

if TYPE_CHECKING:
    from collections.abc import Mapping

_PIECE: Final = 4_000
"""Characters parsed in one go: a long message must not hold up the window."""


class Speech:
    """One message; `add` keeps, `digest` parses, `rows` shows."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.streaming = True
        self._pieces: list[str] = []
        self._waiting = ""
        self._parser: StreamParser | None = StreamParser()
        self._rows: list[dict[str, Any]] = []
        self._numbers: Mapping[str, int] = {}

    @property
    def text(self) -> str:
        """The source, as it was written."""
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""

    def add(self, text: str) -> None:
        """Take the next words."""
        self._pieces.append(text)
        self._waiting += text
        if self._parser is None:  # it was thought to be whole
            self._parser, self._waiting, self._rows, self.streaming = StreamParser(), self.text, [], True

    def end(self) -> None:
        """Nothing more comes."""
        self.streaming = False

    def number(self, numbers: Mapping[str, int]) -> None:
        """Its sources came: citations of these documents show their numbers."""
        self._numbers = numbers
        self._rows = [{**row, "block": numbered(row["block"], numbers)} for row in self._rows]

    def digest(self, until: float) -> bool:
        """Parse until a moment of `time.perf_counter`; whether everything was."""
        parser = self._parser
        while parser is not None and self._waiting:
            piece, self._waiting = self._waiting[:_PIECE], self._waiting[_PIECE:]
            self._take(parser, parser.feed(piece))
            if time.perf_counter() >= until and self._waiting:
                return False
        if parser is not None and not self.streaming:
            self._take(parser, parser.finish())
            self._parser = None
        return True

    def _take(self, parser: StreamParser, same: int) -> None:
        """Show the parser's blocks; those it kept keep their content."""
        last = len(parser.blocks) - 1
        kept = self._rows[: min(same, len(self._rows))]
        fresh = [numbered(block, self._numbers) for block in parser.blocks[len(kept) :]]
        rows = kept + [_content(block, not (kept or place)) for place, block in enumerate(fresh)]
        for number in range(max(0, len(kept) - 1), len(rows)):  # the last one that was kept may be the last no more
            streaming = self.streaming and number == last
            if rows[number]["streaming"] != streaming:
                rows[number] = {**rows[number], "streaming": streaming}
        self._rows = rows

    def rows(self, turn: int) -> list[Row]:
        """One row per block."""
        return [Row(f"{self.key}#{number}", "block", turn, content) for number, content in enumerate(self._rows)]


def _content(block: Any, first: bool) -> dict[str, Any]:
    return {"block": block, "streaming": False, "first": first}
