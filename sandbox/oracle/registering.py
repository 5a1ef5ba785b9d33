"""Creating a supplier, and changing one: what a row says is changed, and what it leaves out stays."""

from __future__ import annotations

from lxml.etree import _Element

from sandbox.oracle.books import Books
from sandbox.oracle.faults import refused
from sandbox.oracle.journal import Commit
from sandbox.oracle.sheets import Sheet
from sandbox.oracle.suppliers import supplier_element
from sandbox.scenario import Supplier

_BEHIND = 5_000
"""Positions of new records: behind those of the scenario."""
_MANDATORY = ("SupplierName", "TaxOrganizationType", "BusinessRelationship")


def create(books: Books, row: _Element) -> str:
    """Create a supplier, and give its number, which the service tells nobody.

    Raises:
        SoapFault: something is missing, or the name is taken.
    """
    for name in _MANDATORY:
        if not row.findtext(f"{{*}}{name}"):
            raise refused("POZ-2130023", f"You must provide a value for the attribute {name}.")
    address = row.find("{*}SupplierAddress")
    if address is None or not address.findtext("{*}Country"):
        raise refused("POZ-2130023", "You must provide a value for the attribute Country.")
    _free(books, str(row.findtext("{*}SupplierName")), "")
    sheet, number = _blank(books)
    _take(sheet, row)
    books.keep("Supplier", sheet.element)
    books.journal.append(Commit("createSupplier", number))
    return number


def update(books: Books, row: _Element) -> str:
    """Change a supplier, and give its number.

    Raises:
        SoapFault: there is no such supplier, or its new name is taken.
    """
    number = row.findtext("{*}SupplierNumber") or ""
    if books.find("Supplier", number) is None:
        raise refused("POZ-2130039", f"The supplier {number} is not valid.")
    name = row.findtext("{*}SupplierName")
    if name is not None:
        _free(books, name, number)
    sheet = books.sheet("Supplier", number)
    _take(sheet, row)
    books.keep("Supplier", sheet.element)
    books.journal.append(Commit("updateSupplier", number))
    return number


def _take(sheet: Sheet, row: _Element) -> None:
    sheet.take(row)
    for name in ("SupplierAddress", "DFF"):
        sheet.take_inner(row, name)


def _free(books: Books, name: str, number: str) -> None:
    for row in books.rows("Supplier"):
        if row.key != number and row.values.get("SupplierName") == (name,):
            raise refused("POZ-2130012", f"A supplier with the name {name} already exists.")


def _blank(books: Books) -> tuple[Sheet, str]:
    """Make a supplier of which nothing is known but its number."""
    rows = books.rows("Supplier")
    number = str(max(int(row.key) for row in rows if int(row.key) < 99_000_000) + 1)
    nobody = Supplier(
        number=number, name="", trade_name=None, tax=None, street="", city="", region=None, postal_code=None,
        country="", email=None, bank=None, block="none",
    )  # fmt: skip
    return Sheet(supplier_element(nobody, _BEHIND + len(rows)), "Supplier", "Supplier"), number
