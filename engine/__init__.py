"""The engine process and its services, the doors to them, and the command line."""
