"""The scenario's facts as domain objects: what every system must give."""

from adapters.scenario import READ_AT, purchase_order_of, source_of, supplier_of

__all__ = ["READ_AT", "purchase_order_of", "source_of", "supplier_of"]
