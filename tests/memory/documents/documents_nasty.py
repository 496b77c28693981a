"""Files that have been lost, changed or misread by somebody before, made here."""

from __future__ import annotations

import codecs
import itertools
import random
import struct
import zlib

ENGLISH = ["first line", "  second, indented\t", "", "the 4th: {} [] \\ \"'", "last"]
RUSSIAN = ["Первая строка", "Вторая — с тире и «кавычками»", "", "объём ещё 42", "ПОСЛЕДНЯЯ"]
MIXED = ["naïve café", "日本語と 한국어", "emoji 👩‍💻 \U0001f600", "Σίσυφος", "עברית ← שמאל"]
TURNS = ["Анна: привет!", "Ben: hello — ну как?", "Анна: норм"]
ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
MARKED = {
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
READ_AS = {"utf-8-sig": "utf-8"}


def texts():
    """Text with the name of the encoding it has to be read with, by name."""
    for (words, lines), (end, mark), final in itertools.product(
        {"en": ENGLISH, "ru": RUSSIAN, "mixed": MIXED, "turns": TURNS}.items(), ENDS.items(), (True, False)
    ):
        text = mark.join(lines) + mark * final
        name = f"{words}-{end}-{'final' if final else 'open'}"
        yield f"{name}-utf-8", text.encode(), "utf-8"
        for encoding, bom in MARKED.items():
            coded = text.encode(READ_AS.get(encoding, encoding))
            yield f"{name}-{encoding}-marked", bom + coded, READ_AS.get(encoding, encoding)
        if words != "mixed":
            for encoding in ("utf-16-le", "utf-16-be"):
                yield f"{name}-{encoding}-bare", text.encode(encoding), encoding
        if words == "ru":
            for encoding in ("cp1251", "koi8-r", "cp866"):
                coded = text.replace("—", "-").replace("«", '"').replace("»", '"').encode(encoding)
                yield f"{name}-{encoding}", coded, encoding
    for end, mark in ENDS.items():
        yield f"latin-{end}", mark.join(["déjà vu", "Straße über Köln", "señor"]).encode("cp1252"), "cp1252"


def oddities():
    """Bytes that are exact or nothing, by name."""
    dice = random.Random(1)
    yield "empty", b""
    yield from ((f"only-{name}", end) for name, end in (("lf", b"\n"), ("cr", b"\r"), ("crlf", b"\r\n")))
    yield from ((f"ends-{n}", b"\r\n\r\r\n\n"[:n]) for n in range(2, 7))
    yield "mixed-ends", b"one\r\ntwo\nthree\rfour\r\r\nfive\n\rsix"
    yield from ((f"marks-only-{name}", bom) for name, bom in MARKED.items())
    yield from ((f"byte-{byte:02x}", bytes([byte])) for byte in (0, 9, 0x0B, 0x0C, 0x1A, 0x7F, 0x80, 0xC3, 0xFE, 0xFF))
    yield from ((f"cut-utf-8-{n}", "ж€😀".encode()[:-n]) for n in range(1, 8))
    yield from ((f"headless-utf-8-{n}", "😀 и дальше\nвторая\n".encode()[n:]) for n in range(1, 4))
    yield "invalid-inside", b"good \xff\xfe bad \xc3( line\nnext \xed\xa0\x80 one\n"
    yield "surrogates-utf-8", b"\xed\xa0\xbd\xed\xb8\x80\n"
    yield "overlong", b"\xc0\xaf\xe0\x80\xaf\n"
    yield "nul-inside", b"a\x00b\nc\n"
    yield "nuls", bytes(1000)
    yield "controls", bytes(range(32)) * 9
    yield "all-bytes", bytes(range(256)) * 5
    yield "separators", "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg\n".encode()
    yield from (
        (f"gurmukhi-{order}", "\u0a0a\u0d0d\u0a0d\u0d0a\na\u0a0a".encode(f"utf-16-{order}")) for order in ("le", "be")
    )
    yield from (
        (f"gurmukhi-marked-{order}", bom + "\u0a0a\u0d0a\r\nplain\u0a0a\n".encode(f"utf-16-{order}"))
        for order, bom in (("le", codecs.BOM_UTF16_LE), ("be", codecs.BOM_UTF16_BE))
    )
    yield "utf-16-odd", codecs.BOM_UTF16_LE + "odd\nend".encode("utf-16-le") + b"\x0a"
    yield "utf-16-lone", codecs.BOM_UTF16_LE + struct.pack("<HHHH", 0xD83D, 0x0A, 0xDE00, 0x61)
    yield "utf-16-lone-be", codecs.BOM_UTF16_BE + struct.pack(">HHHH", 0xD83D, 0x0A, 0xDE00, 0x61)
    yield "utf-32-too-high", codecs.BOM_UTF32_LE + struct.pack("<III", 0x61, 0x0A, 0x7FFFFFFF)
    yield "utf-32-cut", codecs.BOM_UTF32_LE + "cut\nhere".encode("utf-32-le")[:-3]
    yield "two-marks", codecs.BOM_UTF8 * 2 + b"x\n"
    yield "mark-inside", b"x\n" + codecs.BOM_UTF8 + b"y\n"
    yield "shift-jis", "日本語のテキスト\n二行目\n".encode("shift_jis")
    yield "gb18030", "中文文本\n第二行\n".encode("gb18030")
    yield "ebcdic", "HELLO\nWORLD\n".encode("cp500")
    yield "png", b"\x89PNG\r\n\x1a\n" + dice.randbytes(3000)
    yield "zip", b"PK\x03\x04" + dice.randbytes(3000)
    yield "pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + dice.randbytes(3000)
    yield "elf", b"\x7fELF" + dice.randbytes(3000)
    yield "deflated", zlib.compress(b"text " * 1000)
    yield from ((f"random-{size}", dice.randbytes(size)) for size in (1, 2, 3, 4, 5, 7, 100, 4095, 4096, 4097, 400_000))
    yield from large(dice)


def large(dice):
    """What does not fit one segment: every way a cut could tear something."""
    yield "newlines-many", b"\n" * 500_000
    yield "crlf-many", b"\r\n" * 250_001
    yield "cr-many", b"\r" * 400_001
    yield "one-line", b"x" * 700_001
    yield "one-line-utf-8", "ж€😀".encode() * 60_000
    yield "one-line-utf-16", codecs.BOM_UTF16_LE + "😀".encode("utf-16-le") * 120_000
    for size in (114_688, 180_224):  # the least and the most a segment holds
        for off in (-2, -1, 0, 1, 2):
            yield f"crlf-at-{size}{off:+}", b"x" * (size + off) + b"\r\n" + b"y" * 90_000
        yield (
            f"wide-crlf-at-{size}",
            codecs.BOM_UTF16_BE + ("x" * (size // 2 - 2) + "\r\n" + "y" * 90_000).encode("utf-16-be"),
        )
    yield "lines-cr", b"\r".join(b"%d" % n for n in range(120_000))
    yield "lines-mixed", b"".join(b"line %d%s" % (n, dice.choice([b"\n", b"\r", b"\r\n"])) for n in range(60_000))
    yield "long-and-short", b"\n".join(b"z" * dice.choice([0, 1, 90, 250_000]) for _ in range(9))
    yield "utf-16-lines", "".join(f"строка {n}\r\n" for n in range(40_000)).encode("utf-16-le")
    yield "utf-32-lines", codecs.BOM_UTF32_BE + "".join(f"строка {n}\n" for n in range(20_000)).encode("utf-32-be")
    yield "late-cp1251", b"plain ascii line\n" * 20_000 + "потом по-русски\n".encode("cp1251") * 4_000
    yield "late-invalid", "вполне обычный текст\n".encode() * 12_000 + b"\xff\xfe\xfd\n" + b"more\n"
    yield "text-then-binary", b"#!/bin/sh\n" * 9_000 + dice.randbytes(200_000)
