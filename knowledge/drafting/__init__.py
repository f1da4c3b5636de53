"""Drafting: demands, evidence, outline, checks, letter."""
