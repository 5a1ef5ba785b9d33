"""What SAP is asked to do, command by command: which entities of which document are written, and with what."""
