"""The person at the terminal: cards with the verdict in colour and word, decisions typed in words or letters."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from rich.panel import Panel
from rich.text import Text

from core.errors import MultiCoderError
from core.i18n import DEFAULT_LOCALE, explain, tr
from core.typed import amount
from engine.keyboard import LeftError
from engine.visible import visible
from graph.approvals import Reply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from core.plan import Plan, Verdict
    from engine.keyboard import Keyboard
    from engine.progress import Progress
    from graph.approvals import Decision
    from graph.cards import Card, Offered
    from graph.state import Hold

_MEGABYTE: Final = 1_000_000
_COLOURS: Final = {"green": "bold green", "yellow": "bold yellow", "red": "bold red", "none": "bold magenta"}


class Terminal:
    """Asks in the terminal; Ctrl+C or the end of the input leave the card open."""

    via = "terminal"

    def __init__(self, console: Console, progress: Progress, keyboard: Keyboard, locale: str) -> None:
        self._console = console
        self._progress = progress
        self._keyboard = keyboard
        self._locale = locale

    async def decide(self, card: Card) -> Reply | None:
        """Show the card and read a decision."""
        self._progress.pause()
        try:
            return await self._ask(card)
        except LeftError:
            self._console.print()
            return None
        finally:
            if not self._keyboard.left:
                self._progress.resume()

    async def _ask(self, card: Card) -> Reply:
        self._console.print(Panel(card_text(card, self._locale), title=tr(f"card-{card['kind']}", self._locale)))
        if card["kind"] == "questions":
            return await self._questions(card)
        if card["kind"] == "purpose":
            text = (await self._read(tr("card-purpose-text", self._locale))).strip()
            return Reply("answer", text=text) if text else Reply("reject")
        if card["kind"] == "consent":
            return await self._downloads(card)
        decision = await self._decision(card["options"])
        if decision == "modify":
            return await self._modify()
        if decision == "retry":
            return await self._retry(card["hold"])
        return Reply(decision)

    async def _modify(self) -> Reply:
        while True:
            text = (await self._read(tr("card-modify-text", self._locale))).strip()
            if text:
                return Reply("modify", text=text)

    async def _questions(self, card: Card) -> Reply:
        answers = {}
        for question in card["questions"]:
            default = tr("card-default", self._locale, default=question["default"])
            answers[question["id"]] = (await self._read(f"{question['text']} {default} ")).strip()
        return Reply("answer", answers={key: value for key, value in answers.items() if value})

    async def _downloads(self, card: Card) -> Reply:
        """A decision for each repository; Enter refuses."""
        options: list[Decision] = ["allow", "refuse"]
        shown = " / ".join(tr(f"decision-{option}", self._locale) for option in options)
        answers = {}
        for repository in card["repositories"]:
            address = repository["address"]
            while True:
                typed = await self._read(tr("card-consent-ask", self._locale, address=address, options=shown))
                meant = meant_decision(typed, options, self._locale) if typed.strip() else "refuse"
                if meant is not None:
                    break
                self._console.print(tr("card-not-an-option", self._locale, options=shown))
            answers[address] = meant
        return Reply("answer", answers=answers)

    async def _retry(self, hold: Hold) -> Reply:
        if hold["kind"] == "guard":
            return Reply("retry", text=await self._reason())
        if hold["kind"] != "budget":
            return Reply("retry", text=await self._read(tr("card-retry-text", self._locale)))
        cap = str(hold["facts"].get("cap", "usd"))
        while True:
            typed = (await self._read(tr("card-retry-limit", self._locale, cap=cap))).strip()
            limit = amount(typed)
            if limit is not None:
                return Reply("retry", caps={cap: limit})
            if not typed:
                return Reply("retry")
            self._console.print(tr("card-not-a-number", self._locale))

    async def _reason(self) -> str:
        while True:
            reason = (await self._read(tr("guard-reason-text", self._locale))).strip()
            if reason:
                return reason
            self._console.print(tr("guard-reason-needed", self._locale))

    async def _decision(self, options: list[Decision]) -> Decision:
        shown = " / ".join(tr(f"decision-{option}", self._locale) for option in options)
        while True:
            typed = await self._read(tr("card-choose", self._locale, options=shown))
            meant = meant_decision(typed, options, self._locale)
            if meant is not None:
                return meant
            self._console.print(tr("card-not-an-option", self._locale, options=shown))

    async def _read(self, prompt: str) -> str:
        self._console.print(Text(visible(prompt)), end="", soft_wrap=True)
        self._console.file.flush()
        return await self._keyboard.line()


def meant_decision(typed: str, options: Sequence[Decision], locale: str) -> Decision | None:
    """The decision a word or its beginning names, in the person's language or English; None when it is ambiguous."""
    beginning = " ".join(typed.casefold().split())
    if not beginning:
        return None
    for language in dict.fromkeys((locale, DEFAULT_LOCALE)):
        words = {tr(f"decision-{option}", language).casefold(): option for option in options}
        if language == DEFAULT_LOCALE:
            words |= {str(option): option for option in options}
        if beginning in words:
            return words[beginning]
        meant = {option for word, option in words.items() if word.startswith(beginning)}
        if meant:
            return meant.pop() if len(meant) == 1 else None
    return None


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
        _estimate(text, card, locale)
    if "searches" in card:
        _searches(text, card, locale)
    if "repositories" in card:
        _repositories(text, card["repositories"], locale)
    if "hold" in card:
        hold = card["hold"]
        told = explain(MultiCoderError(hold["code"], **hold["facts"]), locale)
        text.append(f"{told.what}\n{told.did}\n{told.next}\n")
        if hold["detail"]:
            text.append(f"{hold['detail'][-1500:]}\n", style="dim")
    if card.get("caps"):
        caps: dict[str, Any] = card["caps"]
        shown = ", ".join(
            tr(f"cap-{name}", locale, value=value) for name, value in caps.items() if name != "assume_prices"
        )
        text.append(f"{tr('card-caps', locale, caps=shown)}\n")
    text.rstrip()
    text.plain = visible(text.plain)  # one for one, so that the colours stay where they are
    return text


