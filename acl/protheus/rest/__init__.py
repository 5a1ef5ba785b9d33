"""Protheus's tables as its REST framework hands them out: trimmed, in small letters, and read by the same mappings."""
