"""Writing the first draft of an adapter: what a schema suggests, how sure that is, and a package to go on with."""
