"""Reading what models answer: whole files and edits out of prose, structured answers out of sloppy JSON."""
