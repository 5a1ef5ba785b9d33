"""Deriving a field tree in which a site's code tables are extended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from attrs import evolve

from acl.engine.fields import Field, Scalar
from acl.engine.nested import Many, Only
from acl.engine.parts import Part
from acl.engine.rows import EachRow
from ports.errors import Misconfigured


def recoded(field: Field, path: Sequence[str], told: str, codes: Mapping[object, object]) -> Field:
    """Give *field* with the code table at *path* extended; *told* is the path as the site wrote it.

    Raises:
        Misconfigured: there is no such attribute, it has no code table, or a code is given what it never holds.
    """
    if isinstance(field, Many | Only):
        return evolve(field, item=recoded(field.item, path, told, codes))
    if isinstance(field, EachRow):
        return evolve(field, item=cast("Part", recoded(field.item, path, told, codes)))
    if path and isinstance(field, Part):
        if path[0] not in field.parts:
            raise Misconfigured(f"no attribute {told}; {field.target.__name__} has {', '.join(field.parts)}")
        return evolve(field, parts={**field.parts, path[0]: recoded(field.parts[path[0]], path[1:], told, codes)})
    if path or not isinstance(field, Scalar) or field.codec.table is None or field.codec.rebuilt is None:
        raise Misconfigured(f"{told} is not read through a code table, so it cannot be given codes")
    meant = {type(value) for value in field.codec.table.values()} or set(field.codec.produces)
    if wrong := [repr(value) for value in codes.values() if meant and type(value) not in meant]:
        known = " or ".join(sorted(each.__name__ for each in meant))
        raise Misconfigured(f"the codes of {told} mean a {known}, so none can mean {', '.join(wrong)}")
    return evolve(field, codec=field.codec.rebuilt({**field.codec.table, **codes}))
