"""What `make bench` runs: speed against the stand-in, beside the straightforward design; retrieval quality; the service."""
