"""``python -m benchmarks NAME [--json]``: run one benchmark and show its ratios."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module

BENCHMARKS: dict[str, tuple[str, dict[str, tuple[int | str, str]]]] = {
    "reader": (
        "the generated reader of Protheus order lines beside what is written by hand, and libraries",
        {
            "rows": (20_000, "records in each round"),
            "kept": (200_000, "records kept at once"),
            "rounds": (15, "rounds, each with all variants"),
        },
    ),
    "governed-write": (
        "intent and outcome in the ledger, audited, beside one bare durable commit",
        {
            "writes": (20, "writes of each kind in a round"),
            "rounds": (25, "rounds"),
            "postgresql": ("postgresql://root@127.0.0.1/postgres", "a server on which a database may be made"),
        },
    ),
}
"""What each is about, and its options with what they are by default."""


def main() -> int:
    """Parse what was typed, run the benchmark, print its result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed as ratios, taken in one run.")
    names = parser.add_subparsers(dest="name", required=True, metavar="NAME")
    for name, (about, options) in BENCHMARKS.items():
        one = names.add_parser(name, help=about, description=about)
        one.add_argument("--json", action="store_true", help="print the result as JSON")
        for option, (default, told) in options.items():
            kind = _count if isinstance(default, int) else str
            one.add_argument(f"--{option}", type=kind, default=default, help=f"{told} (default {default})")
    asked = vars(parser.parse_args())
    name, as_json = asked.pop("name"), asked.pop("json")
    run = import_module(f"benchmarks.{name.replace('-', '_')}.run")
    result = run.measure(**asked, told=_tell)
    print(json.dumps(result) if as_json else run.table(result))
    return 0


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a number of at least one")
    return number


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
