"""A scripted team behind the loopback model server: one small good project, and whatever a test lets it get wrong.

Roles are told apart by what is really sent: the schema asked for, else the system prompt. Answers are wordy like those
of real models. `then` lets a role give some answers once each before it is good again, `always` replaces its answer.
"""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from agents.prompting import section
from core.ports import Message
from tests.fakes.openai_answers import Answer, forced_function

if TYPE_CHECKING:
    from tests.fakes.openai_answers import Body

_SCHEMAS: Final = {
    "RouterAnswer": "router.route",
    "JudgeAnswer": "judge",
    "PlanAnswer": "architect.plan",
    "ReviewAnswer": "reviewer.review",
    "PackagerAnswer": "packager.pack",
    "SearchesAnswer": "researcher.plan",
    "ChoiceAnswer": "researcher.choose",
    "FindingsAnswer": "researcher.read",
}
_PROMPTS: Final = (
    ("You write one module of a program", "coder.write"),
    ("A module you are responsible for was not accepted", "coder.fix"),
    ("You write black-box tests before any code exists", "tester.tests"),
    ("Several coders have written the same module", "tester.module"),
    ("The program is finished and passes its acceptance tests", "tester.attack"),
    ("now they wrote something to be answered in words", "converse.answer"),
)

COUNTING: Final = '''"""Counts and measures words."""


def count_words(text: str) -> int:
    """Count runs of non-space characters."""
    return len(text.split())


def longest_word(text: str) -> str:
    """Return the longest word, the first one of equals, empty when there is none."""
    best = ""
    for word in text.split():
        if len(word) > len(best):
            best = word
    return best
'''

MAIN: Final = '''"""Command line of the word counter."""

import sys

from counting import count_words, longest_word


def main(argv: list[str] | None = None) -> int:
    """Print what is known about the words given as arguments."""
    words = sys.argv[1:] if argv is None else argv
    if not words:
        print("usage: words TEXT")
        return 2
    text = " ".join(words)
    print(f"{count_words(text)} words, longest: {longest_word(text)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
'''

ACCEPTANCE: Final = """from counting import count_words, longest_word
from main import main


def test_words_are_counted():
    assert count_words("one two\\nthree") == 3


def test_nothing_has_no_words():
    assert count_words("") == 0


def test_the_first_longest_word_wins():
    assert longest_word("an apple melon") == "apple"


def test_the_program_says_both(capsys):
    assert main(["a", "bbb"]) == 0
    assert capsys.readouterr().out == "2 words, longest: bbb\\n"


def test_without_words_it_says_how_to_use_it(capsys):
    assert main([]) == 2
    assert "usage" in capsys.readouterr().out
"""

ATTACK: Final = """from counting import count_words, longest_word


def test_many_words():
    assert count_words("ы " * 1000) == 1000


def test_nothing_has_no_longest_word():
    assert longest_word("  ") == ""
"""

FILES: Final = {"counting.py": COUNTING, "main.py": MAIN}

