"""One module per kind of artifact."""
