"""CoreCoordinator: the state machine from a message to a delivered program."""
