"""How often the resolver answers, and how often it is wrong, on a folder of labelled questions."""
