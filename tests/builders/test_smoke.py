"""The smoke test starts what was built and tells a working program from a broken one."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders.picture import is_blank
from builders.runner import make_runner
from builders.runner.picture import png
from builders.smoke import SmokeTest
from builders.starting import Starter, port_of
from core.errors import BuildFailed

if TYPE_CHECKING:
    from pathlib import Path


async def look(builder, order):
    return await builder.smoke(order, await builder.build(order))


# ------------------------------------------------------------------------------------------------ executables


@pytest.mark.slow
async def test_a_built_window_program_shows_its_window(window_build, builder) -> None:
    order, report = window_build
    seen = await builder.smoke(order, report)
    assert seen.ok, seen.failure
    assert "Калькулятор" in seen.facts[0]
    assert not is_blank(seen.screenshot.read_bytes())
    assert not (order.folder / "smoke" / "started").exists()


async def test_a_built_console_program_is_checked_by_its_examples(cli_build, builder) -> None:
    order, report = cli_build
    seen = await builder.smoke(order, report)
    assert seen.ok, seen.failure
    assert seen.acceptance == {"count": True, "usage": True}
    assert seen.unchecked == ("reading the output → it is pleasant",)


async def test_a_file_changed_after_the_build_is_not_started(order, builder) -> None:
    made = order({"main.py": "print('hello')\n"}, "source")
    report = await builder.build(made)
    report.artifact.write_text("print('other')\n")
    with pytest.raises(BuildFailed) as caught:
        await builder.smoke(made, report)
    assert caught.value.code == "artifact-changed"


async def test_what_was_seen_is_told_in_the_language_of_the_guide(order, builder) -> None:
    made = order({"main.py": "print('привет')\n"}, "source")
    russian = replace(made, packaging={**made.packaging, "guide": "Запустите файл двойным щелчком."})
    assert (await look(builder, made)).facts == ("Started without arguments: it ended with exit code 0.",)
    assert (await look(builder, russian)).facts == ("Запуск без аргументов: завершилась с кодом 0.",)


# ------------------------------------------------------------------------------------------------ console


async def test_examples_that_do_not_hold_fail_with_what_was_seen(order, builder, console_example, cli_files) -> None:
    examples = [
        console_example("good", ["a"], ["слов: 1"]),
        console_example("output", ["a"], ["слов: 7"]),
        console_example("code", ["a"], [], exit_code=3),
    ]
    seen = await look(builder, order(cli_files, "zip", acceptance=examples))
    assert not seen.ok
    assert seen.acceptance == {"good": True, "output": False, "code": False}
    assert "lacks 'слов: 7'" in seen.failure
    assert "Exit code 0 instead of 3" in seen.failure


async def test_a_traceback_fails_even_with_the_right_output(order, builder, console_example) -> None:
    program = "import sys\nif sys.argv[1:]:\n    print('3')\n    raise RuntimeError('boom')\n"
    examples = [console_example("one", ["x"], ["3"], exit_code=1)]
    seen = await look(builder, order({"main.py": program}, "source", acceptance=examples))
    assert seen.acceptance == {"one": False}
    assert "boom" in seen.failure


@pytest.mark.parametrize(
    ("program", "ok"),
    [
        ("print(input('name? '))\n", True),
        ("import sys\nsys.exit('usage: x FILE')\n", True),
        ("import nosuchpackage\n", False),
        ("import os\nos.abort()\n", False),
        ("while True:\n    print('x' * 1000)\n", False),
    ],
)
async def test_a_start_without_arguments_may_ask_but_not_crash(order, builder, program: str, ok: bool) -> None:
    seen = await look(builder, order({"main.py": program}, "source"))
    assert seen.ok is ok, seen


async def test_accents_and_line_ends_are_compared_by_meaning(order, builder, console_example) -> None:
    program = "import sys\nsys.stdout.buffer.write('cafe\\u0301\\r\\n1\\u00a0000 й'.encode())\n"
    examples = [console_example("one", [], ["café\n1 000 й"])]
    seen = await look(builder, order({"main.py": program}, "source", acceptance=examples))
    assert seen.ok, seen.failure


async def test_each_example_starts_from_a_fresh_folder(order, builder, console_example) -> None:
    program = (
        "from pathlib import Path\nprint('old' if Path('note').exists() else 'new')\nPath('note').write_text('x')\n"
    )
    examples = [console_example(str(number), [], ["new"]) for number in range(3)]
    seen = await look(builder, order({"main.py": program}, "source", acceptance=examples))
    assert seen.ok, seen.failure


async def test_a_library_is_imported_from_its_archive(order, builder) -> None:
    files = {
        "shapes/__init__.py": "from shapes.area import area\n",
        "shapes/area.py": "def area(a):\n    return a * a\n",
    }
    entry = {"kind": "library", "entry_point": "shapes/__init__.py"}
    assert (await look(builder, order(files, "zip", **entry))).ok
    assert not (await look(builder, order(files | {"shapes/area.py": "x"}, "zip", **entry))).ok
    broken = await look(builder, order(files | {"shapes/area.py": "def area(:"}, "zip", **entry))
    assert "cannot be imported" in broken.failure


async def test_a_library_of_one_file_can_be_imported_as_it_is_delivered(order, builder) -> None:
    ordered = order({"shapes.py": "SIDES = 4\n"}, "source", kind="library", entry_point="shapes.py", slug="my-shapes")
    seen = await look(builder, ordered)
    assert seen.ok, seen.failure


# ------------------------------------------------------------------------------------------------ windows


LABEL = "import tkinter\nr = tkinter.Tk()\ntkinter.Label(r, text='bye').pack()\n"


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("import tkinter\ntkinter.Tk().mainloop()\n", "single colour"),
        ("import tkinter\nr = tkinter.Tk()\nr.boom()\n", "boom"),
        ("print('no window here')\n", "No window appeared"),
        (
            LABEL + "r.after(500, r.destroy)\nr.mainloop()\n",
            "ended by itself",
        ),
        (
            LABEL + "r.after(300, lambda: 1 / 0)\nr.mainloop()\n",
            "ZeroDivisionError",
        ),
    ],
)
async def test_broken_windows_are_told_from_good_ones(order, builder, program: str, told: str) -> None:
    seen = await look(builder, order({"main.py": program}, "source", kind="gui"))
    assert not seen.ok
    assert told in seen.failure


async def test_an_unpacked_window_program_works(order, builder, window_files) -> None:
    examples = [{"id": "sum", "when": "pressing 1 + 1 =", "then": "2 is shown"}]
    seen = await look(builder, order(window_files, "zip", kind="gui", acceptance=examples))
    assert seen.ok, seen.failure
    assert seen.unchecked == ("pressing 1 + 1 = → 2 is shown",)
    assert seen.acceptance == {}


# ------------------------------------------------------------------------------------------------ servers, pages

SERVER = (
    "from http.server import HTTPServer, SimpleHTTPRequestHandler\n"
    "PORT = 8765\n"
    "HTTPServer(('127.0.0.1', PORT), SimpleHTTPRequestHandler).serve_forever()\n"
)


async def test_a_server_answers_on_its_port(order, builder) -> None:
    seen = await look(builder, order({"main.py": SERVER}, "source", kind="server"))
    assert seen.ok, seen.failure
    assert seen.facts == ("The server answered on port 8765.",)


async def test_a_server_that_ends_is_a_failure(order, builder) -> None:
    seen = await look(builder, order({"main.py": "PORT = 8765\nprint('bye')\n"}, "source", kind="server"))
    assert "Nothing answered on port 8765" in seen.failure


@pytest.mark.parametrize(
    ("code", "port"),
    [
        ("app.run(host='127.0.0.1', port=5001)", 5001),
        ("PORT = 9999", 9999),
        ("port: int = 8123", 8123),
        ("port = int(os.environ.get('PORT', '8042'))", 8042),
        ("report = 2024", 8000),
        ("port = 80", 8000),
        ("nothing", 8000),
    ],
)
def test_the_port_is_read_from_the_code(code: str, port: int) -> None:
    assert port_of({"main.py": code, "notes.txt": "port=7777"}) == port


PAGE = "<!doctype html><title>x</title><link rel=stylesheet href=style.css><h1>Привет</h1><script src=app.js></script>"
WEB = {"index.html": PAGE, "style.css": "h1 {color: red}", "app.js": "'use strict';\n"}
IS_WEB = {"language": "web", "kind": "web", "entry_point": "index.html"}


async def test_pages_are_checked_in_the_artifact(order, builder) -> None:
    assert (await look(builder, order(WEB, "zip", **IS_WEB))).ok
    broken = {name: text for name, text in WEB.items() if name != "app.js"}
    seen = await look(builder, order(broken, "zip", **IS_WEB))
    assert "index.html refers to app.js" in seen.failure


@pytest.mark.skipif(os.name != "posix", reason="the stand-in browser is a shell script")
@pytest.mark.parametrize("error", [False, True])
async def test_a_browser_draws_the_page_and_its_errors_count(order, builder, tmp_path: Path, error: bool) -> None:
    picture = tmp_path / "bin" / "picture.png"
    picture.parent.mkdir()

    picture.write_bytes(png(2, 1, b"\0\0\0\0\xff\xff\xff\0"))
    browser = picture.with_name("browser")
    browser.write_text(
        "#!/bin/sh\n"
        f'cp "{picture}" screenshot.png\n'
        + (
            "echo 'CONSOLE: Uncaught TypeError: x is null' >&2\n"
            if error
            else 'for last; do :; done; test -n "$last"\n'
        )
    )
    browser.chmod(0o755)
    made = order(WEB, "zip", **IS_WEB)
    report = await builder.build(made)
    starter = Starter(report.artifact, made.plan, tmp_path, make_runner(), None, browser=browser)
    seen = await SmokeTest(made, starter).run()
    assert seen.ok is not error
    assert seen.screenshot.read_bytes() == picture.read_bytes()
    assert ("Uncaught TypeError" in seen.failure) is error
