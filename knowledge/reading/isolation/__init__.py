"""Foreign parsers run in a process of their own, so that a hostile file harms nothing else."""
