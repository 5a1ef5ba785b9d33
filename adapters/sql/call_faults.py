"""What a failure of a stored procedure means to whoever called it.

The database has answered with an error, and so has undone what it had not committed yet; a procedure that commits by
itself may have written all the same. Whatever is not in these tables leaves the outcome open, the loss of the
connection first of all (X-OUT-02).
"""

from __future__ import annotations

from ports.errors import AccessDenied, Drifted, Locked, Misconfigured, PortError, Refused, Unavailable

_Verdict = tuple[type[PortError], str]

COLLIDED: _Verdict = (Unavailable, "collided with other work; ask again")
BUSY: _Verdict = (Unavailable, "is busy; ask again later")
TOO_SLOW: _Verdict = (Unavailable, "did not end in time and was stopped; ask again, or raise `timeout`")
IN_USE: _Verdict = (Locked, "waited too long for a record that is in use; ask again later")
SAID_NO: _Verdict = (Refused, "refused it")
NOT_THERE: _Verdict = (Drifted, "lacks the procedure, or something that it needs; install it")
FORBIDDEN: _Verdict = (AccessDenied, "does not allow these credentials to call it")
READ_ONLY: _Verdict = (Misconfigured, "is only open for reading; check the URL of the procedures")

POSTGRESQL: dict[str, _Verdict] = {
    "22": SAID_NO,
    "23": SAID_NO,
    "25006": READ_ONLY,
    "40001": COLLIDED,
    "40P01": COLLIDED,
    "42": NOT_THERE,
    "42501": FORBIDDEN,
    "53": BUSY,
    "55P03": IN_USE,
    "57014": TOO_SLOW,
    "P0001": SAID_NO,
}
"""By SQLSTATE, or its class."""

MARIADB: dict[int, _Verdict] = {
    1044: FORBIDDEN,
    1048: SAID_NO,
    1062: SAID_NO,
    1142: FORBIDDEN,
    1146: NOT_THERE,
    1205: IN_USE,
    1213: COLLIDED,
    1227: FORBIDDEN,
    1264: SAID_NO,
    1290: READ_ONLY,
    1305: NOT_THERE,
    1318: NOT_THERE,
    1366: SAID_NO,
    1370: FORBIDDEN,
    1406: SAID_NO,
    1452: SAID_NO,
    1644: SAID_NO,
    1792: READ_ONLY,
    1969: TOO_SLOW,
    4025: SAID_NO,
}
"""By number."""

_OWN_WORDS = ("P0001", 1644)
"""What a procedure raises itself, in words that it was given for a person."""


class CallFailed(Exception):
    """The database answered a call with an error.

    *meaning* holds if the procedure had committed nothing by then: who can, looks first.
    """

    def __init__(self, meaning: PortError) -> None:
        super().__init__(str(meaning))
        self.meaning = meaning


def call_failure(cause: BaseException, told: str) -> CallFailed | None:
    """Say what a driver's error means for the call that *told* names; ``None`` if the outcome is open."""
    code = _code(cause)
    found = POSTGRESQL.get(code, POSTGRESQL.get(code[:2])) if isinstance(code, str) else MARIADB.get(code)
    if found is None:
        return None
    kind, sentence = found
    words = f": {_words(cause)}" if code in _OWN_WORDS else ""
    if kind is Refused:
        return CallFailed(Refused(f"{told} {sentence}{words}", reasons=(_words(cause),) if words else ()))
    return CallFailed(kind(f"{told} {sentence}"))


def _code(cause: BaseException) -> str | int:
    """Give MariaDB's number, which tells more than its SQLSTATE, or PostgreSQL's SQLSTATE."""
    number = cause.args[0] if len(cause.args) > 0 else 0
    if type(number) is int:
        return number
    state = getattr(cause, "sqlstate", None)
    return state if isinstance(state, str) else 0


def _words(cause: BaseException) -> str:
    """Give the first line of what the procedure said."""
    words = cause.args[-1] if len(cause.args) > 0 else ""
    return str(words).partition("\n")[0]
