"""The person at the terminal: cards with the verdict in colour and word, decisions typed in words or letters."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from rich.panel import Panel
from rich.text import Text

from core.errors import MultiCoderError
from core.i18n import explain, tr
from graph.approvals import Reply

if TYPE_CHECKING:
    from rich.console import Console

    from core.plan import Plan, Verdict
    from engine.progress import Progress
    from graph.approvals import Decision
    from graph.cards import Card

_COLOURS: Final = {"green": "bold green", "yellow": "bold yellow", "red": "bold red", "none": "bold magenta"}


class Terminal:
    """Asks in the terminal; end of input means that nobody is there."""

    via = "terminal"

    def __init__(self, console: Console, progress: Progress, locale: str) -> None:
        self._console = console
        self._progress = progress
        self._locale = locale

    async def decide(self, card: Card) -> Reply | None:
        """Show the card and read a decision."""
        self._progress.pause()
        try:
            return await asyncio.to_thread(self._ask, card)
        except EOFError:
            return None
        finally:
            self._progress.resume()

    def _ask(self, card: Card) -> Reply:
        self._console.print(Panel(card_text(card, self._locale), title=tr(f"card-{card['kind']}", self._locale)))
        if card["kind"] == "questions":
            return self._questions(card)
        if card["kind"] == "purpose":
            text = self._read(f"{tr('card-purpose', self._locale)} ").strip()
            return Reply("answer", text=text) if text else Reply("reject")
        decision = self._decision(card["options"])
        if decision == "modify":
            return Reply("modify", text=self._read(tr("card-modify-text", self._locale)))
        if decision == "retry":
            return self._retry(card)
        return Reply(decision)

    def _questions(self, card: Card) -> Reply:
        answers = {}
        for question in card["questions"]:
            default = tr("card-default", self._locale, default=question["default"])
            answers[question["id"]] = self._read(f"{question['text']} {default} ").strip()
        return Reply("answer", answers={key: value for key, value in answers.items() if value})

    def _retry(self, card: Card) -> Reply:
        text = self._read(tr("card-retry-text", self._locale))
        caps: dict[str, float] = {}
        if card["hold"]["kind"] == "budget":
            typed = self._read(tr("card-retry-budget", self._locale)).strip().replace(",", ".")
            try:
                caps = {"usd": float(typed)} if typed else {}
            except ValueError:
                caps = {}
        return Reply("retry", text=text, caps=caps)

    def _decision(self, options: list[Decision]) -> Decision:
        words: dict[str, Decision] = {}
        for option in options:
            for word in (option, tr(f"decision-{option}", self._locale)):
                words[word.lower()] = option
                words.setdefault(word[0].lower(), option)
        shown = "/".join(tr(f"decision-{option}", self._locale) for option in options)
        while True:
            typed = self._read(tr("card-choose", self._locale, options=shown)).strip().lower()
            if typed in words:
                return words[typed]
            self._console.print(tr("card-not-an-option", self._locale, options=shown))

    def _read(self, prompt: str) -> str:
        self._console.print(Text(prompt), end="", soft_wrap=True)
        return input()


def card_text(card: Card, locale: str) -> Text:
    """The contents of a card as coloured text; every word of a model is shown as plain text."""
    text = Text()
    if card.get("understood"):
        text.append(f"{tr('card-understood', locale, understood=card['understood'])}\n")
    if "verdict" in card:
        _verdict(text, card["verdict"], locale)
    if "plan" in card:
        _plan(text, card["plan"], locale)
    if "estimate" in card:
        figures: dict[str, Any] = card["estimate"]
        text.append(f"{tr('card-estimate', locale, calls=figures['calls'], tokens=figures['tokens'])}\n")
    if card.get("caps"):
        caps: dict[str, Any] = card["caps"]
        shown = ", ".join(
            tr(f"cap-{name}", locale, value=value) for name, value in caps.items() if name != "assume_prices"
        )
        text.append(f"{tr('card-caps', locale, caps=shown)}\n")
    if "hold" in card:
        hold = card["hold"]
        told = explain(MultiCoderError(hold["code"], **hold["facts"]), locale)
        text.append(f"{told.what}\n{told.did}\n")
        if hold["detail"]:
            text.append(f"{hold['detail'][-1500:]}\n", style="dim")
    text.rstrip()
    return text


def _verdict(text: Text, verdict: Verdict | None, locale: str) -> None:
    level = verdict["level"] if verdict and (verdict["judged"] or verdict["level"] == "red") else "none"
    text.append(f"{tr(f'card-level-{level}', locale)}\n", style=_COLOURS[level])
    if verdict is None:
        return
    if verdict["reasons"]:
        text.append(f"{tr('card-reasons', locale)}\n")
        text.append("".join(f"  - {reason}\n" for reason in verdict["reasons"]))
    for field in ("feasibility", "recommendation"):
        if verdict[field]:
            text.append(f"{tr(f'card-{field}', locale, text=verdict[field])}\n")


def _plan(text: Text, plan: Plan, locale: str) -> None:
    text.append(f"{plan['title']}\n", style="bold")
    text.append(f"{plan['summary']}\n{tr('card-modules', locale)}\n")
    for module in plan["modules"]:
        mark = "*" if module["name"] in plan["changed"] else "="
        text.append(f"  {mark} {module['name']}: {module['purpose']}\n")
    text.append(f"{tr('card-acceptance', locale)}\n")
    text.append("".join(f"  - {item['when']} -> {item['then']}\n" for item in plan["acceptance"]))
    if plan["notes"]:
        text.append(f"{tr('card-notes', locale)}\n")
        text.append("".join(f"  - {note}\n" for note in plan["notes"]))
