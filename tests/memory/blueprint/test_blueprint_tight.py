"""What an assistant proposed is kept tight: no chatter, no repetitions, and never much of a long talk."""

from __future__ import annotations

from memory.blueprint.draft import blueprint_of
from memory.blueprint.writing import briefing


def shop(days: int) -> str:
    """A long talk in which every answer lists something new and something said before."""
    answers = "".join(
        f"User: it should do more on day{day}\nAssistant: On day{day} the shop will have:\n"
        + "".join(f"- shelf{day}n{point} for goods{day}n{point}\n" for point in range(8))
        + "- a cashbox that must open fast\n"
        for day in range(days)
    )
    return f"User: I want a shop that must work offline\nAssistant: Understood.\n{answers}User: no adverts\n"


def named(made, *by: str) -> set[int]:
    """The lines that active entries name."""
    return {
        number
        for item in made.having("active")
        if item.by in by
        for place in item.places
        for number in range(place.first, place.last + 1)
    }


def test_proposals_stay_a_small_part_of_a_long_talk_and_every_answer_keeps_its_best_line() -> None:
    text = shop(60)
    made = blueprint_of("d", text)
    kept = named(made, "confirmed", "unobjected")
    assert 60 <= len(kept) <= 0.15 * made.lines
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines, 1) if line.startswith("Assistant: On")]
    assert all(any(head <= number <= head + 9 for number in kept) for head in heads)
    assert sum("cashbox" in lines[number - 1] for number in kept) < 10
    assert {1, len(lines)} <= named(made, "person")


def test_what_the_assistant_tells_of_the_world_is_not_proposed() -> None:
    talk = (
        "User: I want a tool that counts words\nAssistant: The tool should have:\n- a table of words\n"
        "- a chart of words\nAssistant: Rain fell in the mountains yesterday.\nUser: it must be quick\n"
    )
    made = blueprint_of("d", talk)
    assert {3, 4} <= named(made, "unobjected")
    assert "Rain" not in briefing(made, 5_000, len)


def test_no_module_of_the_draft_swallows_the_rest() -> None:
    made = blueprint_of("d", shop(60))
    served = [name for module in made.modules for name in module.serves]
    assert sorted(served) == sorted(item.id for item in made.having("active"))
    assert all(module.name != "core" for module in made.modules)
