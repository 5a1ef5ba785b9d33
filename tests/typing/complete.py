"""A mapping that is complete and rightly typed; mypy accepts it."""

from acl.codecs.text import padded
from acl.mapping import column, mapping, optional, provenance
from tests.typing.model import KIND, Firm, FirmId

FIRM = mapping(Firm, record="FIRM")(
    id=padded("ID", width=8, into=FirmId),
    name=padded("NAME", width=40),
    nickname=optional(padded("NICK", width=20)),
    kind=column(KIND, "KIND"),
    source=provenance("ID"),
)
