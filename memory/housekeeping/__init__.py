"""Housekeeping of the memory: summaries of original lines, what rose by use, what nearly repeats something else."""
