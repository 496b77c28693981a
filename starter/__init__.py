"""Sets MultiCoder up on a machine that has a Python and perhaps nothing else; standard library only."""
