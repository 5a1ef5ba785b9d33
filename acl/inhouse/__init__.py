"""The in-house system of 2011, read from its database: nothing documented, everything typed by hand."""
