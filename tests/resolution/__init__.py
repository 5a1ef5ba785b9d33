"""What the resolver promises, on a master of invented people and firms."""
