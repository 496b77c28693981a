"""One module per node; nodes do no I/O of their own, they ask the ports in their context."""
