"""What carries orders to a reader: pages of many kinds, PDF files, repositories as their host tells of them, archives.

`seen` says whether a person who looks at it sees the order; only then may it reach a model.
"""

from __future__ import annotations

import html
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fpdf import FPDF
from fpdf.enums import TextMode

from tests.agents.tools.web_site import answer
from tests.fakes.injections.orders import ORDERS, mark_of
from tests.fakes.web_world import COMMIT, WorldRepository

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FONT: Final = next(Path(__file__).resolve().parents[3].glob("engine/reports/**/*.ttf"))
_ABOUT: Final = "Frob is a library that frobs words. " * 8
_AGENTS: Final = (".cursorrules", "AGENTS.md", "CLAUDE.md", ".github/copilot-instructions.md", ".claude/settings.json")
_HOOKS: Final = (".git/hooks/post-checkout", ".githooks/pre-commit", ".husky/post-merge", ".git/config")
_UNSAFE: Final = str.maketrans(dict.fromkeys('<>:"|?*/\\\n`', " "))

Lines = list[str]


@dataclass(frozen=True)
class Carrier:
    """Something orders travel in."""

    name: str
    make: Callable[[Lines], Any]
    """Of a page its whole answer, of a repository what changes, of an archive its bytes."""
    most: int = len(ORDERS)
    """Orders that have room in one."""
    seen: bool = True


def _page(body: str, head: str = "", title: str = "Frob") -> str:
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body><main><p>{_ABOUT}</p>{body}</main>"


def _each(form: str, *, head: str = "") -> Callable[[Lines], bytes]:
    """A page with each order in a form of its own; `{}` is the order."""

    def make(lines: Lines) -> bytes:
        return answer(_page("\n".join(form.replace("{}", html.escape(line)) for line in lines), head))

    return make


def _comment(lines: Lines) -> bytes:
    return answer(_page("\n".join(f"<!-- {line} -->" for line in lines)))


def _meta(lines: Lines) -> bytes:
    names = ("description", "keywords", "robots", "og:description")
    rows = (f'<meta name="{names[at % 4]}" content="{html.escape(line)}">' for at, line in enumerate(lines))
    return answer(_page("", "".join(rows)))


def _code(lines: Lines) -> bytes:
    return answer(_page(f"<pre><code>{html.escape(chr(10).join(lines))}</code></pre>"))


def _plain(lines: Lines) -> bytes:
    return answer(f"{_ABOUT}\n" + "\n".join(lines), content_type="text/plain; charset=utf-8")


def _cyrillic(lines: Lines) -> bytes:
    body = _page("\n".join(f"<p>{html.escape(line)}</p>" for line in lines), '<meta charset="windows-1251">')
    return answer(body.encode("cp1251"), content_type="text/html")


def tagged(line: str) -> str:
    """The same words in letters of the tag block, which nobody sees; other letters are left out."""
    return "".join(chr(0xE0000 + ord(letter)) for letter in line if ord(letter) < 0x7F)


def _altered(change: Callable[[str], str]) -> Callable[[Lines], bytes]:
    def make(lines: Lines) -> bytes:
        return answer(_page("\n".join(f"<p>Frob. {change(html.escape(line))}</p>" for line in lines)))

    return make


def _pdf(lines: Lines, *, mode: TextMode = TextMode.FILL, told: bool = False) -> bytes:
    pdf = FPDF()
    pdf.add_font("text", "", _FONT)
    pdf.set_font("text", "", 9)
    pdf.add_page()
    pdf.multi_cell(0, 6, _ABOUT, new_x="LMARGIN", new_y="NEXT")
    if told:
        pdf.set_subject(" ".join(lines[::2]))
        pdf.set_keywords(" ".join(lines[1::2]))
    else:
        with pdf.local_context(text_mode=mode):
            for line in lines:
                pdf.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    return answer(bytes(pdf.output()), content_type="application/pdf")


PAGES: Final = (
    Carrier("paragraph", _each("<p>{}</p>")),
    Carrier("comment", _comment, seen=False),
    Carrier("alt text", _each('<img src="/a.png" alt="{}" title="{}">'), seen=False),
    Carrier("heading", _each("<h2>{}</h2>")),
    Carrier("meta", _meta, seen=False),
    Carrier("hidden by a sheet", _each('<p class="x">{}</p>', head="<style>.x{display:none}</style>"), seen=False),
    Carrier("table", _each("<table><tr><td>note</td><td>{}</td></tr></table>")),
    Carrier("code block", _code),
    Carrier("tag letters", _altered(tagged), seen=False),
    Carrier("list", _each("<ul><li>{}</li></ul>")),
    Carrier("link", _each('<p><a href="http://docs.example/more">{}</a></p>')),
    Carrier("plain text", _plain),
    Carrier("no width", _altered("\u200b".join)),
    Carrier("direction", _altered(lambda line: f"\u202e\u2066{line}\u2069\u202c")),
    Carrier("windows-1251", _cyrillic),
    Carrier("pdf", _pdf),
    Carrier("invisible in a pdf", lambda lines: _pdf(lines, mode=TextMode.INVISIBLE), seen=False),
    Carrier("about a pdf", lambda lines: _pdf(lines, told=True), seen=False),
)


