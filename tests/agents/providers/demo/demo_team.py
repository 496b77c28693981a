"""A small harness around the demo team: asks as the roles do, reads the answers, runs the programs' own tests."""

from __future__ import annotations

import difflib
import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agents.prompting import data_section, listing
from agents.providers.demo import DemoGateway
from core.ports import CallTag, Message, ModelRequest
from tests.toolchain import PYTHON

if TYPE_CHECKING:
    from pathlib import Path

TEAM = DemoGateway()
BLOCK = re.compile(r"^`(?P<path>[^`\n]+)`\n```\w*\n(?P<text>.*?)\n```$", re.DOTALL | re.MULTILINE)
REPLACEMENT = re.compile(r"<<<<<<< SEARCH\n(?P<old>.*?)\n=======\n(?P<new>.*?)\n>>>>>>> REPLACE", re.DOTALL)


async def ask(call, *, module="", attempt=1, locale="en", schema=None, on_text=None, **sections):
    sections["locale"] = locale
    shown = {
        name: text if isinstance(text, str) else json.dumps(text, ensure_ascii=False) for name, text in sections.items()
    }
    body = "\n\n".join(data_section(name, text) for name, text in shown.items())
    request = ModelRequest(
        role=call.split(".")[0],
        tag=CallTag(call, run="r", module=module, attempt=attempt),
        messages=(Message("system", "You are a role."), Message("user", body)),
        schema=schema,
    )
    return await TEAM.ask(request, on_text=on_text)


def files_in(text):
    return {
        match["path"]: match["text"] + "\n" for match in BLOCK.finditer(text) if "<<<<<<< SEARCH" not in match["text"]
    }


def replaced(text, files):
    """`files` after the search/replace blocks of `text`; each must hit exactly one place."""
    files = dict(files)
    blocks = [match for match in BLOCK.finditer(text) if "<<<<<<< SEARCH" in match["text"]]
    for block in blocks:
        edit = REPLACEMENT.search(block["text"])
        assert files[block["path"]].count(edit["old"]) == 1
        files[block["path"]] = files[block["path"]].replace(edit["old"], edit["new"])
    return files


def diff_of(old, new):
    parts = []
    for path, text in new.items():
        before = old.get(path, "").splitlines(keepends=True)
        parts += difflib.unified_diff(before, text.splitlines(keepends=True), f"a/{path}", f"b/{path}")
    return "".join(parts)


@dataclass
class Project:
    """One project as the coordinator would see it."""

    plan: dict
    locale: str
    request: str
    files: dict = field(default_factory=dict)
    tests: dict = field(default_factory=dict)

    def contract(self, module):
        return next(contract for contract in self.plan["modules"] if contract["name"] == module)

    async def write(self, module, **more):
        contract = self.contract(module)
        shown = listing({path: text for path, text in self.files.items() if path in contract["paths"]})
        reply = await self.coder("coder.write", module, files=shown, **more)
        return files_in(reply.text)

    async def fix(self, module, files):
        reply = await self.coder("coder.fix", module, attempt=2, files=listing(files), findings="[]", output="")
        return files_in(reply.text) or replaced(reply.text, files)

    async def coder(self, call, module, **more):
        contract = self.contract(module)
        return await ask(
            call, module=module, locale=self.locale, request=self.request, plan=self.plan, contract=contract, **more
        )

    async def review(self, module, old, new):
        reply = await ask(
            "reviewer.review",
            module=module,
            locale=self.locale,
            request=self.request,
            contract=self.contract(module),
            diff=diff_of(old, new),
            schema={"title": "Review"},
        )
        return reply.data

    async def code(self):
        """Every module to be changed, its faults repaired."""
        for module in self.plan["changed"]:
            draft = await self.write(module)
            self.files |= await self.fix(module, draft)

    async def write_tests(self):
        for call in ("tester.tests", "tester.attack"):
            reply = await ask(
                call, locale=self.locale, request=self.request, plan=self.plan, tests=listing(self.tests), files=""
            )
            self.tests |= files_in(reply.text)


async def planned(request, locale="en", *, previous=None, answers=None, target=""):
    sections = {"request": request, "answers": answers or {}, "target": target}
    if previous is not None:
        sections["previous_plan"] = previous
    reply = await ask("architect.plan", locale=locale, schema={"title": "Plan"}, **sections)
    return Project(reply.data, locale, request)


def run_tests(folder: Path, files, display):
    """Exit code and output of pytest over `files`, written to the new `folder`."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    env["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    if display:
        env["DISPLAY"] = display
    command = [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr
