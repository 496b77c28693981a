"""Prompts are files; everything a person, a file or a tool said travels inside named data sections."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

import jinja2

from core.ports import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CLOSER_AHEAD: Final = r"(?=[\s\\]*/\s*data\b)"
_CLOSER: Final = re.compile("<" + _CLOSER_AHEAD, re.IGNORECASE)
_NEUTRALISED: Final = re.compile(r"<\\" + _CLOSER_AHEAD, re.IGNORECASE)
# Sections are read one after the other, so an opener inside a section's text is never taken for a section.
_SECTION: Final = re.compile(r'^<data name="([a-z_]+)">\n(.*?)\n</data>$', re.DOTALL | re.MULTILINE)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_read_prompt),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - prompts are plain text for a model, never HTML
    )


def _read_prompt(name: str) -> str | None:
    prompt = resources.files("agents").joinpath("prompts", f"{name}.md")
    return prompt.read_text(encoding="utf-8") if prompt.is_file() else None


def render(name: str, **values: object) -> str:
    """Fill the prompt `agents/prompts/<name>.md`; a value it names and is not given is an error."""
    return _environment().get_template(name).render(**values).strip()


def neutralise(text: str) -> str:
    r"""Break every closing data tag in `text` with a backslash (`<\/data>`); `restore` is its exact inverse."""
    return _CLOSER.sub(r"<\\", text)


def restore(text: str) -> str:
    """Undo `neutralise`."""
    return _NEUTRALISED.sub("<", text)


def data_section(name: str, text: str) -> str:
    """Wrap untrusted `text` so that a model can tell it from its instructions and the text cannot end its section."""
    return f'<data name="{name}">\n{neutralise(text)}\n</data>'


def section(messages: Sequence[Message], name: str) -> str | None:
    """Read back the last data section called `name`; what a model itself answered is not searched."""
    found = None
    for message in messages:
        if message.author == "assistant":
            continue
        for match in _SECTION.finditer(message.text):
            if match[1] == name:
                found = restore(match[2])
    return found


def as_json(value: object) -> str:
    """JSON as it is shown to models: readable, and stable for equal values."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def listing(files: Mapping[str, str]) -> str:
    """Files as one text, each headed by its path and fenced longer than any fence it contains."""
    return "\n\n".join(_fenced(path, files[path]) for path in sorted(files))


def _fenced(path: str, text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    ending = "" if text.endswith("\n") or not text else "\n"
    return f"{path}\n{fence}\n{text}{ending}{fence}"


def conversation(system: str, sections: Mapping[str, str], order: str) -> tuple[Message, ...]:
    """Build the two messages every role starts with: its prompt, then the data followed by what to do now."""
    body = "\n\n".join([*(data_section(name, text) for name, text in sections.items()), order])
    return (Message("system", system), Message("user", body))
