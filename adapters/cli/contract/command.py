"""The command ``dragoman contract``."""

from __future__ import annotations

from cyclopts import App

from adapters.cli.contract.check import check
from adapters.cli.contract.export import export
from adapters.cli.contract.test import laws

contract = App(name="contract", help="What is published, whether it is kept, and in forms for other tools.")
for command in (export, check):
    contract.command(command)
contract.command(laws, name="test")
