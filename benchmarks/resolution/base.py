"""``python -m benchmarks.resolution.base DIR…``: make the base of the resolver's model from labelled sets.

What is written are numbers alone: how questions compared with their candidates, and hashes of a few names by which a
set is known again. All questions of a set are used, since no set is judged with what was learnt from it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from adapters.matching import base, learning, storage
from adapters.matching.base import Source
from adapters.matching.index import Index
from adapters.matching.learning import Lesson
from benchmarks.resolution import rows, site
from domain.identifiers import SupplierId

_QUESTIONS = 2000
"""Questions of one set, at most: a greater set does not count more."""
_OUT = Path(base.__file__).parent / "base.npz"


def main(folders: list[str]) -> int:
    """Read the sets, write the base."""
    if not folders:
        raise SystemExit("name the folders of the labelled sets")
    sources = []
    for folder in folders:
        index, lessons = _read(Path(folder))
        table, right = learning.base_rows(index, lessons)
        sources.append(Source(np.round(table, 3), right, base.sample(index)))
        sys.stderr.write(f"{folder}: {len(right)} pairs of {len(lessons)} questions\n")
    cold = learning.cold(sources)
    storage.save(_OUT, base.written(sources, cold))
    _OUT.chmod(0o644)
    sys.stderr.write(f"{_OUT}: {_OUT.stat().st_size // 1024} kB\n")
    return 0


def _read(folder: Path) -> tuple[Index[SupplierId], list[Lesson[SupplierId]]]:
    questions = rows.questions(folder)
    index = Index.of(site.records(rows.master(folder), questions))
    drawn = np.random.default_rng(0).permutation(len(questions))[:_QUESTIONS]
    asked = [questions[int(number)] for number in sorted(drawn)]
    return index, learning.lessons(index, [(site.mention(one), site.truth(one)) for one in asked])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
