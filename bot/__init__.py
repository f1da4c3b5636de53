"""How people reach dafu: commands, channels, and the one place that wires it together."""
