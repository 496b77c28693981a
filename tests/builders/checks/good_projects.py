"""Ordinary good code, project by project: no check may say a word about it."""

from __future__ import annotations

from typing import Final

GUARD: Final = '\n\nif __name__ == "__main__":\n    main()\n'

GOOD: Final[dict[str, dict[str, str]]] = {
    "interfaces and hooks": {
        "main.py": '''
from __future__ import annotations
import abc
import sys
from typing import Protocol, overload
from http.server import BaseHTTPRequestHandler, HTTPServer

class Store(Protocol):
    def save(self, text: str) -> None: ...
    def load(self) -> str:
        """Return what was saved."""

class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self) -> float:
        """Return the area."""
        raise NotImplementedError

class Step:
    def run(self):
        raise NotImplementedError

    def before(self):
        pass

class Print(Step):
    def run(self):
        print("run")

    def before(self):
        print("before")

class AppError(Exception):
    """A known failure."""

class Quiet(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, format, *args):
        pass

class Null:
    def write(self, text):
        pass

@overload
def twice(value: int) -> int: ...
@overload
def twice(value: str) -> str: ...
def twice(value):
    return value * 2

def do_nothing():
    """Do nothing."""

def main():
    try:
        print(twice(2))
    except ValueError:
        pass
    Print().before()
    if len(sys.argv) > 99:
        HTTPServer(("127.0.0.1", 0), Quiet)
'''
        + GUARD,
    },
    "a to-do list": {
        "main.py": '''
"""A TODO list."""
import storage

# TODO list: the items are kept in a file
# todo items have a title and a state
# Example of the file:
# ...
# 1;buy milk
PLACEHOLDER = "What is to be done?"  # placeholder text of the entry

def main():
    """Show the rest of the items; the existing code page is kept."""
    todo = storage.load("todo.txt")
    for item in todo:
        print(item.title, *item.tags, sep=", ")
    # the value remains unchanged here
'''
        + GUARD,
        "storage.py": """
from dataclasses import dataclass, field
from pathlib import Path

@dataclass
class Item:
    title: str
    tags: list[str] = field(default_factory=list)

def load(path, *, encoding="utf-8"):
    file = Path(path)
    return [Item(line) for line in file.read_text(encoding=encoding).splitlines()] if file.exists() else []
""",
    },
    "package with relative imports": {
        "main.py": "from app import run\n\n\ndef main():\n    run(3, step=2)\n" + GUARD,
        "app/__init__.py": "from .core import run\nfrom . import texts\n\n__all__ = ['run', 'texts']\n",
        "app/core.py": """
from __future__ import annotations
from typing import TYPE_CHECKING
from . import texts
from .texts import GREETING as HELLO
from .deep.inner import Inner

if TYPE_CHECKING:
    from collections.abc import Sequence

def run(count: int, *rest: Sequence[int], step: int = 1, **options: object) -> None:
    inner = Inner(count)
    print(texts.GREETING, HELLO, inner.value, texts.dynamic())
""",
        "app/texts.py": "GREETING = 'hi'\n\n\ndef dynamic(name=None):\n    return name or GREETING\n",
        "app/deep/__init__.py": "",
        "app/deep/inner.py": "from ..texts import GREETING\n\n\nclass Inner:\n"
        "    def __init__(self, value, note=GREETING):\n        self.value = value\n        self.note = note\n",
    },
    "optional and platform modules": {
        "main.py": """
import sys
try:
    import colorama
except ImportError:
    colorama = None
try:
    import tomllib
except ModuleNotFoundError:
    import tomli as tomllib
if sys.platform == "win32":
    import winreg
    import msvcrt

def main():
    global counter
    counter = 1
    print(counter, colorama, tomllib, [x for x in range(3)], __file__, __name__)
    match sys.argv:
        case [name, *rest]:
            print(name, rest)
        case _:
            sys.exit(2)
    while (line := sys.stdin.readline()):
        print(line)
"""
        + GUARD,
    },
    "window": {
        "main.py": """
import tkinter as tk
from tkinter import ttk

class App(tk.Tk):
    def __init__(self, title):
        super().__init__()
        self.title(title)
        ttk.Button(self, text="=", command=self.on_click).pack()

    def on_click(self, event=None):
        self.bell()

    def report_callback_exception(self, *args):
        pass

def main():
    App("Калькулятор").mainloop()
"""
        + GUARD,
    },
    "decorators and dynamic calls": {
        "main.py": """
import functools
import tools

def traced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function("extra", *args, **kwargs)
    return wrapper

@traced
def greet(extra, name):
    return f"{extra} {name}"

class Base:
    def __init__(self, a):
        self.a = a

class Child(Base):
    pass

class Point(tools.Pair):
    def __init__(self):
        super().__init__(1, 2)

def main():
    print(greet("x"), Child(1).a, Point().left, tools.add(*[1, 2]), tools.add(**{"a": 1, "b": 2}))
    add = lambda a: a
    print(add(1), tools.REGISTRY["add"](1, 2))
    time = 5
    print(time)
"""
        + GUARD,
        "tools.py": """
import time
from collections import namedtuple

Pair = namedtuple("Pair", "left right")
class Pair:
    def __init__(self, left, right):
        self.left, self.right = left, right

def add(a, b, /, *, c=0):
    return a + b + c

def add(a, b):
    started = time.monotonic()
    return a + b

REGISTRY = {"add": add}
""",
        "tests/test_main.py": """
import pytest
from main import greet
import tools

def test_greet():
    assert greet("x") == "extra x"
    with pytest.raises(TypeError):
        tools.add(1)
""",
    },
    "alternatives and unusual names": {
        "main.py": """
import sys
import texts

if sys.platform == "win32":
    def prepare():
        sys.stdout.reconfigure(encoding="utf-8")
else:
    def prepare():
        pass

def main():
    prepare()
    print(texts.name_of(int), texts.Box(1).me, texts.name_of(cls=str), texts.top(1))
"""
        + GUARD,
        "texts.py": """
def name_of(cls):
    return cls.__name__

def top(value):
    return value

class Box:
    def __init__(this, value):
        this.me = value
""",
    },
    "script without functions": {
        "main.py": "import sys\n\nfor argument in sys.argv[1:]:\n    print(argument)\nprint('done')\n",
    },
    "star import": {
        "main.py": "from shapes import *\n\n\ndef main():\n    print(square(2), UNKNOWN_BY_READING)\n" + GUARD,
        "shapes.py": "globals()['UNKNOWN_BY_READING'] = 1\n\n\ndef square(x):\n    return x * x\n",
    },
    "src layout": {
        "src/main.py": "from helper_words import words\n\n\ndef main():\n    print(words('a b'))\n" + GUARD,
        "src/helper_words.py": "def words(text):\n    return text.split()\n",
        "tests/test_words.py": "from helper_words import words\n\n\n"
        "def test_words():\n    assert words('a') == ['a']\n",
    },
    "web page": {
        "index.html": """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Игра</title>
<link rel="stylesheet" href="css/style.css?v=1"><link rel="icon" href="data:,">
</head><body>
<p>Text without end tag
<input placeholder="Your name" id="name"><div id="board-1"></div>
<a href="#top">Up</a><a href="https://example.org/x.html">x</a>
<script>const x = "</div>"; if (1 < 2) { console.log(`a ${[1].map(i => `${i}`).join("}")} b`); }</script>
<script src="js/app.js" type="module"></script>
</body></html>
""",
        "css/style.css": '/* { */ body { color: red; } @media (min-width: 1px) { a::after { content: "}"; } }\n',
        "js/app.js": r"""
// TODO list rendering
import { add } from "./lib.js";
const pattern = /[/"'{(]+\/(\d+)/g, half = 4 / 2 / 1;
const text = 'it\'s', other = "a // no comment", template = `x ${add(1, { a: "}" }.a)} \` ${`in ${1}`}`;
/* block ( */
function show(name) {
  const element = document.getElementById("name");
  const made = document.createElement("p");
  made.id = "made-here";
  document.getElementById("board-1").append(made);
  return text.replace(/\//g, "-").split(/[)]/) || document.getElementById('made-here') || element;
}
if (half > 1) show(template + other + pattern.source);
""",
        "js/lib.js": "export function add(a, b) {\n  return a + b;\n}\n",
    },
}

CHANGES: Final[dict[str, dict[str, object]]] = {
    "window": {"kind": "gui"},
    "src layout": {"entry_point": "src/main.py"},
    "web page": {"entry_point": "index.html", "language": "web", "kind": "web"},
}
