"""uv, the tool that makes environments: where it lies, and what it is told of this computer."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from builders.runner.tools import run_tool
from core.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PIP_TO_UV: Final = {
    "PIP_INDEX_URL": "UV_DEFAULT_INDEX",
    "PIP_EXTRA_INDEX_URL": "UV_INDEX",
    "PIP_FIND_LINKS": "UV_FIND_LINKS",
    "PIP_CERT": "SSL_CERT_FILE",
}
"""uv does not read pip's configuration."""

_SECONDS: Final = 900.0
_TAIL: Final = 2000


@dataclass(frozen=True, slots=True)
class Uv:
    """Runs uv as the machine is set up for pip or uv."""

    environ: Mapping[str, str]
    shipped: Path
    """The folder where a frozen program keeps its own."""
    cache: Path | None = None
    """Where packages are kept for later environments; uv's own place when it is None."""

    def place(self) -> str | None:
        """Find uv: shipped with the program, else beside our interpreter, where the wheel puts it, else on the PATH."""
        places = (str(self.shipped), str(Path(sys.executable).parent), self.environ.get("PATH", ""))
        return shutil.which("uv", path=os.pathsep.join(places))

    async def run(self, *arguments: str, cwd: Path, env: Mapping[str, str] | None = None) -> str:
        """Run uv and return what it printed.

        ConfigurationError `toolchain-no-uv` when there is none, `toolchain-failed` with its words when it could not.
        """
        uv = self.place()
        if not uv:
            raise ConfigurationError("toolchain-no-uv")
        result = await run_tool(
            (uv, "--no-config", "--no-progress", "--color", "never", *arguments),
            cwd=cwd,
            env=self._environment() | dict(env or {}),
            seconds=_SECONDS,
            output_kb=256,
        )
        if not result.ok:
            said = (result.stderr or result.stdout).strip()[-_TAIL:]
            raise ConfigurationError("toolchain-failed", detail=said or f"uv: {result.ending} {result.exit_code}")
        return result.stdout.strip()

    def _environment(self) -> dict[str, str]:
        """Where packages come from and where they are kept; what the machine says goes before what we would."""
        ours = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
        if self.cache is not None:
            ours["UV_CACHE_DIR"] = str(self.cache)
        given = {_PIP_TO_UV[name]: value for name, value in self.environ.items() if name in _PIP_TO_UV}
        return ours | given | {name: value for name, value in self.environ.items() if name.startswith("UV_")}
