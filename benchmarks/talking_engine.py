"""An engine that only talks, for `benchmarks.window_conversation`: `python -m benchmarks.talking_engine`.

It speaks the protocol over its stdio as the relay does. `session/load` of `long` tells of 10,000 messages; to whatever
is asked it answers with 20 KB, 200 tokens a second.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from typing import Any, Final

from benchmarks.long_answer import answer

LONG: Final = "long"
SHORT: Final = "short"
TURNS: Final = 5_000
TOKENS_A_SECOND: Final = 200
TOKEN: Final = 4
"""Characters."""
ANSWER: Final = """\
The program reads a **table of numbers**, adds them up line by line and writes what it `found` into a file.

- the first thing that is done
- the second one, which has some more words to it than the first

```python
def total(lines: list[str]) -> int:
    return sum(int(line) for line in lines if line.strip())
```

That is all; **nothing else** is read.
"""
_WRITING: Final = threading.Lock()


def say(message: dict[str, Any], *, now: bool = True) -> None:
    """Write one line to the window."""
    with _WRITING:
        sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        if now:
            sys.stdout.flush()


def tell(session: str, kind: str, *, now: bool = True, **update: Any) -> None:
    """Tell of something that happened in a conversation."""
    params = {"sessionId": session, "update": {"sessionUpdate": kind, **update}}
    say({"method": "session/update", "params": params}, now=now)


def text(words: str) -> dict[str, str]:
    """A block of text."""
    return {"type": "text", "text": words}


def past(session: str) -> None:
    """Tell of all messages there were."""
    for number in range(TURNS):
        run = f"r-{number}"
        own = {"multicoder": {"run": run, "at": 1.0 + number}}
        asked = text(f"Question {number}: what does it do?")
        tell(session, "user_message_chunk", now=False, content=asked, messageId=f"p-{number}", _meta=own)
        for line in ("Task received.\n", "Router at work\n", "MultiCoder at work\n"):
            thoughts = {"content": text(line), "messageId": f"{run}/thoughts", "_meta": own}
            tell(session, "agent_thought_chunk", now=False, **thoughts)
        tell(session, "agent_message_chunk", now=False, content=text(ANSWER), messageId=f"{run}/answer", _meta=own)
        ended = {"multicoder": {**own["multicoder"], "outcome": "answered"}}
        tell(session, "session_info_update", now=False, _meta=ended)


def talk(request: int, session: str, prompt: str) -> None:
    """Answer as a model does, token by token."""
    run = f"r-{prompt}"
    own = {"multicoder": {"run": run}}
    tell(session, "user_message_chunk", content=text("Tell me everything."), messageId=prompt, _meta=own)
    whole, began = answer(), time.monotonic()
    for number, at in enumerate(range(0, len(whole), TOKEN)):
        time.sleep(max(0.0, began + number / TOKENS_A_SECOND - time.monotonic()))
        tell(session, "agent_message_chunk", content=text(whole[at : at + TOKEN]), messageId=f"{run}/answer")
    ended = {"multicoder": {**own["multicoder"], "outcome": "answered"}}
    tell(session, "session_info_update", _meta=ended)
    say({"id": request, "result": {"stopReason": "end_turn", "_meta": ended}})


def main() -> None:
    """Talk until the window closes its end."""
    for line in sys.stdin:
        message = json.loads(line)
        method, params = message.get("method"), message.get("params") or {}
        if "id" not in message or method is None:
            continue
        if method == "session/prompt":
            words = (message["id"], params["sessionId"], params["_meta"]["multicoder"]["promptId"])
            threading.Thread(target=talk, args=words, daemon=True).start()
            continue
        if method == "session/load" and params["sessionId"] == LONG:
            past(LONG)
        say({"id": message["id"], "result": {"protocolVersion": 1} if method == "initialize" else {}})


if __name__ == "__main__":
    main()
