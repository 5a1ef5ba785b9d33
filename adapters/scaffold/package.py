"""The files of a package that offers one kind of system, drafted from a schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from string import Template

from attrs import frozen

from adapters.scaffold.decisions import decided
from adapters.scaffold.expressions import in_prose, quoted
from adapters.scaffold.guesses import SURE, Choice
from adapters.scaffold.modules import mapping_module
from adapters.scaffold.places import Family
from adapters.scaffold.proposal import Proposal
from contracts.source.schema import Schema

_MARKS = {"S|": "suppliers", "P|": "purchase_orders"}
"""Lines of a template that are for one port alone begin so."""

_BY_NAME = {Family.SQL: "", Family.ODATA: "", Family.SOAP: ", by_name=False", Family.REST: ", by_name=False"}
"""SOAP and REST answer whole records; nothing is asked for by name."""


@frozen
class Package:
    """The package of the kind *kind*; *origin* says in words what it was drafted from, *extra* what it needs beside."""

    kind: str
    origin: str
    schema: Schema
    proposals: Sequence[Proposal]
    extra: str = ""

    @property
    def files(self) -> Mapping[str, str]:
        """Give the content of each file, by its path inside the package's folder."""
        family, module = self.proposals[0].family.value, f"dragoman_{self.kind}"
        return {
            "README.md": self._readme(),
            "pyproject.toml": self._filled("pyproject"),
            "erp.toml": self._filled(f"erp_{family}"),
            "tests/test_laws.py": self._filled("laws"),
            f"{module}/__init__.py": f'"""Reads {self.kind} through the ports of Dragoman."""\n',
            f"{module}/py.typed": "",
            f"{module}/adapter.py": self._filled(family),
            **{f"{module}/{each.port}.py": mapping_module(each) for each in self.proposals},
        }

    def _filled(self, template: str, **more: str) -> str:
        """Fill a template: lines for ports that are not drafted are left out."""
        ports = {each.port for each in self.proposals}
        lines = _template(template).splitlines(keepends=True)
        kept = [line for line in lines if _MARKS.get(line[:2]) in (None, *ports)]
        plain = "".join(line[2:] if line[:2] in _MARKS else line for line in kept)
        given = {"kind": self.kind, "upper": self.kind.upper(), "extra": self.extra, "sources": self._sources()}
        return Template(plain).substitute({**given, **self._operations(), **more})

    def _sources(self) -> str:
        """Write the tuple of what each port relies on; of one alone as ruff formats it."""
        told = []
        for each in self.proposals:
            mapping = "supplier" if each.port == "suppliers" else "order"
            tables = (
                f"{each.port.upper()}.owed({mapping}" if each.family is Family.SQL else f"source_contract({mapping}"
            )
            told.append(f'{tables}, kind="{self.kind}", port="{each.port}"{_BY_NAME[each.family]})')
        return f"({told[0]},)" if len(told) == 1 else "(\n" + "".join(f"        {each},\n" for each in told) + "    )"

    def _operations(self) -> dict[str, str]:
        """Say by which operation of a SOAP service each record comes, and in which element."""
        if self.proposals[0].family is not Family.SOAP:
            return {}
        told: dict[str, str] = {}
        for each in self.proposals:
            operation, element = _operation(self.schema, each.root.name)
            told |= {f"{each.port}_operation": quoted(operation), f"{each.port}_element": quoted(element)}
        return told

    def _readme(self) -> str:
        ports = [each.port for each in self.proposals]
        return self._filled(
            "readme",
            origin=self.origin,
            what=" and ".join(port.replace("_", " ") for port in ports),
            sure=f"{SURE:.2f}",
            tables="".join(map(_sheet, self.proposals)),
            modules=" and ".join(f"`dragoman_{self.kind}/{port}.py`" for port in ports),
            port=ports[0].replace("_", "-"),
            left_out=self._left_out(),
        )

    def _left_out(self) -> str:
        """Say what is not in the adapter, for the drivers whose adapter is a beginning only."""
        family = self.proposals[0].family
        return self._filled(f"readme_{family.value}") if family in (Family.SOAP, Family.REST) else ""


def _template(name: str) -> str:
    return files("adapters.scaffold").joinpath("templates", f"{name}.txt").read_text(encoding="utf-8")


def _operation(schema: Schema, record: str) -> tuple[str, str]:
    """Find an operation whose answer holds many such records; the shortest name is that of the plainest one."""
    found = [
        (name, column.name)
        for name, each in schema.records.items()
        for column in each.columns
        if column.of == record and column.many and not name.startswith("{")
    ]
    return min(found, key=lambda pair: (len(pair[0]), pair), default=("OPERATION", record))


def _sheet(proposal: Proposal) -> str:
    what = proposal.port.replace("_", " ").capitalize()
    lines = "" if proposal.lines is None else f", lines in `{in_prose(proposal.lines.place.record.name)}`"
    taken = decided(proposal.choices).taken
    rows = [_row(choice, path in taken) for path, choice in proposal.choices.items()]
    if proposal.lines is not None:
        own = decided(proposal.lines.choices).taken
        rows += [_row(choice, path in own, "lines.") for path, choice in proposal.lines.choices.items()]
    head = "| attribute | taken | otherwise |\n| --- | --- | --- |\n"
    return f"### {what}, in `{in_prose(proposal.root.name)}`{lines}\n\n{head}{''.join(rows)}\n"


def _row(choice: Choice, is_taken: bool, prefix: str = "") -> str:
    told = [in_prose(guess.told) for guess in choice.guesses]
    taken, others = (told[0], told[1:]) if is_taken else ("", told)
    return f"| {prefix}{choice.attribute.path} | {taken or '**unsure**'} | {', '.join(others)} |\n"
