"""Use cases and the governed write path."""
