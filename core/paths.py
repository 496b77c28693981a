"""Where everything of one person lives: one data folder, never inside the folder the program is installed in."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME_VARIABLE: Final = "MULTICODER_HOME"
_PRIVATE_FOLDER: Final = 0o700


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder and the place of each thing in it."""

    root: Path

    @property
    def database(self) -> Path:
        """The archive: projects, messages, runs, versions."""
        return self.root / "multicoder.db"

    @property
    def checkpoints(self) -> Path:
        """Positions of all runs."""
        return self.root / "checkpoints.db"

    @property
    def ledger(self) -> Path:
        """Effects done once."""
        return self.root / "ledger.db"

    @property
    def journal(self) -> Path:
        """What happened."""
        return self.root / "journal.db"

    @property
    def journal_archive(self) -> Path:
        """Older events, moved out of the journal as whole compressed segments."""
        return self.root / "journal"

    @property
    def tasks(self) -> Path:
        """What the task manager was asked to do."""
        return self.root / "tasks.db"

    @property
    def backups(self) -> Path:
        """Copies of the databases, made on a schedule and before every migration."""
        return self.root / "backups"

    @property
    def damaged(self) -> Path:
        """Databases that were found damaged, kept as they were."""
        return self.root / "damaged"

    @property
    def reports(self) -> Path:
        """Reports written by themselves, on schedule or after a critical event."""
        return self.root / "reports"

    @property
    def engine(self) -> Path:
        """Where the engine that works here can be reached."""
        return self.root / "engine.json"

    @property
    def health(self) -> Path:
        """What the health board of the engine last saw, for other processes."""
        return self.root / "health.json"

    @property
    def log(self) -> Path:
        """The readable log; older ones stand beside it."""
        return self.root / "logs" / "multicoder.log"

    @property
    def projects(self) -> Path:
        """One git repository per project."""
        return self.root / "projects"

    @property
    def builds(self) -> Path:
        """Scratch folders of builds."""
        return self.root / "builds"

    @property
    def toolchain(self) -> Path:
        """The Python for generated programs, where a frozen program unpacks the one it brings."""
        return self.root / "toolchain"

    @property
    def runs(self) -> Path:
        """Mailboxes of running runs."""
        return self.root / "runs"

    @property
    def providers(self) -> Path:
        """The provider registry, without keys."""
        return self.root / "providers.toml"

    @property
    def settings(self) -> Path:
        """The person's wishes."""
        return self.root / "settings.toml"

    @property
    def lock(self) -> Path:
        """Held by the one MultiCoder that works here."""
        return self.root / "multicoder.lock"

    def prepare(self) -> None:
        """Make the folders, readable by their owner only, and prove by writing that they can be used.

        An existing data folder keeps its own permissions: it may be a shared one the person chose on purpose.
        """
        try:
            inside = self.root.resolve().is_relative_to(install_folder())
        except (OSError, RuntimeError) as error:  # a loop of links
            raise StorageError("home-missing", path=str(self.root), detail=str(error)) from error
        if inside:
            raise StorageError("home-in-install", path=str(self.root))
        try:
            for folder in (self.root, self.log.parent, self.projects, self.builds, self.runs):
                folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError("home-missing", path=str(self.root), detail=_reason(error)) from error
        try:
            for folder in (self.root, self.log.parent, self.projects, self.builds, self.runs):
                _probe(folder)
        except OSError as error:
            raise StorageError("home-unwritable", path=str(self.root), detail=_reason(error)) from error


def home(explicit: Path | None = None, environ: Mapping[str, str] | None = None) -> Home:
    """Find the data folder: `--home`, else MULTICODER_HOME, else the system's place for a person's data."""
    if environ is None:
        environ = os.environ
    if explicit is None and environ.get(HOME_VARIABLE):
        explicit = Path(environ[HOME_VARIABLE])
    if explicit is None:
        import platformdirs  # noqa: PLC0415 - only when nothing was said

        explicit = Path(platformdirs.user_data_dir("MultiCoder", appauthor=False))
    try:
        expanded = explicit.expanduser()
    except RuntimeError as error:  # ~ of somebody this system does not know
        raise StorageError("home-missing", path=str(explicit), detail=str(error).rstrip(".")) from error
    return Home(Path(os.path.abspath(expanded)))  # noqa: PTH100 - resolve() would follow a linked home


def frozen() -> bool:
    """Whether this is the program that was frozen into a folder, with an interpreter of its own."""
    return bool(getattr(sys, "frozen", False))


def install_folder() -> Path:
    """Return the folder the running program was installed or unpacked in."""
    if frozen():
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """Return a file that comes with the program and is no part of its packages; a frozen one keeps it with its data."""
    return Path(getattr(sys, "_MEIPASS", install_folder())) / name


def _probe(folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"probe")
        file.flush()


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
