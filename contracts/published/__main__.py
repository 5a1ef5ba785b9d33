"""``python -m contracts.published``: write the JSON Schemas of all contracts anew; with ``--release`` also as released.

What would break the readers of the last release is not released; it needs a version of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from contracts.published.snapshots import Kept, broken_promises, keep
from contracts.published.versions import versions


def main(arguments: Sequence[str]) -> int:
    """Write the snapshots, and give the exit code: 1 if a release would break a reader, 2 for wrong usage."""
    if arguments not in ([], ["--release"]):
        print("usage: python -m contracts.published [--release]", file=sys.stderr)
        return 2
    for version in versions():
        keep(version, Kept.NOW)
    if not arguments:
        return 0
    if promises := [told for version in versions() for told in broken_promises(version)]:
        print("\n".join(["nothing was released, for it breaks what readers rely on:", *promises]), file=sys.stderr)
        return 1
    for version in versions():
        keep(version, Kept.RELEASED)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
