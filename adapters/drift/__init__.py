"""Watching what vendors publish: pins of what it was, and checks of what it is."""
