"""Where the rows of a conversation stand: heights, reading position, and which rows exist as items at the moment."""
