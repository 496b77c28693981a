from __future__ import annotations

import blueprint_talks as talks
import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.blueprint.draft import blueprint_of
from memory.blueprint.parsing import parsed


@pytest.mark.parametrize(
    ("text", "form", "speakers"),
    [
        (talks.ALTERNATING, "turns", "apapapap"),
        (talks.NAMED, "named", "papap"),
        (talks.SAID, "said", "papa"),
        (talks.MARKDOWN, "chat", "papa"),
        (talks.EXPORT, "json", "pap"),
        (talks.SPECIFICATION, "document", "d"),
    ],
)
def test_each_form_of_a_talk_is_known(text: str, form: str, speakers: str) -> None:
    found = parsed("d", text)
    assert (found.form, "".join(turn.speaker[0] for turn in found.turns)) == (form, speakers)
    for turn in found.turns:
        for number, line in turn.lines:
            assert line in found.view[number - 1]


def test_a_talk_in_other_encodings_has_the_same_lines() -> None:
    wanted = parsed("d", talks.SAID)
    assert parsed("d", talks.SAID.encode("cp1251")) == wanted
    assert parsed("d", talks.SAID.encode("utf-16")) == wanted
    assert parsed("d", b"\xef\xbb\xbf" + talks.SAID.encode()) == wanted


@given(st.text(max_size=400) | st.binary(max_size=400))
def test_any_text_becomes_a_blueprint_with_true_places(data: str | bytes) -> None:
    made = blueprint_of("d", data)
    assert {problem.kind for problem in made.problems} <= {"open"}


@given(
    st.lists(st.sampled_from([*talks.NAMED.splitlines(), *talks.MARKDOWN.splitlines(), "no, not that"]), max_size=30)
)
def test_talks_in_any_order_become_a_blueprint_without_faults(lines: list[str]) -> None:
    made = blueprint_of("d", "\n".join(lines))
    assert {problem.kind for problem in made.problems} <= {"open"}


@pytest.mark.parametrize("text", ["[[[[" * 5000, '{"role": "user"}', "[1, 2", '{"role": "user", "content": {}}'])
def test_json_that_is_no_chat_is_a_document(text: str) -> None:
    assert parsed("d", text).form == "document"
