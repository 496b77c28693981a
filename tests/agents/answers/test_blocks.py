"""A corpus of answers as models really write them, and properties no answer may break."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.answers.blocks import apply_edits, parse_files
from agents.prompting import listing

CODE = "def f() -> int:\n    return 1\n"
OTHER = "import a\n\nprint(a.f())\n"
README = "# Tool\n\nInstall:\n\n```bash\npip install tool\n```\n\nRun:\n```\ntool --help\n```\n\nEnd.\n"
FENCED = f"```python\n{CODE}```"

ONE_FILE = {
    "path above": f"src/a.py\n{FENCED}",
    "path above, blank line between": f"src/a.py\n\n{FENCED}",
    "prose around": f"Sure! Here is the module.\n\nsrc/a.py\n{FENCED}\n\nHope this helps!",
    "heading": f"### src/a.py\n{FENCED}",
    "heading with backticks": f"## `src/a.py`\n\n{FENCED}",
    "bold": f"**src/a.py**\n{FENCED}",
    "bold with colon": f"**`src/a.py`:**\n{FENCED}",
    "numbered": f"1. `src/a.py`\n{FENCED}",
    "bullet": f"- src/a.py:\n{FENCED}",
    "File: label": f"File: src/a.py\n{FENCED}",
    "Russian label": f"Файл: `src/a.py`\n{FENCED}",
    "note behind": f"src/a.py (new file)\n{FENCED}",
    "info path=": f"```python path=src/a.py\n{CODE}```",
    "info title with quotes": f'```python title="src/a.py"\n{CODE}```',
    "info colon": f"```python:src/a.py\n{CODE}```",
    "info path only": f"```src/a.py\n{CODE}```",
    "info language and path": f"```py src/a.py\n{CODE}```",
    "info braces": f"```{{.python file=src/a.py}}\n{CODE}```",
    "comment inside": f"```python\n# src/a.py\n{CODE}```",
    "comment with word": f"```python\n# File: src/a.py\n{CODE}```",
    "bare path inside": f"```python\nsrc/a.py\n{CODE}```",
    "path in a sentence": f"Now I write `src/a.py` as the contract says:\n\n{FENCED}",
    "no path, one file": f"Here you go:\n\n{FENCED}",
    "no path, a command beside it": f"{FENCED}\n\nRun it:\n\n```bash\npython src/a.py\n```",
    "no fence at all": CODE,
    "tildes": f"src/a.py\n~~~python\n{CODE}~~~",
    "longer fence": f"src/a.py\n`````python\n{CODE}`````",
    "carriage returns": f"src/a.py\n{FENCED}".replace("\n", "\r\n"),
    "byte order mark": f"\ufeffsrc/a.py\n{FENCED}",
    "dot slash": f"./src/a.py\n{FENCED}",
    "leading slash": f"/src/a.py\n{FENCED}",
    "project prefix": f"my_project/src/a.py\n{FENCED}",
    "backslashes": f"src\\a.py\n{FENCED}",
    "wrong case": f"SRC/A.py\n{FENCED}",
    "bare name": f"a.py\n{FENCED}",
    "windows drive": f"C:\\work\\src\\a.py\n{FENCED}",
    "invisible characters": f"src/\u200ba.py\n{FENCED}",
    "thinking first": f"<think>\nMaybe\n```python\nx = 0\n```\n</think>\nsrc/a.py\n{FENCED}",
    "thinking without its start": f"Let me see.\n</think>\n\nsrc/a.py\n{FENCED}",
    "unclosed but whole": f"src/a.py\n```python\n{CODE}",
    "line numbers": "src/a.py\n```python\n1 | def f() -> int:\n2 |     return 1\n```",
    "line numbers with colons": "src/a.py\n```python\n1: def f() -> int:\n2:     return 1\n```",
    "indented in a list": "1. src/a.py\n\n   ```python\n   def f() -> int:\n       return 1\n   ```\n",
    "draft first, better one later": f"src/a.py\n```python\nx = 1\n```\nWait, I forgot f:\n\nsrc/a.py\n{FENCED}",
    "summary after the file": f"src/a.py\n{FENCED}\n\nsrc/a.py\n```python\n# ... existing code ...\n```",
    "sketch that does not parse afterwards": f"src/a.py\n{FENCED}\n\nsrc/a.py\n```python\ndef f(...) -> int\n```",
    "diff of a new file": "```diff\n--- /dev/null\n+++ b/src/a.py\n@@ -0,0 +1 @@\n+def f() -> int:\n+    return 1\n```",
    "quoted": "> src/a.py\n```python\n" + CODE + "```",
}


@pytest.mark.parametrize("text", ONE_FILE.values(), ids=ONE_FILE.keys())
def test_one_file_is_read_whatever_its_wrapping(text: str) -> None:
    parsed = parse_files(text, ["src/a.py"])
    assert parsed.problems == []
    assert parsed.files == {"src/a.py": CODE}


def test_typographic_quotes_are_straightened_when_the_code_needs_it() -> None:
    parsed = parse_files("a.py\n```python\nprint(\u201chi\u201d)\u00a0\n```", ["a.py"])
    assert parsed.files["a.py"].startswith('print("hi")')


def test_typographic_quotes_inside_good_code_stay() -> None:
    code = "print('\u201chi\u201d \u2014 ok')\n"
    assert parse_files(f"a.py\n```python\n{code}```", ["a.py"]).files == {"a.py": code}


def test_numbered_text_that_is_no_code_stays() -> None:
    text = "1. one\n2. two\n3. three\n"
    assert parse_files(f"list.txt\n```\n{text}```", ["list.txt"]).files == {"list.txt": text}


@pytest.mark.parametrize("fence", ["```", "````", "~~~"])
def test_markdown_with_fences_of_its_own_is_whole(fence: str) -> None:
    answer = f"README.md\n{fence}markdown\n{README}{fence}\n\nsrc/a.py\n{FENCED}\n"
    parsed = parse_files(answer, ["README.md", "src/a.py"])
    assert parsed.problems == []
    assert parsed.files == {"README.md": README, "src/a.py": CODE}


def test_a_docstring_with_fences_does_not_end_the_file() -> None:
    code = 'def f():\n    """Use:\n\n    ```python\n    f()\n    ```\n    """\n'
    assert parse_files(f"a.py\n```python\n{code}```\n", ["a.py"]).files == {"a.py": code}


def test_a_forgotten_closing_fence_does_not_swallow_the_next_file() -> None:
    answer = f"src/a.py\n```python\n{CODE}\nsrc/b.py\n```python\n{OTHER}```\n"
    parsed = parse_files(answer, ["src/a.py", "src/b.py"])
    assert parsed.files["src/b.py"] == OTHER
    assert parsed.files["src/a.py"].strip() == CODE.strip()


def test_a_mapped_name_never_replaces_the_file_itself() -> None:
    answer = f"main.py\n{FENCED}\n\ntests/main.py\n```python\nassert False\n```"
    assert parse_files(answer, ["main.py"]).files == {"main.py": CODE}


@pytest.mark.parametrize(
    ("answer", "allowed", "told"),
    [
        (f"src/b.py\n{FENCED}", ["src/a.py"], "not one of the files"),
        (f"../src/a.py\n{FENCED}", ["src/a.py"], "not one of the files"),
        (f"a.py\n{FENCED}", ["x/a.py", "y/a.py"], "not one of the files"),
        ("src/a.py\n```python\ndef f(:\n    return", ["src/a.py"], "cut off"),
        ("src/a.py\n```python\nimport os\n# ... rest of the code unchanged ...\n```", ["src/a.py"], "left out"),
        ("src/a.py\n```python\nimport os\n# остальной код без изменений\n```", ["src/a.py"], "left out"),
        ("src/a.js\n```js\nlet x = 1;\n// ... existing code ...\n```", ["src/a.js"], "left out"),
        ("src/a.py\n```python\n```", ["src/a.py"], "empty"),
        (f"src/a.py\n{FENCED}", ["src/a.py", "src/b.py"], "src/b.py: the answer does not contain"),
        ("I cannot help with that.", ["src/a.py"], "does not contain"),
        ("Done", ["a.py"], "does not contain"),
        (f"{FENCED}\n\n```python\nx = 2\n```", ["src/a.py"], "2 blocks could be this file"),
        ("<think>\nsrc/a.py\n```python\nx = 1\n```\n", ["src/a.py"], "does not contain"),
        ("", ["tests/test_acceptance_*.py"], "no file"),
    ],
)
def test_what_cannot_be_used_is_told(answer: str, allowed: list[str], told: str) -> None:
    parsed = parse_files(answer, allowed)
    assert any(told in problem for problem in parsed.problems), parsed
    assert set(parsed.files) <= set(allowed)


@pytest.mark.parametrize(
    "line", ["# the rest of the file is parsed lazily", "    ...", "# keeps the previous code point", "x = '...'"]
)
def test_ordinary_lines_are_no_elisions(line: str) -> None:
    code = f"class P:\n    x = 1\n{line}\n"
    assert parse_files(f"a.py\n```python\n{code}```", ["a.py"]).files == {"a.py": code}


def test_a_pattern_lets_the_model_choose_names_below_it() -> None:
    answer = (
        f"tests/test_acceptance_core.py\n{FENCED}\n\ntest_acceptance_ui.py\n{FENCED}\n\n"
        f"tests/conftest.py\n{FENCED}\n\ntests/test_acceptance_../x.py\n{FENCED}"
    )
    parsed = parse_files(answer, ["tests/test_acceptance_*.py"])
    assert sorted(parsed.files) == ["tests/test_acceptance_core.py", "tests/test_acceptance_ui.py"]
    assert any("tests/conftest.py" in problem for problem in parsed.problems)


# ------------------------------------------------------------------------------------------------ edits

BASE = """import os


