"""One module per file format, each turning bytes into one text."""
