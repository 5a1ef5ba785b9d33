"""The front door of the translation engine: what a mapping is declared with, in one import."""

from acl.engine.codec import Codec, Unreadable
from acl.engine.declare import (
    LIST,
    column,
    each_row,
    embedded,
    gathered,
    many,
    money,
    never,
    only,
    optional,
    over_rows,
    provenance,
    read_only,
    unsure,
)
from acl.engine.fields import Lineage
from acl.engine.mapping import Mapping, mapping
from acl.engine.nested import Envelope
from acl.engine.plan import Plan
from acl.engine.records import Origin, Shape

__all__ = [
    "LIST",
    "Codec",
    "Envelope",
    "Lineage",
    "Mapping",
    "Origin",
    "Plan",
    "Shape",
    "Unreadable",
    "column",
    "each_row",
    "embedded",
    "gathered",
    "many",
    "mapping",
    "money",
    "never",
    "only",
    "optional",
    "over_rows",
    "provenance",
    "read_only",
    "unsure",
]
