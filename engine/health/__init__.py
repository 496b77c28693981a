"""The board of all systems: probes that exercise the real thing, and what they found."""
