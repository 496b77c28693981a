"""Text is taken out of files by a process of our own, which is ended when a file takes too much."""

from __future__ import annotations

import asyncio
import time

import psutil
import pytest

from engine.extracting import OwnProcessExtractor
from memory.ingest.extraction import UnreadableError
from tests.engine.memory import office_files as office


async def text_of(home, path, **limits):
    target = home.root / "text"
    await OwnProcessExtractor(home, **limits).extract(path.suffix[1:], path, target)
    return target.read_text(encoding="utf-8")


async def trouble_of(home, path, **limits):
    with pytest.raises(UnreadableError) as caught:
        await text_of(home, path, **limits)
    return caught.value.trouble


async def test_russian_text_is_found_in_every_kind_of_document(home, tmp_path):
    pdf = office.make_pdf(tmp_path / "счёт.pdf", ["Счёт номер семь", "оплатить до пятницы"], ["вторая страница"])
    assert await text_of(home, pdf) == ("[page 1]\nСчёт номер семь\nоплатить до пятницы\n[page 2]\nвторая страница\n")
    docx = office.make_docx(tmp_path / "a.docx")
    assert await text_of(home, docx) == (
        "# Спецификация\nКнопка должна быть красной.\nИмя | Цвет\nОк | красный\nКонец.\n"
    )
    xlsx = office.make_xlsx(tmp_path / "a.xlsx")
    assert await text_of(home, xlsx) == "[sheet Цены]\nтовар\tцена\nхлеб\t42.5\nдальний угол\n"
    html = office.make_html(tmp_path / "a.html")
    assert await text_of(home, html) == "Заголовок\nПервый жирный абзац\nВторой\n\nа | б\n"


async def test_what_cannot_be_read_is_said_to_be_so(home, tmp_path):
    pdf = office.make_pdf(tmp_path / "a.pdf", ["x"])
    assert await trouble_of(home, office.lock_pdf(pdf, tmp_path / "locked.pdf")) == "encrypted"
    assert await trouble_of(home, office.blank_pdf(tmp_path / "scan.pdf")) == "no-text"
    for name in ("bad.pdf", "bad.docx", "bad.xlsx"):
        (tmp_path / name).write_bytes(b"PK\x03\x04 rubbish")
        assert await trouble_of(home, tmp_path / name) == "damaged"
    pdf.write_bytes(pdf.read_bytes()[: pdf.stat().st_size // 2])
    assert await trouble_of(home, pdf) in {"damaged", "no-text"}


async def test_what_swells_is_stopped(home, tmp_path):
    assert await trouble_of(home, office.swelling_docx(tmp_path / "bomb.docx")) == "too-heavy"
    plain = office.make_docx(tmp_path / "plain.docx")
    assert await trouble_of(home, office.laughing_docx(plain, tmp_path / "laughs.docx")) in {"damaged", "too-heavy"}
    page = tmp_path / "long.html"
    page.write_text("<p>слово</p>\n" * 100_000, encoding="utf-8")
    assert await trouble_of(home, page, memory_mb=40) == "too-heavy"
    began = time.monotonic()
    assert await trouble_of(home, page, seconds=0.3) == "too-heavy"
    assert time.monotonic() - began < 5


async def test_who_is_cancelled_leaves_no_process_behind(home, tmp_path):
    page = tmp_path / "long.html"
    page.write_text("<div>" * 300_000, encoding="utf-8")
    work = asyncio.ensure_future(text_of(home, page))
    async with asyncio.timeout(30):
        while not children(home):  # noqa: ASYNC110 - a process tells nobody that it has begun
            await asyncio.sleep(0.05)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert not children(home)


def children(home):
    found = []
    for child in psutil.Process().children():
        try:
            if str(home.root) in child.cmdline():
                found.append(child)
        except psutil.Error:
            continue
    return found
