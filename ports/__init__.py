"""What a caller may ask of any ERP, in domain words."""
