"""The team: roles with their prompts, and the providers that answer for them."""
