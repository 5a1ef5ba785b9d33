"""``dragoman demo``: the same questions to every sandbox, and the proof that the answers are equal."""
