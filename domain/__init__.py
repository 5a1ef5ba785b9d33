"""The buyer's business, and nothing else: values, aggregates and their rules."""
