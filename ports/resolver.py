"""Turning what somebody said into the ERP's own key, or into a question."""

from __future__ import annotations

from abc import abstractmethod
from typing import Generic, Protocol, TypeVar

from attrs import field, frozen, validators

from domain.identifiers import Identifier
from domain.places import Country
from domain.resolution import Ambiguous, Resolved, Unknown
from domain.scope import Scope
from domain.tax import TaxId
from domain.text import words

T = TypeVar("T", bound=Identifier)


@frozen(kw_only=True)
class Mention(Generic[T]):
    """What was said about a record of one *kind*; what was not said is ``None``.

    *said* is the text as it was said, whatever it is: a name, a key, a number.
    """

    kind: type[T]
    said: str = field(validator=words)
    tax_id: TaxId | None = field(default=None, validator=validators.optional(validators.instance_of(TaxId)))
    city: str | None = field(default=None, validator=validators.optional(words))
    country: Country | None = field(default=None, validator=validators.optional(validators.instance_of(Country)))
    email: str | None = field(default=None, validator=validators.optional(words))


class Resolver(Protocol):
    """Knows which record is meant, or says that it does not know."""

    @abstractmethod
    def resolve(self, mention: Mention[T], scope: Scope) -> Resolved[T] | Ambiguous[T] | Unknown:
        """Give the one record that was meant, or the candidates, or nothing; never a guess.

        Raises:
            AccessDenied, Unavailable, Unintelligible, Drifted, Misconfigured, NotOffered: see `ports.errors`.
        """
