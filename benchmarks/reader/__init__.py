"""How fast a record becomes a domain object: the generated reader beside the best that is written by hand."""
