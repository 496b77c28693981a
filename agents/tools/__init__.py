"""What agents may reach outside: the web, through one door, reading only."""
