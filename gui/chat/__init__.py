"""Chats: the list of them, and the conversation that is open."""
