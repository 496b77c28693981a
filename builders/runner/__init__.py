"""The one launch path for generated code."""
