"""Spoiling one thing about an honest port, so that a law can be seen to notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic

from attrs import evolve, frozen

from contracts.laws.subject import K, Q, Subject, T
from ports.reads import Page, Reads


@frozen
class Meddled(Reads[K, Q, T], Generic[K, Q, T]):
    """An honest port but for the methods that are given."""

    honest: Reads[K, Q, T]
    instead_of_get: Callable[[K], T] | None
    instead_of_find: Callable[[Q], Iterator[T]] | None
    instead_of_page: Callable[[Q, int], Page[T]] | None

    def get(self, key: K) -> T:
        return self.honest.get(key) if self.instead_of_get is None else self.instead_of_get(key)

    def find(self, query: Q) -> Iterator[T]:
        return self.honest.find(query) if self.instead_of_find is None else self.instead_of_find(query)

    def page(self, query: Q, *, size: int = 50) -> Page[T]:
        return super().page(query, size=size) if self.instead_of_page is None else self.instead_of_page(query, size)


@frozen
class Saboteur(Generic[K, Q, T]):
    """What breaks one *law*, and the words by which the law must tell of it."""

    law: str
    spoil: Callable[[Subject[K, Q, T]], Subject[K, Q, T]]
    told: str

    def __str__(self) -> str:
        return f"{self.law}-{self.spoil.__name__}"


def getting(subject: Subject[K, Q, T], get: Callable[[K], T]) -> Subject[K, Q, T]:
    """Answer `get` by *get*."""
    return evolve(subject, port=Meddled(subject.port, get, None, None))


def finding(subject: Subject[K, Q, T], find: Callable[[Q], Iterator[T]]) -> Subject[K, Q, T]:
    """Answer `find`, and so `page`, by *find*."""
    return evolve(subject, port=Meddled(subject.port, None, find, None))


def paging(subject: Subject[K, Q, T], page: Callable[[Q, int], Page[T]]) -> Subject[K, Q, T]:
    """Answer `page` by *page*."""
    return evolve(subject, port=Meddled(subject.port, None, None, page))


def changing(subject: Subject[K, Q, T], change: Callable[[T], T]) -> Subject[K, Q, T]:
    """Give every record as *change* leaves it, by `find` and by `get` alike."""
    honest = subject.port
    port = Meddled(honest, lambda key: change(honest.get(key)), lambda query: map(change, honest.find(query)), None)
    return evolve(subject, port=port)
