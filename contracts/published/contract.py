"""A published contract, and a version: the contracts that are served together and only grow."""

from __future__ import annotations

from collections.abc import Set
from enum import Enum
from functools import cached_property
from typing import get_origin

from attrs import field, frozen
from cattrs import Converter

from contracts.published.forms import Record, forms
from contracts.published.levels import ServiceLevel
from contracts.published.models import Models, Published
from contracts.published.quality import QualityRule
from contracts.published.shapes import Shape


@frozen(kw_only=True)
class Port:
    """Where records of a contract are read: the port's *name*, its *query*, and the contract of its *page*."""

    name: str
    query: type
    page: str


@frozen(kw_only=True)
class Contract:
    """What one kind of thing that leaves the house promises.

    *of* is the class it is made of, or a generic class with its arguments. *owner* answers for what the words mean.
    *constraints* always hold, for the domain refuses what breaks them; *quality* and *levels* are checked on live data.
    """

    name: str
    of: object
    meaning: str
    owner: str
    constraints: tuple[str, ...] = ()
    quality: tuple[QualityRule, ...] = ()
    levels: tuple[ServiceLevel, ...] = ()
    port: Port | None = None


@frozen(kw_only=True, eq=False)
class Version:
    """One version of all contracts: versions are served side by side, each made from the same objects of the domain.

    *shapes* say where the version is not what the domain's classes are. *open_lists* are the enums to which values may
    be added without a new version, which readers are told.
    """

    name: str
    contracts: tuple[Contract, ...]
    shapes: tuple[Shape, ...] = ()
    open_lists: Set[type[Enum]] = field(default=frozenset())

    def contract(self, name: str) -> Contract:
        """Give the contract of that *name*.

        Raises:
            LookupError: this version has none.
        """
        for contract in self.contracts:
            if contract.name == name:
                return contract
        known = ", ".join(each.name for each in self.contracts)
        raise LookupError(f"{self.name} has no contract {name}; it has {known}")

    def contract_of(self, kind: type) -> Contract:
        """Give the contract of what is of the class *kind*.

        Raises:
            TypeError: this version has none, or the class is generic and has several.
        """
        found = [each for each in self.contracts if kind in (each.of, get_origin(each.of))]
        if len(found) != 1:
            told = "publishes no" if not found else "has several contracts of a"
            raise TypeError(f"{self.name} {told} {kind.__name__}")
        return found[0]

    def model(self, contract: Contract) -> type[Published]:
        """Give the pydantic model of a contract."""
        return self.models.of(contract.of)

    def record(self, contract: Contract, value: object) -> Record:
        """Give *value* in the form of *contract*, checked by its model.

        Raises:
            TypeError: it holds something for which no form was decided.
            pydantic.ValidationError: it is no value of this contract.
        """
        record: Record = self._forms.unstructure(value)
        self.model(contract).model_validate(record)
        return record

    @cached_property
    def models(self) -> Models:
        """The pydantic models of everything that stands in this version."""
        return Models(self.shapes, self.open_lists)

    @cached_property
    def _forms(self) -> Converter:
        return forms(self.shapes)
