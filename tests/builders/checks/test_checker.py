"""The checks through their one door: good projects pass in silence, each known fault is found where it is."""

from __future__ import annotations

import asyncio
import sys
import warnings
from pathlib import Path

import pytest
from check_plans import plan_for
from good_projects import CHANGES, GOOD, GUARD
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.checks.checker import PythonChecker
from builders.checks.script import scan_script
from builders.runner import make_runner
from core.plan import blocking
from tests.toolchain import PYTHON, toolchain_python

sys.path.insert(0, str(Path(__file__).parent))

MAIN = "def main():\n    print('x')\n" + GUARD


# ------------------------------------------------------------------------------------------------- good code


@pytest.mark.parametrize("name", GOOD)
async def test_good_projects_are_left_alone(checker, plan, name):
    files = GOOD[name]
    whole = plan(files, **CHANGES.get(name, {}))
    assert await checker.check_project(whole, files) == []
    for contract in whole["modules"]:
        assert await checker.check_module(whole, contract, files) == []


async def test_what_python_thinks_of_generated_code_is_not_said_in_our_name(checker, plan):
    files = {"main.py": 'def main():\n    if len("\\d") is 2:\n        print("x")\n' + GUARD}
    with warnings.catch_warnings(record=True, action="always") as said:
        assert await checker.check_project(plan(files), files) == []
    assert said == []


# ------------------------------------------------------------------------------------------------- faults

