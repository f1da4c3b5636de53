"""The reply letter: where its parts stand and what each part says."""
