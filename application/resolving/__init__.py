"""Finding the record that was meant: by its keys, by its name with a proven certainty, or by what our writes made."""
