"""What we ask a language model: one module per task, its prompt beside it in prompts/."""
