"""How the framework and the automatic routines say no."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sandbox.web import Response

Document = Mapping[str, object]


class RestFault(Exception):
    """An answer that is not what was asked for."""

    def __init__(self, status: int, document: Document) -> None:
        super().__init__(f"{status}: {document}")
        self.status = status
        self.document = document


def answered(status: int, document: Document) -> Response:
    """Answer with a document: bytes of code page 1252 under a header that says UTF-8, wherever that page has them."""
    text = json.dumps(document, ensure_ascii=False)
    try:
        body = text.encode("cp1252")
    except UnicodeEncodeError:
        body = text.encode()
    return Response(status, (("Content-Type", "application/json; charset=utf-8"),), body)


def fault(status: int, message: str, detailed: str = "") -> RestFault:
    """Make a fault of the framework, in its newer form."""
    return RestFault(status, {"code": status, "message": message, "detailedMessage": detailed, "helpUrl": ""})


def log_of(code: str, *lines: str) -> dict[str, object]:
    """Give the log of an automatic routine, all lines in one text, in the older form of a fault."""
    return {"errorCode": 400, "errorMessage": "\r\n".join((f"AJUDA:{code}", *lines, "-" * 60, ""))}


def refused(code: str, *lines: str) -> RestFault:
    """Make the refusal of an automatic routine, by the code of its help and the lines of its log."""
    return RestFault(400, log_of(code, *lines))
