"""Every mapping of the house keeps the laws of mappings."""

from __future__ import annotations

import pytest

from acl.mapping import Mapping
from contracts.laws.mappings import MappingLaws
from tests.laws.mappings import every_mapping

EVERY = every_mapping()


class TestEveryMapping(MappingLaws):
    """Whatever its vendor."""

    @pytest.fixture(params=EVERY)
    def mapping(self, request: pytest.FixtureRequest) -> Mapping[object]:
        return EVERY[request.param]
