"""A model endpoint of its own process on loopback that answers like a good coder, reviewer and tester.

How long an answer takes and how large it is stands in the prompt: `takes 2.0 s` (silence, then everything at once),
`streams 2.0 s` (a quarter of silence, then evenly), `4000 characters in 40 chunks`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from agents.prompting import section
from core.ports import Message
from tests.fakes.openai_answers import Answer, Body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plan import ModuleContract

MODELS: Final = ("gpt-test", "claude-test")

_TIME: Final = re.compile(r"(takes|streams) ([\d.]+) s")
_SILENCE: Final = 0.25
_SIZE: Final = re.compile(r"(\d+) characters in (\d+) chunks")
_CHUNK: Final = 100
_REVIEW: Final = json.dumps({"summary": "As agreed.", "findings": []})
_FILLING: Final = 40
"""Functions beside the exported one: a module file of about 4 KB, a usual size."""
_START_SECONDS: Final = 30.0


def answer(body: Body) -> Answer:
    """Answer one chat request."""
    messages = [Message("user", str(message["content"])) for message in body["messages"]]
    prompt = messages[-1].text
    if size := _SIZE.search(prompt):
        characters, chunks = int(size[1]), int(size[2])
        return Answer("word " * (characters // 5), chunk_chars=characters // chunks)
    contract_text = section(messages, "contract")
    timing = _TIME.search(contract_text or section(messages, "request") or "")
    manner, seconds = (timing[1], float(timing[2])) if timing else ("takes", 0.0)
    silence = seconds if manner == "takes" else seconds * _SILENCE
    text = _tests()
    if contract_text is not None:
        text = _REVIEW if "response_format" in body else _module(json.loads(contract_text))
    return Answer(text, delay=silence, spread=seconds - silence, chunk_chars=_CHUNK)


def _module(contract: ModuleContract) -> str:
    name, needs = contract["name"], contract["needs"]
    lines = [f'"""The part {name}."""', ""]
    lines += [f"from {need} import count_{need}" for need in needs]
    lines += ["", "", f"def count_{name}(value: int) -> int:", '    """Count one more than the parts it needs."""']
    total = " + ".join(["1", *(f"count_{need}(value)" for need in needs)])
    lines += [f"    return value + {total}"]
    for number in range(_FILLING):
        lines += ["", "", f"def weigh_{number}(value: int) -> int:", '    """Weigh a value."""']
        lines += [f"    return value * {number + 2}"]
    return f"{name}.py\n```python\n" + "\n".join(lines) + "\n```\n"


def _tests() -> str:
    return "tests/test_acceptance_parts.py\n```python\ndef test_sum():\n    assert sum([1, 2]) == 3\n```\n"


@contextmanager
def model_server() -> Iterator[str]:
    """Run the server in its own process and give its base URL."""
    root = Path(__file__).resolve().parent.parent
    with tempfile.TemporaryDirectory(prefix="multicoder-bench-") as folder:
        port_file = Path(folder, "url")
        module = [sys.executable, "-m", "tests.fakes.openai_server"]
        process = subprocess.Popen([*module, "--script", __file__, "--port-file", str(port_file)], cwd=root)
        try:
            end = time.monotonic() + _START_SECONDS
            while not port_file.exists():
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError("the model server did not start")
                time.sleep(0.05)
            yield port_file.read_text(encoding="utf-8")
        finally:
            process.terminate()
            process.wait(10)
