"""One module per ERP: which records a driver fetches, under which scope, for which mapping."""
