"""``dragoman systems``: which systems there are, whether they answer, and what each can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs
from attrs import frozen

from adapters.cli.criteria import ORDER_OPTIONS, SUPPLIER_OPTIONS
from adapters.cli.exits import Exit, exit_of
from adapters.cli.progress import Progress
from adapters.cli.pushdown import order_examples, pushdowns, supplier_examples
from adapters.cli.screen import Screen, Sheet
from adapters.cli.source import Config, Json
from domain.commands.catalogue import COMMANDS
from domain.errors import ErpError

if TYPE_CHECKING:
    from adapters.bootstrap import Systems
    from adapters.erp import Erp


@frozen(kw_only=True)
class Found:
    """One system: *problem* is why it does not answer, *filters* what it can be asked for, by aggregate.

    *writes* are the actions that it can be asked to do, by company; *lacks* says what must be created there before
    every one of them can be found again.
    """

    system: str
    default: bool
    kind: str | None
    place: str | None
    reachable: bool
    problem: str | None
    can: dict[str, list[str]]
    filters: dict[str, list[str]]
    writes: dict[str, list[str]]
    lacks: list[str]


def systems(*, json: Json = False, config: Config = None) -> int:
    """Show the site's systems: where they stand, whether they answer, and what each can do.

    The exit code is that of the first system that does not answer.

    Try:

    - `dragoman systems --config erp.toml`
    - `dragoman systems --json`
    """
    from adapters.bootstrap import systems as site_of  # drivers and pydantic are for those who ask a system
    from adapters.config.site import site_at

    screen, code = Screen(), Exit.DONE
    found = []
    kinds = {} if config is None else site_at(config).kinds
    with site_of(config) as site, Progress("asking the systems") as progress:
        for name in progress.over(site.names):
            each, failed = _asked(site, name, kinds.get(name))
            code = failed if code is Exit.DONE else code
            found.append(each)
    if json:
        for each in found:
            screen.json(attrs.asdict(each))
    else:
        screen.sheet(_sheet(found))
        for each in found:
            for told in (each.problem, *each.lacks):
                if told is not None:
                    screen.note(f"{each.system}: {told}")
    return code


def _asked(site: Systems, name: str, kind: str | None) -> tuple[Found, Exit]:
    try:
        erp = site.erp(name)
    except ErpError as error:
        nothing: dict[str, list[str]] = {}
        return Found(
            system=name,
            default=name == site.default,
            kind=kind,
            place=None,
            reachable=False,
            problem=str(error),
            can=nothing,
            filters=nothing,
            writes=nothing,
            lacks=[],
        ), exit_of(error)
    try:
        erp.check()
        lacks = [told for execution in erp.executions.values() for told in execution.lacks()]
    except ErpError as error:
        return _described(site, erp, str(error), []), exit_of(error)
    return _described(site, erp, None, lacks), Exit.DONE


def _described(site: Systems, erp: Erp, problem: str | None, lacks: list[str]) -> Found:
    asked: dict[str, Callable[[], list[str]]] = {
        "suppliers": lambda: [
            SUPPLIER_OPTIONS[each.field] for each in pushdowns(erp.suppliers, supplier_examples()) if each.is_pushed
        ],
        "purchase_orders": lambda: [
            ORDER_OPTIONS[each.field] for each in pushdowns(erp.purchase_orders, order_examples()) if each.is_pushed
        ],
    }
    return Found(
        system=erp.name,
        default=erp.name == site.default,
        kind=erp.kind,
        place=erp.place,
        reachable=problem is None,
        problem=problem,
        can={port: ["find", "get"] for port in erp.ports},
        filters={port: asked[port]() for port in erp.ports},
        writes={
            company: [command.terms.action for command in COMMANDS if execution.offers(command)]
            for company, execution in erp.executions.items()
        },
        lacks=list(dict.fromkeys(lacks)),
    )


def _sheet(found: list[Found]) -> Sheet:
    columns = ("system", "kind", "place", "answers", "written in")
    rows = [
        (
            f"{each.system} (default)" if each.default else each.system,
            "-" if each.kind is None else each.kind,
            "-" if each.place is None else each.place,
            "yes" if each.reachable else "no",
            ", ".join(each.writes) or "-",
        )
        for each in found
    ]
    return Sheet("", columns, rows, wrapped=("place",))
