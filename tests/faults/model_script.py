"""The scripted model of the fault tests: one small program, one wish, one question; equal prompts get equal answers.

The program has three modules, one of which `needs` another; one first draft is sent back by the reviewer, one passes
the reviewer and fails the tests, and the finished code gets a yellow verdict, so that every loop and card is met.
The server runs it in a process of its own (`tests.fakes.openai_server --script`). Files named in FAULT_FOLDER (an
environment variable) make it misbehave while they exist: `hang-<call>` never answers, `sleep-tests` hands in a test
that lasts until the time the file names, `endless` finds something else to improve for ever,
`slow` takes its time, so that kills meet calls that were sent.
"""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path
from typing import Any

from agents.prompting import section
from core.ports import Message
from tests.fakes.openai_answers import Answer

_WORDS = '''"""Counts words."""


def count_words(text: str) -> int:
    """Count runs of non-space characters."""
    return len(text.split())
'''
_SHOUT = '''"""Raises the voice."""


def shout(text: str) -> str:
    """Return the text in capitals."""
    return text.upper()
'''
_MAIN = '''"""Counts the words of its input and repeats it in capitals."""

import sys

from shout import shout
from words import count_words


def report(text: str) -> str:
    """Say the text loudly, with its length in words."""
    return f"{shout(text)} ({count_words(text)})"


def main() -> int:
    """Report on standard input."""
    print(report(sys.stdin.read().strip()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
'''
_LOUDER = _SHOUT.replace("in capitals.", "in capitals with a mark.").replace("text.upper()", 'text.upper() + "!"')
_FAULTY = {
    # The tests notice this one, the reviewer that one.
    "words": _WORDS.replace("text.split()", "text"),
    "shout": _SHOUT.replace("upper", "swapcase"),
    "louder": _LOUDER.replace('+ "!"', '+ "?"'),
}
_TESTS = {
    "tests/test_acceptance_words.py": (
        "from words import count_words\n\n\ndef test_words_are_counted():\n    assert count_words('one two') == 2\n"
    ),
    "tests/test_acceptance_report.py": (
        "from main import report\n\n\ndef test_the_report_is_loud():\n    assert report('a b').startswith('A B')\n"
    ),
}
_TESTS_LOUDER = {
    "tests/test_acceptance_louder.py": (
        "from shout import shout\n\n\ndef test_a_mark_follows():\n    assert shout('hey') == 'HEY!'\n"
    )
}
_ATTACK = {
    "tests/test_attack_empty.py": (
        "from words import count_words\n\n\ndef test_nothing_has_no_words():\n    assert count_words('  ') == 0\n"
    )
}
_ATTACK_LOUDER = {
    "tests/test_attack_louder.py": (
        "from shout import shout\n\n\ndef test_nothing_is_still_marked():\n    assert shout('') == '!'\n"
    )
}
_SLEEPING = (
    "import time\n\n\ndef test_it_takes_long():\n    while time.time() < {until}:\n        time.sleep(0.1)\n"
    "    assert time.time() > 0\n"
)
_ANOTHER = itertools.count(1)

NEW = "Make a loud word counter"
WISH = "Please make it louder: a mark behind the text"
QUESTION = "How do I start the program?"


def _module(name: str, exports: list[str], needs: list[str]) -> dict[str, Any]:
    return {
        "name": name,
        "purpose": f"The part called {name}.",
        "paths": [f"{name}.py"],
        "interface": f"see {name}",
        "exports": [f"{name}.py:{export}" for export in exports],
        "uses": ["words", "shout"] if name == "main" else [],
        "needs": needs,
    }


def _plan(changed: list[str]) -> dict[str, Any]:
    marked = "!" if changed == ["shout"] else ""
    check = {"args": [], "stdin": "one two", "stdout_contains": [f"ONE TWO{marked} (2)"], "exit_code": 0}
    return {
        "title": "Loud counter",
        "slug": "loud-counter",
        "summary": "Counts words and repeats them in capitals.",
        "language": "python",
        "kind": "cli",
        "target": "source",
        "entry_point": "main.py",
        "dependencies": [],
        "modules": [
            _module("words", ["count_words"], []),
            _module("shout", ["shout"], []),
            _module("main", ["report", "main"], ["words"]),
        ],
        "changed": changed,
        "acceptance": [{"id": "count", "when": "two words come in", "then": "they are counted", "check": check}],
        "notes": [],
    }


class _Prompt:
    def __init__(self, body: dict[str, Any]) -> None:
        self._messages = [Message(item["role"], str(item["content"])) for item in body["messages"]]
        self.system = self._messages[0].text

    def text(self, name: str) -> str:
        return section(self._messages, name) or ""

    @property
    def louder(self) -> bool:
        return WISH in self.text("request") or "ONE TWO!" in self.text("plan")

    @property
    def module(self) -> str:
        return str(json.loads(self.text("contract"))["name"])


