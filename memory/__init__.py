"""The lossless archive."""
