"""What Protheus answers to a write: a key, nothing of use, or a refusal that looks like a success."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ports.errors import Locked, NotFound, Refused

_HELP = re.compile(r"\bAJUDA:\s*(?P<code>\w+)")
_MEANS: dict[str, tuple[type[Locked | NotFound], str]] = {
    "REGLOCK": (Locked, "somebody is editing the record"),
    "REGNOIS": (NotFound, "the record, or one that it refers to, is not there"),
}
"""What the help of a routine says about more than the business, by its code."""


def refusal_inside(body: object) -> tuple[str, ...] | None:
    """Give the lines of a refusal that came as a success; ``None`` if there is none.

    The log of an automatic routine is one text of many lines, and all of them are kept.

    Source: PREST-04, PREST-05, PRO-WR-02, PRO-WR-03.
    """
    if not isinstance(body, Mapping) or not body.keys() & {"errorCode", "errorMessage", "detailedMessage"}:
        return None
    told = (body.get(name) for name in ("errorMessage", "message", "detailedMessage"))
    lines = tuple(line for text in told if isinstance(text, str) for line in filter(None, map(str.strip, _lines(text))))
    return lines or ("no detail",)


def _lines(text: str) -> Sequence[str]:
    return text.splitlines()


def meant(no: Refused) -> Locked | NotFound | Refused:
    """Give what a refusal means, by the code of the routine's help.

    Source: PRO-WR-03.
    """
    found = next((each["code"] for reason in no.reasons if (each := _HELP.search(reason)) is not None), None)
    if found not in _MEANS:
        return no
    kind, told = _MEANS[found]
    return kind(f"{no}: {told} [{found}]")


def created(body: object) -> Mapping[str, object]:
    """Give the fields of the key that a success names; none if it only says that it is one (PREST-10)."""
    if not isinstance(body, Mapping):
        return {}
    return {**dict(_fields(body)), **{name: body[name] for name in ("C7_NUM",) if name in body}}


def _fields(body: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Give the fields of the one form of a model."""
    models = body.get("models")
    for model in models if isinstance(models, list) else ():
        fields = model.get("fields") if isinstance(model, Mapping) else None
        for field in fields if isinstance(fields, list) else ():
            if isinstance(field, Mapping) and isinstance(field.get("id"), str):
                yield field["id"], field.get("value")
