"""From a file to its text to typed documents, so that no other room meets a file format."""
