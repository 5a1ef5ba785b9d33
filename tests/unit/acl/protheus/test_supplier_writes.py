"""Commands about suppliers as writes of the model MATA020."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import cast
from urllib.parse import unquote

import pytest
from attrs import evolve

from acl.conditions import Comparison, Condition
from acl.protheus.commands.suppliers import SupplierWrites
from acl.protheus.commands.writes import Write
from acl.protheus.suppliers import SUPPLIER
from contracts.laws.executions import reference
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.identifiers import SupplierId
from domain.places import Address, Country
from domain.suppliers import BankAccount, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from ports.errors import NotWritable
from tests.governed.examples import ADDRESS, resolved
from tests.unit.acl.protheus.writing import stored_supplier

WRITES = SupplierWrites(supplier=SUPPLIER, branch="01", reference="A2_XIDEXT")
TARGET = resolved(SupplierId("10001701"))
SAO_PAULO = Address(street="Rua Nova, 7", city="São Paulo", region="SP", postal_code="01310-100", country=Country("BR"))
ACCOUNT = BankAccount(bank="237", branch="0442", account="9988-1", iban=None)


def fields(write: Write | None) -> dict[str, object]:
    """Give the fields of the model's one form."""
    assert write is not None
    assert write.body is not None
    (form,) = cast("list[Mapping[str, object]]", write.body["models"])
    assert (write.body["id"], form["id"], form["modeltype"]) == ("MATA020", "SA2MASTER", "FIELDS")
    return {str(each["id"]): each["value"] for each in cast("list[Mapping[str, object]]", form["fields"])}


def creating(**changes: object) -> CreateSupplier:
    firm = CreateSupplier(
        name="Parafusos Vitória Ltda.",
        trade_name=None,
        tax_ids=(TaxId(TaxIdKind.CNPJ, "11222333000181"),),
        address=SAO_PAULO,
        email=None,
    )
    return evolve(firm, **changes)  # type: ignore[arg-type]  # the validators look at every value


def test_a_new_supplier_is_the_first_store_of_a_code_that_protheus_gives() -> None:
    """PRO-ID-01, PRO-ID-04: codes come from the number server."""
    write = WRITES.create(creating(), reference(1))

    assert (write.method, write.path, write.record) == ("POST", "fwmodel/MATA020", False)
    assert fields(write) == {
        "A2_LOJA": "01",
        "A2_TIPO": "J",
        "A2_NOME": "Parafusos Vitória Ltda.",
        "A2_NREDUZ": "",
        "A2_CGC": "11222333000181",
        "A2_NIFEX": "",
        "A2_EMAIL": "",
        "A2_END": "Rua Nova, 7",
        "A2_MUN": "São Paulo",
        "A2_CEP": "01310100",
        "A2_PAIS": "105",
        "A2_EST": "SP",
        "A2_XREGIAO": "",
        "A2_XIDEXT": reference(1).text,
    }


@pytest.mark.parametrize(
    ("changes", "sort", "state"),
    [
        ({"tax_ids": (TaxId(TaxIdKind.CPF, "52998224725"),)}, "F", "SP"),
        ({"tax_ids": (TaxId(TaxIdKind.EU_VAT, "DE136695976"),), "address": ADDRESS}, "X", "EX"),
    ],
    ids=["a person", "abroad"],
)
def test_firms_persons_and_foreigners_are_told_apart(changes: dict[str, object], sort: str, state: str) -> None:
    told = fields(WRITES.create(creating(**changes), reference(1)))

    assert (told["A2_TIPO"], told["A2_EST"]) == (sort, state)


def test_an_address_in_brazil_without_a_state_is_refused_and_not_guessed() -> None:
    with pytest.raises(NotWritable, match="state of an address in Brazil"):
        WRITES.create(creating(address=evolve(SAO_PAULO, region=None)), reference(1))


def test_without_a_field_of_the_site_no_reference_is_sent() -> None:
    """X-REF-05."""
    assert "A2_XIDEXT" not in fields(evolve(WRITES, reference=None).create(creating(), reference(1)))


