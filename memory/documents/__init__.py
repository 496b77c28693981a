"""Documents kept byte for byte in `documents.db`: the truth about everything that was imported or made."""

from memory.documents.documents import APPLICATION_ID, FILE, SCHEMA_FOLDER, SqliteDocuments
from memory.documents.salvage import Salvaged, salvage
from memory.documents.scrub import Scrubbed, damaged_records

__all__ = [
    "APPLICATION_ID",
    "FILE",
    "SCHEMA_FOLDER",
    "Salvaged",
    "Scrubbed",
    "SqliteDocuments",
    "damaged_records",
    "salvage",
]
