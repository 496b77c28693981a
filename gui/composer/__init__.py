"""Where a message is written: its text, what is attached to it, and what of both outlives the window."""