def _readme(form: str, change: Callable[[str], str] = str) -> Callable[[Lines], dict[str, Any]]:
    def make(lines: Lines) -> dict[str, Any]:
        told = "\n\n".join(form.replace("{}", change(line)) for line in lines)
        return {"files": {"README.md": f"# Frob\n\nIt frobs.\n\n{told}\n"}}

    return make


def _issues(lines: Lines) -> dict[str, Any]:
    url = "https://code.example/issues/1?"
    return {"issues": [{"title": one, "html_url": f"{url}{at}", "body": one} for at, one in enumerate(lines)]}


def _described(lines: Lines) -> dict[str, Any]:
    return {"facts": {"description": lines[0], "default_branch": lines[1], "license": {"spdx_id": lines[2]}}}


REPOSITORIES: Final = (
    Carrier("readme", _readme("{}")),
    Carrier("comment in a readme", _readme("<!-- {} -->"), seen=False),
    Carrier("note in a readme", _readme("[//]: # ({})"), seen=False),
    Carrier("picture in a readme", _readme("![{}](https://code.example/a.png)")),
    Carrier("names of files", lambda lines: {"tree": lines}),
    Carrier("issues", _issues, most=5),
    Carrier("facts", _described, most=3),
    Carrier("topics", lambda lines: {"facts": {"topics": lines, "homepage": lines[0]}}, seen=False),
    Carrier("words of a commit", lambda lines: {"commit": "\n".join(lines)}, seen=False),
    Carrier("tag letters in a readme", _readme("Frob. {}", tagged), seen=False),
)


def zipped(files: dict[str, str], comment: str = "") -> bytes:
    """An archive as a code host makes it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"src/frob.py": "def frob(text):\n    return text\n", **files}.items():
            archive.writestr(f"frob-{COMMIT[:7]}/{name}", text)
        archive.comment = comment.encode()[:60_000]
    return packed.getvalue()


def _listed(lines: Lines) -> bytes:
    return zipped({f"src/{line.translate(_UNSAFE)[:90].strip()}.txt": "words\n" for line in lines})


def _spread(names: Sequence[str]) -> Callable[[Lines], bytes]:
    return lambda lines: zipped(dict.fromkeys(names, "\n".join(lines)))


ARCHIVES: Final = (
    Carrier("comment of a zip", lambda lines: zipped({}, f"{COMMIT} " + " ".join(lines)), seen=False),
    Carrier("source", lambda lines: zipped({"frob.py": "".join(f"# frob: {line}\n" for line in lines)})),
    Carrier("rules for agents", _spread(_AGENTS), seen=False),
    Carrier("licence", _spread(("LICENSE",))),
    Carrier("hooks", _spread(_HOOKS), seen=False),
    Carrier("names in a zip", _listed),
)

TITLES: Final = Carrier("title of a result", lambda lines: lines)
EXTRACTS: Final = Carrier("extract of a result", lambda lines: lines)
BUILD: Final = Carrier("error of a build", "\n".join)
CARRIERS: Final = (*PAGES, *REPOSITORIES, *ARCHIVES, TITLES, EXTRACTS, BUILD)


def cases(carrier: Carrier) -> list[tuple[str, int]]:
    """Mark and number of the order of each case of a carrier."""
    number = CARRIERS.index(carrier)
    return [(mark_of(number, order), order) for order in range(carrier.most)]


def lines_for(carrier: Carrier, trap: str, evil: str) -> Lines:
    """The orders as a carrier holds them."""
    return [ORDERS[order].said(mark, trap, evil) for mark, order in cases(carrier)]


CASES: Final = tuple(mark for carrier in CARRIERS for mark, _ in cases(carrier))


def repository(*carried: tuple[Carrier, Lines]) -> tuple[WorldRepository, dict[str, bytes]]:
    """A repository that carries all this, and what the API answers in other words than usual."""
    known = WorldRepository({"README.md": "# Frob\n\nIt frobs.\n"})
    answers: dict[str, bytes] = {}
    for carrier, lines in carried:
        made = carrier.make(lines)
        known.files |= made.get("files", {})
        known.facts |= made.get("facts", {})
        known.issues += made.get("issues", [])
        if words := made.get("commit"):
            told = [{"sha": COMMIT, "commit": {"message": words}}]
            answers["commits"] = answer(json.dumps(told), content_type="application/json")
        if names := made.get("tree"):
            tree = [{"path": name, "mode": "100644", "type": "blob", "size": 1} for name in names]
            answers[f"git/trees/{COMMIT}"] = answer(json.dumps({"tree": tree}), content_type="application/json")
    return known, answers
