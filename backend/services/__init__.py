"""Use-cases around the pipeline."""
