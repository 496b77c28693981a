"""The program as source: one .py when it is one file, otherwise a zip with its tests."""

from __future__ import annotations

import asyncio
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from builders.targets.archive_zip import with_guide
from builders.targets.layout import Built, fresh_folder, program_files, write_files, write_zip

if TYPE_CHECKING:
    from core.ports import BuildOrder


async def build_source(order: BuildOrder) -> Built:
    """Build the source artifact of `order`; equal projects give equal bytes."""
    return await asyncio.to_thread(_build, order)


def _build(order: BuildOrder) -> Built:
    folder = fresh_folder(order.folder / "artifact")
    slug = order.plan["slug"]
    program = program_files(order.files)
    if len(program) == 1 and (path := PurePosixPath(next(iter(program)))).suffix == ".py":
        # A library is imported by the name its files and tests know it by.
        name = path.name if order.plan["kind"] == "library" else f"{slug}.py"
        write_files({name: program[str(path)]}, folder)
        return Built(folder / name, (), "One source file: delivered as it is.")
    archive = folder / f"{slug}.zip"
    write_zip(archive, slug, with_guide(order, order.files))
    return Built(archive, (), f"Source zip of {len(order.files)} files.")
