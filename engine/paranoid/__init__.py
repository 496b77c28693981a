"""The paranoid tester: invariants, trends, drills, and the guard before dangerous actions."""
