"""What an ERP answered to a command, and the reference by which the answer is found again."""

from __future__ import annotations

import re

from attrs import Attribute, field, frozen, validators

from domain.errors import InvalidValue
from domain.identifiers import Identifier
from domain.images import Version
from domain.text import words

_FORM = re.compile(r"[A-Z2-7]{12}")


def _searchable(_: Reference, __: Attribute[str], text: str) -> None:
    if type(text) is not str or not _FORM.fullmatch(text):
        raise InvalidValue(f"{text!r} is not a reference: twelve of A to Z and 2 to 7")


@frozen
class Reference:
    """Our own mark on a write, by which it is found in the ERP.

    Twelve capitals and digits: as much as the shortest field of any vendor holds, and no case to lose.
    """

    text: str = field(validator=_searchable)

    def __str__(self) -> str:
        return self.text


@frozen(kw_only=True)
class Done:
    """The ERP said that it carried the command out.

    *record* is the key of the record that was created or changed, *version* its state afterwards; ``None`` where the
    ERP does not say.
    """

    record: Identifier = field(validator=validators.instance_of(Identifier))
    version: Version | None = field(default=None, validator=validators.optional(validators.instance_of(Version)))


@frozen(kw_only=True)
class Accepted:
    """The ERP took the command and decides later; *handle* is its own word for what it keeps in hand."""

    handle: str = field(validator=words)
