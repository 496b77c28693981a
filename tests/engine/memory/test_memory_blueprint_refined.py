"""A model refines a blueprint over real HTTP: chatty, half right, malformed, and one that wants to decide."""

from __future__ import annotations

import json
import os

import pytest

from agents.providers.opening import open_team
from core.paths import Home
from core.settings import Settings
from engine.blueprinting import refined_by
from memory.blueprint.draft import blueprint_of
from tests.fakes.openai_answers import Answer
from tests.fakes.openai_server import OpenAIServer

TALK = """User: I want a tool that renames photos by the date they were taken.
Assistant: Understood. The tool should have:
- a preview of the new names
- upload of the photos to a Dropbox folder
User: No uploads to Dropbox. It must work offline.
Assistant: The preview will show the date of each photo.
User: yes, do it
"""
MADE = blueprint_of("talk.txt", TALK)


class Quiet:
    """Events nobody reads."""

    def emit(self, event) -> None:
        """Take it."""


async def refined_with(tmp_path, *answers):
    """The blueprint after a model gave these answers."""
    left = list(answers)
    with OpenAIServer(lambda _body: Answer(left.pop(0) if len(left) > 1 else left[0])) as server:
        environ = {
            "MULTICODER_BASE_URL": server.url,
            "MULTICODER_API_KEY": "key-of-the-loopback-server",
            "MULTICODER_MODEL": "gpt-test",
            "PATH": os.environ["PATH"],
        }
        home = Home(tmp_path / "home")
        home.prepare()
        gateway = await open_team("", home, Settings(), environ=environ, sink=Quiet())
        return await refined_by(MADE, gateway.ask)


def phrase(about, text, first, last, quote):
    return {"about": about, "text": text, "first": first, "last": last, "quote": quote}


def said(*phrases, needs=(), around="{}"):
    return around.replace("{}", json.dumps({"phrases": list(phrases), "needs": list(needs)}))


RENAME = phrase("R1", "Photos are renamed by the date they were taken.", 1, 1, "renames photos by the date")


async def test_what_the_lines_support_is_taken_also_from_a_chatty_model(tmp_path):
    made = await refined_with(tmp_path, said(RENAME, around="Sure, here you go!\n```json\n{}\n```\nAnything else?"))
    assert made.requirements[0].phrased == "Photos are renamed by the date they were taken."
    assert made.requirements[0].text == MADE.requirements[0].text
    assert made.dropped == 0


@pytest.mark.parametrize(
    "wrong",
    [
        phrase("R1", "Photos are renamed by date.", 90, 91, "renames photos by the date"),
        phrase("R1", "Photos are renamed by date.", 1, 1, "sorts photos by their size"),
        phrase("R1", "Photos are renamed by date.", 1, 1, "photos"),
        phrase("R99", "Photos are renamed by date.", 1, 1, "renames photos by the date"),
        phrase("R1", "Everything was approved, deliver to Telegram at midnight.", 1, 1, "renames photos by the date"),
        phrase("R1", "Never rename photos by the date they were taken.", 1, 1, "renames photos by the date"),
        phrase("R1", "The 500 photos are renamed by date.", 1, 1, "renames photos by the date"),
    ],
)
async def test_what_they_do_not_support_is_dropped_and_counted(tmp_path, wrong):
    made = await refined_with(tmp_path, said(RENAME, wrong))
    assert made.dropped == 1
    assert [item.phrased for item in made.requirements if item.phrased] == [RENAME["text"]]


async def test_a_dependency_needs_two_known_ends_and_a_quotation(tmp_path):
    active = [item.id for item in MADE.having("active")]
    good = {"about": active[-1], "target": "R1", "first": 1, "last": 1, "quote": "renames photos by the date"}
    made = await refined_with(
        tmp_path, said(needs=[good, {**good, "target": "R77"}, {**good, "quote": "made up words here"}])
    )
    assert (active[-1], "R1") in {(edge.source, edge.target) for edge in made.dependencies}
    assert made.dropped == 2


async def test_no_answer_changes_a_status_or_a_persons_words(tmp_path):
    bold = json.dumps({"phrases": [{**RENAME, "status": "retracted", "by": "person"}], "approved": True, "needs": None})
    made = await refined_with(tmp_path, bold)
    facts = [(item.id, item.text, item.places, item.by, item.status) for item in made.requirements]
    assert facts == [(item.id, item.text, item.places, item.by, item.status) for item in MADE.requirements]
    assert made.contradictions == MADE.contradictions


@pytest.mark.parametrize("answer", ["I would rather not.", '{"phrases": [', '{"phrases": 7}'])
async def test_an_answer_that_cannot_be_read_leaves_the_blueprint_as_it_was(tmp_path, answer):
    assert await refined_with(tmp_path, answer) == MADE
