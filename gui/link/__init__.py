"""The one door to the engine: a relay process, messages as lines, errors as words."""
