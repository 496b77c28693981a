"""Backups of the databases and the way back to the newest good one."""
