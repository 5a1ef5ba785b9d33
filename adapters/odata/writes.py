"""What is written, what a write gives back, and the version of a record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal

import requests
from attrs import Attribute, field, frozen

from adapters.odata.faults import Asked, json_of
from adapters.odata.messages import Message, sap_message

Method = Literal["POST", "PATCH", "MERGE", "DELETE"]
"""How to write. MERGE is tunnelled through POST, for old Gateways; PUT is not here, as it blanks what is left out."""


def _no_wildcard(_: WriteRequest, __: Attribute[str | None], etag: str | None) -> None:
    if etag == "*":
        raise ValueError("give the version that was read; '*' would overwrite anybody's change")


@frozen(kw_only=True)
class WriteRequest:
    """One record to be written; *path* is below the service and encoded, see `ODataService.address`.

    *etag* is the version that the target must still have, as `etag_of` gave it.

    Raises:
        ValueError: *etag* is ``*``, which would overwrite whatever is there (Source: SAP-HTTP-07).
    """

    method: Method
    path: str
    body: Mapping[str, object] | None = None
    etag: str | None = field(default=None, validator=_no_wildcard)

    @property
    def content(self) -> bytes:
        """The body as it is sent, empty if there is none; decimals stand in it as texts, and floats not at all."""
        return b"" if self.body is None else json.dumps(self.body, ensure_ascii=False, allow_nan=False).encode()

    @property
    def headers(self) -> dict[str, str]:
        """What goes before the body, apart from its length."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        return headers if self.etag is None else headers | {"If-Match": self.etag}


@frozen
class Written:
    """A write that SAP carried out.

    *record* is what SAP sent of it, ``None`` if it sent nothing, as after most changes: read again to know. *etag* is
    the new version, ``None`` if SAP did not say it clearly. A message of severity ``error`` among *messages* means that
    a part was not done: read again and compare.

    Source: SAP-HTTP-06, SAP-HTTP-09, SAP-ERR-03.
    """

    status: int
    record: Mapping[str, object] | None
    etag: str | None
    messages: tuple[Message, ...]


def written(answer: requests.Response, asked: Asked) -> Written:
    """Read the answer to a successful write.

    Raises:
        OutcomeUnknown: it has a body that makes no sense.
    """
    record = _record(answer, asked) if answer.content.strip() != b"" else None
    versions = {answer.headers.get("ETag"), None if record is None else etag_of(record)} - {None}
    header = answer.headers.get("sap-message")
    return Written(
        answer.status_code,
        record,
        versions.pop() if len(versions) == 1 else None,
        () if header is None else sap_message(header),
    )


def _record(answer: requests.Response, asked: Asked) -> Mapping[str, object]:
    body = json_of(answer, asked)
    record = body.get("d") if isinstance(body, Mapping) else None
    if not isinstance(record, Mapping):
        raise asked.unreadable("the answer holds no record")
    return record


def etag_of(record: Mapping[str, object]) -> str | None:
    """Give the version of a record that was read, to be sent byte for byte; None if it came without one."""
    metadata = record.get("__metadata")
    etag = metadata.get("etag") if isinstance(metadata, Mapping) else None
    return etag if isinstance(etag, str) else None
