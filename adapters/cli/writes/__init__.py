"""The commands for those who answer for writes: who approve, operate and audit."""
