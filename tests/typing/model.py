"""A small aggregate for the cases of this folder."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from acl.codecs.codes import coded
from domain.identifiers import Identifier
from domain.provenance import SourceRef
from ports.errors import ProblemKind


class Kind(Enum):
    """What kind of firm."""

    MAKER = "maker"
    TRADER = "trader"


@frozen
class FirmId(Identifier):
    """A firm's key."""


@frozen(kw_only=True)
class Firm:
    """A firm."""

    id: FirmId
    name: str
    nickname: str | None
    kind: Kind
    source: SourceRef


KIND = coded({"M": Kind.MAKER, "T": Kind.TRADER}, absent=(None,), kind=ProblemKind.INVALID_CODE, quirk="G2")
