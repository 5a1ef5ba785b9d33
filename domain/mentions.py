"""What was said about a record: the question that the resolver answers with a key, or does not."""

from __future__ import annotations

from enum import Enum
from typing import Generic, TypeVar

from attrs import Attribute, field, frozen, validators

from domain.errors import InvalidValue
from domain.identifiers import Identifier
from domain.text import words

T = TypeVar("T", bound=Identifier)
T_co = TypeVar("T_co", bound=Identifier, covariant=True)


_LONGEST = 2000
"""Characters; every question is kept, and nobody shall fill the ledger with one."""


class Nature(Enum):
    """What somebody is by law."""

    PERSON = "person"
    ORGANISATION = "organisation"


class Role(Enum):
    """What a person is to the company; suppliers and customers are told apart by the kind of their key."""

    EMPLOYEE = "employee"
    CONTACT = "contact"


@frozen
class Trait:
    """One thing besides the name: "city", "Zürich"; *about* is in the business's words, *value* is as it was written.

    One that has several values, as the offices that buy from a supplier, is several facts.
    """

    about: str = field(validator=words)
    value: str = field(validator=validators.instance_of(str))


def _kind(_: object, __: Attribute[type[T]], kind: type[T]) -> None:
    if not (isinstance(kind, type) and issubclass(kind, Identifier)):
        raise InvalidValue(f"what is meant is known by an identifier, not by {kind!r}")


@frozen(kw_only=True)
class Mention(Generic[T_co]):
    """What was said about a record of one *kind*; what was not said is ``None`` or left out.

    *said* is the text as it was said, whatever it holds: a name, a key, a number, or nothing that means anything.
    *tax_number* is as it was written, with its mistakes. *nature* and *role* are what was said of it, never a guess
    from the name. *facts* are in the order in which they were said.
    """

    kind: type[T_co] = field(validator=_kind)
    said: str = field(validator=validators.instance_of(str))
    tax_number: str | None = field(default=None, validator=validators.optional(validators.instance_of(str)))
    reference: str | None = field(default=None, validator=validators.optional(validators.instance_of(str)))
    nature: Nature | None = field(default=None, validator=validators.optional(validators.instance_of(Nature)))
    role: Role | None = field(default=None, validator=validators.optional(validators.instance_of(Role)))
    facts: tuple[Trait, ...] = field(
        default=(), validator=validators.deep_iterable(validators.instance_of(Trait), validators.instance_of(tuple))
    )

    @property
    def is_bare(self) -> bool:
        """Nothing was said but one text, so that nothing can contradict it."""
        return (self.tax_number, self.reference, self.nature, self.role, self.facts) == (None, None, None, None, ())

    @property
    def is_readable(self) -> bool:
        """All of it is whole text, and no more than anybody says of one record."""
        given = (
            self.said,
            self.tax_number,
            self.reference,
            *(part for fact in self.facts for part in (fact.about, fact.value)),
        )
        told = "".join(part for part in given if part is not None)
        return len(told) <= _LONGEST and not any("\ud800" <= letter <= "\udfff" for letter in told)
