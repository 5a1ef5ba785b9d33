"""Commands: what an ERP can be asked to do, one frozen value each."""
