"""How a mapping works inside: fields, generated readers, the slow path that explains a refusal."""
