"""The envelope around records: list, list or single, and the link to what follows."""

from __future__ import annotations

from attrs import frozen

from adapters.odata.faults import Asked


@frozen
class RecordPage:
    """Records of one answer, untouched; *following* is the link to the next ones, None on the last page."""

    records: list[dict[str, object]]
    following: object


def record_page(body: object, asked: Asked) -> RecordPage:
    """Open the envelope of a collection.

    Raises:
        Unintelligible: it is none of the three forms.

    Source: SAP-HTTP-11.
    """
    inside = body.get("d") if isinstance(body, dict) else None
    match inside:
        case {"results": list() as found, **rest}:
            return RecordPage(_records(found, asked), rest.get("__next"))
        case list() as found:
            return RecordPage(_records(found, asked), None)
        case dict() if "results" not in inside:
            return RecordPage(_records([inside], asked), None)
        case _:
            raise asked.unreadable("the answer's envelope is not that of OData V2")


def _records(found: list[object], asked: Asked) -> list[dict[str, object]]:
    records = [record for record in found if isinstance(record, dict)]
    if len(records) != len(found):
        raise asked.unreadable("the answer's list holds something that is no record")
    return records
