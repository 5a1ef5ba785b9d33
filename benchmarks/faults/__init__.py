"""Proof by breaking: governed writes under drawn faults, and killed at every line, judged by the ERP's own books."""