def test_a_supplier_that_may_be_the_one_has_its_name() -> None:
    assert WRITES.alike(creating()) == (Condition("A2_NOME", Comparison.EQ, "Parafusos Vitória Ltda.".ljust(40)),)


@pytest.mark.parametrize("changes", [{"name": "Łódź"}, {"address": evolve(ADDRESS, region="Śląsk")}])
def test_a_sign_that_the_code_page_lacks_is_refused_and_no_question_mark_written(changes: dict[str, object]) -> None:
    """PRO-ENC-01."""
    with pytest.raises(NotWritable, match="code page 1252 has no") as caught:
        WRITES.create(creating(**changes), reference(1))
    assert caught.value.problems[0].quirk == "PRO-ENC-01"


def test_a_name_that_is_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(NotWritable, match="longer than the column's 40"):
        WRITES.create(creating(name="x" * 41), reference(1))


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        (SupplierBlock.ALL, {"A2_MSBLQL": "1"}),
        (SupplierBlock.PURCHASING, {"A2_XBLOQ": "C"}),
        (SupplierBlock.PAYMENT, {"A2_XBLOQ": "P"}),
    ],
)
def test_a_block_is_the_flags_that_say_it_and_nothing_else(block: SupplierBlock, wanted: Mapping[str, str]) -> None:
    """PRO-CODE-02; the mark of deletion, which is read with them, is never written (PRO-DEL-01)."""
    write = WRITES.block(BlockSupplier(supplier=TARGET, block=block), stored_supplier())

    assert write is not None
    assert fields(write) == wanted
    assert base64.b64decode(unquote(write.path.removeprefix("fwmodel/MATA020/"))) == b"  10001701"


@pytest.mark.parametrize("flag", ["2", " "])
def test_what_stands_as_it_shall_is_not_written(flag: str) -> None:
    command = BlockSupplier(supplier=TARGET, block=SupplierBlock.NONE)

    assert WRITES.block(command, stored_supplier(A2_MSBLQL=flag)) is None


def test_a_change_holds_what_changes() -> None:
    command = ChangeSupplier(supplier=TARGET, address=evolve(SAO_PAULO, region="RJ", postal_code=None), email=None)

    assert fields(WRITES.change(command, stored_supplier())) == {
        "A2_END": "Rua Nova, 7",
        "A2_CEP": "",
        "A2_EMAIL": "",
        "A2_EST": "RJ",
    }


@pytest.mark.parametrize(("stands", "address"), [({}, ADDRESS), ({"A2_PAIS": "023", "A2_EST": "EX"}, SAO_PAULO)])
def test_a_firm_that_leaves_or_enters_brazil_is_left_to_people(stands: dict[str, object], address: Address) -> None:
    with pytest.raises(NotWritable, match="taxed otherwise"):
        WRITES.change(ChangeSupplier(supplier=TARGET, address=address), stored_supplier(**stands))


def test_the_one_account_is_replaced_as_a_whole() -> None:
    command = ChangeBankDetails(supplier=TARGET, accounts=(ACCOUNT,))

    assert fields(WRITES.pay_to(command, stored_supplier())) == {
        "A2_BANCO": "237",
        "A2_AGENCIA": "0442",
        "A2_NUMCON": "9988-1",
    }


def test_no_account_empties_every_column_of_it() -> None:
    command = ChangeBankDetails(supplier=TARGET, accounts=())

    assert fields(WRITES.pay_to(command, stored_supplier())) == {"A2_BANCO": "", "A2_AGENCIA": "", "A2_NUMCON": ""}


def test_several_accounts_are_refused_and_none_is_chosen() -> None:
    command = ChangeBankDetails(supplier=TARGET, accounts=(ACCOUNT, evolve(ACCOUNT, account="1")))
    with pytest.raises(NotWritable, match="one account"):
        WRITES.pay_to(command, stored_supplier())


def test_the_account_that_stands_is_not_written_again() -> None:
    stands = stored_supplier()
    command = ChangeBankDetails(supplier=TARGET, accounts=stands.value.bank_accounts)

    assert WRITES.pay_to(command, stands) is None
