"""Every format says the same, is complete or absent, and carries neither code nor secrets."""

from __future__ import annotations

import asyncio
import json
import re
import resource
import shutil
import sqlite3
import time
import zlib
from contextlib import closing

import pytest
from pypdf import PdfReader

from core.errors import InputError
from core.events import Event
from core.i18n import tr
from core.paths import Home
from core.redaction import REDACTED, register_secret
from engine.reports.filters import ReportFilter
from engine.reports.gathering import gather
from engine.reports.report import COUNTED
from engine.reports.wording import money, number
from engine.reports.writing import FORMATS, save, write_report
from tests.engine.reports.folders import BIG, MANY, emit
from tests.engine.reports.parsing import read_csv, read_html, read_json, read_pdf, squeezed, text_figures

CANARY = "canary-key-of-nobody-0123456789"
SHAPED = "sk-abcdefghijklmnopqrstuvwxyz0123"


async def written(home, folder, locale="en", **wanted):
    """Every format of one report, by its name."""
    made = await gather(home, ReportFilter(locale=locale, **wanted))
    paths = {form: folder / f"{locale}.{form}" for form in FORMATS}
    for form, path in paths.items():
        await asyncio.to_thread(save, made, form, path)
    return made, paths


def expected_figures(made):
    locale = made.filter.locale
    values = {name: number(made.totals[name], locale) for name in COUNTED if name != "cost_usd"}
    values |= {"cost_usd": money(made.totals, locale), "runs": number(len(made.runs), locale)}
    return {tr(f"report-figure-{name.replace('_', '-')}", locale): text for name, text in values.items()}


@pytest.mark.parametrize("locale", ["en", "ru"])
async def test_the_totals_agree_between_all_formats(demo, tmp_path, locale):
    home, _ = demo
    emit(home, Event("SECURITY", "action.blocked", data={"kind": "delete", "target": "/x"}))
    made, paths = await written(home, tmp_path, locale)
    expected = expected_figures(made)
    page = read_html(paths["html"])
    assert expected.items() <= page.figures.items()
    text = text_figures(paths["txt"])
    assert {name: text[name] for name in expected} == expected
    drawn = "".join(read_pdf(paths["pdf"]))
    for name, value in expected.items():
        assert squeezed(name + value) in drawn, name
    found = read_json(paths["json"])
    assert found["totals"] == {
        **made.totals.as_dict(),
        "runs": len(made.runs),
        "listed_events": made.events_total,
    }
    assert found["totals"]["blocked"] == 1
    rows = read_csv(paths["csv"])
    assert len(rows) - 1 == len(found["events"]) == made.events_total
    assert [row[0] for row in rows[1:]] == [str(event["seq"]) for event in found["events"]]


@pytest.mark.parametrize("locale", ["en", "ru"])
async def test_delivered_files_stand_in_every_format_with_their_digest(demo, tmp_path, locale):
    made, paths = await written(demo[0], tmp_path, locale)
    [version] = made.versions
    assert len(version.sha256) == 64
    assert version.sha256 in paths["html"].read_text(encoding="utf-8")
    assert version.sha256 in squeezed(paths["txt"].read_text(encoding="utf-8"))
    assert version.sha256 in "".join(read_pdf(paths["pdf"]))
    assert read_json(paths["json"])["versions"][0]["artifact"] == version.artifact
    assert version.sha256 in paths["csv"].read_text(encoding="utf-8")


async def test_sums_of_the_tables_are_the_totals_beside_them(demo, tmp_path):
    made, paths = await written(demo[0], tmp_path)
    page = read_html(paths["html"])
    runs = page.sections[tr("report-section-runs", "en")]
    assert len(runs) - 1 == len(made.runs) == 2
    models = page.sections[tr("report-section-models", "en")]
    calls = models[0].index(tr("report-column-calls", "en"))
    assert sum(int(row[calls]) for row in models[1:]) == made.totals["calls"]
    days = page.sections[tr("report-section-days", "en")]
    calls = days[0].index(tr("report-column-calls", "en"))
    assert sum(int(row[calls]) for row in days[1:]) == made.totals["calls"]


async def test_html_is_one_file_without_script_or_anything_remote(demo, tmp_path):
    _, paths = await written(demo[0], tmp_path)
    page = read_html(paths["html"])
    assert page.open == []
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in {"src", "style"}]
    assert all(value.startswith("#") for name, value in page.attributes if name == "href")
    source = paths["html"].read_text(encoding="utf-8")
    assert "url(" not in source
    assert "@import" not in source
    assert "http:" not in source.replace('http-equiv="', "")
    assert page.tags.count("svg") >= 2
    assert "default-src 'none'" in source
    assert "prefers-color-scheme: dark" in source
    assert "@media print" in source


