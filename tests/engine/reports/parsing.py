"""Read reports back as strangers would: with an HTML parser, a PDF reader, a CSV reader and plain eyes."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser

from pypdf import PdfReader


class Page(HTMLParser):
    """What an HTML report holds."""

    VOID = frozenset({"meta"})

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags = []
        self.attributes = []
        self.figures = {}
        self.facts = {}
        self.sections = {}
        """Title -> rows of its tables, the head first."""
        self.text = []
        self.open = []
        self._name = ""
        self._section = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append((tag, dict(attrs).get("class", "")))
        if tag == "tr":
            self.sections[self._section].append([])
        if tag in {"td", "th"}:
            self.sections[self._section][-1].append("")

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        tag = self.open[-1][0] if self.open else ""
        if tag == "style":
            return
        self.text.append(data)
        inside_figures = ("dl", "figures") in self.open
        if tag == "h2":
            self._section = data
            self.sections[data] = []
        elif tag == "dt":
            self._name = data
        elif tag == "dd":
            (self.figures if inside_figures else self.facts)[self._name] = data
        elif tag in {"td", "th"}:
            self.sections[self._section][-1][-1] += data


def read_html(path):
    return Page(path.read_text(encoding="utf-8"))


def read_csv(path):
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def read_json(path):
    return json.loads(path.read_bytes(), parse_constant=lambda name: 1 / 0)


def read_pdf(path):
    """Text of each page, in the order it was drawn, without blanks."""
    return [squeezed(page.extract_text()) for page in PdfReader(path).pages]


def squeezed(text):
    return re.sub(r"\s+", "", text)


def text_figures(path):
    """Label -> value of the lines of the summary of a TXT report."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (re.fullmatch(r"(\S.*?)\s{2,}(\S.*)", line) for line in lines)
    return {match[1]: match[2] for match in pairs if match}
