"""How much may be attached, in one place; the engine has limits of its own and refuses what is beyond them."""

from __future__ import annotations

from typing import Final

FILE_MB: Final = 50
FILE_BYTES: Final = FILE_MB * 1024 * 1024
"""Exactly this much is accepted, one byte more is not."""
FOLDER_MB: Final = 200
FOLDER_BYTES: Final = FOLDER_MB * 1_000_000
FOLDER_FILES: Final = 5_000
SKIPPED_FOLDERS: Final = frozenset({".git", "node_modules", "__pycache__", ".venv"})
"""What the engine leaves out of a folder as well: it is made anew from the rest."""
MOST_ATTACHED: Final = 20
LONG_PASTE: Final = 5_000
"""Characters; a longer paste becomes a text file."""
LONGEST_MESSAGE: Final = 200_000
"""Characters the engine takes as one message."""