FAULTS = {
    "syntax": ({"main.py": "def main(:\n    pass\n"}, "syntax", "main.py", 1),
    "late syntax": ({"main.py": "x = 1\nreturn x\n"}, "syntax", "main.py", 2),
    "json": ({"main.py": MAIN, "data.json": "{\n'a': 1}"}, "syntax", "data.json", 2),
    "empty": ({"main.py": MAIN, "b.py": "  \n"}, "empty", "b.py", 0),
    "diff": ({"main.py": "--- a/main.py\n+++ b/main.py\n@@ -1 +1 @@\n-x\n+y\n"}, "empty", "main.py", 1),
    "conflict": ({"main.py": "x = 1\n<<<<<<< SEARCH\nx = 2\n"}, "empty", "main.py", 2),
    "fence": ({"main.py": "```python\nx = 1\n```\n"}, "empty", "main.py", 1),
    "pass": (
        {"main.py": "def save(data):\n    pass\n\n\ndef main():\n    save(1)\n" + GUARD},
        "placeholder",
        "main.py",
        1,
    ),
    "dots": ({"main.py": "def main():\n    '''Say hello.'''\n    ...\n" + GUARD}, "placeholder", "main.py", 1),
    "raise": (
        {"main.py": "class A:\n    def go(self):\n        raise NotImplementedError('x')\n" + MAIN},
        "placeholder",
        "main.py",
        2,
    ),
    "handler": (
        {
            "main.py": "import tkinter\nclass A(tkinter.Tk):\n    def start(self):\n        self.bind('x', self.go)\n"
            "    def go(self, event):\n        pass\n" + MAIN
        },
        "placeholder",
        "main.py",
        5,
    ),
    "todo": ({"main.py": "# TODO: handle errors\n" + MAIN}, "placeholder", "main.py", 1),
    "rest": ({"main.py": MAIN + "# ... rest of the code\n"}, "placeholder", "main.py", 7),
    "unchanged": ({"main.py": MAIN + "# ... (unchanged)\n"}, "placeholder", "main.py", 7),
    "lone dots": ({"main.py": "x = 1\n# ...\ny = 2\n" + MAIN}, "placeholder", "main.py", 2),
    "russian": ({"main.py": MAIN + "# остальной код без изменений\n"}, "placeholder", "main.py", 7),
    "russian here": ({"main.py": MAIN + "# Здесь будет реализация\n"}, "placeholder", "main.py", 7),
    "excuse": (
        {"main.py": "def main():\n    print('Функция пока не реализована.')\n" + GUARD},
        "placeholder",
        "main.py",
        2,
    ),
    "script todo": (
        {"main.py": MAIN, "a.js": "let a = '// TODO: no';\n// your code goes here\n"},
        "placeholder",
        "a.js",
        2,
    ),
    "no module": ({"main.py": "import app.missing\n" + MAIN, "app/__init__.py": ""}, "symbol", "main.py", 1),
    "no name": (
        {"main.py": "from calc import add\n" + MAIN, "calc.py": "def sum_up(a): return a\n"},
        "symbol",
        "main.py",
        1,
    ),
    "no relative name": (
        {
            "main.py": "import app.a\n" + MAIN,
            "app/__init__.py": "",
            "app/b.py": "y = 1\n",
            "app/a.py": "from .b import x\n",
        },
        "symbol",
        "app/a.py",
        1,
    ),
    "no attribute": (
        {"main.py": "import calc\n\ndef main():\n    calc.add(1)\n" + GUARD, "calc.py": "ADD = 1\n"},
        "symbol",
        "main.py",
        4,
    ),
    "too many": (
        {
            "main.py": "from calc import add\n\ndef main():\n    add(1, 2)\n" + GUARD,
            "calc.py": "def add(a): return a\n",
        },
        "symbol",
        "main.py",
        4,
    ),
    "too few": (
        {
            "main.py": "import calc\n\ndef main():\n    calc.Calc()\n" + GUARD,
            "calc.py": "class Calc:\n    def __init__(self, a):\n        self.a = a\n",
        },
        "symbol",
        "main.py",
        4,
    ),
    "keyword": ({"main.py": "def add(a): return a\n\ndef main():\n    add(b=1)\n" + GUARD}, "symbol", "main.py", 4),
    "undefined": ({"main.py": "def main():\n    print(jsn)\n" + GUARD}, "symbol", "main.py", 2),
    "not imported": ({"main.py": "def main():\n    return json.dumps(1)\n" + GUARD}, "symbol", "main.py", 2),
    "exit": ({"main.py": "def main():\n    exit(1)\n" + GUARD}, "symbol", "main.py", 2),
    "undeclared": (
        {"main.py": "def main():\n    import requests\n    requests.get('x')\n" + GUARD},
        "dependency",
        "main.py",
        2,
    ),
    "shadow": ({"main.py": MAIN, "random.py": "import random\nx = 1\n"}, "shadow", "random.py", 0),
    "local shadow": (
        {"main.py": "import time\n\ndef main():\n    time = time.time()\n    print(time)\n" + GUARD},
        "shadow",
        "main.py",
        4,
    ),
    "no entry": ({"app.py": MAIN}, "entry-point", "main.py", 0),
    "never starts": ({"main.py": "def main():\n    print(1)\n"}, "entry-point", "main.py", 0),
    "import fails": ({"main.py": MAIN, "b.py": "x = 1\ny = {}['a']\n"}, "import-gate", "b.py", 2),
    "import exits": ({"main.py": MAIN, "b.py": "import sys\nsys.exit(0)\n"}, "import-gate", "b.py", 2),
    "import dies": ({"main.py": MAIN, "b.py": "import os\nos._exit(0)\n"}, "import-gate", "b.py", 0),
    "import asks": ({"main.py": MAIN, "b.py": "name = input('?')\n"}, "import-gate", "b.py", 1),
    "import opens a window": (
        {"main.py": MAIN, "b.py": "import tkinter\nroot = tkinter.Tk()\n"},
        "import-gate",
        "b.py",
        2,
    ),
    "missing file": ({"main.py": MAIN, "i.html": "<p>\n<img src='a.png'>"}, "web", "i.html", 2),
    "missing script": ({"main.py": MAIN, "a.js": "import { a } from './b.js';\n"}, "web", "a.js", 1),
    "brace": ({"main.py": MAIN, "a.js": "function f() {\n  if (1) {\n}\n"}, "web", "a.js", 1),
    "string": ({"main.py": MAIN, "a.js": "let a = 1;\nlet b = 'x;\n"}, "web", "a.js", 2),
    "inline script": ({"main.py": MAIN, "i.html": "<p>\n<script>\nf((1);\n</script>"}, "web", "i.html", 3),
    "open script": ({"main.py": MAIN, "i.html": "<p>\n<script>f(1);"}, "web", "i.html", 2),
    "no element": (
        {"main.py": MAIN, "i.html": "<p id='a'>", "a.js": "\ndocument.getElementById('b');"},
        "web",
        "a.js",
        2,
    ),
    "css": ({"main.py": MAIN, "a.css": "a { color: red;"}, "web", "a.css", 0),
    "lorem": ({"main.py": MAIN, "i.html": "<p>\nLorem ipsum dolor"}, "placeholder", "i.html", 2),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_each_fault_is_found_where_it_is(checker, plan, name):
    files, source, path, line = FAULTS[name]
    findings = blocking(await checker.check_project(plan(files), files))
    assert (source, path, line) in [(f["source"], f["path"], f["line"]) for f in findings]
    assert {f["path"] for f in findings} == {path}
    assert all(f["problem"] and f["change"] for f in findings)


async def test_modules_that_import_each_other_in_a_circle(checker, plan):
    files = {"main.py": MAIN, "b.py": "from c import x\ny = 1\n", "c.py": "from b import y\nx = 1\n"}
    findings = await checker.check_project(plan(files), files)
    assert {(f["source"], f["path"], f["line"]) for f in findings} == {
        ("import-gate", "b.py", 1),
        ("import-gate", "c.py", 1),
    }
    assert all("circular import" in f["problem"] for f in findings)


async def test_a_module_that_never_finishes_importing(plan, tmp_path, monkeypatch):
    monkeypatch.setattr("builders.checks.import_gate._SECONDS", 2.0)
    checker = PythonChecker(make_runner(), toolchain_python, tmp_path)
    files = {"main.py": MAIN, "b.py": "import time\nwhile True:\n    time.sleep(0.1)\n"}
    [finding] = await checker.check_project(plan(files), files)
    assert finding["source"] == "import-gate"
    assert "does not finish" in finding["problem"]


async def test_a_declared_dependency_that_is_not_installed_here_is_no_fault(checker, plan):
    files = {"main.py": "import pygame\nfrom PIL import Image\nimport numpy\n" + MAIN}
    whole = plan(files, dependencies=["pygame-ce>=2.5", "Pillow", "pandas"])
    assert await checker.check_project(whole, files) == []


async def test_dependencies_are_imported_from_an_environment_that_has_them(plan, tmp_path):
    asked = []

    async def with_packages(dependencies):
        asked.append(list(dependencies))
        return PYTHON

    checker = PythonChecker(make_runner(), toolchain_python, tmp_path, with_packages=with_packages)
    files = {"main.py": "from hypothesis import nothing_like_this\n" + MAIN}
    [finding] = await checker.check_project(plan(files, dependencies=["hypothesis"]), files)
    assert finding["source"] == "import-gate"
    assert asked == [["hypothesis"]]


# ------------------------------------------------------------------------------------------------- contracts

INTERFACE = """
class Calc:
    def add(self, a: float, b: float) -> float
    def clear(self) -> None
def parse(text: str, *, strict: bool = False) -> list[str]: splits a text
`async def fetch(name)` reads it
"""
EXPORTS = ("calc.py:Calc", "calc.py:Calc.add", "calc.py:parse", "calc.py:fetch", "calc.py:LIMIT")
GOOD_CALC = """
LIMIT = 3
class Calc:
    def add(self, a, b, rounding=2): return a + b
    def clear(self): self.value = 0
def parse(text, strict=False): return text.split()
async def fetch(name): return name
"""


async def test_a_contract_that_is_kept(checker, plan, contract):
    files = {"calc.py": GOOD_CALC}
    whole = plan(files, modules=[contract("calc.py", exports=EXPORTS, interface=INTERFACE)])
    assert await checker.check_module(whole, whole["modules"][0], files) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("LIMIT = 3", "", "`LIMIT`"),
        ("def add(", "def plus(", "`Calc.add`"),
        ("a, b, rounding=2", "a", "no parameter `b`"),
        ("a, b, rounding=2", "a, b, rounding", "requires the parameter `rounding`"),
        ("a, b, rounding=2", "b, a", "another order"),
        ("async def fetch", "def fetch", "async"),
        ("def parse(text, strict=False)", "def parse(strict=False)", "no parameter `text`"),
    ],
)
async def test_a_broken_contract(checker, plan, contract, old, new, said):
    files = {"calc.py": GOOD_CALC.replace(old, new)}
    whole = plan(files, modules=[contract("calc.py", exports=EXPORTS, interface=INTERFACE)])
    findings = await checker.check_module(whole, whole["modules"][0], files)
    [problem] = [finding["problem"] for finding in findings if finding["source"] == "contract"]
    assert said in problem


