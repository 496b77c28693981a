"""What a person means by what was typed, and how cards look at 80 columns."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from core.i18n import LOCALES, tr
from engine.terminal import Terminal, card_text, meant_decision

APPROVAL = ["approve", "modify", "reject"]
HOLD = ["retry", "stop"]
EVERYTHING = ["approve", "modify", "reject", "answer", "retry", "stop", "allow", "refuse"]


@pytest.mark.parametrize(
    ("typed", "locale", "options", "meant"),
    [
        ("approve", "en", APPROVAL, "approve"),
        ("  APPROVE ", "en", APPROVAL, "approve"),
        ("a", "en", APPROVAL, "approve"),
        ("r", "en", APPROVAL, "reject"),
        ("try  again", "en", HOLD, "retry"),
        ("retry", "en", HOLD, "retry"),
        ("s", "en", HOLD, "stop"),
        ("одобрить", "ru", APPROVAL, "approve"),
        ("од", "ru", APPROVAL, "approve"),
        ("от", "ru", APPROVAL, "reject"),
        ("о", "ru", APPROVAL, None),
        ("о", "ru", HOLD, "stop"),
        ("И", "ru", APPROVAL, "modify"),
        ("approve", "ru", APPROVAL, "approve"),
        ("rej", "ru", APPROVAL, "reject"),
        ("approve", "ru", ["modify", "reject"], None),
        ("одобрить", "ru", ["modify", "reject"], None),
        ("", "en", APPROVAL, None),
        (" ", "ru", APPROVAL, None),
        ("approved", "en", APPROVAL, None),
        ("yes", "en", APPROVAL, None),
        ("re", "en", ["reject", "retry"], None),
    ],
)
def test_a_decision_is_read_only_from_its_word_or_an_unmistakable_beginning(typed, locale, options, meant):
    assert meant_decision(typed, options, locale) == meant


@given(
    st.sampled_from(LOCALES),
    st.lists(st.sampled_from(EVERYTHING), unique=True, min_size=1),
    st.text(max_size=12) | st.sampled_from([tr(f"decision-{option}", "ru") for option in EVERYTHING]),
)
def test_nothing_typed_ever_means_a_decision_that_is_not_offered(locale, options, typed):
    meant = meant_decision(typed, options, locale)
    assert meant is None or meant in options
    if meant is not None:
        names = [meant, *(tr(f"decision-{meant}", language) for language in LOCALES)]
        assert any(name.startswith(" ".join(typed.casefold().split())) for name in names)


def card(kind="task", level="yellow", judged=True, **more):
    verdict = {
        "subject": "request",
        "judged": judged,
        "level": level,
        "reasons": ["[bold red]not markup[/] " + "очень длинная причина " * 12],
        "feasibility": "feasible",
        "recommendation": "look twice",
        "needs_purpose": False,
        "policy_rules": [],
    }
    options = ["approve", "modify", "reject"] if level != "red" else ["modify", "reject"]
    return {"kind": kind, "options": options, "verdict": verdict, "understood": "A tool", "digest": "d", **more}


def shown(card, locale):
    stream = StringIO()
    console = Console(file=stream, force_terminal=True, color_system="truecolor", width=80, highlight=False)
    console.print(Panel(card_text(card, locale)))
    return stream.getvalue()


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("level", "judged", "shown_level", "colour"),
    [
        ("green", True, "green", "32"),
        ("yellow", True, "yellow", "33"),
        ("red", True, "red", "31"),
        ("red", False, "red", "31"),
        ("green", False, "none", "35"),
        ("yellow", False, "none", "35"),
    ],
)
def test_the_verdict_is_told_in_colour_and_in_a_word(locale, level, judged, shown_level, colour):
    text = shown(card(level=level, judged=judged), locale)
    assert f"\x1b[1;{colour}m{tr(f'card-level-{shown_level}', locale)}" in text


@pytest.mark.parametrize("locale", LOCALES)
def test_a_card_fits_eighty_columns_and_shows_words_of_models_as_they_are(locale):
    lines = [Text.from_ansi(line) for line in shown(card(), locale).splitlines()]
    assert "[bold red]not markup[/]" in "".join(line.plain for line in lines)
    assert max(line.cell_len for line in lines) <= 80


@pytest.mark.parametrize("locale", LOCALES)
def test_a_plan_says_who_works_on_it_and_how_long_that_took_before(locale):
    known = {"estimate": {"calls": 9, "tokens": 9_000, "seconds": 61}, "models": {"coder": "house:[b]fast"}}
    text = card_text(card(**known), locale).plain
    assert tr("card-time", locale, minutes=2) in text
    assert f"{tr('who-coder', locale)}: house:[b]fast" in text
    known["estimate"]["seconds"] = 0
    assert tr("card-time-unknown", locale) in card_text(card(**known), locale).plain


@given(st.text(alphabet="\x1b[2J;Hm\x9b\r\x08\u202eab\n", max_size=30))
def test_no_words_of_a_model_can_steer_the_terminal(words):
    honest = shown(card(level="red"), "en")
    spoofed = card(level="red")
    spoofed["verdict"]["reasons"] = [words]
    colours = set(re.findall(r"\x1b[^m]*m", honest))
    rest = shown(spoofed, "en")
    for colour in colours:
        rest = rest.replace(colour, "")
    assert not re.search("[\x1b\x9b\r\x08\u202e]", rest)


class Typed:
    """A keyboard on which these lines are typed."""

    left = False

    def __init__(self, *lines):
        self.lines = list(lines)

    async def line(self):
        return self.lines.pop(0)


class Still:
    """A progress that shows nothing."""

    def pause(self):
        pass

    resume = pause


def stopped_action(kind="download"):
    hold = {
        "kind": "guard",
        "at": "architect",
        "code": "action-blocked",
        "facts": {"kind": kind, "target": "word-magic", "action": "a-1"},
        "detail": "",
    }
    return {"kind": "hold", "options": ["retry", "modify", "stop"], "hold": hold, "caps": {}, "digest": "d"}


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_dangerous_action_is_allowed_at_the_terminal_with_a_reason_only(locale):
    stream = StringIO()
    keyboard = Typed(tr("decision-retry", locale), "", "  ", "I know this package.")
    terminal = Terminal(Console(file=stream, width=200), Still(), keyboard, locale)
    reply = await terminal.decide(stopped_action())
    assert (reply.decision, reply.text) == ("retry", "I know this package.")
    assert keyboard.lines == []
    assert stream.getvalue().count(tr("guard-reason-needed", locale)) == 2
    assert "word-magic" in stream.getvalue()
    refusing = Terminal(Console(file=stream), Still(), Typed("modify", "", "Do without it."), locale)
    assert (await refusing.decide(stopped_action())).text == "Do without it."


REPOSITORY = {
    "address": "code.example/people/one",
    "host": "code.example",
    "owner": "people",
    "name": "one",
    "description": "d",
    "licence": "",
    "size": 0,
    "stars": 7,
    "changed": 0.0,
    "archived": True,
    "commit": "c" * 40,
    "what": "the parser",
    "why": "It parses.",
}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_card_about_a_download_says_what_is_known_and_what_is_not(locale):
    shown = {"kind": "consent", "options": ["answer", "refuse"], "digest": "d", "repositories": [REPOSITORY]}
    text = card_text(shown, locale).plain
    for words in (
        "code.example/people/one",
        "c" * 40,
        "the parser",
        "It parses.",
        tr("card-repository-unknown", locale),
    ):
        assert words in text


@pytest.mark.parametrize("locale", LOCALES)
def test_a_card_about_searching_shows_every_query(locale):
    searches = [{"query": "frob library", "topic": "web"}, {"query": "frob error", "topic": "questions"}]
    shown = {"kind": "web", "options": ["allow", "refuse"], "digest": "d", "why": "w", "tainted": True}
    text = card_text({**shown, "searches": searches}, locale).plain
    assert all(search["query"] in text for search in searches)
    assert tr("card-web-tainted", locale) in text


async def test_at_the_terminal_each_repository_is_decided_about_and_enter_refuses():
    second = {**REPOSITORY, "address": "code.example/people/two"}
    card = {"kind": "consent", "options": ["answer", "refuse"], "digest": "d", "repositories": [REPOSITORY, second]}

    terminal = Terminal(Console(file=StringIO()), Still(), Typed("maybe", "allow", ""), "en")
    reply = await terminal.decide(card)
    assert (reply.decision, dict(reply.answers)) == (
        "answer",
        {"code.example/people/one": "allow", "code.example/people/two": "refuse"},
    )
