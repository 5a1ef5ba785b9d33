"""What Protheus is asked to do, through its own automatic routines behind REST."""
