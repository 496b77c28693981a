"""Real PDF, DOCX, XLSX and HTML files with Russian text, and hostile ones of the same kinds."""

from __future__ import annotations

import zipfile
from pathlib import Path

from docx import Document
from fpdf import FPDF
from openpyxl import Workbook
from pypdf import PdfWriter

FONT = next(Path(__file__).resolve().parents[3].glob("engine/reports/**/*.ttf"))
_ENTITIES = b'<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + depth, b"&%c;" % (97 + depth) * 20) for depth in range(12)
)


def make_pdf(path, *pages):
    pdf = FPDF()
    pdf.add_font("text", "", FONT)
    pdf.set_font("text", "", 14)
    for lines in pages:
        pdf.add_page()
        for line in lines:
            pdf.cell(0, 10, line)
            pdf.ln()
    pdf.output(str(path))
    return path


def lock_pdf(source, path):
    writer = PdfWriter(source)
    writer.encrypt("secret")
    writer.write(str(path))
    return path


def blank_pdf(path):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(str(path))
    return path


def make_docx(path):
    document = Document()
    document.add_heading("Спецификация", 1)
    document.add_paragraph("Кнопка должна быть красной.")
    table = document.add_table(2, 2)
    for row, cells in enumerate((("Имя", "Цвет"), ("Ок", "красный"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph("Конец.")
    document.save(path)
    return path


def make_xlsx(path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Цены"
    for row in (("товар", "цена"), ("хлеб", 42.5)):
        sheet.append(row)
    sheet["XFD1048576"] = "дальний угол"
    book.save(path)
    return path


def make_html(path):
    path.write_bytes(
        "<html><head><meta charset=windows-1251><title>Заголовок</title><script>secret()</script></head><body>"
        "<!-- тайна --><p>Первый <b>жирный</b> абзац<p>Второй<table><tr><td>а<td>б</tr></table></body>".encode("cp1251")
    )
    return path


def laughing_docx(plain, path):
    """A document whose entities would swell to twenty to the twelfth."""
    body = (
        b'<?xml version="1.0"?><!DOCTYPE l [' + _ENTITIES + b"]>"
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>&m;</w:t></w:r></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(entry.filename, body if entry.filename == "word/document.xml" else source.read(entry))
    return path


def swelling_docx(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target, target.open("word/document.xml", "w") as part:
        for _ in range(500):
            part.write(bytes(1_000_000))
    return path
