"""A card of the thread: what is asked, whether it can still be answered, and what an answer is in the protocol.

A card is one row however it comes: as a step of the run, as a permission request, as a form behind it. It is answered
once; what needs words is sent as the choice first, and as the form when the engine asks for it. An engine that is gone
leaves the card as it stands: the next engine asks the same again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from core.typed import amount
from gui.chat.meta import moment, own

PERMISSION: Final = "session/request_permission"
FORM: Final = "elicitation/create"
ANSWER: Final = "_multicoder/questions/answer"
_SHOWN_KINDS: Final = {"task": "safety"}
_WORDS: Final = frozenset({"modify", "words", "allow"})
"""Choices after which the engine asks for words."""
_LIMIT: Final = "limit"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on its way: to a question of the engine (`asked`), or by a method of our own."""

    asked: int = 0
    result: dict[str, Any] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)


def key_of(method: str, params: dict[str, Any]) -> str:
    """The row of the card a question is about; empty when it is no card."""
    if method == PERMISSION and isinstance(params.get("toolCall"), dict):
        return str(params["toolCall"].get("toolCallId", ""))
    card = own(params).get("card")
    if isinstance(card, dict) and isinstance(card.get("digest"), str):
        return f"{card.get('run', '')}/card/{card['digest'][:16]}"
    return ""


class Card:
    """See the module."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.state = "open"
        self.away = False
        """Whether the engine that asked is gone."""
        self._asked = 0
        self._method = ""
        self._offered: list[str] = []
        self._schema: dict[str, Any] = {}
        self._nonce = ""
        self._held: tuple[str, dict[str, Any]] | None = None
        """Words that wait for the engine's form."""
        self._content: dict[str, Any] = {
            "card": {},
            "kind": "",
            "options": [],
            "wish": "",
            "state": "open",
            "decision": "",
            "via": "",
            "at": 0.0,
            "title": "",
            "text": "",
        }
        self.shown_at = 0.0
        self.decided_at = 0.0

    @property
    def open(self) -> bool:
        """Whether it can be answered now."""
        return self.state == "open" and (self.away or self._asked > 0)

    @property
    def over(self) -> bool:
        """Whether nothing is decided here any more."""
        return self.state in {"answered", "gone"}

    @property
    def content(self) -> dict[str, Any]:
        """What its row shows; another object after every change."""
        return self._content

    def _set(self, **changes: Any) -> None:
        self.state = changes.get("state", self.state)
        self._content = {**self._content, **changes}

    # ------------------------------------------------------------------------------------------ from the engine

    def stepped(self, update: dict[str, Any]) -> None:
        """Take the step that shows the card, or says how it was decided."""
        meta = own(update)
        if isinstance(update.get("title"), str):
            self._set(title=update["title"])
        if isinstance(update.get("rawInput"), dict):
            self._describe(update["rawInput"])
        if isinstance(meta.get("card"), str):
            self._set(kind=_SHOWN_KINDS.get(meta["card"], meta["card"]))
            self.shown_at = self.shown_at or moment(meta)
        if isinstance(meta.get("decision"), str):
            self.decided_at = moment(meta)
            self._asked, self._held, self.away = 0, None, False
            via = str(meta.get("via", ""))
            self._close(state="answered", decision=meta["decision"], via=via, at=self.decided_at)

    def ask(self, asked: int, method: str, params: dict[str, Any]) -> Reply | None:
        """The engine asks; returns the answer at once when its words were given with the choice."""
        meta = own(params)
        self.away = False
        self._asked, self._method, self._nonce = asked, method, str(meta.get("nonce", ""))
        if isinstance(meta.get("card"), dict):
            self._describe(meta["card"])
        if method == PERMISSION:
            self._permission(params)
            return None
        schema = params.get("requestedSchema")
        self._schema = schema if isinstance(schema, dict) else {}
        message = str(params.get("message", ""))
        self._set(state="open", wish=str(meta.get("wish", "")), title=self._content["title"] or message)
        held, self._held = self._held, None
        return self.answer(self._content["wish"], *held) if held else None

    def _permission(self, params: dict[str, Any]) -> None:
        step = params["toolCall"]
        offered = [item for item in params.get("options", []) if isinstance(item, dict)]
        options = [{"id": str(item.get("optionId")), "name": str(item.get("name"))} for item in offered]
        self._offered = [item["id"] for item in options]
        self._held = None
        parts = [part for part in step.get("content") or [] if isinstance(part, dict)]
        words = [part["content"].get("text", "") for part in parts if isinstance(part.get("content"), dict)]
        title = str(step.get("title") or self._content["title"])
        self._set(state="open", wish="", options=options, title=title, text="\n".join(map(str, words)))

    def _describe(self, card: dict[str, Any]) -> None:
        kind = str(card.get("kind", ""))
        shown = {key: value for key, value in card.items() if key != "locale"}
        if shown != self._content["card"]:
            self._set(card=shown, kind=_SHOWN_KINDS.get(kind, kind))

    def withdraw(self, asked: int, *, again: bool) -> bool:
        """The engine does not wait for this any more, `again`: until it is there again; whether it was about this."""
        if asked != self._asked:
            return False
        self._asked, self._held, self.away = 0, None, again
        if not again and self.state != "answered":
            self._close(state="gone")
        return True

    def close(self) -> None:
        """The run ended or was taken back: nothing can be answered here."""
        self._asked, self.away = 0, False
        if self.state != "answered":
            self._close(state="gone")

    def _close(self, **changes: Any) -> None:
        """Show no more than a card that was never open here: the choices are gone."""
        self._set(**changes, options=[], text="", wish="")

    def sent(self) -> None:
        """The answer is on its way."""
        self._set(state="sent")

    def reopen(self) -> None:
        """The answer did not arrive."""
        if self.state == "sent" and self._asked:
            self._set(state="open")

    # ------------------------------------------------------------------------------------------ from the person

    def answer(self, decision: str, text: str, answers: dict[str, Any]) -> Reply | None:
        """What a decision is in the protocol; None when it says nothing or cannot be made here."""
        if not self.open or not decision:
            return None
        if self._method == FORM:
            return self._fill(decision, text, answers)
        option = self._option(decision, text, answers)
        if option not in self._offered:
            return None
        if option in _WORDS and (text.strip() or answers):
            self._held = (text, answers)
        return Reply(self._asked, {"outcome": {"outcome": "selected", "optionId": option}})

    def _option(self, decision: str, text: str, answers: dict[str, Any]) -> str:
        """The choice that stands for a decision of the card: going on with words has a name of its own."""
        if decision != "retry" or self._content["kind"] != "hold":
            return decision
        if "allow" in self._offered:
            return "allow"
        return "words" if text.strip() or answers else "retry"

    def _fill(self, decision: str, text: str, answers: dict[str, Any]) -> Reply | None:
        if decision in {"reject", "stop"}:
            if decision not in self._content["card"].get("options", []):
                return None
            run = str(self._content["card"].get("run", ""))
            return Reply(params={"run": run, "nonce": self._nonce, "decision": decision})
        content = self._values(text.strip(), answers)
        return Reply(self._asked, {"action": "accept", "content": content}) if content is not None else None

    def _values(self, text: str, answers: dict[str, Any]) -> dict[str, Any] | None:
        fields = self._schema.get("properties")
        known = fields if isinstance(fields, dict) else {}
        if _LIMIT in known:
            limit = amount(answers.get(_LIMIT, text))
            return {_LIMIT: limit} if limit else None
        if "text" in known and self._content["wish"] != "answers":
            return {"text": text} if text else None
        return {key: str(value) for key, value in answers.items() if key in known and str(value).strip()}
