"""Finding records by name, from the terminal."""
