"""The commands: each parses its words, calls a use case and prints."""
