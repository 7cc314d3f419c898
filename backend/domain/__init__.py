"""Pure nouns and rules. No I/O, no async, nothing of ours imported from outside this package."""
