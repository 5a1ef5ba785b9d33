"""Four embedded ERPs that misbehave like the real ones; they import nothing of the rest."""
