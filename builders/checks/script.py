"""A light JavaScript scanner: comments, and brackets, strings and templates that are never closed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_PAIRS: Final = {")": "(", "]": "[", "}": "{"}
_TOKEN: Final = re.compile(
    r"(?P<space>\s+)|(?P<line>//[^\n]*)|(?P<block>/\*.*?(?:\*/|\Z))"
    r"|(?P<quoted>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(?P<word>[\w$]+)|(?P<other>.)",
    re.DOTALL,
)
_REGEX: Final = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_TEMPLATE_TEXT: Final = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)
_BEFORE_REGEX: Final = frozenset("(,=:[!&|?{;+-*%~^<>") | {
    "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "instanceof",
    "yield", "await", "",
}  # fmt: skip


@dataclass(slots=True)
class Scan:
    """What the scanner saw: comments by line and the first thing that is not closed, if any."""

    comments: list[tuple[int, str]] = field(default_factory=list)
    problem: str = ""
    line: int = 0


class _Scanner:
    """One pass over a script; a `${` inside a template is kept on the stack as an open brace of its own."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.previous = ""
        self.open: list[tuple[str, int]] = []
        self.scan = Scan()

    def run(self) -> Scan:
        while self.at < len(self.text) and not self.scan.problem:
            self._step()
        if self.open and not self.scan.problem:
            bracket, at = self.open[-1]
            self._fail(f"`{bracket}` is never closed", at)
        return self.scan

    def _step(self) -> None:
        token = _TOKEN.match(self.text, self.at)
        if token is None:  # cannot happen: the last alternative takes any character
            return
        kind, value = token.lastgroup or "other", token.group()
        if kind == "other" and value == "/" and self.previous in _BEFORE_REGEX:
            pattern = _REGEX.match(self.text, self.at)
            if pattern:
                self.at, self.previous = pattern.end(), "regex"
                return
        start, self.at = self.at, token.end()
        if kind in ("line", "block"):
            self.scan.comments.append((self._line(start), value))
        elif kind == "quoted":
            self.previous = "string"
        elif kind == "word":
            self.previous = value
        elif kind == "other":
            self._punctuation(value, start)

    def _punctuation(self, value: str, start: int) -> None:
        self.previous = value
        if value in "\"'":
            self._fail("a string is not closed on its line", start)
        elif value == "`":
            self._template(start)
        elif value in "([{":
            self.open.append((value, start))
        elif value in _PAIRS:
            self._close(value, start)

    def _close(self, value: str, start: int) -> None:
        if value == "}" and self.open and self.open[-1][0] == "${":
            _, opened = self.open.pop()
            self._template(opened)
        elif not self.open or self.open[-1][0] != _PAIRS[value]:
            self._fail(f"`{value}` closes nothing", start)
        else:
            self.open.pop()

    def _template(self, start: int) -> None:
        text = _TEMPLATE_TEXT.match(self.text, self.at)
        self.at = text.end() if text else self.at
        if self.text.startswith("${", self.at):
            self.open.append(("${", start))
            self.at, self.previous = self.at + 2, "{"
        elif self.text.startswith("`", self.at):
            self.at, self.previous = self.at + 1, "string"
        else:
            self._fail("a template string is never closed", start)

    def _line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1

    def _fail(self, problem: str, at: int) -> None:
        self.scan.problem, self.scan.line = problem, self._line(at)


def scan_script(text: str) -> Scan:
    """Scan one script."""
    return _Scanner(text).run()
