"""One executable suite per port; every adapter passes the same one."""
