"""A zip that runs after unpacking: the project, launcher scripts and the guide; a lone page stays an .html file."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from builders.targets.launchers import launchers
from builders.targets.layout import Built, fresh_folder, program_files, write_files, write_zip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.ports import BuildOrder


async def build_zip(order: BuildOrder) -> Built:
    """Build the zip (or the single page) of `order`; equal projects give equal bytes."""
    return await asyncio.to_thread(_build, order)


def with_guide(order: BuildOrder, files: Mapping[str, str], extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Add `extra`, the guide and a Python program's requirements to `files`; the project's own files win."""
    own = {path.casefold() for path in files}
    added = dict(extra or {})
    guide = order.packaging["guide"].strip()
    if guide:
        added["GUIDE.md" if "readme.md" in own else "README.md"] = guide + "\n"
    if order.plan["language"] == "python" and order.plan["dependencies"]:
        added["requirements.txt"] = "\n".join(sorted(order.plan["dependencies"])) + "\n"
    return {path: text for path, text in added.items() if path.casefold() not in own} | dict(files)


def _build(order: BuildOrder) -> Built:
    folder = fresh_folder(order.folder / "artifact")
    slug = order.plan["slug"]
    files = program_files(order.files)
    if len(files) == 1 and next(iter(files)).endswith((".html", ".htm")):
        write_files({f"{slug}.html": next(iter(files.values()))}, folder)
        return Built(folder / f"{slug}.html", (), "One page without other files: delivered as it is.")
    archive = folder / f"{slug}.zip"
    write_zip(archive, slug, with_guide(order, files, launchers(order.plan)), frozenset({"run.sh"}))
    return Built(archive, (), f"Zip of {len(files)} files with launchers and guide.")
