"""Splink, which weighs each field by how often it agrees among matches and by chance."""
