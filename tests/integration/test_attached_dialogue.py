"""A long dialogue is attached: the architect gets what it decided, the judge every word."""

from __future__ import annotations

from tests.fakes.scripted_team import routing

CHATTER = "\n".join(
    f"Assistant: The weather of day {day} was told at length, with clouds and wind." for day in range(300)
)
TALK = (
    "User: I want a tool that counts words.\n"
    "Assistant: Understood. The tool should have:\n- a count of words\n- upload of the text to a Dropbox folder\n"
    "- the storage in SQLite or LevelDB\n"
    "User: No uploads to Dropbox. It must work offline.\n"
    f"{CHATTER}\n"
    "User: how was your day?\n"
    "Assistant: Storage can be SQLite or LevelDB, as said.\n"
)


async def test_the_architect_is_given_the_blueprint_of_a_long_dialogue(works, team):
    team.then("router", routing("document"))
    turn = await works.run("build what this dialogue decided", attachments=(f"talk.txt\n{TALK}",))
    assert turn.outcome == "delivered"
    told = team.calls("architect.plan")[0].section("request")
    assert told.startswith("build what this dialogue decided")
    assert "[L6] No uploads to Dropbox. It must work offline." in told
    assert "upload of the text to a Dropbox folder" not in told
    assert "SQLite / LevelDB — open" in told
    assert "weather" not in told
    assert told.index("No uploads to Dropbox") < told.index("Proposed, nobody objected")
    judged = team.calls("judge")[0]
    assert "The weather of day 7 was told" in judged.prompt
    assert team.calls("coder.write")[0].section("request") == told


async def test_short_texts_and_data_are_given_as_they_are(works, team):
    rows = "rows.csv\n" + "\n".join(f"{number};value {number}" for number in range(2_000))
    turn = await works.run("Count the words of a text", attachments=("talk.txt\nUser: No ads.\nAssistant: Fine.", rows))
    assert turn.outcome == "delivered"
    told = team.calls("architect.plan")[0].section("request")
    assert "User: No ads.\nAssistant: Fine." in told
    assert "1999;value 1999" in told
