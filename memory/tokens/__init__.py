"""Tokens are counted with a table that is shipped, so that a budget means the same without any network."""
