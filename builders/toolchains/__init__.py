"""Interpreters and build tools that generated projects are given."""
