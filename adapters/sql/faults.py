"""What a failure of a database means to the caller of a port.

Nothing here was written, so everything is safe to repeat; the class says whether that can help. The database's own text
stands in a message only where it holds nothing but the name of a table or column.
"""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from ports.errors import AccessDenied, Drifted, Misconfigured, PortError, Refused, Unavailable, Unintelligible

_Verdict = tuple[type[PortError], str]

UNREACHED: _Verdict = (Unavailable, "cannot be reached; ask again later")
LOST: _Verdict = (Unavailable, "ended the connection; ask again")
BUSY: _Verdict = (Unavailable, "is busy or locked; ask again later")
TOO_SLOW: _Verdict = (Unavailable, "did not answer in time; ask again, or raise `timeout`")
LOGON: _Verdict = (AccessDenied, "does not accept these credentials")
FORBIDDEN: _Verdict = (AccessDenied, "does not allow these credentials to read this")
NO_DATABASE: _Verdict = (Misconfigured, "is not there; check `url`")
BAD_OPTION: _Verdict = (Misconfigured, "cannot be opened with these settings; check the options in `url`")
NO_SUCH_NAME: _Verdict = (Drifted, "lacks a table or column")
NOT_UNDERSTOOD: _Verdict = (
    Drifted,
    "does not understand the question; its version or tables are not those expected",
)
BAD_VALUE: _Verdict = (Refused, "does not take a value of the question")
READ_ONLY: _Verdict = (Refused, "is only read here; nothing was written")
BROKEN: _Verdict = (Unintelligible, "gave data that cannot be read")

POSTGRESQL: dict[str, _Verdict] = {
    "08": UNREACHED,
    "22": BAD_VALUE,
    "25006": READ_ONLY,
    "28": LOGON,
    "3D": NO_DATABASE,
    "3F": NO_SUCH_NAME,
    "40": BUSY,
    "42": NOT_UNDERSTOOD,
    "42501": FORBIDDEN,
    "42703": NO_SUCH_NAME,
    "42P01": NO_SUCH_NAME,
    "53": BUSY,
    "55": BUSY,
    "57": LOST,
    "57014": TOO_SLOW,
    "57P03": UNREACHED,
    "58": UNREACHED,
    "XX": BROKEN,
}
"""By SQLSTATE, or its class."""

LOGON_TEXTS: dict[str, _Verdict] = {
    "password authentication failed": LOGON,
    "no password supplied": LOGON,
    "no pg_hba.conf entry": LOGON,
    'role "': LOGON,
    "permission denied for database": FORBIDDEN,
    'database "': NO_DATABASE,
    "timeout expired": UNREACHED,
}
"""What PostgreSQL says when it refuses a logon: libpq gives no code there. Other languages count as not reached."""

MARIADB: dict[int, _Verdict] = {
    1040: BUSY,
    1044: FORBIDDEN,
    1045: LOGON,
    1049: NO_DATABASE,
    1053: LOST,
    1054: NO_SUCH_NAME,
    1064: NOT_UNDERSTOOD,
    1129: LOGON,
    1130: LOGON,
    1142: FORBIDDEN,
    1143: FORBIDDEN,
    1146: NO_SUCH_NAME,
    1203: BUSY,
    1205: BUSY,
    1213: BUSY,
    1226: BUSY,
    1227: FORBIDDEN,
    1267: BAD_VALUE,
    1290: READ_ONLY,
    1292: BAD_VALUE,
    1305: NOT_UNDERSTOOD,
    1317: TOO_SLOW,
    1356: NOT_UNDERSTOOD,
    1366: BAD_VALUE,
    1698: LOGON,
    1792: READ_ONLY,
    1927: LOST,
    1969: TOO_SLOW,
    2002: UNREACHED,
    2003: UNREACHED,
    2006: LOST,
    2013: LOST,
    2014: BROKEN,
    2055: LOST,
    3024: TOO_SLOW,
}
"""By number; MySQL's are the same."""

