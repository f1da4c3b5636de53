"""Passages to ranked passages: the derived indexes, their fusion and their catching up."""
