"""What a vendor's side publishes about its records, and what of it we rely on."""
