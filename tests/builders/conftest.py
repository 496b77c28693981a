"""Orders for real builds, and programs built once per session because a build takes seconds."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builders.build import ProgramBuilder
from builders.runner import make_runner
from builders.toolchains.python import PythonToolchain
from core.ports import BuildOrder, BuildReport
from tests.toolchain import TOOLCHAIN

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).parents[2]
NO_LOCK = REPOSITORY / "tests" / "no.lock"
"""Tests use the toolchain that set-up made; without a lock a missing one is an error, not a download."""

CLI = {
    "main.py": (
        "import sys\n"
        "from pathlib import Path\n"
        "from app.words import count\n"
        "\n"
        "def main():\n"
        "    if len(sys.argv) < 2:\n"
        "        print('usage: words TEXT')\n"
        "        return 2\n"
        "    greeting = (Path(__file__).parent / 'data' / 'greeting.txt').read_text(encoding='utf-8')\n"
        "    print(greeting, count(' '.join(sys.argv[1:]) + sys.stdin.read()))\n"
        "    return 0\n"
        "\n"
        "if __name__ == '__main__':\n"
        "    sys.stdout.reconfigure(encoding='utf-8')\n"
        "    sys.exit(main())\n"
    ),
    "app/__init__.py": "",
    "app/words.py": "def count(text):\n    return len(text.split())\n",
    "data/greeting.txt": "Привет, слов:",
    "tests/test_words.py": "from app.words import count\n\ndef test_count():\n    assert count('a b') == 2\n",
}
WINDOW = {
    "main.py": (
        "import tkinter as tk\n"
        "\n"
        "def main():\n"
        "    root = tk.Tk()\n"
        "    root.title('Калькулятор')\n"
        "    tk.Label(root, text='0', width=20, background='white').pack()\n"
        "    tk.Button(root, text='=').pack()\n"
        "    root.mainloop()\n"
        "\n"
        "if __name__ == '__main__':\n"
        "    main()\n"
    ),
}


def example(name: str, args: list[str], contains: list[str], *, exit_code: int = 0, stdin: str = "") -> dict[str, Any]:
    check = {"args": args, "stdin": stdin, "stdout_contains": contains, "exit_code": exit_code}
    return {"id": name, "when": f"run with {args}", "then": f"shows {contains}", "check": check}


def order_for(folder: Path, files: dict[str, str], target: str, **plan: Any) -> BuildOrder:
    whole = {
        "title": "Слова",
        "slug": "words",
        "summary": "",
        "language": "python",
        "kind": "cli",
        "target": target,
        "entry_point": "main.py",
        "dependencies": [],
        "modules": [],
        "changed": [],
        "acceptance": [],
        "notes": [],
    } | plan
    packaging = {"program_name": "words", "windowed": whole["kind"] == "gui", "data_files": [], "guide": "# Words"}
    return BuildOrder("p-1", "r-1", 1, whole, packaging, files, target, folder)  # type: ignore[arg-type]


def new_builder(environments: Path) -> ProgramBuilder:
    return ProgramBuilder(make_runner(), PythonToolchain(TOOLCHAIN, NO_LOCK), environments)


@pytest.fixture
def order(tmp_path: Path) -> Callable[..., BuildOrder]:
    """Make an order: `order(files, target, **changes to the plan)`."""
    return lambda files, target, **plan: order_for(tmp_path / "сборка 1", files, target, **plan)


@pytest.fixture
def builder(tmp_path: Path) -> ProgramBuilder:
    return new_builder(tmp_path / "environments")


@pytest.fixture
def console_example() -> Callable[..., dict[str, Any]]:
    return example


@pytest.fixture
def cli_files() -> dict[str, str]:
    return dict(CLI)


@pytest.fixture
def window_files() -> dict[str, str]:
    return dict(WINDOW)


@pytest.fixture(scope="session")
def cli_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[BuildOrder, BuildReport]:
    """A console program as an executable."""
    folder = tmp_path_factory.mktemp("cli")
    examples = [
        example("count", ["one", "two"], ["Привет, слов: 3"], stdin=" three"),
        example("usage", [], ["usage"], exit_code=2),
        {"id": "look", "when": "reading the output", "then": "it is pleasant", "check": None},
    ]
    made = order_for(folder / "сборка с пробелом", CLI, "exe", acceptance=examples)
    return made, asyncio.run(new_builder(folder / "environments").build(made))


@pytest.fixture(scope="session")
def window_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[BuildOrder, BuildReport]:
    """A Tk program as an executable."""
    folder = tmp_path_factory.mktemp("window")
    made = order_for(folder / "build", WINDOW, "exe", kind="gui", slug="calculator")
    return made, asyncio.run(new_builder(folder / "environments").build(made))
