"""Drafting a package from what one vendor publishes: a file, or a database."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sqlalchemy import make_url

from adapters.introspection import from_edmx, from_openapi, from_wsdl
from adapters.kinds import kinds
from adapters.scaffold.expressions import in_prose
from adapters.scaffold.package import Package
from adapters.scaffold.places import Family
from adapters.scaffold.proposal import Sampler, proposed
from adapters.scaffold.samples import sampled
from adapters.settings import Aggregates
from adapters.sql.catalogue import catalogue
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from contracts.source.schema import Schema
from ports.errors import Misconfigured

Records = Mapping[Aggregates, str]
"""Which record holds the aggregates of a port, where a person has said so."""

_READERS: Mapping[Family, Callable[[Path], Schema]] = {
    Family.ODATA: from_edmx,
    Family.SOAP: from_wsdl,
    Family.REST: from_openapi,
}
_EXTRAS = {"postgresql": "[postgres]", "mysql": "[mariadb]", "mariadb": "[mariadb]"}


def checked_kind(kind: str) -> str:
    """Give *kind* if a package can be called so.

    Raises:
        Misconfigured: it cannot, or an installed package offers this kind.
    """
    if not re.fullmatch("[a-z][a-z0-9_]*", kind) or keyword.iskeyword(kind):
        raise Misconfigured(f"{kind!r} cannot be the name of a kind: take small letters, digits and _, as acme_2011")
    if kind in kinds():
        raise Misconfigured(f"the kind {kind} is offered by {kinds()[kind].value} already; take another name")
    return kind


def from_file(kind: str, path: Path, family: Family, ports: Sequence[Aggregates], records: Records) -> Package:
    """Draft a package from the document at *path*.

    Raises:
        Misconfigured, Unintelligible: see `adapters.introspection`; nobody can say which record is meant.
    """
    schema = _READERS[family](path)
    proposals = [proposed(schema, port, family, _nothing, records.get(port)) for port in ports]
    return Package(kind, f"`{in_prose(path.name)}`", schema, proposals)


def from_database(kind: str, url: str, ports: Sequence[Aggregates], records: Records) -> Package:
    """Draft a package from the tables of a database, some hundred rows of which are looked at and forgotten.

    Raises:
        AccessDenied, Misconfigured, Unavailable, Unintelligible: see `ports.errors`.
    """
    with SqlDatabase(SqlConnection(url)) as database:
        schema = catalogue(database)
        sample: Sampler = lambda found: sampled(database, found)  # noqa: E731  # it has the name of its type
        proposals = [proposed(schema, port, Family.SQL, sample, records.get(port)) for port in ports]
    backend = make_url(url).get_backend_name()
    return Package(kind, f"the tables of a database ({backend})", schema, proposals, _EXTRAS.get(backend, ""))


def _nothing(_: Sequence[object]) -> Mapping[str, Mapping[str, Sequence[object]]]:
    return {}
