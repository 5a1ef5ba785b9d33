"""Letting actions go, one step at a time, from evidence; and taking them back at once."""
