"""The indexes and models of a site, kept in a folder and shared by the processes that read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast
from urllib.parse import quote

from adapters.matching import learning, model, storage
from adapters.matching.base import Base, shipped
from adapters.matching.index import Index, digest
from adapters.matching.model import Model
from adapters.matching.proving import Memory, tried
from adapters.matching.ranking import Ranker
from domain.certificates import certify
from domain.identifiers import Identifier
from domain.matching import MasterRecord, Ranking
from domain.mentions import Mention
from domain.questions import Label
from domain.scope import Scope
from ports.errors import NotOffered
from ports.matching import Learnt, Matching, Refreshed

T = TypeVar("T", bound=Identifier)
Stamp = tuple[int, int, int]
"""What changes when a file is replaced."""


class SiteMatching(Matching):
    """Ranks by the files of a *folder*; what another process refreshes or learns is seen at the next question.

    *start* gives what learning starts from, which is what the package ships unless told otherwise.
    """

    def __init__(self, folder: Path, start: Callable[[], Base] = shipped) -> None:
        self.folder = folder
        self._start = start
        self._lock = Lock()
        self._known: dict[tuple[type[Identifier], Scope], tuple[Stamp, Stamp | None, Ranker[Identifier]]] = {}

    def rank(self, mention: Mention[T], scope: Scope) -> Ranking[T]:
        return self._ranker(mention.kind, scope).rank(mention)

    def refresh(self, kind: type[T], scope: Scope, records: Iterable[MasterRecord[T]]) -> Refreshed:
        now = list(records)
        old = {record.id: digest(record) for record in self._held(kind, scope)}
        new = {record.id: digest(record) for record in now}
        storage.save(self._index_path(kind, scope), {"records": storage.packed(now)})
        return Refreshed(
            records=len(now),
            new=len(new.keys() - old.keys()),
            changed=sum(old[key] != seen for key, seen in new.items() if key in old),
            gone=len(old.keys() - new.keys()),
        )

    def learn(self, kind: type[Identifier], scope: Scope, labels: Sequence[Label], bound: Decimal) -> Learnt:
        ranker = self._ranker(kind, scope)
        path = self._model_path(kind, scope)
        lessons = learning.lessons(ranker.index, [(label.mention, label.truth) for label in labels])
        fitted = learning.fit(ranker.index, self._start().beside(ranker.index), lessons)
        before = certify(self._memory(path).trials(ranker, labels), bound)
        trials, memory = tried(Ranker(ranker.index, fitted.model), labels, lessons, fitted.unseen)
        storage.save(path, {**model.written(fitted.model), **memory.written()})
        return Learnt(model=fitted.model.version, certificate=certify(trials, bound), before=before)

    def records(self, kind: type[T], scope: Scope) -> Sequence[MasterRecord[T]]:
        return self._ranker(kind, scope).index.records

    def _ranker(self, kind: type[T], scope: Scope) -> Ranker[T]:
        index, learnt = self._index_path(kind, scope), self._model_path(kind, scope)
        with self._lock:
            stamps = _stamp(index), _stamp(learnt)
            if stamps[0] is None:
                raise NotOffered(f"no index of the {kind.__name__}s of {scope} stands; refresh it first")
            known = self._known.get((kind, scope))
            if known is None or known[:2] != stamps:
                same = known is not None and known[0] == stamps[0]
                searched = known[2].index if known is not None and same else Index.of(self._held(kind, scope))
                ranker = Ranker(cast("Index[Identifier]", searched), self._model(learnt))
                known = self._known[kind, scope] = (stamps[0], stamps[1], ranker)
        return cast("Ranker[T]", known[2])  # what is kept under a kind is of that kind

    def _held(self, kind: type[T], scope: Scope) -> list[MasterRecord[T]]:
        path = self._index_path(kind, scope)
        if not path.exists():
            return []
        try:
            return storage.unpacked(kind, storage.load(path)["records"])
        except storage.BROKEN as error:
            raise storage.unreadable(path) from error

    def _model(self, path: Path) -> Model:
        if not path.exists():
            return self._start().cold
        try:
            return model.read(storage.load(path))
        except storage.BROKEN as error:
            raise storage.unreadable(path) from error

    def _memory(self, path: Path) -> Memory:
        if not path.exists():
            return Memory({})
        try:
            return Memory.read(storage.load(path))
        except storage.BROKEN as error:
            raise storage.unreadable(path) from error

    def _index_path(self, kind: type[Identifier], scope: Scope) -> Path:
        return self.folder / f"{_file(kind, scope)}.index.npz"

    def _model_path(self, kind: type[Identifier], scope: Scope) -> Path:
        return self.folder / f"{_file(kind, scope)}.model.npz"


def _file(kind: type[Identifier], scope: Scope) -> str:
    return "@".join(quote(part, safe="") for part in (kind.__name__, scope.company, scope.system))


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
