"""SAP S/4HANA over OData V2: business partners as suppliers, and purchase orders."""
