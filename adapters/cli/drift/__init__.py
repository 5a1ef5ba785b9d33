"""``dragoman drift``: what vendors owe us, what they published when it was pinned, and what has changed since."""
