"""Search engines, one small class each behind one protocol.

They are written here instead of taken from a search library, because every byte has to pass the one door (its guard,
its caps, its pace) and because their addresses are data a person may change.
"""
