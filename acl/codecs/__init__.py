"""Codecs for the notions that more than one vendor has; a vendor's own ones stand in its package."""
