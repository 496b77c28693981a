"""Lane 1 of recall: lines found by their words, from an index that is made of the archive and may be lost."""
