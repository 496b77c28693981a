"""Sealed copies of the whole memory: one encrypted file, or encrypted pieces in a folder that may be synchronised."""
