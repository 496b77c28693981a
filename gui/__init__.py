"""The window: Qt Quick on top, view models below, and one door to the engine. Of ours it knows `core` alone."""
