"""A site's own file: which systems it has, where they stand, who we are there, and its own codes."""
