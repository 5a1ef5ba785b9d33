"""Code tables: a closed list of raw values, each with its one meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, cast

from acl.codecs.text import refuse_repeated
from acl.engine.codec import Codec, Unreadable
from acl.engine.declare import column as bound
from acl.engine.emitter import Emitter
from acl.engine.fields import Slow
from contracts.source.owed import Facets
from contracts.source.schema import Form
from ports.errors import ProblemKind

T = TypeVar("T")


def code(
    column: str,
    table: Mapping[str, T] | Mapping[int, T],
    *,
    absent: tuple[object, ...] = (None,),
    kind: ProblemKind = ProblemKind.INVALID_CODE,
    quirk: str = "G2",
) -> T:
    """Read a code through *table*; a code that it does not hold is a problem, never a fallback.

    Several codes may have one meaning: the first is the one that is written. A site may extend the table.
    """
    return bound(coded(cast("dict[object, T]", dict(table)), absent=absent, kind=kind, quirk=quirk), column)


def coded(table: Mapping[object, T], *, absent: tuple[object, ...], kind: ProblemKind, quirk: str) -> Codec[T]:
    """Make the codec of a code table."""
    types = {type(raw) for raw in table}

    def decode(raw: object) -> T:
        if type(raw) is float and raw.is_integer() and types == {int}:
            raw = int(raw)  # the vendors that number their codes keep numbers as floats
        if type(raw) not in types or raw not in table:
            refuse_repeated(raw)
            known = ", ".join(repr(each) for each in table)
            raise Unreadable(kind, f"{raw!r} is not one of the known codes {known}", quirk)
        return table[raw]

    def spellings(value: T) -> tuple[object, ...]:
        found = tuple(raw for raw, meaning in table.items() if meaning == value)
        if not found:
            raise Unreadable(kind, f"this system has no code for {value}", quirk)
        return found

    def inline(emitter: Emitter, raws: tuple[str, ...]) -> str:
        if types != {str}:
            guard = " and ".join(f"type({raws[0]}) is not {each.__name__}" for each in sorted(types, key=str))
            emitter.put(f"if {guard}: raise {emitter.constant(Slow, 'slow')}")
        return f"{emitter.constant(table, 'codes')}[{raws[0]}]"

    return Codec(
        name="code",
        decode=decode,
        encode=lambda value: spellings(value)[0],
        kind=kind,
        absent=absent,
        quirks=(quirk,),
        produces=tuple({type(meaning) for meaning in table.values()}),
        spellings=spellings,
        inline=inline,
        facets=(_facets(table, types),),
        raws=lambda strategies: strategies.sampled_from([spellings(meaning)[0] for meaning in table.values()]),
        table=dict(table),
        rebuilt=lambda codes: coded(codes, absent=absent, kind=kind, quirk=quirk),
    )


_FORMS: Mapping[type, tuple[Form, ...]] = {str: (Form.TEXT,), int: (Form.INTEGER, Form.FLOAT), bool: (Form.BOOLEAN,)}
"""In which forms the codes of a type may stand; a number may come as a float."""


def _facets(table: Mapping[object, T], types: set[type]) -> Facets:
    forms = [_FORMS.get(each, ()) for each in sorted(types, key=str)]
    return Facets(
        forms=tuple(form for each in forms for form in each) if all(forms) else (),
        length=max((len(raw) for raw in table if isinstance(raw, str)), default=None),
        codes=tuple(str(raw).lower() if isinstance(raw, bool) else str(raw) for raw in table),
    )
