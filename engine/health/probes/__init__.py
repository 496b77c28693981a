"""Looks at the real thing, one function per system; each returns a `Probe`."""
