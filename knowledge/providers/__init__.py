"""Embedding and chat models behind the ports; each vendor's types stop here."""
