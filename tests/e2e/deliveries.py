"""What a delivery must be: a file, and an evidence folder that proves it."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from pathlib import Path

EVIDENCE = {"report.json", "report.md", "sbom.cdx.json", "SHA256SUMS"}


def result_of(finished):
    """The result object of a `run --json`."""
    return next(item for item in finished.objects if item["name"] == "run.result")


def names_of(finished):
    """The names of the events of a `run --json`, in order."""
    return [item["name"] for item in finished.objects]


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def check_delivery(artifact, *, picture):
    """The artifact is there and its evidence is complete and true; return the report."""
    artifact = Path(artifact)
    evidence = artifact.with_name(f"{artifact.name}-evidence")
    names = {file.name for file in evidence.iterdir()}
    assert names >= EVIDENCE | ({"screenshot.png"} if picture else set())
    sums = dict(reversed(line.split("  ")) for line in (evidence / "SHA256SUMS").read_text("utf-8").splitlines())
    assert set(sums) == {f"../{artifact.name}"} | names - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert sha256(evidence / name) == digest, name
    assert json.loads((evidence / "sbom.cdx.json").read_text("utf-8"))["bomFormat"] == "CycloneDX"
    if picture:
        assert colours(evidence / "screenshot.png") > 8
    return json.loads((evidence / "report.json").read_text("utf-8"))


def colours(png):
    """Count the different pixels of a picture, after checking every chunk of it."""
    data = png.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    place, pixels, header = 8, b"", b""
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", data[place + 8 + length : place + 12 + length])[0]
        header = body if kind == b"IHDR" else header
        pixels += body if kind == b"IDAT" else b""
        place += 12 + length
    width, height, depth, colour_type = struct.unpack(">IIBB", header[:10])
    assert (depth, colour_type) in {(8, 2), (8, 6)}
    size = 3 if colour_type == 2 else 4
    rows = zlib.decompress(pixels)
    assert len(rows) == height * (1 + width * size)
    return len({rows[place : place + size] for place in range(1, len(rows) - size, size)})
