from __future__ import annotations

from dataclasses import replace

import blueprint_talks as talks

from core.memory import Lines
from memory.blueprint.draft import blueprint_of
from memory.blueprint.oracle import problems
from memory.blueprint.parsing import parsed
from memory.blueprint.parts import Dependency, DraftModule


def lines_of(made, **wanted: str) -> set[int]:
    """Lines of the requirements with these fields."""
    return {
        number
        for item in made.requirements
        if all(getattr(item, name) == value for name, value in wanted.items())
        for place in item.places
        for number in range(place.first, place.last + 1)
    }


def number_of(line: str) -> int:
    """Number of a line of the talk."""
    return talks.ALTERNATING.splitlines().index(line) + 1


def test_the_persons_statements_are_all_there_word_for_word() -> None:
    made = blueprint_of("d", talks.ALTERNATING)
    own = [item.text for item in made.requirements if item.by == "person"]
    assert own == [
        "я хочу чтобы дневник напоминал о поливе",
        "писем не надо, только уведомления на экране",
        "никакого облака, все хранится только на компьютере",
    ]


def test_what_the_person_refused_is_retracted_and_named_as_a_contradiction() -> None:
    made = blueprint_of("d", talks.ALTERNATING)
    letters, cloud = number_of("Отправка писем каждое утро"), number_of("Копия фотографий в облаке")
    assert {letters, cloud} <= lines_of(made, status="retracted")
    assert not {letters, cloud} & lines_of(made, status="active")
    settled = {(clash.earlier[0].first, clash.later[0].first) for clash in made.contradictions if clash.later}
    assert (letters, number_of("писем не надо, только уведомления на экране")) in settled


def test_a_choice_nobody_made_stays_open() -> None:
    made = blueprint_of("d", talks.ALTERNATING)
    (choice,) = [clash for clash in made.contradictions if clash.resolution == "open"]
    assert choice.topic == "SQLite / LevelDB"
    assert choice.later == ()
    assert {place.first for place in choice.earlier} == {
        number_of("Для хранения можно взять SQLite или LevelDB, оба подходят."),
        number_of("Хранение сделано на SQLite или LevelDB, выбор остаётся за вами."),
    }
    decided = blueprint_of("d", talks.ALTERNATING + "Хорошо.\nберем SQLite\n\nПринято.\n")
    assert [clash for clash in decided.contradictions if clash.resolution == "open"] == []


def test_who_stands_behind_a_proposal_is_told() -> None:
    made = blueprint_of("d", talks.NAMED)
    assert 6 in lines_of(made, by="confirmed", status="active")
    assert 3 in lines_of(made, by="unobjected", status="active")
    assert 4 in lines_of(made, status="retracted")
    (upload,) = [item for item in made.requirements if item.status == "retracted"]
    assert upload.superseded_by == Lines("d", 5, 5)


def test_only_the_name_goes_when_only_the_name_was_refused() -> None:
    talk = (
        "User: I want a game of cards.\nAssistant: The game will have the Zorro Shuffler that shuffles cards fairly.\n"
        "User: don't mention Zorro in the game\n"
    )
    made = blueprint_of("d", talk)
    assert {item.status for item in made.requirements if item.places == (Lines("d", 2, 2),)} == {"retracted", "active"}
    assert not [item.text for item in made.having("active") if "Zorro" in item.text and item.by != "person"]


def test_points_of_a_list_are_taken_out_by_number() -> None:
    talk = (
        "User: what else should the shop have?\nAssistant: The shop should have:\n1. Search of goods\n- by name\n"
        "2. Comments of guests\n- with stars\n3. Discounts for friends\nUser: all of it is important, except 2\n"
    )
    made = blueprint_of("d", talk)
    assert lines_of(made, status="retracted") == {5, 6}
    assert {3, 4, 7} <= lines_of(made, by="confirmed", status="active")


def test_a_specification_gives_its_demands_and_its_clashes() -> None:
    made = blueprint_of("d", talks.SPECIFICATION)
    texts = {item.text: item.status for item in made.requirements}
    assert texts["The meter must print a receipt within 5 seconds"] == "active"
    assert texts["Cards are accepted"] == texts["Cards are not accepted."] == "contradictory"
    assert "The meter is used outdoors." not in texts
    assert [clash.resolution for clash in made.contradictions] == ["open"]


def test_files_classes_and_commands_are_noticed() -> None:
    made = blueprint_of(
        "d", "User: use SheetReader from sheet_reader.py\nUser: run `pip install openpyxl`\nAssistant: ok\n"
    )
    names = {(intent.kind, intent.name) for intent in made.intents}
    assert {("class", "SheetReader"), ("file", "sheet_reader.py"), ("command", "pip install openpyxl")} <= names


def test_every_module_of_the_draft_serves_what_holds_and_all_of_it_is_served() -> None:
    for text in (talks.ALTERNATING, talks.NAMED, talks.SPECIFICATION):
        made = blueprint_of("d", text)
        served = [name for module in made.modules for name in module.serves]
        assert sorted(served) == sorted(item.id for item in made.having("active"))


def test_the_oracle_finds_what_is_wrong() -> None:
    text = parsed("d", talks.NAMED)
    made = blueprint_of("d", talks.NAMED)
    assert {problem.kind for problem in problems(made, text)} == set()
    first, *rest = made.requirements
    broken = replace(
        made,
        requirements=(
            replace(first, places=(Lines("d", 900, 901),)),
            replace(rest[0], text="something else"),
            *rest[1:],
        ),
        dependencies=(Dependency("R1", "R99", ""),),
        modules=(DraftModule("m", ("R77", *(item.id for item in made.having("retracted")))),),
    )
    kinds = {problem.kind for problem in problems(broken, text)}
    assert kinds == {"uncovered", "range", "unquoted", "dangling", "retracted"}
