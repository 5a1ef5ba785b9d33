"""A contract type for import-linter: third-party packages are forbidden unless they are named."""

from __future__ import annotations

import sys
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyContract(Contract):
    """The *packages* import the *allowed* third-party packages and no others."""

    packages = fields.ListField(subfield=fields.StringField())
    allowed = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        # a field of a contract is a descriptor to the type checker, and the list itself on an instance
        packages, allowed = cast("list[str]", self.packages), cast("list[str]", self.allowed)
        ours = {module.partition(".")[0] for module in graph.modules if not graph.is_module_squashed(module)}
        fine = {*ours, *allowed, *sys.stdlib_module_names}
        found = [
            f"{importer} imports {imported}"
            for importer in sorted(graph.modules)
            if importer.partition(".")[0] in packages
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if imported.partition(".")[0] not in fine
        ]
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["found"]:
            output.print_error(line, bold=False)
