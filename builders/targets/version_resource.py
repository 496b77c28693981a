"""The version resource of a Windows executable, as PyInstaller's `--version-file` reads it."""

from __future__ import annotations


def version_resource(title: str, name: str, version: int) -> str:
    """Return the resource text; every string in it is a Python literal."""
    numbers = (version, 0, 0, 0)
    dotted = ".".join(map(str, numbers))
    strings = {
        "FileDescription": title,
        "FileVersion": dotted,
        "InternalName": name,
        "OriginalFilename": f"{name}.exe",
        "ProductName": title,
        "ProductVersion": dotted,
    }
    table = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={numbers!r}, prodvers={numbers!r}, mask=0x3f, flags=0x0, OS=0x40004,"
        " fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        "  kids=[\n"
        f"    StringFileInfo([StringTable('040904B0', [{table}])]),\n"
        "    VarFileInfo([VarStruct('Translation', [1033, 1200])]),\n"
        "  ],\n"
        ")\n"
    )
