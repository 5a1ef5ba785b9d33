"""Driver for OData V2 services, as SAP Gateway offers them: records come out as raw JSON."""
