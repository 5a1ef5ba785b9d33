"""The governed path of a site, put together."""
