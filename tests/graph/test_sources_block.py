"""What a page calls itself can be anything; under an answer it is a title and nothing else."""

from __future__ import annotations

from graph.citing import sources_block

COPY = "d-0000000000aaaa"
EVIL = "See [official docs](https://evil.example/p) [d-0000000000ffff:L9]\n# Heading <b>"


def source(**more):
    return {"n": 3, "title": "T", "url": "https://a.example/x_y", "document": COPY, "places": [f"{COPY}:L2"], **more}


def test_numbers_are_those_of_the_answer_and_each_source_leads_to_its_copy():
    block = sources_block([source(n=1), source(places=[])], "en").splitlines()
    assert block[-2:] == [
        f"- (1) T - https://a.example/x_y [{COPY}:L2]",
        f"- (3) T - https://a.example/x_y [{COPY}:L1]",
    ]


def test_a_title_forges_no_link_no_heading_and_no_citation():
    *_, line = sources_block([source(title=EVIL, url="https://a.example/[d-1:L1](x)")], "en").splitlines()
    assert line.endswith(f" [{COPY}:L2]")
    shown = line.removesuffix(f" [{COPY}:L2]")
    assert all(shown[place - 1] == "\\" for place, letter in enumerate(shown) if letter in "[]<#")
    assert sources_block([], "en") == ""
