"""The in-house system of 2011 as its database shows it: no documentation, no foreign keys, everything typed by hand."""
