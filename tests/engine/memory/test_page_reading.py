"""Pages are read by a process of our own, in time and within bounds, and pages of a PDF, too."""

from __future__ import annotations

import asyncio
import time

import psutil
import pytest
from fpdf import FPDF
from fpdf.enums import TextMode
from PIL import Image

from core.errors import ResearchError
from core.research import PageText
from engine.extracting import PageReader
from tests.engine.memory import office_files as office


async def fault(reading):
    with pytest.raises(ResearchError) as caught:
        await reading
    return caught.value


async def test_a_page_is_read_beside_the_engine(home):
    read = PageReader(home)
    page = "<title>Заголовок</title><nav>меню</nav><main><h1>О программе</h1><p hidden>тайна</p><p>Привет</p></main>"
    expected = PageText("Заголовок", "# О программе\n\nПривет")
    assert await read(page.encode("cp1251"), "text/html", "cp1251") == expected
    assert await read(page.encode(), "application/xhtml+xml", "") == expected


async def test_pages_of_a_pdf_are_read(home, tmp_path):
    pdf = office.make_pdf(tmp_path / "a.pdf", ["Счёт номер семь"], ["вторая страница"])
    found = await PageReader(home)(pdf.read_bytes(), "application/pdf", "")
    assert found.text == "[page 1]\nСчёт номер семь\n[page 2]\nвторая страница"
    assert not found.cut


def make_hidden_pdf(path, *, scanned):
    pdf = FPDF()
    pdf.set_font("helvetica", size=12)
    pdf.add_page()
    if scanned:
        pdf.image(Image.new("L", (50, 50)), w=100)
    else:
        pdf.cell(0, 10, "What a person reads.", new_x="LMARGIN", new_y="NEXT")
    with pdf.local_context(text_mode=TextMode.INVISIBLE):
        pdf.cell(0, 10, "Drawn invisibly.", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font_size(0.4)
    pdf.cell(0, 10, "Much too small.", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font_size(7)
    pdf.cell(0, 10, "A footnote.")
    pdf.output(str(path))
    return path.read_bytes()


@pytest.mark.parametrize("scanned", [False, True])
async def test_what_nobody_sees_in_a_pdf_is_not_read(home, tmp_path, scanned):
    found = await PageReader(home)(make_hidden_pdf(tmp_path / "a.pdf", scanned=scanned), "application/pdf", "")
    assert ("Drawn invisibly." in found.text) == scanned  # what a scanner read stands behind its picture
    assert ("Much too small." in found.text) == scanned
    assert ("What a person reads." in found.text) == (not scanned)
    assert "A footnote." in found.text


async def test_plain_text_needs_no_process(home):
    before = time.monotonic()
    read = PageReader(home)
    assert await read("a\u200bё <!-- b -->".encode(), "text/plain", "utf-8") == PageText("", "aё <!-- b -->")
    assert await read(b"a <!-- b -->", "text/markdown", "utf-8") == PageText("", "a ")
    assert await read(b'{"a": 1}', "application/json", "no-such") == PageText("", '{"a": 1}')
    assert time.monotonic() - before < 0.2


async def test_what_holds_no_text_says_so(home):
    read = PageReader(home)
    assert (await fault(read(b"<script>x</script>", "text/html", "utf-8"))).fault == "wrong_type"
    assert (await fault(read(b"%PDF-1.4 broken", "application/pdf", ""))).fault == "malformed"


async def test_a_page_that_takes_too_long_is_given_up_and_nothing_stays(home):
    heavy = b"<p class='a b c'>word <i>word</i>" * 120_000
    reading = asyncio.create_task(PageReader(home)(heavy, "text/html", "utf-8"))
    await asyncio.sleep(0.5)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert (await fault(PageReader(home, seconds=0.3)(heavy, "text/html", "utf-8"))).facts["detail"] == "too-heavy"
    assert not [child for child in psutil.Process().children() if "extract" in child.cmdline()]
