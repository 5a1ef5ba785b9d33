"""How long a question takes and how much memory an index needs, in a process of its own.

A master is blown up by mixing its own words: the first half of one record's name, the second of another's. So words are
as frequent as they are in life, and most names are new.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from adapters.matching import model as models
from adapters.matching import storage
from adapters.matching.index import Index
from adapters.matching.model import Model
from adapters.matching.ranking import Ranker
from benchmarks.resolution import site
from benchmarks.resolution.rows import MasterRow, QuestionRow
from domain.identifiers import SupplierId
from domain.matching import MasterRecord
from domain.mentions import Mention

_QUESTIONS = 400
_SEED = 1


def measured(
    master: Sequence[MasterRow], questions: Sequence[QuestionRow], model: Model, size: int
) -> dict[str, object]:
    """Give p50 and p99 of a question in ms, seconds to build the index, and MB that it has added to the process."""
    drawn = random.Random(_SEED).sample(list(questions), min(_QUESTIONS, len(questions)))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "task.npz"
        asked = json.dumps([[row.qid, row.name, dict(row.columns)] for row in drawn])
        held = storage.packed(list(blown_up(site.records(master, questions), size)))
        told = np.frombuffer(asked.encode("utf-8", "surrogatepass"), np.uint8)
        storage.save(path, {**models.written(model), "records": held, "asked": told})
        command = [sys.executable, "-m", "benchmarks.resolution.speed", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- this very program
    if done.returncode != 0:
        raise SystemExit(f"the process that was to be timed broke: {done.stderr[-300:]}")
    figures: dict[str, object] = json.loads(done.stdout)
    return figures


def blown_up(records: Sequence[MasterRecord[SupplierId]], size: int) -> Iterator[MasterRecord[SupplierId]]:
    """Give *records*, and as many mixtures of them as make *size*."""
    yield from records
    draw = random.Random(_SEED)
    for number in range(size - len(records)):
        one, other, facts = draw.choice(records), draw.choice(records), draw.choice(records)
        names = tuple(_mixed(name, draw.choice(other.names)) for name in one.names)
        yield MasterRecord(id=SupplierId(f"mixed {number}"), names=names, facts=facts.facts, nature=one.nature)


def _mixed(one: str, other: str) -> str:
    words, others = one.split(), other.split()
    return " ".join(words[: (len(words) + 1) // 2] + others[len(others) // 2 :]) or one


def _timed(path: Path) -> dict[str, float]:
    arrays = storage.load(path)
    model = models.read(arrays)
    asked = [
        site.mention(QuestionRow(qid, name, columns, None, False, False))
        for qid, name, columns in json.loads(arrays["asked"].astype(np.uint8).tobytes())
    ]
    Ranker(Index.of(list[MasterRecord[SupplierId]]()), model).rank(asked[0])  # what is loaded once, whatever the master
    before = _resident()
    records = storage.unpacked(SupplierId, arrays["records"])
    begun = perf_counter()
    ranker = Ranker(Index.of(records), model)
    build = perf_counter() - begun
    took = sorted(_took(ranker, one) for one in asked)
    return {
        "p50_ms": 1000 * took[len(took) // 2],
        "p99_ms": 1000 * took[int(len(took) * 0.99)],
        "build_s": build,
        "mb": (_resident() - before) / 1e6,
        "records": len(records),
    }


def _took(ranker: Ranker[SupplierId], mention: Mention[SupplierId]) -> float:
    begun = perf_counter()
    ranker.rank(mention)
    return perf_counter() - begun


def _resident() -> int:
    """Give the bytes of memory that this process holds, where the system tells (Linux); 0 elsewhere."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text("ascii").split()[1]) * 4096 if statm.exists() else 0


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_timed(Path(sys.argv[1]))))
