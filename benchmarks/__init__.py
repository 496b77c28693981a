"""Ratios measured side by side in one run; `docs/benchmarks.md` tells what each one means and what was measured."""
