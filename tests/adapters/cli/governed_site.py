"""A site whose SAP is written to: what its files say, and a supplier that somebody asks to be blocked."""

from __future__ import annotations

from adapters.governed.path import Governed
from application.propose import Request
from domain.commands.suppliers import BlockSupplier
from domain.identifiers import SupplierId
from domain.intents import Intent
from domain.mentions import Mention
from domain.resolution import Resolved
from domain.scope import Scope
from domain.suppliers import SupplierBlock

SUPPLIER = SupplierId("10026001")
ERP = """
[systems.sap]
kind = "sap"
url = "{url}"
client = "100"
user = "{user}"
password = "{password}"

[systems.sap.companies.1010]
purchasing_organisation = "1010"
purchasing_group = "001"
plant = "1010"
grouping = "BP02"
longest = 1

[governance]
people = "people.toml"
policy = "policy.toml"

[governance.ledger]
url = "sqlite:///ledger.db"
key = "{key}"
anchors = "anchors"
"""
PEOPLE = """
[people.ana]
accounts = ["ana"]
may = [{ do = ["submit"] }]

[people.bia]
accounts = ["bia", "admin"]
may = [{ do = ["approve", "settle", "submit"] }]

[people.caio]
accounts = ["caio"]
may = [{ do = ["promote", "demote"] }]
"""
POLICY = """
[rollout.supervised]
lasting = "not asked"
proposals = "not asked"
compared = "not asked"
same = "not asked"
"""


def asked(path: Governed, here: Scope) -> Intent:
    """Have Ana ask for a supplier to be blocked."""
    supplier = path.resolver.resolve(Mention(kind=SupplierId, said=SUPPLIER.text), here)
    assert isinstance(supplier, Resolved)
    request = Request(account="ana", agent=None, scope=here, occasion="REQ-17", rationale="a recall")
    return path.submit(request, BlockSupplier(supplier=supplier, block=SupplierBlock.ALL))
