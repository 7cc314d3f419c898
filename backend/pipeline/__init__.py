"""analyze ∥ retrieve → plan → generate → verify → evaluate, again while something supportable is missing."""
