"""Words for the model: one file a prompt, loaded by knowledge.prompting."""
