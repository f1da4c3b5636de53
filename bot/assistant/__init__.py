"""The one service every channel calls, its messages, and the rights it applies."""
