"""What a governed write costs: beside the call of the ERP itself, two transactions of the ledger."""