def _route(prompt: _Prompt) -> dict[str, Any]:
    message, known = prompt.text("message"), prompt.text("projects") or prompt.text("project")
    kind = "new_project"
    if message.endswith("?"):
        kind = "question"
    elif message == WISH:
        kind = "change"
    questions = [{"id": "q1", "text": "Which language?", "default": "English"}] if kind == "new_project" else []
    project = json.loads(known)[0]["id"] if kind == "change" and known.strip() else None
    return {"kind": kind, "understood": message, "title": "Loud counter", "project": project, "questions": questions}


def _judge(prompt: _Prompt) -> dict[str, Any]:
    level = "yellow" if "judge one code" in prompt.system else "green"
    return {
        "level": level,
        "reasons": ["Seen."],
        "feasibility": "Easy.",
        "recommendation": "Do it.",
        "needs_purpose": False,
    }


def _review(prompt: _Prompt) -> dict[str, Any]:
    findings = []
    if _is("endless"):
        problem = f"Not yet: {_word(next(_ANOTHER))}."
        findings.append({"severity": "major", "path": "", "line": 0, "problem": problem, "change": "Do it."})
    elif "swapcase" in prompt.text("diff"):
        findings.append(
            {
                "severity": "major",
                "path": "shout.py",
                "line": 6,
                "problem": "Capitals become small.",
                "change": "Use upper().",
            }
        )
    return {"summary": "Read.", "findings": findings}


_STRUCTURED: dict[str, Any] = {
    "RouterAnswer": _route,
    "JudgeAnswer": _judge,
    "PlanAnswer": lambda prompt: _plan(["shout"] if prompt.text("previous_plan") else ["words", "shout", "main"]),
    "ReviewAnswer": _review,
    "SearchesAnswer": lambda _: {"why": "Nothing is needed.", "searches": []},
    "PackagerAnswer": lambda _: {
        "program_name": "Loud counter",
        "windowed": False,
        "data_files": [],
        "guide": "Type some words.",
    },
}


def _blocks(files: dict[str, str]) -> str:
    return "\n\n".join(f"{path}\n```python\n{text}```" for path, text in files.items())


def _program(prompt: _Prompt) -> dict[str, str]:
    return {"words": _WORDS, "shout": _LOUDER if prompt.louder else _SHOUT, "main": _MAIN}


def _write(prompt: _Prompt) -> str:
    name = prompt.module
    text = _FAULTY.get("louder" if prompt.louder else name, _MAIN)
    return _blocks({f"{name}.py": text})


def _fix(prompt: _Prompt) -> str:
    name = prompt.module
    text = _program(prompt)[name]
    if _is("endless"):
        text += f"\n# The {_word(next(_ANOTHER))} way of saying it.\n"
    return _blocks({f"{name}.py": text})


def _tests(prompt: _Prompt) -> str:
    tests = _TESTS_LOUDER if prompt.louder else _TESTS
    if _is("sleep-tests"):
        sleeping = _SLEEPING.format(until=(_folder() / "sleep-tests").read_text(encoding="utf-8"))
        tests = {**tests, "tests/test_acceptance_sleep.py": sleeping}
    return _blocks(tests)


_SPOKEN: list[tuple[str, str, Any]] = [
    ("coder.write", "You write one module", _write),
    ("coder.fix", "was not accepted", _fix),
    ("tester.tests", "before any code exists", _tests),
    ("tester.attack", "Break it before", lambda prompt: _blocks(_ATTACK_LOUDER if prompt.louder else _ATTACK)),
    ("converse.answer", "answered in words", lambda _: "Type `python main.py`."),
]


def _folder() -> Path:
    return Path(os.environ.get("FAULT_FOLDER", "no-such-folder"))


def _is(fault: str) -> bool:
    return (_folder() / fault).exists()


def _word(number: int) -> str:
    """A number in letters: figures do not count as something new."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def answer(body: dict[str, Any]) -> Answer:
    """Answer one chat request by what it asks for."""
    prompt = _Prompt(body)
    title = body.get("response_format", {}).get("json_schema", {}).get("name", "")
    if title in _STRUCTURED:
        call, text = title, json.dumps(_STRUCTURED[title](prompt))
    else:
        call, text = next((call, role(prompt)) for call, sign, role in _SPOKEN if sign in prompt.system)
    tokens = {"prompt_tokens": 900, "completion_tokens": 1100} if _is("endless") else {}
    return Answer(
        text,
        **tokens,
        delay=0.2 if _is("slow") else 0.0,
        fault="first-byte-hang" if _is(f"hang-{call}") else "",
        chunk_chars=400,
    )
