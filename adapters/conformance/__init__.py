"""Opened systems under the laws of their ports."""
