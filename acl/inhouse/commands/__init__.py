"""What the in-house system is asked to do, command by command: which of its programs is called, and with what."""
