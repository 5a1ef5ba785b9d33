"""``python -m benchmarks NAME [--json]``: run one benchmark and show its ratios."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module

BENCHMARKS = {"reader": "the generated reader of Protheus order lines beside what is written by hand, and libraries"}


def main() -> int:
    """Parse what was typed, run the benchmark, print its result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed as ratios, taken in one run.")
    parser.add_argument("name", choices=sorted(BENCHMARKS), help="; ".join(f"{k}: {v}" for k, v in BENCHMARKS.items()))
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--rows", type=_count, default=20_000, help="records in each round (default 20000)")
    parser.add_argument("--kept", type=_count, default=200_000, help="records kept at once (default 200000)")
    parser.add_argument("--rounds", type=_count, default=15, help="rounds, each with all variants (default 15)")
    asked = parser.parse_args()
    run = import_module(f"benchmarks.{asked.name}.run")
    result = run.measure(rows=asked.rows, kept=asked.kept, rounds=asked.rounds, told=lambda line: _tell(line))
    print(json.dumps(result, indent=None if asked.json else 2) if asked.json else run.table(result))
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