async def test_missing_and_unowned_files(checker, plan, contract):
    whole = plan({}, modules=[contract("a.py", "b.py")])
    findings = await checker.check_module(whole, whole["modules"][0], {"a.py": "A = 1\n", "extra.py": "X = 1\n"})
    assert {(f["source"], f["path"]) for f in findings} == {("contract", "b.py"), ("outside", "extra.py")}


async def test_a_module_is_imported_only_when_what_it_needs_is_there(checker, plan, contract):
    whole = plan({}, modules=[contract("main.py"), contract("calc.py")])
    files = {"main.py": "import calc\nVALUE = calc.VALUE['x']\n" + MAIN}
    assert await checker.check_module(whole, whole["modules"][0], files) == []
    [finding] = await checker.check_module(whole, whole["modules"][0], files | {"calc.py": "VALUE = {}\n"})
    assert (finding["source"], finding["path"], finding["line"]) == ("import-gate", "main.py", 2)


async def test_inherited_members_count(checker, plan, contract):
    files = {
        "a.py": "from b import Base\nimport tkinter\nclass A(Base):\n    pass\nclass W(tkinter.Frame):\n    pass\n",
        "b.py": "class Base:\n    def __init__(self):\n        self.size = 1\n    def go(self):\n        return 1\n",
    }
    exports = ("a.py:A.go", "a.py:A.size", "a.py:W.pack", "a.py:A.missing")
    whole = plan(files, modules=[contract("a.py", exports=exports), contract("b.py")])
    [finding] = await checker.check_module(whole, whole["modules"][0], files)
    assert "A.missing" in finding["problem"]


# ------------------------------------------------------------------------------------------------- any input


@settings(max_examples=150)
@given(st.text(st.sampled_from("abc(){}[]'\"`$/\\\n*= ;<>!"), max_size=60))
def test_the_script_scanner_ends_on_any_text(text):
    scan = scan_script(text)
    assert scan.line <= text.count("\n") + 1
    assert bool(scan.problem) == (scan.line > 0)


PIECES = st.sampled_from([
    "def f(", "):", "\n", "    ", "class A", "(B)", "import a", "from . import b", "x = ", "f(1)", "...",
    "pass", "# TODO", "\0",
    "<script>", "{", "'", '"', "\t", "async ", "global x", "é", "\ud800",
])  # fmt: skip


@settings(max_examples=100)
@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(["main.py", "a.html", "b.js", "c.css", "d.json"]))
def test_any_text_gives_findings_never_a_failure(tmp_path_factory, text, path):
    checker = PythonChecker(make_runner(), toolchain_python, tmp_path_factory.mktemp("any"))
    files = {path: text, "z.html": text}
    findings = asyncio.run(checker.check_project(plan_for(files, entry_point=path), files))
    assert all(finding["path"] in files for finding in findings)
