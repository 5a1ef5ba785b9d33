"""``dragoman contract``: what is published, whether it is kept, and in which forms others can read it."""
