"""Questions to the person through a client: permission requests, forms, or - without forms - the next message.

Whatever a client answers becomes a reply only here, and only to the card that was shown: it carries the nonce of that
card. A client that goes away or cancels leaves the card open; nothing is ever approved by default.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from core.errors import InputError, MultiCoderError
from core.i18n import tr
from core.typed import amount
from engine.acp import updates
from engine.acp.translate import card_step
from engine.terminal import card_text
from graph.approvals import Reply

if TYPE_CHECKING:
    from engine.acp.server import Client
    from engine.questions import Question
    from graph.approvals import Decision
    from graph.cards import Card

Wish = Literal["modify", "answers", "purpose", "advice", "downloads"]
"""What the person still has to say in words."""

_KIND_OF: Final = {
    "approve": "allow_once",
    "retry": "allow_once",
    "answer": "allow_once",
    "allow": "allow_once",
    "modify": "reject_once",
    "words": "reject_once",
    "reject": "reject_always",
    "stop": "reject_always",
    "refuse": "reject_once",
}
_WISH_TEXT: Final = {
    "modify": "ask-modify",
    "answers": "ask-answers",
    "purpose": "ask-purpose",
    "advice": "ask-advice",
    "downloads": "ask-downloads",
}
_OWN_NAMES: Final = {
    ("web", "allow"): "allow-search",
    ("consent", "refuse"): "refuse-all",
    ("consent", "words"): "answer-downloads",
}
_FORMS: Final[dict[str, Wish]] = {"questions": "answers", "purpose": "purpose", "consent": "downloads"}
"""Cards that are answered by a form, where a client has any."""


_DECLINED: Final[dict[str, Decision]] = {"questions": "answer", "purpose": "reject", "consent": "refuse"}
"""What a form that was declined stands for."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A decision that waits for the person's next message, in clients that have no forms."""

    question: Question
    wish: Wish


