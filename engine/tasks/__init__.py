"""Background work: what was asked for, where it stands, and who may stop it."""
