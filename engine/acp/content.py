"""What a prompt is made of: the blocks of the protocol as text and attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.errors import InputError
from engine.attachments import Attachment, from_base64, from_uri

if TYPE_CHECKING:
    from collections.abc import Sequence


def read_prompt(blocks: Sequence[Any]) -> tuple[str, list[Attachment]]:
    """The words and the attachments of a prompt; InputError for what cannot be used."""
    texts: list[str] = []
    attached: list[Attachment] = []
    for block in blocks:
        if block.type == "text":
            texts.append(block.text)
        elif block.type == "resource_link":
            attached.append(from_uri(block.uri, block.name))
        elif block.type == "resource":
            attached.append(_embedded(block.resource))
        elif block.type == "image":
            name = (block.uri or "").rpartition("/")[2] or f"image.{block.mime_type.rpartition('/')[2]}"
            attached.append(from_base64(name, block.data, block.mime_type))
        else:
            raise InputError("content-not-supported", kind=str(block.type))
    return "\n".join(texts), attached


def _embedded(resource: Any) -> Attachment:
    name = resource.uri.rpartition("/")[2] or resource.uri
    text = getattr(resource, "text", None)
    if isinstance(text, str):
        return Attachment(name, resource.uri, data=text.encode("utf-8", "surrogatepass"), mime=resource.mime_type or "")
    return from_base64(name, resource.blob, resource.mime_type or "")
