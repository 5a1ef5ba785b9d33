"""Every mapping of the house keeps the laws of mappings."""

from __future__ import annotations

import random
from typing import ClassVar

import pytest

from acl.mapping import Mapping
from contracts.laws.mappings import MappingLaws
from tests.laws.mappings import every_mapping

EVERY = every_mapping()


class TestEveryMapping(MappingLaws):
    """Whatever its vendor, and by other records at each run."""

    seed: ClassVar[int] = random.randrange(2**32)  # noqa: S311  # no secret

    @pytest.fixture(params=EVERY)
    def mapping(self, request: pytest.FixtureRequest) -> Mapping[object]:
        print(f"to draw the same records again, set seed = {self.seed}")  # noqa: T201  # pytest shows it when a law is broken
        return EVERY[request.param]
