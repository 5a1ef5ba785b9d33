"""The anti-corruption layer: the translation engine, and one package of mappings per ERP."""
