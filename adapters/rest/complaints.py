"""What a REST API says when it refuses: problem documents, and the two forms of TOTVS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adapters.rest.documents import NotADocument, json_document

_SENTENCES = ("title", "detail", "message", "detailedMessage", "errorMessage")
_INNER = ("details", "o:errorDetails", "errors")


def complaint(body: bytes) -> tuple[str, ...] | None:
    """Give every sentence of an error document, outermost first, each once; None if it is not such a document.

    The API's own number, such as ``errorCode``, is not the HTTP status and stands before its sentence. A text of
    several lines, as the log of an automatic routine is one, gives a sentence each.

    Source: PREST-04, PREST-05, PREST-06, PRO-WR-03.
    """
    try:
        document = json_document(body)
    except NotADocument:
        return None
    if not isinstance(document, Mapping):
        return None
    found = tuple(dict.fromkeys(_sentences(document)))
    return found if len(found) > 0 else None


def _sentences(document: Mapping[str, object]) -> Iterator[str]:
    code = next((document[name] for name in ("code", "errorCode", "o:errorCode") if name in document), None)
    known = isinstance(code, str | int) and not isinstance(code, bool) and code != ""
    for name in _SENTENCES:
        text = document.get(name)
        lines = text.splitlines() if isinstance(text, str) else []
        for line in filter(None, map(str.strip, lines)):
            yield f"{code}: {line}" if known else line
    for name in _INNER:
        inner = document.get(name)
        for each in inner if isinstance(inner, list) else ():
            if isinstance(each, Mapping):
                yield from _sentences(each)
