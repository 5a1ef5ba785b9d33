"""The package's own tests are for those who install it; what they say is said here on two databases."""

from __future__ import annotations

collect_ignore = ["package"]
