"""Oracle Fusion over SOAP: suppliers and purchase orders in elements, empty ones left out."""
