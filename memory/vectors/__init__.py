"""Lane 2 of recall: passages by closeness of meaning. A cache: whatever is lost here is made again from lane 1."""
