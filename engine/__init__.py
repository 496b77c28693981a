"""Bootstrap, command line, run driver, journal."""
