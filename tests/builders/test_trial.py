"""A finished program is started for somebody who wants to see it: nothing is judged, everything is told."""

from __future__ import annotations

import pytest

from builders.picture import is_blank
from core.errors import BuildFailed


async def tried(builder, made):
    return await builder.try_out(made, await builder.build(made))


async def test_a_console_program_is_run_without_input_and_tells_its_output_and_code(order, builder):
    program = "import sys\nprint('out', repr(sys.stdin.read()))\nprint('err', file=sys.stderr)\nsys.exit(3)\n"
    seen = await tried(builder, order({"main.py": program}, "source"))
    assert (seen.look, seen.result.ending, seen.result.exit_code) == ("console", "exit", 3)
    assert (seen.result.stdout.strip(), seen.result.stderr.strip()) == ("out ''", "err")
    assert seen.picture is None
    assert seen.limit == 20


async def test_a_window_is_photographed_on_a_screen_of_its_own(order, builder, window_files):
    made = order(window_files, "zip", kind="gui")
    seen = await tried(builder, made)
    assert (seen.look, seen.title, seen.alive, seen.result.ending) == ("window", "Калькулятор", True, "closed")
    assert not is_blank(seen.picture.read_bytes())
    assert [entry.name for entry in seen.picture.parent.iterdir()] == [seen.picture.name]


async def test_a_window_program_that_breaks_tells_why(order, builder):
    seen = await tried(builder, order({"main.py": "raise SystemExit('no display wanted')\n"}, "zip", kind="gui"))
    assert (seen.look, seen.alive, seen.picture, seen.result.exit_code) == ("window", False, None, 1)
    assert "no display wanted" in seen.result.stderr


async def test_pages_need_a_browser_to_be_seen(order, builder, monkeypatch):
    monkeypatch.setenv("PATH", "")
    page = {"index.html": "<!doctype html><title>x</title><p>x"}
    seen = await tried(builder, order(page, "zip", language="web", kind="web", entry_point="index.html"))
    assert (seen.look, seen.result, seen.picture) == ("pages", None, None)


async def test_only_what_was_built_is_started(order, builder):
    made = order({"main.py": "print(1)\n"}, "source")
    report = await builder.build(made)
    report.artifact.write_text("print('something else')\n")
    with pytest.raises(BuildFailed) as caught:
        await builder.try_out(made, report)
    assert caught.value.code == "artifact-changed"
