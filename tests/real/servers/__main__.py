"""``python -m tests.real.servers``: builds ahead what ``tests/real`` would build itself when it is first needed.

It needs no package of Python, and may run beside the tests, which wait for what is not ready.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import monotonic

from tests.real.servers import programs, tryton
from tests.real.servers.cache import BuildFailed

POSTGRESQL = "postgresql://root@127.0.0.1"


def main() -> int:
    """Build everything, the slowest first; give 1 if something could not be built, after saying what."""
    steps: dict[str, Callable[[], object]] = {
        "Tryton on PostgreSQL": partial(tryton.postgresql_dump, POSTGRESQL),
        "Tryton on SQLite": tryton.sqlite_file,
        "Prism": programs.prism,
        "PHP": programs.php,
    }
    with ThreadPoolExecutor(2) as pool:
        return max(pool.map(_told, steps, steps.values()))


def _told(name: str, build: Callable[[], object]) -> int:
    begun = monotonic()
    try:
        build()
    except BuildFailed as failure:
        print(f"{name}: {failure}", file=sys.stderr, flush=True)
        return 1
    print(f"{name}: ready after {monotonic() - begun:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
