"""What is said of a file when it is kept: one way for everything that comes from outside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.memory import DocumentNote
from memory.ingest.forms import rule_of
from memory.ingest.speaking import SAMPLE_BYTES, decoded_sample, looks_spoken

if TYPE_CHECKING:
    from core.memory import Document

_TEXT_ENDING: Final = ".txt"


def note_for(
    name: str,
    beginning: bytes,
    *,
    origin: str,
    project: str = "",
    session: str = "",
    run: str = "",
    speakers: bool | None = None,
) -> DocumentNote:
    """Return the note of a file; `beginning` are its first bytes.

    Whether it is a conversation is seen from them, unless `speakers` says so. Nobody answers for what it says.
    """
    rule = rule_of(name)
    spoken = False
    if rule.form == "text" and rule.kind == "docs":
        spoken = looks_spoken(decoded_sample(beginning[:SAMPLE_BYTES])) if speakers is None else speakers
    return DocumentNote(
        name=name,
        kind="dialogue" if spoken else rule.kind,
        trust="foreign",
        project=project,
        session=session,
        run=run,
        origin=origin,
        speakers=spoken,
        indexed=rule.form == "text",
    )


def text_note(original: Document) -> DocumentNote:
    """Return the note of the text that was taken out of a document."""
    name, origin = f"{original.note.name}{_TEXT_ENDING}", f"{original.document}#text"
    return replace(original.note, name=name, origin=origin, indexed=True)
