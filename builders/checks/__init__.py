"""Deterministic checks of generated code: what they find is fact, not opinion."""
