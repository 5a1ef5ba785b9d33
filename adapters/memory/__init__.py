"""The ports kept in memory: the first adapter that passes the laws, and what callers test against."""
