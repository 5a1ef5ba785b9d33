"""``python -m benchmarks NAME [--json]``: run one benchmark and show what it measured."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple


class Benchmark(NamedTuple):
    """What it is *about*, its *options* with what they are by default, and *more* for those who ask for help.

    What it *needs* is given without a dash, and has no default.
    """

    about: str
    options: dict[str, tuple[int | float | str | bool, str]]
    more: str = ""
    needs: tuple[tuple[str, str], ...] = ()


BENCHMARKS = {
    "reader": Benchmark(
        "the generated reader of Protheus order lines beside what is written by hand, and libraries",
        {
            "rows": (20_000, "records in each round"),
            "kept": (200_000, "records kept at once"),
            "rounds": (15, "rounds, each with all variants"),
        },
    ),
    "governed-write": Benchmark(
        "intent and outcome in the ledger, audited, beside one bare durable commit",
        {
            "writes": (20, "writes of each kind in a round"),
            "rounds": (25, "rounds"),
            "postgresql": ("postgresql://root@127.0.0.1/postgres", "a server on which a database may be made"),
        },
    ),
    "faults": Benchmark(
        "governed writes under drawn faults, judged by the ERP's own books, beside a script that retries",
        {
            "faults": (1000, "faults that must have struck on each route"),
            "seed": (1, "what everything is drawn from; the first story of a run has just this seed"),
            "system": ("all", "one route alone, as sap"),
            "ledger": ("", "the URL of a database for the ledger, in place of a new SQLite file"),
            "kills": (False, "kill -9 a worker at every line as well, and another while it recovers (minutes)"),
        },
        """
        Each story is one wish that goes the whole governed way over the real protocol and a real ledger, while the ERP
        loses answers, answers too late or nonsense, and our processes die, sleep or are overtaken by others between any
        two steps. Then the books of the ERP are compared with the ledger: duplicates (a record that we made twice),
        rewritten (a change that we wrote twice), lost (it stands in the ERP, and the ledger says that it does not),
        false_done (the ledger says done, and it does not stand there once and as asked), unsettled (nobody will ever
        look again) must all be 0; queued stories wait for a person. plain_client is what a script with retries and a
        reference, but without a look, makes of the same stories. Ends with 1 if a promise was broken, and tells the
        seed of each story that broke one: --faults 1 --seed THAT shows it again.
        """,
    ),
    "resolution": Benchmark(
        "how much the resolver answers by name, how rarely it is wrong, and how fast, beside libraries",
        {
            "bound": (0.01, "the share of all questions that may be answered wrongly"),
            "labels": (0, "how many questions of cal are known, drawn with a fixed seed; 0: all"),
            "records": (0, "blow the master up to so many records to see the speed; 0: as it is"),
            "no-peers": (False, "leave out rapidfuzz, TF-IDF and splink (minutes)"),
        },
        """
        DIR holds master.csv (id, name and facts) and queries.csv (qid, name and facts, truth, split). What is learnt
        and proved rests on the questions whose split is cal, what is shown on those of test. wrong_rate is wrong
        answers per question asked; halted_right is the share of what the master does not hold for which nothing was
        answered.
        """,
        needs=(("folder", "DIR"),),
    ),
}


def main() -> int:
    """Parse what was typed, run the benchmark, print its result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="What it costs, and what it withstands.")
    names = parser.add_subparsers(dest="name", required=True, metavar="NAME")
    for name, benchmark in BENCHMARKS.items():
        one = names.add_parser(name, help=benchmark.about, description=f"{benchmark.about}. {benchmark.more}")
        one.add_argument("--json", action="store_true", help="print the result as JSON")
        for needed, shown in benchmark.needs:
            one.add_argument(needed, metavar=shown)
        for option, (default, told) in benchmark.options.items():
            if isinstance(default, bool):
                one.add_argument(f"--{option}", action="store_true", help=told)
                continue
            kind = float if isinstance(default, float) else str if isinstance(default, str) else _number(default)
            one.add_argument(f"--{option}", type=kind, default=default, help=f"{told} (default {default or 'none'})")
    asked = vars(parser.parse_args())
    name, as_json = asked.pop("name"), asked.pop("json")
    try:
        run = import_module(f"benchmarks.{name.replace('-', '_')}.run")
    except ModuleNotFoundError as missing:
        raise SystemExit(f"{name} needs {missing.name}: pip install -e '.[test]'") from None
    result = run.measure(**asked, told=_tell)
    print(json.dumps(result) if as_json else run.table(result))
    return 1 if result.get("broken") else 0


def _number(default: int) -> Callable[[str], int]:
    """Read a whole number of at least one; 0 counts only where it is the default."""

    def number(text: str) -> int:
        given = int(text)
        if given < min(1, default):
            raise argparse.ArgumentTypeError(f"give a number of at least {min(1, default)}")
        return given

    return number


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