HOSTILE = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "</title></svg><svg onload=alert(1)>",
    "\x1b[31mred\x1b]0;title\x07",
    "abc\u202egnp.exe\u2066",
    '=HYPERLINK("http://evil","x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2+3",
    "\t=1+1",
    "half \ud800 surrogate",
    "{{ 7 * 7 }} {% raw %}",
    "{pages-of-the-report}",
    "line\nbreak\r\nand\rmore",
    "漢字 🙂 ﷽",
    "'; DROP TABLE events; --",
]


async def test_hostile_texts_change_nothing_but_themselves(home, tmp_path):
    for position, text in enumerate(HOSTILE):
        emit(
            home,
            Event("ERROR", text[:100], run=text[:100], module=text[:60], data={"text": text, text[:200]: [text]}),
            Event("INFO", "node.held", run=f"r-{position}", data={"code": text, "facts": {"x": text}, "node": text}),
            Event("INFO", "plan.drawn", data={"title": text, "summary": text, "modules": text, "changed": [text]}),
            Event("BUILD", "build.failed", data={"log": text}),
            Event("AUDIT", "decision.taken", data={"kind": text, "decision": text, "via": text, "digest": text}),
            Event("BUILD", "tests.run", data={"passed": text, "failed": text, "ok": text, "errors": None}),
            Event("INFO", "draft.examined", data={"findings": text, "model": text, "accepted": text, "draft": text}),
            Event("PROVIDER", "call.substituted", data={"failed": text, "fault": text, "call": text, "next": text}),
        )
    emit(home, Event("ERROR", "long.line", data={"error": "word" * 25_000}))
    emit(home, Event("INFO", "odd.numbers", data={"inf": float("inf"), "nan": float("nan"), "deep": [[[{"a": {}}]]]}))
    made, paths = await written(home, tmp_path)
    assert made.events_total == len(HOSTILE) * 8 + 2
    page = read_html(paths["html"])
    assert page.open == []
    assert not {"script", "img"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in "".join(page.text)
    steering = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
    for form in ("txt", "html", "csv", "json"):
        assert not steering.search(paths[form].read_text(encoding="utf-8")), form
    assert max(map(len, paths["txt"].read_text(encoding="utf-8").splitlines())) <= 300
    rows = read_csv(paths["csv"])
    assert {len(row) for row in rows} == {9}
    assert len(rows) == made.events_total + 1
    assert not [cell for row in rows for cell in row[1:] if re.match(r"\s*[=+\-@]", cell)]
    assert max(len(cell) for row in rows for cell in row) <= 32_767
    events = read_json(paths["json"])["events"]
    assert events[0]["data"]["text"] == HOSTILE[0]
    assert events[-2]["data"]["error"] == "word" * 25_000
    assert events[-1]["data"]["nan"] == "NaN"
    pages = read_pdf(paths["pdf"])
    assert f"Page1of{len(pages)}" in pages[0]
    assert squeezed("<script>alert(1)</script>") in "".join(pages)
    assert paths["pdf"].stat().st_size < 400_000


async def test_no_secret_is_in_any_byte_of_any_format(home, tmp_path):
    data = {
        "text": f"the key {CANARY} and {SHAPED}",
        "list": [CANARY, {"deep": f"Bearer {SHAPED}"}],
        CANARY: "as a name",
        "password": "hunter22",
        "facts": {"path": f"/x/{CANARY}", "detail": CANARY},
    }
    emit(
        home,
        Event("ERROR", "node.crashed", run=f"r-{CANARY}", data={**data, "error": f"x {CANARY}", "node": CANARY}),
        Event("SECURITY", "action.blocked", module=CANARY, data={**data, "target": CANARY, "kind": "delete"}),
        Event("AUDIT", "decision.taken", data={"kind": CANARY, "decision": "approve", "via": CANARY, "reason": CANARY}),
        Event("BUILD", "build.failed", data={"log": CANARY}),
        Event("INFO", "draft.examined", data={"model": f"acme:{CANARY}", "findings": [CANARY], "accepted": False}),
        Event("ERROR", "long.text", data={"text": "x" * 280 + f" {SHAPED}"}),
    )
    register_secret(CANARY)  # after the journal was written: the writers have to see to it themselves
    for locale in ("en", "ru"):
        _, paths = await written(home, tmp_path, locale)
        for form, path in paths.items():
            data = path.read_bytes()
            if form == "pdf":
                reader = PdfReader(path)
                data += "".join(page.extract_text() for page in reader.pages).encode()
                data += repr(reader.metadata).encode()
                data += b"".join(inflated(data))
            for secret in (CANARY, SHAPED, "hunter22", SHAPED[:16]):
                assert secret.encode() not in data, (form, secret)
            assert form == "pdf" or REDACTED.encode() in data


def inflated(data):
    """Every compressed stream of a PDF."""
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            yield zlib.decompress(match[1])
        except zlib.error:
            continue


@pytest.mark.slow
async def test_pdf_has_its_fonts_inside_repeats_table_heads_and_counts_its_pages(many, tmp_path):
    _, paths = await written(many, tmp_path, "ru")
    reader = PdfReader(paths["pdf"])
    fonts = {
        str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()
    }
    assert all("DejaVuSansCondensed" in font for font in fonts)
    pages = read_pdf(paths["pdf"])
    assert len(pages) > 5
    for position, page in enumerate(pages, start=1):
        assert f"Страница{position}из{len(pages)}" in page
    head = squeezed(tr("report-column-seq", "ru") + tr("report-column-time", "ru") + tr("report-column-type", "ru"))
    assert all(head in page for page in pages[-5:])
    assert reader.metadata.title == tr("report-title", "ru")


@pytest.mark.slow
async def test_what_is_left_out_is_said_and_the_totals_count_it(many, tmp_path):
    made, paths = await written(many, tmp_path)
    sentence = "Shown are {} of 3,000: the riskiest and then the newest. The figures of this report count all of them."
    assert sentence.format("2,000") in "".join(read_html(paths["html"]).text)
    assert sentence.format("2,000") in paths["txt"].read_text(encoding="utf-8")
    assert squeezed(sentence.format("500")) in "".join(read_pdf(paths["pdf"]))
    events = read_html(paths["html"]).sections[tr("report-section-events", "en")]
    assert len(events) == 2_001
    assert len(read_csv(paths["csv"])) == MANY + 1
    assert len(read_json(paths["json"])["events"]) == MANY
    assert made.totals["events"] == MANY


async def test_a_report_of_nothing_can_be_read_in_every_format(home, tmp_path):
    _, paths = await written(home, tmp_path)
    assert tr("report-nothing", "en") in paths["txt"].read_text(encoding="utf-8")
    assert len(read_pdf(paths["pdf"])) >= 1
    assert read_json(paths["json"])["events"] == []
    assert len(read_csv(paths["csv"])) == 1
    assert read_html(paths["html"]).figures["Runs"] == "0"


@pytest.mark.slow
async def test_what_stands_behind_damage_is_left_out_of_the_lists_as_of_the_figures(many, tmp_path):
    home = Home(tmp_path / "home")
    shutil.copytree(many.root, home.root)
    with closing(sqlite3.connect(home.journal, isolation_level=None)) as journal:
        journal.execute("DROP TRIGGER events_fixed")
        journal.execute("UPDATE events SET data = 'no JSON' WHERE seq = 2500")
    made, paths = await written(home, tmp_path)
    assert [note.message for note in made.notes] == ["report-note-journal"]
    told = read_json(paths["json"])
    assert len(told["events"]) == len(read_csv(paths["csv"])) - 1 == told["totals"]["events"] == 2_000
    assert made.events_total == 2_000


async def test_a_file_in_the_way_is_left_as_it_is_unless_it_may_be_replaced(home, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        await write_report(home, ReportFilter(), "txt", path)
    assert caught.value.code == "report-exists"
    assert path.read_text(encoding="utf-8") == "precious"
    await write_report(home, ReportFilter(), "txt", path, overwrite=True)
    assert path.read_text(encoding="utf-8").startswith("MultiCoder report")


@pytest.mark.parametrize(
    ("form", "place", "code"),
    [
        ("docx", "x.docx", "report-format"),
        ("txt", "nowhere/x.txt", "report-place"),
        ("txt", ".", "report-place"),
        ("txt", "x" * 300, "report-place"),
        ("txt", "nul\0byte.txt", "report-place"),
    ],
)
async def test_a_place_or_format_that_cannot_be_is_refused_and_nothing_is_left(home, tmp_path, form, place, code):
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(InputError) as caught:
        await write_report(home, ReportFilter(), form, folder / place)
    assert caught.value.code == code
    assert list(folder.iterdir()) == []


async def test_a_report_that_fails_half_way_leaves_nothing(many, tmp_path):
    made = await gather(many, ReportFilter())
    broken = tmp_path / "broken.json"
    archive = tmp_path / "home"
    made.home.root.joinpath("copy").mkdir(exist_ok=True)
    object.__setattr__(made, "notes", (object(),))  # a note nobody can word: the writer fails in its first sentence
    with pytest.raises(AttributeError):
        save(made, "json", broken)
    assert not broken.exists()
    assert not list(tmp_path.glob(".*.part"))
    assert not archive.exists()


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
async def test_a_hundred_thousand_events_take_bounded_time_and_memory(big, tmp_path, form):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    path = tmp_path / f"big.{form}"
    made = await write_report(big, ReportFilter(locale="ru"), form, path)
    assert made.totals["events"] == BIG
    assert made.totals["errors"] == made.risks_total == BIG // 1000
    assert time.process_time() - began < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # kilobytes
    if form == "csv":
        with path.open("rb") as file:
            assert sum(1 for _ in file) == BIG + 1
    if form == "json":
        assert len(json.loads(path.read_bytes())["events"]) == BIG
    if form == "pdf":
        assert path.stat().st_size < 500_000