def _searches(text: Text, card: Card, locale: str) -> None:
    if card["why"]:
        text.append(f"{card['why']}\n")
    text.append(f"{tr('card-web-searches', locale)}\n")
    text.append("".join(f"  - {search['query']} ({search['topic']})\n" for search in card["searches"]))
    if card["tainted"]:
        text.append(f"{tr('card-web-tainted', locale)}\n")
    text.append(f"{tr('card-web-once', locale)}\n")


def _repositories(text: Text, repositories: Sequence[Offered], locale: str) -> None:
    """What a person has to know of each repository before it may be downloaded."""
    unknown = tr("card-repository-unknown", locale)
    for one in repositories:
        changed = time.strftime("%Y-%m-%d", time.gmtime(one["changed"])) if one["changed"] else unknown
        size = f"{one['size'] / _MEGABYTE:.1f} MB" if one["size"] else unknown
        text.append(f"{tr('card-repository', locale, address=one['address'], commit=one['commit'])}\n", style="bold")
        facts: dict[str, str | float] = {
            "licence": one["licence"] or unknown,
            "size": size,
            "stars": one["stars"],
            "changed": changed,
        }
        archived = "yes" if one["archived"] else "no"
        text.append(f"  {tr('card-repository-facts', locale, archived=archived, **facts)}\n")
        for field, words in (("what", one["what"]), ("why", one["why"])):
            if words:
                text.append(f"  {tr(f'card-repository-{field}', locale, **{field: words})}\n")
    text.append(f"{tr('card-consent-note', locale)}\n")


def _estimate(text: Text, card: Card, locale: str) -> None:
    """What it will take and who will work on it, as far as anybody knows."""
    figures: dict[str, Any] = card["estimate"]
    text.append(f"{tr('card-estimate', locale, calls=figures['calls'], tokens=figures['tokens'])}\n")
    if "models" in card:
        minutes = -(-int(figures["seconds"]) // 60)
        text.append(f"{tr('card-time' if minutes else 'card-time-unknown', locale, minutes=minutes)}\n")
        for role, model in card["models"].items():
            text.append(f"  {tr(f'who-{role}', locale)}: {model}\n", style="dim")


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