class Store:
    def load(self) -> str:
        path = "data.txt"
        return open(path).read()

    def save(self, text: str) -> None:
        with open("data.txt", "w") as file:
            file.write(text)


def main() -> None:
    print("hello - world")
"""


def edit(search: str, replace: str, path: str = "src/a.py") -> str:
    return f"{path}\n```python\n<<<<<<< SEARCH\n{search}\n=======\n{replace}\n>>>>>>> REPLACE\n```\n"


WANTED = BASE.replace('print("hello - world")', 'print("bye")')
EDITS = {
    "as written": edit('    print("hello - world")', '    print("bye")'),
    "white space at the end": edit('    print("hello - world")   ', '    print("bye")'),
    "tabs for spaces": edit('\tprint("hello - world")', '\tprint("bye")'),
    "curly quotes and a long dash": edit("    print(\u201chello \u2014 world\u201d)", '    print("bye")'),
    "non-breaking spaces": edit('\u00a0\u00a0\u00a0\u00a0print("hello - world")', '    print("bye")'),
    "no indentation": edit('print("hello - world")', 'print("bye")'),
    "too much indentation": edit('        print("hello - world")', '        print("bye")'),
    "blank lines around": edit('\n    print("hello - world")\n', '\n    print("bye")\n'),
    "with context": edit('def main() -> None:\n    print("hello - world")', 'def main() -> None:\n    print("bye")'),
    "without fence": 'src/a.py\n<<<<<<< SEARCH\n    print("hello - world")\n=======\n    print("bye")\n>>>>>>> REPLACE',
    "path inside the fence": (
        '```\nsrc/a.py\n<<<<<<< SEARCH\n    print("hello - world")\n=======\n    print("bye")\n>>>>>>> REPLACE\n```'
    ),
    "path on the marker": (
        '<<<<<<< SEARCH src/a.py\n    print("hello - world")\n=======\n    print("bye")\n>>>>>>> REPLACE'
    ),
    "path in the info": (
        '```py:src/a.py\n<<<<<<< SEARCH\n    print("hello - world")\n=======\n    print("bye")\n>>>>>>> REPLACE\n```'
    ),
    "no path, one file": '<<<<<<< SEARCH\n    print("hello - world")\n=======\n    print("bye")\n>>>>>>> REPLACE',
    "said twice": edit('    print("hello - world")', '    print("bye")') * 2,
    "carriage returns": edit('    print("hello - world")', '    print("bye")').replace("\n", "\r\n"),
    "part of a line": edit('"hello - world"', '"bye"'),
    "whole file": f"src/a.py\n```python\n{WANTED}```",
    "diff": (
        "```diff\n--- a/src/a.py\n+++ b/src/a.py\n@@ -14,2 +14,2 @@\n def main() -> None:\n"
        '-    print("hello - world")\n+    print("bye")\n```'
    ),
    "diff with wrong numbers": (
        "--- a/src/a.py\n+++ b/src/a.py\n@@ -1,9 +1,9 @@ class X\n def main() -> None:\n"
        '-    print("hello - world")\n+    print("bye")\n'
    ),
    "diff without numbers": (
        '```diff\n--- src/a.py\n+++ src/a.py\n@@\n-    print("hello - world")\n+    print("bye")\n```'
    ),
}


@pytest.mark.parametrize("answer", EDITS.values(), ids=EDITS.keys())
def test_an_edit_is_placed_whatever_its_form(answer: str) -> None:
    parsed = apply_edits(answer, {"src/a.py": BASE})
    assert parsed.problems == []
    assert parsed.files == {"src/a.py": WANTED}


def test_an_edit_of_a_tab_indented_file_stays_tab_indented() -> None:
    base = "class A:\n\tdef f(self):\n\t\treturn 1\n"
    answer = edit(
        "    def f(self):\n        return 1",
        "    def f(self):\n        if self:\n            return 2\n        return 1",
        "a.py",
    )
    assert apply_edits(answer, {"a.py": base}).files == {
        "a.py": "class A:\n\tdef f(self):\n\t\tif self:\n\t\t\treturn 2\n\t\treturn 1\n"
    }


def test_an_edit_may_end_inside_a_line_but_not_inside_a_word() -> None:
    base = "def f(a, b):\n    x = a + b if a else b\n    return x\n"
    answer = edit("    x = a + b", "    if b:\n        b = 2\n    x = a + b", "a.py")
    assert apply_edits(answer, {"a.py": base}).files == {
        "a.py": base.replace("    x =", "    if b:\n        b = 2\n    x =")
    }
    assert apply_edits(edit("    x = a + b i", "pass", "a.py"), {"a.py": base}).files == {}


def test_windows_line_ends_and_a_byte_order_mark_survive() -> None:
    base = "\ufeffx = 1\r\ny = 2\r\n"
    assert apply_edits(edit("y = 2", "y = 3", "a.py"), {"a.py": base}).files == {"a.py": "\ufeffx = 1\r\ny = 3\r\n"}


def test_several_edits_share_one_path_and_other_files_follow() -> None:
    answer = (
        edit("import os", "import sys")
        + edit('    print("hello - world")', "    pass", "")
        + edit("x = 1", "x = 2", "b.py")
    )
    parsed = apply_edits(answer, {"src/a.py": BASE, "b.py": "x = 1\n"})
    assert parsed.problems == []
    assert parsed.files["b.py"] == "x = 2\n"
    assert parsed.files["src/a.py"].startswith("import sys\n")
    assert parsed.files["src/a.py"].endswith("    pass\n")


def test_an_edit_may_hold_an_underlined_heading() -> None:
    base = "Title\n=====\n\ntext\n"
    parsed = apply_edits(edit("Title\n=====", "Name\n=====", "a.rst"), {"a.rst": base})
    assert parsed.files == {"a.rst": "Name\n=====\n\ntext\n"}


def test_a_missing_file_is_made_by_an_empty_search() -> None:
    assert apply_edits(edit("", "x = 1", "new.py"), {"new.py": ""}).files == {"new.py": "x = 1\n"}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (edit('        path = "date.txt"', "        pass"), "nearest is line 6"),
        (edit("nothing of the kind", "x"), "is not in the file"),
        (edit("", "x"), "the search text is empty"),
        (edit("import os", "import sys", "other.py"), "not one of the files"),
        ("src/a.py\n<<<<<<< SEARCH\nimport os\n=======\nimport sys\n", "cut off"),
        ("src/a.py\n<<<<<<< SEARCH\nimport os\n>>>>>>> REPLACE\n", "no ======= line"),
        (edit("import os", "# ... existing code ..."), "left out"),
        (edit("import os", "import os"), "changes nothing"),
        ("Looks good to me.", "changes nothing"),
        (f"src/a.py\n{FENCED}", "an excerpt is no file"),
    ],
)
def test_an_edit_that_cannot_be_placed_is_told_and_changes_nothing(answer: str, told: str) -> None:
    base = BASE + "\n".join(f"CONSTANT_{number} = {number}" for number in range(20)) + "\n"
    parsed = apply_edits(answer, {"src/a.py": base})
    assert parsed.files == {}
    assert any(told in problem for problem in parsed.problems), parsed.problems


def test_an_ambiguous_edit_names_the_places() -> None:
    parsed = apply_edits(edit("x = 1", "x = 2", "a.py"), {"a.py": "x = 1\ny = 0\nx = 1\n"})
    assert parsed.files == {}
    assert "2 places (lines 1, 3)" in parsed.problems[0]


def test_a_diff_with_a_line_number_settles_an_ambiguity() -> None:
    answer = "--- a/a.py\n+++ b/a.py\n@@ -3,1 +3,1 @@\n-x = 1\n+x = 2\n"
    assert apply_edits(answer, {"a.py": "x = 1\ny = 0\nx = 1\n"}).files == {"a.py": "x = 1\ny = 0\nx = 2\n"}


def test_a_diff_counts_its_lines_in_the_file_as_it_was() -> None:
    base = "a = 0\nx = 1\nx = 1\ny = 0\n"
    answer = "--- a/a.py\n+++ b/a.py\n@@ -1,1 +1,2 @@\n+b = 0\n a = 0\n@@ -3,1 +4,1 @@\n-x = 1\n+x = 2\n"
    assert apply_edits(answer, {"a.py": base}).files == {"a.py": "b = 0\na = 0\nx = 1\nx = 2\ny = 0\n"}


def test_a_file_gets_all_of_its_edits_or_none() -> None:
    answer = edit("import os", "import sys") + edit("no such line at all", "x")
    parsed = apply_edits(answer, {"src/a.py": BASE})
    assert parsed.files == {}
    assert len(parsed.problems) == 1


@pytest.mark.parametrize(
    "line",
    ["#{}a.py{}b", "#{}" + "b" * 300, "# unchanged{}b", "# ...{}b", "```{}` x", "a{}b", "// a.py{}b", "a.py{}[", "-{}b",
     "<<<<<<< SEARCH{}b{}c", ">>>>>>>{}b"],
)  # fmt: skip
def test_a_line_full_of_blanks_is_read_at_once(line: str) -> None:
    blanks = line.replace("{}", " " * 20_000)
    assert parse_files(f"{blanks}\n```python\n{blanks}\n{CODE}```\n", ["src/a.py", "b.py"]).problems


# ------------------------------------------------------------------------------------------------ properties

PATHS = st.sampled_from(["a.txt", "src/b.txt", "docs/read me.md", "src/deep/c.css", "d.txt"])
LINES = st.text(alphabet=string.ascii_letters + string.digits + " `~#<>=+-|\t()[]{}'\"яё—“😀.:", max_size=30)
TEXTS = st.lists(LINES, min_size=1, max_size=12).map("\n".join).filter(str.strip).map(lambda text: text + "\n")
PIECES = st.sampled_from(
    ["```", "```python", "````md", "~~~", "a.txt", "### src/b.txt", "<<<<<<< SEARCH", "=======", ">>>>>>> REPLACE",
     "--- a/a.txt", "+++ b/a.txt", "@@ -1 +1 @@", "-x", "+y", " x", "x", "<think>", "</think>", "", "../../etc/passwd",
     "```python path=C:/x.py", "# a.txt", "1 | x", "    x", "... existing code ..."]
)  # fmt: skip
MESSES = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map("\n".join))


@given(st.dictionaries(PATHS, TEXTS, min_size=1))
def test_listed_files_are_read_back_exactly(files: dict[str, str]) -> None:
    assert parse_files(listing(files), list(files)).files == files


@given(
    st.dictionaries(PATHS, st.recursive(st.integers(), st.lists, max_leaves=5).map(lambda x: f"x = {json.dumps(x)}\n"))
)
def test_python_files_are_read_back_exactly(files: dict[str, str]) -> None:
    sources = {path + ".py": text for path, text in files.items()}
    assert parse_files(listing(sources), list(sources)).files == sources


@given(MESSES)
def test_no_answer_raises_or_invents_a_path(text: str) -> None:
    allowed = ["a.txt", "src/b.txt"]
    assert set(parse_files(text, allowed).files) <= set(allowed)
    parsed = apply_edits(text, {"a.txt": "x\n", "src/b.txt": ""})
    assert set(parsed.files) <= set(allowed)
    assert parsed.files or parsed.problems


@given(
    st.lists(st.text(string.ascii_letters + " ", min_size=1, max_size=12), min_size=1, max_size=20, unique=True),
    st.data(),
)
def test_an_exact_edit_changes_exactly_its_line(lines: list[str], data: st.DataObject) -> None:
    lines = [f"{number} {line}" for number, line in enumerate(lines)]
    at = data.draw(st.integers(0, len(lines) - 1))
    wanted = [*lines[:at], "REPLACED", *lines[at + 1 :]]
    answer = edit(lines[at], "REPLACED", "a.txt")
    assert apply_edits(answer, {"a.txt": "\n".join(lines) + "\n"}).files == {"a.txt": "\n".join(wanted) + "\n"}
