"""The command line: every question that a port answers, for a terminal and for programs."""
