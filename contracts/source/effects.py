"""What one change does to one column that we rely on: to reading it, and to writing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum

from attrs import frozen

from contracts.source.changes import ChangeKind
from contracts.source.owed import Facets
from contracts.source.schema import Column, Form


class Reading(IntEnum):
    """What becomes of reading; the higher, the worse."""

    KEPT = 0
    LOST = 1
    """There is nothing to read any more."""
    REFUSED = 2
    """Records may hold what the mapping refuses, and a refused record is refused whole."""


@frozen
class Effect:
    """What becomes of reading, whether writing is in danger, and why, in words."""

    reading: Reading
    writing: bool
    because: str


KEPT = Effect(Reading.KEPT, False, "it is read and written as before")
LOST = Effect(Reading.LOST, True, "it is gone")


def effect(kind: ChangeKind, was: Column, now: Column, facets: Facets) -> Effect:
    """Judge a change of *kind* between two versions of one column against what is owed."""
    judge = _JUDGES.get(kind)
    return KEPT if judge is None else judge(was, now, facets)


def worst(effects: list[Effect]) -> Effect:
    """Give one effect for several: the worst for reading tells why, and any may be in the way of writing."""
    found = max(effects, key=lambda each: (each.reading, each.writing), default=KEPT)
    return Effect(found.reading, any(each.writing for each in effects), found.because)


def _refused(because: str, *, writing: bool = False) -> Effect:
    return Effect(Reading.REFUSED, writing, because)


def _unwritable(because: str) -> Effect:
    return Effect(Reading.KEPT, True, because)


def _kept(because: str) -> Effect:
    return Effect(Reading.KEPT, False, because)


def _form(was: Column, now: Column, facets: Facets) -> Effect:
    if facets.forms and now.form not in facets.forms:
        known = " or ".join(form.value for form in facets.forms)
        return _refused(f"the mapping reads {known}, not {now.form.value}", writing=True)
    if (was.form, now.form) == (Form.INTEGER, Form.DECIMAL):
        return _kept("the mapping reads both, and what it writes still fits")
    return _unwritable(f"the mapping reads both, but what it writes was made for {was.form.value}")


def _native(_was: Column, now: Column, _: Facets) -> Effect:
    if now.form in (Form.INTEGER, Form.FLOAT):  # the type alone says how large its numbers may be
        return _unwritable("it is read as before, but a number that is written may no longer fit")
    return _kept("it is the same kind of value under another name of its type")


def _length(was: Column, now: Column, facets: Facets) -> Effect:
    if was.length is not None and (now.length is None or now.length > was.length):
        if facets.exact and not _within(now.length, facets.length):
            return _refused(f"the mapping refuses more than {facets.length} characters", writing=True)
        return _kept("longer texts are read as well")
    if facets.exact and not _holds(now.length, facets.length):
        return _refused(f"the mapping fills {facets.length} characters, and compares with that", writing=True)
    if not _holds(now.length, facets.length):
        room = "any length" if facets.length is None else f"{facets.length} characters"
        return _unwritable(f"a write may need {room}")
    return _kept("all that is written still fits")


def _precision(was: Column, now: Column, _: Facets) -> Effect:
    if was.precision is not None and (now.precision is None or now.precision > was.precision):
        return _kept("larger numbers are read as well")
    return _unwritable("a number that is written may no longer fit")


def _scale(was: Column, now: Column, facets: Facets) -> Effect:
    if was.scale is not None and (now.scale is None or now.scale > was.scale):
        if facets.exact and facets.scale is not None and not _within(now.scale, facets.scale):
            return _refused(f"the mapping refuses more than {facets.scale} decimals")
        return _kept("finer numbers are read as well")
    if not _holds(now.scale, facets.scale):
        return _unwritable("a number that is written may have more decimals")
    return _kept("all that is written still fits")


def _within(now: int | None, most: int | None) -> bool:
    return most is None or (now is not None and now <= most)


def _holds(now: int | None, needed: int | None) -> bool:
    return now is None or (needed is not None and now >= needed)


def _nullable(was: Column, now: Column, facets: Facets) -> Effect:
    if now.nullable is False:
        return _unwritable("a write may have nothing to put there") if facets.nullable else _kept("null was not used")
    if now.nullable is None and was.nullable is True:
        return KEPT
    return _kept("null is understood") if facets.nullable else _refused("the mapping refuses null here")


def _codes_added(was: Column, now: Column, facets: Facets) -> Effect:
    if facets.codes is None:
        return _kept("the mapping has no closed list of codes here")
    if now.codes is None:
        return _refused("any code may come now, and the mapping refuses what is not in its table")
    strange = [code for code in now.codes if code not in facets.codes and code not in (was.codes or ())]
    if strange:
        return _refused(f"the mapping's table lacks {', '.join(strange)}")
    return _kept("the mapping's table has them")


def _codes_removed(was: Column, now: Column, facets: Facets) -> Effect:
    left = now.codes or ()
    if facets.codes is None:
        return _unwritable("a write may need a value that is no longer in the list")
    lost = [code for code in facets.codes if code not in left and (was.codes is None or code in was.codes)]
    return _unwritable(f"a write may need {', '.join(lost)}") if lost else _kept("the mapping does not use them")


def _many(_was: Column, now: Column, _: Facets) -> Effect:
    told = "several may stand where the mapping reads one" if now.many else "one stands where the mapping reads several"
    return _refused(told, writing=True)


def _writing(was: Column, now: Column, _: Facets) -> Effect:
    if was.creatable > now.creatable or was.updatable > now.updatable:
        return _unwritable("the vendor no longer takes what a write may put there")
    return _kept("what was written is taken as before")


_JUDGES: Mapping[ChangeKind, Callable[[Column, Column, Facets], Effect]] = {
    ChangeKind.FORM: _form,
    ChangeKind.NATIVE: _native,
    ChangeKind.LENGTH: _length,
    ChangeKind.PRECISION: _precision,
    ChangeKind.SCALE: _scale,
    ChangeKind.NULLABLE: _nullable,
    ChangeKind.CODES_ADDED: _codes_added,
    ChangeKind.CODES_REMOVED: _codes_removed,
    ChangeKind.MANY: _many,
    ChangeKind.WRITING: _writing,
}
"""How each kind of change is judged; any other leaves reading and writing as they were."""
