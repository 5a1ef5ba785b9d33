"""The indexes and models of a site, kept in a folder and shared by the processes that read it."""

from __future__ import annotations

from collections import defaultdict
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
Place = tuple[type[Identifier], Scope]


class SiteMatching(Matching):
    """Ranks by the files of a *folder*; what another process refreshes or learns is seen at the next question.

    One thread reads what is new, which takes seconds for a great master; questions of others go on with what was known.

    *start* gives what learning starts from, which is what the package ships unless told otherwise.
    """

    def __init__(self, folder: Path, start: Callable[[], Base] = shipped) -> None:
        self.folder = folder
        self._start = start
        self._locks: defaultdict[Place, Lock] = defaultdict(Lock)
        self._known: dict[Place, tuple[tuple[Stamp, Stamp | None], Ranker[Identifier]]] = {}

    def rank(self, mention: Mention[T], scope: Scope) -> Ranking[T]:
        return self._ranker(mention.kind, scope, is_hurried=True).rank(mention)

    def refresh(self, kind: type[T], scope: Scope, records: Iterable[MasterRecord[T]]) -> Refreshed:
        now = list(records)
        old = {record.id: digest(record) for record in self._held(kind, scope)}
        new = {record.id: digest(record) for record in now}
        if new != old or not self._index_path(kind, scope).exists():  # else all who read it would index it anew
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

    def _ranker(self, kind: type[T], scope: Scope, *, is_hurried: bool = False) -> Ranker[T]:
        """Give what the files hold; whoever *is_hurried* is given what they held while another thread reads them."""
        place, stamps = (kind, scope), self._stamps(kind, scope)
        known = self._known.get(place)
        if known is not None and known[0] == stamps:
            return cast("Ranker[T]", known[1])  # what is kept under a kind is of that kind
        lock = self._locks[place]
        if known is None or not is_hurried:
            lock.acquire()
        elif not lock.acquire(blocking=False):
            return cast("Ranker[T]", known[1])
        try:
            return cast("Ranker[T]", self._read(kind, scope))
        finally:
            lock.release()

    def _read(self, kind: type[Identifier], scope: Scope) -> Ranker[Identifier]:
        stamps, known = self._stamps(kind, scope), self._known.get((kind, scope))
        if known is not None and known[0] == stamps:  # another thread was faster
            return known[1]
        same = known is not None and known[0][0] == stamps[0]
        searched = known[1].index if known is not None and same else Index.of(self._held(kind, scope))
        ranker = Ranker(searched, self._model(self._model_path(kind, scope)))
        self._known[kind, scope] = stamps, ranker
        return ranker

    def _stamps(self, kind: type[Identifier], scope: Scope) -> tuple[Stamp, Stamp | None]:
        index = _stamp(self._index_path(kind, scope))
        if index is None:
            raise NotOffered(f"no index of the {kind.__name__}s of {scope} stands; refresh it first")
        return index, _stamp(self._model_path(kind, scope))

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
