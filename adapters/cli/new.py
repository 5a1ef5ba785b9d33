"""``dragoman new adapter``: the first draft of a package for a system that nobody here has seen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from attrs import frozen
from cyclopts import App, Parameter

from adapters.cli.exits import Exit
from adapters.cli.screen import Screen
from ports.errors import Misconfigured

if TYPE_CHECKING:
    from adapters.scaffold.package import Package
    from adapters.settings import Aggregates

new = App(name="new", help="Write the first draft of something of your own.")
Port = Literal["suppliers", "purchase-orders"]
Name = Annotated[str, Parameter(help="What the kind of system will be called, as acme.")]


@Parameter(name="*")
@frozen(kw_only=True)
class From:
    """What the draft is made from; exactly one is given."""

    from_db: Annotated[str | None, Parameter(help="The URL of a database; it is only read.")] = None
    from_edmx: Annotated[Path | None, Parameter(help="The $metadata of an OData service, saved as a file.")] = None
    from_wsdl: Annotated[Path | None, Parameter(help="The WSDL of a SOAP service.")] = None
    from_openapi: Annotated[Path | None, Parameter(help="The OpenAPI document of a REST API, in JSON.")] = None


@new.command(name="adapter")
def adapter(
    name: Name,
    /,
    *,
    source: From | None = None,
    port: Annotated[list[Port] | None, Parameter(negative="", help="What it shall offer; may be repeated.")] = None,
    record: Annotated[
        list[str] | None,
        Parameter(negative="", help="The record that holds it, if nobody can tell: TABLE, or PORT=TABLE."),
    ] = None,
    into: Annotated[Path | None, Parameter(help="The new folder; without it, dragoman-NAME here.")] = None,
) -> int:
    """Draft a package from what a vendor publishes: mapping, adapter, laws.

    Every guess says how sure it is; what is not sure is left as an error that the type checker shows.

    Try `dragoman new adapter acme --from-db sqlite:///acme.db --port suppliers`.
    """
    from adapters.scaffold.sources import checked_kind  # drivers are for those who draft
    from adapters.scaffold.writing import write_new

    kind = checked_kind(name)
    ports: list[Aggregates] = [_PORTS[each] for each in dict.fromkeys(port or [])]
    if not ports:
        raise Misconfigured("say what the adapter shall offer: --port suppliers, --port purchase-orders, or both")
    folder = Path(f"dragoman-{kind}") if into is None else into
    package = _drafted(kind, From() if source is None else source, ports, _records(record or [], ports))
    write_new(folder, package.files)
    screen = Screen()
    screen.line(f"{folder}: {_told(package)}; go on with its README.md")
    return Exit.DONE


_PORTS: dict[Port, Aggregates] = {"suppliers": "suppliers", "purchase-orders": "purchase_orders"}


def _records(given: list[str], ports: list[Aggregates]) -> dict[Aggregates, str]:
    found: dict[Aggregates, str] = {}
    for each in given:
        said, equals, record = each.partition("=")
        known = [known for name, known in _PORTS.items() if name == said and known in ports]
        if equals == "" and len(ports) == 1:
            found[ports[0]] = each
        elif equals != "" and known and record != "":
            found[known[0]] = record
        else:
            raise Misconfigured(f"--record {each}: say for which port, as --record {next(iter(_PORTS))}=TABLE")
    return found


def _drafted(kind: str, source: From, ports: list[Aggregates], records: dict[Aggregates, str]) -> Package:
    from adapters.scaffold.places import Family
    from adapters.scaffold.sources import from_database, from_file

    documents = {Family.ODATA: source.from_edmx, Family.SOAP: source.from_wsdl, Family.REST: source.from_openapi}
    given = [(family, path) for family, path in documents.items() if path is not None]
    if len(given) + (source.from_db is not None) != 1:
        raise Misconfigured("give exactly one of --from-db, --from-edmx, --from-wsdl and --from-openapi")
    if source.from_db is not None:
        return from_database(kind, source.from_db, ports, records)
    family, path = given[0]
    return from_file(kind, path, family, ports, records)


def _told(package: Package) -> str:
    choices = [choice for proposal in package.proposals for choice in proposal.every]
    sure = sum(choice.sure is not None for choice in choices)
    return f"{sure} of {len(choices)} attributes found, {len(choices) - sure} left to you"
