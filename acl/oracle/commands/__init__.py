"""What Fusion is asked to do, command by command: which operation or action is called, and with what."""
