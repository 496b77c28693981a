"""The memory in the window: its page, the search over everything, and the lines an answer cites."""
