"""What-if drills: something is broken on a copy, and MultiCoder has to survive it as promised."""
