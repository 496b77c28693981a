"""From a long dialogue or document to what it decided: requirements, contradictions, dependencies and a draft.

`draft.blueprint_of` is the door. All of it works without a model, reads no files and writes none.
"""
