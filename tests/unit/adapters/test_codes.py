"""A site's own codes become values of the domain, or one sentence says which cannot."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import frozen

from acl.codecs.codes import code
from acl.mapping import Mapping, mapping
from adapters.config.codes import codes_for
from domain.currency import Currency
from domain.purchasing import OrderStatus
from domain.units import Unit
from ports.errors import Misconfigured


@frozen
class Sample:
    status: OrderStatus
    currency: Currency
    unit: Unit
    factor: Decimal
    flag: bool
    name: str


SAMPLE: Mapping[Sample] = mapping(Sample, record="SAMPLE")(
    status=code("STATUS", {"01": OrderStatus.OPEN}),
    currency=code("CURRENCY", {1: Currency("BRL")}),
    unit=code("UNIT", {"UN": Unit("H87")}),
    factor=code("FACTOR", {1: Decimal(1)}),
    flag=code("FLAG", {"S": True}),
    name=code("NAME", {"X": "x"}),
)


def test_a_status_is_given_by_its_value() -> None:
    assert codes_for(SAMPLE, {"status": {"09": "closed"}}, "erp.toml: codes") == {"status": {"09": OrderStatus.CLOSED}}


def test_codes_take_the_type_of_the_vendor_and_values_that_of_the_domain() -> None:
    given = {"currency": {"7": "GBP"}, "unit": {"BX": "XBX"}, "factor": {"3": "1000"}, "flag": {"1": True}}

    assert codes_for(SAMPLE, given, "p") == {
        "currency": {7: Currency("GBP")},
        "unit": {"BX": Unit("XBX")},
        "factor": {3: Decimal(1000)},
        "flag": {"1": True},
    }


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"status": {"09": "clsed"}}, "p.status.09: 'clsed' is not known, did you mean closed?"),
        ({"status": {"0 9": 7}}, 'p.status."0 9": give the value as a text'),
        ({"currency": {"x": "GBP"}}, "p.currency: the code 'x' is not a whole number"),
        ({"currency": {"7": "ZZZ"}}, "p.currency.7: 'ZZZ' is not an ISO 4217 currency"),
        ({"factor": {"7": "many"}}, "p.factor.7: 'many' is no Decimal"),
        ({"flag": {"N": "false"}}, "p.flag.N: the value must be a bool, not a text"),
        ({"staus": {"09": "open"}}, "p.staus: no attribute staus; Sample has status, currency"),
        ({"status.inner": {"09": "open"}}, "p.status.inner: "),
        ({"status": "open"}, "p.status is no table of codes"),
    ],
)
def test_what_the_domain_does_not_know_is_refused(given: dict[str, object], told: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        codes_for(SAMPLE, given, "p")

    assert told in str(caught.value)
