"""Mouths and ears: each channel renders the assistant's events its own way."""
