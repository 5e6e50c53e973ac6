"""`make bench`: how fast the registry is, each time beside the least the same machine could need for it."""