class Asker:
    """Asks one client."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._asking: dict[str, asyncio.Task[None]] = {}
        self._expected: dict[str, Expected] = {}
        self._stop = client.reactor.questions.subscribe(self._changed)

    def close(self) -> None:
        """Ask no more; what is open stays open."""
        self._stop()
        for task in self._asking.values():
            task.cancel()

    async def attach(self, session: str) -> None:
        """Ask again what is open in a session that was just loaded."""
        run = await self._client.reactor.conversations.running(session)
        question = self._client.reactor.questions.of(run) if run else None
        if question is not None:
            self._start(question)

    def expected(self, session: str) -> Expected | None:
        """What the next message of this session answers."""
        waiting = self._expected.get(session)
        if waiting is not None and self._client.reactor.questions.of(waiting.question.run) != waiting.question:
            del self._expected[session]  # it was answered elsewhere, or its run ended
            return None
        return waiting

    async def take(self, session: str, expected: Expected, text: str) -> None:
        """Answer a card with the words of a message; InputError when they cannot be used, the card then stays open."""
        reply = _reply(expected.question.card, expected.wish, {"text": text, **_lines(expected, text)})
        if reply is None:
            raise InputError("empty-task")
        await self._answer(expected.question, reply)
        self._expected.pop(session, None)

    def _changed(self, question: Question, opened: bool) -> None:
        task = self._asking.pop(question.run, None)
        if task is not None and task is not asyncio.current_task():
            task.cancel()
        if opened:
            self._start(question)

    def _start(self, question: Question) -> None:
        if question.run not in self._asking:
            task = asyncio.get_running_loop().create_task(self._ask(question))
            self._asking[question.run] = task
            task.add_done_callback(lambda done: self._done(question.run, done))

    def _done(self, run: str, task: asyncio.Task[None]) -> None:
        if self._asking.get(run) is task:
            del self._asking[run]
        if not task.cancelled() and task.exception() is not None:
            self._client.log(f"asking about {run} failed: {type(task.exception()).__name__}")

    async def _ask(self, question: Question) -> None:
        reactor = self._client.reactor
        session = await reactor.engine.sessions.session_of(question.run)
        feed = self._client.feeds.get(session)
        if feed is None:
            return
        await feed.flushed()  # the card is shown after the work that led to it
        try:
            reply = await self._decision(session, question)
            if reply is not None:
                await self._answer(question, reply)
        except InputError as error:  # answered elsewhere a moment before
            self._client.log(f"an answer about {question.run} came too late: {error.code}")
        except (MultiCoderError, ConnectionError) as error:
            self._client.log(f"the question about {question.run} stays open: {type(error).__name__}")

    async def _answer(self, question: Question, reply: Reply) -> None:
        reactor = self._client.reactor
        await reactor.questions.answer(question.run, reply, nonce=question.nonce, via=self._client.via)
        await reactor.conversations.go_on(question.run, by=self._client.via)

    # ------------------------------------------------------------------------------------------------ one card

    async def _decision(self, session: str, question: Question) -> Reply | None:
        card = question.card
        if card["kind"] in _FORMS and self._client.forms:
            return await self._form(session, question, _FORMS[card["kind"]])
        chosen = await self._permission(session, question)
        if chosen is None:
            return None
        wish = _wish(card, chosen)
        if wish is None:
            return Reply(chosen)  # type: ignore[arg-type]  # one of the card's own options
        if self._client.forms:
            return await self._form(session, question, wish)
        self._expected[session] = Expected(question, wish)
        words = updates.text_block(tr(_WISH_TEXT[wish], card["locale"]))
        meta = {"expects": wish}
        self._client.update(session, updates.chunk("agent_message_chunk", words, f"{question.nonce}/{wish}", **meta))
        self._client.wake()
        return None

    async def _permission(self, session: str, question: Question) -> str | None:
        card = question.card
        params = {
            "sessionId": session,
            "toolCall": {
                "toolCallId": card_step(card["run"], card["digest"]),
                "title": tr(f"card-{card['kind']}", card["locale"]),
                "status": "pending",
                "kind": "other",
                "content": [updates.tool_text(card_text(card, card["locale"]).plain)],
                "rawInput": {key: value for key, value in card.items() if key != "locale"},
            },
            "options": [
                {"optionId": option, "name": _named(option, card), "kind": _KIND_OF[option]}
                for option in _options(card, forms=self._client.forms)
            ],
            "_meta": {"multicoder": {"nonce": question.nonce, "digest": card["digest"], "card": card}},
        }
        answer = await self._client.request("session/request_permission", params)
        outcome = answer.get("outcome") if isinstance(answer, dict) else None
        if not isinstance(outcome, dict) or outcome.get("outcome") != "selected":
            return None
        chosen = outcome.get("optionId")
        return chosen if chosen in {option["optionId"] for option in params["options"]} else None  # type: ignore[index]

    async def _form(self, session: str, question: Question, wish: Wish) -> Reply | None:
        card = question.card
        params = {
            "sessionId": session,
            "mode": "form",
            "message": tr(_WISH_TEXT[wish], card["locale"]),
            "requestedSchema": _schema(card, wish),
            "_meta": {"multicoder": {"nonce": question.nonce, "digest": card["digest"], "card": card, "wish": wish}},
        }
        answer = await self._client.request("elicitation/create", params)
        if not isinstance(answer, dict):
            return None
        if answer.get("action") == "decline" and card["kind"] in _FORMS:
            return Reply(_DECLINED[card["kind"]])
        if answer.get("action") != "accept" or not isinstance(answer.get("content"), dict):
            return None  # the card stays open
        return _reply(card, wish, answer["content"])


def _options(card: Card, *, forms: bool) -> list[str]:
    """The choices of a permission request; what needs words has an option of its own."""
    if card["kind"] == "questions" and not forms:
        return ["answer", "words", "reject"]
    if card["kind"] == "purpose":
        return ["words", "reject"]
    if card["kind"] == "consent":
        return ["words", "refuse"]
    if card["kind"] == "hold":
        if card["hold"]["kind"] == "guard":  # allowing needs a reason, so it needs words
            return ["allow" if option == "retry" else option for option in card["options"]]
        return ["retry", "words", "stop"]
    return list(card["options"])


def _wish(card: Card, chosen: str) -> Wish | None:
    if chosen == "modify":
        return "modify"
    if chosen == "allow":
        return None if card["kind"] == "web" else "advice"
    if chosen != "words":
        return None
    return _FORMS.get(card["kind"], "advice")


def _named(option: str, card: Card) -> str:
    """The choice in words; of research it is another matter than of other cards."""
    return tr(f"option-{_OWN_NAMES.get((card['kind'], option), option)}", card["locale"])


def _schema(card: Card, wish: Wish) -> dict[str, Any]:
    locale = card["locale"]
    if wish == "answers":
        fields = {
            question["id"]: {"type": "string", "title": question["text"], "default": question["default"]}
            for question in card["questions"]
        }
        return {"type": "object", "properties": fields}
    if wish == "downloads":
        choices = [{"const": one, "title": tr(f"decision-{one}", locale)} for one in ("allow", "refuse")]
        answers = {
            one["address"]: {"type": "string", "title": one["address"], "oneOf": choices, "default": "refuse"}
            for one in card["repositories"]
        }
        return {"type": "object", "properties": answers}
    if wish == "advice" and card["hold"]["kind"] == "budget":
        cap = str(card["hold"]["facts"].get("cap", "usd"))
        field = {"type": "number", "title": tr("card-retry-limit", locale, cap=cap), "minimum": 0}
        return {"type": "object", "properties": {"limit": field}, "required": ["limit"]}
    title = tr(_WISH_TEXT[wish], locale)
    return {
        "type": "object",
        "properties": {"text": {"type": "string", "title": title, "minLength": 1}},
        "required": ["text"],
    }


def _lines(expected: Expected, text: str) -> dict[str, str]:
    """A message that answers several questions does so line by line."""
    if expected.wish != "answers":
        return {}
    questions = expected.question.card["questions"]
    lines = [text] if len(questions) == 1 else text.splitlines()
    return {question["id"]: line.strip() for question, line in zip(questions, lines, strict=False)}


def _reply(card: Card, wish: Wish, content: dict[str, Any]) -> Reply | None:
    """The reply a form or a message stands for; None when it says nothing."""
    if wish == "answers":
        known = {question["id"] for question in card["questions"]}
        answers = {key: str(value) for key, value in content.items() if key in known and str(value).strip()}
        return Reply("answer", answers=answers)
    text = str(content.get("text") or "").strip()
    if wish == "downloads":
        return Reply("answer", answers=_downloads(card, content, text))
    if wish == "advice" and card["hold"]["kind"] == "budget":
        limit = amount(content.get("limit", text))
        return Reply("retry", caps={str(card["hold"]["facts"].get("cap", "usd")): limit}) if limit else None
    if not text:
        return None
    if wish == "modify":
        return Reply("modify", text=text)
    return Reply("answer", text=text) if wish == "purpose" else Reply("retry", text=text)


def _downloads(card: Card, content: dict[str, Any], text: str) -> dict[str, str]:
    """A decision for each repository: as the form says, or allowed where a message names it on a line of its own."""
    named = {line.strip(" -*\t").casefold() for line in text.splitlines()}
    addresses = [one["address"] for one in card["repositories"]]
    allowed = {one for one in addresses if content.get(one) == "allow" or one.casefold() in named}
    return {one: "allow" if one in allowed else "refuse" for one in addresses}
