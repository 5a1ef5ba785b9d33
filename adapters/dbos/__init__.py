"""Wake-ups by DBOS: an engine that keeps them in a database, where every process of the house hears them."""