SQLITE: dict[str, _Verdict] = {
    "SQLITE_AUTH": FORBIDDEN,
    "SQLITE_BUSY": BUSY,
    "SQLITE_CANTOPEN": NO_DATABASE,
    "SQLITE_CORRUPT": BROKEN,
    "SQLITE_ERROR": NOT_UNDERSTOOD,
    "SQLITE_INTERRUPT": TOO_SLOW,
    "SQLITE_IOERR": UNREACHED,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_MISMATCH": BAD_VALUE,
    "SQLITE_NOTADB": (Misconfigured, "is no SQLite database; check `url`"),
    "SQLITE_PERM": FORBIDDEN,
    "SQLITE_PROTOCOL": BUSY,
    "SQLITE_RANGE": NOT_UNDERSTOOD,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_TOOBIG": BAD_VALUE,
}
"""By the name of the code; extended names begin with these."""

CLASSES: dict[str, _Verdict] = {
    "DataError": BROKEN,
    "InterfaceError": LOST,
    "OperationalError": LOST,
    "ProgrammingError": BAD_VALUE,
    "UnicodeDecodeError": BROKEN,
}
"""By the class, for errors that a driver raises itself and gives no code."""


def port_error(error: BaseException, database: str) -> PortError:
    """Give the port's error for one of a driver, wrapped by SQLAlchemy or not; *database* is named in the sentence."""
    if isinstance(error, NoFreeConnection):
        return Unavailable(f"{database}: all connections are in use; read the open results to their end, or ask later")
    cause = _cause(error)
    kind, sentence = _verdict(cause)
    named = f": {_text(cause)}" if (kind, sentence) == NO_SUCH_NAME else ""
    return kind(f"{database} {sentence}{named}")


def connect_error(error: BaseException, database: str) -> PortError:
    """Give the port's error for a connection that could not be opened."""
    cause = _cause(error)
    if isinstance(cause, RuntimeError):
        return Misconfigured(f"{database} asks for a logon that needs the package cryptography; install it")
    if isinstance(cause, TypeError) or (type(cause).__name__ == "ProgrammingError" and _state(cause) is None):
        kind, sentence = BAD_OPTION
        return kind(f"{database} {sentence}")
    if type(cause).__name__ == "OperationalError" and _driver(cause) == "psycopg" and _state(cause) is None:
        text = str(cause)
        found = (verdict for part, verdict in LOGON_TEXTS.items() if part in text)
        kind, sentence = next(found, UNREACHED)
        return kind(f"{database} {sentence}")
    return port_error(error, database)


def _cause(error: BaseException) -> BaseException:
    return error.orig if isinstance(error, DBAPIError) and error.orig is not None else error


def _verdict(cause: BaseException) -> _Verdict:
    driver = _driver(cause)
    found: _Verdict | None = None
    if driver == "psycopg":
        state = _state(cause) or ""
        found = POSTGRESQL.get(state, POSTGRESQL.get(state[:2]))
    elif driver == "pymysql":
        found = MARIADB.get(cause.args[0]) if len(cause.args) > 0 else None
    elif driver == "sqlite3":
        found = _sqlite(cause)
    if found is not None:
        return found
    named = (ancestor.__name__ for ancestor in type(cause).__mro__ if ancestor.__name__ in CLASSES)
    return CLASSES[name] if (name := next(named, None)) is not None else BROKEN


def _sqlite(cause: BaseException) -> _Verdict | None:
    name = getattr(cause, "sqlite_errorname", None)
    if name is None:  # not SQLite's but the driver's: a text that is not UTF-8, a value that cannot be sent
        return BROKEN if isinstance(cause, Exception) and _text(cause).startswith("Could not decode") else None
    if name == "SQLITE_ERROR" and _text(cause).startswith("no such "):
        return NO_SUCH_NAME
    return SQLITE.get("_".join(str(name).split("_")[:2]))


def _state(cause: BaseException) -> str | None:
    return getattr(cause, "sqlstate", None)


def _driver(cause: BaseException) -> str:
    return type(cause).__module__.partition(".")[0]


def _text(cause: BaseException) -> str:
    """Give the first line of what the database said."""
    words = cause.args[-1] if len(cause.args) > 0 else ""
    return str(words).partition("\n")[0]
