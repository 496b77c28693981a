"""Documents kept byte for byte in `documents.db`: the truth about everything that was imported or made."""

from memory.documents.documents import APPLICATION_ID, FILE, SCHEMA_FOLDER, SqliteDocuments

__all__ = ["APPLICATION_ID", "FILE", "SCHEMA_FOLDER", "SqliteDocuments"]
