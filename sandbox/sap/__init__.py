"""An SAP S/4HANA system in small: two OData V2 services on loopback, with the quirks of the real ones."""

from sandbox.broken import Broken
from sandbox.sap.server import sap_server
from sandbox.sap.spoiled import broken

__all__ = ["Broken", "broken", "sap_server"]
