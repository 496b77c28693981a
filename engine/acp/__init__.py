"""The engine behind the Agent Client Protocol: one door for our window and every editor."""
