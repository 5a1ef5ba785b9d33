"""One module for each way into an ERP: its sandbox, what can be asked for there, and what its books say afterwards."""
