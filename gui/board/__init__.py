"""What the drawer's first page shows: systems, tasks, events, the paranoid tester and what was spent."""
