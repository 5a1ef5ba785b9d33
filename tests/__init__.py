"""Everything that is claimed, shown."""
