"""Pages are judged by what a browser would miss, and harmless ones pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.web_check import check_pages

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """<!doctype html>
<html lang="ru"><head><title>Игра</title><link rel="stylesheet" href="css/стиль.css?v=2">
<style>h1 { color: red }</style></head>
<body><h1 id="top">Привет</h1><p>без закрывающего тега
<a href="#top">вверх</a> <a href="https://example.org/x">сайт</a> <a href="mailto:x">m</a>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt=""><img src="img/a%20b.png" alt="">
<script src="./app.js"></script><script>if (1 < 2) { document.title = '</p>' }</script></body></html>
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in {
        "index.html": GOOD,
        "css/стиль.css": "body { background: url('../img/a b.png') } a { b: url(data:x) }",
        "img/a b.png": "x",
        "app.js": "1",
    }.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "site"


def test_a_good_site_has_no_problem(site: Path) -> None:
    facts, problems = check_pages(site)
    assert problems == []
    assert facts == [("index.html", 15, 7)]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ('<img src="missing.png">', "refers to missing.png"),
        ('<a href="Index.HTML?x">x</a>', "refers to Index.HTML?x"),
        ('<script src="/app.js"></script>', "refers to /app.js"),
        ('<img src="../outside.png">', "refers to ../outside.png"),
        ('<a href="http://[broken">x</a>', "refers to http://[broken"),
        (f'<img src="{"A" * 400}">', "refers to AAAA"),
        ("<h1>x</h1><script>let x = 1", "<script> is never closed"),
        ("<title>x<body>all of it", "<title> is never closed"),
        ("just text", "has no HTML element"),
        ("", "has no HTML element"),
    ],
)
def test_what_a_browser_would_miss_is_a_problem(site: Path, page: str, told: str) -> None:
    (site.parent / "outside.png").touch()
    (site / "index.html").write_text(page, encoding="utf-8")
    _, problems = check_pages(site)
    assert len(problems) == 1
    assert told in problems[0]


def test_style_sheets_are_looked_at_too(site: Path) -> None:
    (site / "css" / "стиль.css").write_text('p { background: url("gone.png") }', encoding="utf-8")
    assert check_pages(site)[1] == ["css/стиль.css refers to gone.png, which is not in the artifact."]


def test_a_site_without_a_page_is_none(tmp_path: Path) -> None:
    assert check_pages(tmp_path)[1] == ["There is no HTML page in the artifact."]