PLAN: Final[dict[str, Any]] = {
    "title": "Word counter",
    "slug": "words",
    "summary": "Counts words and finds the longest.",
    "language": "python",
    "kind": "cli",
    "target": "source",
    "entry_point": "main.py",
    "dependencies": [],
    "modules": [
        {
            "name": "counting",
            "purpose": "Counts and measures words.",
            "paths": ["counting.py"],
            "interface": "def count_words(text: str) -> int; def longest_word(text: str) -> str (the first of equals)",
            "exports": ["counting.py:count_words", "counting.py:longest_word"],
            "uses": [],
            "needs": [],
        },
        {
            "name": "main",
            "purpose": "Command line.",
            "paths": ["main.py"],
            "interface": "def main(argv: list[str] | None = None) -> int: prints 'N words, longest: W'.",
            "exports": ["main.py:main"],
            "uses": ["counting"],
            "needs": [],
        },
    ],
    "changed": ["counting", "main"],
    "acceptance": [
        {
            "id": "a1",
            "when": "it is started with two words",
            "then": "both facts are shown",
            "check": {"args": ["a", "bbb"], "stdin": "", "stdout_contains": ["2 words, longest: bbb"], "exit_code": 0},
        }
    ],
    "notes": [],
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the server got it."""

    call: str
    """As in `core.ports.CallTag.call`."""
    module: str
    number: int
    """How often this call was made for this module so far, this one included."""
    model: str
    messages: tuple[Message, ...]

    def section(self, name: str) -> str:
        """A data section of the prompt, empty when there is none."""
        return section(self.messages, name) or ""

    @property
    def prompt(self) -> str:
        """Everything that was sent."""
        return "\n".join(message.text for message in self.messages)


Given = str | Answer | dict[str, Any]
Said = Given | Callable[[Asked], Given]


@dataclass(slots=True)
class _Rule:
    call: str
    module: str | None
    waiting: list[Said] | None
    forever: Said | None = None

    def fits(self, asked: Asked) -> bool:
        mine = asked.call == self.call or asked.call.startswith(f"{self.call}.")
        return mine and self.module in {None, asked.module} and self.waiting != []

    def take(self) -> Said:
        if self.waiting is not None:
            return self.waiting.pop(0)
        assert self.forever is not None
        return self.forever


@dataclass
class ScriptedTeam:
    """Answers every role; `plan`, `files`, `acceptance` and `attack` are what it delivers when nothing goes wrong."""

    plan: dict[str, Any] = field(default_factory=lambda: copy.deepcopy(PLAN))
    files: dict[str, str] = field(default_factory=lambda: dict(FILES))
    acceptance: dict[str, str] = field(default_factory=lambda: {"tests/test_acceptance_words.py": ACCEPTANCE})
    attack: dict[str, str] = field(default_factory=lambda: {"tests/test_attack_words.py": ATTACK})
    module_tests: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    _rules: list[_Rule] = field(default_factory=list)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def then(self, call: str, *answers: Said, module: str | None = None) -> None:
        """Let the next calls (`coder`, or `coder.fix`) get these answers, one each."""
        self._rules.insert(0, _Rule(call, module, list(answers)))

    def always(self, call: str, answer: Said, *, module: str | None = None) -> None:
        """Let every such call get this answer."""
        self._rules.insert(0, _Rule(call, module, None, answer))

    def forget(self) -> None:
        """Be good from now on."""
        self._rules.clear()

    def calls(self, call: str, module: str | None = None) -> list[Asked]:
        """The questions of a kind, oldest first."""
        wanted = _Rule(call, module, None)
        return [asked for asked in self.asked if wanted.fits(asked)]

    def __call__(self, body: Body) -> Answer:
        """Be the script of an `OpenAIServer`."""
        asked = self._read(body)
        self.asked.append(asked)
        said = next((rule.take() for rule in self._rules if rule.fits(asked)), self.good)
        given = said(asked) if callable(said) else said
        if isinstance(given, Answer):
            return given
        return Answer(given if isinstance(given, str) else json.dumps(given, ensure_ascii=False))

    def _read(self, body: Body) -> Asked:
        messages = tuple(Message(item["role"], str(item["content"])) for item in body["messages"])
        call = _call(body, messages)
        contract = section(messages, "contract")
        module = str(json.loads(contract)["name"]) if contract else ""
        self._counts[call, module] += 1
        return Asked(call, module, self._counts[call, module], str(body["model"]), messages)

    # ------------------------------------------------------------------------------------------ the good answers

    def good(self, asked: Asked) -> Given:
        """What the team says when it does its work well."""
        role = asked.call.partition(".")[0]
        if role == "judge":
            return verdict()
        if role == "coder":
            return self.code(asked)
        answers: dict[str, Given] = {
            "router.route": routing(),
            "architect.plan": self.plan,
            "reviewer.review": {
                "summary": "Good work overall.",
                "findings": [finding("A longer docstring would read better.", severity="nit")],
            },
            "tester.tests": blocks(self.acceptance, "Here are the black-box tests:"),
            "tester.module": blocks(self.module_tests, "Tests of the module alone:"),
            "tester.attack": blocks(self.attack, "I tried to break it:"),
            "packager.pack": {
                "program_name": "Word counter",
                "windowed": False,
                "data_files": [],
                "guide": "Start it with some words.",
            },
            "converse.answer": "Yes: it counts words.",
            "researcher.plan": {"why": "Nothing is needed.", "searches": []},
            "researcher.choose": {"pages": [1], "repositories": []},
            "researcher.read": {"findings": []},
        }
        return answers[asked.call]

    def code(self, asked: Asked) -> str:
        """The good files of the module asked for."""
        paths = json.loads(asked.section("contract"))["paths"]
        return blocks({path: self.files[path] for path in paths}, "Sure! Here is the complete module:")


def blocks(files: dict[str, str], before: str = "Sure!") -> str:
    """Files as a chatty model gives them."""
    parts = [f"**{path}**\n```python\n{text}```" for path, text in files.items()]
    return "\n\n".join([before, *parts, "Let me know if anything else is needed!"])


def routing(kind: str = "new_project", **changes: Any) -> dict[str, Any]:
    """The router's answer."""
    understood = "A word counter is wanted."
    return {"kind": kind, "understood": understood, "title": "Word counter", "project": None, "questions": []} | changes


def verdict(level: str = "green", **changes: Any) -> dict[str, Any]:
    """A judge's answer."""
    return {
        "level": level,
        "reasons": ["It seems an ordinary program."],
        "feasibility": "Simple.",
        "recommendation": "Build it.",
        "needs_purpose": False,
        **changes,
    }


def finding(problem: str, *, severity: str = "blocker", path: str = "", change: str = "Change it.") -> dict[str, Any]:
    """A reviewer's remark."""
    return {"severity": severity, "path": path, "line": 3, "problem": problem, "change": change}


def review(*findings: dict[str, Any]) -> dict[str, Any]:
    """A reviewer's answer."""
    return {"summary": "I read the diff.", "findings": list(findings)}


def plan_of(modules: Sequence[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """The plan with other modules."""
    return {**copy.deepcopy(PLAN), "modules": list(modules), "changed": [item["name"] for item in modules], **changes}


def contract(name: str, **changes: Any) -> dict[str, Any]:
    """A contract of one file with one function, both named like the module."""
    return {
        "name": name,
        "purpose": f"Does {name}.",
        "paths": [f"{name}.py"],
        "interface": f"def {name}() -> str",
        "exports": [f"{name}.py:{name}"],
        "uses": [],
        "needs": [],
        **changes,
    }


def _call(body: Body, messages: Sequence[Message]) -> str:
    form = body.get("response_format") or {}
    title = str(form.get("json_schema", {}).get("name", "")) or forced_function(body)
    if not title and (shape := re.search(r'"title": "(\w+Answer)"', messages[-1].text)):
        title = shape[1]  # without help from the endpoint the prompt carries the schema
    system = messages[0].text
    if title in _SCHEMAS:
        call = _SCHEMAS[title]
        subject = re.search(r"You judge one (\w+) before", system)
        return f"judge.{subject[1]}" if call == "judge" and subject else call
    for words, call in _PROMPTS:
        if words.lower() in system.lower():
            return call
    raise KeyError(system[:200])


__all__ = [
    "ACCEPTANCE",
    "ATTACK",
    "COUNTING",
    "FILES",
    "MAIN",
    "PLAN",
    "Asked",
    "Given",
    "ScriptedTeam",
    "blocks",
    "contract",
    "finding",
    "plan_of",
    "review",
    "routing",
    "verdict",
]
