"""How much an ERP is asked, and when it is left alone."""
