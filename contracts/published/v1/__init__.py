"""The first version of what leaves the house; it only grows."""
